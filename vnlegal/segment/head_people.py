"""Whom a document goes to and who signs it."""

from __future__ import annotations

import re

from vnlegal.segment.head import Found, Head
from vnlegal.segment.head_subject import LABEL
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import is_cut_name, is_name
from vnlegal.text import LOWER, UPPER, fold

_ENTRY = re.compile(r"(?:\([^()]{0,120}\)|[^;])+")
_ITEM = re.compile(r"^[-+*•–\d.)]{1,3} *")
_LEAD = re.compile(r"(?:Kính gửi|Nơi nhận):? *|[^:]*:?$")
_STAMP = re.compile(r"\(?(?:đã ký|ký, ghi rõ|dấu của)", re.IGNORECASE)
_LONGEST_POST = 60
_STAMP_INSIDE = re.compile(r"(?<=\w) ?\((?:Đã|đã) ký\) ?(?=\w)")
_STAMPED_NAME = re.compile(r"\(?[Đđ]ã ký(?:\) ?[:.]?| ?[:.]) ?(?P<name>.+)$")
# The last word of a body's name that a narrow column put on a line of its own.
_CUT_OFF = frozenset(("DÂN", "BAN NHÂN DÂN", "NHÂN DÂN", "HỘI", "PHỦ"))
# A post cut inside: "PHÓ CHỦ⏎NHIỆM", "THỨ⏎TRƯỞNG".
_HALF_TITLE = re.compile(r"(?<!\w)(?:PHÓ|THỨ|CHỦ|GIÁM|CHÁNH|CHÁNH VĂN|TỔNG)\n|(?<!\w)(?:BỘ|CỤC|VỤ|VIỆN|BAN)\nTRƯỞNG")
_TITLE_AND_NAME = re.compile(rf"(?P<title>.*[{UPPER}]{{2,}}) ?(?P<name>(?:[{UPPER}][{LOWER}]+ ?){{2,5}})$")


def entries_of(head: Head, kind: str) -> list[Found]:
    """Return the entries of a zone's list, of addressees or recipients, with their places."""
    found: list[Found] = []
    link = ""
    for n, paragraph in enumerate(head.zone(kind)):
        words = head.words(paragraph)
        at = _lead_length(words, paragraph, first=n == 0)
        for piece in _ENTRY.finditer(words[at:]):
            entry = piece[0]
            bare = entry.strip(" |")
            mark = _ITEM.match(bare)
            bare = bare[mark.end() if mark else 0 :].strip(" .,;*|")
            if not any(c.isalnum() for c in bare):
                continue
            start = paragraph.start + at + piece.start() + entry.index(bare)
            if link and found and piece.start() == 0:
                found[-1] = Found(f"{found[-1].value}{link}{bare}", found[-1].start, start + len(bare))
            else:
                found.append(Found(bare, start, start + len(bare)))
        link = _link_below(head, n) if kind == "recipients" else ""
    return found


def _link_below(head: Head, n: int) -> str:
    """Return what joins the recipient on line `n` to the next line, which has no mark of its own; "" if none does."""
    lines = head.zone("recipients")
    if n + 1 >= len(lines) or lines[n].marker != "dash" or lines[n + 1].marker or lines[n + 1].role:
        return ""
    last = head.words(lines[n])[-1]
    if last in ";.:" or is_name(head.words(lines[n + 1]).strip(" .,*()")):
        return ""
    return ", " if last == "," else " "


def _lead_length(words: str, paragraph: Paragraph, *, first: bool) -> int:
    """Return how much of a paragraph is "Kính gửi:" or "Nơi nhận:"."""
    lead = LABEL.match(words) if first or paragraph.role in ("addressees", "recipients") else None
    if lead is None and first:
        lead = _LEAD.match(words)
    return lead.end() if lead else 0


def signer_of(head: Head) -> tuple[str | None, str | None]:
    """Return the signer's title with its capacity, and name; a name that a copy lost, as the page's facts tell it."""
    titles: list[str] = []
    name = None
    before = words = ""
    for paragraph in head.zone("signature"):
        before, words = words, _STAMP_INSIDE.sub(" ", head.words(paragraph).strip(" *.,|"))
        stamped = _STAMPED_NAME.match(words)
        if stamped and is_name(stamped["name"]):
            name = stamped["name"]
            continue
        if _STAMP.match(words):
            continue
        whole = _TITLE_AND_NAME.match(words)
        if whole and head.knowledge.structure.is_signers_title(words):
            titles.append(whole["title"])
            name = whole["name"].strip()
        elif is_cut_name(before, words):
            name = f"{before} {words}"
            titles = [title for title in titles if title != before]
        elif is_name(words) and not words.isupper():
            name = words
        elif name is None and titles and (words in _CUT_OFF or _HALF_TITLE.search(f"{titles[-1]}\n{words}")):
            titles[-1] += f" {words}"
        elif name is None and words:
            titles.extend(re.split(r"(?<=[^ ,-]) (?=PHÓ |THỨ TRƯỞNG)", words) if words.startswith("KT") else [words])
    together = _TITLE_AND_NAME.match(titles[-1]) if titles and name is None else None
    if together:
        titles[-1], name = together["title"], together["name"].strip()
    if titles and name is None and is_name(told := head.panel.get("nguoi ky", "")):
        name = told
    if not titles and name is not None:
        titles = _title_above(head)
    return " - ".join(titles) or None, name


def _title_above(head: Head) -> list[str]:
    """Return the signer's title in small letters above "(Đã ký)", as some portals write it ("Thủ tướng")."""
    first = next((zone.first for zone in head.part.zones if zone.kind == "signature"), 0)
    words = head.words(head.paragraphs[first - 1]).strip() if first > head.part.first else ""
    known = head.knowledge.structure.signer_title.match(fold(words[:40]))
    return [words] if known and words[0].isupper() and len(words) < _LONGEST_POST and words[-1].isalpha() else []
