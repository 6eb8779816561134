"""An index in one SQLite file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Table, create_engine, event

from vnlegal.index.dialects import APPLICATION, choice
from vnlegal.index.marks import SIGN
from vnlegal.index.model import IndexProblem
from vnlegal.index.query import Atom, Clause, Mark, Near, Words

_WAIT = 60.0  # seconds a writer waits for another to finish its document
_NEAR = 8
_PRAGMAS = (
    "wal_autocheckpoint = 6000",
    "synchronous = NORMAL",
    "cache_size = -65536",
    "mmap_size = 2147483648",
    "temp_store = 2",
)
# A document is one piece of the text index; as many as this are merged at once, none by the way: more make writing
# faster, and asking slower until `tidy` makes one of all.
_MERGED = 64


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
        if known and ours != APPLICATION:
            raise IndexProblem("tệp SQLite này không phải chỉ mục của vnlegal", next_step="chọn tệp khác ở --db")
        if not known:
            cursor.execute("PRAGMA page_size = 16384")
            cursor.execute("PRAGMA journal_mode = WAL")
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def prepare(self, connection: Connection) -> None:
        """Make the text index, one table a kind."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
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
        wanted = " AND ".join(choice(clause, _fts_atom, " OR ") for clause in clauses)
        return f"({wanted})" + "".join(f" NOT {choice(clause, _fts_atom, ' OR ')}" for clause in without)

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


def _fts_atom(atom: Atom) -> str:
    match atom:
        case Mark():
            return f'"{SIGN}{atom.name}"'
        case Near():
            return "NEAR(" + " ".join(f'"{word}"' for word in atom.words) + f", {_NEAR})"
        case Words():
            return '"' + " ".join(atom.words) + '"' + ("*" if atom.prefix else "")
