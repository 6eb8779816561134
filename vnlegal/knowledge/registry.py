"""The registry of decrees, circulars, decisions, resolutions and directives: facts by number.

It is large and only work across documents asks for it: no part of `Knowledge`, read when first asked for. What is not
in it is unknown, never "not there".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from vnlegal.knowledge.files import read_tsv
from vnlegal.text import fold

_YEAR_INSIDE = re.compile(r"/((?:19|20)\d\d)(?=[/-])")
_ALWAYS = re.compile(r"/(?:NĐ|ND|TT|TTLT|QH\d)(?![^\W_])", re.IGNORECASE)
_DAY = r"^(?:\d{4}-\d\d-\d\d)?$"
_FEWEST = 4  # words of a title that tell a document


class KnownDocument(BaseModel):
    """A row of registry.tsv: one document that is no law. Dates are ISO days; `valid_to` is exclusive.

    `ended_by`: number of the document that replaced or repealed it as a whole on `valid_to`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(pattern=r"^\S*\d\S*$")
    type: str
    title: str = ""
    issuer: str = ""
    date: str = Field(default="", pattern=_DAY)
    valid_from: str = Field(default="", pattern=_DAY)
    valid_to: str = Field(default="", pattern=_DAY)
    ended_by: str = ""
    status: str = ""

    @property
    def key(self) -> str:
        """The key by which all mentions of the document go: its number with the year."""
        return self.number if _YEAR_INSIDE.search(self.number) else f"{self.number}@{self.date[:4] or '?'}"


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """The documents by key, by the spelling-free form of number and year, and by that of the number alone."""

    documents: tuple[KnownDocument, ...]
    by_key: Mapping[str, KnownDocument]
    by_form: Mapping[str, tuple[KnownDocument, ...]]
    by_serial: Mapping[str, tuple[KnownDocument, ...]]
    by_title: Mapping[str, tuple[KnownDocument, ...]]

    def titled(self, title: str) -> tuple[KnownDocument, ...]:
        """Return the documents of that title; none for a title too short to tell one."""
        return self.by_title.get(title_form(title), ()) if len(title.split()) >= _FEWEST else ()


def number_form(key: str) -> str:
    """Return what spellings of one key share: no leading zeros, no diacritics.

    Decrees and circulars carry their year: "09/2025/NĐ-CP", "9/2025/ND-CP" and "9/NĐ-CP@2025" give the same. Of
    decisions and resolutions those with a year are a series of their own: "9/2025/QĐ-TTg" is not "9/QĐ-TTg@2025".
    """
    number, _, behind = key.partition("@")
    inside = _YEAR_INSIDE.search(number)
    year = inside[1] if inside is not None else behind
    mark = "/" if inside is not None or always_dated(number) else "@"
    return f"{serial_form(key)}{mark}{year or '?'}"


def always_dated(number: str) -> bool:
    """Whether numbers of that kind carry their year, so that one without has lost it."""
    return _ALWAYS.search(_YEAR_INSIDE.sub("", number)) is not None


def serial_form(key: str) -> str:
    """Return a key's number without its year, leading zeros and diacritics."""
    return fold(_YEAR_INSIDE.sub("", key.partition("@")[0]).lstrip("0")).replace(" ", "")


def title_form(title: str) -> str:
    """Return what two spellings of a title share."""
    words = re.findall(r"\w+", fold(title))
    while words and words[0] in ("ve", "viec"):
        words.pop(0)
    return " ".join(words)


@lru_cache(maxsize=4)
def load_registry(extra: Path | None = None) -> Registry:
    """Read the registry with the user's own rows on top: of two rows of one key and issuer the later one stands.

    Two documents of one number from two issuers both stay, and neither is found by the number alone. Raises
    `BadKnowledge`.
    """
    latest = {(row.key, row.issuer): row for row in read_tsv("registry.tsv", KnownDocument, extra)}
    documents = tuple(latest.values())
    by_key = _grouped((row.key, row) for row in documents)
    return Registry(
        documents=documents,
        by_key={key: rows[0] for key, rows in by_key.items() if len(rows) == 1},
        by_form=_grouped((number_form(row.key), row) for row in documents),
        by_serial=_grouped((serial_form(row.key), row) for row in documents),
        by_title=_grouped((title_form(row.title), row) for row in documents if len(row.title.split()) >= _FEWEST),
    )


def _grouped(pairs: Iterable[tuple[str, KnownDocument]]) -> dict[str, tuple[KnownDocument, ...]]:
    groups: dict[str, list[KnownDocument]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: tuple(rows) for key, rows in groups.items()}
