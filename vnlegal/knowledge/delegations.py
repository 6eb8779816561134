"""The words by which a law leaves rules to a named body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml

CueKind = Literal["verb", "bridge", "implicit", "not", "yardstick", "theme"]


class DelegationCue(BaseModel):
    """A row of delegation_cues.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: CueKind
    pattern: str
    form: str = ""
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class DelegationKnowledge:
    """The cues, compiled: patterns of one kind as one alternation."""

    verbs: tuple[tuple[str, re.Pattern[str]], ...]
    bridge: re.Pattern[str]
    implicit: tuple[tuple[str, re.Pattern[str]], ...]
    excluded: re.Pattern[str]
    yardstick: re.Pattern[str]
    themes: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4)
def load_delegations(extra: Path | None = None) -> DelegationKnowledge:
    """Read the cues of delegating clauses; raises `BadKnowledge`."""
    cues = read_toml("delegation_cues.toml", "cue", DelegationCue, extra)

    def joined(kind: CueKind) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{cue.pattern})" for cue in cues if cue.kind == kind))

    def each(kind: CueKind) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((cue.form, re.compile(cue.pattern)) for cue in cues if cue.kind == kind)

    return DelegationKnowledge(
        verbs=each("verb"),
        bridge=joined("bridge"),
        implicit=each("implicit"),
        excluded=joined("not"),
        yardstick=joined("yardstick"),
        themes=tuple(pattern for _, pattern in each("theme")),
    )
