"""The order of segmentation: clean characters, cut lines, join wraps, find the outline, read the header."""

from __future__ import annotations

import re

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment.model import HeaderDraft, Part, Segmentation, Unit
from vnlegal.text import Builder, clean

_LINE = re.compile(r"[^\n\f]*[^\s][^\n\f]*")
_MARKUP = re.compile(r"\*+|^#+ +| {2,}")


def segment(document: Document, knowledge: Knowledge) -> Segmentation:
    """Cut `document` into the units of its outline."""
    view = clean(document.text)
    builder = Builder(view.text)
    units: list[Unit] = []
    for line in _LINE.finditer(view.text):
        words = line[0].strip()
        at = line.start() + line[0].index(words[0])
        if builder.size:
            builder.add("\n", at - 1)
        begin, done = builder.size, 0
        for mark in _MARKUP.finditer(words):
            builder.add(words[done : mark.start()], at + done)
            if mark[0].isspace():
                builder.add(" ", at + mark.start())
            done = mark.end()
        builder.add(words[done:], at + done)
        units.append(Unit("body", begin, builder.size, begin))
    flow = builder.view().over(view)
    return Segmentation(flow, tuple(units), parts=(Part(0, len(units), HeaderDraft()),))
