"""The index itself: add, remove, search. One document is one transaction; any number of processes may use it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, insert, select, text, update

from vnlegal.index.dialects import Dialect, dialect_for, told
from vnlegal.index.finding import Finder
from vnlegal.index.marks import day_number, written
from vnlegal.index.model import BadQuery, Filters, Hit, IndexProblem, Kind, Page, Stats
from vnlegal.index.passages import passages
from vnlegal.index.rows import (
    Row,
    Work,
    as_json,
    bodies,
    cited,
    document_marks,
    line_of,
    packed,
    rows,
    stored_words,
    unpacked,
)
from vnlegal.index.schema import (
    BLOCK,
    VERSION,
    agencies,
    documents,
    entries,
    meta,
    payloads,
    relations,
    tables,
    works,
    years,
)
from vnlegal.index.words import safe
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.records import Analysis

Added = Literal["added", "replaced", "moved", "unchanged"]
MIGRATIONS: dict[int, Callable[[Connection], None]] = {}  # from version n to n + 1


def open_index(url: str | Path, *, knowledge: Knowledge | None = None, create: bool = True) -> Index:
    """Open the index at `url`: the path of an SQLite file, `sqlite:///FILE` or `postgresql://USER@HOST/DATABASE`.

    It is made where there is none, unless `create` is False. Raises `IndexProblem`.
    """
    return Index(dialect_for(str(url), create=create), knowledge or load_knowledge(), str(url))


class Index:
    """The obligations, citations and passages of many documents."""

    def __init__(self, dialect: Dialect, knowledge: Knowledge, name: str) -> None:
        self._dialect = dialect
        self._name = name.rpartition("@")[2]  # a password is nobody's business
        with self._told():
            self._ready()
        self._finder = Finder(dialect, knowledge)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._dialect.reader.dispose()
        self._dialect.writer.dispose()

    def _told(self) -> Any:
        return told(self._name)

    def _ready(self) -> None:
        """Make the tables where there are none, and bring older ones up to date."""
        version = self._version()
        if version == VERSION:
            return
        with self._dialect.writer.begin() as connection:
            if version is None:
                tables.create_all(connection)
                self._dialect.prepare(connection)
                if connection.execute(select(meta.c.value)).first() is None:
                    connection.execute(insert(meta).values(name="version", value=str(VERSION)))
                return
            for step in range(version, VERSION):
                MIGRATIONS[step](connection)
            connection.execute(update(meta).where(meta.c.name == "version").values(value=str(VERSION)))

    def _version(self) -> int | None:
        from sqlalchemy import inspect

        with self._dialect.reader.connect() as connection:
            if not inspect(connection).has_table(meta.name):
                return None
            value = connection.execute(select(meta.c.value).where(meta.c.name == "version")).scalar()
        version = int(value) if value is not None and str(value).isdigit() else None
        if version is not None and version > VERSION:
            raise IndexProblem(
                f"{self._name}: chỉ mục của phiên bản mới hơn ({version}, chương trình biết đến {VERSION})",
                next_step="cập nhật vnlegal",
            )
        return version

    def add(self, analysis: Analysis, *, place: str | None = None, again: bool = False) -> Added:
        """Add one analyzed document in one transaction, with its passages where the analysis carries its text.

        `place` says where the document stands (by default its source): what stands there already with the same
        content stays, with other content is replaced; content known from another place has moved. `again`: replace
        also what has not changed. Raises `IndexProblem`.
        """
        document = analysis.document
        place = safe(place if place is not None else document.source)
        paragraphs = passages(analysis.text) if analysis.text else []
        with self._told(), self._dialect.writer.begin() as connection:
            old = connection.execute(select(documents).where(documents.c.place == place)).first()
            if old is None and document.sha256:
                old = connection.execute(select(documents).where(documents.c.sha256 == document.sha256)).first()
            outcome: Added = "added"
            if old is not None:
                if old.sha256 == document.sha256 and document.sha256 and not again:
                    if old.place == place:
                        return "unchanged"
                    where = documents.c.id == old.id
                    connection.execute(update(documents).where(where).values(place=place, source=safe(document.source)))
                    return "moved"
                self._drop(connection, old)
                outcome = "replaced"
            self._put(connection, analysis, paragraphs, place)
            return outcome

    def known(self, place: str, sha256: str) -> bool:
        """Whether this very content stands in the index at this place."""
        query = select(documents.c.id).where(documents.c.place == safe(place), documents.c.sha256 == sha256)
        with self._told(), self._dialect.reader.connect() as connection:
            return connection.execute(query).first() is not None

    def place_of(self, sha256: str) -> str | None:
        """Return the place at which this content stands, None where it is not in the index."""
        with self._told(), self._dialect.reader.connect() as connection:
            return connection.execute(select(documents.c.place).where(documents.c.sha256 == sha256)).scalar()

    def places(self) -> tuple[str, ...]:
        """Return the places of all documents, in order."""
        with self._told(), self._dialect.reader.connect() as connection:
            return tuple(connection.execute(select(documents.c.place).order_by(documents.c.place)).scalars())

    def remove(self, place: str) -> bool:
        """Remove the document at `place` with all its rows; False where there is none."""
        with self._told(), self._dialect.writer.begin() as connection:
            old = connection.execute(select(documents).where(documents.c.place == safe(place))).first()
            if old is None:
                return False
            self._drop(connection, old)
            return True

    def tidy(self) -> None:
        """Bring the text index into its fastest form; worth it after many documents came in."""
        with self._told(), self._dialect.writer.begin() as connection:
            self._dialect.tidy(connection)

    def search(
        self,
        query: str = "",
        *,
        kind: Kind = "task",
        limit: int = 20,
        offset: int = 0,
        ranked: bool = True,
        facets: bool = True,
        filters: Filters | None = None,
        **wanted: Any,
    ) -> Page:
        """Return the rows of a kind that answer `query` and the filters (`agency=…, due_before=…`, see `Filters`).

        Words in any order, "phrases", beginning*, -without; with or without diacritics. `ranked`: best first, else
        in the order of the index. `facets`: count all answers and their values. Raises `BadQuery`, `IndexProblem`.
        """
        if limit < 0 or offset < 0:
            raise BadQuery("limit, offset không được âm", next_step="viết số từ 0 trở lên")
        chosen = filters.model_copy(update=wanted) if filters else Filters(**wanted)
        with self._reading() as connection:
            return self._finder.page(connection, query, chosen, kind, limit, offset, ranked=ranked, facets=facets)

    def places_of(self, hit: Hit, *, most: int = 50) -> tuple[Hit, ...]:
        """Return the other rows that state the same task, the oldest document first: its deadlines and statuses."""
        with self._reading() as connection:
            return self._finder.same(connection, hit, most)

    def stats(self) -> Stats:
        """Return how much there is."""
        c = documents.c
        with self._reading() as connection:
            sums = connection.execute(
                select(
                    func.count(),
                    *(func.coalesce(func.sum(n), 0) for n in (c.tasks, c.citations, c.passages, c.findings)),
                ).select_from(documents)
            ).one()
            bodies_, works_ = (
                connection.execute(select(func.count()).select_from(t)).scalar_one() for t in (agencies, works)
            )
            return Stats(
                documents=sums[0],
                tasks=sums[1],
                citations=sums[2],
                passages=sums[3],
                findings=sums[4],
                agencies=bodies_,
                works=works_,
                bytes=self._dialect.size(connection),
                version=VERSION,
            )

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the index, nothing where all is whole: storage, every document's rows and words."""
        with self._reading() as connection:
            found = self._dialect.complaints(connection)
            for document in connection.execute(select(documents).order_by(documents.c.id)).all():
                found += self._check(connection, document)
            (strays,) = connection.execute(
                select(func.count()).select_from(entries).where(entries.c.doc.not_in(select(documents.c.id)))
            ).one()
            if strays:
                found.append(f"{strays} dòng không thuộc văn bản nào")
        return tuple(found)

    def _check(self, connection: Connection, document: Any) -> list[str]:
        expected = document.tasks + document.citations + document.passages
        found = connection.execute(
            select(func.count()).where(
                entries.c.doc == document.id, entries.c.id.between(document.first, document.last)
            )
        ).scalar_one()
        if found != expected:
            return [f"{document.place}: có {found} dòng, đúng ra {expected}"]
        for kind, number, line in self._lines(connection, document):
            words = stored_words(kind, line)
            if not words:
                continue
            table, condition = self._dialect.source(kind)
            match = self._dialect.match([(_phrase(words),)], [])
            query = text(f"SELECT 1 FROM {table} WHERE w.id = :id" + (f" AND {condition}" if condition else ""))
            if connection.execute(query, {"match": match, "id": number}).first() is None:
                return [f"{document.place}: dòng {number} không có trong chỉ mục từ"]
            break  # the first row of a document tells whether its words are there: they came in one transaction
        return []

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the index from beginning to end."""
        begin = "BEGIN" if self._dialect.name == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._told(), self._dialect.reader.connect() as connection:
            connection.exec_driver_sql(begin)
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def _put(self, connection: Connection, analysis: Analysis, paragraphs: Sequence[Any], place: str) -> None:
        document = analysis.document
        named = cited(analysis)
        numbers = _numbered(connection, agencies, "name", {name: {} for name in bodies(analysis)})
        keys = _numbered(connection, works, "key", {key: _work(work) for key, work in named.items()})
        last = connection.execute(select(func.max(documents.c.last))).scalar()
        first = 0 if last is None else (last // BLOCK + 1) * BLOCK
        found = list(rows(analysis, paragraphs, numbers, keys))
        day = day_number(document.date, last=False)
        marks = document_marks(analysis, numbers)
        identity = first // BLOCK
        rest = as_json(analysis, exclude={"tasks", "citations", "text"})
        connection.execute(
            insert(documents).values(
                id=identity,
                place=place,
                source=safe(document.source),
                sha256=document.sha256,
                number=document.number,
                kind=document.kind,
                date=document.date,
                day=day,
                issuer=document.issuer,
                marks=marks,
                first=first,
                last=first + max(len(found) - 1, 0),
                tasks=len(analysis.tasks),
                citations=len(analysis.citations),
                passages=len(paragraphs),
                findings=len(analysis.findings),
                rest=zlib.compress(rest.encode("utf-8")),
            )
        )
        self._put_rows(connection, found, first, identity, marks)
        _new_years(connection, found, day)
        _insert(
            connection,
            relations,
            [
                {"doc": identity, "source": r.source, "relation": r.relation, "target": r.target}
                for r in {(r.source, r.relation, r.target): r for r in analysis.relations}.values()
            ],
        )

    def _put_rows(self, connection: Connection, found: Sequence[Row], first: int, identity: int, marks: str) -> None:
        style = "?" if self._dialect.name == "sqlite" else "%s"
        slots = ", ".join([style] * 6)
        if not found:
            return
        connection.exec_driver_sql(
            f"INSERT INTO entries (id, kind, doc, due, size, marks) VALUES ({slots})",
            [(n, row.kind, identity, row.due, row.size, row.marks) for n, row in enumerate(found, first)],
        )
        blocks = packed([row.json for row in found])
        connection.exec_driver_sql(
            f"INSERT INTO payloads (id, data) VALUES ({style}, {style})",
            [(first // BLOCK + n, block) for n, block in enumerate(blocks)],
        )
        shared = " ".join(written(marks))
        for kind in (1, 2, 3):
            lines = [
                (n, " ".join(row.words), f"{' '.join(written(row.marks))} {shared}")
                for n, row in enumerate(found, first)
                if row.kind == kind
            ]
            if lines:
                self._dialect.add_words(connection, kind, lines)

    def _lines(self, connection: Connection, document: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
        """Yield (kind, number, fields) of a document's rows."""
        within = entries.c.id.between(document.first, document.last)
        found = connection.execute(select(entries.c.id, entries.c.kind).where(within))
        kinds = {row[0]: row[1] for row in found}
        blocks = connection.execute(
            select(payloads).where(payloads.c.id.between(document.first // BLOCK, document.last // BLOCK))
        ).all()
        for block in blocks:
            lines = unpacked(block.data)
            for at in range(len(lines)):
                number = block.id * BLOCK + at
                yield kinds[number], number, line_of(lines, number)

    def _drop(self, connection: Connection, document: Any) -> None:
        """Take a document out with all its rows and words."""
        within = entries.c.id.between(document.first, document.last)
        marks = {row[0]: row[1] for row in connection.execute(select(entries.c.id, entries.c.marks).where(within))}
        shared = " ".join(written(document.marks))
        lines: dict[int, list[tuple[int, str, str]]] = {1: [], 2: [], 3: []}
        if marks:
            for kind, number, fields in self._lines(connection, document):
                own = " ".join(written(marks[number]))
                lines[kind].append((number, " ".join(stored_words(kind, fields)), f"{own} {shared}"))
        for kind, rows_ in lines.items():
            if rows_:
                self._dialect.drop_words(connection, kind, rows_)
        blocks = payloads.c.id.between(document.first // BLOCK, document.last // BLOCK)
        connection.execute(entries.delete().where(within))
        connection.execute(payloads.delete().where(blocks))
        connection.execute(relations.delete().where(relations.c.doc == document.id))
        connection.execute(documents.delete().where(documents.c.id == document.id))


def _phrase(words: Sequence[str]) -> Any:
    from vnlegal.index.query import Words

    return Words(tuple(words[:12]))


def _work(work: Work) -> dict[str, Any]:
    return {"type": work.type, "number": work.number, "title": work.title}


def _insert(connection: Connection, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
    if values:
        connection.execute(insert(table), list(values))


def _numbered(
    connection: Connection, table: Table, name: str, wanted: Mapping[str, Mapping[str, Any]]
) -> dict[str, int]:
    """Return the numbers of names in a table, giving new ones to those it does not have."""
    column = table.c[name]
    known: dict[str, int] = {}
    names = list(wanted)
    for at in range(0, len(names), 500):
        part = connection.execute(select(column, table.c.id).where(column.in_(names[at : at + 500])))
        known.update((row[0], row[1]) for row in part)
    new = [one for one in names if one not in known]
    if new:
        top = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        known.update((one, top + n) for n, one in enumerate(new, 1))
        _insert(connection, table, [{"id": known[one], name: one, **wanted[one]} for one in new])
    return known


def _new_years(connection: Connection, found: Iterable[Row], day: int | None) -> None:
    """Remember which years of due days and of issue occur, so that open ranges know where to end."""
    marks = {f"y{row.due // 10000}" for row in found if row.due is not None}
    if day is not None:
        marks.add(f"e{day // 10000}")
    known = set(connection.execute(select(years.c.mark).where(years.c.mark.in_(sorted(marks)))).scalars())
    _insert(connection, years, [{"mark": mark} for mark in sorted(marks - known)])
