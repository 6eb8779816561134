"""From outline, agencies, deadlines and cue words to tasks: the order of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation
from vnlegal.tasks.deadlines import find_deadlines
from vnlegal.tasks.descent import Document, descend
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.model import TaskFound
from vnlegal.tasks.prose import Draft, UnitReader, bodies_only
from vnlegal.tasks.regimes import Regime, regime_of


def find_tasks(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    citations: Sequence[Mention],
    knowledge: Knowledge,
) -> list[TaskFound]:
    """Find the tasks of a document in text order."""
    document = _document(segmentation, agencies, knowledge)
    frames = descend(document)
    drafts: list[Draft] = []
    for n, unit in enumerate(segmentation.units):
        if unit.kind in ("item", "body", "article", "heading") and frames[n].mode != "none":
            drafts += _unit(document, n, frames[n], citations)
    return [_task(draft) for draft in drafts]


def _document(segmentation: Segmentation, agencies: Sequence[AgencyFound], knowledge: Knowledge) -> Document:
    regimes: list[Regime] = []
    issuers: list[frozenset[str]] = []
    for part in segmentation.parts:
        regimes.append(regime_of(part, segmentation, regimes[-1] if regimes else None, knowledge))
        own = frozenset({part.header.issuer}) if part.header.issuer else frozenset[str]()
        issuers.append(own | (issuers[-1] if issuers and part.is_annex else frozenset()))
    return Document(
        segmentation,
        agencies,
        [a.start for a in agencies],
        regimes,
        issuers,
        knowledge,
        frozenset(unit.parent for unit in segmentation.units),
    )


def _unit(document: Document, n: int, frame: Frame, citations: Sequence[Mention]) -> list[Draft]:
    unit = document.segmentation.units[n]
    words = document.passage(unit.body, unit.end)
    if bodies_only(words, document.knowledge.tasks, unit.body, document.issuers[unit.part]):
        return []
    date = document.regimes[unit.part].date
    text = document.segmentation.flow.text
    deadlines = find_deadlines(text, unit.body, unit.end, date, document.knowledge)
    setting = replace(document.setting(n, frame), deadlines=tuple(deadlines))
    return UnitReader(words, document.knowledge.tasks, setting).read(unit.body)


def _task(draft: Draft) -> TaskFound:
    return TaskFound(
        draft.start,
        draft.end,
        draft.modality,
        f"prose:{draft.rule}",
        leads=draft.leads,
        coordinators=draft.coordinators,
        deadline=draft.deadline,
        confidence=draft.confidence,
    )
