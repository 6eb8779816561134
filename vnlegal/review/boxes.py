"""From a box drawn on the picture of a page to the words under it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnlegal.records import Box, Layout, PlaceSpan

_WORD = re.compile(r"\S+")
_ENOUGH = 0.4  # of the width and of the height of a word


def words_under(layout: Layout, text: str, page: int, box: Box) -> tuple[int, int] | None:
    """Return the stretch from the first to the last word that a box on a page covers, None where it covers none.

    A word of a printed line stands where its share of the line's characters puts it, right to a few points.
    """
    found = [
        span
        for place in layout.places
        if place.page == page and place.file is None and place.box is not None and _meet(place.box, box)
        for span, own in _words(place, text)
        if _covers(box, own)
    ]
    return (min(start for start, _ in found), max(end for _, end in found)) if found else None


def _words(place: PlaceSpan, text: str) -> Iterator[tuple[tuple[int, int], Box]]:
    if place.words:
        yield from (((word.start, word.end), word.box) for word in place.words)
        return
    for match in _WORD.finditer(text, place.start, place.end):
        own = place.clipped(match.start(), match.end()).box
        if own is not None:
            yield match.span(), own


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _covers(box: Box, word: Box) -> bool:
    """Whether a box holds enough of a word, or is itself drawn inside it, in width and in height."""
    return all(_shares(box[low], box[high], word[low], word[high]) for low, high in ((0, 2), (1, 3)))


def _shares(low: float, high: float, begin: float, end: float) -> bool:
    common = min(high, end) - max(low, begin)
    return common > 0 and (common >= _ENOUGH * (end - begin) or common >= high - low)
