"""From the filters of a question to clauses of marks, and to conditions on columns where a mark is too coarse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from vnlegal.index.marks import day_number, value_mark
from vnlegal.index.model import BadQuery, Filters
from vnlegal.index.query import Clause, Mark

_MOST_MONTHS = 4  # beyond these the mark of the whole year and the column are quicker
_MOST_PAIRS = 120  # marks of a body and a time in one clause; more cost more than they save


@dataclass(slots=True)
class Wanted:
    """The filters as clauses of marks and as conditions on columns of `entries` (e) and `documents` (d)."""

    clauses: list[Clause] = field(default_factory=list)
    without: list[Clause] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    of_document: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """How names become numbers: bodies and works of the index; `years` are the year marks that occur."""

    bodies: Callable[[str], Sequence[int]]
    law: Callable[[str], Sequence[int]]
    under: Callable[[str], Sequence[int]]
    document: Callable[[str], Sequence[int]]
    years: Sequence[str]


def wanted_of(filters: Filters, names: Names) -> Wanted:
    """Return what rows must fulfil. Raises `BadQuery` for a name that is none, a role of nobody, a day that is none."""
    wanted = Wanted()
    add = wanted.clauses.append
    if filters.role and not filters.agency:
        raise BadQuery("role cần có agency", next_step="viết thêm --agency, ví dụ --agency BTC --role lead")
    bodies = names.bodies(filters.agency) if filters.agency is not None else ()
    times = _due(wanted, filters, names.years)
    paired = False
    for marks in (times, [value_mark("s", filters.status)] if filters.status else None):
        if marks is None:
            continue
        pairs = len(bodies) * len(marks)
        if bodies and pairs <= _MOST_PAIRS:
            add(tuple(Mark(f"a{n}{mark}") for n in bodies for mark in marks))
            paired = True
        else:
            add(tuple(Mark(mark) for mark in marks))
    if bodies and (filters.role or not paired):
        letter = {"lead": "l", "coordinator": "c"}.get(filters.role or "", "a")
        add(tuple(Mark(f"{letter}{n}") for n in bodies))
    if filters.issuer is not None:
        add(tuple(Mark(f"i{n}") for n in names.bodies(filters.issuer)))
    if filters.law is not None:
        add(tuple(Mark(f"w{n}") for n in names.law(filters.law)))
    if filters.under is not None:
        add(tuple(Mark(f"{letter}{n}") for n in names.under(filters.under) for letter in "ow"))
    if filters.document is not None:
        add(tuple(Mark(f"o{n}") for n in names.document(filters.document)))
    for mark, value in (("m", filters.modality), ("k", filters.doc_kind)):
        if value is not None:
            add((Mark(value_mark(mark, value)),))
    if filters.no_deadline:
        add((Mark("n"),))
    first, last = _day(filters.dated_after, last=False), _day(filters.dated_before)
    issued = _range(wanted, "de", "d.day", first, last, names.years)
    if issued is not None:
        add(tuple(Mark(mark) for mark in issued))
    return wanted


def _due(wanted: Wanted, filters: Filters, years: Sequence[str]) -> list[str] | None:
    before = _day(filters.due_before)
    if filters.overdue_on is not None:
        last = _day_before(filters.overdue_on)
        before = last if before is None else min(before, last)
        wanted.without.append((Mark("sdone"),))
    return _range(wanted, "uy", "e.due", _day(filters.due_after, last=False), before, years)


def _range(
    wanted: Wanted, letters: str, column: str, first: int | None, last: int | None, years: Sequence[str]
) -> list[str] | None:
    """Return the marks of the months and years of a range; add the days themselves where a mark holds more."""
    if first is None and last is None:
        return None
    month, year = letters[0], letters[1]
    marks: list[str] = []
    cut = False
    for number in sorted(int(mark[1:]) for mark in years if mark[0] == year):
        low, high = number * 10000 + 101, number * 10000 + 1231
        if (first is not None and high < first) or (last is not None and low > last):
            continue
        begin = first // 100 if first is not None and first > low else low // 100
        end = last // 100 if last is not None and last < high else high // 100
        whole = begin == low // 100 and end == high // 100
        if whole or end - begin >= _MOST_MONTHS:
            marks.append(f"{year}{number}")
        else:
            marks += [f"{month}{m}" for m in range(begin, end + 1)]
        cut = cut or not (whole or end - begin < _MOST_MONTHS)
        cut = cut or (first is not None and begin == first // 100 and first % 100 > 1)
        cut = cut or (last is not None and end == last // 100 and last % 100 < 31)
    if cut:
        wanted.of_document = wanted.of_document or column.startswith("d.")
        wanted.conditions.append(f"{column} BETWEEN :{month}_first AND :{month}_last")
        wanted.values |= {f"{month}_first": first or 0, f"{month}_last": last or 99999999}
    return marks or [f"{year}0"]


def _day(day: str | None, *, last: bool = True) -> int | None:
    number = day_number(day, last=last)
    if day and number is None:
        raise BadQuery(f"{day!r} không phải ngày", next_step="viết dạng 2025-06-30")
    return number


def _day_before(day: str) -> int:
    try:
        before = date.fromisoformat(day[:10]) - timedelta(days=1)
    except ValueError as error:
        raise BadQuery(f"{day!r} không phải ngày", next_step="viết dạng 2025-06-30") from error
    return before.year * 10000 + before.month * 100 + before.day
