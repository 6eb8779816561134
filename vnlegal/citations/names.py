"""Laws and other instruments cited by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vnlegal.agencies import AgencyFound
from vnlegal.citations.law_names import Name, read_names
from vnlegal.citations.law_titles import Reading
from vnlegal.citations.lines import trimmed
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge, initials
from vnlegal.segment import Segmentation

_CONGRESS = re.compile(
    r"Nghị quyết (?:của )?[Đđ]ại hội (?:đại biểu )?(?:toàn quốc )?(?:lần thứ [IVXL]+ )?"
    r"(?:(?:của )?Đảng(?: toàn quốc| bộ [^,.;:()\n]{2,40}?)?)?(?:(?<=[IVXL]) )?"
    r"(?: ?lần thứ (?:[IVXL]+|\d+)| [IVXL]+|(?<= )[IVXL]{2,})?(?: ?\(nhiệm kỳ [^()\n]{4,20}\)(?= Đảng bộ))?"
    r"(?: (?:của )?Đảng(?: Cộng sản Việt Nam| bộ (?:tỉnh|thành phố|huyện|xã|phường)(?: [A-ZĐ]\w+){0,3})?)?(?!\w)"
)
# A code cut to its initials, in guidance of courts and prosecutors ("BLHS năm 2015"). The letters stand first, so that
# the engine skips from one to the next.
_CODE = re.compile(r"BL(?<!\wBL)(?P<code>[A-ZĐ]{2,4})(?:(?: năm)? (?:19|20)\d\d)?(?!\w)")
_PLENUM = re.compile(
    r"Nghị quyết (?:của )?(?:Hội nghị )?(?:lần thứ (?P<first>\d+|[^\W\d]{2,6}(?: [^\W\d]{2,4})?) )?"
    r"(?:Ban Chấp hành |BCH )?(?:Trung ương|TW)(?: Đảng)?(?: ?(?P<number>\d+)| lần thứ (?P<last>\w+))?"
    r",? ?\(?[Kk]h(?:óa|oá) (?P<term>[IVX]+)\)?"
)
_IN_CAPITALS = re.compile(
    r"NGHỊ QUYẾT ĐẠI HỘI (?:ĐẠI BIỂU )?(?:ĐẢNG )?(?:TOÀN QUỐC )?LẦN THỨ (?P<congress>[IVXL]+)(?: CỦA ĐẢNG)?(?!\w)"
)
_ORDINALS = {
    word: str(n)
    for n, word in enumerate(["hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], 2)
} | {"nhất": "1", "bốn": "4", "bẩy": "7"}  # fmt: skip
_ROMAN = re.compile(r"(?<!\w)[IVXL]+(?!\w)")
_OF_PLACE = re.compile(r"ảng bộ (?P<place>.+?)(?:,? lần thứ .+| [IVXL]+)?$")
# The statutes of the Party and the rules by which a body works, which Party documents stand on.
_STATUTES = re.compile(r"Điều lệ Đảng(?: Cộng sản Việt Nam)?(?: khóa [IVX]+)?(?! bộ)(?!\w)")
_RULES = "Quy chế làm việc của "
_MORE_BODIES = re.compile(r",? (?:và )?")
_TERM = re.compile(r",? (?:[Kk]h(?:óa|oá) [IVXL]+|nhiệm kỳ \d{4} ?[-–] ?\d{4})")


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
    for match in _CODE.finditer(text):
        title = codes.get(match["code"])
        if title is not None:
            out.append(Mention(*match.span(), "named", "law-initials", "luat", title=title, confidence=0.9))
    for match in _party_resolutions(text):
        start, end = match.start(), trimmed(text, match.end(), " ")
        out.append(Mention(start, end, "named", "party-resolution", "nghi_quyet", title=_resolution(match)))
    out.extend(_party_rules(text, agencies))
    return out


def _resolution(match: re.Match[str]) -> str:
    """Return the one title of a resolution of a congress or plenum, however it is called."""
    found = match.groupdict()
    words = match[0].strip()
    if "congress" in found:
        return f"Đại hội {found['congress']} của Đảng"
    if "term" in found:
        written = found["number"] or found["first"] or found["last"] or ""
        number = _ORDINALS.get(written.lower(), written)
        return f"Trung ương {number} khóa {found['term']}" if number.isdigit() else words[11:]
    term, place = _ROMAN.findall(words), _OF_PLACE.search(words)
    if not term:
        return words[11:]
    return f"Đại hội {term[-1]} Đảng bộ {place['place']}" if place else f"Đại hội {term[-1]} của Đảng"


def _party_rules(text: str, agencies: Sequence[AgencyFound]) -> Iterator[Mention]:
    """Yield the Party's statutes and the working rules of a body ("Quy chế làm việc của Tỉnh ủy khóa XVI")."""
    at = text.find("Điều lệ Đảng")
    while at >= 0:
        match = _STATUTES.match(text, at)
        if match is not None:
            yield Mention(*match.span(), "named", "party-statutes", "dieu_le", title="Đảng", confidence=0.8)
        at = text.find("Điều lệ Đảng", at + 12)
    at = text.find(_RULES)
    bodies = {agency.start: agency.end for agency in agencies} if at >= 0 else {}
    while at >= 0:
        end = next_body = at + len(_RULES)
        while next_body in bodies:
            end = bodies[next_body]
            more = _MORE_BODIES.match(text, end)
            next_body = more.end() if more is not None else -1
        if end > at + len(_RULES):
            term = _TERM.match(text, end)
            end = term.end() if term is not None else end
            words = text[at + len("Quy chế ") : end]
            yield Mention(at, end, "named", "working-rules", "quy_che", title=words, confidence=0.7)
        at = text.find(_RULES, at + len(_RULES))


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
    if "NGHỊ QUYẾT" in text:
        yield from _IN_CAPITALS.finditer(text)
    at = text.find("Nghị quyết ")
    while at >= 0:
        match = _CONGRESS.match(text, at) or _PLENUM.match(text, at)
        if match is not None and re.search(r"[IVXL]{2,}|lần thứ|\d", match[0]):
            yield match
        at = text.find("Nghị quyết ", at + 10)
