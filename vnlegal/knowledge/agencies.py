"""Who the bodies of the Vietnamese state are, how they are named, and who took over from them.

`canonical_name` reads one name ("Sở KH&CN tỉnh Đồng Tháp"), `successors` tells who answers for a body today.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vnlegal.knowledge.agency_grammar import Grammar, Hit
from vnlegal.knowledge.agency_groups import Groups
from vnlegal.knowledge.agency_places import Places, full_name
from vnlegal.knowledge.agency_rows import (
    AgencyRow,
    CommitteeRow,
    CountryRow,
    ExclusionRow,
    ExpansionRow,
    FilingRow,
    LocalRow,
    MemberRow,
    OrganRow,
    ProvinceRow,
    SectorRow,
    TitleRow,
    UnitRow,
    WordsRow,
)
from vnlegal.knowledge.agency_units import Units
from vnlegal.knowledge.files import read_toml, read_tsv

_GRAMMAR = "agency_grammar.toml"


@dataclass(frozen=True, slots=True, eq=False)
class AgencyKnowledge:
    """What is known of agencies, with the compiled grammar of their names."""

    agencies: tuple[AgencyRow, ...]
    provinces: tuple[ProvinceRow, ...]
    sectors: tuple[SectorRow, ...]
    locals: tuple[LocalRow, ...]
    titles: tuple[TitleRow, ...]
    grammar: Grammar
    groups: Groups
    places: Places
    words: dict[str, tuple[str, ...]]
    codes: dict[str, tuple[AgencyRow, ...]]
    by_name: dict[str, tuple[AgencyRow, ...]]
    filings: tuple[FilingRow, ...] = ()

    def filed_unit(self, code: str, issuer: str) -> str | None:
        """Return the unit that `code` stands for in a distribution list of `issuer`, with the body it belongs to."""
        for row in self.filings:
            if issuer.startswith(row.of):
                unit = next((name for key, _, name in (pair.partition("=") for pair in row.units) if key == code), None)
                if unit is not None:
                    return f"{unit}, {row.owner or issuer}"
        return None


def load_agencies(extra: Path | None) -> AgencyKnowledge:
    """Read the files on agencies and compile their grammar."""
    agencies = read_tsv("agencies.tsv", AgencyRow, extra)
    provinces = read_tsv("provinces.tsv", ProvinceRow, extra)
    sectors = read_toml(_GRAMMAR, "sector", SectorRow, extra)
    locals_ = read_toml(_GRAMMAR, "local", LocalRow, extra)
    titles = read_toml(_GRAMMAR, "title", TitleRow, extra)
    words: dict[str, tuple[str, ...]] = {}
    for table in read_toml(_GRAMMAR, "words", WordsRow, extra):
        words[table.kind] = (*words.get(table.kind, ()), *table.words)
    groups = Groups(read_toml(_GRAMMAR, "member", MemberRow, extra), words)
    units = read_toml(_GRAMMAR, "unit", UnitRow, extra)
    places = Places(provinces, words["region"])
    grammar = Grammar(
        agencies,
        places,
        sectors=sectors,
        locals_=locals_,
        committees=read_toml(_GRAMMAR, "committee", CommitteeRow, extra),
        organs=read_toml(_GRAMMAR, "committee_organ", OrganRow, extra),
        units=units,
        titles=titles,
        countries=read_toml(_GRAMMAR, "country", CountryRow, extra),
        exclusions=read_toml(_GRAMMAR, "exclusion", ExclusionRow, extra),
        reader=Units(words, read_toml(_GRAMMAR, "expansion", ExpansionRow, extra), _heads(units, locals_)),
        surnames=words["surname"],
        groups=groups,
    )
    codes: dict[str, tuple[AgencyRow, ...]] = {}
    by_name: dict[str, tuple[AgencyRow, ...]] = {}
    for row in agencies:
        by_name[row.name] = (*by_name.get(row.name, ()), row)
        for code in row.codes:
            for key in {code, _squeezed(code)}:
                codes[key] = (*codes.get(key, ()), row)
    return AgencyKnowledge(
        agencies=agencies,
        provinces=provinces,
        sectors=sectors,
        locals=locals_,
        titles=titles,
        grammar=grammar,
        groups=groups,
        places=places,
        words=words,
        codes=codes,
        by_name=by_name,
        filings=read_toml(_GRAMMAR, "filing", FilingRow, extra),
    )


_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[*_#|]+")
_DOUBLED = re.compile(r"(.)\1+")
_QUANTIFIED = re.compile(r"(?:các|những|\d+) ")
_LEVEL = re.compile(r"^(?:tỉnh|[Tt]hành phố) ")
_IN_PROVINCE = re.compile(r"(tỉnh|[Tt]hành phố) (\S.*)$")
_COMMITTEE_OF = re.compile(r"(?:Tỉnh|Thành) ủy (.+)$")
_COMMITTEE_END = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị) (?:ủy|đoàn)$")
_DISTRICT = re.compile(r"(?:Ủy ban nhân dân|Hội đồng nhân dân) (?:quận|huyện|thị xã) ")
_OFFICE_OF = re.compile(
    r"((?:Phó )?(?:Giám đốc|Chủ tịch|Bí thư|Chánh Văn phòng|Bộ trưởng|Thứ trưởng|Tổng cục trưởng)) (.+)$"
)
_ORGAN_LINE = re.compile(
    r"(?:VĂN PHÒNG|BAN (?:THƯỜNG VỤ|TỔ CHỨC|CHẤP HÀNH|NỘI CHÍNH|TUYÊN GIÁO(?: VÀ DÂN VẬN)?|DÂN VẬN|XÂY DỰNG ĐẢNG)"
    r"|(?:ỦY|UỶ) BAN KIỂM TRA)(?=\n|$)"
)
_ORGANS = {
    "VĂN PHÒNG": "Văn phòng",
    "BAN THƯỜNG VỤ": "Ban Thường vụ",
    "BAN TỔ CHỨC": "Ban Tổ chức",
    "BAN CHẤP HÀNH": "Ban Chấp hành",
    "BAN NỘI CHÍNH": "Ban Nội chính",
    "BAN TUYÊN GIÁO": "Ban Tuyên giáo",
    "BAN TUYÊN GIÁO VÀ DÂN VẬN": "Ban Tuyên giáo và Dân vận",
    "BAN DÂN VẬN": "Ban Dân vận",
    "BAN XÂY DỰNG ĐẢNG": "Ban Xây dựng Đảng",
    "ỦY BAN KIỂM TRA": "Ủy ban Kiểm tra",
}


def _heads(units: Sequence[UnitRow], locals_: Sequence[LocalRow]) -> frozenset[str]:
    """Return the first words of bodies' names, in lower case: before one of them another name has ended."""
    names = [name for unit in units for name in (unit.head, *unit.aliases)]
    names += [name for local in locals_ for name in (local.name, *local.aliases)]
    return frozenset(name.split()[0].lower() for name in (*names, "Bộ", "Sở", "Các", "Đảng", "Tập", "Khu", "Phòng"))


def _squeezed(code: str) -> str:
    """Return a code without the doublings writers put into it (BKHDĐT for BKHĐT)."""
    return _DOUBLED.sub(r"\1", code.replace("Đ", "D"))


def lower(text: str) -> str:
    """Return `text` in lower case, of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def complete(hit: Hit, place: str | None) -> str:
    """Return the full name of a hit whose place is the issuer's: "Ủy ban nhân dân" + "tỉnh Đồng Tháp".

    `place` is the issuer's province in full, None where it is not known.
    """
    if not hit.own:
        return hit.name
    committee = _COMMITTEE_END.search(hit.name)
    if hit.own == "?":
        whole = hit.name.startswith(("Ủy ban nhân dân", "Hội đồng nhân dân", "Chủ tịch Ủy ban", "Phó Chủ tịch Ủy ban"))
        return f"{hit.name} {place}" if whole and place else hit.name
    if place is not None and place.lower().startswith(hit.own):
        if committee:
            name = place.removeprefix("tỉnh ").removeprefix("thành phố ")
            return f"{hit.name} {name.removeprefix('Thành phố ') if name != 'Thành phố Hồ Chí Minh' else name}"
        return f"{hit.name} {place}"
    return hit.name if committee else f"{hit.name} {hit.own}"


def province_of(name: str, knowledge: AgencyKnowledge) -> str | None:
    """Return the province (with its level) in which a canonical name says the body is, None if it says none."""
    match = _IN_PROVINCE.search(name)
    row = None
    if match is not None:
        row = next((r for r in knowledge.places.rows(match[2]) if r.level == match[1].lower()), None)
    if row is None and (committee := _COMMITTEE_OF.search(name)):
        rows = knowledge.places.rows(committee[1].removeprefix("Thành phố "))
        row = rows[0] if rows else None
    return full_name(row) if row is not None else None


def canonical_name(
    text: str, knowledge: AgencyKnowledge, on: str | None = None, context: str | None = None
) -> tuple[str, str] | None:
    """Return (canonical name, kind) of a body, title or group written as `text`, None if it is not wholly one.

    `on`: ISO date on which it was written. `context`: canonical name of the issuer, or of its province, for names
    that leave their place out ("UBND tỉnh").
    """
    words = " ".join(_MARKS.sub(" ", text).split()).strip(" .,;:-–")
    if not words:
        return None
    if code := knowledge.grammar.abbreviations.get(words):
        return code.name, code.kind
    low = lower(words)
    hit = knowledge.grammar.at(words, low, 0)
    if hit is None or hit.end != len(words):
        offset = _QUANTIFIED.match(low)
        hit = knowledge.groups.at(words, low, offset.end() if offset else 0, loose=True) or hit
    if hit is None or hit.end != len(words):
        return None
    return complete(hit, province_of(context, knowledge) if context else None), hit.kind


def issuer_name(lines: Sequence[str], knowledge: AgencyKnowledge, on: str | None = None) -> tuple[str, str] | None:
    """Return (canonical name, kind) of who issues a document, from the lines of its letterhead, the superior first.

    "UBND TỈNH X" over "SỞ Y TẾ" is "Sở Y tế tỉnh X", "ĐẢNG ỦY CHÍNH PHỦ" over "VĂN PHÒNG" its "Văn phòng".
    """
    whole = "\n".join(" ".join(_MARKS.sub(" ", line).split()) for line in lines)
    low = lower(whole)
    above: str | None = None
    best: tuple[str, str] | None = None
    done = 0
    for match in _WORD.finditer(whole):
        if match.start() < done:
            continue
        glued = 0 < done == match.start() - 1 and whole[done] == " " and whole[done + 1 : done + 5].isupper()
        begins = match.start() == 0 or whole[match.start() - 1] == "\n" or glued
        bare = _ORGAN_LINE.match(whole, match.start())
        if bare is not None and above is not None:
            if above.startswith("Đảng bộ "):
                above = _committee_of(above.removeprefix("Đảng bộ "))
            best, done = (_organ_of(bare[0], above, knowledge), best[1] if best else "party"), bare.end()
            continue
        hit = knowledge.grammar.at(whole, low, match.start()) if begins else None
        if hit is None and begins and low.startswith(("đảng bộ tỉnh ", "đảng bộ thành phố "), match.start()):
            place = knowledge.places.located(whole, low, match.start() + len("đảng bộ "))
            above, done = (f"Đảng bộ {full_name(place[1])}", place[0]) if place else (above, done)
        if hit is None or hit.group:
            continue
        name = complete(hit, province_of(above, knowledge) if above else None)
        if above is not None and hit.own == "?" and (of := province_of(above, knowledge)) and of not in name:
            name = f"{name} {of}"
        above, best, done = name, (name, hit.kind), hit.end
    return best


def _organ_of(organ: str, body: str, knowledge: AgencyKnowledge) -> str:
    """Return the full name of an organ that a letterhead names below its body."""
    organ = _ORGANS[organ.replace("UỶ", "ỦY")]
    if body == "Ban Chấp hành Trung ương Đảng":
        row = knowledge.grammar.named(f"{organ} Trung ương")
        return row.name if row is not None else f"{organ} Trung ương"
    return f"{organ} {body.removeprefix('Đảng ủy ') if organ.endswith('Đảng') else body}"


def by_code(code: str, knowledge: AgencyKnowledge, on: str | None = None) -> AgencyRow | None:
    """Return the body whose symbol in document numbers is `code` ("BKHĐT"), on the ISO date `on`."""
    rows = knowledge.codes.get(code, ()) or knowledge.codes.get(_squeezed(code), ())
    valid = [row for row in rows if on is None or (row.valid_from <= on and (not row.valid_to or on < row.valid_to))]
    chosen = valid or rows
    return chosen[0] if chosen else None


def successors(canonical: str, knowledge: AgencyKnowledge, on: str | None = None) -> tuple[str, ...]:
    """Return who answers today for what `canonical` named on the ISO date `on`; empty while it still exists.

    A successor for one field only has the field in brackets behind it.
    """
    return tuple(dict.fromkeys(_successors(canonical, knowledge, on or "9999", depth=0)))


def _successors(canonical: str, knowledge: AgencyKnowledge, on: str, depth: int) -> list[str]:
    if depth > 8:
        return []
    bare, _, field = canonical.partition(" (")
    rows = knowledge.by_name.get(bare)
    if rows is not None:
        row = next((r for r in rows if r.valid_from <= on and (not r.valid_to or on < r.valid_to)), rows[0])
        if not row.valid_to:
            return []
        out: list[str] = []
        for name in row.successors:
            here = f"{name} ({field}" if field and "(" not in name else name
            out += _successors(name, knowledge, row.valid_to, depth + 1) or [here]
        return out
    return _local_successors(bare, knowledge, on, depth)


def _local_successors(name: str, knowledge: AgencyKnowledge, on: str, depth: int) -> list[str]:
    """Follow a department to its new sector and a body to the province its own was merged into."""
    head, title = name, ""
    if match := _OFFICE_OF.match(name):
        title, head = f"{match[1]} ", match[2]
        if head in knowledge.by_name:
            return [f"{_title_in(body, title)}{body}" for body in _successors(head, knowledge, on, depth + 1)]
    changed = [head]
    if head.startswith("Sở "):
        for sector in sorted(knowledge.sectors, key=lambda s: -len(s.name)):
            if sector.valid_to and re.match(re.escape(f"Sở {sector.name}") + r"(?= tỉnh| [Tt]hành|$)", head):
                changed = [head.replace(sector.name, s, 1) for s in sector.successors]
                break
    out = []
    for body in changed:
        place = province_of(body, knowledge)
        rows = knowledge.places.rows(_LEVEL.sub("", place)) if place else []
        row = next((r for r in rows if full_name(r) == place), None)
        if row is None or not row.merged_into or place is None:
            out.append(body)
            continue
        for merged in row.merged_into:
            new = full_name(knowledge.places.rows(merged)[0])
            moved = body.replace(place, new) if place in body else _COMMITTEE_OF.sub(_committee_of(new), body)
            out += _local_successors(moved, knowledge, on, depth + 1) or [moved]
    if _DISTRICT.match(head):
        return [f"nhóm: {title}{head[: head.index('dân') + 3]} cấp xã trên địa bàn"]
    return [] if out == [head] else [title + body for body in out]


def _title_in(body: str, title: str) -> str:
    """Return how the head of `body` is called: the head of what was a Tổng cục and is a Cục is its Cục trưởng."""
    return "Cục trưởng " if title == "Tổng cục trưởng " and body.startswith("Cục ") else title


def _committee_of(place: str) -> str:
    level, _, name = place.partition(" ")
    if level == "tỉnh":
        return f"Tỉnh ủy {name}"
    return f"Thành ủy {place if 'Hồ Chí Minh' in place else name.removeprefix('phố ')}"
