"""What a careful clerk would ask about: doubts and contradictions inside one document, shown and never mended."""

from __future__ import annotations

from vnlegal.findings.bodies import agency_doubts
from vnlegal.findings.numbers import citation_doubts, header_doubts
from vnlegal.findings.progress import task_doubts
from vnlegal.knowledge import Knowledge
from vnlegal.records import AgencyMention, Citation, DocumentRecord, Finding, Task

__all__ = ["find_doubts"]


def find_doubts(
    document: DocumentRecord,
    citations: tuple[Citation, ...],
    agencies: tuple[AgencyMention, ...],
    tasks: tuple[Task, ...],
    knowledge: Knowledge,
) -> tuple[Finding, ...]:
    """Return the findings of one document in text order."""
    found = [
        *header_doubts(document, citations),
        *citation_doubts(document, citations, knowledge),
        *task_doubts(document, tasks, knowledge),
        *agency_doubts(agencies, tasks),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)))
