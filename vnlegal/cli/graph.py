"""`vnlegal graph build` and `graph export`: the citation graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from vnlegal.audit import audit_laws
from vnlegal.cli.base import DONE, UNREAD, Command, Group, knowledge_option, say
from vnlegal.cli.facts import gather_facts
from vnlegal.cli.inputs import gather
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.errors import UnreadableFile, VnlegalError
from vnlegal.graph import EXPORTS, build_graph, load, save
from vnlegal.graph import export as export_graph
from vnlegal.graph.export import BASE
from vnlegal.graph.store import Stored, is_graph, load_around, load_sources, read_works
from vnlegal.knowledge.registry import load_registry
from vnlegal.office.law_audit import pin_words
from vnlegal.works import Pin, WorkFacts
from vnlegal.works.resolve import Resolver

GRAPHS = {
    "build": (
        "vnlegal.cli.graph:build",
        "Đọc văn bản, dựng đồ thị quan hệ giữa chúng và những văn bản chúng nhắc đến.",
    ),
    "export": (
        "vnlegal.cli.graph:export",
        "Xuất đồ thị: graphml, gexf, json, jsonld, cypher, csv, html (xem bằng trình duyệt).",
    ),
}


@click.group(
    cls=Group,
    lazy=GRAPHS,
    example="vnlegal graph build vanban/ --out vanban.graph",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def graph() -> None:
    """Đồ thị viện dẫn: văn bản nào căn cứ, quy định chi tiết, sửa đổi, thay thế văn bản nào, với câu chữ làm chứng."""


@click.command(cls=Command, example="vnlegal graph build vanban/ --out vanban.graph --jobs 2")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="GRAPH", help="Tệp đồ thị để ghi.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy.")
@click.option("--again", is_flag=True, help="Đọc lại mọi tệp, kể cả tệp không đổi so với GRAPH đã có.")
@click.option("--provisions", is_flag=True, help="Thêm nút cho từng điều, khoản được giao hoặc được quy định chi tiết.")
@knowledge_option
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[str, ...],
    out: Path,
    jobs: int,
    again: bool,
    provisions: bool,
    knowledge: Path | None,
) -> None:
    """Dựng đồ thị từ tệp, thư mục. Nếu GRAPH đã có, tệp không đổi (theo mã băm) không phải đọc lại."""
    known = knowledge_of(knowledge)
    old = {} if again or not is_graph(out) else _known(out)
    gathered = gather_facts(gather(paths), knowledge, jobs, old)
    made = build_graph(gathered.read(), known, provisions=provisions, registry=load_registry(knowledge))
    save(made, out, gathered.stored)
    kept = f" ({gathered.kept} tệp không đổi, không đọc lại)" if gathered.kept else ""
    said = f"{len(gathered.stored)} văn bản đã đọc{kept}"
    say(f"{out.name}: {said}, {made.number_of_nodes()} nút, {made.number_of_edges()} quan hệ")
    ctx.exit(UNREAD if gathered.failed else DONE)


@click.command(
    cls=Command, example="vnlegal graph export vanban.graph --format html --around 45/2019/QH14 --out hinh.html"
)
@click.argument("path", metavar="GRAPH", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(EXPORTS), default="json", help="Dạng (mặc định: json).")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp.")
@click.option(
    "--around", metavar="SỐ", help="html: văn bản ở giữa hình; không nêu thì lấy văn bản có nhiều quan hệ nhất."
)
@click.option("--audit/--no-audit", default=True, help="html: nêu các điều khoản còn nợ văn bản (mặc định: có).")
@click.option(
    "--findings", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="JSON",
    help="html: nêu thêm kết quả vnlegal audit … --format json ở văn bản của nó; ghi được nhiều lần.",
)  # fmt: skip
@click.option("--base", default=BASE, metavar="IRI", help="jsonld: phần đầu của các IRI.")
@knowledge_option
def export(
    path: Path,
    form: str,
    out: Path | None,
    around: str | None,
    audit: bool,
    findings: tuple[Path, ...],
    base: str,
    knowledge: Path | None,
) -> None:
    """Xuất đồ thị sang dạng khác."""
    known = knowledge_of(knowledge)
    told: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    if audit and form == "html":
        works = list(read_works(path))
        told |= _findings(works, Resolver(works, known, load_registry(knowledge)))
    held = load_around(path, around) if form == "html" else load(path)
    names = {source: name for name, source in held.nodes(data="source") if source}
    for file in findings:
        for source, finding in _audited(file):
            if source in names:
                told[names[source]].append(finding)
    words = export_graph(held, form, base=base, around=around, findings=told)
    with Target(out) as target:
        target.write(words)


def _audited(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the source and what is told of each row of an audit that fails or is open; raises `UnreadableFile`."""
    try:
        rows = json.loads(path.read_bytes())["rows"]
        for row in rows:
            if row.get("verdict", "fails") != "holds" and "message" in row:
                shown = {"label": str(row["message"]), "place": str(row["code"]), "text": _one_line(row["text"])}
                yield str(row["source"]), shown
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(
            f"{path}: không phải kết quả kiểm tra", next_step="vnlegal audit … --format json --out TỆP"
        ) from error


def _one_line(words: object) -> str:
    return " ".join(str(words).split())[:400]


def _known(path: Path) -> dict[tuple[str, str], Stored]:
    """Return what an earlier graph holds, by source and hash; nothing where it is of another version or damaged."""
    try:
        return {(stored.source, stored.sha256): stored for stored in load_sources(path)}
    except VnlegalError as error:
        say(f"{error}: đọc lại tất cả")
        return {}


def _findings(facts: list[WorkFacts], resolver: Resolver) -> dict[str, list[dict[str, str]]]:
    """Return the clauses that are still owed, by the work they stand in."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in audit_laws(facts, date.today().isoformat(), resolver=resolver).rows:
        if row.owed:
            place = pin_words(Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)) or "báo cáo nêu"
            late = " (quá hạn)" if row.overdue else ""
            finding = {"label": f"{row.delegate}{late}", "place": place, "text": _one_line(row.text)}
            found[row.of or row.law].append(finding)
    return found
