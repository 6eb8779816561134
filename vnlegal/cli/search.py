"""`vnlegal search`: ask the index."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import click

from vnlegal.cli.base import Command, Function, knowledge_option, say
from vnlegal.cli.found import More, as_csv, as_json, as_table
from vnlegal.cli.index import database_option
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look, print_page
from vnlegal.index import BadQuery, Filters, Hit, Index, Page, open_index
from vnlegal.index.filters import read_day
from vnlegal.index.model import KINDS, Kind
from vnlegal.records import Modality, Status, Task

FORMATS = ("table", "json", "csv")
_STEP = 20


def _as_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Accept what the index reads as a day, a month or a year."""
    if value is not None:
        try:
            read_day(value)
        except BadQuery as error:
            raise click.BadParameter(f"{value!r} không phải ngày; {error.next_step}", context, parameter) from error
    return value


def _filters(function: Function) -> Function:
    """Add the options that become `Filters`."""
    days = {
        "--due-before": "Hạn chậm nhất ngày này.",
        "--due-after": "Hạn sớm nhất ngày này.",
        "--overdue-on": "Đã quá hạn vào ngày này mà văn bản chưa ghi là hoàn thành.",
        "--dated-before": "Văn bản ban hành chậm nhất ngày này.",
        "--dated-after": "Văn bản ban hành sớm nhất ngày này.",
    }
    options: list[Callable[[Any], Any]] = [
        click.option("--agency", metavar="A", help="Cơ quan, tên nào cũng được (BTC, Bộ Tài chính); cả tiền thân."),
        click.option("--role", type=click.Choice(("lead", "coordinator")), help="Vai trò của cơ quan ấy."),
        click.option("--status", type=click.Choice(get_args(Status)), help="Tình trạng."),
        click.option("--modality", type=click.Choice(get_args(Modality)), help="Giao, đề nghị, kiến nghị, báo cáo."),
        *(click.option(name, metavar="D", callback=_as_day, help=words) for name, words in days.items()),
        click.option("--no-deadline", is_flag=True, help="Chỉ những việc không có ngày hạn."),
        click.option("--law", metavar="N", help='Văn bản được viện dẫn: "NĐ 88", 88/2025/NĐ-CP, "Luật Đầu tư".'),
        click.option("--under", metavar="N", help="Việc theo văn bản ấy và mọi văn bản thi hành nó."),
        click.option(
            "--in", "document", metavar="N", help="Chỉ việc ghi trong văn bản này: số, ký hiệu, hoặc tên tệp."
        ),
        click.option("--doc-kind", metavar="LOẠI", help='Loại văn bản chứa nó: "công văn", NQ, quyet_dinh.'),
        click.option("--issuer", metavar="A", help="Cơ quan ban hành văn bản chứa nó."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.command(cls=Command, example='vnlegal search "chuyển đổi số" --agency BKHCN --due-before 30/6/2026')
@click.argument("query", nargs=-1, metavar="[QUERY]")
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
    query: tuple[str, ...],
    db: str,
    kind: Kind,
    limit: int,
    offset: int,
    places: bool,
    answers: bool,
    form: str,
    knowledge: Path | None,
    **wanted: Any,
) -> None:
    """Tìm trong chỉ mục: từ, "cụm từ", tiền-tố*, -loại-trừ; có dấu hay không dấu đều được.

    Không có từ nào thì việc gần hạn nhất đứng trước; có từ thì dòng sát nhất đứng trước. Ngày viết 30/6/2026 hoặc
    2026-06-30; 6/2026 là cả tháng, 2026 là cả năm.
    """
    filters = Filters(**wanted)
    question = _Question(" ".join(query), filters, kind, limit, offset)
    more = More()
    with open_index(db, knowledge=knowledge_of(knowledge), create=False) as opened:
        page = _gathered(opened, question, more) if places else question.page(opened)
        if answers:
            more.answers = {hit.entry: opened.answers_to(hit) for hit in page}
        if filters.under is not None:
            more.under = opened.under(filters.under)
        if filters.overdue_on is not None and not places:
            more.done = {hit.entry: _reported_done(opened, hit) for hit in page}
        hints = _hints(opened, question, page, gathered=places)
    if form == "json":
        click.echo(as_json(page, more))
    elif form == "csv":
        click.echo(as_csv(page), nl=False)
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        look = Look(shutil.get_terminal_size((100, 24)).columns, colour)
        click.echo(print_page(as_table(page, more, offset), look), nl=False)
    for hint in hints:
        say(hint)


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked on the command line."""

    query: str
    filters: Filters
    kind: Kind
    limit: int
    offset: int

    def page(self, opened: Index) -> Page:
        """Return the page asked for, all answers counted."""
        return opened.search(
            self.query, kind=self.kind, limit=self.limit, offset=self.offset, filters=self.filters, most_counted=None
        )


def _gathered(opened: Index, question: _Question, more: More) -> Page:
    """Return a page with each task once, its other places in `more`; pages are counted in tasks told once."""
    told: dict[int, int] = {}  # the first row of its task, by row
    rows: dict[int, Hit] = {}
    at = 0
    first = page = replace(question, limit=_STEP, offset=at).page(opened)
    while len(rows) < question.offset + question.limit and len(page):
        for hit in page:
            if hit.entry in told:
                continue
            others = opened.places_of(hit)
            known = next((told[other.entry] for other in others if other.entry in told), None)
            if known is None and len(rows) == question.offset + question.limit:
                break
            main = hit.entry if known is None else known
            rows.setdefault(main, hit)
            new = [other for other in (hit, *others) if other.entry not in told and other.entry != main]
            told |= {other.entry: main for other in (hit, *new)}
            more.places[main] = tuple(
                sorted((*more.places.get(main, ()), *new), key=lambda other: (other.date or "9999", other.entry))
            )
        at += _STEP
        page = opened.search(
            question.query, kind=question.kind, limit=_STEP, offset=at, filters=question.filters, facets=False
        )
    return first.model_copy(update={"rows": tuple(rows.values())[question.offset :]})


def _reported_done(opened: Index, hit: Hit) -> tuple[Hit, ...]:
    """Return the other places that report the task of `hit` done."""
    return tuple(other for other in opened.places_of(hit) if isinstance(other.row, Task) and other.row.status == "done")


def _hints(opened: Index, question: _Question, page: Page, *, gathered: bool) -> list[str]:
    """Return what the user may ask next: the next page, or something else where nothing was found."""
    total, filters = page.total or 0, question.filters
    shown = question.offset + len(page)
    if total and not len(page) and question.limit:
        return [f"chỉ có {total} kết quả → bớt --offset"]
    if len(page) and shown < total and not gathered:
        return [f"hiện {question.offset + 1}–{shown} trong {total} → xem tiếp: --offset {shown}"]
    if total or question.kind != "task":
        return []
    if filters.law is not None:
        citations = opened.search(kind="citation", law=filters.law, limit=0).total
        if citations:
            return [f"không nhiệm vụ nào như vậy nêu {filters.law}, nhưng có {citations} viện dẫn → --kind citation"]
    if question.query.strip():
        return [
            "không có nhiệm vụ nào → bớt từ; cơ quan và hạn thì lọc bằng --agency, --due-before; hoặc tìm trong đoạn "
            "văn với --kind passage"
        ]
    return ["không có nhiệm vụ nào → bớt điều kiện lọc"]
