"""Mending what OCR makes of document numbers ("ND-CP") and the tone marks it loses ("thuê suât" for "thuế suất").

Tone marks are mended by what syllables stand beside each other.

A syllable is changed only to one with the same letters under the marks, only where its neighbours speak clearly for
the change, and every change is told. Counts: models/syllables, made by scripts/train_syllables.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from vnlegal.knowledge.slips import Slip
from vnlegal.knowledge.syllables import Syllables
from vnlegal.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_SMOOTH = 6.0
# What a change must gain in natural-log odds: a lost tone on a roofed vowel is the commonest slip of recognition,
# other marks are right more often than the counts can tell.
_GAIN_ROOFED = 5.5
_GAIN_OTHER = 6.0
_GAIN_UNKNOWN = 1.5
_PASSES = 2  # what is mended helps its neighbours
_OFTEN, _VERY_OFTEN = 20, 500
_SLIPS = 0.01
_ROOFED = frozenset("âêôăơư")


@dataclass(frozen=True, slots=True)
class Mended:
    """A change made to a word: where it stood in the words given, what it was and what it became."""

    start: int
    before: str
    after: str


def mend(lines: Sequence[str], syllables: Syllables) -> tuple[list[str], list[list[Mended]]]:
    """Return the lines with lost tone marks put back, and for each line the changes made.

    Words at the end of one line and the beginning of the next are neighbours. Lengths never change.
    """
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    places = [(n, m.start(), m[0]) for n, line in enumerate(lines) for m in _WORD.finditer(line)]
    words = [word.casefold() for _, _, word in places]
    out = [list(line) for line in lines]
    changes: list[list[Mended]] = [[] for _ in lines]
    for _ in range(_PASSES):
        for k, word in enumerate(words):
            if len(word) == len(places[k][2]) and len(word) > 1:
                before, after = words[k - 1] if k else "", words[k + 1] if k + 1 < len(words) else ""
                name = places[k][2][0].isupper() and not places[k][2].isupper()
                words[k] = _best(word, before, after, syllables, may_be_name=name) or word
    for (n, start, written), word in zip(places, words, strict=True):
        if word != written.casefold():
            cased = word.upper() if written.isupper() else word.capitalize() if written[0].isupper() else word
            out[n][start : start + len(written)] = cased
            changes[n].append(Mended(start, written, cased))
    return ["".join(x) for x in out], changes


def mend_numbers(line: str, slips: Sequence[Slip]) -> tuple[str, list[Mended]]:
    """Return a recognized line with the slips in its document numbers put right, and the words changed.

    A slip that would change the number of words is left. Rules: vnlegal/data/recognition_slips.toml.
    """
    if "/" not in line:
        return line, []
    better = line
    for slip in slips:
        tried = slip.pattern.sub(slip.put, better)
        better = tried if tried.count(" ") == line.count(" ") else better
    changes = []
    start = 0
    for before, after in zip(line.split(" "), better.split(" "), strict=True):
        if before != after:
            changes.append(Mended(start, before, after))
        start += len(before) + 1
    return better, changes


def _best(word: str, before: str, after: str, syllables: Syllables, *, may_be_name: bool) -> str | None:
    """Return the syllable `word` should have been, or None where it may stay."""
    others = [w for w in syllables.alike.get(fold(word), ()) if w != word and len(w) == len(word)]
    if not others:
        return None
    here = _score(word, before, after, syllables)
    best = max(others, key=lambda w: _score(w, before, after, syllables))
    gain = _score(best, before, after, syllables) - here
    well_known = _well_known(before, best, after, syllables) and _hardly_seen(before, word, best, after, syllables)
    if may_be_name and not well_known:
        return None  # names of people and places are made of syllables no text has
    if word not in syllables.singles:
        needed = _GAIN_UNKNOWN
    elif _only_tone_lost(word, best):
        needed = _GAIN_ROOFED
    elif well_known:
        needed = _GAIN_OTHER
    else:
        return None
    return best if gain > needed else None


def _well_known(before: str, word: str, after: str, syllables: Syllables) -> bool:
    """Whether a syllable is often seen with both its neighbours, or very often with one."""
    left, right = syllables.pairs.get(f"{before} {word}", 0), syllables.pairs.get(f"{word} {after}", 0)
    return min(left, right) >= _OFTEN or max(left, right) >= _VERY_OFTEN


def _hardly_seen(before: str, word: str, best: str, after: str, syllables: Syllables) -> bool:
    """Whether a syllable stands beside its neighbours next to never, measured by how often the better one does.

    The texts that were counted have slips of recognition themselves: "bỗ sung" a hundred times, "bổ sung" 20,000.
    """
    left, right = syllables.pairs.get(f"{before} {word}", 0), syllables.pairs.get(f"{word} {after}", 0)
    left_best, right_best = syllables.pairs.get(f"{before} {best}", 0), syllables.pairs.get(f"{best} {after}", 0)
    return left <= _SLIPS * max(left_best, right_best) and right <= _SLIPS * max(left_best, right_best)


def _only_tone_lost(word: str, better: str) -> bool:
    """Whether `better` is `word` with a tone on a vowel that wears a roof, a breve or a horn."""
    return all(a == b or (a in _ROOFED and unicodedata.normalize("NFD", b)[0] == unicodedata.normalize("NFD", a)[0]
               and len(unicodedata.normalize("NFD", b)) == 3) for a, b in zip(word, better, strict=True))  # fmt: skip


def _score(word: str, before: str, after: str, syllables: Syllables) -> float:
    alone = (syllables.singles.get(word, 0) + 0.1) / syllables.total
    left = (syllables.pairs.get(f"{before} {word}", 0) + _SMOOTH * alone) / (syllables.singles.get(before, 0) + _SMOOTH)
    right = (
        syllables.pairs.get(f"{word} {after}", 0) + _SMOOTH * (syllables.singles.get(after, 0) + 0.1) / syllables.total
    ) / (syllables.singles.get(word, 0) + _SMOOTH)
    return math.log(left) + math.log(right)
