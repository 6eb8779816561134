"""Tables of tasks whose cells stand one below the other, without bars: a counter, headings, then row by row.

Text taken out of a PDF or a Word file loses the frame of a table. Where blank lines part the cells, each stretch is a
cell; where they do not, a line that begins with a small letter goes on with the cell above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnlegal.segment.fitting import Kind, column_kinds, fit
from vnlegal.segment.lines import Line
from vnlegal.segment.row_labels import GROUP, NUMBERED, cut, follows, opens_rows, row_label, spread
from vnlegal.segment.tables import RawCell, RawTable
from vnlegal.text import UPPER, fold

_COUNTER = re.compile(r"\W*(?:TT|S\.?TT|Stt|Số TT|Số thứ tự)\W*")
# Headings without which a list is no table of tasks, in folded letters.
_WHAT = re.compile(r"\W*(?:ten |cac )?(?:noi dung|nhiem vu|cong viec|hoat dong|dau viec|de an|van ban|giai phap)")
_WHO = re.compile(r"(?:chu tri|thuc hien|phoi hop|chiu trach nhiem|thoi gian|thoi han|hoan thanh|tien do|dau moi)")
# A line of headings alone, in folded letters.
_HEADING = re.compile(
    r"\W*(?:(?:ten|cac|so|noi dung|nhiem vu|cong viec|hoat dong|dau viec|de an|van ban|giai phap|linh vuc|nhom"
    r"|don vi|co quan|to chuc|bo|nganh|dia phuong|phong|ban|thoi gian|thoi han|thoi diem|tien do|lo trinh|han"
    r"|hoan thanh|phoi hop|chu tri|thuc hien|tham muu|trinh|theo doi|chiu|trach nhiem|lanh dao|phu trach|chi dao"
    r"|dau moi|san pham|ket qua|dau ra|hinh thuc|cap|phe duyet|ban hanh|can cu|ghi chu|kinh phi|nguon|du kien|yeu cau"
    r"|muc tieu|chi tieu|cua|va|hoac|dat duoc|can dat|chinh|cu the|trong tam|duoc giao|giao|lien quan)(?:\W+|$))+"
)
_OUTSIDE = re.compile(
    r"\W*(?:Nơi nhận|TM\.|KT\.|TL\.|T/M|PHỤ LỤC|Phụ lục [\dIVX]+|Ghi chú:|Điều \d|Chương [IVX]+|Tổng cộng|Mẫu số)"
)
# The number of a row behind the heading of its group.
_GLUED = re.compile(rf" (\d{{1,3}})(?:\.?$|\.? (?=[{UPPER}]))")
# How often each line may be looked at as one of a table's: headings under which no rows are found cost time.
_MOST_LOOKED = 3
_NOTE = re.compile(r"\d{1,2} (?!tháng )[^\W\d_]")
_UNFINISHED = re.compile(r"(?:[,;:(/–-]|(?<!\w)(?:và|của|các|với|theo|cho|tại|số|về|từ|đến))$")
_HALF = re.compile(r"(?:CƠ QUAN|ĐƠN VỊ|THỜI GIAN|THỜI HẠN|KẾT QUẢ|CẤP|CƠ QUAN PHỐI|ĐƠN VỊ PHỐI|NHIỆM VỤ,?|NỘI DUNG)")
# A heading of its own, whatever stands above it.
_OTHER = re.compile(r"(?:THỜI (?:GIAN|HẠN)|CƠ QUAN|ĐƠN VỊ|KẾT QUẢ|SẢN PHẨM|TIẾN ĐỘ|GHI CHÚ)(?!\w)")
_FEWEST_ROWS = 2
_FEWEST, _MOST, _LONGEST_HEADING, _LONGEST_ROW = 3, 9, 60, 120


def find_listed(
    lines: Sequence[Line], furniture: set[int], tables: Sequence[RawTable]
) -> tuple[list[RawTable], set[int]]:
    """Return the tables of one cell a line outside `tables`, and the lines of theirs that are no furniture."""
    firsts = [table.first for table in tables]
    found: list[RawTable] = []
    claimed: set[int] = set()
    at, looked = 0, 0
    for n, line in enumerate(lines):
        if n < at or len(line.words) > 12 or not _COUNTER.fullmatch(line.words):
            continue
        k = bisect_right(firsts, n)
        if k and n < tables[k - 1].last:
            continue
        beyond = firsts[k] if k < len(firsts) else len(lines)
        names = _names(lines, n, beyond)
        if names is not None and looked <= _MOST_LOOKED * len(lines):
            body, headings, gapped = names
            pieces, owners = spread(lines, body, _ends(lines, body, beyond, headings))
            looked += len(pieces)
            hidden = {k for k, owner in enumerate(owners) if owner in furniture}
            rows, last, of_rows = _rows(pieces, 0, len(pieces), hidden, gapped=gapped, names=headings)
            if sum(len(row) > 2 for row in rows) >= _FEWEST_ROWS:
                at = owners[last - 1] + 1
                found.append(RawTable(n, at, ((RawCell((line,)), *headings), *rows), 1))
                claimed |= {owners[k] for k in of_rows}
                continue
        body = _past_headings(lines, n, beyond)
        if body:
            found.append(RawTable(n, body, ((RawCell((line,)), *_cells(lines[n + 1 : body], gapped=False)),), 1))
            at = body
    return found, claimed


def _ends(lines: Sequence[Line], start: int, beyond: int, names: Sequence[RawCell]) -> int:
    """Return the line that no row below the headings `names` goes over: other headings, the end of the annex."""
    for n in range(start, beyond):
        words = lines[n].words
        if _OUTSIDE.match(words) or (_COUNTER.fullmatch(words) and not _repeated(lines, n, names)):
            return n
    return beyond


def _past_headings(lines: Sequence[Line], first: int, beyond: int) -> int:
    """Return the line after the headings of columns below the counter on line `first`, 0 where there are none.

    They are no prose even where the rows under them cannot be told apart.
    """
    at = first + 1
    while at < beyond and at - first <= 2 * _MOST and _HEADING.fullmatch(fold(lines[at].words)):
        at += 1
    words = [fold(line.words) for line in lines[first + 1 : at]]
    told = any(_WHAT.match(heading) for heading in words) and any(_WHO.search(heading) for heading in words)
    return at if at - first > _FEWEST and told else 0


def _names(lines: Sequence[Line], first: int, beyond: int) -> tuple[int, list[RawCell], bool] | None:
    """Return the line the rows begin with, the headings above it, and whether blank lines part the cells.

    None where the lines after the counter on line `first` are no headings of tasks.
    """
    body = first + 1
    while body < beyond and body - first <= 2 * _MOST and not opens_rows(lines[body].words):
        if len(lines[body].words) > _LONGEST_HEADING:
            return None
        body += 1
    if body >= beyond or not opens_rows(lines[body].words):
        return None
    gapped = all(lines[n].gap for n in range(first + 1, body + 1))
    headings = _cells(lines[first + 1 : body], gapped)
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
    kinds = column_kinds([fold(" ".join(line.words for line in cell.lines)) for cell in names])
    rows: list[tuple[RawCell, ...]] = []
    claimed: set[int] = set()
    at, last, count = start, start, 0
    while at < beyond:
        label, words = _opens_row(lines[at], count)
        if label is None:
            break
        end = at + 1
        inside = [(at, words)] if words is not None else []
        torn = beyond
        while end < beyond and end - at < _LONGEST_ROW and not _OUTSIDE.match(lines[end].words):
            if _COUNTER.fullmatch(lines[end].words):
                again = _repeated(lines, end, names)
                if not again:
                    break
                torn = min(torn, end) if inside else torn
                end += again
                continue
            if inside and _begins_row(lines[end], label, inside, gapped=gapped):
                break
            if end not in furniture:
                inside.append((end, lines[end]))
            end += 1
        follows = end < beyond and _begins_row(lines[end], label, inside, gapped=False)
        head = _label_of(lines[at])
        parted = _parted(head, inside, label)
        if parted is not None:
            group, head, inside, label = parted
            rows.append((RawCell((_label_of(lines[at]),)), RawCell(tuple(group))))
        first = [line for n, line in inside if line.words and n < torn]
        rest = [line for n, line in inside if line.words and n > torn]
        cells = _row_cells(first, rest, kinds, gapped=gapped, whole=follows) if first else []
        if not cells:
            break
        rows.append((RawCell((head,)), *cells))
        own = {line for cell in cells for line in cell.lines}
        claimed |= {at, *(n for n, line in inside if line in own)}
        last = 1 + max(claimed)
        count = label
        at = end if follows else beyond
    return rows, last, claimed


def _opens_row(line: Line, count: int) -> tuple[int | None, Line | None]:
    """Return the number that a row's first line brings the count to, None where it opens none, and its words."""
    label = row_label(line.words, count)
    if label is not None:
        return label, None
    found = NUMBERED.match(line.words)
    if found is not None and follows(int(found[1]), count):
        return int(found[1]), cut(line, found.end(), len(line.words))
    group = GROUP.match(line.words)
    return (count, cut(line, group.end(), len(line.words))) if group is not None else (None, None)


def _label_of(line: Line) -> Line:
    """Return the label a row's first line begins with."""
    found = NUMBERED.match(line.words) or GROUP.match(line.words)
    return line if found is None else cut(line, 0, len(found[0].rstrip()))


def _parted(
    head: Line, inside: Sequence[tuple[int, Line]], count: int
) -> tuple[list[Line], Line, list[tuple[int, Line]], int] | None:
    """Part the heading of a group from the first row under it, whose number is glued to it ("… nhân dân 1.").

    Return the lines of the heading, the row's label, its lines and its number; None where nothing is glued.
    """
    if head.words.strip(" .)(").isdigit():
        return None
    for k, (n, line) in enumerate(inside[:3]):
        for found in _GLUED.finditer(line.words):
            if int(found[1]) == 1 or follows(int(found[1]), count):
                group = [above for _, above in inside[:k]] + [cut(line, 0, found.start())]
                rest = cut(line, found.end(), len(line.words))
                below = [(n, rest)] if rest.words else []
                return group, cut(line, found.start(1), found.end(1)), [*below, *inside[k + 1 :]], int(found[1])
    return None


def _begins_row(line: Line, count: int, inside: Sequence[tuple[int, Line]], *, gapped: bool) -> bool:
    """Whether `line` is the label of the next row, or its label and the beginning of its task ("10. Xây dựng …")."""
    if gapped and not line.gap:
        return False
    if row_label(line.words, count) is not None:
        return True
    if _opens_row(line, count)[0] is None:
        return False
    return not any(above.words.startswith(("1.", "1)", f"{count}.", f"{count})")) for _, above in inside)


def _row_cells(
    lines: Sequence[Line], rest: Sequence[Line], kinds: Sequence[Kind], *, gapped: bool, whole: bool
) -> list[RawCell]:
    """Return the cells of one row. `rest`: its lines on the next page. `whole`: all its lines are its own.

    A row that the end of a page tears apart has each cell in two pieces; the second ones stand behind the others,
    except where the first page holds nothing of a cell.
    """
    both = (*lines, *rest)
    if all(line.words.isupper() for line in both):
        return [RawCell(both)]
    if not gapped and not any(_NOTE.match(line.words) for line in both[1:]):
        shared = fit(lines, kinds, whole=whole or bool(rest))
        if shared is not None:
            below = (fit(rest, kinds, whole=whole) if rest else None) or []
            if not any(shared[1:]) and not any(below[1:]):
                return [RawCell((*shared[0], *rest))]
            left = [under for cell, under in zip(shared, below, strict=False) if cell and under]
            cells = [cell or (below[k] if k < len(below) else ()) for k, cell in enumerate(shared)]
            return [RawCell(cell) for cell in (*cells, *left)]
    listed = _cells(both, gapped)
    return _fitted(listed if whole else listed[: len(kinds)], len(kinds))


def _repeated(lines: Sequence[Line], at: int, names: Sequence[RawCell]) -> int:
    """Return how many lines from `at` on repeat the headings at the top of a page, 0 where they do not."""
    words = [line.words for cell in names for line in cell.lines]
    here = [line.words for line in lines[at + 1 : at + 1 + len(words)]]
    return 1 + len(words) if here == words else 0


def _cells(lines: Sequence[Line], gapped: bool) -> list[RawCell]:
    """Return the cells that `lines` make."""
    cells: list[list[Line]] = []
    for line in lines:
        if not cells:
            cells.append([line])
            continue
        before = cells[-1][-1].words
        bullet = line.words[0] in "-+–" and cells[-1][0].words[0] in "-+–"
        small = line.words[0].islower() or line.words[0] in "(/"
        small = small or (_HALF.fullmatch(before) is not None and _OTHER.match(line.words) is None)
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
