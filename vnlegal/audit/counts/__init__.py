"""The count audit: the arithmetic of a document held against itself, its lists and its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from vnlegal.audit.counts.lists import check_lists
from vnlegal.audit.counts.model import Checked, Page, read_page
from vnlegal.audit.counts.repeats import check_repeats
from vnlegal.audit.counts.shares import check_shares
from vnlegal.audit.counts.sums import check_sums, divisions
from vnlegal.audit.counts.tables import check_tables
from vnlegal.audit.counts.tasktable import TaskTable, check_tasks
from vnlegal.audit.rows import AuditRow, Place, line_ends, line_of
from vnlegal.knowledge.counts import CountKnowledge, load_counts
from vnlegal.records import Task
from vnlegal.segment.model import Segmentation

__all__ = ["audit_counts"]


def audit_counts(
    source: str, segmentation: Segmentation, tasks: Sequence[Task] = (), words: CountKnowledge | None = None
) -> tuple[AuditRow, ...]:
    """Return every checkable count of one document, those that fail first.

    `tasks`: the tasks found in it, by which the rows of its task tables are counted. What cannot be checked has no
    row.
    """
    page = read_page(segmentation, words or load_counts())
    found = list(divisions(page))
    checked = [
        *check_tables(page),
        *check_tasks(page, found, _task_tables(page, tasks)),
        *check_sums(page, found),
        *check_shares(page),
        *check_lists(page),
        *check_repeats(page),
    ]
    ends = line_ends(segmentation.flow.raw)
    return tuple(
        _row(source, page, one, ends) for one in sorted(_once(checked), key=lambda c: (c.holds, c.start, c.end))
    )


def _once(checked: Iterable[Checked]) -> list[Checked]:
    """Leave out what one rule says twice of one place."""
    seen: dict[tuple[str, int, int, bool], Checked] = {}
    for one in checked:
        seen.setdefault((one.code, one.start, one.end, one.holds), one)
    return list(seen.values())


def _task_tables(page: Page, tasks: Sequence[Task]) -> list[TaskTable]:
    """Count the rows of the tables that hold tasks, by status and by the month they are due."""
    flow = page.segmentation.flow
    out = []
    for table in page.segmentation.tables:
        unit = page.segmentation.units[table.unit]
        if unit.end <= unit.start:
            continue
        start, end = flow.span(unit.start, unit.end)
        rows = [task for task in tasks if start <= task.start < end and task.rule.startswith("table")]
        if len(rows) > 1:
            states: Counter[str] = Counter(task.status for task in rows if task.status)
            months = Counter(
                int(task.deadline.due[5:7]) for task in rows if task.deadline is not None and task.deadline.due
            )
            head = min((cell.start for cell in table.rows[0]), default=unit.end)
            out.append(TaskTable((unit.start, max(head - 1, unit.start + 1)), len(rows), states, months))
    return out


def _row(source: str, page: Page, one: Checked, ends: tuple[int, ...]) -> AuditRow:
    flow = page.segmentation.flow
    start, end = flow.span(one.start, one.end)
    places = []
    for span in one.compared:
        first, last = flow.span(*span)
        words = flow.raw[first:last]
        places.append(Place(source=source, start=first, end=last, text=words, line=line_of(ends, first)))
    return AuditRow(
        source=source,
        start=start,
        end=end,
        text=flow.raw[start:end],
        line=line_of(ends, start),
        code=one.code,
        verdict="holds" if one.holds else "fails",
        severity="info" if one.holds else one.severity,
        message=one.message,
        stated=one.stated,
        compared=tuple(places),
        calculation=one.calculation,
        doubt=one.doubt,
    )
