"""From an analysis to the rows of the index, and from a stored row back to its record."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticSerializationError

from vnlegal.citations.keys import number_identity, slug
from vnlegal.index.marks import citation_marks, day_number, task_marks, value_mark
from vnlegal.index.model import Kind, Passage
from vnlegal.index.schema import BLOCK
from vnlegal.index.words import folded, safe
from vnlegal.records import Analysis, Citation, Record, Task

KIND_NUMBER: dict[Kind, int] = {"task": 1, "citation": 2, "passage": 3}
RECORDS: dict[int, type[Task] | type[Citation] | type[Passage]] = {1: Task, 2: Citation, 3: Passage}
_LEVEL = 3  # of compression: the next ones cost more time than they save room


@dataclass(frozen=True, slots=True)
class Work:
    """A document that others cite, as `works` keeps it."""

    key: str
    type: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row before it has a number: its kind, last day, marks, the words of its text, its JSON."""

    kind: int
    due: int | None
    marks: str
    words: tuple[str, ...]
    json: str
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


def document_marks(analysis: Analysis, numbers: dict[str, int]) -> str:
    """Return the marks all rows of a document share."""
    document = analysis.document
    marks = [value_mark("k", document.kind)] if document.kind else []
    if document.issuer:
        marks.append(f"i{numbers[safe(document.issuer)]}")
    day = day_number(document.date, last=False)
    if day is not None:
        marks += [f"d{day // 100}", f"e{day // 10000}"]
    return " ".join(marks)


def rows(
    analysis: Analysis, paragraphs: Sequence[Passage], numbers: dict[str, int], works: dict[str, int]
) -> Iterator[Row]:
    """Yield the rows of an analysis: tasks, citations, passages. The dicts give bodies and works their numbers."""
    by_id = {citation.id: works[citation.target] for citation in analysis.citations if citation.target}
    inside = _Inside(analysis.citations, works)
    for task in analysis.tasks:
        due = day_number(task.deadline.due) if task.deadline else None
        cites = list(dict.fromkeys((*(by_id[c] for c in task.legal_basis if c in by_id), *inside(task))))
        marks = task_marks(task, due, numbers, cites)
        yield Row(1, due, marks, tuple(folded(task.text)), as_json(task), len(task.text))
    for citation in analysis.citations:
        words = citation_words(citation.text, citation.title, citation.number)
        yield Row(2, None, citation_marks(citation, works), words, as_json(citation), len(citation.text))
    for passage in paragraphs:
        yield Row(3, None, "", tuple(folded(passage.text)), as_json(passage), len(passage.text))


class _Inside:
    """Tells which works are cited inside a task's words; tasks come in text order."""

    def __init__(self, citations: Iterable[Citation], works: dict[str, int]) -> None:
        self._rows = sorted((c.start, works[c.target]) for c in citations if c.target)

    def __call__(self, task: Task) -> list[int]:
        from bisect import bisect_left

        if not self._rows:
            return []
        first = bisect_left(self._rows, (task.start, -1))
        last = bisect_left(self._rows, (task.end, -1))
        return [work for _, work in self._rows[first:last]]


def as_json(row: Record, **left_out: Any) -> str:
    """Return a record as JSON that every database takes; lone surrogates, which UTF-8 cannot carry, are replaced."""
    try:
        return row.model_dump_json(exclude_defaults=True, **left_out)
    except PydanticSerializationError:
        return safe(json.dumps(row.model_dump(mode="python", exclude_defaults=True, **left_out), ensure_ascii=False))


def citation_words(text: str, title: str | None, number: str | None) -> tuple[str, ...]:
    """Return the words by which a citation is found: its own, its title and number where it leaves them out."""
    words = folded(text)
    for more in (title, number):
        if more and more not in text:
            words += folded(more)
    return tuple(words)


def stored_words(kind: int, row: dict[str, Any]) -> tuple[str, ...]:
    """Return the words of a stored row, the same that were indexed."""
    if kind == KIND_NUMBER["citation"]:
        return citation_words(row["text"], row.get("title"), row.get("number"))
    return tuple(folded(row["text"]))


def packed(lines: Sequence[str]) -> list[bytes]:
    """Return JSON lines as compressed blocks of `BLOCK` lines."""
    return [
        zlib.compress("\n".join(lines[at : at + BLOCK]).encode("utf-8"), _LEVEL) for at in range(0, len(lines), BLOCK)
    ]


def unpacked(block: bytes) -> list[str]:
    """Return the lines of one block."""
    return zlib.decompress(block).decode("utf-8").split("\n")


def line_of(block: Sequence[str], number: int) -> dict[str, Any]:
    """Return the fields of the row `number`, which stands in `block`."""
    fields: dict[str, Any] = json.loads(block[number % BLOCK])
    return fields
