"""The text of a document as HTML: one element a line, marks cut where they begin, end and overlap, all escaped.

A line element carries the offset of its first code point, so that what a reader selects leads back to the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from vnlegal.review.model import Item

_CHUNK = 4_000  # code points that are laid out together when they come into view
_CLASSES = {"citation": "cit", "agency": "age", "task": "tas", "finding": "fin"}
_SAFE = {"\x00": "\ufffd", "\r": " "}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that belongs to an item. `name` is the class that colours it."""

    start: int
    end: int
    item: str
    name: str


def marks_of(items: Iterable[Item]) -> list[Mark]:
    """Return the marks of the items, by place; of a task also those of its deadline."""
    out = []
    for item in items:
        if item.kind == "document" or item.verdict == "gone" or item.end <= item.start:
            continue
        off = item.verdict == "rejected"
        out.append(Mark(item.start, item.end, item.id, "off" if off else _CLASSES[item.kind]))
        due = item.value.get("deadline") if item.kind == "task" and not off else None
        if due and due["end"] > due["start"]:
            out.append(Mark(due["start"], due["end"], item.id, "due"))
    out.sort(key=lambda mark: (mark.start, -mark.end))
    return out


def stands_in(item: Item, start: int, end: int) -> bool:
    """Whether the words of an item, or of its deadline, touch a stretch."""
    value = item.state.value
    if value.get("start", 0) < end and value.get("end", 0) > start:
        return True
    due = value.get("deadline")
    return due is not None and bool(due["start"] < end and due["end"] > start)


class Lines:
    """The lines of a text, without their ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def span(self, number: int) -> tuple[int, int]:
        """Return where line `number` begins and ends, its line end left out."""
        start = self.starts[number]
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] == "\r":
            end -= 1
        return start, end

    def touched(self, start: int, end: int) -> range:
        """Return the numbers of the lines that a stretch touches."""
        first = bisect_right(self.starts, max(start, 0)) - 1
        last = bisect_right(self.starts, max(end - 1, start, 0)) - 1
        return range(first, last + 1)


def line_html(lines: Lines, number: int, marks: Sequence[Mark], *, swap: bool = False) -> str:
    """Return one line; `marks` may hold more than those that touch it. `swap`: as a piece that replaces the line."""
    start, end = lines.span(number)
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    extra = ' hx-swap-oob="true"' if swap else ""
    return f'<p class="l" id="l{number}" data-s="{start}"{extra}>{_pieces(lines.text, start, end, here)}</p>'


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    if not marks:
        return _clean(text[start:end])
    cuts = {start, end}
    for mark in marks:
        cuts.update((max(mark.start, start), min(mark.end, end)))
    out = []
    active: list[Mark] = []
    at = 0
    for a, b in pairwise(sorted(cuts)):
        while at < len(marks) and marks[at].start <= a:
            active.append(marks[at])
            at += 1
        over = active = [mark for mark in active if mark.end > a]
        words = _clean(text[a:b])
        if not over:
            out.append(words)
            continue
        over = sorted(over, key=lambda mark: mark.end - mark.start)
        classes = " ".join(dict.fromkeys(mark.name for mark in over))
        names = " ".join(dict.fromkeys(mark.item for mark in over))
        out.append(f'<span class="m {classes}" data-i="{escape(names)}">{words}</span>')
    return "".join(out)


def _clean(words: str) -> str:
    """Return words that HTML carries one to one: what a page cannot hold is shown by a sign of the same length."""
    for odd, sign in _SAFE.items():
        if odd in words:
            words = words.replace(odd, sign)
    return escape(words.encode("utf-8", "replace").decode())


def chunks(lines: Lines, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield the text in pieces that a browser lays out one by one, in linear time."""
    active: list[Mark] = []
    at = 0
    piece: list[str] = []
    size = 0
    for number in range(len(lines.starts)):
        start, end = lines.span(number)
        while at < len(marks) and marks[at].start < end:
            active.append(marks[at])
            at += 1
        active = [mark for mark in active if mark.end > start]
        piece.append(line_html(lines, number, active))
        size += end - start + 40
        if size >= _CHUNK:
            yield "".join(piece)
            piece, size = [], 0
    if piece:
        yield "".join(piece)
