"""What every request of the review needs: the store, the readers, the door, the knowledge, and how to show things."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse

from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.labels import day, work_words
from vnlegal.review.auditing import Auditor
from vnlegal.review.facts import Facts
from vnlegal.review.guard import COOKIE, Door, Session
from vnlegal.review.model import ReviewProblem
from vnlegal.review.reading import Readers, Worker
from vnlegal.review.shelf import Shelf
from vnlegal.review.store import Store
from vnlegal.review.suggest import Suggestion, bodies, works
from vnlegal.review.words import Words, field_day

LANGUAGE, THEME = "vnlegal_language", "vnlegal_theme"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the review is set up. `folder` holds all of its state; `index` is the URL of the index of obligations.

    `workers`: how many processes read files, by default as many as there are processors, two at most. `graph`: a
    graph file whose documents stand beside those under review in the audit of laws and in the pictures.
    """

    folder: Path
    index: str | None = None
    knowledge: Path | None = None
    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    token: str | None = None
    workers: int | None = None
    graph: Path | None = None
    most_bytes: int = 64 * 2**20
    most_files: int = 20


class NeedsSession(Exception):
    """A request without a session where one is needed."""


class BadToken(ReviewProblem):
    """A change without the token of its session."""


class Desk:
    """The parts of a running review."""

    def __init__(self, settings: Settings, *, loopback: bool) -> None:
        self.settings = settings
        self.store = Store(settings.folder)
        self.door = Door(self.store, settings.token, open_=loopback)
        self.knowledge: Knowledge = load_knowledge(settings.knowledge)
        workers = min(2, os.cpu_count() or 1) if settings.workers is None else settings.workers
        self.readers = Readers(self.store, settings.knowledge, workers)
        self.shelf = Shelf(self.store, settings.index, self.knowledge)
        self.facts = Facts(self.store, settings.knowledge)
        self.auditor = Auditor(self.facts, self.knowledge, settings.knowledge, settings.graph)
        self._painter: Worker | None = None
        self.kinds = {row.key: row.name for row in self.knowledge.documents.types}

    @cached_property
    def works(self) -> tuple[Suggestion, ...]:
        """The works that can be suggested as targets."""
        return works(self.knowledge)

    @cached_property
    def bodies(self) -> tuple[Suggestion, ...]:
        """The bodies that can be suggested."""
        return bodies(self.knowledge)

    def painter(self) -> Worker:
        """Return the process that draws pages, started when it is first needed."""
        if self._painter is None:
            self._painter = Worker(self.settings.knowledge)
        return self._painter

    def close(self) -> None:
        """End the processes and let go of the files."""
        self.readers.close()
        if self._painter is not None:
            self._painter.close()
        self.facts.close()
        self.shelf.close()
        self.store.close()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("vnlegal.review", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "field_day": field_day, "moment": moment, "work": work_words}
    return made


def warm(desk: Desk) -> None:
    """Make what the first visitor would wait for: the templates, the suggestions, the rules."""
    from vnlegal.pipeline import analyze

    for name in _environment().list_templates():
        _environment().get_template(name)
    analyze("Giao Bộ Tài chính báo cáo trước ngày 1/2/2025.", knowledge=desk.knowledge)
    assert desk.works
    assert desk.bodies


def moment(at: str | None) -> str:
    """Return a moment of the log on the clock of this machine: 21/11/2026 09:05."""
    from datetime import datetime

    if not at:
        return ""
    return datetime.fromisoformat(at).astimezone().strftime("%d/%m/%Y %H:%M")


def desk_of(request: Request) -> Desk:
    """Return the desk of the running server."""
    desk: Desk = request.app.state.desk
    return desk


def visitor(request: Request) -> Session:
    """Return the session of a request. Raises `NeedsSession`."""
    door = desk_of(request).door
    found = door.session(request.cookies.get(COOKIE)) or door.bearer(request.headers.get("authorization"))
    if found is None:
        raise NeedsSession
    return found


def writer(request: Request) -> Session:
    """Return the session of a request that changes something. Raises `NeedsSession`, `BadToken`."""
    session = visitor(request)
    if session.token and request.headers.get("x-csrf-token") != session.token:
        raise BadToken("yêu cầu không mang mã của phiên", next_step="tải lại trang")
    return session


async def form_of(request: Request) -> dict[str, str]:
    """Return the text fields of a form."""
    form = await request.form(max_files=0, max_fields=200)
    return {name: value for name, value in form.items() if isinstance(value, str)}


At = Annotated[Desk, Depends(desk_of)]
Visitor = Annotated[Session, Depends(visitor)]
Writer = Annotated[Session, Depends(writer)]
Form = Annotated[dict[str, str], Depends(form_of)]


def words_of(request: Request) -> Words:
    """Return the words in the language the reader chose."""
    return Words(request.cookies.get(LANGUAGE, "vi"))


Language = Annotated[Words, Depends(words_of)]


def fragment(name: str, words: Words, context: Mapping[str, Any]) -> Markup:
    """Return a piece of a page."""
    return Markup(_environment().get_template(name).render(_=words, lang=words.language, **context))


def page(
    request: Request, name: str, context: Mapping[str, Any], *, session: Session | None, status: int = 200
) -> HTMLResponse:
    """Return a whole page."""
    words, desk = words_of(request), desk_of(request)
    theme = request.cookies.get(THEME, "")
    frame = {
        "session": session,
        "theme": theme if theme in ("dark", "light") else "",
        "path": request.url.path,
        "named": session is not None and session.kind != "account",
        "locked": not desk.door.is_open,
    }
    return HTMLResponse(fragment(name, words, {**frame, **context}), status)
