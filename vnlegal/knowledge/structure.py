"""What is known of a document's structure: section markers, and the words that show what a line is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.errors import BadKnowledge
from vnlegal.knowledge.files import read_toml
from vnlegal.text import fold

Role = Literal["motto", "addressees", "recipients", "basis", "signature", "annex", "joiner"]


class MarkerRule(BaseModel):
    """A row of section_markers.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    pattern: str
    rank: int
    unit: Literal["heading", "article", "item"]
    counts: Literal["word", "roman", "number", "decimal", "letter", "none"]
    example: str


class StructureWords(BaseModel):
    """A row of structure_words.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class StructureKnowledge:
    """Section markers and structure words, compiled.

    `marker` matches at a line's beginning; its group names are the keys of `rules`. `joiner` matches a folded line
    that cannot end a paragraph.
    """

    rules: dict[str, MarkerRule]
    marker: re.Pattern[str]
    words: dict[str, tuple[str, ...]]
    joiner: re.Pattern[str]


def load_structure(extra: Path | None) -> StructureKnowledge:
    """Read the files on structure."""
    rules = read_toml("section_markers.toml", "marker", MarkerRule, extra)
    for rule in rules:
        try:
            re.compile(rule.pattern)
        except re.error as error:
            raise BadKnowledge(
                f"section_markers.toml: {rule.key}: {error}", next_step="sửa biểu thức trong trường pattern"
            ) from error
    words: dict[str, tuple[str, ...]] = {}
    for row in read_toml("structure_words.toml", "words", StructureWords, extra):
        words[row.role] = words.get(row.role, ()) + tuple(fold(w) for w in row.words)
    joiners = "|".join(re.escape(w) for w in words["joiner"])
    return StructureKnowledge(
        rules={rule.key: rule for rule in rules},
        marker=re.compile("|".join(f"(?P<{rule.key}>{rule.pattern})" for rule in rules)),
        words=words,
        joiner=re.compile(rf"(?:^|[ (])(?:{joiners})$"),
    )
