"""The measures: spans hit, fields right, groupings alike. All figures are rounded to four places."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
Pairs: TypeAlias = list[tuple[int, int]]


@dataclass(slots=True)
class Found:
    """How many spans were hit, predicted and in the gold; precision, recall and F1 follow."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hit: int, predicted: int, gold: int) -> None:
        """Count one document in."""
        self.hit += hit
        self.predicted += predicted
        self.gold += gold

    def figures(self) -> dict[str, float | int]:
        """Return the figures, rounded to four places. Nothing asked and nothing given counts as all right."""
        precision = self.hit / self.predicted if self.predicted else float(not self.gold)
        recall = self.hit / self.gold if self.gold else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        rounded = {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
        return {**rounded, "hit": self.hit, "pred": self.predicted, "gold": self.gold}


@dataclass(slots=True)
class Right:
    """For each field, how often it was asked and how often the answer was right."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def ask(self, name: str, right: bool) -> None:
        """Count one answer in."""
        tally = self.counts.setdefault(name, [0, 0])
        tally[0] += right
        tally[1] += 1

    def figures(self) -> dict[str, dict[str, float | int | None]]:
        """Return the share of right answers of each field by name."""
        return {name: share(right, asked) for name, (right, asked) in sorted(self.counts.items())}


def share(right: int, asked: int) -> dict[str, float | int | None]:
    """Return a share of right answers, rounded to four places."""
    return {"acc": round(right / asked, 4) if asked else None, "right": right, "asked": asked}


def overlap(a: Row, b: Row) -> int:
    """Return how many characters two rows share."""
    start: int = max(a["start"], b["start"])
    end: int = min(a["end"], b["end"])
    return max(0, end - start)


def overlap_share(a: Row, b: Row) -> float:
    """Return the shared characters over all characters of two rows (intersection over union)."""
    shared = overlap(a, b)
    union = (a["end"] - a["start"]) + (b["end"] - b["start"]) - shared
    return shared / union if union else 0.0


def pair_rows(gold: Sequence[Row], given: Sequence[Row], least: float) -> Pairs:
    """Return one-to-one pairs of indexes (gold, given), the best overlap first, none under `least`."""
    by_place = sorted(range(len(given)), key=lambda j: (given[j]["start"], given[j]["end"]))
    candidates = []
    for i, asked in enumerate(gold):
        for j in by_place:
            if given[j]["start"] >= asked["end"]:
                break
            if given[j]["end"] > asked["start"]:
                score = overlap_share(asked, given[j])
                if score >= least:
                    candidates.append((-score, i, j))
    taken_gold: set[int] = set()
    taken_given: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken_given:
            taken_gold.add(i)
            taken_given.add(j)
            pairs.append((i, j))
    return pairs


def link_f1(gold_keys: Sequence[str], given_keys: Sequence[str]) -> float | None:
    """Return B-cubed F1 of a grouping of mentions against the gold grouping; None where there are no mentions."""
    if not gold_keys:
        return None
    gold_groups: dict[str, set[int]] = defaultdict(set)
    given_groups: dict[str, set[int]] = defaultdict(set)
    for n, (asked, given) in enumerate(zip(gold_keys, given_keys, strict=True)):
        gold_groups[asked].add(n)
        given_groups[given].add(n)
    precision = recall = 0.0
    for asked, given in zip(gold_keys, given_keys, strict=True):
        both = len(gold_groups[asked] & given_groups[given])
        precision += both / len(given_groups[given])
        recall += both / len(gold_groups[asked])
    precision /= len(gold_keys)
    recall /= len(gold_keys)
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def plain(words: str | None) -> str:
    """Return a name for comparison: composed, in lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", words or "").casefold().split())
