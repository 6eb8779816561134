"""Numbers written in another form, or without their year, made out among the documents known.

Known are the documents given, the laws and the registry. Numbers of local bodies say nothing alone: each province has
its own 5/2024/QĐ-UBND.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from vnlegal.knowledge.laws import LawKnowledge
from vnlegal.knowledge.registry import Registry, always_dated, number_form, serial_form
from vnlegal.works.model import WorkFacts

_LOCAL = re.compile(r"UBND|HĐND|[/-](?:TU|HU|ĐU|QU|BTU)(?![^\W_])")
_LAW = re.compile(r"QH\d")
_REACH = 3  # years back in which a number that comes again every year or term means the last one known


class Resolved(NamedTuple):
    """The key of the work meant, and why."""

    key: str
    why: str


class _Known(NamedTuple):
    key: str
    day: str  # ISO, or its beginning


class Numbers:
    """The keys known, by number."""

    def __init__(self, works: Sequence[WorkFacts], laws: LawKnowledge, registry: Registry) -> None:
        self._works = works
        self._laws = laws
        self._registry = registry

    def resolve(self, key: str, on: str | None) -> Resolved:
        """Return the work that the number `key` means in a document of the ISO day `on`; what stays open keeps it."""
        blank = not key[:1].isdigit()  # a number still to be filled in is nobody else's
        if blank or key in self._registry.by_key or key in self._laws.by_number or _LOCAL.search(key):
            return Resolved(key, "number")
        by_form, by_serial = self._of_laws if _LAW.search(key) else self._of_others
        if not key.endswith("@?"):
            return _rewritten(key, by_form.get(number_form(key), {}))
        return _dated(key, by_serial.get(serial_form(key), {}).values(), on)

    @cached_property
    def _of_laws(self) -> _Index:
        listed = (_Known(law.number, law.date or law.year) for law in self._laws.works if law.number)
        return _index((*listed, *self._given(law=True)))

    @cached_property
    def _of_others(self) -> _Index:
        listed = (_Known(row.key, row.date or row.key.rpartition("@")[2]) for row in self._registry.documents)
        return _index((*listed, *self._given(law=False)))

    def _given(self, *, law: bool) -> Iterator[_Known]:
        for work in self._works:
            if not work.key.startswith("?") and (_LAW.search(work.key) is not None) == law:
                yield _Known(work.key, work.date or "")


_Index = tuple[dict[str, dict[str, _Known]], dict[str, dict[str, _Known]]]


def _index(known: Iterable[_Known]) -> _Index:
    """Return the keys by their form with the year, and without it."""
    by_form: dict[str, dict[str, _Known]] = defaultdict(dict)
    by_serial: dict[str, dict[str, _Known]] = defaultdict(dict)
    for one in known:
        if not _LOCAL.search(one.key):
            by_form[number_form(one.key)][one.key] = one
            by_serial[serial_form(one.key)][one.key] = one
    return by_form, by_serial


def _rewritten(key: str, found: dict[str, _Known]) -> Resolved:
    """Return the one known spelling of a number: 9/2025/NĐ-CP, 09/2025/ND-CP and 09/NĐ-CP of 2025 are 09/2025/NĐ-CP."""
    if key in found or not found:
        return Resolved(key, "number")
    if len(found) == 1:
        return Resolved(next(iter(found)), f"number, written {key}")
    return Resolved(key, f"open: {' or '.join(sorted(found))}")


def _dated(key: str, found: Iterable[_Known], on: str | None) -> Resolved:
    """Return the document that a number without its year means: the only one known that is near enough before `on`."""
    earlier = [one for one in found if on is None or one.day[: len(on)] <= on]
    if not earlier:
        return Resolved(key, "open: the year of the number is not known")
    names = " or ".join(sorted(one.key for one in earlier))
    near = on is not None and int(on[:4]) - _REACH <= int(earlier[0].day[:4] or 0)
    if len(earlier) == 1 and near:
        rule = "lost its year" if always_dated(key) else "without a year"
        return Resolved(earlier[0].key, f"number {rule}, the only one known of the {_REACH} years before {on}")
    return Resolved(key, f"open: {names}")
