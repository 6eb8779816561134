"""The grammar of agency names: reads the longest name, title or local body that begins at a place in a text.

All methods take the text and its lower-case twin of the same length. Group words live in `agency_groups`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from vnlegal.knowledge.agency_people import People
from vnlegal.knowledge.agency_places import Places
from vnlegal.knowledge.agency_rows import (
    AgencyRow,
    CommitteeRow,
    CountryRow,
    ExclusionRow,
    LocalRow,
    OrganRow,
    SectorRow,
    TitleRow,
    UnitRow,
)
from vnlegal.knowledge.agency_units import Units, short_field, small_name
from vnlegal.knowledge.spelling import Names, key

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_ACRONYM = re.compile(rf"[ ]\(([{UPPER}][\w&.-]{{1,14}})\)")
_FOREIGN_MINISTRY = re.compile(rf"Bộ(?=[ ][{UPPER}])(?:[ ](?!và[ ]Bộ)[^\W\d_]+){{2,8}}")
_OF_ASSEMBLY = " của Quốc hội"
# A government of another country, called by the form of its state.
_STATE_ABROAD = re.compile(
    rf"[ ](?:nước[ ])?(?:Cộng[ ]h(?:òa|oà)|Vương[ ]quốc|Liên[ ]bang|Hợp[ ]chúng[ ]quốc)(?:[ ][{UPPER}][\w-]*){{1,5}}"
)
_OF_VIETNAM = (
    " việt nam", " vn", " nước cộng hòa xã hội chủ nghĩa việt nam", " nước cộng hoà xã hội chủ nghĩa việt nam",
)  # fmt: skip
_TOKEN = re.compile(r"[\w&]+")
_ENDS_WORD = re.compile(r"(?!\w|[ ]\d)")


# Bodies behind whose name brackets hold what they did, not their initials.
_NO_ACRONYM = frozenset({"government", "national_assembly", "party", "person_title", "province"})
FIRST_WORD = re.compile(r"\w+")
Reading = Callable[[str, str, int], "Hit | None"]


class Groups(Protocol):
    """The reader of bodies in the plural, which titles need ("Thủ trưởng các cơ quan ngang bộ")."""

    def at(self, text: str, low: str, start: int, *, loose: bool = False) -> Hit | None:
        """Read the group whose first member begins at `start`."""


class Hit(NamedTuple):
    """What the grammar reads at a place. `own`: the level of the issuer's place to be put after the name.

    `own` is "?" where no place is said at all, "" where the name is whole; `group` marks bodies in the plural.
    """

    start: int
    end: int
    name: str
    kind: str
    rule: str
    own: str = ""
    group: bool = False


class Grammar:
    """The compiled names and rules. Built once from the rows of the knowledge files."""

    def __init__(
        self,
        agencies: Sequence[AgencyRow],
        places: Places,
        *,
        sectors: Sequence[SectorRow],
        locals_: Sequence[LocalRow],
        committees: Sequence[CommitteeRow],
        organs: Sequence[OrganRow],
        units: Sequence[UnitRow],
        titles: Sequence[TitleRow],
        countries: Sequence[CountryRow],
        exclusions: Sequence[ExclusionRow],
        reader: Units,
        groups: Groups,
        surnames: Sequence[str],
    ) -> None:
        """Compile the rows."""
        self.places = places
        living = sorted(agencies, key=lambda row: row.valid_to or "9999", reverse=True)
        long = [(name, row) for row in living for name in (row.name, *row.aliases) if not is_abbreviation(name)]
        ministries = [row for row in living if row.name.startswith("Bộ ") and row.kind == "ministry"]
        self._names = Names(long, _initialled(living, ministries))
        self.abbreviations = {
            name: row for row in reversed(living) for name in (row.name, *row.aliases) if is_abbreviation(name)
        }
        by_sector = [(row.name[3:], row) for row in ministries]
        self._sector_names = Names(by_sector, [("", *pair) for pair in by_sector])
        so = [row for row in sectors if row.so]
        departments = {row.name: LocalRow(name=f"Sở {row.name}", kind="department", example=row.example) for row in so}
        local = [(name, row) for row in locals_ for name in (row.name, *row.aliases)]
        local += [(f"Sở {row.name}", departments[row.name]) for row in so]
        self._locals = Names(local, [("Sở", row.name, departments[row.name]) for row in so])
        self._so_names = Names([(row.name, departments[row.name]) for row in so])
        self._committees = Names(
            [(name, row) for row in committees for name in (row.name, *row.aliases) if len(name) > 3]
        )
        self._organs = Names([(name, row) for row in organs for name in (row.name, *row.aliases)])
        self._heads = Names([(name, row) for row in units for name in (row.head, *row.aliases)])
        self._fields = {
            row.head: Names([*((name, name) for name in row.names), *(short_field(pair) for pair in row.short)])
            for row in units
        }
        self._titles = Names([(name, row) for row in titles for name in (row.name, *row.aliases)])
        self._countries = Names([(name, row) for row in countries for name in (row.name, *row.aliases)])
        self._exclusions = {row.name: row for row in exclusions}
        self._units = reader
        self.people = People(surnames, places)
        self._groups = groups
        self._readers = self._dispatch()
        self.title_openings = self._titles.openings
        parts = (self._names, self._locals, self._committees, self._organs, self._heads, self._titles)
        self.openings: dict[str, frozenset[str]] = {}
        for names in parts:
            for word, seconds in names.openings.items():
                self.openings[word] = self.openings.get(word, frozenset()) | seconds

    def _dispatch(self) -> dict[str, tuple[Reading, ...]]:
        """Return which rules may read a name that begins with a word, so that no other is tried."""
        rules: tuple[tuple[Reading, tuple[Names[Any], ...]], ...] = (
            (self._named, (self._names,)),
            (self._local, (self._locals,)),
            (self._committee, (self._committees, self._organs)),
            (self._unit, (self._heads,)),
        )
        out: dict[str, tuple[Reading, ...]] = {"bộ": ()}
        for rule, lists in rules:
            words = {word for names in lists for word in names.openings}
            for word in words | ({"bộ"} if rule == self._named else set()):
                out[word] = (*out.get(word, ()), rule)
        return out

    # ------------------------------------------------------------ what may begin at a place

    def at(self, text: str, low: str, start: int) -> Hit | None:
        """Return the longest reading that begins at `start`, None if nothing is named there."""
        word = FIRST_WORD.match(low, start)
        if word is None:
            return None
        body = self._body(text, low, start, word[0])
        if word[0] not in self._titles.openings:
            return body
        title = self.title(text, low, start)
        if title is None or (body is not None and body.end >= title.end):
            return body
        return title

    def body(self, text: str, low: str, start: int) -> Hit | None:
        """Read a body (no title of a person) at `start`."""
        word = FIRST_WORD.match(low, start)
        return self._body(text, low, start, word[0]) if word is not None else None

    def _body(self, text: str, low: str, start: int, word: str) -> Hit | None:
        """Read a body whose name begins with `word`."""
        best: Hit | None = None
        for read in self._readers.get(word, ()):
            hit = read(text, low, start)
            if hit is None or (best is not None and (hit.end <= best.end or hit.rule == "agency.open")):
                continue
            best = hit
        return best

    def _named(self, text: str, low: str, start: int) -> Hit | None:
        found = self._names.find(low, start)
        if found is None:
            return self._foreign(text, low, start) if low.startswith("bộ ", start) else None
        end, row = found
        if self._excluded(low, start, end, row.name):
            return None
        if row.kind == "ministry" or row.name == "Chính phủ":
            return self._of_a_state(text, low, start, end, row)
        if row.name.endswith(_OF_ASSEMBLY) and low.startswith(_OF_ASSEMBLY.lower(), end):
            end += len(_OF_ASSEMBLY)
        stop = end if row.kind in _NO_ACRONYM else self._acronym(text, end)
        return Hit(start, stop, row.name, row.kind, "agency.name")

    def _of_a_state(self, text: str, low: str, start: int, end: int, row: AgencyRow) -> Hit:
        """Tell "Bộ Y tế Việt Nam" and "Bộ Y tế Liên bang Nga" from "Bộ Y tế", "Chính phủ Pháp" from "Chính phủ"."""
        for tail in _OF_VIETNAM:
            if low.startswith(tail, end) and not low[end + len(tail) : end + len(tail) + 1].isalnum():
                return Hit(start, end + len(tail), row.name, row.kind, "agency.name")
        country = self.country(text, low, end)
        if country is not None:
            return Hit(start, country[0], f"{row.name} {country[1].name}", "foreign", "agency.foreign")
        abroad = _STATE_ABROAD.match(text, end) if row.kind == "government" else None
        if abroad is not None:
            return Hit(start, abroad.end(), f"{row.name}{abroad[0]}", "foreign", "agency.foreign")
        return Hit(start, end, row.name, row.kind, "agency.name")

    def _foreign(self, text: str, low: str, start: int) -> Hit | None:
        """Read a ministry of another country: "Bộ Phát triển số Singapore"."""
        match = _FOREIGN_MINISTRY.match(text, start)
        if match is None or low.startswith("bộ trưởng", start):
            return None
        for blank in re.finditer(" ", match[0]):
            country = self.country(text, low, start + blank.start())
            if country is not None and blank.start() > 4:
                return Hit(start, country[0], " ".join(text[start : country[0]].split()), "foreign", "agency.foreign")
        return None

    def _excluded(self, low: str, start: int, end: int, name: str) -> bool:
        row = self._exclusions.get(name)
        if row is None:
            return False
        rest = low[end + 1 : end + 16]
        for word in row.after:
            if rest.startswith(word) and _ENDS_WORD.match(rest, len(word)):
                return True
        return any(low.endswith(word, 0, start) for word in row.before)

    def country(self, text: str, low: str, end: int) -> tuple[int, CountryRow] | None:
        """Return (end, row) of the country named after the blank at `end`."""
        if text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
            return None
        return self._countries.find(low, end + 1)

    def _acronym(self, text: str, end: int) -> int:
        match = _ACRONYM.match(text, end)
        return match.end() if match else end

    def _local(self, text: str, low: str, start: int) -> Hit | None:
        found = self._locals.find(low, start)
        if found is None:
            return None
        end, row = found
        place = self.places.after(text, low, end)
        if place is None and (behind := self._acronym(text, end)) > end:
            place = self.places.after(text, low, behind)
        if place is None:
            if row.needs_place:
                return None
            return Hit(start, end, row.name, row.kind, "agency.local", "?")
        stop = self._acronym(text, place.end)
        if place.form == "many":
            name = f"nhóm: {row.short or row.name} {place.name}"
            return Hit(start, place.end, name, "group", "agency.local", group=True)
        if place.form == "own":
            return Hit(start, stop, row.name, row.kind, "agency.local", place.name)
        return Hit(start, stop, f"{row.name} {place.name}", row.kind, "agency.local")

    def _committee(self, text: str, low: str, start: int) -> Hit | None:
        at, prefix = start, ""
        organ = self._organs.find(low, start)
        if organ is not None and text[organ[0] : organ[0] + 1] in (" ", "\n"):
            at, prefix = organ[0] + 1, f"{organ[1].name} "
        found = self._committees.find(low, at)
        if found is None:
            second = self._organs.find(low, at) if organ is not None else None
            doubled = organ is None or text[at - 1] == "\n" or (second is not None and not second[1].within(organ[1]))
            body = self.body(text, low, at) if not doubled and text[at : at + 1].isupper() else None
            if body is None or not (body.name.startswith("Đảng ủy") or (organ and organ[1].of_bodies)):
                return None
            return body._replace(start=start, name=f"{prefix}{body.name}", kind="party")
        end, row = found
        place = self.places.after(text, low, end)
        if place is None or place.form == "many":
            return Hit(start, end, f"{prefix}{row.name}", "party", "agency.committee", row.level)
        if place.form == "own":
            return Hit(start, place.end, f"{prefix}{row.name}", "party", "agency.committee", row.level)
        name = place.name.removeprefix(f"{row.level} ")
        name = name.removeprefix("Thành phố ") if name != "Thành phố Hồ Chí Minh" else name
        return Hit(start, place.end, f"{prefix}{row.name} {name}", "party", "agency.committee")

    # ------------------------------------------------------------ units named by head and field

    def _unit(self, text: str, low: str, start: int) -> Hit | None:
        head = self._heads.find(low, start)
        if head is None:
            return None
        at, row = head
        if text[at : at + 1] not in (" ", "\n"):
            return None
        known = self._fields[row.head].find(low, at + 1)
        short = known is not None and text.count(" ", at + 1, known[0]) < 2
        small = known is not None and text[at + 1].islower() and not known[1][0].islower()
        if small and (row.kind != "department" or short):
            known = None
        end, rule = (known[0], "agency.unit") if known is not None else (-1, "agency.open")
        written = text[start:at]
        if known is None and row.open and text[at] == " " and (not written.isupper() or written in row.aliases):
            opened = self._units.end(text, low, at, row)
            if opened > end:
                end, rule, known = opened, "agency.open", None
        if end < 0 or (rule == "agency.open" and row.kind == "department" and " " not in text[at + 1 : end]):
            return None
        label = written if row.capitals_only and not written.isupper() else row.head
        field = known[1] if known is not None else self._units.written_out(text[at:end].strip())
        return self._unit_in_place(text, low, start, end, f"{label} {field}", row, rule)

    def _unit_in_place(self, text: str, low: str, start: int, end: int, name: str, row: UnitRow, rule: str) -> Hit:
        country = self.country(text, low, end)
        if country is not None and country[1].name not in name:
            return Hit(start, country[0], f"{name} ({country[1].name})", "foreign", rule)
        place = self.places.after(text, low, end) if row.place else None
        if place is None:
            return Hit(start, self._acronym(text, end), name, row.kind, rule)
        if place.form == "many":
            return Hit(start, place.end, f"nhóm: {name} {place.name}", "group", rule, group=True)
        if place.form == "own":
            return Hit(start, place.end, name, row.kind, rule, place.name)
        return Hit(start, self._acronym(text, place.end), f"{name} {place.name}", row.kind, rule)

    # ------------------------------------------------------------ titles of persons

    def title(self, text: str, low: str, start: int) -> Hit | None:
        """Read an office and what it belongs to: "Chủ tịch UBND tỉnh", "Bộ trưởng Bộ Công an"."""
        found = self._titles.find(low, start)
        if found is None:
            return None
        end, row = found
        at = end + 1
        broken = text[end:at] == "\n" and text[end - 1].isupper() == text[at : at + 2].isupper()
        if at >= len(text) or (text[end:at] != " " and not broken):
            return None
        if row.office:
            office = low.rfind(row.office.strip().lower(), start, end)
            whole = self.body(text, low, office) if office > start else None
            if whole is not None and whole.end > end and not whole.group:
                of = row.office.strip()
                lead = row.name.removesuffix(of).strip() if row.name.endswith(of) else row.name.split()[0]
                return Hit(start, whole.end, f"{lead} {whole.name}", "person_title", "agency.title", whole.own)
        body = self._title_body(text, low, at, row)
        if body is not None:
            plural = row.group and (body.group or body.own == "")
            if body.group or plural:
                members = body.name.removeprefix("nhóm: ")
                members = members if low.startswith("các ", at) or not row.group else members.removeprefix("các ")
                name = f"nhóm: {row.name.lower()} {members}"
                return Hit(start, body.end, name, "person_title", "agency.title", group=True)
            name = body.name.removeprefix(row.office) if row.office else body.name
            return Hit(start, body.end, f"{row.name} {name}", "person_title", "agency.title", body.own)
        if row.name in ("Bộ trưởng", "Thứ trưởng"):
            sector = self._sector_names.find(low, at) if text[at].isupper() else None
            if sector is not None:
                country = self.country(text, low, sector[0])
                name = f"{row.name} {sector[1].name}" + (f" {country[1].name}" if country else "")
                return Hit(start, country[0] if country else sector[0], name, "person_title", "agency.title")
        if not row.of and (abroad := self.country(text, low, end)) is not None:
            return Hit(start, abroad[0], f"{row.name} {abroad[1].name}", "person_title", "agency.title")
        return None

    def _title_body(self, text: str, low: str, at: int, row: TitleRow) -> Hit | None:
        """Read what an office belongs to, at `at`."""
        if row.name == "Chánh Thanh tra" and low.startswith("bộ", at) and text[at].isupper():
            return self._named(text, low, at)
        body = None
        if text[at].isupper() or low.startswith(("ubnd", "ủy ban", "uỷ ban", "hội đồng"), at):
            body = self.body(text, low, at)
            token = _TOKEN.match(text, at)
            if body is None and token is not None and (known := self.abbreviations.get(token[0])):
                body = Hit(at, token.end(), known.name, known.kind, "agency.abbreviation")
        if body is None or body.kind == "person_title":
            skip = 4 if low.startswith("các ", at) else 0
            plural = row.group or skip or low.startswith(("tỉnh ", "thành ", "cấp ủy", "cấp uỷ"), at)
            body = self._groups.at(text, low, at + skip, loose=True) if plural else None
        if body is None and (end := small_name(text, at, row.of)) is not None:
            body = Hit(at, end, " ".join(text[at:end].split()), "department", "agency.open")
        return body

    def bare_title(self, low: str, start: int) -> tuple[int, TitleRow] | None:
        """Return (end, row) of the office named at `start`, whatever follows."""
        return self._titles.find(low, start)

    def sector(self, low: str, start: int) -> tuple[int, AgencyRow] | None:
        """Return (end, ministry) of a ministry named without "Bộ" ("Tài chính" in "các Bộ: Tài chính, Y tế")."""
        return self._sector_names.find(low, start)

    def so_sector(self, low: str, start: int) -> tuple[int, LocalRow] | None:
        """Return (end, department) of a Sở named without "Sở"."""
        return self._so_names.find(low, start)

    def named(self, name: str) -> AgencyRow | None:
        """Return the row of a full name or alias."""
        return self.abbreviations.get(name) or self._names.value(name)


def _initialled(living: Sequence[AgencyRow], ministries: Sequence[AgencyRow]) -> list[tuple[str, str, AgencyRow]]:
    """Return (head, field, row) of the bodies whose field is also written by its initials ("Bộ KH&CN")."""
    committees = [row for row in living if row.name.startswith("Ủy ban ") and row.name.endswith(_OF_ASSEMBLY)]
    return [("Bộ", row.name[3:], row) for row in ministries] + [
        (head, row.name[7 : -len(_OF_ASSEMBLY)], row) for row in committees for head in ("Ủy ban", "UB")
    ]


def is_abbreviation(name: str) -> bool:
    """Whether a name is one token that only its capitals tell from a common word (BKHCN, TTgCP, Viettel)."""
    return " " not in name and key(name) != "" and name not in ("Đảng",)
