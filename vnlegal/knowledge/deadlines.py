"""The words of deadlines and of progress, and the headings of task tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml
from vnlegal.records import Status


class DeadlinePhrase(BaseModel):
    """A row of deadline_phrases.toml; the file's head says what each role means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal[
        "limiter",
        "opener",
        "forecast",
        "object",
        "noun",
        "recurring",
        "periodic",
        "event",
        "schedule",
        "cell_event",
        "issued",
    ]
    words: tuple[str, ...]
    effect: Literal["exclusive", "inclusive", "within", "until"] | None = None
    strong: bool = False
    rule: str | None = None
    example: str


@dataclass(frozen=True, eq=False)
class DeadlineKnowledge:
    """What is known of deadlines, progress and task tables."""

    phrases: tuple[DeadlinePhrase, ...]


def load_deadlines(extra: Path | None) -> DeadlineKnowledge:
    """Read the files on deadlines, status words and table headings."""
    return DeadlineKnowledge(phrases=read_toml("deadline_phrases.toml", "phrase", DeadlinePhrase, extra))
