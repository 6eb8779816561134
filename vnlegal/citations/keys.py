"""Keys of documents: what all mentions of one document share."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from vnlegal.text import fold

_YEAR_INSIDE = re.compile(r"/(\d{4})[/-]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SERIAL = re.compile(r"0*(\d*.*)")


@lru_cache(maxsize=1 << 12)
def slug(words: str) -> str:
    """Return `words` as a part of a key: lower case, without diacritics, hyphens between words."""
    return _NOT_SLUG.sub("-", fold(words)).strip("-")


@lru_cache(maxsize=1 << 14)
def year_inside(number: str) -> str | None:
    """Return the year a State number carries, or None."""
    match = _YEAR_INSIDE.search(number)
    return match[1] if match is not None else None


@lru_cache(maxsize=1 << 14)
def number_identity(number: str) -> str:
    """Return what two spellings of one number share: leading zeros, case and diacritics left aside."""
    match = _SERIAL.match(number)
    return fold(match[1] if match is not None else number).replace(" ", "")


@lru_cache(maxsize=1 << 14)
def without_year(number: str) -> str:
    """Return a State number without the year it carries."""
    return _YEAR_INSIDE.sub(lambda match: match[0][0], number, count=1) if year_inside(number) else number


def number_key(number: str, year: str | None) -> str:
    """Return the key of a numbered document: its number if that carries the year, else number@year."""
    shown = f"?{number}" if number[:1] in "/-" else number
    return shown if year_inside(number) else f"{shown}@{year or '?'}"


def best_spelling(times: Counter[str]) -> str:
    """Return the spelling of a number that its key takes: leading zeros are kept, the most frequent form wins."""
    return max(times, key=lambda number: (number.startswith("0"), times[number]))
