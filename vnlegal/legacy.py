"""The encodings of before Unicode: TCVN3 (the .Vn fonts, "ABC") and VNI, as they show when read as Latin-1.

Both tables are public standards: TCVN 5712:1993 (VN3) and the VNI font encoding. A TCVN3 font has no accented
capitals: a second font (.VnTimeH) draws the small ones as capitals, so case is known only where the font is.
"""

from __future__ import annotations

import re

# One TCVN3 character a Vietnamese one, small letters first, then the few capitals the code has.
TCVN3_CODES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = dict(zip(TCVN3_CODES, TCVN3_LETTERS, strict=True))
# Word processors and PDF writers turn the code of ư (a soft hyphen in Latin-1) into these.
_TCVN3 |= {"\u2212": "ư", "\u2010": "ư", "\u2011": "ư"}
_TCVN3_TABLE = str.maketrans(_TCVN3)

_VNI_MARKS = {
    "a": dict(zip("øùûõïêèéúüëâàáåãä", "àáảãạăằắẳẵặâầấẩẫậ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
}
_VNI_SINGLE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}
VNI = {base + mark: letter for base, marks in _VNI_MARKS.items() for mark, letter in marks.items()} | _VNI_SINGLE
VNI |= {code[0].upper() + code[1:]: letter.upper() for code, letter in VNI.items()} | {
    code.upper(): letter.upper() for code, letter in VNI.items()
}
_VNI_RE = re.compile("|".join(sorted((re.escape(code) for code in VNI), key=len, reverse=True)))

# Pairs that are frequent in running Vietnamese of one encoding and impossible in Unicode Vietnamese.
_TCVN3_SIGNS = re.compile(r"[µ¸¶·¹¨»¾¼½©®ª«¬§][a-zA-Z]|[a-zA-Z][µ¸¶·¹¨»¾¼½Æ©®ª«¬ÊËÌÐÑÕÖ×ÝÞß]")
_VNI_SIGNS = re.compile(r"[aeoAEO][øùûïåäüëØÙÛÏÅÄÜË]|[öÖ][øùûõïØÙÛÕÏ]|ñ[aeiouöôAEIOU]|[ôÔ][øûïØÛÏ]")
_UNICODE_SIGNS = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưăđẠẢẤẦẨẪẬẮẰẲẴẶĐƯƠ]")


def detect(text: str) -> str | None:
    """Return "tcvn3" or "vni" where `text` is Vietnamese in that encoding read as Latin-1, else None.

    Looks at the first 20,000 characters; asks for signs of the encoding that outnumber those of Unicode Vietnamese.
    """
    sample = text[:20_000]
    unicode_signs = len(_UNICODE_SIGNS.findall(sample))
    counts = {"tcvn3": len(_TCVN3_SIGNS.findall(sample)), "vni": len(_VNI_SIGNS.findall(sample))}
    best = max(counts, key=lambda name: counts[name])
    enough = max(5, len(sample) // 100)
    return best if counts[best] >= enough and counts[best] > 3 * unicode_signs else None


def decode_tcvn3(words: str, *, capitals: bool = False) -> str:
    """Return TCVN3 `words` in Unicode, of the same length; `capitals` for a font whose letters are drawn large."""
    decoded = words.translate(_TCVN3_TABLE)
    return decoded.upper() if capitals else decoded


def vni_pieces(words: str) -> list[tuple[int, int, str]]:
    """Return (start, end, letter) for every VNI letter of `words`: one or two characters for one letter."""
    return [(m.start(), m.end(), VNI[m[0]]) for m in _VNI_RE.finditer(words)]


def decode_vni(words: str) -> str:
    """Return VNI `words` in Unicode (shorter where two characters make one letter)."""
    return _VNI_RE.sub(lambda m: VNI[m[0]], words)


def font_encoding(font: str | None) -> str | None:
    """Return the encoding a font name stands for: "tcvn3", "tcvn3-capitals", "vni" or None.

    The .Vn family (".VnTime", ".VnTimeH") is TCVN3, the VNI- family VNI. PDF writers put "ABCDEF+" before a name
    and ",Bold" after it.
    """
    if not font:
        return None
    name = font.rsplit("+", 1)[-1].split(",")[0].strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3-capitals" if name.endswith("h") and name not in (".vnteknical",) else "tcvn3"
    return "vni" if name.startswith("vni-") else None


def decode(words: str, encoding: str | None) -> str:
    """Return `words` in Unicode, given an encoding of `font_encoding` or `detect`."""
    if encoding == "vni":
        return decode_vni(words)
    if encoding in ("tcvn3", "tcvn3-capitals"):
        return decode_tcvn3(words, capitals=encoding == "tcvn3-capitals")
    return words
