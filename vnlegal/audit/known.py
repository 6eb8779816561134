"""What is known of cited documents: from the registries, and from what the documents given say they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnlegal.audit.rows import Place, Reading
from vnlegal.citations.keys import year_inside
from vnlegal.knowledge.laws import LawKnowledge
from vnlegal.knowledge.registry import Registry

_ENDS = frozenset(("replaces", "repeals"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one document: its day, title, from when to when it binds, and what ended it."""

    number: str
    date: str = ""
    title: str = ""
    begins: str = ""
    ends: str = ""
    ended_by: Place | None = None
    ended_by_name: str = ""


def known_documents(readings: Sequence[Reading], laws: LawKnowledge, registry: Registry) -> dict[str, Known]:
    """Return by key what the registries and the documents themselves say of documents."""
    known = {
        row.key: Known(row.number, row.date, row.title, row.valid_from, row.valid_to, None, row.ended_by)
        for row in registry.by_key.values()
    }
    known |= {
        work.number: Known(work.number, work.date, work.title, work.valid_from, work.valid_to)
        for work in laws.works
        if work.number
    }
    for reading in readings:
        day = reading.effective or reading.analysis.document.date or ""
        for target, place in _ended_by(reading):
            before = known.get(target, Known(target))
            if len(day) == 10 and (not before.ends or day <= before.ends):
                name = reading.analysis.document.number or reading.analysis.document.source
                known[target] = Known(target, before.date, before.title, before.begins, day, place, name)
    return known


def _ended_by(reading: Reading) -> Iterator[tuple[str, Place]]:
    """Yield what a document replaces or repeals as a whole, where it says so of itself.

    A document without the year in its number is no normative one: it lists what others have ended.
    """
    own = reading.analysis.document.number
    lists = own is not None and year_inside(own) is None
    whole = {target for target in reading.ends if not (lists and year_inside(target))}
    for citation in reading.analysis.citations:
        if citation.relation in _ENDS and citation.target in whole and not citation.provisions:
            yield citation.target or "", reading.place(citation.start, citation.end, citation.text)
