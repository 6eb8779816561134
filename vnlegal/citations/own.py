"""The documents inside the file: their own kinds, numbers and dates, which tell `self` from a citation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnlegal.citations.grammar import Grammar
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import LawKnowledge
from vnlegal.segment import Segmentation
from vnlegal.text import fold

_ENDS_HEAD = re.compile(r"\n(?:Căn cứ|Kính gửi|Điều 1|I\.|CĂN CỨ|Thực hiện)")
_PLACE_DATE = re.compile(r"(?<=[^\n,]{2}), ?ngày ?(?P<d>\d{1,2})? ?tháng ?(?P<m>\d{1,2})? ?năm ?(?P<y>(?:19|20)\d\d)")
# How much may follow the document's own number on its line (the place and date of a copy without line breaks).
_REST_OF_LINE = 60
_SYMBOL = re.compile(r"[-/]")
# How far before its number a mention may begin: the longest names of laws.
_BEFORE_NUMBER = 4000


class Own(NamedTuple):
    """One document inside the file, with what is known of it. Offsets are flow offsets."""

    start: int
    end: int
    kind: str | None = None
    number: str | None = None
    date: str | None = None
    number_start: int = -1
    number_end: int = -1
    title: str | None = None


def own_at(position: int, owns: Sequence[tuple[Own, str | None]]) -> tuple[Own | None, str | None]:
    """Return the document of the file, with its key, that a place of the flow lies in."""
    if not owns:
        return None, None
    return owns[max(bisect_right(owns, position, key=lambda own: own[0].start) - 1, 0)]


def registered(kind: str | None, title: str | None, date: str | None, laws: LawKnowledge) -> str | None:
    """Return the one number that laws.tsv has for the title and year of a law whose text lost its number."""
    words, year = " ".join((title or "").split()), (date or "")[:4]
    if kind not in ("luat", "bo_luat", "phap_lenh") or not words or not year:
        return None
    found = laws.works_titled(words, year) or tuple(w for w in laws.amending_title(words) if w.year == year)
    numbers = {work.number for work in found if work.number}
    return numbers.pop() if len(numbers) == 1 else None


def own_documents(segmentation: Segmentation, mentions: Sequence[Mention], grammar: Grammar) -> list[Own]:
    """Return the documents of the file in order, from their headers; what a header lost is read from its head."""
    text = segmentation.flow.text
    starts = [mention.start for mention in mentions]
    out: list[Own] = []
    for part in segmentation.parts:
        units = segmentation.units[part.first : part.last]
        if not units:
            continue
        start, end = units[0].start, max(unit.end for unit in units[-3:])
        header = part.header
        span = header.number_span or (-1, -1)
        own = Own(start, end, header.kind, header.number, header.date, *span, header.subject)
        if part.is_annex and header.number is None:
            continue
        if own.number is not None:
            own = own._replace(number=_spelled(own, _at_number(own, mentions, starts)))
        elif not part.is_annex and (not out or header.issuer or header.date):
            own = _from_head(own, text, mentions, bisect_left(starts, start))
        if own.kind in (None, "cong_van"):
            kind = next((mention.doc_type for mention in _at_number(own, mentions, starts)), None)
            own = own._replace(kind=kind or own.kind or _kind_line(text, start, end, grammar))
        if own.date is None and own.number is not None and own.number_start >= 0:
            own = own._replace(date=_place_date(text, start, own.number_start))
        out.append(own)
    return out


def _at_number(own: Own, mentions: Sequence[Mention], starts: Sequence[int]) -> Iterator[Mention]:
    """Yield the mentions whose number is the document's own one in its head. `starts`: where the mentions begin."""
    first = bisect_left(starts, own.number_start - _BEFORE_NUMBER)
    for mention in mentions[first : bisect_left(starts, own.number_end)]:
        if mention.number_start < own.number_end and own.number_start < mention.number_end:
            yield mention


def _spelled(own: Own, at_number: Iterator[Mention]) -> str | None:
    """Return the document's own number in the spelling its codes should have."""
    mention = next(at_number, None)
    if mention is None or not mention.number or not own.number:
        return own.number
    differs = _SYMBOL.split(mention.number, 1)[-1] != _SYMBOL.split(own.number, 1)[-1]
    return mention.number if differs else own.number


def _from_head(own: Own, text: str, mentions: Sequence[Mention], first: int) -> Own:
    """Take the first number that opens a paragraph of the head for the document's own.

    `first`: index of the first mention in the document.
    """
    closes = _ENDS_HEAD.search(text, own.start, min(own.end, own.start + 6000))
    limit = closes.start() if closes is not None else min(own.end, own.start + 1500)
    for n in range(first, len(mentions)):
        mention = mentions[n]
        if mention.start >= limit:
            break
        line_end = text.find("\n", mention.end, mention.end + _REST_OF_LINE + 1)
        rest = (line_end if line_end >= 0 else len(text)) - mention.end
        opens = (mention.start == 0 or text[mention.start - 1] == "\n") and (
            rest <= _REST_OF_LINE or text[mention.start] in "Ss"
        )
        if opens and mention.kind == "numbered" and mention.number:
            kind = own.kind or mention.doc_type
            return own._replace(
                number=mention.number, number_start=mention.number_start, number_end=mention.number_end, kind=kind
            )
    return own


def _kind_line(text: str, start: int, end: int, grammar: Grammar) -> str | None:
    """Read the kind from the line that says nothing else: "THÔNG TƯ"."""
    for line in text[start : min(end, start + 3000)].split("\n"):
        if 4 <= len(line) <= 30 and line.isupper():
            for phrase, key in grammar.words.get(fold(line).rsplit(" ", 1)[-1], ()):
                if phrase == fold(line):
                    return key
    return None


def _place_date(text: str, start: int, number: int) -> str | None:
    match = _PLACE_DATE.search(text, max(start, number - 300), number + 700)
    if match is None:
        return None
    parts = (match["y"], match["m"] and f"{int(match['m']):02}", match["d"] and f"{int(match['d']):02}")
    return "-".join(part for part in parts[: 1 + bool(match["m"]) + bool(match["m"] and match["d"])] if part)
