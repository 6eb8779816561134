"""Who answers today for bodies that no longer exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vnlegal.audit.rows import Reading
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import successors
from vnlegal.works import WorkFacts


def leads_today(readings: Sequence[Reading], knowledge: Knowledge) -> dict[str, str]:
    """Return, for each body that leads a task and no longer exists, who answers for it now."""
    names = dict.fromkeys(
        actor.canonical for reading in readings for task in reading.analysis.tasks for actor in task.leads
    )
    later = {name: successors(name, knowledge.agencies) for name in names}
    # a successor for one field only has the field in brackets behind it
    whole = {name: [body for body in bodies if " (" not in body] or list(bodies) for name, bodies in later.items()}
    return {name: "; ".join(bodies) for name, bodies in whole.items() if bodies}


def delegates_today(facts: Iterable[WorkFacts], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return, for each body that documents leave rules to, the bodies that answer for it today, notes left out."""
    out = {}
    for name in {clause.delegate for work in facts for clause in work.delegations}:
        later = successors(name, knowledge.agencies)
        if later:
            out[name] = tuple(body.split(" (")[0] for body in later)
    return out
