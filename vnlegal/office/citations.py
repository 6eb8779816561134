"""Citations as a table, one line a mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from vnlegal.labels import RELATION, day, provision
from vnlegal.office.digest import plain
from vnlegal.office.sheet import Column, Sheet, Value
from vnlegal.records import Analysis

_COLUMNS = (
    Column("n", "STT", "number", 6),
    Column("text", "Viện dẫn", width=44),
    Column("target", "Văn bản", width=26),
    Column("title", "Tên", width=40),
    Column("date", "Ngày", width=12),
    Column("provisions", "Điều khoản", width=26),
    Column("relation", "Quan hệ", width=18),
    Column("draft", "Dự thảo", width=9),
    Column("number", "Trong văn bản", width=20),
    Column("source", "Nguồn", width=22),
    Column("line", "Dòng", "number", 7),
    Column("doubt", "Cần xem", width=9),
)


def citation_sheet(documents: Iterable[tuple[Analysis, str]]) -> Sheet:
    """Return the table of the citations of documents, each given with its canonical text."""
    rows: list[list[Value]] = []
    for analysis, text in documents:
        ends = [n for n, character in enumerate(text) if character == "\n"]
        for row in analysis.citations:
            if row.kind in ("self", "internal"):
                continue
            rows.append(
                [
                    len(rows) + 1,
                    plain(row.text),
                    row.target or "",
                    plain(row.title or ""),
                    day(row.date),
                    "; ".join(provision(p) for p in row.provisions),
                    RELATION.get(row.relation, row.relation) if row.relation else "",
                    "dự thảo" if row.is_draft else "",
                    analysis.document.number or "",
                    analysis.document.source,
                    bisect_left(ends, row.start) + 1,
                    "?" if row.target is None or row.confidence < 0.7 else "",
                ]
            )
    return Sheet("Viện dẫn", _COLUMNS, rows)
