"""Which of the candidates comes first, and where the words of the question stand in it.

The order: rows with the words exactly as written, marks included; rows with the words one after another; close
together; anywhere. Among those the shorter text, for the words are more of it; then the older number, so that the
order is the same every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnlegal.index.words import exact, folded, places
from vnlegal.text import fold

READ = 60  # candidates whose text is read; the others keep the order of their lengths


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that matched: how closely (3 words in a row, 2 near, 1 anywhere), its text's length."""

    entry: int
    tier: int
    size: int


def first_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Order candidates by what the index alone tells."""
    return sorted(candidates, key=lambda c: (-c.tier, c.size, c.entry))


def score(candidate: Candidate, text: str | None, asked: Sequence[str]) -> float:
    """Return how well a row answers; larger is better. `asked`: the exact words, empty where none has diacritics."""
    points = candidate.tier + 1 / (2 + candidate.size / 100)
    if text is not None and asked:
        own = exact(text)
        have = set(own)
        share = sum(word in have for word in asked) / len(asked)
        points += share + (4 if share == 1 else 0)
        if share == 1 and f" {' '.join(asked)} " in f" {' '.join(own)} ":
            points += 1
    return round(points, 6)


def exact_words(written: str) -> list[str]:
    """Return the exact words of a question that has diacritics; nothing of one typed without."""
    words = exact(written)
    return words if any(word != fold(word) for word in words) else []


def highlights(text: str, start: int, words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in the source: offsets of `text`, which begins at `start`."""
    beginnings = tuple(word[:-1] for word in words if word.endswith("*"))
    return tuple(
        (start + first, start + last)
        for word, first, last in places(text)
        if word in words or (beginnings and word.startswith(beginnings))
    )


def likeness(one: str, other: str) -> float:
    """Return which share of the words of two texts they have in common, 0 to 1."""
    a, b = set(folded(one)), set(folded(other))
    return len(a & b) / len(a | b) if a | b else 0.0
