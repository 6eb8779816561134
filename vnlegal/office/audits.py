"""The audits over letters and reports as a sheet, and the words for their codes and verdicts."""

from __future__ import annotations

from vnlegal.audit.rows import Audit, AuditRow, Place
from vnlegal.office.digest import plain
from vnlegal.office.sheet import Column, Sheet, Value

VERDICT = {"holds": "khớp", "fails": "sai lệch", "open": "cần xem"}
CODE = {
    "count-list": "số nêu và danh sách",
    "sum": "tổng và các phần",
    "share": "tỷ lệ",
    "shares-of-whole": "các tỷ lệ của một tổng thể",
    "common-base": "tỷ lệ trên cùng một số",
    "growth": "tăng, giảm",
    "full-but-pending": "đủ mà vẫn còn",
    "repeated": "một số nêu hai lần",
    "rank": "thứ hạng",
    "status-count": "số nhiệm vụ theo tình trạng",
    "due-count": "số nhiệm vụ theo thời hạn",
    "table-total": "dòng tổng của bảng",
    "overdue": "quá hạn",
    "due-soon": "sắp đến hạn",
    "deadlines-differ": "thời hạn khác nhau",
    "statuses-differ": "tình trạng khác nhau",
    "citation-number-malformed": "số viết sai",
    "citation-number-unsure": "số có thể đọc sai",
    "number-blank": "số để trống",
    "citation-date-contradiction": "số và ngày không khớp",
    "citation-dates-differ": "hai ngày khác nhau",
    "citation-later-than-document": "dẫn văn bản ra đời sau",
    "citation-issuer-contradiction": "sai cơ quan ban hành",
    "citation-unresolved": "chưa rõ văn bản nào",
    "citation-ended": "văn bản đã hết hiệu lực",
    "citation-not-yet-effective": "văn bản chưa có hiệu lực",
    "citation-unknown-number": "số không thấy ở đâu, có số gần giống",
    "citation-date-wrong": "ngày khác với ngày đã biết",
    "unanswered": "chưa trả lời",
    "late-answer": "trả lời muộn",
    "answered": "đã trả lời",
    "waiting": "chờ trả lời",
    "unknown-asker": "trả lời văn bản không có ở đây",
    "section-missing": "thiếu mục",
    "section-empty": "mục để trống",
    "section-there": "có mục",
}
COLUMNS = (
    Column("source", "Văn bản", width=28),
    Column("line", "Dòng", "number", 7),
    Column("start", "Từ", "number", 8),
    Column("end", "Đến", "number", 8),
    Column("verdict", "Kết luận", width=11),
    Column("code", "Quy tắc", width=22),
    Column("text", "Câu trong văn bản", width=60),
    Column("message", "Nhận xét", width=50),
    Column("calculation", "Tính lại", width=36),
    Column("agency", "Cơ quan", width=26),
    Column("today", "Nay là", width=26),
    Column("due", "Hạn", "date", 12),
    Column("compared", "So với", width=60),
    Column("doubt", "Có thể vì", width=30),
    Column("refs", "Mã", width=12),
)
_LONGEST = 300


def audit_sheet(audit: Audit, name: str, *, for_people: bool = False) -> Sheet:
    """Return the rows as a sheet; `for_people` puts the Vietnamese words for codes and verdicts."""
    return Sheet(name, COLUMNS, [_cells(row, for_people) for row in audit.rows])


def _cells(row: AuditRow, for_people: bool) -> list[Value]:
    verdict, code = (VERDICT[row.verdict], CODE.get(row.code, row.code)) if for_people else (row.verdict, row.code)
    compared = "; ".join(f"{place_words(place, row.source)}: {plain(place.text, _LONGEST)}" for place in row.compared)
    return [
        row.source, row.line, row.start, row.end, verdict, code, " ".join(row.text.split()), row.message,
        row.calculation, row.agency, row.today, row.due, compared, row.doubt, " ".join(row.refs),
    ]  # fmt: skip


def place_words(place: Place, source: str) -> str:
    """Return where a place stands, its document only where it is another than `source`."""
    where = "" if place.source == source else f"{place.source} "
    return f"{where}dòng {place.line}" if place.line else where.strip()
