"""Totals in tables: the row "Tổng cộng" against the rows above or below it, the column "Tổng số" against its parts.

Which cells a total is the total of is read from the table itself: a way of adding that fits most columns (or rows) is
taken for the meant one, and only then a column (or row) where it does not fit is called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from vnlegal.audit.counts.figures import readings, shown
from vnlegal.audit.counts.model import Checked, Page
from vnlegal.segment.model import Cell, Table

_TOTAL = re.compile(
    r"^(?:tổng(?: số| cộng| cộng:| toàn \w+)?|cộng|toàn (?:tỉnh|quốc|ngành|thành phố)|cả nước)\b[\s:]*", re.I
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_SUMS = re.compile(r"%|tỷ lệ|tỉ lệ|đơn giá|năm|stt|tt\b|số, ký hiệu|ngày|thời|bình quân|định mức|mức", re.I)
_FEWEST = 2
_MOST_ROWS = 2000


def check_tables(page: Page) -> Iterator[Checked]:
    """Yield the totals of all tables."""
    for table in page.segmentation.tables:
        if len(table.rows) <= _MOST_ROWS and len(table.header) > 1:
            yield from _totals(page, table)


def _cell(page: Page, cell: Cell) -> str:
    return page.text[cell.start : cell.end].strip()


def _value(words: str) -> tuple[Decimal, Decimal] | None:
    """Return the number a cell holds and one unit of its last place; a dash is nought."""
    if words in ("-", "–", ""):
        return Decimal(0), Decimal(1)
    if not _NUMBER.fullmatch(words):
        return None
    values, step = readings(words)
    return (values[-1] if len(values) > 1 else values[0], Decimal(1) if len(values) > 1 else step) if values else None


def _totals(page: Page, table: Table) -> Iterator[Checked]:
    width = len(table.header)
    rows = [row for row in table.rows if len(row) == width]
    words = [[_cell(page, cell) for cell in row] for row in rows]
    totals = [n for n, row in enumerate(words) if any(_TOTAL.match(cell) for cell in row[:3] if not cell.isdigit())]
    if len(totals) != 1:
        return
    total = totals[0]
    others = [n for n in range(len(rows)) if n != total]
    body = others if total in (0, len(rows) - 1) else []
    if len(body) < _FEWEST:
        return
    columns = [
        c
        for c in range(width)
        if not _NO_SUMS.search(table.header[c]) and words[total][c] and _value(words[total][c]) is not None
    ]
    first = _first_column(words, width)
    columns = [c for c in columns if c > first]
    ways = {"all": body, **_floors(words, body)}
    yield from _columns(page, table, rows, words, total, ways, columns)


def _first_column(words: Sequence[Sequence[str]], width: int) -> int:
    """Return the column of names: the first in which most cells hold words."""
    for column in range(width):
        if sum(1 for row in words if any(ch.isalpha() for ch in row[column]) and len(row[column]) > 4) * 2 > len(words):
            return column
    return width


def _floors(words: Sequence[Sequence[str]], body: Sequence[int]) -> dict[str, list[int]]:
    """Return the rows of the upper floor (I, II, A, B or 1, 2 above 1.1) and of the lowest one, by their numbers."""
    roman = [n for n in body if re.fullmatch(r"[IVXL]+\.?|[A-Z]\.?", words[n][0])]
    plain = [n for n in body if re.fullmatch(r"\d+\.?", words[n][0])]
    return {key: rows for key, rows in (("upper", roman), ("plain", plain)) if len(rows) >= _FEWEST}


def _added(words: Sequence[Sequence[str]], rows: Sequence[int], column: int) -> tuple[Decimal, Decimal] | None:
    values = [_value(words[n][column]) for n in rows]
    if any(v is None for v in values):
        return None
    known = [v for v in values if v is not None]
    filled = sum(1 for n in rows if words[n][column])
    if filled < _FEWEST:
        return None
    return sum((v for v, _ in known), Decimal(0)), min(step for _, step in known) * len(known) / 2


def _columns(
    page: Page,
    table: Table,
    rows: Sequence[Sequence[Cell]],
    words: Sequence[Sequence[str]],
    total: int,
    ways: dict[str, list[int]],
    columns: Sequence[int],
) -> Iterator[Checked]:
    best: tuple[int, list[tuple[int, Decimal, bool]]] = (-1, [])
    for members in ways.values():
        results = []
        for column in columns:
            added, stated = _added(words, members, column), _value(words[total][column])
            if added is None or stated is None:
                continue
            exact = stated[1] == 1 and added[0] == added[0].to_integral_value()
            slack = Decimal(0) if exact else max(added[1], stated[1])
            results.append((column, added[0], abs(added[0] - stated[0]) <= slack))
        right = sum(1 for *_, holds in results if holds)
        if right > best[0]:
            best = (right, results)
    right, results = best
    wrong = len(results) - right
    if right < 1 or wrong > right:
        return
    for column, sums, holds in results:
        told = _value(words[total][column]) or (sums, Decimal(1))
        cell = rows[total][column]
        heading = " ".join(table.header[column].split())
        yield Checked(
            code="table-total",
            start=cell.start,
            end=max(cell.end, cell.start + 1),
            holds=holds,
            calculation=f"cộng cột = {shown(sums)}"
            + ("" if sums == told[0] else f" {'≈' if holds else '≠'} {shown(told[0])}"),
            message=f"Cột “{heading[:60]}”: dòng tổng ghi {shown(told[0])}, cộng các dòng được {shown(sums)}.",
            stated={"total": shown(told[0]), "sum": shown(sums), "column": heading},
            compared=tuple((rows[n][column].start, rows[n][column].end) for n in range(len(rows)) if n != total)[:40],
            doubt=None if holds else "vài dòng có thể đã nằm trong dòng khác",
        )
