"""How a document goes into the tables and out of them; all of it inside the caller's transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from vnlegal.index.blocks import line_of, packed, unpacked
from vnlegal.index.dialects import Dialect
from vnlegal.index.marks import day_number, written
from vnlegal.index.model import Passage
from vnlegal.index.rows import (
    Row,
    Work,
    as_json,
    bodies,
    cited,
    document_marks,
    index_words,
    own_key,
    own_work,
    rows,
    stored_words,
)
from vnlegal.index.schema import BLOCK, agencies, documents, entries, payloads, relations, works, years
from vnlegal.index.words import safe
from vnlegal.records import Analysis


class Writer:
    """Writes documents; remembers the numbers of names once their transaction is over."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._numbers: dict[str, dict[str, int]] = {}
        self._fresh: dict[str, dict[str, int]] = {}

    def done(self, *, kept: bool) -> None:
        """Remember what the last transaction numbered, or forget it where it was not kept."""
        for table, fresh in self._fresh.items():
            if kept:
                self._numbers.setdefault(table, {}).update(fresh)
        self._fresh.clear()

    def put(self, connection: Connection, analysis: Analysis, paragraphs: Sequence[Passage], place: str) -> None:
        """Write a document that is not there."""
        document = analysis.document
        named = own_work(analysis) | cited(analysis)
        numbers = self._numbered(connection, agencies, "name", {name: {} for name in bodies(analysis)})
        keys = self._numbered(connection, works, "key", {key: _work(work) for key, work in named.items()})
        last = connection.execute(_LAST).scalar()
        first = 0 if last is None else (last // BLOCK + 1) * BLOCK
        found = list(rows(analysis, paragraphs, numbers, keys))
        day = day_number(document.date, last=False)
        marks = document_marks(analysis, numbers, keys)
        identity = first // BLOCK
        rest = as_json(analysis, exclude={"tasks", "citations", "text"})
        row = {
            "id": identity,
            "place": place,
            "source": safe(document.source),
            "sha256": document.sha256,
            "number": _said(document.number),
            "kind": document.kind,
            "date": document.date,
            "day": day,
            "issuer": _said(document.issuer),
            "subject": _said(document.subject),
            "key": own_key(analysis),
            "marks": marks,
            "first": first,
            "last": first + max(len(found) - 1, 0),
            "tasks": len(analysis.tasks),
            "citations": len(analysis.citations),
            "passages": len(paragraphs),
            "findings": len(analysis.findings),
            "rest": zlib.compress(rest),
        }
        self._dialect.add_rows(connection, documents, [tuple(row[column.name] for column in documents.columns)])
        self._put_rows(connection, found, first, identity, marks)
        self._new_years(connection, found, day)
        told = {(safe(r.source), r.relation, safe(r.target)): None for r in analysis.relations}
        if own_key(analysis) is None:  # a report without a number answers and carries out, too
            nameless = f"?{place}"
            told |= {
                (nameless, c.relation, safe(c.target)): None for c in analysis.citations if c.relation and c.target
            }
        if told:
            self._dialect.add_rows(connection, relations, [(identity, *one) for one in told])

    def _put_rows(self, connection: Connection, found: Sequence[Row], first: int, identity: int, marks: str) -> None:
        if not found:
            return
        self._dialect.add_rows(
            connection,
            entries,
            [(n, row.kind, identity, row.due, row.state, row.size, row.marks) for n, row in enumerate(found, first)],
        )
        blocks = packed([row.json for row in found])
        self._dialect.add_rows(connection, payloads, [(first // BLOCK + n, block) for n, block in enumerate(blocks)])
        shared = written(marks)
        lines: dict[int, list[tuple[int, str]]] = {1: [], 2: [], 3: []}
        for n, row in enumerate(found, first):
            words = index_words(row.kind, row.words, row.marks, row.due, row.state, shared)
            lines[row.kind].append((n, words))
        for kind, some in lines.items():
            if some:
                self._dialect.add_words(connection, kind, some)

    def lines(self, connection: Connection, document: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Yield (row of `entries`, fields) of a document's rows."""
        within = entries.c.id.between(document.first, document.last)
        found = {row.id: row for row in connection.execute(select(entries).where(within))}
        blocks = connection.execute(
            select(payloads).where(payloads.c.id.between(document.first // BLOCK, document.last // BLOCK))
        ).all()
        for block in blocks:
            lines = unpacked(block.data)
            for number in range(block.id * BLOCK, block.id * BLOCK + len(lines)):
                if number in found:
                    yield found[number], line_of(lines, number)

    def drop(self, connection: Connection, document: Any) -> None:
        """Take a document out with all its rows and words."""
        shared = written(document.marks)
        lines: dict[int, list[tuple[int, str]]] = {1: [], 2: [], 3: []}
        for row, fields in self.lines(connection, document):
            own = stored_words(row.kind, fields)
            lines[row.kind].append((row.id, index_words(row.kind, own, row.marks, row.due, row.state, shared)))
        for kind, some in lines.items():
            if some:
                self._dialect.drop_words(connection, kind, some)
        blocks = payloads.c.id.between(document.first // BLOCK, document.last // BLOCK)
        connection.execute(entries.delete().where(entries.c.id.between(document.first, document.last)))
        connection.execute(payloads.delete().where(blocks))
        connection.execute(relations.delete().where(relations.c.doc == document.id))
        connection.execute(documents.delete().where(documents.c.id == document.id))

    def _new_years(self, connection: Connection, found: Iterable[Row], day: int | None) -> None:
        """Remember which years of due days and of issue occur, so that open ranges know where to end."""
        marks = {f"y{year}" for year in {row.due // 10000 for row in found if row.due is not None}}
        if day is not None:
            marks.add(f"e{day // 10000}")
        marks -= self._numbers.get(years.name, {}).keys()
        if not marks:
            return
        known = set(connection.execute(select(years.c.mark).where(years.c.mark.in_(sorted(marks)))).scalars())
        new = sorted(marks - known)
        if new:
            connection.execute(insert(years), [{"mark": mark} for mark in new])
        self._fresh.setdefault(years.name, {}).update(dict.fromkeys(marks, 0))

    def _numbered(
        self, connection: Connection, table: Table, name: str, wanted: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, int]:
        """Return the numbers of names in a table, giving new ones to those it does not have."""
        remembered = self._numbers.get(table.name, {})
        known = {one: remembered[one] for one in wanted if one in remembered}
        names = [one for one in wanted if one not in known]
        column = table.c[name]
        for at in range(0, len(names), 500):
            part = connection.execute(select(column, table.c.id).where(column.in_(names[at : at + 500])))
            known.update((row[0], row[1]) for row in part)
        new = [one for one in names if one not in known]
        if new:
            top = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
            known.update((one, top + n) for n, one in enumerate(new, 1))
            connection.execute(insert(table), [{"id": known[one], name: one, **wanted[one]} for one in new])
        self._fresh.setdefault(table.name, {}).update((one, known[one]) for one in names)
        return known


_LAST = select(func.max(documents.c.last))


def _said(words: str | None) -> str | None:
    return safe(words) if words else words


def _work(work: Work) -> dict[str, Any]:
    return {"type": work.type, "number": work.number, "title": work.title}
