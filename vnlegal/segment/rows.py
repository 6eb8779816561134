"""Cutting a web copy's table into rows: which bars end a row, and which stand for an empty cell.

A row is a bar, then cells with a bar behind each. An empty cell leaves two bars together, and so does the end of a
row. Rows lose the cells that are merged with those above. Of all ways to read the bars the cheapest is taken: rows
that begin with a label ("1.", "II", "a)") and have a cell for each column cost nothing, and what is rarer costs more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

BAR = (-1, -1)
_LABEL = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}(?:\.\d{1,2})*|[A-ZĐ]|[a-zđ]\))[.)\]]?\W*$")
_TITLED = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|[A-ZĐ])[.)\-:/ ]+[^\W\d]")
_COUNTER = re.compile(r"\W*(?:TT|S\.?TT|Stt|Số TT|Số thứ tự)\W*$", re.IGNORECASE)
_EMPTY, _LAST_EMPTY = 0.25, 0.1
_SHORT, _BARE_SHORT, _BARE_FULL, _SINGLE, _TITLE_ROW = 0.6, 1.8, 4.0, 1.5, 0.8
# A label after two bars that a row does not begin with.
_CROSSED = 1.5
_INTERLUDE, _OVER, _NEVER = 2.5, 3.0, float("inf")
MOST_COLUMNS = 40
# How many tokens from its bar on a row may reach, and the beginning of the next one.
_WIDEST = 2 * MOST_COLUMNS + 4

Token = tuple[int, int]


class Cut(NamedTuple):
    """Rows of cells, each a pair of line numbers ((0, 0) where empty), from token `first` up to token `last`."""

    rows: list[list[Token]]
    first: int
    last: int


class _Step(NamedTuple):
    """The cheapest reading from a token on: its cost, where its first row ends, where the next one begins."""

    cost: float
    end: int
    following: int


def cut_rows(tokens: Sequence[Token], words: Sequence[str], columns: int) -> list[Cut]:
    """Cut tokens (bars and cells) into the rows of tables about `columns` wide; `words` are the tokens' first lines.

    Text between two tables that share their bars parts them. Linear in the tokens.
    """
    _, steps = _cheapest(tokens, words, columns)
    tables: list[Cut] = []
    rows: list[list[Token]] = []
    first = at = last = 0
    while at < len(tokens) and steps[at].following > at:
        step = steps[at]
        row = _cells(tokens, at, step.end)
        if any(cell[1] > cell[0] for cell in row):
            rows.append(row)
            last = step.end
        if step.following > step.end or step.following >= len(tokens):
            if rows:
                tables.append(Cut(rows, first, last))
            rows, first = [], step.following
        at = step.following
    return tables


def price(tokens: Sequence[Token], words: Sequence[str], columns: int) -> float:
    """Return how well a number of columns suits a table: what its cheapest reading costs."""
    return _cheapest(tokens, words, columns)[0]


def _cheapest(tokens: Sequence[Token], words: Sequence[str], columns: int) -> tuple[float, list[_Step]]:
    count = len(tokens)
    counted = count > 1 and _COUNTER.match(words[1]) is not None
    bars = [token == BAR for token in tokens]
    steps = [_Step(_NEVER, n, -1) for n in range(count)] + [_Step(0.0, count, -1)]
    costs = [step.cost for step in steps]
    for at in range(count - 1, -1, -1):
        if not bars[at]:
            continue
        behind = min(costs[at + 1 : at + _WIDEST])
        best = steps[at]
        for end, least, cost in _ends(bars, words, at, columns, counted=counted):
            if least + behind >= best.cost:
                break  # rows that end farther on cost as much at least
            following, extra = end, 0.0
            if end < count and not bars[end]:
                if not _begins_table(bars, words, end + 1):
                    continue
                following, extra = end + 1, _INTERLUDE
            total = cost + extra + costs[following]
            if total < best.cost:
                best = _Step(total, end, following)
        steps[at], costs[at] = best, best.cost
    return costs[0], steps


def _ends(
    bars: Sequence[bool], words: Sequence[str], at: int, columns: int, *, counted: bool
) -> Iterator[tuple[int, float, float]]:
    """Yield where the row that the bar at `at` opens may end, what it and longer ones cost at least, and its price."""
    count = len(bars)
    first = words[at + 1] if at + 1 < count else ""
    labelled = counted and (_LABEL.match(first) or _COUNTER.match(first)) is not None
    place, items, filled, empty, trailing, crossed = at + 1, 0, 0, 0, 0, 0.0
    while place < count and items < MOST_COLUMNS:
        if bars[place]:
            trailing += 1
            place += 1
        else:
            if counted and trailing and filled and _LABEL.match(words[place]):
                crossed += _CROSSED
            empty, trailing = empty + trailing, 0
            filled += 1
            place = min(place + 2, count)
        items += 1
        least = crossed + empty * _EMPTY + trailing * _LAST_EMPTY + max(0, items - columns) * _OVER
        shape = _shape(first, items, filled, full=items >= columns, counted=counted, labelled=labelled)
        yield place, least, least + shape


def _shape(first: str, items: int, filled: int, *, full: bool, counted: bool, labelled: bool) -> float:
    """Return the price of a row's shape. `counted`: the first column holds the rows' numbers, `labelled`: so here."""
    if not filled:
        return _SHORT
    if not counted:
        return 0.0 if full else _SINGLE
    if labelled:
        return 0.0 if full else _SHORT
    if filled == 1 and items == 1:
        return _TITLE_ROW if _TITLED.match(first) or first.isupper() else _SINGLE
    if not first:
        return 0.0 if full else _BARE_SHORT
    return _BARE_FULL if full else _BARE_SHORT


def _begins_table(bars: Sequence[bool], words: Sequence[str], at: int) -> bool:
    """Whether the headings of a table begin at token `at`, behind text that parts it from the one above."""
    return at + 1 < len(bars) and bars[at] and _COUNTER.match(words[at + 1]) is not None


def _cells(tokens: Sequence[Token], at: int, end: int) -> list[Token]:
    """Return the cells of the row between the bar at `at` and the token `end`."""
    row: list[Token] = []
    place = at + 1
    while place < end:
        if tokens[place] == BAR:
            row.append((0, 0))
            place += 1
        else:
            row.append(tokens[place])
            place += 2
    return row
