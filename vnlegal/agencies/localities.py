"""Lists that share their head: "UBND các tỉnh: A, B", "các Bộ: Tài chính, Y tế"; provinces as actors."""

from __future__ import annotations

import re

from vnlegal.agencies.state import State
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_places import full_name

_BLANK = re.compile(r"[ \n]*")
_LINK = re.compile(r",? và |[,;] ?")
_INTO_LIST = re.compile(r" ?: ?| ")
_INTO_SECTORS = re.compile(r"(?: (?:có )?liên quan)?: ")
_INTO_NAMES = re.compile(r" ?: ?| \(")
_HEAD_OF_GROUP = re.compile(r"nhóm: (.+?) (?:các )?(?:tỉnh|thành phố)")
_HEADS_OF_BODIES = re.compile(
    r"nhóm: (?:các )?(bộ trưởng|thứ trưởng|giám đốc|lãnh đạo) các (bộ|sở)(?P<others>, (?:ban, )?ngành)?"
)
# "Các Bộ trưởng: Tài chính, Y tế", "Các Bộ trưởng Bộ: …"
_MINISTERS = re.compile(r"nhóm: các (bộ trưởng|thứ trưởng)")
_INTO_MINISTRIES = re.compile(r"(?: [Bb]ộ)? ?: ?")
_HEAD_OF_BODY = re.compile(
    r"(Ủy ban nhân dân|Hội đồng nhân dân|Thành ủy|Tỉnh ủy|Sở [^,]+?|Công an|Cục Thuế|Cục Hải quan) "
    r"(?:tỉnh |[Tt]hành phố )?[A-ZĐ]"
)
_LIST_BEFORE = re.compile(
    r"(?:[Đđ]ịa phương|[Tt]ỉnh, thành phố|[Cc]ác tỉnh|[Cc]ác thành phố|\d+ tỉnh)(?: [\w ]{1,24}?)?"
    r"(?:(?: như| gồm| là):?[ ]\(?|:[ ]|[ ]\()$"
    r"|dữ liệu[^\n]{0,8} \($|ết quả: $|\d% (?:như|gồm): $"
)
# "Các tỉnh | Đồng Nai, Tây Ninh chỉ đạo": what a list of those told stands behind, and what it must do
_HEAD_OF_LIST = re.compile(
    r"(?:^|[.;:(\n,][ \n]?|- |\) |(?:giao|cầu|nghị|và|với) )[Cc]ác (?:tỉnh|thành phố|tỉnh, thành phố|địa phương) $"
)
_TOLD = re.compile(
    r"[ \n](?:tiếp tục|khẩn trương|chủ trì|phối hợp|chủ động|chỉ đạo|tập trung|quyết liệt|rà soát|tổ chức|báo cáo"
    r"|hoàn thành|đẩy nhanh|đẩy mạnh|bố trí|xây dựng|thực hiện|triển khai|nghiên cứu|theo dõi|kiểm tra|bảo đảm"
    r"|đảm bảo|cần|phải|có trách nhiệm|căn cứ|theo (?:chức năng|thẩm quyền))(?!\w)"
)
_ACTS = re.compile(r"[ ](?:đã|đang|cũng|chưa|sẽ|tiếp tục|khẩn trương|chủ trì|phối hợp|chủ động)(?!\w)|[ ]\(\d")
_CLAUSE_BEGINS = re.compile(r"(?:^|[.;:(\n] ?|- |[a-zđ0-9]\) )$")
_LINKED = re.compile(r"(?:,|;| và| hoặc|,? cùng)[ ]$")
_AFTER_BODY = re.compile(r"(?: ?\([^()]*\))?[,;] $")
_ENDS_ENTRY = re.compile(r"[,;.)…]| \(")


def take_sectors(state: State, at: int, *, departments: bool = False, head: str = "") -> bool:
    """Read "Tài chính, Y tế và Nội vụ" behind "các Bộ:" from `at`: each field is a ministry. Return whether one was.

    `departments`: they stand behind "các Sở:". `head`: behind "Bộ trưởng các Bộ:", where each is a person.
    """
    text, grammar, read = state.text, state.knowledge.grammar, False
    kind = "person_title" if head else "department" if departments else "ministry"
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        field = grammar.so_sector(state.low, at) if departments else grammar.sector(state.low, at)
        if field is None or not text[at].isupper():
            return read
        state.put(at, field[0], f"{head}{field[1].name}", kind)
        read = True
        link = _LINK.match(text, field[0])
        if link is None:
            return read
        at = link.end()


def take_heads(state: State, hit: Hit) -> bool:
    """Read the heads of "Bộ trưởng các Bộ: Tài chính, Y tế", "Giám đốc các Sở Xây dựng, Nội vụ": one for each body."""
    heads = _MINISTERS.fullmatch(hit.name)
    if heads is not None and (link := _INTO_MINISTRIES.match(state.text, hit.end)):
        return take_sectors(state, link.end(), head=f"{heads[1][0].upper()}{heads[1][1:]} ")
    heads = _HEADS_OF_BODIES.fullmatch(hit.name)
    link = _INTO_LIST.match(state.text, hit.end)
    if heads is None or link is None or (heads["others"] and ":" not in link[0]):
        return False
    head = f"{heads[1][0].upper()}{heads[1][1:]} "
    return take_sectors(state, link.end(), departments=heads[2] == "sở", head=head)


def go_on(state: State, hit: Hit) -> None:
    """Go on after "các Bộ Tài chính" with ", Y tế và Nội vụ", after "các Sở Tài chính" likewise."""
    if not state.low.startswith("các ", hit.start - 4):
        return
    grammar = state.knowledge.grammar
    ministries = hit.kind == "ministry" and hit.name.startswith("Bộ ")
    if not ministries and not (hit.name.startswith("Sở ") and hit.own == "?"):
        return
    at = hit.end
    while link := _LINK.match(state.text, at):
        field = grammar.sector(state.low, link.end()) if ministries else grammar.so_sector(state.low, link.end())
        if field is None or not state.text[link.end() : link.end() + 1].isupper():
            return
        state.put(link.end(), field[0], field[1].name, hit.kind)
        at = field[0]


def take_members(state: State, hit: Hit) -> None:
    """Read the ministries or provinces listed behind a group of them: "các bộ, cơ quan: Xây dựng, Y tế"."""
    listed = _INTO_SECTORS.match(state.text, hit.end)
    if listed is not None and ("bộ" in hit.name or "sở" in hit.name):
        take_sectors(state, listed.end(), departments="bộ" not in hit.name)
    if "tỉnh" not in hit.name:
        return
    link = _INTO_NAMES.match(state.text, hit.end)
    while link is not None:
        found = state.knowledge.places.located(state.text, state.low, link.end())
        if found is None:
            return
        state.put(link.end(), found[0], full_name(found[1]), "province")
        link = _LINK.match(state.text, found[0])


def take_places(state: State, hit: Hit) -> bool:
    """Read "UBND các tỉnh: A, B và thành phố C": one body for each place. Return whether that was read."""
    head = _HEAD_OF_GROUP.match(hit.name)
    link = _INTO_LIST.match(state.text, hit.end)
    if head is None:
        return False
    rows = []
    while link is not None:
        found = state.knowledge.places.located(state.text, state.low, link.end())
        if found is None:
            break
        rows.append((link.end(), found[0], found[1]))
        link = _LINK.match(state.text, found[0])
    name = head[1].replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")
    name = name[0].upper() + name[1:]
    kind = "province" if name.startswith(("Ủy ban", "Hội đồng")) else hit.kind
    for start, end, row in rows:
        state.put(start, end, f"{name} {full_name(row)}", kind)
    return bool(rows)


def province(state: State, start: int) -> bool:
    """Read a province as an actor: in a list of localities, before a verb, after a body of the same kind."""
    text = state.text
    found = state.knowledge.places.located(text, state.low, start)
    if found is None:
        return False
    end, row = found
    last = state.last
    name, kind = full_name(row), "province"
    listed = last is not None and 0 < start - last.end < 8 and _LINKED.search(text, last.end, start) is not None
    if last is not None and listed and (head := _HEAD_OF_BODY.match(last.canonical)) is not None:
        if head[1].endswith("ủy"):
            name = name.removeprefix("tỉnh ").removeprefix("thành phố ")
        name, kind = f"{head[1]} {name}", last.kind
    elif not (listed and last is not None and last.kind == "province") and not _is_actor(state, start, end):
        return False
    state.put(start, end, name, kind)
    return True


def _is_actor(state: State, start: int, end: int) -> bool:
    text, last = state.text, state.last
    begin = max(0, start - 60)
    if _LIST_BEFORE.search(text, begin, start):
        return True
    begins = _CLAUSE_BEGINS.search(text, begin, start) is not None
    if _ACTS.match(text, end) and begins:
        return True
    if (begins and text[start] in "Tt") or _HEAD_OF_LIST.search(text, begin, start):
        after = _past_list(state, end)
        if after > end and _TOLD.match(text, after):
            return True
    if last is None:
        return False
    if last.kind == "province" and start - last.end < 40 and text.startswith(" (", end):
        return True
    # "(Bộ Công an, Bộ Tài chính, Tp. Hà Nội)": a city with its level in a list of bodies
    return (
        text[start] in "Tt"
        and last.kind in ("ministry", "province")
        and start - last.end < 160
        and _AFTER_BODY.match(text[last.end : start]) is not None
        and _ENDS_ENTRY.match(text, end) is not None
    )


def _past_list(state: State, at: int) -> int:
    """Return the place behind the provinces that go on with a list from `at`."""
    while link := _LINK.match(state.text, at):
        found = state.knowledge.places.located(state.text, state.low, link.end())
        if found is None:
            break
        at = found[0]
    return at
