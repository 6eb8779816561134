"""From outline, agencies, deadlines and cue words to tasks: the order of work."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation, Unit
from vnlegal.tasks.bodies import BodyReader
from vnlegal.tasks.clauses import Passage, sentences
from vnlegal.tasks.closing import CLOSING_WORDS, closes, closing_draft, closing_order
from vnlegal.tasks.deadlines import find_deadlines, main_deadline, parse_cell
from vnlegal.tasks.descent import descend
from vnlegal.tasks.details import legal_basis, urgency, without_lead
from vnlegal.tasks.document import Document
from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.fields import Field, above, apply_fields, fields_behind, group_of, label_at, read_field, read_value
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.governing import after_semicolon, answer, govern, of_list
from vnlegal.tasks.merge import own_leads, settle
from vnlegal.tasks.model import DeadlineFound, TaskFound
from vnlegal.tasks.named import bodies_only, whole_group
from vnlegal.tasks.paths import is_headline, own_title, path_of, title_path
from vnlegal.tasks.products import deliverable
from vnlegal.tasks.prose import UnitReader
from vnlegal.tasks.recipients import approvers
from vnlegal.tasks.regimes import Regime, regime_of
from vnlegal.tasks.reports import Reported, ReportReader, stated_above, without_idle
from vnlegal.tasks.roles import Openings
from vnlegal.tasks.sequels import goes_on
from vnlegal.tasks.tables import find_table_tasks

_READ = frozenset({"item", "body", "article", "heading"})
_MOST_BELOW = 1500
_LONGEST_TIME = 80
_FULL_DAY = len("2025-05-14")
_LONGEST_NAME = 300
# "Nội dung: quy định chi tiết khoản 2 Điều 5": what is in a document, not what is to be done
_DESCRIBES = re.compile(r"(?:bao[ ])?gồm[ ]|quy[ ]định[ ](?!tại)|nêu[ ]rõ[ ]", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """What the units of a document have yielded so far. `tails`: where the labels behind the task of a unit begin."""

    drafts: list[Draft] = field(default_factory=list)
    reported: dict[int, Reported] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    accounts: set[int] = field(default_factory=set)
    leading: list[Draft] = field(default_factory=list)
    tails: dict[int, int] = field(default_factory=dict)


def find_tasks(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    citations: Sequence[Mention],
    knowledge: Knowledge,
) -> list[TaskFound]:
    """Find the tasks of a document in text order."""
    document = _document(segmentation, agencies, citations, knowledge)
    frames = descend(document)
    found, text = _Found(), segmentation.flow.text
    signed = -1
    for n, (unit, frame) in enumerate(zip(segmentation.units, frames, strict=True)):
        if unit.kind == "signature":
            signed = unit.part
        elif unit.kind not in _READ:
            continue
        elif frame.mode != "none":
            _read_unit(document, n, frame, found)
        elif unit.part != signed and closes(text, unit.body, unit.end):
            found.drafts += _closing(document, n)
    extra = [*_headings_with_fields(document, frames, found), *_without_list(document, found)]
    drafts = apply_fields(sorted([*found.drafts, *extra], key=lambda d: d.start), found.fields, segmentation.units)
    settled = own_leads(without_idle(settle(drafts, document), found.reported, segmentation), segmentation)
    tasked = frozenset(draft.unit for draft in settled)
    out = [_task(document, draft, frames[draft.unit], found.reported, tasked) for draft in settled]
    out += find_table_tasks(segmentation, agencies, citations, knowledge)
    return sorted(out, key=lambda task: (task.start, task.end))


def _document(
    segmentation: Segmentation, agencies: Sequence[AgencyFound], citations: Sequence[Mention], knowledge: Knowledge
) -> Document:
    regimes: list[Regime] = []
    issuers: list[frozenset[str]] = []
    for part in segmentation.parts:
        regimes.append(regime_of(part, segmentation, regimes[-1] if regimes else None, knowledge))
        own = frozenset({part.header.issuer}) if part.header.issuer else frozenset[str]()
        issuers.append(own | (issuers[-1] if issuers and part.is_annex else frozenset()))
    return Document(
        segmentation=segmentation,
        agencies=agencies,
        starts=[a.start for a in agencies],
        citations=citations,
        cited=[c.start for c in citations],
        regimes=regimes,
        issuers=issuers,
        knowledge=knowledge,
        parents=_parents(segmentation),
        since=max((c.date for c in citations if c.date and len(c.date) == _FULL_DAY), default=None),
    )


def _parents(segmentation: Segmentation) -> frozenset[int]:
    """Return the units that have others under them; a paragraph that only goes on with an item is not under it."""
    units, text = segmentation.units, segmentation.flow.text
    out = set()
    for unit in units:
        above = units[unit.parent] if unit.parent >= 0 else None
        if above is not None and unit.kind == "body" and above.kind == "item" and goes_on(text, above, unit):
            continue
        out.add(unit.parent)
    return frozenset(out)


def _read_unit(document: Document, n: int, frame: Frame, found: _Found) -> None:
    """Read one unit: a label, an account of work done, or orders."""
    units = document.segmentation.units
    unit = units[n]
    words = document.passage(unit.body, unit.end)
    cues = document.knowledge.tasks
    start = Openings(words, cues).glue(unit.body, unit.end)
    label = label_at(words, cues, start)
    runs_on = unit.kind == "body" and after_semicolon(words.text, unit.start) and words.text[unit.start].islower()
    if label is None and (document.is_bare_label(n) or _valued(document, n, words, start, found)):
        return

    def when(a: int, b: int, value: bool) -> DeadlineFound | None:
        return _deadline(document, unit.part, a, b, value=value)

    if (label is not None and label[0] != "field_task") or (unit.kind == "body" and unit.parent >= 0 and not runs_on):
        group = group_of(n, units, document.is_label)
        given = read_field(words, cues, start, n, group, when)
        if given is not None:
            found.fields.append(of_list(given, units, words.text))
            return
    if label is not None:
        start = label[1]
        if _DESCRIBES.match(words.text, start):
            return
        frame = replace(frame, mode="open", free=True) if frame.mode != "none" else frame
    reports = document.regimes[unit.part].family == "report"
    behind = None if reports else fields_behind(words, cues, start, n, when)
    if behind is not None:
        found.tails[n], own = behind
        found.fields.append(own)
        words = document.passage(unit.body, found.tails[n])
    if bodies_only(words, cues, start, document.issuers[unit.part]):
        return
    if _account(document, n, frame, words, start, found):
        return
    deadlines = _deadlines(document, unit.part, unit.body, words.end)
    closed = unit.kind == "item" and n not in document.parents
    reader = UnitReader(words, cues, document.setting(n, frame, deadlines))
    drafts = reader.read(start, closed=closed)
    if reader.leading is not None:
        found.leading.append(reader.leading)
    if reader.governing is not None:
        asked = any(units[draft.unit].part == unit.part for draft in found.drafts)
        sending = reader.sending(start) if not drafts and _is_letter(document, n) else None
        if sending is not None and not asked:
            found.drafts.append(sending)
        elif sending is None or not answer(found.drafts, sending, units, words.text):
            govern(found.drafts, n, reader.governing, units, words.text, said=bool(drafts))
    if n in document.parents and label is None:
        drafts = _under_headline(document, n, drafts, words, start, found)
    found.drafts += drafts


def _valued(document: Document, n: int, words: Passage, start: int, found: _Found) -> bool:
    """Note the bodies of a unit that stands below a label of bodies; tell whether it does."""
    units, label = document.segmentation.units, document.segmentation.units[n].parent
    role = document.office(label) if units[n].end - start < _LONGEST_NAME and n not in document.parents else ""
    if not role:
        return False
    group = next((at for at in above(units[label].parent, units) if not document.office(at)), -1)
    if group < 0:
        return False
    value = read_value(words, document.knowledge.tasks, role, start, Field(n, group, label=label))
    if value is None:
        return False
    if found.fields and found.fields[-1].label == label:
        found.fields[-1] = found.fields[-1].joined(value)
    else:
        found.fields.append(value)
    return True


def _is_letter(document: Document, n: int) -> bool:
    """Whether unit `n` stands in a letter."""
    return document.regimes[document.segmentation.units[n].part].family == "letter"


def _account(document: Document, n: int, frame: Frame, words: Passage, start: int, found: _Found) -> bool:
    """Note the tasks that a unit gives an account of; tell whether that is all it says."""
    units = document.segmentation.units
    unit, regime = units[n], document.regimes[units[n].part]
    reports = regime.family == "report"
    state = stated_above(n, document.segmentation, document.knowledge) if reports else None
    account = state is not None or frame.section == "report" or (reports and frame.mode == "off")
    account = account and not any(k in found.accounts for k in above(unit.parent, units))
    rows = ReportReader(words, document.knowledge, n, partial(_below, document, n), state).read(
        start, account=account, marked=unit.kind == "item"
    )
    for row in rows:
        found.reported[row.draft.start] = row
        times = _deadlines(document, unit.part, unit.body, row.draft.end)
        found.drafts.append(replace(row.draft, deadline=main_deadline(times)))
        found.accounts.add(n)
    return bool(rows) and not regime.comment and (account or reports)


def _under_headline(
    document: Document, n: int, drafts: list[Draft], words: Passage, start: int, found: _Found
) -> list[Draft]:
    """Return what a unit with others under it orders itself; what only leads in to them is noted as such."""
    if whole_group(words, document.knowledge.tasks, start):
        return []
    headline = is_headline(document.segmentation.units[n], words.text, has_children=True)
    kept = [d for d in drafts if d.explicit or not (headline or d.rule.startswith("item"))]
    if len(kept) < len(drafts) and words.low.rstrip().endswith(":"):
        found.leading.append(drafts[-1])
    return kept


def _closing(document: Document, n: int) -> list[Draft]:
    """Return the closing order of a law, decree, circular or decision on rules, which orders nothing else in `n`."""
    units, regime = document.segmentation.units, document.regimes[document.segmentation.units[n].part]
    unit, text = units[n], document.segmentation.flow.text
    if regime.family != "normative" or regime.attached:
        return []
    if all(text.find(word, unit.body, unit.end) < 0 for word in CLOSING_WORDS):
        return []
    if any(document.quoted(units[k]) for k in above(n, units)):
        return []
    bodies = BodyReader(document.passage(unit.body, unit.end), document.knowledge.tasks)
    read = (closing_order(bodies, start, end) for start, end in sentences(text, unit.body, bodies.words.end))
    return [closing_draft(n, closing, document.issuers[unit.part]) for closing in read if closing is not None]


def _deadlines(document: Document, part: int, start: int, end: int) -> list[DeadlineFound]:
    first, last = bisect_left(document.cited, start), bisect_left(document.cited, end)
    spans = [_with_date(c) for c in document.citations[first:last]]
    text, knowledge = document.segmentation.flow.text, document.knowledge
    return find_deadlines(text, start, end, document.regimes[part].date or document.since, knowledge, exclude=spans)


def _with_date(citation: Mention) -> tuple[int, int]:
    return citation.start, max(citation.end, citation.date_end)


def _deadline(document: Document, part: int, start: int, end: int, *, value: bool) -> DeadlineFound | None:
    """Return the deadline that governs a stretch. `value`: it is all a label says, as the cell of a table."""
    found = main_deadline(_deadlines(document, part, start, end))
    if (found is not None and found.kind != "recurring") or not value or end - start > _LONGEST_TIME:
        return found
    cell = parse_cell(document.segmentation.flow.text, start, end, document.regimes[part].date, document.knowledge)
    if found is not None:
        # "Tháng 12/2026 và thường xuyên": the first time counts
        return cell if cell is not None and cell.due else found
    return cell if cell is not None and cell.kind != "relative" else None


def _below(document: Document, n: int) -> Passage | None:
    """Return the text of the units that stand under unit `n` up to a table, None where there are none."""
    if n not in document.parents:
        return None
    units = document.segmentation.units
    last, most = n + 1, units[n].end + _MOST_BELOW
    while last < len(units) and units[last].start < most and units[last].kind != "table" and n in above(last, units):
        last += 1
    return document.passage(units[n + 1].body, units[last - 1].end) if last > n + 1 else None


def _without_list(document: Document, found: _Found) -> list[Draft]:
    """Return the tasks that lead in a list of which no item is a task."""
    units = document.segmentation.units
    held = {k for d in found.drafts if not d.rule.startswith("item") for k in above(d.unit, units)}
    out = []
    for draft in found.leading:
        unit = units[draft.unit]
        if unit.kind == "body":
            after = range(draft.unit + 1, min(draft.unit + 4, len(units)))
            told = any(k in held for k in after if units[k].parent in (draft.unit, unit.parent))
        else:
            told = draft.unit in held
        if not told and draft.leads:
            out.append(draft)
    return out


def _headings_with_fields(document: Document, frames: Sequence[Frame], found: _Found) -> list[Draft]:
    """Return the headings that are tasks themselves: labels stand under them, and no task does.

    One that only names a thing ("1. Nghị định về chợ") is a task where the labels say who does it, and when or with
    whom.
    """
    units = document.segmentation.units
    held = {k for draft in found.drafts for k in above(draft.unit, units)}
    led = {f.group for f in found.fields if f.leads} & {f.group for f in found.fields if f.deadline or f.coordinators}
    out = []
    for group in dict.fromkeys(f.group for f in found.fields if f.leads or f.deadline):
        if group < 0 or group in held or frames[group].mode == "none":
            continue
        unit = units[group]
        words = document.passage(unit.body, unit.end)
        openings = Openings(words, document.knowledge.tasks)
        start = openings.glue(unit.body, unit.end)
        if not openings.is_verb(start) and (group not in led or not _names_a_thing(unit)):
            continue
        end = found.tails.get(group, unit.end)
        while end > start and document.segmentation.flow.text[end - 1] in " .:;":
            end -= 1
        out.append(Draft(group, (start, end), start, end, "assigned", "heading", confidence=0.8))
    return out


def _names_a_thing(unit: Unit) -> bool:
    return unit.kind in ("item", "heading") and unit.marker is not None and unit.end - unit.body <= _LONGEST_NAME


def _task(
    document: Document, draft: Draft, frame: Frame, reported: dict[int, Reported], tasked: frozenset[int]
) -> TaskFound:
    segmentation, cues = document.segmentation, document.knowledge.tasks
    unit = segmentation.units[draft.unit]
    words = document.passage(unit.body, unit.end)
    row = reported.get(draft.start) if draft.modality == "reported" else None
    end = min(unit.end, draft.clause[1] + 1)
    family = document.regimes[unit.part].family
    own = draft.modality in ("assigned", "requested") and family != "report" and frame.section != "report"
    part = segmentation.parts[unit.part]
    path = path_of(draft.unit, segmentation, document.parents, tasked, own_marker=own)
    if not own and unit.kind == "item" and not draft.explicit:
        path += own_title(unit, segmentation, draft.start)
    first, last = bisect_left(document.cited, draft.clause[0]), bisect_left(document.cited, end)
    basis = legal_basis(segmentation.flow.text, document.citations[first:last], draft.clause, end)
    return TaskFound(
        draft.start,
        draft.end,
        draft.modality,
        f"prose:{draft.rule}",
        leads=draft.leads,
        coordinators=without_lead(draft.coordinators, draft.leads),
        approvers=approvers(words, cues, draft.start, end, draft.leads) if end <= unit.end else (),
        deadline=draft.deadline,
        deliverable=draft.product or deliverable(words, cues, draft.start, draft.end),
        status=row.status if row else None,
        result=row.result if row else None,
        urgency=urgency(words, cues, draft.start, draft.end),
        legal_basis=tuple(first + k for k in basis),
        path=path or title_path(part.first, part.last, segmentation),
        confidence=draft.confidence,
    )
