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
    """One delegating sentence. `start`..`end`: the sentence without its label, in the canonical text."""

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


class Scope(Record):
    """One statement of a document on which law it answers. `where`: title, can_cu, dieu_1 or other."""

    law: str
    where: Literal["title", "can_cu", "dieu_1", "other"]
    relation: str | None
    provisions: tuple[Pin, ...]
    start: int
    end: int
    text: str


class WorkFacts(Record):
    """What the audits and the graph keep of one document.

    `key` is its number with its year; `ends` are the works it replaces or repeals as a whole; `amends` those it
    changes; `topic` is its title.
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
