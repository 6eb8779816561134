"""How a question becomes a page: names to marks, candidates from the text index, their order, their counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select, text

from vnlegal.index.descent import Descent, Edge
from vnlegal.index.dialects import Dialect
from vnlegal.index.facets import facets_of, tally
from vnlegal.index.fetching import hits_of, texts_of
from vnlegal.index.filters import Inside, Names, Wanted, wanted_of
from vnlegal.index.frequency import Frequencies, frequencies
from vnlegal.index.laws import kinds_named, works_named
from vnlegal.index.lore import Lore
from vnlegal.index.model import BadQuery, Facet, Filters, Hit, Kind, Page, Reply
from vnlegal.index.names import Bodies
from vnlegal.index.query import Clause, Near, Query, Words, parse
from vnlegal.index.ranking import LAST, READ, Candidate, first_order, ranked
from vnlegal.index.rows import KIND_NUMBER, Work
from vnlegal.index.sameness import ALIKE, likeness, may_be_one, parts_of_run, shared_run
from vnlegal.index.schema import agencies, documents, entries, relations, works, years
from vnlegal.index.words import folded, safe
from vnlegal.knowledge import Knowledge
from vnlegal.records import Task

CANDIDATES = 120  # rows of one closeness that are put in order; those beyond follow in the order of the index
_MORE = 500  # rows that are put in order where too few of the first have the words close together
_ENOUGH = 20  # rows of one closeness for which the next one is not asked
_ANSWERS = ("replies_to", "executes", "assigned_by", "cites")  # the clearest first
_MOST_FILES = 50  # documents that one name of a file may mean
_PART = 256  # rows in a row that are counted or left out together
_HELD = 120  # rows of a few shared words that are held against a task
_OWN = 6  # different texts that state one task; words that more have in common are a set phrase


class Finder:
    """Answers questions over one connection; keeps the names of the index at hand."""

    def __init__(self, dialect: Dialect, knowledge: Knowledge) -> None:
        self._dialect = dialect
        self._lore = Lore(knowledge)
        self._bodies = Bodies({}, self._lore)
        self._bodies_top = 0
        self._works: list[tuple[int, Work]] = []
        self._laws: dict[str, tuple[int, ...]] = {}
        self._years: tuple[str, ...] = ()
        self._frequencies: Frequencies | None = None
        self._descent: tuple[tuple[int, int], Descent] | None = None

    def page(
        self,
        connection: Connection,
        query: str,
        filters: Filters,
        kind: Kind,
        limit: int,
        offset: int,
        *,
        ranked: bool,
        facets: bool,
        most_counted: int | None,
    ) -> Page:
        """Return one page of answers; facets are counted over `most_counted` rows or so where more answer."""
        bodies = self._names(connection)
        asked = parse(query, bodies.named)
        wanted = self._wanted(connection, filters, bodies)
        number = KIND_NUMBER[kind]
        clauses = [*wanted.clauses, *asked.clauses]
        without = [*asked.without, *wanted.without]
        if without and not clauses:
            raise BadQuery("chỉ có từ cần loại ra", next_step="viết thêm ít nhất một từ cần tìm")
        if ranked and asked.clauses:
            found = self._ranked(connection, asked, wanted, number, offset + limit)
            first = found[offset : offset + limit]
        else:
            ids = self._ids(connection, number, clauses, without, wanted, limit, offset, by_day=ranked)
            first = [(one, 0.0) for one in ids]
        rows = tuple(hits_of(connection, first, kind, asked.words))
        if not facets:
            return Page(total=None, rows=rows)
        total = self._total(connection, number, clauses, without, wanted)
        every = -(-total // most_counted) if most_counted and total > most_counted else 1
        counts = self._facets(connection, clauses, without, wanted, every) if kind == "task" else {}
        return Page(total=total, facets=counts, at_least=every > 1 and bool(counts), rows=rows)

    def same(self, connection: Connection, hit: Hit, most: int) -> tuple[Hit, ...]:
        """Return rows of other places that state the task of `hit`, in the order of their documents' dates."""
        words = sorted(set(folded(hit.row.text)), key=lambda word: (-len(word), word))[:12]
        number = KIND_NUMBER[hit.kind]
        ids: dict[int, None] = {}
        for at in range(0, len(words), 3):
            clauses: list[Clause] = [(Words((word,)),) for word in words[at : at + 3]]
            ids.update(dict.fromkeys(self._ids(connection, number, clauses, [], Wanted(), _HELD, 0)))
        ids.pop(hit.entry, None)
        texts = texts_of(connection, list(ids))
        alike: list[tuple[int, float]] = []
        own: dict[tuple[str, ...], bool] = {}
        for one in ids:
            share = likeness(hit.row.text, texts.get(one, ""))
            if share < ALIKE and (run := shared_run(hit.row.text, texts.get(one, ""))):
                if run not in own:
                    own[run] = self._is_own(connection, number, run)
                share = ALIKE if own[run] else share
            if share >= ALIKE:
                alike.append((one, share))
        kept = hits_of(connection, [(one, round(share, 3)) for one, share in alike], hit.kind, frozenset())
        if isinstance(hit.row, Task):
            kept = [other for other in kept if _may_be_one(hit, other)]
        kept.sort(key=lambda other: (other.date or "9999", other.entry))
        return tuple(kept[:most])

    def _is_own(self, connection: Connection, kind: int, run: tuple[str, ...]) -> bool:
        """Whether words in a row are one task's own: every part of a set phrase stands in many different texts."""
        return any(self._is_rare(connection, kind, part) for part in parts_of_run(run))

    def _is_rare(self, connection: Connection, kind: int, words: tuple[str, ...]) -> bool:
        ids = self._ids(connection, kind, [(Words(words),)], [], Wanted(), _HELD, 0)
        return len({" ".join(folded(own)) for own in texts_of(connection, ids).values()}) <= _OWN

    def answers(self, connection: Connection, hit: Hit, most: int) -> tuple[Reply, ...]:
        """Return one passage of each document that answers, carries out or names the letter of `hit`, oldest first.

        Of each the passage that has most of the request's words.
        """
        if hit.key is None:
            return ()
        query = (
            select(documents.c.id, documents.c.first, documents.c.last, relations.c.relation)
            .join(relations, relations.c.doc == documents.c.id)
            .where(relations.c.target == hit.key, relations.c.relation.in_(_ANSWERS), relations.c.source != hit.key)
            .order_by(func.coalesce(documents.c.date, "9999"), documents.c.id)
        )
        told: dict[tuple[int, int, int], str] = {}
        for identity, first, last, relation in connection.execute(query):
            known = told.setdefault((identity, first, last), relation)
            told[identity, first, last] = min(known, relation, key=_ANSWERS.index)
        asked = set(folded(hit.row.text))
        found = []
        for (_, first, last), relation in list(told.items())[:most]:
            within = (entries.c.kind == KIND_NUMBER["passage"]) & entries.c.id.between(first, last)
            numbers = list(connection.execute(select(entries.c.id).where(within).order_by(entries.c.id)).scalars())
            shares = {n: len(asked & set(folded(own))) / len(asked) for n, own in texts_of(connection, numbers).items()}
            if shares:
                best = max(numbers, key=lambda n: (shares[n], -n))
                passage = hits_of(connection, [(best, round(shares[best], 3))], "passage", frozenset())
                found += [Reply(relation=relation, passage=one) for one in passage]
        return tuple(found)

    def under(self, connection: Connection, written: str) -> tuple[tuple[int, ...], list[Edge]]:
        """Return the numbers of the works meant and of those that carry them out, and how these hang together."""
        numbers = self._law(connection, written)
        keys = dict(self._works)
        tree = self._tree(connection)
        edges = tree.under([keys[n].key for n in numbers])
        known = {work.key: n for n, work in self._works}
        below = [known[edge.source] for edge in edges if edge.source in known]
        return tuple(dict.fromkeys((*numbers, *below))), edges

    def _tree(self, connection: Connection) -> Descent:
        """Return the relations of the index, read again where documents came or went."""
        c = documents.c
        state = connection.execute(select(func.coalesce(func.max(c.id), 0), func.count(c.id))).one()
        if self._descent is None or self._descent[0] != tuple(state):
            self._descent = (state[0], state[1]), Descent(connection, self._lore.knowledge)
        return self._descent[1]

    def _names(self, connection: Connection) -> Bodies:
        """Return the bodies of the index, read again where new ones came in."""
        top = connection.execute(_TOP_BODY).scalar_one()
        if top != self._bodies_top:
            rows = connection.execute(select(agencies.c.name, agencies.c.id))
            self._bodies, self._bodies_top = Bodies({row[0]: row[1] for row in rows}, self._lore), top
        return self._bodies

    def _law(self, connection: Connection, written: str) -> tuple[int, ...]:
        top = connection.execute(select(func.coalesce(func.max(works.c.id), 0))).scalar_one()
        if not self._works or self._works[-1][0] != top:
            rows = connection.execute(select(works).order_by(works.c.id)).all()
            self._works = [(row.id, Work(row.key, row.type, row.number, row.title)) for row in rows]
            self._laws.clear()
        if written not in self._laws:
            self._laws[written] = works_named(written, self._works, self._lore.knowledge)
        return self._laws[written]

    def _inside(self, connection: Connection, written: str) -> Inside:
        """Return the documents of the index meant by a number, a name or a file's name. Raises `BadQuery`."""
        numbers: tuple[int, ...] = ()
        with suppress(BadQuery):
            numbers = self._law(connection, written)
        keys = dict(self._works)
        known = {keys[n].key: n for n in numbers}
        there = connection.execute(select(documents.c.key).where(documents.c.key.in_(known))).scalars()
        found = tuple(known[key] for key in dict.fromkeys(there))
        if found:
            return Inside(found, ())
        c, name = documents.c, safe(written)
        at = (c.source == name) | (c.place == name) | c.source.startswith(f"{name}.", autoescape=True)
        at |= c.source.endswith(f"/{name}", autoescape=True)
        rows = connection.execute(select(c.first, c.last).where(at).order_by(c.first).limit(_MOST_FILES)).all()
        if rows:
            return Inside((), tuple((row[0], row[1]) for row in rows))
        if numbers:
            raise BadQuery(
                f"{written}: chỉ được viện dẫn, văn bản ấy không có trong chỉ mục",
                next_step="thêm nó bằng vnlegal index add, hoặc tìm việc viện dẫn nó bằng --law",
            )
        raise BadQuery(
            f"không có văn bản nào số hoặc tên tệp {written!r} trong chỉ mục",
            next_step="viết số, ký hiệu, ví dụ 71/NQ-CP, hoặc tên tệp, ví dụ congvan.docx",
        )

    def _wanted(self, connection: Connection, filters: Filters, bodies: Bodies) -> Wanted:
        dated = (
            filters.due_before, filters.due_after, filters.overdue_on, filters.dated_after, filters.dated_before
        )  # fmt: skip
        known = tuple(connection.execute(select(years.c.mark)).scalars()) if any(dated) else ()
        return wanted_of(
            filters,
            Names(
                bodies=bodies.like,
                law=lambda written: self._law(connection, written),
                under=lambda written: self.under(connection, written)[0],
                document=lambda written: self._inside(connection, written),
                kinds=lambda written: kinds_named(written, self._lore.knowledge),
                years=known,
            ),
        )

    def _from(
        self, kind: int, clauses: Sequence[Clause], without: Sequence[Clause], wanted: Wanted, *, with_entries: bool
    ) -> tuple[str, dict[str, Any]]:
        """Return FROM and WHERE of a statement over the rows that fulfil all clauses."""
        joins, conditions = "", list(wanted.conditions)
        values = dict(wanted.values)
        if clauses:
            table = self._dialect.source(kind)
            values["match"] = self._dialect.match(clauses, without)
            if with_entries or wanted.conditions:
                joins = f" {self._dialect.join} entries e ON e.id = w.id"
        else:
            table = "entries w JOIN entries e ON e.id = w.id"
            conditions.append(f"e.kind = {kind}")
        if wanted.of_document:
            joins += " JOIN documents d ON d.id = e.doc"
        return f"FROM {table}{joins}" + (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values

    def _ids(
        self,
        connection: Connection,
        kind: int,
        clauses: Sequence[Clause],
        without: Sequence[Clause],
        wanted: Wanted,
        limit: int,
        offset: int,
        *,
        by_day: bool = False,
    ) -> list[int]:
        """Return the first rows; `by_day`: what is due first comes first, where anything but the kind is asked."""
        by_day = by_day and bool(clauses)
        where, values = self._from(kind, clauses, without, wanted, with_entries=by_day)
        order = "e.due IS NULL, e.due, w.id" if by_day else "w.id"
        statement = text(f"SELECT w.id {where} ORDER BY {order} LIMIT :limit OFFSET :offset")
        return list(connection.execute(statement, {**values, "limit": limit, "offset": offset}).scalars())

    def _sized(
        self,
        connection: Connection,
        kind: int,
        clauses: Sequence[Clause],
        without: Sequence[Clause],
        wanted: Wanted,
        most: int = CANDIDATES,
    ) -> list[tuple[int, int, str]]:
        """Return number, size and marks of the first candidates that fulfil all clauses."""
        where, values = self._from(kind, [*wanted.clauses, *clauses], without, wanted, with_entries=True)
        statement = text(f"SELECT w.id, e.size, e.marks {where} {self._dialect.first} LIMIT :limit")
        return [tuple(row) for row in connection.execute(statement, {**values, "limit": most}).all()]

    def _ranked(
        self, connection: Connection, asked: Query, wanted: Wanted, kind: int, enough: int
    ) -> list[tuple[int, float]]:
        """Return the best rows with their scores, `enough` of them: candidates in order, then the rest as they come."""
        without = [*asked.without, *wanted.without]
        order = first_order(self._candidates(connection, asked, wanted, kind, without))
        read = texts_of(connection, [c.entry for c in order[:READ]])
        scored = ranked(order, read, asked.parts, self._weights(connection))
        if enough > len(scored) and len(order) >= CANDIDATES:
            clauses = [*wanted.clauses, *asked.clauses]
            known = {candidate.entry for candidate in order}
            rest = self._ids(connection, kind, clauses, without, wanted, enough, 0)
            scored += [(one, LAST) for one in rest if one not in known]
        return scored

    def _candidates(
        self, connection: Connection, asked: Query, wanted: Wanted, kind: int, without: Sequence[Clause]
    ) -> list[Candidate]:
        """Return the rows that are put in order: the first that hold, and the first that hold more tightly."""
        found = self._sized(connection, kind, asked.clauses, without, wanted)
        best = {row[0]: Candidate(row[0], 1, *row[1:]) for row in found}
        if len(asked.plain) < 2 or len(found) <= READ:
            return list(best.values())
        many = len(found) == CANDIDATES
        closer: list[tuple[int, int, str]] = []
        for tier, clauses in self._closer(asked, many=many):
            closer = self._sized(connection, kind, clauses, without, wanted)
            for row in closer:
                if row[0] not in best or best[row[0]].tier < tier:
                    best[row[0]] = Candidate(row[0], tier, *row[1:])
            if len(closer) >= _ENOUGH:
                break
        if many and len(closer) < _ENOUGH:
            for row in self._sized(connection, kind, asked.clauses, without, wanted, _MORE):
                best.setdefault(row[0], Candidate(row[0], 1, *row[1:]))
        return list(best.values())

    def _weights(self, connection: Connection) -> Frequencies:
        """Return how much each word tells, read once."""
        if self._frequencies is None:
            self._frequencies = frequencies(connection)
        return self._frequencies

    def renew(self) -> None:
        """Forget what was counted, for it was counted anew."""
        self._frequencies = None

    def _closer(self, asked: Query, *, many: bool) -> Iterable[tuple[int, Sequence[Clause]]]:
        """Yield the clauses of the question asked more tightly, the tightest first; `many`: too many hold loosely."""
        others = [c for c in asked.clauses if len(c) == 1 and isinstance(c[0], Words) and _is_set(c[0], asked.plain)]
        yield 3, [(Words(asked.plain),), *others]
        if asked.tight:
            yield 3, [*asked.tight, *others]
        elif many and self._dialect.name == "sqlite":
            yield 2, [(Near(asked.plain),), *others]

    def _total(
        self, connection: Connection, kind: int, clauses: Sequence[Clause], without: Sequence[Clause], wanted: Wanted
    ) -> int:
        """Return how many rows answer; the text index alone tells it where marks say all that is asked."""
        if not clauses and not wanted.conditions:
            column = {1: documents.c.tasks, 2: documents.c.citations, 3: documents.c.passages}[kind]
            return int(connection.execute(select(func.coalesce(func.sum(column), 0))).scalar_one())
        where, values = self._from(kind, clauses, without, wanted, with_entries=False)
        return int(connection.execute(text(f"SELECT count(*) {where}"), values).scalar_one())

    def _facets(
        self,
        connection: Connection,
        clauses: Sequence[Clause],
        without: Sequence[Clause],
        wanted: Wanted,
        every: int,
    ) -> dict[str, tuple[Facet, ...]]:
        """Return how many tasks each body, status, modality and month has; `every`: only one part of so many is read.

        The parts are spread over the whole index, so that what is frequent is frequent in them.
        """
        if every > 1:
            part = f"w.id / {_PART} = w.id / {_PART * every} * {every}"
            wanted = replace(wanted, conditions=[*wanted.conditions, part])
        where, values = self._from(KIND_NUMBER["task"], clauses, without, wanted, with_entries=True)
        return facets_of(tally(connection, where, values), self._bodies.names)


_TOP_BODY = select(func.coalesce(func.max(agencies.c.id), 0))


def _may_be_one(hit: Hit, other: Hit) -> bool:
    here = (hit.source, hit.key) == (other.source, other.key)
    return (
        isinstance(hit.row, Task) and isinstance(other.row, Task) and may_be_one(hit.row, other.row, one_document=here)
    )


def _is_set(atom: Words, plain: Sequence[str]) -> bool:
    """Whether an atom was written as a phrase or a beginning, so that it must hold at every closeness."""
    return atom.prefix or len(atom.words) > 1 or atom.words[0] not in plain
