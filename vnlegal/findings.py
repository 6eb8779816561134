"""What a careful clerk would ask about: doubts and contradictions inside one document."""

from __future__ import annotations

from vnlegal.records import AgencyMention, Citation, DocumentRecord, Finding, Task


def find_doubts(
    document: DocumentRecord,
    citations: tuple[Citation, ...],
    agencies: tuple[AgencyMention, ...],
    tasks: tuple[Task, ...],
) -> tuple[Finding, ...]:
    """Return the findings of one document in text order."""
    return ()
