"""The knowledge of vnlegal: the only opener of `vnlegal/data/`. One row type per file, one frozen `Knowledge`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vnlegal.knowledge.agencies import AgencyKnowledge, load_agencies
from vnlegal.knowledge.deadlines import DeadlineKnowledge, load_deadlines
from vnlegal.knowledge.documents import DocumentKnowledge, load_documents
from vnlegal.knowledge.laws import LawKnowledge, load_laws
from vnlegal.knowledge.structure import StructureKnowledge, load_structure
from vnlegal.knowledge.tasks import TaskKnowledge, load_tasks


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the rules know, read once and passed in."""

    agencies: AgencyKnowledge
    documents: DocumentKnowledge
    structure: StructureKnowledge
    deadlines: DeadlineKnowledge
    tasks: TaskKnowledge
    laws: LawKnowledge


@lru_cache(maxsize=4)
def load_knowledge(extra: Path | None = None) -> Knowledge:
    """Load the package's knowledge with the user's own rows from the folder `extra` on top.

    Raises `BadKnowledge` where a row does not hold.
    """
    return Knowledge(
        agencies=load_agencies(extra),
        documents=load_documents(extra),
        structure=load_structure(extra),
        deadlines=load_deadlines(extra),
        tasks=load_tasks(extra),
        laws=load_laws(extra),
    )
