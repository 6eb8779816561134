"""Figures in prose: what number stands there, how exact it is, and of what.

Figures are written with a point between thousands and a comma before decimals; a comma before three digits may be
either, and such a figure keeps both readings. Numbers that name things (Điều 5, tháng 4, Nghị quyết số 71) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vnlegal.audit.counts.states import state_of
from vnlegal.knowledge.counts import CountKnowledge

# A number by itself, or two with a stroke between; dates and numbers of documents are matched whole and left out.
_NUMBER = re.compile(
    r"(?<![\w/.,\-–\[])(?P<a>\d{1,15}(?:[.,]\d{1,9}){0,5})(?:\s?/\s?(?P<b>\d{1,15}(?:[.,]\d{1,9}){0,5}))?"
    r"(?P<percent>\s?%)?(?P<more>/\w|-\d|\s[-–]\s\d|\w|\])?"
)
_STOP = re.compile(r"[.,;:()“”\"\n\d–—|/\[\]]|\s(?:và|với|so với|trong đó|gồm|bao gồm|là|thì)\s|\s-\s")
_SCALE = re.compile(r"\s?(nghìn|ngàn|triệu|tỷ|tỉ)\b(?:\s(đồng|lượt|USD))?", re.I)
# "khoản 1, 2 và 4 Điều 9": the number is one of a list of provisions.
_PINPOINT = re.compile(r"\s(?:Điều|khoản|điểm|Chương|Mục|Phần|Phụ lục)\s[\dIVXLa-zđ]")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_MOST_WORDS = 7
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the text. `values`: its readings, the likely one first; `step`: one unit of its last place.

    `of`: the second number of "a/b"; `noun`: the words after it up to the next mark, folded to lower case; `unit`:
    its scale word (triệu, tỷ); `kind`: what is counted in one word, one for all names of the same thing. `rough`:
    khoảng, hơn, gần stand before it; `measure`: it counts time, money or a measure, no things.
    """

    start: int
    end: int
    values: tuple[Decimal, ...]
    step: Decimal
    percent: bool = False
    of: Decimal | None = None
    rough: bool = False
    noun: str = ""
    unit: str = ""
    kind: str = ""
    measure: bool = False

    @property
    def value(self) -> Decimal:
        """The likely reading."""
        return self.values[0]

    @property
    def is_count(self) -> bool:
        """Whether it counts things: a whole number without percent, stroke or scale word."""
        return not self.percent and self.of is None and not self.unit and self.step == 1


def find_figures(text: str, start: int, end: int, words: CountKnowledge) -> Iterator[Figure]:
    """Yield the figures of text[start:end] in order."""
    for found in _NUMBER.finditer(text, start, end):
        figure = _figure(text, found, (start, end), words)
        if figure is not None:
            yield figure


def _figure(text: str, found: re.Match[str], span: tuple[int, int], words: CountKnowledge) -> Figure | None:
    start, end = span
    before = text[max(start, found.start() - _LOOK_BACK) : found.start()]
    if found["more"] or _named(before, found, words):
        return None
    values, step = readings(found["a"])
    if not values:
        return None
    of = None
    if found["b"]:
        others, _ = readings(found["b"])
        if not others or values[0] > others[0] or _is_year(found["b"]):
            return None
        of = others[0]
    elif not found["percent"] and _is_year(found["a"]):
        return None
    last = found.end()
    if _PINPOINT.match(text, last, end):
        return None
    scale = None if found["percent"] else _SCALE.match(text, last, end)
    noun = _noun(text, scale.end() if scale else last, end, words)
    if of is not None and not noun and not found["percent"] and _is_day(found["a"], found["b"]):
        return None
    first = noun.split(" ", 1)[0]
    return Figure(
        start=found.start(),
        end=last,
        values=values,
        step=step,
        percent=found["percent"] is not None,
        of=of,
        rough=words.rough.search(before) is not None,
        noun=noun,
        unit=scale[0].strip().casefold() if scale else "",
        kind=words.same.get(first, first),
        measure=first in words.measures,
    )


def _named(before: str, found: re.Match[str], words: CountKnowledge) -> bool:
    """Whether the number names a thing or a day instead of counting: Điều 5, tháng 4, kỳ họp thứ 9."""
    lower = before.casefold().rstrip()
    if not lower or lower[-1] in "/-–":
        return bool(lower)
    last = _WORD.findall(lower)[-2:]
    if not last or not lower[-1].isalpha():
        return False
    if found["percent"] or lower.endswith(words.counted):
        return False
    return last[-1] in words.labels or " ".join(last) in words.labels


def _is_year(words: str) -> bool:
    return len(words) == 4 and words.isdigit() and 1900 <= int(words) <= 2100


def _is_day(first: str, second: str) -> bool:
    return first.isdigit() and second.isdigit() and int(first) <= 31 and int(second) <= 12


def readings(words: str) -> tuple[tuple[Decimal, ...], Decimal]:
    """Return the numbers that written figures may stand for, the likely one first, and the unit of the last place."""
    one = Decimal(1)
    if words.isdigit():
        return (Decimal(words),), one
    groups = re.split(r"[.,]", words)
    marks = re.findall(r"[.,]", words)
    thirds = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    whole = Decimal("".join(groups))
    if len(marks) == 1:
        decimal = Decimal(f"{groups[0]}.{groups[1]}")
        step = one.scaleb(-len(groups[1]))
        if not thirds:
            return (decimal,), step
        return ((whole,), one) if marks[0] == "." else ((decimal, whole), step)
    if len(set(marks)) == 1:
        return ((whole,), one) if thirds else ((), one)
    if len(set(marks[:-1])) == 1 and all(len(group) == 3 for group in groups[1:-1]):
        step = one.scaleb(-len(groups[-1]))
        return (Decimal("".join(groups[:-1]) + "." + groups[-1]),), step
    return (), one


def _noun(text: str, at: int, end: int, known: CountKnowledge) -> str:
    """Return the words after a figure, up to the next mark, number or joining word."""
    piece = text[at : min(at + 80, end)] + " "
    stop = _STOP.search(piece)
    words = (piece[: stop.start()] if stop else piece).split()
    if words and words[0].casefold() in known.no_nouns and state_of(" ".join(words[:_MOST_WORDS])) is None:
        return ""
    return " ".join(words[:_MOST_WORDS]).casefold()


def shown(number: Decimal) -> str:
    """Return a number as people here write it: 1.190, 7,72."""
    whole, _, rest = f"{number:f}".partition(".")
    sign = "-" if whole.startswith("-") else ""
    grouped = f"{int(whole.lstrip('-') or 0):,}".replace(",", ".")
    return f"{sign}{grouped},{rest}" if rest else sign + grouped
