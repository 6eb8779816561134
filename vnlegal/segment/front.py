"""Facts in the title that a converter wrote above a scanned text: "QD 662 6522" is number 662 of 6/5/22.

Scanned numbers and dates are handwritten and often misread; the title helps where reading left one possibility.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TITLE = re.compile(r"^title: *\"?(?P<words>[^\"\n]+)", re.MULTILINE)
_RUN = re.compile(r"[A-ZĐ]{1,5} ?(\d{1,13})(?: (\d{3,8}))?(?!\d)")


class Facts(NamedTuple):
    """A possible reading of a title: serial, day, month, year. `apart`: a blank parts the serial from the date."""

    serial: str
    day: int
    month: int
    year: int
    apart: bool = False


def title_facts(front: str) -> list[Facts]:
    """Return the possible readings of the digits in the title of the front matter `front`."""
    title = _TITLE.search(front)
    facts: list[Facts] = []
    for run in _RUN.finditer(title["words"] if title else ""):
        if run[2]:
            facts.extend(fact._replace(apart=True) for fact in _dated(run[1], run[2]))
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

    It is the one that stands apart beside the document's whole date, else one of as many characters, of which one
    digit at most is another (what is no digit may be any), the one with that date where several are left.
    """
    dated = {fact.serial for fact in facts if date == f"{fact.year}-{fact.month:02d}-{fact.day:02d}"}
    apart = {fact.serial for fact in facts if fact.apart and fact.serial in dated}
    if len(apart) == 1:
        return apart.pop()
    likely = {
        fact.serial
        for fact in facts
        if _alike(serial, fact.serial)
        and (fact.apart or any(c.isdigit() for c in serial))
        and (year is None or fact.year == int(year))
    }
    serials = likely & dated or likely
    return serials.pop() if len(serials) == 1 else None


def _alike(written: str, serial: str) -> bool:
    """Whether `written` may be a misreading of `serial`: as long, one digit at most another, other signs any."""
    if len(written) != len(serial):
        return False
    return sum(a != b and b.isdigit() for a, b in zip(serial, written, strict=True)) <= 1


def mend_month(day: str, year: str, serial: str | None, facts: list[Facts]) -> int | None:
    """Return the month of the title's date on that day of that year, None if unclear.

    Where nothing parts serial and date in the title, only a reading counts whose serial is the one read (`serial`).
    """
    if not day.strip().isdigit():
        return None
    told = [fact for fact in facts if fact.apart or _alike(serial or "", fact.serial)]
    months = {fact.month for fact in told if fact.day == int(day) and fact.year == int(year)}
    return months.pop() if len(months) == 1 else None
