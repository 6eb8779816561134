"""The index of obligations beside the review: every document stands in it as its reviewers left it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vnlegal.index import Filters, Hit, Index, Page, open_index
from vnlegal.index.model import Kind, Passage
from vnlegal.knowledge import Knowledge
from vnlegal.office.calendar import last_day
from vnlegal.records import Actor, Task
from vnlegal.review.naming import place_in, source_of, split_source
from vnlegal.review.result import reviewed
from vnlegal.review.store import Store

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
                source = source_of(doc, final.document.source)
                head = final.document.model_copy(update={"source": source})
                entry = final.model_copy(update={"document": head, "text": content.text})
                self._index.add(entry, place=self._place(doc), again=True)
                self._store.indexed(doc, last)

    def search(self, query: str, kind: Kind, filters: Filters, *, limit: int, offset: int = 0) -> Page:
        """Return the rows that answer. Raises `BadQuery`, `IndexProblem`."""
        self.refresh()
        return self._index.search(query, kind=kind, limit=limit, offset=offset, filters=filters)

    def tasks(self, query: str, filters: Filters, *, limit: int = 4 * MOST) -> tuple[list[Entry], Page]:
        """Return the tasks that answer, by last day, those without one behind, and the page with its facets."""
        page = self.search(query, "task", filters, limit=limit)
        entries = [Entry.of(hit) for hit in page if isinstance(hit.row, Task)]
        return sorted(entries, key=lambda one: (one.due or "9999", one.hit.entry)), page

    def forget(self, doc: int) -> None:
        """Take a document out of the index."""
        with self._lock:
            self._index.remove(self._place(doc))

    def _place(self, doc: int) -> str:
        return f"review:{self._store.folder}:{doc}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row found, with the number of its document under review and the document's name."""

    hit: Hit
    doc: int | None
    source: str

    @classmethod
    def of(cls, hit: Hit) -> Entry:
        """Return the entry of a hit."""
        return cls(hit, *split_source(hit.source))

    @property
    def address(self) -> str:
        """Where it stands on the pages of this review; "" for a document from elsewhere."""
        if self.doc is None:
            return ""
        row = self.hit.row
        return place_in(self.doc, row.start, row.end) if isinstance(row, Passage) else f"/d/{self.doc}#{row.id}"

    @property
    def row(self) -> Any:
        """The task, citation or passage."""
        return self.hit.row

    @property
    def due(self) -> str:
        """The last allowed day of a task as ISO, a month's or a year's last; "" where there is none."""
        deadline = self.hit.row.deadline if isinstance(self.hit.row, Task) else None
        day = last_day(deadline.due) if deadline and deadline.due else None
        return day.isoformat() if day else ""

    @property
    def leads(self) -> tuple[str, ...]:
        """The bodies that lead a task."""
        actors: tuple[Actor, ...] = self.hit.row.leads if isinstance(self.hit.row, Task) else ()
        return tuple(dict.fromkeys(actor.canonical for actor in actors if actor.canonical))

    def is_overdue(self, day: str) -> bool:
        """Whether its last day is over on the ISO day `day` and nobody says that it is done."""
        return bool(self.due) and self.due < day and self.row.status != "done"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: the overdue, a month, or what has no day."""

    name: str
    entries: tuple[Entry, ...]
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """One line of the overview: a body that leads, its tasks in each column, and how many it has."""

    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """Tasks by month and by body. `hidden`: how many more there are than are shown."""

    columns: tuple[Column, ...]
    bodies: tuple[Body, ...]
    total: int
    hidden: int


def board(entries: Sequence[Entry], today: date, total: int) -> Board:
    """Return the board of tasks on a day: the overdue, the months to come, what has no day, what was done in time."""
    day = today.isoformat()
    groups: dict[str, list[Entry]] = {}
    for entry in entries[:MOST]:
        name = "overdue" if entry.is_overdue(day) else entry.due[:7]
        groups.setdefault(name, []).append(entry)
    ahead = {"overdue": 0, "": 2}
    order = sorted(groups, key=lambda name: (ahead.get(name, 1 if name >= day[:7] else 3), name))
    columns = tuple(Column(name, tuple(groups[name]), name == "overdue") for name in order)
    return Board(columns, _bodies(columns), total, max(0, total - sum(len(c.entries) for c in columns)))


def _bodies(columns: Sequence[Column]) -> tuple[Body, ...]:
    """Return the bodies that lead, those with most overdue first, then those with most to do."""
    counts: dict[str, list[int]] = {}
    for n, column in enumerate(columns):
        for entry in column.entries:
            for name in entry.leads:
                counts.setdefault(name, [0] * len(columns))[n] += 1
    late = bool(columns) and columns[0].is_overdue
    bodies = [Body(name, tuple(row), sum(row)) for name, row in counts.items()]
    return tuple(sorted(bodies, key=lambda one: (-one.counts[0] if late else 0, -one.total, one.name)))
