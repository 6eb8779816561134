"""Documents cited by the serial alone ("Nghị quyết 57", "NQ71"), and numbers of the time before slashes ("24-CP")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from vnlegal.agencies import AgencyFound
from vnlegal.citations.dates import of_number
from vnlegal.citations.grammar import Grammar
from vnlegal.citations.mentions import Mention
from vnlegal.text import fold

# Without "số", the serial must be followed by what can follow a name; a noun makes it a quantity.
_FOLLOWS = re.compile(
    r" ?(?:$|[\n.,;:)”\"’»\]?!–-]|/(?!\d)|(?:của|về|và|đã|được|là|có|tại|trên|trong|quy|theo|đến|thì|cũng|như|nêu|này|"
    r"nói|hướng|để|vào|ở|ban|do|sửa|thay|còn|với|sẽ|phải|hiện|nhằm|cho|ngày|khóa|khoá|hoặc|mới|đề|chỉ|yêu|giao|từ|khi|"
    r"nên|cần|đang|chưa|không|bao|gồm|trước|sau|so|qua|bằng|thuộc|ra|vẫn|đặt|xác|nhấn|cụ|thực|triển|giai|năm \d{4})"
    r"(?!\w))"
)
# Kinds that are no verbs and are not counted: only a unit of measure or a noun of number speaks against them.
_PLAIN_KINDS = frozenset({"nghi_quyet", "nghi_dinh", "thong_tu", "chi_thi", "ket_luan"})
_COUNTS = re.compile(
    r" ?(?:%|(?:ngày|tháng|năm(?! \d{4})|giờ|tuần|quý|nhóm|nội|nhiệm|điểm|mục|cuộc|vụ|trường|đơn|lần|cơ|bộ|thành|"
    r"người|tổ|đồng|triệu|tỷ|tỉ|nghìn|văn|dự|bản|loại|phần|bước|vấn|định|chương|điều|khoản)(?!\w))"
)
# "(KH 214)", "(sau đây gọi tắt là KH số 214)": an abbreviation with the serial, given to the number before it.
_BRACKETED = re.compile(
    r"\((?:[^()\n]{0,40} (?:là|gọi|tắt):? )?[“\"]?"
    r"(?P<form>(?P<word>[A-ZĐ][A-ZĐa-z]{1,4}) ?(?:số )?(?P<serial>\d{1,5}))[”\"]?\)"
)
_BRACKET_REACH = 240
# The number of a company's letter, in whatever order: "công văn số TDV/01-2020", "công văn số 25CV/2020".
_LETTERED = re.compile(
    r"[Ss]ố:? (?=[\w./-]{0,26}\d)(?=[\w./-]{0,26}[A-ZĐ]{2})"
    r"(?P<number>[A-ZĐ0-9][\w.-]{0,20}[/-][\w./-]{0,20}\w(?<!ngày))(?=,? (?:đề |ký )?ngày |[ ,;.)]|$)"
)
# "công văn", "văn bản" without their first letters, which may be capitals
_LETTER_WORDS = (("c", "ông văn "), ("v", "ăn bản "))
_LONGEST_LETTERED = 28
_SERIAL = re.compile(r"0*(\d+)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_short(
    text: str, grammar: Grammar, bodies: Mapping[int, AgencyFound], numbered: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield "Nghị quyết 57", "NQ71", "Nghị quyết số 57" as `short`, "Nghị định số 24-CP" as `numbered`."""
    taken = {mention.start for mention in numbered}
    for match in chain.from_iterable(pattern.finditer(text) for pattern in grammar.short):
        kind = _kind(match, grammar)
        if kind is None or match.start() in taken or text[match.start() - 1 : match.start()].isalnum():
            continue
        old = match["old"]
        if old is not None:
            issuer = grammar.issuers.get(match["code"].rstrip("0123456789"))
            if issuer is None:
                continue
        else:
            issuer = None
            if not (match["so"] or _goes_on(match, kind, text)) or _is_label(match, text):
                continue
        near = of_number(text, match.span(), bodies, None)
        number = "old" if old is not None else "serial"
        yield Mention(
            match.start(),
            match.end(),
            "short" if old is None else "numbered",
            "number.short" if old is None else "number.old",
            doc_type=kind,
            number=match[number],
            number_start=match.start(number),
            number_end=match.end(number),
            date=near.date,
            date_start=near.date_start,
            date_end=near.date_end,
            issuer=near.issuer or issuer,
            confidence=0.8 if old is None else 0.9,
        )


def find_bracketed(text: str, grammar: Grammar, numbered: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the short forms that a bracket behind a number gives it, and where they come again: "… (KH 214)"."""
    taken = {mention.start for mention in numbered}
    given: set[str] = set()
    for mention in numbered:
        at = text.find("(", mention.end, mention.end + _BRACKET_REACH)
        match = _BRACKETED.match(text, at) if at >= 0 else None
        if match is None or grammar.brief.get(match["word"]) != mention.doc_type or match["form"] in given:
            continue
        serial = _SERIAL.match(mention.number or "")
        if serial is None or serial[1] != match["serial"].lstrip("0"):
            continue
        given.add(match["form"])
        place = match.start("form")
        while place >= 0:
            end = place + len(match["form"])
            if place not in taken and not text[end : end + 1].isalnum() and not text[place - 1].isalnum():
                yield Mention(
                    place,
                    end,
                    "short",
                    "number.bracket",
                    doc_type=mention.doc_type,
                    number=match["serial"],
                    number_start=end - len(match["serial"]),
                    number_end=end,
                    confidence=0.9,
                )
            place = text.find(match["form"], end)


def _places_of_letters(text: str) -> Iterator[tuple[int, int]]:
    """Yield where "công văn" or "văn bản" stands before "số", and where "số" does."""
    for first, rest in _LETTER_WORDS:
        for number_word in ("số", "Số"):
            at = text.find(rest + number_word, 1)
            while at >= 0:
                if text[at - 1].lower() == first:
                    yield at - 1, at + len(rest)
                at = text.find(rest + number_word, at + len(rest))


def find_lettered(text: str, bodies: Mapping[int, AgencyFound], numbered: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the letters of companies whose numbers follow no rule of State or Party."""
    ends = {mention.start: mention.end for mention in numbered}
    for start, place in sorted(_places_of_letters(text)):
        match = _LETTERED.match(text, place)
        if match is None:
            continue
        end = match.end()
        if ends.get(start, -1) >= end or end - match.start("number") > _LONGEST_LETTERED:
            continue
        near = of_number(text, (start, end), bodies, None)
        yield Mention(
            start,
            end,
            "numbered",
            "number.lettered",
            doc_type="cong_van" if fold(text[start : start + 8]) == "cong van" else "van_ban",
            number=match["number"],
            number_start=match.start("number"),
            number_end=end,
            date=near.date,
            date_start=near.date_start,
            date_end=near.date_end,
            issuer=near.issuer,
            confidence=0.8,
        )


def _goes_on(match: re.Match[str], kind: str, text: str) -> bool:
    """Whether what follows a serial without "số" can follow the name of a document."""
    if kind in _PLAIN_KINDS and len(match["serial"]) > 1:
        return _COUNTS.match(text, match.end()) is None
    return _FOLLOWS.match(text, match.end()) is not None


def _kind(match: re.Match[str], grammar: Grammar) -> str | None:
    brief = grammar.brief.get(match["word"])
    if brief is not None:
        return brief
    phrase = fold(match["word"])
    return next((key for row, key in grammar.words[phrase.rsplit(" ", 1)[-1]] if row == phrase), None)


def _is_label(match: re.Match[str], text: str) -> bool:
    """Whether an abbreviation with a serial fills a paragraph (the code of a table row), or the serial is a year."""
    if match["so"] is None and _YEAR.fullmatch(match["serial"]) is not None:
        return True
    if " " in match["word"]:
        return False
    return text[match.start() - 1 : match.start()] in ("", "\n") and text[match.end() : match.end() + 1] in ("", "\n")
