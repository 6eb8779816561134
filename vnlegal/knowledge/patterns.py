"""Regular expressions for lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str], *, blank: str = r"\ ", behind: str = "") -> str:
    """Return the alternation of `words`, longest first, parted by their first letters: few are tried at a place.

    `blank` is what a blank in them stands for, `behind` what follows each first letter, such as a look behind it.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words) - {""}, key=lambda w: (-len(w), w)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", blank))
    return "|".join(f"{re.escape(letter)}{behind}(?:{'|'.join(rest)})" for letter, rest in rests.items())
