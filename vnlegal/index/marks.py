"""The marks of a row: short words that stand in the text index beside its text, so that filters cost one lookup.

a1 any role of body 1 · l1 lead · c1 coordinator · s status · m modality · u202506 y2025 due month and year · n no due
day · w5 cites work 5 · of the document: k kind · i7 issuer · o5 it is work 5 · d202506 e2025 month and year of issue.
A body and a due month, a year or a status together are one mark more (a1u202506, a1y2025, a1sdone): "what must this
body do by then" is the question asked most, and the row lists of such pairs are short.

A row keeps only what its columns do not say: l1 c1 p1 (approver) and w5; `task_words` makes the rest from them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import get_args

from vnlegal.records import Citation, Modality, Status, Task

SIGN = "\ue000"  # a private character, which no word of a text holds
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_STATUSES: tuple[str | None, ...] = (None, *get_args(Status))
_MODALITIES: tuple[str, ...] = get_args(Modality)
_STATES = {pair: number for number, pair in enumerate(product(_STATUSES, _MODALITIES))}


def written(marks: str) -> str:
    """Return stored marks as words of the text index."""
    return SIGN + marks.replace(" ", f" {SIGN}") if marks else ""


def day_number(value: str | None, *, last: bool = True) -> int | None:
    """Return an ISO date as one number, 2025-06-30 → 20250630; of a month or a year its last (or first) day."""
    if not value:
        return None
    if len(value) == 10 and value[4] == value[7] == "-":
        return int(value[:4] + value[5:7] + value[8:])
    match = _DAY.match(value.rpartition("/")[2] if last else value)
    if match is None:
        return None
    month, day = ("12", "31") if last else ("01", "01")
    return int(match[1] + (match[2] or month) + (match[3] or day))


@lru_cache(maxsize=256)
def value_mark(letter: str, value: str) -> str:
    """Return the mark of a fixed name: ("s", "not_started") → snotstarted."""
    return letter + "".join(c for c in value.lower() if c.isascii() and c.isalnum())


def state_of(task: Task) -> int:
    """Return the status and the modality of a task as one small number."""
    return _STATES[task.status, task.modality]


def state_names(state: int) -> tuple[str | None, str]:
    """Return status and modality of `state_of`'s number."""
    return _STATUSES[state // len(_MODALITIES)], _MODALITIES[state % len(_MODALITIES)]


def task_marks(task: Task, numbers: dict[str, int], works: list[int]) -> str:
    """Return the marks a task's row keeps. `numbers`: bodies' numbers by name."""
    marks = ["l" + str(numbers[actor.canonical]) for actor in task.leads]
    if task.coordinators:
        marks += ["c" + str(numbers[actor.canonical]) for actor in task.coordinators]
    if task.approvers:
        marks += ["p" + str(numbers[actor.canonical]) for actor in task.approvers]
    if works:
        marks += [f"w{n}" for n in works]
    return " ".join(dict.fromkeys(marks))


@lru_cache(maxsize=1 << 14)
def _times(due: int | None, state: int) -> tuple[str, str]:
    """Return the marks that go with every body, ? for its number, and those that stand alone."""
    status, modality = state_names(state)
    pairs = [f"u{due // 100}", f"y{due // 10000}"] if due is not None else []
    pairs += [value_mark("s", status)] if status else []
    alone = [*pairs, value_mark("m", modality), *(["n"] if due is None else [])]
    return written(" ".join(f"a?{pair}" for pair in ("", *pairs))), written(" ".join(alone))


def task_words(marks: str, due: int | None, state: int) -> str:
    """Return all marks of a task's row as words of the text index."""
    pairs, alone = _times(due, state)
    own = marks.split()
    bodies = {mark[1:]: None for mark in own if mark[0] != "w"}
    out = [SIGN + mark for mark in own if mark[0] != "p"]
    out += [pairs.replace("?", number) for number in bodies]
    out.append(alone)
    return " ".join(out)


def citation_marks(citation: Citation, works: dict[str, int]) -> str:
    """Return the marks of a citation."""
    return f"w{works[citation.target]}" if citation.target else ""
