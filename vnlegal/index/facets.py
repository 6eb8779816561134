"""How many rows answer a question, and how many of each body, status, modality and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vnlegal.index.marks import state_names
from vnlegal.index.model import Facet

_MOST_VALUES = 20


def counted(rows: Iterable[tuple[str, int, int | None, int]], names: Mapping[int, str]) -> dict[str, tuple[Facet, ...]]:
    """Return the facets of groups of rows: (marks, state, due month, how many). `names`: bodies by number."""
    marks: Counter[str] = Counter()
    states: Counter[int] = Counter()
    months: Counter[int] = Counter()
    for own, state, month, times in rows:
        marks[own] += times
        states[state] += times
        if month:
            months[month] += times
    bodies: Counter[str] = Counter()
    for own, times in marks.items():
        for number in {mark[1:] for mark in own.split() if mark[0] != "w"}:
            bodies[names.get(int(number), "?")] += times
    statuses: Counter[str] = Counter()
    modalities: Counter[str] = Counter()
    for state, times in states.items():
        status, modality = state_names(state)
        modalities[modality] += times
        if status:
            statuses[status] += times
    due = Counter({f"{month // 100}-{month % 100:02}": times for month, times in months.items()})
    found = {"agency": bodies, "status": statuses, "modality": modalities, "due": due}
    return {name: _most(counter) for name, counter in found.items() if counter}


def _most(counter: Counter[str]) -> tuple[Facet, ...]:
    best = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
    return tuple(Facet(value=value, count=times) for value, times in best)
