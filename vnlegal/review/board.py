"""The board: what everybody must do, by body and month, the overdue in front."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from vnlegal.index import BadQuery, Page
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.finding import Asked, Question
from vnlegal.review.shelf import MOST, Entry, board
from vnlegal.review.tables import send_tasks
from vnlegal.review.words import MODALITIES, STATUSES, Words

router = APIRouter(include_in_schema=False)
_BODIES = 10  # lines of the overview
_SAVED = 20_000


def tasks_of(desk: Desk, question: Asked, limit: int = 4 * MOST) -> tuple[list[Entry], Page, str]:
    """Return the tasks that a question finds, or none and why."""
    try:
        return *desk.shelf.tasks(question.q, question.filters, limit=limit), ""
    except BadQuery as error:
        return [], Page(total=0), str(error)


@router.get("/board")
def show(request: Request, desk: At, session: Visitor, words: Language, question: Question) -> HTMLResponse:
    """Show the tasks: an overview of bodies and months, then every month."""
    today = date.today()
    entries, found, told = tasks_of(desk, question)
    made = board(entries, today, found.total or 0)
    context = {
        "question": question,
        "board": made,
        "bodies": made.bodies[:_BODIES],
        "more_bodies": max(0, len(made.bodies) - _BODIES),
        "today": today.isoformat(),
        "titles": [column_title(column.name, words) for column in made.columns],
        "short": [column_title(c.name, words) if c.name in ("overdue", "") else _month(c.name) for c in made.columns],
        "told": told,
        "statuses": STATUSES,
        "modalities": MODALITIES,
    }
    return page(request, "board.html", context, session=session)


def column_title(name: str, words: Words) -> str:
    """Return what stands over a column of the board."""
    if name in ("overdue", ""):
        return words("board_overdue" if name else "board_no_day")
    return words("board_month", month=_month(name))


def _month(name: str) -> str:
    return f"{int(name[5:7])}/{name[:4]}"


@router.get("/board.{form}")
def table(request: Request, form: str, desk: At, session: Visitor, question: Question) -> Response:
    """Send all tasks of the board: as a table, as a calendar, or as one calendar for each body."""
    entries, _, _ = tasks_of(desk, question, _SAVED)
    return send_tasks(entries, desk.store.documents(), str(request.base_url), form, "bang-viec")
