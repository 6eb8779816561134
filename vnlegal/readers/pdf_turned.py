"""Pages whose words run up or down the sheet, as in the wide tables of annexes: read as if the sheet were turned."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from vnlegal.readers.pages import Line
from vnlegal.readers.pdf_raw import Box, CharBoxes

_COLUMN_GAP = 2.2
_WORD_GAP = 0.1
_SAMPLES = 15


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Box


def quarter_turns(textpage: Any, raw: Any, count: int) -> int:
    """Return by how many quarter turns (0 to 3, clockwise) most of a page's characters stand on the sheet."""
    votes = [0, 0, 0, 0]
    for position in range(0, count, max(1, count // _SAMPLES)):
        turns = _turns_of(textpage, raw, position)
        if turns is not None:
            votes[turns] += 1
    return votes.index(max(votes))


def _turns_of(textpage: Any, raw: Any, position: int) -> int | None:
    angle = raw.FPDFText_GetCharAngle(textpage.raw, position)
    return round(angle / (math.pi / 2)) % 4 if angle >= 0 else None


def turner(turns: int, width: float, height: float) -> Callable[[Box], Box]:
    """Return how a box on the sheet (left, bottom, right, top) looks to the reader (left, top, right, bottom)."""

    def turn(box: Box) -> Box:
        left, bottom, right, top = box
        if turns == 3:
            return bottom, left, top, right
        if turns == 1:
            return height - top, width - right, height - bottom, width - left
        if turns == 2:
            return width - right, bottom, width - left, top
        return left, height - top, right, height - bottom

    return turn


@dataclass(frozen=True, slots=True)
class TurnedPage:
    """The characters of a turned page where the reader sees them, from above."""

    characters: tuple[_Character, ...]
    number: int

    def lines(self) -> list[Line]:
        """Return the page's lines from above, cut where a gap shows another column."""
        out = []
        for row in _rows(self.characters):
            size = _size(row)
            run = [row[0]]
            for before, one in pairwise(row):
                if one.box[0] - before.box[2] > _COLUMN_GAP * size:
                    out.append(_line(run, self.number))
                    run = []
                run.append(one)
            out.append(_line(run, self.number))
        return [x for x in out if x.text.strip()]

    def words_in(self, box: Box) -> str:
        """Return the words whose characters' middles lie in a box of the reader's."""
        left, top, right, bottom = box
        first = bisect_left(self.characters, top, key=_middle)
        last = bisect_right(self.characters, bottom, key=_middle)
        inside = [c for c in self.characters[first:last] if left <= (c.box[0] + c.box[2]) / 2 <= right]
        return " ".join(_words(row) for row in _rows(inside)).strip()


def read_turned(textpage: Any, raw: Any, number: int, turns: int, width: float, height: float) -> TurnedPage:
    """Return the characters of a page that stand `turns` quarter turns from upright (`width`, `height` in points).

    Those that stand otherwise, such as a running head along the sheet's short side, are left out.
    """
    turn = turner(turns, width, height)
    text = textpage.get_text_range()
    boxes = CharBoxes(textpage, raw)
    found = [
        _Character(text[n], turn(boxes.loose(n)))
        for n in range(len(text))
        if not text[n].isspace() and text[n] not in "\x00\x02\ufffe" and _turns_of(textpage, raw, n) == turns
    ]
    return TurnedPage(tuple(sorted(found, key=_middle)), number)


def _middle(one: _Character) -> float:
    return (one.box[1] + one.box[3]) / 2


def _rows(characters: Sequence[_Character]) -> list[list[_Character]]:
    """Return characters, given from above, as rows, each from left to right."""
    rows: list[list[_Character]] = []
    middle = -1e9
    for one in characters:
        centre = _middle(one)
        if not rows or centre - middle > 0.5 * max(one.box[3] - one.box[1], 4.0):
            rows.append([])
            middle = centre
        rows[-1].append(one)
    return [sorted(row, key=lambda c: c.box[0]) for row in rows]


def _size(row: Sequence[_Character]) -> float:
    heights = sorted(c.box[3] - c.box[1] for c in row)
    return max(heights[len(heights) // 2], 4.0)


def _words(row: Sequence[_Character]) -> str:
    if not row:
        return ""
    gap = _WORD_GAP * _size(row)
    out = [row[0].text]
    for before, one in pairwise(row):
        out.append(f" {one.text}" if one.box[0] - before.box[2] > gap else one.text)
    return "".join(out)


def _line(run: Sequence[_Character], number: int) -> Line:
    return Line(
        _words(run),
        number,
        min(c.box[0] for c in run),
        min(c.box[1] for c in run),
        max(c.box[2] for c in run),
        max(c.box[3] for c in run),
        _size(run),
    )
