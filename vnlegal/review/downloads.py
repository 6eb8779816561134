"""What can be taken away from a reviewed document. Every form is one row of `DOWNLOADS`; its route stands below."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from vnlegal.records import Analysis
from vnlegal.review.desk import At, Visitor
from vnlegal.review.inbox import sent_as
from vnlegal.review.model import NoSuchThing
from vnlegal.review.result import reviewed
from vnlegal.review.words import Words

router = APIRouter(prefix="/d/{doc}/download", include_in_schema=False)
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Download:
    """One form: where it is, and its label in Vietnamese and English."""

    path: str
    vietnamese: str
    english: str


DOWNLOADS = (
    Download("tasks.csv", "Nhiệm vụ (CSV)", "Tasks (CSV)"),
    Download("citations.csv", "Viện dẫn (CSV)", "Citations (CSV)"),
    Download("findings.csv", "Điểm cần xem (CSV)", "Findings (CSV)"),
    Download("result.json", "Toàn bộ kết quả (JSON)", "Whole result (JSON)"),
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
    return csv_response(columns, rows(final), name)


def csv_response(columns: Sequence[str], rows: Sequence[Sequence[object]], name: str) -> Response:
    """Return a table as CSV that Excel opens as it is meant: with a byte order mark, no cell a formula."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(columns)
    for row in rows:
        write.writerow([_cell(value) for value in row])
    return Response((_BOM + out.getvalue()).encode("utf-8", "replace"), media_type="text/csv", headers=sent_as(name))


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    return "'" + words if words.startswith(_FORMULA) and isinstance(value, str) else words


def _tasks(analysis: Analysis) -> list[list[object]]:
    return [
        [
            t.id, t.text, t.modality, "; ".join(a.canonical for a in t.leads),
            "; ".join(a.canonical for a in t.coordinators), t.deadline and t.deadline.text,
            t.deadline and t.deadline.due, t.status, " › ".join(t.path), t.start, t.end,
        ]
        for t in analysis.tasks
    ]  # fmt: skip


def _citations(analysis: Analysis) -> list[list[object]]:
    return [
        [c.id, c.text, c.kind, c.number, c.date, c.issuer, c.title, c.target, c.relation, c.start, c.end]
        for c in analysis.citations
    ]


def _findings(analysis: Analysis) -> list[list[object]]:
    return [[f.code, f.severity, f.message, "; ".join(f.refs), f.start, f.end] for f in analysis.findings]


_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Analysis], list[list[object]]]]] = {
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
