"""Taking a document off the list and putting it back: events like any other change; the file itself is kept."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter
from sqlalchemy import Connection, Row, desc, insert, select, update
from sqlalchemy.exc import IntegrityError
from starlette.responses import Response

from vnlegal.review.desk import At, Writer
from vnlegal.review.log import now
from vnlegal.review.model import DOCUMENT, NoSuchThing, ReviewProblem
from vnlegal.review.schema import REMOVED, analyses, documents, events
from vnlegal.review.store import Store

router = APIRouter(include_in_schema=False)
Way = Literal["remove", "restore"]


@dataclass(frozen=True, slots=True)
class Removed:
    """A document off the list: its row, who took it off, and when."""

    row: Row[Any]
    who: str
    at: str


@router.post("/d/{doc}/remove")
def remove(doc: int, desk: At, session: Writer) -> Response:
    """Take a document off the list, out of search, board and audits; its history stays."""
    _move(desk.store, doc, session.who, "remove")
    desk.shelf.forget(doc)
    return Response(status_code=204, headers={"HX-Redirect": "/"})


@router.post("/d/{doc}/restore")
def restore(doc: int, desk: At, session: Writer) -> Response:
    """Put a document back as it was."""
    _move(desk.store, doc, session.who, "restore")
    desk.readers.wake()
    return Response(status_code=204, headers={"HX-Refresh": "true"})


def put_back(store: Store, doc: int, who: str) -> bool:
    """Put a document back where it is off the list; return whether it was."""
    if store.document(doc).status != REMOVED:
        return False
    _move(store, doc, who, "restore")
    return True


def removed(store: Store) -> list[Removed]:
    """Return the documents that are off the list, the last taken off first."""
    with store.reading() as connection:
        rows = connection.execute(select(documents).where(documents.c.status == REMOVED)).all()
        found = [(row, _last(connection, row.id, "remove")) for row in rows]
    return sorted(
        (Removed(row, event.who, event.at) for row, event in found if event is not None),
        key=lambda one: one.at, reverse=True,
    )  # fmt: skip


def _move(store: Store, doc: int, who: str, way: Way) -> None:
    """Write the event and the new status in one transaction. Raises `NoSuchThing`, `ReviewProblem`."""
    with store.writing() as connection:
        row = connection.execute(select(documents).where(documents.c.id == doc)).first()
        if row is None:
            raise NoSuchThing(f"không có văn bản {doc}", next_step="xem danh sách văn bản")
        if (row.status == REMOVED) == (way == "remove"):
            return  # somebody was faster
        if row.status == "reading":
            raise ReviewProblem("văn bản đang được đọc", next_step="đợi đọc xong rồi gỡ")
        if way == "restore" and not store.path_of(row.sha256).is_file():
            raise ReviewProblem("tệp gốc không còn", next_step="gửi lại tệp")
        last = _last(connection, doc)
        state: dict[str, Any] = json.loads(last.after) if last is not None else {"verdict": "open", "value": {}}
        value = {name: said for name, said in state["value"].items() if name != REMOVED}
        after = {"verdict": state["verdict"], "value": {**value, REMOVED: who} if way == "remove" else value}
        event = {
            "doc": doc, "item": DOCUMENT, "kind": "document", "who": who, "at": now(), "action": way,
            "base": last.id if last is not None else 0, "before": last.after if last is not None else None,
            "after": json.dumps(after, ensure_ascii=False), "batch": secrets.token_hex(8), "undoes": None,
        }  # fmt: skip
        try:
            connection.execute(insert(events).values(event))
        except IntegrityError as error:
            raise ReviewProblem("văn bản vừa đổi", next_step="thử lại") from error
        status = REMOVED if way == "remove" else _status(connection, row)
        connection.execute(update(documents).where(documents.c.id == doc).values(status=status, indexed=-1))


def _last(connection: Connection, doc: int, action: str | None = None) -> Row[Any] | None:
    """Return the last event that is about the document as a whole."""
    query = select(events).where(events.c.doc == doc, events.c.item == DOCUMENT)
    if action is not None:
        query = query.where(events.c.action == action)
    return connection.execute(query.order_by(desc(events.c.id)).limit(1)).first()


def _status(connection: Connection, row: Row[Any]) -> str:
    """Return what a document is when it comes back: read, unreadable, or to be read."""
    known = connection.execute(select(analyses.c.doc).where(analyses.c.doc == row.id)).first()
    return "ready" if known is not None else "failed" if row.reason else "queued"
