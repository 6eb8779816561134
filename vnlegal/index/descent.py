"""Which documents carry a law out: from the relations the documents of the index state, followed downwards."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from vnlegal.index.schema import documents, relations
from vnlegal.knowledge import Knowledge
from vnlegal.text import fold

# A document's bases (issued_under) name every law that gives its issuer its powers: they are no carrying out.
_CARRIED_OUT = ("implements", "guides", "executes")
# What changes or restates a work belongs to it where that is what it is for; most laws change others by the way, and
# what carries those laws out is no matter of the one changed.
_CHANGED = ("amends", "corrects", "consolidates")
_FOR_CHANGE = ("sua doi", "bo sung", "dinh chinh", "hop nhat")


class Edge(NamedTuple):
    """One document carries out, changes or restates another."""

    source: str
    relation: str
    target: str


class Descent:
    """The relations of an index, from the documents above to those below them."""

    def __init__(self, connection: Connection, knowledge: Knowledge) -> None:
        from vnlegal.works.resolve import Resolver  # slow to load, and few questions need it

        self._resolver = Resolver((), knowledge)
        self._below: dict[str, list[Edge]] = defaultdict(list)
        norms = {row.key for row in knowledge.documents.types if row.rank is not None} | {"van_ban_hop_nhat"}
        r, d = relations.c, documents.c
        own = {row[0]: row for row in connection.execute(select(d.key, d.kind, d.subject).where(d.key.is_not(None)))}
        query = (
            select(r.source, r.relation, r.target, d.date, d.kind)
            .join(documents, d.id == r.doc)
            .where(r.relation.in_((*_CARRIED_OUT, *_CHANGED)))
            .order_by(d.date, r.source, r.target)
        )
        for source, relation, target, date, kind in connection.execute(query):
            _, kind_, subject = own.get(source, (source, kind, None))
            if relation in _CHANGED and not _is_for_change(relation, subject):
                continue
            if relation == "executes" and kind_ in norms:  # "thực hiện theo Luật X": a reference
                continue
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
                    if edge.relation in _CARRIED_OUT:
                        waiting.append(edge.source)
                    out.append(edge)
        return out


def _is_for_change(relation: str, subject: str | None) -> bool:
    return relation == "consolidates" or any(words in fold(subject or "") for words in _FOR_CHANGE)
