"""The header of a scan: a number or a day that was written by hand is left empty, whatever OCR read in it."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.records import Finding, Header

_NUMBER = "handwritten-number"
# What of the ISO date is left where a part of it was written by hand.
_KEPT = {"handwritten-day": 2, "handwritten-month": 1, "handwritten-year": 0}
# How sure a mention of the document's own number is that was written by hand.
UNSURE = 0.4

Place = tuple[int, int] | None


def without_handwriting(header: Header, number: Place, date: Place, findings: Sequence[Finding]) -> Header:
    """Return the header without what its reader took for handwriting.

    `number`, `date`: where they stand in the document's text; `findings`: those of the reader.
    """
    if number is not None and is_by_hand(number, findings):
        header = header.model_copy(update={"number": None})
    kept = min((_KEPT[f.code] for f in findings if f.code in _KEPT and _meet(date, f)), default=3)
    if header.date is not None and kept < 3:
        header = header.model_copy(update={"date": "-".join(header.date.split("-")[:kept]) or None})
    return header


def is_by_hand(number: tuple[int, int], findings: Sequence[Finding]) -> bool:
    """Whether the reader took the number at this place for handwriting."""
    return any(finding.code == _NUMBER and _meet(number, finding) for finding in findings)


def _meet(place: Place, finding: Finding) -> bool:
    return place is not None and place[0] < finding.end and finding.start < place[1]
