"""Row types of the files on agencies: agencies.tsv, provinces.tsv, agency_grammar.toml."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

Kind = Literal[
    "government",
    "ministry",
    "agency",
    "department",
    "state",
    "national_assembly",
    "court",
    "procuracy",
    "audit",
    "party",
    "committee",
    "association",
    "enterprise",
    "university",
    "province",
    "group",
    "person_title",
    "foreign",
]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _cells(value: object) -> object:
    return tuple(x.strip() for x in value.split("|") if x.strip()) if isinstance(value, str) else value


class AgencyRow(_Row):
    """A row of agencies.tsv: one body under one name. Dates are ISO; lists are separated by `|`.

    `codes` are its symbols in document numbers. A successor may name its field in brackets.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    successors: tuple[str, ...] = ()

    _split = field_validator("aliases", "codes", "successors", mode="before")(_cells)


class ProvinceRow(_Row):
    """A row of provinces.tsv: a province or a city under central authority, past or present."""

    name: str
    level: Literal["tỉnh", "thành phố"]
    aliases: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    merged_into: tuple[str, ...] = ()

    _split = field_validator("aliases", "merged_into", mode="before")(_cells)


class SectorRow(_Row):
    """`[[sector]]`: what a ministry or a provincial department is in charge of."""

    name: str
    so: bool = False
    valid_to: str = ""
    successors: tuple[str, ...] = ()
    example: str


class LocalRow(_Row):
    """`[[local]]`: a body that every place has its own of. `needs_place`: without a place it is no mention."""

    name: str
    aliases: tuple[str, ...] = ()
    short: str = ""
    kind: Kind
    needs_place: bool = False
    example: str


class CommitteeRow(_Row):
    """`[[committee]]`: a Party committee whose name tells its level."""

    name: str
    level: str
    aliases: tuple[str, ...] = ()
    example: str


class OrganRow(_Row):
    """`[[committee_organ]]`: an organ of a Party committee of a place; `of_bodies`: of any body."""

    name: str
    aliases: tuple[str, ...] = ()
    of_bodies: bool = False
    example: str

    def within(self, outer: OrganRow) -> bool:
        """Whether `outer` may stand before it as its organ: "Thường trực" before "Đảng ủy Bộ Tài chính"."""
        return self.name == "Đảng ủy" != outer.name


class UnitRow(_Row):
    """`[[unit]]`: units named by head and field. `open`: unknown names are read by grammar."""

    head: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    open: bool = False
    place: bool = False
    capitals_only: bool = False
    needs_capital: bool = False
    example: str


class WordsRow(_Row):
    """`[[words]]`: words around names; the file says of each kind what it is for."""

    kind: Literal[
        "name",
        "name_verb",
        "name_after",
        "actor_verb",
        "topic_end",
        "topic",
        "no_topic",
        "task_topic",
        "role",
        "surname",
        "compound",
        "region",
    ]
    words: tuple[str, ...]
    example: str


class ExpansionRow(_Row):
    """`[[expansion]]`: an abbreviation to be written out in names."""

    short: str
    long: str
    example: str


class ExclusionRow(_Row):
    """`[[exclusion]]`: words before or after a name that make it something else than the body."""

    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    example: str


class TitleRow(_Row):
    """`[[title]]`: a person's office. `of`: how the issuer's name begins that a bare title belongs to."""

    name: str
    aliases: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    office: str = ""
    plural: str = ""
    group: bool = False
    example: str


class MemberRow(_Row):
    """`[[member]]`: words for bodies in the plural, the members of groups."""

    words: tuple[str, ...]
    list_only: bool = False
    role: bool = False
    plain: bool = False
    example: str


class FilingRow(_Row):
    """`[[filing]]`: codes of units in distribution lists ("NN=Vụ Nông nghiệp"), by how their issuer's name begins.

    `owner` is the body the units belong to, empty where it is the issuer.
    """

    of: tuple[str, ...]
    owner: str = ""
    units: tuple[str, ...]
    example: str


class CountryRow(_Row):
    """`[[country]]`: a foreign country, and the title of who leads its government."""

    name: str
    aliases: tuple[str, ...] = ()
    leader: str
    example: str
