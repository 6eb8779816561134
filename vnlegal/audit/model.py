"""The records of the law audit."""

from __future__ import annotations

from typing import Literal

from vnlegal.records import Record
from vnlegal.works.model import Pin, Strength

Coverage = Literal["answered", "partly", "general", "unanswered", "lapsed"]


class Answer(Record):
    """A document that answers a delegating clause, and the words of its scope that show it."""

    number: str
    provisions: tuple[Pin, ...] = ()
    source: str
    basis: str
    start: int
    end: int
    text: str
    effective: str | None = None


class LawRow(Record):
    """One delegating clause with its coverage."""

    law: str
    source: str
    start: int
    end: int
    text: str
    dieu: str | None
    khoan: str | None
    diem: str | None
    delegate: str
    instrument: str
    strength: Strength
    covers: tuple[Pin, ...]
    status: Coverage
    answered_by: tuple[Answer, ...] = ()
    effective: str | None = None
    overdue: bool = False


class LawAudit(Record):
    """The result of `vnlegal audit laws`."""

    schema_version: int = 1
    as_of: str
    summary: dict[str, object]
    rows: tuple[LawRow, ...]
