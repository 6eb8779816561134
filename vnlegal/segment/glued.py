"""Copies that lost the blanks at the line ends of their source get them back: "nhândân", "tạiTờ trình".

A Vietnamese word is one syllable of at most seven letters with one tone, so a longer run of letters or one with two
tones shows such a copy, and how usual the syllables are tells where it parts. Only a text whose beginning shows the
fault is worked on; all others pass for the price of a look at their first lines.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from vnlegal.knowledge.syllables import common_syllables
from vnlegal.text import LOWER, UPPER, Builder, View

_SAMPLE = 4_000
_LONGEST_SYLLABLE = 7
_SHORTEST_PROOF = 6
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_RUN = re.compile(r"[^\W\d_]{4,24}")
_SEAM = re.compile(rf"(?<=[{LOWER}])(?=[{UPPER}])")
_ABBREVIATION = 3
# Runs without a single mark may be foreign words: both halves have to be very usual.
_LEAST_PLAIN = 6
_VERY_USUAL = 3_000


def part_words(view: View) -> View:
    """Return `view` with a blank between words that a copy ran together; the very view where its text shows none."""
    if not _is_glued(view.text[:_SAMPLE]):
        return view
    builder = Builder(view.text)
    done = 0
    for run in _RUN.finditer(view.text):
        at = run.start()
        for word in _words(run[0])[:-1]:
            at += len(word)
            builder.add(view.text[done:at], done)
            builder.add(" ", at)
            done = at
    builder.add(view.text[done:], done)
    return builder.view().over(view)


def _is_glued(beginning: str) -> bool:
    long = (word for word in beginning.split() if len(word) >= _SHORTEST_PROOF)
    runs = (run for word in long for run in _RUN.findall(word))
    return any(len(run) >= _SHORTEST_PROOF and not run.isascii() and _is_proof(run) for run in runs)


@lru_cache(maxsize=1 << 12)
def _is_proof(run: str) -> bool:
    """Whether `run` is sure to be more than one word: longer than a syllable can be, or with two tones."""
    if run.lower() in common_syllables():
        return False
    return (len(run) > _LONGEST_SYLLABLE or len(_TONE.findall(normalize("NFD", run))) > 1) and len(_words(run)) > 1


@lru_cache(maxsize=1 << 12)
def _words(run: str) -> tuple[str, ...]:
    """Return the words run together in `run`, or `run` alone where it is one word or none that is known."""
    known = common_syllables()
    low = run.lower()
    if low in known:
        return (run,)
    seam = _SEAM.search(run)
    if seam is not None:
        return _at_seam(run, seam.start())
    if run.isascii():
        plain = _halves(low) if len(low) >= _LEAST_PLAIN else []
        sizes = [size for size in plain if min(known[low[:size]], known[low[size:]]) >= _VERY_USUAL]
    else:
        sizes = _halves(low)
    if sizes:
        size = max(sizes, key=lambda n: known[low[:n]] * known[low[n:]])
        return run[:size], run[size:]
    return _in_three(run, low) or (run,)


def _at_seam(run: str, seam: int) -> tuple[str, ...]:
    """Cut where a capital follows a small letter ("tạiTờ", "BộKHCN")."""
    known = common_syllables()
    left, right = run[:seam], run[seam:]
    if left.lower() in known and (right.lower() in known or (right.isupper() and len(right) >= _ABBREVIATION)):
        return left, right
    return (run,)


def _halves(low: str) -> list[int]:
    """Return after how many letters `low` parts into two known syllables."""
    known = common_syllables()
    most = min(len(low) - 2, _LONGEST_SYLLABLE)
    return [size for size in range(2, most + 1) if low[:size] in known and low[size:] in known]


def _in_three(run: str, low: str) -> tuple[str, ...] | None:
    """Cut a run with marks into three known syllables; None where it cannot be cut."""
    known = common_syllables()
    if run.isascii():
        return None
    firsts = [size for size in range(2, min(len(low) - 3, _LONGEST_SYLLABLE + 1)) if low[:size] in known]
    cuts = [(size, size + more) for size in firsts for more in _halves(low[size:])]
    if not cuts:
        return None
    one, two = max(cuts, key=lambda cut: known[low[: cut[0]]] * known[low[cut[0] : cut[1]]] * known[low[cut[1] :]])
    return run[:one], run[one:two], run[two:]
