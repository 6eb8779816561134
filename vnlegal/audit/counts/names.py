"""How many things a list of names in one sentence holds: parts parted by semicolons, by commas, by "và"."""

from __future__ import annotations

import re


def closing(text: str, at: int, end: int) -> int:
    """Return where the bracket that opens at `at` closes, -1 where it does not before `end`."""
    depth = 0
    for place in range(at, end):
        if text[place] == "(":
            depth += 1
        elif text[place] == ")":
            depth -= 1
            if depth == 0:
                return place
    return -1


def outside(words: str, mark: str) -> list[str]:
    """Split at a mark that stands outside brackets."""
    parts, depth, begin = [], 0, 0
    for at, character in enumerate(words):
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == mark and depth == 0:
            parts.append(words[begin:at])
            begin = at + 1
    parts.append(words[begin:])
    return [part.strip() for part in parts if part.strip()]


def names_in(inside: str) -> tuple[int, int] | None:
    """Return how many things a list names at least and at most; None where it is no list of names."""
    by_semicolon = outside(inside, ";")
    if len(by_semicolon) > 1:
        if any(re.search(r"^\d|\d\s*$|:\s*\d|%", part) for part in by_semicolon):
            return None
        return len(by_semicolon), len(by_semicolon)
    by_comma = outside(inside, ",")
    if len(by_comma) == 1 and " và " not in inside:
        return None
    if any(re.search(r"\d[\d.,]*\s*%?$|^\d|:", part) for part in by_comma):
        return None
    capitals = [part for part in by_comma if part[:1].isupper()]
    if not capitals or not by_comma[0][:1].isupper():
        return None
    ands = sum(1 for part in by_comma if " và " in part)
    within = 0
    for part in by_comma:
        bracket = re.search(r"\(([^()]*)\)", part)
        if bracket and re.search(r"\svà\s|,", bracket[1]):
            within += 1 + bracket[1].count(",")
    low = len(capitals) if not ands else max(len(capitals), 1)
    return low, len(by_comma) + ands + within
