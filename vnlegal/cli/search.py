"""`vnlegal search`: ask the index."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vnlegal.cli.base import Command, Function, as_day, knowledge_option, say
from vnlegal.cli.index import database_option
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look, print_page
from vnlegal.index import Edge, Facet, Filters, Hit, Index, Page, Reply, open_index
from vnlegal.index.model import KINDS
from vnlegal.labels import MODALITY, RELATION, STATUS, day
from vnlegal.records import Actor, Modality, Status, Task

FORMATS = ("table", "json", "csv")
_STEP = 20
_LONG = 320  # code points of a row's text that a table shows
_NAMES = 6
_BLANKS = re.compile(r"\s+")
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = (
    "kind", "source", "number", "date", "issuer", "id", "start", "end", "text", "leads", "coordinators", "deadline",
    "due", "status", "modality", "target", "score",
)  # fmt: skip
_FACETS = {"agency": "Cơ quan", "status": "Tình trạng", "due": "Hạn"}


def _filters(function: Function) -> Function:
    """Add the options that become `Filters`."""
    days = {
        "--due-before": "Hạn chậm nhất ngày này.",
        "--due-after": "Hạn sớm nhất ngày này.",
        "--overdue-on": "Đã quá hạn vào ngày này mà chưa hoàn thành.",
        "--dated-before": "Văn bản ban hành chậm nhất ngày này.",
        "--dated-after": "Văn bản ban hành sớm nhất ngày này.",
    }
    options: list[Callable[[Any], Any]] = [
        click.option("--agency", metavar="A", help="Cơ quan, tên nào cũng được (BTC, Bộ Tài chính); cả tiền thân."),
        click.option("--role", type=click.Choice(("lead", "coordinator")), help="Vai trò của cơ quan ấy."),
        click.option("--status", type=click.Choice(get_args(Status)), help="Tình trạng."),
        click.option("--modality", type=click.Choice(get_args(Modality)), help="Giao, đề nghị, kiến nghị, báo cáo."),
        *(click.option(name, metavar="D", callback=as_day, help=words) for name, words in days.items()),
        click.option("--no-deadline", is_flag=True, help="Chỉ những việc không có ngày hạn."),
        click.option("--law", metavar="N", help='Văn bản được viện dẫn: "NĐ 88", 88/2025/NĐ-CP, "Luật Đầu tư".'),
        click.option("--under", metavar="N", help="Việc theo văn bản ấy và mọi văn bản thi hành nó."),
        click.option("--in", "document", metavar="N", help="Chỉ việc ghi trong văn bản này."),
        click.option("--doc-kind", metavar="LOẠI", help="Loại văn bản chứa nó, ví dụ cong_van, nghi_quyet."),
        click.option("--issuer", metavar="A", help="Cơ quan ban hành văn bản chứa nó."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.command(cls=Command, example='vnlegal search "chuyển đổi số" --agency BKHCN --due-before 30/6/2026')
@click.argument("query", default="", metavar="[QUERY]")
@database_option
@_filters
@click.option("--kind", type=click.Choice(KINDS), default="task", help="Tìm nhiệm vụ (mặc định), viện dẫn hay đoạn.")
@click.option("--limit", type=click.IntRange(min=0), default=20, metavar="N", help="Số dòng (mặc định: 20).")
@click.option("--offset", type=click.IntRange(min=0), default=0, metavar="N", help="Bỏ qua N dòng đầu.")
@click.option("--places", is_flag=True, help="Mỗi việc kèm những chỗ khác nêu cùng việc ấy, theo ngày văn bản.")
@click.option("--answers", is_flag=True, help="Mỗi việc kèm đoạn văn của những văn bản đã trả lời công văn nêu nó.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Dạng kết quả (mặc định: table).")
@knowledge_option
def search(
    query: str,
    db: str,
    kind: Any,
    limit: int,
    offset: int,
    places: bool,
    answers: bool,
    form: str,
    knowledge: Path | None,
    **wanted: Any,
) -> None:
    """Tìm trong chỉ mục: từ, "cụm từ", tiền-tố*, -loại-trừ; có dấu hay không dấu đều được."""
    known = knowledge_of(knowledge)
    filters = Filters(**wanted)
    more = _More()
    with open_index(db, knowledge=known, create=False) as opened:
        if places:
            page = _gathered(opened, query, filters, kind, limit, offset, more)
        else:
            page = opened.search(query, kind=kind, limit=limit, offset=offset, filters=filters)
        if answers:
            more.answers = {hit.entry: opened.answers_to(hit) for hit in page}
        if filters.under is not None:
            more.under = opened.under(filters.under)
    if form == "json":
        click.echo(_json(page, more))
    elif form == "csv":
        click.echo(_csv(page), nl=False)
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        look = Look(shutil.get_terminal_size((100, 24)).columns, colour)
        click.echo(print_page(_table(page, more, offset), look), nl=False)
    if not page.total and kind == "task":
        say("không có nhiệm vụ nào → bớt từ, hoặc tìm trong đoạn văn với --kind passage")


@dataclass
class _More:
    """What is told beside the rows: other places of a task, answers to a letter, documents that carry a law out."""

    places: dict[int, tuple[Hit, ...]] = field(default_factory=dict)
    answers: dict[int, tuple[Reply, ...]] = field(default_factory=dict)
    under: tuple[Edge, ...] = ()


def _gathered(opened: Index, query: str, filters: Filters, kind: Any, limit: int, offset: int, more: _More) -> Page:
    """Return a page with each task once, its other places in `more`; pages are counted in tasks told once."""
    told: set[int] = set()
    rows: list[Hit] = []
    at = seen = 0
    first: Page | None = None
    while len(rows) < limit:
        page = opened.search(query, kind=kind, limit=_STEP, offset=at, filters=filters, facets=first is None)
        first = first or page
        for hit in page:
            if hit.entry in told or len(rows) == limit:
                continue
            others = opened.places_of(hit)
            told.update(other.entry for other in others)
            seen += 1
            if seen > offset:
                rows.append(hit)
                more.places[hit.entry] = others
        at += _STEP
        if len(page) < _STEP:
            break
    return (first or Page(total=0)).model_copy(update={"rows": tuple(rows)})


def _json(page: Page, more: _More) -> str:
    rows = []
    for hit in page:
        row = hit.as_json()
        if hit.entry in more.places:
            row["places"] = [other.as_json() for other in more.places[hit.entry]]
        if hit.entry in more.answers:
            replies = more.answers[hit.entry]
            row["answers"] = [reply.passage.as_json() | {"relation": reply.relation} for reply in replies]
        rows.append(row)
    facets = {name: [value.model_dump() for value in values] for name, values in page.facets.items()}
    found: dict[str, Any] = {"total": page.total, "facets": facets, "rows": rows}
    if more.under:
        found["under"] = [edge._asdict() for edge in more.under]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _csv(page: Page) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for hit in page:
        row = hit.as_json() | hit.as_json()["document"]
        deadline = row.get("deadline") or {}
        row |= {"deadline": deadline.get("text"), "due": deadline.get("due")}
        for role in ("leads", "coordinators"):
            row[role] = "; ".join(actor["canonical"] for actor in row.get(role, ()))
        writer.writerow([_cell(row.get(name)) for name in _COLUMNS])
    return _BOM + out.getvalue()


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    return "'" + words if isinstance(value, str) and words.startswith(_FORMULA) else words


def _table(page: Page, more: _More, offset: int) -> RenderableType:
    parts: list[RenderableType] = [Text(f"{page.total} kết quả", style="bold")]
    if more.under:
        shown = "; ".join(f"{_work(e.source)} ({RELATION[e.relation]} {_work(e.target)})" for e in more.under[:6])
        rest = f"; và {len(more.under) - 6} văn bản nữa" if len(more.under) > 6 else ""
        parts.append(Text(f"Văn bản thi hành: {shown}{rest}", style="dim"))
    for name, label in _FACETS.items():
        values = list(page.facets.get(name, ())[:6])
        if name == "due":
            values.sort(key=lambda facet: facet.value)
        if values:
            parts.append(Text(f"{label}: {' · '.join(_counted(name, v) for v in values)}", style="dim"))
    parts += [_entry(number, hit, more) for number, hit in enumerate(page, offset + 1)]
    return Stack(*parts)


def _work(key: str) -> str:
    """Return the key of a work for people: the number, its year where the number has none, or the file's name."""
    if key.startswith("?") and Path(key[1:]).is_absolute():
        return _plain(Path(key[1:]).name)
    blank = re.sub(r"^\?", "…", key)  # a serial still to be filled in
    return _plain(blank.removesuffix("@?").replace("@", " năm "))


def _entry(number: int, hit: Hit, more: _More) -> RenderableType:
    """Return one row of the answer: its number in a column of its own, so that wrapped lines stand under the words."""
    lines: list[RenderableType] = [_words(hit), Text(_facts(hit), style="dim")]
    lines += [_hanging("=", Text(_facts(other), style="dim")) for other in more.places.get(hit.entry, ())]
    for answer in more.answers.get(hit.entry, ()):
        facts = Text(f"{RELATION[answer.relation]}: {_facts(answer.passage)}", style="dim")
        lines.append(_hanging("↳", Stack(facts, _words(answer.passage))))
    return Padding(_hanging(f"{number}.", Stack(*lines)), (1, 0, 0, 0))


def _hanging(mark: str, content: RenderableType) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(mark, content)
    return grid


def _counted(name: str, facet: Facet) -> str:
    value = STATUS.get(facet.value, facet.value) if name == "status" else facet.value
    shown = day(value) if name == "due" else value.removeprefix("nhóm: ")
    return f"{_plain(shown)} ({facet.count})"


def _words(hit: Hit) -> Text:
    """Return the row's text, the words of the question bold, cut where it is long and no such word follows."""
    out = Text()
    last = max([_LONG, *(end - hit.row.start for _, end in hit.highlights)])
    text = hit.row.text if len(hit.row.text) <= last + _LONG // 4 else hit.row.text[:last].rsplit(None, 1)[0] + " …"
    at = 0
    for start, end in hit.highlights:
        first, stop = start - hit.row.start, end - hit.row.start
        out.append(_plain(text[at:first]))
        out.append(_plain(text[first:stop]), style="bold yellow")
        at = stop
    out.append(_plain(text[at:]))
    return out


def _plain(words: str) -> str:
    """Return words of a document as one line: no control characters, no markup, one blank between words."""
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words))
    return _BLANKS.sub(" ", safe.replace("*", ""))


def _names(actors: Sequence[Actor]) -> str:
    names = list(dict.fromkeys(actor.canonical.removeprefix("nhóm: ") for actor in actors))
    return "; ".join(names[:_NAMES]) + (f" và {len(names) - _NAMES} cơ quan nữa" if len(names) > _NAMES else "")


def _facts(hit: Hit) -> str:
    facts = []
    if isinstance(hit.row, Task):
        facts.append(_names(hit.row.leads))
        if hit.row.coordinators:
            facts.append(f"phối hợp: {_names(hit.row.coordinators)}")
        if hit.row.deadline is not None:
            due = day(hit.row.deadline.due)
            facts.append(f"hạn {due}" if due else f"hạn: {hit.row.deadline.text}")
        facts.append(STATUS[hit.row.status] if hit.row.status else MODALITY[hit.row.modality])
    head = " ngày ".join(part for part in (hit.number, day(hit.date)) if part)
    facts.append(f"{head or hit.source} ({hit.source}:{hit.row.start})" if head else f"{hit.source}:{hit.row.start}")
    return _plain(" · ".join(fact for fact in facts if fact))
