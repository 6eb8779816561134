"""What the rules make of words that a reviewer chose: the first draft of an item that was missed, a new last day."""

from __future__ import annotations

import unicodedata
from typing import Any

from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze
from vnlegal.records import Task
from vnlegal.review.forms import DueReader
from vnlegal.review.model import Value
from vnlegal.tasks.deadlines import parse_cell

_LONGEST = 2_000  # code points of a selection that is analyzed
_CITATION = {"kind", "doc_type", "number", "number_as_written", "date", "issuer", "title", "target", "relation",
             "provisions"}  # fmt: skip


def guessed(kind: str, value: Value, knowledge: Knowledge, day: str | None) -> Value:
    """Return a new item with what the rules read in its words, in a document of that day."""
    words = value["text"]
    if not words.strip() or len(words) > _LONGEST:
        return value
    found = analyze(words, knowledge=knowledge)
    if kind == "citation" and found.citations:
        return value | found.citations[0].model_dump(mode="json", include=_CITATION)
    if kind == "agency":
        names = [(a.canonical, a.kind) for a in found.agencies] or [(" ".join(words.split()), "agency")]
        return value | {"canonical": names[0][0], "kind": names[0][1]}
    if kind == "task" and found.tasks:
        return value | _task(found.tasks[0], value["start"], due_reader(knowledge, day))
    return value


def _task(task: Task, at: int, read_due: DueReader) -> Value:
    """Return the fields of a task that was read in words of their own, as they stand from `at` on in the document."""

    def moved(row: Value) -> Value:
        return row | {"start": row["start"] + at, "end": row["end"] + at}

    fields = task.model_dump(mode="json")
    out: Value = {role: [moved(row) for row in fields[role]] for role in ("leads", "coordinators", "approvers")}
    out |= {name: moved(fields[name]) for name in ("deadline", "deliverable") if fields[name]}
    if "deadline" in out:
        out["deadline"] |= read_due(out["deadline"]["text"])
    return out | {"modality": fields["modality"], "status": fields["status"]}


def due_reader(knowledge: Knowledge, day: str | None) -> DueReader:
    """Return what reads the words of a deadline in a document of that day."""

    def read(words: str) -> Value:
        plain = unicodedata.normalize("NFC", " ".join(words.split()))
        found = parse_cell(plain, 0, len(plain), day, knowledge)
        if found is None:
            return {}
        fields: dict[str, Any] = {"kind": found.kind, "due": found.due, "not_before": found.not_before}
        return fields | {"exclusive": found.exclusive, "rule": found.rule, "anomaly": found.anomaly}

    return read
