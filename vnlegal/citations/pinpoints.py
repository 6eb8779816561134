"""Pinpoints: articles, clauses, points, annexes, with their lists and ranges ("điểm a, b khoản 1 Điều 5 và Điều 7")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnlegal.records import Provision

# Labels. An article's label has no dots: "Điều 5.3" is article 5 with the call of a footnote, "Điều 27.6.1" a treaty's.
_ENDS = r"(?:(?![\w/])|(?=của|này))"
_NUMBER = rf"(?:\d{{1,3}}(?:bis|ter|quater|quinquies|[a-zđ]{{0,2}})|[Il]{{1,2}}){_ENDS}(?!\.\d+\.\d)"
_DOTTED = rf"(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}(?:\.?[a-zđ])?|[Il]{{1,2}}){_ENDS}"
_LETTER = r"[a-zđ](?:\d{1,2}|(?:\.\d{1,2}){1,3})?(?![\w/])"
_ROMAN = r"[IVXLC]{1,8}(?:\.\d{1,2})?(?![\w/])"
_CAPITAL = r"[A-ZĐ]\d?(?![\w/])"
_THIS = r"này(?!\w)"
# What makes a further number of a list a quantity and no label.
_QUANTITY = (
    r"(?! ?(?:%|ngày|tháng|năm|giờ|lần|người|triệu|tỷ|tỉ|nghìn|đồng|phần|bản|bộ|nhóm|loại|cơ|trường|nhiệm)(?!\w))"
)
_AND = r"(?:, ?(?:và |hoặc )?|; ?(?:và |hoặc )?| và | hoặc | hay | đến | tới | ?[-–] ?)"


def _listed(label: str) -> str:
    return rf"(?:{_THIS}|(?:{label})(?:{_AND}(?:{label}){_QUANTITY})*)"


_UNITS = (
    ("tiet", rf"[Tt]iết {_listed(f'{_LETTER}|{_DOTTED}')}"),
    ("doan", r"[Đđ]oạn (?:thứ )?(?:\d{1,2}|nhất|hai|ba|tư|năm|cuối|đầu)(?!\w)"),
    ("diem", rf"(?:[Đđ]iểm|ĐIỂM) (?:từ )?{_listed(f'{_LETTER}|{_DOTTED}')}"),
    ("khoan", rf"(?:[Kk]hoản|KHOẢN) (?:từ )?{_listed(_DOTTED)}"),
    ("dieu", rf"(?:[Đđ]iều|ĐIỀU) (?:từ )?{_listed(_NUMBER)}"),
    ("muc", rf"(?:[Mm]ục|MỤC) (?:số )?{_listed(f'{_DOTTED}|{_ROMAN}|{_CAPITAL}')}"),
    ("chuong", rf"(?:[Cc]hương|CHƯƠNG) {_listed(f'{_ROMAN}|{_NUMBER}')}"),
    ("phan", rf"(?:[Pp]hần|PHẦN) (?:thứ )?{_listed(f'{_ROMAN}|{_CAPITAL}|nhất|hai|ba|tư|năm|{_NUMBER}')}"),
    ("mau", r"(?:[Mm]ẫu|MẪU|Biểu mẫu) (?:số:? ?)?(?:\d{1,2}[a-zđ]?(?:[.-]?[A-ZĐ\d]{1,8})*(?:/[A-ZĐ&.-]+)*(?!\w))"),
    (
        "phu_luc",
        r"(?:[Pp]hụ lục|PHỤ LỤC) (?:[sS]ố:? ?)?"
        + _listed(rf"{_ROMAN}(?:-[A-Z\d]+)?|\d{{1,2}}(?:\.\d{{1,2}})?[a-zA-Z]?(?![\w/])|{_CAPITAL}"),
    ),
)
# An annex without a label counts only behind a smaller unit ("Mẫu số 13 tại Phụ lục ban hành kèm theo …").
_ANNEX = r"(?P<annex>[Pp]hụ lục)(?= (?:được )?(?:ban hành )?kèm theo)"
# Units too small for a provision's record: they belong to the span, and name the unit they are part of.
_SMALL = frozenset({"tiet", "doan"})
_RANK = {
    "tiet": 0,
    "doan": 0,
    "diem": 1,
    "khoan": 2,
    "dieu": 3,
    "muc": 4,
    "chuong": 5,
    "phan": 6,
    "mau": 6,
    "phu_luc": 7,
}
_UNIT = "|".join(f"(?:{pattern})" for _, pattern in _UNITS)
_BETWEEN = rf"(?:{_AND}| )(?:(?:các|từ|tên|tại|của|thuộc|trong|quy định tại|nêu tại|và|hoặc) ){{0,2}}"
PINPOINT = rf"(?:{_UNIT})(?:{_BETWEEN}(?:{_UNIT}|{_ANNEX}))*"
_PINPOINT = re.compile(PINPOINT)
# One class of letters in front lets the engine skip ahead: six times as fast as the words one by one. What it takes
# in besides ("Phương ", "cục ") is no pinpoint.
_ANCHOR = re.compile(
    r"[ĐđKkPpMmCcTt](?:i(?:ều|ểm|ết)|h(?:oản|ụ lục|ương|ần)|oạn|ục|ẫu|I(?:ỀU|ỂM)|H(?:OẢN|Ụ LỤC|ƯƠNG)) "
    r"(?=\d|[sS]ố|từ|này|[IVXLCA-ZĐ]|[a-zđ]\d{0,2}\b|thứ)"
)
_NAMED_UNIT = re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in _UNITS) + f"|{_ANNEX}")
_LABEL = re.compile(
    rf"(?P<to>(?: đến| tới| ?[-–]) ?)?(?P<label>{_THIS}|\d[\d.]*(?:bis|ter|quater|quinquies|[a-zđ]{{0,2}}(?![a-zđủ]))"
    r"|[a-zđ][\d.]*(?!\w)|[Il]{1,2}(?!\w)|[A-ZĐ][A-Z\d.-]*|nhất|hai|ba|tư|năm)"
)
_UNIT_WORD = re.compile(r"\S+(?: lục| mẫu)? (?:thứ |từ |[sS]ố:? ?)?")
# Words that end in the word for a unit and mean something else: account, provision, moment, place …
_TITLED = re.compile(r"\. [A-ZĐÂĂÊÔƠƯÁÀẢÃẠÍÌÝÚÙÓÒ]")
_LEADS = re.compile(
    r"(?:tại|theo|của|và|hoặc|ở|là|với|từ|đến|như|sau|trước|bỏ|sung|đổi|thế|tên|thuộc|trừ|định|hành|dẫn|này|trên|thứ|cả|các|"
    r"khoản \S{1,4}|điểm \S{1,3}|tiết|cứ|bằng|thành|trong|ngoài|mục|nêu|vào|cho|đ|[,;:(/]) ?$"
)
_NOT_BEFORE = (
    "tài ", "Tài ", "điều ", "Điều ", "thời ", "địa ", "đặc ", "quan ", "trọng ", "kiểm ", "luận ", "nhược ", "ưu ",
    "khuyết ", "yếu ", "cao ", "một ", "hai ", "ba ", "số ", "tiêu ", "danh ", "hạng ", "thư ", "biểu ", "hình ",
)  # fmt: skip
# Units numbered with figures: an I or l in their label is a 1 misread.
_ARABIC = frozenset({"dieu", "khoan"})
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMANS = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
)


class Pinpoint(NamedTuple):
    """One coordinated pinpoint in the flow.

    `this_end`: where the part that says "này" ends, -1 for none. `opens`: it begins a paragraph, as the headings of
    chapters and annexes do.
    """

    start: int
    end: int
    this_end: int = -1
    opens: bool = False


class Reading(NamedTuple):
    """A pinpoint read: one row of (unit, label) pairs a provision; the label "này" stands for the place it is in."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


class Place(NamedTuple):
    """The article, clause and point in which a stretch of the flow stands."""

    dieu: str | None = None
    khoan: str | None = None
    diem: str | None = None
    chuong: str | None = None
    muc: str | None = None


def scan_pinpoints(text: str) -> Iterator[Pinpoint]:
    """Yield every pinpoint of `text` in order; headings ("Điều 5. …" at a paragraph's beginning) are left out."""
    match_at = _PINPOINT.match
    done = 0
    for anchor in _ANCHOR.finditer(text):
        start = anchor.start()
        if start < done:
            continue
        match = match_at(text, start)
        if match is None:
            continue
        end = _within_rank(text, start, match.end())
        before = text[start - 1 : start]
        if before.isalnum() or (before == " " and text.startswith(_NOT_BEFORE, text.rfind(" ", 0, start - 1) + 1)):
            done = anchor.end()
            continue
        if _is_heading(text, start, end, before):
            first = _NAMED_UNIT.match(text, start)
            done = first.end() if first is not None else anchor.end()
            continue
        done = end
        start = _with_determiner(text, start)
        this = text.rfind(" này", start, end)
        yield Pinpoint(start, end, this + 4 if this >= 0 else -1, before in ("", "\n"))


def _within_rank(text: str, start: int, end: int) -> int:
    """End a pinpoint that begins with a chapter or part before "và tại …": that is another one."""
    if text[start] in "CcPp" and text[start + 1] in "hH":
        cut = text.find(" và tại ", start, end)
        return cut if cut >= 0 else end
    return end


_BEFORE_HEADINGS = ("", "\n", "“", '"')
_DETERMINERS_END = ("ác ", "ng ", "ừ ")


def _with_determiner(text: str, start: int) -> int:
    """Take "các", "những", "từ" before the pinpoint into it."""
    if text[max(start - 4, 0) : start].endswith(_DETERMINERS_END):
        for word in ("các ", "những ", "từ ", "Các ", "Từ "):
            at = start - len(word)
            if text.startswith(word, at) and not text[at - 1 : at].isalnum():
                return at
    return start


def _is_heading(text: str, start: int, end: int, before: str) -> bool:
    """Whether the pinpoint is the number of a heading.

    A heading's number opens a paragraph or a quotation and has a dot, a colon, the paragraph's end or a capital
    behind it; where lines were joined wrongly, nothing before it leads to a reference.
    """
    if before not in _BEFORE_HEADINGS and not text.startswith(". ", end):
        return False
    first = _NAMED_UNIT.match(text, start)
    if first is None or first.lastgroup not in ("dieu", "muc", "chuong", "phan", "phu_luc", "mau"):
        return False
    close = first.end()
    after = text[close : close + 2]
    ends = not after or after[0] in "\n:."
    if before in ("", "\n") or (before in ("“", '"') and text[start - 2 : start - 1] in ("", "\n")):
        return ends
    if first.lastgroup != "dieu":
        return False
    if before in ("“", '"'):
        return ends or after.strip().isupper()
    return (
        close == end and _TITLED.match(text, close) is not None and not _LEADS.search(text, max(0, start - 24), start)
    )


@lru_cache(maxsize=1 << 15)
def read_pinpoint(words: str) -> Reading:
    """Read the words of a pinpoint: lists and ranges expanded, each lower unit put under the one it belongs to."""
    groups: list[tuple[str, tuple[str, ...]]] = []
    position = 0
    for match in _NAMED_UNIT.finditer(words):
        key = match.lastgroup or ""
        key, labels = ("phu_luc", ("",)) if key == "annex" else (key, _labels(key, match[0]))
        joint = words[position : match.start()]
        if groups and groups[-1][0] == key and _is_range(joint, words):
            previous = groups.pop()
            labels = (*previous[1][:-1], *_range(previous[1][-1], labels[0]), *labels[1:])
        groups.append((key, labels))
        position = match.end()
    if len(groups) > 1 and _RANK[groups[0][0]] > max(_RANK[key] for key, _ in groups[1:]):
        return Reading(_without_small(_descending(groups)))
    return Reading(_without_small(_ascending(groups)))


def _without_small(rows: list[tuple[tuple[str, str], ...]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    kept = (tuple(pair for pair in row if pair[0] not in _SMALL and pair[1]) for row in rows)
    return tuple(row for row in kept if row)


def _is_range(joint: str, words: str) -> bool:
    return joint.strip().split(" ")[0] in ("đến", "tới", "-", "–") if joint.strip() else False


def _labels(key: str, words: str) -> tuple[str, ...]:
    head = _UNIT_WORD.match(words)
    at = head.end() if head is not None else 0
    if key == "mau":
        return (words[at:].strip(),)
    out: list[str] = []
    for match in _LABEL.finditer(words, at):
        label = match["label"].rstrip(".")
        if key in _ARABIC and label.strip("Il") == "":
            label = "1" * len(label)
        if match["to"] and out:
            out[-1:] = _range(out[-1], label)
        else:
            out.append(label)
    return tuple(out)


def _range(first: str, last: str) -> list[str]:
    """Return the labels from `first` to `last`, or just the two where the steps between them are unknown."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < 200:
        return [str(n) for n in range(int(first), int(last) + 1)]
    for steps in (_ALPHABET, _ROMANS):
        if first in steps and last in steps and len(first) <= 5 and steps.index(first) < steps.index(last):
            return list(steps[steps.index(first) : steps.index(last) + 1])
    return [first, last]


def _ascending(groups: list[tuple[str, tuple[str, ...]]]) -> list[tuple[tuple[str, str], ...]]:
    """Lower units stand before the unit they belong to: "điểm a khoản 1, khoản 3 Điều 5 và Điều 7"."""
    rows: list[list[tuple[tuple[str, str], ...]]] = []
    right: tuple[str, tuple[tuple[str, str], ...]] | None = None
    for key, labels in reversed(groups):
        above: tuple[tuple[str, str], ...] = ()
        if right is not None and labels != ("này",):
            rank = _RANK[right[0]]
            if _RANK[key] < rank:
                above = right[1]
                if rows and rows[-1] and rows[-1][0] == right[1]:
                    rows[-1] = rows[-1][1:]
            elif _RANK[key] == rank:
                above = tuple(pair for pair in right[1] if _RANK[pair[0]] > rank)
            else:
                above = tuple(pair for pair in right[1] if _RANK[pair[0]] > _RANK[key])
        these = [((key, label), *above) for label in labels]
        rows.append(these)
        right = (key, these[0])
    return [row for these in reversed(rows) for row in these]


def _descending(groups: list[tuple[str, tuple[str, ...]]]) -> list[tuple[tuple[str, str], ...]]:
    """Higher units stand first: "Điều 5, khoản 1, điểm a"."""
    rows: list[tuple[tuple[str, str], ...]] = []
    stack: tuple[tuple[str, str], ...] = ()
    for key, labels in groups:
        above = tuple(pair for pair in stack if _RANK[pair[0]] > _RANK[key])
        if above and rows and rows[-1] == above:
            rows.pop()
        these = [((key, label), *above) for label in labels]
        rows += these
        stack = these[-1]
    return rows


@lru_cache(maxsize=1 << 14)
def provision(row: tuple[tuple[str, str], ...], place: Place | None) -> Provision:
    """Make the record of one read row; "này" and, inside the document itself, missing units come from `place`."""
    got = dict(row)
    if place is not None:
        for unit in ("dieu", "khoan", "diem", "chuong", "muc"):
            if got.get(unit) == "này":
                got[unit] = getattr(place, unit) or "này"
        if "dieu" not in got and ("khoan" in got or "diem" in got) and "muc" not in got and "phu_luc" not in got:
            if "khoan" not in got and place.khoan:
                got["khoan"] = place.khoan
            if place.dieu:
                got["dieu"] = place.dieu
    return Provision(**got)


def provisions(words: str, place: Place | None = None) -> tuple[Provision, ...]:
    """Return the provisions that the words of a pinpoint name, lists and ranges expanded, without repeats."""
    return tuple(dict.fromkeys(provision(row, place) for row in read_pinpoint(words).rows))
