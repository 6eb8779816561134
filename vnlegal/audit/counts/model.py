"""What the count audit works on: the sentences of a document with their figures, and what a rule says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnlegal.audit.counts.figures import Figure, find_figures
from vnlegal.knowledge.counts import CountKnowledge
from vnlegal.records import Severity
from vnlegal.segment.model import Footnote, Segmentation

Span = tuple[int, int]
# A sentence is cut here, so that what a rule looks through stays short in a text without full stops.
_LONGEST = 2500
_PROSE = ("body", "item", "heading", "article", "footnote")


@dataclass(frozen=True, slots=True)
class Checked:
    """One statement that could be checked. Spans are flow offsets."""

    code: str
    start: int
    end: int
    holds: bool
    calculation: str
    message: str
    stated: dict[str, str]
    compared: tuple[Span, ...] = ()
    doubt: str | None = None
    severity: Severity = "warning"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a prose unit, with its figures. `unit` is the unit's index, `last` whether it ends the unit."""

    unit: int
    start: int
    end: int
    figures: tuple[Figure, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A document as the rules read it."""

    text: str
    segmentation: Segmentation
    sentences: tuple[Sentence, ...]
    children: dict[int, list[int]] = field(default_factory=dict)
    notes: tuple[Footnote, ...] = ()

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span[0] : span[1]]


def read_page(segmentation: Segmentation, words: CountKnowledge) -> Page:
    """Return the prose of a document as sentences with figures. Linear in the text."""
    text = segmentation.flow.text
    sentences: list[Sentence] = []
    children: dict[int, list[int]] = {}
    covered = 0
    for n, unit in enumerate(segmentation.units):
        children.setdefault(unit.parent, []).append(n)
        if unit.kind not in _PROSE or unit.body < covered:
            continue
        end = _paragraph_end(segmentation, n, text)
        cuts = sentence_ends(text, unit.body, end)
        begin = unit.body
        for cut in cuts:
            sentences.append(Sentence(n, begin, cut, tuple(find_figures(text, begin, cut, words)), cut == end))
            begin = cut
        covered = end
    notes = tuple(sorted((n for n in segmentation.footnotes if n.anchor >= 0), key=lambda n: n.anchor))
    return Page(text, segmentation, tuple(sentences), children, notes)


def _paragraph_end(segmentation: Segmentation, n: int, text: str) -> int:
    """Return the end of the paragraph a unit begins: the items of an inline list belong to it."""
    unit = segmentation.units[n]
    line = text.find("\n", unit.end)
    return max(unit.end, line if line >= 0 else len(text))


def sentence_ends(text: str, start: int, end: int) -> Sequence[int]:
    """Return where the sentences of a paragraph end: after a full stop before a capital, outside brackets.

    One that does not end is cut at a blank.
    """
    ends = []
    depth = 0
    begin = start
    for at in range(start, end):
        mark = text[at]
        if mark == "(":
            depth += 1
        elif mark == ")":
            depth = max(depth - 1, 0)
        elif mark == "." and depth == 0 and text[at + 1 : at + 2] == " " and _opens(text, at + 2, end):
            ends.append(at + 1)
            begin = at + 1
        if at - begin > _LONGEST and mark == " ":
            ends.append(at)
            begin, depth = at, 0
    if not ends or ends[-1] < end:
        ends.append(end)
    return ends


def _opens(text: str, at: int, end: int) -> bool:
    while at < end and text[at] in " “\"'(":
        at += 1
    return at < end and (text[at].isupper() or text[at].isdigit())
