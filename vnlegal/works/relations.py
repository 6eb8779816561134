"""Typed relations between documents, each with the words that show it.

Besides what the document itself does to others, the names of the documents it cites say how these stand to third
ones: "Luật A được sửa đổi, bổ sung bởi Luật B", "Nghị định N … quy định chi tiết một số điều của Luật L".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnlegal.citations import Mention
from vnlegal.records import Relation
from vnlegal.segment import Segmentation

_CHANGED = re.compile(
    r"[^.\n“”]{0,400}?,? (?:đã )?được (?:sửa đổi|bổ sung)(?:, (?:sửa đổi|bổ sung))?[^;.\n“”]{0,60}?"
    r" (?:theo|bởi|tại|bằng) (?:các )?$"
)
_CHANGED_SAME = re.compile(r"(?:đã )?được sửa đổi|được bổ sung")
_NEXT = re.compile(r"(?: ngày [^,;.\n]{4,30}| năm \d{4})?(?:,| và|, được| và các)? ?(?:các )?$")
_TITLE = re.compile(
    r"(?: ngày \d[^,;.\n]{3,30}?)?(?: của [^,;.\n]{3,80}?)? "
    r"(?P<verb>quy định chi tiết|hướng dẫn|sửa đổi,? bổ sung|sửa đổi|bãi bỏ|thay thế)\b[^;.\n“”]{0,220}$"
)
_VERBS = {
    "quy định chi tiết": "implements",
    "hướng dẫn": "guides",
    "bãi bỏ": "repeals",
    "thay thế": "replaces",
}
_OTHER_DOCUMENT = re.compile(r"\b(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Pháp lệnh) số")
_CHANGES = ("amends", "repeals", "replaces")
_TYPED = frozenset(
    {
        "issued_under", "implements", "guides", "amends", "replaces", "repeals", "corrects", "consolidates",
        "attaches", "executes", "replies_to", "assigned_by", "cites",
    }
)  # fmt: skip


def find_relations(segmentation: Segmentation, mentions: Sequence[Mention], own: str | None) -> list[Relation]:
    """Return the relations a document states, one row for each (source, relation, target), in raw offsets."""
    seen: dict[tuple[str, str, str], Relation] = {}
    flow = segmentation.flow
    for source, relation, target, start, end in (
        *_own(mentions, own),
        *_chains(flow.text, mentions),
        *_titles(flow.text, mentions, own),
    ):
        key = (source, relation, target)
        if source != target and key not in seen:
            first, last = flow.span(start, end)
            seen[key] = Relation(source=source, relation=relation, target=target, start=first, end=last)
    return list(seen.values())


_Row = tuple[str, str, str, int, int]


def _own(mentions: Sequence[Mention], own: str | None) -> Iterator[_Row]:
    """Yield what the document does to those it cites."""
    if own is None:
        return
    for m in mentions:
        if m.kind == "self" or m.quoted or (m.kind == "internal" and m.relation not in _CHANGES):
            continue
        if m.relation in _TYPED and m.target:
            yield own, m.relation, m.target, m.start, m.end


def _numbered(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if m.target and m.kind in ("numbered", "named", "short") and not m.quoted]


def _chains(flow: str, mentions: Sequence[Mention]) -> Iterator[_Row]:
    """Yield (B amends A) for "A được sửa đổi, bổ sung bởi B1, B2 và B3"."""
    known = _numbered(mentions)
    for k, base in enumerate(known[:-1]):
        changer = known[k + 1]
        if changer.start < base.end:
            continue
        between = flow[base.end : changer.start]
        if len(between) > 480 or not _CHANGED.match(between):
            continue
        j = k + 1
        while True:
            yield _target(known[j]), "amends", _target(base), base.start, known[j].end
            if j + 1 >= len(known) or known[j + 1].start < known[j].end:
                break
            if not _NEXT.fullmatch(flow[known[j].end : known[j + 1].start]):
                break
            j += 1


def _titles(flow: str, mentions: Sequence[Mention], own: str | None) -> Iterator[_Row]:
    """Yield what the title of a cited document says it does: "Nghị định N quy định chi tiết … Luật L"."""
    known = _numbered(mentions)
    for k, source in enumerate(known):
        if source.number is None or source.target == own:
            continue
        for other in known[k + 1 : k + 4]:
            between = flow[source.end : other.start]
            if other.start < source.end or len(between) > 320 or _OTHER_DOCUMENT.search(between):
                break
            match = _TITLE.match(between)
            if match is None or _CHANGED_SAME.search(between):
                continue
            relation = _VERBS.get(match["verb"], "amends")
            yield _target(source), relation, _target(other), source.start, other.end
            break


def _target(mention: Mention) -> str:
    return mention.target or ""
