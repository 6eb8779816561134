"""The law audit as a sheet, and the words for its codes."""

from __future__ import annotations

from collections.abc import Mapping

from vnlegal.audit import Answer, LawAudit, LawRow, PlannedRow
from vnlegal.office.sheet import Column, Sheet, Value
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
