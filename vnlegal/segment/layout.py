"""Tables and footnotes that a reader already knows, as the lines of the plain text they stand on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.records import Layout, TableSpan
from vnlegal.segment.footnotes import Note
from vnlegal.segment.lines import Line
from vnlegal.segment.tables import RawCell, RawTable, shows_layout
from vnlegal.text import View

_LOOK = 8
_WIDEST = 60


def laid_out(
    layout: Layout, lines: list[Line], whole: View, knowledge: StructureKnowledge
) -> tuple[list[RawTable], list[Note]]:
    """Return the tables and footnotes of `layout`, whose offsets are raw ones, over `lines` of the plain text.

    `whole` is the plain text as a view of the raw. A table inside a cell of another is part of that cell's words.
    """
    starts = [whole.offset(line.start) for line in lines]
    tables: list[RawTable] = []
    end = -1
    for span in sorted(layout.tables, key=lambda t: (t.start, -t.end)):
        if span.start >= end:
            table = _table(span, lines, starts, knowledge)
            if table.last > table.first:
                tables.append(table)
                end = span.end
    notes = []
    for note in layout.footnotes:
        first, last = bisect_left(starts, note.start), bisect_left(starts, note.end)
        call = -1
        if note.anchor is not None and lines:
            n = max(bisect_right(starts, note.anchor) - 1, 0)
            call = min(lines[n].start + max(note.anchor - starts[n], 0), lines[n].end)
        if last > first:
            notes.append(Note(tuple(range(first, last)), note.label, call))
    return tables, notes


def _table(span: TableSpan, lines: list[Line], starts: list[int], knowledge: StructureKnowledge) -> RawTable:
    rows: list[tuple[RawCell, ...]] = []
    for row in span.rows:
        cells: list[RawCell] = []
        for cell in row:
            first, last = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
            cells.append(RawCell(tuple(lines[first:last]) if cell.end > cell.start else ()))
            cells.extend(RawCell(()) for _ in range(min(cell.columns, _WIDEST) - 1))
        rows.append(tuple(cells))
    shown = [cell.lines for row in rows for cell in row if cell.lines][:_LOOK]
    frame = len(rows) < 2 or max(map(len, rows), default=0) < 2
    frame = frame or any(shows_layout(list(words), knowledge) for words in shown)
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    return RawTable(first, last, tuple(rows), span.header_rows, frame)
