"""Which document each mention means: one target for all mentions of one document."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


def resolve(mentions: Sequence[Mention], segmentation: Segmentation, knowledge: Knowledge) -> list[Mention]:
    """Give every mention the key of its document, or None where more than one is possible."""
    return list(mentions)
