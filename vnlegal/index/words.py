"""The words of a text as the index knows them: composed, lower case, folded, with their places in the source."""

from __future__ import annotations

import re
import unicodedata

from vnlegal.text import clean, fold, fold_tone

WORD = re.compile(r"[^\W_]+")
LONGEST = 60  # characters of one word that count; what is longer is no word of a language
_SURROGATES = re.compile("[\ud800-\udfff]")


def safe(words: str) -> str:
    """Return `words` as every database takes them, of the same length: no lone surrogates, no NUL."""
    return _SURROGATES.sub("\ufffd", words).replace("\0", "\ufffd")


def folded(words: str) -> list[str]:
    """Return the words of a text, folded: "Nghị định số 88" → nghi, dinh, so, 88."""
    if not words.isascii():
        words = unicodedata.normalize("NFC", clean(words).text)
    return [word[:LONGEST] for word in WORD.findall(fold(words))]


def exact(words: str) -> list[str]:
    """Return the words of a text with their diacritics, in lower case, the tone mark of oa, oe, uy in one place."""
    words = unicodedata.normalize("NFC", clean(words).text)
    return [word[:LONGEST] for word in WORD.findall(fold_tone(words).lower())]


def places(words: str) -> list[tuple[str, int, int]]:
    """Return the folded words of a text with their offsets in it, as they were before composing."""
    view = clean(words)
    small = fold(view.text)
    if len(small) != len(view.text):  # a letter that grows in lower case
        small = "".join(fold(letter)[:1] or letter for letter in view.text)
    out = []
    for match in WORD.finditer(small):
        start, end = match.span() if view.is_identity else view.span(*match.span())
        out.append((match[0][:LONGEST], start, end))
    return out
