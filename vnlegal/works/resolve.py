"""From a mention's key to the work it means, across documents: a law by name as of the day it was cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from vnlegal.citations.keys import slug
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import TYPE_WORDS, plain
from vnlegal.works.model import WorkFacts

_NAMED = "luat:"


class Resolved(NamedTuple):
    """The key of the work meant, and why."""

    key: str
    why: str


class _Law(NamedTuple):
    date: str
    number: str


class Resolver:
    """Knows the laws of the registry and of the documents given by their titles."""

    def __init__(self, works: Iterable[WorkFacts], knowledge: Knowledge) -> None:
        laws: dict[str, set[_Law]] = defaultdict(set)
        for known in knowledge.laws.works:
            if known.number:
                for title in (known.title, *known.aliases):
                    laws[_title_slug(title)].add(_Law(known.date or known.year, known.number))
        for work in works:
            if work.kind in ("luat", "bo_luat", "phap_lenh") and work.title and work.date:
                laws[_title_slug(work.title)].add(_Law(work.date, work.key))
        self._laws = {name: sorted(found) for name, found in laws.items()}

    def resolve(self, key: str, on: str | None) -> Resolved:
        """Return the work that `key` means in a document of the ISO day `on`; what stays open keeps its key."""
        if not key.startswith(_NAMED):
            return Resolved(key, "number")
        name, _, year = key.removeprefix(_NAMED).partition("@")
        found = self._laws.get(name, [])
        if year and year != "?":
            found = [law for law in found if law.date.startswith(year)]
            why = f"name, year {year}"
        elif on:
            earlier = [law for law in found if law.date <= on]
            found = [law for law in earlier if law.date == earlier[-1].date] if earlier else []
            why = f"name, the latest law of that title on {on}"
        else:
            why = "name, the only law of that title"
        numbers = {law.number for law in found}
        return Resolved(numbers.pop(), why) if len(numbers) == 1 else Resolved(key, "open")


def _title_slug(title: str) -> str:
    words = plain(title)
    for kind in TYPE_WORDS:
        words = words.removeprefix(kind)
    return slug(words)
