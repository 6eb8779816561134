"""Search with facets, and the board of obligations by body and month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from vnlegal.index import BadQuery, Filters, Page
from vnlegal.index.model import KINDS, Kind
from vnlegal.records import Modality, Status
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.downloads import csv_response
from vnlegal.review.forms import BadForm, day
from vnlegal.review.shelf import Entry
from vnlegal.review.words import MODALITIES, STATUSES, Words

router = APIRouter(include_in_schema=False)
_SHOWN = 30
_SAVED = 5_000
_COLUMNS = ("kind", "source", "number", "date", "text", "leads", "deadline", "due", "status", "target", "start", "end")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the address: the words, the kind of row, the filters, the first row."""

    q: str
    kind: Kind
    filters: Filters
    fields: dict[str, str]
    start: int

    def address(self, path: str, **changes: str) -> str:
        """Return the address of the same question with some fields changed."""
        fields = {name: value for name, value in {**self.fields, **changes}.items() if value}
        return f"{path}?{urlencode(fields)}" if fields else path


def asked(
    q: str = "",
    kind: str = "task",
    agency: str = "",
    role: str = "",
    status: str = "",
    modality: str = "",
    due_after: str = "",
    due_before: str = "",
    law: str = "",
    overdue: str = "",
    start: int = 0,
) -> Asked:
    """Read a question from the address. Raises `BadForm`, `BadQuery`."""
    for name, value, values in (
        ("kind", kind, KINDS), ("status", status, get_args(Status)), ("modality", modality, get_args(Modality)),
        ("role", role, ("lead", "coordinator")),
    ):  # fmt: skip
        if value and value not in values:
            raise BadForm(name, f"{name}: không có giá trị này", next_step="chọn trong danh sách")
    fields = {
        "q": q[:300], "kind": kind, "agency": agency[:200], "role": role, "status": status, "modality": modality,
        "due_after": due_after, "due_before": due_before, "law": law[:200], "overdue": overdue and "1",
    }  # fmt: skip
    filters = Filters.model_validate({
        "agency": agency[:200] or None, "role": role or None, "status": status or None, "modality": modality or None,
        "due_after": day(due_after, "due_after"), "due_before": day(due_before, "due_before"),
        "law": law[:200] or None, "overdue_on": date.today().isoformat() if overdue else None,
    })  # fmt: skip
    return Asked(q[:300], kind, filters, fields, max(start, 0))  # type: ignore[arg-type]


Question = Annotated[Asked, Depends(asked)]


def _found(desk: Desk, question: Asked, limit: int, start: int) -> tuple[Page, str]:
    """Return the answers, or none and why."""
    try:
        return desk.shelf.search(question.q, question.kind, question.filters, limit=limit, offset=start), ""
    except BadQuery as error:
        return Page(total=0), str(error)


@router.get("/search")
def search(request: Request, desk: At, session: Visitor, words: Language, question: Question) -> HTMLResponse:
    """Show the rows that answer, with the values to narrow them by."""
    found, told = _found(desk, question, _SHOWN, question.start)
    facets = [
        (name, label, [(value.value, value.count) for value in found.facets.get(name, ())[:12]])
        for name, label in (("agency", words("agency")), ("status", words("status")), ("modality", words("modality")))
    ]
    context = {
        "question": question,
        "entries": [(Entry.of(hit), shown_words(Entry.of(hit))) for hit in found],
        "total": found.total or 0,
        "told": told,
        "facets": [facet for facet in facets if facet[2]],
        "kinds": KINDS,
        "statuses": STATUSES,
        "modalities": MODALITIES,
        "step": _SHOWN,
    }
    return page(request, "search.html", context, session=session)


def shown_words(entry: Entry) -> Markup:
    """Return the words of a row with those of the question marked."""
    row, at, out = entry.hit.row, entry.hit.row.start, Markup("")
    for start, end in (*entry.hit.highlights, (row.end, row.end)):
        out += escape(row.text[at - row.start : start - row.start])
        if end > start:
            out += Markup("<mark>{}</mark>").format(row.text[start - row.start : end - row.start])
        at = end
    return out


@router.get("/search.csv")
def search_csv(desk: At, session: Visitor, question: Question) -> Response:
    """Send all answers as a table."""
    found, _ = _found(desk, question, _SAVED, 0)
    return csv_response(_COLUMNS, [_cells(Entry.of(hit)) for hit in found], "tim-kiem.csv")


def _cells(entry: Entry) -> list[object]:
    row: Any = entry.hit.row
    deadline = getattr(row, "deadline", None)
    return [
        entry.hit.kind, entry.source, entry.hit.number, entry.hit.date, row.text,
        "; ".join(lead.canonical for lead in getattr(row, "leads", ())), deadline and deadline.text,
        deadline and deadline.due, getattr(row, "status", None), getattr(row, "target", None), row.start, row.end,
    ]  # fmt: skip


@router.get("/board")
def board(request: Request, desk: At, session: Visitor, words: Language, question: Question) -> HTMLResponse:
    """Show what everybody must do, the overdue first, then by month."""
    today = date.today()
    found = desk.shelf.board(question.filters, today)
    context = {"question": question, "board": found, "today": today.isoformat(), "title": _column_title(words)}
    return page(request, "board.html", context, session=session)


def _column_title(words: Words) -> Any:
    def title(name: str) -> str:
        if name in ("overdue", ""):
            return words("board_overdue" if name else "board_no_day")
        return words("board_month", month=f"{int(name[5:7])}/{name[:4]}")

    return title
