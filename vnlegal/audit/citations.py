"""The citation audit: numbers written wrong, contradictory, of documents that had ended or did not yet bind.

What holds on a day comes from the registries of laws and of other documents, and from the documents given: what they
replace or repeal as a whole, and from when. A number is called unknown only beside a known one of the same title; one
that no registry has is nothing to speak of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vnlegal.audit.beside import beside
from vnlegal.audit.known import Known, known_documents
from vnlegal.audit.rows import Audit, AuditRow, Place, Reading, Verdict, day_words, shorten
from vnlegal.knowledge.laws import LawKnowledge
from vnlegal.knowledge.registry import Registry, load_registry
from vnlegal.records import Citation
from vnlegal.text import fold

# Findings of one document that are the business of this audit, with their verdict.
_OWN: dict[str, Verdict] = {
    "citation-number-malformed": "fails",
    "citation-number-unsure": "open",
    "citation-date-contradiction": "fails",
    "citation-dates-differ": "fails",
    "citation-issuer-contradiction": "fails",
    "citation-later-than-document": "open",
    "number-blank": "open",
}
_ORDER = (
    "citation-ended", "citation-dates-differ", "citation-date-contradiction", "citation-date-wrong",
    "citation-unknown-number", "citation-issuer-contradiction", "citation-later-than-document",
    "citation-number-malformed", "citation-number-unsure", "citation-not-yet-effective", "number-blank",
)  # fmt: skip
# Relations by which a document speaks of the end or the change of another: they name ended documents rightly.
_SPEAKS_OF_IT = frozenset(("replaces", "repeals", "amends", "corrects", "consolidates"))
_LEANS_ON = frozenset(("issued_under", "implements", "guides", "executes"))
_FEWEST_SAYING_SO = 2


def audit_citations(
    readings: Sequence[Reading], as_of: str, laws: LawKnowledge, registry: Registry | None = None
) -> Audit:
    """Return the doubtful citations of the documents, the worst documents first.

    Whether a cited document binds is asked for the day of the citing one; one without a day is asked for `as_of`.
    `registry`: facts of documents that are no laws, the package's own where none is given.
    """
    registry = load_registry() if registry is None else registry
    known = known_documents(readings, laws, registry)
    dates = _dates_by_target(readings)
    rows: list[AuditRow] = []
    for reading in readings:
        found = [
            *_own(reading),
            *_ended(reading, known, as_of),
            *_beside(reading, laws, registry),
            *_dates(reading, known, dates),
        ]
        rows += _once(found)
    worst = Counter(row.source for row in rows if row.verdict == "fails")
    rows.sort(key=lambda row: (-worst[row.source], row.source, _ORDER.index(row.code), row.start))
    citations = sum(len(reading.analysis.citations) for reading in readings)
    counts = Counter(row.code for row in rows)
    summary = {"documents": len(readings), "citations": citations, **{code: counts[code] for code in _ORDER}}
    return Audit(as_of=as_of, summary=summary, rows=tuple(rows))


def _row(
    reading: Reading, citation: Citation, code: str, verdict: Verdict, message: str, *, compared: Iterable[Place] = (),
    doubt: str | None = None,
) -> AuditRow:  # fmt: skip
    place = reading.place(citation.start, citation.end, citation.text)
    return AuditRow(
        **place.model_dump(),
        code=code,
        verdict=verdict,
        severity="warning" if verdict == "fails" else "info",
        message=message,
        compared=tuple(compared),
        doubt=doubt,
        refs=(citation.id,),
    )


def _own(reading: Reading) -> Iterator[AuditRow]:
    """Yield what the document's own findings say of its citations."""
    by_id = {citation.id: citation for citation in reading.analysis.citations}
    for finding in reading.analysis.findings:
        cited = [by_id[ref] for ref in finding.refs if ref in by_id]
        if finding.code not in _OWN or not cited or cited[0].kind == "self":
            continue
        others = (reading.place(c.start, c.end, c.text) for c in cited[1:])
        verdict = _OWN[finding.code]
        doubt = None
        if finding.code == "citation-number-malformed" and _same_letters(cited[0]):
            verdict, doubt = "open", "chỉ sai dấu hoặc khoảng trắng, có thể do nhận dạng chữ"
        elif finding.code == "citation-number-malformed" and _short_code(cited[0]):
            verdict, doubt = "open", "chữ thiếu có thể là ký hiệu của đơn vị soạn thảo"
        yield _row(reading, cited[0], finding.code, verdict, finding.message, compared=others, doubt=doubt)


def _same_letters(citation: Citation) -> bool:
    """Whether a number differs from the right one in marks and blanks alone: "88/2025/ND-CP"."""
    written, right = (re.sub(r"[\W_]", "", fold(n or "")) for n in (citation.number_as_written, citation.number))
    return written == right


def _short_code(citation: Citation) -> bool:
    """Whether only the B of a ministry lacks in the last code, where a unit's own symbol may stand: "VPCP-NN"."""
    written, right = (re.sub(r"[^\w-]", "", fold(n or "")) for n in (citation.number_as_written, citation.number))
    return (
        written.rsplit("-", 1)[0] == right.rsplit("-", 1)[0]
        and right.rsplit("-", 1)[-1] == "b" + written.rsplit("-", 1)[-1]
    )


def _speaks(citation: Citation) -> bool:
    """Whether a citation leans on the document as one that binds, as far as its words tell."""
    return citation.kind in ("numbered", "named", "short", "alias") and not (
        citation.is_draft or citation.quoted or citation.relation in _SPEAKS_OF_IT
    )


def _ended(reading: Reading, known: Mapping[str, Known], as_of: str) -> Iterator[AuditRow]:
    """Yield citations of documents that had ended, or did not yet bind, on the day of the citing document."""
    head = reading.analysis.document
    dated = head.date is not None and len(head.date) == 10
    day = head.date if dated and head.date else as_of
    own = "văn bản này ngày" if dated else "văn bản này không rõ ngày, xét tại"
    spoken_of = {c.target for c in reading.analysis.citations if c.relation in _SPEAKS_OF_IT}
    for citation in reading.analysis.citations:
        fact = known.get(citation.target or "")
        if fact is None or not _speaks(citation) or citation.target in spoken_of:
            continue
        leans = citation.relation in _LEANS_ON and dated
        name = citation.number or fact.number or shorten(citation.text, 60)
        if fact.ends and fact.ends <= day:
            by = f", do {fact.ended_by_name} thay thế hoặc bãi bỏ" if fact.ended_by_name else ""
            yield _row(
                reading, citation, "citation-ended", "fails" if leans else "open",
                f"{name} đã hết hiệu lực từ {day_words(fact.ends)}{by}; {own} {day_words(day)}.",
                compared=(fact.ended_by,) if fact.ended_by else (),
                doubt=None if leans else "câu văn có thể nói về thời gian trước đó",
            )  # fmt: skip
        elif len(fact.begins) == 10 and day < fact.begins:
            yield _row(
                reading, citation, "citation-not-yet-effective", "open",
                f"{name} có hiệu lực từ {day_words(fact.begins)}, sau ngày của văn bản này ({day_words(day)}).",
                doubt="nội dung dẫn chiếu có thể cũng áp dụng từ ngày đó",
            )  # fmt: skip


def _beside(reading: Reading, laws: LawKnowledge, registry: Registry) -> Iterator[AuditRow]:
    """Yield numbers of works that no work has, or another one, beside the number of the work so titled."""
    for citation in reading.analysis.citations:
        found = beside(citation, reading.titles.get(citation.id), laws, registry)
        if found is not None:
            message, verdict, doubt = found
            yield _row(reading, citation, "citation-unknown-number", verdict, message, doubt=doubt)


Dates = Mapping[str, Mapping[str, Sequence[Place]]]


def _dates_by_target(readings: Iterable[Reading]) -> Dates:
    """Return for each document cited the days it is given, each with the first place in every document."""
    out: defaultdict[str, defaultdict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for reading in readings:
        seen: set[tuple[str, str]] = set()
        for c in reading.analysis.citations:
            if not _dated(c) or (c.target or "", c.date or "") in seen:
                continue
            seen.add((c.target or "", c.date or ""))
            out[c.target or ""][c.date or ""].append(reading.place(c.start, c.end, c.text))
    return out


def _dated(citation: Citation) -> bool:
    if citation.kind != "numbered" or not citation.target or citation.is_draft:
        return False
    if not (citation.number or "")[:1].isdigit():  # a number still to be filled in
        return False
    return citation.date is not None and len(citation.date) == 10


def _dates(reading: Reading, known: Mapping[str, Known], dates: Dates) -> Iterator[AuditRow]:
    """Yield days that differ from the known one, or from the one that more documents give."""
    for citation in reading.analysis.citations:
        if not _dated(citation):
            continue
        target, day = citation.target or "", citation.date or ""
        fact = known.get(target)
        if fact is not None and len(fact.date) == 10 and not fact.ended_by:
            law = "/QH" in (citation.number or "")
            if fact.date != day and (law or fact.title):
                what = "ngày thông qua" if law else "ngày ban hành"
                message = f"{citation.number} ghi ngày {day_words(day)}; {what} là {day_words(fact.date)}."
                doubt = None if law else "ngày đã biết lấy từ danh bạ văn bản"
                yield _row(reading, citation, "citation-date-wrong", "fails" if law else "open", message, doubt=doubt)
            continue
        said = dates[target]
        others = {d: [p for p in places if p.source != reading.analysis.document.source] for d, places in said.items()}
        best = max((d for d in others if d != day), key=lambda d: (len(others[d]), d), default=None)
        if best is None or not others[best] or len(others[best]) < len(said[day]):
            continue
        sure = len(others[best]) >= _FEWEST_SAYING_SO and len(others[best]) > len(said[day])
        message = f"{citation.number} ở đây ghi ngày {day_words(day)}, văn bản khác ghi ngày {day_words(best)}."
        verdict: Verdict = "fails" if sure else "open"
        yield _row(reading, citation, "citation-dates-differ", verdict, message, compared=others[best][:3])


def _once(rows: Iterable[AuditRow]) -> list[AuditRow]:
    """Say one thing of one document once, with the ids of all mentions it is true of."""
    first: dict[tuple[str, str], AuditRow] = {}
    told = list(rows)
    better = {row.refs[0] for row in told if row.code == "citation-date-wrong"}
    for row in told:
        if row.code == "citation-date-contradiction" and row.refs[0] in better:
            continue
        key = (row.code, row.message)
        if key in first:
            refs = tuple(dict.fromkeys((*first[key].refs, *row.refs)))
            first[key] = first[key].model_copy(update={"refs": refs})
        else:
            first[key] = row
    return list(first.values())
