"""An agency as found in the flow."""

from __future__ import annotations

from typing import NamedTuple


class AgencyFound(NamedTuple):
    """One mention of a body in the flow. `today` is its successor where it no longer exists, else None."""

    start: int
    end: int
    canonical: str
    kind: str
    today: str | None = None
