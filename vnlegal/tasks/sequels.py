"""Paragraphs that go on with the sentence before them, or with its order, without naming its bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnlegal.segment import Unit
from vnlegal.tasks.document import Document
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.prose import UnitReader
from vnlegal.tasks.roles import Openings

# "Đồng thời, | tham mưu …"
_BESIDES = re.compile(r"(?:Đồng[ \n]thời|Ngoài[ \n]ra|Bên[ \n]cạnh[ \n]đó|Cùng[ \n]với[ \n]đó)(?=[,:]?[ \n])")
# "Trong quá trình thực hiện, nếu có vướng mắc, | kịp thời báo cáo …"
_IN_TROUBLE = re.compile(
    r"(?:Trong[ \n]quá|Quá)[ \n]trình[ \n][^.;:]{4,60}(?:vướng[ \n]mắc|khó[ \n]khăn|phát[ \n]sinh)[^,.;:]{0,60},[ \n]"
)


def sequel(document: Document, n: int, frames: Sequence[Frame]) -> Frame | None:
    """Return the frame of paragraph `n` that goes on with the order before it; None where it does not.

    `frames`: those of the units before it.
    """
    units, text = document.segmentation.units, document.segmentation.flow.text
    unit = units[n]
    if unit.kind != "body" or n == 0 or units[n - 1].kind != "body" or units[n - 1].part != unit.part:
        return None
    opens = _BESIDES.match(text, unit.start) or _IN_TROUBLE.match(text, unit.start, unit.end)
    if opens is None or frames[n - 1].mode in ("none", "off"):
        return None
    words = document.passage(unit.body, unit.end)
    openings = Openings(words, document.knowledge.tasks)
    if not openings.is_verb(openings.glue(opens.end(), unit.end)):
        return None
    if frames[n - 1].sequel:
        return frames[n - 1]
    before = document.passage(units[n - 1].body, units[n - 1].end)
    drafts = UnitReader(before, document.knowledge.tasks, document.setting(n - 1, frames[n - 1])).orders(before.start)
    if not drafts or not drafts[-1].explicit or not drafts[-1].leads:
        return None
    leads = tuple(replace(actor, inherited=True) for actor in drafts[-1].leads)
    return replace(frames[n - 1], mode="open", leads=leads, modality=drafts[-1].modality, coordinators=(), sequel=True)


def goes_on(text: str, unit: Unit, after: Unit) -> bool:
    """Whether the sentence of `unit` is not at its end where the unit ends: the paragraph `after` goes on with it."""
    last = text[unit.start : unit.end].rstrip()[-1:]
    return last.isalpha() or last == "," or (last == ";" and text[after.start].islower())
