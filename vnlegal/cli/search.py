"""`vnlegal search`: ask the index."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from vnlegal.cli.base import Command, Function, as_day, knowledge_option, say
from vnlegal.cli.index import database_option
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look, print_page
from vnlegal.index import Filters, Hit, Index, Page, open_index
from vnlegal.index.model import KINDS
from vnlegal.labels import MODALITY, STATUS, day
from vnlegal.records import Modality, Status, Task

FORMATS = ("table", "json", "csv")
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
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Dạng kết quả (mặc định: table).")
@knowledge_option
def search(
    query: str,
    db: str,
    kind: Any,
    limit: int,
    offset: int,
    places: bool,
    form: str,
    knowledge: Path | None,
    **wanted: Any,
) -> None:
    """Tìm trong chỉ mục: từ, "cụm từ", tiền-tố*, -loại-trừ; có dấu hay không dấu đều được."""
    known = knowledge_of(knowledge)
    with open_index(db, knowledge=known, create=False) as opened:
        page = opened.search(query, kind=kind, limit=limit, offset=offset, filters=Filters(**wanted))
        page, others = _gathered(opened, page) if places else (page, {})
    if form == "json":
        click.echo(_json(page, others))
    elif form == "csv":
        click.echo(_csv(page), nl=False)
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        look = Look(shutil.get_terminal_size((100, 24)).columns, colour)
        click.echo(print_page(_table(page, others, offset), look), nl=False)
    if not page.total and kind == "task":
        say("không có nhiệm vụ nào → bớt từ, hoặc tìm trong đoạn văn với --kind passage")


def _gathered(opened: Index, page: Page) -> tuple[Page, dict[int, tuple[Hit, ...]]]:
    """Return the page with each task once, and the other places that state it."""
    others: dict[int, tuple[Hit, ...]] = {}
    told: set[int] = set()
    for hit in page:
        if hit.entry not in told:
            others[hit.entry] = opened.places_of(hit)
            told.update(other.entry for other in others[hit.entry])
    rows = tuple(hit for hit in page if hit.entry in others)
    return page.model_copy(update={"rows": rows}), others


def _json(page: Page, others: dict[int, tuple[Hit, ...]]) -> str:
    rows = []
    for hit in page:
        row = hit.as_json()
        if hit.entry in others:
            row["places"] = [other.as_json() for other in others[hit.entry]]
        rows.append(row)
    facets = {name: [value.model_dump() for value in values] for name, values in page.facets.items()}
    return json.dumps({"total": page.total, "facets": facets, "rows": rows}, ensure_ascii=False, indent=2)


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


def _table(page: Page, others: dict[int, tuple[Hit, ...]], offset: int) -> RenderableType:
    parts: list[RenderableType] = [Text(f"{page.total} kết quả", style="bold")]
    for name, label in _FACETS.items():
        values = page.facets.get(name, ())[:6]
        if values:
            shown = " · ".join(
                f"{STATUS.get(v.value, day(v.value) if name == 'due' else v.value)} {v.count}" for v in values
            )
            parts.append(Text(f"{label}: {shown}", style="dim"))
    for number, hit in enumerate(page, offset + 1):
        parts.append(Padding(_words(hit, f"{number}. "), (1, 0, 0, 0)))
        parts.append(Padding(Text(_facts(hit), style="dim"), (0, 0, 0, 3)))
        parts += [Padding(Text("= " + _facts(other), style="dim"), (0, 0, 0, 3)) for other in others.get(hit.entry, ())]
    return Stack(*parts)


def _words(hit: Hit, head: str) -> Text:
    """Return the row's text on one line, the words of the question bold; no control characters."""
    out = Text(head)
    at = hit.row.start
    for start, end in (*hit.highlights, (hit.row.end, hit.row.end)):
        out.append(_plain(hit.row.text[at - hit.row.start : start - hit.row.start]))
        out.append(_plain(hit.row.text[start - hit.row.start : end - hit.row.start]), style="bold yellow")
        at = end
    return out


def _plain(words: str) -> str:
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words))
    return safe.replace("**", "")


def _facts(hit: Hit) -> str:
    facts = []
    if isinstance(hit.row, Task):
        facts.append("; ".join(dict.fromkeys(actor.canonical for actor in hit.row.leads)))
        if hit.row.deadline is not None:
            due = day(hit.row.deadline.due)
            facts.append(f"hạn {due}" if due else f"hạn: {hit.row.deadline.text}")
        facts.append(STATUS[hit.row.status] if hit.row.status else MODALITY[hit.row.modality])
    head = " ngày ".join(part for part in (hit.number, day(hit.date)) if part)
    facts.append(f"{head or hit.source} ({hit.source}:{hit.row.start})" if head else f"{hit.source}:{hit.row.start}")
    return _plain(" · ".join(fact for fact in facts if fact))
