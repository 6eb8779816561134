"""Documents cited by number: every written form of both families, damaged ones included."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


def find_numbered(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the mentions of documents that carry a number."""
    return []
