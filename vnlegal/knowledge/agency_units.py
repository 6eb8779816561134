"""Names read by grammar: where a name ends whose head is known ("Cục", "Hiệp hội") and whose field is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vnlegal.knowledge.agency_rows import ExpansionRow, UnitRow
from vnlegal.knowledge.spelling import Names

_WORD = re.compile(r"[ ](?:[-–][ ])?(?P<word>[^\W\d_]\w*)")
_ANY_WORD = re.compile(r"\w+")
_SMALL = re.compile(r"[ ]([a-zà-ỹđ]\w*)")
_LINK = re.compile(r",[ ]|[ ]&[ ]")
_TO_VIETNAM = re.compile(r"[ ][^.;:()\n“”\"]{2,90}?[ ](?:Việt[ ]Nam|VN)(?!\w)(?![ ]Nam)")
_TO_ACRONYM = re.compile(r"[ ][^.;:()\n“”\"]{4,90}?(?=[ ]\([A-ZĐ][\w&-]{2,12}\))")
_LAST = re.compile(r"(?:[Vv]iệt[ ][Nn]am|Trung[ ]ương|VIỆT[ ]NAM)$")
_PLACE = re.compile(r"[ ](?:tỉnh|thành[ ]phố|tp\.?|quận|huyện|phường|xã)(?![\w])")


_SMALL_HEADS = frozenset({"Vụ ", "Cục ", "Ban "})
_SMALL_NAME = re.compile(
    r"[^\W\d_](?:[^,;.:()“”\n]|,(?=[ ][a-zà-ỹđ])){7,170}?"
    r"(?=,(?![ ][a-zà-ỹđ])|[;.:(\n]|[ ]và[ ][A-ZĐ]|[ ](?:có|thuộc|chịu|được|ban hành|quy định|quyết định|chủ trì"
    r"|phối hợp|báo cáo|xem xét|căn cứ|để|tại|là|trình|ký|cho|khi|phải|cấp|giao)(?!\w)|$)"
)


def short_field(pair: str) -> tuple[str, str]:
    """Split "KGVX=Khoa giáo - Văn xã, Văn phòng Chính phủ"; an abbreviation nobody wrote out stands for itself."""
    name, _, field = pair.partition("=")
    return name, field or name


def small_name(text: str, at: int, heads: Sequence[str]) -> int | None:
    """Return where a unit's name ends that no list has, written in small letters behind the title of its head.

    "Vụ trưởng Vụ kiểm sát việc giải quyết các vụ án hành chính": up to the sign or the capital that parts it from the
    next. `heads`: what the titled person may be the head of ("Vụ ").
    """
    head = next((word for word in heads if text.startswith(word, at)), None)
    found = _SMALL_NAME.match(text, at + len(head)) if head in _SMALL_HEADS and head else None
    return found.end() if found else None


class Units:
    """The words and rules by which an unknown name is delimited."""

    def __init__(
        self, words: Mapping[str, Sequence[str]], expansions: Sequence[ExpansionRow], heads: frozenset[str]
    ) -> None:
        """Compile the words that may stand in a name, the abbreviations to write out, the heads of other names."""
        self._phrases = Names([(phrase, phrase) for phrase in words["name"]])
        self._verbs = frozenset(words["name_verb"])
        self._heads = heads
        self._after = frozenset(words["name_after"])
        self._compounds = tuple(words["compound"])
        verbs = "|".join(word for word in words["actor_verb"] if word not in self._verbs and word != "tổ chức")
        capitals = "|".join(sorted(head.capitalize() for head in heads))
        self._predicate = re.compile(
            rf"[ ,](?:{verbs}|tại|theo|để|là|do|cùng|nhằm|thì|khi|nếu|hoặc|như|từ|gồm|trên|cho)(?!\w)"
            rf"|,[ ](?:các|{capitals})[ ]|[ ]và[ ](?:các|{capitals})[ ]|[ ](?:thành[ ]phố|tỉnh)[ ]"
        )
        self._long = {row.short: row.long for row in expansions}
        self._short = re.compile(r"\b(?:" + "|".join(map(re.escape, self._long)) + r")\b") if self._long else None

    def written_out(self, name: str) -> str:
        """Return `name` in one line with its abbreviations written out."""
        name = " ".join(name.split())
        return self._short.sub(lambda m: self._long[m[0]], name) if self._short else name

    def end(self, text: str, low: str, at: int, row: UnitRow) -> int:
        """Return where the name ends whose head ends at `at`, -1 if no name follows."""
        if row.kind == "association":
            for pattern in (_TO_VIETNAM, _TO_ACRONYM):
                match = pattern.match(text, at)
                if match is not None and not self._predicate.search(match[0]):
                    small = row.needs_capital and not text[at + 1 : at + 2].isupper()
                    if small and (pattern is _TO_ACRONYM or low.startswith(self._compounds, at - len(row.head))):
                        continue
                    return match.end()
        return self._by_words(text, low, at, row)

    def _by_words(self, text: str, low: str, at: int, row: UnitRow) -> int:
        end, words, capitals, position = -1, 0, 0, at
        while words < 14:
            if row.place and words and _PLACE.match(low, position):
                break
            step = self._step(text, low, position, row, words, capitals)
            if step is None:
                break
            position, capital, firm = step
            words += 1
            capitals += capital
            if firm:
                end = position
                if _LAST.search(text, at, end):
                    break
        if not capitals or (words == 1 and self._is_cut(text, end)):
            return -1
        if row.kind in ("association", "committee") and not self._has_field(low, at, end):
            return -1
        return end

    def _is_cut(self, text: str, end: int) -> bool:
        """Whether the name goes on at `end` in words that are no name words: "Cục Quản lý | các khu vực"."""
        match = _SMALL.match(text, end)
        return match is not None and match[1] not in self._after and self._predicate.match(text, end) is None

    def _has_field(self, low: str, at: int, end: int) -> bool:
        """Whether a word for a field stands in the name, which a place called "Hội An" lacks."""
        return any(self._phrases.find(low, word.start()) for word in _ANY_WORD.finditer(low, at, end))

    def _step(
        self, text: str, low: str, position: int, row: UnitRow, words: int, capitals: int
    ) -> tuple[int, bool, bool] | None:
        """Return (end, whether it begins with a capital, whether a name may end there) of the next word or phrase."""
        match = _WORD.match(text, position)
        if match is None:
            link = _LINK.match(text, position)
            if link is None or not capitals or not self._list_inside(text, low, link.end()):
                return None
            return link.end() - 1, False, False
        word, begin = match["word"], match.start("word")
        upper = word[0].isupper()
        if begin - position > 1 and self._another(low, begin):
            return None  # "Cục Bổ trợ tư pháp - Bộ Tư pháp"
        if word == "và" and words:
            return self._linked(text, low, match.end())
        if words == 0 and not upper and (row.needs_capital or row.kind != "association"):
            return None
        if words == 0 and upper and (word in ("Các", row.head) or (row.kind == "committee" and word.isupper())):
            return None
        if upper and words and low.startswith(("địa chỉ", "số ", "điều ", "nghị "), begin):
            return None
        phrase = self._phrases.find(low, begin)
        if phrase is not None and (upper or not row.capitals_only):
            return phrase[0], upper, upper or phrase[1] not in self._verbs
        if upper:
            return match.end(), True, True
        if row.capitals_only:
            return None
        if words == 0 and word == "các":
            return match.end(), False, False
        if word == "trong" and capitals and low.startswith(" nông nghiệp", match.end()):
            return match.end(), False, False
        return None

    def _linked(self, text: str, low: str, end: int) -> tuple[int, bool, bool] | None:
        after = _WORD.match(text, end)
        if after is None:
            return None
        begin = after.start("word")
        if after["word"][0].isupper():
            return None if self._another(low, begin) else (end, False, False)
        if self._phrases.find(low, begin) is None:
            return None
        return end, False, False

    def _another(self, low: str, begin: int) -> bool:
        word = re.match(r"\w+", low[begin : begin + 12])
        return word is not None and (word[0] in self._heads or low.startswith("thủ trưởng", begin))

    def _list_inside(self, text: str, low: str, begin: int) -> bool:
        """Whether the comma before `begin` stands inside a name: "Mỹ thuật, Nhiếp ảnh và Triển lãm"."""
        if not text[begin : begin + 1].isupper() or self._another(low, begin):
            return False
        rest = re.match(r"[^.,;:()\n]{2,40}? và (\w+)", text[begin : begin + 60])
        return rest is not None and rest[1][0].isupper() and rest[1].lower() not in self._heads
