"""What the words that point back mean: the document itself, the amended one, or the one named before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own
from vnlegal.segment import Segmentation

_INSTRUCTS = re.compile(
    r"(?<!được )(?:[Ss]ửa đổi|SỬA ĐỔI|[Bb]ổ sung|BỔ SUNG|[Bb]ãi bỏ|[Tt]hay thế|[Đđ]ính chính)\b"
    r"(?:(?!được sửa đổi)[^.;:\n]){0,140}\Z"
)
# Documents that come attached to another: "Kế hoạch này" in a decision that issues it means the decision's own.
_ATTACHED = frozenset({
    "ke_hoach", "quy_che", "quy_dinh", "chuong_trinh", "de_an", "huong_dan", "phuong_an", "dieu_le", "chien_luoc",
    "quy_hoach", "danh_muc", "van_ban",
})  # fmt: skip
_SAME = {"thong_tu_lien_tich": "thong_tu", "nghi_quyet_lien_tich": "nghi_quyet"}


_SUBJECT = 3_000
_TITLE_ENDS = 1_500


class Antecedent(NamedTuple):
    """A mention that later words can point to."""

    start: int
    end: int
    target: str
    firm: bool
    subject: bool = False


class Host(NamedTuple):
    """From `start` on, the instructions work on this document."""

    start: int
    kind: str | None
    target: str | None


def point_back(
    mentions: Sequence[Mention],
    targets: list[str | None],
    segmentation: Segmentation,
    owns: Sequence[tuple[Own, str | None]],
) -> None:
    """Set the targets of the words that point back, in place of None."""
    text = segmentation.flow.text
    rows = sorted((row[0].start, row[-1].end) for table in segmentation.tables for row in table.rows if row)
    before = _antecedents(mentions, targets, text)
    hosts = _hosts(mentions, targets, text)
    starts = [own.start for own, _ in owns]
    issued = {m.doc_type for m in mentions if m.rule == "alias-own"}
    defined = {m.doc_type: t for m, t in zip(mentions, targets, strict=True) if m.rule == "alias-defined" and t}
    for n, m in enumerate(mentions):
        if targets[n] is not None:
            continue
        if m.kind == "anaphora":
            own, key = owns[max(bisect_right(starts, m.start) - 1, 0)] if owns else (None, None)
            term = defined.get(m.doc_type) if m.rule == "backref-term" else None
            row = _in_row(m, before, rows) if m.rule == "backref-term" else None
            targets[n] = term or row or _anaphora(m, own, key, hosts, before, issued, text)
        elif m.rule == "planned-bare":
            targets[n] = _in_row(m, before, rows) or _coming(m, before, text)


def _antecedents(mentions: Sequence[Mention], targets: Sequence[str | None], text: str) -> dict[str, list[Antecedent]]:
    """Return the mentions that later words can point to, by kind. `subject`: named in the document's opening words."""
    before: dict[str, list[Antecedent]] = defaultdict(list)
    reach = 0
    for m, target in zip(mentions, targets, strict=True):
        if m.doc_type and target and m.kind not in ("anaphora", "internal", "self"):
            firm = m.kind in ("alias", "planned", "named")
            outer = m.start >= reach
            opening = m.end < _TITLE_ENDS and outer and not text.startswith("Căn cứ", text.rfind("\n", 0, m.start) + 1)
            before[_kind(m.doc_type)].append(Antecedent(m.start, m.end, target, firm, opening))
            reach = max(reach, m.end)
    return before


def _kind(kind: str) -> str:
    return _SAME.get(kind, kind)


def _anaphora(
    m: Mention,
    own: Own | None,
    key: str | None,
    hosts: Sequence[Host],
    before: dict[str, list[Antecedent]],
    issued: set[str | None],
    text: str,
) -> str | None:
    kind = _kind(m.doc_type or "")
    own_kind = _kind(own.kind or "") if own is not None else ""
    candidates = before.get(kind, [])
    if m.rule == "backref-above":
        return _nearest(m, candidates, text)
    if m.quoted:
        host = _host_at(hosts, m.start)
        if host is not None and (host.kind is None or _kind(host.kind) == kind):
            return host.target
    if own_kind == "van_ban_hop_nhat":
        return _consolidated(kind, before) or _nearest(m, candidates, text)
    if own_kind == kind or (kind == "van_ban" and m.rule == "backref-this"):
        return key
    if m.rule == "backref-term":
        subject = {a.target for a in candidates if a.subject and a.start < m.start}
        if len(subject) == 1:
            return subject.pop()
    if kind in issued or (kind in _ATTACHED and m.rule == "backref-this" and not candidates):
        return key
    return _nearest(m, candidates, text)


def _nearest(m: Mention, candidates: Sequence[Antecedent], text: str) -> str | None:
    """Return the document of that kind named last in the sentence or paragraph before, or the only one there is."""
    n = bisect_left(candidates, (m.start,)) - 1
    while n >= 0 and candidates[n].end > m.start:
        n -= 1
    if n >= 0 and text.count("\n", candidates[n].end, m.start) <= (1 if m.rule != "backref-term" else 0):
        return candidates[n].target
    firm = {c.target for c in candidates if c.firm}
    if len(firm) == 1:
        return next(iter(firm))
    every = {c.target for c in candidates}
    if len(every) == 1:
        return next(iter(every))
    if n >= 0 and m.rule == "backref-this" and text.count("\n", candidates[n].end, m.start) <= 3:
        return candidates[n].target
    return None


def _coming(m: Mention, before: dict[str, list[Antecedent]], text: str) -> str | None:
    """Return the planned document that a draft without a title is: the one just named or the document's subject."""
    kind = m.doc_type or ""
    coming = [a for a in before.get(_kind(kind), []) if a.target.startswith("planned:")]
    near = [a for a in coming if a.end <= m.start and text.count("\n", a.end, m.start) <= 2]
    if near:
        return near[-1].target
    if not coming:
        return f"planned:{kind}"
    alone = len({a.target for a in coming}) == 1 and coming[0].start < _SUBJECT
    return coming[0].target if alone else None


def _in_row(m: Mention, before: dict[str, list[Antecedent]], rows: Sequence[tuple[int, int]]) -> str | None:
    """Return the document of that kind named last in the same row of a table."""
    n = bisect_right(rows, (m.start, 1 << 60)) - 1
    if n < 0 or rows[n][1] <= m.start:
        return None
    named = [a for a in before.get(_kind(m.doc_type or ""), []) if rows[n][0] <= a.start < m.start]
    return named[-1].target if named else None


def _consolidated(kind: str, before: dict[str, list[Antecedent]]) -> str | None:
    """Return the document whose consolidated text this is: the first of that kind named in it."""
    return before[kind][0].target if before.get(kind) else None


def _hosts(mentions: Sequence[Mention], targets: Sequence[str | None], text: str) -> list[Host]:
    """Return the documents that instructions ("Sửa đổi, bổ sung một số điều của …") work on, from where on."""
    hosts: list[Host] = []
    for m, target in zip(mentions, targets, strict=True):
        if m.quoted or m.kind not in ("numbered", "named", "short") or target is None:
            continue
        low = max(text.rfind("\n", 0, m.start) + 1, m.start - 190)
        if text.startswith(("Căn cứ", "Theo đề nghị"), text.rfind("\n", 0, m.start) + 1):
            continue
        if _INSTRUCTS.search(text, low, m.start):
            hosts.append(Host(m.start, m.doc_type, target))
    return hosts


def _host_at(hosts: Sequence[Host], position: int) -> Host | None:
    if not hosts:
        return None
    return hosts[max(bisect_right([host.start for host in hosts], position) - 1, 0)]
