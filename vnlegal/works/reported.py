"""Rules that a report itself says are owed ("còn 06 nghị định chưa được ban hành") and the laws that ask for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vnlegal.citations import Mention
from vnlegal.segment import Segmentation
from vnlegal.works.model import Reported

_LAW = re.compile(r"/QH\d+$|UBTVQH\d+(?:@\d{4})?$|^luat:|^draft:luat:|^phap_lenh:")
_OWED = re.compile(
    r"chưa (?:được )?(?:ban hành|hoàn thành|trình)|chậm (?:ban hành|tiến độ|so với)|nợ (?:đọng )?(?:văn bản|ban hành)"
    r"|nguy cơ chậm|còn nợ"
)
_COUNT = re.compile(
    r"(?<!\w)(?P<count>\d{1,3}) (?P<kind>nghị định|thông tư|quyết định|văn bản quy định chi tiết|văn bản hướng dẫn)",
    re.IGNORECASE,
)
_KINDS = {
    "nghị định": ("nghi_dinh", "Chính phủ"),
    "thông tư": ("thong_tu", "Bộ, cơ quan ngang Bộ"),
    "quyết định": ("quyet_dinh", "Thủ tướng Chính phủ"),
}
_TEXT = ("body", "item")
_SENTENCE = re.compile(r"[.;](?= [A-ZĐÀ-Ỹ])")


def find_reported(segmentation: Segmentation, mentions: Sequence[Mention]) -> list[Reported]:
    """Return the rules a report says are owed under laws it names in the sentence or in its footnote."""
    flow = segmentation.flow
    out = []
    for unit in segmentation.units:
        if unit.kind not in _TEXT or not _OWED.search(flow.text, unit.start, unit.end):
            continue
        for start, end in _sentences(flow.text, unit.start, unit.end):
            owed = _OWED.search(flow.text, start, end)
            found = _COUNT.search(flow.text, start, end) if owed is not None else None
            if found is None:
                continue
            places = [(start, end), *_notes(segmentation, found.end(), end)]
            laws = [m for m in mentions if m.target and _LAW.search(m.target) and _within(m, places)]
            outer = [m for m in laws if not any(o.start <= m.start and m.end <= o.end and o is not m for o in laws)]
            if outer:
                instrument, delegate = _KINDS.get(found["kind"].lower(), ("any", ""))
                first, last = flow.span(start, end)
                out.append(
                    Reported(
                        start=first,
                        end=last,
                        text=flow.raw[first:last],
                        count=int(found["count"]),
                        instrument=instrument,
                        delegate=delegate,
                        laws=tuple(dict.fromkeys(m.target or "" for m in outer)),
                    )
                )
    return out


def _sentences(flow: str, start: int, end: int) -> list[tuple[int, int]]:
    stops = [start, *(m.end() for m in _SENTENCE.finditer(flow, start, end)), end]
    return [(a + (flow[a : a + 1] == " "), b) for a, b in pairwise(stops) if b > a + 1]


def _notes(segmentation: Segmentation, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the footnotes called between the two offsets: the one right behind the count first."""
    called = [note for note in segmentation.footnotes if start <= note.anchor <= end]
    near = [note for note in called if note.anchor <= start + 2] or called
    return [(segmentation.units[note.unit].start, segmentation.units[note.unit].end) for note in near]


def _within(mention: Mention, places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in places)
