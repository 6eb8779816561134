"""What has been read of one flow so far: the mentions, and what later words lean on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from vnlegal.agencies.committees import Committees
from vnlegal.agencies.context import Context
from vnlegal.agencies.model import AgencyFound
from vnlegal.knowledge.agencies import AgencyKnowledge, complete, province_of, successors
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_places import full_name

_LEVEL = re.compile(r"(?:tỉnh|thành[ \n]phố) ")
# Issuers that have a province, so that a bare "UBND tỉnh" in their documents is its committee.
_OF_A_PLACE = re.compile(
    r"Ủy ban nhân dân|Hội đồng nhân dân|Sở |Tỉnh ủy|Thành ủy|Công an|Ban Quản lý|Đoàn đại biểu|Văn phòng Ủy ban"
)
# Lines of letterheads, signatures and distribution lists are shorter than this.
_FAR = 2000
_COMMITTEE = re.compile(r"Đảng ủy .+$")
_PARTY = re.compile(r"(?:Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy) .+$")


class State:
    """The mentions of one flow in order; `add` is the one way in.

    `end`: where the last mention ends. `last`: that mention. `ministry`, `party`, `persons`, `standing`, `council`:
    names of the ministry, Party committee, group of persons, standing office and council mentioned last.
    """

    def __init__(self, text: str, low: str, knowledge: AgencyKnowledge, parts: list[Context]) -> None:
        """Begin to read `text` (and its lower-case twin) as the documents `parts`."""
        self.text, self.low, self.knowledge = text, low, knowledge
        self._parts = parts
        self._starts = [part.start for part in parts]
        self._found: list[AgencyFound] = []
        self._today: dict[tuple[str, str | None], str | None] = {}
        self._open: list[tuple[int, Hit]] = []
        self._places: Counter[str] = Counter()
        self.has_addresses = "Địa chỉ:" in text
        self.committees = Committees(text, knowledge)
        self.end = 0
        self.heads: tuple[str, int] | None = None
        self.last: AgencyFound | None = None
        self.ministry: str | None = None
        self.party: str | None = None
        self.persons: str | None = None
        self.standing: str | None = None
        self.council: str | None = None

    def context(self, position: int) -> Context:
        """Return the document that `position` lies in."""
        return self._parts[max(0, bisect_right(self._starts, position) - 1)]

    def line(self, position: int) -> tuple[int, int]:
        """Return where the paragraph at `position` begins and ends, looking no farther than `_FAR` to either side."""
        begin = self.text.rfind("\n", max(0, position - _FAR), position) + 1 or max(0, position - _FAR)
        end = self.text.find("\n", position, position + _FAR)
        return begin, min(len(self.text), position + _FAR) if end < 0 else end

    def owner_of_line(self, begin: int, position: int) -> str | None:
        """Return the body at the head of a line of the distribution list ("- VPCP: BTCN, các PCN")."""
        for found in reversed(self._found):
            if found.start < begin:
                return None
            if found.end < position and self.text.startswith(":", found.end):
                return found.canonical
        return None

    def party_of(self, position: int) -> str | None:
        """Return the Party committee a bare "Đảng ủy" at `position` is: the issuer's, or the last one."""
        match = _PARTY.search(self.context(position).issuer or "")
        return match[0] if match else self.party

    def put(self, start: int, end: int, name: str, kind: str) -> None:
        """Add a mention whose name is whole."""
        self.add(Hit(start, end, name, kind, "agency.context"))

    def add(self, hit: Hit) -> None:
        """Add a mention and remember it, unless it overlaps the last one."""
        if hit.start < self.end:
            return
        if self.text[hit.end - 1] in ",;":
            hit = hit._replace(end=hit.end - 1, name=hit.name.rstrip(",; "))
        context = self.context(hit.start)
        name = complete(hit, context.province)
        if name.endswith(" Đảng ủy") and (party := _COMMITTEE.search(context.issuer or "")):
            name = f"{name.removesuffix('Đảng ủy')}{party[0]}"
        kind = hit.kind
        leans = context.province is None and hit.own in ("tỉnh", "thành phố", "?")
        if leans and (context.issuer is None or _OF_A_PLACE.match(context.issuer) is not None):
            self._open.append((len(self._found), hit))
        elif kind == "province" and (place := province_of(name, self.knowledge)) is not None:
            self._places[place] += 1
        found = AgencyFound(hit.start, hit.end, name, kind, self._today_of(name, context))
        self._found.append(found)
        self.end = hit.end
        self.last = found
        if kind == "ministry":
            self.ministry = name
        elif kind == "party" and "Đảng ủy " in name:
            self.party = name[name.index("Đảng ủy ") :]
        elif kind == "person_title" and name.startswith("nhóm"):
            self.persons = name
        elif kind == "committee" and name.startswith("Hội đồng "):
            self.council = name

    def mentions(self) -> list[AgencyFound]:
        """Return the mentions in order; a bare "UBND tỉnh" takes the province the text names most."""
        if self._open:
            places = [place for place, _ in (self._places or self._named_places()).most_common()]
            for index, hit in self._open:
                place = next((p for p in places if hit.own == "?" or p.lower().startswith(hit.own)), None)
                if place is not None:
                    name = complete(hit, place)
                    today = self._today_of(name, self.context(hit.start))
                    self._found[index] = self._found[index]._replace(canonical=name, today=today)
            self._open.clear()
        return self._found

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
