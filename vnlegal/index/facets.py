"""How many of the rows that answer a question each body, status, modality and month has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from vnlegal.index.marks import state_names
from vnlegal.index.model import Facet

_MOST_VALUES = 20


class Tally(NamedTuple):
    """How many rows have a body (by its number as written), a state, a month of the due day."""

    bodies: Counter[str]
    states: Counter[str]
    months: Counter[str]


def tally(connection: Connection, where: str, values: Mapping[str, Any]) -> Tally:
    """Count the rows of `entries` (e) that FROM and WHERE of a statement give."""
    # One long string a column: a row handed over to Python costs more than finding it, and grouping would sort.
    joined = "group_concat" if connection.dialect.name == "sqlite" else "string_agg"
    columns = ("e.marks, '\n'", "CAST(e.state AS TEXT), ' '", "CAST(e.due / 100 AS TEXT), ' '")
    statement = f"SELECT {', '.join(f'{joined}({one})' for one in columns)} {where}"
    marks, states, months = (found or "" for found in connection.execute(text(statement), values).one())
    for role in "lcp":
        marks = marks.replace(role, "")
    rows = map(set, map(str.split, marks.split("\n")))  # a body in two roles of a row counts once
    return Tally(Counter(chain.from_iterable(rows)), Counter(states.split()), Counter(months.split()))


def facets_of(found: Tally, names: Mapping[int, str]) -> dict[str, tuple[Facet, ...]]:
    """Return the values of each facet, the most frequent first. `names`: bodies by number."""
    bodies = Counter({names.get(int(mark), "?"): times for mark, times in found.bodies.items() if mark[0] != "w"})
    statuses: Counter[str] = Counter()
    modalities: Counter[str] = Counter()
    for state, times in found.states.items():
        status, modality = state_names(int(state))
        modalities[modality] += times
        if status:
            statuses[status] += times
    due = Counter({f"{month[:-2]}-{month[-2:]}": times for month, times in found.months.items()})
    all_ = {"agency": bodies, "status": statuses, "modality": modalities, "due": due}
    return {name: _most(counter) for name, counter in all_.items() if counter}


def _most(counter: Counter[str]) -> tuple[Facet, ...]:
    best = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
    return tuple(Facet(value=value, count=times) for value, times in best)
