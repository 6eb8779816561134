"""The order of segmentation: clean characters, cut lines, join wraps, find the outline, read the header."""

from __future__ import annotations

import re
from bisect import bisect_right

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment.joins import joins, wrap_style
from vnlegal.segment.lines import Line, cut_lines
from vnlegal.segment.markup import Marks, strip_markup
from vnlegal.segment.model import HeaderDraft, Part, Segmentation, Unit
from vnlegal.text import Builder, clean

_RULE = re.compile(r"[-_=~*.·•–—|:+\s]+$")
_FURNITURE = re.compile(r"-* ?PAGE BREAK ?-*$|Ký bởi: CÔNG BÁO|Cơ quan: VĂN PHÒNG CHÍNH PHỦ$|Ngày ký: \d{4}-")


def segment(document: Document, knowledge: Knowledge) -> Segmentation:
    """Cut `document` into the units of its outline."""
    view = clean(document.text)
    plain, marks = strip_markup(view.text)
    lines = cut_lines(plain.text)
    structure = knowledge.structure
    style = wrap_style([x for x in lines if not _RULE.match(x.words)], structure)
    builder = Builder(plain.text)
    units: list[Unit] = []
    begin = 0
    above: Line | None = None
    for line in lines:
        if line.words[0] == "|" and len(line.words) > 1:
            if builder.size:
                if above is not None:
                    units.append(Unit("body", begin, builder.size, begin))
                    above = None
            _cells(line, builder, units)
            continue
        if _RULE.match(line.words):
            if "|" in line.words and above is not None:
                units.append(Unit("body", begin, builder.size, begin))
                above = None
            continue
        if _FURNITURE.match(line.words):
            continue
        marker = structure.marker.match(line.words) is not None
        if above is not None and joins(
            above, line, style=style, marker=marker, same_bold=_in_bold(marks, above.end), knowledge=structure
        ):
            builder.add(" ", above.end)
        else:
            if above is not None:
                units.append(Unit("body", begin, builder.size, begin))
            if builder.size:
                builder.add("\n", line.start - 1)
            begin = builder.size
        builder.add(line.words, line.start)
        above = line
    if above is not None:
        units.append(Unit("body", begin, builder.size, begin))
    flow = builder.view().over(plain.over(view))
    return Segmentation(flow, tuple(units), parts=(Part(0, len(units), HeaderDraft()),))


def _cells(line: Line, builder: Builder, units: list[Unit]) -> None:
    at = line.start
    for cell in line.words.split("|"):
        words = cell.strip()
        if words and not _RULE.match(words):
            if builder.size:
                builder.add("\n", at)
            start = builder.size
            builder.add(words, at + cell.index(words[0]))
            units.append(Unit("cell", start, builder.size, start))
        at += len(cell) + 1


def _in_bold(marks: Marks, at: int) -> bool:
    k = bisect_right(marks.bold, (at, 1 << 60)) - 1
    return k >= 0 and marks.bold[k][0] < at < marks.bold[k][1]
