"""From a document to what the audits take of it."""

from __future__ import annotations

from vnlegal.audit.counts import audit_counts
from vnlegal.audit.rows import AuditRow, Reading, line_ends
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.counts import CountKnowledge
from vnlegal.knowledge.delegations import DelegationKnowledge
from vnlegal.pipeline import analyze, outline
from vnlegal.records import Analysis, Document
from vnlegal.segment import segment
from vnlegal.works import read_facts
from vnlegal.works.titles import title_after

_ENDS = ("replaces", "repeals")


def read_counts(document: Document, knowledge: Knowledge, words: CountKnowledge | None = None) -> tuple[AuditRow, ...]:
    """Return every checkable count of a document, held against its own lists, tables and other places."""
    tasks = analyze(document, knowledge=knowledge).tasks
    return audit_counts(document.source, segment(document, knowledge), tasks, words)


def read_for_audit(
    document: Document,
    knowledge: Knowledge,
    *,
    ends: bool = False,
    structure: bool = False,
    cues: DelegationKnowledge | None = None,
) -> Reading:
    """Return the analysis of a document as the audits over many documents take it.

    `ends`: with what it replaces and repeals as a whole and the titles behind numbers (the citation audit);
    `structure`: with its outline (the outline audit).
    """
    analysis = analyze(document, knowledge=knowledge)
    reading = Reading(analysis=analysis, line_ends=line_ends(document.text))
    if ends:
        reading = reading.model_copy(update={"titles": _titles(document.text, analysis)})
    if ends and any(citation.relation in _ENDS for citation in analysis.citations):
        facts = read_facts(document, knowledge, cues)
        reading = reading.model_copy(update={"effective": facts.effective, "ends": facts.ends})
    if structure:
        reading = reading.model_copy(update={"outline": outline(document, knowledge=knowledge)})
    return reading


def _titles(text: str, analysis: Analysis) -> dict[str, str]:
    """Return the titles that follow the numbers of citations, by the citation's id."""
    found = (
        (citation.id, title_after(text, max(citation.end, citation.date_span[1] if citation.date_span else 0)))
        for citation in analysis.citations
        if citation.kind == "numbered"
    )
    return {name: title for name, title in found if title is not None}
