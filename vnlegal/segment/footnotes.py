"""Footnotes: their texts at the foot of a page or of the document, and the calls glued to words."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.segment.lines import Line
from vnlegal.segment.markup import Marks
from vnlegal.segment.wrapping import WrapStyle
from vnlegal.text import UPPER

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
# A footnote's text: [1] …, ¹ …, or a bare number, a blank and a word ("1 Chỉ thị số 33/CT-TTg …").
_NOTE = re.compile(rf"\[(\d{{1,3}})\] ?(?=\S)|([{_SUPERSCRIPTS}]+) ?(?=\S)|(\d{{1,3}}) (?=[^\W\d_]|[“\"(]|\d+[%,. ])")
# A call: digits glued to the end of a word, or to the stop, bracket or per cent sign after it.
_CALL = re.compile(
    r"(?<=[^\W\d_])\d{1,3}(?![\w/]|[.,]\d)|(?<=[^\W\d_][.,;:)”\"%])\d{1,3}(?![\w/%]|[.,:]\d)"
    r"|(?<=[)”%…])\d{1,3}(?![\w/%]|[.,]\d)|(?<=^[a-zđ][)])\d{1,3}(?=[ ])|(?<=^\d[.])\d{1,3}(?=[ ])"
    r"|(?<=^\d[.] )\d{1,3}(?= [^\W\d_])"
    rf"|(?<=[{UPPER}]{{2}} )\d{{1,3}}$"
    r"|(?<=^Điều \d[.])\d{1,3}(?= )|(?<=^Điều \d\d[.])\d{1,3}(?= )|(?<=\d%)\d{1,3}(?![\w/%]|[.,]\d)"
)
_CODE = re.compile(
    r"(?:^|[\s(“\"])[^\s]*[/-][A-ZĐ0-9/.-]*[A-ZĐ]$|(?:^|[\s(“\"])(?:QH|UBTVQH|COVID|CO|G|F|H|N|U|TOP|Q|T|K)$"
)
# What a consolidated text says below the line of what it took in: "3 Khoản này được bãi bỏ theo quy định tại …". Such a
# line is a footnote wherever it stands, also where its call is lost.
_TAKEN_IN = re.compile(rf"\d{{1,3}} (?:[–-] )?[{UPPER}]")
_CHANGED = re.compile(
    r" được (?:sửa đổi|bổ sung|thay thế|thay đổi|bãi bỏ|đính chính|thực hiện)\b|, có (?:hiệu lực|căn cứ)\b"
)
_BY_WHAT = re.compile(
    r" (?:theo|tại) (?:quy định tại |[Đđ]iểm |[Kk]hoản |Điều |Phần |[Mm]ục )|, có (?:hiệu lực|căn cứ)\b"
)
_BLOCK = re.compile(r"[“\"]?(?:Điều|Chương|Mục|Phần) [\dIVX]")
_ARTICLE = re.compile(r"[“\"]?Điều (\d+)")
_REACH = 120
_LONGEST = 80


class Note(NamedTuple):
    """A footnote's text: its lines (indexes), its label as written, and the plain offset of its call (-1 if lost)."""

    lines: tuple[int, ...]
    label: str
    call: int


def find_notes(lines: list[Line], skip: set[int], pages: set[int], marks: Marks, style: WrapStyle) -> list[Note]:
    """Return the footnotes whose texts stand among `lines`.

    Bracketed and raised labels are footnotes wherever a line begins with one. A bare number is one only where the
    labels count on through the document and a call with that label stands above.
    """
    calls = {label: at for at, label in reversed(marks.calls)}
    notes: list[Note] = []
    expected = 1
    floor = 0
    searched: dict[int, int] = {}
    n = 0
    while n < len(lines):
        words = lines[n].words
        first = words[0]
        if not (first.isdigit() or first == "[" or first in _SUPERSCRIPTS) or n in skip:
            n += 1
            continue
        found = _NOTE.match(words)
        if found is None:
            n += 1
            continue
        label = found[1] or (found[2] or "").translate(_PLAIN_DIGITS) or found[3]
        call = calls.get(label, -1)
        if found[3]:
            number = int(label)
            here = None
            taken_in = _is_taken_in(words)
            if taken_in or expected <= number <= expected + 6:
                here = _find_call(lines, number, max(floor, searched.get(number, 0)), n, skip)
                searched[number] = n
            if here is not None:
                floor, call = max(floor, here[0]), here[1]
            elif not taken_in:
                n += 1
                continue
            expected = max(expected, number + 1)
        end = _note_end(lines, n, skip, pages, style, bare=bool(found[3]))
        written = f"[{label}]" if found[1] else found[2] or label
        notes.append(Note(tuple(k for k in range(n, end) if k not in skip), written, call))
        n = end
    return notes


def _find_call(lines: list[Line], label: int, floor: int, first: int, skip: set[int]) -> tuple[int, int] | None:
    """Return the line and plain offset of the call `label` above line `first`, from line `floor` on."""
    wanted = str(label)
    for n in range(max(floor, first - _REACH), first):
        line = lines[n]
        at = line.words.find(wanted) if n not in skip else -1
        while at >= 0:
            found = _CALL.match(line.words, at)
            if found is not None and found[0] == wanted and not _CODE.search(line.words, 0, at):
                return n, line.start + at
            at = line.words.find(wanted, at + 1)
    return None


def _is_taken_in(words: str) -> bool:
    """Whether a line says what a consolidated text took in, and from where."""
    changed = _CHANGED.search(words, 0, 400) if _TAKEN_IN.match(words) else None
    return changed is not None and _BY_WHAT.search(words, changed.start(), changed.end() + 240) is not None


def _note_end(lines: list[Line], n: int, skip: set[int], pages: set[int], style: WrapStyle, *, bare: bool) -> int:
    """Return the line after the footnote that begins on line `n`.

    A quotation inside it is read to its end. Outside quotations it ends with its page, with a blank line, before the
    next footnote, and in a text of whole lines with its sentence.
    """
    quotes = 0
    quoted = -1
    end = n
    while end < len(lines) and end - n < _LONGEST:
        line = lines[end]
        if end > n:
            above = lines[end - 1].words
            ended = above[-1] in '.;!?”"' or above.endswith(("./.", ".”."))
            if end in pages or line.words == "|" or (end in skip and quotes <= 0):
                break
            block = _BLOCK.match(line.words)
            if block and (quotes <= 0 or (line.words[0] not in '“"' and _article(line.words) != quoted + 1)):
                break
            if quotes <= 0 and (_NOTE.match(line.words) or _apart(line, above, ended, style, bare=bare)):
                break
            quoted = _article(line.words) if block else quoted
        quotes += line.words.count("“") - line.words.count("”")
        end += 1
    return end


def _article(words: str) -> int:
    """Return the number of the article a line begins with, -2 where it is none."""
    found = _ARTICLE.match(words)
    return int(found[1]) if found else -2


def _apart(line: Line, above: str, ended: bool, style: WrapStyle, *, bare: bool) -> bool:
    """Whether a line below a footnote's line is no part of the footnote."""
    if style.double:
        wide = len(above) > style.width * 6 // 5
        return line.indent > 0 or line.gap > 1 or (ended and not wide) or (not wide and len(line.words) > len(above))
    if line.gap:
        return True
    if above[0] == "-" and line.words[0] == "-":
        return False
    if above[-1] == ":":
        return line.words[0] not in '“"-' and not style.width
    if style.web or not bare:
        return ended and not line.words[0].islower()
    if style.width:
        return False
    return ended or not line.words[0].islower()


def call_cuts(lines: list[Line], notes: list[Note]) -> dict[int, list[tuple[int, int]]]:
    """Return for each line the plain spans of the glued calls in it, which the flow leaves out."""
    wanted = sorted((note.call, len(note.label)) for note in notes if note.call >= 0 and note.label.isdigit())
    cuts: dict[int, list[tuple[int, int]]] = {}
    n = 0
    for at, size in wanted:
        while n < len(lines) and lines[n].end <= at:
            n += 1
        if n < len(lines) and lines[n].start <= at and lines[n].words[at - lines[n].start :][:size].isdigit():
            cuts.setdefault(n, []).append((at, at + size))
    return cuts
