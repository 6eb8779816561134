"""The words by which figures in prose are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml

CountWordKind = Literal["label", "counted", "rough", "no-noun", "measure", "same"]


class CountWords(BaseModel):
    """A row of count_words.toml: words of one kind, and a phrase that shows them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: CountWordKind
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class CountKnowledge:
    """The words by kind; `same` leads from the first word of a name to the name that stands for its kind."""

    labels: frozenset[str]
    counted: tuple[str, ...]
    rough: re.Pattern[str]
    no_nouns: frozenset[str]
    measures: frozenset[str]
    same: Mapping[str, str]


@lru_cache(maxsize=4)
def load_counts(extra: Path | None = None) -> CountKnowledge:
    """Read the words by which figures are read; raises `BadKnowledge`."""
    rows = read_toml("count_words.toml", "word", CountWords, extra)

    def of(kind: CountWordKind) -> tuple[str, ...]:
        return tuple(word for row in rows if row.kind == kind for word in row.words)

    rough = "|".join(re.escape(word) for word in sorted(of("rough"), key=len, reverse=True))
    same = {word.split()[0]: row.words[0] for row in rows if row.kind == "same" for word in row.words}
    return CountKnowledge(
        labels=frozenset(of("label")),
        counted=of("counted"),
        rough=re.compile(rf"(?:^|[\s(])(?:{rough})\s*$", re.IGNORECASE),
        no_nouns=frozenset(of("no-noun")),
        measures=frozenset(of("measure")),
        same=same,
    )
