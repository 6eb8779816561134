"""From an analysis to the items a reviewer decides on, with what is doubtful about each."""

from __future__ import annotations

from vnlegal.records import Analysis, Citation, Task
from vnlegal.review.model import DOCUMENT, Item, State, Value

_UNSURE = 0.75  # rules below this confidence are put as questions
_DIRECTED = frozenset(("numbered", "short", "alias", "anaphora"))


def items_of(analysis: Analysis) -> dict[str, Item]:
    """Return the items of an analysis by id: citations, agencies, tasks, findings, and the document itself."""
    items = {DOCUMENT: Item(DOCUMENT, "document", State("open", {}), found={})}
    for citation in analysis.citations:
        items[citation.id] = _item(citation.id, "citation", citation.model_dump(mode="json"), _citation(citation))
    for agency in analysis.agencies:
        items[agency.id] = _item(agency.id, "agency", agency.model_dump(mode="json"), ())
    for task in analysis.tasks:
        items[task.id] = _item(task.id, "task", task.model_dump(mode="json"), _task(task))
    for number, finding in enumerate(analysis.findings, 1):
        name = f"f{number}"
        value = {"id": name, **finding.model_dump(mode="json")}
        doubts = () if finding.severity == "info" else (finding.code,)  # what is only told is no question
        items[name] = _item(name, "finding", value, doubts)
    return items


def _item(name: str, kind: str, value: Value, doubts: tuple[str, ...]) -> Item:
    return Item(name, kind, State("open", value), found=value, doubts=doubts)  # type: ignore[arg-type]


def _citation(citation: Citation) -> tuple[str, ...]:
    doubts = []
    if citation.target is None and citation.kind in _DIRECTED:
        doubts.append("no-target")
    if citation.confidence < _UNSURE:
        doubts.append("unsure")
    return tuple(doubts)


def _task(task: Task) -> tuple[str, ...]:
    doubts = []
    if not task.leads:
        doubts.append("no-lead")
    if task.deadline is not None and task.deadline.anomaly:
        doubts.append("deadline")
    if task.confidence < _UNSURE:
        doubts.append("unsure")
    return tuple(doubts)
