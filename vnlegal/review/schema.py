"""The tables of the review: documents by the hash of their bytes, their analyses, the log of events, the accounts.

Nothing is ever changed in `events`: triggers refuse it. `base` is the version an event was made on; no two events
of one item may have the same, so that no change can overwrite another unseen.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint

VERSION = 1
REMOVED = "removed"  # the status of a document that was taken off the list

tables = MetaData()
meta = Table("review_meta", tables, Column("name", String, primary_key=True), Column("value", String, nullable=False))
documents = Table(
    "review_documents",
    tables,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("format", String, nullable=False, default=""),
    Column("status", String, nullable=False, index=True),  # queued, reading, ready, failed, removed
    Column("reason", String, nullable=False, default=""),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("number", String, nullable=False, default=""),
    Column("kind", String, nullable=False, default=""),
    Column("date", String, nullable=False, default=""),
    Column("subject", String, nullable=False, default=""),
    Column("issuer", String, nullable=False, default=""),
    Column("items", Integer, nullable=False, default=0),
    Column("decided", Integer, nullable=False, default=0),
    Column("doubtful", Integer, nullable=False, default=0),
    Column("signed", String, nullable=False, default=""),
    Column("indexed", Integer, nullable=False, default=-1),  # the last event the index of obligations knows
)
analyses = Table(
    "review_analyses",
    tables,
    Column("doc", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("program", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
extracts = Table(  # what the audits take of a document; made anew by another version of the program
    "review_extracts",
    tables,
    Column("doc", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("program", String, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
events = Table(
    "review_events",
    tables,
    Column("id", Integer, primary_key=True),
    Column("doc", Integer, nullable=False, index=True),
    Column("item", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
    Column("action", String, nullable=False),
    Column("base", Integer, nullable=False),
    Column("before", String),
    Column("after", String, nullable=False),
    Column("batch", String, nullable=False),
    Column("undoes", String),
    UniqueConstraint("doc", "item", "base"),
    sqlite_autoincrement=True,
)
accounts = Table(
    "review_accounts",
    tables,
    Column("name", String, primary_key=True),
    Column("password", String, nullable=False),
    Column("at", String, nullable=False),
)
sessions = Table(
    "review_sessions",
    tables,
    Column("id", String, primary_key=True),  # the hash of what the browser holds
    Column("who", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("until", Float, nullable=False),
)
FIXED = (
    "CREATE TRIGGER IF NOT EXISTS review_events_fixed BEFORE UPDATE ON review_events "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS review_events_kept BEFORE DELETE ON review_events "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)
