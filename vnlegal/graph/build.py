"""From the facts of many documents to one networkx MultiDiGraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vnlegal.errors import MissingExtra
from vnlegal.knowledge import Knowledge
from vnlegal.works import WorkFacts
from vnlegal.works.resolve import Resolver

if TYPE_CHECKING:
    import networkx

FIELDS = ("number", "kind", "title", "issuer", "date", "effective", "source")


def new_graph() -> networkx.MultiDiGraph[str]:
    """Return an empty graph; raises `MissingExtra` where networkx is not installed."""
    try:
        import networkx
    except ImportError as error:
        raise MissingExtra("đồ thị cần networkx", next_step="py -m pip install networkx") from error
    return networkx.MultiDiGraph()


def build_graph(works: Sequence[WorkFacts], knowledge: Knowledge) -> networkx.MultiDiGraph[str]:
    """Return the graph of the works given and of all they name.

    Node attributes: number, kind, title, issuer, date, effective, source (where known) and `given`, false for a work
    that is only named. Edge attributes: relation, evidence, stated_in, start, end, why (how the target was resolved).
    Two documents of one number stay two nodes: the second is called number#source.
    """
    graph = new_graph()
    resolver = Resolver(works, knowledge)
    names = _name(graph, works)
    for work in works:
        own = names.get(work.source)
        if own is None:
            continue
        for relation, evidence in zip(work.relations, work.evidence, strict=True):
            source = own if relation.source == work.key else _place(graph, relation.source, work.day, resolver)[0]
            target, why = _place(graph, relation.target, work.day, resolver)
            key = f"{relation.relation}@{work.source}"
            if source == target or graph.has_edge(source, target, key):
                continue
            graph.add_edge(
                source,
                target,
                key=key,
                relation=relation.relation,
                evidence=" ".join(evidence.split()),
                stated_in=work.source,
                start=relation.start,
                end=relation.end,
                why=why,
            )
    _title(graph, knowledge)
    return graph


def _name(graph: networkx.MultiDiGraph[str], works: Iterable[WorkFacts]) -> dict[str, str]:
    """Add a node for each document and return its name by the document's source."""
    names: dict[str, str] = {}
    for work in works:
        if work.source in names:
            continue
        name = work.key
        if graph.has_node(name):
            name = f"{work.key}#{work.source}"
        attributes = {field: value for field in FIELDS if (value := getattr(work, field)) is not None}
        graph.add_node(name, given=True, **attributes)
        names[work.source] = name
    return names


def _place(graph: networkx.MultiDiGraph[str], key: str, on: str | None, resolver: Resolver) -> tuple[str, str]:
    """Return the node that a key means, made now if nothing of it was known, and why it is that one."""
    name, why = resolver.resolve(key, on)
    if not graph.has_node(name):
        graph.add_node(name, given=False)
    return name, why


def _title(graph: networkx.MultiDiGraph[str], knowledge: Knowledge) -> None:
    """Give the laws that are only named their title and day from the registry."""
    attributes: dict[str, Any]
    for name, attributes in graph.nodes(data=True):
        known = knowledge.laws.by_number.get(name)
        if known is not None and not attributes["given"]:
            attributes.update(number=name, kind=known.type, title=known.title)
            if known.date:
                attributes["date"] = known.date
