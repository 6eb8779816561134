"""A stretch of the flow to be read for tasks, and its sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vnlegal.agencies import AgencyFound
from vnlegal.tasks.drafts import Draft, Setting
from vnlegal.tasks.model import DeadlineFound, Opening
from vnlegal.text import fold

# A sentence ends at a full stop (or "…", "?") before a capital, not inside a number or after an abbreviation.
# The pattern begins with one class of signs, so that the engine skips from one to the next.
_STOP = re.compile(r"[.…?!\n](?:(?<=\n)|[.…?!]*[”\"')\]]*(?=[ \n]+[“\"'(\[]?[A-ZĐÀ-ỸƠƯ\d-]))")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,;])(?:TP|Tp|tp|TX|P|Q|KT|TM|TL|TUQ|PGS|GS|TS|ThS|BS|KS|Ths|ĐT|Mr|Mrs|St|No|[A-ZĐ])$"
)
_NUMBERING = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-zđ])")
_PAIRS = {"(": ")", "“": "”", "[": "]", "«": "»"}
_BRACKETS = re.compile(r'[()“”\[\]«»";]')

# Whether an unnamed group may be told, "kiến nghị" tells somebody, the passage stands under the name of a body: what an
# opening was read with; None for what made no difference.
Circumstances = tuple[bool | None, bool | None, bool | None]


class Orders(NamedTuple):
    """The tasks of a passage from `start` on, as they were read in `setting`. `governing`: the deadline of all."""

    start: int
    setting: Setting
    drafts: list[Draft]
    governing: DeadlineFound | None


@dataclass(slots=True)
class Passage:
    """A stretch `start`..`end` of the flow, its folded form, and the agencies named in it.

    `low[i]` is the folded character of `text[start + i]`. Offsets are flow offsets throughout. `openings` are those
    read so far, by start and end, each with the circumstances it was read in: the frames above and the tasks themselves
    ask for the same ones. So it is with `sentences`, by where they begin, `cues`, the places of the words that tell
    somebody something, and `orders`, the tasks read last, with where and in what setting.
    """

    text: str
    start: int
    end: int
    low: str
    agencies: tuple[AgencyFound, ...]
    by_start: dict[int, AgencyFound] = field(default_factory=dict)
    openings: dict[tuple[int, int], list[tuple[Circumstances, Opening]]] = field(default_factory=dict)
    sentences: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    cues: list[tuple[int, int]] | None = None
    orders: Orders | None = None

    def lows(self, start: int, end: int) -> str:
        """Return the folded words of `start`..`end`."""
        return self.low[start - self.start : end - self.start]

    def within(self, start: int, end: int) -> tuple[AgencyFound, ...]:
        """Return the agencies whose names begin in `start`..`end`, in order."""
        first = bisect_left(self.agencies, start, key=_begin)
        return self.agencies[first : bisect_left(self.agencies, end, first, key=_begin)]

    def sentences_from(self, start: int) -> list[tuple[int, int]]:
        """Return the sentences from `start` on."""
        if start not in self.sentences:
            self.sentences[start] = list(sentences(self.text, start, self.end))
        return self.sentences[start]


def _begin(agency: AgencyFound) -> int:
    return agency.start


def passage(text: str, start: int, end: int, agencies: Sequence[AgencyFound]) -> Passage:
    """Return the passage `start`..`end` of `text`; `agencies` are those inside it, in order."""
    inside = tuple(agencies)
    return Passage(text, start, end, fold(text[start:end]), inside, {a.start: a for a in inside})


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]`, without the blanks around them."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        before = text[max(begin, stop.start() - 12) : stop.start()]
        if stop[0][0] == "." and (_ABBREVIATION.search(before) or _NUMBERING.fullmatch(text, begin, stop.start())):
            continue
        if _open_bracket(text, begin, stop.start()):
            continue
        yield from _trimmed(text, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text, begin, end)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of the sentence `start`..`end` between semicolons that stand outside brackets and quotes."""
    if text.find(";", start, end) < 0:
        yield from _trimmed(text, start, end)
        return
    begin, waiting, quoted = start, [], False
    for sign in _BRACKETS.finditer(text, start, end):
        c = sign[0]
        if c in _PAIRS:
            waiting.append(_PAIRS[c])
        elif c == '"':
            quoted = not quoted
        elif c == ";":
            if not waiting and not quoted:
                yield from _trimmed(text, begin, sign.start())
                begin = sign.end()
        elif waiting and c == waiting[-1]:
            waiting.pop()
    yield from _trimmed(text, begin, end)


def _open_bracket(text: str, start: int, end: int) -> bool:
    """Whether `end` stands inside a bracket or a quotation opened after `start` (not longer ago than 600 signs)."""
    part = text[max(start, end - 600) : end]
    return any(part.count(left) > part.count(right) for left, right in _PAIRS.items() if left in part)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
