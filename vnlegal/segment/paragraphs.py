"""The flow: lines joined to paragraphs in reading order, table cells apart, footnotes after what they interrupt."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.footnotes import Note, call_cuts
from vnlegal.segment.joins import Above, joins, names_the_state
from vnlegal.segment.lines import Line, is_rule
from vnlegal.segment.markup import Marks
from vnlegal.segment.model import made
from vnlegal.segment.tables import RawTable
from vnlegal.segment.wrapping import WrapStyle
from vnlegal.text import Builder, View, fold

_HEADS = frozenset(("part", "chapter", "section", "subsection"))
_LABELS = _HEADS | {"article"}
_QUOTED_ARTICLE = re.compile(r"[“\"]Điều \d{1,3}[a-zđ]?\.?$")
_HEAD_LINES = 12
_LONGEST_ISSUER = 90
# Bodies that issue nothing under their own name below a title: their heads do.
# At which session a council decided, below its name.
_SESSION = re.compile(r"\(?(?:KH[ÓO][ÁA]?|Kh[óo][áa]?|KỲ HỌP|Kỳ họp|NHIỆM KỲ|Nhiệm kỳ|Từ ngày|Ngày) ?[\dIVXLTt]")
_NO_ISSUER = re.compile(r"BỘ (?!TRƯỞNG|CHÍNH TRỊ)|NGÂN HÀNG|TỔNG CỤC (?!TRƯỞNG)")
_SHORT_LINE = 30
# How a title's line in capitals ends that goes on with the name of a body ("LUẬT TỔ CHỨC⏎CHÍNH PHỦ").
_TITLE_GOES_ON = re.compile(r"(?:,|[^\w](?:TỔ CHỨC|PHÒNG|TRƯỞNG|CHỦ TỊCH))$")
_CUT_MARKERS = frozenset(("Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Mục", "MỤC"))


_PLAIN = WrapStyle()


def _is_closed(above: Above) -> bool:
    """Whether it shows at once that nothing goes on the line above: it ends a sentence."""
    return above.line.words[-1] in ".:!?" and above.label is None


class Paragraph(NamedTuple):
    """A paragraph of the flow.

    `source`: text, cell, note or furniture. `line`: index of its first line, `last` of its last. `marker`: the key of
    the section marker it begins with, `marker_end` the flow offset after it. `role`: what its first words show.
    `owner`: index of the table or note it belongs to.
    """

    start: int
    end: int
    source: str
    line: int
    last: int
    marker: str | None
    marker_end: int
    role: str | None
    bold: bool
    owner: int = -1
    row: int = -1
    column: int = -1


# How an open paragraph began: the fields of a Paragraph but for its end and last line.
Opening = tuple[int, str, int, str | None, int, str | None, bool, int, int, int]


class Writer:
    """Writes lines into the flow, one paragraph after the other."""

    def __init__(
        self, text: str, lines: list[Line], marks: Marks, style: WrapStyle, knowledge: StructureKnowledge
    ) -> None:
        self.lines = lines
        self.cuts: dict[int, list[tuple[int, int]]] = {}
        self.marks = marks
        self.style = style
        self.knowledge = knowledge
        self._marker = knowledge.marker.match
        self._has_bold = bool(marks.bold)
        self._breaks_sentences = self._has_bold or style.width > 0
        self.out = Builder(text)
        self.paragraphs: list[Paragraph] = []
        self._open: Opening | None = None
        self._last = 0
        self._above: Above | None = None
        self._waiting: list[tuple[int, Note]] = []
        self._title = False
        self._head = 0

    def line(self, n: int) -> None:
        """Write line `n` of the running text: on to the open paragraph, or as a new one."""
        line = self._without_calls(n) if n in self.cuts else self.lines[n]
        words = line.words
        first = words[0]
        found = self._marker(words)
        marker = role = None
        if found is not None:
            marker = found.lastgroup
        elif first.isupper() or first == "(":
            role = self.role(words)
        bold = self._has_bold and self.marks.bold_end(line.start) >= 0
        above = self._above
        if role == "motto" or self._head:
            if role == "motto" and above is not None and names_the_state(above.line.words, words, self.style):
                self._go_on(n, line, above)
                return
            self._head = self._head_left(words, role, marker)
        if above is not None:
            if marker is not None:
                may_join = above.line.words[-1] not in ".;:!?"
            else:
                may_join = self._breaks_sentences or first.islower() or not _is_closed(above)
            if above.title and self._names_issuer(n, above.line):
                may_join = False
            if may_join and self._joins(above, line, marker, role, bold):
                self._go_on(n, line, above)
                return
        self.close()
        self._begin_at(line, "text", n, marker, found.end() if found else 0, role, bold)
        whole = self._has_bold and self._is_bold(line)
        label, heading = None, self._title
        if marker in _LABELS and found is not None:
            if found.end() >= len(words) - 1:
                label, heading = marker, heading or marker in _HEADS
            elif marker in _HEADS and words[found.end() :].isupper():  # "Mục 5: GHI VÀO SỔ …"
                heading, line = True, line._replace(words=words[found.end() :].lstrip())
        elif first in '“"' and _QUOTED_ARTICLE.match(words):
            label = "article"
        self._above = made(Above, (line, words[:40], True, whole, heading, role, label))
        self._title = role == "type"

    def _joins(self, above: Above, line: Line, marker: str | None, role: str | None, bold: bool) -> bool:
        """Whether a line goes on the open paragraph, whose last line is `above`."""
        marks = self.marks
        if line.start in marks.bullets:
            return False
        return joins(
            above,
            line,
            style=_PLAIN if self._head and not self.style.web else self.style,
            marker=marker,
            role=role,
            bold=bold,
            same_bold=self._has_bold and marks.in_bold(above.line.end, line.start),
            knowledge=self.knowledge,
        )

    def _names_issuer(self, n: int, above: Line) -> bool:
        """Whether line `n`, below the title's line `above`, names who issues the document: bases follow it."""
        words = self.lines[n].words
        if len(words) > _LONGEST_ISSUER or not words.isupper() or _NO_ISSUER.match(words):
            return False
        if not self.knowledge.issuer.match(fold(words)):
            return False
        if self.knowledge.dangles(above.words) or _TITLE_GOES_ON.search(above.words):
            return False
        below = [line for line in self.lines[n + 1 : n + 6] if not _SESSION.match(line.words)][:2]
        return any(
            self.knowledge.role(line.words) == "basis" and all(one.words.isupper() for one in below[:k])
            for k, line in enumerate(below)
        )

    def _go_on(self, n: int, line: Line, above: Above) -> None:
        """Write line `n` on to the open paragraph."""
        self.out.add(" ", above.line.end)
        self._write(n, line.words)
        self._last = n
        role = "addressees" if above.role == "addressees" else None
        if above.is_first and len(above.line.words) < _SHORT_LINE:
            opening = above.opening + " " + line.words
            if above.opening in _CUT_MARKERS:
                self._mark(opening)
            role = self._opened(opening) or role
            self._title = role == "type"
        whole = above.bold and self._is_bold(line)
        self._above = Above(line, above.opening, False, whole, above.title or role == "type", role)

    def _without_calls(self, n: int) -> Line:
        line = self.lines[n]
        words, done = "", line.start
        for start, end in self.cuts[n]:
            words += line.words[done - line.start : start - line.start]
            done = end
        return line._replace(words=words + line.words[done - line.start :])

    def _write(self, n: int, words: str) -> None:
        """Write the words of line `n`, leaving footnote calls out."""
        line = self.lines[n]
        if n not in self.cuts:
            self.out.add(words, line.start)
            return
        done = line.start
        for start, end in self.cuts[n]:
            self.out.add(line.words[done - line.start : start - line.start], done)
            done = end
        self.out.add(line.words[done - line.start :], done)

    def _opened(self, words: str) -> str | None:
        """Return the role of the open paragraph, read again where a break cut its first words ("Kính⏎gửi: …")."""
        if self._open is None or self._open[3] or self._open[5] or not (words[0].isupper() or words[0] == "("):
            return None
        start, source, line, marker, size, _, bold, owner, row, column = self._open
        role = self.role(words)
        if role is not None:
            self._open = start, source, line, marker, size, role, bold, owner, row, column
        return role

    def _mark(self, words: str) -> None:
        """Give the open paragraph its marker where a line break stands inside the marker ("Điều⏎1. …")."""
        found = self.knowledge.marker.match(words)
        if found and self._open is not None:
            start, source, line, _, _, role, bold, owner, row, column = self._open
            self._open = start, source, line, found.lastgroup, start + found.end(), role, bold, owner, row, column

    def _head_left(self, words: str, role: str | None, marker: str | None) -> int:
        """Return how many more lines may belong to a letterhead, whose lines stand each for themselves."""
        if role == "motto":
            return _HEAD_LINES
        if role in ("type", "addressees", "basis", "resolves") or marker or len(words) > 120:
            return 0
        return max(self._head - 1, 0)

    def role(self, words: str) -> str | None:
        """Return what a line's first words show it to be for."""
        return self.knowledge.role(words) or ("type" if self.knowledge.is_type(words) else None)

    def _is_bold(self, line: Line) -> bool:
        return self.marks.in_bold(line.start + 1, line.start + 2) and self.marks.in_bold(line.end - 2, line.end - 1)

    def cell(
        self, lines: tuple[Line, ...], first: int, owner: int, row: int, column: int, *, source: str = "cell"
    ) -> tuple[int, int]:
        """Write a table cell, and return its flow span. Its lines are joined but for lists and sentences."""
        self.close()
        place = -1
        above: Line | None = None
        for line in lines:
            if is_rule(line.words):
                continue
            found = self.knowledge.marker.match(line.words)
            role = self.role(line.words) if line.words[0].isupper() else None
            if above is not None and self._cell_goes_on(above, line, found is not None, role):
                self.out.add(" ", above.end)
                self.out.add(line.words, line.start)
                if source == "text" and len(above.words) < _SHORT_LINE:
                    self._opened(above.words + " " + line.words)
            else:
                self.close()
                marker = found.lastgroup if found else None
                bold = self.marks.bold_end(line.start) >= 0
                start = self._begin_at(
                    line, source, first, marker, found.end() if found else 0, role, bold, owner, row, column
                )
                place = start if place < 0 else place
            above = line
        self.close()
        return (place, self.out.size) if place >= 0 else (self.out.size, self.out.size)

    def _cell_goes_on(self, above: Line, line: Line, marker: bool, role: str | None) -> bool:
        if above.words[:3].isupper() and above.words[-1] != "," and self.knowledge.is_signers_title(line.words):
            return False
        if self.marks.in_bold(above.end, line.start) and role != "signature":
            return True
        if line.words[0].islower():
            return True
        if role in ("motto", "recipients", "signature", "number", "subject") or marker:
            return False
        if above.words[-1] in ".;:":
            return False
        one, two = above.words, line.words
        if one.isupper() and len(one) > 4 and not two.isupper():
            return False
        return not (self.marks.bold_end(above.start) >= above.end - 1 and self.marks.bold_end(line.start) < 0)

    def note(self, note: Note, index: int) -> None:
        """Keep a footnote's text back until the paragraph it interrupts is complete."""
        self._waiting.append((index, note))

    def close(self) -> None:
        """End the open paragraph, and write the footnotes that waited for it."""
        if self._open is not None:
            self._end()
        self._above = None
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for index, note in waiting:
                self._write_note(note, index)

    def _end(self) -> None:
        """Add the open paragraph to the finished ones."""
        if self._open is None:
            return
        start, source, line, marker, marker_end, role, bold, owner, row, column = self._open
        end, last = self.out.size, self._last
        self.paragraphs.append(
            made(Paragraph, (start, end, source, line, last, marker, marker_end, role, bold, owner, row, column))
        )
        self._open = None

    def _write_note(self, note: Note, index: int) -> None:
        above: Line | None = None
        for n in note.lines:
            line = self.lines[n]
            if above is None:
                self._begin(n, "note", None, 0, None, False, index)
            elif above.words[-1] in ".;”" and line.words[0] in "-“":
                self._end()
                self._begin(n, "note", None, 0, None, False, index)
            else:
                self.out.add(" ", above.end)
                self.out.add(line.words, line.start)
            above = line
        self._end()

    def _begin(
        self, n: int, source: str, marker: str | None, size: int, role: str | None, bold: bool, owner: int = -1
    ) -> None:
        self._begin_at(self.lines[n], source, n, marker, size, role, bold, owner)

    def _begin_at(
        self, line: Line, source: str, n: int, marker: str | None, size: int, role: str | None, bold: bool,
        owner: int = -1, row: int = -1, column: int = -1,
    ) -> int:  # fmt: skip
        """Open a paragraph with `line`, and return its place in the flow."""
        out, start = self.out, line.start
        cut = n in self.cuts and source == "text" and start == self.lines[n].start
        begin = out.size + 1 if out.size else 0
        if begin and start and not cut:
            out.add("\n" + line.words, start - 1)
        else:
            out.add("\n" if begin else "", max(start - 1, 0))
            if cut:
                self._write(n, line.words)
            else:
                out.add(line.words, start)
        self._open = (begin, source, n, marker, begin + size, role, bold, owner, row, column)
        self._last = n
        return begin

    def view(self) -> View:
        """Return the flow as a view of the plain text."""
        self.close()
        return self.out.view()


def write_flow(
    text: str,
    lines: list[Line],
    *,
    marks: Marks,
    style: WrapStyle,
    furniture: set[int],
    tables: list[RawTable],
    notes: list[Note],
    knowledge: StructureKnowledge,
) -> tuple[View, list[Paragraph], list[list[list[tuple[int, int]]]]]:
    """Return the flow of `text`, its paragraphs, and for each table its rows of cell spans."""
    writer = Writer(text, lines, marks, style, knowledge)
    writer.cuts = call_cuts(lines, notes)
    cells: list[list[list[tuple[int, int]]]] = [[] for _ in tables]
    opening_note = {note.lines[0]: k for k, note in enumerate(notes) if note.lines}
    in_note = {n for note in notes for n in note.lines}
    starts = {table.first: k for k, table in enumerate(tables)}
    n = 0
    while n < len(lines):
        words = lines[n].words
        if n in starts:
            k = starts[n]
            table = tables[k]
            for r, row in enumerate(table.rows):
                source = "text" if table.layout else "cell"
                spans = [writer.cell(cell.lines, n, k, r, c, source=source) for c, cell in enumerate(row)]
                cells[k].append(spans)
            writer.close()
            n = max(table.last, n + 1)
            continue
        if n in opening_note:
            writer.note(notes[opening_note[n]], opening_note[n])
        elif n in furniture or n in in_note:
            pass
        elif not words[0].isalnum() and is_rule(words):
            writer.close()
        else:
            writer.line(n)
        n += 1
    return writer.view(), writer.paragraphs, cells
