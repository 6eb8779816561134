"""From the filters of a question to clauses of marks, and to conditions on columns where a mark is too coarse."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from vnlegal.index.marks import value_mark
from vnlegal.index.model import BadQuery, Filters
from vnlegal.index.query import Clause, Mark

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?)?")
_WRITTEN = re.compile(r"(?:(?P<day>\d\d?)[/.-])?(?P<month>\d\d?)[/.-](?P<year>\d{4})")
_FORMS = "viết dạng 2025-06-30 hoặc 30/6/2025"
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


class Inside(NamedTuple):
    """Documents of the index: as works by number, or by the first and the last of their rows."""

    works: tuple[int, ...]
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How names become numbers: bodies and works of the index; `years` are the year marks that occur."""

    bodies: Callable[[str], Sequence[int]]
    law: Callable[[str], Sequence[int]]
    under: Callable[[str], Sequence[int]]
    document: Callable[[str], Inside]
    kinds: Callable[[str], Sequence[str]]
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
        _within(wanted, names.document(filters.document))
    if filters.modality is not None:
        add((Mark(value_mark("m", filters.modality)),))
    if filters.doc_kind is not None:
        kinds = names.kinds(filters.doc_kind)
        if not kinds:
            raise BadQuery(
                f"không có loại văn bản nào tên {filters.doc_kind!r}",
                next_step="viết ví dụ công văn, nghị quyết, QĐ",
            )
        add(tuple(Mark(value_mark("k", kind)) for kind in kinds))
    if filters.no_deadline:
        add((Mark("n"),))
    first, last = _days(filters.dated_after, filters.dated_before)
    issued = _range(wanted, "de", "d.day", first, last, names.years)
    if issued is not None:
        add(tuple(Mark(mark) for mark in issued))
    return wanted


def _within(wanted: Wanted, inside: Inside) -> None:
    if inside.works:
        wanted.clauses.append(tuple(Mark(f"o{n}") for n in inside.works))
    if inside.rows:
        wanted.conditions.append(f"({' OR '.join(f'e.id BETWEEN {first} AND {last}' for first, last in inside.rows)})")


def _due(wanted: Wanted, filters: Filters, years: Sequence[str]) -> list[str] | None:
    after, before = _days(filters.due_after, filters.due_before)
    if filters.overdue_on is not None:
        last = _day_before(filters.overdue_on)
        before = last if before is None else min(before, last)
        wanted.without.append((Mark("sdone"),))
    return _range(wanted, "uy", "e.due", after, before, years)


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


def _days(after: str | None, before: str | None) -> tuple[int | None, int | None]:
    """Return both ends of a range as numbers. Raises `BadQuery` for an empty one."""
    first = read_day(after, last=False) if after is not None else None
    last = read_day(before) if before is not None else None
    if first is not None and last is not None and first > last:
        raise BadQuery(
            f"từ {after} đến {before} không có ngày nào", next_step="viết ngày sớm ở after, ngày muộn ở before"
        )
    return first, last


def read_day(written: str, *, last: bool = True) -> int:
    """Return a day as one number, 2025-06-30 and 30/6/2025 → 20250630; of a month or a year its last (or first) day.

    Raises `BadQuery`.
    """
    match = _ISO.fullmatch(written.strip()) or _WRITTEN.fullmatch(written.strip())
    if match is not None:
        year, month, day = (int(part) if part else 0 for part in match.group("year", "month", "day"))
        month_, day_ = month or (12 if last else 1), day or (31 if last else 1)
        with suppress(ValueError):
            date(year, month_, day or 1)
            return year * 10000 + month_ * 100 + day_
    raise BadQuery(f"{written!r} không phải ngày", next_step=_FORMS)


def _day_before(written: str) -> int:
    number = read_day(written)
    if number != read_day(written, last=False):
        raise BadQuery(f"{written!r} không phải một ngày", next_step=_FORMS)
    before = date(number // 10000, number // 100 % 100, number % 100) - timedelta(days=1)
    return before.year * 10000 + before.month * 100 + before.day
