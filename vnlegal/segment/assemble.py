"""Zones, paragraphs, tables and footnotes put together: the units of the outline and the parts of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from vnlegal.knowledge import Knowledge
from vnlegal.segment.footnotes import Note
from vnlegal.segment.header import read_header
from vnlegal.segment.letter import PartDraft, Zone
from vnlegal.segment.lines import Line
from vnlegal.segment.markup import Marks
from vnlegal.segment.model import Cell, Footnote, Part, Segmentation, Table, Unit
from vnlegal.segment.outline import Outliner
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.tables import RawTable
from vnlegal.text import View

# The headings a converter makes up for a table without any: "Col3", "Unnamed: 2"
_MADE_UP = re.compile(r"(?:Col(?:umn)?|Unnamed:) ?\d+|")
_NUMBER = re.compile(r"\W*(\d{1,3})[.)]?\W*")
_FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """All that is known of a text once its flow is written. `flow` counts the plain text, `whole` the raw text."""

    flow: View
    whole: View
    plain: View
    lines: list[Line]
    marks: Marks
    furniture: set[int]
    tables: list[RawTable]
    cells: list[list[list[tuple[int, int]]]]
    notes: list[Note]
    paragraphs: list[Paragraph]
    parts: list[PartDraft]


class Assembler:
    """Collects the units of a file in flow order."""

    def __init__(self, draft: Draft, knowledge: Knowledge) -> None:
        self.draft = draft
        self.knowledge = knowledge
        self.units: list[Unit] = []
        self.tables: list[Table] = []
        self.notes: dict[int, int] = {}
        self.parts: list[Part] = []
        self._table_unit: dict[int, int] = {}
        self._lists = "(2)" in draft.flow.text or "(ii)" in draft.flow.text

    def run(self) -> Segmentation:
        """Build everything."""
        front = self._front_matter()
        for number, part in enumerate(self.draft.parts):
            first = len(self.units)
            self._part(part, number)
            header = read_header(
                self.draft.whole.text, self.draft.paragraphs, part, self.knowledge, front=front if number == 0 else ""
            )
            self.parts.append(Part(first, len(self.units), header, part.annex))
        self._furniture()
        places = Places(self.draft.flow) if self.notes else None
        footnotes = tuple(self._footnote(n, unit, places) for n, unit in sorted(self.notes.items()) if places)
        return Segmentation(self.draft.whole, tuple(self.units), tuple(self.tables), footnotes, tuple(self.parts))

    def _front_matter(self) -> str:
        """Return what stands above the document: a converter's front matter, a web page's table of facts."""
        lines = self.draft.lines
        if 0 not in self.draft.furniture:
            return ""
        last = next((n for n in range(len(lines)) if n not in self.draft.furniture), len(lines))
        return "\n".join(line.words for line in lines[: min(last, 400)] if line.words != "|")

    def _part(self, part: PartDraft, number: int) -> None:
        opening = {zone.first for zone in part.zones if zone.kind == "document"}
        titles = [zone for zone in part.zones if zone.kind == "title"]
        zones = {zone.first: zone for zone in part.zones if zone.kind not in ("document", "title")}
        zones.update({zone.first: zone for zone in titles if zone.first not in zones})
        outliner = Outliner(self.draft.flow.text, self.knowledge.structure, self.units, number, lists=self._lists)
        n = part.first
        while n < part.last:
            if n in opening:
                first = self.draft.paragraphs[n]
                self._add("document", first.start, first.end, number)
                if n not in zones:
                    n += 1
                    continue
            if n in zones:
                index = len(self.units)
                n = self._zone(zones[n], titles, number)
                if self.units[index].kind == "annex":
                    outliner.nest.root = index
            else:
                self._paragraph(n, outliner, number)
                n += 1

    def _zone(self, zone: Zone, titles: list[Zone], number: int) -> int:
        paragraphs = self.draft.paragraphs
        start, end = paragraphs[zone.first].start, paragraphs[zone.last - 1].end
        marker = None
        if zone.kind == "annex":
            marker = annex_marker(self.draft.flow.text[start : paragraphs[zone.first].end])
        self._add(zone.kind, start, end, number, marker)
        for title in titles:
            if zone.first < title.first < zone.last:
                self._add("title", paragraphs[title.first].start, paragraphs[title.last - 1].end, number)
        return zone.last

    def _add(self, kind: str, start: int, end: int, number: int, marker: str | None = None, parent: int = -1) -> None:
        self.units.append(Unit(kind, start, end, start, marker, parent, number))

    def _paragraph(self, n: int, outliner: Outliner, number: int) -> None:
        paragraph = self.draft.paragraphs[n]
        if paragraph.source == "cell":
            self._cell(paragraph, outliner.nest.parent, number)
        elif paragraph.source == "note":
            if paragraph.owner not in self.notes:
                self.notes[paragraph.owner] = len(self.units)
                label = self.draft.notes[paragraph.owner].label
                self._add("footnote", paragraph.start, paragraph.end, number, label, outliner.nest.parent)
            else:
                self._add("body", paragraph.start, paragraph.end, number, None, self.notes[paragraph.owner])
            outliner.after_note(self.notes[paragraph.owner])
        else:
            marks = self.draft.marks
            indent, level = -1, 0
            if marks.bullets or marks.hashes:
                start = self.draft.lines[paragraph.line].start
                indent, level = marks.bullets.get(start, -1), marks.hashes.get(start, 0)
            outliner.paragraph(paragraph, indent, level)

    def _cell(self, paragraph: Paragraph, parent: int, number: int) -> None:
        owner = paragraph.owner
        if owner not in self._table_unit:
            self._table_unit[owner] = len(self.units)
            self._table(owner, parent, number)
        self._add("cell", paragraph.start, paragraph.end, number, None, self._table_unit[owner])

    def _table(self, owner: int, parent: int, number: int) -> None:
        table, rows = self.draft.tables[owner], self.draft.cells[owner]
        spans = [span for row in rows for span in row if span[1] > span[0]]
        plain, view = self.draft.lines, self.draft.plain
        raw_start = view.offset(plain[table.first].start)
        raw_end = view.offset(plain[table.last - 1].end - 1) + 1
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        self.units.append(Unit("table", start, end, start, None, parent, number, 0, raw_start, raw_end))
        head = max(table.header, 1)
        header = self._header(rows[:head])
        goes_on = self._goes_on(rows, head)
        if goes_on is not None:
            header, head = self.tables[-1].header, goes_on
        self.tables.append(
            Table(
                unit=len(self.units) - 1,
                header=header,
                rows=tuple(tuple(Cell(*span) for span in row) for row in rows[head:]),
                groups=tuple(self._is_group(row) for row in rows[head:]),
                parent=parent,
                part=number,
            )
        )

    def _goes_on(self, rows: list[list[tuple[int, int]]], head: int) -> int | None:
        """Return the first row of a table that goes on with the one above on a new page, None where it does not.

        Its first row, or the one below headings a converter has made up, carries the next number.
        """
        above = self.tables[-1] if self.tables else None
        if above is None or head > 1 or not rows or len(rows[0]) != len(above.header) or len(rows[0]) < _FEWEST_COLUMNS:
            return None
        text = self.draft.flow.text
        last = next(
            (n for row in reversed(above.rows) if row and (n := row_number(text[row[0].start : row[0].end]))), 0
        )
        if last and row_number(text[slice(*rows[0][0])]) == last + 1:
            return 0
        made_up = sum(_MADE_UP.fullmatch(text[slice(*span)]) is not None for span in rows[0]) * 2 >= len(rows[0])
        return 1 if made_up and len(rows) > 1 and row_number(text[slice(*rows[1][0])]) > last else None

    def _is_group(self, row: list[tuple[int, int]]) -> bool:
        """Whether a row holds little more than a name, or the same name in each cell, as where cells were merged."""
        filled = [self.draft.flow.text[s:e] for s, e in row if e > s]
        return len(row) != 2 and (len(filled) <= 2 or len(set(filled[1:])) == 1)

    def _header(self, rows: list[list[tuple[int, int]]]) -> tuple[str, ...]:
        text = self.draft.flow.text
        width = max((len(row) for row in rows), default=0)
        return tuple(
            " ".join(text[row[k][0] : row[k][1]].replace("\n", " ") for row in rows if k < len(row)).strip()
            for k in range(width)
        )

    def _footnote(self, n: int, unit: int, places: Places) -> Footnote:
        note = self.draft.notes[n]
        return Footnote(unit, note.label, places.flow(note.call) if note.call >= 0 else -1)

    def _furniture(self) -> None:
        """Add the stretches of furniture lines; they hold no words of the flow, only of the raw text."""
        lines, view = self.draft.lines, self.draft.plain
        end = len(self.draft.flow.text)
        run: list[int] = []
        for n in [*sorted(self.draft.furniture), -2]:
            if run and n != run[-1] + 1:
                first, last = view.offset(lines[run[0]].start), view.offset(lines[run[-1]].end - 1) + 1
                self.units.append(Unit("furniture", end, end, end, None, -1, 0, 0, first, last))
                run = []
            run.append(n)


def row_number(words: str) -> int:
    """Return the number of a table's row ("12."), 0 where it has none."""
    found = _NUMBER.fullmatch(words)
    return int(found[1]) if found else 0


def annex_marker(words: str) -> str:
    """Return an annex's marker: "PHỤ LỤC II" of "PHỤ LỤC II. DANH MỤC", "Mẫu số 01"."""
    pieces = words.replace(":", " ").replace(".", " ").split()
    marker = pieces[:2]
    for piece in pieces[2:4]:
        if piece.lower() in ("số",) or piece[:1].isdigit() or (piece.isupper() and not piece.strip("IVXLC")):
            marker.append(piece)
        else:
            break
    return " ".join(marker)


class Places:
    """Finds the flow offsets of plain offsets."""

    def __init__(self, flow: View) -> None:
        ends = (*flow.at[1:], len(flow.text))
        self._pieces = sorted((to, at, end) for at, to, end in zip(flow.at, flow.to, ends, strict=True))

    def flow(self, plain: int) -> int:
        """Return the flow offset that stands for `plain`, or for the end of what precedes it; -1 without."""
        k = bisect_right(self._pieces, (plain, 1 << 60, 0)) - 1
        if k < 0:
            return -1
        to, at, end = self._pieces[k]
        return min(at + plain - to, end)


def build_units(draft: Draft, knowledge: Knowledge) -> Segmentation:
    """Return the segmentation made of `draft`."""
    return Assembler(draft, knowledge).run()
