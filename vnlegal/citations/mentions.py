"""The mention: what a finder sees in the flow, before anything is resolved or mapped back to the raw text."""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.records import CitationKind, Provision


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of a document, or (kind `internal`) of a provision. Offsets are flow offsets."""

    start: int
    end: int
    kind: CitationKind
    rule: str
    doc_type: str | None = None
    number: str | None = None
    number_start: int = -1
    number_end: int = -1
    date: str | None = None
    date_start: int = -1
    date_end: int = -1
    issuer: str | None = None
    issuer_basis: str | None = None
    title: str | None = None
    provisions: tuple[Provision, ...] = ()
    pin_start: int = -1
    pin_end: int = -1
    is_draft: bool = False
    quoted: bool = False
    target: str | None = None
    relation: str | None = None
    confidence: float = 0.9
