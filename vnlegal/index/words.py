"""The words of a text as the index knows them: composed, lower case, folded, with their places in the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from vnlegal.text import clean, fold, fold_tone

WORD = re.compile(r"[^\W_]+")
LONGEST = 60  # characters of one word that count; what is longer is no word of a language
_SURROGATES = re.compile("[\ud800-\udfff]")
_REMEMBERED = 1 << 17  # pieces of text whose folding is kept: a language has fewer
_LONG = 4 * LONGEST


def safe(words: str) -> str:
    """Return `words` as every database takes them, of the same length: no lone surrogates, no NUL."""
    return _SURROGATES.sub("\ufffd", words).replace("\0", "\ufffd")


def _fold(piece: str) -> str:
    if not piece.isascii():
        piece = unicodedata.normalize("NFC", clean(piece).text)
    return " ".join(word[:LONGEST] for word in WORD.findall(fold(piece)))


class _Pieces(dict[str, str]):
    """Folded words, a blank before them, by the piece between two blanks: looked up three times faster than made."""

    def __missing__(self, piece: str) -> str:
        words = _fold(piece)
        words = " " + words if words else ""
        if len(piece) <= _LONG:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = words
        return words


_PIECES = _Pieces()


def folded_text(words: str) -> str:
    """Return the folded words of a text with one blank between them."""
    return "".join(map(_PIECES.__getitem__, words.split()))[1:]


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
