"""Units that only name who is told."""

from __future__ import annotations

import re

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound, Opening
from vnlegal.tasks.roles import Openings
from vnlegal.tasks.spans import close
from vnlegal.text import UPPER

_WORDS = re.compile(r"\w+")
# "Trách nhiệm của Sở Tài chính", "Nhiệm vụ của các đơn vị"
_DUTY_OF = re.compile(
    r"(?:(?:về[ \n])?trách[ \n]nhiệm(?:,?[ \n](?:và[ \n])?(?:nhiệm[ \n]vụ|quyền[ \n]hạn|phối[ \n]hợp|thực[ \n]hiện"
    r"|cụ[ \n]thể|quản[ \n]lý(?:[ \n]nhà[ \n]nước)?)){0,2}|nhiệm[ \n]vụ(?:[ \n]cụ[ \n]thể)?)[ \n]của[ \n]",
    re.IGNORECASE,
)


# "Đối với Thủ đô Hà Nội", "Tỉnh Lào Cai:": the place itself is told
_PLACE = re.compile(
    r"(?:(?:đối|Đối)[ \n]với[ \n])?(?P<who>(?P<kind>[Tt]hành[ \n]phố|[Tt]hủ[ \n]đô|[Tt]ỉnh)[ \n]"
    rf"(?P<name>[{UPPER}][^\W\d_]*(?:[ \n-]+[{UPPER}][^\W\d_]*){{1,3}}))[ \n]*:?[ \n]*"
)


def bodies_only(words: Passage, cues: TaskKnowledge, start: int, issuers: frozenset[str]) -> Opening | None:
    """Return the opening of a unit that only says who is told ("c) Bộ Tài chính:"), None where it says more."""
    openings = Openings(words, cues, proposing=True)
    obliged = _obliged(words, openings, start)
    if obliged is not None:
        return obliged
    duty = _DUTY_OF.match(words.text, start, words.end)
    start = duty.end() if duty else start
    opening = openings.read(start, words.end, group=True)
    if not opening.leads:
        return _place_only(words, start)
    rest = words.text[opening.action : words.end].strip(" \n:.;*-–_")
    if rest and words.text[start : words.end].rstrip().endswith(":") and len(rest) < 40 and not opening.told:
        # the name goes on in words the agencies do not know
        return None if openings.is_verb(openings.glue(opening.action, words.end)) or "," in rest else opening
    if rest and duty:
        # "Trách nhiệm của các cơ sở giáo dục nghề nghiệp": the heading is the name; one in capitals is a chapter's
        group = whole_group(words, cues, start) if not rest.isupper() else None
        return Opening(start, words.end, leads=(group,)) if group is not None else None
    return opening if not rest else None


def _place_only(words: Passage, start: int) -> Opening | None:
    """Return the opening of a unit that only names a province that is told."""
    found = _PLACE.fullmatch(words.text, start, words.end)
    if found is None:
        return None
    kind = "tỉnh" if found["kind"].lower() == "tỉnh" else "Thành phố"
    actor = ActorFound(*found.span("who"), f"{kind} {' '.join(found['name'].split())}")
    return Opening(start, words.end, leads=(actor,))


def _obliged(words: Passage, openings: Openings, start: int) -> Opening | None:
    """Return the opening of "Ban Quản lý khu công nghệ (sau đây gọi là Ban) có trách nhiệm:", whoever it names."""
    found = _OBLIGED.match(words.text, start, words.end) if words.low.rstrip().endswith(":") else None
    if found is None or openings.read(start, words.end, group=True).action >= found.end("whole"):
        return None
    at, end = found.span("who")
    agency = words.by_start.get(at)
    if agency is None or agency.canonical.startswith("nhóm") or words.within(agency.end, end):
        return None
    name = agency.canonical if agency.end == end else " ".join(words.text[at:end].split())
    return Opening(at, words.end, leads=(ActorFound(at, end, name),), told=True, duty=True)


# "Cơ quan chủ trì giải quyết thủ tục": the office is part of the name
_OFFICE = re.compile(
    r"(?:cơ[ \n]quan|đơn[ \n]vị)[ \n](?:chủ[ \n]trì|phối[ \n]hợp)(?=[ \n](?!với|cùng)|$)", re.IGNORECASE
)
_OBLIGED = re.compile(
    r"(?P<whole>(?P<who>[^,;:.()\n]{6,140}?)[ \n]*(?:\([^()]{4,120}\))?[ \n]có[ \n](?:quyền[ \n]hạn[ \n]và[ \n])?"
    r"(?:trách[ \n]nhiệm|nhiệm[ \n]vụ))(?:[ \n](?:như[ \n])?sau(?:[ \n]đây)?)?[ \n]*:[ \n]*$"
)
_LONGEST_STOPPED = 60
_ORDERS = ("adverb", "modal", "lead", "support")


def whole_group(words: Passage, cues: TaskKnowledge, start: int) -> ActorFound | None:
    """Return the unnamed group a unit consists of ("Đơn vị quản lý nơi lưu trú, địa điểm họp:"), else None."""
    openings = Openings(words, cues)
    at = openings.glue(start, words.end)
    plural = openings.match("plural", at)
    agency = words.by_start.get(at)
    if agency is not None and not agency.canonical.startswith("nhóm"):
        return None
    alone = openings.match("group_alone", at)
    if plural < 0 and alone == openings.match("verb", at) > 0 and words.text.startswith(",", alone):
        return None  # "Lãnh đạo, chỉ đạo công tác tiếp công dân"
    named = agency is not None or alone > 0
    if not named and (plural < 0 or openings.match("group", openings.glue(plural, words.end)) < 0):
        return None
    end = close(words.text, at, words.end)
    remark = words.text.find(" (", at, end)
    if remark > 0 and words.text[end - 1] == ")":
        end = remark
    if plural < 0 and end - at > _LONGEST_STOPPED and words.text[at : words.end].rstrip().endswith("."):
        return None  # a sentence
    if end - at > 140 or any(c in words.text[at:end] for c in ".;:/"):
        return None
    office = _OFFICE.match(words.text, at, end)
    within = office.end() if office else at
    for word in _WORDS.finditer(words.text, within, end):
        # "Cơ quan quản lý trực tiếp": no order follows the last word
        last = words.lows(word.start(), end) == "truc tiep"
        if not last and any(openings.match(role, word.start()) > 0 for role in _ORDERS):
            return None
    name = " ".join(words.text[at:end].split())
    return ActorFound(at, end, f"nhóm: {name[0].lower()}{name[1:]}")
