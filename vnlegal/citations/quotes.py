"""Quoted stretches of the flow: text that an amending document puts into another, and quoted words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_MARKS = '“”"'
# What a quoted block begins with: an article, a chapter, a clause, a point.
_BLOCK = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục|Mẫu|CHƯƠNG|PHỤ LỤC) [\dIVX]|\d{1,3}[a-zđ]?\. ?\S|[a-zđ]\d?\) ?\S")
_RESUMES = re.compile(
    r"\n(?:(?:\d{1,3}|[a-zđ])[.)] ?(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay|Bỏ)|"
    r"(?:\d{1,3}\. )?Điều \d+\.? ?"
    r"(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Hiệu lực|Điều khoản|Tổ chức|Trách nhiệm|Quy định chuyển))"
)

_RESUMES_LONGEST = 40

# A quotation shorter than this, in one paragraph, is words.
_LONG_QUOTE = 200

_RESUMES_REACH = 60

Region = tuple[int, int]


def quoted_regions(text: str) -> list[Region]:
    """Return the quoted stretches of `text`, disjoint and in order, without their quotation marks.

    A quotation of several paragraphs begins with an article, clause or point, or below a colon, and ends with a mark
    at a paragraph's end; one that never ends stops where the instructions of the amending document go on.
    """
    out: list[Region] = []
    block = opened = searched = -1
    resumed: re.Match[str] | None = None
    for at in _marks(text):
        if opened >= 0 and text.find("\n", opened, at) >= 0:
            if block < 0 and _opens_block(text, opened):
                block = searched = opened
                resumed = None
            opened = -1
        if block >= 0:
            if resumed is None:
                resumed = _RESUMES.search(text, searched, at)
                searched = max(block, at - _RESUMES_LONGEST)
            if resumed is not None and not _ends_block(text, at):
                out.append((block, resumed.start()))
                block = -1
        if text[at] == "“" or (text[at] == '"' and _opens(text, at, opened >= 0)):
            opened = at + 1
        elif opened >= 0:
            if block < 0:
                out.append((opened, at))
            opened = -1
        elif block >= 0 and _ends_block(text, at):
            out.append((block, at))
            block = -1
    if block < 0 <= opened and _opens_block(text, opened) and "\n" in text[opened:]:
        block = opened
    if block >= 0:
        resumed = _RESUMES.search(text, block)
        out.append((block, resumed.start() if resumed is not None else min(len(text), block + 20_000)))
    return out


def _marks(text: str) -> list[int]:
    """Return where quotation marks stand, in order: a plain search for each is many times as fast as one pattern."""
    places: list[int] = []
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1)
    return sorted(places)


def _opens(text: str, at: int, inside: bool) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not inside and (not before or before in " \n(") and (after.isalnum())


def _opens_block(text: str, start: int) -> bool:
    """Whether what stands behind a mark begins a block: a unit, or any words below "… được sửa đổi như sau:"."""
    return _BLOCK.match(text, start) is not None or text.startswith(":\n", start - 3)


def _ends_block(text: str, at: int) -> bool:
    """Whether the mark at `at` stands at the end of a paragraph."""
    rest = text[at + 1 : at + 4].lstrip('.;,)”"')
    return not rest or rest[0] == "\n"


def is_quoted(regions: Sequence[Region], position: int) -> Region | None:
    """Return the region in which `position` lies, or None."""
    n = bisect_right(regions, (position, 1 << 60)) - 1
    return regions[n] if n >= 0 and regions[n][0] <= position < regions[n][1] else None


def is_provision(text: str, region: Region) -> bool:
    """Whether a quotation is text that goes into a document: long, of several paragraphs, or a whole article."""
    start, end = region
    return end - start >= _LONG_QUOTE or text.find("\n", start, end) >= 0 or text.startswith("Điều ", start)
