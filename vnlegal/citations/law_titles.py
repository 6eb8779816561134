"""What a law is called: titles of the registry, their initials, and names that only grammar can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import LawKnowledge, initials, plain
from vnlegal.text import fold

LONGEST = 190
_FIRST = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-–&]\w+)*")
_SHORT = re.compile(r"[A-ZĐ]{2,}\d?(?:(?:, | và |&|-| )[A-ZĐ]{2,})*(?![\w])")
YEAR = re.compile(r" (?:năm |NĂM )?((?:19|20)\d\d)(?![\d/]|[.,]\d| ?[-–] ?\d)| \((?:năm )?((?:19|20)\d\d)\)")
_CLOSED = re.compile(r"([^.;:()\n\"“”]{2,140}?)(?:,? [Ss]ố:? ?(?=\d+/\d{4}/(?:QH|UBTVQH|PL-))| \((?=sửa đổi))")
_INSIDE = re.compile(r"[Ll]uật |Pháp lệnh |Nghị |\bngày\b|Điều |\d")
# A bill that no list has, whose name holds a word that else ends names.
_TAX_ON_PROPERTY = re.compile(r"[Tt]huế liên quan đến [Tt]ài sản(?!\w)")
# A second tax behind a name in capitals ("Luật Thuế XK, thuế NK").
_SECOND_TAX = re.compile(r",? (?:và )?[Tt]huế [A-ZĐ]{2,5}(?!\w)")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the readers of names look at: the flow, the registry, the numbered mentions by their first character."""

    text: str
    laws: LawKnowledge
    numbers: Mapping[int, Mention]


def read_title(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Read what a law is called from `body` on: where the words end, the title, the rule and its confidence."""
    return registered(reading, body) or _abbreviated(reading, body) or _by_grammar(reading, body)


def registered(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Match the longest title of the registry at `body`; a damaged spelling only where no right one fits."""
    text = reading.text
    first = _FIRST.match(text, body, body + LONGEST)
    if first is None:
        return None
    opening = plain(first[0])
    raw = text[body : body + LONGEST]
    titles = reading.laws.titles.get(opening, ())
    damaged = reading.laws.folded_titles.get(fold(opening), ()) if raw[0].isupper() else ()
    if not (titles or damaged or "\n" in raw):
        return None
    words = plain(raw)
    for form, title in titles:
        if words.startswith(form) and _bounded(reading, body, len(form)):
            end = body + len(form)
            longer = _longer(reading, body, end)
            return (longer, text[body:longer], "law-grammar", 0.8) if longer else (end, title, "law-title", 0.97)
    if "\n" in raw:
        broken = _registered_over_line(reading, body, words)
        if broken is not None:
            return broken
    folded = fold(words) if damaged else ""
    for form, title in damaged:
        if folded.startswith(form) and _bounded(reading, body, len(form)):
            return body + len(form), title, "law-title-damaged", 0.85
    return None


def _registered_over_line(reading: Reading, body: int, words: str) -> tuple[int, str, str, float] | None:
    """Match a title whose words a line break cuts, where the words before the break are no title themselves."""
    joined = words.replace("\n", " ")
    cut = words.index("\n")
    for form, title in reading.laws.titles.get(joined.split(" ", 1)[0], ()):
        if joined.startswith(form):
            if len(form) > cut and _bounded(reading, body, len(form)):
                return body + len(form), title, "law-title", 0.85
            return None
    return None


def _bounded(reading: Reading, body: int, size: int) -> bool:
    """Whether a title of `size` characters at `body` ends where a word ends (a footnote's digit may be glued to it)."""
    text, end = reading.text, body + size
    after = text[end : end + 1]
    if after.isalpha() or (after == "-" and text[end + 1 : end + 2].isalnum()):
        return False
    if " " in text[body:end] or after != " ":
        return True
    return not text.startswith(reading.laws.cues["one-word"], end + 1)


def _longer(reading: Reading, body: int, end: int) -> int:
    """Return where a title longer than the known one at `body` ends, as the number after it shows; else 0."""
    closed = _CLOSED.match(reading.text, end)
    if closed is None or len(closed[1]) >= 60 or not closed[1].startswith((" ", ", ")):
        return 0
    more = closed[1]
    if _INSIDE.search(more) or YEAR.search(more) or "sửa đổi" in more or not _continues(more):
        return 0
    return closed.end(1)


def _continues(more: str) -> bool:
    """Whether words between a known title and a number can only be the rest of a longer title."""
    return not re.match(r",? (?:và|được|đã|có|theo|tại|khoản|điều|năm|ban hành|quy định|của)\b", more)


def _ends_here(reading: Reading, end: int) -> bool:
    """Whether a name may end at `end`: no word follows that could belong to it."""
    text = reading.text
    if end >= len(text) or text[end] != " ":
        return True
    if text[end + 1 : end + 2].isdigit() or text[end + 1 : end + 2] in '([“"-–':
        return True
    return _stops(reading, end + 1)


def _stops(reading: Reading, at: int) -> bool:
    """Whether the word at `at` is one that ends a name."""
    text = reading.text
    word = _WORD.match(text, at)
    if word is None:
        return True
    stops = reading.laws.cues["stop"]
    if word[0] in stops:
        return True
    second = _WORD.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
    return second is not None and f"{word[0]} {second[0]}" in stops


def _abbreviated(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Read a name of capitals ("Luật CLSPHH", "Luật KH, CN và ĐMST")."""
    match = _SHORT.match(reading.text, body)
    if match is None or match[0] in reading.laws.cues["compound"]:
        return None
    if reading.text[match.start() - 2 : match.start()] == "T " or not _ends_here(reading, match.end()):
        return None
    full = reading.laws.by_initials.get(initials(match[0]))
    return match.end(), full or match[0], "law-initials" if full else "law-grammar", 0.85 if full else 0.6


def _by_grammar(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Read a name that the registry lacks: from a capital to the first word that cannot belong to a name."""
    text = reading.text
    if not text[body : body + 1].isupper():
        return None
    if (bill := _TAX_ON_PROPERTY.match(text, body)) is not None:
        return bill.end(), bill[0], "law-grammar", 0.8
    compounds = reading.laws.cues["compound"]
    if text.startswith(compounds, body) and any(
        text.startswith(word, body) and not text[body + len(word) : body + len(word) + 1].isalnum()
        for word in compounds
    ):
        return None
    if text[body : body + 2].isupper() and text[body + 1 : body + 2].isalpha():
        return None
    closed = _CLOSED.match(text, body)
    if closed is not None and not _INSIDE.search(closed[1]) and not YEAR.search(closed[1]):
        return closed.end(1), text[body : closed.end(1)], "law-grammar", 0.85
    end, count = body, 0
    while count < 12:
        at = end if count == 0 else end + 1
        word = _WORD.match(text, at)
        if word is None or (count and (text[end] != " " or _stops(reading, at))) or word[0][0].isdigit():
            break
        end, count = word.end(), count + 1
    if count < 2:
        return None
    second = _SECOND_TAX.match(text, end) if text[end - 1].isupper() else None
    end = second.end() if second else end
    name = text[body:end]
    # "Ban hành văn bản QPPL": words cut to their initials inside a title that is known.
    full = reading.laws.by_initials.get(initials(name)) if name.rsplit(" ", 1)[-1].isupper() else None
    return end, full or name, "law-initials" if full else "law-grammar", 0.85 if full else 0.7
