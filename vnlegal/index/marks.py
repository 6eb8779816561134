"""The marks of a row: short words that stand in the text index beside its text, so that filters cost one lookup.

a1 any role of body 1 · l1 lead · c1 coordinator · s status · m modality · u202506 y2025 due month and year · n no due
day · w5 cites work 5 · of the document: k kind · i7 issuer · d202506 e2025 month and year of issue.
"""

from __future__ import annotations

import re

from vnlegal.records import Citation, Task

SIGN = "\ue000"  # a private character, which no word of a text holds
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def written(marks: str) -> list[str]:
    """Return stored marks as the words of the text index."""
    return [SIGN + mark for mark in marks.split()]


def day_number(value: str | None, *, last: bool = True) -> int | None:
    """Return an ISO date as one number, 2025-06-30 → 20250630; of a month or a year its last (or first) day."""
    if not value:
        return None
    match = _DAY.match(value.rpartition("/")[2] if last else value)
    if match is None:
        return None
    month, day = ("12", "31") if last else ("01", "01")
    return int(match[1] + (match[2] or month) + (match[3] or day))


def value_mark(letter: str, value: str) -> str:
    """Return the mark of a fixed name: ("s", "not_started") → snotstarted."""
    return letter + "".join(c for c in value.lower() if c.isascii() and c.isalnum())


def due_marks(due: int | None) -> list[str]:
    """Return the marks of the last day allowed."""
    return ["n"] if due is None else [f"u{due // 100}", f"y{due // 10000}"]


def task_marks(task: Task, due: int | None, numbers: dict[str, int], works: list[int]) -> str:
    """Return the marks of a task. `numbers`: bodies' numbers by name."""
    leads = dict.fromkeys(numbers[actor.canonical] for actor in task.leads)
    helpers = dict.fromkeys(numbers[actor.canonical] for actor in task.coordinators)
    others = dict.fromkeys(numbers[actor.canonical] for actor in task.approvers)
    marks = [f"a{n}" for n in dict.fromkeys((*leads, *helpers, *others))]
    marks += [f"l{n}" for n in leads]
    marks += [f"c{n}" for n in helpers]
    marks.append(value_mark("m", task.modality))
    if task.status:
        marks.append(value_mark("s", task.status))
    marks += due_marks(due)
    marks += [f"w{n}" for n in works]
    return " ".join(marks)


def citation_marks(citation: Citation, works: dict[str, int]) -> str:
    """Return the marks of a citation."""
    return f"w{works[citation.target]}" if citation.target else ""
