"""Persons by title: "đồng chí Tổng Bí thư Tô Lâm", "Bí thư Đảng ủy, Thủ tướng Chính phủ", "các Thứ trưởng"."""

from __future__ import annotations

import re

from vnlegal.agencies.committees import short
from vnlegal.knowledge.agencies import AgencyKnowledge
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_rows import TitleRow

_BEFORE = re.compile(r"(?<!\w)(?:(?P<many>các|những)[ ])?(?:đồng[ ]chí[ ]|ông[ ]|bà[ ])?$")
_MANY = re.compile(r"(?:các|những)[ ]$")
_TOKEN = re.compile(r"\w+")
_AFTER_NAME = re.compile(r",?[ ](?:-[ ])?")
# Offices that several persons hold at a time: the personal name tells which one is meant.
_DEPUTY = re.compile(r"^(?:Phó|Thứ trưởng|Trợ lý|Ủy viên|Thành viên|Đại biểu)")
_HELD_TOGETHER = re.compile(r"^Bí thư")


def widen(text: str, low: str, hit: Hit, floor: int, knowledge: AgencyKnowledge) -> Hit:
    """Take in what belongs to a title: "các đồng chí" before it (not before `floor`), a personal name behind it."""
    start, end, name, group = hit.start, hit.end, hit.name, hit.group
    before = _BEFORE.search(low, max(floor, start - 18), start)
    if before is not None and before[0]:
        start = before.start()
        if before["many"] and not group:
            name, group = f"nhóm: các {name}", True
        elif before["many"] and not name.startswith("nhóm: các"):
            name = f"nhóm: các {name.removeprefix('nhóm: ')}"
    if group or text[end : end + 1] != " ":
        return hit._replace(start=start, name=name, group=group)
    stop = knowledge.grammar.people.end(text, end + 1)
    if stop == end + 1 and _DEPUTY.match(name) and text[start:end].isupper():
        stop = knowledge.grammar.people.end_in_capitals(text, low, end + 1)
        if stop > end + 1:
            return hit._replace(start=start, end=stop, name=f"{name} {text[end + 1 : stop].title()}")
    elif stop > end + 1:
        if not knowledge.grammar.people.is_vietnamese(text, end + 1):
            name = " ".join(text[hit.start : stop].split())
        elif _DEPUTY.match(name) and not hit.own:  # the place comes behind the office, not behind the person
            name = f"{name} {' '.join(text[end + 1 : stop].split())}"
        end = stop
    return hit._replace(start=start, end=end, name=name)


def chain(text: str, low: str, hit: Hit, knowledge: AgencyKnowledge, *, named: bool, party: str | None) -> Hit:
    """Join the offices of one person: "Bí thư Đảng ủy Chính phủ, Thủ tướng Chính phủ".

    `named`: the person's name stands before the offices. `party`: what a bare "Đảng ủy" is.
    """
    joined = named or (_HELD_TOGETHER.match(hit.name) is not None and _ends_in_office(text, hit, knowledge))
    while joined and text.startswith(", ", hit.end) and not hit.group:
        more = read_title(text, low, hit.end + 2, knowledge, party)
        if more is None or more.kind != "person_title" or more.group:
            break
        more = widen(text, low, more, more.start, knowledge)
        hit = hit._replace(end=more.end, name=f"{hit.name}, {more.name}")
    return hit


def _ends_in_office(text: str, hit: Hit, knowledge: AgencyKnowledge) -> bool:
    """Whether no personal name closes the title: then a comma may lead to a further office of the same person."""
    blanks = [hit.start + n for n, letter in enumerate(text[hit.start : hit.end]) if letter == " "]
    return not any(knowledge.grammar.people.end(text, blank + 1) == hit.end for blank in blanks)


def of_country(text: str, low: str, hit: Hit, knowledge: AgencyKnowledge) -> Hit:
    """Tell "Thủ tướng Nhật Bản" from ours."""
    country = knowledge.grammar.country(text, low, hit.end) if not hit.group else None
    if country is None or "chính phủ" in low[hit.start : hit.end]:
        return hit
    name = hit.name.removesuffix(" Chính phủ")
    return hit._replace(end=country[0], name=f"{name} {country[1].name}")


def read_title(text: str, low: str, start: int, knowledge: AgencyKnowledge, party: str | None = None) -> Hit | None:
    """Read the office at `start`, abbreviations (TTgCP) included; a bare "Đảng ủy" is `party`."""
    hit = knowledge.grammar.at(text, low, start)
    if hit is None and party is not None and (office := knowledge.grammar.bare_title(low, start)):
        end, row = office
        if low.startswith((" đảng ủy", " đảng uỷ"), end):
            return Hit(start, end + 8, f"{row.name} {party}", "person_title", "agency.title")
    token = _TOKEN.match(text, start)
    short = knowledge.grammar.abbreviations.get(token[0]) if token else None
    if token and short is not None and short.kind == "person_title" and (hit is None or hit.end < token.end()):
        return Hit(start, token.end(), short.name, short.kind, "agency.abbreviation")
    return hit


def comrade(text: str, low: str, start: int, knowledge: AgencyKnowledge, party: str | None) -> Hit | None:
    """Read what follows "đồng chí" at `start`: a name with offices, or offices; a name alone is nothing."""
    at = start + len("đồng chí ")
    stop = knowledge.grammar.people.end(text, at)
    named = stop > at
    if named:
        link = _AFTER_NAME.match(text, stop)
        if link is None:
            return None
        at = link.end()
    hit = read_title(text, low, at, knowledge, party)
    if hit is None or hit.kind != "person_title":
        return None
    wide = widen(text, low, hit, at, knowledge)
    wide = chain(text, low, wide, knowledge, named=named, party=party)
    many = _MANY.search(low, max(0, start - 6), start)
    if many is None:
        return wide._replace(start=start)
    name = wide.name if wide.group else f"nhóm: các {wide.name}"
    return wide._replace(start=many.start(), name=name, group=True)


def office_of_issuer(row: TitleRow, issuer: str | None) -> str | None:
    """Return the office `row` in the issuing body ("Bộ trưởng" → "Bộ trưởng Bộ Công Thương")."""
    if issuer is None:
        return None
    if row.office and not issuer.startswith(row.of) and row.name.startswith(("Chánh", "Phó Chánh")):
        return f"{row.name} {issuer}"
    if not issuer.startswith(row.of):
        return None
    if issuer.startswith("Ban Chỉ đạo"):
        issuer = short(issuer)
    shared = row.office and row.name.endswith(row.office.strip())
    return f"{row.name} {issuer.removeprefix(row.office) if shared else issuer}"
