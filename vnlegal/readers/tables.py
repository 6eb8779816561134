"""Ruled tables of PDF pages: found by their lines, read cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from vnlegal.readers.pages import Line

Box = tuple[float, float, float, float]
Cell = tuple[str, int, Box] | None

_LEAST_RULES = 3
_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table: rows of cells (words, page, box); None where a merged cell covers the place."""

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    last_page: int

    def goes_on(self, table: PageTable) -> bool:
        """Whether `table`, on the next page, is the rest of this one: the same columns at the same places."""
        return (
            table.page == self.last_page + 1
            and len(self.edges) == len(table.edges)
            and all(abs(a - b) < _NEAR for a, b in zip(self.edges, table.edges, strict=True))
        )

    def joined(self, table: PageTable) -> PageTable:
        """Return this table with the rows of its rest, a repeated heading left out."""
        rows = table.rows
        if rows and self.rows and _words(rows[0]) == _words(self.rows[0]):
            rows = rows[1:]
        return replace(self, rows=(*self.rows, *rows), last_page=table.last_page)


def _words(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell[0] if cell else "" for cell in row)


def lines_and_tables(
    lines: list[Line], page: Any, textpage: Any, data: bytes, number: int, height: float
) -> tuple[list[Line], list[PageTable]]:
    """Return the lines outside ruled tables, and the tables.

    Pages without enough rules are not looked at further: most pages of a law have none.
    """
    if not _has_rules(page):
        return lines, []
    import pdfplumber

    try:
        with pdfplumber.open(BytesIO(data), pages=[number]) as pdf:
            found = pdf.pages[0].find_tables() if pdf.pages else []
            shapes = [([list(row.cells) for row in t.rows], t.bbox) for t in found]
    except Exception:  # pdfplumber has no base error; without its tables the page is still read as lines
        return lines, []
    tables = []
    for rows, (left, top, right, bottom) in shapes:
        if len(rows) < 2 or max(len(r) for r in rows) < 2:
            continue
        inside = [
            x
            for x in lines
            if left - 2 <= (x.left + x.right) / 2 <= right + 2 and top - 2 <= (x.top + x.bottom) / 2 <= bottom + 2
        ]
        if not inside:
            continue
        lines = [x for x in lines if x not in inside]
        cells = tuple(tuple(_cell(box, textpage, number, height) for box in row) for row in rows)
        edges = tuple(sorted({round(box[0], 0) for row in rows for box in row if box} | {round(right, 0)}))
        tables.append(PageTable(number, top, bottom, edges, cells, number))
    return lines, tables


def _cell(box: Box | None, textpage: Any, number: int, height: float) -> Cell:
    if box is None:
        return None
    left, top, right, bottom = box
    words = textpage.get_text_bounded(left=left, bottom=height - bottom, right=right, top=height - top)
    words = " ".join(words.replace("\ufffe", "-").replace("\x02", "-").split())
    return words, number, (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def _has_rules(page: Any) -> bool:
    """Whether a page has enough level and upright rules to hold a table."""
    from pypdfium2 import raw

    level = upright = 0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        width, tall = right - left, top - bottom
        box = width > 20 and tall > 10
        level += (width > 20 and tall < 3) or box
        upright += (tall > 8 and width < 3) or box
        if level >= _LEAST_RULES and upright >= _LEAST_RULES:
            return True
    return False
