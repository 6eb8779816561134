"""Whether the number and the day in a scanned letterhead are printed or written by hand.

A clerk fills them in with a pen, and OCR makes a fluent number of it. Printed digits are all as tall as the capitals
beside them and stand on one line; written ones differ in height, hang under the line, or are of another colour.
Source of the layout: Nghị định 30/2020/NĐ-CP, Phụ lục I ("Số: …/…", "…, ngày … tháng … năm …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vnlegal.readers.pages import Line

_NUMBER = re.compile(r"\W{0,2}(?:[^\W\d]{1,6} ){0,2}(?:[Ss]ố|SỐ)\s*[:.]?(?=\W|\d)")
_DATE = re.compile(r"(?:[^\d,;:]{2,30},? )?(ngày) (.*?)\s?(tháng) (.*?)\s?(năm)(?: (.{0,8}))?", re.IGNORECASE)
_SIGN = re.compile("[/-]")
_SERIAL = re.compile(r"\d{1,5}[a-z]?")
_DAY_OR_MONTH, _YEAR = re.compile(r"\d{1,2}"), re.compile(r"(?:19|20)\d\d\b.*")
_LONGEST_NUMBER, _LONGEST_DATE = 40, 64
# Widths of printed characters, in parts of the type's size: to tell where in a word its slash stands.
_NARROW = {**dict.fromkeys("/|Il1.,:;'", 0.3), "-": 0.33, **dict.fromkeys("MWĐQ", 0.85)}
_DIGIT, _OTHER = 0.5, 0.65

_SMALL = 0.35  # of a capital's height: specks, dots of a dotted line, hyphens
_TALLER, _SHORTER = 1.18, 0.8
_OFF_THE_LINE = 0.14
_SHARE = 0.3  # of the width of the marks; less may be dirt
_NOT_READ = 0.25  # an OCR confidence no printed number is read with
_LABEL_NOT_READ = 0.7  # a written day runs into the printed word after it
_COLOURED = 40  # levels of blue over red by which pen differs from print


@dataclass(frozen=True, slots=True)
class Ink:
    """A page as arrays: grey levels, and how much bluer than red each pixel is (None for a page without colour).

    `scale` is how many pixels make a point.
    """

    grey: Any
    blue: Any
    scale: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """Ink that no blank column divides: one character or several that touch. In pixels."""

    left: int
    right: int
    top: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def with_doubts(lines: Sequence[Line], ink: Ink) -> list[Line]:
    """Return the lines of a page; those of a letterhead name what in them does not look printed.

    The boxes of the lines' words are where they stand in `ink`, in points.
    """
    return [replace(line, by_hand=found) if (found := _doubts(line, ink)) else line for line in lines]


def _doubts(line: Line, ink: Ink) -> tuple[str, ...]:
    words = line.text.split(" ")
    if len(words) != len(line.words):
        return ()
    if len(line.text) <= _LONGEST_NUMBER and (label := _NUMBER.match(line.text)):
        return ("number",) if _number_by_hand(line, words, label.end(), ink) else ()
    if len(line.text) <= _LONGEST_DATE and line.text[0].isupper() and (date := _DATE.fullmatch(line.text)):
        return tuple(_written_dates(line, date, ink))
    return ()


def _number_by_hand(line: Line, words: Sequence[str], label_end: int, ink: Ink) -> bool:
    """Whether what stands between "Số:" and the symbol of a document number is written by hand."""
    sign = _SIGN.search(line.text, label_end)
    if sign is None:
        return False
    slash = sign.start()
    first, last = line.text.count(" ", 0, label_end), line.text.count(" ", 0, slash)
    if line.text[label_end - 1] == " ":
        first -= 1
    label = line.words[first]
    left = _place_in(label, words[first], label_end - _start(words, first))
    right = _place_in(line.words[last], words[last], slash - _start(words, last))
    marks = list(_marks(ink, line.left, line.right, label[1], label[3]))
    own = [m for m in marks if left <= (m.left + m.right) / 2 / ink.scale <= right]
    symbol = [m for m in marks if m.left / ink.scale > right]
    reference = _reference([*marks[:1], *symbol])
    if reference is None or not own:
        return False
    unread = any(word[4] < _NOT_READ for word in line.words[first : last + 1])
    unread = unread or not _SERIAL.fullmatch(line.text[label_end:slash].strip())
    return unread or _differs(own, *reference) or _is_coloured(ink, own, symbol or marks[:1])


def _written_dates(line: Line, date: re.Match[str], ink: Ink) -> Iterator[str]:
    """Yield which of day, month and year look written by hand in a line "…, ngày … tháng … năm …"."""
    first, month, year = (line.words[line.text.count(" ", 0, date.start(n))] for n in (1, 3, 5))
    label = list(_marks(ink, month[0], month[2], year[1], year[3]))
    foot = list(_marks(ink, year[0], year[2], year[1], year[3]))
    if not label or not foot:
        return
    baseline = sorted(m.bottom for m in foot)[len(foot) // 2]
    heights = _ascenders([baseline - m.top for m in label])
    for name, group, left, right, after in (
        ("day", 2, first[2], month[0], month),
        ("month", 4, month[2], year[0], year),
        ("year", 6, year[2], line.right, None),
    ):
        own = [m for m in _marks(ink, left, right, year[1], year[3]) if m.height >= _SMALL * heights[0]]
        form = _YEAR if after is None else _DAY_OR_MONTH
        if (
            (after is not None and after[4] < _LABEL_NOT_READ)
            or (own and not form.fullmatch(date[group] or ""))
            or all(_differs(own, baseline, height) for height in heights)
            or _is_coloured(ink, own, foot)
        ):
            yield name


def _ascenders(heights: Sequence[int]) -> list[int]:
    """Return how tall the h of "tháng" may be: a written day that runs into its first letter makes that look taller."""
    first, *others = sorted(heights, reverse=True)
    return [first, *(height for height in others[:1] if height > 0.8 * first)]


def _start(words: Sequence[str], n: int) -> int:
    return sum(len(word) + 1 for word in words[:n])


def _place_in(box: tuple[float, float, float, float, float], word: str, count: int) -> float:
    """Return how far across the page a printed word's first `count` characters reach, in points."""
    widths = [_NARROW.get(c, _DIGIT if c.isdigit() else _OTHER) for c in word]
    return box[0] + (box[2] - box[0]) * sum(widths[:count]) / max(sum(widths), 0.1)


def _reference(marks: Sequence[_Mark]) -> tuple[int, int] | None:
    """Return the line that printed capitals stand on and their height, in pixels."""
    tall = max((m.height for m in marks), default=0)
    own = [m for m in marks if m.height > 0.6 * tall]
    if not own:
        return None
    return sorted(m.bottom for m in own)[len(own) // 2], sorted(m.height for m in own)[len(own) // 2]


def _differs(marks: Sequence[_Mark], baseline: int, height: int) -> bool:
    """Whether marks are not digits printed on the line."""
    own = [m for m in marks if m.height >= _SMALL * height and m.right - m.left > 0.1 * height]
    off = [
        m
        for m in own
        if not _SHORTER <= m.height / height <= _TALLER or abs(m.bottom - baseline) > _OFF_THE_LINE * height
    ]
    wide = sum(m.right - m.left for m in own)
    return wide > 0 and sum(m.right - m.left for m in off) >= _SHARE * wide


def _is_coloured(ink: Ink, marks: Sequence[_Mark], printed: Sequence[_Mark]) -> bool:
    """Whether the ink of marks is much bluer than that of printed ones on the same line."""
    if ink.blue is None or not marks or not printed:
        return False
    return _blueness(ink, marks) - _blueness(ink, printed) > _COLOURED


def _blueness(ink: Ink, marks: Sequence[_Mark]) -> float:
    import numpy as np

    levels = []
    for m in marks:
        grey = ink.grey[m.top : m.bottom, m.left : m.right]
        levels.append(ink.blue[m.top : m.bottom, m.left : m.right][grey < (int(grey.min()) + int(grey.max())) / 2])
    own = np.concatenate(levels)
    return float(own.mean()) if own.size else 0.0


def _marks(ink: Ink, left: float, right: float, top: float, bottom: float) -> Iterator[_Mark]:
    """Yield the marks between two places on a line of type whose label reaches from `top` to `bottom`, in points."""
    import numpy as np

    x0, x1 = max(0, round(left * ink.scale)), round(right * ink.scale)
    tall = (bottom - top) * ink.scale
    y0, y1 = max(0, round(top * ink.scale - tall)), round(bottom * ink.scale + tall)
    grey = ink.grey[y0:y1, x0:x1]
    if not grey.size:
        return
    dark, paper = np.percentile(grey, (1, 80))
    if paper - dark < 40:
        return
    black = grey < (dark + paper) / 2
    # a streak of the scanner runs on beyond the line, a letter does not
    black[:, black.mean(axis=0) > 0.9] = False
    core = slice(round(1.35 * tall), max(round(1.35 * tall) + 1, round(1.95 * tall)))
    columns = black[core].any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns.astype(np.int8), [0]))))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        rows = black[:, begin:end].any(axis=1)
        inked = np.flatnonzero(rows[core])
        upper, lower = core.start + int(inked[0]), core.start + int(inked[-1]) + 1
        while upper > 0 and rows[upper - 1]:
            upper -= 1
        while lower < len(rows) and rows[lower]:
            lower += 1
        yield _Mark(x0 + int(begin), x0 + int(end), y0 + upper, y0 + lower)
