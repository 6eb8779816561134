"""Strategies, programmes, schemes and master plans of the State that the registry knows by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import LOOSE, LawKnowledge, plain

# The type words without their first letter, which is small or capital, and the types they stand for.
_ANCHORS = (
    ("c", "hiến lược ", "chien_luoc"),
    ("c", "hương trình ", "chuong_trinh"),
    ("đ", "ề án ", "de_an"),
    ("q", "uy hoạch ", "quy_hoach"),
    ("k", "ế hoạch ", "ke_hoach"),
)
_NEXT = re.compile(r"[ ,–\-()“\"]{0,4}(?P<word>[^\W_]+(?:[.,]\d+)?)")
_TAIL = re.compile(
    r"(?:,? (?:và )?(?:(?:định hướng|tầm nhìn) )?(?:đến|tới)(?: năm)? \d{4}"
    r"|,? (?:giai đoạn|thời kỳ|kỳ) (?:\d{4} ?[-–] ?\d{4}|I{1,3}\b|\d\b))+"
)
# After the short form of a title: the name goes on and is another one.
_GOES_ON = re.compile(r" (?:của|trong|tại|về|cho|ngành|tỉnh|thành phố|thời|mới)\b")
_ADJUSTS = ("Điều chỉnh ", "điều chỉnh ")


def find_programmes(text: str, laws: LawKnowledge, taken: frozenset[int]) -> Iterator[Mention]:
    """Yield the known titles in `text`, except at the starts `taken` and where somebody is to draw the work up."""
    for first, rest, kind in _ANCHORS:
        at = text.find(rest, 1)
        while at >= 0:
            if text[at - 1].lower() == first and not text[max(0, at - 2) : at - 1].isalnum():
                found = _read(text, at - 1, at + len(rest), kind, laws)
                if found is not None and found.start not in taken:
                    yield found
            at = text.find(rest, at + len(rest))


def _first(text: str, at: int) -> str:
    word = _NEXT.match(text, at)
    return plain(word["word"]) if word is not None else ""


def _read(text: str, start: int, at: int, kind: str, laws: LawKnowledge) -> Mention | None:
    """Read the longest title of `kind` whose words follow at `at`, with the years that follow it."""
    adjusted = next((word for word in _ADJUSTS if text.startswith(word, start - len(word))), "")
    for name in laws.programmes.get((kind, bool(adjusted), _first(text, at)), ()):
        end = _end(text, at, name.words)
        if not end or (name.short and (text[start].islower() or _TAIL.match(text, end) or _GOES_ON.match(text, end))):
            continue
        start -= len(adjusted)
        if text[max(0, start - 24) : start].rstrip().endswith((*laws.cues["draft"], *laws.cues["draft-work"])):
            return None
        tail = _TAIL.match(text, end)
        stop = tail.end() if tail is not None else end
        return Mention(start, stop, "named", "work-known", name.work.type, title=name.work.title, confidence=0.8)
    return None


def _end(text: str, at: int, words: tuple[str, ...]) -> int:
    """Return where `words` end that follow at `at`, 0 if others follow."""
    n = 0
    while n < len(words):
        match = _NEXT.match(text, at)
        if match is None:
            return 0
        at = match.end()
        word = plain(match["word"])
        if word == words[n]:
            n += 1
        elif word not in LOOSE:
            return 0
    return at
