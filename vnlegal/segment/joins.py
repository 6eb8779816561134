"""Which lines belong to one paragraph: wrapped lines are joined again, real paragraphs stay apart.

A line break is a wrap where the next line goes on in the middle of a sentence, or where the next word would not
have fitted. Where neither is certain the lines stay apart: a broken join may join a citation to a stranger's words.
"""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.lines import Line
from vnlegal.text import fold

_TERMINAL = frozenset(".;:!?")
_CLOSING = "\"”’»)]*'"
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class WrapStyle:
    """How a text breaks its lines. `width` in characters, 0 where lines are whole paragraphs.

    `double`: a blank line stands between the lines of one paragraph. `blocks`: paragraphs are parted by blank lines
    and by nothing else.
    """

    width: int
    double: bool
    blocks: bool


def wrap_style(lines: list[Line], knowledge: StructureKnowledge) -> WrapStyle:
    """Return how the text made of `lines` breaks them, judged by the breaks that are certainly wraps."""
    widths: list[int] = []
    single = double = ends_single = ends_double = 0
    before: Line | None = None
    for line in lines:
        words = line.words
        if before is not None:
            last = before.words[-1]
            first = words[0]
            if first.islower() and words[1:2] not in (")", ".") and words[2:3] != ")":
                if last not in _TERMINAL and len(before.words) >= 20:
                    widths.append(len(before.words))
                    if line.gap:
                        double += 1
                    else:
                        single += 1
            elif last in ".;" and len(words) >= 20:
                if line.gap:
                    ends_double += 1
                else:
                    ends_single += 1
        before = line
    if len(widths) < 3 or len(widths) * 14 < len(lines):
        return WrapStyle(0, False, False)
    widths.sort()
    width = widths[len(widths) * 9 // 10]
    if width > 220:
        return WrapStyle(0, False, False)
    is_double = double > single
    return WrapStyle(width, is_double, not is_double and ends_double > 4 * ends_single)


def joins(
    above: Line, line: Line, *, style: WrapStyle, marker: bool, same_bold: bool, knowledge: StructureKnowledge
) -> bool:
    """Whether `line` goes on the sentence of `above`.

    `marker`: `line` begins with a section marker. `same_bold`: one stretch of bold text holds the break.
    """
    one, two = above.words, line.words
    last, first = one[-1], two[0]
    gap = line.gap > (2 if style.double else 0)
    if same_bold and not gap and not marker:
        return True
    terminal = last in _TERMINAL or (last in _CLOSING and one.rstrip(_CLOSING)[-1:] in _TERMINAL)
    if first.islower() and not marker:
        if not terminal:
            return len(one) >= 30 or not gap
        if last == ":":
            return not gap and len(one) >= 40
        return not gap and style.width > 0 and len(one) >= style.width * 4 // 5
    if terminal and last != ":" and not (style.blocks and not gap):
        return False
    if marker:
        return not terminal and first not in "-+*(" and one.endswith((" tại", " của", " và", " theo", " khoản")) and not gap
    if last == ",":
        return not gap
    if not terminal and _dangles(one, knowledge):
        return line.gap <= 2
    if gap or style.width == 0 or last == ":":
        return False
    if one.isupper() != two.isupper() and (one.isupper() or last not in ",-"):
        if one.isupper() and len(one) > 4 and not two.split(" ", 1)[0].isupper():
            return False
        if two.isupper() and len(two) > 12:
            return False
    if style.blocks:
        return True
    room = len(one) + 1 + len(two.split(" ", 1)[0])
    needed = style.width * 3 // 4 if one.isupper() else style.width - 6
    return room > needed


def _dangles(words: str, knowledge: StructureKnowledge) -> bool:
    """Whether a line ends with a word no paragraph ends with ("số", "của", "khoản 2")."""
    tail = fold(words[-24:])
    return knowledge.joiner.search(tail) is not None
