"""Typed relations between documents, each with the words that show it.

Besides what the document itself does to others, the names of the documents it cites say how these stand to third
ones: "Luật A được sửa đổi, bổ sung bởi Luật B", "Nghị định N … quy định chi tiết một số điều của Luật L".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import registered
from vnlegal.knowledge import Knowledge
from vnlegal.records import Provision, Relation
from vnlegal.segment import Segmentation

_CHANGED = re.compile(
    r"[^.\n“”]{0,400}?,? (?:đã )?được (?:sửa đổi|bổ sung)(?:, (?:sửa đổi|bổ sung))?[^;.\n“”]{0,60}?"
    r" (?:theo|bởi|tại|bằng) (?:các )?$"
)
_CHANGED_ENDS = ("theo ", "bởi ", "tại ", "bằng ", "các ")
_CHANGED_SAME = re.compile(r"(?:đã )?được sửa đổi|được bổ sung")
_NEXT = re.compile(r"(?: ngày [^,;.\n]{4,30}| năm \d{4})?(?:,| và|, được| và các)? ?(?:các )?$")
_TITLE = re.compile(
    r"(?: ngày \d[^,;.\n]{3,30}?)?(?: của [^,;.\n]{3,80}?)? (?:\(|về |về việc )?"
    r"(?P<verb>quy định chi tiết|hướng dẫn|sửa đổi,? bổ sung|sửa đổi|bãi bỏ|thay thế)\b[^;.\n“”]{0,220}$"
)
# The title of a document still to come, or known by its name, that names others inside itself.
_NAME = re.compile(
    r"(?:\w+ ){1,3}?(?:của [^,;.\n]{3,60}? |số \S+ )?"
    r"(?P<verb>quy định chi tiết|hướng dẫn|sửa đổi|SĐBS|bổ sung|bãi bỏ|thay thế)\b[^;.\n“”]{0,220}$"
)
# "sửa đổi Chương trình hành động thực hiện Nghị quyết N" changes the programme, not the resolution.
_EXECUTING = re.compile(r"(?<!hướng dẫn )(?<!hướng dẫn triển khai )(?:thực hiện|triển khai|theo) $")
_VERBS = {
    "quy định chi tiết": "implements",
    "hướng dẫn": "guides",
    "bãi bỏ": "repeals",
    "thay thế": "replaces",
}
_OTHER_DOCUMENT = re.compile(r"\b(?:Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Pháp lệnh) số")
_INSIDE = 20  # names inside one name: an amending law has at most about a dozen
# What one article of a document does, and not the document as a whole by its bases.
# What an article of a document does to another document.
BY_ARTICLE = frozenset({"implements", "guides", "amends", "replaces", "repeals", "corrects"})
_CHANGES = ("amends", "repeals", "replaces")
_TYPED = frozenset(
    {
        "issued_under", "implements", "guides", "amends", "replaces", "repeals", "corrects", "consolidates",
        "attaches", "executes", "replies_to", "assigned_by", "cites",
    }
)  # fmt: skip


class Speaker(NamedTuple):
    """From which flow offset on a document inside the file speaks, and its key (None where nothing tells it)."""

    start: int
    key: str | None


def speakers(segmentation: Segmentation, mentions: Sequence[Mention], knowledge: Knowledge) -> list[Speaker]:
    """Return the documents inside the file in order, annexes as part of the document they hang on.

    The key is that of the document's mention of itself, else its number, else, for a law whose text lost it, the one
    number that laws.tsv has for its title and year.
    """
    selves = [m for m in mentions if m.kind == "self" and m.target]
    out: list[Speaker] = []
    for part in segmentation.parts:
        units = segmentation.units[part.first : part.last]
        if not units or (part.is_annex and (part.header.number is None or not out)):
            continue
        start, end = units[0].start, max(unit.end for unit in units[-3:])
        mine = next((m.target for m in selves if start <= m.start < end), None)
        head = part.header
        known = registered(head.kind, head.subject, head.date, knowledge.laws)
        out.append(Speaker(start, mine or head.number or known))
    if selves and not any(speaker.key for speaker in out):
        return [Speaker(0, selves[0].target)]
    return out


def find_relations(
    segmentation: Segmentation, mentions: Sequence[Mention], speaking: Sequence[Speaker]
) -> list[Relation]:
    """Return the relations a document states, one row for each (source, relation, target), in raw offsets."""
    seen: dict[tuple[str, str, str], tuple[int, int]] = {}
    named: dict[tuple[str, str, str], dict[Provision, None]] = defaultdict(dict)
    stated: dict[tuple[str, str, str], dict[Provision, None]] = defaultdict(dict)
    own = list(_own(mentions, speaking))
    for source, relation, _, _, mention in own:
        if relation in BY_ARTICLE and mention.place is not None and mention.place.dieu is not None:
            provision = Provision(dieu=mention.place.dieu, khoan=mention.place.khoan)
            stated[source, relation, _target(mention)][provision] = None
    for source, relation, start, end, mention in (
        *own,
        *_chains(segmentation.flow.text, mentions),
        *_titles(segmentation.flow.text, mentions, {speaker.key for speaker in speaking}),
        *_names(segmentation.flow.text, mentions),
    ):
        target = _target(mention)
        key = (source, relation, target)
        if source != target:
            seen.setdefault(key, (start, end))
            named[key].update(dict.fromkeys(mention.provisions))
    out = []
    for key, place in seen.items():
        start, end = segmentation.flow.span(*place)
        source, relation, target = key
        out.append(
            Relation(
                source=source,
                relation=relation,
                target=target,
                start=start,
                end=end,
                provisions=tuple(named[key]),
                source_provisions=tuple(stated.get(key, ())),
            )
        )
    return out


_Row = tuple[str, str, int, int, Mention]  # source, relation, the place that shows it, the mention of the target


def _own(mentions: Sequence[Mention], speaking: Sequence[Speaker]) -> Iterator[_Row]:
    """Yield what the documents of the file do to those they cite."""
    k = 0
    for m in mentions:
        while k + 1 < len(speaking) and speaking[k + 1].start <= m.start:
            k += 1
        own = speaking[k].key if speaking else None
        if own is None:
            continue
        if m.kind == "self" or m.quoted or (m.kind == "internal" and m.relation not in _CHANGES):
            continue
        if m.relation in _TYPED and m.target and not m.target.startswith("self:"):
            yield own, m.relation, m.start, m.end, m


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
        if len(between) > 480 or not between.endswith(_CHANGED_ENDS) or not _CHANGED.match(between):
            continue
        j = k + 1
        while True:
            yield _target(known[j]), "amends", base.start, known[j].end, base
            if j + 1 >= len(known) or known[j + 1].start < known[j].end:
                break
            if not _NEXT.fullmatch(flow[known[j].end : known[j + 1].start]):
                break
            j += 1


def _titles(flow: str, mentions: Sequence[Mention], own: Container[str | None]) -> Iterator[_Row]:
    """Yield what the title of a cited document says it does: "Nghị định N quy định chi tiết … Luật L"."""
    known = _numbered(mentions)
    for k, source in enumerate(known):
        if source.number is None or source.target in own:
            continue
        for other in known[k + 1 : k + 4]:
            between = flow[source.end : other.start]
            if other.start < source.end or len(between) > 320:
                break
            if " số" in between and _OTHER_DOCUMENT.search(between):
                break
            match = _TITLE.match(between)
            if match is None or _CHANGED_SAME.search(between) or _EXECUTING.search(between):
                continue
            relation = _VERBS.get(match["verb"], "amends")
            yield _target(source), relation, source.start, other.end, other
            break


def _names(flow: str, mentions: Sequence[Mention]) -> Iterator[_Row]:
    """Yield what the name of a law or of a planned document says it does to those named inside it."""
    for k, outer in enumerate(mentions):
        if outer.kind not in ("named", "planned") or not outer.target or outer.quoted:
            continue
        for inner in mentions[k + 1 : k + _INSIDE]:
            if inner.start >= outer.end:
                break
            between = flow[outer.start : inner.start]
            match = _NAME.match(between) if inner.target and inner.end <= outer.end else None
            if match is not None and not _EXECUTING.search(between):
                yield _target(outer), _VERBS.get(match["verb"], "amends"), outer.start, outer.end, inner


def _target(mention: Mention) -> str:
    return mention.target or ""
