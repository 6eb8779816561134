"""What the paragraphs of a document on paper show of its parts, before any part is read."""

from __future__ import annotations

import re
from bisect import bisect_left

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
_AFTER_KIND = re.compile(r"(?: (?:[Ss]ố|SỐ))?:? \d+[a-z]?(?:[/-][^ ]*| [A-ZĐ]{2,}-[A-ZĐa-z]+)(?: |$)")
_NAME = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|BS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Đồng chí)\.? ?)*"
    rf"(?:(?:[{UPPER}][{LOWER}]+|[{UPPER}]{{2,}}|[{UPPER}](?:['’][{UPPER}][{LOWER}]+)?)"
    rf"(?: (?:[{UPPER}]['’])?(?:[{UPPER}][{LOWER}]*|[{UPPER}]+|[{UPPER}]\.)){{1,4}}|[{UPPER}]['’][{UPPER}][{LOWER}]+)$"
)
# A post and who holds it on one line: "THỦ TƯỚNG Nguyễn Văn A".
_SIGNED_LINE = re.compile(rf"[{UPPER} ,.-]{{5,60}}[{UPPER}] (?:[{UPPER}][{LOWER}]+ ?){{2,5}}$")
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|Phụ Lục|PHU LUC|Phu luc)(?: (?:số )?(?P<label>[IVXLC]+|\d{1,3}[a-zA-Z]?|[A-Z]))?"
    rf"(?P<rest>[.:\-– ]*(?:[{UPPER}(].*)?)$"
)
_FORM = re.compile(r"(?:Mẫu|MẪU|Biểu mẫu|BIỂU MẪU|Biểu|BIỂU)(?: số| SỐ)? ?:? ?[\dIVX][\w./-]{0,14}[.:]?$")
_ARTICLE = re.compile(r"\w+ (\d+)")
_DECIDES = frozenset(("QUYẾT ĐỊNH", "QUYẾT NGHỊ", "NGHỊ QUYẾT"))
_HEAD_REACH = 16
_FEW_WORDS = 24
_LONGEST_DATE = 70
_LONGEST_WORD = 7


def find_place_date(words: str) -> re.Match[str] | None:
    """Find the place and date of a letterhead in `words`; most have no month and need no search."""
    return PLACE_DATE.search(words) if "háng" in words or "hang" in words else None


def is_place_date(words: str) -> bool:
    """Whether a line is nothing but place and date ("Hà Nội, ngày 3 tháng 5 năm 2026")."""
    found = PLACE_DATE.match(words) if len(words) < _LONGEST_DATE and "háng" in words else None
    return found is not None and found.end() >= len(words) - 2


class Sheet:
    """A text's paragraphs, and questions about each."""

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

    def in_capitals(self, n: int) -> bool:
        """Whether a paragraph begins in capitals, as signatures and titles do."""
        paragraph = self.paragraphs[n]
        opening = self.text[paragraph.start : min(paragraph.end, paragraph.start + 6)]
        return opening.isupper() or opening[:4].isupper()

    def in_letterhead(self, n: int) -> bool:
        """Whether a paragraph can only stand in a letterhead: motto, number, place and date."""
        role = self.paragraphs[n].role
        if role in ("motto", "number"):
            return True
        paragraph = self.paragraphs[n]
        if paragraph.end - paragraph.start > 160:
            return False
        words = self.words(n)
        found = find_place_date(words)
        return bool(found and found.end() > len(words) - 12) or (
            (_NUMBER_LINE.match(words) or _LOST_SLASH.match(words)) is not None and len(words) < 120
        )

    def letterhead_end(self, first: int) -> int:
        """Return the paragraph after the letterhead that begins at `first`, or 0 where there is none."""
        end = 0
        for n in range(first, min(self.count, first + _HEAD_REACH)):
            paragraph = self.paragraphs[n]
            role = paragraph.role
            if paragraph.marker in ("article", "chapter", "part", "number", "letter") or paragraph.source == "note":
                break
            if role in ("addressees", "basis", "annex", "resolves", "type", "recipients"):
                if role == "type" and end and self.in_capitals(n) and all(map(self._is_short, range(end, n))):
                    end = n  # pieces of a number and a date still to be filled in
                break
            if self.in_letterhead(n) or role == "subject":
                end = n + 1
            elif paragraph.end - paragraph.start > 200 or self.is_title_line(n):
                break
        return end if any(self.in_letterhead(n) for n in range(first, end)) else 0

    def _is_short(self, n: int) -> bool:
        """Whether a paragraph is a few words long."""
        return self.paragraphs[n].end - self.paragraphs[n].start < _FEW_WORDS

    def is_headline(self, n: int) -> bool:
        """Whether a text's first line only repeats its kind and number, as a web page's headline does."""
        return (
            n + 1 < self.count
            and self.paragraphs[n].end - self.paragraphs[n].start < 60
            and is_headline(self.words(n), self.knowledge)
            and self.letterhead_end(n + 1) > 0
        )

    def is_title_line(self, n: int) -> bool:
        """Whether a paragraph begins with the name of a kind of document in capitals ("CHỈ THỊ CỦA …")."""
        paragraph = self.paragraphs[n]
        if paragraph.role == "type":
            return True
        head = self.text[paragraph.start : min(paragraph.end, paragraph.start + 36)]
        if not head[:4].isupper():
            return False
        size = self.knowledge.type_length(head)
        return 0 < size < len(head) and (head.isupper() or head[size : size + 1].isupper())

    def is_basis(self, n: int) -> bool:
        """Whether a paragraph is one of the bases of a decision, a whole one."""
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

    def signs(self, n: int) -> bool:
        """Whether a paragraph begins a signature: a capacity (KT., TM.), a title in capitals, "(Đã ký)"."""
        paragraph = self.paragraphs[n]
        if paragraph.source != "text" or paragraph.end - paragraph.start > 140:
            return False
        words = self.words(n)
        if paragraph.role == "signature":
            return words.split(" ", 1)[-1][:3].isupper() or words.startswith("(")
        if not words[:6].isupper() or not self.knowledge.signer_title.match(fold(words[:40])):
            return False
        if _SIGNED_LINE.match(words):
            return True
        following = [self.words(k) for k in range(n + 1, min(n + 4, self.count)) if self.paragraphs[k].source == "text"]
        return any(_NAME.match(w.strip("*() ")) or fold(w).startswith("(da ky") for w in following)

    def is_issuer(self, words: str) -> bool:
        """Whether a line in capitals below a title names who issues the document."""
        return len(words) < 90 and words.isupper() and self.knowledge.issuer.match(fold(words)) is not None

    def is_annex(self, n: int) -> bool:
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

    def attached_follows(self, n: int) -> bool:
        """Whether "(Kèm theo …)" stands within three paragraphs below."""
        return any(self.paragraphs[k].role == "attached" for k in range(n + 1, min(n + 4, self.count)))

    def begins_attached(self, n: int) -> bool:
        """Whether a paragraph is the title of a document that the one before it issues ("QUY CHẾ … (Kèm theo …)")."""
        if self.paragraphs[n].marker is not None or self.decides(n):
            return False
        return self.is_title_line(n) and self.attached_follows(n)

    def decides(self, n: int) -> bool:
        """Whether a paragraph is the line "QUYẾT ĐỊNH" below the bases, which opens what is decided."""
        if self.paragraphs[n].role == "resolves":
            return True
        return n > 0 and self.paragraphs[n - 1].role == "basis" and self.words(n).strip(" :") in _DECIDES

    def articles_go_on(self, first: int, n: int) -> bool:
        """Whether the next article from paragraph `n` on counts on those since `first`: no document ends here."""
        at = bisect_left(self._articles, (n, 0))
        if at == len(self._articles) or at == 0 or self._articles[at - 1][0] < first:
            return False
        return 0 < self._articles[at][1] - self._articles[at - 1][1] <= 2


def is_name(words: str) -> bool:
    """Whether a line is a person's name."""
    return len(words) < 50 and _NAME.match(words) is not None


def is_cut_name(words: str, below: str) -> bool:
    """Whether a narrow column cut a person's name behind its first word ("Nguyễn⏎Khắc Định")."""
    one_word = 1 < len(words) <= _LONGEST_WORD and words.istitle() and words.isalpha()
    return one_word and not below.isupper() and is_name(f"{words} {below}")


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
