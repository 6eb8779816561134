"""Text views: a cleaner text to search in, with the way back to the raw offsets.

The canonical text of a document is never changed. What the rules read is a `View` of it: characters composed
(NFC), invisible ones gone, odd blanks made plain, and, one floor up (`vnlegal.segment`), lines joined and markup
out of the way. A view is a string plus a list of pieces; inside a piece, view and raw text run in step.
"""

from __future__ import annotations

import codecs
import re
import string
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

# Characters that never mean anything to a reader of the words: soft hyphen, zero-width and direction marks, BOM.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# Blanks that stand for one plain space: tab, no-break, the typographic widths, ideographic.
_BLANK = "\t\x0b\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_COMBINING = "\u0300-\u036f"
# Letters of other alphabets that old typing tables put for đ, and the rare form of the opening quotation mark.
_ETH = {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u201f": "\u201c"}
_ODD = re.compile(
    rf"\r\n?|[\u2028\u2029\x85]|[{_INVISIBLE}]+|[{_BLANK}]+|[^\W\d_][{_COMBINING}]+|[{_COMBINING}]+"
    "|[\u00d0\u0189\u00f0\u201f]"
)
# One set of characters, so that a text without any of them is passed over at the speed of the scan.
_ANY_ODD = re.compile(rf"[\r\u00d0\u0189\u00f0\u201f\u2028\u2029\x85{_INVISIBLE}{_BLANK}{_COMBINING}]")


@dataclass(frozen=True, slots=True)
class View:
    """A text to search, and the raw text it was made from.

    `at[i]` is the view offset where piece `i` begins, `to[i]` the raw offset it stands for; `at` ascends, `to`
    need not (a footnote is read after the sentence it interrupts). Offsets are code points.
    """

    text: str
    raw: str
    at: tuple[int, ...] = (0,)
    to: tuple[int, ...] = (0,)

    @property
    def is_identity(self) -> bool:
        """Whether view and raw text are the same, so that offsets need no translation."""
        return self.at == (0,) and self.to == (0,) and len(self.text) == len(self.raw)

    def offset(self, position: int) -> int:
        """Return the raw offset of the view character at `position`."""
        piece = bisect_right(self.at, position) - 1
        return self.to[piece] + position - self.at[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of the view span: from its first character to the end of its last.

        A composed view character may stand for several raw ones; the marks that belong to the last character are
        part of the span. Where pieces stand out of order, the span covers all raw text from first to last.
        """
        if start >= end:
            here = self.offset(start) if start < len(self.text) else len(self.raw)
            return here, here
        at, to = self.at, self.to
        piece = bisect_right(at, start) - 1
        first = to[piece] + start - at[piece]
        if piece + 1 < len(at) and at[piece + 1] < end:
            piece = bisect_right(at, end - 1, piece) - 1
        last = to[piece] + end - at[piece]
        raw = self.raw
        while last < len(raw) and "\u0300" <= raw[last] <= "\u036f":
            last += 1
        return (first, last) if first < last else (last - 1, first + 1)

    def over(self, below: View) -> View:
        """Return this view, made from `below.text`, as a view of `below.raw`."""
        if below.is_identity:
            return View(self.text, below.raw, self.at, self.to)
        builder = Builder(below.raw)
        ends = (*self.at[1:], len(self.text))
        for at, to, end in zip(self.at, self.to, ends, strict=True):
            position = at
            piece = bisect_right(below.at, to) - 1
            while position < end:
                source = to + position - at
                limit = below.at[piece + 1] if piece + 1 < len(below.at) else len(below.text)
                size = min(end - position, max(limit - source, 1))
                builder.add(self.text[position : position + size], below.to[piece] + source - below.at[piece])
                position += size
                piece += 1
        return builder.view()


class Builder:
    """Collects the pieces of a view in reading order."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._parts: list[str] = []
        self._at: list[int] = []
        self._to: list[int] = []
        self.size = 0
        self._next_raw = -1

    def add(self, words: str, raw_offset: int) -> None:
        """Append `words`, which stand at `raw_offset` in the raw text."""
        if not words:
            return
        if raw_offset != self._next_raw:
            self._at.append(self.size)
            self._to.append(raw_offset)
        self._parts.append(words)
        size = len(words)
        self.size += size
        self._next_raw = raw_offset + size

    def view(self) -> View:
        """Return the finished view."""
        return View("".join(self._parts), self._raw, tuple(self._at) or (0,), tuple(self._to) or (0,))


def clean(raw: str) -> View:
    """Return `raw` with its characters in their plain form: NFC, plain blanks and line feeds, no invisible marks.

    Every odd blank becomes a space, a run with a tab one space in all; form feeds stay, for they end a page. Linear in
    the text.
    """
    first_odd = _ANY_ODD.search(raw)
    if first_odd is None:
        return View(raw, raw)
    builder = Builder(raw)
    done = 0
    for odd in _ODD.finditer(raw, max(first_odd.start() - 1, 0)):
        start, end = odd.span()
        builder.add(raw[done:start], done)
        first = raw[start]
        done = end
        if first in "\r\u2028\u2029\x85":
            builder.add("\n", end - 1)
        elif first in _ETH:
            builder.add(_ETH[first], start)
            builder.add(raw[start + 1 : end], start + 1)
        elif first.isalpha():
            composed = unicodedata.normalize("NFC", odd[0])
            builder.add(composed[:1], start)
            # what did not compose keeps its own places
            if len(composed) > 1:
                builder.add(raw[start + 1 : end], start + 1) if len(composed) == end - start else builder.add(
                    composed[1:], end - len(composed) + 1
                )
        elif unicodedata.combining(first):
            builder.add(odd[0], start)
        elif first.isspace():
            builder.add(" " if "\t" in odd[0] else " " * (end - start), start)
    builder.add(raw[done:], done)
    return builder.view()


# Vietnamese letters for character classes. Ranges such as À-Ỹ do not do: Unicode mixes the cases inside them.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"

_FOLD = {
    **dict.fromkeys("àáảãạăằắẳẵặâầấẩẫậ", "a"),
    **dict.fromkeys("èéẻẽẹêềếểễệ", "e"),
    **dict.fromkeys("ìíỉĩị", "i"),
    **dict.fromkeys("òóỏõọôồốổỗộơờớởỡợ", "o"),
    **dict.fromkeys("ùúủũụưừứửữự", "u"),
    **dict.fromkeys("ỳýỷỹỵ", "y"),
    "đ": "d",
}
_FOLD |= {letter.upper(): plain for letter, plain in _FOLD.items()}
# One small letter for every code point up to the signs made of letters: a look-up that never fails is three times as
# fast. The one letter whose small form is two characters (İ) stays as it is.
_FOLD_TABLE = "".join(
    small if len(small := _FOLD.get(letter, letter).lower()) == 1 else letter for letter in map(chr, range(0x2190))
)
# A code page of what nearly all texts are written with: one pass from letters to bytes, one from bytes to folded
# letters, eight times as fast as letter by letter.
_WRITTEN = "\0" + string.printable + LOWER.removeprefix("a-z") + UPPER.removeprefix("A-Z") + "\xa0–—“”‘’…•§°²³×·«»½"
_PAGE = codecs.charmap_build(_WRITTEN.ljust(256, "\ufffe"))
_FOLDED = _WRITTEN.translate(_FOLD_TABLE)


def fold(words: str) -> str:
    """Return `words` in lower case without Vietnamese diacritics, of the same length (NFC expected)."""
    try:
        return codecs.charmap_decode(codecs.charmap_encode(words, "strict", _PAGE)[0], "strict", _FOLDED)[0]
    except UnicodeEncodeError:  # a letter that is not on the page
        return words.translate(_FOLD_TABLE)


# hoà/hòa, thuỷ/thủy, uỷ/ủy: the same syllable with its tone mark on the other vowel of oa, oe, uy.
_TONED = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONE_NEW = {new: old for old, new in _TONED.items()}
_TONE_NEW |= {new.capitalize(): old.capitalize() for old, new in _TONED.items()}
_TONE_NEW |= {new.upper(): old.upper() for old, new in _TONED.items()}
# Two classes of letters, which the engine finds faster than it tries the pairs; pairs that mean nothing stay.
_TONE_NEW_RE = re.compile(
    "[{}](?<![qQ].)[{}](?!\\w)".format(*("".join(sorted(set(letters))) for letters in zip(*_TONE_NEW, strict=True)))
)


def fold_tone(words: str) -> str:
    """Return `words` with the tone mark of oa, oe, uy on the first vowel (hoà → hòa, Uỷ → Ủy), same length."""
    return _TONE_NEW_RE.sub(lambda m: _TONE_NEW.get(m[0], m[0]), words)
