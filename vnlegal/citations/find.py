"""The order of the citation finders, and what becomes of overlapping finds."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


def find_citations(
    segmentation: Segmentation, agencies: Sequence[AgencyFound], knowledge: Knowledge
) -> list[Mention]:
    """Find and resolve all mentions of documents in the flow, in order, nested or disjoint."""
    return []
