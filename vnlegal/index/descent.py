"""Which documents carry a law out: from the relations the documents of the index state, followed downwards."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from vnlegal.index.schema import documents, relations
from vnlegal.knowledge import Knowledge
from vnlegal.works.resolve import Resolver

# A document's bases (issued_under) name every law that gives its issuer its powers: they are no carrying out.
_DOWN = ("implements", "guides", "executes", "amends", "corrects", "consolidates")


class Edge(NamedTuple):
    """One document carries out, changes or restates another."""

    source: str
    relation: str
    target: str


class Descent:
    """The relations of an index, from the documents above to those below them."""

    def __init__(self, connection: Connection, knowledge: Knowledge) -> None:
        self._resolver = Resolver((), knowledge)
        self._below: dict[str, list[Edge]] = defaultdict(list)
        query = (
            select(relations.c.source, relations.c.relation, relations.c.target, documents.c.date)
            .join(documents, documents.c.id == relations.c.doc)
            .where(relations.c.relation.in_(_DOWN))
            .order_by(documents.c.date, relations.c.source, relations.c.target)
        )
        for source, relation, target, date in connection.execute(query):
            above = self._resolver.resolve(target, date).key
            self._below[above].append(Edge(source, relation, above))

    def under(self, keys: Iterable[str]) -> list[Edge]:
        """Return the documents that carry out those of `keys`, directly or through others, each once, nearest first."""
        start = [key for one in keys for key in (one, self._resolver.resolve(one, None).key)]
        seen = set(start)
        waiting = deque(dict.fromkeys(start))
        out = []
        while waiting:
            for edge in self._below.get(waiting.popleft(), ()):
                if edge.source not in seen:
                    seen.add(edge.source)
                    waiting.append(edge.source)
                    out.append(edge)
        return out
