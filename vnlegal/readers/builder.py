"""Building the canonical text of a file that is not plain text, with what the format knows of its structure.

One paragraph a line, the cells of a table one after the other, footnotes at the end; the layout says which stretch
is which, and the places say where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vnlegal.records import (
    Box,
    CellSpan,
    Finding,
    FootnoteSpan,
    Layout,
    PageSpan,
    PlaceSpan,
    Severity,
    TableSpan,
    WordSpan,
)


@dataclass
class TextBuilder:
    """Collects paragraphs in reading order and remembers where each came from."""

    _parts: list[str] = field(default_factory=list)
    size: int = 0
    tables: list[TableSpan] = field(default_factory=list)
    footnotes: list[FootnoteSpan] = field(default_factory=list)
    pages: list[PageSpan] = field(default_factory=list)
    places: list[PlaceSpan] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    reader: str = ""

    def add(
        self,
        words: str,
        *,
        page: int | None = None,
        box: Box | None = None,
        where: str | None = None,
        confidence: float | None = None,
        boxes: Sequence[tuple[float, float, float, float, float]] = (),
    ) -> tuple[int, int]:
        """Append `words` where the text ends and return their span.

        `boxes` are left, top, right, bottom and confidence of the words one by one, as OCR gave them.
        """
        start = self.size
        self._parts.append(words)
        self.size += len(words)
        if words and (page is not None or where is not None):
            own = tuple(_words(words, start, boxes))
            self.places.append(
                PlaceSpan(start=start, end=self.size, page=page, box=box, where=where, confidence=confidence, words=own)
            )
        return start, self.size

    def last_word(self, begin: int) -> int:
        """Return where the words added since `begin` end, blanks and line feeds after them left out."""
        end = self.size
        for part in reversed(self._parts):
            if end <= begin:
                break
            kept = part.rstrip()
            if kept:
                return end - len(part) + len(kept)
            end -= len(part)
        return begin

    def break_line(self) -> None:
        """End the paragraph."""
        self._parts.append("\n")
        self.size += 1

    def add_table(self, start: int, rows: list[list[CellSpan]], header_rows: int) -> None:
        """Record the table whose cells have just been added from `start` on."""
        kept = tuple(tuple(row) for row in rows if row)
        if kept:
            self.tables.append(TableSpan(start=start, end=self.size, rows=kept, header_rows=header_rows))

    def extend(self, other: TextBuilder, *, file: str) -> None:
        """Append another document after this one, on a line of its own; `file` is its name in what holds both."""
        if self.size and not self._parts[-1].endswith("\n"):
            self.break_line()
        by = self.size
        self._parts.append(other.text)
        self.size += other.size
        # a plain text has no places of its own: the whole of it stands in its file
        places = other.places or [PlaceSpan(start=0, end=other.size)]
        self.places += [_moved(x, by, file) for x in places]
        self.pages += [
            x.model_copy(update={"start": x.start + by, "end": x.end + by, "file": _path(file, x.file)})
            for x in other.pages
        ]
        self.findings += [x.model_copy(update={"start": x.start + by, "end": x.end + by}) for x in other.findings]
        self.footnotes += [
            x.model_copy(
                update={
                    "start": x.start + by,
                    "end": x.end + by,
                    "anchor": x.anchor + by if x.anchor is not None else None,
                }
            )
            for x in other.footnotes
        ]
        self.tables += [
            TableSpan(
                start=x.start + by,
                end=x.end + by,
                rows=tuple(
                    tuple(c.model_copy(update={"start": c.start + by, "end": c.end + by}) for c in row)
                    for row in x.rows
                ),
                header_rows=x.header_rows,
            )
            for x in other.tables
        ]
        self.furniture += other.furniture

    def find(self, code: str, message: str, *, severity: Severity = "warning", start: int = 0, end: int = 0) -> None:
        """Record a finding of the reader."""
        self.findings.append(Finding(code=code, severity=severity, start=start, end=end, message=message))

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self._parts)

    def layout(self) -> Layout:
        """Return what is known of the structure."""
        return Layout(
            tables=tuple(self.tables),
            footnotes=tuple(self.footnotes),
            pages=tuple(self.pages),
            places=tuple(self.places),
            furniture=tuple(self.furniture),
        )


def _words(words: str, start: int, boxes: Sequence[tuple[float, float, float, float, float]]) -> Iterator[WordSpan]:
    """Yield the places of words that stand at `start`, where there is a box for each of them."""
    found = list(re.finditer(r"\S+", words)) if boxes else []
    if len(found) == len(boxes):
        for word, (left, top, right, bottom, confidence) in zip(found, boxes, strict=True):
            box = (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
            yield WordSpan(start=start + word.start(), end=start + word.end(), box=box, confidence=confidence)


def _moved(place: PlaceSpan, by: int, file: str) -> PlaceSpan:
    words = tuple(w.model_copy(update={"start": w.start + by, "end": w.end + by}) for w in place.words)
    moved = {"start": place.start + by, "end": place.end + by, "words": words, "file": _path(file, place.file)}
    return place.model_copy(update=moved)


def _path(outer: str, inner: str | None) -> str:
    return f"{outer}/{inner}" if inner else outer
