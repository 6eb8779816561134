"""Which lines belong to one paragraph: wrapped lines are joined again, real paragraphs stay apart.

A line break is a wrap where the next line goes on in the middle of a sentence, or where the next word would not
have fitted. Where neither is certain the lines stay apart: a broken join may join a citation to a stranger's words.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.lines import Line
from vnlegal.segment.wrapping import WrapStyle
from vnlegal.text import UPPER

# How many letters a line that is part of a longer clause has at least.
_CLAUSE = 60
_STOPS = frozenset(".!?")
# What ends a paragraph, however full its line: a quotation closed behind its own stop, a document's end.
_FOR_GOOD = (".”.", '.".', ".”", '."', "./.")
_SIGNS = _STOPS | {":", ";"}
_OPENING_QUOTES = '“"'
_CLOSING = "\"”’»)]'"
_COMPLETE = frozenset(("type", "motto"))
_ALWAYS_BREAK_BEFORE = frozenset(
    ("motto", "number", "subject", "addressees", "recipients", "signature", "annex", "attached", "resolves", "type")
)


# The clause or point that a bare "Điều 6" on the next line goes on.
_PROVISION = re.compile(r"(?:[Kk]hoản|[Đđ]iểm) [\da-zđ]{1,3}$")
_BARE_ARTICLE = 10
# A syllable in capitals on a line of its own: web pages cut a first line short. No abbreviation, no Roman number, and
# not the last word of a body's name that a narrow column cut off ("HỘI ĐỒNG NHÂN⏎DÂN").
_SYLLABLE = re.compile(
    rf"(?!(?:[IVX]+|DÂN|HỘI|PHỦ|BAN|TRƯỞNG)$)(?=[{UPPER}]{{3,7}}$)"
    r"[BCDĐGHKLMNPQRSTVX]{0,3}[^BCDĐGHKLMNPQRSTVX]{1,3}(?:CH|NG|NH|[CMNPT])?$"
)
# What a title says before a post that it speaks of ("VỀ VIỆC BỔ NHIỆM⏎GIÁM ĐỐC SỞ …").
_OF_POST = re.compile(r"(?:NHIỆM|CHỨC|VỤ|DANH|CỦA|BAN|LÀM|CHO|VỚI|VÀ|TẶNG|GIÚP|ỦY QUYỀN)$")
# A name cut between two of its words with capitals.
_SPLIT_NAME = re.compile(
    r"(?<!\w)(?:(?:Thủ tướng|Văn phòng|Thanh tra)\nChính phủ|Chủ tịch\n[UỦ][yỷ] ban|Mặt trận\nTổ quốc"
    r"|(?:Bộ trưởng|Thứ trưởng)\nBộ |Giám đốc\nSở |Trung ương\nĐảng|Phó Thủ tướng\nThường trực|Hồ Chí\nMinh"
    r"|(?:Bí thư|Chấp hành|Tổ chức|Tuyên giáo|Nội chính|Kiểm tra)\nTrung ương|(?:Ngân hàng|Kiểm toán)\nNhà nước"
    r"|(?:Cộng sản|Nông dân|Lao động|Phụ nữ|Tổ quốc|Thông tấn xã|Truyền hình|Tiếng nói|Nhà nước|Điện lực|Dầu khí)"
    r"\nViệt Nam)"
)
# How many letters in capitals are no abbreviation.
_CAPITALS = 12

# A document's number cut behind its serial or year, and the symbol that goes on.
_HALF_NUMBER = re.compile(r"(?:[Ss]ố|[Ss]ố:) ?\d{1,6}[a-zđ]?(?:/(?:19|20)\d\d)? ?[-/]$")
_SYMBOL = re.compile(r"[A-ZĐ]{2,5}[-/][A-ZĐ]|QH\d\d")


class Above(NamedTuple):
    """The paragraph a line might go on: its last line, its first words, and what is known of it.

    `bold`: all of it is bold. `title`: it belongs to a document's title or a chapter's heading, whose lines in capitals
    go together. `label`: its last line is nothing but a marker ("Chương I", "Điều 22").
    """

    line: Line
    opening: str
    is_first: bool
    bold: bool = False
    title: bool = False
    role: str | None = None
    label: str | None = None


def joins(
    above: Above,
    line: Line,
    *,
    style: WrapStyle,
    marker: str | None,
    role: str | None,
    bold: bool,
    same_bold: bool,
    knowledge: StructureKnowledge,
) -> bool:
    """Whether `line` goes on the paragraph of `above`.

    `marker` and `role`: what `line` begins with. `bold`: it is bold from its beginning. `same_bold`: one stretch of
    bold text holds the break.
    """
    one, two = above.line.words, line.words
    last, first = one[-1], two[0]
    apart = line.gap > (2 if style.double else 0)
    certain = _certainly(above, line, style, marker, role, knowledge, apart=apart)
    if certain is not None:
        return certain
    if same_bold and not apart and not marker and role != "signature":
        return True
    end = one.rstrip(_CLOSING)[-1:] if last in _CLOSING else last
    tight = style.width > 0 and not apart and not _would_fit(above, two, style)
    if marker:
        return _joins_marker(one, two, marker, tight=tight, apart=apart) or (
            marker == "dash" and not apart and last not in _SIGNS and knowledge.cuts_name(one, two)
        )
    if first.islower():
        return _joins_small(one, end, line.gap, tight=tight, apart=apart, style=style) or (
            end == ";" and not apart and not style.width and _is_mid_clause(above)
        )
    if role == "basis" and (end in ".;,:" or above.title):
        return False
    if above.role == "signature" and last != "," and knowledge.is_signers_title(two):
        return False
    if above.role == "addressees" and first != "(" and last != ",":
        return (not apart and knowledge.dangles(one)) or (tight and not knowledge.opens_letter(two))
    if end in _SIGNS or last == ",":
        return _joins_after_sign(above, two, end, style, tight=tight, apart=apart)
    return _joins_unended(above, line, style, knowledge, bold=bold, tight=tight, apart=apart)


def _certainly(
    above: Above,
    line: Line,
    style: WrapStyle,
    marker: str | None,
    role: str | None,
    knowledge: StructureKnowledge,
    *,
    apart: bool,
) -> bool | None:
    """Whether `line` goes on `above` where their kinds alone, or a number cut in two, tell; None where they do not."""
    one, two = above.line.words, line.words
    last, first = one[-1], two[0]
    if above.role in _COMPLETE:
        return False
    if above.label == "article":
        return first.islower() and not marker
    if above.label:
        return not marker and role is None and line.gap < 3 and _is_heading_text(two)
    if first in _OPENING_QUOTES and knowledge.marker.match(two, 1):  # a quoted provision: “2. …, "Điều 5. …
        return False
    if last in "-–/" and _is_cut_number(one, two, is_item=marker is not None, apart=apart):
        return True
    if role in _ALWAYS_BREAK_BEFORE and not (first.islower() or (style.width and knowledge.dangles(one))):
        return False
    return None


def names_the_state(one: str, two: str, style: WrapStyle) -> bool:
    """Whether a sentence goes on with the name of the State ("mà nước⏎Cộng hòa xã hội chủ nghĩa Việt Nam là …")."""
    return len(one) * 2 > style.width > 0 and one[-1].islower() and not one.isupper() and not two[:4].isupper()


def _joins_unended(
    above: Above,
    line: Line,
    style: WrapStyle,
    knowledge: StructureKnowledge,
    *,
    bold: bool,
    tight: bool,
    apart: bool,
) -> bool:
    """Whether a line in a capital goes on a line that no sign ends."""
    one, two = above.line.words, line.words
    if (
        (above.bold and not bold)
        or (bold and not above.bold and (two[-1] == ":" or two.isupper()))
        or _differs_in_case(one, two)
    ):
        return False
    if knowledge.dangles(one):
        return line.gap <= (2 if style.double else 1)
    if not line.gap and _SPLIT_NAME.search(f"{one[-12:]}\n{two[:12]}"):
        return True
    if above.is_first and not line.gap and two.isupper() and _SYLLABLE.match(one):  # "TRIỂN⏎KHAI THI HÀNH LUẬT"
        return True
    if above.title and two.isupper() and knowledge.is_signers_title(two) and not _OF_POST.search(one):
        return False  # who issues the document, below its title
    if above.title and line.gap < 2 and one.isupper() and two.isupper():
        return above.is_first or line.gap <= above.line.gap
    if above.role == "basis" and above.opening.startswith("Căn cứ") and not line.gap:
        return True
    if apart or not style.width:
        return False
    return style.web or style.blocks or tight


def _is_cut_number(one: str, two: str, *, is_item: bool, apart: bool) -> bool:
    """Whether a break after a hyphen, a dash or a slash cuts a number or a span of years in two."""
    last, first = one[-1], two[0]
    if last in "-/" and not is_item and _HALF_NUMBER.search(one) and _SYMBOL.match(two):  # "số 05-⏎QĐ/BCĐTW"
        return True
    if apart:
        return False
    if last in "-–" and first.isdigit() and one[:-1].rstrip()[-1:].isdigit():  # "2025 -⏎2026"
        return True
    return last == "-" and one[-2:-1].isupper() and first.isupper() and not is_item  # "26/2016/TT-⏎BLĐTBXH"


def _joins_after_sign(above: Above, two: str, end: str, style: WrapStyle, *, tight: bool, apart: bool) -> bool:
    """Whether a line that begins with a capital goes on one that ends in the punctuation `end`."""
    one = above.line.words
    if end in _STOPS:
        if one.endswith(_FOR_GOOD):
            return False
        return tight and (style.blocks or len(one) >= style.width) and len(two) > style.width // 2
    if end == ":":
        return False
    if end == ";":
        return tight and len(one) >= style.width * 9 // 10 and not above.opening.startswith(("-", "+", "*"))
    if len(two) > _CAPITALS and two.isupper() and not one.isupper():  # the last basis, and who issues below it
        return False
    capitals = one.isupper() and two.isupper()
    return not apart and (style.web or tight or capitals or len(one) > style.width * 3 // 4)


def _is_heading_text(words: str) -> bool:
    """Whether a line below "Chương I" or "Phần thứ nhất" is that heading's title."""
    return words.isupper() or (len(words) < 200 and words[-1] not in ".;:" and not words[0].islower())


def _joins_marker(one: str, two: str, marker: str, *, tight: bool, apart: bool) -> bool:
    """Whether a line that looks like an item goes on a sentence all the same ("tại⏎Điều 10.", "2021⏎- 2030")."""
    if marker in ("number", "roman") and one in ("Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Mục", "MỤC"):
        return True
    if apart or one[-1] in ".;:!?":
        return False
    if marker in ("dash", "plus", "star"):
        after = two[1:].lstrip()[:1]
        return (tight and one[-1] != "," and (after.islower() or after.isdigit())) or (
            one[-1].isdigit() and after.isdigit()
        )
    if marker == "article" and len(two) < _BARE_ARTICLE and _PROVISION.search(one):
        return True
    return f" {one}".endswith(
        (
            " tại",
            " của",
            " và",
            " theo",
            " khoản",
            " điểm",
            " số",
            " Điều",
            " đến",
            " hoặc",
            " từ",
            " khóa",
            " khoá",
            " lần thứ",
        )
    )


def _joins_small(one: str, end: str, gap: int, *, tight: bool, apart: bool, style: WrapStyle) -> bool:
    """Whether a line that begins with a small letter goes on the line above."""
    if end in _STOPS or end == ";":
        return tight
    if end == ":":
        return not apart and (tight or len(one) >= 40)
    if not apart:
        return True
    return gap <= 3 and len(one) >= 50 and not one.isupper()


def _is_mid_clause(above: Above) -> bool:
    """Whether a text of whole lines was cut behind a semicolon in the middle of a clause.

    Copies of the gazette join its wrapped lines but for those that happen to end in one. Items without labels, each in
    small letters, stay apart.
    """
    return len(above.line.words) >= _CLAUSE and not above.opening[:1].islower()


def _would_fit(above: Above, words: str, style: WrapStyle) -> bool:
    """Whether the first word of `words` would still have fitted on the line above, so that the break is meant."""
    one = above.line.words
    size = len(one) + 1 + len(words.split(" ", 1)[0])
    width = style.first if above.is_first else style.width
    if style.web:
        return size < width - 1
    if one.isupper():
        return size <= width - width // 4
    return size < (style.full_first if above.is_first else style.full)


def _differs_in_case(one: str, two: str) -> bool:
    """Whether one line is in capitals and the other is not: a heading and its text."""
    if one.isupper():
        return not (two[0].isdigit() or two.split(" ", 1)[0].isupper())
    return two.isupper() and len(two) > _CAPITALS and not two[0].isdigit()
