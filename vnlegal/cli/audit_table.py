"""The law audit as a page on a terminal and as a sheet for CSV and Excel."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from vnlegal.audit import Answer, LawAudit, LawRow, PlannedRow
from vnlegal.office import Column, Sheet
from vnlegal.office.sheet import Value
from vnlegal.works import Pin

STATUS = {
    "answered": "đã có",
    "partly": "có một phần",
    "general": "quy định chung",
    "unanswered": "chưa có",
    "lapsed": "đã hết hiệu lực",
}
STRENGTH = {"explicit": "giao rõ", "implicit": "dẫn ngầm", "reported": "báo cáo nêu"}
INSTRUMENT = {
    "nghi_dinh": "Nghị định",
    "quyet_dinh": "Quyết định",
    "thong_tu": "Thông tư",
    "nghi_quyet": "Nghị quyết",
    "any": "",
}
KIND = {"luat": "Luật", "bo_luat": "Bộ luật", "phap_lenh": "Pháp lệnh"}
VERDICT = {
    "both": "có ở cả hai",
    "only_planned": "chỉ có trong danh mục",
    "only_law": "chỉ có trong luật",
    "law_not_given": "luật chưa được đưa vào",
}
COLUMNS = (
    Column("law", "Luật", width=18),
    Column("source", "Tệp", width=26),
    Column("start", "Từ", "number", 8),
    Column("end", "Đến", "number", 8),
    Column("provision", "Điều khoản", width=24),
    Column("of", "Thuộc văn bản", width=18),
    Column("delegate", "Cơ quan được giao", width=28),
    Column("today", "Nay là", width=24),
    Column("instrument", "Hình thức", width=14),
    Column("strength", "Cách giao", width=12),
    Column("covers", "Nội dung được giao", width=28),
    Column("status", "Tình trạng", width=14),
    Column("overdue", "Quá hạn", width=9),
    Column("effective", "Hiệu lực từ", "date", 12),
    Column("answered_by", "Văn bản trả lời", width=36),
    Column("missing", "Còn thiếu", width=24),
    Column("ended_by", "Luật đã bị thay bởi", width=18),
    Column("superseded_by", "Khoản đã bị sửa bởi", width=18),
    Column("text", "Câu giao", width=70),
)
PLANNED = (
    Column("law", "Luật", width=18),
    Column("provision", "Điều khoản", width=24),
    Column("verdict", "Kết quả", width=22),
    Column("status", "Tình trạng", width=14),
    Column("delegate", "Cơ quan được giao", width=26),
    Column("instrument", "Hình thức theo danh mục", width=14),
    Column("lead", "Chủ trì theo danh mục", width=26),
    Column("due", "Thời hạn theo danh mục", width=24),
    Column("text", "Câu giao trong luật", width=60),
    Column("planned", "Câu trong danh mục", width=60),
)
_TOP = 10
_LONGEST = 160
_ROWS = 60
_FEW = 6


def law_sheet(found: LawAudit, *, for_people: bool = False) -> Sheet:
    """Return the clauses as a sheet; `for_people` puts Vietnamese words for the codes."""
    return Sheet("Điều khoản giao", COLUMNS, [_cells(row, for_people) for row in found.rows])


def planned_sheet(found: LawAudit) -> Sheet:
    """Return the comparison with an official list as a sheet."""
    return Sheet("Đối chiếu danh mục", PLANNED, [_planned_cells(row) for row in found.planned])


def _cells(row: LawRow, for_people: bool) -> list[Value]:
    def said(table: Mapping[str, str], code: str) -> str:
        return table.get(code, code) if for_people else code

    return [
        row.law,
        row.source,
        row.start,
        row.end,
        pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)),
        row.of,
        row.delegate,
        "; ".join(row.today),
        said(INSTRUMENT, row.instrument),
        said(STRENGTH, row.strength),
        "; ".join(pin_words(pin) for pin in row.covers),
        said(STATUS, row.status),
        row.overdue,
        row.effective,
        "; ".join(answer_words(answer) for answer in row.answered_by),
        "; ".join(pin_words(pin) for pin in row.missing),
        row.ended_by,
        row.superseded_by,
        " ".join(row.text.split()),
    ]


def _planned_cells(row: PlannedRow) -> list[Value]:
    item = row.planned
    return [
        row.law,
        pin_words(row.pin),
        VERDICT[row.verdict],
        STATUS[row.status] if row.status else None,
        row.delegate,
        INSTRUMENT.get(item.instrument or "") if item else None,
        item.lead if item else None,
        item.due if item else None,
        " ".join(row.text.split()) if row.text else None,
        " ".join(item.text.split()) if item else None,
    ]


def answer_words(answer: Answer) -> str:
    """Return an answer with its articles in words: 112/2021/NĐ-CP (Điều 3, 7)."""
    articles = ", ".join(pin.dieu for pin in answer.provisions if pin.dieu)
    ended = f", đã bị {answer.ended_by} thay" if answer.ended_by else ""
    return f"{answer.number}{f' (Điều {articles})' if articles else ''}{ended}"


def pin_words(pin: Pin) -> str:
    """Return a provision in words: điểm a khoản 2 Điều 5."""
    parts = (("điểm", pin.diem), ("khoản", pin.khoan), ("Điều", pin.dieu))
    return " ".join(f"{label} {value}" for label, value in parts if value)


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
        name = _plain(f"{entry[field]}  {called}".strip(), 100)
        today = f"  → nay là {', '.join(entry['today'])}" if entry.get("today") else ""
        lines.append(
            f"  {entry['owed']:>7} {entry['overdue']:>8} {entry['answered']:>6} {entry['clauses']:>6}  {name}{today}"
        )
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
            lines.append(f"    {_plain(row.law, 40)} {pin_words(row.pin)}: {_plain(words, _LONGEST)}")
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
        lines += [f"  {_plain(law, 60)}", *map(_line, some)]
        if len(groups[law]) > len(some):
            lines.append(f"    … và {len(groups[law]) - len(some)} điều khoản nữa")
    if len(rows) > shown:
        lines.append(f"  Tất cả {_n(len(rows))} điều khoản: --format csv, xlsx hoặc json")
    return lines


def _line(row: LawRow) -> str:
    place = pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)) or STRENGTH[row.strength]
    late = " (quá hạn)" if row.overdue else ""
    via = f" [do {_plain(row.law, 40)} sửa]" if row.of else ""
    lapsed = f" [{'; '.join(answer_words(a) for a in row.answered_by)}]" if row.status == "lapsed" else ""
    many = f" [{row.count} văn bản cho các luật cùng nêu]" if row.count else ""
    return f"    {place}{via} · {_plain(row.delegate, 60)}{late}{lapsed}{many}: {_plain(row.text, _LONGEST)}"


def _sentence_case(title: str) -> str:
    return title.capitalize() if title.isupper() else title


def _n(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def _plain(words: str, most: int) -> str:
    """Return words of a document on one line without control characters, not endless."""
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words[: most * 4]))
    line = " ".join(safe.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
