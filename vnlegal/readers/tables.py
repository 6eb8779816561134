"""Ruled tables of PDF pages: the grid is built from the lines drawn on the page, the words are read cell by cell."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from vnlegal.readers.pages import Line
from vnlegal.readers.pdf_raw import Box, paths

Cell = tuple[str, int, Box] | None

_NEAR = 3.0
_THIN = 3.0
_SHORT = 3.0  # writers draw a rule in pieces, one for each line of words and one for the space between
_LARGE = 6.0
_MAX_SEGMENTS = 20_000
_MAX_SIDE = 200
_BOX = 5  # a path of so few segments is one box


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table: rows of cells (words, page, box); None where a merged cell covers the place.

    `left_out`: headings that its later pages repeat.
    """

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    last_page: int
    left_out: tuple[str, ...] = ()

    def goes_on(self, table: PageTable) -> bool:
        """Whether `table`, on the next page, is the rest of this one: the same columns at the same places."""
        return (
            table.page == self.last_page + 1
            and len(self.edges) == len(table.edges)
            and all(abs(a - b) < 2 * _NEAR for a, b in zip(self.edges, table.edges, strict=True))
        )

    def joined(self, table: PageTable) -> PageTable:
        """Return this table with the rows of its rest, a repeated heading left out."""
        again = 0
        for own, row in zip(self.rows, table.rows, strict=False):
            if not any(_words(row)) or _words(own) != _words(row):
                break
            again += 1
        heads = (" ".join(filter(None, _words(row))) for row in table.rows[:again])
        rows, left_out = (*self.rows, *table.rows[again:]), (*self.left_out, *heads, *table.left_out)
        return replace(self, rows=rows, last_page=table.last_page, left_out=left_out)


def _words(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell[0] if cell else "" for cell in row)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along a page: at `place` across, from `start` to `end` along, in points from the upper left."""

    place: float
    start: float
    end: float


def lines_and_tables(
    lines: list[Line], level: list[Rule], upright: list[Rule], words_in: Callable[[Box], str], number: int
) -> tuple[list[Line], list[PageTable]]:
    """Return the lines outside ruled tables, and the tables of a page (`number` counts from 1).

    `words_in` gives the words in a box (left, top, right, bottom, in points from the upper left corner).
    """
    if len(level) < 2 or len(upright) < 2:
        return lines, []
    tables = []
    for own_level, own_upright in _apart(level, upright):
        xs, ys = _places(own_upright), _places(own_level)
        if not (3 <= len(xs) <= _MAX_SIDE and 2 <= len(ys) <= _MAX_SIDE):
            continue
        inside = [x for x in lines if _within(x, xs[0], ys[0], xs[-1], ys[-1])]
        if not inside:
            continue
        rows = tuple(
            tuple(_cell(box, words_in, number) for box in row) for row in _grid(xs, ys, own_level, own_upright)
        )
        if sum(cell is not None and bool(cell[0]) for row in rows for cell in row) < 2:
            continue
        taken = {id(x) for x in inside}
        lines = [x for x in lines if id(x) not in taken]
        tables.append(PageTable(number, ys[0], ys[-1], tuple(xs), rows, number))
    return lines, tables


def _within(line: Line, left: float, top: float, right: float, bottom: float) -> bool:
    across, down = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return left - 2 <= across <= right + 2 and top - 2 <= down <= bottom + 2


def page_rules(page: Any, turn: Callable[[Box], Box]) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright lines drawn on a page: strokes, and boxes too thin to hold words.

    `turn` tells how a box on the sheet (left, bottom, right, top) looks to the reader (left, top, right, bottom).
    """
    from pypdfium2 import raw

    level: list[Rule] = []
    upright: list[Rule] = []
    left_to_look = _MAX_SEGMENTS

    def keep(box: Box) -> bool:
        left, top, right, bottom = turn(box)
        wide, tall = right - left, bottom - top
        if tall < _THIN and wide > max(_SHORT, 4 * tall):
            level.append(Rule((top + bottom) / 2, left, right))
        elif wide < _THIN and tall > max(_SHORT, 4 * wide):
            upright.append(Rule((left + right) / 2, top, bottom))
        else:
            return wide > _LARGE and tall > _LARGE
        return False

    for thing, bounds in paths(page, raw):
        if keep(bounds):
            count = raw.FPDFPath_CountSegments(thing)
            if count <= _BOX and not _is_stroked(thing, raw):
                continue
            left_to_look -= count
            if left_to_look < 0:
                break
            for x0, y0, x1, y1 in _strokes(thing, count, raw):
                if min(abs(y0 - y1), abs(x0 - x1)) < 1:
                    keep((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return level, upright


def _is_stroked(thing: Any, raw: Any) -> bool:
    """Whether a path's outline is drawn: a box that is only filled is a ground behind words."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return not raw.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke)) or bool(stroke.value)


def _strokes(thing: Any, count: int, raw: Any) -> Iterator[Box]:
    """Yield the straight strokes of a path in page coordinates (points from the lower left)."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(thing, n)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif last is not None:
            yield (*last, *point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield (*last, *first)


def _apart(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the rules of each table: stretches of the page that upright rules bind together."""
    bands: list[list[float]] = []
    for rule in sorted(upright, key=lambda r: r.start):
        if bands and rule.start <= bands[-1][1] + _NEAR:
            bands[-1][1] = max(bands[-1][1], rule.end)
        else:
            bands.append([rule.start, rule.end])
    for top, bottom in bands:
        own = [r for r in upright if top - _NEAR <= r.start and r.end <= bottom + _NEAR]
        across = [r for r in level if top - _NEAR <= r.place <= bottom + _NEAR]
        if len(own) >= 2 and len(across) >= 2:
            yield across, own


def _places(rules: Sequence[Rule]) -> list[float]:
    """Return where rules stand, those that nearly meet taken for one."""
    out: list[float] = []
    for place in sorted(r.place for r in rules):
        if not out or place - out[-1] > _NEAR:
            out.append(place)
    return out


def _grid(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[list[Box | None]]:
    """Yield the rows of a grid: each cell's box, None where a cell that began before covers the place."""
    columns, rows = len(xs) - 1, len(ys) - 1
    right = _borders(xs, ys, upright)
    below = _borders(ys, xs, level)
    covered: set[tuple[int, int]] = set()
    for row in range(rows):
        out: list[Box | None] = []
        for column in range(columns):
            if (row, column) in covered:
                out.append(None)
                continue
            wide = 1
            while column + wide < columns and (column + wide, row) not in right:
                wide += 1
            tall = 1
            while row + tall < rows and (row + tall, column) not in below:
                tall += 1
            covered.update((row + r, column + c) for r in range(tall) for c in range(wide))
            out.append((xs[column], ys[row], xs[column + wide], ys[row + tall]))
        yield out


def _borders(places: Sequence[float], along: Sequence[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """Return (n, m) for every place n that has a rule beside the m-th stretch along it."""
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    out: set[tuple[int, int]] = set()
    for rule in rules:
        first, last = bisect_left(middles, rule.start), bisect_right(middles, rule.end)
        if first < last:
            near = _nearest(places, rule.place)
            out.update((near, m) for m in range(first, last))
    return out


def _nearest(places: Sequence[float], place: float) -> int:
    """Return which of the places, given in order, is nearest."""
    after = bisect_left(places, place)
    if after == 0 or (after < len(places) and places[after] - place < place - places[after - 1]):
        return after
    return after - 1


def _cell(box: Box | None, words_in: Callable[[Box], str], number: int) -> Cell:
    if box is None:
        return None
    left, top, right, bottom = box
    return words_in(box), number, (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
