"""Kinds of documents, their symbols and ranks; issuers by symbol; the wording of relations between documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml, read_tsv


class DocumentType(BaseModel):
    """A row of document_types.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    words: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    state_symbols: tuple[str, ...] = ()
    party_symbols: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    rank: int | None = None
    year: Literal["always", "sometimes"] = "sometimes"
    serial_alone: bool = False
    short_alone: tuple[str, ...] = ()
    articles: bool = False
    example: str


class Lookalike(BaseModel):
    """A row of document_types.toml, table `lookalike`: what precedes numbers that are no document's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    example: str


class Issuer(BaseModel):
    """A row of issuers.tsv: the code of a body in the numbers of its documents."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str


class RelationCue(BaseModel):
    """A row of relation_cues.toml: words that state how the citing document stands to the cited one.

    `place`: the words stand right before the mention, later in its sentence, or as a heading above it. `speaker`:
    `own` where the words count only if the citing document itself is their subject ("Thông tư này thay thế …").
    `verbs`: verbs that state it with other words between them and the mention ("hướng dẫn thi hành … của Luật X").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation: str
    words: tuple[str, ...]
    place: Literal["before", "after", "heading"] = "before"
    speaker: Literal["any", "own"] = "any"
    verbs: tuple[str, ...] = ()
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class DocumentKnowledge:
    """What is known of documents. Compared by identity, so that what is compiled from it can be kept beside it."""

    types: tuple[DocumentType, ...]
    lookalikes: tuple[Lookalike, ...]
    issuers: tuple[Issuer, ...]
    relations: tuple[RelationCue, ...]


def load_documents(extra: Path | None) -> DocumentKnowledge:
    """Read the files on documents."""
    return DocumentKnowledge(
        types=read_toml("document_types.toml", "type", DocumentType, extra),
        lookalikes=read_toml("document_types.toml", "lookalike", Lookalike, extra),
        issuers=read_tsv("issuers.tsv", Issuer, extra),
        relations=read_toml("relation_cues.toml", "cue", RelationCue, extra),
    )
