"""The picture of a work's neighbourhood: one HTML file that needs no network. The layout is computed here."""

from __future__ import annotations

import html
import json
import math
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vnlegal.errors import VnlegalError

if TYPE_CHECKING:
    import networkx

MOST = 80
COLOURS = {
    "issued_under": ("#4e79a7", "căn cứ"),
    "implements": ("#2a9d5c", "quy định chi tiết"),
    "guides": ("#76b7b2", "hướng dẫn"),
    "amends": ("#f28e2b", "sửa đổi, bổ sung"),
    "replaces": ("#e15759", "thay thế"),
    "repeals": ("#b01e3c", "bãi bỏ"),
    "consolidates": ("#9c755f", "hợp nhất"),
    "executes": ("#59a14f", "thực hiện"),
    "cites": ("#b8b8b8", "viện dẫn"),
}
_OTHER = ("#8a7fb5", "quan hệ khác")
_KINDS = {
    "luat": "#c8102e",
    "bo_luat": "#c8102e",
    "phap_lenh": "#c8102e",
    "nghi_quyet": "#8e44ad",
    "nghi_dinh": "#1f6fb2",
    "quyet_dinh": "#c77c11",
    "thong_tu": "#1e8449",
}
_STEP = 230


def page(graph: networkx.MultiDiGraph[str], around: str | None = None) -> str:
    """Return the page on the works within two steps of `around`, the best connected one if none is named.

    Raises `VnlegalError` where the graph has no such work.
    """
    centre = _centre(graph, around)
    rings = _rings(graph, centre)
    places = _layout(rings)
    nodes = []
    for name, (x, y) in places.items():
        known = graph.nodes[name]
        nodes.append(
            {
                "id": name,
                "x": round(x, 1),
                "y": round(y, 1),
                "title": known.get("title") or "",
                "date": known.get("date") or "",
                "issuer": known.get("issuer") or "",
                "given": bool(known.get("given")),
                "colour": _KINDS.get(known.get("kind") or "", "#555555"),
            }
        )
    edges = []
    for a, b, edge in graph.edges(data=True):
        if a in places and b in places:
            colour, label = COLOURS.get(edge["relation"], _OTHER)
            row = {"a": a, "b": b, "label": label, "colour": colour, "kind": edge["relation"]}
            edges.append({**row, "evidence": edge.get("evidence", "")[:600], "in": edge.get("stated_in", "")})
    data = {"centre": centre, "nodes": nodes, "edges": edges, "hidden": graph.number_of_nodes() - len(nodes)}
    used = dict.fromkeys((e["colour"], e["label"]) for e in edges)
    legend = "".join(f'<span><i style="background:{colour}"></i>{label}</span>' for colour, label in used)
    return (
        _template()
        .replace("__TITLE__", html.escape(centre or "đồ thị"))
        .replace("__LEGEND__", legend)
        .replace("__DATA__", _safe_json(data))
    )


def _template() -> str:
    return (files("vnlegal.graph") / "page.html").read_text(encoding="utf-8")


def _safe_json(data: dict[str, Any]) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element or a line."""
    words = json.dumps(data, ensure_ascii=False)
    for odd in ("<", ">", "&", "\u2028", "\u2029"):
        words = words.replace(odd, f"\\u{ord(odd):04x}")
    return words.encode("utf-8", "replace").decode()


def _centre(graph: networkx.MultiDiGraph[str], around: str | None) -> str:
    if around is None:
        best: str = max(graph.nodes, key=lambda name: (graph.degree(name), name), default="")
        return best
    if graph.has_node(around):
        return around
    near: list[str] = sorted(name for name in graph.nodes if name.startswith(f"{around}@"))
    if len(near) == 1:
        return near[0]
    hint = f"có: {', '.join(near[:5])}" if near else "xem các số, ký hiệu bằng --format json"
    raise VnlegalError(f"đồ thị không có văn bản {around}", next_step=hint)


def _rings(graph: networkx.MultiDiGraph[str], centre: str) -> list[list[tuple[str, str]]]:
    """Return the works one and two steps away with the work each hangs on, the strongest ties first, `MOST` in all."""
    if not centre:
        return []
    seen, rings, border = {centre}, [[(centre, "")]], [centre]
    for _ in range(2):
        ring: list[tuple[str, str]] = []
        for host in border:
            for name in _neighbours(graph, host):
                if name not in seen and len(seen) < MOST:
                    seen.add(name)
                    ring.append((name, host))
        rings.append(ring)
        border = [name for name, _ in ring]
    return rings


def _neighbours(graph: networkx.MultiDiGraph[str], host: str) -> list[str]:
    weight: dict[str, int] = defaultdict(int)
    for a, b, edge in (*graph.out_edges(host, data=True), *graph.in_edges(host, data=True)):
        weight[b if a == host else a] += 1 if edge["relation"] == "cites" else 10
    return sorted(weight, key=lambda name: (-weight[name], name))


def _layout(rings: list[list[tuple[str, str]]]) -> dict[str, tuple[float, float]]:
    """Return a place for each work: rings round the middle, each work near the one it hangs on."""
    places: dict[str, tuple[float, float]] = {}
    angles: dict[str, float] = {}
    for number, ring in enumerate(rings):
        ordered = sorted(ring, key=lambda item: (angles.get(item[1], 0.0), item[0]))
        radius = max(_STEP * number, len(ring) * 26 / (2 * math.pi)) if number else 0.0
        for k, (name, _) in enumerate(ordered):
            angle = 2 * math.pi * k / max(len(ordered), 1)
            angles[name] = angle
            places[name] = (radius * math.cos(angle), radius * math.sin(angle))
    return places
