"""The order of work: a document in, its analysis out.

Document -> segment -> agencies -> citations -> tasks -> (raw offsets) -> findings -> Analysis
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from vnlegal.agencies import AgencyFound, find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.between import find_relations, speakers
from vnlegal.findings import find_doubts
from vnlegal.findings.handwriting import UNSURE, is_by_hand, without_handwriting
from vnlegal.findings.overdue import passed_deadlines
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.records import (
    Actor,
    AgencyMention,
    Analysis,
    Citation,
    Deadline,
    Document,
    DocumentRecord,
    Header,
    Letter,
    Outline,
    OutlineUnit,
    Signer,
    Span,
    Task,
)
from vnlegal.segment import HeaderDraft, Segmentation, segment
from vnlegal.tasks import ActorFound, DeadlineFound, TaskFound, find_tasks

ToRaw = Callable[[int, int], tuple[int, int]]


def analyze(source: Document | Path | str, *, knowledge: Knowledge | None = None, as_of: str | None = None) -> Analysis:
    """Analyze a document, the file at a path, or a text.

    `source`: a `Document`, a `Path` to a file, or a `str`, which is the text itself. `as_of`: an ISO day; deadlines
    that have passed on it become findings.
    """
    knowledge = knowledge or load_knowledge()
    document = as_document(source)
    segmentation = segment(document, knowledge)
    agencies = find_agencies(segmentation, knowledge)
    mentions = find_citations(segmentation, agencies, knowledge)
    tasks = find_tasks(segmentation, agencies, mentions, knowledge) if segmentation.parts else []
    analysis = assemble(document, segmentation, agencies, mentions, tasks, knowledge)
    if as_of is None:
        return analysis
    findings = sorted((*analysis.findings, *passed_deadlines(analysis.tasks, as_of)), key=lambda row: row.start)
    return analysis.model_copy(update={"findings": tuple(findings)})


def as_document(source: Document | Path | str) -> Document:
    """Return `source` as a `Document`."""
    if isinstance(source, Document):
        return source
    if isinstance(source, Path):
        from vnlegal.readers import read

        return read(source)
    return Document(text=source, sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest())


def outline(source: Document | Path | str, *, knowledge: Knowledge | None = None) -> Outline:
    """Return the outline of a document: its structural units in text order, with raw offsets."""
    document = as_document(source)
    segmentation = segment(document, knowledge or load_knowledge())
    shown = [n for n, unit in enumerate(segmentation.units) if unit.kind not in ("body", "cell")]
    ids = {n: f"u{k}" for k, n in enumerate(shown, 1)}
    rows = []
    for n in shown:
        unit = segmentation.units[n]
        start, end = unit.raw_start, unit.raw_end
        if end <= start:
            start, end = segmentation.flow.span(unit.start, unit.end)
        rows.append(
            OutlineUnit(
                id=ids[n],
                kind=unit.kind,
                marker=unit.marker,
                start=start,
                end=end,
                text=document.text[start:end],
                parent=_shown_above(unit.parent, segmentation, ids),
            )
        )
    rows.sort(key=lambda row: (row.start, row.kind != "document", -row.end))
    return Outline(source=document.source, units=tuple(rows))


def _shown_above(at: int, segmentation: Segmentation, ids: dict[int, str]) -> str | None:
    """Return the id of unit `at`, or of the nearest one above it that an outline shows."""
    while at >= 0 and at not in ids:
        at = segmentation.units[at].parent
    return ids.get(at)


def assemble(
    document: Document,
    segmentation: Segmentation,
    agencies: list[AgencyFound],
    mentions: list[Mention],
    tasks: list[TaskFound],
    knowledge: Knowledge,
) -> Analysis:
    """Turn finds in flow coordinates into the published records in raw coordinates."""
    text, raw = document.text, segmentation.flow.span
    head = _document_record(document, segmentation, mentions)
    citations = tuple(
        _without_hand(_citation(n, mention, text, raw), document) for n, mention in enumerate(mentions, 1)
    )
    bodies = []
    for n, found in enumerate(agencies, 1):
        start, end = raw(found.start, found.end)
        bodies.append(
            AgencyMention(
                id=f"a{n}",
                start=start,
                end=end,
                text=text[start:end],
                canonical=found.canonical,
                kind=found.kind,
                today=found.today,
            )
        )
    rows = tuple(_task(n, task, text, raw) for n, task in enumerate(tasks, 1))
    doubts = find_doubts(head, citations, tuple(bodies), rows, knowledge)
    return Analysis(
        document=head,
        citations=citations,
        agencies=tuple(bodies),
        tasks=rows,
        relations=tuple(find_relations(segmentation, mentions, speakers(segmentation, mentions, knowledge))),
        findings=(*document.findings, *doubts),
    )


def _document_record(document: Document, segmentation: Segmentation, mentions: list[Mention]) -> DocumentRecord:
    parts = segmentation.parts
    numbers = {m.number_start: m.number for m in mentions if m.kind == "self" and m.number}

    def header_of(draft: HeaderDraft) -> Header:
        number, date = (span and segmentation.flow.span(*span) for span in (draft.number_span, draft.date_span))
        return without_handwriting(_header(draft, numbers), number, date, document.findings)

    first = header_of(parts[0].header) if parts else Header()
    letters = []
    for part in parts[1:]:
        units = segmentation.units[part.first : part.last]
        if not units:
            continue
        start, end = segmentation.flow.span(units[0].start, units[-1].end)
        letters.append(Letter(**header_of(part.header).model_dump(), start=start, end=end))
    return DocumentRecord(
        **first.model_dump(),
        source=document.source,
        sha256=document.sha256,
        format=document.format,
        chars=len(document.text),
        letters=tuple(letters),
    )


def _header(draft: HeaderDraft, numbers: dict[int, str]) -> Header:
    """Return the header record; `numbers`: the document's own numbers as they should read, by where they stand."""
    mended = numbers.get(draft.number_span[0]) if draft.number_span else None
    signed = draft.signer_name or draft.signer_title
    return Header(
        kind=draft.kind,
        number=mended or draft.number,
        date=draft.date,
        place=draft.place,
        issuer=draft.issuer,
        subject=draft.subject,
        urgency=draft.urgency,
        secrecy=draft.secrecy,
        recipients=draft.recipients,
        copies=draft.copies,
        signer=Signer(name=draft.signer_name, title=draft.signer_title) if signed else None,
    )


def _citation(n: int, mention: Mention, text: str, raw: ToRaw) -> Citation:
    start, end = raw(mention.start, mention.end)
    written = None
    if mention.number_end > mention.number_start >= 0:
        first, last = raw(mention.number_start, mention.number_end)
        written = text[first:last]
    return Citation(
        id=f"c{n}",
        start=start,
        end=end,
        text=text[start:end],
        kind=mention.kind,
        doc_type=mention.doc_type,
        number=mention.number,
        number_as_written=written,
        date=mention.date,
        date_span=raw(mention.date_start, mention.date_end) if mention.date_end > mention.date_start >= 0 else None,
        issuer=mention.issuer,
        title=mention.title,
        provisions=mention.provisions,
        pin_span=raw(mention.pin_start, mention.pin_end) if mention.pin_end > mention.pin_start >= 0 else None,
        is_draft=mention.is_draft,
        quoted=mention.quoted,
        target=mention.target,
        relation=mention.relation,
        rule=mention.rule,
        confidence=mention.confidence,
    )


def _without_hand(citation: Citation, document: Document) -> Citation:
    """Return a citation; less sure where it is the document's own number and was written by hand."""
    if citation.kind != "self" or not is_by_hand((citation.start, citation.end), document.findings):
        return citation
    return citation.model_copy(update={"confidence": min(citation.confidence, UNSURE)})


def _actor(found: ActorFound, text: str, raw: ToRaw) -> Actor:
    start, end = raw(found.start, found.end)
    return Actor(start=start, end=end, text=text[start:end], canonical=found.canonical, inherited=found.inherited)


def _deadline(found: DeadlineFound | None, text: str, raw: ToRaw) -> Deadline | None:
    if found is None:
        return None
    start, end = raw(found.start, found.end)
    return Deadline(
        start=start,
        end=end,
        text=text[start:end],
        kind=found.kind,
        not_before=found.not_before,
        due=found.due,
        exclusive=found.exclusive,
        inherited=found.inherited,
        rule=found.rule,
        anomaly=found.anomaly,
    )


def _span(place: tuple[int, int] | None, text: str, raw: ToRaw) -> Span | None:
    if place is None:
        return None
    start, end = raw(*place)
    return Span(start=start, end=end, text=text[start:end])


def _task(n: int, task: TaskFound, text: str, raw: ToRaw) -> Task:
    start, end = raw(task.start, task.end)
    return Task(
        id=f"t{n}",
        start=start,
        end=end,
        text=text[start:end],
        modality=task.modality,
        leads=tuple(_actor(a, text, raw) for a in task.leads),
        coordinators=tuple(_actor(a, text, raw) for a in task.coordinators),
        approvers=tuple(_actor(a, text, raw) for a in task.approvers),
        deadline=_deadline(task.deadline, text, raw),
        deliverable=_span(task.deliverable, text, raw),
        status=task.status,
        result=_span(task.result, text, raw),
        urgency=task.urgency,
        legal_basis=tuple(f"c{k + 1}" for k in task.legal_basis),
        path=task.path,
        rule=task.rule,
        confidence=task.confidence,
    )
