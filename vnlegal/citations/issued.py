"""Planned documents that the same text shows as issued, told by the words of their titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vnlegal.citations.mentions import Mention

_WORDS = re.compile(r"\w+")
_DONE = re.compile(r"đã (?:ký )?(?:ban hành|ký)\b[^.;\n]*\Z")
_SENTENCE = re.compile(r"\n|[.;](?=\s)")
_REACH = 420
# A title of fewer words says too little to be known again.
_FEWEST_WORDS = 6
# Of five words of a title one may be missing where the document is spoken of as issued.
_SHARE = 0.8
# How many plans are looked at for one issued document.
_MOST = 40


class _Plan(NamedTuple):
    """A planned document: its title, its mention, the words of its title."""

    title: str
    mention: Mention
    words: frozenset[str]


def issued_plans(mentions: Sequence[Mention], targets: Sequence[str | None], text: str) -> dict[str, str]:
    """Map the titles of planned documents to the targets under which the same text shows them issued."""
    plans = _plans(mentions)
    if not plans:
        return {}
    by_word = _by_rare_words(plans)
    out: dict[str, str] = {}
    for m, target in zip(mentions, targets, strict=True):
        if m.kind != "numbered" or target is None or _DONE.search(text, max(0, m.start - 40), m.start) is None:
            continue
        stop = _SENTENCE.search(text, m.end, m.end + _REACH)
        end = stop.start() if stop is not None else m.end + _REACH
        follows = frozenset(_WORDS.findall(text[m.end : end].lower()))
        for plan in _candidates(follows, plans, by_word):
            same = plan.mention.doc_type == m.doc_type and not m.end <= plan.mention.start < end
            if same and len(plan.words & follows) >= _SHARE * len(plan.words):
                out.setdefault(plan.title, target)
    return out


def _plans(mentions: Sequence[Mention]) -> list[_Plan]:
    """Return the planned documents by title, each with its last mention."""
    titled = {m.title: m for m in mentions if m.kind == "planned" and m.title}
    return [
        _Plan(title, m, frozenset(_WORDS.findall(title.lower())))
        for title, m in titled.items()
        if len(title.split()) >= _FEWEST_WORDS
    ]


def _by_rare_words(plans: Sequence[_Plan]) -> dict[str, list[int]]:
    """Index each plan under so many of its rarest words that one of them stands wherever enough of its words do."""
    times = Counter(word for plan in plans for word in plan.words)
    out: dict[str, list[int]] = defaultdict(list)
    for n, plan in enumerate(plans):
        missing = len(plan.words) - int(-(-_SHARE * len(plan.words) // 1))
        for word in sorted(plan.words, key=lambda w: (times[w], w))[: missing + 1]:
            out[word].append(n)
    return out


def _candidates(follows: frozenset[str], plans: Sequence[_Plan], by_word: Mapping[str, list[int]]) -> Iterator[_Plan]:
    """Yield the plans that share a rare word with `follows`, the first ones of a text that plans without end."""
    found = sorted({n for word in follows for n in by_word.get(word, ())[:_MOST]})
    return (plans[n] for n in found[:_MOST])
