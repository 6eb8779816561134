"""Lines that are no part of the document: page numbers, signing panels, front matter, the web page around it."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import takewhile

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.lines import Line, is_page_number, is_rule
from vnlegal.segment.sheet import is_headline
from vnlegal.text import fold

_FRONT_MATTER_KEY = re.compile(r"[A-Za-z_]+: ")
_HEAD_REACH = 400
# A number as a letterhead has it, and what a lead above a letterhead has nothing of.
_NUMBER = re.compile(r"(?<![\w/])\d{1,6}[a-zđ]?(?:/(?:19|20)\d\d)?[/-][A-ZĐ]{2}[A-ZĐa-zđ0-9&/-]*")
_SENTENCE = 40
_HEADLINE = 60
_PARTY_NUMBER = re.compile(r"Số \d+-[A-ZĐ]{2}")
# The moment a page was published, as its own line; an entry of a page's list of documents ("- 1Quyết định 672/…").
_DAY, _HOUR = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}", r"\d{1,2}[:h]\d{2}"
_PUBLISHED = re.compile(rf"[^\d\n]{{0,24}}(?:{_DAY}[ ,|-]+{_HOUR}|{_HOUR}[ ,|-]+{_DAY})")
# When a page was printed, as a browser writes at its edge ("11/3/25, 10:09 PM").
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}(?: [APCS][MHA])?$")
_PRINTED_WIDTH = 24
_LISTED = re.compile(r"- ?\d{1,2}[A-ZĐ]")
# How many lines a subject beside the motto may have ("V/v …" in a narrow column).
_SUBJECT_LINES = 3
_LONGEST_MOTTO = 300
_PAGE_HEADINGS = frozenset(("VĂN BẢN", "TOÀN VĂN", "NỘI DUNG", "NỘI DUNG VĂN BẢN", "TOÀN VĂN VĂN BẢN"))
# Links that a page has above all else.
_LINKS = frozenset(("Sign In", "Skip to main content", "Trang chủ", "Đăng nhập", "Xem mẫu"))
# What a portal says below a text, and no document does.
_TAIL = (
    "Văn bản này chưa cập nhật nội dung", "Rà chuột vào", "Click trái để xem", "FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN",
    "- Bạn vừa bị Đăng xuất", "Cảm ơn đã dùng ThuVienPhapLuat", "Nhấp vào nút tại mỗi ô tìm kiếm",
)  # fmt: skip
_TAIL_SIGNS = frozenset(words[0] for words in _TAIL)
_TAIL_REACH = 400
_PAGE_LABEL = re.compile(r"\d{1,3}\.$")
_OWN_ROLES = frozenset(("addressees", "basis", "recipients", "signature", "resolves", "annex"))
# How many lines after a letter's beginning must show no more of the page's frame.
_QUIET = 12
_RUNNING_HEAD = re.compile(r"\d{1,4} cong bao/so |cong bao/so |ngay \d{1,2}[-/.]\d{1,2}[-/.]\d{4}$")


def find_furniture(
    lines: list[Line], knowledge: StructureKnowledge, headings: Container[int] = ()
) -> tuple[set[int], set[int]]:
    """Return the indexes of furniture lines, and those of the lines a page begins with.

    `headings`: where the words of markdown headings begin in the plain text.
    """
    furniture: set[int] = set()
    pages: set[int] = {n for n, line in enumerate(lines) if line.page}
    numbers: list[int] = []
    first, last = _web_page(lines, knowledge, headings)
    furniture.update(range(first))
    furniture.update(range(last, len(lines)))
    for n in range(first, last):
        words = lines[n].words
        head = words[0]
        if head.isdigit() or head in "-–—T":
            if is_page_number(words):
                numbers.append(n)
            elif len(words) < _PRINTED_WIDTH and _PRINTED.match(words):
                furniture.add(n)
                pages.add(n + 1)
        elif words == "about:blank":
            furniture.add(n)
            pages.add(n + 1)
        elif head == "(" and words[-1] == ")" and len(words) < 600 and knowledge.remark.search(fold(words)):
            furniture.add(n)
        if head in "KNTESDVC(-*" and len(words) < 160 and (":" in words[:24] or head in "(-*S" or words[:3].isupper()):
            role = knowledge.role(words)
            if role == "panel":
                furniture.update(_panel(lines, n, last, knowledge))
                pages.add(n + 1)
            elif role == "imprint":
                furniture.add(n)
            elif role == "gazette" and (words.isupper() or head in "(-*" or "/" in words):
                furniture.add(n)
                pages.add(n + 1)
    for n in _page_numbers(lines, numbers, pages):
        furniture.add(n)
        pages.add(n + 1)
    return furniture, pages


def _panel(lines: list[Line], n: int, last: int, knowledge: StructureKnowledge) -> range:
    """Return the lines of the signing panel that line `n` belongs to."""
    end = n + 1
    while end < last and end < n + 6 and not lines[end].gap:
        folded = fold(lines[end].words[:60])
        above = fold(lines[end - 1].words[:8])
        if not (
            knowledge.role(lines[end].words) == "panel"
            or folded.startswith(("co quan:", "dia chi:", "email:"))
            or (len(folded) < 25 and above.startswith(("co quan", "dia chi")))
        ):
            break
        end += 1
    return range(n, end)


def _web_page(lines: list[Line], knowledge: StructureKnowledge, headings: Container[int]) -> tuple[int, int]:
    """Return the first and last (exclusive) line of what stands inside a web page's frame or after front matter."""
    first = _front_matter(lines)
    while first < len(lines) and lines[first].words in _LINKS:
        first += 1
    signs = 0
    motto = letter = -1
    for n in range(first, min(len(lines), first + _HEAD_REACH)):
        words = lines[n].words.lstrip("| ") or "|"
        if 0 <= letter < n - _QUIET:
            break
        if words.isupper() and len(words) < 30 and n + 1 < len(lines) and words not in _PAGE_HEADINGS:
            words += " " + lines[n + 1].words
        role = knowledge.role(words)
        if role in {"web_head", "panel"}:
            signs += 1
            letter = -1
        elif role == "motto":
            motto = n
            break
        elif words[0] == "•":
            signs += 1
        elif letter < 0 and (role in ("addressees", "number") or knowledge.is_type(words)):
            letter = n
    if signs < 3:
        return _behind_lead(lines, first, motto, knowledge, headings), _page_tail(lines, first, knowledge)
    if motto >= 0:
        first = _letterhead_start(lines, motto, knowledge)
    elif letter >= 0:
        first = letter
    last = len(lines)
    for n in range(first, len(lines)):
        if lines[n].words[0] in "VBTĐCLHÝ#" and knowledge.role(lines[n].words) == "web_tail":
            last = n
            break
    while last - 1 > first and _repeats_title(lines[last - 1].words):
        last -= 1
    return first, last


def _page_tail(lines: list[Line], first: int, knowledge: StructureKnowledge) -> int:
    """Return the line on which what a page says below the text begins, behind line `first`; their count without.

    A copy that kept the tail of its page alone shows it by words that stand in no document.
    """
    after = max(first, len(lines) - _TAIL_REACH)
    sure = next(
        (n for n in range(after, len(lines)) if lines[n].words[0] in _TAIL_SIGNS and lines[n].words.startswith(_TAIL)),
        None,
    )
    if sure is None:
        return len(lines)
    near = range(max(first, sure - _TAIL_REACH // 4), sure)
    last = next((n for n in near if knowledge.role(lines[n].words) == "web_tail"), sure)
    while last - 1 > first and _repeats_title(lines[last - 1].words):
        last -= 1
    return last


def _behind_lead(
    lines: list[Line], first: int, motto: int, knowledge: StructureKnowledge, headings: Container[int]
) -> int:
    """Return the line on which a letterhead begins that stands below a copy's lead, `first` without such a lead.

    The lead names the document, by the number of the letterhead, says when it was published, ends in a page's heading
    or is made of whole sentences or of markdown `headings`. Nothing of a document may stand in it.
    """
    if motto < 0 or len(lines[motto].words) > _LONGEST_MOTTO:  # a text without lines
        return first
    start = _letterhead_start(lines, motto, knowledge)
    lead = [line.words for line in lines[first:start]]
    if any(knowledge.role(words) in _OWN_ROLES for words in lead):
        return first
    if len(lead) == 1 and len(lead[0]) < _HEADLINE and is_headline(lead[0], knowledge):  # it names the document
        return first
    head = takewhile(lambda line: knowledge.role(line.words) not in _OWN_ROLES, lines[start : motto + 8])
    number = next((found[0] for line in head if (found := _NUMBER.search(line.words))), None)
    named = number is not None and any(number in words for words in lead)
    headed = bool(lead) and (lead[-1].rstrip(":") in _PAGE_HEADINGS or knowledge.role(lead[-1]) == "web_head")
    published = any(_PUBLISHED.match(words) for words in lead)
    of_page = [line.start in headings or _is_of_page(line.words, knowledge) for line in lines[first:start]]
    framed = any(of_page) and all(
        is_page or is_headline(words, knowledge) for words, is_page in zip(lead, of_page, strict=True)
    )
    return start if named or headed or published or framed else first


def _is_of_page(words: str, knowledge: StructureKnowledge) -> bool:
    """Whether a line above a letterhead is the web page's: one of its words, a listed document, a whole sentence."""
    if (len(words) > _SENTENCE and words[-1] in ".!") or knowledge.role(words) == "web_head":
        return True
    return (_LISTED.match(words) or _PAGE_LABEL.match(words)) is not None


def _repeats_title(words: str) -> bool:
    """Whether a line is the page's own title of the document, as web pages repeat it below the text."""
    folded = fold(words)
    return " do " in folded and folded.endswith(("ban hanh", " dien", "hop nhat", "khoan")) and len(words) < 500


def _front_matter(lines: list[Line]) -> int:
    """Return how many lines of `key: value` front matter stand before the text."""
    if not lines or lines[0].words != "---":
        return 0
    for n in range(1, min(len(lines), 20)):
        if lines[n].words == "---":
            return n + 1
        if not _FRONT_MATTER_KEY.match(lines[n].words):
            return 0
    return 0


def _letterhead_start(lines: list[Line], motto: int, knowledge: StructureKnowledge) -> int:
    """Return the line on which the letterhead begins whose motto stands on line `motto`: the issuer's first line."""
    n = motto
    bars = 0
    while n > 0 and motto - n < 8:
        words = lines[n - 1].words
        bars += words == "|"
        if bars > 2:
            break
        if words == "|" or is_rule(words) or _is_above_motto(words, knowledge):
            n -= 1
            continue
        subject = next(
            (k for k in range(n - 1, max(n - 1 - _SUBJECT_LINES, 0), -1) if _is_subject(lines, k, knowledge)), 0
        )
        if not subject:
            break
        n = subject
    return n


def _is_subject(lines: list[Line], n: int, knowledge: StructureKnowledge) -> bool:
    """Whether line `n` begins a letter's subject, its number above it."""
    return knowledge.role(lines[n].words) == "subject" and any(
        _NUMBER.search(line.words) for line in lines[max(n - 2, 0) : n]
    )


def _is_above_motto(words: str, knowledge: StructureKnowledge) -> bool:
    """Whether a line is one that stands beside the motto: an issuer in capitals, a number."""
    if len(words) > 100 or words[-1] in ".;," or words.rstrip(":") in _PAGE_HEADINGS:
        return False
    if words.isupper() or knowledge.role(words) == "number" or (words[:4].isupper() and "Số" in words):
        return True
    return _PARTY_NUMBER.match(words) is not None


def _page_numbers(lines: list[Line], numbers: list[int], pages: set[int]) -> list[int]:
    """Return those lone numbers that are page numbers: at a page's edge, or counting on from page to page."""
    found: list[int] = []
    values: dict[int, int] = {}
    for n in numbers:
        digits = re.search(r"\d+", lines[n].words)
        values[n] = int(digits[0]) if digits else 0
    before = -1
    for n in numbers:
        words = lines[n].words
        at_edge = n in pages or n + 1 in pages or n + 1 == len(lines)
        apart = before < 0 or n - before > 15
        counts_on = before >= 0 and values[n] == values[before] + 1 and n - before > 15
        starts = before < 0 and values[n] <= 4 and lines[n].gap > 0
        if not words[0].isdigit() or "/" in words or at_edge or (apart and (counts_on or starts)):
            found.append(n)
            before = n
        elif not apart:
            continue
    return found
