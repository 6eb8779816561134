"""Takes what the scan sees, in order, and makes mentions of it, with what the document has said before."""

from __future__ import annotations

import re

from vnlegal.agencies import anaphora
from vnlegal.agencies.localities import go_on, take_heads, take_members, take_places
from vnlegal.agencies.persons import chain, of_country, read_title, widen
from vnlegal.agencies.scan import Sight, is_symbol
from vnlegal.agencies.state import State
from vnlegal.knowledge.agencies import complete
from vnlegal.knowledge.agency_grammar import Hit

_BESIDE = re.compile(r"[ ][-–—][ ]")
_STANDING = re.compile(r"[Cc]ơ quan [Tt]hường trực|CƠ QUAN THƯỜNG TRỰC")
_LAW_BEFORE = re.compile(
    r"(?:[Ll]uật|[Pp]háp lệnh)(?: [Tt]ổ chức| [Bb]ầu cử đại biểu| [Hh]oạt động giám sát của"
    r"| [Bb]an hành (?:văn bản (?:quy phạm pháp luật|QPPL)|VBQPPL)(?: của)?)?"
    r"(?:(?<=biểu) Quốc hội và đại biểu|(?<=của) Quốc hội và)? $"
)
_LAW_ENDINGS = ("uật ", "ệnh ", "hức ", "iểu ", "của ", "PPL ", " và ")
_LONGEST_LAW = 70
_ADDRESS = re.compile(r"Địa chỉ:(?:(?!Hà Nội|Hồ Chí Minh|Việt Nam)[^\n\t<|)]){0,160}$")
_OWNED = re.compile(r" (?:trực )?thuộc ")
# The Party committee that speaks, without its place: "các chi bộ trực thuộc Đảng ủy".
_ALONE = re.compile(
    r"Đảng (?:ủy|uỷ)(?= ?(?:[.,;:()\n]|$)| (?:căn|tổ|chủ|xây|tham|báo|thực|triển|phối|có|và|tập|tiếp) )"
)
_HEADS_OF = re.compile(r"(Giám đốc|Cục trưởng|Vụ trưởng|Chánh Văn phòng|Bộ trưởng) các $")
_COUNCIL = "Hội đồng nhân dân"
_ORGANS = re.compile(
    r"(?:^|(?<=[,;:(] )|(?<=[\n(])|(?<= và )|(?<=iao )|(?<=nghị )|(?<=cầu ))"
    r"(?P<organ>[Cc]ác (?:Ban|(?:vị )?đại biểu)|(?:[Cc]ác )?[Tt]ổ đại biểu(?: và (?:các )?đại biểu)?|[Đđ]ại biểu)"
    r" (?:của )?$"
)
_LONGEST_ORGAN = 42
_LISTED = re.compile(r",? và |, ")
_THROUGH = re.compile(r" \((?:qua|thông qua) ")
_HEAD_AND_DEPUTIES = re.compile(r"Chủ tịch, các Phó Chủ tịch (.+)")
_LINK = re.compile(r", | và ")
# How many years after its end a body is still called by an abbreviation alone.
_REMEMBERED = 3


def take(state: State, sight: Sight) -> None:
    """Turn one sight into mentions, or leave it."""
    if sight.start < state.end:
        return
    hit = sight.hit
    if hit is None:
        anaphora.take(state, sight)
        return
    if _is_look_alike(state, hit):
        return
    if hit.kind == "person_title":
        hit = of_country(state.text, state.low, hit, state.knowledge)
        hit = widen(state.text, state.low, hit, state.end, state.knowledge)
        hit = chain(state.text, state.low, hit, state.knowledge, named=False, party=state.party_of(hit.start))
        hit = _with_deputies(state, hit)
        if hit.group and take_heads(state, hit):
            return
    elif hit.kind == "group":
        if hit.rule != "agency.group" and take_places(state, hit):
            return
        hit = _with_owner(state, hit)
    else:
        hit = _organ_of_council(state, _through(state, _with_head_of_list(state, hit)))
    state.add(_with_apposition(state, hit))
    if hit.rule == "agency.group":
        take_members(state, hit)
    else:
        go_on(state, hit)


def _is_look_alike(state: State, hit: Hit) -> bool:
    """Whether the name is part of a law's title, a document's symbol or an address, or of a body long gone."""
    text, start = state.text, hit.start
    if text.startswith(_LAW_ENDINGS, start - 4) and _LAW_BEFORE.search(text, max(0, start - _LONGEST_LAW), start):
        return True
    if is_symbol(text, start, hit.end):
        return True
    near = max(0, start - 170)
    if state.has_addresses and text.find("Địa chỉ:", near, start) >= 0 and _ADDRESS.search(text, near, start):
        return True
    if hit.rule == "agency.abbreviation" and (row := state.knowledge.grammar.named(hit.name)) and row.valid_to:
        date = state.context(hit.start).date
        return date is not None and int(date[:4]) > int(row.valid_to[:4]) + _REMEMBERED
    return False


def _with_owner(state: State, hit: Hit) -> Hit:
    """Take in the body a group belongs to: "các cơ quan, đơn vị trực thuộc UBND Thành phố"."""
    link = _OWNED.match(state.text, hit.end)
    if link is None or not state.text[link.end() : link.end() + 1].isupper():
        return hit
    if (alone := _ALONE.match(state.text, link.end())) is not None:
        return hit._replace(end=alone.end(), name=f"{hit.name}{link[0]}Đảng ủy")
    body = state.knowledge.grammar.body(state.text, state.low, link.end())
    if body is None or body.group:
        return hit
    name = complete(body, state.context(hit.start).province)
    return hit._replace(end=body.end, name=f"{hit.name}{link[0]}{name}")


def _through(state: State, hit: Hit) -> Hit:
    """Give the department of "gửi Bộ Y tế (qua Vụ Kế hoạch - Tài chính)" the ministry it belongs to."""
    last = state.last
    if last is None or last.kind != "ministry" or not hit.name.startswith("Vụ ") or ", " in hit.name:
        return hit
    through = _THROUGH.fullmatch(state.text, last.end, hit.start)
    return hit._replace(name=f"{hit.name}, {last.canonical}") if through else hit


def _organ_of_council(state: State, hit: Hit) -> Hit:
    """Take in what stands before a council: "các Ban (của) Hội đồng nhân dân tỉnh", "đại biểu HĐND tỉnh" in lists."""
    if not hit.name.startswith(_COUNCIL):
        return hit
    before = _ORGANS.search(state.text, max(state.end, hit.start - _LONGEST_ORGAN), hit.start)
    if before is None:
        return hit
    level = f" {hit.own}" if len(hit.own) > 1 else ""
    name = f"nhóm: {before['organ'][0].lower()}{before['organ'][1:]} {hit.name}{level}"
    return hit._replace(start=before.start("organ"), name=name, kind="group", own="")


def _with_deputies(state: State, hit: Hit) -> Hit:
    """Tell the head of "CT, các PCT UBND tỉnh" from the deputies: two mentions, of which the second is returned."""
    both = _HEAD_AND_DEPUTIES.match(hit.name)
    link = _LINK.search(state.text, hit.start, hit.end) if both is not None else None
    if both is None or link is None:
        return hit
    state.add(hit._replace(end=link.start(), name=f"Chủ tịch {both[1]}"))
    return hit._replace(start=link.end(), name=f"nhóm: các Phó Chủ tịch {both[1]}", group=True)


def _with_head_of_list(state: State, hit: Hit) -> Hit:
    """Give each body of "Giám đốc các Sở A, Sở B" its head."""
    listed = state.text.endswith("các ", 0, hit.start)
    before = _HEADS_OF.search(state.text, max(0, hit.start - 24), hit.start) if listed else None
    last, heads = state.last, state.heads
    if before is not None:
        heads = (before[1], hit.end)
    elif heads is not None and (
        last is None or last.end != heads[1] or not _LISTED.fullmatch(state.text, last.end, hit.start)
    ):
        heads = None
    state.heads = (heads[0], hit.end) if heads is not None else None
    if heads is None:
        return hit
    return hit._replace(name=f"{heads[0]} {hit.name}", kind="person_title")


def _with_apposition(state: State, hit: Hit) -> Hit:
    """Take in " - Cơ quan Thường trực Ban Chỉ đạo" and " - Trưởng Ban Chỉ đạo": the same body or person."""
    text = state.text
    beside = _BESIDE.match(text, hit.end)
    if beside is None or hit.group:
        return hit
    at, date = beside.end(), state.context(hit.start).date
    standing = _STANDING.match(text, at)
    if standing is not None:
        end = standing.end()
        committee = state.committees.read(end + 1, date) if text.startswith(" ", end) else None
        state.standing = hit.name
        return hit._replace(end=committee[0] if committee else end)
    if hit.kind != "person_title":
        return hit
    second = read_title(text, state.low, at, state.knowledge)
    if second is not None and second.kind == "person_title":
        return hit._replace(end=second.end)
    office = state.knowledge.grammar.bare_title(state.low, at)
    if office is not None and office[1].office == "Ban ":
        committee = state.committees.read(state.low.rfind("ban", at, office[0]), date)
        if committee is not None:
            return hit._replace(end=committee[0])
    return hit
