"""Titles whose body only the document can tell: "Bộ trưởng (để b/c)", "KT. CHỦ TỊCH", "Trưởng Ban Chỉ đạo"."""

from __future__ import annotations

import re

from vnlegal.agencies.committees import short
from vnlegal.agencies.localities import take_heads
from vnlegal.agencies.persons import chain, comrade, office_of_issuer, read_title, widen
from vnlegal.agencies.state import State
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_rows import TitleRow

_DISTRIBUTION = re.compile(r"ơi nhận|Lưu ?:|Như (?:trên|điều|Điều)|\(để b/c\)|\(để báo cáo\)")
_MANY_BEFORE = re.compile(r"các (?:đồng chí )?$")
_NEXT_TITLE = re.compile(r"[ ](?=[A-ZĐ])")
_COMMITTEE_OFFICE = re.compile(r", ((?:Phó )?Trưởng) [Bb]an(?= [Cc]hỉ đạo)")
_IN_COMMITTEE = (" thành viên ban", " ủy viên ban chỉ", " trưởng ban", " phó trưởng ban")
# An entry of a distribution list that names no person names all who hold the office.
_ENTRY = re.compile(r"(?:^|\n)[-+–•] ?(?:Các )?$")
_MEMBERS = ("Thành viên", "Ủy viên", "Ủy viên Thường trực", "Lãnh đạo")
_LETTER_TO = re.compile(r"[a-zà-ỹ] $")
_GOES_ON = re.compile(r" [a-zà-ỹđ]")


def title(state: State, start: int, *, acts: bool = False) -> bool:
    """Read an office without its body at `start`. Return whether one was read.

    In signatures and distribution lists it is the issuer's; in orders "Bộ trưởng, Thủ trưởng …" is a group.
    `acts`: a verb of acting follows, so that a minister in the text is the issuer's too.
    """
    found = state.knowledge.grammar.bare_title(state.low, start)
    if found is None:
        return False
    end, row = found
    if _in_committee(state, start, end, row) or _in_party(state, start, end) or _of_group(state, start, end, row):
        return True
    return _of_issuer(state, start, end, row, acts=acts)


def _in_committee(state: State, start: int, end: int, row: TitleRow) -> bool:
    date = state.context(start).date
    if row.office == "Ban " and (at := state.low.rfind("ban", start, end)) > start:
        committee = state.committees.read(at, date)
        if committee is not None and committee[0] > end:
            name = f"{row.name.removesuffix('Ban').strip()} {short(committee[1])}"
            _add(state, Hit(start, committee[0], name, "person_title", "agency.title"))
            return True
    if row.name in _MEMBERS and state.low.startswith(" ban chỉ đạo", end):
        committee = state.committees.read(end + 1, date)
        if committee is not None:
            name = f"{row.name} {short(committee[1])}"
            many = row.group or _ENTRY.search(state.text, max(0, start - 4), start) is not None
            name = f"nhóm: {name[0].lower()}{name[1:]}" if many else name
            _add(state, Hit(start, committee[0], name, "person_title", "agency.title"))
            return True
    return False


def _in_party(state: State, start: int, end: int) -> bool:
    if not state.low.startswith((" đảng ủy", " đảng uỷ"), end):
        return False
    party = state.party_of(start)
    hit = read_title(state.text, state.low, start, state.knowledge, party)
    if hit is None:
        return False
    hit = widen(state.text, state.low, hit, state.end, state.knowledge)
    state.add(chain(state.text, state.low, hit, state.knowledge, named=False, party=party))
    return True


def _of_group(state: State, start: int, end: int, row: TitleRow) -> bool:
    if not row.plural or state.text[start:end].isupper():
        return False
    rest = state.low[end : end + 24]
    many = _MANY_BEFORE.search(state.low, max(0, start - 14), start) is not None
    if not many and not rest.startswith((", thủ trưởng", " và thủ trưởng", ", chủ tịch", " các bộ")):
        return False
    if rest.startswith(" các bộ") and not rest[7:8].isalpha():
        end += len(" các bộ")
    hit = Hit(start, end, row.plural, "person_title", "agency.title", group=True)
    if not take_heads(state, hit):
        _add(state, hit)
    return True


def _of_issuer(state: State, start: int, end: int, row: TitleRow, *, acts: bool) -> bool:
    text = state.text
    begin, stop = state.line(start)
    line = text[begin:stop]
    signed = text[start:end].isupper() and line.isupper() and len(line) < 90
    listed = line.startswith(("-", "+", "–", "•")) and _DISTRIBUTION.search(text, max(0, begin - 300), stop) is not None
    if not (signed or listed or (acts and row.name == "Bộ trưởng" and text[start].isupper())):
        return False
    name = office_of_issuer(row, state.owner_of_line(begin, start) or state.context(start).issuer)
    if name is None and "Đảng ủy" in row.of and (party := state.party_of(start)) is not None:
        name = f"{row.name} {party}"
    if name is None:
        return False
    _add(state, Hit(start, end, name, "person_title", "agency.title"))
    following = _NEXT_TITLE.match(text, end)
    if signed and following is not None and following.end() < stop:
        title(state, following.end())
    return True


def _add(state: State, hit: Hit) -> None:
    state.add(widen(state.text, state.low, hit, state.end, state.knowledge))


def plural_title(state: State, start: int, word: str) -> bool:
    """Read "thủ trưởng cơ quan ngang bộ", "bí thư tỉnh ủy, thành ủy" in small letters."""
    hit = state.knowledge.grammar.title(state.text, state.low, start)
    if hit is None or not hit.group:
        return False
    last = state.last
    joined = last is not None and last.kind == "person_title" and start - last.end < 6
    weak = word in ("người đứng đầu", "lãnh đạo") and not joined
    if weak and not state.knowledge.groups.acts(state.text, state.low, start):
        return False
    _add(state, hit)
    return True


def comrades(state: State, start: int) -> None:
    """Read "đồng chí" and what follows; alone and as an address it is the persons written to."""
    text, end = state.text, start + len("đồng chí")
    hit = comrade(text, state.low, start, state.knowledge, state.party_of(start))
    if hit is not None:
        state.add(_with_committee_office(state, hit))
    elif state.low.startswith(_IN_COMMITTEE, end):
        title(state, end + 1)
    elif state.persons is not None and text[start] == "Đ" and _addressed(text, start, end):
        state.put(start, end, state.persons, "person_title")


def _addressed(text: str, start: int, end: int) -> bool:
    """Whether "Đồng chí" opens a sentence written to the persons of the address."""
    return _LETTER_TO.search(text, max(0, start - 2), start) is not None and _GOES_ON.match(text, end) is not None


def _with_committee_office(state: State, hit: Hit) -> Hit:
    """Take in ", Trưởng Ban Chỉ đạo" behind a comrade's office."""
    link = _COMMITTEE_OFFICE.match(state.text, hit.end)
    if link is None or hit.group:
        return hit
    committee = state.committees.read(link.end() - len("ban"), state.context(hit.start).date)
    if committee is None:
        return hit
    return hit._replace(end=committee[0], name=f"{hit.name}, {link[1]} {short(committee[1])}")
