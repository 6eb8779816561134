"""Markup out of the way: markdown emphasis, headings and bullets, HTML tags, escapes, runs of blanks.

The result is a view with the same line structure, and for each line what the markup said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnlegal.text import Builder, View

# One scan over the text. Order matters: line-start marks before the inline ones they contain.
_MARK = re.compile(
    r"""
      ^(?P<indent>[ ]*)(?:(?P<bullet>[*•][ ]{2,})|(?P<hash>\#{1,6}(?=[ \n]|$)[ ]*)|(?P<quote>>[ ]+))
    | (?P<escape>\\(?=[\\*_\-.|\[\]()\#+]))
    | (?P<stars>\*{1,8})
    | (?P<sup><sup>\s*(?=[\d(\[])|</sup>)
    | (?P<tag></?(?:p|br|b|i|u|em|strong|span|div|sub|center|font|td|tr|th|table|tbody|li|ul|ol|a)\b[^<>\n]{0,200}>)
    | (?P<entity>&(?:nbsp|amp|lt|gt|quot|\#160);)
    | (?P<blanks>[ ]{2,})
    """,
    re.VERBOSE | re.MULTILINE,
)
_ANY = re.compile(r"[*#\\<&•>]|  ")
_ENTITY = {"&nbsp;": " ", "&#160;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_SUP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Marks:
    """What markup said, by offset into the plain text.

    `bullets`: offset of the first character after a markdown bullet → its indentation. `hashes`: offset of a
    markdown heading's first character → its level. `bold`: sorted (start, end) spans of strong text.
    """

    bullets: dict[int, int]
    hashes: dict[int, int]
    bold: tuple[tuple[int, int], ...]


_NOTHING = Marks({}, {}, ())


def strip_markup(text: str) -> tuple[View, Marks]:
    """Return `text` without markup, as a view of it, and what the markup said."""
    if _ANY.search(text) is None:
        return View(text, text), _NOTHING
    builder = Builder(text)
    bullets: dict[int, int] = {}
    hashes: dict[int, int] = {}
    bold: list[tuple[int, int]] = []
    opened = -1
    escaped = -1
    done = 0
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        kind = mark.lastgroup
        if kind == "stars" and _is_literal_star(text, start, end, escaped):
            continue
        builder.add(text[done:start], done)
        done = end
        if kind == "bullet":
            bullets[builder.size] = start_indent(mark)
        elif kind == "hash":
            hashes[builder.size] = len(mark["hash"].strip())
        elif kind == "stars":
            if end - start in (2, 3, 5, 6, 7):
                if opened < 0:
                    opened = builder.size
                else:
                    bold.append((opened, builder.size))
                    opened = -1
        elif kind == "escape":
            escaped = end
        elif kind == "entity":
            builder.add(_ENTITY[mark[0]], start)
        elif kind == "blanks":
            if 0 < start and text[start - 1] not in "\n" and end < len(text) and text[end] != "\n":
                builder.add(" ", start)
    builder.add(text[done:], done)
    return builder.view(), Marks(bullets, hashes, tuple(bold))


def start_indent(mark: re.Match[str]) -> int:
    """Return how far a bullet stands from the margin, in blanks."""
    return len(mark["indent"])


def _is_literal_star(text: str, start: int, end: int, escaped: int) -> bool:
    """Whether a star is written in the document: escaped, alone in brackets, or between blanks or digits."""
    if start == escaped:
        return True
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if end - start == 1:
        if before == "(" and after == ")":
            return True
        if before == "\n" and after == " ":
            return True
        return before in " 0123456789" and after in " 0123456789" and before != "\n"
    return False
