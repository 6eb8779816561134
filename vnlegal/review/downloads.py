"""What can be taken away from a reviewed document. Every form is one row of `DOWNLOADS`; its route stands below."""

from __future__ import annotations

import io
import mimetypes
import threading
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from vnlegal.office.sheet import Column, Sheet, Value, csv_text
from vnlegal.records import Analysis, Document
from vnlegal.review.desk import At, Desk, Visitor
from vnlegal.review.model import NoSuchThing
from vnlegal.review.naming import sent_as
from vnlegal.review.result import reviewed
from vnlegal.review.store import Content
from vnlegal.review.words import Words

router = APIRouter(prefix="/d/{doc}/download", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Download:
    """One form: where it is, and its label in Vietnamese and English."""

    path: str
    vietnamese: str
    english: str


DOWNLOADS = (
    Download("slip.html", "Phiếu xử lý (HTML)", "Slip (HTML)"),
    Download("slip.pdf", "Phiếu xử lý (PDF)", "Slip (PDF)"),
    Download("comments.docx", "Word có ghi chú", "Word with comments"),
    Download("tasks.xlsx", "Nhiệm vụ (Excel)", "Tasks (Excel)"),
    Download("citations.xlsx", "Viện dẫn (Excel)", "Citations (Excel)"),
    Download("deadlines.ics", "Lịch các hạn", "Calendar of deadlines"),
    Download("tasks.csv", "Nhiệm vụ (CSV)", "Tasks (CSV)"),
    Download("citations.csv", "Viện dẫn (CSV)", "Citations (CSV)"),
    Download("findings.csv", "Điểm cần xem (CSV)", "Findings (CSV)"),
    Download("result.json", "Toàn bộ kết quả (JSON)", "Whole result (JSON)"),
    Download("gold.zip", "Dữ liệu chuẩn (gold)", "Gold"),
    Download("labelstudio.json", "Label Studio", "Label Studio"),
    Download("doccano.jsonl", "doccano", "doccano"),
    Download("file", "Tệp gốc", "Original file"),
)


def downloads_of(row: Any, words: Words) -> list[tuple[str, str]]:
    """Return the addresses and labels of what a document gives."""
    return [
        (f"/d/{row.id}/download/{one.path}", one.english if words.language == "en" else one.vietnamese)
        for one in DOWNLOADS
    ]


@router.get("/file")
def original(doc: int, desk: At, session: Visitor) -> Response:
    """Send the file as it came; browsers save it and never show it."""
    row = desk.store.document(doc)
    path = desk.store.path_of(row.sha256)
    if not path.is_file():
        raise NoSuchThing("tệp gốc không còn", next_step="gửi lại tệp")
    return FileResponse(path, media_type="application/octet-stream", headers=sent_as(row.name))


@router.get("/result.json")
def result(doc: int, desk: At, session: Visitor) -> Response:
    """Send the analysis as its reviewers left it, with the text."""
    content = desk.store.content(doc)
    final = reviewed(content, desk.store.standing(doc).items).model_copy(update={"text": content.text})
    name = f"{desk.store.document(doc).name}.json"
    return Response(final.model_dump_json(indent=1), media_type="application/json", headers=sent_as(name))


@router.get("/{table}.csv")
def table(doc: int, table: str, desk: At, session: Visitor) -> Response:
    """Send one table of the analysis as its reviewers left it."""
    if table not in _TABLES:
        raise NoSuchThing("không có bảng này", next_step="xem danh sách tải về")
    columns, rows = _TABLES[table]
    final = reviewed(desk.store.content(doc), desk.store.standing(doc).items)
    name = f"{desk.store.document(doc).name}.{table}.csv"
    words = csv_text(Sheet(table, tuple(Column(column, column) for column in columns), rows(final)))
    return Response(words.encode("utf-8", "replace"), media_type="text/csv", headers=sent_as(name))


@router.get("/{form}")
def office(request: Request, doc: int, form: str, desk: At, session: Visitor) -> Response:
    """Send the document as one of the files that offices open or labelling programs read."""
    if form not in _OFFICE:
        raise NoSuchThing("không có dạng này", next_step="xem danh sách tải về")
    row, content = desk.store.document(doc), desk.store.content(doc)
    final = reviewed(content, desk.store.standing(doc).items)
    one = Reviewed(row, content, final, str(request.base_url) + f"d/{doc}", desk)
    media = mimetypes.guess_type(form)[0] or "application/octet-stream"
    return Response(_OFFICE[form](one), media_type=media, headers=sent_as(f"{row.name}.{form}"))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document as its reviewers left it, with what its files are made of."""

    row: Any
    content: Content
    analysis: Analysis
    address: str
    desk: Desk


def _tasks_xlsx(one: Reviewed) -> bytes:
    from vnlegal.office.sheet import xlsx_bytes
    from vnlegal.office.tasks import agency_sheets, entries, task_sheet

    found = entries(one.analysis, one.address)
    return xlsx_bytes([task_sheet(found), *agency_sheets(found)])


def _citations_xlsx(one: Reviewed) -> bytes:
    from vnlegal.office.citations import citation_sheet
    from vnlegal.office.sheet import xlsx_bytes

    return xlsx_bytes([citation_sheet([(one.analysis, one.content.text)])])


def _calendar(one: Reviewed) -> bytes:
    from vnlegal.office.calendar import calendar
    from vnlegal.office.tasks import entries

    name = one.row.number or one.row.name
    return calendar(entries(one.analysis, one.address), name=name, made=datetime.now(UTC))


def _comments(one: Reviewed) -> bytes:
    from vnlegal.office.comments import commented

    head = one.content.analysis.document
    document = Document(
        text=one.content.text, source=one.row.name, format=head.format, sha256=head.sha256, layout=one.content.layout
    )
    data = one.desk.store.path_of(one.row.sha256).read_bytes()
    return commented(data, document, one.analysis, name=one.row.name)


def _slip(one: Reviewed) -> bytes:
    from vnlegal.office.slip import slip_html

    return slip_html(one.analysis, one.content.text, one.desk.kinds).encode()


def _slip_pdf(one: Reviewed) -> bytes:
    from vnlegal.office.slip import slip_pdf

    with _PRINTING:
        return slip_pdf(_slip(one).decode())


def _gold(one: Reviewed) -> bytes:
    from vnlegal.office.training import Labelled, gold_files, gold_header

    name = f"d{one.row.id}"
    labelled = Labelled(one.content.text, one.analysis)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, words in {**gold_files(labelled, name), "headers.jsonl": gold_header(labelled, name) + "\n"}.items():
            archive.writestr(path, words.encode("utf-8", "replace"))
    return out.getvalue()


def _label_studio(one: Reviewed) -> bytes:
    from vnlegal.office.training import Labelled, label_studio

    return label_studio([Labelled(one.content.text, one.analysis)]).encode("utf-8", "replace")


def _doccano(one: Reviewed) -> bytes:
    from vnlegal.office.training import Labelled, doccano

    return doccano([Labelled(one.content.text, one.analysis)]).encode("utf-8", "replace")


_PRINTING = threading.Lock()  # one browser or office program at a time
_OFFICE: dict[str, Callable[[Reviewed], bytes]] = {
    "slip.html": _slip,
    "slip.pdf": _slip_pdf,
    "comments.docx": _comments,
    "tasks.xlsx": _tasks_xlsx,
    "citations.xlsx": _citations_xlsx,
    "deadlines.ics": _calendar,
    "gold.zip": _gold,
    "labelstudio.json": _label_studio,
    "doccano.jsonl": _doccano,
}


def _tasks(analysis: Analysis) -> list[list[Value]]:
    return [
        [
            t.id, t.text, t.modality, "; ".join(a.canonical for a in t.leads),
            "; ".join(a.canonical for a in t.coordinators), t.deadline.text if t.deadline else None,
            t.deadline.due if t.deadline else None, t.status, " › ".join(t.path), t.start, t.end,
        ]
        for t in analysis.tasks
    ]  # fmt: skip


def _citations(analysis: Analysis) -> list[list[Value]]:
    return [
        [c.id, c.text, c.kind, c.number, c.date, c.issuer, c.title, c.target, c.relation, c.start, c.end]
        for c in analysis.citations
    ]


def _findings(analysis: Analysis) -> list[list[Value]]:
    return [[f.code, f.severity, f.message, "; ".join(f.refs), f.start, f.end] for f in analysis.findings]


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Analysis], list[list[Value]]]]] = {
    "tasks": (
        ("id", "text", "modality", "leads", "coordinators", "deadline", "due", "status", "path", "start", "end"),
        _tasks,
    ),
    "citations": (
        ("id", "text", "kind", "number", "date", "issuer", "title", "target", "relation", "start", "end"),
        _citations,
    ),
    "findings": (("code", "severity", "message", "refs", "start", "end"), _findings),
}
