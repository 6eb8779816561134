"""What differs between SQLite and PostgreSQL: opening, the text index, the syntax of its queries, locking."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from vnlegal.errors import MissingExtra
from vnlegal.index.marks import SIGN
from vnlegal.index.model import IndexProblem
from vnlegal.index.query import Atom, Clause, Mark, Near, Words

_WAIT = 60.0  # seconds a writer waits for another to finish its document
_APPLICATION = 0x766E6C67  # "vnlg" in the head of the file: this SQLite file is an index of ours
_NEAR = 8
_PRAGMAS = (
    "wal_autocheckpoint = 2000",
    "synchronous = NORMAL",
    "cache_size = -65536",
    "mmap_size = 2147483648",
    "temp_store = 2",
)
_READING = (
    "jit = off",
    "max_parallel_workers_per_gather = 0",
    "enable_seqscan = off",
    "enable_hashjoin = off",
    "enable_mergejoin = off",
    "work_mem = '64MB'",
)
# A document is one piece of the text index; as many as this are merged at once, none by the way: more make writing
# faster, and asking slower until `tidy` makes one of all.
_MERGED = 64


class Dialect(Protocol):
    """The functions the store needs of a server."""

    reader: Engine
    writer: Engine
    name: str
    join: str
    first: str

    def prepare(self, connection: Connection) -> None:
        """Make the text index."""
        ...

    def add_rows(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, the values in the order of the table's columns."""
        ...

    def add_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Add (number, words with marks) to the text index of a kind."""
        ...

    def drop_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Take out what `add_words` put in."""
        ...

    def match(self, clauses: Sequence[Clause], without: Sequence[Clause]) -> str:
        """Return the condition in the syntax of the text index."""
        ...

    def source(self, kind: int) -> str:
        """Return the rows of the text index of a kind that fulfil the parameter :match, as the table w."""
        ...

    def tidy(self, connection: Connection) -> None:
        """Bring the text index into its fastest form."""
        ...

    def size(self, connection: Connection) -> int | None:
        """Return the bytes the index takes."""
        ...

    def complaints(self, connection: Connection) -> list[str]:
        """Return what is wrong with the storage, nothing where it is sound."""
        ...


def dialect_for(url: str, *, create: bool) -> Dialect:
    """Return the dialect for a URL or the path of an SQLite file. Raises `IndexProblem`."""
    if "://" not in url:
        return Sqlite(Path(url), create=create)
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise IndexProblem(f"{url}: không phải địa chỉ chỉ mục", next_step=_FORMS) from error
    if parsed.get_backend_name() == "sqlite":
        if not parsed.database or parsed.database == ":memory:":
            raise IndexProblem(f"{url}: thiếu tên tệp", next_step=_FORMS)
        return Sqlite(Path(parsed.database), create=create)
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return Postgres(parsed)
    raise IndexProblem(f"{parsed.get_backend_name()}: không dùng được loại này", next_step=_FORMS)


_FORMS = "viết đường dẫn tệp, sqlite:///TỆP hoặc postgresql://TÊN@MÁY/CSDL"


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what a database reports into an `IndexProblem`, with what to do about it."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig)
        raise IndexProblem(f"{name}: {reason.splitlines()[0][:300]}", next_step=_advice(reason)) from error
    except SQLAlchemyError as error:
        raise IndexProblem(f"{name}: {str(error).splitlines()[0][:300]}", next_step="xem lại địa chỉ --db") from error
    except (OSError, struct.error) as error:  # what a driver lets through when its server goes away
        raise IndexProblem(f"{name}: mất kết nối với máy chủ ({error})", next_step=_AGAIN) from error


def _advice(reason: str) -> str:
    for sign, advice in _ADVICE:
        if sign in reason:
            return advice
    return "thử lại; nếu vẫn vậy, kiểm tra bằng vnlegal index check"


_AGAIN = "đợi máy chủ chạy lại rồi làm lại, phần đã ghi vẫn còn"
_ADVICE = (
    ("not a database", "tệp này không phải chỉ mục; chọn tệp khác ở --db"),
    ("malformed", "tệp hỏng: tạo lại chỉ mục bằng vnlegal index add"),
    ("readonly", "tệp chỉ đọc: xin quyền ghi hoặc chọn tệp khác ở --db"),
    ("read-only", "máy chủ chỉ đọc: dùng tài khoản được ghi"),
    ("is full", "hết chỗ trên đĩa: dọn đĩa rồi chạy lại, phần đã ghi vẫn còn"),
    ("unable to open", "xem lại thư mục của --db có thật và được phép ghi"),
    ("locked", "chỉ mục đang bị giữ: đợi tiến trình kia xong rồi chạy lại"),
    ("connect", "xem máy chủ PostgreSQL có chạy và địa chỉ --db có đúng"),
    ("network", _AGAIN),
    ("terminating connection", _AGAIN),
    ("57P01", _AGAIN),
    ("password", "xem lại tên và mật khẩu trong --db"),
    ("does not exist", "tạo cơ sở dữ liệu trên máy chủ trước, ví dụ createdb"),
)


class Sqlite:
    """One file: FTS5 over folded words without stored text, write-ahead log, one writer at a time."""

    name = "sqlite"
    first = "ORDER BY w.id"
    join = "CROSS JOIN"  # the text index first: SQLite keeps the order of a cross join

    def __init__(self, path: Path, *, create: bool) -> None:
        if path.is_dir():
            raise IndexProblem(f"{path}: là thư mục", next_step="thêm tên tệp, ví dụ chimuc.db")
        if not create and not path.is_file():
            raise IndexProblem(f"{path}: chưa có chỉ mục", next_step="tạo bằng vnlegal index add THƯ_MỤC --db TỆP")
        url = _fixed(path) or URL.create("sqlite", database=str(path))
        options: dict[str, Any] = {"connect_args": {"timeout": _WAIT, "check_same_thread": False}}
        self.reader = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=16, **options)
        self.writer = create_engine(url, **options)
        self.path = path
        event.listen(self.reader, "connect", self._opened)
        event.listen(self.writer, "connect", self._opened)
        event.listen(self.writer, "begin", _begin_immediate)

    @staticmethod
    def _opened(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        (ours,) = cursor.execute("PRAGMA application_id").fetchone()
        (known,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if known and ours != _APPLICATION:
            raise IndexProblem("tệp SQLite này không phải chỉ mục của vnlegal", next_step="chọn tệp khác ở --db")
        if not known:
            cursor.execute("PRAGMA page_size = 16384")
            cursor.execute("PRAGMA journal_mode = WAL")
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def prepare(self, connection: Connection) -> None:
        """Make the text index, one table a kind."""
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
        for kind in (1, 2, 3):
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS words_{kind} USING fts5"
                "(words, content='', columnsize=0, tokenize='ascii')"
            )
            for name, value in (("automerge", 0), ("crisismerge", _MERGED)):
                connection.exec_driver_sql(f"INSERT INTO words_{kind} (words_{kind}, rank) VALUES ('{name}', {value})")

    def add_rows(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows."""
        names = ", ".join(column.name for column in table.columns)
        slots = ", ".join("?" * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({slots})", list(rows))

    def add_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Add (number, words with marks)."""
        connection.exec_driver_sql(f"INSERT INTO words_{kind} (rowid, words) VALUES (?, ?)", list(rows))

    def drop_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Take out (number, words with marks)."""
        connection.exec_driver_sql(
            f"INSERT INTO words_{kind} (words_{kind}, rowid, words) VALUES ('delete', ?, ?)", list(rows)
        )

    def match(self, clauses: Sequence[Clause], without: Sequence[Clause]) -> str:
        """Return the condition in FTS5's syntax; every word is quoted, so none of it is syntax."""
        wanted = " AND ".join(_choice(clause, _fts_atom, " OR ") for clause in clauses)
        return f"({wanted})" + "".join(f" NOT {_choice(clause, _fts_atom, ' OR ')}" for clause in without)

    def source(self, kind: int) -> str:
        """Return the rows that match."""
        return f"(SELECT rowid AS id FROM words_{kind} WHERE words_{kind} MATCH :match) AS w"

    def tidy(self, connection: Connection) -> None:
        """Merge the text index into one piece."""
        for kind in (1, 2, 3):
            connection.exec_driver_sql(f"INSERT INTO words_{kind} (words_{kind}) VALUES ('optimize')")
        connection.exec_driver_sql("ANALYZE")

    def size(self, connection: Connection) -> int | None:
        """Return the bytes of the file, without the log."""
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages) * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    def complaints(self, connection: Connection) -> list[str]:
        """Return what SQLite's own check finds."""
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
        return [] if found == ["ok"] else found


def _fixed(path: Path) -> URL | None:
    """Return how to open a file that may only be read: without a log beside it, for none can be made."""
    if not path.is_file() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None
    log = path.with_name(path.name + "-wal")
    query = {"mode": "ro", "uri": "true"}
    if not log.is_file() or not log.stat().st_size:
        query["immutable"] = "1"
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=query)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _choice(clause: Clause, atom: Any, link: str) -> str:
    written = [atom(one) for one in clause]
    return written[0] if len(written) == 1 else f"({link.join(written)})"


def _fts_atom(atom: Atom) -> str:
    match atom:
        case Mark():
            return f'"{SIGN}{atom.name}"'
        case Near():
            return "NEAR(" + " ".join(f'"{word}"' for word in atom.words) + f", {_NEAR})"
        case Words():
            return '"' + " ".join(atom.words) + '"' + ("*" if atom.prefix else "")


class Postgres:
    """A server: one table of tsvectors a kind under a GIN index, writers one after another by an advisory lock."""

    name = "postgresql"
    join = "JOIN"
    first = ""  # as they stand in the table: a few candidates need not wait until all are read and sorted

    def __init__(self, url: URL) -> None:
        try:
            import pg8000  # noqa: F401
        except ImportError as error:
            raise MissingExtra("cần thư viện pg8000", next_step="pip install 'vnlegal[index]'") from error
        url = url.set(drivername="postgresql+pg8000")
        try:
            self.reader = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, max_overflow=16)
            self.writer = create_engine(url, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError) as error:
            raise IndexProblem(f"{url.host}: không mở được", next_step=_FORMS) from error
        event.listen(self.reader, "connect", _for_reading)
        for engine in (self.reader, self.writer):
            engine.dialect.do_ping = _ping(engine.dialect.do_ping)  # type: ignore[assignment]
        event.listen(self.writer, "begin", _lock)

    def prepare(self, connection: Connection) -> None:
        """Make the text index, one table a kind."""
        for kind in (1, 2, 3):
            connection.exec_driver_sql(
                f"CREATE TABLE IF NOT EXISTS words_{kind} (id bigint PRIMARY KEY, words tsvector NOT NULL)"
            )
            connection.exec_driver_sql(
                f"CREATE INDEX IF NOT EXISTS words_{kind}_gin ON words_{kind} USING gin (words) WITH (fastupdate = off)"
            )

    def add_rows(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, all in one statement: a statement a row would wait for the server each time."""
        names = ", ".join(column.name for column in table.columns)
        types = [column.type.compile(connection.dialect) for column in table.columns]
        slots = ", ".join(f"%s::{kind}[]" for kind in types)
        columns = tuple(list(column) for column in zip(*rows, strict=True))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({slots})", columns)

    def add_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Add (number, words with marks)."""
        ids = [n for n, _ in rows]
        vectors = [_vector(words) for _, words in rows]
        connection.exec_driver_sql(
            f"INSERT INTO words_{kind} (id, words) "
            "SELECT i, v::tsvector FROM unnest(%s::bigint[], %s::text[]) AS t(i, v)",
            (ids, vectors),
        )

    def drop_words(self, connection: Connection, kind: int, rows: Sequence[tuple[int, str]]) -> None:
        """Take out (number, words with marks)."""
        ids = [n for n, _ in rows]
        connection.exec_driver_sql(f"DELETE FROM words_{kind} WHERE id = ANY(%s::bigint[])", (ids,))

    def match(self, clauses: Sequence[Clause], without: Sequence[Clause]) -> str:
        """Return the condition as a tsquery; every word is quoted.

        Words come before long choices of marks: the server stops at the first part of a row that does not hold.
        """
        parts = [_choice(clause, _ts_atom, " | ") for clause in sorted(clauses, key=len)]
        parts += [f"!{_choice(clause, _ts_atom, ' | ')}" for clause in without]
        return " & ".join(parts)

    def source(self, kind: int) -> str:
        """Return the rows that match."""
        # OFFSET 0: planned by itself, so that it asks the text index for all rows and reads them only as far as wanted
        return f"(SELECT id FROM words_{kind} WHERE words @@ CAST(:match AS tsquery) OFFSET 0) AS w"

    def tidy(self, connection: Connection) -> None:
        """Refresh what the planner knows."""
        connection.exec_driver_sql("ANALYZE")

    def size(self, connection: Connection) -> int | None:
        """Return the bytes of the database."""
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())

    def complaints(self, connection: Connection) -> list[str]:
        """Return nothing: the server checks its own pages."""
        return []


def _ping(ping: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return `ping` for a driver that lets the errors of its socket through: the connection is gone then."""

    def safely(connection: Any) -> bool:
        try:
            return ping(connection)
        except (OSError, struct.error):
            return False

    return safely


def _for_reading(connection: Any, record: object) -> None:
    """Keep the planner to the text index: its guesses for many words joined make it read whole tables instead."""
    cursor = connection.cursor()
    for setting in _READING:
        cursor.execute(f"SET {setting}")
    connection.commit()
    cursor.close()


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_APPLICATION})")


def _vector(words: str) -> str:
    """Return words with marks as the text of a tsvector; positions beyond its last one stay there."""
    return " ".join(
        f"'{word}'" if word[0] == SIGN else f"'{word}':{min(n, 16383)}" for n, word in enumerate(words.split(), 1)
    )


def _ts_atom(atom: Atom) -> str:
    match atom:
        case Mark():
            return f"'{SIGN}{atom.name}'"
        case Near():
            return _and(atom.words)
        case Words():
            quoted = [f"'{word}'" for word in atom.words]
            if atom.prefix:
                quoted[-1] += ":*"
            return quoted[0] if len(quoted) == 1 else "(" + " <-> ".join(quoted) + ")"


def _and(words: Iterable[str]) -> str:
    return "(" + " & ".join(f"'{word}'" for word in words) + ")"
