"""Deadlines that have to be reckoned: so many days from a day, the n-th of every month, words of frequency.

A period reckoned from a day does not count that day (Bộ luật Dân sự 91/2015/QH13, Điều 147); working days leave out
Saturdays, Sundays and the public holidays of Vietnam. Rules of repetition are RFC 5545 RRULEs; `|` stands between two
of which each gives days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from vnlegal.tasks.dates import find_times, last_day
from vnlegal.tasks.model import DeadlineFound
from vnlegal.tasks.phrases import Phrases, limiter_before, near

_B = r"[ \n]"
_EVERY = r"(?:hằng|hàng|mỗi)"
_DAY_OF = rf"(?:ngày{_B})?(?P<d%s>\d{{1,2}})(?:{_B}?/{_B}?(?P<m%s>\d{{1,2}})|{_B}tháng{_B}(?P<mw%s>\d{{1,2}}))?"
_REPEATED = re.compile(
    rf"(?P<days>{_DAY_OF % ('', '', '')}"
    rf"(?:,?{_B}?(?:và|,|hoặc){_B}?(?:trước{_B})?{_DAY_OF % ('2', '2', '2')})?)"
    rf",?{_B}(?:của{_B})?(?P<end>(?:(?:tháng{_B}(?P<last>cuối|đầu){_B})?(?:{_EVERY}|của|cuối)?{_B}?(?P<unit>tháng|quý|quí|năm)"
    rf"(?:{_B}(?P<next>sau|tiếp theo|kế tiếp|tới))?)|\(?{_EVERY}{_B}năm\)?)(?!\w)(?!{_B}*\d)",
    re.IGNORECASE,
)
REPEATED_ANCHOR = re.compile(
    # each branch begins with a letter, for the engine to skip ahead
    r"ằng[ \n][tqnTQN]|àng[ \n][tqnTQN]|ỗi[ \n][tqnTQN]|ẰNG[ \n][tqnTQN]|ÀNG[ \n][tqnTQN]|uối[ \n]quý"
    r"|ăm[ \n](?:sau|tiếp|kế|tới)|uý[ \n](?:sau|tiếp|kế|tới)|áng[ \n](?:sau|tiếp|kế|tới)"
)
_YEARLY = re.compile(rf"{_EVERY},?{_B}năm|định k[ỳìy]", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"(?P<n>\d{{1,3}})(?:{_B}?\([^()\n]{{1,30}}\))?{_B}"
    rf"(?P<unit>ngày làm việc|ngày|giờ|phút|tuần|tháng|năm)(?P<work>{_B}làm{_B}việc)?,?{_B}"
    rf"(?P<from>(?:kể|tính){_B}từ|sau|từ|trước)(?P<what>{_B}(?:khi|ngày|thời điểm|lúc))?"
    rf"(?P<rest>{_B}[^.;,\n]{{1,160}}|)",
    re.IGNORECASE,
)
_RELATIVE_ANCHOR = re.compile(rf"\d(?:{_B}?\([^()\n]{{1,30}}\))?{_B}(?:ngày|tháng|giờ|tuần|năm|phút)")
_WITHIN = re.compile(
    r"(?:cho đến hết|trong(?: vòng| thời hạn| thời gian)?|ít nhất(?: là)?|tối đa|tối thiểu)[ \n]$", re.IGNORECASE
)
_JOINED = re.compile(r"[ \n]*(?:,|và|hoặc|;)?[ \n]*")
# "kế hoạch kiểm tra | hằng năm": the plan of a year, no duty that comes again
_PLAN_OF = re.compile(
    r"(?<!\w)(?:kế hoạch|dự toán|ngân sách|kinh phí|chương trình)(?:[ \n](?:-|[^\W\d_]+)){1,10}[ \n]$", re.IGNORECASE
)
# "xác định đây là nhiệm vụ quan trọng, cấp bách, | thường xuyên, liên tục |, …": what kind of task it is
_IS_TASK = re.compile(r"(?<!\w)là[ \n](?:[^\W\d_]+[ \n]){0,4}(?:nhiệm[ \n]vụ|việc|giải[ \n]pháp)[^.;:]{0,50}[ \n]$")
_NO_VERB = re.compile(r"[ \n]*(?:[,.;]|$|(?:và|của|trong|đối)[ \n])")
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:\n(]|[-+*•)])[ \n]*$")


class Stretch(NamedTuple):
    """Where to look: `text[start:end]`, read on the day of the document (None where that is unknown).

    `taken`: spans that hold no deadline, or one found already.
    """

    text: str
    start: int
    end: int
    day: date | None
    taken: Sequence[tuple[int, int]] = ()


def _matches(
    pattern: re.Pattern[str], where: Stretch, anchors: re.Pattern[str], before: int, after: int
) -> list[re.Match[str]]:
    """Return the matches of a pattern, looked for only around its anchors."""
    stretches = near(where.text, where.start, where.end, anchors, before, after)
    return [found for first, last in stretches for found in pattern.finditer(where.text, first, last)]


def relative_deadlines(where: Stretch, phrases: Phrases) -> list[DeadlineFound]:
    """Find "trong N ngày kể từ …": computed where the day is known, an event where it is not."""
    out = []
    text, start = where.text, where.start
    for found in _matches(_RELATIVE, where, _RELATIVE_ANCHOR, 8, 260):
        limiter = limiter_before(text, start, found.start(), phrases)
        before = _WITHIN.search(text, max(start, found.start() - 24), found.start())
        begins = [limiter.start] if limiter else []
        begins += [before.start()] if before else []
        if not begins:
            continue
        counted = _reckon(found, where.day, phrases)
        if counted is None:
            stop = found.start() + len(found[0].rstrip())
            out.append(DeadlineFound(min(begins), stop, "event"))
            continue
        due, stop = counted
        anomaly = "before-document" if where.day is not None and due < where.day else None
        out.append(DeadlineFound(min(begins), stop, "relative", due=due.isoformat(), anomaly=anomaly))
    return out


def _reckon(found: re.Match[str], day: date | None, phrases: Phrases) -> tuple[date, int] | None:
    """Return the last day of a period and where the words of its starting day end; None where no day is known."""
    unit, count = found["unit"].lower(), int(found["n"])
    if found["from"].lower() == "trước" or unit in ("giờ", "phút"):
        return None
    first, stop = None, 0
    from_word = found.end("from")
    for when in find_times(found.string, from_word, found.end(), day):
        if when.kind == "by_date" and found.string[from_word : when.start].strip() in ("", "ngày"):
            first, stop = when.last, when.end
        break
    if first is None:
        rest = found["rest"].strip()
        issued = phrases.issued.match(rest)
        if issued is None or day is None or not found["what"]:
            return None
        first, stop = day, found.start("rest") + found["rest"].index(rest) + issued.end()
    if unit == "ngày làm việc" or found["work"]:
        return add_working_days(first, count), stop
    if unit in ("tháng", "năm"):
        months = first.month - 1 + count * (12 if unit == "năm" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        return date(year, month, min(first.day, last_day(year, month).day)), stop
    return first + timedelta(days=count * (7 if unit == "tuần" else 1)), stop


def add_working_days(first: date, count: int) -> date:
    """Return the day `count` working days after `first`: no Saturdays, Sundays, public holidays of Vietnam."""
    free = _holidays(first.year, first.year + 2 + count // 240)
    day = first
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            count -= 1
    return day


@lru_cache(maxsize=64)
def _holidays(first: int, beyond: int) -> frozenset[date]:
    """Return the public holidays of Vietnam in the years `first`..`beyond` (exclusive)."""
    from holidays import country_holidays

    return frozenset(country_holidays("VN", years=range(first, beyond)))


def repeated_deadlines(where: Stretch, phrases: Phrases) -> list[DeadlineFound]:
    """Find "trước ngày 20 hằng tháng", "ngày 01/6 và 15/11 hằng năm", "ngày 31 tháng 01 năm sau"."""
    out = []
    for found in _matches(_REPEATED, where, REPEATED_ANCHOR, 71, 24):
        ends = found["end"].lower()
        if not (re.search(_EVERY, ends) or found["last"] or found["next"]):
            continue
        limiter = limiter_before(where.text, where.start, found.start(), phrases)
        if not found["days"].lower().startswith("ngày") and (limiter is None or limiter.effect == "within"):
            continue
        exclusive = limiter is not None and limiter.effect == "exclusive"
        pairs = [(found["d"], found["m"] or found["mw"]), (found["d2"], found["m2"] or found["mw2"])]
        unit = "năm" if pairs[0][1] or pairs[1][1] else (found["unit"] or "năm").lower()
        rule = "|".join(repetition(int(d), int(m) if m else None, unit, exclusive) for d, m in pairs if d)
        begin = limiter.start if limiter else found.start()
        out.append(DeadlineFound(begin, found.end(), "recurring", exclusive=exclusive, rule=rule))
    return out


def repetition(day: int, month: int | None, unit: str, exclusive: bool) -> str:
    """Return the RRULE of a repeated last day. `exclusive`: the day named is the first one too late."""
    if month is not None:
        try:
            last = date(2001, month, day) - timedelta(days=int(exclusive))
        except ValueError:
            return "FREQ=YEARLY"
        return f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={last.day}"
    shown = (day - 1 if exclusive else day) or -1
    if unit == "tháng":
        return f"FREQ=MONTHLY;BYMONTHDAY={shown}"
    return f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={shown}" if unit in ("quý", "quí") else "FREQ=YEARLY"


def is_yearly(words: str) -> bool:
    """Whether the words before a date without a year say that it comes every year."""
    return bool(_YEARLY.search(words))


def recurring_deadlines(where: Stretch, phrases: Phrases) -> list[DeadlineFound]:
    """Find words of frequency; neighbours ("Thường xuyên, định kỳ hằng quý") make one deadline.

    Left out: frequency that only describes a thing (a yearly budget) or a manner ("thường xuyên, hiệu quả").
    """
    out: list[DeadlineFound] = []
    text = where.text
    for found in _matches(phrases.recurring, where, phrases.recurring_anchor, 24, 40):
        left = text[max(where.start, found.start() - 90) : found.start()]
        joined = bool(out) and _JOINED.fullmatch(text[out[-1].end : found.start()]) is not None
        describes = bool(phrases.noun.search(left[-32:]) or phrases.manner.match(text, found.end(), where.end))
        describes = describes or (found[0].lower().endswith("năm") and _PLAN_OF.search(left) is not None)
        describes = describes or bool(_IS_TASK.search(left) and _NO_VERB.match(text, found.end(), where.end))
        if describes and not joined and not _OPENS_CLAUSE.search(left):
            continue
        words = " ".join((found["words"] or found["periodic"]).lower().split())
        if found["periodic"]:
            words = re.sub(r"^định k[ỳìy],? ", "", words)
        rule = phrases.rules[words]
        if joined:
            out[-1] = replace(out[-1], end=found.end(), rule=out[-1].rule or rule)
        else:
            out.append(DeadlineFound(found.start(), found.end(), "recurring", rule=rule))
    return out
