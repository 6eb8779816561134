"""How many of the rows that answer a question each body, status, modality and month has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from vnlegal.index.marks import state_names
from vnlegal.index.model import Facet

_MOST_VALUES = 20


class Tally(NamedTuple):
    """How often each stored set of marks, each state and each month of the due day occurs in some rows."""

    marks: Counter[str]
    states: Counter[int]
    months: Counter[int]


def tally(connection: Connection, where: str, values: Mapping[str, Any]) -> Tally:
    """Count the rows of `entries` (e) that FROM and WHERE of a statement give."""
    if connection.dialect.name != "sqlite":
        columns = "e.marks, e.state, e.due / 100"
        groups = connection.execute(text(f"SELECT {columns}, count(*) {where} GROUP BY 1, 2, 3"), values).all()
        found = Tally(Counter(), Counter(), Counter())
        for marks, state, month, times in groups:
            found.marks[marks] += times
            found.states[state] += times
            if month:
                found.months[month] += times
        return found
    # One long string a column: a row handed over to Python costs more than finding it, and grouping would sort.
    lists = "group_concat(e.marks, char(10)), group_concat(e.state, ' '), group_concat(e.due / 100, ' ')"
    marks, states, months = connection.execute(text(f"SELECT {lists} {where}"), values).one()
    return Tally(
        Counter(marks.split("\n") if marks is not None else ()),
        Counter({int(state): times for state, times in Counter((states or "").split()).items()}),
        Counter({int(month): times for month, times in Counter((months or "").split()).items()}),
    )


def facets_of(found: Tally, names: Mapping[int, str]) -> dict[str, tuple[Facet, ...]]:
    """Return the values of each facet, the most frequent first. `names`: bodies by number."""
    bodies: Counter[str] = Counter()
    for own, times in found.marks.items():
        for number in {mark[1:] for mark in own.split() if mark[0] != "w"}:
            bodies[number] += times
    statuses: Counter[str] = Counter()
    modalities: Counter[str] = Counter()
    for state, times in found.states.items():
        status, modality = state_names(state)
        modalities[modality] += times
        if status:
            statuses[status] += times
    due = Counter({f"{month // 100}-{month % 100:02}": times for month, times in found.months.items()})
    named = Counter({names.get(int(number), "?"): times for number, times in bodies.items()})
    all_ = {"agency": named, "status": statuses, "modality": modalities, "due": due}
    return {name: _most(counter) for name, counter in all_.items() if counter}


def _most(counter: Counter[str]) -> tuple[Facet, ...]:
    best = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
    return tuple(Facet(value=value, count=times) for value, times in best)
