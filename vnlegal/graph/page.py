"""The picture of a work's neighbourhood: one HTML file that needs no network. The layout is computed here."""

from __future__ import annotations

import html
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vnlegal.errors import VnlegalError
from vnlegal.graph.layout import radial
from vnlegal.labels import RELATION

if TYPE_CHECKING:
    import networkx

MOST = 90
COLOURS = {
    "issued_under": "#3b6ea5",
    "implements": "#1b8a4b",
    "guides": "#2aa198",
    "amends": "#e07b00",
    "replaces": "#d43f3a",
    "repeals": "#9b1030",
    "consolidates": "#8c5a3c",
    "executes": "#6a9a1f",
    "replies_to": "#b0469e",
    "cites": "#b5b5b5",
}
_OTHER = "#7d6fb0"
_ORDER = ("implements", "guides", "amends", "replaces", "repeals", "issued_under", "executes", "consolidates")
_LABELS = {**RELATION, "part_of": "thuộc"}
KINDS = {
    "luat": ("#c8102e", "luật, pháp lệnh"),
    "bo_luat": ("#c8102e", "luật, pháp lệnh"),
    "phap_lenh": ("#c8102e", "luật, pháp lệnh"),
    "hien_phap": ("#c8102e", "luật, pháp lệnh"),
    "nghi_quyet": ("#8e44ad", "nghị quyết"),
    "nghi_dinh": ("#1f6fb2", "nghị định"),
    "quyet_dinh": ("#b9770e", "quyết định"),
    "thong_tu": ("#1e8449", "thông tư"),
    "thong_tu_lien_tich": ("#1e8449", "thông tư"),
    "provision": ("#111111", "điều, khoản"),
}
_ANY_KIND = ("#5f6b76", "văn bản khác")
_SHORT = 34  # code points of a name in the picture
_EVIDENCE = 600
Finding = Mapping[str, str]


def page(
    graph: networkx.MultiDiGraph[str],
    around: str | None = None,
    findings: Mapping[str, Sequence[Finding]] | None = None,
) -> str:
    """Return the page on the works within two steps of `around`, the best connected one if none is named.

    `findings`: what audits say of a work, each with `label`, `place` and `text`. Raises `VnlegalError` where the
    graph has no such work.
    """
    data = neighbourhood(graph, around, findings)
    centre = data["centre"]
    title = _label(centre, graph.nodes[centre], 80) if centre else "đồ thị"
    template = (files("vnlegal.graph") / "page.html").read_text(encoding="utf-8")
    legend = _legend(data["nodes"], data["edges"])
    parts = {"__TITLE__": html.escape(title), "__LEGEND__": legend, "__DATA__": _safe_json(data)}
    first, *rest = template.split("__")
    out = [first]
    for piece in rest:  # one pass, so that nothing a title says is taken for a mark
        out.append(parts.get(f"__{piece}__", piece) if piece.isupper() else piece)
    return "".join(out)


def neighbourhood(
    graph: networkx.MultiDiGraph[str],
    around: str | None = None,
    findings: Mapping[str, Sequence[Finding]] | None = None,
) -> dict[str, Any]:
    """Return the works within two steps of `around` with their places in the picture, and what stands between them.

    Keys: `centre`, `nodes`, `edges`, `hidden` (how many works are not in it). Raises `VnlegalError` where the graph
    has no such work.
    """
    centre = _centre(graph, around)
    places = radial(_rings(graph, centre))
    nodes = [
        {**_node(name, graph.nodes[name], centre), **place._asdict(), "audit": list((findings or {}).get(name, ()))}
        for name, place in places.items()
    ]
    edges = [_edge(a, b, edge) for a, b, edge in graph.edges(data=True) if a in places and b in places]
    edges.sort(key=lambda edge: edge["kind"] != "cites")
    return {
        "centre": centre,
        "nodes": nodes,
        "edges": edges,
        "hidden": graph.graph.get("works", graph.number_of_nodes()) - len(nodes),
    }


def _node(name: str, known: Mapping[str, Any], centre: str) -> dict[str, Any]:
    colour, kind = KINDS.get(known.get("kind") or "", _ANY_KIND)
    return {
        "id": name,
        "label": _label(name, known, 80 if name == centre else _SHORT),
        "title": known.get("title") or "",
        "date": known.get("date") or "",
        "issuer": known.get("issuer") or "",
        "given": bool(known.get("given")),
        "colour": colour,
        "kind": kind,
    }


def _label(name: str, known: Mapping[str, Any], most: int) -> str:
    """Return a number without the year that is no part of it; of a work without a number, its name."""
    words = name
    if name == f"?{known.get('source')}":
        words = known.get("title") or name[1:].rsplit("/", maxsplit=1)[-1]
    elif ":" in name:
        words = known.get("title") or name
    number, _, year = words.partition("@")
    words = f"{number} ({year})" if year and year != "?" else number
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _edge(a: str, b: str, edge: Mapping[str, Any]) -> dict[str, Any]:
    relation = edge["relation"]
    return {
        "a": a,
        "b": b,
        "label": _LABELS.get(relation, "quan hệ khác"),
        "colour": COLOURS.get(relation, _OTHER),
        "kind": relation,
        "pins": str(edge.get("provisions") or "")[:_EVIDENCE],
        "evidence": str(edge.get("evidence") or "")[:_EVIDENCE],
        "in": edge.get("stated_in") or "",
        "start": edge.get("start", 0),
        "end": edge.get("end", 0),
    }


def _legend(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> str:
    lines = dict.fromkeys((e["colour"], e["label"] if e["colour"] != _OTHER else "quan hệ khác") for e in edges)
    dots = dict.fromkeys((n["colour"], n["kind"]) for n in nodes)
    out = [f'<span><i style="background:{colour}"></i>{html.escape(label)}</span>' for colour, label in lines]
    out.append("<em></em>")
    out += [f'<span><b style="background:{colour}"></b>{html.escape(kind)}</span>' for colour, kind in dots]
    if any(not node["given"] for node in nodes):
        out.append('<span><b class="hollow"></b>chỉ được nhắc đến</span>')
    if any(node["audit"] for node in nodes):
        out.append("<span><u>5</u>số điểm kiểm tra nêu (điều khoản còn nợ văn bản…)</span>")
    return "".join(out)


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
    """Return the works one and two steps away with the work each hangs on, the strongest ties first, `MOST` in all.

    No more than half of the places go to the second ring's neighbours of one work.
    """
    if not centre:
        return []
    seen = {centre}
    first = [name for name in _neighbours(graph, centre) if name != centre][: MOST - 1]
    seen.update(first)
    second: list[tuple[str, str]] = []
    waiting = {host: [n for n in _neighbours(graph, host) if n not in seen] for host in first}
    for turn in range(MOST // 2):
        for host in first:
            if len(seen) >= MOST:
                break
            if turn < len(waiting[host]) and waiting[host][turn] not in seen:
                seen.add(waiting[host][turn])
                second.append((waiting[host][turn], host))
    return [[(centre, "")], [(name, centre) for name in _by_relation(graph, centre, first)], second]


def _by_relation(graph: networkx.MultiDiGraph[str], centre: str, names: Sequence[str]) -> list[str]:
    """Return the neighbours of the middle with those of one relation side by side."""
    held: dict[str, set[str]] = defaultdict(set)
    for a, b, edge in (*graph.out_edges(centre, data=True), *graph.in_edges(centre, data=True)):
        held[b if a == centre else a].add(edge["relation"])

    def place(name: str) -> tuple[int, str]:
        known = [n for n, relation in enumerate(_ORDER) if relation in held[name]]
        return (known[0] if known else len(_ORDER), name)

    return sorted(names, key=place)


def _neighbours(graph: networkx.MultiDiGraph[str], host: str) -> list[str]:
    weight: dict[str, int] = defaultdict(int)
    for a, b, edge in (*graph.out_edges(host, data=True), *graph.in_edges(host, data=True)):
        weight[b if a == host else a] += 1 if edge["relation"] == "cites" else 10
    return sorted(weight, key=lambda name: (-weight[name], name))
