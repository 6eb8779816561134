"""Tasks whose last allowed day has passed on a given day. The one doubt that depends on when one asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vnlegal.records import Finding, Task


def passed_deadlines(tasks: tuple[Task, ...], as_of: str) -> Iterator[Finding]:
    """Show each task that was due before the ISO day `as_of` and is not said to be done."""
    today = date.fromisoformat(as_of)
    for task in tasks:
        deadline = task.deadline
        if deadline is None or deadline.due is None or task.status == "done":
            continue
        due = date.fromisoformat(deadline.due[:10])
        if due < today:
            shown, asked = (f"{day.day}/{day.month}/{day.year}" for day in (due, today))
            yield Finding(
                code="deadline-passed",
                severity="warning",
                start=deadline.start,
                end=deadline.end,
                message=f"Đến ngày {asked} đã quá hạn {(today - due).days} ngày (hạn {shown}).",
                refs=(task.id,),
            )
