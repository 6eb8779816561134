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
    r"(?:Bộ )?luật",
    re.IGNORECASE,
)
_PART = re.compile(r"\bvề\b (?!việc thi hành)")
_SHARE = 0.6
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

    def on_subject(self, clause: Delegation, work: WorkFacts) -> bool:
        """Whether most of what the document's title speaks of stands in the clause."""
        if any(theme.search(clause.text) and theme.search(work.title or "") for theme in self._themes):
            return True
        title = _pairs(work.title or "")
        total = sum(self._weight(pair) for pair in title)
        if len(title) < 4 or not total:
            return False
        words = _pairs(clause.text)
        shared = sum(self._weight(pair) for pair in title & words)
        return shared / total >= _SHARE

    def _weight(self, pair: str) -> float:
        return math.log(self._documents / (1 + self._count[pair])) + 0.1


@lru_cache(maxsize=1 << 12)
def _pairs(words: str) -> frozenset[str]:
    found = [word for word in _WORD.findall(words.casefold()) if word not in _STOP]
    return frozenset(f"{a} {b}" for a, b in pairwise(found))
