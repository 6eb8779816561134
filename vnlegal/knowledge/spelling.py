"""One name, many spellings: hyphens, commas, "và" and "&", oà and òa, initials; compiled into one pattern a list.

Patterns are matched against lower-case text; `key` gives all spellings of a name the same key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from vnlegal.text import fold_tone

Value = TypeVar("Value")

_SEPARATORS = {
    "": "",
    " ": r"[ \n]",
    "-": r"(?:[ \n]?[-–—][ \n]?|,?[ \n]|,)",
    ",": r"(?:,?[ \n]|,|[ \n]?[-–—][ \n]?)",
    "&": r"(?:,?[ \n]và[ \n]|[ \n]?&[ \n]?)",
}
_PARTS = re.compile(r"(,? và | ?& ?| [-–—] |(?<=\w)[-–—](?=\w)|, ?| )")
_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONED = re.compile("(?<!q)(?:" + "|".join(_TONES) + r")(?!\w)")
_Y_AND_I = re.compile(r"\b([kl])([ýỹỳ])(?!\w)")
_I_FOR_Y = {"ý": "í", "ỹ": "ĩ", "ỳ": "ì"}
_KEY = re.compile(r"[ \n]*[-–—,&.][ \n]*|[ \n]+và[ \n]+|[ \n]+")
_INITIAL_GAP = r"(?:[ ]?(?:[,&.–-]|và)[ ]?|[ ])?"
# Where the first word ends in a pattern of this module.
_BEGINNING = re.compile(r"\\\.|\[ \]|\(\?:\[ \]\?")


def key(name: str) -> str:
    """Return what all spellings of `name` have in common: lower case, old tone marks, words without links."""
    words = _KEY.sub(" ", fold_tone(name.lower())).strip()
    return words.replace("kĩ", "kỹ").replace(" lí", " lý")


def compact(abbreviation: str) -> str:
    """Return the letters and digits of an abbreviation in lower case, đ as d ("KH&CN" → "khcn")."""
    return re.sub(r"[\W_]+|(?<= )và(?= )", "", abbreviation.lower()).replace("đ", "d")


def initials(name: str) -> list[str]:
    """Return the initials of each linked part of a name ("Khoa học và Công nghệ" → ["kh", "cn"])."""
    groups: list[str] = [""]
    for n, part in enumerate(_PARTS.split(name.lower())):
        if n % 2 and part != " ":
            groups.append("")
        elif part.strip():
            groups[-1] += part[0]
    return [g for g in groups if g]


def _word(word: str) -> str:
    out = re.escape(fold_tone(word))
    out = _TONED.sub(lambda m: f"(?:{m[0]}|{_TONES[m[0]]})", out)
    return _Y_AND_I.sub(lambda m: f"{m[1]}[{m[2]}{_I_FOR_Y[m[2]]}]", out)


def words_of(name: str) -> list[tuple[str, str]]:
    """Return the words of a name as (kind of link before it, pattern of the word)."""
    out: list[tuple[str, str]] = []
    link = ""
    for n, part in enumerate(_PARTS.split(name.lower())):
        if n % 2:
            link = "&" if "và" in part or "&" in part else "," if "," in part else "-" if part.strip() else " "
        elif part:
            out.append((link, _word(part)))
            link = " "
    return out


def initials_pattern(name: str) -> str:
    """Return the pattern of the initials of a name, linked or not: KHCN, KH&CN, KH-CN, KH và CN."""
    letters = ["".join(f"[{c}d]" if c == "đ" else re.escape(c) for c in group) for group in initials(name)]
    return _INITIAL_GAP.join(letters)


class Names(Generic[Value]):
    """A list of names, each with its value, as one pattern: `find` gives the longest name at a place."""

    def __init__(self, names: Iterable[tuple[str, Value]], shorts: Iterable[tuple[str, str, Value]] = ()) -> None:
        """Compile `names` (name, value) and `shorts` (head, name whose initials may follow the head, value)."""
        self._values: dict[str, Value] = {}
        self._memo: dict[str, Value | None] = {}
        self._patterns: dict[str, re.Pattern[str] | None] = {}
        self._root = root = dict[tuple[str, str], Any]()
        for name, value in names:
            self._values.setdefault(key(name), value)
            self._plant(root, words_of(name))
        for head, name, value in shorts:
            self._values.setdefault(f"{key(head)} {''.join(initials(name)).replace('đ', 'd')}".strip(), value)
            path = [*words_of(head), (" " if head else "", initials_pattern(name))]
            self._plant(root, path)
        self.empty = not root
        self.openings: dict[str, frozenset[str]] = {}
        for (_, word), node in root.items():
            for first in variants(_BEGINNING.split(word)[0]):
                self.openings[first] = self.openings.get(first, frozenset()) | _seconds(node)

    @staticmethod
    def _plant(root: dict[tuple[str, str], Any], path: list[tuple[str, str]]) -> None:
        node = root
        for step in path:
            node = node.setdefault(step, {})
        node[("", "")] = {}

    @cached_property
    def _branches(self) -> dict[str, dict[tuple[str, str], Any]]:
        """The names by the letter they begin with."""
        out: dict[str, dict[tuple[str, str], Any]] = {}
        for step, node in self._root.items():
            for letter in {first[0] for first in variants(_BEGINNING.split(step[1])[0])}:
                out.setdefault(letter, {})[step] = node
        return out

    def _compile(self, letter: str) -> re.Pattern[str] | None:
        """Compile the names with this first letter, when one is first looked for, as one pattern; None without any."""
        branch = self._branches.get(letter)
        self._patterns[letter] = re.compile(_trie(branch) + r"(?!\w|&\w)") if branch else None
        return self._patterns[letter]

    def find(self, low: str, start: int) -> tuple[int, Value] | None:
        """Return (end, value) of the longest name in the lower-case text at `start`, None if there is none."""
        letter = low[start : start + 1]
        pattern = self._patterns[letter] if letter in self._patterns else self._compile(letter)
        if pattern is None or (match := pattern.match(low, start)) is None:
            return None
        name = match[0]
        value = self._memo[name] if name in self._memo else self.value(name)
        return None if value is None else (match.end(), value)

    def value(self, name: str) -> Value | None:
        """Return the value of a name as written, None if it is not in the list."""
        if name in self._memo:
            return self._memo[name]
        words = key(name)
        value = self._values.get(words)
        if value is None:
            value = self._values.get(compact(words))
            for blank in [n for n, letter in enumerate(words) if letter == " "][:2]:
                value = value or self._values.get(f"{words[:blank]} {compact(words[blank:])}")
        if len(self._memo) < 20_000:
            self._memo[name] = value
        return value


def _seconds(node: Mapping[tuple[str, str], Any]) -> frozenset[str]:
    """Return the patterns of what follows a first word, two words deep, "" among them where nothing needs to."""
    out = set()
    for (link, word), below in node.items():
        thirds = [third if before == " " else "" for before, third in below]
        if link != " ":
            out.add("")
        elif "" in thirds:
            out.add(word)
        else:
            out.add(f"{word}[ \\n](?:{'|'.join(sorted(thirds))})")
    return frozenset(out)


def variants(pattern: str) -> Iterator[str]:
    """Yield the words that a small pattern of this module stands for ("(?:ủy|uỷ)", "k[ỹĩ]")."""
    if match := re.search(r"\(\?:([^)]*)\)", pattern):
        for choice in match[1].split("|"):
            yield from variants(pattern[: match.start()] + choice + pattern[match.end() :])
    elif match := re.search(r"\[([^\]]*)\]", pattern):
        for choice in match[1]:
            yield from variants(pattern[: match.start()] + choice + pattern[match.end() :])
    elif pattern:
        yield pattern.replace("\\", "")


def _trie(node: Mapping[tuple[str, str], Any]) -> str:
    """Return the pattern of a tree of words; at each fork longer names are tried before shorter ones."""
    ends = ("", "") in node
    by_link: dict[str, list[str]] = {}
    for (before, word), child in sorted(node.items(), key=_order):
        if word:
            by_link.setdefault(before, []).append(word + _trie(child))
    branches = []
    for link in ("", "-", ",", "&", " "):
        if kids := by_link.get(link):
            body = kids[0] if len(kids) == 1 else "(?:" + "|".join(kids) + ")"
            branches.append(_SEPARATORS[link] + body)
    if not branches:
        return ""
    whole = "|".join(branches)
    if ends:
        return f"(?:{whole}|)"
    return f"(?:{whole})" if len(branches) > 1 else whole


def _order(item: tuple[tuple[str, str], Any]) -> tuple[bool, int, str]:
    """Written words before patterns of initials, which would swallow the beginning of a longer name."""
    (_, word), _ = item
    return (_INITIAL_GAP in word, -len(word), word)
