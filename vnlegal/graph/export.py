"""The graph in the forms other programs read. Every title is escaped for the form it goes into."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from vnlegal.citations.keys import slug
from vnlegal.graph.page import Finding, page
from vnlegal.graph.store import FORMAT, VERSION, as_rows

if TYPE_CHECKING:
    import networkx

BASE = "https://vnlegal.example/"
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ELI = {
    "issued_under": "eli:based_on",
    "implements": "eli:ensures_implementation_of",
    "amends": "eli:amends",
    "replaces": "eli:repeals",
    "repeals": "eli:repeals",
    "corrects": "eli:corrects",
    "consolidates": "eli:consolidates",
    "cites": "eli:cites",
    "part_of": "eli:is_part_of",
}
_FIELDS = (
    ("title", "eli:title"),
    ("kind", "eli:type_document"),
    ("date", "eli:date_document"),
    ("effective", "eli:first_date_entry_in_force"),
    ("issuer", "eli:passed_by"),
)
_COLUMNS = (
    "source", "source_title", "relation", "target", "target_title", "provisions", "evidence", "stated_in", "start",
    "end", "why",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(
    graph: networkx.MultiDiGraph[str],
    form: str,
    *,
    base: str = BASE,
    around: str | None = None,
    findings: Mapping[str, Sequence[Finding]] | None = None,
) -> str:
    """Return the graph in the form named, one of `EXPORTS`.

    `base`: the beginning of the IRIs; `around`: the work in the middle of the picture; `findings`: what audits say of
    the works, shown in the picture.
    """
    if form == "jsonld":
        return jsonld(graph, base)
    if form == "html":
        return page(graph, around, findings)
    return _PLAIN[form](graph)


def _json(graph: networkx.MultiDiGraph[str]) -> str:
    return json.dumps({"format": FORMAT, "version": VERSION, **as_rows(graph)}, ensure_ascii=False, indent=1) + "\n"


def _xml_safe(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return a copy that XML can hold."""
    safe = graph.__class__()

    def clean(attributes: dict[str, Any]) -> dict[str, Any]:
        return {k: _NOT_XML.sub("", v) if isinstance(v, str) else v for k, v in attributes.items()}

    for name, attributes in graph.nodes(data=True):
        safe.add_node(_NOT_XML.sub("", name), **clean(attributes))
    for a, b, key, attributes in graph.edges(keys=True, data=True):
        rest = {("begin" if k == "start" else "finish" if k == "end" else k): v for k, v in clean(attributes).items()}
        safe.add_edge(_NOT_XML.sub("", a), _NOT_XML.sub("", b), key=_NOT_XML.sub("", key), **rest)
    return safe


def _graphml(graph: networkx.MultiDiGraph[str]) -> str:
    import networkx

    out = io.BytesIO()
    networkx.write_graphml_xml(_xml_safe(graph), out, encoding="utf-8")
    return out.getvalue().decode()


def _gexf(graph: networkx.MultiDiGraph[str]) -> str:
    import networkx

    out = io.BytesIO()
    networkx.write_gexf(_xml_safe(graph), out, encoding="utf-8")
    return out.getvalue().decode()


def iri(name: str, attributes: dict[str, Any], base: str) -> str:
    """Return a work's IRI in the manner of Akoma Ntoso: base/akn/vn/act/DATE/NUMBER.

    A provision's ends in "~" and its place: …/45-2019-qh14/~art_5__para_2__point_a.
    """
    number, *units = name.split("/dieu_") if attributes.get("kind") == "provision" else [name]
    day = attributes.get("date") or "nd"
    work = f"{base.rstrip('/')}/akn/vn/act/{slug(str(day)) or 'nd'}/{slug(number) or 'x'}"
    if not units:
        return work
    place = units[0].replace("/khoan_", "__para_").replace("/diem_", "__point_")
    return f"{work}/~art_{re.sub('[^a-z0-9_]', '', place.replace('đ', 'dd'))}"


def _iris(graph: networkx.MultiDiGraph[str], base: str) -> dict[str, str]:
    """Return an IRI for every node; of two that would be the same, the later one gets a number behind it."""
    out: dict[str, str] = {}
    seen: dict[str, int] = {}
    for name, attributes in graph.nodes(data=True):
        first = iri(name, attributes, base)
        seen[first] = seen.get(first, 0) + 1
        out[name] = first if seen[first] == 1 else f"{first}.{seen[first]}"
    return out


def jsonld(graph: networkx.MultiDiGraph[str], base: str) -> str:
    """Return JSON-LD in the terms of ELI; relations ELI has no word for are in the `vnl` namespace."""
    iris = _iris(graph, base)
    rows = []
    for name, attributes in graph.nodes(data=True):
        part = attributes.get("kind") == "provision"
        shown = "eli:LegalResourceSubdivision" if part else "eli:LegalResource"
        row: dict[str, Any] = {"@id": iris[name], "@type": shown, "eli:id_local": name}
        for field, term in _FIELDS:
            if attributes.get(field):
                row[term] = attributes[field]
        for _, target, edge in graph.out_edges(name, data=True):
            term = _ELI.get(edge["relation"], f"vnl:{edge['relation']}")
            held = row.setdefault(term, [])
            if {"@id": iris[target]} not in held:
                held.append({"@id": iris[target]})
        rows.append(row)
    context = {"eli": "http://data.europa.eu/eli/ontology#", "vnl": f"{base.rstrip('/')}/vocabulary#"}
    return json.dumps({"@context": context, "@graph": rows}, ensure_ascii=False, indent=1) + "\n"


def _cypher(graph: networkx.MultiDiGraph[str]) -> str:
    """Return statements that make the graph in a Cypher database; run twice, they make it once."""
    lines = ["CREATE CONSTRAINT work_id IF NOT EXISTS FOR (w:Work) REQUIRE w.id IS UNIQUE;"]
    for name, attributes in graph.nodes(data=True):
        fields = ", ".join(f"w.{key} = {_literal(value)}" for key, value in attributes.items())
        lines.append(f"MERGE (w:Work {{id: {_literal(name)}}}) SET {fields};")
    for a, b, attributes in graph.edges(data=True):
        kind = re.sub(r"[^A-Z_]", "", attributes["relation"].upper()) or "CITES"
        rest = {key: value for key, value in attributes.items() if key not in ("relation", "stated_in")}
        fields = ", ".join(f"r.{key} = {_literal(value)}" for key, value in rest.items())
        lines.append(
            f"MATCH (a:Work {{id: {_literal(a)}}}), (b:Work {{id: {_literal(b)}}}) "
            f"MERGE (a)-[r:{kind} {{stated_in: {_literal(attributes['stated_in'])}}}]->(b) SET {fields};"
        )
    return "\n".join(lines) + "\n"


def _csv(graph: networkx.MultiDiGraph[str]) -> str:
    """Return one line for each relation, with the byte order mark Excel needs; no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for a, b, edge in graph.edges(data=True):
        titles = {"source": a, "target": b, "source_title": _title(graph, a), "target_title": _title(graph, b)}
        row = {**edge, **titles}
        writer.writerow([_cell(row.get(column, "")) for column in _COLUMNS])
    return "\ufeff" + out.getvalue().encode("utf-8", "replace").decode()


def _title(graph: networkx.MultiDiGraph[str], name: str) -> str:
    return str(graph.nodes[name].get("title") or "")


def _cell(value: object) -> str:
    words = str(value).replace("\x00", "")
    return "'" + words if isinstance(value, str) and words.startswith(_FORMULA) else words


def _literal(value: object) -> str:
    """Return a Cypher literal.

    Some servers expand \\uXXXX before they parse, so a backslash of the text is written as the full-width one: no
    escape can be smuggled in. Quotes are escaped, line ends and control characters become blanks.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    words = "".join(c if c.isprintable() else " " for c in str(value))
    return "'" + words.replace("\\", "\uff3c").replace("'", "\\'") + "'"


_PLAIN: dict[str, Callable[[networkx.MultiDiGraph[str]], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
    "cypher": _cypher,
    "csv": _csv,
}
EXPORTS = ("graphml", "gexf", "json", "jsonld", "cypher", "csv", "html")
