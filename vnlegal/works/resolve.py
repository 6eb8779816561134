"""From a mention's key to the work it means, across documents: a law by name as of the day it was cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from vnlegal.citations.keys import slug
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import TYPE_WORDS, plain
from vnlegal.knowledge.registry import Registry, load_registry
from vnlegal.works.model import WorkFacts
from vnlegal.works.numbers import Numbers, Resolved

_NAMED = "luat:"
_DRAFT = "draft:luat:"
_LAWS = ("luat", "bo_luat", "phap_lenh")


class _Law(NamedTuple):
    date: str
    number: str


class Resolver:
    """Knows the laws and other documents of the registries, and the documents given, by title and number.

    `registry`: facts of decrees, circulars, decisions; the package's own where none is given.
    """

    def __init__(self, works: Iterable[WorkFacts], knowledge: Knowledge, registry: Registry | None = None) -> None:
        works = works if isinstance(works, Sequence) else tuple(works)
        self._works = works
        self._knowledge = knowledge
        self._given_registry = registry
        laws: dict[str, set[_Law]] = defaultdict(set)
        for known in knowledge.laws.works:
            if known.number:
                for title in (known.title, *known.aliases):
                    laws[_title_slug(title)].add(_Law(known.date or known.year, known.number))
        for work in works:
            if work.kind in _LAWS and work.title and work.date:
                laws[_title_slug(work.title)].add(_Law(work.date, work.key))
        self.titles: dict[str, tuple[str | None, str | None]] = {
            known.number: (known.type, _bare(known.title)) for known in knowledge.laws.works if known.number
        }
        self._laws = {_short(name): sorted(found) for name, found in laws.items()}

    @cached_property
    def registry(self) -> Registry:
        """The facts of documents that are no laws."""
        return load_registry() if self._given_registry is None else self._given_registry

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self._works, self._knowledge.laws, self.registry)

    def ended(self, as_of: str) -> Iterator[tuple[str, str]]:
        """Yield the documents that by the registry had been replaced or repealed by `as_of`, each with what did it."""
        for row in self.registry.documents:
            if row.ended_by and row.valid_to and row.valid_to <= as_of:
                yield row.key, row.ended_by

    def resolve(self, key: str, on: str | None) -> Resolved:
        """Return the work that `key` means in a document of the ISO day `on`; what stays open keeps its key.

        `why` tells the rule that decided, or names the candidates where more than one is possible.
        """
        if key.startswith(_DRAFT):
            return self._became(key, on)
        if not key.startswith(_NAMED):
            return self._numbers.resolve(key, on) if "/" in key and ":" not in key else Resolved(key, "name")
        name, _, year = key.removeprefix(_NAMED).partition("@")
        found = self._laws.get(_short(name), [])
        if year and year != "?":
            found = [law for law in found if law.date.startswith(year)]
            why = f"name, year {year}"
        elif on:
            earlier = [law for law in found if law.date <= on]
            found = [law for law in earlier if law.date == earlier[-1].date] if earlier else []
            why = f"name, the latest law of that title on {on}"
        else:
            why = "name, the only law of that title"
        return _one(key, found, why)

    def _became(self, key: str, on: str | None) -> Resolved:
        """Return the law a draft became: the first of its title after `on`, else one passed in the year before."""
        name = _short(key.removeprefix(_DRAFT).partition("@")[0])
        found = self._laws.get(name) or self._laws.get(name.removesuffix("-sua-doi"), [])
        if not on:
            return Resolved(key, "open: a draft in a document without a day")
        later = [law for law in found if on < law.date <= _years(on, 2)]
        if later:
            return _one(key, later[:1], f"draft, the first law of its title after {on}")
        before = [law for law in found if _years(on, -1) <= law.date <= on]
        return _one(key, before[-1:], f"draft, passed in the year before {on}")

    def successor(self, work: WorkFacts, as_of: str) -> str | None:
        """Return the number of the first later law of the same title that was passed by `as_of`, None without one."""
        title = (work.title or "").lower()
        if work.kind not in _LAWS or not title or "sửa đổi" in title or not work.date:
            return None
        later = [law for law in self._laws.get(_short(_title_slug(title)), ()) if work.date < law.date <= as_of]
        return later[0].number if later and later[0].number != work.key else None


def _bare(title: str) -> str:
    """Return a law's title without the word "Luật"."""
    return title.removeprefix("Luật ").removeprefix("Pháp lệnh ")


def _one(key: str, found: Sequence[_Law], why: str) -> Resolved:
    numbers = sorted({law.number for law in found})
    if len(numbers) == 1:
        return Resolved(numbers[0], why)
    return Resolved(key, f"open: {' or '.join(numbers)}" if numbers else "open: no law of that title is known")


def _years(day: str, count: int) -> str:
    return f"{int(day[:4]) + count}{day[4:]}"


def _short(name: str) -> str:
    """Return the slug without the fillers of an amending law's title."""
    return name.replace("mot-so-dieu-cua-", "").replace("mot-so-dieu-", "")


def _title_slug(title: str) -> str:
    words = plain(title)
    for kind in TYPE_WORDS:
        words = words.removeprefix(kind)
    return slug(words)
