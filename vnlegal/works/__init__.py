"""From one document to the facts that audits and the graph are made of."""

from vnlegal.works.model import Delegation, Pin, Scope, WorkFacts
from vnlegal.works.read import read_facts

__all__ = ["Delegation", "Pin", "Scope", "WorkFacts", "read_facts"]
