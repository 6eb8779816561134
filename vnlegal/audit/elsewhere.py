"""Documents known to detail a law that are not among those given: what seems owed may stand there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vnlegal.citations.keys import slug, year_inside
from vnlegal.knowledge.registry import KnownDocument
from vnlegal.works import WorkFacts
from vnlegal.works.resolve import Resolver

_DETAILS = re.compile(r"^(?:quy định chi tiết|hướng dẫn)", re.IGNORECASE)
_AMENDS = re.compile(r"(?:của|thi hành) (?:Nghị định|Thông tư|Quyết định|Nghị quyết)")
_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh) (?=\w)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+,?")
_LONGEST = 16  # words of a law's title


def known_elsewhere(works: Sequence[WorkFacts], resolver: Resolver, as_of: str) -> dict[str, tuple[str, ...]]:
    """Return for each law the numbers of living documents not given that by their titles detail it, by day."""
    keys = {row.key for row in resolver.registry.documents}
    given = {work.key for work in works if work.key in keys}
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(resolver.registry.documents, key=lambda row: (row.date, row.number)):
        gone = row.ended_by and row.valid_to <= as_of
        if row.key in given or gone or row.date > as_of or not _DETAILS.match(row.title) or _AMENDS.search(row.title):
            continue
        for law in _laws(row, resolver):
            found[law].append(row.number)
    return {law: tuple(dict.fromkeys(numbers)) for law, numbers in found.items()}


def _laws(row: KnownDocument, resolver: Resolver) -> Iterator[str]:
    """Yield the keys of the laws that a title names, as of the document's day; a law with its number goes by that."""
    year = year_inside(row.number)
    day = row.date or (f"{year}-12-31" if year else None)
    for match in _LAW.finditer(row.title):
        words = [word.group() for word in _WORD.finditer(row.title, match.end())][:_LONGEST]
        for count in range(len(words), 0, -1):
            key = f"luat:{slug(' '.join(words[:count]))}"
            resolved = resolver.resolve(key, day).key
            if resolved != key:
                yield resolved
                break
