"""Which of the candidates comes first, and where the words of the question stand in it.

The order: rows with the words exactly as written, marks included; rows with the words one after another; then the
closer together in the order asked; among those the shorter text, for the words are more of it; then the older number,
so that the order is the same every time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.index.words import exact, folded, places
from vnlegal.text import fold

READ = 24  # candidates whose text is read; the others keep the order of their lengths
_MOST_STARTS = 8  # places of the first word from which a row of words is followed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that matched: how closely (3 words in a row, 2 near, 1 anywhere), its text's length."""

    entry: int
    tier: int
    size: int


def first_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Order candidates by what the index alone tells."""
    return sorted(candidates, key=lambda c: (-c.tier, c.size, c.entry))


def score(candidate: Candidate, text: str | None, plain: Sequence[str], asked: Sequence[str]) -> float:
    """Return how well a row answers; larger is better.

    `plain`: the folded words in the order asked; `asked`: the exact words, empty where none has diacritics.
    """
    points = candidate.tier + 1 / (2 + candidate.size / 100)
    if text is None:
        return round(points, 6)
    if len(plain) > 1:
        found = closeness(folded(text), plain)
        points += found + (3 - candidate.tier if found == 1 else 0)
    if asked:
        own = exact(text)
        have = set(own)
        share = sum(word in have for word in asked) / len(asked)
        points += 2 * share + (4 if share == 1 else 0)
        if share == 1 and len(asked) > 1:
            points += closeness(own, asked)
    return round(points, 6)


def closeness(words: Sequence[str], asked: Sequence[str]) -> float:
    """Return how closely the words asked stand in a text in their order: 1 one after another, 0 not in that order."""
    best = 0.0
    starts = 0
    for first, word in enumerate(words):
        if word != asked[0]:
            continue
        at = first
        try:
            for other in asked[1:]:
                at = words.index(other, at + 1)
        except ValueError:
            break
        best = max(best, len(asked) / (at - first + 1))
        starts += 1
        if best == 1 or starts == _MOST_STARTS:
            break
    return best


def exact_words(written: str) -> list[str]:
    """Return the exact words of a question that has diacritics; nothing of one typed without."""
    words = exact(written)
    return words if any(word != fold(word) for word in words) else []


def highlights(text: str, start: int, words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in the source: offsets of `text`, which begins at `start`."""
    if not words:
        return ()
    return tuple((start + first, start + last) for first, last in places(text, _any_of(words)))


@lru_cache(maxsize=256)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of whole words, and of those that begin as the ones ending in * do."""
    choices = "|".join(re.escape(w[:-1]) + r"[^\W_]*" if w.endswith("*") else re.escape(w) for w in sorted(words))
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])")


def likeness(one: str, other: str) -> float:
    """Return which share of the words of two texts they have in common, 0 to 1."""
    a, b = set(folded(one)), set(folded(other))
    return len(a & b) / len(a | b) if a | b else 0.0
