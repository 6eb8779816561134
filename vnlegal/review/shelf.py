"""The index of obligations beside the review: every document stands in it as its reviewers left it."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vnlegal.index import Filters, Hit, Index, Page, open_index
from vnlegal.index.model import Kind
from vnlegal.knowledge import Knowledge
from vnlegal.records import Task
from vnlegal.review.result import reviewed
from vnlegal.review.store import Store

_OURS = re.compile(r"(\d{1,9}) · ")
MOST = 500  # rows of the board


class Shelf:
    """The index, brought up to date when it is asked."""

    def __init__(self, store: Store, url: str | None, knowledge: Knowledge) -> None:
        self._store = store
        self._index: Index = open_index(url or store.folder / "index.db", knowledge=knowledge)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def refresh(self) -> None:
        """Put what was read or changed since into the index."""
        with self._lock:
            for doc, last in self._store.not_indexed():
                content = self._store.content(doc)
                final = reviewed(content, self._store.standing(doc).items)
                source = f"{doc} · {final.document.source}"
                head = final.document.model_copy(update={"source": source})
                entry = final.model_copy(update={"document": head, "text": content.text})
                self._index.add(entry, place=f"review:{self._store.folder}:{doc}", again=True)
                self._store.indexed(doc, last)

    def search(self, query: str, kind: Kind, filters: Filters, *, limit: int, offset: int = 0) -> Page:
        """Return the rows that answer. Raises `BadQuery`, `IndexProblem`."""
        self.refresh()
        return self._index.search(query, kind=kind, limit=limit, offset=offset, filters=filters)

    def board(self, filters: Filters, today: date) -> Board:
        """Return the tasks: the overdue first, the months to come, what has no day, what was done in time."""
        page = self.search("", "task", filters, limit=4 * MOST)
        entries = [Entry.of(hit) for hit in page if isinstance(hit.row, Task)]
        return board(entries, today, page)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row found, with the number of its document under review and the document's name."""

    hit: Hit
    doc: int | None
    source: str

    @classmethod
    def of(cls, hit: Hit) -> Entry:
        """Return the entry of a hit."""
        match = _OURS.match(hit.source)
        return cls(hit, int(match[1]) if match else None, hit.source[match.end() :] if match else hit.source)

    @property
    def row(self) -> Any:
        """The task, citation or passage."""
        return self.hit.row

    @property
    def due(self) -> str:
        """The last allowed day of a task as ISO, a month's or a year's last; "" where there is none."""
        deadline = self.hit.row.deadline if isinstance(self.hit.row, Task) else None
        return last_day(deadline.due) if deadline and deadline.due else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: the overdue, a month, or what has no day."""

    name: str
    entries: tuple[Entry, ...]
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Tasks by month. `hidden`: how many more there are than are shown."""

    columns: tuple[Column, ...]
    agencies: tuple[tuple[str, int], ...]
    total: int
    hidden: int


def last_day(due: str) -> str:
    """Return the last day of an ISO date that may be a month, a year or an interval."""
    whole = due.partition("T")[0].rpartition("/")[2]
    parts = [int(part) for part in whole.split("-")]
    if len(parts) == 3:
        return whole
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date(9999, 12, 31)
    return (following - timedelta(days=1)).isoformat()


def board(entries: Sequence[Entry], today: date, page: Page) -> Board:
    """Return the board of tasks on a day."""
    day = today.isoformat()
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.due or "9999", one.hit.entry))[:MOST]:
        open_ = entry.row.status != "done"
        name = "overdue" if entry.due and entry.due < day and open_ else entry.due[:7]
        groups.setdefault(name, []).append(entry)
    ahead = {"overdue": 0, "": 2}
    order = sorted(groups, key=lambda name: (ahead.get(name, 1 if name >= day[:7] else 3), name))
    columns = tuple(Column(name, tuple(groups[name]), name == "overdue") for name in order)
    agencies = tuple((facet.value, facet.count) for facet in page.facets.get("agency", ()))
    total = page.total or 0
    return Board(columns, agencies, total, max(0, total - sum(len(c.entries) for c in columns)))
