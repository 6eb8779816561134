"""Counts of tasks in the prose held against one another and against the rows of a task table.

A statement belongs to a table when it gives the same total as the table has rows: that many tasks, no other table
with as many. What is compared is how many are done, under way, overdue, and how many are due in the months named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnlegal.audit.counts.figures import Figure
from vnlegal.audit.counts.model import Checked, Page, Sentence, Span
from vnlegal.audit.counts.states import state_of
from vnlegal.audit.counts.sums import TASK, Division
from vnlegal.labels import STATUS

_DUE = re.compile(r"\bhạn\b[^.;()\d]{0,40}?((?:(?:tháng|T)\s?\d{1,2}(?:/\d{4})?(?:,\s|\svà\s|\s-\s|-)?)+)", re.I)
_MONTH = re.compile(r"(?:tháng|T)\s?(\d{1,2})", re.I)
_FEWEST = 5
_PLACES = 8
_MADE_OF = {"in_progress": ("in_progress", "overdue", "not_started"), "not_started": ("not_started", "overdue")}


@dataclass(frozen=True, slots=True)
class TaskTable:
    """The rows of a task table: how many, by status, by month due. `span` is in flow offsets."""

    span: Span
    rows: int
    states: Counter[str]
    months: Counter[int]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one place says of a number of tasks: the total, and how many of them have a status."""

    total: Figure
    count: int
    states: tuple[tuple[str, int], ...]
    span: Span
    clause: Span


def check_tasks(page: Page, found: Sequence[Division], tables: Sequence[TaskTable]) -> Iterator[Checked]:
    """Yield the counts of tasks that the tables or other counts of the text bear out or not."""
    seen: defaultdict[int, list[_Said]] = defaultdict(list)
    for statement in _said(page, found):
        for other in seen[statement.count][:_PLACES]:
            yield from _against(statement, other)
        seen[statement.count].append(statement)
        for table in _tables_of(statement.count, tables):
            yield from _states(statement, table)
    for sentence in page.sentences:
        yield from _due(page, sentence, tables)


def _tables_of(total: int, tables: Sequence[TaskTable]) -> list[TaskTable]:
    fitting = [table for table in tables if table.rows == total]
    return fitting if len(fitting) == 1 else []


def _said(page: Page, found: Sequence[Division]) -> Iterator[_Said]:
    for division in found:
        if division.total.kind != TASK or division.total.of is not None:
            continue
        states = tuple((s, int(f.value)) for f in division.parts if f.is_count and (s := _state(page, f)) is not None)
        if states:
            yield _Said(division.total, int(division.total.value), states, division.span, division.span)
    for sentence in page.sentences:
        for figure in sentence.figures:
            if figure.of is None or figure.percent or figure.kind != TASK:
                continue
            end = _clause_end(page.text, figure.end, sentence.end)
            words = re.sub(r"\([^()]*\)", " ", page.text[figure.end : end])
            state = state_of(words)
            if state is not None:
                span = (figure.start, end)
                yield _Said(figure, int(figure.of), ((state, int(figure.value)),), span, span)


def _state(page: Page, figure: Figure) -> str | None:
    return state_of(figure.noun) or state_of(page.text[max(figure.start - 30, 0) : figure.start].rsplit(",", 1)[-1])


def _clause_end(text: str, at: int, end: int) -> int:
    depth = 0
    for place in range(at, end):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and text[place] in ".;,":
            return place
    return end


def _fits(state: str, number: int, known: dict[str, int]) -> bool:
    """Whether a number of one status agrees; those overdue may be counted among those under way."""
    names = _MADE_OF.get(state, (state,))
    sums = {sum(known.get(name, 0) for name in names[:size]) for size in range(1, len(names) + 1)}
    return number in sums


def _sum_words(state: str, number: int, known: dict[str, int]) -> str:
    """Return the comparison of one status as one would write it: 15 = 13 + 2; 15 ≠ 14, 14 + 2 = 16."""
    names = [name for name in _MADE_OF.get(state, (state,)) if known.get(name) or name == state]
    sums = []
    for size in range(1, len(names) + 1):
        parts = [known.get(name, 0) for name in names[:size]]
        words = " + ".join(map(str, parts))
        if sum(parts) == number:
            return f"{STATUS[state]}: {number} = {words}"
        sums.append(words if size == 1 else f"{words} = {sum(parts)}")
    return f"{STATUS[state]}: {number} ≠ {', '.join(sums)}"


def _against(statement: _Said, other: _Said) -> Iterator[Checked]:
    if statement.count != other.count or statement.span == other.span:
        return
    known = dict(other.states)
    shared = [(state, number) for state, number in statement.states if state in known]
    if not shared:
        return
    yield _row(statement, "repeated", other.span, known, shared, "ở chỗ khác")


def _states(statement: _Said, table: TaskTable) -> Iterator[Checked]:
    if sum(table.states.values()) < table.rows:
        return
    known = dict(table.states)
    yield _row(statement, "status-count", table.span, known, list(statement.states), "theo bảng")


def _row(
    statement: _Said, code: str, place: Span, known: dict[str, int], shared: Sequence[tuple[str, int]], where: str
) -> Checked:
    holds = all(_fits(state, number, known) for state, number in shared)
    sums = "; ".join(_sum_words(state, number, known) for state, number in shared)
    here = ", ".join(f"{number} {STATUS[state]}" for state, number in shared)
    there = ", ".join(f"{known[state]} {name}" for state, name in STATUS.items() if known.get(state))
    return Checked(
        code=code,
        start=statement.span[0],
        end=statement.span[1],
        holds=holds,
        calculation=sums,
        message=f"Trong {statement.count} nhiệm vụ nêu {here}; {where}: {there}.",
        stated={"total": str(statement.count), "here": here, "there": there},
        compared=(place,),
    )


def _due(page: Page, sentence: Sentence, tables: Sequence[TaskTable]) -> Iterator[Checked]:
    """Check "37 nhiệm vụ hạn thực hiện trong tháng 3, tháng 4, tháng 5" against the deadlines of the table."""
    for figure in sentence.figures:
        total = int(figure.of if figure.of is not None else figure.value)
        if figure.percent or figure.kind != TASK or total < _FEWEST:
            continue
        rest = page.text[figure.end : min(sentence.end, figure.end + 90)]
        due = _DUE.search(rest)
        if due is None or len(rest[: due.start()].split()) > 4 or re.search(r"\d|;", rest[: due.start()]):
            continue
        months = {int(month) for month in _MONTH.findall(due[1])}
        for table in _tables_of(total, tables):
            if sum(table.months.values()) < table.rows or not months:
                continue
            if re.search(r"[-–]", due[1]):
                months = set(range(min(months), max(months) + 1))
            rows = sum(table.months[month] for month in months)
            holds = rows == total
            close = page.text.startswith(")", figure.end + due.end())
            by_month = ", ".join(f"tháng {m}: {n}" for m, n in sorted(table.months.items()))
            yield Checked(
                code="due-count",
                start=figure.start,
                end=figure.end + due.end() + close,
                holds=holds,
                calculation=f"{total} {'=' if holds else '≠'} {rows} ({by_month})",
                message=f"Nêu {total} nhiệm vụ hạn tháng {', '.join(map(str, sorted(months)))}; theo bảng: {rows}.",
                stated={"stated": str(total), "table": str(rows)},
                compared=(table.span,),
            )
