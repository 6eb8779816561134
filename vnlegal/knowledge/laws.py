"""Laws, codes, ordinances and other works by title, and the cues that go with names of documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vnlegal.knowledge.files import read_toml, read_tsv
from vnlegal.text import fold, fold_tone

CueKind = Literal[
    "compound",
    "before",
    "one-word",
    "stop",
    "definition",
    "draft",
    "draft-work",
    "drafting",
    "drafting-more",
    "submitted-to",
    "title-first",
    "title-end",
    "cell-end",
    "anybody",
    "own-plan",
    "hollow",
    "national-programme",
]


def _listed(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(";")) if isinstance(value, str) else value


class KnownWork(BaseModel):
    """A row of laws.tsv: one law, code, ordinance or constitution. Dates are ISO; `date` is that of adoption."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = ""
    type: Literal["luat", "phap_lenh", "hien_phap"]
    title: str
    issuer: str = ""
    date: str = Field(default="", pattern=r"^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$")
    valid_from: str = ""
    valid_to: str = ""
    status: str = ""
    aliases: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()

    @property
    def year(self) -> str:
        """The year of adoption, as the number or the date says it."""
        parts = self.number.split("/")
        return parts[1] if len(parts) > 1 else self.date[:4]


class NamedWork(BaseModel):
    """A row of named_works.toml: a work that texts call by a name of its own ("Đề án 06")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: tuple[str, ...]
    type: str
    number: str
    date: str
    title: str
    example: str


class Programme(BaseModel):
    """A row of works.tsv: a strategy, programme, scheme or plan and the decision that approved it.

    `aliases`: shorter titles that mean this one alone. `date`: day of the decision.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    type: Literal["chien_luoc", "chuong_trinh", "de_an", "quy_hoach", "ke_hoach"]
    title: str
    issuer: str
    date: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    aliases: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()


class ProgrammeName(NamedTuple):
    """One title of a programme: its words without the type word, and whether it is a short form."""

    words: tuple[str, ...]
    short: bool
    work: Programme


class NameCue(BaseModel):
    """A row of name_cues.toml: words around names of documents, and what they say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: CueKind
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True, eq=False)
class LawKnowledge:
    """What is known of works by their titles. Titles are keyed without their type word, folded (`title_key`)."""

    works: tuple[KnownWork, ...]
    named: tuple[NamedWork, ...]
    cues: Mapping[str, tuple[str, ...]]
    by_number: Mapping[str, KnownWork]
    by_title: Mapping[str, tuple[KnownWork, ...]]
    titles: Mapping[str, tuple[tuple[str, str], ...]]
    folded_titles: Mapping[str, tuple[tuple[str, str], ...]]
    by_initials: Mapping[str, str]
    amended: Mapping[tuple[str, ...], tuple[KnownWork, ...]]
    years: Mapping[str, frozenset[str]]
    groups: tuple[str, ...]
    programmes: Mapping[tuple[str, bool, str], tuple[ProgrammeName, ...]]
    by_decision: Mapping[str, tuple[Programme, ...]]

    def works_titled(self, title: str, year: str | None = None) -> tuple[KnownWork, ...]:
        """Return the works of that title (with or without its type word), of that year where one is given."""
        found = self.by_title.get(title_key(title), ())
        return tuple(work for work in found if work.year == year) if year else found

    def amending(self, titles: Iterable[str], year: str | None = None) -> tuple[KnownWork, ...]:
        """Return the laws that amend exactly the laws of those titles, of that year where one is given."""
        found = self.amended.get(tuple(title_key(title) for title in titles), ())
        return tuple(work for work in found if work.year == year) if year else found

    def amending_title(self, title: str) -> tuple[KnownWork, ...]:
        """Return the laws that amend the laws an amending law's title names."""
        return self.amended.get(amended_titles(title), ())

    def may_be_of(self, title: str, year: str) -> bool:
        """Whether a law of that title may be of that year: unknown titles, years the registry does not cover."""
        known = self.years.get(title_key(title))
        return known is None or year in known or year < _COVERED or year > max(work.year for work in self.works)

    def group_title_end(self, words: str) -> int:
        """Return how many of the first characters of `words` end the title of a known law amending many laws."""
        return next((len(group) for group in self.groups if words.startswith(group)), 0)


TYPE_WORDS = ("bộ luật ", "luật ", "pháp lệnh ", "hiến pháp ")
_FILLERS = re.compile(r"\b(?:và|của|nước|các|về)\b")
# Words that give no letter to an abbreviation.
_SILENT = frozenset({"và", "của", "các", "về"})
_AMENDING = re.compile(r"(?:luật|pháp lệnh) (?:sửa đổi|bổ sung)")
_AMENDED = re.compile(r"(?:[,;(]|và|của|điều|sung) ?(?=(?:bộ luật|luật|pháp lệnh) )")
_NUMBERED = re.compile(r" số \d+/\S+$")
_GROUP = re.compile(r"của (?:các|\d+) luật( .+)$")
_COUNTED = re.compile(r"(\d+|các|một số) (?:luật|pháp lệnh)\b")
# Before this year the registry has gaps.
_COVERED = "1999"


def plain(words: str) -> str:
    """Return `words` in lower case with tone marks in their place: the form titles are compared in."""
    return fold_tone(words).lower()


@lru_cache(maxsize=1 << 13)
def title_key(title: str) -> str:
    """Return what two spellings of one title share: letters without marks, type word, commas and fillers left out."""
    words = plain(title)
    for word in TYPE_WORDS:
        if words.startswith(word):
            words = words[len(word) :]
            break
    return " ".join(re.sub(r"[\W_]+", " ", fold(_FILLERS.sub(" ", words))).split())


@lru_cache(maxsize=1 << 13)
def initials(title: str) -> str:
    """Return the first letters of a title's words; a word in capitals counts with all its letters, "và" with none.

    "Khoa học, công nghệ" and "KHCN" both give KHCN, "Thuế GTGT" and "Thuế giá trị gia tăng" both TGTGT.
    """
    words = fold_tone(title)
    lowered = words.lower()
    kind = next((word for word in TYPE_WORDS if lowered.startswith(word)), "")
    parts = re.findall(r"\w+", words[len(kind) :])
    letters = "".join(
        part if part.isupper() and len(part) > 1 else part[0] for part in parts if part.lower() not in _SILENT
    )
    return "".join("Đ" if letter in "đĐ" else fold(letter).upper() for letter in letters)


@lru_cache(maxsize=1 << 13)
def amended_titles(title: str) -> tuple[str, ...]:
    """Return the keys of the titles that the title of an amending law names, in its order."""
    parts = _AMENDED.split(plain(title))[1:]
    return tuple(title_key(_NUMBERED.sub("", part.strip(" ,;()"))) for part in parts)


@lru_cache(maxsize=1 << 13)
def law_identity(title: str) -> str:
    """Return what the written forms of one law's title share; of an amending law, the laws it amends.

    A bill is called "Luật X (sửa đổi)" or "Luật sửa đổi, bổ sung Luật X": of these `base_identity` is the same.
    """
    lowered = title.lower()
    counted = _COUNTED.search(lowered) if "sửa đổi" in lowered or "sđ" in lowered else None
    if counted is not None:
        return f"sua doi:{counted[1]} luat"
    amended = amended_titles(title)
    return "sua doi:" + "+".join(amended) if amended else title_key(title)


def base_identity(title: str) -> str:
    """Return the identity of a law's title, for a law that amends one other law that of the amended one."""
    amended = amended_titles(title)
    return amended[0] if len(amended) == 1 else law_identity(title)


def load_laws(extra: Path | None) -> LawKnowledge:
    """Read the registry of laws, the named works and the cues."""
    works = read_tsv("laws.tsv", KnownWork, extra)
    named = read_toml("named_works.toml", "work", NamedWork, extra)
    programmes = read_tsv("works.tsv", Programme, extra)
    cues: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for cue in read_toml("name_cues.toml", "cue", NameCue, extra):
        cues[cue.kind] += cue.words
    by_title: dict[str, list[KnownWork]] = defaultdict(list)
    for work in works:
        for key in dict.fromkeys(title_key(title) for title in (work.title, *work.aliases)):
            by_title[key].append(work)
    amended = _amended(works)
    titles = _index(works)
    return LawKnowledge(
        works=works,
        named=named,
        cues=dict(cues),
        by_number={work.number: work for work in works if work.number},
        by_title={key: tuple(found) for key, found in by_title.items()},
        titles=titles,
        folded_titles=_folded(titles),
        by_initials=_by_initials(works),
        amended=amended,
        years=_years(by_title, amended),
        groups=tuple(group[1] for work in works if (group := _GROUP.search(plain(work.title)))),
        programmes=_programmes(programmes),
        by_decision=_grouped((work.number, work) for work in programmes),
    )


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
# Words that a title has or leaves out at will: "giai đoạn", "thời kỳ", "định hướng đến năm".
LOOSE = frozenset({"giai", "đoạn", "thời", "kỳ", "định", "hướng", "năm", "và", "đến", "tầm", "nhìn"})
_ADJUSTED = "điều chỉnh "


def programme_words(title: str) -> tuple[str, ...]:
    """Return the words by which titles of programmes are compared."""
    return tuple(word for word in re.findall(r"[^\W_]+(?:[.,]\d+)?", plain(title)) if word not in LOOSE)


def _grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    groups: dict[_Key, list[_Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(found) for key, found in groups.items()}


def _programmes(works: Iterable[Programme]) -> dict[tuple[str, bool, str], tuple[ProgrammeName, ...]]:
    """Index titles by type, whether they adjust another plan, and first word after the type word; longest first."""
    pairs: list[tuple[tuple[str, bool, str], ProgrammeName]] = []
    for work in works:
        for title in (work.title, *work.aliases):
            name = plain(title).removeprefix(_ADJUSTED).split(" ", 2)[2]
            words = programme_words(name)
            key = (work.type, plain(title).startswith(_ADJUSTED), name.split(" ", 1)[0].rstrip(","))
            pairs.append((key, ProgrammeName(words, title != work.title, work)))
    return _grouped(sorted(pairs, key=lambda pair: -len(pair[1].words)))


def _index(works: Iterable[KnownWork]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Map the first syllable of a title to (title as compared, canonical title), longest first.

    Titles of amending laws are left out: they are read by grammar.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for work in works:
        for title in (work.title, *work.aliases):
            words = plain(title)
            if _AMENDING.match(words):
                continue
            kind = next((word for word in TYPE_WORDS if words.startswith(word)), "")
            shown = work.title.split(" ", kind.count(" "))[-1]
            for form in _forms(words[len(kind) :]):
                groups[re.split("[ ,]", form, maxsplit=1)[0]].setdefault(form, shown)
    return {first: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for first, forms in groups.items()}


def _forms(name: str) -> tuple[str, ...]:
    """Return the ways a title is written: without commas, with "và" for a comma or without it, without "Việt Nam"."""
    forms = [name, name.replace(",", ""), name.replace(", ", " và ", 1), name.replace(" và ", ", ", 1)]
    if name.count(" và ") == 1 and len(name) < 40:
        forms.append(name.replace(" và ", " "))
    if name.endswith(" việt nam") and name.count(" ") > 2:
        forms.append(name.removesuffix(" việt nam"))
    return tuple(dict.fromkeys(forms))


def _folded(titles: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Index the titles of two syllables and more without diacritics, for text that has lost some."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for first, forms in titles.items():
        for form, shown in forms:
            if " " in form:
                groups[fold(first)].setdefault(fold(form), shown)
    return {first: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for first, forms in groups.items()}


def _by_initials(works: Iterable[KnownWork]) -> dict[str, str]:
    """Map initials to the one title that has them."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for work in works:
        if not _AMENDING.match(plain(work.title)):
            kind = next((word for word in TYPE_WORDS if plain(work.title).startswith(word)), "")
            found[initials(work.title)][title_key(work.title)] = work.title.split(" ", kind.count(" "))[-1]
    return {short: next(iter(names.values())) for short, names in found.items() if len(names) == 1 and len(short) > 1}


def _amended(works: Iterable[KnownWork]) -> dict[tuple[str, ...], tuple[KnownWork, ...]]:
    """Map the titles a law amends, in its order, to that law."""
    found: dict[tuple[str, ...], list[KnownWork]] = defaultdict(list)
    for work in works:
        words = plain(work.title)
        if _AMENDING.match(words):
            found[amended_titles(work.title)].append(work)
    return {titles: tuple(laws) for titles, laws in found.items() if titles}


def _years(
    by_title: Mapping[str, Iterable[KnownWork]], amended: Mapping[tuple[str, ...], Iterable[KnownWork]]
) -> dict[str, frozenset[str]]:
    """Map a title to the years of the laws that bear it and of those that amend it."""
    years: dict[str, set[str]] = defaultdict(set)
    for title, works in by_title.items():
        years[title].update(work.year for work in works)
    for titles, laws in amended.items():
        for title in titles:
            years[title].update(law.year for law in laws)
    return {title: frozenset(found) for title, found in years.items()}
