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
from vnlegal.segment.rows import BAR, MOST_COLUMNS, cut_rows, price

_DELIMITER = re.compile(r"\|?[ :\-|—]+\|?$")
# The headings of a table whose rows have bars between their cells only: "TT | Nhiệm vụ | Cơ quan chủ trì".
_BARE_HEADINGS = re.compile(
    r"(?:S?TT|Số TT|Số thứ tự|(?:Tên |Các )?(?:nội dung|nhiệm vụ|công việc|hoạt động|đầu việc)[^|]{0,60}?) ?\|[^|]+\|",
    re.IGNORECASE,
)
_BARE_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|[A-ZĐ])[.)]? ?\|")
_LONGEST_BARE_ROW = 12
_LONGEST_CELL = 25
_LONGEST_LIST = 80
# Roles that show a table to be no table but the frame of a letter's head or foot.
_LAYOUT_ROLES = frozenset(("motto", "number", "addressees", "recipients", "signature"))
_FRAME_ROLES = frozenset(("motto", "addressees", "recipients", "signature"))
_FRAME_ROWS = 6
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
            if words == "|":
                found, following = _bar_tables(lines, at, knowledge)
                tables += found
                at = max(following, at + 1)
                continue
            table = _row_table(lines, at, marks, knowledge)
            if table is not None:
                tables.append(table)
                at = max(table.last, at + 1)
                continue
        elif "|" in words and _BARE_HEADINGS.match(words) is not None:
            table = _bare_table(lines, at)
            tables += [table] if table is not None else []
            at = table.last if table is not None else at + 1
            continue
        at += 1
    return tables


def _bare_table(lines: list[Line], first: int) -> RawTable | None:
    """Return the table below the headings on line `first`, whose rows have as many bars as these; None without rows.

    Blank lines may part the rows, and a cell may hold several lines.
    """
    width = lines[first].words.count("|")
    rows = [_split_row(lines[first])]
    at = first + 1
    while at < len(lines) and "|" in lines[at].words:
        end, bars = at + 1, lines[at].words.count("|")
        while bars < width and end < len(lines) and end - at < _LONGEST_BARE_ROW:
            if _BARE_LABEL.match(lines[end].words) is not None:
                break
            bars += lines[end].words.count("|")
            end += 1
        if bars != width:
            end = at + 1
        if lines[at].words.count("|") > width:
            break
        rows.append(_joined([_split_row(line) for line in lines[at:end]]))
        at = end
    return RawTable(first, at, tuple(rows), 1) if len(rows) > 1 else None


def _joined(pieces: list[tuple[RawCell, ...]]) -> tuple[RawCell, ...]:
    """Return the row whose lines these are: a line goes on in the cell the one above ends in."""
    row = list(pieces[0])
    for cells in pieces[1:]:
        row[-1:] = [RawCell((*row[-1].lines, *cells[0].lines))]
        row += cells[1:]
    return tuple(row)


def _is_html_row(line: Line, marks: Marks) -> bool:
    at = line.words.find("|")
    return line.start + at in marks.cells


def _row_table(lines: list[Line], first: int, marks: Marks, knowledge: StructureKnowledge) -> RawTable | None:
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
    layout = len(rows) <= _FRAME_ROWS and any(
        cell.lines and knowledge.role(cell.lines[0].words) in _FRAME_ROLES for row in rows for cell in row
    )
    return RawTable(first, last, tuple(rows), header, layout)


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


def _bar_tables(lines: list[Line], first: int, knowledge: StructureKnowledge) -> tuple[list[RawTable], int]:
    """Return the tables that begin with the lone bar on line `first`, and the line to go on from."""
    tokens, ends, following = _tokens(lines, first, knowledge)
    if all(token == BAR for token in tokens):
        return [], _behind_bars(lines, following)
    words = [lines[a].words if a >= 0 else "" for a, _ in tokens]
    layout = any(a >= 0 and shows_layout(lines[a:b], knowledge) for a, b in tokens[:8])
    out = []
    for cut in cut_rows(tokens, words, _width(tokens, words, layout=layout)):
        rows = tuple(tuple(RawCell(tuple(lines[a:b])) for a, b in row) for row in cut.rows)
        begin = ends[cut.first - 1] if cut.first else first
        while lines[begin].words != "|":
            begin += 1
        out.append(RawTable(begin, ends[cut.last - 1], rows, 0, layout or _is_list(rows)))
    return out, out[-1].last if out else _behind_bars(lines, following)


def _behind_bars(lines: list[Line], at: int) -> int:
    """Return the first line from `at` on that is no lone bar."""
    while at < len(lines) and lines[at].words == "|":
        at += 1
    return at


def _is_list(rows: tuple[tuple[RawCell, ...], ...]) -> bool:
    """Whether a table is only the frame of a list, as that of a telegram's addressees."""
    return len(rows) == 1 and all(cell.lines[0].words[0] in "-+" for cell in rows[0] if cell.lines)


def _width(tokens: list[tuple[int, int]], words: list[str], *, layout: bool) -> int:
    """Return how many columns a table has: those of its first row, or more where a second row of headings parts one."""
    first = _columns(tokens, 0)
    if layout or not first:
        return min(first, 2)
    behind = 2 * first + 1
    second = _columns(tokens, behind) if len(tokens) > behind and tokens[behind - 1 : behind + 1] == [BAR, BAR] else 0
    if not 1 < second < first or price(tokens, words, first) <= price(tokens, words, first + second - 1):
        return first
    return first + second - 1


def shows_layout(cell: list[Line], knowledge: StructureKnowledge) -> bool:
    """Whether a cell holds a letter's head or foot: motto, number, addressees, recipients, signature."""
    words = cell[0].words + (" " + cell[1].words if len(cell) > 1 else "")
    return knowledge.role(words) in _LAYOUT_ROLES


def _tokens(
    lines: list[Line], first: int, knowledge: StructureKnowledge
) -> tuple[list[tuple[int, int]], list[int], int]:
    """Return bars and cells (as line ranges) from `first` on, for each the line after it, and where to look on.

    A stretch that cannot be a cell ends the table: too long, parted by a blank line from the bar above, or beginning
    or ending as the text outside does. So does a row of more cells than any table has.
    """
    tokens: list[tuple[int, int]] = []
    ends: list[int] = []
    at = first
    width = chain = safe = 0
    while at < len(lines):
        if lines[at].words == "|":
            if tokens and tokens[-1] == BAR:
                width, chain, safe = width or chain, 0, len(tokens)
            tokens.append(BAR)
            at += 1
        else:
            begin = at
            while at < len(lines) and lines[at].words != "|" and at - begin <= _LONGEST_LIST:
                at += 1
            if at == len(lines) or _is_outside(lines[begin:at], knowledge, inside=0 < chain < width):
                break
            tokens.append((begin, at))
            chain += 1
        ends.append(at)
        if chain > MOST_COLUMNS:
            return tokens[:safe], ends[:safe], at
    while tokens and tokens[-1] != BAR:
        tokens.pop()
        ends.pop()
    return tokens, ends, first + 1


def _is_outside(stretch: list[Line], knowledge: StructureKnowledge, *, inside: bool) -> bool:
    """Whether a stretch between two bars is text between two tables, not a cell. `inside`: a row is not yet full."""
    if stretch[0].gap:
        return True
    role = knowledge.role(stretch[0].words)
    if role == "recipients":
        return len(stretch) > _LONGEST_LIST
    listed = inside or sum(line.words[0] in "-+" for line in stretch) * 3 > len(stretch)
    if len(stretch) > (_LONGEST_LIST if listed else _LONGEST_CELL):
        return True
    if stretch[-1].words.endswith("./.") and len(stretch) > 1:
        return True
    if role == "basis":
        return len(stretch) > 1 and all(line.words.endswith(";") for line in stretch[:-1])
    return role in _OUTSIDE_ROLES or (stretch[0].words.isupper() and knowledge.is_type(stretch[0].words))


def _columns(tokens: list[tuple[int, int]], at: int) -> int:
    """Return how many columns the row that begins at token `at` has: its cells up to a bar that follows a bar."""
    cells, begin = 0, at
    while at < len(tokens):
        if tokens[at] != BAR:
            cells += 1
        elif at > begin and tokens[at - 1] == BAR and cells:
            break
        at += 1
    return min(cells, MOST_COLUMNS)
