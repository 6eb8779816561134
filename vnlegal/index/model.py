"""What goes into the index and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, TypedDict

from pydantic import BeforeValidator, Field

from vnlegal.errors import VnlegalError
from vnlegal.records import Citation, Modality, Record, Span, Status, Task

Kind = Literal["task", "citation", "passage"]
Role = Literal["lead", "coordinator"]
KINDS: tuple[Kind, ...] = ("task", "citation", "passage")


def _iso(value: object) -> object:
    return value.isoformat()[:10] if isinstance(value, date) else value


Day = Annotated[str | None, BeforeValidator(_iso)]


class IndexProblem(VnlegalError):
    """An index that cannot be opened, read or written: the reason and what to do."""


class BadQuery(VnlegalError):
    """A question that cannot be answered as it is put: the reason and what to write instead."""


class Passage(Span):
    """A paragraph of a document."""

    id: str


class Filters(Record):
    """What rows must fulfil beside the words. Ranges include both ends.

    Days are ISO or as written in Vietnam (30/6/2025); a month or a year means its first or last day. `doc_kind`: a key
    or a name of a kind of documents ("cong_van", "công văn", "CV"); `document`: a number, a title or a file's name.
    `law`: the row cites it; `under`: it stands in or cites the law or a document that carries it out, directly or
    through others; `document`: it stands in that document.
    """

    agency: str | None = None
    role: Role | None = None
    status: Status | None = None
    modality: Modality | None = None
    due_before: Day = None
    due_after: Day = None
    overdue_on: Day = None
    no_deadline: bool = False
    law: str | None = None
    under: str | None = None
    document: str | None = None
    doc_kind: str | None = None
    issuer: str | None = None
    dated_after: Day = None
    dated_before: Day = None


class Filtering(TypedDict, total=False):
    """The fields of `Filters` as keywords of `Index.search`."""

    agency: str | None
    role: Role | None
    status: Status | None
    modality: Modality | None
    due_before: str | date | None
    due_after: str | date | None
    overdue_on: str | date | None
    no_deadline: bool
    law: str | None
    under: str | None
    document: str | None
    doc_kind: str | None
    issuer: str | None
    dated_after: str | date | None
    dated_before: str | date | None


class Hit(Record):
    """One row found. `highlights` are offsets of the query's words in the source's canonical text."""

    kind: Kind
    source: str
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    key: str | None = None
    score: float
    highlights: tuple[tuple[int, int], ...] = ()
    entry: int
    row: Task | Citation | Passage

    def as_json(self) -> dict[str, Any]:
        """Return the hit as `search --format json` shows it: the row's own fields beside where it was found."""
        row = self.row.model_dump(mode="json")
        found = self.model_dump(mode="json", include={"kind", "source", "score", "highlights"})
        head = {"number": self.number, "date": self.date, "issuer": self.issuer}
        return {**row, **found, "document": head} | ({"citation_kind": row["kind"]} if "kind" in row else {})


class Reply(Record):
    """What came back to a letter: how the document stands to it, and its passage closest to the request."""

    relation: str
    passage: Hit


class Facet(Record):
    """One value of a facet and how many of the rows found have it."""

    value: str
    count: int


class Page(Record):
    """One page of answers in a fixed order. `total` is None where counting was not asked for.

    `at_least`: so many rows answer that facets were counted over a part of them; their counts are no less than told.
    """

    total: int | None
    at_least: bool = False
    facets: dict[str, tuple[Facet, ...]] = Field(default_factory=dict)
    rows: tuple[Hit, ...] = ()

    def __iter__(self) -> Iterator[Hit]:  # type: ignore[override]
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Stats(Record):
    """How much is in an index, and how large it is in bytes (None where the server does not say)."""

    documents: int
    tasks: int
    citations: int
    passages: int
    agencies: int
    works: int
    findings: int
    bytes: int | None = None
    version: int
