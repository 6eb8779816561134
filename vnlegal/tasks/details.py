"""How urgent a task is, on what documents it rests, and who helps but does not lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound

_GOVERNING = frozenset({"executes", "assigned_by", "issued_under"})
_GOVERNED_BY = re.compile(
    r"(?:theo|căn cứ|thực hiện|triển khai|quy định tại|được giao tại|giao tại|tại|theo tinh thần"
    r"|theo chỉ đạo[^.;]{0,60})[ \n][^.;]{0,40}$",
    re.IGNORECASE,
)


def urgency(words: Passage, cues: TaskKnowledge, start: int, end: int) -> str | None:
    """Return the word that says how urgent the action is, as written."""
    for found in cues.finders["urgency"].finditer(words.low, start - words.start, min(end, start + 160) - words.start):
        at, to = found.start() + words.start, found.end() + words.start
        said = words.text[at:to]
        if " " in said or said.lower() in cues.exact["urgency"]:
            return " ".join(said.split()).lower()
    return None


def legal_basis(text: str, citations: Sequence[Mention], clause: tuple[int, int], end: int) -> tuple[int, ...]:
    """Return the indexes of the documents that assign or govern a task, cited in its clause."""
    out = []
    for n, mention in enumerate(citations):
        if not clause[0] <= mention.start < end or mention.kind in ("internal", "planned", "self"):
            continue
        left = text[max(clause[0], mention.start - 80) : mention.start]
        if mention.relation in _GOVERNING or _GOVERNED_BY.search(left):
            out.append(n)
    return tuple(out)


def without_lead(coordinators: Sequence[ActorFound], leads: Sequence[ActorFound]) -> tuple[ActorFound, ...]:
    """Return the coordinators once each, without the bodies that lead."""
    names = {actor.canonical for actor in leads}
    out: dict[str, ActorFound] = {}
    for actor in coordinators:
        if actor.canonical not in names:
            out.setdefault(actor.canonical, actor)
    return tuple(replace(actor) for actor in out.values())
