"""What was found in a document as Word comments at the very words, in a copy of the original.

A Word file keeps every letter and every format it has; runs are cut where a comment begins or ends. Of any other file
a plain Word copy of its text is made. Comments cannot stand in notes: those on a footnote stand at its call.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.labels import DEADLINE, MODALITY, RELATION, SEVERITY, STATUS, day, day_named, work_words
from vnlegal.readers.docx import Piece, trace_docx
from vnlegal.records import Actor, Analysis, Citation, Document, Finding, FootnoteSpan, Task

AUTHOR = "vnlegal"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of the words `start`..`end` of the canonical text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the text that is a whole number of runs: its `w:t` element."""

    start: int
    end: int
    element: Any


def remarks(analysis: Analysis) -> list[Remark]:
    """Return a remark for each citation, task and finding, in text order."""
    found = [
        *(Remark(row.start, row.end, _of_finding(row)) for row in analysis.findings if row.end > row.start),
        *(Remark(row.start, row.end, _of_task(row)) for row in analysis.tasks),
        *(Remark(row.start, row.end, _of_citation(row)) for row in analysis.citations),
    ]
    return sorted(found, key=lambda remark: (remark.start, -remark.end))


def commented(data: bytes, document: Document, analysis: Analysis, *, name: str) -> bytes:
    """Return a Word file that carries the remarks on `document`, whose bytes are `data`.

    Raises `UnreadableFile` where a Word file cannot be opened, `MissingExtra` where the library is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra(
            "ghi tệp Word cần thư viện python-docx", next_step='pip install "vnlegal[office]"'
        ) from error
    if document.format == "docx":
        try:
            word = docx.Document(BytesIO(data))
        except Exception as error:  # the library raises whatever a broken part of the file makes it raise
            raise UnreadableFile(f"{name}: không mở được ({error})", next_step="lưu lại bằng Word") from error
    else:
        word = docx.Document()
        for line in document.text.removesuffix("\n").split("\n"):
            word.add_paragraph(_NOT_XML.sub(" ", line))
        made = BytesIO()
        word.save(made)
        data = made.getvalue()
    pieces = trace_docx(data, name=name, body=word.element.body)
    notes = document.layout.footnotes if document.layout is not None and document.format == "docx" else ()
    _comment(word, pieces, [_out_of_notes(remark, notes) for remark in remarks(analysis)])
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _comment(word: Any, pieces: Sequence[Piece], wanted: Sequence[Remark]) -> None:
    from docx.text.run import Run

    ordered = sorted((piece for piece in pieces if piece.words), key=lambda piece: piece.start)
    cuts = sorted({place for remark in wanted for place in (remark.start, remark.end)})
    stretches = [stretch for piece in ordered for stretch in _cut(piece, cuts)]
    starts, ends = [s.start for s in stretches], [s.end for s in stretches]
    for remark in wanted:
        if not stretches:
            return
        first = min(bisect_right(ends, remark.start), len(stretches) - 1)
        last = max(bisect_left(starts, max(remark.end, remark.start + 1)) - 1, first)
        runs = [Run(stretches[n].element.getparent(), word) for n in (first, last)]
        word.add_comment(runs, text=_NOT_XML.sub(" ", remark.text), author=AUTHOR, initials="vn")


def _cut(piece: Piece, cuts: Sequence[int]) -> Iterator[_Stretch]:
    """Cut the run of a piece at the places within it; yield what comes of it, each in a run of its own at the cuts.

    Where the words read otherwise than they are written (old fonts, drawn capitals) the run stays whole.
    """
    first, last = bisect_left(cuts, piece.start), bisect_right(cuts, piece.end)
    element, start = piece.element, piece.start
    if len(element.text or "") != len(piece.words):
        yield _Stretch(start, piece.end, element)
        return
    for place in cuts[first:last]:
        if place == piece.start:
            _apart(element)
        elif place == piece.end:
            if element.getnext() is not None:
                _apart(element.getnext())
        else:
            rest = deepcopy(element)
            words = element.text
            element.text, rest.text = words[: place - start], words[place - start :]
            for part in (element, rest):
                part.set(_SPACE, "preserve")
            element.addnext(rest)
            _apart(rest)
            yield _Stretch(start, place, element)
            element, start = rest, place
    yield _Stretch(start, piece.end, element)


def _apart(element: Any) -> None:
    """Let a new run of the same look begin with `element`, unless its run does so already."""
    run = element.getparent()
    before = element.getprevious()
    if before is None or before.tag == _W + "rPr":
        return
    fresh = run.makeelement(run.tag, dict(run.attrib))
    look = run.find(_W + "rPr")
    if look is not None:
        fresh.append(deepcopy(look))
    run.addnext(fresh)
    moved = [element, *element.itersiblings()]
    for child in moved:
        fresh.append(child)


def _out_of_notes(remark: Remark, notes: Iterable[FootnoteSpan]) -> Remark:
    """Return a remark on a footnote as one on the letter before its call."""
    for note in notes:
        if note.start <= remark.start < note.end and note.anchor is not None:
            place = max(note.anchor - 1, 0)
            return Remark(place, place + 1, f"Chú thích {note.label}: {remark.text}")
    return remark


def _of_citation(row: Citation) -> str:
    number = work_words(row.target)
    called = number or (row.title if row.target else None) or "chưa rõ văn bản nào"
    facts = (row.title if number else None, row.issuer, day_named(row.date))
    head = "; ".join(part for part in facts if part)
    lines = [f"VIỆN DẪN: {called}" + (" (dự thảo)" if row.is_draft else "")]
    if head:
        lines.append(head)
    if row.relation and row.relation != "cites":
        lines.append(f"Quan hệ: {RELATION.get(row.relation, row.relation)}")
    return "\n".join([*lines, _sure(row.rule, row.confidence)])


def _of_task(row: Task) -> str:
    lines = [f"NHIỆM VỤ ({MODALITY[row.modality]})"]
    lines.append(f"Chủ trì: {_names(row.leads) or 'chưa rõ'}")
    if row.coordinators:
        lines.append(f"Phối hợp: {_names(row.coordinators)}")
    if row.deadline is not None:
        words = " ".join(row.deadline.text.split())
        lines.append(
            f"Hạn: {day(row.deadline.due) or DEADLINE.get(row.deadline.kind, '')} ({words})".replace(" ()", "")
        )
    if row.status:
        lines.append(f"Tình trạng: {STATUS[row.status]}")
    return "\n".join([*lines, _sure(row.rule, row.confidence)])


def _of_finding(row: Finding) -> str:
    return f"CẦN XEM ({SEVERITY[row.severity]}): {row.message}\n{row.code}"


def _sure(rule: str, confidence: float) -> str:
    return f"Quy tắc: {rule}; độ chắc chắn {confidence:.0%}"


def _names(actors: Iterable[Actor]) -> str:
    return "; ".join(dict.fromkeys(actor.canonical for actor in actors if actor.canonical))
