"""The analysis of a document as its reviewers left it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vnlegal.records import Analysis
from vnlegal.review.model import Item
from vnlegal.review.store import Content

_FIELDS = {"citation": "citations", "agency": "agencies", "task": "tasks", "finding": "findings"}


def reviewed(content: Content, items: Mapping[str, Item], *, decided_only: bool = False) -> Analysis:
    """Return the analysis with corrections and additions in it, and without what was rejected.

    `decided_only`: leave out also what nobody has decided on. Rows stand in text order; what a rejected citation was
    a legal basis of loses it.
    """
    kept: dict[str, list[dict[str, Any]]] = {field: [] for field in _FIELDS.values()}
    for item in items.values():
        if item.kind == "document" or item.verdict in ("rejected", "gone"):
            continue
        if decided_only and item.verdict == "open":
            continue
        left_out = {"note", "id"} if item.kind == "finding" else {"note"}
        kept[_FIELDS[item.kind]].append({k: v for k, v in item.value.items() if k not in left_out})
    known = {row["id"] for row in kept["citations"]}
    for task in kept["tasks"]:
        task["legal_basis"] = [name for name in task.get("legal_basis", ()) if name in known]
    for rows in kept.values():
        rows.sort(key=lambda row: (row["start"], row["end"]))
    targets = {row.get("target") for row in kept["citations"]}
    relations = [r.model_dump(mode="json") for r in content.analysis.relations if r.target in targets]
    head = content.analysis.document.model_dump(mode="json")
    return Analysis.model_validate({"document": head, **kept, "relations": relations}, strict=False)
