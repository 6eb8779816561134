"""How a file of a call was read."""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.records import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one file."""

    source: str
    form: str = ""
    reader: str = ""
    pages: int = 0
    chars: int = 0
    recognized: int = 0
    findings: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    failure: str | None = None


def reading_of(document: Document, seconds: float) -> Reading:
    """Return how a document was read, in so many seconds."""
    counts: dict[str, int] = {}
    for finding in document.findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    places = document.layout.places if document.layout else ()
    return Reading(
        source=document.source,
        form=document.format,
        reader=document.reader,
        pages=len(document.layout.pages) if document.layout else 0,
        chars=len(document.text),
        recognized=len({(p.file, p.page) for p in places if p.confidence is not None}),
        findings=tuple(counts.items()),
        seconds=seconds,
    )
