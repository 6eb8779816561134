"""The neighbourhood of a cited work, two steps wide: a picture without script, and the relations with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from vnlegal.errors import VnlegalError
from vnlegal.graph.page import neighbourhood
from vnlegal.graph.page import page as graph_page
from vnlegal.office.sheet import Column, Sheet, Value
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.naming import place_in, split_source
from vnlegal.review.tables import send, send_sheet
from vnlegal.review.words import Words
from vnlegal.works.resolve import Resolver

router = APIRouter(include_in_schema=False)
_MARGIN = 190.0  # room for the names outside the last ring
_ENGLISH = {
    "luật, pháp lệnh": "law, ordinance",
    "nghị quyết": "resolution",
    "nghị định": "decree",
    "quyết định": "decision",
    "thông tư": "circular",
    "điều, khoản": "article, clause",
    "văn bản khác": "other document",
}
_SHOWN = 200  # relations in the table
_COLUMNS = (
    Column("a", "Văn bản", width=28),
    Column("relation", "Quan hệ", width=18),
    Column("b", "Với văn bản", width=28),
    Column("pins", "Điều khoản", width=24),
    Column("evidence", "Câu làm chứng", width=80),
    Column("source", "Nêu tại", width=30),
)
Key = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two works, with the words that state it and where they stand."""

    a: str
    b: str
    a_key: str
    b_key: str
    relation: str
    pins: str
    evidence: str
    source: str
    address: str
    middle: bool


@router.get("/work")
def work(request: Request, desk: At, session: Visitor, words: Language, key: Key) -> HTMLResponse:
    """Show the works within two steps of one, as a picture and as a table of relations."""
    gathered = desk.auditor.facts.gather()
    found = _around(desk, key)
    ties = _ties(found, words)
    context = {
        "key": key,
        "name": next((node["label"] for node in found["nodes"] if node["id"] == found["centre"]), key),
        "title": next((one.label for one in desk.works if one.value == key), ""),
        "found": found,
        "box": _box(found["nodes"]),
        "nodes": [_placed(node, found["centre"]) for node in found["nodes"]],
        "lines": _lines(found),
        "lines_legend": _legend_lines(found["edges"], words),
        "dots_legend": _legend_dots(found["nodes"], words),
        "ties": ties[:_SHOWN],
        "more": max(0, len(ties) - _SHOWN),
        "documents": _documents(found),
        "waiting": gathered.waiting,
    }
    return page(request, "work.html", context, session=session)


@router.get("/work.{form}")
def table(form: str, desk: At, session: Visitor, words: Language, key: Key) -> Response:
    """Send the relations as a table, or the picture as a page of its own that can be searched and moved."""
    if form == "html":
        gathered = desk.auditor.facts.gather()
        return send(graph_page(desk.auditor.graph(gathered), _node(desk, key)), form, "do-thi")
    rows: list[list[Value]] = [
        [tie.a, tie.relation, tie.b, tie.pins, tie.evidence, split_source(tie.source)[1]]
        for tie in _ties(_around(desk, key), words)
    ]
    return send_sheet([Sheet("Quan hệ", _COLUMNS, rows)], form, "do-thi")


def _node(desk: Desk, key: str) -> str:
    """Return what the graph calls a work."""
    gathered = desk.auditor.facts.gather()
    graph = desk.auditor.graph(gathered)
    if graph.has_node(key):
        return key
    return Resolver(desk.auditor.works(gathered), desk.knowledge).resolve(key, None).key


def _around(desk: Desk, key: str) -> dict[str, Any]:
    """Return the neighbourhood; an empty one where no document names the work."""
    try:
        return neighbourhood(desk.auditor.graph(desk.auditor.facts.gather()), _node(desk, key))
    except VnlegalError:
        return {"centre": "", "nodes": [], "edges": [], "hidden": 0}


def _ties(found: Mapping[str, Any], words: Words) -> list[Tie]:
    """Return the relations, those of the work in the middle first."""
    labels = {node["id"]: node["label"] for node in found["nodes"]}
    out = []
    for edge in found["edges"]:
        doc, _ = split_source(edge["in"])
        address = place_in(doc, edge["start"], edge["end"]) if doc else ""
        out.append(
            Tie(
                labels[edge["a"]],
                labels[edge["b"]],
                edge["a"],
                edge["b"],
                words.value(edge["kind"]),
                edge["pins"],
                edge["evidence"],
                edge["in"],
                address,
                found["centre"] in (edge["a"], edge["b"]),
            )
        )  # fmt: skip
    return sorted(out, key=lambda tie: not tie.middle)


def _documents(found: Mapping[str, Any]) -> dict[str, int]:
    """Return the documents under review among the works: number by what the graph calls them."""
    out = {}
    for edge in found["edges"]:
        doc, _ = split_source(edge["in"])
        if doc is not None:
            out[edge["a"]] = doc
    return out


def _box(nodes: Iterable[Mapping[str, Any]]) -> str:
    """Return the view box of the picture."""
    across, down = [node["x"] for node in nodes] or [0.0], [node["y"] for node in nodes] or [0.0]
    left, top = min(across) - _MARGIN, min(down) - _MARGIN
    return f"{left:.0f} {top:.0f} {max(across) + _MARGIN - left:.0f} {max(down) + _MARGIN - top:.0f}"


def _placed(node: Mapping[str, Any], centre: str) -> dict[str, Any]:
    """Return a node as it is drawn: its name turned outwards, never upside down."""
    left = abs(node["angle"]) > 90
    middle = node["id"] == centre
    return {
        **node,
        "middle": middle,
        "turn": 0 if middle else node["angle"] + 180 if left else node["angle"],
        "dx": 0 if middle else -12 if left else 12,
        "dy": -20 if middle else 4,
        "anchor": "middle" if middle else "end" if left else "start",
    }


def _lines(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    at = {node["id"]: node for node in found["nodes"]}
    return [
        {**edge, "x1": at[edge["a"]]["x"], "y1": at[edge["a"]]["y"], "x2": at[edge["b"]]["x"], "y2": at[edge["b"]]["y"],
         "near": found["centre"] in (edge["a"], edge["b"]),
         "said": f"{at[edge['a']]['label']} → {at[edge['b']]['label']}"}
        for edge in reversed(found["edges"])
    ]  # fmt: skip


def _legend_lines(edges: Iterable[Mapping[str, Any]], words: Words) -> list[tuple[str, str]]:
    """Return the colours of the relations with their words."""
    return list(dict.fromkeys((edge["colour"], words.value(edge["kind"])) for edge in edges))


def _legend_dots(nodes: Iterable[Mapping[str, Any]], words: Words) -> list[tuple[str, str]]:
    """Return the colours of the kinds of works with their words."""
    english = words.language == "en"
    return list(
        dict.fromkeys((n["colour"], _ENGLISH.get(n["kind"], n["kind"]) if english else n["kind"]) for n in nodes)
    )
