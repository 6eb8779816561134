"""An index on a PostgreSQL server."""

from __future__ import annotations

import getpass
import os
import struct
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Table, create_engine, event
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from vnlegal.errors import MissingExtra
from vnlegal.index.dialects import APPLICATION, choice
from vnlegal.index.marks import SIGN
from vnlegal.index.model import IndexProblem
from vnlegal.index.query import Atom, Clause, Mark, Near, Words

_READING = (
    "jit = off",
    "max_parallel_workers_per_gather = 0",
    "enable_seqscan = off",
    "enable_hashjoin = off",
    "enable_mergejoin = off",
    "work_mem = '64MB'",
)


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
        if url.query:
            raise IndexProblem(f"{url.host}: --db không nhận {', '.join(url.query)}", next_step="bỏ phần sau dấu ?")
        url = url.set(
            drivername="postgresql+pg8000",
            username=url.username or os.environ.get("PGUSER") or getpass.getuser(),
            password=url.password or os.environ.get("PGPASSWORD"),
        )
        try:
            self.reader = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, max_overflow=16)
            self.writer = create_engine(url, pool_pre_ping=True)
        except (ArgumentError, NoSuchModuleError) as error:
            raise IndexProblem(f"{url.host}: không mở được", next_step="xem lại địa chỉ --db") from error
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
        parts = [choice(clause, _ts_atom, " | ") for clause in sorted(clauses, key=len)]
        parts += [f"!{choice(clause, _ts_atom, ' | ')}" for clause in without]
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
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION})")


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
