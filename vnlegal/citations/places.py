"""Where in the document a stretch of the flow stands: its article, clause and point."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from vnlegal.citations.pinpoints import Place
from vnlegal.citations.quotes import Region
from vnlegal.segment import Segmentation

_BEGINS = re.compile(
    r"[“\"]?(?:(?:Điều|ĐIỀU) (?P<dieu>\d{1,3}[a-zđ]{0,2})(?=[.:\n]|$| [A-ZĐÂĂÊÔƠƯÁÀẢẠ])|(?P<khoan>\d{1,3}[a-zđ]?)\. ?(?=\D)"
    r"|(?P<diem>[a-zđ]\d?)\) ?|(?:Chương|CHƯƠNG) (?P<chuong>[IVXLC]+|\d+)|(?:Mục|MỤC) (?P<muc>\d+|[IVX]+))"
)
_NOWHERE = Place()
_NO_PLACES = frozenset({"footnote", "cell", "table", "furniture", "recipients", "signature"})


# A quotation shorter than this is words, not provisions.
_LONG_QUOTE = 200


class Places:
    """Tells in which article, clause and point an offset of the flow stands."""

    def __init__(self, segmentation: Segmentation, quotes: Sequence[Region]) -> None:
        """Walk once through the paragraphs; after a quoted provision the place is what it was before."""
        text = segmentation.flow.text
        long_quotes = [quote for quote in quotes if quote[1] - quote[0] >= _LONG_QUOTE]
        calls = {note.unit: note.anchor for note in segmentation.footnotes if note.anchor >= 0}
        self._notes = [(segmentation.units[n].start, segmentation.units[n].end, at) for n, at in sorted(calls.items())]
        self._starts: list[int] = []
        self._places: list[Place] = []
        self._steps: list[tuple[str, str]] = []
        self.has_articles = False
        starts = {unit.start for unit in segmentation.units if unit.kind not in _NO_PLACES}
        place = outside = _NOWHERE
        quote, n = (0, 0), 0
        for start in sorted(starts.union(first for first, _ in long_quotes)):
            if start > quote[1]:
                place = outside
                while n < len(long_quotes) and long_quotes[n][1] < start:
                    n += 1
                quote = long_quotes[n] if n < len(long_quotes) else (1 << 60, 1 << 60)
            match = _BEGINS.match(text, start)
            if match is not None:
                step = (match.lastgroup or "", match[match.lastgroup or 0])
                place = _over(place, step)
                self._steps.append(step)
                self.has_articles = self.has_articles or match.lastgroup == "dieu"
                self._starts.append(start)
                self._places.append(place)
            if start < quote[0]:
                outside = place

    def at(self, offset: int) -> Place:
        """Return the place of the flow offset `offset`; a footnote stands where its call does."""
        for start, end, call in self._notes:
            if start <= offset < end:
                offset = call
                break
        n = bisect_right(self._starts, offset) - 1
        return self._places[n] if n >= 0 else _NOWHERE

    def within(self, region: Region, offset: int, base: Place) -> Place:
        """Return the place of `offset` in a quoted text that goes into the place `base`."""
        first = bisect_left(self._starts, region[0])
        place = base
        for n in range(first, bisect_right(self._starts, offset)):
            place = _over(place, self._steps[n])
        return place


def _over(place: Place, step: tuple[str, str]) -> Place:
    """Return the place after the marker `step` (unit, label) in `place`."""
    unit, label = step
    if unit == "dieu":
        return Place(label, None, None, place.chuong, place.muc)
    if unit == "khoan":
        return place._replace(khoan=label, diem=None)
    if unit == "diem":
        return place._replace(diem=label)
    return Place(chuong=label) if unit == "chuong" else Place(chuong=place.chuong, muc=label)
