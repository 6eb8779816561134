"""The deadline audit: what is overdue or due soon on a day, by body, and what two places say differently of one task.

A task is called overdue (`fails`) where a document says it is not done; where none says how it stands, it is left to
the reader (`open`). Two tasks are taken for one only when their words nearly agree and no body speaks against it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from vnlegal.audit.rows import Audit, AuditRow, Place, Reading, Tally, Verdict, day_words, shorten
from vnlegal.labels import STATUS
from vnlegal.records import Task

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 6
_ALIKE = 0.8
_NEARLY = 0.92
_KEY_WORDS = 5
_MOST_ALIKE = 30
_NO_DAY = ("impossible-date", "doubtful-year")
_ORDER = ("overdue", "statuses-differ", "deadlines-differ", "due-soon")
_BINDING = ("assigned", "requested", "reported")
_DATED = ("by_date", "in_month", "in_quarter", "in_half_year", "in_year", "period")


@dataclass(frozen=True, slots=True)
class Stated:
    """A task as one document states it."""

    reading: Reading
    task: Task
    words: frozenset[str]
    opening: tuple[str, ...]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.reading.place(self.task.start, self.task.end, self.task.text)

    @property
    def leads(self) -> frozenset[str]:
        """The bodies that lead it."""
        return frozenset(actor.canonical for actor in self.task.leads)


def audit_deadlines(
    readings: Sequence[Reading], as_of: str, *, within: int = 15, today: Mapping[str, str] | None = None
) -> Audit:
    """Return the tasks overdue on the ISO day `as_of` or due in the `within` days after it, and contradictions.

    `today`: for bodies that no longer exist, who answers for them.
    """
    groups = stated_tasks(readings)
    rows = [row for group in groups for row in _rows(group, date.fromisoformat(as_of), within, today or {})]
    rows.sort(key=_importance)
    counts = Counter(row.code for row in rows)
    summary = {"documents": len(readings), "tasks": sum(map(len, groups)), **{code: counts[code] for code in _ORDER}}
    return Audit(as_of=as_of, summary=summary, by=_by_body(rows, today or {}), rows=tuple(rows))


def stated_tasks(readings: Iterable[Reading]) -> list[list[Stated]]:
    """Return the tasks of all documents, the statements of one task together."""
    return same_tasks(_stated(reading, task) for reading in readings for task in reading.analysis.tasks)


def _stated(reading: Reading, task: Task) -> Stated:
    words = _WORD.findall(task.text.casefold())
    return Stated(reading, task, frozenset(words), tuple(words[:_KEY_WORDS]))


def same_tasks(stated: Iterable[Stated]) -> list[list[Stated]]:
    """Group the statements of one task: the same opening words, nearly the same words, no other body in the lead."""
    groups: list[list[Stated]] = []
    by_opening: defaultdict[tuple[str, ...], list[list[Stated]]] = defaultdict(list)
    for one in stated:
        known = by_opening[one.opening]
        group = next((g for g in known[-_MOST_ALIKE:] if _same(g[0], one)), None)
        if group is None:
            group = []
            groups.append(group)
            known.append(group)
        group.append(one)
    return groups


def _same(first: Stated, second: Stated) -> bool:
    if min(len(first.words), len(second.words)) < _FEWEST_WORDS:
        return False
    if first.leads and second.leads and not first.leads & second.leads:
        return False
    if first.reading is second.reading:
        return first.words == second.words and first.task.path != second.task.path
    common = len(first.words & second.words) / len(first.words | second.words)
    return common >= _NEARLY or (common >= _ALIKE and (first.words <= second.words or second.words <= first.words))


def _rows(group: Sequence[Stated], day: date, within: int, today: Mapping[str, str]) -> Iterator[AuditRow]:
    latest = max(group, key=lambda one: (one.reading.analysis.document.date or "", one.task.status is not None))
    late = _late(latest, group, day, within, today)
    if late is not None:
        yield late
    yield from _differing(group, today)


def _row(one: Stated, today: Mapping[str, str], code: str, verdict: Verdict, message: str, **more: object) -> AuditRow:
    place = one.place
    leads = list(dict.fromkeys(actor.canonical for actor in one.task.leads))
    now = [today[name] for name in leads if name in today]
    due = one.task.deadline.due if one.task.deadline is not None else None
    return AuditRow.model_validate(
        {
            **place.model_dump(),
            "code": code,
            "verdict": verdict,
            "message": message,
            "refs": (one.task.id,),
            "agency": "; ".join(leads) or None,
            "today": "; ".join(dict.fromkeys(now)) or None,
            "due": due[:10] if due else None,
            **more,
        }
    )


def _late(one: Stated, group: Sequence[Stated], day: date, within: int, today: Mapping[str, str]) -> AuditRow | None:
    """Return the row of a task that is overdue or due soon by its latest statement."""
    task = one.task
    statuses = {other.task.status for other in group}
    if task.modality not in _BINDING or task.status == "done" or "done" in statuses:
        return None
    others = tuple(other.place for other in group if other is not one)[:5]
    if task.deadline is None or task.deadline.due is None or task.deadline.anomaly in _NO_DAY:
        if task.status != "overdue":
            return None
        return _row(one, today, "overdue", "fails", "Văn bản ghi là quá hạn.", compared=others)
    due = date.fromisoformat(task.deadline.due[:10])
    if due < day:
        how = f"Hạn {day_words(task.deadline.due)}, đến {day_words(day.isoformat())} đã quá {(day - due).days} ngày; "
        if task.status is None:
            return _row(one, today, "overdue", "open", how + "chưa thấy văn bản nào ghi kết quả.", compared=others)
        return _row(one, today, "overdue", "fails", how + f"văn bản ghi {STATUS[task.status]}.", compared=others)
    if due <= day + timedelta(days=within):
        left = (due - day).days
        when = "hôm nay" if left == 0 else f"còn {left} ngày"
        return _row(one, today, "due-soon", "open", f"Hạn {day_words(task.deadline.due)}: {when}.", compared=others)
    return None


def _differing(group: Sequence[Stated], today: Mapping[str, str]) -> Iterator[AuditRow]:
    """Yield what two statements of one task say differently; an open task that is done later is no contradiction."""
    first = group[0]
    for one in group[1:]:
        a, b = first.task.deadline, one.task.deadline
        if a is None or b is None or not (a.due and b.due) or a.due == b.due or a.anomaly or b.anomaly:
            continue
        if a.kind not in _DATED or b.kind not in _DATED:
            continue
        here = one.reading is first.reading
        yield _row(
            one, today, "deadlines-differ", "fails" if here else "open",
            f"Thời hạn ở đây là {day_words(b.due)}, ở chỗ khác là {day_words(a.due)}: "
            f"“{shorten(b.text, 50)}” và “{shorten(a.text, 50)}”.",
            compared=(first.place,),
            doubt=None if here else "văn bản sau có thể đã điều chỉnh thời hạn",
        )  # fmt: skip
        break
    for earlier, later in _contradicting(group):
        a_words, b_words = (STATUS[s.task.status] for s in (earlier, later) if s.task.status)
        yield _row(
            later, today, "statuses-differ", "fails",
            f"Tình trạng ở đây là {b_words}, ở chỗ khác là {a_words}.",
            compared=(earlier.place,),
        )  # fmt: skip
        break


def _contradicting(group: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    known = [one for one in group if one.task.status is not None]
    known.sort(key=lambda one: one.reading.analysis.document.date or "")
    for earlier, later in pairwise(known):
        if earlier.task.status == later.task.status:
            continue
        same_day = earlier.reading.analysis.document.date == later.reading.analysis.document.date
        if same_day or earlier.task.status == "done":
            yield earlier, later


def _importance(row: AuditRow) -> tuple[int, int, str, str, int]:
    """Sort what a document itself calls undone first, longest overdue in front; unknown ones last, newest in front."""
    unknown = row.code == "overdue" and row.verdict == "open"
    due = row.due or ""
    if unknown:
        due = "".join(chr(ord("9") - int(c) + ord("0")) if c.isdigit() else c for c in due)
    return int(unknown), _ORDER.index(row.code), due, row.source, row.start


def _by_body(rows: Iterable[AuditRow], today: Mapping[str, str]) -> tuple[Tally, ...]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for name in (row.agency or "chưa rõ cơ quan").split("; "):
            counts[name][row.code] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1]["overdue"], -sum(item[1].values()), item[0]))
    return tuple(Tally(name=name, today=today.get(name), counts=dict(number)) for name, number in ordered)
