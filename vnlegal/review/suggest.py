"""What a reviewer may mean: works and bodies whose names hold the letters typed, with or without diacritics."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vnlegal.knowledge import Knowledge
from vnlegal.review.model import Item
from vnlegal.text import fold

_MOST = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to put into a field, what it is, and the folded words it is found by."""

    value: str
    label: str
    words: str


def works(knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """Return the works the knowledge has a number for, under the key that citations of them share."""
    return tuple(_works(knowledge))


def _works(knowledge: Knowledge) -> Iterator[Suggestion]:
    laws = knowledge.laws
    rows = [(w.number, w.date, w.title, w.aliases) for w in laws.works if w.number]
    rows += [(n.number, n.date, n.title, n.names) for n in laws.named if n.number]
    rows += [(p.number, p.date, p.title, p.aliases) for found in laws.by_decision.values() for p in found]
    seen = set()
    for number, day, title, names in rows:
        parts = number.split("/")
        has_year = len(parts) > 2 or (len(parts) == 2 and parts[1][:4].isdigit())
        key = number if has_year else f"{number}@{day[:4] or '?'}"
        if key not in seen:
            seen.add(key)
            yield Suggestion(key, title, _folded(f"{number} {title} {' '.join(names)}"))


def bodies(knowledge: Knowledge) -> tuple[Suggestion, ...]:
    """Return the bodies of the knowledge under their official names."""
    known = knowledge.agencies
    rows = [(row.name, (*row.aliases, *row.codes), row.valid_to) for row in known.agencies]
    for row in known.provinces:
        name = f"{row.level} {row.name}"
        rows.append((f"Ủy ban nhân dân {name}", (f"UBND {name}", *row.aliases), row.valid_to))
    return tuple(
        Suggestion(name, f"đến {until}" if until else "", _folded(f"{name} {' '.join(others)}"))
        for name, others, until in dict.fromkeys(rows)
    )


def suggested(written: str, known: Iterable[Suggestion], here: Iterable[Suggestion]) -> list[Suggestion]:
    """Return what fits the letters: what this document names first, then names that begin with them."""
    words = _folded(written).split()
    if not words:
        return list({one.value: one for one in here}.values())[:_MOST]
    found: dict[str, tuple[bool, bool, int, Suggestion]] = {}
    for local, rows in ((True, here), (False, known)):
        for one in rows:
            if one.value not in found and all(word in one.words for word in words):
                found[one.value] = (not local, not one.words.startswith(words[0]), len(one.words), one)
    return [one for *_, one in sorted(found.values(), key=lambda entry: entry[:3])][:_MOST]


def named_here(items: Iterable[Item], field: str) -> list[Suggestion]:
    """Return the targets (`target`) or the bodies (`canonical`) of a document's items, the most frequent first."""
    count: dict[str, int] = {}
    label: dict[str, str] = {}
    for item in items:
        name = item.value.get(field)
        if name and item.verdict != "gone":
            count[name] = count.get(name, 0) + 1
            label.setdefault(name, str(item.value.get("text", ""))[:80])
    return [Suggestion(n, label[n], _folded(f"{n} {label[n]}")) for n in sorted(count, key=lambda n: -count[n])]


def _folded(words: str) -> str:
    return fold(unicodedata.normalize("NFC", words))
