"""What still tells a document whose copy lost its letterhead: its formula, the lines above its bases, its annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vnlegal.knowledge.agencies import issuer_name
from vnlegal.segment.head import NUMBER, Found, Head, as_number
from vnlegal.segment.head_issuer import issuer_of
from vnlegal.segment.head_number import BESIDE, iso_date
from vnlegal.segment.head_subject import kind_of_title
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.text import fold

_REACH = 60
_LETTER_HEAD = 8
_SHORTEST_TITLE = 16
_ADDRESSED = re.compile(r"Kính gửi ?: ?")
_LETTER_ABOUT = re.compile(r"Công văn (?:[Vv]ề việc|V/v:?) ")
_ATTACHED_TO = re.compile(r"kèm theo (?=\w+ \w+(?: liên tịch)? (?:số:? ?)?\d)", re.IGNORECASE)
# The formula that is no name of a kind itself.
_FORMULAS = {"quyet nghi": "nghi_quyet"}


class Traces(NamedTuple):
    """What a document without letterhead shows of itself; a field of which nothing tells is None."""

    kind: str | None = None
    number: Found | None = None
    date: Found | None = None
    issuer: Found | None = None
    subject: Found | None = None
    recipients: tuple[Found, ...] = ()


def traces_of(head: Head) -> Traces:
    """Return what the formula, the lines above the bases and the caption of the annex say of the document."""
    own = head.own[:_REACH]
    if own and not head.letterhead and (alone := NUMBER.fullmatch(head.words(own[0]).strip())):
        return _letter(head, own[:_LETTER_HEAD], as_number(alone, own[0].start, head.knowledge.documents))
    bases = next((n for n, p in enumerate(own) if p.role == "basis"), None)
    formula = next((p for p in own if p.role == "resolves"), None)
    if head.letterhead or bases is None or formula is None:
        return Traces()
    words = head.words(formula)
    kind = _FORMULAS.get(fold(words).strip(" :.")) or kind_of_title(head, words)
    number, date = _by_annex(head, kind)
    above = [p for p in own[:bases] if p.role is None and head.words(p).isupper()]
    issuer = _issuer(head, above[-1]) if above else None
    title = above[:-1] if issuer else above
    shown = " ".join(head.words(p).strip() for p in title)
    subject = Found(shown, title[0].start, title[-1].end) if len(shown) >= _SHORTEST_TITLE and not head.title else None
    return Traces(kind, number, date, issuer, subject)


def _letter(head: Head, own: Sequence[Paragraph], number: Found) -> Traces:
    """Return what the number alone on the first line and the lines down to "Kính gửi: …" say of a letter."""
    found = next(((n, said) for n, p in enumerate(own) if (said := _ADDRESSED.match(head.words(p)))), None)
    if found is None:
        return Traces()
    line, said = own[found[0]], found[1]
    subject = None
    for paragraph in own[1 : found[0]]:
        if about := _LETTER_ABOUT.match(head.words(paragraph)):
            at = paragraph.start + about.end()
            subject = Found(head.text[at : paragraph.end].strip(" .,;"), at, paragraph.end)
    at = line.start + said.end()
    name = head.text[at : line.end].rstrip(" .,;")
    recipients = (Found(name, at, at + len(name)),) if name and ";" not in name else ()
    return Traces("cong_van", number, None, issuer_of(head, number.value, None), subject, recipients)


def _issuer(head: Head, paragraph: Paragraph) -> Found | None:
    words = head.words(paragraph)
    if not head.knowledge.structure.issuer.match(fold(words)):
        return None
    found = issuer_name([words], head.knowledge.agencies, None)
    return Found(found[0], paragraph.start, paragraph.end) if found else None


def _by_annex(head: Head, kind: str | None) -> tuple[Found | None, Found | None]:
    """Return number and date by the caption of what comes with the document ("Ban hành kèm theo Quyết định số …")."""
    for paragraph in head.paragraphs[head.part.last :]:
        words = head.words(paragraph) if paragraph.role == "attached" else ""
        attached = _ATTACHED_TO.search(words)
        found = NUMBER.search(words, attached.end()) if attached else None
        if attached is None or found is None or kind_of_title(head, words[attached.end() :]) != kind:
            continue
        number = as_number(found, paragraph.start, head.knowledge.documents)
        beside = BESIDE.match(words, found.end())
        date = iso_date(beside["day"], beside["month"], beside["year"]) if beside else None
        return number._replace(start=0, end=0), Found(date, 0, 0) if date else None
    return None, None
