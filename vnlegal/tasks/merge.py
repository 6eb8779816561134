"""Between drafts: the same request stated twice, bodies only pointed at, superiors that ask their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnlegal.segment import Segmentation
from vnlegal.tasks.document import Document
from vnlegal.tasks.drafts import Draft
from vnlegal.text import fold

_WORDS = re.compile(r"\w+")
# End what stands below the headings of a table whose rows could not be told apart.
_BELOW = frozenset({"annex", "title", "signature", "article", "heading", "recipients", "table"})


def settle(drafts: Sequence[Draft], document: Document) -> list[Draft]:
    """Return the drafts in text order, with addressees named, restatements dropped and orders told from requests."""
    ordered = sorted(drafts, key=lambda d: (d.start, -d.end))
    askers = {d.asker for d in ordered if d.asker} | {i for issuers in document.issuers for i in issuers}
    named: list[Draft] = []
    for draft in ordered:
        named.append(_asked(_addressed(draft, document, named), askers))
    return _once(named, document)


def own_leads(drafts: Sequence[Draft], segmentation: Segmentation) -> list[Draft]:
    """Take away whom tasks have from above where a table stands whose rows could not be told apart."""
    broken: set[int] = set()
    for table in segmentation.tables:
        n = table.unit + 1
        while not table.rows and n < len(segmentation.units):
            unit = segmentation.units[n]
            if unit.kind in _BELOW or unit.part != table.part:
                break
            broken.add(n)
            n += 1
    return [
        replace(draft, leads=tuple(a for a in draft.leads if not a.inherited)) if draft.unit in broken else draft
        for draft in drafts
    ]


def _addressed(draft: Draft, document: Document, before: Sequence[Draft]) -> Draft:
    """Give a request to "Quý Cơ quan", or to nobody named, to the addressees of the letter."""
    unit = document.segmentation.units[draft.unit]
    if document.regimes[unit.part].family != "letter" or draft.modality == "proposed":
        return replace(draft, leads=tuple(a for a in draft.leads if a.canonical))  # "các đồng chí" of no letter
    bare = not draft.leads and draft.rule.startswith("cue")
    if not (draft.anaphor or bare):
        return draft
    found = document.addressees(unit.part)
    if draft.anaphor:
        same = [d for d in before if d.modality == "requested" and d.leads and d.unit >= unit_of(document, unit.part)]
        found = same[-1].leads if same else found
    if not found or (len(found) > 3 and not draft.anaphor):
        return replace(draft, leads=()) if draft.anaphor else draft
    return replace(draft, leads=tuple(replace(a, inherited=True) for a in found), anaphor=False)


def unit_of(document: Document, part: int) -> int:
    """Return the first unit of a part."""
    return document.segmentation.parts[part].first


def _asked(draft: Draft, askers: set[str]) -> Draft:
    """Make an order of what a General Department asks of its own departments."""
    if draft.modality != "requested" or not draft.leads:
        return draft
    for asker in askers:
        if asker.startswith("Tổng cục "):
            own = asker.removeprefix("Tổng ").lower()
            if all(own in a.canonical.lower() and "tổng " not in a.canonical.lower() for a in draft.leads):
                return replace(draft, modality="assigned")
    return draft


def _once(drafts: list[Draft], document: Document) -> list[Draft]:
    """Drop a request that the same letter makes again, more fully, to the same bodies."""
    text = document.segmentation.flow.text
    dropped: set[int] = set()
    asked: set[int] = set()
    last: dict[tuple[int, frozenset[str]], int] = {}
    for k, draft in enumerate(drafts):
        unit = document.segmentation.units[draft.unit]
        if document.regimes[unit.part].family != "letter" or draft.modality == "reported":
            continue
        key = unit.part, frozenset(a.canonical for a in draft.leads)
        before = last.get(key)
        if before is not None and draft.modality == "requested" and _restates(drafts[before], draft, text):
            dropped.add(before)
        if unit.part in asked and draft.deadline is None and _is_courtesy(draft, document):
            dropped.add(k)
        asked.add(unit.part)
        last[key] = k
    return [draft for k, draft in enumerate(drafts) if k not in dropped]


def _is_courtesy(draft: Draft, document: Document) -> bool:
    """Whether a letter only closes with `draft`: "Rất mong các bộ quan tâm, phối hợp thực hiện"."""
    words = _WORDS.findall(document.segmentation.flow.text[draft.start : draft.end].lower())
    return draft.modality == "requested" and document.knowledge.tasks.courtesy.issuperset(words)


def _restates(before: Draft, draft: Draft, text: str) -> bool:
    """Whether `draft` asks for the report or the opinion that `before` asked for without a day."""
    if before.deadline is not None or draft.deadline is None:
        return False
    first, second = fold(text[before.start : before.end]), fold(text[draft.start : draft.end])
    return any(word in first[:60] and word in second for word in ("bao cao", "cho y kien", "gop y", "tham gia y kien"))
