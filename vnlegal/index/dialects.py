"""What differs between SQLite and PostgreSQL: the text index, the syntax of its queries, locking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table

from vnlegal.index.query import Atom, Clause

APPLICATION = 0x766E6C67  # "vnlg": the mark of an index of ours


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


def choice(clause: Clause, atom: Callable[[Atom], str], link: str) -> str:
    """Return a clause as written by `atom`, its choices linked."""
    written = [atom(one) for one in clause]
    return written[0] if len(written) == 1 else f"({link.join(written)})"
