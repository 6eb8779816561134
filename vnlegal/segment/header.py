"""The header record: what a document's head and foot say of it."""

from __future__ import annotations

import re

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import canonical_name
from vnlegal.segment.head import NUMBER, Found, Head, as_number, head_of
from vnlegal.segment.head_issuer import PLACELESS, in_place, issuer_of
from vnlegal.segment.head_lost import traces_of
from vnlegal.segment.head_number import beside_foot_number, date_of, foot_number, iso_date, number_of
from vnlegal.segment.head_people import entries_of, signer_of
from vnlegal.segment.head_subject import grade_of, kind_of, kind_of_title, subject_of
from vnlegal.segment.letter import PartDraft
from vnlegal.segment.model import HeaderDraft
from vnlegal.segment.paragraphs import Paragraph

# "…, ngày 30/7/2021 của Ban Chấp hành Trung ương về …" behind the number of a headline.
_ISSUED_BY = re.compile(r"(?:,? ?ngày [\d/]{8,10})? của (?P<who>[^\n]{3,90}?) (?=[Vv]ề )")
_DAY = re.compile(r"(?:ngày )?(\d{1,2})(?:[/-]| tháng )(\d{1,2})(?:[/-]| năm )(\d{4})")


def read_header(
    text: str, paragraphs: list[Paragraph], part: PartDraft, knowledge: Knowledge, *, front: str = ""
) -> HeaderDraft:
    """Return the header of one document. An annex has none of its own.

    `front`: what stands above the document and is no part of it: a converter's front matter, a web page's facts.
    """
    if part.annex:
        return HeaderDraft()
    head = head_of(text, paragraphs, part, knowledge, front)
    number = number_of(head)
    date, place = date_of(head)
    kind = kind_of(head, number.value if number else None)
    if kind == "van_ban_hop_nhat" and number and "VBHN" not in number.value:
        number = foot_number(head) or number  # the letterhead is that of the consolidated document
        foot, there = beside_foot_number(head)
        date, place = (foot, there) if foot else (date, place)
    subject = subject_of(head)
    issuer = issuer_of(head, number.value if number else None, date.value if date else None)
    issuer = in_place(issuer, place, knowledge.agencies)
    number = number or _from_headline(head)
    if head.panel and not (head.letterhead and number):
        number, date, kind, issuer = _from_panel(head, number, date, kind, issuer)
    issuer = issuer or _by_number(head, number, date)
    addressed: tuple[Found, ...] = ()
    if kind is None or number is None:
        traces = traces_of(head)
        kind, number, date = kind or traces.kind, number or traces.number, date or traces.date
        issuer, subject = issuer or traces.issuer, subject or traces.subject
        addressed = traces.recipients
    addressed = tuple(entries_of(head, "kinh_gui")) or addressed
    title, name = signer_of(head)
    return HeaderDraft(
        kind=kind,
        number=number.value if number else None,
        number_span=_span(number),
        date=date.value if date else None,
        date_span=_span(date),
        place=place,
        issuer=issuer.value if issuer else None,
        subject=subject.value if subject else None,
        urgency=grade_of(head, knowledge.structure.urgency),
        secrecy=grade_of(head, knowledge.structure.secrecy),
        recipients=tuple(entry.value for entry in addressed),
        recipient_spans=tuple((entry.start, entry.end) for entry in addressed),
        copies=tuple(entry.value for entry in entries_of(head, "recipients")),
        signer_name=name,
        signer_title=title,
    )


def _span(found: Found | None) -> tuple[int, int] | None:
    return (found.start, found.end) if found and found.end > found.start else None


def _from_headline(head: Head) -> Found | None:
    at = head.headline_at
    found = NUMBER.search(head.words(at)) if at is not None else None
    return as_number(found, at.start, head.knowledge.documents) if at is not None and found else None


def _by_number(head: Head, number: Found | None, date: Found | None) -> Found | None:
    """Return the issuer by the symbol of a number that stands in a headline, else as the headline names it.

    The symbol does not tell it where it leaves its place out (UBND), or several bodies of the Party share it (TW).
    """
    issuer = issuer_of(head, number.value, date.value if date else None) if number else None
    if issuer and issuer.value not in PLACELESS and number and "/TW" not in number.value:
        return issuer
    at = head.headline_at
    found = NUMBER.search(head.words(at)) if at is not None else None
    said = _ISSUED_BY.match(head.words(at), found.end()) if at is not None and found else None
    named = canonical_name(said["who"], head.knowledge.agencies) if said else None
    return Found(named[0], 0, 0) if named else None


def _from_panel(
    head: Head, number: Found | None, date: Found | None, kind: str | None, issuer: Found | None
) -> tuple[Found | None, Found | None, str | None, Found | None]:
    """Fill what a text without letterhead lacks from the table of facts that the web page puts above it."""
    panel = head.panel
    if number is None and (found := NUMBER.match(panel.get("so hieu", ""))):
        number = as_number(found, 0, head.knowledge.documents)._replace(start=0, end=0)
    if date is None and (day := _DAY.fullmatch(panel.get("ngay ban hanh", ""))):
        date = Found(iso_date(*day.groups()), 0, 0)
    named = canonical_name(panel.get("noi ban hanh", ""), head.knowledge.agencies)
    kind = kind_of_title(head, panel.get("loai van ban", "")) or kind
    return number, date, kind, issuer or (Found(named[0], 0, 0) if named else None)
