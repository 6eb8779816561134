"""The deadline phrases of a knowledge as compiled patterns, and the limiter that stands before a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.knowledge.deadlines import DeadlineKnowledge
from vnlegal.knowledge.patterns import one_of

_REACH = 48
_BLANK = r"[ \n]"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns made from deadline_phrases.toml. Those for words on the left of a time end with `$`."""

    limiter: re.Pattern[str]
    effects: dict[str, tuple[str, bool]]
    opener: re.Pattern[str]
    forecast: re.Pattern[str]
    object: re.Pattern[str]
    noun: re.Pattern[str]
    manner: re.Pattern[str]
    recurring: re.Pattern[str]
    recurring_anchor: re.Pattern[str]
    rules: dict[str, str | None]
    event: re.Pattern[str]
    event_anchor: re.Pattern[str]
    cell_event: re.Pattern[str]
    issued: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Limiter:
    """The words that bound a time: where they begin, what they do to it, and whether they make a deadline alone."""

    start: int
    effect: str
    strong: bool


@lru_cache(maxsize=4)
def phrases_of(knowledge: DeadlineKnowledge) -> Phrases:
    """Compile the phrases of a knowledge; done once for each."""

    def words(role: str) -> str:
        return one_of((w for p in knowledge.phrases if p.role == role for w in p.words), blank=_BLANK)

    def on_the_left(role: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{words(role)})[ \n]*$", re.IGNORECASE)

    rows, flags = knowledge.phrases, re.IGNORECASE
    periodic = rf"(?P<periodic>định[ \n]k[ỳìy],?[ \n](?:{words('periodic')})(?![ \n]\d))"
    event = rf"(?:{words('event')})[ \n][^.,;:\n()]{{1,120}}[^.,;:\n() ]"
    schedule = rf"(?:{words('schedule')})(?!\w)(?:[^.;:\n()]{{0,120}}[^.;:\n() ])?"
    this_document = r"[\w ]{3,40}[ ]này[ ]được[ ](?:ký ban hành|ban hành|ký)"
    named = r"(?:[ ](?:văn bản|[A-ZĐ]\w+(?:[ ]\w+)?)[ ]này)?"
    return Phrases(
        limiter=re.compile(rf"(?<!\w)(?P<words>{words('limiter')})[ \n]+$", flags),
        effects={w: (p.effect or "within", p.strong) for p in rows if p.role == "limiter" for w in p.words},
        opener=re.compile(
            rf"(?<!\w)(?:(?<!trung[ \n])(?<!dài[ \n])(?<!ngắn[ \n])(?:{words('opener')})(?:[ \n]?:|[ \n](?:là|vào))?"
            rf"|(?:{words('label')})[ \n]?:)[ \n(]*$",
            flags,
        ),
        forecast=re.compile(rf"(?<!\w)(?:{words('forecast')})(?!\w)", flags),
        object=on_the_left("object"),
        noun=on_the_left("noun"),
        manner=re.compile(rf",?[ \n](?:{words('manner')})(?!\w)", flags),
        recurring=re.compile(rf"(?<!\w)(?:{periodic}|(?P<words>{words('recurring')}))(?!\w)", flags),
        recurring_anchor=re.compile(_openings(w for p in rows if p.role == "recurring" for w in p.words)),
        rules={w: p.rule for p in rows if p.role in ("recurring", "periodic") for w in p.words},
        event=re.compile(rf"(?<!\w)(?:{event}|{schedule})", flags),
        event_anchor=re.compile(_openings(w for p in rows if p.role in ("event", "schedule") for w in p.words)),
        cell_event=re.compile(rf"(?:{words('cell_event')}|{words('event')}|{words('schedule')})(?!\w)", flags),
        issued=re.compile(rf"(?:(?:{words('issued')}){named}|{this_document})(?=[ ]*(?:[.,;)\n]|$|phải|để))", flags),
    )


def near(text: str, start: int, end: int, anchors: re.Pattern[str], before: int, after: int) -> list[tuple[int, int]]:
    """Return the stretches around the anchors in `text[start:end]`, joined where they meet."""
    out: list[tuple[int, int]] = []
    first = last = -1
    for anchor in anchors.finditer(text, start, end):
        begin, stop = max(start, anchor.start() - before), min(end, anchor.end() + after)
        if last >= begin:
            last = stop
            continue
        if last > first:
            out.append((first, last))
        first, last = begin, stop
    if last > first:
        out.append((first, last))
    return out


def _openings(words: Iterable[str]) -> str:
    """Return the alternation of how phrases begin: without figures and first letter, up to the second word's first."""
    out = set()
    for phrase in words:
        one, blank, two = phrase.lstrip("0123456789 ").partition(" ")
        opening = one[1:] + blank + two[:1]
        out |= {opening, opening.upper()}
    return one_of(out, blank=_BLANK)


def limiter_before(text: str, start: int, at: int, phrases: Phrases) -> Limiter | None:
    """Return the limiter that ends at `at`, the longest one; None where none does."""
    begin = max(start, at - _REACH)
    found = phrases.limiter.search(text[begin:at])
    if found is None:
        return None
    effect, strong = phrases.effects[" ".join(found["words"].lower().split())]
    return Limiter(begin + found.start(), effect, strong)
