"""The parts of a document on paper: letterhead, title, addressees, bases, recipients, signature, annexes.

A file may hold several documents, one after the other (a letter, the draft it sends, annexes); each is a part with a
head and a foot of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vnlegal.knowledge.structure import StructureKnowledge
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import Sheet, is_cut_name, is_name, is_place_date

_SIGN_REACH = 8
_LONGEST_POST = 60
_LONGEST_TITLE = 1200
# A title with a full stop behind it, and the sentence below that says what is carried out ("Thi hành Nghị định số …").
_TITLE_OPENS = re.compile(r"(?:Hướng dẫn|Quy định|Về|Ban hành|Sửa đổi|Bổ sung|Bãi bỏ|Phê duyệt)(?!\w)")
_CARRIES_OUT = re.compile(r"(?:Thi hành|Thực hiện|Căn cứ|Để (?:thi hành|thực hiện|triển khai))(?!\w)")
# How long a line with the kind of document is at least that tells the whole title ("QUY ĐỊNH CỤ THỂ MỘT SỐ ĐIỀU …").
_WHOLE_TITLE = 40


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


class Reader(Sheet):
    """Reads the zones of a text's paragraphs, front to back."""

    def parts(self) -> list[PartDraft]:
        """Return the documents inside the text."""
        parts: list[PartDraft] = []
        at = 0
        while at < self.count:
            part = self._part(at, annex=bool(parts) and self.is_annex(at))
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
        if opening and self.is_headline(at):
            zones.append(Zone("furniture", at, at + 1))
            at += 1
        elif not opening and not self.in_letterhead(at) and at + 1 < self.count and self.letterhead_end(at + 1) > 0:
            zones.append(Zone("document", at, at + 1))
            at += 1
        elif not opening:
            zones.append(Zone("document", at, at + 1))
        end = self.letterhead_end(at)
        if end > at:
            zones.append(Zone("letterhead", at, end))
            for n in range(at, end):
                if self._is_subject(n):
                    zones.append(Zone("title", n, n + 1))
            at = end
        at = self._title(at, zones)
        at = self._addressees(at, zones)
        return self._bases(at, zones)

    def _is_subject(self, n: int) -> bool:
        """Whether a paragraph of the letterhead is a letter's subject: "V/v …", or "Về …" below the number."""
        if self.paragraphs[n].role == "subject":
            return True
        return n > 0 and self.paragraphs[n - 1].role == "number" and self.words(n).startswith("Về ")

    def _title(self, first: int, zones: list[Zone]) -> int:
        """Read the title: the kind of document and what follows it, up to addressees, bases or the body."""
        if first >= self.count:
            return first
        if not self.is_title_line(first):
            if self._is_bare_title(first, below_head=bool(zones)):
                zones.append(Zone("title", first, first + 1))
                return first + 1
            if first + 1 < self.count and self.is_title_line(first + 1) and not self.paragraphs[first].marker:
                first += 1
            else:
                return first
        n = first + 1
        while n < self.count and n < first + 8:
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.source != "text" or paragraph.marker:
                break
            if words.startswith("Căn cứ") or self.is_basis(n) or paragraph.role in (
                "addressees", "resolves", "recipients", "number", "motto", "annex",
            ):  # fmt: skip
                break
            if paragraph.role == "type" and not (n == first + 1 and self.words(first).startswith(("LUẬT", "BỘ LUẬT"))):
                break
            if paragraph.role == "attached":
                n += 1
                continue
            if (n > first + 1 and self._issues(words)) or is_place_date(words):
                break
            if self.is_issuer(words) and self.is_basis(n + 1) and len(self.words(first)) > _WHOLE_TITLE:
                break
            if not self._is_title_text(n, words) and not self._is_title_above_bases(n, first):
                break
            n += 1
        zones.append(Zone("title", first, n))
        return n

    def _is_bare_title(self, n: int, *, below_head: bool) -> bool:
        """Whether a paragraph is a title that has lost the line with its kind.

        It is about something ("VỀ VIỆC …"), below the letterhead; or who issues it and the bases stand below it.
        """
        words = self.words(n)
        if not words.isupper() or words[-1] in ".:;" or len(words) > _LONGEST_TITLE:
            return False
        if below_head and words.startswith("VỀ "):
            return True
        decided = n + 2 < self.count and self.is_issuer(self.words(n + 1)) and self.is_basis(n + 2)
        return decided and len(words) > _WHOLE_TITLE

    def _issues(self, words: str) -> bool:
        """Whether a line below a title names who issues the document: a body, or the head of one in capitals."""
        return self.is_issuer(words) or (words.isupper() and self.knowledge.is_signers_title(words))

    def _is_title_text(self, n: int, words: str) -> bool:
        if words.isupper():
            return len(words) < 600
        return len(words) < 450 and (words[-1] not in ".:;" or words.endswith("...") or words.startswith("Về "))

    def _is_title_above_bases(self, n: int, first: int) -> bool:
        """Whether a long paragraph, or one that ends with a stop, is a title all the same: bases follow it."""
        if self.paragraphs[first].role != "type" or n - first > 2 or len(self.words(n)) > _LONGEST_TITLE:
            return False
        ends = n == first + 1 < self.count - 1 and _TITLE_OPENS.match(self.words(n)) is not None
        if ends and _CARRIES_OUT.match(self.words(n + 1)):
            return True
        return self.is_basis(n + 1) or (n == first + 1 and self.words(n)[-1] == ";" and self.is_basis(n + 2))

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
        while start < min(self.count, first + 6) and not self.is_basis(start):
            paragraph = self.paragraphs[start]
            if paragraph.marker in ("article", "chapter", "part", "roman", "capital") or paragraph.role == "resolves":
                return first
            start += 1
        if start >= self.count or not self.is_basis(start):
            return first
        n = start + 1
        while n < self.count and self.is_basis(n):
            n += 1
        if n + 1 < self.count and self._is_last_basis(n):
            n += 1
        zones.append(Zone("bases", start, n))
        return n

    def _is_last_basis(self, n: int) -> bool:
        """Whether a paragraph is the last basis, its stop forgotten, above the line "QUYẾT ĐỊNH"."""
        paragraph = self.paragraphs[n]
        below = self.paragraphs[n + 1].role
        return paragraph.role == "basis" and paragraph.source == "text" and below in ("resolves", "type")

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
            if paragraph.role is None and not closed and not self.in_capitals(n):
                n += 1
                continue
            if paragraph.role == "recipients":
                n = self._recipients(n, zones)
                closed = True
                continue
            if paragraph.marker is None and self.signs(n):
                end = self._signature(n, zones)
                if end > n:
                    n = end
                    closed = True
                    continue
            if n > first and self.is_annex(n) and not self.articles_go_on(first, n):
                return n
            begins = (closed and self._begins_document(n, annex=annex)) or (n > first and self.begins_attached(n))
            if begins and not self.articles_go_on(first, n):
                return n
            n += 1
        return n

    def _recipients(self, first: int, zones: list[Zone]) -> int:
        n = first + 1
        while n < self.count and self.paragraphs[n].source == "text":
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.role in ("signature", "annex", "motto", "attached", "type") or self.signs(n):
                break
            goes_on = self.words(n - 1)[-1] in ";,:" or words[0].islower() or self._is_cut_entry(n)
            goes_on = goes_on or (n == first + 1 and words[-1] == ";")
            if not (paragraph.marker in ("dash", "plus", "bullet", "star") or (goes_on and len(words) < 200)):
                break
            n += 1
        zones.append(Zone("recipients", first, n))
        return n

    def _is_cut_entry(self, n: int) -> bool:
        """Whether a line without a mark goes on the recipient above it: a marked one that no sign ends, one below."""
        above, below = self.paragraphs[n - 1], self.paragraphs[min(n + 1, self.count - 1)]
        ends = self.words(n)[-1] in ";,." and self.words(n - 1)[-1] not in ";."
        return ends and above.marker == below.marker == "dash" and not self.words(n).isupper()

    def _signature(self, first: int, zones: list[Zone]) -> int:
        n = first
        named = False
        while n < min(self.count, first + _SIGN_REACH) and self.paragraphs[n].source == "text":
            words = self.words(n).strip("* ")
            paragraph = self.paragraphs[n]
            if paragraph.role in ("recipients", "annex", "motto", "type", "attached") or paragraph.marker:
                break
            named_here = is_name(words) or (n > first and self._is_name_cut(n, words))
            if n > first and words.isupper() and not named_here and self._titles_attached(n):
                break
            is_title = (
                words[:3].isupper()
                and len(words) < 140
                and (words.isupper() or not named_here)
                and not self.is_title_line(n)
            )
            is_stamp = words.startswith("(") and len(words) < 90
            if not (is_title or named_here or is_stamp or paragraph.role == "signature"):
                break
            n += 1 if is_name(words) or not named_here else 2
            if named_here and not is_title:
                named = True
                if n < self.count and not self.words(n).startswith("("):
                    break
        if n == first or (not named and self.paragraphs[first].role != "signature"):
            return first
        if self._is_post(first - 1, zones):
            first -= 1
        zones.append(Zone("signature", first, n))
        return n

    def _is_post(self, n: int, zones: list[Zone]) -> bool:
        """Whether a paragraph is the signer's post in small letters above "(Đã ký)", as some portals write it."""
        if (
            n < 0
            or (zones and zones[-1].last > n)
            or self.paragraphs[n].marker
            or not self.words(n + 1).startswith("(")
        ):
            return False
        words = self.words(n)
        return words[-1].isalpha() and len(words) < _LONGEST_POST and self.knowledge.is_post(words)

    def _is_name_cut(self, n: int, words: str) -> bool:
        """Whether a name is cut behind its first word: that on paragraph `n`, the others on the next."""
        return n + 1 < self.count and is_cut_name(words, self.words(n + 1).strip("* "))

    def _titles_attached(self, n: int) -> bool:
        """Whether a line in capitals below a signature is the title of what is attached, "(Kèm theo …)" below it."""
        return self.attached_follows(n) and not self.knowledge.is_signers_title(self.words(n))

    # What follows ---------------------------------------------------------------------------------------------

    def _caption(self, first: int, zones: list[Zone]) -> int:
        """Read an annex's caption: its number, title and "(Kèm theo …)"; return where its body begins."""
        n = first + 1
        while n < self.count and n < first + 6:
            paragraph = self.paragraphs[n]
            words = self.words(n)
            if paragraph.source != "text" or paragraph.marker or self.is_annex(n) or paragraph.role == "motto":
                break
            if paragraph.role == "attached" or (words.startswith("(") and words.endswith(")") and len(words) < 400):
                n += 1
                break
            if not (words.isupper() or (paragraph.bold and len(words) < 300)) or (
                n > first + 1 and self.is_title_line(n) and not self.attached_follows(n)
            ):
                break
            n += 1
        if n == first + 1 and self.attached_follows(first):
            n = first + 2
        last = n
        if "(nếu có)" in self.words(first):
            last = first + 1
        zones.append(Zone("annex", first, last))
        return last

    def _begins_document(self, n: int, *, annex: bool) -> bool:
        """Whether a paragraph after a signature begins a further document."""
        paragraph = self.paragraphs[n]
        words = self.words(n)
        if paragraph.marker == "article" and words.startswith(("Điều 1.", "Điều 1 ")):
            return True
        if paragraph.marker:
            return False
        if self.is_title_line(n):
            return True
        if not annex and (paragraph.role == "motto" or self.letterhead_end(n) > n):
            return True
        return words.isupper() and len(words) > 12 and paragraph.role is None and self.attached_follows(n)


def read_parts(text: str, paragraphs: list[Paragraph], knowledge: StructureKnowledge) -> list[PartDraft]:
    """Return the documents inside `text` with their zones."""
    return Reader(text, paragraphs, knowledge).parts()
