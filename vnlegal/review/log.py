"""The log of what was done to items: read as events, and written one change at a time inside a transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Insert, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from vnlegal.review.fold import counts, fold, steps
from vnlegal.review.model import DOCUMENT, Action, Change, Conflict, Event, Item, NoSuchThing, ReviewProblem, State
from vnlegal.review.schema import REMOVED, documents, events


def events_of(connection: Connection, doc: int, *, since: int = 0, item: str | None = None) -> list[Event]:
    """Return the events of a document after the event `since`, of one item where one is named."""
    query = select(events).where(events.c.doc == doc, events.c.id > since).order_by(events.c.id)
    if item is not None:
        query = query.where(events.c.item == item)
    return [_event(row) for row in connection.execute(query)]


def _event(row: Row[Any]) -> Event:
    return Event(
        row.id, row.doc, row.item, row.kind, row.who, row.at, row.action, row.base,
        _state(row.before) if row.before else None, _state(row.after), row.batch, row.undoes,
    )  # fmt: skip


def write(
    connection: Connection,
    doc: int,
    who: str,
    action: Action,
    changes: Sequence[Change],
    items: Mapping[str, Item],
    *,
    undoes: str | None = None,
) -> list[Event]:
    """Write changes of the items as they stand, as one batch, and the sums of the document; return the events.

    A change without a base that names no item gets the next free name. Raises `Conflict` where an item has moved on
    from the version its author saw.
    """
    if connection.execute(select(documents.c.status).where(documents.c.id == doc)).scalar() == REMOVED:
        raise ReviewProblem("văn bản đã gỡ khỏi danh sách", next_step="đưa lại danh sách rồi mới sửa")
    standing = dict(items)
    at, batch = now(), secrets.token_hex(8)
    out = []
    for change in changes:
        made = _one(connection, doc, who, action, change, standing, at=at, batch=batch, undoes=undoes)
        standing |= fold(standing, [made])
        out.append(made)
    tally = counts(standing.values())
    sums = {"items": tally["all"], "decided": tally["decided"], "doubtful": tally["doubtful"]}
    signed = standing[DOCUMENT].value.get("who", "") if standing[DOCUMENT].verdict == "accepted" else ""
    connection.execute(update(documents).where(documents.c.id == doc).values(**sums, signed=signed))
    return out


def _one(
    connection: Connection,
    doc: int,
    who: str,
    action: Action,
    change: Change,
    items: Mapping[str, Item],
    *,
    at: str,
    batch: str,
    undoes: str | None,
) -> Event:
    """Write one change."""
    name = change.item or _free(items)
    item = items.get(name)
    if item is not None and item.version != change.base:
        raise Conflict(item, change.after)
    kind = item.kind if item else change.kind
    if kind is None:
        raise NoSuchThing(f"không có mục {name}", next_step="tải lại trang")
    value = {**change.after.value, "id": name} if kind != "document" else change.after.value
    before, after = item.state if item else None, State(change.after.verdict, value)
    row = {
        "doc": doc, "item": name, "kind": kind, "who": who, "at": at, "action": action, "base": change.base,
        "before": _json(before) if before else None, "after": _json(after), "batch": batch, "undoes": undoes,
    }  # fmt: skip
    try:
        key = number_of(connection, insert(events).values(row))
    except IntegrityError as error:
        raise ReviewProblem(f"mục {name} vừa đổi", next_step="thử lại") from error
    return Event(key, doc, name, kind, who, at, action, change.base, before, after, batch, undoes)


def step_back(
    log: Sequence[Event], items: Mapping[str, Item], who: str, action: Action
) -> tuple[str, list[Change]] | None:
    """Return the last batch that `who` can undo or redo and the changes that do it; None where there is none.

    Raises `Conflict` where somebody has changed an item of the batch since.
    """
    way = steps(log, who)
    waiting = way.undo if action == "undo" else way.redo
    if not waiting:
        return None
    changes = []
    for one in (event for event in log if event.batch == waiting[-1]):
        old, new = one.before or State("gone", one.after.value), one.after
        expected, wanted = (new, old) if action == "undo" else (old, new)
        if items[one.item].state != expected:
            raise Conflict(items[one.item], wanted)
        changes.append(Change(one.item, items[one.item].version, wanted))
    return waiting[-1], changes


def now() -> str:
    """Return this moment as ISO in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def number_of(connection: Connection, row: Insert) -> int:
    """Insert a row and return its number."""
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _free(items: Mapping[str, Item]) -> str:
    numbers = [int(name[1:]) for name in items if name[:1] == "n" and name[1:].isdigit()]
    return f"n{max(numbers, default=0) + 1}"


def _json(state: State) -> str:
    return json.dumps({"verdict": state.verdict, "value": state.value}, ensure_ascii=False)


def _state(written: str) -> State:
    fields = json.loads(written)
    return State(fields["verdict"], fields["value"])
