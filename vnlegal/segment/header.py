"""The header record: what a document's head and foot say of it."""

from __future__ import annotations

from vnlegal.knowledge import Knowledge
from vnlegal.segment.letter import PartDraft
from vnlegal.segment.model import HeaderDraft
from vnlegal.segment.paragraphs import Paragraph


def read_header(text: str, paragraphs: list[Paragraph], part: PartDraft, knowledge: Knowledge) -> HeaderDraft:
    """Return the header of one document."""
    return HeaderDraft()
