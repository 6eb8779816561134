"""The index of obligations: what must be done, by whom, by when, in every document that ever came in."""

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
