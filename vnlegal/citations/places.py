"""Where in the document a stretch of the flow stands: its article, clause and point."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnlegal.citations.pinpoints import Place
from vnlegal.citations.quotes import Region, is_provision
from vnlegal.segment import Segmentation

_BEGINS = re.compile(
    r"[“\"]?(?:(?:Điều|ĐIỀU) (?P<dieu>\d{1,3}[a-zđ]{0,2})(?=[.:\n]|$| [A-ZĐÂĂÊÔƠƯÁÀẢẠ])"
    r"|(?P<khoan>\d{1,3}[a-zđ]?)\. ?(?=\D)|(?P<diem>[a-zđ]\d?)\) ?"
    r"|(?:Chương|CHƯƠNG) (?P<chuong>[IVXLC]+|\d+)|(?:Mục|MỤC) (?P<muc>\d+|[IVX]+))"
)
_NO_PLACES = frozenset({"footnote", "cell", "table", "furniture", "recipients", "signature"})
_UNITS = ("dieu", "khoan", "diem", "chuong", "muc")


_OPENING = '“"‘‟'


class _Marks:
    """The markers of one text, the document's or a quotation's, each unit's by themselves."""

    def __init__(self) -> None:
        self.starts: dict[str, list[int]] = {unit: [] for unit in _UNITS}
        self.labels: dict[str, list[str]] = {unit: [] for unit in _UNITS}

    def last(self, unit: str, offset: int, after: int = -1) -> tuple[str | None, int]:
        """Return the last label of `unit` at or before `offset` and behind `after`, with its place."""
        starts = self.starts[unit]
        n = bisect_right(starts, offset) - 1
        return (self.labels[unit][n], starts[n]) if n >= 0 and starts[n] > after else (None, after)


class Places:
    """Tells in which article, clause and point an offset of the flow stands."""

    def __init__(self, segmentation: Segmentation, quotes: Sequence[Region]) -> None:
        """Walk once through the paragraphs; quoted provisions are kept apart from the document's own."""
        text = segmentation.flow.text
        self._quotes = [quote for quote in quotes if is_provision(text, quote)]
        calls = {note.unit: note.anchor for note in segmentation.footnotes if note.anchor >= 0}
        self._notes = sorted((segmentation.units[n].start, segmentation.units[n].end, at) for n, at in calls.items())
        self._own = _Marks()
        self._quoted = [_Marks() for _ in self._quotes]
        starts = [unit.start for unit in segmentation.units if unit.kind not in _NO_PLACES]
        starts += [quote[0] for quote in self._quotes]
        begins = _BEGINS.match
        for start in sorted(starts):
            match = begins(text, start)
            if match is None:
                continue
            inside = start + (text[start] in _OPENING)  # a quoted unit begins with its quotation mark
            quote = self._quote(inside) if self._quotes else -1
            marks, unit = self._own if quote < 0 else self._quoted[quote], match.lastgroup or ""
            marks.starts[unit].append(start)
            marks.labels[unit].append(match[unit])
        self.has_articles = any(marks.starts["dieu"] for marks in (self._own, *self._quoted))

    def _quote(self, offset: int) -> int:
        n = bisect_right(self._quotes, (offset, 1 << 60)) - 1
        return n if n >= 0 and self._quotes[n][0] <= offset < self._quotes[n][1] else -1

    def at(self, offset: int) -> Place:
        """Return the place of the flow offset `offset` in the document; a footnote stands where its call does."""
        n = bisect_right(self._notes, (offset, 1 << 60)) - 1
        if n >= 0 and offset < self._notes[n][1]:
            offset = self._notes[n][2]
        return self._read(self._own, offset, Place())

    def within(self, offset: int, base: Place) -> Place:
        """Return the place of `offset` in the quoted text it stands in, which goes into the place `base`."""
        quote = self._quote(offset)
        return self._read(self._quoted[quote], offset, base) if quote >= 0 else base

    def _read(self, marks: _Marks, offset: int, base: Place) -> Place:
        chuong, _ = marks.last("chuong", offset)
        article, at = marks.last("dieu", offset)
        clause, behind = marks.last("khoan", offset, at)
        point, _ = marks.last("diem", offset, behind)
        muc, _ = marks.last("muc", offset)
        if article is not None:
            return Place(article, clause, point, chuong or base.chuong, muc or base.muc)
        if clause is not None:
            return base._replace(khoan=clause, diem=point)
        return base._replace(diem=point) if point is not None else base._replace(chuong=chuong or base.chuong)
