"""What stands before a number: "số", the word for the kind of document, the name of a law."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.citations.grammar import CONFUSABLE, Grammar
from vnlegal.citations.lines import line_start
from vnlegal.text import fold

# The letters that OCR makes of the ố of "số"; the second set only where a kind's word stands before it.
_SO_LETTERS = frozenset("ốỐôồổỗộóòÔỒỔÓọ6")
_SO_DAMAGED = frozenset("oO0éeêếềơỏõ§5")
_NOISE = " :.\n|]¡'*#;§,[°"
_BETWEEN = re.compile(r"(?P<words>(?:,? [a-zà-ỹđ]+){1,4})$")
_NO_TAIL = frozenset({
    "của", "theo", "tại", "này", "đó", "về", "do", "được", "ngày", "đã", "trên", "kèm", "có", "với",
    "là", "thay", "bãi", "thi", "hành", "mẫu", "biểu", "nêu", "cho", "từ", "đến", "trong", "bằng", "sau",
    "vào", "gửi", "các", "những", "bởi", "để", "khi", "nếu", "thì", "mà", "như", "hoặc", "trước", "không",
    "phải", "cần", "ban",
})  # fmt: skip
_LAW_HEAD = re.compile(r"(?<![\w])(?:(?<!Pháp )(?<!PHÁP )(?:Bộ [Ll]uật|BỘ LUẬT|Luật|LUẬT)|Pháp lệnh|PHÁP LỆNH)(?= )")
_MORE_LAWS = re.compile(r"[^;\n]{0,24}(?:,| và) (?:Bộ luật|Luật|Pháp lệnh) [^;:\n]{3,90}? số \d")
_NO_NAME = re.compile(r"[;:()“”\"\n]| ngày | (?:này|đó) |\. |\d/\d")
_AMENDING = re.compile(
    r"(?:Luật|LUẬT|Pháp lệnh) (?:sửa đổi|Sửa đổi|SỬA ĐỔI)[^;:\n]{0,160}?\b(?:của|CỦA|bổ sung|BỔ SUNG) (?:các )?\Z"
)
_NUMBER_WORD = re.compile(r"\s+(?:số|Số|SỐ)\s*:?\s*$")


class Head(NamedTuple):
    """What stands before a number: where the mention begins, the kind its words name, whether "số" is there."""

    start: int
    kind: str | None = None
    number_word: bool = False
    lookalike: bool = False
    title: str | None = None


def head_of(text: str, start: int, floor: int, grammar: Grammar) -> Head:
    """Read what stands before the number at `start`: "số", the kind's word with its tail, or a look-alike."""
    low = max(floor, start - 60)
    window = text[low:start]
    folded = fold(window)
    size = len(folded.rstrip(" .…_"))
    begin, number_word, damaged = start, False, False
    cut = len(folded[:size].rstrip(_NOISE))
    if cut >= 2 and folded[cut - 2] == "s" and (cut == 2 or not window[cut - 3].isalnum()):
        number_word = window[cut - 1] in _SO_LETTERS
        damaged = not number_word and window[cut - 1] in _SO_DAMAGED
        if (number_word or damaged) and len(window) - cut <= 3 + window[cut:].count(" ") + window[cut:].count("."):
            begin = low + cut - 2
            size = len(folded[: cut - 2].rstrip(" \n"))
            if folded.endswith(" so", 0, size) or folded[:size] == "so":
                begin, size = low + size - 2, len(folded[: size - 2].rstrip(" \n"))
        else:
            number_word = damaged = False
    if not number_word and not damaged:
        size = len(folded.rstrip(" "))
        if folded[:size].endswith("\n"):
            size = _over_break(window, size)
    head = _kind_word(window, folded, size, low, begin, grammar)
    if head is not None:
        return head._replace(number_word=number_word or damaged)
    if damaged:
        return Head(start)
    return Head(begin, None, number_word, lookalike=_ends(folded, size, grammar.lookalikes) is not None)


def _over_break(window: str, size: int) -> int:
    """Go back over a line break before the number, unless the word before it fills a line of its own (a cell)."""
    line = window[: size - 1].rsplit("\n", 1)[-1]
    return size - 1 if line.count(" ") > 2 and line[-1:].isalpha() else size


def _kind_word(window: str, folded: str, size: int, low: int, begin: int, grammar: Grammar) -> Head | None:
    kind = None
    for _ in range(2):
        row = _ends(folded, size, grammar.words) or _glued(window, folded, size, grammar)
        if row is None:
            tail = _ends(folded, size, grammar.tails)
            if tail is not None:
                shorter = len(folded[: size - len(tail[0])].rstrip())
                row = _ends(folded, shorter, grammar.words)
                if row is not None and (tail[0], row[1]) in grammar.tailed:
                    size = shorter
                else:
                    row = None
        if row is None:
            row = _brief(window, size, grammar)
        if row is None and kind is None:
            row, size = _over_tail(window, folded, size, grammar)
        if row is None:
            break
        place = size - len(row[0])
        if kind not in (None, "van_ban", row[1]) or (row[0] == "luat" and folded[:place].endswith("phap ")):
            break
        begin, kind = low + place, row[1] if kind in (None, "van_ban") else kind
        size = len(folded[:place].rstrip())
    return Head(begin, kind) if kind is not None else None


def _over_tail(window: str, folded: str, size: int, grammar: Grammar) -> tuple[tuple[str, str] | None, int]:
    """Find a capitalised kind before up to four plain words ("Văn bản giải trình, tiếp thu số …")."""
    between = _BETWEEN.search(window[:size])
    if between is None:
        return None, size
    words = between["words"].replace(",", "").split()
    for n in range(len(words), 0, -1):
        tail = words[-n:]
        if any(word in _NO_TAIL for word in tail):
            continue
        shorter = len(window[:size])
        for word in reversed(tail):
            shorter = len(window[:shorter].rstrip(" ,")) - len(word)
        shorter = len(window[:shorter].rstrip(" ,"))
        row = _ends(folded, shorter, grammar.words)
        if row is not None and window[shorter - len(row[0])].isupper():
            return row, shorter
    return None, size


def _glued(window: str, folded: str, size: int, grammar: Grammar) -> tuple[str, str] | None:
    """Return the kind whose capitalised word a copy has glued to the word before it ("tạiCông văn số 663/SCT")."""
    start = folded.rfind(" ", 0, size) + 1
    for phrase, value in grammar.words.get(folded[start:size], ()):
        first = size - len(phrase)
        if folded.startswith(phrase, first) and first and window[first].isupper() and window[first - 1].islower():
            return phrase, value
    return None


def _ends(folded: str, size: int, table: dict[str, tuple[tuple[str, str], ...]]) -> tuple[str, str] | None:
    """Return the longest row of `table` whose phrase ends `folded[:size]` at a word's beginning."""
    start = size
    while start and folded[start - 1].isalnum():
        start -= 1
    for phrase, value in table.get(folded[start:size], ()):
        first = size - len(phrase)
        if folded.startswith(phrase, first) and (first == 0 or not folded[first - 1].isalnum()):
            return phrase, value
    return None


def _brief(window: str, size: int, grammar: Grammar) -> tuple[str, str] | None:
    start = size
    while start and window[start - 1].isalnum():
        start -= 1
    word = window[start:size]
    kind = grammar.brief.get(word.translate(CONFUSABLE))
    return (word, kind) if kind else None


def law_head(text: str, start: int, floor: int) -> Head | None:
    """Find the law whose name stands before the number ("Luật Đất đai số …"); `start` is where "số" begins."""
    low = max(floor, start - 220, line_start(text, start))
    window = text[low:start]
    for match in reversed(list(_LAW_HEAD.finditer(window))):
        name = window[match.end() :]
        if _NO_NAME.search(name) or not name.strip():
            return None
        head = match.start()
        if window[:head].endswith(("Luật ", "LUẬT ")):
            continue
        kind = "phap_lenh" if match[0].lower().startswith("pháp") else "luat"
        amending = _AMENDING.search(window, 0, head)
        if amending is not None and not re.search(r" số \d", window[amending.start() : head]):
            follows = _MORE_LAWS.match(text, start)
            head = amending.start() if follows is None else head
        return Head(low + head, kind, number_word=True, title=_NUMBER_WORD.sub("", window[head:]).strip())
    return None
