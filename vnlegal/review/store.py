"""Where the review keeps everything: one SQLite file, and the files as they came, named by their hash.

One change is one transaction that is on the disk before the reviewer is told of it: a server that dies keeps all it
confirmed. Any number of threads and processes may use the same folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from vnlegal.records import Analysis, Layout
from vnlegal.review.database import Database
from vnlegal.review.fold import counts, fold, last_of
from vnlegal.review.log import events_of, now, number_of, step_back, write
from vnlegal.review.machine import items_of
from vnlegal.review.marks import Lines
from vnlegal.review.model import Action, Change, Event, Item, NoSuchThing
from vnlegal.review.schema import REMOVED, analyses, documents, events

_KEPT = 24  # documents held in memory


@dataclass(frozen=True, slots=True)
class Content:
    """A document as it was read: its canonical text, its layout, what the machine found."""

    text: str
    layout: Layout | None
    analysis: Analysis
    found: dict[str, Item]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Standing:
    """How the items of a document stand after the event `last`."""

    items: dict[str, Item]
    last: int


class Store(Database):
    """The documents under review and the log of what was done to them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._kept: OrderedDict[int, Content] = OrderedDict()
        self._standing: OrderedDict[int, Standing] = OrderedDict()
        self._lock = threading.Lock()

    # Documents

    def add_file(self, data: bytes, name: str, who: str) -> tuple[int, bool]:
        """Keep a file under the hash of its bytes and queue it; return its number and whether it is new."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path_of(digest)
        if not path.is_file():
            path.parent.mkdir(exist_ok=True)
            half = path.with_name(f".{digest}.{secrets.token_hex(4)}")
            with half.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            half.replace(path)
        with self.writing() as connection:
            known = connection.execute(select(documents).where(documents.c.sha256 == digest)).first()
            if known is not None:
                if known.status == "failed":
                    connection.execute(
                        update(documents).where(documents.c.id == known.id).values(status="queued", reason="")
                    )
                return int(known.id), False
            row = insert(documents).values(sha256=digest, name=name, size=len(data), status="queued", who=who, at=now())
            return number_of(connection, row), True

    def path_of(self, digest: str) -> Path:
        """Return where the bytes of that hash stand."""
        return self.folder / "files" / digest[:2] / digest

    def document(self, doc: int) -> Row[Any]:
        """Return the row of a document. Raises `NoSuchThing`."""
        with self.reading() as connection:
            row = connection.execute(select(documents).where(documents.c.id == doc)).first()
        if row is None:
            raise NoSuchThing(f"không có văn bản {doc}", next_step="xem danh sách văn bản")
        return row

    def documents(self) -> list[Row[Any]]:
        """Return the rows of all documents on the list, the newest first."""
        query = select(documents).where(documents.c.status != REMOVED).order_by(documents.c.id.desc())
        with self.reading() as connection:
            return list(connection.execute(query).all())

    def number_of(self, digest: str) -> int | None:
        """Return the number of the document on the list whose bytes have that hash, None where it is not there."""
        query = select(documents.c.id).where(documents.c.sha256 == digest, documents.c.status == "ready")
        with self.reading() as connection:
            return connection.execute(query).scalar()

    def next_queued(self) -> Row[Any] | None:
        """Take the oldest waiting document and mark it as being read; None where none waits."""
        with self.writing() as connection:
            row = connection.execute(
                select(documents).where(documents.c.status == "queued").order_by(documents.c.id).limit(1)
            ).first()
            if row is not None:
                connection.execute(update(documents).where(documents.c.id == row.id).values(status="reading"))
            return row

    def queue_again(self) -> None:
        """Queue what was being read when the last server ended."""
        with self.writing() as connection:
            connection.execute(update(documents).where(documents.c.status == "reading").values(status="queued"))

    def finished(self, doc: int, data: bytes, program: str) -> None:
        """Keep what was found in a document: `data` is the JSON of text, layout and analysis."""
        content = _content(data)
        found, head = counts(content.found.values()), content.analysis.document
        facts = {name: getattr(head, name) or "" for name in ("format", "number", "kind", "date", "subject", "issuer")}
        with self.writing() as connection:
            row = {"doc": doc, "at": now(), "program": program, "data": zlib.compress(data, 3)}
            connection.execute(insert(analyses).prefix_with("OR REPLACE").values(row))
            connection.execute(
                update(documents)
                .where(documents.c.id == doc)
                .values(status="ready", items=found["all"], doubtful=found["doubtful"], **facts)
            )
            self._keep(doc, content)  # before anybody is told that it is ready

    def failed(self, doc: int, reason: str) -> None:
        """Say why a document could not be read."""
        with self.writing() as connection:
            connection.execute(update(documents).where(documents.c.id == doc).values(status="failed", reason=reason))

    def not_indexed(self) -> list[tuple[int, int]]:
        """Return each document whose last event the index does not know, with that event."""
        last = select(func.coalesce(func.max(events.c.id), 0)).where(events.c.doc == documents.c.id).scalar_subquery()
        query = select(documents.c.id, last).where(documents.c.status == "ready", documents.c.indexed < last)
        with self.reading() as connection:
            return [(int(row[0]), int(row[1])) for row in connection.execute(query)]

    def indexed(self, doc: int, event_: int) -> None:
        """Keep that the index knows a document as it stood after an event."""
        with self.writing() as connection:
            connection.execute(update(documents).where(documents.c.id == doc).values(indexed=event_))

    def content(self, doc: int) -> Content:
        """Return a document as it was read. Raises `NoSuchThing` where it has not been read."""
        with self._lock:
            if doc in self._kept:
                self._kept.move_to_end(doc)
                return self._kept[doc]
        with self.reading() as connection:
            data = connection.execute(select(analyses.c.data).where(analyses.c.doc == doc)).scalar()
        if data is None:
            raise NoSuchThing(f"văn bản {doc} chưa được đọc", next_step="đợi đọc xong")
        content = _content(zlib.decompress(data))
        self._keep(doc, content)
        return content

    def _keep(self, doc: int, content: Content) -> None:
        with self._lock:
            self._kept[doc] = content
            self._kept.move_to_end(doc)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    # Items and events

    def standing(self, doc: int, connection: Connection | None = None) -> Standing:
        """Return how the items of a document stand: the fold of its events over what the machine found."""
        with self._lock:
            known = self._standing.get(doc)
        if known is None:
            known = Standing(self.content(doc).found, 0)
        if connection is None:
            with self.reading() as own:
                later = events_of(own, doc, since=known.last)
        else:
            later = events_of(connection, doc, since=known.last)
        if not later and known.last:
            return known
        fresh = Standing(fold(known.items, later), last_of(later, known.last))
        if connection is None:  # inside a transaction that may yet be taken back nothing is remembered
            with self._lock:
                if fresh.last >= getattr(self._standing.get(doc), "last", 0):
                    self._standing[doc] = fresh
                    self._standing.move_to_end(doc)
                if len(self._standing) > _KEPT:
                    self._standing.popitem(last=False)
        return fresh

    def item(self, doc: int, name: str) -> Item:
        """Return one item as it stands. Raises `NoSuchThing`."""
        found = self.standing(doc).items.get(name)
        if found is None:
            raise NoSuchThing(f"văn bản {doc} không có mục {name}", next_step="tải lại trang")
        return found

    def events(self, doc: int, *, since: int = 0, item: str | None = None) -> list[Event]:
        """Return the events of a document after the event `since`, of one item where one is named."""
        with self.reading() as connection:
            return events_of(connection, doc, since=since, item=item)

    def act(self, doc: int, who: str, action: Action, changes: Sequence[Change]) -> list[Event]:
        """Make the changes in one transaction and return their events.

        A change without a base that names a new item gets the next free name. Raises `Conflict` where an item has
        moved on from the version its author saw; nothing is changed then.
        """
        self.content(doc)
        with self.writing() as connection:
            return write(connection, doc, who, action, changes, self.standing(doc, connection).items)

    def step(self, doc: int, who: str, action: Action) -> list[Event]:
        """Undo or redo the last batch of `who`; return the events, none where there is nothing to undo.

        Raises `Conflict` where somebody has changed an item of the batch since.
        """
        self.content(doc)
        with self.writing() as connection:
            items = self.standing(doc, connection).items
            found = step_back(events_of(connection, doc), items, who, action)
            if found is None:
                return []
            batch, changes = found
            return write(connection, doc, who, action, changes, items, undoes=batch)


def _content(data: bytes) -> Content:
    fields = json.loads(data)
    analysis = Analysis.model_validate(fields["analysis"], strict=False)
    layout = Layout.model_validate(fields["layout"], strict=False) if fields["layout"] else None
    return Content(fields["text"], layout, analysis, items_of(analysis), Lines(fields["text"]))
