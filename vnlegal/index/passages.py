"""The paragraphs of a text: what is searched where no task and no citation says it."""

from __future__ import annotations

import re

from vnlegal.index.model import Passage

_LINE = re.compile(r"[^\r\n]+")
_LETTER = re.compile(r"[^\W_]")
_LONGEST = 1500


def passages(text: str) -> list[Passage]:
    """Cut a text into paragraphs: lines, joined where a sentence goes on in the next, none longer than 1,500."""
    out: list[Passage] = []
    start = end = -1

    def close() -> None:
        if start >= 0 and _LETTER.search(text, start, end):
            out.append(Passage(id=f"p{len(out) + 1}", start=start, end=end, text=text[start:end]))

    for match in _LINE.finditer(text):
        first, last = match.span()
        while first < last and text[first].isspace():
            first += 1
        while first < last and text[last - 1].isspace():
            last -= 1
        if first == last:
            continue
        while last - first > _LONGEST:
            cut = text.rfind(" ", first + 1, first + _LONGEST)
            cut = cut if cut > first else first + _LONGEST
            close()
            start, end = first, cut
            first = cut
        goes_on = start >= 0 and text[end - 1] not in ".;:!?|" and text[first].islower()
        if goes_on and last - start <= _LONGEST and "\n\n" not in text[end:first]:
            end = last
        else:
            close()
            start, end = first, last
    close()
    return out
