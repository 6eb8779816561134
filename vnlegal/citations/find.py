"""The order of the citation finders, and what becomes of overlapping finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.aliases import find_aliases
from vnlegal.citations.backrefs import find_backrefs
from vnlegal.citations.mentions import Mention
from vnlegal.citations.names import find_named
from vnlegal.citations.numbers import find_numbered
from vnlegal.citations.planned import find_planned
from vnlegal.citations.resolve import resolve
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation

Finder = Callable[[Segmentation, Sequence[AgencyFound], Knowledge, Sequence[Mention]], list[Mention]]

# Each finder sees what the ones before it found.
FINDERS: tuple[Finder, ...] = (find_numbered, find_named, find_aliases, find_planned, find_backrefs)


def find_citations(segmentation: Segmentation, agencies: Sequence[AgencyFound], knowledge: Knowledge) -> list[Mention]:
    """Find and resolve all mentions of documents in the flow, in order, nested or disjoint."""
    found: list[Mention] = []
    for finder in FINDERS:
        found = merge((*found, *finder(segmentation, agencies, knowledge, found)))
    return resolve(found, segmentation, knowledge)


def merge(mentions: Iterable[Mention]) -> list[Mention]:
    """Put mentions in text order, outer before inner; of two that repeat or cross, the first or longer stays.

    A number read together with the name of its law is one mention, whatever the number's own finder made of it.
    """
    mentions = list(mentions)
    laws = {m.number_start: m for m in mentions if m.rule == "law-name-number"}
    kept = [m for m in mentions if laws.get(m.number_start, m) is m] if laws else mentions
    ordered = sorted(kept, key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    open_: list[Mention] = []
    for mention in ordered:
        while open_ and open_[-1].end <= mention.start:
            open_.pop()
        if open_:
            outer = open_[-1]
            if (outer.start, outer.end) == (mention.start, mention.end) or mention.end > outer.end:
                continue
        out.append(mention)
        open_.append(mention)
    return out
