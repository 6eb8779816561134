"""What the words that point back mean: the document itself, the amended one, or the one named before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vnlegal.citations.internal import into_another
from vnlegal.citations.lines import breaks_between, line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own, own_at
from vnlegal.citations.quotes import Region, is_quoted
from vnlegal.segment import Segmentation

_INSTRUCTS = re.compile(
    r"(?<!được )(?:[Ss]ửa đổi|SỬA ĐỔI|[Bb]ổ sung|BỔ SUNG|[Bb]ãi bỏ|[Tt]hay thế|[Đđ]ính chính)\b"
    r"(?:(?!được sửa đổi)[^.;:\n]){0,140}\Z"
)
# What every verb of an instruction has in it.
_VERBS = ("ửa đổi", "ổ sung", "ãi bỏ", "hay thế", "ính chính", "SỬA ĐỔI", "BỔ SUNG")
# Documents that come attached to another: "Kế hoạch này" in a decision that issues it means the decision's own.
_ATTACHED = frozenset({
    "ke_hoach", "quy_che", "quy_dinh", "chuong_trinh", "de_an", "huong_dan", "phuong_an", "dieu_le", "chien_luoc",
    "quy_hoach", "danh_muc", "van_ban",
})  # fmt: skip
_ISSUING = frozenset({"nghi_quyet", "quyet_dinh", "nghi_dinh", "thong_tu"})
_SAME = {"thong_tu_lien_tich": "thong_tu", "nghi_quyet_lien_tich": "nghi_quyet"}


_SUBJECT = 3_000
_TITLE_ENDS = 1_500
_LOOKS_BACK = 20
_QUOTES_RULES = "quy định như sau:\n"


class Antecedent(NamedTuple):
    """A mention that later words can point to. `firm`: by name; `subject`: in the document's opening words."""

    start: int
    end: int
    target: str
    firm: bool
    subject: bool = False


class Named(NamedTuple):
    """What a flow names of one kind: the mentions in order, the document that is the only one, the subject's."""

    mentions: tuple[Antecedent, ...] = ()
    only: str | None = None
    subject: str | None = None


class Hosts(NamedTuple):
    """The documents that instructions work on, each from its place on, and the quoted texts of the flow."""

    starts: tuple[int, ...]
    kinds: tuple[str | None, ...]
    targets: tuple[str | None, ...]
    quotes: Sequence[Region] = ()


class Reader(NamedTuple):
    """What is looked up to tell what a word points back to."""

    text: str
    named: Mapping[str, Named]
    hosts: Hosts
    rows: Sequence[tuple[int, int]]
    issued: frozenset[str | None]
    defined: Mapping[str | None, str]
    quotes: Sequence[Region] = ()


def point_back(
    mentions: Sequence[Mention],
    targets: list[str | None],
    segmentation: Segmentation,
    owns: Sequence[tuple[Own, str | None]],
    quotes: Sequence[Region],
) -> None:
    """Set the targets of the words that point back, in place of None."""
    text = segmentation.flow.text
    reader = Reader(
        text,
        _named(mentions, targets, text),
        _hosts(mentions, targets, text, quotes),
        sorted((row[0].start, row[-1].end) for table in segmentation.tables for row in table.rows if row),
        frozenset(m.doc_type for m in mentions if m.rule == "alias-own"),
        {m.doc_type: t for m, t in zip(mentions, targets, strict=True) if m.rule == "alias-defined" and t},
        quotes,
    )
    for n, m in enumerate(mentions):
        if targets[n] is not None:
            continue
        if m.kind == "anaphora":
            targets[n] = _issuing(m, owns) or _anaphora(m, *own_at(m.start, owns), reader)
        elif m.rule == "planned-bare":
            targets[n] = _in_row(m, reader) or _coming(m, reader)


def _issuing(m: Mention, owns: Sequence[tuple[Own, str | None]]) -> str | None:
    """Return the document that "Nghị quyết này" means in a plan or programme it issues; None where none does so.

    What a document issues has no number of its own and follows it in the file.
    """
    own, _ = own_at(m.start, owns)
    if own is None or own.number is not None or m.rule != "backref-this" or own.kind == m.doc_type:
        return None
    before = [(issuing, key) for issuing, key in owns if issuing.number is not None and issuing.start < own.start]
    if not before or before[-1][0].kind != m.doc_type or before[-1][0].kind not in _ISSUING:
        return None
    return before[-1][1]


def _named(mentions: Sequence[Mention], targets: Sequence[str | None], text: str) -> dict[str, Named]:
    """Return the mentions that later words can point to, by kind."""
    before: dict[str, list[Antecedent]] = defaultdict(list)
    reach = 0
    for m, target in zip(mentions, targets, strict=True):
        if m.doc_type and target and m.kind not in ("anaphora", "internal", "self"):
            firm = m.kind in ("alias", "planned", "named")
            opening = (
                m.end < _TITLE_ENDS and m.start >= reach and not text.startswith("Căn cứ", line_start(text, m.start))
            )
            before[_kind(m.doc_type)].append(Antecedent(m.start, m.end, target, firm, opening))
            reach = max(reach, m.end)
    return {kind: Named(tuple(found), _only(found), _subject(found)) for kind, found in before.items()}


def _only(found: Sequence[Antecedent]) -> str | None:
    firm = {a.target for a in found if a.firm}
    every = firm if len(firm) == 1 else {a.target for a in found}
    return next(iter(every)) if len(every) == 1 else None


def _subject(found: Sequence[Antecedent]) -> str | None:
    subject = {a.target for a in found if a.subject}
    return next(iter(subject)) if len(subject) == 1 else None


def _kind(kind: str) -> str:
    return _SAME.get(kind, kind)


def _anaphora(m: Mention, own: Own | None, key: str | None, reader: Reader) -> str | None:
    """Return the document a word points back to: a defined term's, the amended one's, the own one, the last named."""
    kind = _kind(m.doc_type or "")
    own_kind = _kind(own.kind or "") if own is not None else ""
    named = reader.named.get(kind, Named())
    if m.rule == "backref-above":
        return _nearest(m, named, reader.text)
    if m.rule == "backref-term" and (term := reader.defined.get(m.doc_type) or _in_row(m, reader)) is not None:
        return term
    if own_kind == "van_ban_hop_nhat" and (speaker := _speaker(reader, m.start, named)) is not None:
        return speaker
    host = _host_at(reader, m.start)
    if host is not None:
        host_kind, target = host
        if host_kind is None or _kind(host_kind) == kind:
            return target
    if own_kind == "van_ban_hop_nhat":
        return named.mentions[0].target if named.mentions else None
    if own_kind == kind or (kind == "van_ban" and m.rule == "backref-this"):
        return key
    if m.rule == "backref-term" and named.subject is not None:
        return named.subject
    if kind in reader.issued or (kind in _ATTACHED and m.rule == "backref-this" and not named.mentions):
        return key
    return _nearest(m, named, reader.text)


def _nearest(m: Mention, named: Named, text: str) -> str | None:
    """Return the document of that kind named last in the sentence or paragraph before, or the only one there is."""
    n = bisect_left(named.mentions, (m.start,)) - 1
    while n >= 0 and named.mentions[n].end > m.start:
        n -= 1
    breaks = breaks_between(text, named.mentions[n].end, m.start) if n >= 0 else 0
    if n >= 0 and m.rule == "backref-term":
        line = line_start(text, m.start)
        same = {a.target for a in named.mentions[: n + 1][-_LOOKS_BACK:] if a.start >= line}
        if len(same) == 1:
            return next(iter(same))
    elif n >= 0 and breaks <= 1:
        return named.mentions[n].target
    if named.only is not None and (m.rule != "backref-this" or n >= 0):
        return named.only
    return named.mentions[n].target if n >= 0 and m.rule == "backref-this" and breaks <= 3 else None


def _coming(m: Mention, reader: Reader) -> str | None:
    """Return the planned document that a draft without a title is: the one just named or the document's subject."""
    kind = m.doc_type or ""
    coming = [a for a in reader.named.get(_kind(kind), Named()).mentions if a.target.startswith("planned:")]
    if not coming:
        return f"planned:{kind}"
    n = bisect_left(coming, (m.start,)) - 1
    if n >= 0 and breaks_between(reader.text, coming[n].end, m.start) <= 2:
        return coming[n].target
    alone = len({a.target for a in coming}) == 1 and coming[0].start < _SUBJECT
    return coming[0].target if alone else None


def _in_row(m: Mention, reader: Reader) -> str | None:
    """Return the document of that kind named last in the same row of a table."""
    rows = reader.rows
    n = bisect_right(rows, (m.start, 1 << 60)) - 1
    if n < 0 or rows[n][1] <= m.start:
        return None
    mentions = reader.named.get(_kind(m.doc_type or ""), Named()).mentions
    last = bisect_left(mentions, (m.start,)) - 1
    return mentions[last].target if last >= 0 and mentions[last].start >= rows[n][0] else None


def _hosts(mentions: Sequence[Mention], targets: Sequence[str | None], text: str, quotes: Sequence[Region]) -> Hosts:
    """Return the documents that instructions ("Sửa đổi, bổ sung một số điều của …") work on, from where on."""
    hosts: list[tuple[int, str | None, str | None]] = []
    for m, target in zip(mentions, targets, strict=True):
        if m.kind not in ("numbered", "named", "short") or target is None:
            continue
        line = line_start(text, m.start)
        if text.startswith(("Căn cứ", "Theo đề nghị"), line):
            continue
        before = text[max(line, m.start - 190) : m.start]
        if any(verb in before for verb in _VERBS) and _INSTRUCTS.search(text, max(line, m.start - 190), m.start):
            hosts.append((m.start, m.doc_type, target))
    if not hosts:
        return Hosts((), (), ())
    hosts = [host for host in hosts if is_quoted(quotes, host[0]) is None]
    return Hosts(tuple(h[0] for h in hosts), tuple(h[1] for h in hosts), tuple(h[2] for h in hosts), quotes)


def _speaker(reader: Reader, position: int, named: Named) -> str | None:
    """Return the amending document whose own words a note of a consolidated text quotes at `position`.

    "4 Điều 27 của Thông tư số 26/2026/TT-BCT …, quy định như sau:" stands above the quotation; None elsewhere.
    """
    quote = is_quoted(reader.quotes, position)
    if quote is None:
        return None
    begin = line_start(reader.text, quote[0])
    above = line_start(reader.text, max(begin - 1, 0))
    if not reader.text.startswith(_QUOTES_RULES, begin - len(_QUOTES_RULES)):
        return None
    n = bisect_left(named.mentions, (above,))
    return named.mentions[n].target if n < len(named.mentions) and named.mentions[n].start < begin else None


def _host_at(reader: Reader, position: int) -> tuple[str | None, str | None] | None:
    """Return kind and key of the document that the quoted text at `position` goes into; None outside such texts."""
    hosts = reader.hosts
    if not hosts.starts or into_another(reader.text, is_quoted(hosts.quotes, position)) is None:
        return None
    n = max(bisect_right(hosts.starts, position) - 1, 0)
    return hosts.kinds[n], hosts.targets[n]
