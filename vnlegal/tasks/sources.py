"""The documents that give the tasks of a table: cited in its title or in the row, and of what day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vnlegal.citations.mentions import Mention
from vnlegal.tasks.dates import anchor_date

_ATTACHED = re.compile(r"kèm theo[^.;:]{0,40}$", re.IGNORECASE)
_FULL_DAY = len("2025-05-14")


@dataclass(frozen=True, slots=True)
class Sources:
    """The mentions of a document by place. `days`: the day of each target that some mention dates."""

    mentions: Sequence[Mention]
    starts: tuple[int, ...]
    days: dict[str, str]
    own: frozenset[str]

    def within(self, text: str, start: int, end: int) -> tuple[int, ...]:
        """Return the indexes of the other documents cited in a stretch, outer mentions only.

        The document the table is a part of, and what it is attached to, give no tasks.
        """
        out: list[int] = []
        for n in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            mention = self.mentions[n]
            inner = bool(out) and mention.end <= self.mentions[out[-1]].end
            if mention.kind in ("internal", "self", "planned") or mention.end > end or inner:
                continue
            attached = _ATTACHED.search(text[max(start, mention.start - 60) : mention.start])
            if mention.target not in self.own and not attached:
                out.append(n)
        return tuple(out)

    def given_on(self, basis: Sequence[int]) -> date | None:
        """Return the day of the first of these documents that is dated; None where none is."""
        for n in basis:
            mention = self.mentions[n]
            dated = mention.date if mention.date and len(mention.date) == _FULL_DAY else None
            day = dated or self.days.get(mention.target or "")
            if day is not None:
                return anchor_date(day)
        return None


def sources_of(mentions: Sequence[Mention]) -> Sources:
    """Return the mentions of a document, in text order, as sources of its tasks."""
    days: dict[str, str] = {}
    for mention in mentions:
        if mention.target and mention.date and len(mention.date) == _FULL_DAY:
            days.setdefault(mention.target, mention.date)
    own = frozenset(m.target for m in mentions if m.kind == "self" and m.target)
    return Sources(mentions, tuple(m.start for m in mentions), days, own)
