"""Laws and other instruments cited by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vnlegal.agencies import AgencyFound
from vnlegal.citations.law_names import Name, read_names
from vnlegal.citations.law_titles import Reading
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge, initials
from vnlegal.segment import Segmentation

_CONGRESS = re.compile(
    r"Nghị quyết (?:của )?[Đđ]ại hội (?:đại biểu )?(?:toàn quốc )?(?:lần thứ [IVXL]+ )?"
    r"(?:(?:của )?Đảng(?: toàn quốc| bộ [^,.;:()\n]{2,40}?)?)?(?:(?<=[IVXL]) )?"
    r"(?: ?lần thứ (?:[IVXL]+|\d+)| [IVXL]+|(?<= )[IVXL]{2,})?"
    r"(?: (?:của )?Đảng(?: Cộng sản Việt Nam| bộ (?:tỉnh|thành phố|huyện|xã|phường)(?: [A-ZĐ]\w+){0,3})?)?(?!\w)"
)
# A code cut to its initials, in guidance of courts and prosecutors ("BLHS năm 2015"). The letters stand first, so that
# the engine skips from one to the next.
_CODE = re.compile(r"BL(?<!\wBL)(?P<code>[A-ZĐ]{2,4})(?:(?: năm)? (?:19|20)\d\d)?(?!\w)")
_PLENUM = re.compile(
    r"Nghị quyết (?:của )?(?:Hội nghị )?(?:lần thứ (?:\d+|[^\W\d]{2,6}(?: [^\W\d]{2,4})?) )?"
    r"(?:Ban Chấp hành )?Trung ương(?: Đảng)?(?: \d+| lần thứ \w+)?,? ?\(?[Kk]h(?:óa|oá) [IVX]+\)?"
)


def find_named(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the instruments that the flow calls by name."""
    text = segmentation.flow.text
    reading = Reading(text, knowledge.laws, {m.number_start: m for m in found if m.number_start >= 0})
    out: list[Mention] = []
    for name in read_names(reading):
        out.extend(_mentions(name))
    codes = _codes(knowledge.laws)
    for match in _codes_in(text):
        title = codes.get(match["code"])
        if title is not None:
            out.append(Mention(*match.span(), "named", "law-initials", "luat", title=title, confidence=0.9))
    for match in _party_resolutions(text):
        out.append(Mention(*match.span(), "named", "party-resolution", "nghi_quyet", title=match[0][11:]))
    return out


def _codes_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the words that may be the initials of a code."""
    at = text.find("BL")
    while at >= 0:
        match = _CODE.match(text, at)
        if match is not None and not text[at - 1 : at].isalnum():
            yield match
        at = text.find("BL", at + 2)


@lru_cache(maxsize=4)
def _codes(laws: LawKnowledge) -> dict[str, str]:
    """Map the initials of codes to their titles without the type word."""
    titles = {title for work in laws.works for title in (work.title, *work.aliases) if title.startswith("Bộ luật ")}
    return {initials(title): title.removeprefix("Bộ luật ") for title in titles}


def _mentions(name: Name) -> Iterator[Mention]:
    """Yield the mention of a name and those of the names inside it."""
    number = name.number
    if number is None:
        yield Mention(
            name.start,
            name.end,
            "named",
            name.rule,
            name.doc_type,
            title=name.title,
            is_draft=name.revised,
            confidence=name.confidence,
        )
    else:
        yield number._replace(
            start=name.start, end=name.end, doc_type=name.doc_type, title=name.title, rule="law-name-number", head=-1
        )
    for part in name.inner:
        yield from _mentions(part)


def _party_resolutions(text: str) -> Iterator[re.Match[str]]:
    """Yield the resolutions of congresses and plenums that have no number in the text."""
    at = text.find("Nghị quyết ")
    while at >= 0:
        match = _CONGRESS.match(text, at) or _PLENUM.match(text, at)
        if match is not None and re.search(r"[IVXL]{2,}|lần thứ|\d", match[0]):
            yield match
        at = text.find("Nghị quyết ", at + 10)
