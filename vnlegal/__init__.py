"""vnlegal: citations, tasks and the graph of Vietnamese official documents.

>>> import vnlegal
>>> analysis = vnlegal.analyze("Căn cứ Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 của Chính phủ;")
>>> analysis.citations[0].number
'88/2025/NĐ-CP'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vnlegal.graph import build_graph
    from vnlegal.index import open_index
    from vnlegal.pipeline import analyze
    from vnlegal.readers import read
    from vnlegal.records import Analysis, Document

__version__ = "0.1.0"
__all__ = ["Analysis", "Document", "analyze", "build_graph", "open_index", "read"]

# The front door opens rooms only when they are asked for, so that `vnlegal --help` starts at once.
_ROOMS = {
    "analyze": "vnlegal.pipeline",
    "build_graph": "vnlegal.graph",
    "read": "vnlegal.readers",
    "Analysis": "vnlegal.records",
    "Document": "vnlegal.records",
    "open_index": "vnlegal.index",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'vnlegal' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)
