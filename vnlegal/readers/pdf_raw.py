"""pdfium asked directly for what is asked tens of thousands of times in a file: boxes of characters, paths drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

Box = tuple[float, float, float, float]


class CharBoxes:
    """The boxes of a text page's characters (left, bottom, right, top, in points from the lower left)."""

    def __init__(self, textpage: Any, raw: Any) -> None:
        self._page = textpage.raw
        self._tight, self._loose = raw.FPDFText_GetCharBox, raw.FPDFText_GetLooseCharBox
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._references = tuple(map(ctypes.byref, self._sides))
        self._rectangle = raw.FS_RECTF()
        self._reference = ctypes.byref(self._rectangle)

    def tight(self, index: int) -> Box:
        """Return the box of a character's ink; zeros where it has none."""
        left, right, bottom, top = self._sides  # the order in which pdfium gives them
        if not self._tight(self._page, index, *self._references):
            return 0.0, 0.0, 0.0, 0.0
        return left.value, bottom.value, right.value, top.value

    def loose(self, index: int) -> Box:
        """Return the box of a character as tall as its line; zeros where it has none."""
        if not self._loose(self._page, index, self._reference):
            return 0.0, 0.0, 0.0, 0.0
        box = self._rectangle
        return box.left, box.bottom, box.right, box.top


def paths(page: Any, raw: Any) -> Iterator[tuple[Any, Box]]:
    """Yield every path drawn on a page, also inside its forms, with its bounds (left, bottom, right, top)."""
    bounds = tuple(ctypes.c_float() for _ in range(4))
    references = tuple(map(ctypes.byref, bounds))
    left, bottom, right, top = bounds

    def inside(parent: Any, count: int, get: Any, depth: int) -> Iterator[tuple[Any, Box]]:
        for n in range(count):
            thing = get(parent, n)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(thing, *references):
                yield thing, (left.value, bottom.value, right.value, top.value)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
                yield from inside(thing, raw.FPDFFormObj_CountObjects(thing), raw.FPDFFormObj_GetObject, depth - 1)

    yield from inside(page.raw, raw.FPDFPage_CountObjects(page.raw), raw.FPDFPage_GetObject, 1)
