"""Deadlines: from a phrase and the document's date to the last allowed day, or to a rule, or to an event.

"trước ngày D" ends the day before D, "chậm nhất ngày D" on D, a month, quarter or year on its last day. A period
reckoned from a day does not count that day (Bộ luật Dân sự 91/2015/QH13, Điều 147); working days leave out weekends
and the public holidays of Vietnam. The literal year is kept, and a doubt goes to `anomaly`:
`before-document`, `impossible-date`, `doubtful-year`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import DeadlineKnowledge
from vnlegal.records import DeadlineKind
from vnlegal.tasks.dates import When, anchor_date, find_times, last_day
from vnlegal.tasks.model import DeadlineFound

_CLAUSE_END = re.compile(r"[.;\n](?=\s|$)|[.;:)\]]$")
_AFTER = re.compile(
    r"[ \n]*(?:[.;:,)\]/]|$|\n|(?:để|theo|nhằm|và|bảo đảm|đảm bảo|phải|mọi|báo cáo|trình|gửi|tại|trên|đối với)(?!\w))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[][ ]*(?:xuyên suốt|trong|hạn|thời hạn|hoàn thành)?[ :]*$", re.IGNORECASE)
_CLAUSE_BEGIN = re.compile(r"(?:^|[.;:\n(]|^[-+*•]|[-+*•])[ \n]*$")
_ACTION = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|xong|trình|ban hành|báo cáo|gửi|nộp|đưa|khởi công|khánh thành|phê duyệt|xử lý|giải ngân|tổ chức"
    r"|triển khai|thực hiện|xây dựng|bảo đảm|đảm bảo|phấn đấu|kết thúc|công bố|bàn giao|cung cấp|tham mưu|sơ kết|tổng kết|rà soát)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:đã|vừa|được ban hành|có hiệu lực|thông qua)\b", re.IGNORECASE)
_REPEATED = re.compile(
    r"(?P<days>(?:ngày[ \n])?(?P<d>\d{1,2})(?:[ \n]?/[ \n]?(?P<m>\d{1,2})|[ \n]tháng[ \n](?P<mw>\d{1,2}))?"
    r"(?:,?[ \n]?(?:và|,|hoặc)[ \n]?(?:trước[ \n])?(?:ngày[ \n])?(?P<d2>\d{1,2})(?:[ \n]?/[ \n]?(?P<m2>\d{1,2})|[ \n]tháng[ \n](?P<mw2>\d{1,2}))?)?)"
    r",?[ \n](?:của[ \n])?(?P<end>(?:tháng[ \n](?P<last>cuối|đầu)[ \n])?(?:hằng|hàng|mỗi|của|cuối)?[ \n]?(?P<unit>tháng|quý|quí|năm)(?!\w)(?![ \n]*\d))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?P<n>\d{1,3})(?:[ \n]?\([^()\n]{1,30}\))?[ \n](?P<unit>ngày làm việc|ngày|giờ|phút|tuần|tháng|năm)(?P<work>[ \n]làm việc)?"
    r",?[ \n](?P<from>(?:kể|tính)[ \n]từ|sau|từ|trước)(?P<what>[ \n](?:khi|ngày|thời điểm|lúc))?(?P<rest>[ \n][^.;,\n]{1,160}|)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:cho đến hết|trong(?: vòng| thời hạn| thời gian)?|ít nhất(?: là)?|tối đa|tối thiểu)[ \n]$", re.IGNORECASE
)
_BEFORE_TAIL = 48


@dataclass(frozen=True, slots=True)
class _Rules:
    """The phrases of a knowledge as compiled patterns."""

    limiter: re.Pattern[str]
    effects: dict[str, tuple[str, bool]]
    opener: re.Pattern[str]
    forecast: re.Pattern[str]
    object: re.Pattern[str]
    noun: re.Pattern[str]
    recurring: re.Pattern[str]
    rules: dict[str, str | None]
    event: re.Pattern[str]
    cell_event: re.Pattern[str]
    issued: re.Pattern[str]


def _alternation(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"[ \n]") for w in ordered)


@lru_cache(maxsize=4)
def _rules(knowledge: DeadlineKnowledge) -> _Rules:
    def words(role: str) -> str:
        return _alternation(w for p in knowledge.phrases if p.role == role for w in p.words)

    phrases = knowledge.phrases
    flags = re.IGNORECASE
    return _Rules(
        limiter=re.compile(rf"(?<!\w)(?P<words>{words('limiter')})(?:[ \n]|$)+$", flags),
        effects={w: (p.effect or "within", p.strong) for p in phrases if p.role == "limiter" for w in p.words},
        opener=re.compile(rf"(?<!\w)(?:{words('opener')})(?:[ \n]?:|[ \n](?:là|vào))?[ \n(]*$", flags),
        forecast=re.compile(rf"(?<!\w)(?:{words('forecast')})(?!\w)", flags),
        object=re.compile(rf"(?<!\w)(?:{words('object')})[ \n]*$", flags),
        noun=re.compile(rf"(?<!\w)(?:{words('noun')})[ \n]*$", flags),
        recurring=re.compile(
            rf"(?<!\w)(?:(?P<periodic>định[ \n]k[ỳìy],?[ \n](?:{words('periodic')}))|(?P<words>{words('recurring')}))(?!\w)",
            flags,
        ),
        rules={w: p.rule for p in phrases if p.role in ("recurring", "periodic") for w in p.words},
        event=re.compile(
            rf"(?<!\w)(?:(?:{words('event')})[ \n][^.,;:\n()]{{2,120}}|(?:{words('schedule')})(?![\w])[^.;:\n()]{{0,120}})",
            flags,
        ),
        cell_event=re.compile(rf"(?:{words('cell_event')}|{words('event')}|{words('schedule')})(?!\w)", flags),
        issued=re.compile(
            rf"(?:(?:{words('issued')})|(?:[\w ]{{3,40}} này)[ ]được[ ](?:ký|ban hành|ký ban hành))"
            rf"(?:[ ](?:văn bản|[A-ZĐ]\w+(?: \w+)?)[ ]này)?(?=[ ]*(?:[.,;)\n]|$|phải|để))",
            flags,
        ),
    )


def find_deadlines(
    text: str,
    start: int,
    end: int,
    anchor: str | None,
    knowledge: Knowledge,
    *,
    exclude: Sequence[tuple[int, int]] = (),
) -> list[DeadlineFound]:
    """Find the deadlines of the stretch `text[start:end]` of the flow, in order.

    `anchor` is the document's date, which gives a missing year; `exclude` are spans that hold no deadline, such as
    citations with their dates. Dates that qualify an object, forecasts and periods of plans are left out.
    """
    rules = _rules(knowledge.deadlines)
    day = anchor_date(anchor)
    found = _relative_deadlines(text, start, end, day, rules)
    taken = [(d.start, d.end) for d in found] + [span for span in exclude if span[0] < end and span[1] > start]
    for group in (_repeated(text, start, end, rules), _dated(text, start, end, day, rules, taken)):
        fresh = [d for d in group if not _touches(d, taken)]
        found += fresh
        taken += [(d.start, d.end) for d in fresh]
    for group in (_recurring(text, start, end, rules), _events(text, start, end, rules)):
        fresh = [d for d in group if not _touches(d, taken)]
        found += fresh
        taken += [(d.start, d.end) for d in fresh]
    return sorted(found, key=lambda d: d.start)


def main_deadline(found: Sequence[DeadlineFound]) -> DeadlineFound | None:
    """Return the deadline that governs: the first with a date, else the first recurring one, else the first event."""
    ranks = {"recurring": 1, "event": 2}
    return min(found, key=lambda d: (ranks.get(d.kind, 0 if d.due else 2), d.start), default=None)


def parse_cell(text: str, start: int, end: int, anchor: str | None, knowledge: Knowledge) -> DeadlineFound | None:
    """Read the cell `text[start:end]` of a deadline column; None where it says no time. The span is the whole cell."""
    while end > start and text[end - 1] in " \n./;,":
        end -= 1
    while start < end and text[start] in " \n-+":
        start += 1
    if start >= end:
        return None
    rules, day = _rules(knowledge.deadlines), anchor_date(anchor)
    exact = _relative_deadlines(text, start, end, day, rules) or _repeated(text, start, end, rules)
    if exact:
        return replace(exact[0], start=start, end=end)
    times = [(w, _limiter(text, start, w.start, rules)) for w in find_times(text, start, end, day)]
    if times:
        return _cell_times(times, start, end, day)
    repeated = _recurring(text, start, end, rules)
    if repeated:
        rule = next((d.rule for d in repeated if d.rule), None)
        return DeadlineFound(start, end, "recurring", rule=rule)
    if rules.cell_event.search(text, start, end):
        return DeadlineFound(start, end, "event")
    return None


def _cell_times(
    times: list[tuple[When, tuple[int, str, bool] | None]], start: int, end: int, day: date | None
) -> DeadlineFound:
    """Join what a cell says: one time, or the last of several; first and last year of a bare range."""
    when, limiter = max(times, key=lambda t: (t[0].last or date.max, t[0].start))
    made = _make(when, limiter, start, end, day)
    if (
        len(times) > 1
        and len({t[0].kind for t in times}) == 1
        and times[0][0].first
        and when.first != times[0][0].first
    ):
        return replace(made, kind="period", not_before=times[0][0].first.isoformat())
    return made


def _touches(found: DeadlineFound, taken: Sequence[tuple[int, int]]) -> bool:
    return any(found.start < b and found.end > a for a, b in taken)


def _limiter(text: str, start: int, at: int, rules: _Rules) -> tuple[int, str, bool] | None:
    """Return (where it begins, its effect, whether it is strong) of the limiter that ends at `at`."""
    begin = max(start, at - _BEFORE_TAIL)
    found = rules.limiter.search(text[begin:at])
    if found is None:
        return None
    effect, strong = rules.effects[" ".join(found["words"].lower().split())]
    return begin + found.start(), effect, strong


def _make(when: When, limiter: tuple[int, str, bool] | None, start: int, end: int, day: date | None) -> DeadlineFound:
    """Turn a time and its limiter into a deadline that stands at `start`..`end`."""
    exclusive = limiter is not None and limiter[1] == "exclusive"
    last, anomaly, kind = when.last, when.anomaly, when.kind
    due = None
    if exclusive and when.hour is None and when.first is not None:
        last = (when.first if kind != "period" else when.last or when.first) - timedelta(days=1)
    if last is not None:
        due = last.isoformat() + (f"T{when.hour}" if when.hour else "")
        if anomaly is None and day is not None and last < day:
            anomaly = "before-document"
    period = kind == "period" and when.first is not None
    not_before = when.first.isoformat() if period and when.first and not exclusive else None
    return DeadlineFound(start, end, kind, due=due, not_before=not_before, exclusive=exclusive, anomaly=anomaly)


def _dated(
    text: str, start: int, end: int, day: date | None, rules: _Rules, taken: Sequence[tuple[int, int]]
) -> list[DeadlineFound]:
    out = []
    for when in find_times(text, start, end, day):
        if any(when.start < b and when.end > a for a, b in taken):
            continue
        limiter = _limiter(text, start, when.start, rules)
        begin = limiter[0] if limiter else when.start
        if _orders(text, start, end, begin, when, limiter, day, rules):
            out.append(_make(when, limiter, begin, when.end, day))
    return out


def _orders(
    text: str,
    start: int,
    end: int,
    begin: int,
    when: When,
    limiter: tuple[int, str, bool] | None,
    day: date | None,
    rules: _Rules,
) -> bool:
    """Whether the words around a time make it a deadline (see the module's rules on limiters)."""
    floor = max(start, begin - 240)
    left = text[floor:begin]
    clause = _CLAUSE_END.split(left)[-1]
    if rules.forecast.search(clause) or rules.object.search(left):
        return False
    if not when.named and when.kind in ("in_year", "in_month") and limiter is None:
        return False
    past = day is not None and when.last is not None and when.last < day
    opened = bool(rules.opener.search(left))
    if opened and not (past and _DONE.search(clause)):
        return True
    if limiter is not None and limiter[2]:
        return not past or bool(re.search(r"hoàn thành|hạn", clause, re.IGNORECASE)) and not _DONE.search(clause)
    if past or (_DONE.search(clause) and not re.search(r"hoàn thành", clause, re.IGNORECASE)):
        return False
    if limiter is None:
        closed = text[when.end : when.end + 2].lstrip()[:1] in (")", "]")
        return bool(_BRACKETED.search(left)) and closed
    if not _AFTER.match(text, when.end, end):
        return False
    if limiter[1] == "within" and _CLAUSE_BEGIN.search(left):
        return True
    if when.kind in ("in_year", "period"):
        return bool(
            re.search(r"hoàn thành|trình|ban hành|xong|phê duyệt|khởi công|báo cáo|đưa vào", clause, re.IGNORECASE)
        ) and (limiter[1] == "within" or "hết" in text[begin : when.start] or "hoàn thành" in clause.lower())
    return bool(_ACTION.search(clause))


def _relative_deadlines(text: str, start: int, end: int, day: date | None, rules: _Rules) -> list[DeadlineFound]:
    """Find "trong N ngày kể từ …": computed where the day is known, an event where it is not."""
    out = []
    for found in _RELATIVE.finditer(text, start, end):
        limiter = _limiter(text, start, found.start(), rules)
        before = _WITHIN.search(text, max(start, found.start() - 24), found.start())
        begin = min([x for x in (limiter and limiter[0], before and before.start()) if x is not None], default=None)
        if begin is None:
            continue
        rest = found["rest"].strip()
        counted = _reckon(found, rest, day, rules)
        if counted is None:
            out.append(DeadlineFound(begin, found.end() - (len(found["rest"]) - len(found["rest"].rstrip())), "event"))
            continue
        due, size = counted
        stop = found.end("what" if found["what"] else "from") + size
        anomaly = "before-document" if day is not None and due < day else None
        out.append(DeadlineFound(begin, stop, "relative", due=due.isoformat(), anomaly=anomaly))
    return out


def _reckon(found: re.Match[str], rest: str, day: date | None, rules: _Rules) -> tuple[date, int] | None:
    """Return the last day of the period and how far into `rest` its starting day reaches; None where that is unknown."""
    unit, n = found["unit"].lower(), int(found["n"])
    if found["from"].lower() == "trước" or unit in ("giờ", "phút"):
        return None
    words = f"{found['what'] or ''} {rest}".strip()
    lead = len(words) - len(rest)
    first, size = None, 0
    for when in find_times(words, 0, len(words), day):
        if when.kind == "by_date" and when.start <= lead:
            first, size = when.last, when.end - lead + 1
        break
    if first is None:
        issued = rules.issued.match(rest)
        if issued is None or day is None or not found["what"]:
            return None
        first, size = day, issued.end() + 1
    if unit == "ngày làm việc" or found["work"]:
        return add_working_days(first, n), size
    if unit in ("tháng", "năm"):
        months = first.month - 1 + n * (12 if unit == "năm" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        return date(year, month, min(first.day, last_day(year, month).day)), size
    return first + timedelta(days=n * (7 if unit == "tuần" else 1)), size


def add_working_days(first: date, count: int) -> date:
    """Return the day `count` working days after `first`: no Saturdays, Sundays, public holidays of Vietnam."""
    from holidays import country_holidays

    free = country_holidays("VN", years=range(first.year, first.year + 2 + count // 240))
    day = first
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            count -= 1
    return day


def _repeated(text: str, start: int, end: int, rules: _Rules) -> list[DeadlineFound]:
    """Find "trước ngày 20 hằng tháng", "ngày 01/6 và 15/11 hằng năm"."""
    out = []
    for found in _REPEATED.finditer(text, start, end):
        ends = found["end"].lower()
        if not ("hằng" in ends or "hàng" in ends or "mỗi" in ends or found["last"]):
            continue
        limiter = _limiter(text, start, found.start(), rules)
        if limiter is None and not found["days"].lower().startswith("ngày"):
            continue
        exclusive = limiter is not None and limiter[1] == "exclusive"
        begin = limiter[0] if limiter else found.start()
        pairs = [(found["d"], found["m"] or found["mw"]), (found["d2"], found["m2"] or found["mw2"])]
        unit = "năm" if pairs[0][1] or pairs[1][1] else found["unit"].lower()
        rule = "|".join(_rrule(int(d), int(m) if m else None, unit, exclusive) for d, m in pairs if d)
        out.append(DeadlineFound(begin, found.end(), "recurring", exclusive=exclusive, rule=rule))
    return out


def _rrule(day: int, month: int | None, unit: str, exclusive: bool) -> str:
    """Return the RFC 5545 rule of a repeated last day; `|` between two rules means either."""
    if month is not None:
        try:
            last = date(2001, month, day) - timedelta(days=int(exclusive))
        except ValueError:
            return "FREQ=YEARLY"
        return f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={last.day}"
    shown = day - 1 if exclusive else day
    shown = -1 if shown == 0 else shown
    if unit == "tháng":
        return f"FREQ=MONTHLY;BYMONTHDAY={shown}"
    return f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={shown}" if unit in ("quý", "quí") else "FREQ=YEARLY"


def _recurring(text: str, start: int, end: int, rules: _Rules) -> list[DeadlineFound]:
    """Find recurring words; neighbours ("Thường xuyên, định kỳ hằng quý") make one deadline."""
    out: list[DeadlineFound] = []
    for found in rules.recurring.finditer(text, start, end):
        if rules.noun.search(text[max(start, found.start() - 24) : found.start()]):
            continue
        words = " ".join((found["words"] or found["periodic"]).lower().split())
        if found["periodic"]:
            words = re.sub(r"^định k[ỳìy],? ", "", words)
        rule = rules.rules[words]
        if out and re.fullmatch(r"[ \n]*(?:,|và|hoặc|;)?[ \n]*", text[out[-1].end : found.start()]):
            out[-1] = replace(out[-1], end=found.end(), rule=out[-1].rule or rule)
        else:
            out.append(DeadlineFound(found.start(), found.end(), "recurring", rule=rule))
    return out


def _events(text: str, start: int, end: int, rules: _Rules) -> list[DeadlineFound]:
    kind: DeadlineKind = "event"
    return [DeadlineFound(m.start(), m.end(), kind) for m in rules.event.finditer(text, start, end)]
