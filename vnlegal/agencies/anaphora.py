"""Words whose body only the document can tell: "Bộ", "Đảng", "Ban Chỉ đạo", "Cơ quan Thường trực", "Lưu: VT"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from vnlegal.agencies.committees import short
from vnlegal.agencies.localities import province, take_sectors
from vnlegal.agencies.offices import comrades, plural_title, title
from vnlegal.agencies.scan import Sight
from vnlegal.agencies.state import State
from vnlegal.knowledge.agencies import AgencyKnowledge
from vnlegal.text import fold

# "Giám đốc | Sở: Y tế, Tài chính"
_HEADS = re.compile(r"(?:Phó )?Giám đốc $")
_NOT_ONE = re.compile(r"(?:[Cc]ác|[Ll]iên|hai|những|mọi|từng|mỗi|[Cc]ấp|toàn|cán|nội|\d) $")
_BARE_ENDS = re.compile(r"[ ]*(?:[,.;)\n(]|$|theo |để |về |trước |tại |trong |xem |thẩm |quyết |và các đơn vị)")
_LEADS_IN = re.compile(r"(?:của|thuộc|về|gửi|Lãnh đạo|lãnh đạo|cho|tới|với|do|trình|báo cáo|cơ quan) $")
_RESOLUTION_OF = re.compile(r"(?:Nghị quyết|Kết luận|Chỉ thị|nghị quyết|kết luận)[^.;\n]{0,30} của $")
_OF = re.compile(r"(?:của|và|,|theo|với|trước|trong|giữa|do|cho|báo cáo|đường lối) $")
_STATE_BESIDE = re.compile(r"(?:,| và) (?:Nhà nước|Chính phủ|Quốc hội)")
_PARTY_WORD = re.compile(r" (?:[Vv]iên|[Ủủ]y|[Uu]ỷ|bộ|đoàn|[Cc]ộng|phí|kỳ|toàn|khóa)")
_PARTY_AND = re.compile(r"(?:Đảng,? và|Đảng,) $")
_WITH_CENTRE = re.compile(r", (?:Bộ Chính trị|Ban Bí thư|Chính phủ)")
_GIVES = re.compile(r" giao|:")
_NUMBER = re.compile(r"(?<![\w/])\d+ $")
_SET_UP = re.compile(r"(?:thành lập|kiện toàn)(?:, (?:thành lập|kiện toàn))? $")
_AT_GROUP = re.compile(r" tại (?=các bộ|các sở|bộ, ngành)")
_STANDING = re.compile(r"(?:Cơ quan [Tt]hường trực|CƠ QUAN THƯỜNG TRỰC)(?!\w)")
_ORGAN = re.compile(r"(?:Thường trực|Tổ [Gg]iúp việc|[Ll]ãnh đạo|LÃNH ĐẠO) (?=[Bb]an [Cc]hỉ đạo|BAN CHỈ ĐẠO)")
_HELPERS = re.compile(r"Tổ [Gg]iúp việc(?!\w)")
_COUNCIL = re.compile(r"Hội đồng(?= (?:về|đã|có|tại|theo|cần|xem|họp)|[,.;])")
_SCHOLAR = re.compile(r"(?:PGS|GS|TS|ThS)\.?(?:[ ,]*TS\.?)?[ ]?")
_LETTERHEAD_LINES = 4
_FILED = re.compile(r"Lưu ?:? ?")
_UNITS = re.compile(r"(Vụ(?:, Cục)?(?:, đơn vị)?: ?)[A-ZĐ]{2,5}(?:(?:, | và )[A-ZĐ]{2,5})*(?![\w])")
_CODE = re.compile(r"[A-ZĐ]{2,5}")
_FILE_CODE = re.compile(r"(?<![\w.])(?:Vụ |Cục |Phòng )?[A-ZĐƯ][A-ZĐƯ&.]*[A-ZĐƯ](?:\w*)(?![\w])|(?<=, )\w+(?=[ .,(]|$)")


def take(state: State, sight: Sight) -> None:
    """Read the word of `sight` by its context; leave it where the context tells nothing."""
    word = sight.word
    if word[0] == "*":
        word = word[1:]
        sight = sight._replace(word=word)
        if province(state, sight.start):
            return
    rule = _RULES.get(word.lower().replace("uỷ", "ủy"))
    if rule is not None:
        rule(state, sight)


@lru_cache(maxsize=4)
def _acting(knowledge: AgencyKnowledge) -> re.Pattern[str]:
    verbs = "|".join(word if word != "có" else "có(?![ ]thể)" for word in knowledge.words["actor_verb"])
    return re.compile(rf"[ ](?:{verbs})(?!\w)")


def _any_title(state: State, sight: Sight) -> None:
    end = state.knowledge.grammar.bare_title(state.low, sight.start)
    acts = end is not None and _acting(state.knowledge).match(state.text, end[0]) is not None
    title(state, sight.start, acts=acts)


def _small_title(state: State, sight: Sight) -> None:
    if sight.word == "lãnh đạo" and state.low.startswith(" ban chỉ đạo", sight.end):
        _organ(state, sight)
    elif not plural_title(state, sight.start, sight.word) and sight.word == "bộ trưởng":
        title(state, sight.start)


def _comrade(state: State, sight: Sight) -> None:
    comrades(state, sight.start)


def _ministry(state: State, sight: Sight) -> None:
    """ "Bộ" alone: the ministry named last, in a letter of a ministry its own."""
    text, start, end = state.text, sight.start, sight.end
    if sight.word == "BỘ" or state.low.startswith("bộ trưởng", start):
        _any_title(state, sight)
        return
    if text.startswith((":", " :"), end):
        take_sectors(state, text.index(":", end) + 1)
        return
    if _NOT_ONE.search(text, max(0, start - 8), start):
        return
    issuer = state.context(start).issuer
    own = issuer if issuer is not None and issuer.startswith("Bộ ") else None
    if _acting(state.knowledge).match(text, end):
        body = state.ministry or own
    elif _BARE_ENDS.match(text, end) and _LEADS_IN.search(text, max(0, start - 14), start):
        body = own or state.ministry
    else:
        return
    if body is not None:
        state.put(start, end, body, "ministry")


def _department(state: State, sight: Sight) -> None:
    """ "các Sở: Tài chính, Xây dựng": the departments listed; "Giám đốc Sở: Tài chính, Xây dựng": their heads."""
    if state.text.startswith((":", " :"), sight.end):
        heads = _HEADS.search(state.text, max(0, sight.start - 14), sight.start)
        take_sectors(state, state.text.index(":", sight.end) + 1, departments=True, head=heads[0] if heads else "")


def _letterhead_committee(state: State, start: int) -> bool:
    """Read the issuing committee or task force where a letterhead breaks its name over lines of capitals."""
    issuer = state.context(start).issuer or ""
    named, line, end = fold(issuer), state.text.find("\n", start), -1
    for _ in range(_LETTERHEAD_LINES):
        words = fold(" ".join(state.text[start : max(line, start)].split()))
        if not words or not named.startswith(words):
            break
        end, line = line, state.text.find("\n", line + 1)
    if end < 0:
        return False
    state.committees.name(issuer)
    state.put(start, end, issuer, "committee")
    return True


def _committee(state: State, sight: Sight) -> None:
    text, start = state.text, sight.start
    if text[start - 1 : start] in ("/", "-"):
        return
    if sight.word in ("BAN", "TỔ") and _letterhead_committee(state, start):
        return
    found = state.committees.read(start, state.context(start).date)
    if found is None:
        if text.startswith("BAN THƯỜNG VỤ", start) and (party := state.party_of(start)) is not None:
            state.put(start, start + len("BAN THƯỜNG VỤ"), f"Ban Thường vụ {party}", "party")
        return
    end, name = found
    office = start - len("Văn phòng ")
    if text.startswith("Văn phòng ", max(0, office)) and state.end <= office:
        state.put(office, end, f"Văn phòng {name}", "committee")
        return
    number = _NUMBER.search(text, max(0, start - 5), start)
    if number is not None and name.startswith("Tổ "):
        owner = f" của {short(state.committees.last)}" if state.committees.last else ""
        state.put(number.start(), end, f"nhóm: {number[0]}{name}{owner}", "committee")
        return
    state.put(start, end, _owned(state, start, end, name), "committee")


def _owned(state: State, start: int, end: int, name: str) -> str:
    """Return `name` as the committees of a group that set them up, where the sentence says so."""
    text = state.text
    place = _AT_GROUP.match(text, end)
    if place is not None:
        at = place.end() + (len("các ") if text.startswith("các ", place.end()) else 0)
        group = state.knowledge.groups.at(text, state.low, at)
        if group is not None:
            return f"nhóm: {name} của {group.name.removeprefix('nhóm: ')}"
    last = state.last
    if last is not None and last.kind == "group" and start - last.end < 70 and _SET_UP.search(text, last.end, start):
        name = name if text[start:end].lower() != "ban chỉ đạo" else "Ban Chỉ đạo"
        return f"nhóm: {name} của {last.canonical.removeprefix('nhóm: ')}"
    return name


def _organ(state: State, sight: Sight) -> None:
    """ "Thường trực Ban Chỉ đạo", "Tổ Giúp việc", "lãnh đạo Ban Chỉ đạo": organs of the committee spoken of."""
    text, start = state.text, sight.start
    match = _ORGAN.match(text, start)
    committee = state.committees.read(match.end(), state.context(start).date) if match is not None else None
    if match is not None and committee is not None:
        lead = match[0].strip()
        if lead.lower() == "lãnh đạo":
            state.put(start, committee[0], f"nhóm: lãnh đạo {short(committee[1])}", "person_title")
        else:
            state.put(start, committee[0], f"{lead} {short(committee[1])}", "committee")
    elif (alone := _HELPERS.match(text, start)) and state.committees.last:
        state.put(start, alone.end(), f"Tổ Giúp việc {short(state.committees.last)}", "committee")
    elif text.startswith(("Tổ Công tác", "Tổ công tác", "TỔ CÔNG TÁC"), start):
        _committee(state, sight)
    else:
        _any_title(state, sight)


def _standing(state: State, sight: Sight) -> None:
    """ "Cơ quan Thường trực (Ban Chỉ đạo)": the body that was said to be it."""
    text, start = state.text, sight.start
    match = _STANDING.match(text, start)
    if match is None:
        return
    end = match.end()
    committee = state.committees.read(end + 1, state.context(start).date) if text.startswith(" ", end) else None
    spoken = committee[1] if committee else state.committees.last or ""
    body = state.standing
    if body is None and spoken.startswith("Ban Chỉ đạo Trung ương về phát triển khoa học"):
        body = "Văn phòng Trung ương Đảng"
    if body is None and committee is not None:
        state.put(start, committee[0], f"Cơ quan Thường trực {short(committee[1])}", "committee")
    elif body is not None:
        row = state.knowledge.by_name.get(body)
        state.put(start, committee[0] if committee else end, body, row[0].kind if row else "department")


def _council(state: State, sight: Sight) -> None:
    """ "Hội đồng" alone: the council named last."""
    match = _COUNCIL.match(state.text, sight.start)
    if match is not None and state.council is not None:
        state.put(sight.start, match.end(), state.council, "committee")


def _party(state: State, sight: Sight) -> None:
    text, start, end = state.text, sight.start, sight.end
    if sight.word != "Đảng" or _PARTY_WORD.match(text, end):
        return
    if _OF.search(text, max(0, start - 14), start) or _STATE_BESIDE.match(text, end):
        state.put(start, end, "Đảng Cộng sản Việt Nam", "party")


def _nation(state: State, sight: Sight) -> None:
    text, start = state.text, sight.start
    if text.startswith("Nhà nước", start) and _PARTY_AND.search(text, max(0, start - 12), start):
        state.put(start, start + len("Nhà nước"), "Nhà nước Việt Nam", "government")


def _centre(state: State, sight: Sight) -> None:
    """ "Trung ương" beside the Politburo or as author of a resolution; "TW" that gives tasks."""
    text, start = state.text, sight.start
    if sight.word == "TW":
        body = state.committees.central()
        if body is not None and _GIVES.match(text, sight.end):
            state.put(start, sight.end, body, "committee")
        return
    end = start + len("Trung ương")
    if not text.startswith("Trung ương", start) or text.startswith(" và địa", end):
        return
    if _WITH_CENTRE.match(text, end) or _RESOLUTION_OF.search(text, max(0, start - 60), start):
        state.put(start, end, "Ban Chấp hành Trung ương Đảng", "party")


def _letterhead_office(state: State, sight: Sight) -> None:
    """ "VĂN PHÒNG" in a letterhead, below the body it belongs to."""
    start, last = sight.start, state.last
    begin, stop = state.line(start)
    if state.text[begin:stop].strip() == "VĂN PHÒNG" and last is not None and start - last.end <= 4:
        state.put(start, start + len("VĂN PHÒNG"), f"Văn phòng {last.canonical}", last.kind)


def _scholar(state: State, sight: Sight) -> None:
    match = _SCHOLAR.match(state.text, sight.start)
    stop = state.knowledge.grammar.people.end(state.text, match.end()) if match else 0
    if match is not None and stop > match.end():
        state.put(sight.start, stop, " ".join(state.text[sight.start : stop].split()), "person_title")


def _abroad(state: State, sight: Sight) -> None:
    """ "TT Nhật Bản": the head of another government."""
    country = state.knowledge.grammar.country(state.text, state.low, sight.end)
    if country is not None:
        state.put(sight.start, country[0], f"{country[1].leader} {country[1].name}", "person_title")


def _filed(state: State, sight: Sight) -> None:
    """Read the units of the filing line: "Lưu: VT, ĐCK (3)"."""
    text, start = state.text, sight.start
    match = _FILED.match(text, start)
    begin, stop = state.line(start)
    if match is None or start - begin > 6 or (":" not in match[0] and not text.startswith("VT", match.end())):
        return
    issuer = state.context(start).issuer
    knowledge = state.knowledge
    for code in _FILE_CODE.finditer(text, match.end(), stop):
        coded = (row for row in knowledge.codes.get(code[0], ()) if code[0] in row.codes)
        row = knowledge.grammar.abbreviations.get(code[0]) or next(coded, None)
        if code[0] == "VT":
            state.put(code.start(), code.end(), "Văn thư", "department")
        elif unit := knowledge.filed_unit(code[0], issuer or ""):
            state.put(code.start(), code.end(), unit, "department")
        elif row is not None:
            state.put(code.start(), code.end(), row.name, row.kind)
        elif code[0].isupper():
            name = f"Đơn vị soạn thảo {code[0]}" + (f", {issuer}" if issuer else "")
            state.put(code.start(), code.end(), name, "department")


def _units_in_line(state: State, sight: Sight) -> None:
    """Read the codes behind "các Vụ:" in a body's line of the distribution list: "VPCP: các Vụ: KTTH, PL"."""
    match = _UNITS.match(state.text, sight.start)
    begin, _ = state.line(sight.start)
    owner = state.owner_of_line(begin, sight.start)
    if match is None or owner is None:
        _any_title(state, sight)
        return
    for code in _CODE.finditer(state.text, match.end(1), match.end()):
        if unit := state.knowledge.filed_unit(code[0], owner):
            state.put(code.start(), code.end(), unit, "department")


_RULES: dict[str, Callable[[State, Sight], None]] = {
    "bộ": _ministry,
    "sở": _department,
    "ban": _committee,
    "bcđ": _committee,
    "tiểu": _committee,
    "cơ": _standing,
    "thường": _organ,
    "lãnh": _organ,
    "tổ": _organ,
    "hội": _council,
    "đảng": _party,
    "nhà": _nation,
    "trung": _centre,
    "tw": _centre,
    "tt": _abroad,
    "gs": _scholar,
    "pgs": _scholar,
    "ts": _scholar,
    "ths": _scholar,
    "văn": _letterhead_office,
    "lưu": _filed,
    "đồng": _comrade,
    "đồng chí": _comrade,
    "thủ trưởng": _small_title,
    "người đứng đầu": _small_title,
    "lãnh đạo": _small_title,
    "bộ trưởng": _small_title,
    **dict.fromkeys(("pcn", "cvp", "pcvp", "thủ", "thứ", "phó", "chủ", "giám", "chánh", "cục", "tổng"), _any_title),
    **dict.fromkeys(("bí", "thống", "viện", "trưởng", "ủy", "chi", "người", "thành"), _any_title),
    **dict.fromkeys(("tư", "chỉ", "hiệu"), _any_title),
    "vụ": _units_in_line,
}
