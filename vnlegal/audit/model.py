"""The records of the law audit."""

from __future__ import annotations

from typing import Literal

from vnlegal.records import Record
from vnlegal.works.model import Pin, PlannedClause

Coverage = Literal["answered", "partly", "general", "unanswered", "lapsed"]
ClauseStrength = Literal["explicit", "implicit", "reported"]


class Answer(Record):
    """A document that answers a delegating clause, and the words of its scope that show it.

    `provisions` are the articles of that document which make the rules, `scope` those of the law that it says it
    details. `basis`: `scope` where it names the clause, `general` where it details the law or speaks of the clause's
    subject; `why`: how the law it names was made out. `amended_by`: documents given that change it; `ended_by`: the
    one that has replaced or repealed it.
    """

    number: str
    provisions: tuple[Pin, ...] = ()
    scope: tuple[Pin, ...] = ()
    source: str
    basis: str
    why: str = "number"
    start: int
    end: int
    text: str
    effective: str | None = None
    amended_by: tuple[str, ...] = ()
    ended_by: str | None = None


class LawRow(Record):
    """One delegating clause with its coverage.

    `of`: the document the clause goes into, where an amending document (`law`) quotes it. `superseded_by`: the
    document whose amendment puts a new clause in its place. `missing`: covered provisions that no answer names.
    `ended_by`: the document, or the later law of the same title, that has ended the law itself. `today`: the bodies
    that stand in the delegate's place today. `count` (reported ones only): how many documents the report says are owed
    under all the laws it names together.
    """

    law: str
    source: str
    start: int
    end: int
    text: str
    dieu: str | None
    khoan: str | None
    diem: str | None
    delegate: str
    today: tuple[str, ...] = ()
    instrument: str
    strength: ClauseStrength
    covers: tuple[Pin, ...]
    status: Coverage
    answered_by: tuple[Answer, ...] = ()
    missing: tuple[Pin, ...] = ()
    effective: str | None = None
    overdue: bool = False
    of: str | None = None
    superseded_by: str | None = None
    ended_by: str | None = None
    count: int | None = None

    @property
    def owed(self) -> bool:
        """Whether rules are lacking today: no living answer, and neither law nor clause is a thing of the past."""
        return self.status in ("unanswered", "lapsed") and not self.superseded_by and not self.ended_by


class PlannedRow(Record):
    """A clause of an official list, of the law itself, or of both.

    `verdict`: both, only_planned, only_law, or law_not_given. `planned` is the list's entry; the other fields are the
    law's own sentence with its place and coverage.
    """

    law: str
    pin: Pin
    verdict: str
    planned: PlannedClause | None = None
    source: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    delegate: str | None = None
    status: Coverage | None = None


class LawAudit(Record):
    """The result of `vnlegal audit laws`."""

    schema_version: int = 1
    as_of: str
    summary: dict[str, object]
    rows: tuple[LawRow, ...]
    planned: tuple[PlannedRow, ...] = ()
