"""The one scan over the flow: capitalised words that begin a name, and the words that begin a group.

Each anchor gets one anchored reading by the grammar; nothing else is searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnlegal.knowledge.agencies import AgencyKnowledge
from vnlegal.knowledge.agency_grammar import UPPER, Hit

# Lower-case words that begin a group or a title, each with what must follow for the grammar to be asked at all.
_GROUP_WORDS = (
    r"bộ(?=,? ?(?:ngành|các|cơ |địa|ban |sở)|[/,] ?(?:ngành|cơ|các|ban|địa|tỉnh)| và | trưởng)",
    r"sở(?=[,/ -]{1,2}(?:ban|ngành|và|các))",
    r"cơ quan(?=,| (?:ngang|thuộc|trực|trung|Trung|ở|liên|có|hữu|chức|thường|thông|báo|nhà|Đảng|đảng|của|đại))",
    r"c(?<=ác c)ơ quan",
    r"c(?<=\d c)ơ quan",
    r"cấp (?:có )?thẩm quyền|cấp (?:ủy|uỷ)",
    r"địa phương",
    r"đơn vị(?=,| (?:có )?liên quan| cấp)",
    r"đ(?<=ác đ)(?:ơn vị|ảng ủy|ảng uỷ)",
    r"đoàn thể|đồng chí",
    r"tổ chức(?= chính trị| đảng|,| (?:có )?liên quan)",
    r"tỉnh(?=[,/-] ?(?:[Tt]hành|TP)| (?:ủy|uỷ))",
    r"thành (?:ủy|uỷ)|thủ trưởng|trường đại học",
    r"t(?<=ác t)(?:ập đoàn|ổng công ty|rường)",
    r"hiệp hội",
    r"h(?<=ác h)ội",
    r"v(?<=ác v)(?:iện|ụ)",
    r"b(?<=ác b)(?:ên|an)",
    r"d(?<=ác d)oanh nghiệp",
    r"quận(?=[,/-])|huyện(?=[,/-])|xã(?=[,/-])|phường(?=[,/-])",
    r"n(?<=ác n)gân hàng",
    r"lãnh đạo(?= [Cđ])|người đứng đầu|chủ tịch(?= [ỦUH])|giám đốc(?= [Sc])|bí thư",
    r"chủ đầu tư|cơ sở (?=khám|giáo dục đại)",
)


class Sight(NamedTuple):
    """An anchor the grammar read (`hit`), or a word whose meaning the context decides (`hit` None)."""

    start: int
    end: int
    word: str
    hit: Hit | None


@lru_cache(maxsize=4)
def _anchors(knowledge: AgencyKnowledge) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return the anchor pattern and what a capitalised word begins: 1 a name, 2 an abbreviation, 4 a word for context."""
    actions: dict[str, int] = {}
    for pattern in knowledge.grammar.first_words:
        for word in _variants(pattern):
            for form in (word.capitalize(), word.upper()):
                actions[form] = actions.get(form, 0) | 1
    for name in knowledge.grammar.abbreviations:
        actions[re.match(r"\w+", name)[0]] = 2 | actions.get(re.match(r"\w+", name)[0], 0)  # type: ignore[index]
    for word in ("Các", "CÁC", "Nhiều", "Những", "Một", "Cấp", "Địa", "Cơ", "Đơn", "Tổ", "Tỉnh", "Doanh"):
        actions[word] = actions.get(word, 0) | 8
    for word in _CONTEXT_WORDS:
        actions[word] = actions.get(word, 0) | 4
    for row in knowledge.provinces:
        for name in (row.name, *row.aliases):
            word = re.match(r"\w+", name)[0]  # type: ignore[index]
            actions[word] = actions.get(word, 0) | 16
    for word in ("TP", "Tp", "Thành", "THÀNH", "Tỉnh", "TỈNH"):
        actions[word] = actions.get(word, 0) | 16
    for agency in knowledge.agencies:
        for name in (agency.name, *agency.aliases):
            word = re.match(r"\w+", name)[0]  # type: ignore[index]
            actions[word] = actions.get(word, 0) | 1
    words = rf"[{UPPER}](?<!\w.)\w*"
    return re.compile("|".join((words, *_GROUP_WORDS))), actions


_CONTEXT_WORDS = (
    "Bộ", "BỘ", "Ban", "BAN", "Cơ", "CƠ", "Đảng", "ĐẢNG", "Nhà", "Trung", "TRUNG", "Văn", "VĂN", "Thủ", "THỦ", "Thứ",
    "THỨ", "Phó", "PHÓ", "Chủ", "CHỦ", "Giám", "GIÁM", "Chánh", "CHÁNH", "Cục", "CỤC", "Tổng", "TỔNG", "Đồng", "Ông",
    "Bà", "TW", "TT", "VT", "PCN", "Lưu", "Tổ", "TỔ", "Hội", "HỘI", "Bí", "BÍ", "Thống", "THỐNG", "Viện", "VIỆN",
    "Trưởng", "TRƯỞNG", "Ủy", "Uỷ", "ỦY", "UỶ", "Thường", "THƯỜNG", "Tập", "Sở", "SỞ", "TP", "Tp", "Thành", "THÀNH",
    "Tỉnh", "Đoàn", "GS", "PGS", "TS", "ThS", "CVP", "PCVP", "PVP", "Chi", "Lãnh", "LÃNH", "Người", "Đại",
)  # fmt: skip


def _variants(pattern: str) -> Iterator[str]:
    """Yield the words a small pattern stands for ("(?:ủy|uỷ)", "k[ỹĩ]")."""
    if match := re.search(r"\(\?:([^)]*)\)", pattern):
        for choice in match[1].split("|"):
            yield from _variants(pattern[: match.start()] + choice + pattern[match.end() :])
    elif match := re.search(r"\[([^\]]*)\]", pattern):
        for choice in match[1]:
            yield from _variants(pattern[: match.start()] + choice + pattern[match.end() :])
    else:
        yield pattern.replace("\\", "")


def scan(text: str, low: str, knowledge: AgencyKnowledge) -> Iterator[Sight]:
    """Yield what the grammar reads in the flow, in order, without overlaps, and the words only context can tell."""
    pattern, actions = _anchors(knowledge)
    grammar, groups = knowledge.grammar, knowledge.groups
    abbreviations = grammar.abbreviations
    done = 0
    for match in pattern.finditer(text):
        start = match.start()
        if start < done:
            continue
        word = match[0]
        hit = None
        if word[0].islower():
            if text[start - 1 : start].isalpha():
                continue
            if word in ("đồng chí", "thủ trưởng", "người đứng đầu", "lãnh đạo", "bí thư", "chủ tịch", "giám đốc"):
                yield Sight(start, match.end(), word, None)
                continue
            hit = groups.at(text, low, start)
            if hit is not None and hit.start < done:
                hit = None
            if hit is None and word == "bộ" and low.startswith("bộ trưởng", start):
                yield Sight(start, start + 9, "bộ trưởng", None)
        else:
            action = actions.get(word)
            if action is None:
                continue
            if action & 2:
                hit = _abbreviation(text, start, abbreviations)
            if action & 1:
                named = grammar.at(text, low, start)
                if named is not None and (hit is None or named.end > hit.end):
                    hit = named
            if action & 8 or word in ("Bộ", "Sở", "BỘ"):
                group = _capital_group(text, low, start, word, knowledge)
                if group is not None and (hit is None or group.end > hit.end):
                    hit = group
            if hit is None and action & 20:
                yield Sight(start, match.end(), f"*{word}" if action & 16 else word, None)
                continue
        if hit is not None:
            done = hit.end
            yield Sight(hit.start, hit.end, word, hit)


def _capital_group(text: str, low: str, start: int, word: str, knowledge: AgencyKnowledge) -> Hit | None:
    at = start
    if word in ("Các", "CÁC", "Nhiều", "Những", "Một"):
        at = start + len(word) + 1 if word != "Một" else start + 7
        if low.startswith("hiệp hội", at) and False:
            return None
    hit = knowledge.groups.at(text, low, at)
    return hit._replace(start=min(start, hit.start)) if hit is not None else None


_TOKEN = re.compile(r"[\w&.]*[\w]")
_BEFORE_CODE = frozenset("/-_@.")


def _abbreviation(text: str, start: int, names: dict[str, object]) -> Hit | None:
    """Read an abbreviation as a whole token, unless it is part of a document's symbol or an address."""
    if start and text[start - 1] in _BEFORE_CODE:
        return None
    match = _TOKEN.match(text, start)
    token = match[0] if match else ""
    row = names.get(token)
    if row is None:
        head = re.match(r"\w+", token)
        if head is None or head[0] == token:
            return None
        token = head[0]
        row = names.get(token)
        if row is None:
            return None
    end = start + len(token)
    after = text[end : end + 2]
    if after[:1] in ("/", "-") and after[1:].isalnum():
        return None
    return Hit(start, end, row.name, row.kind, "agency.abbreviation")  # type: ignore[attr-defined]
