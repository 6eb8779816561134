"""Laws, codes, ordinances and other works by title, and the cues that go with names of documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vnlegal.knowledge.files import read_toml, read_tsv
from vnlegal.text import fold, fold_tone

CueKind = Literal["definition", "draft", "enacted", "drafting", "issuing", "stop", "compound", "before"]


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
    by_initials: Mapping[str, str]

    def works_titled(self, title: str, year: str | None = None) -> tuple[KnownWork, ...]:
        """Return the works of that title (with or without its type word), of that year where one is given."""
        found = self.by_title.get(title_key(title), ())
        return tuple(work for work in found if work.year == year) if year else found


TYPE_WORDS = ("bộ luật ", "luật ", "pháp lệnh ", "hiến pháp ")
_FILLERS = re.compile(r"\b(?:và|của|nước|các|về)\b")
_AMENDING = re.compile(r"(?:luật|pháp lệnh) (?:sửa đổi|bổ sung)")


def plain(words: str) -> str:
    """Return `words` in lower case with tone marks in their place: the form titles are compared in."""
    return fold_tone(words).lower()


def title_key(title: str) -> str:
    """Return what two spellings of one title share: letters without marks, type word, commas and fillers left out."""
    words = plain(title)
    for word in TYPE_WORDS:
        if words.startswith(word):
            words = words[len(word) :]
            break
    return " ".join(re.sub(r"[\W_]+", " ", fold(_FILLERS.sub(" ", words))).split())


def initials(title: str) -> str:
    """Return the first letters of a title's words, fillers left out ("Khoa học, công nghệ" gives KHCN)."""
    words = plain(title)
    for word in TYPE_WORDS:
        words = words.removeprefix(word)
    return "".join(word[0] for word in re.findall(r"\w+", _FILLERS.sub(" ", words))).upper()


def load_laws(extra: Path | None) -> LawKnowledge:
    """Read the registry of laws, the named works and the cues."""
    works = read_tsv("laws.tsv", KnownWork, extra)
    named = read_toml("named_works.toml", "work", NamedWork, extra)
    cues: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for cue in read_toml("name_cues.toml", "cue", NameCue, extra):
        cues[cue.kind] += cue.words
    by_title: dict[str, list[KnownWork]] = defaultdict(list)
    for work in works:
        for key in dict.fromkeys(title_key(title) for title in (work.title, *work.aliases)):
            by_title[key].append(work)
    return LawKnowledge(
        works=works,
        named=named,
        cues=dict(cues),
        by_number={work.number: work for work in works if work.number},
        by_title={key: tuple(found) for key, found in by_title.items()},
        titles=_index(works),
        by_initials=_by_initials(works),
    )


def _index(works: Iterable[KnownWork]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Map the first syllable of a title to (title as compared, canonical title), longest first.

    Titles of amending laws are left out: they are read by grammar. A title with commas is also found without them.
    """
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for work in works:
        for title in (work.title, *work.aliases):
            words = plain(title)
            if _AMENDING.match(words):
                continue
            kind = next((word for word in TYPE_WORDS if words.startswith(word)), "")
            name, shown = words[len(kind) :], work.title[len(kind) :]
            for form in (name, name.replace(",", ""), name.replace(" - ", " ")):
                groups[form.split(" ", 1)[0].rstrip(",")].setdefault(form, shown)
    return {first: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for first, forms in groups.items()}


def _by_initials(works: Iterable[KnownWork]) -> dict[str, str]:
    """Map initials of three letters and more to the one title that has them."""
    found: dict[str, set[str]] = defaultdict(set)
    for work in works:
        if not _AMENDING.match(plain(work.title)):
            kind = next((word for word in TYPE_WORDS if plain(work.title).startswith(word)), "")
            found[initials(work.title)].add(work.title[len(kind) :])
    return {short: next(iter(names)) for short, names in found.items() if len(names) == 1 and len(short) > 2}
