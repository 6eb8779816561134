"""Graphs in files: one SQLite file with the nodes, the edges and the facts they were made of.

Written whole or not at all. A file that was cut short, is no graph or comes from another version is told by its first
bytes; nothing in it is run or unpickled.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vnlegal.errors import VnlegalError
from vnlegal.graph.build import new_graph
from vnlegal.works import WorkFacts

if TYPE_CHECKING:
    import networkx

FORMAT, VERSION = "vnlegal-graph", 3
_MARK = 0x766E6C67  # SQLite's application id: "vnlg"
_AGAIN = "dựng lại bằng vnlegal graph build"
_MAGIC = b"SQLite format 3\x00"
_TIES = ("relations", "evidence", "cited")
_MOST = 400  # neighbours read of one work, and works of one step
_NO_FIELDS: set[str] = set()
_REPEATED = ("key", "number", "kind", "issuer", "date", "effective", "law", "where", "relation", "delegate", "above")
_GZIP = b"\x1f\x8b"
_TABLES = """
create table sources (source text primary key, sha256 text not null, facts text not null, ties text not null);
create table nodes (id text primary key, attributes text not null);
create table edges (source text, target text, relation text, stated_in text, attributes text not null);
"""
_INDEXES = "create index by_source on edges(source); create index by_target on edges(target);"


class Stored(NamedTuple):
    """The facts of one document as a graph file keeps them, with the hash of the file they were read from.

    `ties` holds what only the graph is made of (relations, evidence, names of cited works): audits need none of it,
    and of a large collection it is the larger part.
    """

    source: str
    sha256: str
    facts: str
    ties: str = "{}"

    @classmethod
    def of(cls, source: str, sha256: str, facts: str) -> Stored:
        """Return the facts, given as JSON, in their two parts."""
        held = json.loads(facts)
        ties = {field: held.pop(field) for field in _TIES if field in held}
        return cls(source, sha256, json.dumps(held, ensure_ascii=False), json.dumps(ties, ensure_ascii=False))

    def read(self) -> WorkFacts:
        """Return the facts; without `ties` (as `load_sources` can leave them out) there are no relations."""
        if self.ties == "{}":
            return WorkFacts.model_validate_json(self.facts)
        return WorkFacts.model_validate_json(json.dumps({**json.loads(self.facts), **json.loads(self.ties)}))


def save(graph: networkx.MultiDiGraph[str], path: Path, sources: Iterable[Stored] = ()) -> None:
    """Write the graph and the facts behind it; raises `VnlegalError` where the file cannot be written."""
    write(
        path,
        ((name, attributes) for name, attributes in graph.nodes(data=True)),
        ((a, b, attributes) for a, b, attributes in graph.edges(data=True)),
        sources,
    )


def write(
    path: Path,
    nodes: Iterable[tuple[str, dict[str, Any]]],
    edges: Iterable[tuple[str, str, dict[str, Any]]],
    sources: Iterable[Stored] = (),
) -> None:
    """Write nodes and edges, which may be streams longer than memory; raises `VnlegalError`."""
    half = path.with_name(f".{path.name}.part")
    try:
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(half)) as base:
            base.executescript(
                "pragma page_size = 8192; pragma journal_mode = off; pragma synchronous = off;" + _TABLES
            )
            base.execute(f"pragma application_id = {_MARK}")
            base.execute(f"pragma user_version = {VERSION}")
            rows = ((_safe(s.source), s.sha256, _safe(s.facts), _safe(s.ties)) for s in sources)
            base.executemany("insert or replace into sources values (?, ?, ?, ?)", rows)
            base.executemany("insert into nodes values (?, ?)", ((_safe(n), _words(a)) for n, a in nodes))
            base.executemany("insert into edges values (?, ?, ?, ?, ?)", (_edge(*edge) for edge in edges))
            base.executescript(_INDEXES)
            base.commit()
        half.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise VnlegalError(f"{path}: không ghi được ({error})", next_step="chọn --out ở chỗ khác") from error


def _edge(source: str, target: str, attributes: dict[str, Any]) -> tuple[str, str, str, str, str]:
    rest = {key: value for key, value in attributes.items() if key not in ("relation", "stated_in")}
    relation, stated = str(attributes["relation"]), str(attributes["stated_in"])
    return _safe(source), _safe(target), _safe(relation), _safe(stated), _words(rest)


def _words(attributes: dict[str, Any]) -> str:
    return _safe(json.dumps(attributes, ensure_ascii=False))


def _safe(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


def as_rows(graph: networkx.MultiDiGraph[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the nodes and edges as plain rows, in the order they were added."""
    return {
        "nodes": [{"id": name, **attributes} for name, attributes in graph.nodes(data=True)],
        "edges": [{"source": a, "target": b, **attributes} for a, b, attributes in graph.edges(data=True)],
    }


def load(path: Path) -> networkx.MultiDiGraph[str]:
    """Read a graph; raises `VnlegalError` where the file is cut short, no graph, or of another version."""
    graph = new_graph()
    with _opened(path) as base:
        for name, attributes in base.execute("select id, attributes from nodes order by rowid"):
            graph.add_node(name, **json.loads(attributes))
        for a, b, relation, stated, attributes in base.execute(
            "select source, target, relation, stated_in, attributes from edges order by rowid"
        ):
            more = json.loads(attributes)
            graph.add_edge(a, b, key=f"{relation}@{stated}", relation=relation, stated_in=stated, **more)
    return graph


def load_around(path: Path, around: str | None, steps: int = 2) -> networkx.MultiDiGraph[str]:
    """Read only the works within so many steps of `around` and the edges between them.

    Without `around` that is the work with most edges. What is not there is read as an empty neighbourhood; raises
    `VnlegalError` as `load` does.
    """
    graph = new_graph()
    with _opened(path) as base:
        held = dict.fromkeys(_beginning(base, around))
        border = list(held)
        for _ in range(steps):
            found: dict[str, None] = {}
            for name in border:
                for side, other in (("source", "target"), ("target", "source")):
                    asked = f"select distinct {other} from edges where {side} = ? limit {_MOST}"
                    found.update((row[0], None) for row in base.execute(asked, (name,)))
            border = [name for name in found if name not in held][:_MOST]
            held.update(dict.fromkeys(border))
        for name in held:
            for row in base.execute("select attributes from nodes where id = ?", (name,)):
                graph.add_node(name, **json.loads(row[0]))
        for name in held:
            asked = "select target, relation, stated_in, attributes from edges where source = ? order by rowid"
            for target, relation, stated, attributes in base.execute(asked, (name,)):
                if graph.has_node(target) and graph.has_node(name):
                    more = json.loads(attributes)
                    key = f"{relation}@{stated}"
                    graph.add_edge(name, target, key=key, relation=relation, stated_in=stated, **more)
        graph.graph["works"] = base.execute("select count(*) from nodes").fetchone()[0]
    return graph


def _beginning(base: sqlite3.Connection, around: str | None) -> list[str]:
    """Return the work to begin at: the one named, those of its number, or the one with most edges."""
    if around is None:
        asked = (
            "select id from (select source as id from edges union all select target from edges)"
            " group by id order by count(*) desc, id desc limit 1"
        )
        return [row[0] for row in base.execute(asked)]
    found = [row[0] for row in base.execute("select id from nodes where id = ?", (around,))]
    low, high = f"{around}@", f"{around}A"  # "A" follows "@"
    return found or [
        row[0] for row in base.execute("select id from nodes where id >= ? and id < ? limit 6", (low, high))
    ]


def load_sources(path: Path, *, ties: bool = True) -> list[Stored]:
    """Read the facts behind a graph, by source, on request without `ties`; raises `VnlegalError` as `load` does."""
    wanted = "ties" if ties else "'{}'"
    with _opened(path) as base:
        rows = base.execute(f"select source, sha256, facts, {wanted} from sources order by source")
        return [Stored(*row) for row in rows]


def read_works(path: Path) -> Iterator[WorkFacts]:
    """Yield what audits need of the works behind a graph, one by one; raises `VnlegalError` as `load` does."""
    with _opened(path) as base:
        for (facts,) in base.execute("select facts from sources order by source"):
            yield _slim(WorkFacts.model_validate_json(facts))


def _slim(work: WorkFacts) -> WorkFacts:
    """Return the work with what repeats held once: words that many have, and the sets of "fields given".

    Of half a million works these would be the larger part of the memory.
    """
    for record in (work, *work.delegations, *work.scopes, *work.articles):
        object.__setattr__(record, "__pydantic_fields_set__", _NO_FIELDS)
        held = record.__dict__
        for field in _REPEATED:
            if held.get(field) is not None:
                held[field] = sys.intern(held[field])
    for scope in work.scopes:
        for pin in scope.provisions:
            object.__setattr__(pin, "__pydantic_fields_set__", _NO_FIELDS)
    return work


def is_graph(path: Path) -> bool:
    """Whether a file begins as a graph file does."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(_MAGIC) and int.from_bytes(head[68:72]) == _MARK


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    _check(path)
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.execute("pragma trusted_schema = off")
            yield base
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise VnlegalError(f"{path.name}: tệp đồ thị hỏng ({error})", next_step=_AGAIN) from error


def _check(path: Path) -> None:
    """Raise `VnlegalError` unless the file's head says that it is a whole graph of this version."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise VnlegalError(f"{path.name}: không mở được ({error.strerror})", next_step="xem lại đường dẫn") from error
    if head.startswith(_GZIP):
        raise VnlegalError(f"{path.name}: đồ thị dạng 1, cần dạng {VERSION}", next_step=_AGAIN)
    if not head.startswith(_MAGIC) or len(head) < 100 or int.from_bytes(head[68:72]) != _MARK:
        raise VnlegalError(f"{path.name}: không phải tệp đồ thị của vnlegal, hoặc bị cắt cụt", next_step=_AGAIN)
    version = int.from_bytes(head[60:64])
    if version != VERSION:
        raise VnlegalError(f"{path.name}: đồ thị dạng {version}, cần dạng {VERSION}", next_step=_AGAIN)
    page = int.from_bytes(head[16:18])
    pages = int.from_bytes(head[28:32])
    if size < pages * (65536 if page == 1 else page):
        raise VnlegalError(f"{path.name}: tệp đồ thị bị cắt cụt", next_step=_AGAIN)
