"""The parts of a document on paper: letterhead, title, addressees, bases, recipients, signature, annexes.

A file may hold several documents, one after the other (a letter, the draft it sends, annexes); each is a part with a
head and a foot of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.text import LOWER, UPPER, fold

PLACE_DATE = re.compile(
    rf"(?:(?P<place>[^\d,;:]{{2,40}}?) ?[,.] ?|^(?P<bare>(?:[{UPPER}][{LOWER}]+ ){{1,4}}))"
    r"(?P<date>[Nn]g[àa]y ?(?P<day>[\d .…_#*]{0,6}) ?[Tt]h[áa]ng ?"
    r"(?P<month>[\d .…_#*]{0,6}) ?[Nn][ăa]m ?(?P<year>(?:19|20)\d{2}))"
)
_NUMBER_LINE = re.compile(r"(?:[Ll]uật )?[Ss]ố ?:? ?[\d ./…_-]{0,12}[-/ ][A-ZĐ0-9]")
_LOST_SLASH = re.compile(r"(?:\W|\d|[Ss]ố){0,6}\d{1,6} [A-ZĐ]{2,10}-[A-ZĐ]{2,10}(?![\w-])")
_AFTER_KIND = re.compile(r"(?: [Ss]ố)?:? \d+[a-z]?[/-][^ ]*(?: |$)")
_NAME = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Đồng chí)\.? ?)*"
    rf"(?:(?:[{UPPER}][{LOWER}]+|[{UPPER}]{{2,}}|[{UPPER}](?:['’][{UPPER}][{LOWER}]+)?)"
    rf"(?: (?:[{UPPER}]['’])?(?:[{UPPER}][{LOWER}]*|[{UPPER}]+|[{UPPER}]\.)){{1,4}}|[{UPPER}]['’][{UPPER}][{LOWER}]+)$"
)
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|Phụ Lục|PHU LUC|Phu luc)(?: (?:số )?(?P<label>[IVXLC]+|\d{1,3}[a-zA-Z]?|[A-Z]))?"
    rf"(?P<rest>[.:\-– ]*(?:[{UPPER}(].*)?)$"
)
_FORM = re.compile(r"(?:Mẫu|MẪU|Biểu mẫu|BIỂU MẪU|Biểu|BIỂU)(?: số| SỐ)? ?:? ?[\dIVX][\w./-]{0,14}[.:]?$")
_ARTICLE = re.compile(r"\w+ (\d+)")
_HEAD_REACH = 16
_SIGN_REACH = 8


class Zone(NamedTuple):
    """Paragraphs first..last (exclusive) of one kind: letterhead, title, kinh_gui, bases, recipients, …"""

    kind: str
    first: int
    last: int


class PartDraft(NamedTuple):
    """One document inside the file: its paragraphs first..last (exclusive) and their zones in order."""

    first: int
    last: int
    annex: bool
    zones: tuple[Zone, ...]


class Reader:
    """Reads the zones of a text's paragraphs, front to back."""

    def __init__(self, text: str, paragraphs: list[Paragraph], knowledge: StructureKnowledge) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.knowledge = knowledge
        self.count = len(paragraphs)
        self._articles = [
            (n, int(found[1]))
            for n, paragraph in enumerate(paragraphs)
            if paragraph.marker == "article" and (found := _ARTICLE.match(text, paragraph.start))
        ]

    def words(self, n: int) -> str:
        """Return the words of paragraph `n`."""
        return self.text[self.paragraphs[n].start : self.paragraphs[n].end]

    def parts(self) -> list[PartDraft]:
        """Return the documents inside the text."""
        parts: list[PartDraft] = []
        at = 0
        while at < self.count:
            part = self._part(at, annex=bool(parts) and self._is_annex(at))
            parts.append(part)
            at = max(part.last, at + 1)
        return parts

    def _part(self, first: int, *, annex: bool) -> PartDraft:
        zones: list[Zone] = []
        body = self._caption(first, zones) if annex else self._head(first, zones, opening=first == 0)
        last = self._body(body, zones, annex=annex)
        return PartDraft(first, last, annex, tuple(zones))

    # The head -------------------------------------------------------------------------------------------------

    def _head(self, first: int, zones: list[Zone], *, opening: bool) -> int:
        """Read letterhead, title, addressees and bases from paragraph `first` on; return where the body begins."""
        at = first
        if opening and self._is_headline(at):
            zones.append(Zone("furniture", at, at + 1))
            at += 1
        elif not opening and not self._in_letterhead(at) and at + 1 < self.count and self._letterhead_end(at + 1) > 0:
            zones.append(Zone("document", at, at + 1))
            at += 1
        elif not opening:
            zones.append(Zone("document", at, at + 1))
        end = self._letterhead_end(at)
        if end > at:
            zones.append(Zone("letterhead", at, end))
            for n in range(at, end):
                if self.paragraphs[n].role == "subject":
                    zones.append(Zone("title", n, n + 1))
            at = end
        at = self._title(at, zones)
        at = self._addressees(at, zones)
        return self._bases(at, zones)

    def _is_headline(self, n: int) -> bool:
        """Whether a text's first line only repeats its kind and number, as a web page's headline does."""
        return (
            n + 1 < self.count
            and self.paragraphs[n].end - self.paragraphs[n].start < 60
            and is_headline(self.words(n), self.knowledge)
            and self._letterhead_end(n + 1) > 0
        )

    def _in_letterhead(self, n: int) -> bool:
        role = self.paragraphs[n].role
        if role in ("motto", "number"):
            return True
        words = self.words(n)
        if len(words) > 160:
            return False
        found = PLACE_DATE.search(words)
        return bool(found and found.end() > len(words) - 12) or (
            (_NUMBER_LINE.match(words) or _LOST_SLASH.match(words)) is not None and len(words) < 120
        )

    def _letterhead_end(self, first: int) -> int:
        """Return the paragraph after the letterhead that begins at `first`, or 0 where there is none."""
        end = 0
        for n in range(first, min(self.count, first + _HEAD_REACH)):
            paragraph = self.paragraphs[n]
            role = paragraph.role
            if paragraph.marker in ("article", "chapter", "part", "number", "letter") or paragraph.source == "note":
                break
            if role in ("addressees", "basis", "annex", "resolves", "type", "recipients"):
                break
            if self._in_letterhead(n) or role == "subject":
                end = n + 1
            elif paragraph.end - paragraph.start > 200 or self._is_title_line(n):
                break
        return end if any(self._in_letterhead(n) for n in range(first, end)) else 0

    def _is_title_line(self, n: int) -> bool:
        """Whether a paragraph begins with the name of a kind of document in capitals ("CHỈ THỊ CỦA …")."""
        paragraph = self.paragraphs[n]
        if paragraph.role == "type":
            return True
        head = self.text[paragraph.start : min(paragraph.end, paragraph.start + 36)]
        if not head[:4].isupper():
            return False
        size = self.knowledge.type_length(head)
        return size > 0 and (head.isupper() or head[size : size + 1].isupper())

    def _title(self, first: int, zones: list[Zone]) -> int:
        """Read the title: the kind of document and what follows it, up to addressees, bases or the body."""
        if first >= self.count:
            return first
        if not self._is_title_line(first):
            if first + 1 < self.count and self._is_title_line(first + 1) and not self.paragraphs[first].marker:
                first += 1
            else:
                return first
        n = first + 1
        while n < self.count and n < first + 8:
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.source != "text" or paragraph.marker:
                break
            if words.startswith("Căn cứ") or self._is_basis(n) or paragraph.role in (
                "addressees", "resolves", "recipients", "number", "motto", "annex",
            ):  # fmt: skip
                break
            if paragraph.role == "type" and not (n == first + 1 and self.words(first).startswith(("LUẬT", "BỘ LUẬT"))):
                break
            if paragraph.role == "attached":
                n += 1
                continue
            if words.isupper() and self._is_issuer(words) and n > first + 1:
                break
            if not self._is_title_text(n, words):
                break
            n += 1
        zones.append(Zone("title", first, n))
        return n

    def _is_title_text(self, n: int, words: str) -> bool:
        if words.isupper():
            return len(words) < 600
        return len(words) < 450 and (words[-1] not in ".:;" or words.endswith("...") or words.startswith("Về "))

    def _is_issuer(self, words: str) -> bool:
        folded = fold(words)
        return folded.startswith((
            "chinh phu", "thu tuong", "bo truong", "bo ", "uy ban", "hoi dong", "quoc hoi", "chu tich", "tong cuc",
            "thong doc", "ngan hang", "cuc truong", "giam doc", "bo chinh tri", "ban bi thu", "ban chap hanh",
        )) and len(words) < 90  # fmt: skip

    def _addressees(self, first: int, zones: list[Zone]) -> int:
        """Read "Kính gửi: …" and the list below it, if it stands within a few paragraphs."""
        start = first
        while start < min(self.count, first + 3) and self.paragraphs[start].role != "addressees":
            words = self.words(start)
            if words.rstrip(": ").endswith(("điện", "ĐIỆN")) and len(words) < 80:
                break
            start += 1
        else:
            if start >= min(self.count, first + 3):
                return first
        n = start + 1
        while n < self.count:
            paragraph = self.paragraphs[n]
            if (
                paragraph.role == "addressees"
                or (paragraph.marker in ("dash", "plus", "bullet", "star"))
                or (self.words(n - 1).rstrip().endswith(":") and paragraph.end - paragraph.start < 160)
                or (self.words(n - 1).endswith(",") and paragraph.end - paragraph.start < 120)
            ):
                n += 1
            else:
                break
        zones.append(Zone("kinh_gui", start, n))
        return n

    def _bases(self, first: int, zones: list[Zone]) -> int:
        """Read the block of bases, if it stands within a few paragraphs and no letter has begun."""
        if any(zone.kind == "kinh_gui" for zone in zones):
            return first
        start = first
        while start < min(self.count, first + 6) and not self._is_basis(start):
            paragraph = self.paragraphs[start]
            if paragraph.marker in ("article", "chapter", "part", "roman", "capital") or paragraph.role == "resolves":
                return first
            start += 1
        if start >= self.count or not self._is_basis(start):
            return first
        n = start + 1
        while n < self.count and self._is_basis(n):
            n += 1
        zones.append(Zone("bases", start, n))
        return n

    def _is_basis(self, n: int) -> bool:
        if n >= self.count or self.paragraphs[n].source != "text":
            return False
        words = self.words(n).lstrip("-+*•– ")
        role = self.paragraphs[n].role or self.knowledge.role(words)
        if role != "basis":
            return False
        if words[-1] == ";":
            return True
        return (
            words[-1] in ".,"
            and words.startswith(("Căn cứ", "Theo đề nghị", "Xét", "Theo Tờ trình"))
            and (len(words) < 700)
        )

    # The foot -------------------------------------------------------------------------------------------------

    def _body(self, first: int, zones: list[Zone], *, annex: bool) -> int:
        """Read on to the end of this document; return the paragraph that begins the next one."""
        n = first
        closed = False
        while n < self.count:
            paragraph = self.paragraphs[n]
            if paragraph.source != "text" or (paragraph.marker is not None and not closed):
                n += 1
                continue
            if paragraph.role == "recipients":
                n = self._recipients(n, zones)
                closed = True
                continue
            if paragraph.marker is None and self._signs(n):
                end = self._signature(n, zones)
                if end > n:
                    n = end
                    closed = True
                    continue
            if n > first and self._is_annex(n) and not self._articles_go_on(first, n):
                return n
            begins = (closed and self._begins_document(n, annex=annex)) or (n > first and self._begins_attached(n))
            if begins and not self._articles_go_on(first, n):
                return n
            n += 1
        return n

    def _recipients(self, first: int, zones: list[Zone]) -> int:
        n = first + 1
        while n < self.count and self.paragraphs[n].source == "text":
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.role in ("signature", "annex", "motto", "attached", "type") or self._signs(n):
                break
            goes_on = self.words(n - 1)[-1] in ";,:" or words[0].islower()
            if not (paragraph.marker in ("dash", "plus", "bullet", "star") or (goes_on and len(words) < 200)):
                break
            n += 1
        zones.append(Zone("recipients", first, n))
        return n

    def _signs(self, n: int) -> bool:
        """Whether a paragraph begins a signature: a capacity (KT., TM.), a title in capitals, "(Đã ký)"."""
        paragraph = self.paragraphs[n]
        if paragraph.source != "text" or paragraph.end - paragraph.start > 140:
            return False
        words = self.words(n)
        if paragraph.role == "signature":
            return words.split(" ", 1)[-1][:3].isupper() or words.startswith("(")
        if not words[:6].isupper() or not self.knowledge.signer_title.match(fold(words[:40])):
            return False
        following = [self.words(k) for k in range(n + 1, min(n + 4, self.count)) if self.paragraphs[k].source == "text"]
        return any(_NAME.match(w.strip("*() ")) or fold(w).startswith("(da ky") for w in following)

    def _signature(self, first: int, zones: list[Zone]) -> int:
        n = first
        named = False
        while n < min(self.count, first + _SIGN_REACH) and self.paragraphs[n].source == "text":
            words = self.words(n).strip("* ")
            paragraph = self.paragraphs[n]
            if paragraph.role in ("recipients", "annex", "motto", "type", "attached") or paragraph.marker:
                break
            named_here = is_name(words)
            is_title = (
                words[:3].isupper()
                and len(words) < 140
                and (words.isupper() or not named_here)
                and not self._is_title_line(n)
            )
            is_stamp = words.startswith("(") and len(words) < 90
            if not (is_title or named_here or is_stamp or paragraph.role == "signature"):
                break
            n += 1
            if named_here and not is_title:
                named = True
                if n < self.count and not self.words(n).startswith("("):
                    break
        if n == first or (not named and self.paragraphs[first].role != "signature"):
            return first
        zones.append(Zone("signature", first, n))
        return n

    def _articles_go_on(self, first: int, n: int) -> bool:
        """Whether the next article from paragraph `n` on counts on those since `first`: no document ends here."""
        at = bisect_left(self._articles, (n, 0))
        if at == len(self._articles) or at == 0 or self._articles[at - 1][0] < first:
            return False
        return 0 < self._articles[at][1] - self._articles[at - 1][1] <= 2

    # What follows ---------------------------------------------------------------------------------------------

    def _is_annex(self, n: int) -> bool:
        """Whether a paragraph is an annex's caption, not a sentence about one."""
        paragraph = self.paragraphs[n]
        if paragraph.source != "text" or paragraph.end - paragraph.start > 400:
            return False
        if paragraph.role != "annex":
            return False
        words = self.words(n)
        if _FORM.match(words):
            return True
        found = _ANNEX.match(words)
        if found is None:
            return False
        rest = found["rest"].strip(" .:-–")
        return (
            not rest
            or rest.isupper()
            or rest[0] == "("
            or paragraph.bold
            or words[:7].isupper()
            or (":" in words[:16] and words[-1] not in ".;")
        )

    def _caption(self, first: int, zones: list[Zone]) -> int:
        """Read an annex's caption: its number, title and "(Kèm theo …)"; return where its body begins."""
        n = first + 1
        while n < self.count and n < first + 6:
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.source != "text" or paragraph.marker or self._is_annex(n) or paragraph.role == "motto":
                break
            if paragraph.role == "attached" or (words.startswith("(") and words.endswith(")") and len(words) < 400):
                n += 1
                break
            if not (words.isupper() or (paragraph.bold and len(words) < 300)) or (
                n > first + 1 and self._is_title_line(n) and not self._attached_follows(n)
            ):
                break
            n += 1
        if n == first + 1 and self._attached_follows(first):
            n = first + 2
        last = n
        if "(nếu có)" in self.words(first):
            last = first + 1
        zones.append(Zone("annex", first, last))
        return last

    def _attached_follows(self, n: int) -> bool:
        return any(self.paragraphs[k].role == "attached" for k in range(n + 1, min(n + 4, self.count)))

    def _begins_attached(self, n: int) -> bool:
        """Whether a paragraph is the title of a document that the one before it issues ("QUY CHẾ … (Kèm theo …)")."""
        return self.paragraphs[n].marker is None and self._is_title_line(n) and self._attached_follows(n)

    def _begins_document(self, n: int, *, annex: bool) -> bool:
        """Whether a paragraph after a signature begins a further document."""
        paragraph = self.paragraphs[n]
        words = self.words(n)
        if paragraph.marker == "article" and words.startswith(("Điều 1.", "Điều 1 ")):
            return True
        if paragraph.marker:
            return False
        if self._is_title_line(n):
            return True
        if not annex and (paragraph.role == "motto" or self._letterhead_end(n) > n):
            return True
        return words.isupper() and len(words) > 12 and paragraph.role is None and self._attached_follows(n)


def is_name(words: str) -> bool:
    """Whether a line is a person's name."""
    return len(words) < 50 and _NAME.match(words) is not None


def is_headline(words: str, knowledge: StructureKnowledge) -> bool:
    """Whether a line begins with a kind of document and a number, as the headline of a copy does."""
    size = knowledge.type_length(words)
    return size > 0 and _AFTER_KIND.match(words, size) is not None


def begins_column(words: str, knowledge: StructureKnowledge) -> bool:
    """Whether the words of a right column belong to a letter's head or foot: motto, date, signature, name."""
    if len(words) > 120:
        return False
    if knowledge.role(words) in ("motto", "number", "signature", "recipients"):
        return True
    if PLACE_DATE.match(words):
        return True
    return knowledge.is_signers_title(words) or is_name(words)


def read_parts(text: str, paragraphs: list[Paragraph], knowledge: StructureKnowledge) -> list[PartDraft]:
    """Return the documents inside `text` with their zones."""
    return Reader(text, paragraphs, knowledge).parts()
