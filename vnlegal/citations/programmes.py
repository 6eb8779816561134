"""Strategies, programmes, schemes and master plans of the State that the registry knows by their titles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.planned import compile_planned, drawn_up
from vnlegal.knowledge.laws import LOOSE, LawKnowledge, plain
from vnlegal.text import UPPER

# The type words without their first letter, which is small or capital, and the types they stand for.
_ANCHORS = (
    ("c", "hiến lược ", "chien_luoc"),
    ("c", "hương trình ", "chuong_trinh"),
    ("đ", "ề án ", "de_an"),
    ("q", "uy hoạch ", "quy_hoach"),
    ("k", "ế hoạch ", "ke_hoach"),
)
_LONGEST_TITLE = 28
_SHORTEST_TITLE = 10
_REACH = 240
_NEXT = re.compile(r"[ ,–\-()“\"]{0,4}(?P<word>[^\W_]+(?:[.,]\d+)?)")
_TAIL = re.compile(
    r"(?:,? (?:và )?(?:(?:định hướng|tầm nhìn) )?(?:đến|tới)(?: năm)? \d{4}"
    r"|,? (?:giai đoạn|thời kỳ|kỳ) (?:\d{4} ?[-–] ?\d{4}|I{1,3}\b|\d\b))+"
)
# After the short form of a title: the name goes on and is another one.
_GOES_ON = re.compile(r" (?:của|trong|tại|về|cho|ngành|tỉnh|thành phố|thời|mới)\b")
# After any title: a province's own work of that name.
OF_PLACE = re.compile(rf",? (?:[Tt]rên địa bàn|(?:của )?(?:tỉnh|thành phố|huyện|thị xã) [{UPPER}])")
# A title nobody listed shows itself by the years it is for: "Quy hoạch tỉnh X thời kỳ 2021 - 2030".
_BEFORE_YEARS = (" giai đoạn ", " thời kỳ ", " đến năm ")
_YEAR = re.compile(r"\d{4}")
_SENTENCE = re.compile(r"[.;:\n()“”\"|]")
_KINDS = {
    "Chiến lược": "chien_luoc",
    "Chương trình": "chuong_trinh",
    "Đề án": "de_an",
    "Quy hoạch": "quy_hoach",
    "Kế hoạch": "ke_hoach",
}
_NO_TITLE = re.compile(
    r" (?:này|đó|đã|được|nhằm|để|trình|theo|khi|là|sẽ|cần|phải|đạt|phấn đấu|gắn với|bảo đảm|trong đó|từ|như|có|tại|"
    r"kết quả|thực hiện|triển khai|xây dựng|ban hành|hoàn thành|tổ chức|số \d+/\S*|năm \d{4}|[Cc]hiến lược|"
    r"[Cc]hương trình|[Đđ]ề án|[Qq]uy hoạch|[Kk]ế hoạch|[Dd]ự án|[Nn]ghị quyết|[Qq]uyết định|[Kk]ết luận|"
    r"[Cc]hỉ thị)(?!\w)"
)
_NO_FIRST = re.compile(
    r" (?:của|và|hoặc|về việc|trên|cho|với|do|hằng|hàng|mà|vào|ra|khác|trong|ở|đầu tư|công tác)(?!\w)"
)
_OF_THEIRS = re.compile(r" của (?:huyện|xã|tỉnh|thành phố|thị xã|địa phương)(?!\w)")
NATIONAL_PROGRAMME = "hương trình mục tiêu quốc gia "
NATIONAL = "work-national"
_ADJUSTS = ("Điều chỉnh ", "điều chỉnh ")


def find_programmes(text: str, laws: LawKnowledge, taken: frozenset[int]) -> Iterator[Mention]:
    """Yield the known titles in `text`, except at the starts `taken` and where somebody is to draw the work up."""
    for first, rest, kind in _ANCHORS:
        at = text.find(rest, 1)
        while at >= 0:
            if text[at - 1].lower() == first and not text[max(0, at - 2) : at - 1].isalnum():
                found = _read(text, at - 1, at + len(rest), kind, laws)
                if found is not None and found.start not in taken:
                    yield found
            at = text.find(rest, at + len(rest))


def find_national(text: str, laws: LawKnowledge, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the national target programmes, with the years they are for or without.

    `found`: the names found before, none of which is given again.
    """
    at = text.find(NATIONAL_PROGRAMME)
    taken = {mention.start for mention in found} if at >= 0 else frozenset()
    while at >= 0:
        start, end = at - 1, at + len(NATIONAL_PROGRAMME)
        name = next((words for words in laws.cues["national-programme"] if text.startswith(words, end)), None)
        end += len(name or "")
        goes_on = text[end : end + 1].isalnum() or _OF_THEIRS.match(text, end) is not None
        if name and text[start] in "Cc" and start not in taken and not goes_on:
            tail = _TAIL.match(text, end)
            end = tail.end() if tail is not None else end
            yield Mention(start, end, "named", NATIONAL, "chuong_trinh", title=text[start:end], confidence=0.7)
        at = text.find(NATIONAL_PROGRAMME, end)


def find_unlisted(text: str, laws: LawKnowledge, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield programmes, strategies and plans of the State that no list knows, by the years that end their titles.

    `found`: the names found before, none of which is given again.
    """
    planned = compile_planned(laws)
    taken = sorted((mention.start, mention.end) for mention in found)
    done = 0
    for years in _years(text):
        if years < done:
            continue
        low = max(done, years - _REACH)
        start, kind = max((text.rfind(word, low, years), word) for word in _KINDS)
        if start < 0 or not _is_title(text, start, kind, text[start + len(kind) : years]):
            continue
        n = bisect_right(taken, (start, len(text))) - 1
        line = line_start(text, start)
        tail = _TAIL.match(text, years)
        if tail is None or (n >= 0 and start < taken[n][1]) or drawn_up(text, line, start, _KINDS[kind], planned):
            continue
        done = tail.end()
        yield Mention(start, done, "named", "work-titled", _KINDS[kind], title=text[start:done], confidence=0.7)


def _years(text: str) -> list[int]:
    """Return where the years begin that may end a title, with the comma before them, in order."""
    places: list[int] = []
    for words in _BEFORE_YEARS:
        at = text.find(words)
        while at >= 0:
            if _YEAR.match(text, at + len(words)):
                places.append(at - (text[at - 1 : at] == ","))
            at = text.find(words, at + len(words) - 1)
    return sorted(places)


def _is_title(text: str, start: int, kind: str, title: str) -> bool:
    """Whether `title` follows the type word `kind` at `start` as the name of one work."""
    if (
        text[start - 1 : start].isalnum()
        or text.startswith(("các ", "ững "), start - 4)
        or len(title) < _SHORTEST_TITLE
    ):
        return False
    if not (title[0] == " " and title[1].isalpha()) or title.count(" ") > _LONGEST_TITLE:
        return False
    if kind == "Kế hoạch" and " quốc gia " not in f"{title} ":
        return False
    return not (_SENTENCE.search(title) or _NO_FIRST.match(title) or _NO_TITLE.search(title))


def _first(text: str, at: int) -> str:
    word = _NEXT.match(text, at)
    return plain(word["word"]) if word is not None else ""


def _read(text: str, start: int, at: int, kind: str, laws: LawKnowledge) -> Mention | None:
    """Read the longest title of `kind` whose words follow at `at`, with the years that follow it."""
    adjusted = next((word for word in _ADJUSTS if text.startswith(word, start - len(word))), "")
    for name in laws.programmes.get((kind, bool(adjusted), _first(text, at)), ()):
        end = _end(text, at, name.words)
        if not end or (name.short and (text[start].islower() or _TAIL.match(text, end) or _GOES_ON.match(text, end))):
            continue
        if "quốc gia" not in plain(name.work.title) and OF_PLACE.match(text, end):
            return None
        start -= len(adjusted)
        if text[max(0, start - 24) : start].rstrip().endswith((*laws.cues["draft"], *laws.cues["draft-work"])):
            return None
        tail = _TAIL.match(text, end)
        stop = tail.end() if tail is not None else end
        return Mention(start, stop, "named", "work-known", name.work.type, title=name.work.title, confidence=0.8)
    return None


def _end(text: str, at: int, words: tuple[str, ...]) -> int:
    """Return where `words` end that follow at `at`, 0 if others follow."""
    n = 0
    while n < len(words):
        match = _NEXT.match(text, at)
        if match is None:
            return 0
        at = match.end()
        word = plain(match["word"])
        if word == words[n]:
            n += 1
        elif word not in LOOSE:
            return 0
    return at
