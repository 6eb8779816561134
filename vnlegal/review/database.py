"""The SQLite file of a review: how it is opened, and the two ways to be connected to it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError

from vnlegal.review.model import ReviewProblem
from vnlegal.review.schema import FIXED, VERSION, meta, tables

_WAIT = 30.0  # seconds a writer waits for another
_APPLICATION = 0x766E6C72


class Database:
    """One SQLite file under a folder. Any number of threads and processes may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / "files").mkdir(parents=True, exist_ok=True)
            (folder / "work").mkdir(exist_ok=True)
        except OSError as error:
            raise ReviewProblem(
                f"{folder}: không tạo được ({error.strerror})", next_step="chọn --state khác"
            ) from error
        path = folder / "review.db"
        options: dict[str, Any] = {"connect_args": {"timeout": _WAIT, "check_same_thread": False}}
        self._engine = create_engine(URL.create("sqlite", database=str(path)), pool_size=8, max_overflow=32, **options)
        event.listen(self._engine, "connect", _opened)
        try:
            known = self._prepare()
        except DBAPIError as error:
            raise ReviewProblem(f"{path}: {error.orig}", next_step="chọn --state khác, hoặc xem quyền ghi") from error
        if known != str(VERSION):
            raise ReviewProblem(
                f"{path}: dữ liệu duyệt của phiên bản khác ({known})", next_step="dùng đúng phiên bản vnlegal"
            )

    def _prepare(self) -> str:
        """Make the tables that are missing; return the version of what is there."""
        with self.writing() as connection:
            tables.create_all(connection)
            for statement in FIXED:
                connection.exec_driver_sql(statement)
            known = connection.execute(select(meta.c.value).where(meta.c.name == "version")).scalar()
            if known is None:
                connection.execute(insert(meta).values(name="version", value=str(VERSION)))
        return str(known or VERSION)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all kept or none, alone among writers."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state from beginning to end."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def secret(self, name: str) -> str:
        """Return a secret of this folder, made once."""
        with self.writing() as connection:
            found = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(insert(meta).values(name=name, value=found))
            return str(found)


def _opened(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    (ours,) = cursor.execute("PRAGMA application_id").fetchone()
    (known,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if known and ours != _APPLICATION:
        raise ReviewProblem("tệp review.db không phải của vnlegal review", next_step="chọn --state khác")
    if not known:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA application_id = {_APPLICATION}")
    cursor.execute("PRAGMA synchronous = FULL")  # a confirmed change survives a power cut
    cursor.close()
