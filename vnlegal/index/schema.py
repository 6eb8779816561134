"""The tables of the index, the same in SQLite and PostgreSQL, and the version they have.

A document's rows have numbers in one run from `first` to `last`, beginning at a multiple of `BLOCK`; `payloads` holds
`BLOCK` rows each as compressed JSON lines. The words stand in the text index of the dialect.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, SmallInteger, String, Table

VERSION = 3
BLOCK = 8

tables = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")

meta = Table("vnlegal_index", tables, Column("name", String, primary_key=True), Column("value", String, nullable=False))
documents = Table(
    "documents",
    tables,
    Column("id", _Number, primary_key=True, autoincrement=False),
    Column("place", String, nullable=False, unique=True),
    Column("source", String, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("number", String),
    Column("kind", String),
    Column("date", String),
    Column("day", Integer),
    Column("issuer", String),
    Column("subject", String),
    Column("key", String),
    Column("marks", String, nullable=False),
    Column("first", _Number, nullable=False, unique=True),
    Column("last", _Number, nullable=False),
    Column("tasks", Integer, nullable=False),
    Column("citations", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("rest", LargeBinary, nullable=False),
)
entries = Table(
    "entries",
    tables,
    Column("id", _Number, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("doc", _Number, nullable=False),
    Column("due", Integer),
    Column("state", SmallInteger, nullable=False),
    Column("size", Integer, nullable=False),
    Column("marks", String, nullable=False),
)
payloads = Table(
    "payloads",
    tables,
    Column("id", _Number, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
agencies = Table(
    "agencies",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False, unique=True),
)
works = Table(
    "works",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    Column("number", String, nullable=False),
    Column("title", String, nullable=False),
)
relations = Table(
    "relations",
    tables,
    Column("doc", _Number, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("relation", String, nullable=False),
    Column("target", String, nullable=False, index=True),
)
years = Table("years", tables, Column("mark", String, primary_key=True))
