"""From one document to the facts that audits and the graph are made of."""

from vnlegal.works.model import Article, Delegation, Detailed, Pin, PlannedClause, Reported, Scope, WorkFacts
from vnlegal.works.planned import read_planned
from vnlegal.works.read import read_facts

__all__ = [
    "Article",
    "Delegation",
    "Detailed",
    "Pin",
    "PlannedClause",
    "Reported",
    "Scope",
    "WorkFacts",
    "read_facts",
    "read_planned",
]
