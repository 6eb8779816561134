"""What the header's fields are read from: a document's letterhead, title and zones, and what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment.front import Facts, title_facts
from vnlegal.segment.letter import PartDraft, Zone
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import PLACE_DATE, is_headline
from vnlegal.text import fold

NUMBER = re.compile(
    r"(?:^|(?<=[\s:;,(|]))(?P<serial>\d{1,6}[a-zđ]?(?:\.\d{1,3})?) ?(?:/ ?(?P<year>(?:19|20)\d{2}) ?)?(?P<sep>[/-]) ?"
    r"(?P<symbol>QH \d\d(?!\d)|[A-ZĐ]{2}(?:(?!ngày)[A-ZĐa-zđ0-9&])*"
    r"(?:(?: ?[-/–] ?|\. ?)[A-ZĐ]{2}(?:(?!ngày)[A-ZĐa-zđ0-9&])*|-[A-ZĐ] ?\.[IVX]{1,4}(?!\w))*)"
)
# A fact that a web page tells above a text: on its line, in a row of a table, or on the line below; it ends where the
# next one begins.
_NEXT_FACT = (
    r"\s+(?:Loại văn bản|Nơi ban hành|Người ký|Ngày (?:ban hành|hiệu lực|công báo|đăng|hết|có)|Số công báo)(?!\w)"
)
_FACT = re.compile(
    r"(?:^|\| ?|\t|(?<=\S )(?=[^\n:|]{6,18}:))"
    r"(?P<key>Số hiệu|Số ?/? ?[Kk]ý hiệu|Loại văn bản|Hình thức văn bản|Nơi ban hành|Cơ quan ban hành|Ngày ban hành"
    r"|Người ký|Trích yếu)(?:(?: ?[:|]){1,2} ?\n?| ?\n| )\s*"
    rf"(?P<value>[^|\n]+?)(?={_NEXT_FACT}|[|\n]|\Z)",
    re.MULTILINE,
)
_KEYS = {
    "so hieu": "so hieu", "so ky hieu": "so hieu", "so/ky hieu": "so hieu", "loai van ban": "loai van ban",
    "hinh thuc van ban": "loai van ban", "ngay ban hanh": "ngay ban hanh", "co quan ban hanh": "noi ban hanh",
    "noi ban hanh": "noi ban hanh", "trich yeu": "trich yeu", "nguoi ky": "nguoi ky",
}  # fmt: skip
_ROMAN = re.compile(r"[IVX]{1,4}")  # the section of an office: "VPCP-V.I"
_HEADLINES = 3
_LONGEST_HEADLINE = 300
_PAGES_WORDS = 60
_FACTS_REACH = 60
_TOLD_REACH = 25
_FACTS_WIDTH = 200
_DISPLACED_REACH = 80


class Found(NamedTuple):
    """A field's value and where its words stand in the flow; `end` is not after `start` where they stand nowhere."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """One document's paragraphs and what is known of them before its header is read.

    `letterhead`, `title`: the paragraphs of these zones. `facts`: what a converter's title says. `panel`: the table of
    facts that a web page puts above a text, heading → value. `front`: all that stands above the document.
    """

    text: str
    paragraphs: list[Paragraph]
    part: PartDraft
    knowledge: Knowledge
    letterhead: list[Paragraph]
    title: list[Paragraph]
    facts: list[Facts]
    panel: dict[str, str]
    front: str = ""

    def words(self, paragraph: Paragraph) -> str:
        """Return a paragraph's words."""
        return self.text[paragraph.start : paragraph.end]

    def zone(self, kind: str) -> list[Paragraph]:
        """Return the paragraphs of the first zone of a kind."""
        zone = next((z for z in self.part.zones if z.kind == kind), None)
        return self.paragraphs[zone.first : zone.last] if zone else []

    @property
    def own(self) -> list[Paragraph]:
        """All paragraphs of the document."""
        return self.paragraphs[self.part.first : self.part.last]

    @property
    def headline_at(self) -> Paragraph | None:
        """The line that is kind and number of the document ("Kết luận số 69-KL/TW"), below a page's words at most."""
        first = self.part.first
        for paragraph in () if self.letterhead else self.paragraphs[first : min(first + _HEADLINES, self.part.last)]:
            words = self.words(paragraph)
            if len(words) < _LONGEST_HEADLINE and is_headline(words, self.knowledge.structure):
                return paragraph
            if len(words) >= _PAGES_WORDS or paragraph.role or paragraph.marker:
                return None
        return None

    @property
    def headline(self) -> str:
        """The words of that line, "" without."""
        return self.words(at) if (at := self.headline_at) is not None else ""


def head_of(text: str, paragraphs: list[Paragraph], part: PartDraft, knowledge: Knowledge, front: str) -> Head:
    """Return the head of the document `part`; `front` is what stands above it and is no part of it."""
    inside = next((z for z in part.zones if z.kind == "letterhead"), None)
    letterhead = paragraphs[inside.first : inside.last] if inside else []
    panel = _told(front)
    if not letterhead:
        panel = {**_told_in_text(text, paragraphs[part.first : part.first + _TOLD_REACH]), **panel}
        panel = {**_facts_above(text, paragraphs[part.first : part.first + _FACTS_REACH]), **panel}
        letterhead = _displaced(text, paragraphs, part)
    title = _title(paragraphs, part, inside)
    if letterhead and not title and inside is None:
        title = _title_below(text, paragraphs, part, letterhead[-1], knowledge)
    return Head(text, paragraphs, part, knowledge, letterhead, title, title_facts(front), panel, front)


def _told(front: str) -> dict[str, str]:
    """Return the facts on a document that the words above it tell: the heading as in `_KEYS` → what stands beside."""
    facts: dict[str, str] = {}
    for fact in _FACT.finditer(front):
        facts.setdefault(_KEYS[fold(fact["key"])], fact["value"].strip())
    return facts


def _told_in_text(text: str, paragraphs: list[Paragraph]) -> dict[str, str]:
    """Return the facts that a copy's first lines tell, where they tell a number."""
    lines = [text[p.start : p.end] for p in paragraphs if p.source == "text" and p.end - p.start < _FACTS_WIDTH]
    facts = _told("\n".join(lines)) if any("iệu" in line for line in lines) else {}
    return facts if "so hieu" in facts else {}


def _displaced(text: str, paragraphs: list[Paragraph], part: PartDraft) -> list[Paragraph]:
    """Return a letterhead that does not open the document: below a copy's own heading, or amid a page's words.

    It is known by the motto, with a number and a date close by; nothing that a sentence of the text could be is taken.
    """
    foot = next((z.first for z in part.zones if z.kind in ("signature", "recipients")), part.last)
    last = min(foot, part.first + _DISPLACED_REACH)
    for n in range(part.first, last):
        if paragraphs[n].role != "motto":
            continue
        near = [*paragraphs[max(part.first, n - 3) : n], *_above_title(paragraphs[n : min(last, n + 6)])]
        lines = [p for p in near if p.end - p.start < 160 and _in_letterhead(text[p.start : p.end], p)]
        if any(p.role == "number" for p in lines):
            return lines
    return []


def _above_title(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs before the line with the kind of document, all of them without such a line."""
    return list(takewhile(lambda paragraph: paragraph.role not in ("type", "basis", "addressees"), paragraphs))


def _in_letterhead(words: str, paragraph: Paragraph) -> bool:
    if paragraph.marker is not None or paragraph.source != "text":
        return False
    if paragraph.role in ("motto", "number", "subject") or PLACE_DATE.match(words):
        return True
    return paragraph.role is None and words.isupper() and NUMBER.search(words) is None


def _title(paragraphs: list[Paragraph], part: PartDraft, letterhead: Zone | None) -> list[Paragraph]:
    for zone in part.zones:
        if zone.kind == "title" and not (letterhead and letterhead.first <= zone.first < letterhead.last):
            return paragraphs[zone.first : zone.last]
    return []


def _title_below(
    text: str, paragraphs: list[Paragraph], part: PartDraft, letterhead: Paragraph, knowledge: Knowledge
) -> list[Paragraph]:
    """Return the title below a displaced letterhead, whose last paragraph is given: the kind's line and the next."""
    first = paragraphs.index(letterhead, part.first) + 1
    if first >= part.last or paragraphs[first].role != "type":
        return []
    last = first + 1
    while last < min(part.last, first + 4):
        paragraph = paragraphs[last]
        words = text[paragraph.start : paragraph.end]
        if paragraph.marker or paragraph.role or paragraph.source != "text" or len(words) > 450:
            break
        if words[-1] in ".:;" or (last > first + 1 and not words.isupper()):
            break
        if words.isupper() and last > first + 1 and knowledge.structure.issuer.match(fold(words)):
            break
        last += 1
    return paragraphs[first:last]


def _facts_above(text: str, paragraphs: list[Paragraph]) -> dict[str, str]:
    """Return the table of facts that some copies put above the text: heading cell → the cell beside it."""
    facts: dict[str, str] = {}
    for left, right in pairwise(p for p in paragraphs if p.source == "cell"):
        key = _KEYS.get(fold(text[left.start : left.end]).strip(" :"))
        if key and left.row == right.row and left.owner == right.owner:
            facts.setdefault(key, text[right.start : right.end])
    return facts


def as_number(found: re.Match[str], offset: int, documents: DocumentKnowledge) -> Found:
    """Return a matched number as it is written but for blanks, its kind's D read as Đ where it has to be one."""
    written, dot, section = found["symbol"].partition(" ." if " ." in found["symbol"] else ".")
    if dot and not _ROMAN.fullmatch(section):
        written, dot, section = found["symbol"], "", ""
    symbol = re.sub(r" ?([-/–.]) ?", lambda m: "/" if m[1] == "/" else "-", written).replace(" ", "")
    symbol += f".{section}" if dot else ""
    kind, dash, rest = symbol.partition("-")
    symbols = _state_symbols(documents)
    if dash and kind not in symbols:
        kind = next((s for s in symbols if fold(s) == fold(kind) and "Đ" in s), kind)
        symbol = kind + dash + rest
    fields = found.groupdict()
    year = f"/{fields['year']}" if fields.get("year") else ""
    value = f"{found['serial']}{year}{fields.get('sep') or '/'}{symbol}"
    return Found(value, offset + found.start(), offset + found.end())


@lru_cache(maxsize=4)
def _state_symbols(documents: DocumentKnowledge) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for row in documents.types for s in row.state_symbols))
