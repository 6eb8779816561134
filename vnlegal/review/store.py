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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Insert, Row, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from vnlegal.records import Analysis, Layout
from vnlegal.review.fold import counts, fold, last_of, steps
from vnlegal.review.machine import items_of
from vnlegal.review.marks import Lines
from vnlegal.review.model import DOCUMENT, Action, Change, Conflict, Event, Item, NoSuchThing, ReviewProblem, State
from vnlegal.review.schema import FIXED, VERSION, analyses, documents, events, meta, tables

_WAIT = 30.0  # seconds a writer waits for another
_KEPT = 24  # documents held in memory
_APPLICATION = 0x766E6C72


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


class Store:
    """The documents under review and the log of what was done to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            (folder / "work").mkdir(exist_ok=True)
        except OSError as error:
            raise ReviewProblem(
                f"{folder}: không tạo được ({error.strerror})", next_step="chọn --state khác"
            ) from error
        path = folder / "review.db"
        options: dict[str, Any] = {"connect_args": {"timeout": _WAIT, "check_same_thread": False}}
        self._engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=8, max_overflow=32, **options)
        event.listen(self._engine, "connect", _opened)
        self._kept: OrderedDict[int, Content] = OrderedDict()
        self._standing: OrderedDict[int, Standing] = OrderedDict()
        self._lock = threading.Lock()
        try:
            with self.writing() as connection:
                tables.create_all(connection)
                for statement in FIXED:
                    connection.exec_driver_sql(statement)
                known = connection.execute(select(meta.c.value).where(meta.c.name == "version")).scalar()
                if known is None:
                    connection.execute(insert(meta).values(name="version", value=str(VERSION)))
        except DBAPIError as error:
            raise ReviewProblem(f"{path}: {error.orig}", next_step="chọn --state khác, hoặc xem quyền ghi") from error
        if known is not None and known != str(VERSION):
            raise ReviewProblem(
                f"{path}: dữ liệu duyệt của phiên bản khác ({known})", next_step="dùng đúng phiên bản vnlegal"
            )

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all kept or none, alone among writers."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state from beginning to end."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def secret(self, name: str) -> str:
        """Return a secret of this folder, made once."""
        with self.writing() as connection:
            found = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(insert(meta).values(name=name, value=found))
            return str(found)

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
            return _number(connection, row), True

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
        """Return the rows of all documents, the newest first."""
        with self.reading() as connection:
            return list(connection.execute(select(documents).order_by(documents.c.id.desc())).all())

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
        analysis = json.loads(data)["analysis"]
        head = analysis["document"]
        found = counts(items_of(Analysis.model_validate(analysis, strict=False)).values())
        facts = {name: str(head.get(name) or "") for name in ("format", "number", "kind", "date", "subject", "issuer")}
        with self.writing() as connection:
            row = {"doc": doc, "at": now(), "program": program, "data": zlib.compress(data, 3)}
            connection.execute(insert(analyses).prefix_with("OR REPLACE").values(row))
            connection.execute(
                update(documents)
                .where(documents.c.id == doc)
                .values(status="ready", items=found["all"], doubtful=found["doubtful"], **facts)
            )

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
        fields = json.loads(zlib.decompress(data))
        analysis = Analysis.model_validate(fields["analysis"], strict=False)
        layout = Layout.model_validate(fields["layout"], strict=False) if fields["layout"] else None
        content = Content(fields["text"], layout, analysis, items_of(analysis), Lines(fields["text"]))
        with self._lock:
            self._kept[doc] = content
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return content

    # Items and events

    def standing(self, doc: int, connection: Connection | None = None) -> Standing:
        """Return how the items of a document stand: the fold of its events over what the machine found."""
        with self._lock:
            known = self._standing.get(doc)
        if known is None:
            known = Standing(self.content(doc).found, 0)
        if connection is None:
            with self.reading() as own:
                later = self._events(own, doc, known.last)
        else:
            later = self._events(connection, doc, known.last)
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
            return self._events(connection, doc, since, item)

    def act(self, doc: int, who: str, action: Action, changes: Sequence[Change]) -> list[Event]:
        """Make the changes in one transaction and return their events.

        A change without a base that names a new item gets the next free name. Raises `Conflict` where an item has
        moved on from the version its author saw; nothing is changed then.
        """
        self.content(doc)
        with self.writing() as connection:
            return self._write(connection, doc, who, action, changes, None)

    def step(self, doc: int, who: str, action: Action) -> list[Event]:
        """Undo or redo the last batch of `who`; return the events, none where there is nothing to undo.

        Raises `Conflict` where somebody has changed an item of the batch since.
        """
        self.content(doc)
        with self.writing() as connection:
            log = self._events(connection, doc, 0)
            way = steps(log, who)
            waiting = way.undo if action == "undo" else way.redo
            if not waiting:
                return []
            changes = []
            items = self.standing(doc, connection).items
            for event_ in (one for one in log if one.batch == waiting[-1]):
                gone = State("gone", event_.after.value)
                old, new = event_.before or gone, event_.after
                expected, wanted = (new, old) if action == "undo" else (old, new)
                if items[event_.item].state != expected:
                    raise Conflict(items[event_.item], wanted)
                changes.append(Change(event_.item, items[event_.item].version, wanted))
            return self._write(connection, doc, who, action, changes, waiting[-1])

    def _write(
        self,
        connection: Connection,
        doc: int,
        who: str,
        action: Action,
        changes: Sequence[Change],
        undoes: str | None,
    ) -> list[Event]:
        items = dict(self.standing(doc, connection).items)
        at, batch = now(), secrets.token_hex(8)
        out = []
        for change in changes:
            name = change.item or _free(items)
            item = items.get(name)
            if item is not None and item.version != change.base:
                raise Conflict(item, change.after)
            kind = item.kind if item else change.kind
            if kind is None:
                raise NoSuchThing(f"không có mục {name}", next_step="tải lại trang")
            value = {**change.after.value, "id": name} if kind != "document" else change.after.value
            after = State(change.after.verdict, value)
            row = {
                "doc": doc, "item": name, "kind": kind, "who": who, "at": at, "action": action, "base": change.base,
                "before": _json(item.state) if item else None, "after": _json(after), "batch": batch, "undoes": undoes,
            }  # fmt: skip
            try:
                number = _number(connection, insert(events).values(row))
            except IntegrityError as error:
                raise ReviewProblem(f"mục {name} vừa đổi", next_step="thử lại") from error
            made = Event(
                number,
                doc,
                name,
                kind,
                who,
                at,
                action,
                change.base,
                item.state if item else None,
                after,
                batch,
                undoes,
            )
            items |= fold(items, [made])
            out.append(made)
        tally = counts(items.values())
        sums = {"items": tally["all"], "decided": tally["decided"], "doubtful": tally["doubtful"]}
        signed = items[DOCUMENT].value.get("who", "") if items[DOCUMENT].verdict == "accepted" else ""
        connection.execute(update(documents).where(documents.c.id == doc).values(**sums, signed=signed))
        return out

    @staticmethod
    def _events(connection: Connection, doc: int, since: int, item: str | None = None) -> list[Event]:
        query = select(events).where(events.c.doc == doc, events.c.id > since).order_by(events.c.id)
        if item is not None:
            query = query.where(events.c.item == item)
        return [
            Event(
                row.id,
                row.doc,
                row.item,
                row.kind,
                row.who,
                row.at,
                row.action,
                row.base,
                _state(row.before) if row.before else None,
                _state(row.after),
                row.batch,
                row.undoes,
            )
            for row in connection.execute(query)
        ]


def now() -> str:
    """Return this moment as ISO in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(connection: Connection, row: Insert) -> int:
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _opened(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    (ours,) = cursor.execute("PRAGMA application_id").fetchone()
    (known,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if known and ours != _APPLICATION:
        raise ReviewProblem("tệp review.db không phải của vnlegal review", next_step="chọn --state khác")
    if not known:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA application_id = {_APPLICATION}")
    cursor.execute("PRAGMA synchronous = FULL")  # a confirmed change survives a power cut
    cursor.close()


def _free(items: dict[str, Item]) -> str:
    numbers = [int(name[1:]) for name in items if name[:1] == "n" and name[1:].isdigit()]
    return f"n{max(numbers, default=0) + 1}"


def _json(state: State) -> str:
    return json.dumps({"verdict": state.verdict, "value": state.value}, ensure_ascii=False)


def _state(written: str) -> State:
    fields = json.loads(written)
    return State(fields["verdict"], fields["value"])
