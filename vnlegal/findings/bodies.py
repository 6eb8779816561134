"""Doubts about agencies: a body that no longer exists, with the one that answers for it today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vnlegal.records import AgencyMention, Finding, Task


def agency_doubts(agencies: Iterable[AgencyMention], tasks: Iterable[Task]) -> Iterator[Finding]:
    """Show each body that no longer exists once, at its first mention, with the tasks it was given."""
    given: dict[str, list[str]] = {}
    for task in tasks:
        for actor in (*task.leads, *task.coordinators):
            given.setdefault(actor.canonical, []).append(task.id)
    seen: set[str] = set()
    for mention in agencies:
        if mention.today is None or mention.today == mention.canonical or mention.canonical in seen:
            continue
        seen.add(mention.canonical)
        held = tuple(dict.fromkeys(given.get(mention.canonical, ())))
        duty = f" ({len(held)} nhiệm vụ trong văn bản này)" if held else ""
        yield Finding(
            code="agency-replaced",
            severity="warning" if held else "info",
            start=mention.start,
            end=mention.end,
            message=f"{mention.canonical} không còn; cơ quan thay thế hiện nay: {mention.today}{duty}.",
            refs=(mention.id, *held),
        )
