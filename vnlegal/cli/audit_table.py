"""The law audit as a page on a terminal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from vnlegal.audit import LawAudit, LawRow, PlannedRow
from vnlegal.office.digest import plain
from vnlegal.office.law_audit import STATUS, STRENGTH, VERDICT, answer_words, pin_words
from vnlegal.works import Pin

KIND = {"luat": "Luật", "bo_luat": "Bộ luật", "phap_lenh": "Pháp lệnh"}
_TOP = 10
_LONGEST = 160
_ROWS = 60
_FEW = 6


def law_page(found: LawAudit) -> str:
    """Return the summary, the documents and bodies that owe most, the clauses, the comparison with a list."""
    summary: dict[str, Any] = dict(found.summary)
    counts = ", ".join(f"{STATUS[name]} {count:,}".replace(",", ".") for name, count in summary["status"].items())
    lines = [
        f"Xét tại ngày {_day(found.as_of)}: {summary['documents']} văn bản, {_n(summary['clauses'])} điều khoản giao"
        f" quy định ({_n(summary['explicit'])} giao rõ, {_n(summary['implicit'])} dẫn ngầm"
        + (f", {summary['reported']} do báo cáo nêu)" if summary["reported"] else ")"),
        f"Trả lời: {counts or 'không có'}",
        f"Còn nợ {_n(summary['owed'])}, trong đó quá hạn {_n(summary['overdue'])} (văn bản giao đã có hiệu lực);"
        f" không tính {_n(summary['ended'])} điều khoản của văn bản đã bị thay thế, bãi bỏ"
        f" và {_n(summary['superseded'])} điều khoản đã bị sửa",
        'Chỉ xét các văn bản được đưa vào: "chưa có" nghĩa là chưa có trong số đó.',
    ]
    lines += _top("Văn bản còn nợ nhiều nhất", "law", summary["by_law"])
    lines += _top("Cơ quan còn nợ nhiều nhất", "delegate", summary["by_delegate"])
    lines += _planned(found.planned)
    owing = [row for row in found.rows if row.owed]
    if owing:
        lines += ["", "Điều khoản chưa có văn bản trả lời trong các văn bản đã đọc"]
        lines += _listed(owing, [str(entry["law"]) for entry in summary["by_law"]])
    return "\n".join(lines) + "\n"


def _top(title: str, field: str, entries: list[dict[str, Any]]) -> list[str]:
    owing = [entry for entry in entries if entry["owed"]][:_TOP]
    if not owing:
        return []
    lines = ["", title, f"  {'còn nợ':>7} {'quá hạn':>8} {'đã có':>6} {'tổng':>6}"]
    for entry in owing:
        kind, title = str(entry.get("kind") or ""), str(entry.get("title") or "")
        called = f"{KIND.get(kind, '')} {_sentence_case(title)}" if title else ""
        name = plain(f"{entry[field]}  {called}".strip(), 100)
        today = f"  → nay là {', '.join(entry['today'])}" if entry.get("today") else ""
        lines.append(
            f"  {entry['owed']:>7} {entry['overdue']:>8} {entry['answered']:>6} {entry['clauses']:>6}  {name}{today}"
        )
        if entry.get("not_given"):
            lines.append(f"{'':33}có thể đã trả lời, chưa được đưa vào: {_few(entry['not_given'])}")
    return lines


def _planned(rows: Sequence[PlannedRow]) -> list[str]:
    """Return the comparison: what is on one side only, and how many are on both."""
    if not rows:
        return []
    both = sum(row.verdict == "both" for row in rows)
    lines = ["", f"Đối chiếu với danh mục: {both} điều khoản có ở cả hai bên"]
    for verdict in ("only_planned", "only_law", "law_not_given"):
        some = [row for row in rows if row.verdict == verdict]
        if some:
            lines.append(f"  {VERDICT[verdict]}: {len(some)}")
        for row in some[:_ROWS]:
            words = row.text if row.text is not None else row.planned.text if row.planned is not None else ""
            lines.append(f"    {plain(row.law, 40)} {pin_words(row.pin)}: {plain(words, _LONGEST)}")
    return lines


def _listed(rows: Sequence[LawRow], laws: Sequence[str]) -> list[str]:
    """Return the first clauses of the laws that owe most."""
    groups: dict[str, list[LawRow]] = defaultdict(list)
    for row in rows:
        groups[row.of or row.law].append(row)
    lines, shown = [], 0
    for law in [law for law in laws if law in groups][:_TOP]:
        some = groups[law][: max(_FEW, _ROWS // len(groups))]
        shown += len(some)
        lines += [f"  {plain(law, 60)}", *map(_line, some)]
        if len(groups[law]) > len(some):
            lines.append(f"    … và {len(groups[law]) - len(some)} điều khoản nữa")
    if len(rows) > shown:
        lines.append(f"  Tất cả {_n(len(rows))} điều khoản: --format csv, xlsx hoặc json")
    return lines


def _line(row: LawRow) -> str:
    place = pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)) or STRENGTH[row.strength]
    late = " (quá hạn)" if row.overdue else ""
    via = f" [do {plain(row.law, 40)} sửa]" if row.of else ""
    lapsed = f" [{'; '.join(answer_words(a) for a in row.answered_by)}]" if row.status == "lapsed" else ""
    many = f" [{row.count} văn bản cho các luật cùng nêu]" if row.count else ""
    return f"    {place}{via} · {plain(row.delegate, 60)}{late}{lapsed}{many}: {plain(row.text, _LONGEST)}"


def _few(numbers: Sequence[str]) -> str:
    more = f" và {len(numbers) - _FEW} văn bản nữa" if len(numbers) > _FEW else ""
    return ", ".join(plain(number, 40) for number in numbers[-_FEW:]) + more


def _sentence_case(title: str) -> str:
    return title.capitalize() if title.isupper() else title


def _n(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"
