"""Every table of the pages as a file: CSV, Excel, calendar."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from vnlegal.labels import MODALITY, RELATION, STATUS
from vnlegal.office.calendar import by_agency, calendar
from vnlegal.office.sheet import Column, Sheet, Value, csv_text, xlsx_bytes
from vnlegal.office.tasks import TaskEntry, agency_sheets, sheet_name, task_sheet
from vnlegal.records import Citation, DocumentRecord, Task
from vnlegal.review.model import NoSuchThing
from vnlegal.review.naming import sent_as
from vnlegal.review.shelf import Entry
from vnlegal.review.words import Words

_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar",
    "json": "application/json",
    "html": "text/html",
    "svg": "image/svg+xml",
    "zip": "application/zip",
}
_INBOX = (
    Column("id", "STT", "number", 6),
    Column("kind", "Loại", width=16),
    Column("number", "Số, ký hiệu", width=24),
    Column("date", "Ngày", "date", 12),
    Column("issuer", "Cơ quan ban hành", width=30),
    Column("subject", "Trích yếu", width=60),
    Column("name", "Tệp", width=30),
    Column("status", "Tình trạng", width=16),
    Column("items", "Số mục", "number", 9),
    Column("decided", "Đã duyệt", "number", 9),
    Column("doubtful", "Câu hỏi", "number", 9),
    Column("signed", "Ký duyệt", width=18),
    Column("who", "Người đưa vào", width=20),
    Column("at", "Lúc", width=21),
)
_FOUND = (
    Column("kind", "Loại", width=10),
    Column("source", "Tệp", width=28),
    Column("number", "Số, ký hiệu", width=24),
    Column("date", "Ngày", "date", 12),
    Column("text", "Nội dung", width=70),
    Column("modality", "Loại việc", width=12),
    Column("leads", "Chủ trì", width=28),
    Column("coordinators", "Phối hợp", width=28),
    Column("deadline", "Hạn theo văn bản", width=22),
    Column("due", "Hạn", "date", 12),
    Column("status", "Tình trạng", width=16),
    Column("target", "Văn bản được viện dẫn", width=26),
    Column("relation", "Quan hệ", width=16),
    Column("start", "Từ", "number", 8),
    Column("end", "Đến", "number", 8),
    Column("link", "Mở", "link", 30),
)
_KINDS = {"task": "nhiệm vụ", "citation": "viện dẫn", "passage": "đoạn văn"}
_WORDS = Words("vi")  # tables are for offices, whatever the language of the page


def send(data: bytes | str, form: str, name: str) -> Response:
    """Return a file that the browser saves as NAME.FORM."""
    words = data.encode("utf-8", "replace") if isinstance(data, str) else data
    return Response(words, media_type=_TYPES[form], headers=sent_as(f"{name}.{form}"))


def send_sheet(sheets: Sequence[Sheet], form: str, name: str) -> Response:
    """Return tables as an Excel workbook, the first one alone as CSV. Raises `NoSuchThing` for another form."""
    match form:
        case "csv":
            return send(csv_text(sheets[0]), form, name)
        case "xlsx":
            return send(xlsx_bytes(sheets), form, name)
    raise NoSuchThing("không có dạng này", next_step="chọn CSV hoặc Excel")


def send_tasks(entries: Sequence[Entry], documents: Iterable[Any], base: str, form: str, name: str) -> Response:
    """Return tasks as the table that can be edited and sent back, as a calendar, or as one calendar a body (zip)."""
    found = task_entries(entries, documents, base)
    match form:
        case "ics":
            return send(calendar(found, name=name, made=datetime.now(UTC)), form, name)
        case "zip":
            return send(_calendars(found), form, name)
    return send_sheet([task_sheet(found), *agency_sheets(found)] if form == "xlsx" else [task_sheet(found)], form, name)


def _calendars(found: Sequence[TaskEntry]) -> bytes:
    out, taken, made = io.BytesIO(), set[str](), datetime.now(UTC)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for body, own in by_agency(found).items():
            archive.writestr(
                f"{sheet_name(body or 'Chưa rõ chủ trì', taken)}.ics", calendar(own, name=body or "?", made=made)
            )
    return out.getvalue()


def task_entries(entries: Sequence[Entry], documents: Iterable[Any], base: str) -> list[TaskEntry]:
    """Return tasks found as the tables and calendars of offices take them. `documents`: the rows of those here."""
    known = {int(row.id): row for row in documents}
    return [
        TaskEntry(_head(one, known.get(one.doc or 0)), one.row, f"{base}d/{one.doc}#{one.row.id}" if one.doc else "")
        for one in entries
        if isinstance(one.row, Task)
    ]


def _head(entry: Entry, row: Any) -> DocumentRecord:
    digest = row.sha256 if row is not None else hashlib.sha256(entry.hit.source.encode("utf-8", "replace")).hexdigest()
    return DocumentRecord(
        source=entry.source, sha256=digest, format="", chars=0, number=entry.hit.number, date=entry.hit.date,
        issuer=entry.hit.issuer,
    )  # fmt: skip


def inbox_sheet(documents: Iterable[Any], kinds: dict[str, str]) -> Sheet:
    """Return the list of documents."""
    rows: list[list[Value]] = [
        [
            row.id, kinds.get(row.kind, row.kind), row.number, row.date, row.issuer, row.subject, row.name,
            f"{_WORDS(row.status)}{f': {row.reason}' if row.reason else ''}", row.items, row.decided,
            row.doubtful, row.signed, row.who, row.at,
        ]
        for row in documents
    ]  # fmt: skip
    return Sheet("Văn bản", _INBOX, rows)


def found_sheet(entries: Iterable[Entry], base: str) -> Sheet:
    """Return what a search found."""
    return Sheet("Tìm thấy", _FOUND, [_found(entry, base) for entry in entries])


def _found(entry: Entry, base: str) -> list[Value]:
    row, hit = entry.row, entry.hit
    task, cited = (row if isinstance(row, Task) else None), (row if isinstance(row, Citation) else None)
    limit = task.deadline if task else None
    return [
        _KINDS[hit.kind], entry.source, hit.number, hit.date, " ".join(row.text.split()),
        MODALITY[task.modality] if task else None, _names(task.leads) if task else None,
        _names(task.coordinators) if task else None, limit and " ".join(limit.text.split()), limit and limit.due,
        STATUS.get(task.status or "") if task else None, cited and cited.target,
        RELATION.get(cited.relation or "") if cited else None, row.start, row.end,
        f"{base}{entry.address}\n{entry.source}" if entry.doc else entry.source,
    ]  # fmt: skip


def _names(actors: Iterable[Any]) -> str:
    return "; ".join(dict.fromkeys(actor.canonical for actor in actors if actor.canonical))
