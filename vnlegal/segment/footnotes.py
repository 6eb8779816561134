"""Footnotes: their texts at the foot of a page or of the document, and the calls glued to words."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.segment.lines import Line
from vnlegal.segment.markup import Marks
from vnlegal.text import Builder, View

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
# A footnote's text: [1] …, ¹ …, or a bare number, a blank and a word ("1 Chỉ thị số 33/CT-TTg …").
_NOTE = re.compile(rf"\[(\d{{1,3}})\] ?(?=\S)|([{_SUPERSCRIPTS}]+) ?(?=\S)|(\d{{1,3}}) (?=[^\W\d_]|[“\"(]|\d+%)")
# A call: digits glued to the end of a word or to the full stop, bracket or per cent sign after it.
_CALL = re.compile(r"(?<=[^\W\d_])\d{1,3}(?![\w/]|[.,]\d)|(?<=[^\W\d_][.,;:)”\"%])\d{1,3}(?![\w/%]|[.,:]\d)|(?<=[)”%])\d{1,3}(?![\w/%]|[.,]\d)")


class Note(NamedTuple):
    """A footnote's text: its lines (indexes), its label as written, and the offset of its call (-1 if lost)."""

    lines: tuple[int, ...]
    label: str
    call: int


def find_notes(lines: list[Line], skip: set[int], pages: set[int], marks: Marks) -> list[Note]:
    """Return the footnotes whose texts stand among `lines`.

    Bracketed and raised labels are footnotes wherever a line begins with one. A bare number is one only where the
    labels count on through the document and no list could be meant.
    """
    calls = {label: at for at, label in reversed(marks.calls)}
    notes: list[Note] = []
    n = 0
    expected = 1
    count = len(lines)
    while n < count:
        words = lines[n].words
        if n in skip or not (words[0].isdigit() or words[0] in "[" + _SUPERSCRIPTS):
            n += 1
            continue
        found = _NOTE.match(words)
        if found is None:
            n += 1
            continue
        label = found[1] or (found[2] or "").translate(_PLAIN_DIGITS) or found[3]
        if found[3] and not _is_bare_note(lines, n, int(label), expected):
            n += 1
            continue
        end = _note_end(lines, n, skip, pages, bool(found[3]))
        written = f"[{label}]" if found[1] else found[2] or label
        notes.append(Note(tuple(k for k in range(n, end) if k not in skip), written, calls.get(label, -1)))
        if found[3]:
            expected = int(label) + 1
        n = end
    return notes


def _is_bare_note(lines: list[Line], n: int, label: int, expected: int) -> bool:
    """Whether a bare number at a line's beginning is a footnote label: it counts on and its call stands above."""
    if not expected <= label <= expected + 6:
        return False
    call = re.compile(rf"(?:[^\W\d_]|[^\W\d_][.,;:)”\"%]|[)”%]|\d%){label}(?![\w/]|[.,]\d)")
    return any(call.search(lines[k].words) for k in range(n - 1, max(-1, n - 90), -1))


def _note_end(lines: list[Line], n: int, skip: set[int], pages: set[int], bare: bool) -> int:
    """Return the line after the footnote that begins on line `n`."""
    end = n + 1
    while end < len(lines):
        line, above = lines[end], lines[end - 1]
        if end in pages or end in skip or _NOTE.match(line.words) or line.words[0] == "|":
            break
        ended = above.words[-1] in ".;:!?”\""
        if bare:
            if line.gap > 1 or (ended and line.gap and len(line.words) < len(above.words) - 40):
                break
            if ended and len(above.words) < 80:
                break
        elif ended and (line.gap or not line.words[0].islower()):
            break
        end += 1
    return end


def strip_calls(text: str, lines: list[Line], notes: list[Note]) -> tuple[View, dict[str, int]]:
    """Return `text` without the glued calls of `notes` with bare labels, and where in the new text each stood."""
    wanted = [(int(note.label), note.lines[0]) for note in notes if note.label.isdigit()]
    taken: list[tuple[int, int, str]] = []
    floor = 0
    for label, first in wanted:
        here = _find_call(lines, label, floor, first)
        if here is not None:
            taken.append((here[0], here[1], str(label)))
            floor = here[2]
    builder = Builder(text)
    places: dict[str, int] = {}
    done = 0
    for start, end, name in sorted(taken):
        builder.add(text[done:start], done)
        places[name] = builder.size
        done = end
    builder.add(text[done:], done)
    return builder.view(), places


def _find_call(lines: list[Line], label: int, floor: int, first: int) -> tuple[int, int, int] | None:
    wanted = str(label)
    for n in range(max(floor, first - 120), first):
        line = lines[n]
        for found in _CALL.finditer(line.words):
            if found[0] == wanted:
                return line.start + found.start(), line.start + found.end(), n
    return None
