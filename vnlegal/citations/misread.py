"""Numbers that cannot be right as they stand: what OCR or a slip of the pen left of another one."""

from __future__ import annotations

import re
from functools import lru_cache

from vnlegal.citations.grammar import Grammar

_SERIAL = re.compile(r"(\d*)")
# Kinds that only bodies with a code of their own issue, so that a code one letter off a ministry's is no body's.
_CODED = re.compile(r"/(?P<kind>QĐ|TT|TTLT|CT)-(?P<code>B[A-ZĐ&]{2,})$")
# The Party's Central Committee has a closed list of kinds.
_CENTRAL = re.compile(r"\d+[a-z]?-(?P<kind>[^/]+)/TW$")
# How sure a number is that cannot be right.
UNSURE = 0.4


@lru_cache(maxsize=1 << 12)
def is_misread(number: str, grammar: Grammar) -> bool:
    """Whether a number cannot be right: a serial of zeros, a ministry's code with one letter wrong, a kind unknown."""
    serial = _SERIAL.match(number)
    if serial is not None and serial[1] and not serial[1].strip("0"):
        return True
    central = _CENTRAL.match(number)
    return bool(_near(number, grammar)) or (central is not None and central["kind"] not in grammar.party_kinds)


@lru_cache(maxsize=1 << 12)
def mend_issuer(number: str, issuer: str, grammar: Grammar) -> str:
    """Return `number` with the code of the body the sentence names, where the written one is that code but a letter."""
    codes = {code for code in _near(number, grammar) if grammar.issuers[code] == issuer}
    return number[: number.rindex("-") + 1] + codes.pop() if len(codes) == 1 else number


def _near(number: str, grammar: Grammar) -> set[str]:
    """Return the codes of ministries one letter away from the unknown code of `number`."""
    match = _CODED.search(number)
    if match is None or match["code"] in grammar.issuers:
        return set()
    return {
        code
        for code, name in grammar.issuers.items()
        if name.startswith("Bộ ") and code[0] == "B" and _one_letter_off(code, match["code"])
    }


def _one_letter_off(one: str, other: str) -> bool:
    """Whether one letter put in, left out or changed makes `one` of `other`."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    tails = (one[same:], other[same:])
    return any(a == b for a, b in ((tails[0][1:], tails[1][1:]), (tails[0][1:], tails[1]), (tails[0], tails[1][1:])))
