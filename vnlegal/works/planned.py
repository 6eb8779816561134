"""An official list of rules to be made: which clauses of which law it says are to be detailed, in what, by when.

Read from tables and from prose alike: a provision belongs to the law named next behind it in its row or paragraph,
else to the one named before it there, else to the one its row's group or the paragraphs above name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.pinpoints import read_pinpoint, scan_pinpoints
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment
from vnlegal.works.model import Pin, PlannedClause

_LAW = re.compile(r"/QH\d+$|UBTVQH\d+(?:@\d{4})?$|^luat:|^draft:luat:|^phap_lenh:")
_DETAILS = re.compile(r"quy định chi tiết|hướng dẫn|quy định|giao", re.IGNORECASE)
_INSTRUMENT = re.compile(
    r"(?<!\w)(Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Nghị quyết)(?!\w)(?! số)", re.IGNORECASE
)
_KINDS = {
    "nghị định": "nghi_dinh",
    "quyết định": "quyet_dinh",
    "thông tư": "thong_tu",
    "thông tư liên tịch": "thong_tu",
    "nghị quyết": "nghi_quyet",
}
_LEAD = re.compile(r"(?:Cơ quan|Đơn vị) (?:chủ trì|thực hiện)(?: soạn thảo| tham mưu)?: ?(?P<words>[^\n]{3,160})")
_DUE = re.compile(
    r"(?:Thời hạn|Thời gian)(?: ban hành| trình| hoàn thành| thực hiện| có hiệu lực)*: ?(?P<words>[^\n]{3,120})"
)
_COLUMNS = {
    "lead": re.compile(r"^(?!.*phối hợp).*(?:chủ trì|thực hiện|soạn thảo)", re.IGNORECASE | re.DOTALL),
    "due": re.compile(r"thời (?:hạn|gian|điểm)|tiến độ|hạn trình", re.IGNORECASE),
}
_PROVISION = re.compile(r"Điều \d")
_GOES_ON = re.compile(r"(?:khoản|điểm|Điều) \w+(?:[,; ]|$)")  # a list of provisions that a line break has cut
_TEXT = ("body", "item", "heading", "row")
_BELOW = 900  # how far below an entry its lead and its deadline may stand, code points
_ABOVE = 600  # how far above, the document that is to be made


def read_planned(document: Document, knowledge: Knowledge) -> tuple[PlannedClause, ...]:
    """Return the clauses that a list says are to be detailed, in text order, each once."""
    segmentation = segment(document, knowledge)
    mentions = find_citations(segmentation, find_agencies(segmentation, knowledge), knowledge)
    date = segmentation.parts[0].header.date if segmentation.parts else None
    laws = [m for m in mentions if m.target and _LAW.search(m.target)]
    flow = segmentation.flow
    rows = list(_rows(segmentation))
    starts = [row.start for row in rows]
    seen: dict[tuple[str, Pin], PlannedClause] = {}
    for start, end in _entries(segmentation):
        words = flow.text[start:end]
        n = bisect_right(starts, start) - 1
        row = rows[n] if n >= 0 and start < rows[n].end else None
        if row is None and not _DETAILS.search(words):
            continue
        for law, pins in _pins(words, start, laws):
            first, last = flow.span(start, end)
            for pin in pins:
                clause = PlannedClause(
                    source=document.source,
                    start=first,
                    end=last,
                    text=document.text[first:last],
                    law=law,
                    date=date,
                    pin=pin,
                    instrument=_instrument(flow.text, start, end),
                    lead=row.lead if row is not None else _beside(_LEAD, flow.text, start, end),
                    due=row.due if row is not None else _beside(_DUE, flow.text, start, end),
                )
                seen.setdefault((law, pin), clause)
    return tuple(seen.values())


def _entries(segmentation: Segmentation) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs and the rows of tables, in text order."""
    spans = [(u.start, u.end) for u in segmentation.units if u.kind in _TEXT and u.end > u.start]
    for table in segmentation.tables:
        for row in table.rows:
            cells = [cell for cell in row if cell.end > cell.start]
            if cells:
                spans.append((min(c.start for c in cells), max(c.end for c in cells)))
    text = segmentation.flow.text
    held: tuple[int, int] | None = None
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if held is None:
            held = (start, end)
        elif start >= held[1]:
            if text[held[1] - 1] in ";," and _GOES_ON.match(text, start):
                held = (held[0], end)
            else:
                yield held
                held = (start, end)
    if held is not None:
        yield held


class _Row(NamedTuple):
    """A row of a table: its stretch of the flow, and what its columns for lead and deadline say."""

    start: int
    end: int
    lead: str | None
    due: str | None


def _rows(segmentation: Segmentation) -> Iterator[_Row]:
    """Yield the rows of all tables in text order; an empty cell says what the one above it says (merged cells)."""
    for table in segmentation.tables:
        columns = {name: _column(table.header, heading) for name, heading in _COLUMNS.items()}
        said: dict[str, str | None] = dict.fromkeys(columns)
        for cells, group in zip(table.rows, table.groups, strict=True):
            full = [cell for cell in cells if cell.end > cell.start]
            if group and not any(_PROVISION.search(segmentation.flow.text, c.start, c.end) for c in full):
                said = dict.fromkeys(columns)
            for name, n in columns.items():
                if not group and 0 <= n < len(cells) and cells[n].end > cells[n].start:
                    said[name] = " ".join(segmentation.flow.text[cells[n].start : cells[n].end].split()).strip(" .;")
            if full:
                yield _Row(min(c.start for c in full), max(c.end for c in full), said["lead"], said["due"])


def _column(header: Sequence[str], heading: re.Pattern[str]) -> int:
    """Return the first column under such a heading, -1 without one."""
    return next((n for n, words in enumerate(header) if heading.search(words)), -1)


def _pins(words: str, at: int, laws: Sequence[Mention]) -> Iterator[tuple[str, list[Pin]]]:
    """Yield the provisions that an entry names with their laws."""
    starts = [m.start for m in laws]
    n, stop = bisect_left(starts, at), bisect_left(starts, at + len(words))
    here = laws[n:stop]
    above = laws[n - 1] if n else None
    for pin in scan_pinpoints(words):
        if pin.this_end >= 0:
            continue
        end = at + pin.end
        behind = next((m for m in here if m.end > end), None)
        before = next((m for m in reversed(here) if m.end <= at + pin.start), None)
        law = behind or before or above
        rows = [dict(row) for row in read_pinpoint(words[pin.start : pin.end]).rows]
        pins = [Pin(dieu=r["dieu"], khoan=r.get("khoan"), diem=r.get("diem")) for r in rows if "dieu" in r]
        if law is not None and law.target and pins:
            yield law.target, pins


def _instrument(flow: str, start: int, end: int) -> str | None:
    """Return the kind of document that is to be made, named in the entry, else nearest above it."""
    inside = _INSTRUMENT.search(flow, start, end)
    if inside is not None:
        return _KINDS[inside[1].lower()]
    above = list(_INSTRUMENT.finditer(flow, max(0, start - _ABOVE), start))
    return _KINDS[above[-1][1].lower()] if above else None


def _beside(label: re.Pattern[str], flow: str, start: int, end: int) -> str | None:
    """Return what stands behind a label in the entry or right below it."""
    match = label.search(flow, start, min(len(flow), end + _BELOW))
    return match["words"].strip(" .;") if match is not None else None
