"""Where in the document a stretch of the flow stands: its article, clause and point."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnlegal.citations.pinpoints import Place
from vnlegal.citations.quotes import Region
from vnlegal.segment import Segmentation

_BEGINS = re.compile(
    r"[“\"]?(?:(?:Điều|ĐIỀU) (?P<dieu>\d{1,3}[a-zđ]{0,2})(?=[.:\n]|$| [A-ZĐÂĂÊÔƠƯÁÀẢẠ])|(?P<khoan>\d{1,3}[a-zđ]?)\. ?(?=\D)"
    r"|(?P<diem>[a-zđ]\d?)\) ?|(?:Chương|CHƯƠNG) (?P<chuong>[IVXLC]+|\d+)|(?:Mục|MỤC) (?P<muc>\d+|[IVX]+))"
)
_NOWHERE = Place()


class Places:
    """Answers, for rising or falling offsets, in which article, clause and point an offset stands."""

    def __init__(self, segmentation: Segmentation, quotes: Sequence[Region]) -> None:
        self._starts: list[int] = []
        self._places: list[Place] = []
        self.has_articles = False
        notes = {note.unit: note.anchor for note in segmentation.footnotes if note.anchor >= 0}
        self._anchors: dict[int, int] = {}
        text = segmentation.flow.text
        place = outside = _NOWHERE
        ends = iter((*quotes, (1 << 60, 1 << 60)))
        quote = next(ends)
        for n, unit in enumerate(segmentation.units):
            if unit.kind == "footnote":
                if n in notes:
                    self._anchors[unit.start] = notes[n]
                continue
            while unit.start > quote[1]:
                if quote[1] - quote[0] > 200:
                    place = outside
                quote = next(ends)
                outside = place
            if unit.start < quote[0]:
                outside = place
            match = _BEGINS.match(text, unit.start)
            if match is None:
                continue
            place = _next(place, match)
            if match.lastgroup == "dieu":
                self.has_articles = True
                if unit.start < quote[0]:
                    outside = place
            self._starts.append(unit.start)
            self._places.append(place)

    def at(self, offset: int) -> Place:
        """Return the place of the flow offset `offset`."""
        n = bisect_right(self._starts, offset) - 1
        return self._places[n] if n >= 0 else _NOWHERE


def _next(place: Place, match: re.Match[str]) -> Place:
    kind, label = match.lastgroup, match[match.lastgroup or 0]
    if kind == "dieu":
        return Place(label, None, None, place.chuong, place.muc)
    if kind == "khoan":
        return place._replace(khoan=label, diem=None)
    if kind == "diem":
        return place._replace(diem=label)
    if kind == "chuong":
        return Place(chuong=label)
    return Place(chuong=place.chuong, muc=label)
