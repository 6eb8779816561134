"""`vnlegal extract`: the main job."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from vnlegal.cli.base import DONE, UNREAD, Command, as_of_option, knowledge_option, say
from vnlegal.cli.inputs import Input, Inputs, gather
from vnlegal.cli.output import Target, names_for
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.readings import Reading, reading_of
from vnlegal.cli.rows import analysis_rows, heading
from vnlegal.cli.work import Done, Outcome, run
from vnlegal.knowledge import load_knowledge
from vnlegal.pipeline import analyze
from vnlegal.readers import SUFFIXES
from vnlegal.records import Document, Layout

FORMATS = ("table", "json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What to make of one document; travels to the worker processes."""

    form: str
    knowledge: Path | None = None
    as_of: str | None = None
    with_text: bool = False
    with_layout: bool = False
    delimiter: str = ","
    width: int = 100
    colour: bool = False

    def __call__(self, item: Input) -> Done:
        """Analyze one document and return its result in the form asked for, and how it was read."""
        begun = time.perf_counter()
        document = item.read(self.knowledge)
        return Done(self._result(document), reading_of(document, time.perf_counter() - begun))

    def _result(self, document: Document) -> str:
        knowledge = load_knowledge(self.knowledge)
        analysis = analyze(document, knowledge=knowledge, as_of=self.as_of)
        if self.form == "csv":
            return analysis_rows(analysis, document.text, self.delimiter)
        if self.form == "table":
            from vnlegal.cli.table import Look, page

            kinds = {kind.key: kind.name for kind in knowledge.documents.types}
            return page(analysis, document.text, kinds, Look(self.width, self.colour, self.as_of))
        kept = {"text": self.with_text, "layout": self.with_layout}
        given = {"text": document.text, "layout": document.layout or Layout()}
        analysis = analysis.model_copy(update={name: given[name] for name in kept if kept[name]})
        left_out = {name for name in kept if not kept[name]}
        return analysis.model_dump_json(exclude=left_out, indent=2 if self.form == "json" else None)


@click.command(cls=Command, example="vnlegal extract congvan/ --format csv --out congvan.csv --jobs 4")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Dạng kết quả (mặc định: table).")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp; json nhiều tệp: vào thư mục."
)
@click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy.")
@as_of_option
@click.option("--with-text", is_flag=True, help="Kèm nguyên văn trong kết quả json, jsonl.")
@click.option("--with-layout", is_flag=True, help="Kèm vị trí trong tệp gốc (trang, khung, đoạn, ô) trong json, jsonl.")
@click.option(
    "--summary", is_flag=True, help="Cuối cùng in bảng các tệp đã đọc ra stderr; dạng table luôn có bảng này."
)
@click.option("--delimiter", default=",", metavar="KÝ TỰ", help="Dấu ngăn cột csv; Excel tiếng Việt thường cần ';'.")
@knowledge_option
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    with_text: bool,
    with_layout: bool,
    summary: bool,
    delimiter: str,
    knowledge: Path | None,
) -> None:
    """Tìm trong văn bản: viện dẫn, nhiệm vụ, cơ quan, thời hạn, điểm cần xem lại.

    PATH là tệp, thư mục (đọc hết các tệp trong đó), hoặc - để đọc từ đầu vào chuẩn.
    """
    if len(delimiter) != 1:
        raise click.BadParameter("phải là một ký tự", ctx, _parameter(ctx, "delimiter"))
    knowledge_of(knowledge)  # a bad row ends the call here, once, not in every worker
    inputs = gather(paths)
    if out is not None and any(item.path is not None and _same(item.path, out) for item in inputs.items):
        raise click.BadParameter(f"{out} là một trong các tệp cần đọc", ctx, _parameter(ctx, "out"))
    colour = out is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size((100, 24)).columns
    work = Extraction(form, knowledge, as_of, with_text, with_layout, delimiter, width, colour)
    target = Target(out, into_folder=form == "json" and out is not None and (inputs.several or out.is_dir()))
    for failure in inputs.failures:
        say(str(failure))
    readings: list[Reading] = []
    outcomes = _noted(run(inputs.items, work, jobs=jobs or os.cpu_count() or 1), readings)
    failed = len(inputs.failures) + deliver(_watched(outcomes, inputs, target), inputs, form, target, delimiter)
    if readings and (summary or (form == "table" and inputs.several)):
        from vnlegal.cli.readings_table import readings_table
        from vnlegal.cli.table import Look

        closing = readings_table(readings, Look(width, colour and not summary))
        click.echo(closing, nl=False, err=summary or out is not None)
    if inputs.skipped:
        say(f"bỏ qua {inputs.skipped} tệp không phải {', '.join(sorted(SUFFIXES))}")
    ctx.exit(UNREAD if failed else DONE)


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _parameter(ctx: click.Context, name: str) -> click.Parameter:
    return next(parameter for parameter in ctx.command.params if parameter.name == name)


def _noted(outcomes: Iterator[Outcome], readings: list[Reading]) -> Iterator[Outcome]:
    """Pass outcomes on and note how each file was read."""
    for outcome in outcomes:
        readings.append(outcome.reading or Reading(outcome.item.source, failure=outcome.failure or ""))
        yield outcome


def deliver(outcomes: Iterator[Outcome], inputs: Inputs, form: str, target: Target, delimiter: str) -> int:
    """Write every result as it comes, name every failure on stderr, and return how many failures there were."""
    before, between, after = {
        "json": ("[\n", ",\n", "\n]\n") if inputs.several else ("", "", "\n"),
        "jsonl": ("", "\n", "\n"),
        "csv": (heading(delimiter), "", ""),
        "table": ("", "\n", ""),
    }[form]
    names = names_for(inputs.items)
    failed = written = 0
    always = form == "csv" or (form == "json" and inputs.several)
    with target:
        try:
            for outcome in outcomes:
                if outcome.result is None:
                    failed += 1
                    say(outcome.failure or outcome.item.source)
                elif target.into_folder:
                    target.file(f"{names[outcome.item]}.json", outcome.result + "\n")
                else:
                    target.write((between if written else before) + outcome.result)
                    written += 1
        finally:
            if not target.into_folder and (written or always):
                target.write(("" if written else before) + after)
    return failed


def _watched(outcomes: Iterator[Outcome], inputs: Inputs, target: Target) -> Iterator[Outcome]:
    """Show a progress bar on stderr while many documents are read, where it does not mix with the results."""
    mixed = target.path is None and sys.stdout.isatty()
    if len(inputs.items) < 2 or mixed or not sys.stderr.isatty():
        yield from outcomes
        return
    with click.progressbar(length=len(inputs.items), label="Đang đọc", file=sys.stderr) as bar:
        for outcome in outcomes:
            yield outcome
            bar.update(1)
