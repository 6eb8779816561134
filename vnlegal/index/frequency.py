"""How much a word tells: counted over a part of the index's tasks whenever the index is tidied.

A word that few tasks have tells which one is meant, one that every task has tells nothing. The counts stand as one line
in the table `vnlegal_index`; an index that was never tidied has none, and every word tells as much as another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, insert, select

from vnlegal.index.blocks import text_of, unpacked
from vnlegal.index.schema import meta, payloads
from vnlegal.index.words import folded

_NAME = "words"
_BLOCKS = 2500  # that are counted, spread over the whole index
_AT_ONCE = 200
_TASK = b'"modality":'
_LEAST = 2  # tasks that have a word; the others count as if one had it
_POWER = 4  # how much more is asked by what tells more


@dataclass(frozen=True, slots=True)
class Frequencies:
    """The weight of folded words: large for those that few tasks have, `rare` for those hardly any has."""

    weights: Mapping[str, float] = field(default_factory=dict)
    rare: float = 1.0

    def of(self, words: Iterable[str]) -> list[float]:
        """Return the weight of each word."""
        weights, rare = self.weights, self.rare
        return [weights.get(word, rare) for word in words]


def count(connection: Connection) -> None:
    """Count the words of some of the tasks anew."""
    counts: Counter[str] = Counter()
    tasks = 0
    top = connection.execute(select(func.max(payloads.c.id))).scalar()
    wanted = range(0, (top or 0) + 1, max(1, (top or 0) // _BLOCKS))
    for at in range(0, len(wanted), _AT_ONCE):
        blocks = connection.execute(select(payloads.c.data).where(payloads.c.id.in_(wanted[at : at + _AT_ONCE])))
        for (data,) in blocks:
            lines = unpacked(data)
            for n in (n for n, line in enumerate(lines) if _TASK in line):
                counts.update(set(folded(text_of(lines, n))))
                tasks += 1
    common = [f"{word} {times}" for word, times in sorted(counts.items()) if times >= _LEAST]
    connection.execute(delete(meta).where(meta.c.name == _NAME))
    connection.execute(insert(meta).values(name=_NAME, value=" ".join([str(tasks), *common])))


def frequencies(connection: Connection) -> Frequencies:
    """Return the weights of words as they were counted last."""
    line = connection.execute(select(meta.c.value).where(meta.c.name == _NAME)).scalar()
    if not line:
        return Frequencies()
    first, *rest = line.split()
    tasks = int(first)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return Frequencies({word: _weight(tasks, int(times)) for word, times in pairs}, _weight(tasks, 1))


def _weight(tasks: int, times: int) -> float:
    return (math.log(max(tasks, 1) / times) + 0.3) ** _POWER
