"""Lines of the plain text: where each begins and ends, and what stands between them."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\n\f]*[^\s][^\n\f]*")


class Line(NamedTuple):
    """A line that says something. `start`..`end` without outer blanks, `gap` the blank lines before it."""

    start: int
    end: int
    words: str
    gap: int


def cut_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank."""
    lines: list[Line] = []
    gap = 0
    at = 0
    for piece in text.replace("\f", "\n").split("\n"):
        words = piece.strip()
        if words:
            start = at + (piece.find(words) if len(words) != len(piece) else 0)
            lines.append(Line(start, start + len(words), words, gap))
            gap = 0
        else:
            gap += 1
        at += len(piece) + 1
    return lines
