"""Lines of the plain text: where each begins and ends, what stands between them, and what a line is at sight."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from vnlegal.segment.model import made
from vnlegal.segment.run_on import run_on_cuts
from vnlegal.text import UPPER

# A line of strokes, dots or stars that parts two blocks and says nothing.
_RULE = re.compile(r"[\W_]*$")
_ARTICLE = re.compile(rf"Điều \d{{1,3}}[a-zđ]?\. [{UPPER}]")
_DATED = re.compile(r"năm (?:19|20)\d{2} (?=Kính gửi)")
# What stands on a line before a signer's capacity: "Lưu" and its marks, and no blank or a bar.
_CAPACITY = re.compile(rf"Lưu:[^\n|]{{2,80}}(?:[\w.)]| ?\| ?)(?=(?:TM|KT|TL|TUQ)\. ?[{UPPER}]{{2}})")
_LONGEST_ENTRY = 140
_BESIDE_SUBJECT = re.compile(r"(?m)^Số ?: ?\d{1,6}/[A-ZĐ][\w&/.-]{1,30} (?=V/v )")
# The panel of an electronic signature that a converter set into the sentence it stands beside.
_PANEL = re.compile(r" Ký bởi: [^\n]{0,160} Ngày ký: [\d-]{8,10} [\d:]{5,8}(?: ?\+\d\d:\d\d)?$", re.MULTILINE)
_HEAD = 20000
_LONGEST_HEADING = 160
# Words after which an article is one that is referred to.
_JOINING = frozenset(("tại", "của", "và", "hoặc", "theo", "từ", "đến", "các", "với", "khoản", "điểm", "là"))
_FIRST_POINT = " a) "
_SECOND_POINT = re.compile(r"\n[ \t]*(?:([a-zđ])\)|\d{1,2}\.) ")
_NUMBERED = re.compile(r"[ \t]*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})\. ")
# How long a heading above a list is at most, and how far its second point stands.
_LONGEST_ITEM = 300
_POINTS_APART = 4000
# How many lines a letter's foot may have, how far in its right column begins, and how many blank lines end it.
_FOOT = 40
_RIGHT = 20
_APART = 3
_PAGE = re.compile(r"(?:Trang |Page )?[-–—]? ?\d{1,4} ?[-–—]?(?: ?/ ?\d{1,4})?$")


class Line(NamedTuple):
    """A line that says something.

    `start`..`end`: its words in the plain text, outer blanks aside. `gap`: blank lines before it. `indent`: blanks
    before its words. `page`: a page begins with it.
    """

    start: int
    end: int
    words: str
    gap: int
    indent: int = 0
    page: bool = False


def cut_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order. Form feeds end a line and a page.

    A line in which an article's heading, the first point of a list or a signature's panel is glued to what stands
    before it counts as two.
    """
    if "\f" in text:
        return _cut_pages(text)
    found = [match.start() for match in _ARTICLE.finditer(text)]
    glued = [at for at in found if _is_glued(text, at)]
    glued.extend(_cut_in(text, found, set(glued)))
    glued.extend(dated.end() for dated in _DATED.finditer(text, 0, _HEAD))
    glued.extend(number.end() for number in _BESIDE_SUBJECT.finditer(text, 0, _HEAD))
    glued.extend(_capacities(text))
    glued.extend(_points(text))
    glued.extend(run_on_cuts(text))
    if "Ngày ký: " in text:
        glued.extend(panel.start() + 1 for panel in _PANEL.finditer(text))
    if glued:
        return _cut_glued(text, glued)
    return _cut_plain(text)


def _cut_plain(text: str) -> list[Line]:
    lines: list[Line] = []
    gap = at = 0
    for piece in text.split("\n"):
        words = piece.strip()
        if words:
            indent = 0 if piece[0] == words[0] else piece.index(words[0])
            lines.append(made(Line, (at + indent, at + indent + len(words), words, gap, indent, False)))
            gap = 0
        else:
            gap += 1
        at += len(piece) + 1
    return lines


def _cut_pages(text: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for number, page in enumerate(text.split("\f")):
        for k, line in enumerate(cut_lines(page)):
            start = at + line.start
            lines.append(Line(start, at + line.end, line.words, line.gap, line.indent, number > 0 and k == 0))
        at += len(page) + 1
    return lines


def _is_glued(text: str, at: int) -> bool:
    """Whether the article heading at `at` stands after a heading in capitals or the end of a sentence on its line."""
    before = text[max(0, at - 24) : at]
    if not before.endswith(" ") or "\n" in before[-2:]:
        return False
    word = before.rstrip().rsplit(" ", 1)[-1].rsplit("\n", 1)[-1]
    if not word:
        return False
    return (len(word) > 1 and word.isupper() and word.isalpha()) or word[-1] in ".;:”"


def _cut_in(text: str, found: list[int], glued: set[int]) -> list[int]:
    """Return where an article's heading stands in the middle of a sentence that its page cut off (a footnote's).

    It has to be a whole heading up to the line's end, the next one after an article at a line's beginning (Điều 1: the
    one before it), and the only one of its number.
    """
    inside: list[tuple[int, int]] = []
    opening: dict[int, int] = {}
    for at in found:
        number = int(text[at + 5 : text.index(".", at)].rstrip("abcdđeghiklmnopqrstuvxy"))
        if at in glued or not at or text[at - 1] == "\n":
            opening.setdefault(number, at)
        elif text[at - 1] == " ":
            inside.append((number, at))
    return [
        at
        for number, at in inside
        if number not in opening and _is_next(number, at, opening) and _is_whole_heading(text, at)
    ]


def _is_next(number: int, at: int, opening: dict[int, int]) -> bool:
    """Whether an article at `at` comes next among those `opening` a line: behind the last, Điều 1 before the second."""
    if number == 1:
        return at < opening.get(2, -1)
    return min(opening.get(number - 1, at), opening.get(number - 2, at)) < at


def _capacities(text: str) -> list[int]:
    """Return where a signer's capacity stands on the last line of the recipients ("- Lưu: VT. | TM. CHÍNH PHỦ")."""
    found = []
    at = text.find("Lưu:")
    while at >= 0:
        behind = _CAPACITY.match(text, at, min(at + _LONGEST_ENTRY, len(text)))
        if behind is not None and not _is_row(text, at):
            found.append(behind.end())
        at = text.find("Lưu:", at + 1)
    return found


def _is_row(text: str, at: int) -> bool:
    """Whether the line around `at` begins with a bar, as a table's row does."""
    return text.startswith("|", text.rfind("\n", 0, at) + 1)


def _points(text: str) -> list[int]:
    """Return where the first point of a list stands behind a numbered heading on its line ("1. Bộ Y tế a) Chủ trì …").

    The second point begins a line further down, before any other list does.
    """
    found = []
    at = text.find(_FIRST_POINT)
    while at >= 0:
        begin = text.rfind("\n", max(0, at - _LONGEST_ITEM), at) + 1
        headed = (begin or at < _LONGEST_ITEM) and _NUMBERED.match(text, begin, at) and text[at - 1].isalpha()
        if headed and text[at + len(_FIRST_POINT) : at + len(_FIRST_POINT) + 1].isupper():
            second = _SECOND_POINT.search(text, at, at + _POINTS_APART)
            if second is not None and second[1] == "b":
                found.append(at + 1)
        at = text.find(_FIRST_POINT, at + 1)
    return found


def _is_whole_heading(text: str, at: int) -> bool:
    """Whether the article at `at` is a heading that fills the rest of its line, with its text below."""
    end = text.find("\n", at)
    if not 0 < end - at < _LONGEST_HEADING or text[end - 1] in ".;,:":
        return False
    below = text[end : end + 12].strip()
    word = text[max(0, at - 12) : at].split()[-1:]
    return below.startswith("1.") or (
        below[:1].isupper() and bool(word) and word[0] not in _JOINING and word[0][-1] not in ",;"
    )


def _cut_glued(text: str, glued: list[int]) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for cut in [*sorted(glued), len(text)]:
        for k, line in enumerate(_cut_plain(text[at:cut])):
            gap = 1 if at and k == 0 else line.gap  # what is cut off goes on nothing
            lines.append(Line(at + line.start, at + line.end, line.words, gap, line.indent))
        at = cut
    return lines


def split_columns(
    lines: list[Line],
    wide: tuple[int, ...],
    stands_apart: Callable[[str], bool],
    begins_foot: Callable[[str], bool],
) -> list[Line]:
    """Return `lines` with those cut in two where a wide gap parts two columns.

    `wide`: offsets of wide gaps. `stands_apart`: whether the words of the right column begin something of their own.
    `begins_foot`: whether the words of the left one begin a letter's foot; its columns are read one after the other.
    """
    out: list[Line] = []
    feet: list[int] = []
    right_side: set[int] = set()
    k = 0
    for line in lines:
        while k < len(wide) and wide[k] < line.start:
            k += 1
        if k < len(wide) and wide[k] < line.end:
            cut = wide[k] - line.start
            right = line.words[cut:].lstrip()
            if right and stands_apart(right):
                left = line.words[:cut].rstrip()
                if begins_foot(left):
                    feet.append(len(out))
                out.append(line._replace(end=line.start + len(left), words=left))
                right_side.add(len(out))
                out.append(line._replace(start=line.end - len(right), words=right, gap=0, indent=0))
                continue
        elif line.indent > _RIGHT and feet and len(out) - feet[-1] < _FOOT and stands_apart(line.words):
            right_side.add(len(out))
        out.append(line)
    done = 0
    for first in feet:
        if first >= done:
            done = _part_columns(out, first, right_side)
    return out


def _part_columns(lines: list[Line], first: int, right_side: set[int]) -> int:
    """Put the lines of a foot that begins with line `first` in the order of its columns; return where it ends."""
    last = max(n for n in range(first, min(first + _FOOT, len(lines))) if n in right_side) + 1
    while last < len(lines) and lines[last].words[0] in "-–•" and lines[last].gap < _APART:
        last += 1
    block = range(first, last)
    lines[first:last] = [
        *(lines[n] for n in block if n not in right_side),
        *(lines[n] for n in block if n in right_side),
    ]
    return last


def is_rule(words: str) -> bool:
    """Whether a line consists of strokes and other signs only, without a letter or digit."""
    return not words[0].isalnum() and _RULE.match(words) is not None


def is_page_number(words: str) -> bool:
    """Whether a line could be a page number."""
    return len(words) <= 12 and _PAGE.match(words) is not None
