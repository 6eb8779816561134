"""Pages whose words run up or down the sheet, as in the wide tables of annexes: read as if the sheet were turned."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from vnlegal.readers.pages import Line
from vnlegal.readers.pdf_raw import Box, CharBoxes

_COLUMN_GAP = 2.2
_WORD_GAP = 0.1
_SAMPLES = 15
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+")
_LEFT = attrgetter("left")


class _Character(NamedTuple):
    """A character where the reader sees it; in order, those above come first. `opens`: a blank stands before it."""

    middle: float
    left: float
    top: float
    right: float
    bottom: float
    text: str
    opens: bool


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


class TurnedPage:
    """The characters of a turned page where the reader sees them, and what stands `aside`, across them."""

    def __init__(self, characters: Sequence[_Character], number: int, aside: tuple[str, ...]) -> None:
        self._characters = sorted(characters)
        self._middles = [c.middle for c in self._characters]
        self._number = number
        self.aside = aside

    def lines(self) -> list[Line]:
        """Return the page's lines from above, cut where a gap shows another column."""
        out = []
        for row in _rows(self._characters):
            size = _size(row)
            run = [row[0]]
            for before, one in pairwise(row):
                if one.left - before.right > _COLUMN_GAP * size:
                    out.append(_line(run, self._number))
                    run = []
                run.append(one)
            out.append(_line(run, self._number))
        return [x for x in out if x.text.strip()]

    def words_in(self, box: Box) -> str:
        """Return the words whose characters' middles lie in a box of the reader's."""
        left, top, right, bottom = box
        near = self._characters[bisect_left(self._middles, top) : bisect_right(self._middles, bottom)]
        inside = [c for c in near if left <= (c.left + c.right) / 2 <= right]
        return " ".join(_words(row, _size(row)) for row in _rows(inside)).strip()


def read_turned(textpage: Any, raw: Any, number: int, turns: int, width: float, height: float) -> TurnedPage:
    """Return the characters of a page that stand `turns` quarter turns from upright (`width`, `height` in points).

    Those that stand otherwise, such as a running head along the sheet's short side, are kept `aside`.
    """
    turn = turner(turns, width, height)
    text = textpage.get_text_range()
    boxes = CharBoxes(textpage, raw)
    found: list[_Character] = []
    aside = []
    for word in _WORD.finditer(text):
        if _turns_of(textpage, raw, word.start()) != turns:
            aside.append(word[0])
            continue
        for n in range(*word.span()):
            left, top, right, bottom = turn(boxes.loose(n))
            opens = n == word.start() and text[n - 1 : n] == " "
            found.append(_Character((top + bottom) / 2, left, top, right, bottom, text[n], opens))
    return TurnedPage(found, number, (" ".join(aside),) if aside else ())


def _rows(characters: Sequence[_Character]) -> list[list[_Character]]:
    """Return characters, given from above, as rows, each from left to right."""
    rows: list[list[_Character]] = []
    middle = -1e9
    for one in characters:
        if not rows or one.middle - middle > 0.5 * max(one.bottom - one.top, 4.0):
            rows.append([])
            middle = one.middle
        rows[-1].append(one)
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def _size(row: Sequence[_Character]) -> float:
    heights = sorted([c.bottom - c.top for c in row])
    return max(heights[len(heights) // 2], 4.0)


def _words(row: Sequence[_Character], size: float) -> str:
    gap = _WORD_GAP * size
    out = [row[0].text]
    for before, one in pairwise(row):
        apart = one.left - before.right
        out.append(f" {one.text}" if apart > gap or (one.opens and apart > 0.3 * gap) else one.text)
    return "".join(out)


def _line(run: Sequence[_Character], number: int) -> Line:
    size = _size(run)
    return Line(
        _words(run, size),
        number,
        run[0].left,
        min([c.top for c in run]),
        max([c.right for c in run]),
        max([c.bottom for c in run]),
        size,
    )
