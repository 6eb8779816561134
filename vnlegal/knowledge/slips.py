"""What OCR makes of document numbers, and how it is put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml

_DIGITS = str.maketrans("OoIl|S", "001115")


class SlipRow(BaseModel):
    """A row of recognition_slips.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    pattern: str
    put: str = ""
    digits: bool = False
    example: str
    gives: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of recognition: how it looks, and what is put in its place."""

    rule: str
    pattern: re.Pattern[str]
    put: Callable[[re.Match[str]], str]


@lru_cache(maxsize=4)
def load_slips(extra: Path | None = None) -> tuple[Slip, ...]:
    """Read the slips of recognition in document numbers; raises `BadKnowledge`."""
    return tuple(_slip(row) for row in read_toml("recognition_slips.toml", "slip", SlipRow, extra))


def _slip(row: SlipRow) -> Slip:
    return Slip(row.rule, re.compile(row.pattern), _as_digits if row.digits else lambda found: found.expand(row.put))


def _as_digits(found: re.Match[str]) -> str:
    words = found[0]
    return words.translate(_DIGITS) if any(c.isdigit() for c in words) else words
