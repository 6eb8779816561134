"""From the tables of an older version to those of the next, in the transaction of the program that opens them.

A step reads the old tables as they were, in its own words, so that it stays right when the code around it changes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from vnlegal.index.dialects import Dialect
from vnlegal.index.model import Passage
from vnlegal.index.schema import tables
from vnlegal.index.writing import Writer
from vnlegal.records import Analysis

Step = Callable[[Connection, Dialect], None]


def _from_1(connection: Connection, dialect: Dialect) -> None:
    """Version 1 kept all marks of a row as words and sixteen rows a block; 2 has columns, pairs of marks and own keys.

    Every document is written again from its stored rows.
    """
    old = ("documents", "entries", "payloads", "relations")
    for name in ("ix_documents_sha256", "ix_relations_doc", "ix_relations_target"):
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    for name in old:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO old_{name}"))
    for kind in (1, 2, 3):
        connection.execute(text(f"DROP TABLE words_{kind}"))
    if dialect.name == "postgresql":
        for name in old:
            connection.execute(text(f"ALTER TABLE old_{name} DROP CONSTRAINT IF EXISTS {name}_pkey"))
        for name in ("place", "first"):
            connection.execute(text(f"ALTER TABLE old_documents DROP CONSTRAINT IF EXISTS documents_{name}_key"))
    tables.create_all(connection)
    dialect.prepare(connection)
    writer = Writer(dialect)
    query = text("SELECT id, place, first, last, rest FROM old_documents ORDER BY id")
    for _, place, first, last, rest in connection.execute(query).all():
        analysis, passages = _read_1(connection, first, last, rest)
        writer.put(connection, analysis, passages, place)
        writer.done(kept=True)
    for name in old:
        connection.execute(text(f"DROP TABLE old_{name}"))


def _read_1(connection: Connection, first: int, last: int, rest: bytes) -> tuple[Analysis, list[Passage]]:
    """Return a document of version 1."""
    whole = {"first": first, "last": last}
    kinds = dict(tuple(row) for row in connection.execute(text(f"SELECT id, kind FROM old_entries {_WITHIN}"), whole))
    rows: dict[int, list[dict[str, Any]]] = {1: [], 2: [], 3: []}
    query = text(f"SELECT id, data FROM old_payloads {_WITHIN} ORDER BY id")
    for block, data in connection.execute(query, {"first": first // 16, "last": last // 16}):
        for number, line in enumerate(zlib.decompress(data).decode("utf-8").split("\n"), block * 16):
            if number in kinds:
                rows[kinds[number]].append(json.loads(line))
    fields = json.loads(zlib.decompress(rest)) | {"tasks": rows[1], "citations": rows[2]}
    return Analysis.model_validate(fields), [Passage.model_validate(row) for row in rows[3]]


def _from_2(connection: Connection, dialect: Dialect) -> None:
    """Version 3 compresses its blocks with zstandard; those of 2 are read as they are (`blocks.unpacked`)."""


_WITHIN = "WHERE id BETWEEN :first AND :last"

MIGRATIONS: dict[int, Step] = {1: _from_1, 2: _from_2}
"""The step from version n to n + 1, by n."""
