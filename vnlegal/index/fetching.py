"""From the numbers of rows to what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from vnlegal.index.blocks import line_of, text_of, unpacked
from vnlegal.index.model import Hit, Kind
from vnlegal.index.ranking import highlights
from vnlegal.index.rows import KIND_NUMBER, RECORDS
from vnlegal.index.schema import BLOCK

_AT_ONCE = 200


class Head(NamedTuple):
    """What a hit tells of its document."""

    source: str
    number: str | None
    date: str | None
    issuer: str | None
    key: str | None


def fields_of(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the stored fields of rows by number."""
    blocks = _blocks(connection, numbers)
    return {n: line_of(blocks[n // BLOCK], n) for n in numbers if n // BLOCK in blocks}


def texts_of(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the texts of rows by number."""
    blocks = _blocks(connection, numbers)
    return {n: text_of(blocks[n // BLOCK], n) for n in numbers if n // BLOCK in blocks}


def _blocks(connection: Connection, numbers: Sequence[int]) -> dict[int, list[bytes]]:
    """Return the lines of the blocks in which rows stand, by the number of the block."""
    wanted = sorted({n // BLOCK for n in numbers})
    blocks: dict[int, list[bytes]] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        part = ", ".join(str(int(n)) for n in wanted[at : at + _AT_ONCE])
        query = f"SELECT id, data FROM payloads WHERE id IN ({part})"
        blocks.update((row[0], unpacked(row[1])) for row in connection.exec_driver_sql(query).all())
    return blocks


def hits_of(
    connection: Connection, scored: Sequence[tuple[int, float]], kind: Kind, words: frozenset[str]
) -> list[Hit]:
    """Return hits for rows with their scores, the question's `words` marked in them."""
    numbers = [n for n, _ in scored]
    fields = fields_of(connection, numbers)
    heads = _heads(connection, numbers)
    record = RECORDS[KIND_NUMBER[kind]]
    hits = []
    for n, points in scored:
        if n in fields and n in heads:
            row = record.model_validate(fields[n])
            marked = highlights(row.text, row.start, words) if words else ()
            head = heads[n]._asdict()
            hits.append(Hit(kind=kind, score=points, highlights=marked, entry=n, row=row, **head))
    return hits


def _heads(connection: Connection, numbers: Sequence[int]) -> dict[int, Head]:
    out: dict[int, Head] = {}
    for at in range(0, len(numbers), _AT_ONCE):
        part = ", ".join(str(int(n)) for n in numbers[at : at + _AT_ONCE])
        query = text(
            "SELECT e.id, d.source, d.number, d.date, d.issuer, d.key FROM entries e JOIN documents d "
            f"ON d.id = e.doc WHERE e.id IN ({part})"
        )
        out.update((row[0], Head(*row[1:])) for row in connection.execute(query))
    return out
