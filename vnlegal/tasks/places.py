"""Bodies that share a head: "UBND các tỉnh: Hà Tĩnh, Nghệ An", "các Bộ: Công an, Tài chính"."""

from __future__ import annotations

import re

from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound
from vnlegal.text import UPPER

# Between two bodies of one list; a full stop or a colon ends the list.
BETWEEN = re.compile(
    r"[ \n]*(?:[,;/]|[–-](?=[ \n])|và(?![\w])|hoặc(?![\w])|&)[ \n]*(?:và[ \n]|cùng[ \n](?!với)|cả[ \n])?"
)
# "Ủy ban nhân dân các tỉnh: Hà Tĩnh, Nghệ An"
_OF_PLACES = re.compile(
    r"(?P<kind>(?P<head>[^\W\d_][^.;,:\d]{1,50}?)[ \n]các[ \n](?P<level>tỉnh|thành[ \n]phố|huyện|quận|xã|phường)"
    r"(?:,[ \n](?:tỉnh|thành[ \n]phố|huyện|quận|xã|phường))*):?[ \n]"
)
# "các tỉnh | Đồng Nai, Tây Ninh"
_OF_PROVINCES = re.compile(
    r"[Cc]ác[ \n](?:tỉnh(?:,[ \n]thành[ \n]phố)?|thành[ \n]phố|địa[ \n]phương):?[ \n](?=[A-ZĐ]|thành[ \n]phố)"
)
# How far behind its beginning such a head comes to its "các".
_HEAD = 60
# "các Bộ: Công an, Tài chính", "Giám đốc các Sở Xây dựng, Nội vụ", "các cơ quan: Bộ Y tế, Bộ Tài chính",
# "Giám đốc Sở: Y tế, Tài chính"
_OF_BODIES = re.compile(
    r"(?:(?:bộ[ \n]trưởng|thứ[ \n]trưởng|giám[ \n]đốc|lãnh[ \n]đạo)[ \n])?các[ \n]"
    r"(?:(?:bộ|sở)(?![ \n]trưởng):?|[^.;:()\d]{3,40}:)[ \n]+|(?:phó[ \n])?giám[ \n]đốc[ \n]sở:[ \n]+",
    re.IGNORECASE,
)
# Districts and communes, of which no list is kept: "Ủy ban nhân dân các huyện | Bắc Hà, Si Ma Cai và Mường Khương"
_NAME = re.compile(rf"[{UPPER}](?![{UPPER}])[^\W\d_]*(?:[ \n][{UPPER}](?![{UPPER}])[^\W\d_]*){{0,3}}")
_NAMES = re.compile(rf"{_NAME.pattern}(?:(?:,|[ \n]và)[ \n]{_NAME.pattern})*(?=[ \n,;:.])")
_SECRETARIES = re.compile(
    r"(?:[Cc]ác[ \n])?(?:[Đđ]ồng[ \n]chí[ \n])?[Bb]í[ \n]thư[ \n](?:các[ \n])?"
    r"[Tt]ỉnh[ \n][uủ][ỷy],[ \n][Tt]hành[ \n][uủ][ỷy]"
    r"(?:[ \n](?:các[ \n])?tỉnh,[ \n]thành[ \n]phố(?:[ \n]trực[ \n]thuộc[ \n][Tt]rung[ \n]ương)?)?"
    rf"(?![ \n][{UPPER}])"
)
_OF_PLACE = re.compile(r"(?:Chủ tịch )?Ủy ban nhân dân (?=tỉnh |[Tt]hành phố )")
_PROVINCE = re.compile(r"(?:tỉnh|thành[ \n]phố)(?:[ \n](?!Chủ|Phối)[A-ZĐÂÔƯ][^\W\d_]*){1,3}(?![^\W_])")
_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|xã|phường|đặc khu)[ ]", re.IGNORECASE)


def past_head(words: Passage, at: int, end: int) -> int:
    """Return the place of the first of bodies that share a head at `at`, or `at`."""
    group = words.by_start.get(at)
    if group is not None and not group.canonical.startswith("nhóm"):
        return at
    listed = _OF_BODIES.match(words.text, at, end)
    if listed is not None and listed.end() in words.by_start and (group is None or listed[0].rstrip().endswith(":")):
        return listed.end()
    if group is not None:
        return at
    provinces = _OF_PROVINCES.match(words.text, at, end)
    if provinces is not None and provinces.end() in words.by_start:
        return provinces.end()
    kind = _of_places(words, at, end)
    agency = words.by_start.get(kind.end()) if kind else None
    return at if kind is None or agency is None or _PLACE.match(agency.canonical) else kind.end()


def _of_places(words: Passage, at: int, end: int) -> re.Match[str] | None:
    """Return the match of "Ủy ban nhân dân các tỉnh" at `at`, tried only where "các" follows soon."""
    soon = words.text.find("các", at, min(end, at + _HEAD)) > 0
    return _OF_PLACES.match(words.text, at, end) if soon else None


def in_places(words: Passage, actor: ActorFound, end: int) -> list[ActorFound]:
    """Return one body a place for "Chủ tịch UBND các tỉnh: Hà Tĩnh, Nghệ An", nothing where no places follow."""
    kind = _of_places(words, actor.start, end)
    if kind is None or kind.end("kind") != actor.end:
        return []
    head, at, out = _head(kind), kind.end(), list[ActorFound]()
    while (agency := words.by_start.get(at)) is not None and _PLACE.match(agency.canonical):
        out.append(ActorFound(agency.start, agency.end, f"{head} {agency.canonical}"))
        joint = BETWEEN.match(words.text, agency.end, end)
        at = joint.end() if joint else -1
    if out or kind["level"] in ("tỉnh", "thành phố"):
        return out
    places = _NAMES.match(words.text, kind.end(), end)
    level = "" if "," in kind["kind"] else f"{kind['level']} "
    names = _NAME.finditer(words.text, kind.end(), places.end()) if places else ()
    return [ActorFound(n.start(), n.end(), f"{head} {level}{' '.join(n[0].split())}") for n in names]


def elsewhere(words: Passage, actor: ActorFound, at: int, end: int) -> list[ActorFound]:
    """Return the like bodies of places that follow at `at`: "Ủy ban nhân dân tỉnh Gia Lai, | tỉnh Đắk Lắk"."""
    out = list[ActorFound]()
    head = _OF_PLACE.match(actor.canonical)
    joint = BETWEEN.match(words.text, at, end) if head else None
    while head and joint and (place := _PROVINCE.match(words.text, joint.end(), end)):
        name = " ".join(place[0].split())
        if name in ("thành phố Hà Nội", "thành phố Hồ Chí Minh"):
            name = name.replace("thành", "Thành")
        out.append(ActorFound(place.start(), place.end(), head[0] + name))
        joint = BETWEEN.match(words.text, place.end(), end)
    return out


def secretaries(words: Passage, at: int, end: int) -> ActorFound | None:
    """Return the secretaries of all provinces named at `at`: "Bí thư Tỉnh ủy, Thành ủy". None where one has a place."""
    found = _SECRETARIES.match(words.text, at, end)
    return ActorFound(at, found.end(), "nhóm: bí thư tỉnh ủy, thành ủy") if found else None


def _head(kind: re.Match[str]) -> str:
    """Return the name that the bodies of all places share."""
    return " ".join(kind["head"].replace("UBND", "Ủy ban nhân dân").split())


def headed(head: str, canonical: str) -> str:
    """Return the name of the chiefs of a body: "Giám đốc" and "Sở Y tế", "bí thư" and "nhóm: các tỉnh ủy"."""
    head = " ".join(head.split())
    office = head.removesuffix(" các")
    if office != head and canonical.startswith(f"{office} "):
        return f"nhóm: {head[0].lower()}{head[1:]} {canonical.removeprefix(office).strip()}"
    if canonical.startswith("nhóm: "):
        return f"nhóm: {head[0].lower()}{head[1:]} {canonical.removeprefix('nhóm: ')}"
    if head.lower() in ("các", "những"):  # "Các Cục Thuế": those of all places
        return f"nhóm: {head.lower()} {canonical}"
    return f"{head} {canonical}"
