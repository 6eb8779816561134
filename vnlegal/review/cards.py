"""What the page says of an item: one line for the list, its facts, its question, why it is there."""

from __future__ import annotations

from typing import Any

from vnlegal.labels import day
from vnlegal.review.model import Item, Value
from vnlegal.review.store import Content
from vnlegal.review.words import Words, provision

_SHORT = 110
SHAPES = {"citation": "§", "agency": "◆", "task": "✓", "finding": "?"}
SIGNS = {"open": "", "accepted": "✔", "rejected": "✘", "gone": "–"}


def title(item: Item) -> str:
    """Return the one line that stands for an item in the list."""
    value = item.value
    words = " ".join(str(value.get("message" if item.kind == "finding" else "text") or "").split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"


def under(item: Item, words: Words) -> str:
    """Return the second line: what the machine or the reviewer makes of the words."""
    value = item.value
    if item.kind == "citation":
        return str(value.get("target") or "?")
    if item.kind == "agency":
        name = str(value.get("canonical") or "")
        return "" if name == value.get("text") else name
    if item.kind == "task":
        lead = "; ".join(actor["canonical"] for actor in value.get("leads") or ()) or "?"
        deadline = value.get("deadline") or {}
        due = day(deadline.get("due")) or " ".join(str(deadline.get("text") or "").split())[:40]
        return f"{lead} · {due}" if due else lead
    return str(value.get("note") or "")


def question(item: Item, words: Words) -> str:
    """Return what is asked about a doubtful item."""
    if item.kind == "finding":
        return words("q_finding")
    return words(f"q_{item.doubts[0]}") if item.doubts else ""


def facts(value: Value, kind: str, words: Words) -> list[tuple[str, str]]:
    """Return the fields of an item as label and words; what is empty has no row."""
    rows: list[tuple[str, Any]] = []
    if kind == "citation":
        rows = [
            (words("target"), value.get("target")),
            (words("number"), value.get("number")),
            (words("date"), day(value.get("date"))),
            (words("title"), value.get("title")),
            (words("issuer"), value.get("issuer")),
            (words("provisions"), "; ".join(provision(p) for p in value.get("provisions") or ())),
            (words("relation"), words.value(value.get("relation"))),
        ]
    elif kind == "agency":
        rows = [(words("canonical"), value.get("canonical")), (words("today"), value.get("today"))]
    elif kind == "task":
        deadline = value.get("deadline") or {}
        rows = [
            (words("modality"), words.value(value.get("modality"))),
            *((words(role), _names(value.get(role))) for role in ("leads", "coordinators", "approvers")),
            (words("deadline"), deadline.get("text")),
            (words("due"), day(deadline.get("due")) or words.value(deadline.get("kind"))),
            (words("status"), words.value(value.get("status"))),
            (words("deliverable"), (value.get("deliverable") or {}).get("text")),
        ]
    elif kind == "finding":
        rows = [(words("note"), value.get("note"))]
    return [(label, " ".join(str(said).split())) for label, said in rows if said]


def _names(actors: list[Value] | None) -> str:
    return "; ".join(actor["canonical"] for actor in actors or ())


def why(item: Item, content: Content, items: dict[str, Item], words: Words) -> list[tuple[str, str]]:
    """Return how the item was found: the rule, how sure it is, and the words that speak for it."""
    value = item.value
    rows: list[tuple[str, Any]] = []
    if value.get("rule"):
        said = words.rule(value["rule"])
        rows.append((words("rule"), f"{said} ({value['rule']})" if said else value["rule"]))
        rows.append((words("confidence"), f"{float(value.get('confidence') or 0):.2f}".replace(".", ",")))
    evidence = []
    for name in ("date_span", "pin_span"):
        if value.get(name):
            start, end = value[name]
            evidence.append(content.text[start:end])
    if value.get("number_as_written"):
        evidence.insert(0, value["number_as_written"])
    evidence += [actor["text"] for actor in value.get("leads") or () if actor["text"]]
    if (value.get("deadline") or {}).get("rule"):
        evidence.append(value["deadline"]["rule"])
    rows.append((words("evidence"), " · ".join(f"“{' '.join(e.split())[:120]}”" for e in dict.fromkeys(evidence))))
    rows.append((words("path"), " › ".join(part[:80] for part in value.get("path") or ())))
    basis = [items[name] for name in value.get("legal_basis") or () if name in items]
    rows.append((words("legal_basis"), "; ".join(str(b.value.get("target") or title(b)) for b in basis)))
    if item.kind == "finding":
        rows.append((words("rule"), str(value.get("code"))))
    if item.found is None:
        rows.append((words("evidence"), words("by_reviewer")))
    return [(label, said) for label, said in rows if said]


def findings_on(item: Item, items: dict[str, Item]) -> list[Item]:
    """Return the findings that concern an item."""
    return [f for f in items.values() if f.kind == "finding" and item.id in (f.value.get("refs") or ())]
