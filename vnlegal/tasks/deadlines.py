"""Deadlines: from a phrase and the document's date to the last allowed day, or to a rule, or to an event.

"trước ngày D" ends the day before D, "chậm nhất ngày D" on D, a month, quarter or year on its last day. The literal
year is kept, and a doubt goes to `anomaly`: `before-document`, `impossible-date`, `doubtful-year`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import DeadlineKnowledge
from vnlegal.tasks.dates import FIGURE, WORDS, When, anchor_date, find_times
from vnlegal.tasks.model import DeadlineFound
from vnlegal.tasks.phrases import Limiter, Phrases, limiter_before, phrases_of
from vnlegal.tasks.reckoning import (
    REPEATED_ANCHOR,
    Stretch,
    is_yearly,
    recurring_deadlines,
    relative_deadlines,
    repeated_deadlines,
    repetition,
)

_CLAUSE_END = re.compile(r"[.;\n](?=\s|$)|[.;:)\]]$")
_AFTER = re.compile(
    r"[ \n]*(?:[.;:,()\]/]|$|\n|"
    r"(?:để|theo|nhằm|và|bảo đảm|đảm bảo|phải|mọi|báo cáo|trình|gửi|tại|trên|đối với)(?!\w))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[][ ]*(?P<until>(?:xuyên suốt|trong|hạn|thời hạn|hoàn thành)[ :]*)?$", re.IGNORECASE)
_CLAUSE_BEGIN = re.compile(r"(?:^|[.;:\n(]|[-+*•])[ \n]*$")
_PAUSE = re.compile(r"(?:^|[.;:,\n(])[ \n]*$")
_ACTION = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|xong|trình|ban hành|báo cáo|gửi|nộp|đưa|khởi công|khánh thành|phê duyệt|xử lý|"
    r"giải ngân|tổ chức|triển khai|thực hiện|xây dựng|bảo đảm|đảm bảo|phấn đấu|kết thúc|công bố|bàn giao|cung cấp|"
    r"tham mưu|sơ kết|tổng kết|rà soát)\b",
    re.IGNORECASE,
)
_CONCLUDING = re.compile(
    r"\b(?:hoàn thành|trình|ban hành|xong|phê duyệt|khởi công|khánh thành|báo cáo|đưa vào)\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:đã|vừa|đang|được ban hành|có hiệu lực|thông qua)\b", re.IGNORECASE)
_COMPLETION = re.compile(r"\bhoàn thành\b", re.IGNORECASE)
_DONE_BY = re.compile(r"xong[ \n]", re.IGNORECASE)
_PLANNED = re.compile(r"(?:kế hoạch|chương trình|đề án|báo cáo)[ \n]*$", re.IGNORECASE)
_CLOSES = re.compile(r"[ \n]*(?:[.;)]|$|\n)")
# "các dự án chưa hoàn thành trong năm 2025": what is left over, no order
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không)(?:[ \n](?:được|thể))?(?:[ \n][^\W\d_]+){1,3}[ \n]?$", re.IGNORECASE)
_SHORT_TIMES = frozenset({"by_date", "in_month", "in_quarter", "in_half_year"})
_ONWARD = re.compile(r"[ \n](?:và|và cho)[ \n](?:các|những)[ \n]năm[ \n](?:tiếp theo|sau|kế tiếp)", re.IGNORECASE)
_SPANNING = re.compile(r"xuyên suốt[ \n](?:giai đoạn[ \n])?$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:kể[ \n])?từ[ \n]$", re.IGNORECASE)
_DURATION = re.compile(r"(?:trong )?\d{1,3} (?:ngày|tuần|tháng|năm)(?!\w)", re.IGNORECASE)
_RANKS = {"recurring": 1, "event": 2}
_LEFT = 240
# The words right before a time that tell what it is for take up no more than this.
_LONGEST_PHRASE = 64

Timed = TypeVar("Timed", DeadlineFound, When)


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
    citations with their dates. Dates that qualify an object, forecasts, periods of plans and quoted deadlines are
    left out.
    """
    if FIGURE.search(text, start, end) is None and _beginnings(knowledge.deadlines).search(text, start, end) is None:
        return []
    phrases = phrases_of(knowledge.deadlines)
    taken = [span for span in exclude if span[0] < end and span[1] > start]
    where = Stretch(text, start, end, anchor_date(anchor), taken)
    found: list[DeadlineFound] = []
    for finder in (relative_deadlines, repeated_deadlines, _dated_deadlines, recurring_deadlines, _event_deadlines):
        fresh = finder(where, phrases)
        if fresh:
            fresh = _clear_of(taken, fresh, whole=finder not in (relative_deadlines, _event_deadlines))
            found += fresh
            taken += [(d.start, d.end) for d in fresh]
    return _with_their_days(sorted(found, key=lambda d: d.start), text)


@lru_cache(maxsize=4)
def _beginnings(knowledge: DeadlineKnowledge) -> re.Pattern[str]:
    """Compile how all phrases begin that say without a figure when something is due."""
    phrases = phrases_of(knowledge)
    anchors = (phrases.recurring_anchor, phrases.event_anchor, REPEATED_ANCHOR, WORDS)
    return re.compile("|".join(anchor.pattern for anchor in anchors))


def _with_their_days(found: list[DeadlineFound], text: str) -> list[DeadlineFound]:
    """Make one deadline of a bare "định kỳ" and the day right behind it ("định kỳ trước ngày 20 hằng tháng")."""
    out: list[DeadlineFound] = []
    for deadline in found:
        names_day = deadline.kind == "recurring" and not deadline.is_bare
        if names_day and out and out[-1].is_bare and not text[out[-1].end : deadline.start].strip(" ,\n"):
            out[-1] = replace(deadline, start=out[-1].start)
        else:
            out.append(deadline)
    return out


def _clear_of(taken: Sequence[tuple[int, int]], found: Sequence[Timed], *, whole: bool) -> list[Timed]:
    """Return the times and deadlines that share no character with a span of `taken`.

    Not `whole`: that do not begin in one; "kể từ khi nhận được Công văn này" may end with a citation.
    """
    if not (taken and found):
        return list(found)
    spans = sorted(taken)
    starts = [start for start, _ in spans]
    reach = list(accumulate((end for _, end in spans), max))
    places = ((d, bisect_left(starts, d.end if whole else d.start + 1)) for d in found)
    return [d for d, n in places if n == 0 or reach[n - 1] <= d.start]


def main_deadline(found: Sequence[DeadlineFound]) -> DeadlineFound | None:
    """Return the deadline that governs: the first with a date, else the first recurring one, else the first event.

    Of recurring ones a day ("trước ngày 23 hằng tháng") comes before a bare "định kỳ".
    """
    return min(found, key=lambda d: (_RANKS.get(d.kind, 0 if d.due else 1), d.is_bare, d.start), default=None)


def parse_cell(text: str, start: int, end: int, anchor: str | None, knowledge: Knowledge) -> DeadlineFound | None:
    """Read the cell `text[start:end]` of a deadline column; None where it says no time. The span is the whole cell."""
    while end > start and text[end - 1] in " \n./;,":
        end -= 1
    while start < end and text[start] in " \n-+":
        start += 1
    if start >= end:
        return None
    phrases, where = phrases_of(knowledge.deadlines), Stretch(text, start, end, anchor_date(anchor))
    exact = relative_deadlines(where, phrases) or repeated_deadlines(where, phrases)
    if exact:
        return replace(exact[0], start=start, end=end)
    times = [
        (_from_then_on(w, where), limiter_before(text, start, w.start, phrases))
        for w in find_times(text, start, end, where.day)
    ]
    if times:
        return _cell_times(times, where)
    repeated = recurring_deadlines(where, phrases)
    if repeated:
        return DeadlineFound(start, end, "recurring", rule=next((d.rule for d in repeated if d.rule), None))
    if _DURATION.match(text, start, end):
        return DeadlineFound(start, end, "relative")
    return DeadlineFound(start, end, "event") if phrases.cell_event.match(text, start, end) else None


def _from_then_on(when: When, where: Stretch) -> When:
    """Return the open stretch that "từ năm 2026" begins; other times as they are."""
    if when.kind == "period" or not _FROM.search(where.text[max(where.start, when.start - 12) : when.start]):
        return when
    return replace(when, kind="period", last=None)


def _cell_times(times: list[tuple[When, Limiter | None]], where: Stretch) -> DeadlineFound:
    """Join what a cell says: one time, or the last of several; the first and the last of several alike are a period."""
    when, limiter = max(times, key=lambda t: (t[0].last or date.max, t[0].start))
    made = _make(when, limiter, where.start, where.end, where)
    first = times[0][0].first
    if len(times) > 1 and len({t[0].kind for t in times}) == 1 and first is not None and first != when.first:
        return replace(made, kind="period", not_before=first.isoformat())
    return made


def _make(when: When, limiter: Limiter | None, start: int, end: int, where: Stretch) -> DeadlineFound:
    """Turn a time and its limiter into a deadline that stands at `start`..`end`."""
    exclusive = limiter is not None and limiter.effect == "exclusive"
    last, anomaly, kind = when.last, when.anomaly, when.kind
    onward = _ONWARD.match(where.text, when.end, where.end) if kind != "by_date" else None
    if onward is not None:
        last, kind, end = None, "period", max(end, onward.end())
    if exclusive and when.hour is None and when.first is not None and onward is None:
        edge = when.first if kind != "period" else when.last or when.first
        last = edge - timedelta(days=1)
    due = None
    if last is not None:
        due = last.isoformat() + (f"T{when.hour}" if when.hour else "")
        if anomaly is None and where.day is not None and last < where.day:
            anomaly = "before-document"
    not_before = when.first.isoformat() if kind == "period" and when.first is not None and not exclusive else None
    return DeadlineFound(start, end, kind, due=due, not_before=not_before, exclusive=exclusive, anomaly=anomaly)


def _dated_deadlines(where: Stretch, phrases: Phrases) -> list[DeadlineFound]:
    out = []
    times = list(find_times(where.text, where.start, where.end, where.day))
    for when in _clear_of(where.taken, times, whole=True):
        limiter = limiter_before(where.text, where.start, when.start, phrases)
        begin = limiter.start if limiter else when.start
        left = where.text[max(where.start, begin - _LEFT) : begin]
        if not _orders(when, limiter, left, where, phrases):
            continue
        spanning = _SPANNING.search(left)
        if spanning is not None:
            begin -= len(left) - spanning.start()
        made = _make(when, limiter, begin, when.end, where)
        if when.kind == "by_date" and not when.has_year and when.last and is_yearly(_CLAUSE_END.split(left)[-1]):
            rule = repetition(when.last.day, when.last.month, "năm", made.exclusive)
            made = replace(made, kind="recurring", due=None, rule=rule, anomaly=None)
        out.append(made)
    return out


def _orders(when: When, limiter: Limiter | None, left: str, where: Stretch, phrases: Phrases) -> bool:
    """Whether the words around a time make it a deadline; `left` is what stands before it and its limiter."""
    clause = _CLAUSE_END.split(left)[-1]
    if phrases.forecast.search(clause) or _is_quoted(when.start, where):
        return False
    closing = (
        limiter is not None
        and (limiter.effect == "within" or where.text[limiter.start : when.start].lower().startswith("vào"))
        and when.kind in _SHORT_TIMES
        and _CLOSES.match(where.text, when.end, where.end) is not None
    )
    # "sơ kết việc thực hiện Kế hoạch trong tháng 12/2026.", not "dự toán trong năm 2026"
    bound = (limiter is not None and limiter.strong) or (closing and _PLANNED.search(left) is not None)
    near = max(0, len(left) - _LONGEST_PHRASE)
    if (phrases.object.search(left, near) and not bound) or _UNDONE.search(left, near):
        return False
    past = where.day is not None and when.last is not None and when.last < where.day
    opened = phrases.opener.search(left, near) is not None
    completes = _COMPLETION.search(clause[-80:]) is not None
    done = _DONE.search(clause) is not None
    if opened:
        return not (past and done)
    if limiter is None:
        return _stands_in_brackets(when, left, where)
    if limiter.strong:
        completes = completes or _DONE_BY.match(where.text, limiter.start, when.start) is not None
        return not past or (completes and not done)
    if past or (done and not completes):
        return False
    if where.text.startswith(("từ nay", "Từ nay"), limiter.start) and _PAUSE.search(left):
        return True
    if not _AFTER.match(where.text, when.end, where.end):
        return False
    if limiter.effect == "within" and _CLAUSE_BEGIN.search(left):
        return True
    if when.kind in ("in_year", "period"):
        limited = where.text[limiter.start : when.start].lower()
        closes = limiter.effect == "within" or "hết" in limited
        return (closes and _CONCLUDING.search(clause) is not None) or _COMPLETION.search(clause[-40:]) is not None
    return closing or _ACTION.search(clause) is not None


def _is_quoted(at: int, where: Stretch) -> bool:
    """Whether a place stands inside quotation marks that open within the stretch and its paragraph."""
    begin = max(where.text.rfind("\n", where.start, at), at - 2 * _LEFT, where.start)
    return where.text.rfind("“", begin, at) > where.text.rfind("”", begin, at)


def _stands_in_brackets(when: When, left: str, where: Stretch) -> bool:
    """Whether a time without a limiter stands alone in brackets after an action: "(2025 - 2026)", "(hạn tháng 6)"."""
    opening = _BRACKETED.search(left)
    closed = where.text[when.end : where.end].lstrip()[:1] in (")", "]")
    if opening is None or not closed:
        return False
    if opening["until"]:
        return True
    past = where.day is None or (when.last is not None and when.last < where.day)
    return not past and when.kind != "by_date" and not where.text[when.start : when.end].lower().startswith("từ ngày")


def _event_deadlines(where: Stretch, phrases: Phrases) -> list[DeadlineFound]:
    """Find moments that have no date in the text: "ngay sau khi Nghị quyết này được ban hành", "theo lộ trình"."""
    out: list[DeadlineFound] = []
    done = where.start
    for anchor in phrases.event_anchor.finditer(where.text, where.start, where.end):
        if anchor.start() <= done and out:
            continue
        found = phrases.event.match(where.text, max(where.start, anchor.start() - 1), where.end)
        if found is not None:
            out.append(DeadlineFound(found.start(), found.end(), "event"))
            done = found.end()
    return out
