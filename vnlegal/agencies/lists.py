"""Lists of agencies as table cells and headings have them: "Bộ KH&CN, Bộ Tài chính; UBND các tỉnh"."""

from __future__ import annotations

import re
from bisect import bisect_right

from vnlegal.agencies.context import Context
from vnlegal.agencies.model import AgencyFound
from vnlegal.agencies.reader import take
from vnlegal.agencies.scan import scan
from vnlegal.agencies.state import State
from vnlegal.knowledge.agencies import AgencyKnowledge, lower, province_of

_PIECE = re.compile(r"[^;,\n]*[^\W\d_][^;,\n]*")
_EDGE = " .:-–+*•/"


def parse_agencies(
    text: str, knowledge: AgencyKnowledge, *, issuer: str | None = None, date: str | None = None, whole: bool = True
) -> list[AgencyFound]:
    """Read the agencies in a phrase or a table cell; offsets count from its beginning.

    `issuer`: canonical name of who issues the document, for names that lean on it ("UBND tỉnh"). `date`: ISO date of
    the document. `whole`: the phrase is known to hold actors only, so that what is no known body is a group too.
    """
    low = lower(text)
    context = Context(0, issuer, province_of(issuer, knowledge) if issuer else None, date)
    state = State(text, low, knowledge, [context])
    for sight in scan(text, low, knowledge, loose=whole):
        take(state, sight)
    found = state.mentions()
    if not whole:
        return found
    named, ends = list(found), [agency.end for agency in found]
    for piece in _PIECE.finditer(text):
        words = piece[0].strip(_EDGE)
        start = piece.start() + piece[0].index(words)
        following = bisect_right(ends, start)
        free = following == len(named) or named[following].start >= start + len(words)
        if len(words) > 1 and free:
            name = f"nhóm: {words[0].lower()}{words[1:]}" if not words.isupper() else words
            found.append(AgencyFound(start, start + len(words), " ".join(name.split()), "group"))
    return sorted(found, key=lambda a: a.start)
