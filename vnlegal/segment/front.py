"""Facts in the title that a converter wrote above a scanned text: "QD 662 6522" is number 662 of 6/5/22.

Scanned numbers and dates are handwritten and often misread; the title helps where reading left one possibility.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TITLE = re.compile(r"^title: *\"?(?P<words>[^\"\n]+)", re.MULTILINE)
_RUN = re.compile(r"[A-ZĐ]{1,5} ?(\d{1,13})(?: (\d{3,8}))?(?!\d)")


class Facts(NamedTuple):
    """A possible reading of a title: serial, day, month, year (as two digits or four)."""

    serial: str
    day: int
    month: int
    year: int


def title_facts(front: str) -> list[Facts]:
    """Return the possible readings of the digits in the title of the front matter `front`."""
    title = _TITLE.search(front)
    facts: list[Facts] = []
    for run in _RUN.finditer(title["words"] if title else ""):
        if run[2]:
            facts.extend(_dated(run[1], run[2]))
        else:
            for size in range(1, 6):
                facts.extend(_dated(run[1][:size], run[1][size:]))
    return facts


def _dated(serial: str, digits: str) -> list[Facts]:
    """Return the readings of `digits` as day, month and year."""
    found: list[Facts] = []
    for day in (1, 2):
        for month in (1, 2):
            rest = digits[day + month :]
            if len(rest) not in (2, 4):
                continue
            d, m, y = int(digits[:day]), int(digits[day : day + month]), int(rest)
            if 1 <= d <= 31 and 1 <= m <= 12:
                found.append(Facts(serial, d, m, y if y > 99 else 2000 + y))
    return found


def mend_serial(serial: str, year: str | None, date: str | None, facts: list[Facts]) -> str | None:
    """Return the serial of the title that `serial` is a misreading of, None if unclear.

    It is one where the title has the document's whole date, or where the two are one character apart.
    """
    dated = {fact.serial for fact in facts if date == f"{fact.year}-{fact.month:02d}-{fact.day:02d}"}
    if len(dated) == 1:
        return dated.pop()
    likely = {
        fact.serial
        for fact in facts
        if len(fact.serial) == len(serial)
        and sum(a != b for a, b in zip(fact.serial, serial, strict=True))
        <= max(1, sum(not c.isdigit() for c in serial))
        and (year is None or fact.year == int(year))
    }
    return likely.pop() if len(likely) == 1 else None


def mend_month(day: str, year: str, facts: list[Facts]) -> int | None:
    """Return the month of the title's date on that day of that year, None if unclear."""
    if not day.strip().isdigit():
        return None
    months = {fact.month for fact in facts if fact.day == int(day) and fact.year == int(year)}
    return months.pop() if len(months) == 1 else None
