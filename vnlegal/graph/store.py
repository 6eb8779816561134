"""Graphs in files: gzipped JSON with a format name and a version, written whole or not at all."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnlegal.errors import VnlegalError
from vnlegal.graph.build import new_graph

if TYPE_CHECKING:
    import networkx

FORMAT, VERSION = "vnlegal-graph", 1
_AGAIN = "dựng lại bằng vnlegal graph build"


def save(graph: networkx.MultiDiGraph[str], path: Path) -> None:
    """Write the graph; raises `VnlegalError` where the file cannot be written."""
    words = json.dumps({"format": FORMAT, "version": VERSION, **as_rows(graph)}, ensure_ascii=False)
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(gzip.compress(words.encode("utf-8", "replace"), compresslevel=4, mtime=0))
        half.replace(path)
    except OSError as error:
        raise VnlegalError(f"{path}: không ghi được ({error.strerror})", next_step="chọn --out ở chỗ khác") from error


def as_rows(graph: networkx.MultiDiGraph[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the nodes and edges as plain rows, in the order they were added."""
    return {
        "nodes": [{"id": name, **attributes} for name, attributes in graph.nodes(data=True)],
        "edges": [{"source": a, "target": b, **attributes} for a, b, attributes in graph.edges(data=True)],
    }


def load(path: Path) -> networkx.MultiDiGraph[str]:
    """Read a graph; raises `VnlegalError` where the file is cut short, no graph, or of another version."""
    try:
        found = json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise VnlegalError(f"{path.name}: không phải tệp đồ thị, hoặc bị cắt cụt", next_step=_AGAIN) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise VnlegalError(f"{path.name}: không phải tệp đồ thị của vnlegal", next_step=_AGAIN)
    if found.get("version") != VERSION:
        raise VnlegalError(f"{path.name}: đồ thị dạng {found.get('version')}, cần dạng {VERSION}", next_step=_AGAIN)
    graph = new_graph()
    try:
        for node in found["nodes"]:
            graph.add_node(node.pop("id"), **node)
        for edge in found["edges"]:
            key = f"{edge['relation']}@{edge['stated_in']}"
            graph.add_edge(edge.pop("source"), edge.pop("target"), key=key, **edge)
    except (KeyError, TypeError, AttributeError) as error:
        raise VnlegalError(f"{path.name}: tệp đồ thị hỏng ({error})", next_step=_AGAIN) from error
    return graph
