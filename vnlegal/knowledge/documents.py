"""Kinds of documents, their symbols and ranks; issuers by symbol; known laws and other documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml


class DocumentType(BaseModel):
    """A row of document_types.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    state_symbols: tuple[str, ...] = ()
    party_symbols: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    rank: int | None = None
    example: str


@dataclass(frozen=True, slots=True)
class DocumentKnowledge:
    """What is known of documents."""

    types: tuple[DocumentType, ...]


def load_documents(extra: Path | None) -> DocumentKnowledge:
    """Read the files on documents."""
    return DocumentKnowledge(types=read_toml("document_types.toml", "type", DocumentType, extra))
