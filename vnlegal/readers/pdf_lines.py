"""From a PDF page's text layer to lines with boxes, through pdfium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from vnlegal.legacy import decode, detect, font_encoding
from vnlegal.readers.pages import Line
from vnlegal.readers.pdf_raw import CharBoxes

# Words further apart than this many times the type's height stand in two columns.
_COLUMN_GAP = 2.2
_GLUED_DIGITS = re.compile(r"(?<=[^\W\d_”\"’)\]/-])\d{1,3}(?![\d\w/%-])|(?<=[,.;:”\")])\d{1,3}(?![\d\w/%.,-])")
_GAP = re.compile(" +|[\x02\ufffe]")  # blanks, and the hyphen that pdfium joins two lines at
_MARK = re.compile(r"\d{1,3}")
_NOT_CHARACTERS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-", "\x00": ""})


def page_lines(textpage: Any, raw: Any, number: int, height: float) -> tuple[list[Line], str | None]:
    """Return the lines of a page in the order of its content, and the legacy encoding of its text, if any.

    `textpage` is pypdfium2's text page, `raw` its raw bindings, `number` counts from 1, `height` is in points.
    """
    text = textpage.get_text_range()
    encoding = detect(text)
    boxes = CharBoxes(textpage, raw)
    lines = []
    for found in re.finditer(r"[^\r\n]+", text):
        for start, end in _columns(boxes, text, found.start(), found.end()):
            box = _box(boxes, text, start, end)
            if box is None:
                continue
            left, bottom, right, top = box
            size = raw.FPDFText_GetFontSize(textpage.raw, start) or top - bottom
            words = _words(textpage, boxes, raw, text, start, end, size, encoding)
            if words.strip():
                lines.append(
                    Line(
                        words, number, left, height - top, right, height - bottom, max(min(size, top - bottom + 6), 1.0)
                    )
                )
    return list(_with_marks(lines)), encoding


def _with_marks(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines with the small raised digits of footnotes put to their note; at their call they are left out."""
    mark: Line | None = None
    before: Line | None = None
    for line in lines:
        if mark is not None:
            if _is_beside(mark, line):
                words = f"{mark.text.strip()} {line.text.lstrip()}"
                yield replace(line, text=words, left=mark.left, top=min(mark.top, line.top))
                mark, before = None, line
                continue
            yield mark
            mark = None
        if _MARK.fullmatch(line.text.strip()):
            if before is not None and before.size > line.size * 1.2 and _is_beside(before, line, near=3):
                continue
            mark = line
        else:
            yield line
        before = line
    if mark is not None:
        yield mark


def _is_beside(one: Line, other: Line, *, near: float = 8) -> bool:
    """Whether `other` begins where `one` ends, on the same line of type, one of them smaller and raised."""
    small, large = sorted((one, other), key=lambda x: x.bottom - x.top)
    return (
        -2 < other.left - one.right < near
        and large.top - 4 < small.top < large.bottom
        and small.bottom < large.bottom - 1
        and small.bottom - small.top < 0.8 * (large.bottom - large.top)
    )


def _columns(boxes: CharBoxes, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of one line of text that stand side by side."""
    begin = start
    for gap in _GAP.finditer(text, start, end):
        hyphen = gap[0][0] != " "
        before, after = gap.end() if hyphen else gap.start(), gap.end()
        if before <= begin or after >= end:
            continue
        one, two = boxes.tight(before - 1), boxes.tight(after)
        # pdfium takes a hyphen at the end of a column for one that divides a word
        higher = hyphen and two[1] > one[3] + 7.0
        if higher or two[0] - one[2] > _COLUMN_GAP * max(one[3] - one[1], two[3] - two[1], 7.0):
            yield begin, before
            begin = after
    if begin < end:
        yield begin, end


def _box(boxes: CharBoxes, text: str, start: int, end: int) -> tuple[float, float, float, float] | None:
    """Return the box around a stretch: from its first visible character to its last, at their full height."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    own = [boxes.loose(n) for n in {start, (start + end) // 2, end - 1}]
    return min(b[0] for b in own), min(b[1] for b in own), max(b[2] for b in own), max(b[3] for b in own)


def _words(
    textpage: Any, boxes: CharBoxes, raw: Any, text: str, start: int, end: int, size: float, encoding: str | None
) -> str:
    if encoding is not None:
        return "".join(_decoded(textpage, raw, text, start, end, encoding))
    words = text[start:end]
    # the digit of a footnote call is set smaller and higher than the words it is glued to
    for call in reversed(list(_GLUED_DIGITS.finditer(words))):
        place = start + call.start()
        if raw.FPDFText_GetFontSize(textpage.raw, place) < 0.8 * size and _is_raised(boxes, place):
            words = words[: call.start()] + words[call.end() :]
    return words.translate(_NOT_CHARACTERS)


def _is_raised(boxes: CharBoxes, place: int) -> bool:
    """Whether a character stands higher than the one before it: a footnote's call does, the 2 of CO₂ does not."""
    own, before = boxes.tight(place), boxes.tight(place - 1) if place else (0.0, 0.0, 0.0, 0.0)
    return bool(own[1] > before[1] + 1)


def _decoded(textpage: Any, raw: Any, text: str, start: int, end: int, encoding: str) -> Iterator[str]:
    """Yield a legacy stretch in Unicode, run by run of one font: capitals are a font of their own."""
    run, run_font = start, None
    for position in range(start, end + 1):
        font = _font(textpage, raw, position) if position < end and not text[position].isspace() else run_font
        if position == end or (font != run_font and run_font is not None):
            own = font_encoding(run_font)
            yield decode(text[run:position], own or encoding)
            run = position
        run_font = font


def _font(textpage: Any, raw: Any, position: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage.raw, position, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode("utf-8", "replace")
