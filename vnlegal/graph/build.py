"""From the facts of many documents to one networkx MultiDiGraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vnlegal.errors import MissingExtra
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.knowledge.registry import Registry
from vnlegal.records import Analysis, Provision
from vnlegal.works import Pin, WorkFacts
from vnlegal.works.model import Cited
from vnlegal.works.read import facts_of_analysis
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


def build_graph(
    documents: Sequence[WorkFacts | Analysis],
    knowledge: Knowledge | None = None,
    *,
    provisions: bool = False,
    registry: Registry | None = None,
) -> networkx.MultiDiGraph[str]:
    """Return the graph of the documents given, as facts or as analyses, and of all the works they name.

    Node attributes: number, kind, title, issuer, date, effective, source (where known) and `given`, false for a work
    that is only named. Edge attributes: relation, evidence, stated_in, start, end, why (how the target was resolved).
    Two documents of one number stay two nodes: the second is called number#source. `provisions`: also a node for
    each clause that leaves rules to a body and each that a document says it details. `registry`: facts of documents
    that are only named, the package's own where none is given.
    """
    knowledge = knowledge or load_knowledge()
    works = [one if isinstance(one, WorkFacts) else facts_of_analysis(one) for one in documents]
    graph = new_graph()
    resolver = Resolver(works, knowledge, registry)
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
                **_pins(relation.provisions),
            )
    for work in works:
        for cited in work.cited:
            name = resolver.resolve(cited.key, work.day).key
            if graph.has_node(name):
                _tell(graph.nodes[name], cited)
    _title(graph, knowledge, resolver.registry)
    if provisions:
        add_provisions(graph, works, names, resolver)
    return graph


def _pins(provisions: Sequence[Provision]) -> dict[str, str]:
    """Return the provisions of a relation's target as one attribute, none where none is named."""
    words = "; ".join(_words(p.dieu, p.khoan, p.diem) for p in provisions if p.dieu)
    return {"provisions": words} if words else {}


def _words(dieu: str | None, khoan: str | None, diem: str | None) -> str:
    parts = (("điểm", diem), ("khoản", khoan), ("Điều", dieu))
    return " ".join(f"{label} {value}" for label, value in parts if value)


def add_provisions(
    graph: networkx.MultiDiGraph[str], works: Sequence[WorkFacts], names: Mapping[str, str], resolver: Resolver
) -> None:
    """Add the clauses that delegate, and those that scopes name, as nodes below their works.

    A clause is called number/dieu_5/khoan_2/diem_a; `part_of` leads to its work, `implements` (or what the scope
    states) from the document that details it. Attribute `delegates`: the bodies it leaves rules to.
    """

    def clause(law: str, pin: Pin, stated_in: str) -> str:
        labels = (("dieu", pin.dieu), ("khoan", pin.khoan), ("diem", pin.diem))
        name = "/".join([law, *(f"{label}_{value}" for label, value in labels if value)])
        if not graph.has_node(name):
            title = _words(pin.dieu, pin.khoan, pin.diem)
            graph.add_node(name, given=False, kind="provision", number=law, title=title)
            rest = {"stated_in": stated_in, "evidence": title, "start": 0, "end": 0, "why": "number"}
            graph.add_edge(name, law, key=f"part_of@{stated_in}", relation="part_of", **rest)
        return name

    for work in works:
        own = names.get(work.source)
        if own is None:
            continue
        for item in work.delegations:
            law = _place(graph, item.of, work.day, resolver)[0] if item.of else own
            name = clause(law, Pin(dieu=item.dieu, khoan=item.khoan, diem=item.diem), work.source)
            bodies = dict.fromkeys([*filter(None, graph.nodes[name].get("delegates", "").split("; ")), item.delegate])
            graph.nodes[name].update(delegates="; ".join(bodies), text=" ".join(item.text.split()))
        for scope in work.scopes:
            law, why = _place(graph, scope.law, work.day, resolver) if scope.provisions else ("", "")
            for pin in scope.provisions:
                relation = scope.relation or "cites"
                graph.add_edge(
                    own,
                    clause(law, pin, work.source),
                    key=f"{relation}@{work.source}",
                    relation=relation,
                    evidence=" ".join(scope.text.split()),
                    stated_in=work.source,
                    start=scope.start,
                    end=scope.end,
                    why=why,
                )


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


def _tell(attributes: dict[str, Any], cited: Cited) -> None:
    """Give a node what a citation tells of it and nothing told before."""
    for field, value in (("kind", cited.kind), ("title", cited.name)):
        if value and not attributes["given"]:
            attributes.setdefault(field, value)


def _title(graph: networkx.MultiDiGraph[str], knowledge: Knowledge, registry: Registry) -> None:
    """Give the works that are only named what the registries know of them, and laws in capitals their usual title."""
    attributes: dict[str, Any]
    for name, attributes in graph.nodes(data=True):
        if attributes["given"]:
            own = knowledge.laws.by_number.get(name)
            if own is not None and attributes.get("title", "X").isupper():
                attributes["title"] = own.title
            continue
        law, other = knowledge.laws.by_number.get(name), registry.by_key.get(name)
        if law is not None:
            attributes.update(number=name, kind=law.type, title=law.title, **_known(date=law.date))
        elif other is not None:
            days = {"date": other.date, "effective": other.valid_from, "ended_by": other.ended_by}
            told = _known(title=other.title, issuer=other.issuer, **days)
            attributes.update(number=other.number, kind=other.type, **told)


def _known(**fields: str) -> dict[str, str]:
    return {field: value for field, value in fields.items() if value}
