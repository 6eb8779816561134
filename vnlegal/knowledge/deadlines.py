"""The words of deadlines and of progress, and the headings of task tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml
from vnlegal.records import Status

ColumnRole = Literal[
    "number",
    "group",
    "task",
    "deliverable",
    "deadline",
    "lead",
    "coordinator",
    "unit",
    "actor",
    "approver",
    "status",
    "progress",
    "result",
    "outcome",
    "basis",
    "other",
    "barred",
]


class DeadlinePhrase(BaseModel):
    """A row of deadline_phrases.toml; the file's head says what each role means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal[
        "limiter",
        "opener",
        "label",
        "forecast",
        "object",
        "noun",
        "manner",
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


class StatusWord(BaseModel):
    """A row of status_words.toml: words of progress and the status they say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["label", "cue"]
    status: Status
    words: tuple[str, ...]
    doubt: bool = False
    example: str


class TableHeading(BaseModel):
    """A row of table_headings.toml: words of a column's heading and what the column holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: ColumnRole
    match: Literal["whole", "start", "within"]
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, eq=False)
class DeadlineKnowledge:
    """What is known of deadlines, progress and task tables. Compared by identity: compiled rules are kept beside it."""

    phrases: tuple[DeadlinePhrase, ...]
    status_words: tuple[StatusWord, ...]
    headings: tuple[TableHeading, ...]


def load_deadlines(extra: Path | None) -> DeadlineKnowledge:
    """Read the files on deadlines, status words and table headings."""
    return DeadlineKnowledge(
        phrases=read_toml("deadline_phrases.toml", "phrase", DeadlinePhrase, extra),
        status_words=read_toml("status_words.toml", "word", StatusWord, extra),
        headings=read_toml("table_headings.toml", "heading", TableHeading, extra),
    )
