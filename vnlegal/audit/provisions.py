"""Which articles of an answering document make the rules that a clause leaves to it.

An article is held against every clause that its document answers: by the provision its heading or first sentence
names, else by the words that its heading and the headings above it share with the clause's subject. Words that most
headings of the document have weigh little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vnlegal.works import Article, Pin

_WORD = re.compile(r"\w+")
_GENERAL = re.compile(
    r"Phạm vi điều chỉnh|Đối tượng áp dụng|Giải thích từ ngữ|Hiệu lực|Điều khoản|Quy định chuyển tiếp|Tổ chức thực hiện"
    r"|Trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện|của)|Kinh phí|Nguyên tắc (?:chung|áp dụng)|Khen thưởng",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"Phạm vi điều chỉnh|Đối tượng áp dụng", re.IGNORECASE)
_LEAST = 0.5
_LEAST_ALONE = 0.75  # where the scope states no subject and only the clause's words are there
_HEADING = 120  # of a heading, code points: what follows may be the article's first sentence
_NEARLY = 0.9
_COMMON = "và của về các theo tại cho trong đối với được việc quy định điều khoản một số có là do khi"
_STOP = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clause as its answer is looked for: its provisions, and the words that say what it is about.

    `alone`: it is the only provision that the document's scope names.
    """

    pins: tuple[Pin, ...]
    subject: str
    context: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a clause's subject, as the scope states it, and those of the clause and its article's heading."""

    subject: frozenset[str]
    context: frozenset[str]


def answering_articles(
    articles: Sequence[Article], law: str, wanted: Mapping[int, Wanted]
) -> dict[int, tuple[Pin, ...]]:
    """Return for each wanted clause, by its number, the articles of the document that speak of it."""
    held = [article for article in articles if not _GENERAL.match(article.heading)]
    above = {article.above: tuple(map(_words, article.above.split(" / "))) for article in held if article.above}
    own = [_words(article.heading[:_HEADING]) for article in held]
    count = Counter(word for words in (*own, *(h[0] for h in above.values())) for word in words)
    most = len(own) + len(above) + 1
    weight = {word: math.log(most / n) + 0.05 for word, n in count.items()}
    clauses = {n: _Clause(_words(w.subject), _words(w.context)) for n, w in wanted.items()}
    out: dict[int, list[Pin]] = {n: [] for n in wanted}
    for article, words in zip(held, own, strict=True):
        named = [n for n, w in wanted.items() if _names(article, law, w.pins)]
        for n in named or _alike(words, above.get(article.above, ()), clauses, weight):
            out[n].append(Pin(dieu=article.dieu))
    if len(wanted) == 1 and not any(out.values()) and _bound_to_one(wanted):
        return {n: tuple(Pin(dieu=article.dieu) for article in held) for n in wanted}
    return {n: tuple(pins) for n, pins in out.items()}


def _bound_to_one(wanted: Mapping[int, Wanted]) -> bool:
    """Whether the one clause asked for is all that the document says it details."""
    return all(w.alone for w in wanted.values())


def _names(article: Article, law: str, pins: Sequence[Pin]) -> bool:
    return any(
        d.law == law and d.pin.khoan is not None and (d.pin == pin or d.pin == Pin(dieu=pin.dieu, khoan=pin.khoan))
        for d in article.details
        for pin in pins
    ) and not _SCOPE.match(article.heading)


def _alike(
    own: frozenset[str],
    above: Sequence[frozenset[str]],
    clauses: Mapping[int, _Clause],
    weight: Mapping[str, float],
) -> list[int]:
    """Return the clauses that the headings speak of.

    First those whose subject, as the scope states it, is most like the article's heading or one above it; of several
    of one subject those whose own words are in the headings.
    """
    scores, ranks = {}, {}
    for n, clause in clauses.items():
        heading = _share(own, clause.subject or clause.context, weight)
        chapter = max((_share(words, clause.subject, weight) for words in above), default=heading)
        scores[n] = max(heading, chapter) if clause.subject else heading - (_LEAST_ALONE - _LEAST)
        ranks[n] = heading + chapter
    best = max((rank for n, rank in ranks.items() if scores[n] >= _LEAST), default=0.0)
    near = [n for n, rank in ranks.items() if scores[n] >= _LEAST and rank >= _NEARLY * best]
    if len(near) < 2:
        return near
    common = frozenset.intersection(*(clauses[n].context for n in near))
    words = (own | above[0] if above else own) - common
    told = {n: sum(weight.get(word, 0.0) for word in words & clauses[n].context) for n in near}
    most = max(told.values())
    return [n for n in near if told[n] >= _NEARLY * most]


def _share(words: frozenset[str], held: frozenset[str], weight: Mapping[str, float]) -> float:
    total = sum(weight.get(word, 0.0) for word in words)
    return sum(weight.get(word, 0.0) for word in words & held) / total if total else 0.0


def _words(text: str) -> frozenset[str]:
    """Return the words and the pairs of neighbouring words of a text."""
    found = _WORD.findall(text.casefold())
    pairs = (f"{a} {b}" for a, b in pairwise(found) if a not in _STOP and b not in _STOP)
    return frozenset([*pairs, *(word for word in found if word not in _STOP)])
