"""Where a place in a quotation of an amending document goes: into which document, article, clause and point."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from vnlegal.citations import Mention
from vnlegal.citations.internal import into_another
from vnlegal.citations.pinpoints import Place
from vnlegal.citations.places import Places
from vnlegal.citations.quotes import is_quoted, quoted_regions
from vnlegal.segment import Segmentation
from vnlegal.works.model import Pin

_HOSTING = frozenset({"amends", "replaces", "repeals"})
_NAMES = frozenset({"numbered", "named", "alias", "short"})


class Goes(NamedTuple):
    """The document a quoted place goes into, and where there."""

    law: str
    pin: Pin


class Quotations:
    """The quotations of a document that amends others; of any other document none."""

    def __init__(self, segmentation: Segmentation, mentions: Sequence[Mention]) -> None:
        self._hosts = [
            m
            for m in mentions
            if m.target
            and not m.quoted
            and (m.ref_base == "inherited" or (m.relation in _HOSTING and m.kind in _NAMES))
        ]
        amends = any(m.relation == "amends" for m in self._hosts)
        self._text = segmentation.flow.text
        self._regions = quoted_regions(self._text) if amends else []
        self._starts = [m.start for m in self._hosts]
        self._places = Places(segmentation, self._regions) if self._regions else None

    def goes(self, offset: int) -> Goes | None:
        """Return where the flow offset `offset` goes, None where it stands in no quotation of provisions."""
        region = into_another(self._text, is_quoted(self._regions, offset)) if self._regions else None
        n = bisect_left(self._starts, region[0]) - 1 if region is not None else -1
        if n < 0 or self._places is None:
            return None
        host = self._hosts[n]
        place = self._places.within(offset, _single(host))
        return Goes(host.target or "", Pin(dieu=place.dieu, khoan=place.khoan, diem=place.diem))


def _single(host: Mention) -> Place:
    """Return the one article, and the one clause of it, that an instruction names."""
    articles = {p.dieu for p in host.provisions}
    clauses = {p.khoan for p in host.provisions}
    if len(articles) != 1:
        return Place()
    return Place(articles.pop(), clauses.pop() if len(clauses) == 1 else None)
