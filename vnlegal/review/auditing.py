"""The audits over the documents under review, each asked once until something changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from vnlegal.audit import (
    Audit,
    LawAudit,
    audit_citations,
    audit_coverage,
    audit_deadlines,
    audit_laws,
    audit_replies,
)
from vnlegal.audit.today import delegates_today, leads_today
from vnlegal.graph import build_graph
from vnlegal.graph.store import read_works
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.knowledge.registry import Registry, load_registry
from vnlegal.records import Analysis, Relation
from vnlegal.review.facts import Facts, Gathered
from vnlegal.works import WorkFacts
from vnlegal.works.read import facts_of_analysis
from vnlegal.works.resolve import Resolver

if TYPE_CHECKING:
    import networkx

AUDITS = ("deadlines", "replies", "counts", "citations", "laws", "outline")
_KEPT = 12
Result = Audit | LawAudit
Key = tuple[str, str, int, int | None, int]


class Auditor:
    """Asks the audits. `graph`: a graph file whose documents stand beside those under review in the audit of laws."""

    def __init__(self, facts: Facts, knowledge: Knowledge, own: Path | None, graph: Path | None) -> None:
        self.facts = facts
        self._knowledge = knowledge
        self._own = own
        self._graph = graph
        self._kept: OrderedDict[Key, Result] = OrderedDict()
        self._lock = threading.Lock()
        self._drawn: tuple[int, networkx.MultiDiGraph[str]] | None = None

    @cached_property
    def others(self) -> tuple[WorkFacts, ...]:
        """The facts of the documents of the graph file. Raises `VnlegalError` where it cannot be read."""
        return tuple(read_works(self._graph)) if self._graph is not None else ()

    @cached_property
    def registry(self) -> Registry:
        """The facts of documents that are no laws, the user's own among them."""
        return load_registry(self._own)

    def works(self, gathered: Gathered) -> list[WorkFacts]:
        """Return the facts of all documents; one under review stands for its copy in the graph file."""
        ours = [
            standing(
                gathered.extracts[doc].facts if doc in gathered.extracts else facts_of_analysis(reading.analysis),
                reading.analysis,
            )
            for doc, reading in gathered.readings.items()
        ]
        keys = {work.key for work in ours}
        return [*ours, *(work for work in self.others if work.key not in keys)]

    def graph(self, gathered: Gathered) -> networkx.MultiDiGraph[str]:
        """Return the graph of all documents and of the works they name. Raises `VnlegalError` as `others` does."""
        with self._lock:
            if self._drawn is None or self._drawn[0] != gathered.mark:
                self._drawn = gathered.mark, build_graph(self.works(gathered), self._knowledge, registry=self.registry)
            return self._drawn[1]

    def ask(self, kind: str, gathered: Gathered, as_of: str, *, within: int, planned: int | None) -> Result:
        """Return an audit on the ISO day `as_of`. `planned`: the document whose outline the reports are held against.

        Raises `VnlegalError` where the graph file cannot be read.
        """
        key = (kind, as_of, within, planned, gathered.mark)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._asked(kind, gathered, as_of, within, planned)
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _asked(self, kind: str, gathered: Gathered, as_of: str, within: int, planned: int | None) -> Result:
        readings = list(gathered.readings.values())
        match kind:
            case "counts":
                return _counts(gathered, as_of)
            case "deadlines":
                return audit_deadlines(readings, as_of, within=within, today=leads_today(readings, self._knowledge))
            case "replies":
                return audit_replies(readings, as_of, today=leads_today(readings, self._knowledge))
            case "citations":
                return audit_citations(readings, as_of, self._knowledge.laws, self.registry)
            case "outline":
                prescribed = gathered.readings.get(planned) if planned is not None else None
                return audit_coverage(readings, as_of, prescribed=prescribed)
        return self._laws(self.works(gathered), as_of)

    def _laws(self, works: Sequence[WorkFacts], as_of: str) -> LawAudit:
        return audit_laws(
            works,
            as_of,
            successors=delegates_today(works, self._knowledge),
            cues=load_delegations(self._own),
            resolver=Resolver(works, self._knowledge, self.registry),
        )


def standing(facts: WorkFacts, analysis: Analysis) -> WorkFacts:
    """Return the facts of a document with the works its reviewers say it cites, without those they took out."""
    said = {citation.target: citation for citation in reversed(analysis.citations) if citation.target}
    cited = {one.key for one in facts.cited}
    found = {relation.target for relation in facts.relations}
    kept = [
        pair
        for pair in zip(facts.relations, facts.evidence, strict=True)
        if pair[0].target in said or pair[0].target not in cited
    ]
    for target, citation in said.items():
        if target not in found and citation.kind not in ("self", "internal"):
            relation = citation.relation or "cites"
            new = Relation(source=facts.key, relation=relation, target=target, start=citation.start, end=citation.end)
            kept.append((new, citation.text))
    return facts.model_copy(update={"relations": tuple(r for r, _ in kept), "evidence": tuple(e for _, e in kept)})


def _counts(gathered: Gathered, as_of: str) -> Audit:
    rows = tuple(row for extract in gathered.extracts.values() for row in extract.counts)
    bad = sum(row.verdict == "fails" for row in rows)
    return Audit(as_of=as_of, summary={"documents": len(gathered.extracts), "rows": len(rows), "fails": bad}, rows=rows)
