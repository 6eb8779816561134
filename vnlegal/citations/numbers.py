"""Documents cited by number: every written form of both families, damaged ones included."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.dates import all_issuers, of_number
from vnlegal.citations.grammar import Grammar, compile_grammar
from vnlegal.citations.heads import Head, head_of, law_head
from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.misread import UNSURE, is_misread, mend_issuer
from vnlegal.citations.number_reading import JOINT_KINDS, NumberRead, Scanned, dated_number, scan_numbers, with_kind
from vnlegal.citations.own import Own, own_documents
from vnlegal.citations.short_forms import find_bracketed, find_lettered, find_short
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation

_LIST_GAP = re.compile(r"[\s,;&)]*(?:và|hoặc|cùng|VÀ)?[\s,;]*\Z")
_SHARED_TITLE = re.compile(r"[^.\n]{0,160}(?:,|;| và| hoặc)\s*\Z")
_ATTACHED = re.compile(r"[kK](?:èm|ÈM) (?:theo|THEO) \Z")
_DOTTED = re.compile(r"[.…_]")
# Words that are verbs as often as kinds of documents: in small letters before a number of another kind they are verbs.
_VERBS = frozenset({"huong_dan", "quy_dinh", "bao_cao", "thong_bao", "ket_luan", "chuong_trinh", "quyet_dinh"})
_KINDS_OF_ASSEMBLY = frozenset(
    {"luat", "phap_lenh", "hien_phap", "nghi_quyet", "lenh", "van_ban", "nghi_quyet_lien_tich"}
)
_BLANK = "number.blank"


def find_numbered(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the mentions of documents that carry a number."""
    text = segmentation.flow.text
    grammar = compile_grammar(knowledge.documents)
    bodies = {agency.start: agency for agency in agencies}
    out: list[Mention] = []
    tail = floor = -1
    for scanned in scan_numbers(text, grammar):
        mention, after = _judge(text, scanned, grammar, bodies, out[-1] if out else None, tail, floor)
        floor = scanned.end
        if mention is not None:
            out.append(mention)
            tail = after
    lettered = list(find_lettered(text, bodies, out))
    cut = {mention.start for mention in lettered}
    out = [mention for mention in out if mention.start not in cut]
    numbered = sorted([*out, *lettered, *find_short(text, grammar, bodies, [*out, *lettered])])
    numbered = sorted([*numbered, *find_bracketed(text, grammar, numbered)])
    marked = mark_own(numbered, own_documents(segmentation, out, grammar), text)
    return [m._replace(confidence=UNSURE) if m.number and is_misread(m.number, grammar) else m for m in marked]


def mark_own(mentions: Sequence[Mention], owns: Sequence[Own], text: str) -> list[Mention]:
    """Mark the mentions of the file's own documents; add the number of a head too damaged to be found as one."""
    numbers = {_same(own.number): own for own in owns if own.number}
    heads = sorted((own for own in owns if own.number_start >= 0), key=lambda own: own.number_start)
    starts, ends = [own.number_start for own in heads], [own.number_end for own in heads]
    read: set[int] = set()
    out: list[Mention] = []
    for mention in mentions:
        own = numbers.get(_same(mention.number)) if mention.number and mention.kind == "numbered" else None
        n = bisect_right(ends, mention.number_start)
        head = heads[n] if n < len(heads) and starts[n] < mention.number_end else None
        if head is not None:
            read.update(range(n, bisect_left(starts, mention.number_end)))
            opened = mention._replace(kind="self", number=head.number, doc_type=_of_head(head, mention))
            out.append(opened if opened.date else opened._replace(date=head.date))
        elif own is not None and _same_date(mention.date, own.date):
            dated = mention.date or (own.date if _at_line_start(text, mention.start) else None)
            kind = _of_head(own, mention) if mention.rule == "number.bare" else mention.doc_type
            out.append(mention._replace(kind="self", doc_type=kind, date=dated))
        elif (
            mention.number
            and mention.number[0] in "/-"
            and _ATTACHED.search(text, max(0, mention.start - 12), mention.start)
        ):
            out.append(mention._replace(kind="self"))
        elif mention.rule != _BLANK:
            out.append(mention)
    out += [_from_header(own, text) for n, own in enumerate(heads) if n not in read]
    return sorted(out)


def _of_head(head: Own, mention: Mention) -> str | None:
    return head.kind if head.kind not in (None, "van_ban") else mention.doc_type


def _from_header(own: Own, text: str) -> Mention:
    begin = line_start(text, own.number_start)
    start = begin if own.number_start - begin <= 8 else own.number_start
    return Mention(
        start,
        own.number_end,
        "self",
        "number.header",
        doc_type=own.kind,
        number=own.number,
        number_start=own.number_start,
        number_end=own.number_end,
        date=own.date,
    )


def _same(number: str | None) -> str:
    return (number or "").casefold().lstrip("0")


def _same_date(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _judge(
    text: str,
    scanned: Scanned,
    grammar: Grammar,
    bodies: Mapping[int, AgencyFound],
    before: Mention | None,
    tail: int,
    floor: int,
) -> tuple[Mention | None, int]:
    """Decide whether a scanned number is a citation; return its mention and where its date and issuer end."""
    read = scanned.read
    head = head_of(text, scanned.start, max(floor, 0), grammar)
    kind, rule = head.kind, "number.word"
    assembly = read.year is not None and "QH" in read.number.rsplit("/", 1)[-1]
    if kind in _VERBS and read.kind not in (None, kind) and not head.number_word and text[head.start].islower():
        head, kind = Head(scanned.start), None
    if kind not in _KINDS_OF_ASSEMBLY and (assembly or read.kind == "phap_lenh"):
        law = law_head(text, head.start if kind is None else scanned.start, max(floor, 0))
        if law is not None:
            head, kind, rule = law, law.kind, "number.law"
    shared = None
    if kind is None:
        shared = _shares(text, head.start, before, tail)
        opens = _at_line_start(text, head.start)
        if head.lookalike or not (read.known or (head.number_word and (shared is not None or opens or read.issuer))):
            return None, tail
        rule = "number.list" if shared is not None else "number.bare"
    if read.serial is None and (kind is None or _DOTTED.search(text, head.start, scanned.start)):
        rule = _BLANK
    if kind is not None and read.kind is None:
        read = with_kind(read, kind, grammar)
    kind = _kind(kind, read, shared, assembly)
    near = of_number(text, (head.start, scanned.end), bodies, read.year)
    if kind in JOINT_KINDS:
        near = all_issuers(text, near, bodies)
    number = dated_number(read, kind, near.date, grammar)
    mention = Mention(
        head.start,
        scanned.end,
        "numbered",
        rule,
        doc_type=kind,
        number=mend_issuer(number, near.issuer, grammar) if near.issuer else number,
        number_start=scanned.start,
        number_end=scanned.end,
        date=near.date,
        date_start=near.date_start,
        date_end=near.date_end,
        issuer=near.issuer or read.issuer or ("Quốc hội" if assembly else None),
        title=head.title,
        confidence=0.99 if rule == "number.word" and read.known else 0.9,
    )
    return mention, near.end


def _kind(word: str | None, read: NumberRead, shared: Mention | None, assembly: bool) -> str:
    """Return the kind: the word's, else the symbol's, else that of the list's head, else a letter."""
    if word is not None and word != "van_ban":
        return word
    if read.kind is not None:
        return read.kind
    if assembly:
        return shared.doc_type if shared and shared.doc_type and shared.doc_type in _KINDS_OF_ASSEMBLY else "luat"
    if word is not None:
        return word
    return shared.doc_type if shared is not None and shared.doc_type else "cong_van"


def _shares(text: str, start: int, before: Mention | None, tail: int) -> Mention | None:
    """Return the mention before it in a list, whose kind a bare number at `start` shares."""
    if before is None or start - tail > 160 or text.find("\n", tail, start) >= 0:
        return None
    gap = text[tail:start]
    return before if _LIST_GAP.match(gap) or _SHARED_TITLE.match(gap) else None


def _at_line_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"
