"""The timeline: when documents were issued, when what they ask for is due, and how due days have moved."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import HTMLResponse, Response

from vnlegal.audit.deadlines import Stated, stated_tasks
from vnlegal.labels import STATUS
from vnlegal.labels import day as day_words
from vnlegal.office.calendar import last_day
from vnlegal.office.sheet import Column, Sheet, Value
from vnlegal.review.board import column_title, tasks_of
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.finding import Asked, Question
from vnlegal.review.naming import split_source
from vnlegal.review.schema import events
from vnlegal.review.shelf import Entry
from vnlegal.review.store import Store
from vnlegal.review.tables import send_sheet, send_tasks
from vnlegal.review.words import STATUSES

router = APIRouter(include_in_schema=False)
_MOST = 600  # entries on one page
_SAVED = 20_000
SHOWN = ("all", "documents", "deadlines", "moved")
_BAR, _HEIGHT = 22, 64  # of the strip of months
_APART = 2  # bars between two years written under it
_COLUMNS = (
    Column("day", "Ngày", "date", 12),
    Column("what", "Loại", width=14),
    Column("text", "Nội dung", width=70),
    Column("leads", "Chủ trì", width=30),
    Column("status", "Tình trạng", width=16),
    Column("number", "Văn bản", width=24),
    Column("source", "Tệp", width=28),
    Column("moves", "Lịch sử hạn", width=50),
    Column("link", "Mở", "link", 30),
)


@dataclass(frozen=True, slots=True)
class Move:
    """One station in the history of a due day: the day it was set to, when, and by which document or reviewer."""

    due: str
    at: str
    by: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline: a document issued, or a task due. `day` is ISO, the last day of a month or year."""

    day: str
    kind: Literal["document", "deadline"]
    words: str
    address: str
    said: str
    number: str
    source: str
    leads: tuple[str, ...] = ()
    status: str = ""
    late: bool = False
    moves: tuple[Move, ...] = ()
    entry: Entry | None = field(default=None, compare=False)


@router.get("/timeline")
def show(
    request: Request, desk: At, session: Visitor, words: Language, question: Question, show: str = "all"
) -> HTMLResponse:
    """Show documents and deadlines by day, month under month."""
    today = date.today().isoformat()
    moments, told, undated = _moments(desk, question, show, today)
    since = "" if question.fields["due_after"] else f"{int(today[:4]) - 1}{today[4:7]}-01"
    recent = [one for one in moments if one.day >= since]
    shown = recent[:_MOST]
    months = [(month, list(some)) for month, some in groupby(shown, key=lambda one: one.day[:7])]
    context = {
        "question": question,
        "show": show if show in SHOWN else "all",
        "choices": SHOWN,
        "months": months,
        "titles": {month: column_title(month, words) for month, _ in months},
        "strip": strip(shown, today),
        "today": today,
        "turn": next((month for month, _ in months if month >= today[:7]), ""),
        "hidden": len(recent) - len(shown),
        "older": len(moments) - len(recent),
        "since": since,
        "undated": undated,
        "told": told,
        "statuses": STATUSES,
    }
    return page(request, "timeline.html", context, session=session)


@router.get("/timeline.{form}")
def table(request: Request, form: str, desk: At, session: Visitor, question: Question, show: str = "all") -> Response:
    """Send the timeline as a table, its deadlines as a calendar."""
    moments, _, _ = _moments(desk, question, show, date.today().isoformat())
    base = str(request.base_url)
    if form == "ics":
        due = [one.entry for one in moments if one.entry is not None]
        return send_tasks(due, desk.store.documents(), base, form, "dong-thoi-gian")
    return send_sheet([_sheet(moments, base.rstrip("/"))], form, "dong-thoi-gian")


def _moments(desk: Desk, question: Asked, show: str, today: str) -> tuple[list[Moment], str, int]:
    """Return the moments in order, why there are none, and how many tasks have no day."""
    entries, _, told = tasks_of(desk, question, _SAVED)
    moves = histories(desk)
    due = [_due(entry, moves, today) for entry in entries if entry.due]
    out: list[Moment] = []
    if show != "documents":
        out += [one for one in due if show != "moved" or one.moves]
    if show in ("all", "documents"):
        out += _issued(desk, question)
    out.sort(key=lambda one: (one.day, one.kind != "document", one.source))
    return out, told, len(entries) - len(due)


def _due(entry: Entry, moves: Mapping[tuple[int | None, str], tuple[Move, ...]], today: str) -> Moment:
    limit = entry.row.deadline
    return Moment(
        day=entry.due, kind="deadline", words=" ".join(entry.row.text.split()), address=entry.address,
        said=day_words(limit.due) or " ".join(limit.text.split()), number=entry.hit.number or "", source=entry.source,
        leads=entry.leads, status=entry.row.status or "", late=entry.is_overdue(today),
        moves=moves.get((entry.doc, entry.row.id), ()), entry=entry,
    )  # fmt: skip


def _issued(desk: Desk, question: Asked) -> list[Moment]:
    """Return the documents with a day. Filters that only tasks can fulfil leave none."""
    wanted = question.filters
    if question.q or wanted.status or wanted.modality or wanted.role or wanted.law or wanted.overdue_on:
        return []
    out = []
    for row in desk.store.documents():
        last = last_day(row.date) if row.date else None
        if row.status != "ready" or last is None:
            continue
        day = last.isoformat()
        if (wanted.due_after and day < wanted.due_after) or (wanted.due_before and day > wanted.due_before):
            continue
        if wanted.agency and wanted.agency.lower() not in row.issuer.lower():
            continue
        if wanted.document and wanted.document.lower() not in row.number.lower():
            continue
        called = f"{desk.kinds.get(row.kind, row.kind)} {row.number}".strip() or row.name
        leads = (row.issuer,) if row.issuer else ()
        out.append(
            Moment(
                day, "document", row.subject or row.name, f"/d/{row.id}", day_words(row.date), called, row.name, leads
            )
        )
    return out


def histories(desk: Desk) -> dict[tuple[int | None, str], tuple[Move, ...]]:
    """Return the history of the due days that have moved, by document and task.

    A day moves where a later document states the same task with another day, or where a reviewer changes it.
    """
    readings, _ = desk.facts.readings()
    edited = _edited(desk.store)
    out: dict[tuple[int | None, str], tuple[Move, ...]] = {}
    for group in stated_tasks(readings.values()):
        stations: list[Move] = []
        for one in sorted(group, key=lambda one: one.reading.analysis.document.date or ""):
            stations += _stations(one, edited)
        steps = [move for n, move in enumerate(stations) if n == 0 or move.due != stations[n - 1].due]
        if len(steps) > 1:
            for one in group:
                out[split_source(one.reading.analysis.document.source)[0], one.task.id] = tuple(steps)
    return out


class _Edit(NamedTuple):
    """A change of a due day by a reviewer."""

    before: str
    after: str
    who: str
    at: str


def _stations(one: Stated, edited: Mapping[tuple[int, str], Sequence[_Edit]]) -> list[Move]:
    """Return the days one document gave a task: first the machine's, then those of reviewers."""
    head = one.reading.analysis.document
    doc, name = split_source(head.source)
    limit = one.task.deadline
    later = list(edited.get((doc or 0, one.task.id), ()))
    first = later[0].before if later else (limit.due or "" if limit else "")
    said = [Move(first, head.date or "", head.number or name, f"/d/{doc}#{one.task.id}")] if first else []
    history = f"/d/{doc}/history?item={one.task.id}"
    return [*said, *(Move(edit.after, edit.at, edit.who, history) for edit in later)]


def _edited(store: Store) -> dict[tuple[int, str], list[_Edit]]:
    """Return the changes of due days by reviewers, by document and task."""
    c = events.c
    query = select(c.doc, c.item, c.who, c.at, c.before, c.after).where(
        c.kind == "task", c.action.in_(("edit", "undo", "redo"))
    )
    out: dict[tuple[int, str], list[_Edit]] = {}
    with store.reading() as connection:
        for row in connection.execute(query.order_by(c.id)):
            before, after = _day_in(row.before), _day_in(row.after)
            if before != after:
                out.setdefault((row.doc, row.item), []).append(_Edit(before, after, row.who, row.at[:10]))
    return out


def _day_in(written: str | None) -> str:
    value: dict[str, Any] = json.loads(written)["value"] if written else {}
    return str((value.get("deadline") or {}).get("due") or "")


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in the strip over the timeline: its place and the heights of its deadlines, those overdue below."""

    month: str
    x: int
    late: float
    other: float
    documents: int
    label: str
    now: bool


def strip(moments: Iterable[Moment], today: str) -> list[Bar]:
    """Return the bars of the months that have something, in order."""
    counts: dict[str, Counter[str]] = {}
    for one in moments:
        name = "documents" if one.kind == "document" else "late" if one.late else "other"
        counts.setdefault(one.day[:7], Counter())[name] += 1
    most = max((some["late"] + some["other"] for some in counts.values()), default=0) or 1
    bars: list[Bar] = []
    year, labelled = "", -_APART
    for n, (month, some) in enumerate(counts.items()):
        label = month[:4] if month[:4] != year and n - labelled >= _APART else ""
        if label:
            year, labelled = label, n
        late, other = (_HEIGHT * some[name] / most for name in ("late", "other"))
        bars.append(Bar(month, n * _BAR, late, other, some["documents"], label, month == today[:7]))
    return bars


def _sheet(moments: Iterable[Moment], base: str) -> Sheet:
    rows: list[list[Value]] = [
        [
            one.day, "văn bản" if one.kind == "document" else "thời hạn", one.words, "; ".join(one.leads),
            STATUS.get(one.status, ""), one.number, one.source, moves_words(one.moves),
            f"{base}{one.address}\n{one.source}" if one.address else one.source,
        ]
        for one in moments
    ]  # fmt: skip
    return Sheet("Dòng thời gian", _COLUMNS, rows)


def moves_words(moves: Iterable[Move]) -> str:
    """Return the history of a due day on one line: 30/6/2025 (12/BC-UBND) → 31/12/2025 (Lan, 3/7/2025)."""
    said = []
    for move in moves:
        when = f", {day_words(move.at)}" if move.at else ""
        said.append(f"{day_words(move.due) or '(bỏ hạn)'} ({move.by}{when})")
    return " → ".join(said)
