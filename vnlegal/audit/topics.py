"""Whether a document without named provisions speaks of a clause's subject.

Titles are compared by pairs of neighbouring words, each weighed by how few documents' titles have it: "xử phạt vi
phạm hành chính" says little alone, together with "công đoàn" it names one subject.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from vnlegal.works import Delegation, Scope, WorkFacts

_WORD = re.compile(r"\w+")
_WHOLE = re.compile(
    r"(?:quy định chi tiết|hướng dẫn)[^;.\n]{0,80}?(?:một số (?:điều|nội dung|khoản)|thi hành|biện pháp)[^;.]{0,80}?"
    r" của Luật"
    r"|(?:quy định chi tiết|hướng dẫn)(?: và (?:biện pháp|hướng dẫn))?(?: thi hành)? (?:một số điều của )?"
    r"(?:Bộ )?luật"
    r"|quy định chi tiết (?:thi hành )?một số điều,? và (?:các )?biện pháp (?:để )?(?:tổ chức)?(?:,? hướng dẫn)?"
    r"(?: ?thi hành)? (?:của )?(?:Bộ )?luật",
    re.IGNORECASE,
)
_PART = re.compile(r"\bvề\b (?!việc thi hành)", re.IGNORECASE)
_SHARE = 0.6
_PART_SHARE = 0.4  # of all subjects named
_ONE_SHARE = 0.8  # of one of several
_FEWEST_WORDS = 4  # of a subject that can stand for itself
_FEWEST_PAIRS = 4
_LISTED = re.compile(r"[,;]| và ", re.IGNORECASE)
_COMMON = (
    "quy định chi tiết một số điều của và các trong về việc thi hành biện pháp hướng dẫn ban hành luật nghị thông tư"
)
_STOP = frozenset(_COMMON.split())


class Topics:
    """The words of the titles of many documents and what they weigh."""

    def __init__(self, works: Sequence[WorkFacts], themes: Sequence[re.Pattern[str]] = ()) -> None:
        self._themes = themes
        self._documents = len(works) + 1
        self._count: Counter[str] = Counter()
        for work in works:
            self._count.update(_pairs(work.title or ""))

    def whole_law(self, work: WorkFacts, scope: Scope) -> bool:
        """Whether the document says it details the law in general, not one subject of it."""
        match = _WHOLE.search(scope.text)
        if match is None:
            return False
        title = work.title or ""
        return not _PART.search(title)

    def on_part(self, clause: Delegation, work: WorkFacts, scope: Scope, headings: str) -> bool:
        """Whether the document details the law on one subject, and the clause or a heading above it is on that."""
        title = work.title or ""
        part = _PART.search(title)
        if part is None or _WHOLE.search(title) is None or _WHOLE.search(scope.text) is None:
            return False
        held = _pairs(f"{headings} {clause.text}")
        subjects = title[part.end() :]
        single = [one for one in _LISTED.split(subjects) if len(one.split()) >= _FEWEST_WORDS]
        return self._share(_pairs(subjects), held) >= _PART_SHARE or any(
            self._share(_pairs(one), held) >= _ONE_SHARE for one in single
        )

    def on_subject(self, clause: Delegation, work: WorkFacts) -> bool:
        """Whether most of what the document's title speaks of stands in the clause."""
        if any(theme.search(clause.text) and theme.search(work.title or "") for theme in self._themes):
            return True
        title = _pairs(work.title or "")
        if len(title) < _FEWEST_PAIRS:
            return False
        return self._share(title, _pairs(clause.text)) >= _SHARE

    def _share(self, wanted: frozenset[str], held: frozenset[str]) -> float:
        """Return which part of the weight of `wanted` is in `held`."""
        total = sum(self._weight(pair) for pair in wanted)
        return sum(self._weight(pair) for pair in wanted & held) / total if total else 0.0

    def _weight(self, pair: str) -> float:
        return math.log(self._documents / (1 + self._count[pair])) + 0.1


@lru_cache(maxsize=1 << 12)
def _pairs(words: str) -> frozenset[str]:
    found = [word for word in _WORD.findall(words.casefold()) if word not in _STOP]
    return frozenset(f"{a} {b}" for a, b in pairwise(found))
