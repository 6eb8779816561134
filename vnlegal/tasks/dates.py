"""Time expressions: days, months, quarters, half-years, years, periods, as stretches of the calendar.

Nothing here decides whether an expression is a deadline; `vnlegal.tasks.deadlines` does. A year the text leaves out is
taken from the `anchor`, the date of the document.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from vnlegal.records import DeadlineKind

_SEP = r"[ \n]?[/.-][ \n]?"
_DASH = r"[ \n]?[-–—][ \n]?"
_B = r"[ \n]"
_DAY = rf"ng[àaá]y{_B}?"
_MONTH = rf"th[áa]ng{_B}?"
_YEAR = rf"n[ăa]m{_B}?"
_OF = rf",?{_B}(?:của{_B})?"
_AND = rf"(?:,|;|và|hoặc|đến|-|–){_B}?"
_Y = r"(?:19|20|21|22)\d\d(?!\d)"
_N2 = r"[0-3]?\d(?!\d)"
_N1 = r"(?:0?[1-9]|1[0-2])(?!\d)"
_ROMAN = r"(?:IV|I{1,3}|[1-4])(?![\wÀ-ỹ])"
_QUARTER = rf"qu[ýíyưỷ]{_B}?"
_HOUR = rf"(?P<hh>[0-2]?\d)(?:{_B}?(?:giờ|h|g){_B}?(?:(?P<mm>[0-5]\d)(?:{_B}?(?:phút|['’p]))?)?|:(?P<mm2>[0-5]\d))"

# The order matters: a longer reading stands before the shorter one it begins with.
_EXPRESSION = re.compile(
    rf"""(?<![\wÀ-ỹ/])(?=\d|[IQ]|T\d|từ|th|ng|n[ăa]m|qu|giai|cuối|đầu|giữa|nửa|sáu|chín)(?:
    (?P<range_days>từ{_B}{_DAY}(?P<rd1>{_N2})(?:{_SEP}(?P<rm1>{_N1})(?:{_SEP}(?P<ry1>{_Y}))?
        |{_B}{_MONTH}(?P<rm1b>{_N1})(?:{_OF}{_YEAR}(?P<ry1b>{_Y}))?)?
        {_B}đến{_B}(?:hết{_B})?{_DAY}(?P<rd2>{_N2})(?:{_SEP}(?P<rm2>{_N1})(?:{_SEP}(?P<ry2>{_Y}))?
        |{_B}{_MONTH}(?P<rm2b>{_N1})(?:{_OF}{_YEAR}(?P<ry2b>{_Y}))?))
    |(?P<day>(?:{_HOUR}(?:,?{_B}(?:chiều|sáng|tối))?,?{_B}?(?=ng[àa]y))?
        (?:(?P<name>{_DAY})(?P<d>{_N2})(?:,?{_B}?{_MONTH}(?P<mw>{_N1})(?:{_OF}?(?:{_YEAR}|{_SEP})(?P<yw>{_Y}))?
            |{_SEP}(?P<m>{_N1})(?:{_SEP}(?P<y>{_Y})|(?:{_OF})(?:{_YEAR})(?P<y3>{_Y}))?)
        |(?P<d2>{_N2}){_SEP}(?P<m2>{_N1}){_SEP}(?P<y2>{_Y})
        |(?P<d4>{_N2})/(?P<m4>{_N1})(?![/\d%])
        |(?P<d5>{_N2}){_B}{_MONTH}(?P<m5>{_N1}){_OF}{_YEAR}(?P<y5>{_Y})))
    |(?P<quarter>{_QUARTER}(?P<q>{_ROMAN})(?P<qmore>(?:{_B}?{_AND}(?:{_QUARTER})?{_ROMAN})*)
        (?:{_B}?(?:/|-|–|\.){_B}?(?:{_YEAR})?(?P<qy>{_Y})|{_OF}(?:{_YEAR})?(?P<qy2>{_Y}))?)
    |(?P<bare_quarter>Q?(?P<bq>IV|I{{1,3}})/(?P<bqy>{_Y})|Q(?P<bq2>[1-4])/(?P<bqy2>{_Y}))
    |(?P<half>(?:0?6|sáu){_B}tháng{_B}(?P<hwhich>đầu|cuối)(?:{_B}n[ăa]m(?:{_B}(?P<hy>{_Y}))?)?
        |nửa{_B}(?P<nwhich>đầu|cuối){_B}n[ăa]m(?:{_B}(?P<nhy>{_Y}))?)
    |(?P<nine>(?:0?9|chín){_B}tháng{_B}đầu{_B}năm(?:{_B}(?P<ny>{_Y}))?)
    |(?P<month>(?:{_MONTH}|(?<![\w])T)(?P<mo>{_N1})(?:{_SEP}(?P<moy>{_Y}))?(?P<more>(?:{_DASH}(?:{_MONTH})?{_N1}(?!/\d?\d/)|{_B}?{_AND}{_MONTH}{_N1})+|(?:{_B}?{_AND}{_N1})+(?=/{_Y}|{_OF}{_YEAR}{_Y}))?
        (?:{_SEP}(?P<moy2>{_Y})|{_OF}{_YEAR}(?P<moy3>{_Y}))?)
    |(?P<my>(?P<mm1>{_N1})/(?P<my1>{_Y}))
    |(?P<period>(?:giai{_B}đoạn{_B}|thời{_B}kỳ{_B})?(?:từ{_B})?(?:{_YEAR})?(?P<p1>{_Y})(?:{_DASH}|{_B}(?:đến|tới){_B}(?:hết{_B})?)(?:{_YEAR})?(?P<p2>{_Y}))
    |(?P<onward>(?:từ{_B})?(?:{_YEAR})?(?P<oy>{_Y}){_B}trở{_B}đi)
    |(?P<year>(?:(?:đầu|giữa|cuối){_B})?{_YEAR}(?P<ye>{_Y}))
    |(?P<thisyear>cuối{_B}năm(?:{_B}(?:nay|này))?|năm{_B}nay)
    |(?P<bareyear>{_Y})
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTHS_MORE = re.compile(_N1)
_QUARTERS_MORE = re.compile(r"IV|I{1,3}|[1-4]", re.IGNORECASE)
# "cuối tháng 11", "đầu quý II", "tuần đầu tháng 12": which part is meant stands before it
_PART = re.compile(
    rf"(?:tuần{_B}(?:(?P<week>đầu|thứ{_B}(?:nhất|hai|ba|tư)|cuối)(?:{_B}(?:tiên|cùng))?)(?:{_B}của)?"
    rf"|(?:nửa{_B})?(?:đầu|giữa|cuối)){_B}$",
    re.IGNORECASE,
)
_WEEKS = {"đầu": 7, "nhất": 7, "hai": 14, "ba": 21}
# Letters and figures of which every time expression holds some: its words without their first letter, which may be a
# capital; two numbers joined; a year. Four patterns run faster than their alternation, and each branch begins with a
# letter, not a class of letters, for the engine to skip ahead. All but `WORDS` hold a `FIGURE`: a digit, or what the
# Roman numbers of quarters begin with.
FIGURE = re.compile(r"[\dIV]")
WORDS = re.compile(r"uối năm|ăm nay|háng (?:đầu|cuối)")
_ANCHORS = (
    re.compile(r"(?:g[àaá]y|h[áa]ng|ăm|am|u[ýíyưỷ]|GÀY|HÁNG|ĂM|UÝ)[ \n]?[\dIV]"),
    re.compile(r"\d[ \n]?/[ \n]?\d"),
    re.compile(r"(?:19|20|21|22)\d\d(?![\d\w/])"),
    WORDS,
)
# How far an expression may begin before its anchor and reach behind it.
_BEFORE, _BEHIND = 30, 100
# How far a year named before may stand from the date that leaves it out, in characters.
_NEAR = 60
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of the calendar named in the text: its first and last day, and how the text named it.

    `named`: the words say what it is (ngày, tháng, năm); without them it is only figures. `anomaly` is
    `impossible-date` (then `last` is None) or `doubtful-year`.
    """

    start: int
    end: int
    kind: DeadlineKind
    first: date | None
    last: date | None
    hour: str | None = None
    named: bool = True
    has_year: bool = True
    anomaly: str | None = None


@lru_cache(maxsize=256)
def anchor_date(anchor: str | None) -> date | None:
    """Return the day a document's date stands for: the first day of a month, a year or an interval."""
    if not anchor:
        return None
    pieces = [int(x) for x in anchor.split("/")[0][:10].split("-") if x.isdigit()]
    try:
        return date(*[*pieces, 1, 1][:3]) if pieces else None
    except (ValueError, TypeError):
        return None


def find_times(text: str, start: int, end: int, anchor: date | None) -> Iterator[When]:
    """Yield the time expressions of `text[start:end]` in order, without overlaps."""
    year_near, seen = None, start
    for found in _expressions(text, start, end):
        close = found.start() - seen <= _NEAR and text.find("\n", seen, found.start()) < 0
        when = _read(found, anchor, year_near if close else None)
        if when is None:
            continue
        if when.has_year and when.last is not None:
            year_near, seen = when.last.year, when.end
        if when.kind in ("in_month", "in_quarter"):
            when = _part_of(when, text, start)
        yield _doubt_year(when, anchor)


def _part_of(when: When, text: str, start: int) -> When:
    """Return a month or quarter with the words before it that name a part; a week of a month ends on its seventh day.

    "đầu tháng", "giữa quý" bound nothing by themselves: the stretch stays the whole one.
    """
    left = _PART.search(text, max(start, when.start - 24), when.start)
    if left is None:
        return when
    week = _WEEKS.get(left["week"].lower().split()[-1]) if left["week"] and when.kind == "in_month" else None
    last = when.last.replace(day=week) if week and when.last else when.last
    return replace(when, start=left.start(), last=last)


def _expressions(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the matches of the time pattern, looked for only near the letters and figures that every one has."""
    done = start
    near = [anchor.span() for anchors in _ANCHORS for anchor in anchors.finditer(text, start, end)]
    for first, last in sorted(near):
        if last <= done:
            continue
        found = _EXPRESSION.search(text, max(done, first - _BEFORE), min(end, last + _BEHIND))
        if found is not None:
            yield found
            done = found.end()
        else:
            done = max(done, first - _BEFORE)


def last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _doubt_year(when: When, anchor: date | None) -> When:
    """Mark a year that lies implausibly far from the document's date."""
    last = when.last or when.first
    if when.anomaly or last is None:
        return when
    low, high = (anchor.year - 60, anchor.year + 60) if anchor else (1945, 2110)
    return when if low <= last.year <= high else replace(when, anomaly="doubtful-year")


def _year(given: str | None, month: int, anchor: date | None, near: int | None) -> int | None:
    """Return the year an expression means: its own, the one named just before, or the document's.

    A document written late in a year that names one of the first three months means the next year.
    """
    if given:
        return int(given)
    if anchor is None:
        return near
    year = near if near is not None and near >= anchor.year else anchor.year
    return year + 1 if year == anchor.year and anchor.month >= 10 and month <= 3 else year


def _read(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    """Turn one match into a stretch of the calendar; None where a year is missing and nothing gives it."""
    what = found.lastgroup
    for name, reader in _READERS:
        if found[name] is not None:
            return reader(found, anchor, near)
    raise AssertionError(what)


def _any(found: re.Match[str], *names: str) -> str | None:
    return next((found[n] for n in names if found[n]), None)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    day, month = int(_any(found, "d", "d2", "d4", "d5") or 0), int(_any(found, "mw", "m", "m2", "m4", "m5") or 0)
    given = _any(found, "yw", "y", "y2", "y3", "y5")
    year = _year(given, month, anchor, near)
    hour = None
    if found["hh"]:
        hours = int(found["hh"])
        hour = f"{hours:02d}:{int(found['mm'] or found['mm2'] or 0):02d}:00" if hours < 24 else None
    start, end, named = found.start(), found.end(), found["name"] is not None
    if year is None:
        return None
    on = _make_day(year, month, day)
    anomaly = None if on else "impossible-date"
    return When(start, end, "by_date", on, on, hour, named, given is not None, anomaly)


def _range_days(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    month2 = int(_any(found, "rm2", "rm2b") or 0)
    given = _any(found, "ry2", "ry2b")
    year2 = _year(given, month2, anchor, near)
    if year2 is None:
        return None
    month1 = int(_any(found, "rm1", "rm1b") or month2)
    year1 = int(_any(found, "ry1", "ry1b") or (year2 - 1 if month1 > month2 else year2))
    first, last = _make_day(year1, month1, int(found["rd1"])), _make_day(year2, month2, int(found["rd2"]))
    anomaly = None if first and last else "impossible-date"
    return When(found.start(), found.end(), "period", first, last, has_year=given is not None, anomaly=anomaly)


def _months(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    first = int(found["mo"])
    more = [int(n) for n in _MONTHS_MORE.findall(found["more"] or "")]
    last = more[-1] if more else first
    given = _any(found, "moy2", "moy3") or (found["moy"] if not more else None)
    year = _year(given, last, anchor, near)
    if year is None:
        return None
    early = int(found["moy"]) if found["moy"] else (year - 1 if first > last else year)
    kind: DeadlineKind = "period" if more else "in_month"
    return When(
        found.start(), found.end(), kind, date(early, first, 1), last_day(year, last), has_year=given is not None
    )


def _month_year(found: re.Match[str], anchor: date | None, near: int | None) -> When:
    year, month = int(found["my1"]), int(found["mm1"])
    return When(found.start(), found.end(), "in_month", date(year, month, 1), last_day(year, month), named=False)


def _quarter(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    numbers = [found["q"], *_QUARTERS_MORE.findall(found["qmore"] or "")]
    first, last = (_ROMANS.get(n.upper()) or int(n) for n in (numbers[0], numbers[-1]))
    given = _any(found, "qy", "qy2")
    year = _year(given, last * 3, anchor, near)
    if year is None:
        return None
    kind: DeadlineKind = "period" if len(numbers) > 1 else "in_quarter"
    begins = date(year, min(first, last) * 3 - 2, 1)
    return When(found.start(), found.end(), kind, begins, last_day(year, last * 3), has_year=given is not None)


def _bare_quarter(found: re.Match[str], anchor: date | None, near: int | None) -> When:
    number = _ROMANS.get((found["bq"] or "").upper()) or int(found["bq2"] or 1)
    year = int(_any(found, "bqy", "bqy2") or 0)
    first, last = date(year, number * 3 - 2, 1), last_day(year, number * 3)
    return When(found.start(), found.end(), "in_quarter", first, last, named=False)


def _half(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    end_month = 6 if (_any(found, "hwhich", "nwhich") or "").lower() == "đầu" else 12
    given = _any(found, "hy", "nhy")
    year = _year(given, end_month, anchor, near)
    if year is None:
        return None
    first, last = date(year, end_month - 5, 1), last_day(year, end_month)
    return When(found.start(), found.end(), "in_half_year", first, last, has_year=given is not None)


def _nine(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    year = _year(found["ny"], 9, anchor, near)
    if year is None:
        return None
    return When(found.start(), found.end(), "period", date(year, 1, 1), date(year, 9, 30), has_year=bool(found["ny"]))


def _period(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    first, last = int(found["p1"]), int(found["p2"])
    if last < first:
        return None
    return When(found.start(), found.end(), "period", date(first, 1, 1), date(last, 12, 31))


def _onward(found: re.Match[str], anchor: date | None, near: int | None) -> When:
    return When(found.start(), found.end(), "period", date(int(found["oy"]), 1, 1), None)


def _whole_year(found: re.Match[str], anchor: date | None, near: int | None) -> When:
    year = int(found["ye"])
    return When(found.start(), found.end(), "in_year", date(year, 1, 1), date(year, 12, 31))


def _this_year(found: re.Match[str], anchor: date | None, near: int | None) -> When | None:
    year = anchor.year if anchor else near
    if year is None:
        return None
    return When(found.start(), found.end(), "in_year", date(year, 1, 1), date(year, 12, 31), has_year=False)


def _bare_year(found: re.Match[str], anchor: date | None, near: int | None) -> When:
    year = int(found["bareyear"])
    return When(found.start(), found.end(), "in_year", date(year, 1, 1), date(year, 12, 31), named=False)


_READERS = (
    ("day", _day),
    ("month", _months),
    ("quarter", _quarter),
    ("period", _period),
    ("year", _whole_year),
    ("range_days", _range_days),
    ("half", _half),
    ("my", _month_year),
    ("onward", _onward),
    ("bare_quarter", _bare_quarter),
    ("thisyear", _this_year),
    ("nine", _nine),
    ("bareyear", _bare_year),
)
