"""Laws and other instruments cited by name."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


def find_named(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the instruments that the flow calls by name."""
    return []
