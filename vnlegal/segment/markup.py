"""Markup out of the way: markdown emphasis, headings and bullets, HTML tags, footnote calls, runs of blanks.

The result is a view with the same lines, and what the markup said: which words were bold, which lines were markdown
headings or bullets, where footnotes were called, where cells of one row meet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.text import Builder, View

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# Kinds of markup: what a text with it contains, and its patterns. Every pattern begins with one literal character and
# no group, so that the one scan over the text passes over all others at the speed of a table look-up; kinds the text
# does not contain are left out of the scan. The first character tells which kind was found.
_TAGS = "p|br|b|i|u|em|strong|span|div|sub|sup|center|font|td|tr|th|table|tbody|thead|li|ul|ol|a|hr|img"
# A quoted block's "> ", which "> 50" in a cell is not.
_QUOTED = r"(?:>[ ]?)+(?=[^\W\d]|[“\"(+-]|\d{1,3}[.)][ ]|[ ]*$)"
_LINE_START = (
    rf"(?P<indent>[ ]*+)(?:(?P<bullet>[*•][ ]{{3,}}(?=\S))|(?P<hash>\#{{1,6}}(?:[ ]+|$))|(?P<quoted>{_QUOTED}))"
)
_KINDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("#", "*", "•", "\n>"), rf"\n\f?{_LINE_START}"),
    (("\\",), r"\\(?=[\\*_\-.|\[\]()\#+~>])"),
    (("*",), r"\*\**"),
    (("__",), r"__(?:(?=[^\W_])|(?<=[^\W_]__)(?!\w))"),
    (
        ("<",),
        r"<(?:sup>[ ]*[\[(]?[ ]*\d{1,3}[ ]*[\])]?[ ]*</sup>"
        r"|/(?:p|td|th)>[ ]*<(?P<cells>p|td|th)\b[^<>\n]{0,200}>"
        rf"|/?(?:{_TAGS})\b[^<>\n]{{0,300}}>)",
    ),
    (("&",), r"&(?:nbsp|amp|lt|gt|quot|\#160|\#39);"),
    (("[",), r"\[\d{1,3}\](?![(])|[ ]\[\d{1,3}\](?=[ .,;:)\n]|$)|\[\d{1,6}(?:/\d{4})?/[A-ZĐ][\w-]{1,25}\]"),
    (tuple(_SUPERSCRIPTS), "|".join(f"{sign}[{_SUPERSCRIPTS}]*" for sign in _SUPERSCRIPTS)),
    (("  ",), r"[ ][ ][ ]*"),
)
# What all marks in brackets begin with; "[Tên cơ quan]" in a form is none.
_NUMBERED = re.compile(r"\[\d")
_OPENING = re.compile(_LINE_START, re.MULTILINE)
_ENTITY = {"&nbsp;": " ", "&#160;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_PLAIN_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d(/])(?:[kcdm]?m|km|ha|dặm|hải lý)$")
_PARAGRAPH_END = re.compile(r"\n[ ]*(?:\n|\|)")
_WIDE = 4
_BOLD_RUNS = frozenset((2, 3, 5, 6, 7))


@dataclass(frozen=True, slots=True)
class Marks:
    """What markup said. Offsets count the plain text.

    `bullets`: offset of the first character after a markdown bullet → its indentation. `hashes`: the same for a
    markdown heading → its level. `bold`: spans of strong text, in order. `calls`: (offset, label) of each footnote
    call taken out. `cells`: offsets of the bars put between HTML cells of one line. `wide`: offsets of the blanks that
    stand for a wide gap inside a line, as between two columns.
    """

    bullets: dict[int, int]
    hashes: dict[int, int]
    bold: tuple[tuple[int, int], ...]
    calls: tuple[tuple[int, str], ...]
    cells: frozenset[int]
    wide: tuple[int, ...] = ()

    def in_bold(self, start: int, end: int) -> bool:
        """Whether `start`..`end` lies inside one stretch of bold text."""
        k = bisect_right(self.bold, (start, 1 << 60)) - 1
        return k >= 0 and self.bold[k][0] <= start and end <= self.bold[k][1]

    def bold_end(self, start: int) -> int:
        """Return where the bold text that begins at `start` (two characters off at most) ends, or -1."""
        k = bisect_right(self.bold, (start + 2, 1 << 60)) - 1
        return self.bold[k][1] if k >= 0 and self.bold[k][0] >= start - 2 else -1


NO_MARKS = Marks({}, {}, (), (), frozenset())


class _Stripper:
    """The state of one pass over a text with markup."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out = Builder(text)
        self.bullets: dict[int, int] = {}
        self.hashes: dict[int, int] = {}
        self.bold: list[tuple[int, int]] = []
        self.calls: list[tuple[int, str]] = []
        self.cells: set[int] = set()
        self.wide: list[int] = []
        self.opened = self.opened_raw = -1
        self.escaped = -1

    def take(self, mark: re.Match[str]) -> None:
        """Note what one mark says, and write what it leaves in the plain text."""
        start, end = mark.span()
        out = self.out
        first = mark[0][0]
        if first == " " and mark[0][-1] == " ":
            if start and self.text[start - 1] != "\n" and self.text[end : end + 1] not in ("\n", ""):
                if end - start >= _WIDE:
                    self.wide.append(out.size)
                out.add(" ", start)
        elif first == "*":
            self._stars(start, end)
        elif first == "\\":
            self.escaped = end
        elif first == "&":
            out.add(_ENTITY[mark[0]], start)
        elif first == "<" and "</sup>" not in mark[0][1:]:
            if mark["cells"]:
                self.cells.add(out.size)
                out.add("|", start)
        elif first == "[" and "/" in mark[0]:  # what is left of a link on a document's number
            out.add(mark[0][1:-1], start + 1)
        elif first in "[ <" or first in _SUPERSCRIPTS:
            self._call(mark)
        elif first == "\n":
            out.add("\n\f" if mark[0].startswith("\n\f") else "\n", start)
            self.line_start(mark)

    def line_start(self, mark: re.Match[str]) -> None:
        """Note a markdown bullet or heading at the place reached in the plain text; of a quotation nothing is kept."""
        if mark["bullet"]:
            self.bullets[self.out.size] = len(mark["indent"])
        elif mark["hash"]:
            self.hashes[self.out.size] = len(mark["hash"].rstrip())

    def _stars(self, start: int, end: int) -> None:
        """Open or close bold text. An opening nobody closed in its own paragraph is forgotten."""
        if end - start not in _BOLD_RUNS:
            return
        if self.opened >= 0 and _PARAGRAPH_END.search(self.text, self.opened_raw, start) is None:
            self.bold.append((self.opened, self.out.size))
            self.opened = -1
        else:
            self.opened, self.opened_raw = self.out.size, end

    def _call(self, mark: re.Match[str]) -> None:
        start, end = mark.span()
        head = self.text[max(0, start - 12) : start]
        cut = head.rfind("\n")
        at_line_start = (cut >= 0 or start < 12) and not head[cut + 1 :].strip(" *|>_")
        if at_line_start or (mark[0][0] in _SUPERSCRIPTS and _UNIT_BEFORE.search(self.text[max(0, start - 8) : start])):
            self.out.add(self.text[start:end], start)
            return
        label = "".join(c for c in mark[0].translate(_PLAIN_DIGITS) if c.isdigit())
        self.calls.append((self.out.size, label))


@lru_cache(maxsize=64)
def _scanner(kinds: tuple[int, ...]) -> re.Pattern[str]:
    """Return the pattern for the kinds of markup numbered in `kinds`."""
    return re.compile("|".join(_KINDS[n][1] for n in kinds), re.MULTILINE)


def _holds(text: str, sign: str) -> bool:
    """Whether `sign` stands in `text`, a bracket before a figure; without its last character it cannot, soon told."""
    return sign[-1] in text and sign in text and (sign != "[" or _NUMBERED.search(text) is not None)


def strip_markup(text: str) -> tuple[View, Marks]:
    """Return `text` without markup, as a view of it, and what the markup said."""
    kinds = tuple(n for n, (signs, _) in enumerate(_KINDS) if any(_holds(text, sign) for sign in signs))
    if not kinds:
        return View(text, text), NO_MARKS
    state = _Stripper(text)
    done = 0
    opening = _OPENING.match(text)
    if opening:
        state.line_start(opening)
        done = opening.end()
    for mark in _scanner(kinds).finditer(text, done):
        start, end = mark.span()
        if text[start] == "*" and _is_written_star(text, start, end, state.escaped):
            continue
        state.out.add(text[done:start], done)
        done = end
        state.take(mark)
    state.out.add(text[done:], done)
    marks = Marks(
        state.bullets, state.hashes, tuple(state.bold), tuple(state.calls), frozenset(state.cells), tuple(state.wide)
    )
    return state.out.view(), marks


def _is_written_star(text: str, start: int, end: int, escaped: int) -> bool:
    """Whether stars stand in the document itself: escaped, alone in brackets, a rule, or between blanks or digits."""
    if start == escaped:
        return True
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before == "\n" and after == "\n":
        return end - start > 3
    if end - start != 1:
        return end - start > 8
    if before == "(" and after == ")":
        return True
    if before in {"\n", " "}:
        return after == " "
    return before.isdigit() and after.isdigit()
