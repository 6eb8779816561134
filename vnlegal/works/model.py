"""What the audits and the graph keep of one document: what it delegates, what it answers, how it stands to others."""

from __future__ import annotations

from typing import Literal

from vnlegal.records import Record, Relation

Strength = Literal["explicit", "implicit"]


class Pin(Record):
    """An article, clause or point."""

    dieu: str | None = None
    khoan: str | None = None
    diem: str | None = None


class Delegation(Record):
    """One delegating sentence. `start`..`end`: the sentence without its label, in the canonical text.

    `of`: the document into which the sentence goes, where an amending document quotes it; article, clause and point
    are then those of that document.
    """

    start: int
    end: int
    text: str
    dieu: str | None
    khoan: str | None
    diem: str | None
    delegate: str
    instrument: str
    strength: Strength
    form: str
    covers: tuple[Pin, ...]
    of: str | None = None


class Scope(Record):
    """One statement of a document on which law it answers. `where`: title, can_cu, dieu_1 or other.

    `subjects`: for each of `provisions` the words before it that say what is regulated there.
    """

    law: str
    where: Literal["title", "can_cu", "dieu_1", "other"]
    relation: str | None
    provisions: tuple[Pin, ...]
    subjects: tuple[str, ...] = ()
    start: int
    end: int
    text: str


class Detailed(Record):
    """A provision of another document that an article names at its beginning."""

    law: str
    pin: Pin


class Article(Record):
    """One article: its heading, the headings above it, and the provisions it says it details."""

    dieu: str
    heading: str
    above: str = ""
    details: tuple[Detailed, ...] = ()


class Reported(Record):
    """Rules that a report says are owed: how many, of what kind, under which laws (keys), with its sentence."""

    start: int
    end: int
    text: str
    count: int
    instrument: str
    delegate: str
    laws: tuple[str, ...]


class PlannedClause(Record):
    """A clause that an official list says is to be detailed. `date`: the list's own; `due` and `lead` as written."""

    source: str
    start: int
    end: int
    text: str
    law: str
    date: str | None = None
    pin: Pin
    instrument: str | None = None
    lead: str | None = None
    due: str | None = None


class Cited(Record):
    """What the citations of a document tell of another one: its kind, and its name as written where it has one."""

    key: str
    kind: str | None = None
    name: str | None = None


class WorkFacts(Record):
    """What the audits and the graph keep of one document.

    `key` is its number with its year; `ends` are the works it replaces or repeals as a whole; `amends` those it
    changes; `latest` is the latest day of a document it cites.
    """

    source: str
    key: str
    number: str | None
    kind: str | None
    issuer: str | None
    title: str | None
    date: str | None
    effective: str | None
    is_consolidated: bool = False
    delegations: tuple[Delegation, ...] = ()
    scopes: tuple[Scope, ...] = ()
    relations: tuple[Relation, ...] = ()
    evidence: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    reported: tuple[Reported, ...] = ()
    latest: str | None = None
    cited: tuple[Cited, ...] = ()

    @property
    def day(self) -> str | None:
        """The day by which its citations are read: its own, or, where the text lost it, the latest day it cites."""
        return self.date or self.latest
