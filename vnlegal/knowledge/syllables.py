"""Counts of Vietnamese syllables and of neighbours: the model models/syllables, made by scripts/train_syllables.

The usual ones, which tell where words run together part, are a list of their own that always comes along.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from vnlegal.text import fold


@lru_cache(maxsize=1)
def common_syllables() -> Mapping[str, int]:
    """Return the usual syllables, in lower case, and how often each stands in 12.5 million of legal texts."""
    lines = (files("vnlegal") / "data" / "syllables.txt").read_text(encoding="utf-8").splitlines()
    return {syllable: int(count) for syllable, count in map(str.split, lines)}


@dataclass(frozen=True, slots=True)
class Syllables:
    """Counts of syllables and of pairs of neighbours, and the syllables that differ only in their marks."""

    singles: dict[str, int]
    pairs: dict[str, int]
    alike: dict[str, tuple[str, ...]]
    total: int


@lru_cache(maxsize=1)
def load_syllables() -> Syllables | None:
    """Return the counts, or None where the model is not shipped."""
    places = (files("vnlegal") / "models", Path(__file__).resolve().parents[2] / "models")
    for place in places:
        file = place / "syllables" / "pairs.tsv.gz"
        if file.is_file():
            lines = gzip.decompress(file.read_bytes()).decode("utf-8").split("\n")
            break
    else:
        return None
    singles: dict[str, int] = {}
    pairs: dict[str, int] = {}
    alike: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        first, second, count = line.split("\t")
        if second:
            pairs[f"{first} {second}"] = int(count)
        else:
            singles[first] = int(count)
            alike[fold(first)].append(first)
    return Syllables(singles, pairs, {k: tuple(v) for k, v in alike.items()}, sum(singles.values()))
