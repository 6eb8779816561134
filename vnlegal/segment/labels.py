"""Labels of section markers as numbers that can be counted on: 4, 4a, IV, đ, 2.1.3, "thứ nhất"."""

from __future__ import annotations

import re
from functools import lru_cache

# The alphabet of lists has no f, j, w, z.
_LETTERS = {letter: n for n, letter in enumerate("abcdđeghiklmnopqrstuvxy", 1)}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500}
_WORDS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "mười ba": 13,
}  # fmt: skip
_NUMBER = re.compile(r"(\d+)([a-zđ]*)(\d*)$")
_LETTER = re.compile(r"([a-zđ]+?)(\d*)$")
_LONGEST_TITLE = 200

Ordinal = tuple[int, ...]


@lru_cache(maxsize=1 << 12)
def count_of(marker: str, counts: str) -> Ordinal:
    """Return the label inside a marker as a tuple that counts on; a document has few different ones."""
    return ordinal(label_of(marker), counts)


def label_of(marker: str) -> str:
    """Return the label inside a marker: "5" of "Điều 5.", "đ" of "đ)", "thứ hai" of "Phần thứ hai", "" of "-"."""
    bare = marker.strip("().:/–- ")
    _, space, label = bare.partition(" ")
    return label.removeprefix("thứ ").removeprefix("THỨ ") if space else bare


def ordinal(label: str, counts: str) -> Ordinal:
    """Return a label as a tuple that sorts and counts on: (5,) for "5", (5, 1) for "5a", (2, 1, 3) for "2.1.3".

    An unreadable label gives (0,).
    """
    label = label.lower()
    if counts == "number" or (counts in ("roman", "word") and label[:1].isdigit()):
        return _number(label)
    if counts == "decimal":
        return tuple(_number(piece)[0] for piece in label.split("."))
    if counts == "letter":
        return _letter(label)
    if counts == "roman":
        return _roman(label)
    if counts == "word":
        return (
            (_WORDS[label],)
            if label in _WORDS
            else _roman(label)
            if len(label) > 1 or label in _ROMAN
            else (_letter(label))
        )
    return (0,)


def _number(label: str) -> Ordinal:
    found = _NUMBER.match(label)
    if found is None:
        return (0,)
    return (int(found[1]),) if not found[2] else (int(found[1]), *(_LETTERS.get(c, 27) for c in found[2]))


def _letter(label: str) -> Ordinal:
    found = _LETTER.match(label)
    if found is None:
        return (0,)
    places = tuple(_LETTERS.get(c, 27) for c in found[1])
    return (*places, int(found[2])) if found[2] else places


def _roman(label: str) -> Ordinal:
    total = 0
    letters = label.rstrip("abđeghk") or label
    for n, letter in enumerate(letters):
        value = _ROMAN.get(letter, 0)
        following = _ROMAN.get(letters[n + 1], 0) if n + 1 < len(letters) else 0
        total += -value if value < following else value
    return (total,) if letters == label else (total, 1)


def follows(new: Ordinal, old: Ordinal) -> bool:
    """Whether `new` is the label after `old`: 5 after 4, 5 after 4b, 4a after 4, 4b after 4a, 2.3 after 2.2."""
    if len(new) == len(old):
        return new[:-1] == old[:-1] and new[-1] == old[-1] + 1
    if len(new) > len(old):
        return new[: len(old)] == old and new[len(old) :] == (1,) * (len(new) - len(old))
    return new[:-1] == old[: len(new) - 1] and new[-1] == old[len(new) - 1] + 1


def is_first(label: Ordinal) -> bool:
    """Whether a label begins a list."""
    return label[-1] == 1 and (len(label) == 1 or label != (0,))


def is_title(text: str, start: int, end: int) -> bool:
    """Whether the line `start`..`end` below a bare label ("Điều 4.") is a title: short, without a sentence's end."""
    return end - start <= _LONGEST_TITLE and text[end - 1] not in ".;:,/" and text[start].isupper()
