"""From an analysis to the rows of the index, and from a stored row back to its record."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic_core import PydanticSerializationError

from vnlegal.citations.keys import number_identity, number_key, slug
from vnlegal.index.marks import citation_marks, day_number, state_of, task_marks, task_words, value_mark, written
from vnlegal.index.model import Kind, Passage
from vnlegal.index.words import folded_text, safe
from vnlegal.records import Analysis, Citation, Record, Task

KIND_NUMBER: dict[Kind, int] = {"task": 1, "citation": 2, "passage": 3}
RECORDS: dict[int, type[Task] | type[Citation] | type[Passage]] = {1: Task, 2: Citation, 3: Passage}
_KIND_WORD = re.compile(r"^(?:bo-luat|luat|phap-lenh|hien-phap)-")
_TITLED = ("luat", "bo_luat", "phap_lenh", "hien_phap")


@dataclass(frozen=True, slots=True)
class Work:
    """A document that others cite, as `works` keeps it."""

    key: str
    type: str
    number: str
    title: str


class Row(NamedTuple):
    """One row before it has a number: its kind, last day, state, marks, the words of its text, its JSON."""

    kind: int
    due: int | None
    state: int
    marks: str
    words: str
    json: bytes
    size: int


def bodies(analysis: Analysis) -> dict[str, None]:
    """Return the names of all bodies the marks of an analysis speak of."""
    names: dict[str, None] = {}
    if analysis.document.issuer:
        names[safe(analysis.document.issuer)] = None
    for task in analysis.tasks:
        for actor in (*task.leads, *task.coordinators, *task.approvers):
            names[actor.canonical] = None
    return names


def cited(analysis: Analysis) -> dict[str, Work]:
    """Return the works an analysis cites, by key; the fullest mention of each tells its number and title."""
    out: dict[str, Work] = {}
    for citation in analysis.citations:
        key = citation.target
        if not key:
            continue
        known = out.get(key)
        number = number_identity(citation.number or (key.partition("@")[0] if ":" not in key else ""))
        title = slug(citation.title) if citation.title else ""
        if known is None or (title and not known.title) or len(number) > len(known.number):
            kept = known or Work(key, "", "", "")
            kind = kept.type or citation.doc_type or ""
            out[key] = Work(key, kind, max(kept.number, number, key=len), kept.title or title)
    return out


def own_key(analysis: Analysis) -> str | None:
    """Return the key by which others cite the document itself, None where its text does not tell it."""
    own = next((c.target for c in analysis.citations if c.kind == "self" and c.target), None)
    head = analysis.document
    if own is None and head.number:
        own = number_key(head.number, head.date[:4] if head.date else None)
    return safe(own) if own else None


def own_work(analysis: Analysis) -> dict[str, Work]:
    """Return the document itself as a work, by its key."""
    key, head = own_key(analysis), analysis.document
    if key is None:
        return {}
    title = _KIND_WORD.sub("", slug(head.subject)) if head.subject and head.kind in _TITLED else ""
    return {key: Work(key, head.kind or "", number_identity(head.number or ""), title)}


def document_marks(analysis: Analysis, numbers: dict[str, int], works: dict[str, int]) -> str:
    """Return the marks all rows of a document share."""
    document = analysis.document
    marks = [value_mark("k", document.kind)] if document.kind else []
    if document.issuer:
        marks.append(f"i{numbers[safe(document.issuer)]}")
    own = own_key(analysis)
    if own is not None:
        marks.append(f"o{works[own]}")
    day = day_number(document.date, last=False)
    if day is not None:
        marks += [f"d{day // 100}", f"e{day // 10000}"]
    return " ".join(marks)


def rows(
    analysis: Analysis, paragraphs: Sequence[Passage], numbers: dict[str, int], works: dict[str, int]
) -> Iterator[Row]:
    """Yield the rows of an analysis: tasks, citations, passages. The dicts give bodies and works their numbers."""
    by_id = {citation.id: works[citation.target] for citation in analysis.citations if citation.target}
    inside = sorted((c.start, works[c.target]) for c in analysis.citations if c.target)
    for task in analysis.tasks:
        due = day_number(task.deadline.due) if task.deadline else None
        cites = [by_id[c] for c in task.legal_basis if c in by_id] + _between(inside, task) if by_id else []
        marks = task_marks(task, numbers, cites)
        yield Row(1, due, state_of(task), marks, folded_text(task.text), as_json(task), len(task.text))
    for citation in analysis.citations:
        words = citation_words(citation.text, citation.title, citation.number)
        marks = citation_marks(citation, works)
        yield Row(2, None, 0, marks, words, as_json(citation), len(citation.text))
    for passage in paragraphs:
        yield Row(3, None, 0, "", folded_text(passage.text), as_json(passage), len(passage.text))


def index_words(kind: int, words: str, marks: str, due: int | None, state: int, shared: str) -> str:
    """Return all that the text index holds of a row: its words, its marks, and those of its document."""
    own = task_words(marks, due, state) if kind == KIND_NUMBER["task"] else written(marks)
    return f"{words} {own} {shared}"


def _between(cited: Sequence[tuple[int, int]], task: Task) -> list[int]:
    """Return the works cited inside a task's words. `cited`: offset and work, in order."""
    first, last = bisect_left(cited, (task.start, -1)), bisect_left(cited, (task.end, -1))
    return [work for _, work in cited[first:last]]


def as_json(row: Record, **left_out: Any) -> bytes:
    """Return a record as JSON that every database takes; lone surrogates, which UTF-8 cannot carry, are replaced."""
    try:
        return type(row).__pydantic_serializer__.to_json(row, exclude_defaults=True, **left_out)
    except PydanticSerializationError:
        fields = row.model_dump(mode="python", exclude_defaults=True, **left_out)
        return safe(json.dumps(fields, ensure_ascii=False)).encode("utf-8")


def citation_words(text: str, title: str | None, number: str | None) -> str:
    """Return the words by which a citation is found: its own, its title and number where it leaves them out."""
    return folded_text(" ".join([text, *(more for more in (title, number) if more and more not in text)]))


def stored_words(kind: int, row: dict[str, Any]) -> str:
    """Return the words of a stored row, the same that were indexed."""
    if kind == KIND_NUMBER["citation"]:
        return citation_words(row["text"], row.get("title"), row.get("number"))
    return folded_text(row["text"])
