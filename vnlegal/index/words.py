"""The words of a text as the index knows them: composed, lower case, folded, with their places in the source."""

from __future__ import annotations

import codecs
import re
import string
import unicodedata
from collections.abc import Iterator

from vnlegal.text import LOWER, clean, fold, fold_tone

WORD = re.compile(r"[^\W_]+")
LONGEST = 60  # characters of one word that count; what is longer is no word of a language
_SURROGATES = re.compile("[\ud800-\udfff]")


def safe(words: str) -> str:
    """Return `words` as every database takes them, of the same length: no lone surrogates, no NUL."""
    return _SURROGATES.sub("\ufffd", words).replace("\0", "\ufffd")


def _fold(piece: str) -> str:
    if not piece.isascii():
        piece = unicodedata.normalize("NFC", clean(piece).text)
    return " ".join(word[:LONGEST] for word in WORD.findall(fold(piece)))


def _plain(letter: str) -> str:
    """Return what a letter alone is folded to, a blank for none; a sign that is no ASCII where its neighbours count."""
    if letter in _BETWEEN:
        return " "
    if len(fold(letter)) != 1 or unicodedata.normalize("NFC", clean(f"a{letter}").text) != f"a{letter}":
        return _ODD
    return _fold(letter) or " "


# A code page of what most texts are written with: one pass from letters to bytes, one from bytes to folded letters, a
# sixth of the time of translating letter by letter.
_BETWEEN = " \t\n\r\f\v\xa0"
_ODD = "\xff"
_SMALL = LOWER.removeprefix("a-z")
_LETTERS = "\0" + string.printable + "\xa0–—“”‘’…§°" + _SMALL + _SMALL.upper()
_PAGE = codecs.charmap_build(_LETTERS.ljust(256, "\ufffe"))
_FOLDED = "".join(one if len(one := _plain(letter)) == 1 else _ODD for letter in _LETTERS).ljust(256, _ODD)


def _endless(words: str) -> bool:
    """Whether a word is longer than counts."""
    at = -1
    while len(words) - at > LONGEST + 1:
        at = words.rfind(" ", at + 1, at + LONGEST + 2)
        if at < 0:
            return True
    return False


def _quickly(words: str) -> str | None:
    """Return the folded words of a text, None where it holds a letter that is not on the page, or an endless word."""
    try:
        small = codecs.charmap_decode(codecs.charmap_encode(words, "strict", _PAGE)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:
        return None
    return small if small.isascii() and not _endless(small) else None


def folded_text(words: str) -> str:
    """Return the folded words of a text with blanks between them."""
    small = _quickly(words)
    if small is None:
        small = " ".join(_quickly(piece) or _fold(piece) for piece in words.split())
    return small


def folded(words: str) -> list[str]:
    """Return the words of a text, folded: "Nghị định số 88" → nghi, dinh, so, 88."""
    return folded_text(words).split()


def exact(words: str) -> list[str]:
    """Return the words of a text with their diacritics, in lower case, the tone mark of oa, oe, uy in one place."""
    words = unicodedata.normalize("NFC", clean(words).text)
    return [word[:LONGEST] for word in WORD.findall(fold_tone(words).lower())]


def places(words: str, wanted: re.Pattern[str] = WORD) -> Iterator[tuple[int, int]]:
    """Yield where the folded words of a text that fit a pattern stand in it, as it was before composing."""
    view = clean(words)
    small = fold(view.text)
    if len(small) != len(view.text):  # a letter that grows in lower case
        small = "".join(fold(letter)[:1] or letter for letter in view.text)
    same = view.is_identity
    for match in wanted.finditer(small):
        yield match.span() if same else view.span(*match.span())
