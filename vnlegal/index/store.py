"""The index itself: add, remove, search. One document is one transaction; any number of processes may use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Unpack

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, func, insert, inspect, select, text, update

from vnlegal.index.descent import Edge
from vnlegal.index.dialects import Dialect
from vnlegal.index.finding import Finder
from vnlegal.index.frequency import count
from vnlegal.index.migrations import MIGRATIONS
from vnlegal.index.model import (
    KINDS,
    BadQuery,
    Filtering,
    Filters,
    Hit,
    IndexProblem,
    Kind,
    Page,
    Reply,
    Stats,
)
from vnlegal.index.opening import dialect_for, told
from vnlegal.index.passages import passages
from vnlegal.index.query import Words
from vnlegal.index.rows import stored_words
from vnlegal.index.schema import VERSION, agencies, documents, entries, meta, tables, works
from vnlegal.index.words import safe
from vnlegal.index.writing import Writer
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.records import Analysis

_AT_PLACE = select(documents).where(documents.c.place == bindparam("place"))
_OF_CONTENT = select(documents).where(documents.c.sha256 == bindparam("sha256"))
MOST_COUNTED = 20_000  # rows: as many are counted in a twentieth of a second
Added = Literal["added", "replaced", "moved", "unchanged"]


def open_index(url: str | Path, *, knowledge: Knowledge | None = None, create: bool = True) -> Index:
    """Open the index at `url`: the path of an SQLite file, `sqlite:///FILE` or `postgresql://USER@HOST/DATABASE`.

    It is made where there is none, unless `create` is False. Raises `IndexProblem`.
    """
    return Index(dialect_for(str(url), create=create), knowledge or load_knowledge(), str(url), create=create)


class Index:
    """The obligations, citations and passages of many documents."""

    def __init__(self, dialect: Dialect, knowledge: Knowledge, name: str, *, create: bool = True) -> None:
        self._dialect = dialect
        self._name = name.rpartition("@")[2]  # a password is nobody's business
        with self._told():
            self._ready(create=create)
        self._finder = Finder(dialect, knowledge)
        self._writer = Writer(dialect)

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

    def _ready(self, *, create: bool) -> None:
        """Make the tables where there are none and they may be made, and bring older ones up to date."""
        version = self._version()
        if version == VERSION:
            return
        if version is None and not create:
            raise IndexProblem(f"{self._name}: chưa có chỉ mục", next_step="tạo bằng vnlegal index add THƯ_MỤC --db …")
        with self._dialect.writer.begin() as connection:
            version = self._version()  # another program may have done it while this one waited
            if version is None:
                tables.create_all(connection)
                self._dialect.prepare(connection)
                if connection.execute(select(meta.c.value)).first() is None:
                    connection.execute(insert(meta).values(name="version", value=str(VERSION)))
                return
            for step in range(version, VERSION):
                MIGRATIONS[step](connection, self._dialect)
            connection.execute(update(meta).where(meta.c.name == "version").values(value=str(VERSION)))

    def _version(self) -> int | None:
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
        with self._writing() as connection:
            old = connection.execute(_AT_PLACE, {"place": place}).first()
            if old is None and document.sha256:
                old = connection.execute(_OF_CONTENT, {"sha256": document.sha256}).first()
            if old is None:
                self._writer.put(connection, analysis, paragraphs, place)
                return "added"
            if again or not document.sha256 or old.sha256 != document.sha256:
                self._writer.drop(connection, old)
                self._writer.put(connection, analysis, paragraphs, place)
                return "replaced"
            if old.place == place:
                return "unchanged"
            where = documents.c.id == old.id
            connection.execute(update(documents).where(where).values(place=place, source=safe(document.source)))
            return "moved"

    def known(self, place: str, sha256: str) -> bool:
        """Whether this very content stands in the index at this place."""
        query = select(documents.c.id).where(documents.c.place == safe(place), documents.c.sha256 == sha256)
        with self._told(), self._dialect.reader.connect() as connection:
            return connection.execute(query).first() is not None

    def knows(self, place: str) -> bool:
        """Whether a document stands in the index at this place, whatever its content."""
        with self._told(), self._dialect.reader.connect() as connection:
            return connection.execute(_AT_PLACE, {"place": safe(place)}).first() is not None

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
        with self._writing() as connection:
            old = connection.execute(_AT_PLACE, {"place": safe(place)}).first()
            if old is None:
                return False
            self._writer.drop(connection, old)
            return True

    def tidy(self) -> None:
        """Bring the text index into its fastest form, count which words are rare; worth it after many documents."""
        with self._told(), self._dialect.writer.begin() as connection:
            count(connection)
            self._dialect.tidy(connection)
        self._finder.renew()

    def search(
        self,
        query: str = "",
        *,
        kind: Kind = "task",
        limit: int = 20,
        offset: int = 0,
        ranked: bool = True,
        facets: bool = True,
        most_counted: int | None = MOST_COUNTED,
        filters: Filters | None = None,
        **wanted: Unpack[Filtering],
    ) -> Page:
        """Return the rows of a kind that answer `query` and the filters (`agency=…, due_before=…`, see `Filters`).

        Words in any order, "phrases", beginning*, -without; with or without diacritics. `ranked`: best first, and
        where no words are asked what is due first; else in the order of the index. `facets`: count all answers and
        their values, the values over about `most_counted` of them (None: over all). Raises `BadQuery`, `IndexProblem`.
        """
        if limit < 0 or offset < 0:
            raise BadQuery("limit, offset không được âm", next_step="viết số từ 0 trở lên")
        if kind not in KINDS:
            raise BadQuery(f"không có loại dòng {kind!r}", next_step=f"chọn {', '.join(KINDS)}")
        chosen = _chosen(filters, wanted)
        with self._reading() as connection:
            return self._finder.page(
                connection, query, chosen, kind, limit, offset, ranked=ranked, facets=facets, most_counted=most_counted
            )

    def places_of(self, hit: Hit, *, most: int = 50) -> tuple[Hit, ...]:
        """Return the other rows that state the same task, the oldest document first: its deadlines and statuses."""
        with self._reading() as connection:
            return self._finder.same(connection, hit, most)

    def answers_to(self, hit: Hit, *, most: int = 50) -> tuple[Reply, ...]:
        """Return what came back to the letter `hit` stands in: of each answering document the passage closest to it."""
        with self._reading() as connection:
            return self._finder.answers(connection, hit, most)

    def under(self, law: str) -> tuple[Edge, ...]:
        """Return which documents of the index carry out a law, directly or through others. Raises `BadQuery`."""
        with self._reading() as connection:
            return tuple(self._finder.under(connection, law)[1])

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
        for row, fields in self._writer.lines(connection, document):
            words = stored_words(row.kind, fields).split()
            if not words:
                continue
            match = self._dialect.match([(Words(tuple(words[:12])),)], [])
            query = text(f"SELECT 1 FROM {self._dialect.source(row.kind)} WHERE w.id = :id")
            if connection.execute(query, {"match": match, "id": row.id}).first() is None:
                return [f"{document.place}: dòng {row.id} không có trong chỉ mục từ"]
            break  # the first row of a document tells whether its words are there: they came in one transaction
        return []

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction; what it numbered is remembered once it is committed."""
        kept = False
        try:
            with self._told(), self._dialect.writer.begin() as connection:
                yield connection
            kept = True
        finally:
            self._writer.done(kept=kept)

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


def _chosen(filters: Filters | None, wanted: Filtering) -> Filters:
    """Return `filters` with those given beside them. Raises `BadQuery` for one that does not exist or cannot be so."""
    try:
        return Filters.model_validate({**(filters.model_dump() if filters else {}), **wanted})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise BadQuery(f"{name}: {first['msg']}", next_step=f"các bộ lọc: {', '.join(Filters.model_fields)}") from error
