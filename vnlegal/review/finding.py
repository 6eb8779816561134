"""Search with facets, and the questions that search, board and timeline share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from vnlegal.index import BadQuery, Filters, Page
from vnlegal.index.model import KINDS, Kind
from vnlegal.office.calendar import last_day
from vnlegal.records import Modality, Status
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.forms import BadForm, day
from vnlegal.review.shelf import Entry
from vnlegal.review.tables import found_sheet, send_sheet
from vnlegal.review.words import MODALITIES, STATUSES, Words

router = APIRouter(include_in_schema=False)
_SHOWN = 30
_SAVED = 5_000


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
    document: str = "",
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
        "due_after": due_after, "due_before": due_before, "law": law[:200], "document": document[:200],
        "overdue": overdue and "1",
    }  # fmt: skip
    filters = Filters.model_validate({
        "agency": agency[:200] or None, "role": role or None, "status": status or None, "modality": modality or None,
        "due_after": day(due_after, "due_after"), "due_before": day(due_before, "due_before"),
        "law": law[:200] or None, "document": document[:200] or None,
        "overdue_on": date.today().isoformat() if overdue else None,
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
    context = {
        "question": question,
        "entries": [(Entry.of(hit), shown_words(Entry.of(hit))) for hit in found],
        "total": found.total or 0,
        "at_least": found.at_least,
        "told": told,
        "facets": [facet for facet in _facets(found, question, words) if facet[1]],
        "kinds": KINDS,
        "statuses": STATUSES,
        "modalities": MODALITIES,
        "step": _SHOWN,
    }
    return page(request, "search.html", context, session=session)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow by: its words, how many rows have it, the address that chooses or leaves it."""

    words: str
    count: int
    address: str
    chosen: bool


def _facets(found: Page, question: Asked, words: Words) -> list[tuple[str, list[Choice]]]:
    out = []
    for name in ("agency", "status", "modality"):
        choices = []
        for one in found.facets.get(name, ())[:12]:
            chosen = question.fields[name] == one.value
            address = question.address("/search", **{name: "" if chosen else one.value})
            choices.append(Choice(words.value(one.value), one.count, address, chosen))
        out.append((words(name), choices))
    months = sorted(found.facets.get("due", ()), key=lambda one: one.value)[-24:]
    return [*out, (words("due"), [_month(one.value, one.count, question, words) for one in months])]


def _month(month: str, count: int, question: Asked, words: Words) -> Choice:
    end = last_day(month)
    first, last = f"1/{int(month[5:])}/{month[:4]}", f"{end.day}/{end.month}/{end.year}" if end else ""
    chosen = (question.fields["due_after"], question.fields["due_before"]) == (first, last)
    wanted = ("", "") if chosen else (first, last)
    address = question.address("/search", due_after=wanted[0], due_before=wanted[1])
    return Choice(words("board_month", month=f"{int(month[5:])}/{month[:4]}"), count, address, chosen)


def shown_words(entry: Entry) -> Markup:
    """Return the words of a row with those of the question marked."""
    row, at, out = entry.hit.row, entry.hit.row.start, Markup("")
    for start, end in (*entry.hit.highlights, (row.end, row.end)):
        out += escape(row.text[at - row.start : start - row.start])
        if end > start:
            out += Markup("<mark>{}</mark>").format(row.text[start - row.start : end - row.start])
        at = end
    return out


@router.get("/search.{form}")
def search_table(request: Request, form: str, desk: At, session: Visitor, question: Question) -> Response:
    """Send all answers as a table."""
    found, _ = _found(desk, question, _SAVED, 0)
    sheet = found_sheet([Entry.of(hit) for hit in found], str(request.base_url).rstrip("/"))
    return send_sheet([sheet], form, "tim-kiem")
