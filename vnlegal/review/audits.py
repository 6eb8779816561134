"""The audits on the page: each a table with its evidence, narrowed by what it says and of whom."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from vnlegal.audit import AuditRow, LawAudit, LawRow, Place
from vnlegal.labels import day as day_words
from vnlegal.office.audits import audit_sheet
from vnlegal.office.law_audit import INSTRUMENT, STRENGTH, answer_words, law_sheet, pin_words
from vnlegal.review.auditing import AUDITS, Result
from vnlegal.review.desk import At, Desk, Language, Visitor, fragment, page
from vnlegal.review.facts import Gathered
from vnlegal.review.forms import BadForm, day
from vnlegal.review.model import NoSuchThing
from vnlegal.review.naming import place_in, split_source
from vnlegal.review.tables import send, send_sheet
from vnlegal.review.words import LAW, Words
from vnlegal.works import Pin

router = APIRouter(prefix="/audit", include_in_schema=False)
_SHOWN = 60
_CHOICES = 12
_VERDICTS = ("fails", "open", "holds")


@dataclass(frozen=True, slots=True)
class Link:
    """A place and the address that leads there, if any: a document's name, a line, the words that stand there."""

    name: str
    address: str = ""
    source: str = ""
    line: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an audit as the page shows it. `code` is what it says, `verdict` whether that is well."""

    code: str
    verdict: str
    place: Link
    text: str
    message: str = ""
    calculation: str = ""
    compared: tuple[Link, ...] = ()
    agency: str = ""
    today: str = ""
    due: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an audit, as it stands in the address."""

    kind: str
    as_of: str
    within: int
    planned: int | None
    fields: dict[str, str]
    start: int

    def address(self, form: str = "", **changes: str) -> str:
        """Return the address of the same audit with some fields changed, or of its file in a form."""
        fields = {name: value for name, value in {**self.fields, **changes}.items() if value}
        path = f"/audit/{self.kind}{f'.{form}' if form else ''}"
        return f"{path}?{urlencode(fields)}" if fields else path


def asked(
    kind: str,
    as_of: str = "",
    within: Annotated[int, Query(ge=0, le=3650)] = 15,
    planned: Annotated[int, Query(ge=0)] = 0,
    verdict: str = "",
    code: Annotated[str, Query(max_length=60)] = "",
    source: Annotated[str, Query(max_length=300)] = "",
    agency: Annotated[str, Query(max_length=300)] = "",
    start: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Asked:
    """Read from the address what is asked. Raises `BadForm`, `NoSuchThing`."""
    if kind not in AUDITS:
        raise NoSuchThing("không có phép kiểm tra này", next_step="chọn trong danh sách kiểm tra")
    if verdict and verdict not in _VERDICTS:
        raise BadForm("verdict", "không có kết luận này", next_step="chọn trong danh sách")
    on = day(as_of, "as_of") or date.today().isoformat()
    if len(on) != 10:
        raise BadForm("as_of", "cần đủ ngày, tháng, năm", next_step="viết 30/6/2025")
    fields = {
        "as_of": as_of, "within": "" if within == 15 else str(within), "planned": str(planned or ""),
        "verdict": verdict, "code": code, "source": source, "agency": agency,
    }  # fmt: skip
    return Asked(kind, on, within, planned or None, fields, start)


Question = Annotated[Asked, Depends(asked)]


@router.get("")
def audits(request: Request, desk: At, session: Visitor, words: Language) -> HTMLResponse:
    """Show what every audit finds today, in figures."""
    gathered = desk.auditor.facts.gather()
    today = date.today().isoformat()
    cards = []
    for kind in AUDITS:
        found = lines_of(desk.auditor.ask(kind, gathered, today, within=15, planned=None))
        cards.append((kind, Counter(line.verdict for line in found), _codes(found)[:4]))
    context = {
        "cards": cards,
        "today": today,
        "waiting": gathered.waiting,
        "failed": gathered.failed,
        "documents": len(gathered.readings),
    }
    return page(request, "audits.html", context, session=session)


@router.get("/waiting")
def waiting(desk: At, session: Visitor, words: Language) -> Response:
    """Tell how many documents are still being read for the audits; the page is loaded anew when there is none."""
    left = desk.auditor.facts.gather().waiting
    if not left:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return HTMLResponse(fragment("audit_waiting.html", words, {"waiting": left}))


@router.get("/{kind}.{form}")
def table(form: str, desk: At, session: Visitor, question: Question) -> Response:
    """Send the rows that are asked for as Excel with the words of people, as CSV with codes, or whole as JSON."""
    found = _narrowed(_found(desk, question, desk.auditor.facts.gather()), question)
    name = f"kiem-tra-{question.kind}"
    if form == "json":
        words = json.dumps(found.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1)
        return send(words + "\n", form, name)
    people = form == "xlsx"
    if isinstance(found, LawAudit):
        return send_sheet([law_sheet(found, for_people=people)], form, name)
    return send_sheet([audit_sheet(found, "Kiểm tra", for_people=people)], form, name)


@router.get("/{kind}")
def audit(request: Request, desk: At, session: Visitor, words: Language, question: Question) -> HTMLResponse:
    """Show one audit: its figures, what to narrow it by, its rows with their evidence."""
    gathered = desk.auditor.facts.gather()
    every = lines_of(_found(desk, question, gathered))
    chosen = [line for line in every if _fits(line, question)]
    context = {
        "question": question,
        "kinds": AUDITS,
        "lines": chosen[question.start : question.start + _SHOWN],
        "total": len(chosen),
        "step": _SHOWN,
        "verdicts": _verdicts(every),
        "facets": _facets(every, question, words),
        "waiting": gathered.waiting,
        "failed": gathered.failed,
        "documents": [(doc, one.analysis.document) for doc, one in gathered.readings.items()],
    }
    return page(request, "audit.html", context, session=session)


def _found(desk: Desk, question: Asked, gathered: Gathered) -> Result:
    return desk.auditor.ask(question.kind, gathered, question.as_of, within=question.within, planned=question.planned)


def lines_of(found: Result) -> list[Line]:
    """Return the rows of an audit, those that hold behind."""
    lines = [_law_line(row) if isinstance(row, LawRow) else _line(row) for row in found.rows]
    return sorted(lines, key=lambda line: line.verdict == "holds")


def _line(row: AuditRow) -> Line:
    doc, name = split_source(row.source)
    there = f"/d/{doc}#{row.refs[0]}" if doc and row.refs and not row.compared else ""
    where = there or (place_in(doc, row.start, row.end) if doc else "")
    return Line(
        row.code, row.verdict, Link(name, where, row.source, row.line),
        " ".join(row.text.split()), row.message, row.calculation or "",
        tuple(_compared(one, row.source) for one in row.compared[:4]), row.agency or "", row.today or "", row.due or "",
        row.doubt or "",
    )  # fmt: skip


def _compared(place: Place, source: str) -> Link:
    doc, name = split_source(place.source)
    address = place_in(doc, place.start, place.end) if doc else ""
    words = " ".join(place.text.split())[:200]
    return Link("" if place.source == source else name, address, place.source, place.line, words)


def _law_line(row: LawRow) -> Line:
    doc, name = split_source(row.source)
    pin = pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)) or STRENGTH[row.strength]
    verdict = (
        "fails" if row.owed else "holds" if row.status == "answered" or row.ended_by or row.superseded_by else "open"
    )
    notes = [
        INSTRUMENT.get(row.instrument, row.instrument),
        STRENGTH[row.strength] if row.strength != "explicit" else "",
    ]
    if row.missing:
        notes.append("còn thiếu " + "; ".join(pin_words(one) for one in row.missing))
    if row.overdue:
        notes.append(f"quá hạn: có hiệu lực từ {day_words(row.effective)}")
    if row.superseded_by:
        notes.append(f"khoản đã bị {row.superseded_by} sửa")
    if row.ended_by:
        notes.append(f"văn bản đã bị {row.ended_by} thay")
    answers = tuple(_answer(one.source, one.start, one.end, answer_words(one), one.text) for one in row.answered_by[:4])
    called = f"{pin} {row.of or row.law if not (row.of or row.law).startswith('?') else ''}".strip()
    return Line(
        LAW + row.status, verdict, Link(called, place_in(doc, row.start, row.end) if doc else "", row.source),
        " ".join(row.text.split()), "; ".join(note for note in notes if note), "", answers, row.delegate,
        "; ".join(row.today), "", "" if doc else name,
    )  # fmt: skip


def _answer(source: str, start: int, end: int, said: str, words: str) -> Link:
    doc, _ = split_source(source)
    return Link(said, place_in(doc, start, end) if doc else "", source, None, " ".join(words.split())[:160])


def _fits(line: Line, question: Asked, *, but: str = "") -> bool:
    fields = {name: value for name, value in question.fields.items() if name != but}
    return (
        (not fields.get("verdict") or line.verdict == fields["verdict"])
        and (not fields.get("code") or line.code == fields["code"])
        and (not fields.get("source") or line.place.source == fields["source"])
        and (not fields.get("agency") or fields["agency"] in line.agency.split("; "))
    )


def _narrowed(found: Result, question: Asked) -> Result:
    """Return the audit with only the rows that are asked for."""
    if isinstance(found, LawAudit):
        return found.model_copy(update={"rows": tuple(r for r in found.rows if _fits(_law_line(r), question))})
    return found.model_copy(update={"rows": tuple(r for r in found.rows if _fits(_line(r), question))})


def _codes(lines: Iterable[Line]) -> list[tuple[str, int]]:
    return Counter(line.code for line in lines).most_common()


def _verdicts(lines: Iterable[Line]) -> list[tuple[str, int]]:
    counts = Counter(line.verdict for line in lines)
    return [(name, counts[name]) for name in _VERDICTS if counts[name]]


def _facets(lines: Sequence[Line], question: Asked, words: Words) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """Return what the audit can be narrowed by: field, label, and its values as value, words, how many."""
    codes = Counter(line.code for line in lines if _fits(line, question, but="code"))
    sources = Counter(line.place.source for line in lines if _fits(line, question, but="source"))
    bodies = Counter(
        name for line in lines if _fits(line, question, but="agency") for name in line.agency.split("; ") if name
    )
    found = [
        ("code", words("audit_says"), [(code, words.code(code), n) for code, n in codes.most_common()]),
        ("source", words("col_document"), [(one, split_source(one)[1], n) for one, n in sources.most_common(_CHOICES)]),
        ("agency", words("agency"), [(name, name, n) for name, n in bodies.most_common(_CHOICES)]),
    ]
    return [facet for facet in found if len(facet[2]) > 1 or question.fields[facet[0]]]
