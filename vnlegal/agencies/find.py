"""From the scan's readings to mentions: places and offices filled in from the issuer, anaphors from what went before."""

from __future__ import annotations

from vnlegal.agencies.context import contexts
from vnlegal.agencies.model import AgencyFound
from vnlegal.agencies.reader import Reader
from vnlegal.agencies.scan import scan
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import lower
from vnlegal.segment import Segmentation


def find_agencies(segmentation: Segmentation, knowledge: Knowledge) -> list[AgencyFound]:
    """Find every mention of an agency, longest first, in order, without overlaps."""
    text = segmentation.flow.text
    low = lower(text)
    known = knowledge.agencies
    reader = Reader(text, low, known, contexts(segmentation, known))
    for sight in scan(text, low, known):
        reader.take(sight)
    return reader.mentions()
