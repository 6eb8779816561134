"""The index of obligations: what must be done, by whom, by when, in every document that ever came in.

How it is built, and why. Words are folded before they are indexed (FTS5's own `remove_diacritics` leaves đ alone), and
filters are words too: marks of bodies, months, statuses stand in the text index beside a row's words, so that a filter
costs one list and no join. A body with a month, a year or a status is one mark (measured over 200 questions on a
million rows: all candidates in 2.4 ms at the median instead of 6.3 with single marks, for 17 bytes a row). Ranking
orders a capped set of candidates (`finding.CANDIDATES`) by how likely a row is the one meant (`ranking.likelihood`),
instead of bm25 over all that match. A text is stored once, in compressed blocks of eight rows; facets are counted from
narrow columns. PostgreSQL holds the same words and marks as tsvectors under a GIN index, and is kept to it by settings
of the session. Tantivy would rank as fast, but it is a second store beside the first: a document would be two
transactions, and a program killed between them would leave half of it.
"""

from __future__ import annotations

from vnlegal.errors import MissingExtra

try:
    import sqlalchemy  # noqa: F401
except ImportError as error:
    raise MissingExtra("chỉ mục cần thư viện SQLAlchemy", next_step="pip install 'vnlegal[index]'") from error

from vnlegal.index.descent import Edge
from vnlegal.index.model import BadQuery, Facet, Filters, Hit, IndexProblem, Page, Passage, Reply, Stats
from vnlegal.index.store import Index, open_index

__all__ = [
    "BadQuery",
    "Edge",
    "Facet",
    "Filters",
    "Hit",
    "Index",
    "IndexProblem",
    "Page",
    "Passage",
    "Reply",
    "Stats",
    "open_index",
]
