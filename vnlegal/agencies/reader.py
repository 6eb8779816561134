"""Takes what the scan sees, in order, and makes mentions of it, with what the document has said before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from vnlegal.agencies import anaphora
from vnlegal.agencies.committees import Committees, short
from vnlegal.agencies.context import Context
from vnlegal.agencies.model import AgencyFound
from vnlegal.agencies.persons import chain, of_country, read_title, widen
from vnlegal.agencies.scan import Sight, is_symbol
from vnlegal.knowledge.agencies import AgencyKnowledge, complete, province_of, successors
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_places import full_name

_BESIDE = re.compile(r"[ ][-–—][ ]")
_STANDING = re.compile(r"[Cc]ơ quan [Tt]hường trực|CƠ QUAN THƯỜNG TRỰC")
_LAW_BEFORE = re.compile(r"(?:[Ll]uật|[Pp]háp lệnh)(?: [Tt]ổ chức)? $")
_ADDRESS = re.compile(r"Địa chỉ:(?:(?!Hà Nội|Hồ Chí Minh|Việt Nam)[^\n\t<|)]){0,160}$")
_LEVEL = re.compile(r"(?:tỉnh|thành[ \n]phố) ")
# Issuers that have a province, so that a bare "UBND tỉnh" in their documents is its committee.
_OF_A_PLACE = re.compile(r"Ủy ban nhân dân|Hội đồng nhân dân|Sở |Tỉnh ủy|Thành ủy|Công an|Ban Quản lý|Đoàn đại biểu|Văn phòng Ủy ban")
_OWNED = re.compile(r" (?:trực )?thuộc ")
_COMMITTEE_OFFICE = re.compile(r", ((?:Phó )?Trưởng) [Bb]an(?= [Cc]hỉ đạo)")
_HEADS_OF = re.compile(r"(Giám đốc|Cục trưởng|Vụ trưởng|Chánh Văn phòng|Bộ trưởng) các $")
_LISTED = re.compile(r",? và |, ")


class Reader:
    """The mentions of one flow, and what later ones lean on."""

    def __init__(self, text: str, low: str, knowledge: AgencyKnowledge, parts: list[Context]) -> None:
        """Read `text` (and its lower-case twin) as the documents `parts`."""
        self.text, self.low, self.knowledge = text, low, knowledge
        self._parts = parts
        self._starts = [part.start for part in parts]
        self._found: list[AgencyFound] = []
        self._today: dict[tuple[str, str | None], str | None] = {}
        self._has_address = "Địa chỉ:" in text
        self.committees = Committees(text, knowledge)
        self.end = 0
        self._heads: tuple[str, int] | None = None
        self._open: list[tuple[int, Hit]] = []
        self._places: Counter[str] = Counter()
        self.ministry: str | None = None
        self.standing: str | None = None
        self.persons: str | None = None
        self.party: str | None = None
        self.last: AgencyFound | None = None

    def context(self, position: int) -> Context:
        """Return the document that `position` lies in."""
        return self._parts[max(0, bisect_right(self._starts, position) - 1)]

    def owner_of_line(self, begin: int, position: int) -> str | None:
        """Return the body at the head of a line of the distribution list ("- VPCP: BTCN, các PCN")."""
        for found in reversed(self._found):
            if found.start < begin:
                return None
            if found.end < position and self.text.startswith(":", found.end):
                return found.canonical
        return None

    def take(self, sight: Sight) -> None:
        """Turn one sight into mentions, or leave it."""
        if sight.start < self.end:
            return
        hit = sight.hit
        if hit is None:
            anaphora.take(self, sight)
            return
        if self._is_look_alike(hit):
            return
        if hit.kind == "person_title":
            hit = of_country(self.text, self.low, hit, self.knowledge)
            hit = widen(self.text, self.low, hit, self.end)
            hit = chain(self.text, self.low, hit, self.knowledge, named=False, party=self.party_of(hit.start))
        if hit.kind == "group":
            if hit.rule != "agency.group" and anaphora.take_places(self, hit):
                return
            hit = self._with_owner(hit)
        hit = self._with_titles_of_list(hit)
        self.add(self._with_apposition(hit))
        if hit.rule == "agency.group" and "tỉnh" in hit.name:
            anaphora.take_named_places(self, hit)
        if hit.rule == "agency.group" and "bộ" in hit.name:
            anaphora.take_named_ministries(self, hit)
        anaphora.take_sectors(self, hit)

    def _is_look_alike(self, hit: Hit) -> bool:
        if _LAW_BEFORE.search(self.text, max(0, hit.start - 20), hit.start):
            return True
        if is_symbol(self.text, hit.start, hit.end):
            return True
        if self._has_address and _ADDRESS.search(self.text, max(0, hit.start - 170), hit.start):
            return True
        if hit.rule == "agency.abbreviation" and (row := self.knowledge.grammar.named(hit.name)) and row.valid_to:
            date = self.context(hit.start).date
            return date is not None and int(date[:4]) > int(row.valid_to[:4]) + 3
        return False

    def _with_owner(self, hit: Hit) -> Hit:
        """Take in the body a group belongs to: "các cơ quan, đơn vị trực thuộc UBND Thành phố"."""
        link = _OWNED.match(self.text, hit.end)
        if link is None:
            return hit
        body = self.knowledge.grammar.body(self.text, self.low, link.end())
        if body is None or body.group or not self.text[link.end()].isupper():
            return hit
        name = complete(body, self.context(hit.start).province)
        return hit._replace(end=body.end, name=f"{hit.name}{link[0]}{name}")

    def _with_titles_of_list(self, hit: Hit) -> Hit:
        """Give each body of "Giám đốc các Sở A, Sở B" its head."""
        if hit.group or hit.kind == "person_title":
            return hit
        before = _HEADS_OF.search(self.text, max(0, hit.start - 24), hit.start)
        last = self.last
        if before is not None:
            self._heads = (before[1], hit.end)
        elif self._heads is None or last is None or last.end != self._heads[1]:
            self._heads = None
        elif not _LISTED.fullmatch(self.text, last.end, hit.start):
            self._heads = None
        if self._heads is None:
            return hit
        title = self._heads[0]
        self._heads = (title, hit.end)
        return hit._replace(name=f"{title} {hit.name}", kind="person_title")

    def _with_apposition(self, hit: Hit) -> Hit:
        """Take in " - Cơ quan Thường trực Ban Chỉ đạo" and " - Trưởng Ban Chỉ đạo": the same body or person."""
        beside = _BESIDE.match(self.text, hit.end)
        if beside is None or hit.group:
            return hit
        at = beside.end()
        standing = _STANDING.match(self.text, at)
        if standing is not None:
            end = standing.end()
            committee = self.committees.read(self.text, end + 1, self.context(end).date) if self.text[end : end + 1] == " " else None
            self.standing = hit.name
            return hit._replace(end=committee[0] if committee else end)
        if hit.kind == "person_title":
            second = read_title(self.text, self.low, at, self.knowledge)
            if second is not None and second.kind == "person_title":
                return hit._replace(end=second.end)
            office = self.knowledge.grammar.bare_title(self.low, at)
            if office is not None and office[1].office == "Ban ":
                committee = self.committees.read(self.text, self.text.rfind("Ban", at, office[0]), self.context(at).date)
                if committee is not None:
                    return hit._replace(end=committee[0])
        return hit

    def add(self, hit: Hit) -> None:
        """Add a mention and remember it."""
        if hit.start < self.end:
            return
        context = self.context(hit.start)
        name = complete(hit, context.province)
        kind = hit.kind
        local = context.issuer is None or _OF_A_PLACE.match(context.issuer) is not None
        if context.province is None and local and hit.own in ("tỉnh", "thành phố", "?"):
            self._open.append((len(self._found), hit))
        elif kind == "province" and (place := province_of(name, self.knowledge)) is not None:
            self._places[place] += 1
        found = AgencyFound(hit.start, hit.end, name, kind, self._today_of(name, context))
        self._found.append(found)
        self.end = hit.end
        self.last = found
        if kind == "ministry":
            self.ministry = name
        elif kind == "party" and name.startswith("Đảng ủy "):
            self.party = name
        elif kind == "person_title" and name.startswith("nhóm"):
            self.persons = name

    def add_person(self, hit: Hit) -> None:
        """Add a person by title with the further offices behind it."""
        self.add(chain(self.text, self.low, hit, self.knowledge, named=False, party=self.party_of(hit.start)))

    def with_committee_office(self, hit: Hit) -> Hit:
        """Take in ", Trưởng Ban Chỉ đạo" behind a comrade's office."""
        link = _COMMITTEE_OFFICE.match(self.text, hit.end)
        if link is None or hit.group:
            return hit
        committee = self.committees.read(self.text, link.end() - 3, self.context(hit.start).date)
        if committee is None:
            return hit
        return hit._replace(end=committee[0], name=f"{hit.name}, {link[1]} {short(committee[1])}")

    def party_of(self, position: int) -> str | None:
        """Return the Party committee a bare "Đảng ủy" or "Ban Thường vụ" at `position` is: the issuer's, or the last."""
        issuer = self.context(position).issuer or ""
        match = re.search(r"(?:Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy) .+$", issuer)
        return match[0] if match else self.party

    def put(self, start: int, end: int, name: str, kind: str) -> None:
        """Add a mention whose name is whole."""
        self.add(Hit(start, end, name, kind, "agency.context"))

    def _named_places(self) -> Counter[str]:
        """Count the provinces the text names with their level."""
        out: Counter[str] = Counter()
        for match in _LEVEL.finditer(self.low):
            found = self.knowledge.places.located(self.text, self.low, match.start())
            if found is not None:
                out[full_name(found[1])] += 1
        return out

    def _today_of(self, name: str, context: Context) -> str | None:
        if name.startswith("nhóm"):
            return None
        asked = (name, context.date)
        if asked not in self._today:
            self._today[asked] = "; ".join(successors(name, self.knowledge, context.date)) or None
        return self._today[asked]

    def mentions(self) -> list[AgencyFound]:
        """Return the mentions taken, in order; a bare "UBND tỉnh" takes the province the text names most."""
        if self._open:
            places = [place for place, _ in (self._places or self._named_places()).most_common()]
            for index, hit in self._open:
                place = next((p for p in places if hit.own == "?" or p.lower().startswith(hit.own)), None)
                if place is not None:
                    name = complete(hit, place)
                    today = self._today_of(name, self.context(hit.start))
                    self._found[index] = replace(self._found[index], canonical=name, today=today)
        return self._found
