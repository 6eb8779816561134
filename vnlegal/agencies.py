"""Agencies in the flow: ministries, Party bodies, provinces, departments, groups, titles; who they are on a date."""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


@dataclass(frozen=True, slots=True)
class AgencyFound:
    """One mention of a body in the flow. `today` is its successor where it no longer exists, else None."""

    start: int
    end: int
    canonical: str
    kind: str
    today: str | None = None


def find_agencies(segmentation: Segmentation, knowledge: Knowledge) -> list[AgencyFound]:
    """Find every mention of an agency, longest first, in order, without overlaps."""
    return []
