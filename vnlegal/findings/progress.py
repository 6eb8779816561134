"""Doubts about tasks: deadlines that cannot be, a status its result does not bear out, nobody to lead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from vnlegal.knowledge import Knowledge
from vnlegal.labels import STATUS
from vnlegal.records import Deadline, DocumentRecord, Finding, Severity, Task
from vnlegal.tasks.dates import anchor_date, find_times
from vnlegal.tasks.status import is_doubtful

_SUBMIT = re.compile(r"\btrình\b", re.IGNORECASE)
_SUBMITTED = re.compile(r"\bđã (?:được )?trình\b", re.IGNORECASE)
_NEARLY_EMPTY = 12
_LONGEST_SHOWN = 60


def task_doubts(document: DocumentRecord, tasks: tuple[Task, ...], knowledge: Knowledge) -> Iterator[Finding]:
    """Show the doubts about each task, and the results that several tasks share under different labels."""
    for task in tasks:
        if task.deadline is not None:
            yield from _deadline(task, task.deadline, document)
        yield from _status(task, knowledge)
    yield from _without_lead(tasks)
    yield from _same_result(tasks)


def _without_lead(tasks: Iterable[Task]) -> Iterator[Finding]:
    """Show tasks that name nobody to lead, those under one heading together."""
    sections: defaultdict[tuple[str, ...], list[Task]] = defaultdict(list)
    for task in tasks:
        if task.modality == "assigned" and not task.leads:
            sections[task.path].append(task)
    for path, group in sections.items():
        first = group[0]
        if len(group) == 1:
            message = f"Nhiệm vụ chưa rõ cơ quan chủ trì: “{_short(first.text)}”."
        else:
            place = f" thuộc mục “{_short(path[-1])}”" if path else ""
            message = f"{len(group)} nhiệm vụ{place} chưa rõ cơ quan chủ trì."
        yield Finding(
            code="task-without-lead",
            severity="info",
            start=first.start,
            end=first.end,
            message=message,
            refs=tuple(task.id for task in group),
        )


def _finding(code: str, severity: Severity, task: Task, message: str, span: tuple[int, int] | None = None) -> Finding:
    start, end = span or (task.start, task.end)
    return Finding(code=code, severity=severity, start=start, end=end, message=message, refs=(task.id,))


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST_SHOWN else flat[: _LONGEST_SHOWN - 1].rstrip() + "…"


def _day(due: str) -> str:
    return "/".join(reversed(due[:10].split("-")))


def _deadline(task: Task, deadline: Deadline, document: DocumentRecord) -> Iterator[Finding]:
    span = (deadline.start, deadline.end)
    words = _short(deadline.text)
    if deadline.anomaly == "impossible-date":
        yield _finding("deadline-impossible", "error", task, f"Thời hạn “{words}”: lịch không có ngày này.", span)
    elif deadline.anomaly == "doubtful-year":
        message = f"Thời hạn “{words}”: năm có thể viết sai, đề nghị kiểm tra."
        yield _finding("deadline-doubtful-year", "warning", task, message, span)
    elif deadline.anomaly == "before-document":
        yield _finding(
            "deadline-before-document",
            "warning",
            task,
            f"Thời hạn “{words}” kết thúc ngày {_day(deadline.due or '')}, trước ngày của văn bản giao nhiệm vụ.",
            span,
        )
    own = anchor_date(document.date)
    if own is None or not deadline.due or task.status not in ("in_progress", "not_started"):
        return
    if date.fromisoformat(deadline.due[:10]) < own and deadline.anomaly != "doubtful-year":
        message = (
            f"Đã quá hạn {_day(deadline.due)} tính đến ngày của văn bản, nhưng trạng thái ghi “{STATUS[task.status]}”."
        )
        yield _finding("deadline-passed", "info", task, message, span)


def _status(task: Task, knowledge: Knowledge) -> Iterator[Finding]:
    """A task called done whose result is still to come, or came after its deadline."""
    if task.status != "done" or task.result is None:
        return
    span = (task.result.start, task.result.end)
    if is_doubtful(task.result.text, knowledge) and not _was_to_submit(task):
        message = f"Trạng thái ghi “hoàn thành” nhưng kết quả còn ở phía trước: “{_short(task.result.text)}”."
        yield _finding("status-contradicts-result", "warning", task, message, span)
        return
    if task.deadline is None or not task.deadline.due:
        return
    due = date.fromisoformat(task.deadline.due[:10])
    days = [
        w.last
        for w in find_times(task.result.text, 0, len(task.result.text), due)
        if w.kind == "by_date" and w.has_year
    ]
    first = days[0] if days else None
    if first is not None and first > due:
        message = f"Kết quả ghi ngày {first:%d/%m/%Y}, sau thời hạn {due:%d/%m/%Y}."
        yield _finding("result-after-deadline", "info", task, message, span)


def _was_to_submit(task: Task) -> bool:
    """Whether the task was only to submit something, and it has been submitted."""
    return task.result is not None and bool(_SUBMIT.search(task.text) and _SUBMITTED.search(task.result.text))


def _same_result(tasks: Iterable[Task]) -> Iterator[Finding]:
    """Show results in the same words that stand under different labels."""
    groups: defaultdict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        words = _plain(task.result.text) if task.result is not None else ""
        if task.status is not None and len(words) > _NEARLY_EMPTY:
            groups[words].append(task)
    for group in groups.values():
        statuses = {task.status for task in group}
        if len(statuses) < 2:
            continue
        names = " và ".join(f"“{STATUS[s]}”" for s in sorted(s for s in statuses if s))
        result = group[0].result
        if result is None:
            continue
        yield Finding(
            code="status-inconsistent",
            severity="info",
            start=result.start,
            end=result.end,
            message=f"{len(group)} nhiệm vụ có cùng một kết quả nhưng trạng thái khác nhau: {names}.",
            refs=tuple(task.id for task in group),
        )


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()
