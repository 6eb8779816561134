"""The closing order of a document: "Chánh Văn phòng, Thủ trưởng các đơn vị … chịu trách nhiệm thi hành Quyết định này".

A resolution has a second one: "Các Ban của Hội đồng nhân dân … giám sát việc thực hiện Nghị quyết này". All that stands
before "chịu trách nhiệm" or "giám sát" is a list of bodies and persons, many of whom no list of agencies knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vnlegal.agencies import AgencyFound
from vnlegal.records import Modality
from vnlegal.tasks.bodies import BodyReader
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.model import ActorFound
from vnlegal.tasks.places import in_places, past_head

# Of these every closing order holds one: "trách nhiệm", "căn cứ", "giám sát".
CLOSING_WORDS = ("nhiệm", "cứ", "giám")
_ORDER = re.compile(
    r",?[ \n](?:(?:chịu|có)[ \n]trách[ \n]nhiệm[ \n](?P<action>(?:tổ[ \n]chức[ \n])?"
    r"(?:thi[ \n]hành|(?:triển[ \n]khai[ \n])?thực[ \n]hiện)(?:[ \n]"
    r"(?:Quyết[ \n]định|Nghị[ \n]quyết|Nghị[ \n]định|Thông[ \n]tư|Chỉ[ \n]thị|Quy[ \n](?:chế|định)|Kế[ \n]hoạch)"
    r"(?:[ \n]này)?)?)|căn[ \n]cứ[ \n](?:vào[ \n])?Quyết[ \n]định[ \n](?:này[ \n])?(?:để[ \n])?"
    r"(?P<bare>(?:tổ[ \n]chức[ \n])?(?:thi[ \n]hành|thực[ \n]hiện)))(?=[ ./,;|\n]*$)",
    re.IGNORECASE,
)
# "…, trong phạm vi nhiệm vụ của mình, | tăng cường đôn đốc, giám sát việc triển khai thực hiện Nghị quyết này"
_WATCH = re.compile(
    r",?[ \n](?:có[ \n]trách[ \n]nhiệm[ \n])?(?P<watch>(?:(?:tăng[ \n]cường|thường[ \n]xuyên|tổ[ \n]chức|thực[ \n]hiện)"
    r"[ \n])?(?:(?:theo[ \n]dõi|đôn[ \n]đốc|kiểm[ \n]tra)(?:,|[ \n]và)?[ \n])*giám[ \n]sát[ \n]"
    r"(?:(?:việc|quá[ \n]trình|tình[ \n]hình)[ \n])?(?:(?:tổ[ \n]chức|triển[ \n]khai)[ \n]){0,2}"
    r"thực[ \n]hiện[ \n]Nghị[ \n]quyết(?:[ \n]này)?)(?=[ ./,;|\n]*$)"
)
_GIVEN = re.compile(r"(?P<assigned>Giao[ \n](?:cho[ \n])?)|Đề[ \n]nghị[ \n]")
_NEXT = re.compile(r"[ \n]*(?:[;,][ \n]*(?:và[ \n])?|[ \n]và[ \n])(?=\w)")
# "cơ quan do Chính phủ, | Thủ tướng Chính phủ thành lập"
_OWNER = re.compile(r"(?<!\w)(?:do|thuộc|của)[ \n][^,;]{3,50}[,;]?[ \n](?:và[ \n])?$")
# "ông Nguyễn Văn A": after a list of bodies, in small letters
_PERSON = re.compile(r"(?:[Ôô]ng|[Bb]à|đồng[ \n]chí)[ \n](?=[A-ZĐ])")
# "Các ông (bà): | Chánh Văn phòng, Giám đốc Sở Y tế": the offices tell who they are
_MISTERS = re.compile(
    r"(?:[Cc]ác[ \n])?(?:[Ôô]ng|[Bb]à|đồng[ \n]chí)(?:(?:/|,?[ \n](?:và[ \n])?\(?)(?:[Bb]à|ông)\)?)?:?[ \n](?=[A-ZĐ])"
)
_TAIL = re.compile(
    r",?(?:[ \n](?:và[ \n])?(?:có[ \n])?liên[ \n]quan|[ \n](?:trực[ \n])?thuộc[^;]*|[ \n]trên[ \n]địa[^;]*)*$"
)
_SCOPE = re.compile(r",?[ \n](?:trong[ \n]phạm[ \n]vi|theo[ \n]chức|căn[ \n]cứ[ \n]chức)[^;]{0,120}$")
_GROUP = re.compile(
    r"(?!Trưởng|Chánh|ông[ \n]|bà[ \n])(?:[^\W\d_]+,?[ \n]){0,7}(?:[Cc]ác|[Nn]hững|[Mm]ọi)[ \n]"
    r"|[a-zđ]|Tổ[ \n]đại[ \n]biểu"
)
# "các Tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh" are one group
_DEPUTIES = re.compile(r"(?:[Tt]ổ[ \n])?(?<!đại[ \n]biểu[ \n]và[ \n])[đĐ]ại[ \n]biểu(?!\w)")
_OTHER = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|trách nhiệm|kể từ|hiệu lực|quy định|bãi bỏ|thay thế)(?!\w)|[….]{2}|…")
# "Bộ trưởng các Bộ: A, B; Chủ tịch Ủy ban nhân dân các tỉnh: C, D": other colons lead something else in
_LISTED_BEHIND = re.compile(r"(?<!\w)(?:tỉnh|phố|bộ|trưởng|sở|ngành|huyện|quận|xã|phường)[ \n]?:", re.IGNORECASE)
# "tham gia tuyên truyền và | giám sát": more than to watch over it
_BESIDE = re.compile(r"(?<!\w)(?:tham gia|tuyên truyền|vận động|có quyền)(?!\w)")
_LONGEST = 1200
_LONGEST_WATCH = 200
# how far from its end a unit that closes with an order says "thi hành", "ban hành" or "giám sát"
_NEAR_END = 60
_OFFICE_HEAD = re.compile(r"(Chánh (?:Văn phòng|Thanh tra))( Bộ)?")
_LONGEST_ADDRESS = 24


@dataclass(frozen=True, slots=True)
class Closing:
    """Who has to carry out a document or to watch over it, and where the words that say so begin and end."""

    leads: tuple[ActorFound, ...]
    start: int
    end: int
    modality: Modality = "assigned"


def closes(text: str, start: int, end: int) -> bool:
    """Whether the unit `start`..`end` may close with such an order."""
    tail = text[max(start, end - _NEAR_END) : end]
    return "hành" in tail or "giám" in tail


def closing_order(bodies: BodyReader, start: int, end: int) -> Closing | None:
    """Read the sentence `start`..`end` as a closing order; None where it is something else."""
    return _watching(bodies, start, end) or _carrying_out(bodies, start, end)


def _carrying_out(bodies: BodyReader, start: int, end: int) -> Closing | None:
    """Read the sentence `start`..`end` as the order to carry the document out; None where it is something else."""
    text = bodies.words.text
    misters = _MISTERS.match(text, start, end)
    if misters is not None and bodies.match("office", misters.end()) > 0:
        start = misters.end()
    if not _begins(bodies, start):
        return None
    order = _ORDER.search(text, max(start, end - 120), end)
    if order is None or not 0 < order.start() - start < _LONGEST:
        return None
    if _OTHER.search(text, start, order.start()) or _many_lists(text, start, order.start()):
        return None
    part = "action" if order["action"] else "bare"
    return Closing(_leads(bodies, start, order.start()), order.start(part), order.end(part))


def _many_lists(text: str, start: int, end: int) -> bool:
    """Whether colons stand in `start`..`end` that lead in more than bodies of one kind."""
    return text.count(":", start, end) - sum(1 for _ in _LISTED_BEHIND.finditer(text, start, end)) > 1


def _watching(bodies: BodyReader, start: int, end: int) -> Closing | None:
    """Read the sentence `start`..`end` as the order to watch over a resolution; None where it is something else."""
    text = bodies.words.text
    last = max(start, end - _LONGEST_WATCH)
    order = _WATCH.search(text, last, end) if text.find("giám", last, end) > 0 else None
    if order is None:
        return None
    given = _GIVEN.match(text, start, end)
    start = given.end() if given else start
    if order.start() - start >= _LONGEST or not _begins(bodies, start):
        return None
    if _OTHER.search(text, start, order.start()) or _BESIDE.search(text, start, order.start()):
        return None
    modality: Modality = "requested" if given and not given["assigned"] else "assigned"
    return Closing(_leads(bodies, start, order.start()), *order.span("watch"), modality)


def _leads(bodies: BodyReader, start: int, end: int) -> tuple[ActorFound, ...]:
    """Return the bodies listed in `start`..`end`, without the scope in which each has to act."""
    scope = _SCOPE.search(bodies.words.text, start, end)
    return tuple(_actors(bodies, start, scope.start() if scope else end))


def closing_draft(unit: int, closing: Closing, issuers: frozenset[str]) -> Draft:
    """Return the task a closing order in unit `unit` is. `issuers`: whose offices those without a body are."""
    return Draft(
        unit,
        (closing.leads[0].start, closing.end),
        closing.start,
        closing.end,
        closing.modality,
        "closing",
        leads=tuple(_of_issuer(actor, issuers) for actor in closing.leads),
        explicit=True,
        confidence=0.9,
    )


def _of_issuer(actor: ActorFound, issuers: frozenset[str]) -> ActorFound:
    """Return the head of an office with the body it serves: "Chánh Văn phòng (Bộ)" of the Ministry of Health."""
    body = next(iter(issuers)) if len(issuers) == 1 else ""
    office = _OFFICE_HEAD.fullmatch(actor.canonical) if body.startswith(("Bộ ", "Ủy ban nhân dân ")) else None
    if office is None or (office[2] and not body.startswith("Bộ ")):
        return actor
    return replace(actor, canonical=f"{office[1]} {body}")


def _begins(bodies: BodyReader, at: int) -> bool:
    """Whether a body or a person's office may begin at `at`."""
    words = bodies.words
    if bodies.match("plural", at) > 0 or bodies.match("chief", at) > 0:
        return True
    if at in words.by_start and not _OWNER.search(words.text, max(words.start, at - 60), at):
        return True
    if words.text[at : at + 1].isupper() and bodies.match("office", at) > 0:
        return True
    return _PERSON.match(words.text, at) is not None or _DEPUTIES.match(words.text, at) is not None


def _actors(bodies: BodyReader, start: int, end: int) -> Iterator[ActorFound]:
    """Yield the bodies and persons listed in `start`..`end`."""
    words, at = bodies.words, start
    while at < end:
        at = past_head(words, at, end)
        agency = words.by_start.get(at) or _addressed(words, at)
        placed = in_places(words, ActorFound(at, agency.end, agency.canonical), end) if agency is not None else []
        if placed:
            yield from placed
            joint = _NEXT.match(words.text, placed[-1].end, end)
            at = joint.end() if joint else end
            continue
        known = agency.end if agency is not None and agency.end <= end else at + 1
        # "Giám đốc, Thủ trưởng các Sở": two offices, one group
        known = max(known, min(bodies.match("chief", at), end))
        joints = (found for found in _NEXT.finditer(words.text, known, end) if _begins(bodies, found.end()))
        joint = next(joints, None)
        stop = joint.start() if joint else end
        if agency is not None and agency.end <= stop and _TAIL.match(words.text[agency.end : stop]):
            yield ActorFound(at, stop, agency.canonical)
        else:
            yield ActorFound(at, stop, _name(words.text[at:stop]))
        at = joint.end() if joint else end


def _addressed(words: Passage, at: int) -> AgencyFound | None:
    """Return the office at `at` that was read with its address: "Các ông | Chánh Văn phòng" is one, no group."""
    for agency in words.within(max(words.start, at - _LONGEST_ADDRESS), at):
        address = _MISTERS.match(words.text, agency.start, agency.end)
        if address is not None and address.end() == at:
            return agency._replace(start=at, canonical=agency.canonical.removeprefix("nhóm: các "))
    return None


def _name(text: str) -> str:
    """Return the name of a body or office as written, a group as one."""
    name = " ".join(text.split()).replace("có liên quan", "liên quan")
    return f"nhóm: {name[0].lower()}{name[1:]}" if _GROUP.match(name) else name
