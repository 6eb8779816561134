"""Tables of tasks whose cells stand one below the other, without bars: a counter, headings, then row by row.

Text taken out of a PDF or a Word file loses the frame of a table. Where blank lines part the cells, each stretch is a
cell; where they do not, a line that begins with a small letter goes on with the cell above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnlegal.segment.lines import Line
from vnlegal.segment.tables import RawCell, RawTable
from vnlegal.text import fold

_COUNTER = re.compile(r"\W*(?:TT|S\.?TT|Stt|Số TT|Số thứ tự)\W*")
_LABEL = re.compile(r"\W{0,3}(?P<bare>(?:\d{1,3}|[IVXL]{1,6}|[A-ZĐ])(?:\.\d{1,3}){0,3})[.)]?\W{0,3}")
# Headings without which a list is no table of tasks, in folded letters.
_WHAT = re.compile(r"\W*(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|de an|van ban|giai phap)")
_WHO = re.compile(r"(?:chu tri|thuc hien|phoi hop|chiu trach nhiem|thoi gian|thoi han|hoan thanh|tien do|dau moi)")
_OUTSIDE = re.compile(
    r"\W*(?:Nơi nhận|TM\.|KT\.|TL\.|T/M|PHỤ LỤC|Phụ lục [\dIVX]+|Ghi chú:|Điều \d|Chương [IVX]+|Tổng cộng|Mẫu số)"
)
_NOTE = re.compile(r"\d{1,2} [^\W\d_]")
_UNFINISHED = re.compile(r"(?:[,;:(/–-]|(?<!\w)(?:và|của|các|với|theo|cho|tại|số|về|từ|đến))$")
_HALF = re.compile(r"(?:CƠ QUAN|ĐƠN VỊ|THỜI GIAN|THỜI HẠN|KẾT QUẢ|CẤP|CƠ QUAN PHỐI|ĐƠN VỊ PHỐI|NHIỆM VỤ,?|NỘI DUNG)")
_FEWEST_ROWS = 2
_FEWEST, _MOST, _LONGEST_HEADING, _LONGEST_ROW = 3, 9, 60, 120


def find_listed(
    lines: Sequence[Line], furniture: set[int], tables: Sequence[RawTable]
) -> tuple[list[RawTable], set[int]]:
    """Return the tables of one cell a line outside `tables`, and the lines of theirs that are no furniture."""
    firsts = [table.first for table in tables]
    found: list[RawTable] = []
    claimed: set[int] = set()
    at = 0
    for n, line in enumerate(lines):
        if n < at or len(line.words) > 12 or not _COUNTER.fullmatch(line.words):
            continue
        k = bisect_right(firsts, n)
        if k and n < tables[k - 1].last:
            continue
        names = _names(lines, n, firsts[k] if k < len(firsts) else len(lines))
        if names is None:
            continue
        body, headings, gapped = names
        beyond = firsts[k] if k < len(firsts) else len(lines)
        rows, at, of_rows = _rows(lines, body, beyond, furniture, gapped=gapped, names=headings)
        if sum(len(row) > 2 for row in rows) >= _FEWEST_ROWS:
            head = (RawCell((line,)), *headings)
            found.append(RawTable(n, at, (head, *rows), 1))
            claimed |= of_rows
    return found, claimed


def _names(lines: Sequence[Line], first: int, beyond: int) -> tuple[int, list[RawCell], bool] | None:
    """Return the line the rows begin with, the headings above it, and whether blank lines part the cells.

    None where the lines after the counter on line `first` are no headings of tasks.
    """
    body = first + 1
    while body < beyond and body - first <= 2 * _MOST and not _LABEL.fullmatch(lines[body].words):
        if len(lines[body].words) > _LONGEST_HEADING:
            return None
        body += 1
    if body >= beyond or not _LABEL.fullmatch(lines[body].words):
        return None
    gapped = all(lines[n].gap for n in range(first + 1, body + 1))
    headings = _cells(lines, range(first + 1, body), gapped)
    folded = [fold(" ".join(line.words for line in cell.lines)) for cell in headings]
    if not _FEWEST - 1 <= len(headings) < _MOST:
        return None
    if not any(_WHAT.match(words) for words in folded) or not any(_WHO.search(words) for words in folded):
        return None
    return body, headings, gapped


def _rows(
    lines: Sequence[Line],
    start: int,
    beyond: int,
    furniture: set[int],
    *,
    gapped: bool,
    names: Sequence[RawCell],
) -> tuple[list[tuple[RawCell, ...]], int, set[int]]:
    """Return the rows from line `start` on, the line after the last, and the lines of labels."""
    width = len(names) + 1
    rows: list[tuple[RawCell, ...]] = []
    claimed: set[int] = set()
    at, last, count = start, start, 0
    while at < beyond:
        label = _label(lines[at].words, count)
        if label is None:
            break
        end = at + 1
        inside: list[int] = []
        while end < beyond and end - at < _LONGEST_ROW and not _OUTSIDE.match(lines[end].words):
            if _COUNTER.fullmatch(lines[end].words):
                again = _repeated(lines, end, names)
                if not again:
                    break
                end += again
                continue
            if inside and _label(lines[end].words, label) is not None and (not gapped or lines[end].gap):
                break
            if end not in furniture:
                inside.append(end)
            end += 1
        follows = end < beyond and _label(lines[end].words, label) is not None
        cells = _cells(lines, inside, gapped)
        if not cells:
            break
        if not follows:
            cells = cells[: width - 1]
        rows.append((RawCell((lines[at],)), *_fitted(cells, width - 1)))
        claimed |= {at, *(n for cell in rows[-1][1:] for n in inside if lines[n] in cell.lines)}
        last = 1 + max(claimed)
        count = label
        at = end if follows else beyond
    return rows, last, claimed


def _label(words: str, count: int) -> int | None:
    """Return the number the rows have come to where `words` are the label of the next one, else None."""
    found = _LABEL.fullmatch(words) if len(words) < 14 else None
    if found is None:
        return None
    bare = found["bare"]
    if not bare.isdigit():
        return count
    number = int(bare)
    return number if number in (1, count + 1) else None


def _repeated(lines: Sequence[Line], at: int, names: Sequence[RawCell]) -> int:
    """Return how many lines from `at` on repeat the headings at the top of a page, 0 where they do not."""
    words = [line.words for cell in names for line in cell.lines]
    here = [line.words for line in lines[at + 1 : at + 1 + len(words)]]
    return 1 + len(words) if here == words else 0


def _cells(lines: Sequence[Line], places: Sequence[int], gapped: bool) -> list[RawCell]:
    """Return the cells that the lines at `places` make."""
    cells: list[list[Line]] = []
    for n in places:
        line = lines[n]
        if not cells:
            cells.append([line])
            continue
        before = cells[-1][-1].words
        bullet = line.words[0] in "-+–" and cells[-1][0].words[0] in "-+–"
        small = line.words[0].islower() or line.words[0] in "(/" or _HALF.fullmatch(before) is not None
        goes_on = (not line.gap if gapped else small or _UNFINISHED.search(before) is not None) or bullet
        if goes_on:
            cells[-1].append(line)
        else:
            cells.append([line])
    return [RawCell(tuple(cell)) for cell in cells]


def _fitted(cells: list[RawCell], width: int) -> list[RawCell]:
    """Return the cells of a row, not more than `width`: a note goes, and what is too many belongs to the task."""
    kept = cells[:1] + [cell for cell in cells[1:] if not _NOTE.match(cell.lines[0].words)]
    excess = len(kept) - width
    if excess <= 0:
        return kept
    first = RawCell(tuple(line for cell in kept[: excess + 1] for line in cell.lines))
    return [first, *kept[excess + 1 :]]
