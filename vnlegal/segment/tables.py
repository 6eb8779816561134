"""Tables in plain text: markdown rows, HTML rows on one line, and web copies with one cell between two bars.

A web copy writes a row as `|`, cell, `|`, cell, `|`, each on lines of its own, and begins the next row with another
`|`; an empty cell leaves two bars together as well. Where a row ends is found by the number of columns.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.lines import Line
from vnlegal.segment.markup import Marks

_DELIMITER = re.compile(r"\|?[ :\-|—]+\|?$")
_LONGEST_CELL = 25
_LONGEST_LIST = 80
_MOST_COLUMNS = 40
# Roles that show a table to be no table but the frame of a letter's head or foot.
_LAYOUT_ROLES = frozenset(("motto", "number", "addressees", "recipients", "signature"))
_OUTSIDE_ROLES = frozenset(("basis", "annex", "attached", "resolves", "type"))


class RawCell(NamedTuple):
    """A cell: the lines of its words, in order. Each is a Line cut to the cell."""

    lines: tuple[Line, ...]


class RawTable(NamedTuple):
    """A table as it stands: the lines first..last (exclusive) and its rows. `header` rows are headings.

    `layout`: no table to a reader, but the frame that holds letterhead, addressees or signature.
    """

    first: int
    last: int
    rows: tuple[tuple[RawCell, ...], ...]
    header: int
    layout: bool = False


def find_tables(lines: list[Line], marks: Marks, knowledge: StructureKnowledge) -> list[RawTable]:
    """Return the tables among `lines`, in order, without overlaps."""
    tables: list[RawTable] = []
    at = 0
    count = len(lines)
    while at < count:
        words = lines[at].words
        if words[0] == "|" or (marks.cells and "|" in words and _is_html_row(lines[at], marks)):
            table = _bar_table(lines, at, knowledge) if words == "|" else _row_table(lines, at, marks)
            if table is not None:
                tables.append(table)
                at = max(table.last, at + 1)
                continue
        at += 1
    return tables


def _is_html_row(line: Line, marks: Marks) -> bool:
    at = line.words.find("|")
    return line.start + at in marks.cells


def _row_table(lines: list[Line], first: int, marks: Marks) -> RawTable | None:
    """Return the table whose rows are single lines with bars inside, from line `first` on."""
    rows: list[tuple[RawCell, ...]] = []
    header = 0
    last = first
    while last < len(lines):
        line = lines[last]
        html = bool(marks.cells) and _is_html_row(line, marks)
        if not html and (line.words[0] != "|" or line.words == "|"):
            break
        if line.gap and rows and not html:
            break
        if _DELIMITER.match(line.words) and "-" in line.words:
            header = len(rows) if len(rows) <= 2 and not header else header
        else:
            rows.append(_split_row(line))
        last += 1
    if not rows:
        return RawTable(first, last, (), 0)
    return RawTable(first, last, tuple(rows), header)


def _split_row(line: Line) -> tuple[RawCell, ...]:
    cells: list[RawCell] = []
    at = line.start
    pieces = line.words.split("|")
    outer = line.words[0] == "|"
    for k, piece in enumerate(pieces):
        edge = (k == 0 and outer) or (k == len(pieces) - 1 and outer and not piece.strip())
        if not edge:
            words = piece.strip()
            if words:
                start = at + piece.index(words[0])
                cells.append(RawCell((Line(start, start + len(words), words, 0),)))
            else:
                cells.append(RawCell(()))
        at += len(piece) + 1
    return tuple(cells)


def _bar_table(lines: list[Line], first: int, knowledge: StructureKnowledge) -> RawTable:
    """Return the table that begins with the lone bar on line `first`."""
    tokens, ends = _tokens(lines, first, knowledge)
    layout = any(a >= 0 and _shows_layout(lines[a:b], knowledge) for a, b in tokens[:8])
    columns = _columns(tokens)
    if layout:
        columns = min(columns, 2)
    rows, used = _cut_rows(tokens, columns) if columns else ([], 0)
    if not rows:
        return RawTable(first, first + 1, (), 0)
    table_rows = tuple(tuple(RawCell(tuple(lines[a:b])) for a, b in row) for row in rows)
    return RawTable(first, ends[used - 1], table_rows, 0, layout)


def _shows_layout(cell: list[Line], knowledge: StructureKnowledge) -> bool:
    """Whether a cell holds a letter's head or foot: motto, number, addressees, recipients, signature."""
    words = cell[0].words + (" " + cell[1].words if len(cell) > 1 else "")
    return knowledge.role(words) in _LAYOUT_ROLES


def _tokens(
    lines: list[Line], first: int, knowledge: StructureKnowledge
) -> tuple[list[tuple[int, int]], list[int]]:
    """Return bars as (-1, -1) and cells as line ranges from `first` on, and for each token the line after it.

    A stretch that cannot be a cell ends the table: too long, parted by a blank line from the bar above, or beginning
    or ending as the text outside does.
    """
    tokens: list[tuple[int, int]] = []
    ends: list[int] = []
    at = first
    while at < len(lines):
        if lines[at].words == "|":
            tokens.append((-1, -1))
            at += 1
        else:
            begin = at
            while at < len(lines) and lines[at].words != "|" and at - begin <= _LONGEST_LIST:
                at += 1
            if at == len(lines) or _is_outside(lines[begin:at], knowledge):
                break
            tokens.append((begin, at))
        ends.append(at)
    while tokens and tokens[-1][0] >= 0:
        tokens.pop()
        ends.pop()
    return tokens, ends


def _is_outside(stretch: list[Line], knowledge: StructureKnowledge) -> bool:
    """Whether a stretch between two bars is text between two tables, not a cell."""
    if stretch[0].gap:
        return True
    role = knowledge.role(stretch[0].words)
    if role == "recipients":
        return len(stretch) > _LONGEST_LIST
    listed = sum(line.words[0] in "-+" for line in stretch) * 3 > len(stretch)
    if len(stretch) > (_LONGEST_LIST if listed else _LONGEST_CELL):
        return True
    if stretch[-1].words.endswith("./.") and len(stretch) > 1:
        return True
    return role in _OUTSIDE_ROLES or knowledge.is_type(stretch[0].words)


def _columns(tokens: list[tuple[int, int]]) -> int:
    """Return how many columns the first row has: its cells up to the first bar that follows a bar."""
    cells = at = 0
    while at < len(tokens):
        if tokens[at][0] >= 0:
            cells += 1
        elif at and tokens[at - 1][0] < 0 and cells:
            break
        at += 1
    return min(cells, _MOST_COLUMNS)


def _cut_rows(tokens: list[tuple[int, int]], columns: int) -> tuple[list[list[tuple[int, int]]], int]:
    """Cut tokens into rows of at most `columns` cells; return the rows and how many tokens they take."""
    rows: list[list[tuple[int, int]]] = []
    at = 0
    while at < len(tokens) and tokens[at][0] < 0:
        row, end = _next_row(tokens, at, columns)
        if not row:
            break
        rows.append(row)
        at = end
    return rows, at


def _next_row(tokens: list[tuple[int, int]], at: int, columns: int) -> tuple[list[tuple[int, int]], int]:
    """Return the row that the bar at `at` opens and where the next one begins.

    Two bars together are the end of the row where the cells read so far make it complete, or where reading on would
    leave the following row without its opening bar.
    """
    row: list[tuple[int, int]] = []
    at += 1
    while at < len(tokens) and len(row) < columns:
        if tokens[at][0] >= 0:
            row.append(tokens[at])
            at += 2
        else:
            if row and _row_ends_here(tokens, at, len(row), columns):
                return row, at
            row.append((0, 0))
            at += 1
    return row, min(at, len(tokens))


def _row_ends_here(tokens: list[tuple[int, int]], at: int, have: int, columns: int) -> bool:
    """Whether the bar at `at`, right after another, opens the next row of a table `columns` wide.

    Read as an empty cell, the row must come out complete and be followed by a bar; read as an opening bar, the next
    row must.
    """
    return _fits(tokens, at, have, columns) > _fits(tokens, at + 1, 0, columns)


def _fits(tokens: list[tuple[int, int]], at: int, have: int, columns: int) -> int:
    """Return how badly a row with `have` cells goes on at `at`: 0 where it ends on its last column."""
    empty = 0
    while at < len(tokens) and have < columns:
        if tokens[at][0] >= 0:
            at += 2
        else:
            empty += 1
            at += 1
        have += 1
    ends_well = have == columns and (at >= len(tokens) or tokens[at][0] < 0)
    return empty if ends_well else 100 + empty
