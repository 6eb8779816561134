"""Reading the citations of a few words of text, as the tests of citations compare them."""

from __future__ import annotations

from typing import NamedTuple

from vnlegal.agencies import find_agencies
from vnlegal.citations import find_citations
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment


class Cited(NamedTuple):
    """One mention: its words and what it was read as."""

    text: str
    kind: str
    doc_type: str | None
    target: str | None
    is_draft: bool


def cited(text: str, knowledge: Knowledge) -> list[Cited]:
    """Return the mentions of `text` in order, outer before inner."""
    segmentation = segment(Document(text=text), knowledge)
    flow = segmentation.flow.text
    found = find_citations(segmentation, find_agencies(segmentation, knowledge), knowledge)
    return [Cited(flow[m.start : m.end], m.kind, m.doc_type, m.target, m.is_draft) for m in found]


def texts(text: str, knowledge: Knowledge, *kinds: str) -> list[str]:
    """Return the words of the mentions of those kinds."""
    return [mention.text for mention in cited(text, knowledge) if mention.kind in kinds]
