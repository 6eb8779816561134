"""The mention: what a finder sees in the flow, before anything is resolved or mapped back to the raw text."""

from __future__ import annotations

from typing import Literal, NamedTuple

from vnlegal.citations.pinpoints import Place
from vnlegal.records import CitationKind, Provision

RefBase = Literal["own", "inherited", "quoted_host", "consolidated"]


class Mention(NamedTuple):
    """One mention of a document, or (kind `internal`) of a provision. Offsets are flow offsets.

    A mention never changes: `mention._replace(target=…)` makes a new one. (A named tuple, because a law has
    thousands of mentions and a frozen dataclass takes five times as long to make.)

    `ref_base` (internal only): the document whose provision is meant. `own`: this document; `inherited`: the
    document that the instruction lines of an amending document work on; `quoted_host`: the document a quoted
    text goes into; `consolidated`: the document whose consolidated text this is.
    `head`: start of the mention whose type a bare number shares, -1 where it has its own.
    `place`: the article and clause it stands in, where those do something to the document.
    """

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
    title: str | None = None
    provisions: tuple[Provision, ...] = ()
    pin_start: int = -1
    pin_end: int = -1
    is_draft: bool = False
    quoted: bool = False
    target: str | None = None
    relation: str = "cites"
    confidence: float = 0.9
    ref_base: RefBase | None = None
    head: int = -1
    place: Place | None = None
