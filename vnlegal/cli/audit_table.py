"""The law audit as a page on a terminal and as rows for Excel."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from typing import Any

from vnlegal.audit import LawAudit, LawRow
from vnlegal.works import Pin

STATUS = {
    "answered": "đã có",
    "partly": "có một phần",
    "general": "quy định chung",
    "unanswered": "chưa có",
    "lapsed": "đã hết hiệu lực",
}
COLUMNS = (
    "law", "source", "start", "end", "provision", "delegate", "instrument", "strength", "covers", "status", "overdue",
    "effective", "answered_by", "text",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_TOP = 10
_LONGEST = 160
_ROWS = 60


def law_rows(found: LawAudit) -> str:
    """Return the clauses as CSV with the byte order mark Excel needs; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow([_safe(cell) for cell in _cells(row)])
    return "\ufeff" + out.getvalue()


def _cells(row: LawRow) -> Iterable[str]:
    yield from (row.law, row.source, str(row.start), str(row.end))
    yield pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem))
    yield from (row.delegate, row.instrument, row.strength)
    yield "; ".join(pin_words(pin) for pin in row.covers)
    yield from (row.status, "1" if row.overdue else "0", row.effective or "")
    yield "; ".join(answer.number for answer in row.answered_by)
    yield " ".join(row.text.split())


def _safe(words: str) -> str:
    return "'" + words if words.startswith(_FORMULA) else words


def pin_words(pin: Pin) -> str:
    """Return a provision in words: điểm a khoản 2 Điều 5."""
    parts = (("điểm", pin.diem), ("khoản", pin.khoan), ("Điều", pin.dieu))
    return " ".join(f"{label} {value}" for label, value in parts if value)


def law_page(found: LawAudit) -> str:
    """Return the summary, the documents and bodies with most clauses unanswered, and these clauses."""
    summary: dict[str, Any] = dict(found.summary)
    counts = ", ".join(f"{STATUS[name]} {count}" for name, count in summary["status"].items())
    lines = [
        f"Xét tại ngày {found.as_of}: {summary['documents']} văn bản, {summary['clauses']} điều khoản giao quy định"
        f" ({summary['explicit']} giao rõ, {summary['implicit']} dẫn ngầm)",
        f"Trả lời: {counts or 'không có'}; quá hạn {summary['overdue']}",
    ]
    lines += _top("Văn bản còn nợ nhiều nhất", "law", summary["by_law"])
    lines += _top("Cơ quan còn nợ nhiều nhất", "delegate", summary["by_delegate"])
    lacking = [row for row in found.rows if row.status in ("unanswered", "lapsed")]
    if lacking:
        lines += ["", "Điều khoản chưa có văn bản trả lời trong các văn bản đã đọc"]
        lines += [_line(row) for row in lacking[:_ROWS]]
    if len(lacking) > _ROWS:
        lines.append(f"  … và {len(lacking) - _ROWS} điều khoản nữa: xem --format csv hoặc json")
    return "\n".join(lines) + "\n"


def _top(title: str, field: str, entries: list[dict[str, Any]]) -> list[str]:
    owing = [entry for entry in entries if entry["unanswered"]][:_TOP]
    if not owing:
        return []
    lines = ["", title, f"  {'còn nợ':>6} {'quá hạn':>8} {'tổng':>6}"]
    for entry in owing:
        name = _plain(f"{entry[field]} {entry.get('title') or ''}", 100)
        lines.append(f"  {entry['unanswered']:>6} {entry['overdue']:>8} {entry['clauses']:>6}  {name}")
    return lines


def _line(row: LawRow) -> str:
    place = pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem))
    late = " (quá hạn)" if row.overdue else ""
    return f"  {_plain(row.law, 40)} {place} · {_plain(row.delegate, 60)}{late}: {_plain(row.text, _LONGEST)}"


def _plain(words: str, most: int) -> str:
    """Return words of a document on one line without control characters, not endless."""
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words[: most * 4]))
    line = " ".join(safe.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
