"""Checked documents as training material: gold files, Label Studio, doccano; and back from the latter two.

Both programs keep places and labels. Everything else of a row travels beside the text in `rows` and comes back for the
row that still stands there; a row that people drew anew has its words, its label, and rule "reviewer".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from vnlegal.errors import UnreadableFile
from vnlegal.records import AgencyMention, Analysis, Citation, DocumentRecord, Record, Task

Label = Literal["citation", "agency", "task"]
_GROUPS: dict[Label, tuple[str, type[Record], str]] = {
    "citation": ("citations", Citation, "c"),
    "agency": ("agencies", AgencyMention, "a"),
    "task": ("tasks", Task, "t"),
}
_BY_MACHINE = ("rule", "confidence")
_NEXT_STEP = "xuất lại từ chương trình gán nhãn, dạng JSON có vị trí ký tự"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document's canonical text with its rows."""

    text: str
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch somebody labelled; `id` is that of the row it was made from, where the program kept it."""

    label: Label
    start: int
    end: int
    id: str | None = None


def gold_files(document: Labelled, name: str) -> dict[str, str]:
    """Return the files that `vnlegal evaluate` reads as gold, by name. What is only the machine's stays out."""
    files = {f"{name}.txt": document.text}
    for group, _, _ in _GROUPS.values():
        rows = [row.model_dump(exclude=set(_BY_MACHINE)) for row in getattr(document.analysis, group)]
        files[f"{name}.{group}.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return files


def gold_header(document: Labelled, name: str) -> str:
    """Return the line of headers.jsonl that tells what the head of the document says."""
    left_out = {"source", "sha256", "format", "chars", "letters"}
    return json.dumps({"doc": name, **document.analysis.document.model_dump(exclude=left_out)}, ensure_ascii=False)


def label_studio(documents: Iterable[Labelled]) -> str:
    """Return a task file for Label Studio (a Labels control "label" over a Text object "text")."""
    tasks = []
    for document in documents:
        result = [
            {
                "id": row["id"],
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {"start": row["start"], "end": row["end"], "text": row["text"], "labels": [label]},
            }
            for label, row in _rows(document.analysis)
        ]
        tasks.append({"data": _beside(document) | {"text": document.text}, "annotations": [{"result": result}]})
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def doccano(documents: Iterable[Labelled]) -> str:
    """Return a JSONL file for doccano's sequence labelling."""
    lines = []
    for document in documents:
        marks = [[row["start"], row["end"], label] for label, row in _rows(document.analysis)]
        lines.append(json.dumps({"text": document.text, "label": marks, **_beside(document)}, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)


def read_label_studio(written: str, *, name: str) -> list[Labelled]:
    """Return the documents of an export of Label Studio, the first annotation of each.

    Raises `UnreadableFile` where the file is no such export.
    """
    documents = []
    for n, task in enumerate(_json(written, name), 1):
        try:
            data, annotations = task["data"], task.get("annotations") or task.get("predictions") or [{"result": []}]
            marks = [
                _mark(value["labels"][0], value["start"], value["end"], region.get("id"))
                for region in annotations[0]["result"]
                if region.get("type") == "labels"
                for value in [region["value"]]
            ]
            documents.append(_labelled(data["text"], marks, data))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise UnreadableFile(f"{name}: văn bản thứ {n} không đúng dạng", next_step=_NEXT_STEP) from error
    return documents


def read_doccano(written: str, *, name: str) -> list[Labelled]:
    """Return the documents of an export of doccano (JSONL).

    Raises `UnreadableFile` where the file is no such export.
    """
    documents = []
    for n, line in enumerate(written.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            entities = [(e["start_offset"], e["end_offset"], e["label"]) for e in row.get("entities") or ()]
            marks = [_mark(label, start, end, None) for start, end, label in row.get("label") or entities]
            documents.append(_labelled(row["text"], marks, row))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnreadableFile(f"{name}: dòng {n} không đúng dạng", next_step=_NEXT_STEP) from error
    return documents


def _rows(analysis: Analysis) -> Iterator[tuple[Label, dict[str, Any]]]:
    for label, (group, _, _) in _GROUPS.items():
        for row in getattr(analysis, group):
            yield label, row.model_dump()


def _beside(document: Labelled) -> dict[str, Any]:
    rows = {row["id"]: row for _, row in _rows(document.analysis)}
    return {"document": document.analysis.document.model_dump(), "rows": rows}


def _json(written: str, name: str) -> list[Any]:
    try:
        found = json.loads(written)
    except ValueError as error:
        raise UnreadableFile(f"{name}: không phải JSON", next_step=_NEXT_STEP) from error
    if not isinstance(found, list):
        raise UnreadableFile(f"{name}: không phải danh sách văn bản", next_step=_NEXT_STEP)
    return found


def _mark(label: object, start: object, end: object, name: object) -> _Mark:
    if label not in _GROUPS or not isinstance(start, int) or not isinstance(end, int):
        raise ValueError(label)
    return _Mark(label, start, end, name if isinstance(name, str) else None)


def _labelled(text: str, marks: list[_Mark], beside: dict[str, Any]) -> Labelled:
    """Return the document that the marks make of a text. Raises `ValueError` for a mark outside the text."""
    known: dict[str, dict[str, Any]] = dict(beside.get("rows") or {})
    by_place = {(name[:1], row["start"], row["end"]): name for name, row in known.items()}
    free = {letter: 1 + max((int(n[1:]) for n in known if n[:1] == letter and n[1:].isdigit()), default=0)
            for _, _, letter in _GROUPS.values()}  # fmt: skip
    found: dict[Label, list[Record]] = {label: [] for label in _GROUPS}
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError("a mark outside the text")
        _, record, letter = _GROUPS[mark.label]
        name = by_place.get((letter, mark.start, mark.end)) or (mark.id if mark.id in known else None)
        if name is None or name[:1] != letter:
            name, free[letter] = f"{letter}{free[letter]}", free[letter] + 1
            row = _blank(mark.label, text[mark.start : mark.end])
        else:
            row = known[name]
        place = {"id": name, "start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
        found[mark.label].append(record.model_validate({**row, **place}, strict=False))
    head = beside.get("document") or {"source": "-", "sha256": "", "format": "txt", "chars": len(text)}
    try:
        document = DocumentRecord.model_validate(head, strict=False)
    except ValidationError as error:
        raise ValueError("a head of another kind") from error
    groups = {group: tuple(found[label]) for label, (group, _, _) in _GROUPS.items()}
    return Labelled(text, Analysis(document=document, **groups))  # type: ignore[arg-type]


def _blank(label: Label, words: str) -> dict[str, Any]:
    """Return what a row says that people drew themselves."""
    match label:
        case "citation":
            return {"kind": "named", "rule": "reviewer", "confidence": 1.0}
        case "agency":
            return {"canonical": " ".join(words.split()), "kind": "agency"}
    return {"modality": "assigned", "rule": "reviewer", "confidence": 1.0}
