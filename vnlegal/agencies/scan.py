"""The one scan over the flow: capitalised words that begin a name, and the words that begin a group.

Each anchor gets one anchored reading by the grammar; nothing else is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from vnlegal.knowledge.agencies import AgencyKnowledge
from vnlegal.knowledge.agency_grammar import Hit
from vnlegal.knowledge.agency_rows import AgencyRow

# Lower-case words that begin a group or a title. Each pattern begins with literal letters that are rare enough for
# one fast pass, and ends with what must follow for the grammar to be asked at all.
_LOWER = (
    r"ác (?P<word>bộ|sở|cơ quan|địa phương|đơn vị|doanh nghiệp|hiệp hội|hội|viện|trường|bên|tập đoàn|tổng công ty"
    r"|ngân hàng|tỉnh|thành|cấp (?:ủy|uỷ)|tổ chức|đoàn thể|vụ|cục|ban|đảng|chi bộ|cơ sở|xã|phường|quận|huyện)(?!\w)",
    r"(?P<word>bộ)(?=[,/] ?(?:ngành|cơ|các|ban|địa|tỉnh)| ngành,| và (?:cơ|địa)| trưởng)",
    r"(?P<word>sở)(?=[,/ -]{1,2}(?:ban|ngành))",
    r"(?P<word>cơ quan)(?:(?<=\d cơ quan)|(?=, (?:bộ|đơn|tổ|địa)| (?:ngang|thuộc|trực|trung|Trung|ở T|liên|có l|có c"
    r"|hữu|chức|nhà nước có|có thẩm|thuế|hải|công an|thanh tra|cảnh sát)))",
    r"(?P<word>cấp (?:có )?thẩm quyền)(?<!phân cấp thẩm quyền)",
    r"(?P<word>đơn vị)(?= (?:có )?liên quan| cấp|, địa phương)",
    r"(?P<word>tỉnh)(?=[,/-] ?(?:[Tt]hành|TP)| (?:ủy|uỷ))",
    r"(?P<word>tổ chức)(?= chính trị -| đảng| (?:có )?liên quan)",
)
# Those that need nothing behind them but a blank, or not even that: plain search is twice as fast.
_LOWER_WORDS = ("chính quyền địa phương", "địa phương", "đồng chí ", "thủ trưởng ", "người đứng đầu ", "lãnh đạo ")
_LOWER_TITLES = frozenset({"đồng chí", "thủ trưởng", "người đứng đầu", "lãnh đạo"})
# Capitalised words whose body only the document can tell, with what must follow.
_LEANING_WORDS = {
    "Bộ": "", "BỘ": "", "Sở": " ?:", "Ban": " [Cc]hỉ| [Tt]hường vụ", "BAN": " CHỈ| THƯỜNG", "Cơ": " quan [Tt]hường",
    "CƠ": " QUAN THƯỜNG", "Đảng": "", "Nhà": " nước", "Trung": " ương", "VĂN": " PHÒNG$", "Đồng": " chí", "TW": "",
    "TT": " [A-ZĐẤ]", "Lưu": "", "Tổ": " [Cc]ông tác| [Gg]iúp", "TỔ": " CÔNG TÁC", "Tiểu": " ban",
    "Thường": " trực", "THƯỜNG": " TRỰC", "Lãnh": " đạo", "LÃNH": " ĐẠO", "Đoàn": " ", "Hội": " đồng", "GS": "",
    "PGS": "", "Vụ": ":|, Cục", "TS": "", "ThS": "", "BCĐ": "", "PCN": "", "CVP": "", "PCVP": "",
}  # fmt: skip
# How the members of groups begin ("Các Bộ", "Các cơ quan"), to pass over other plurals early.
_MEMBERS = (
    " (?:[Bb]|[Ss]ở|[Cc][ơụấ]|[Cc]hi bộ|[Đđ][ịơoảặ]|[DdLl]o|[Hh][iộ]|[Vv][iụ]|[Tt][rậổỉhP]|[Nn]gân|[Xx]ã|[PpQqHh][huạ])"
)
_PLURAL_WORDS = {
    "Các": _MEMBERS, "CÁC": " ", "Nhiều": " ", "Những": " ", "Một": " số", "Cấp": " (?:có|thẩm)", "Địa": " phương",
    "Cơ": " quan", "Sở": "[,/ -]{1,2}(?:[Bb]an|[Nn]gành)", "Đơn": " vị", "Tổ": " chức[ /](?:c|đ|l|x|d)", "Tỉnh": "[,/]",
    "Doanh": " nghiệp",
}  # fmt: skip


_WORD = re.compile(r"\w+")


class Sight(NamedTuple):
    """An anchor the grammar read (`hit`), or a word whose meaning the context decides (`hit` None)."""

    start: int
    end: int
    word: str
    hit: Hit | None


_NAME, _SHORT, _LEANING, _PLURAL, _PROVINCE = 1, 2, 4, 8, 16


class Anchors(NamedTuple):
    """The patterns of the scan, and what each capitalised word may begin (bits as above)."""

    upper: re.Pattern[str]
    lower: tuple[re.Pattern[str], ...]
    actions: dict[str, int]


@lru_cache(maxsize=4)
def anchors(knowledge: AgencyKnowledge) -> Anchors:
    """Compile the anchors of `knowledge`."""
    follow: dict[str, set[str]] = {}
    actions: dict[str, int] = {}

    def mark(word: str, bit: int, after: Iterable[str]) -> None:
        if word[:1].isupper():
            actions[word] = actions.get(word, 0) | bit
            follow.setdefault(word, set()).update(after)

    for opening, seconds in knowledge.grammar.openings.items():
        bits = _NAME | (_LEANING if opening in knowledge.grammar.title_openings else 0)
        nexts = [rf"[ \n](?i:{second})" if second else "" for second in seconds]
        mark(opening.capitalize(), bits, nexts)
        mark(opening.upper(), bits, nexts)
    for agency in knowledge.agencies:
        for name in (agency.name, *agency.aliases):
            word = _first_word(name)
            if not word.istitle():  # its opening in lower case says nothing of "TikTok Shop", "PTTg TTCP"
                mark(word, _NAME, [re.escape(name[len(word) :][:3])])
    for name in knowledge.grammar.abbreviations:
        mark(_first_word(name), _SHORT, [""])
    for province in knowledge.provinces:
        for name in (province.name, *province.aliases):
            mark(_first_word(name), _PROVINCE, [re.escape(name[len(_first_word(name)) :][:4])])
    for word in ("TP", "Tp", "Thành", "THÀNH", "Tỉnh", "TỈNH"):
        mark(word, _PROVINCE, [r"\.? ?(?i:phố)? ?[A-ZĐ]"])
    for words, bit in ((_LEANING_WORDS, _LEANING), (_PLURAL_WORDS, _PLURAL)):
        for word, after in words.items():
            mark(word, bit, after.split("|") if "(" not in after else [after])
    by_letters: dict[str, dict[str, list[str]]] = {}
    for word in sorted(actions, key=lambda w: (-len(w), w)):
        ahead = "" if "" in follow[word] else f"(?={'|'.join(sorted(follow[word]))})"
        symbol = rf"(?<![/.@-]{re.escape(word)})" if actions[word] & _SHORT else ""
        second = by_letters.setdefault(word[0], {}).setdefault(word[1:2], [])
        second.append(re.escape(word[2:]) + r"(?!\w)" + symbol + ahead)
    branches = (rf"{first}(?<!\w.)(?:{_forks(seconds)})" for first, seconds in sorted(by_letters.items()))
    return Anchors(re.compile("|".join(branches)), tuple(re.compile(p) for p in _LOWER), actions)


def _forks(seconds: dict[str, list[str]]) -> str:
    """Return the patterns of words with one first letter, parted by their second, so that few are tried at a place."""
    return "|".join(
        f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in sorted(seconds.items(), reverse=True)
    )


def _first_word(name: str) -> str:
    match = _WORD.match(name)
    return match[0] if match else ""


def scan(text: str, low: str, knowledge: AgencyKnowledge, *, loose: bool = False) -> Iterator[Sight]:
    """Yield what the grammar reads in the flow, in order, without overlaps, and the words only context can tell.

    `loose`: the text is known to name actors, so that weak words for groups count.
    """
    found = anchors(knowledge)
    places = [match.span() for match in found.upper.finditer(text)]
    for pattern in found.lower:
        places += [match.span("word") for match in pattern.finditer(text)]
    for word in _LOWER_WORDS:
        places += _places_of(word, text)
    places.sort()
    groups = knowledge.groups
    done = 0
    for start, end in places:
        if start < done:
            continue
        word = text[start:end]
        if word[0].islower():
            if word in _LOWER_TITLES:
                yield Sight(start, end, word, None)
                continue
            hit = groups.at(text, low, start, loose=loose) if not text[start - 1 : start].isalpha() else None
            if hit is not None and hit.start >= done:
                done = hit.end
                yield Sight(hit.start, hit.end, word, hit)
            elif word in ("bộ", "sở") and text.startswith(": ", end):
                yield Sight(start, end, word, None)
            elif word == "bộ" and low.startswith("bộ trưởng", start):
                yield Sight(start, start + 9, "bộ trưởng", None)
            continue
        action = found.actions[word]
        hit = _read(text, low, start, word, action, knowledge, loose)
        if hit is not None:
            done = hit.end
            yield Sight(hit.start, hit.end, word, hit)
        elif action & (_LEANING | _PROVINCE):
            yield Sight(start, end, f"*{word}" if action & _PROVINCE else word, None)


def _places_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `word` stands in `text`, a blank at its end aside."""
    size, at = len(word.rstrip()), text.find(word)
    while at >= 0:
        yield at, at + size
        at = text.find(word, at + size)


def _read(
    text: str, low: str, start: int, word: str, action: int, knowledge: AgencyKnowledge, loose: bool
) -> Hit | None:
    """Return the longest reading at a capitalised word."""
    if word == "VỤ" and text.endswith(_OF_NOUNS, 0, start):
        return None
    hit = _abbreviation(text, start, knowledge.grammar.abbreviations) if action & _SHORT else None
    if action & _NAME:
        named = knowledge.grammar.at(text, low, start)
        if named is not None and (hit is None or named.end > hit.end):
            hit = named
    if (
        action & _PLURAL
        or text.startswith("ác ", start - 3)
        or (word in _HEADS and _LISTED.match(text, start) and not text.startswith("Văn phòng ", start - 10))
    ):
        group = _capital_group(text, low, start, word, knowledge, loose)
        if group is not None and (hit is None or group.end > hit.end):
            hit = group
    return hit


def _capital_group(text: str, low: str, start: int, word: str, knowledge: AgencyKnowledge, loose: bool) -> Hit | None:
    skip = {"Các": 4, "CÁC": 4, "Nhiều": 6, "Những": 6, "Một": 7}.get(word, 0)
    hit = knowledge.groups.at(text, low, start + skip, loose=loose)
    return hit._replace(start=min(start, hit.start)) if hit is not None else None


# What makes "VỤ" in a heading a part of a noun: "NHIỆM VỤ TÀI CHÍNH".
_OF_NOUNS = ("NHIỆM ", "DỊCH ", "NGHIỆP ", "PHỤC ", "CÔNG ", "NGHĨA ", "NHIỆM\n", "DỊCH\n")
_TOKEN = re.compile(r"[\w&.]*\w")
# "Bộ, ngành", "22 Bộ", "Sở/ban": a word that begins a name as well stands in a list, or is counted.
_HEADS = frozenset(("Bộ", "Sở", "BỘ"))
_LISTED = re.compile(r"\w+(?:[ \n]?[,/–-]|[ \n](?:và|hoặc|cùng|ngành|ban|địa|liên|có l|hữu))|(?<=\d )|(?<=[giỗ] )")
_BEFORE_CODE = frozenset(("/", "-", "_", "@", "."))


def is_symbol(text: str, start: int, end: int) -> bool:
    """Whether a word of capitals is part of a document's symbol or an address: UBND in "308/KH-UBND"."""
    word = text[start:end].rstrip(".")  # "633/QĐ-UBND."
    if not word.replace("&", "").isalpha() or not word.isupper():
        return False
    after = text[end : end + 2]
    return text[start - 1 : start] in _BEFORE_CODE or (after[:1] in ("/", "-") and after[1:].isalnum())


def _abbreviation(text: str, start: int, names: Mapping[str, AgencyRow]) -> Hit | None:
    """Read an abbreviation as a whole token, unless it is part of a document's symbol or an address."""
    match = _TOKEN.match(text, start)
    if match is None or (start and text[start - 1] in _BEFORE_CODE):
        return None
    token = match[0] if match[0] in names else _first_word(match[0])
    row = names.get(token)
    end = start + len(token)
    if row is None or (text[end : end + 1] in ("/", "-") and text[end + 1 : end + 2].isalnum()):
        return None
    return Hit(start, end, row.name, row.kind, "agency.abbreviation")
