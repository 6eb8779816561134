"""The citation graph: works as nodes, typed relations with their evidence as edges."""

from vnlegal.graph.build import build_graph
from vnlegal.graph.export import EXPORTS, export
from vnlegal.graph.store import load, save

__all__ = ["EXPORTS", "build_graph", "export", "load", "save"]
