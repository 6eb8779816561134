"""Which of the candidates comes first, and where the words of the question stand in it.

A row is as good as it is likely that someone who means it would ask with these words: as a run of its words, as some of
its words in their order, or as those of them that tell most (`likelihood`). So a run comes before words that stand
apart, words in the order asked before others, and of two rows that have them the shorter one, or the one whose other
words are in every row, for the words are more of it. Before all that: rows with the words as written, marks included.
A text that stands in several places comes once before it comes again. Equal rows keep the order of their numbers, so
that the order is the same every time.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.index.frequency import Frequencies
from vnlegal.index.query import Part
from vnlegal.index.words import exact, folded, places

READ = 40  # candidates whose text is read; the others follow in the order of their lengths
_OF_A_SIZE = 6  # rows of one length that are read before longer ones: they are often one text
_TELLING = 3.0  # how often the words that tell most are asked, beside any of them
_JUMBLED = 0.001  # how often words are asked in another order than they stand in, beside each way in order
_ALIKE = Frequencies()  # every word tells as much as another
# How often a body is asked for that a row's text does not name: one that leads, one with another role.
_LEADS, _HELPS = 0.25, 0.1
LAST = -2000.0  # the score of rows beyond the candidates
_UNREAD = -1000.0  # below every row whose text was read
_REPEATED = -500.0  # below every text told for the first time
_WRITTEN = 30.0  # all words stand there as written: above every row where one does not


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that matched: how closely (3 words in a row, 2 near, 1 anywhere), its text's length, its marks."""

    entry: int
    tier: int
    size: int
    marks: str = ""


def first_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Order candidates by what the index alone tells: the closest first, of those the shortest."""
    order = sorted(candidates, key=lambda c: (-c.tier, c.size, c.entry))
    if len(order) <= READ:
        return order
    before: Counter[tuple[int, int]] = Counter()
    late = set()
    for one in order:
        before[one.tier, one.size] += 1
        if before[one.tier, one.size] > _OF_A_SIZE:
            late.add(one.entry)
    return sorted(order, key=lambda c: (-c.tier, c.entry in late))


def ranked(
    order: Sequence[Candidate], texts: Mapping[int, str], parts: Sequence[Part], told_by: Frequencies = _ALIKE
) -> list[tuple[int, float]]:
    """Return the numbers of candidates with their scores, best first. `texts`: those that were read."""
    words = {text: folded(text) for text in texts.values()}
    same = {text: " ".join(own) for text, own in words.items()}  # one text, whatever its capitals and signs
    stated = Counter(same[text] for text in texts.values())  # what many documents state is meant more often
    marks = {candidate.entry: candidate.marks for candidate in order}
    points: dict[int, float] = {}
    known: dict[tuple[str, str], float] = {}
    for entry, text in texts.items():
        own = text, _roles(marks[entry], parts)
        if own not in known:
            known[own] = score(text, words[text], parts, own[1], told_by) + math.log(stated[same[text]])
        points[entry] = known[own]
    told: set[str] = set()
    scored = []
    for entry in sorted(texts, key=lambda entry: (-points[entry], entry)):
        text = same[texts[entry]]
        scored.append((entry, round(points[entry] + (_REPEATED if text in told else 0.0), 6)))
        told.add(text)
    unread = [candidate.entry for candidate in order if candidate.entry not in texts]
    scored += [(entry, _UNREAD - place) for place, entry in enumerate(unread)]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _roles(marks: str, parts: Sequence[Part]) -> str:
    """Return a letter for each body asked for: what it is to the row with these marks, l where it leads."""
    if not any(part.bodies for part in parts):
        return ""
    own = marks.split()
    return "".join("l" if any(f"l{n}" in own for n in part.bodies) else "-" for part in parts if part.bodies)


def score(text: str, own: Sequence[str], parts: Sequence[Part], roles: str, told_by: Frequencies) -> float:
    """Return how well a row answers; larger is better. `own`: its folded words; `roles`: see `_roles`."""
    chances = [_LEADS if role == "l" else _HELPS for role in roles]
    whole = sum(told_by.of(own))
    points = _points(own, [part.words for part in parts], parts, chances, told_by, whole)
    if all(part.written == part.words for part in parts):
        return points
    exactly = exact(text)
    have = set(exactly)
    asked = [word for part in parts if not part.bodies for word in part.written]
    share = sum(word in have for word in asked) / max(len(asked), 1)
    if share < 1:
        return points + _WRITTEN / 3 * share
    return _WRITTEN + _points(exactly, [part.written for part in parts], parts, chances, told_by, whole)


def _points(
    own: Sequence[str],
    wanted: Sequence[Sequence[str]],
    parts: Sequence[Part],
    chances: Sequence[float],
    told_by: Frequencies,
    whole: float,
) -> float:
    """Return the points of a text of these words; `wanted`: those of the parts, folded or not as they are."""
    have = set(own)
    asked: list[str] = []
    plain: list[str] = []
    points = 0.0
    waiting = iter(chances)
    for words, part in zip(wanted, parts, strict=True):
        chance = next(waiting) if part.bodies else 1.0
        if part.bodies and not have.issuperset(words):
            points += math.log(chance)
        else:
            asked += words
            plain += part.words
    if not asked:
        return points - math.log(1 + len(own))
    telling = sum(math.log(weight / whole) for weight in told_by.of(plain)) + math.lgamma(len(plain) + 1)
    return points + math.log(likelihood(own, asked, math.exp(telling)))


def likelihood(words: Sequence[str], asked: Sequence[str], telling: float) -> float:
    """Return how likely a text of these words is asked by those.

    They are one of its runs, or some of its words in order: any of them, or those that tell which text it is.
    `telling`: how likely the last are just these.
    """
    size, count = len(words), len(asked)
    if count > size:
        return _JUMBLED / math.comb(count + size, count)
    runs, choices = runs_and_choices(words, asked)
    return runs / (size - count + 1) + (choices or _JUMBLED) * (1 / math.comb(size, count) + _TELLING * telling)


def runs_and_choices(words: Sequence[str], asked: Sequence[str]) -> tuple[int, int]:
    """Return how often the words asked stand one after another, and in how many ways in their order."""
    wanted, asked = set(asked), list(asked)
    first, count = asked[0], len(asked)
    runs = 0
    ways = [1] + [0] * count  # of the first n words asked
    for at, word in enumerate(words):
        if word in wanted:
            runs += word == first and words[at : at + count] == asked
            for n in range(count, 0, -1):
                if asked[n - 1] == word:
                    ways[n] += ways[n - 1]
    return runs, ways[count]


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
