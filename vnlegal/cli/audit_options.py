"""What the audits over letters and reports share: their options, the reading of their documents, the delivery."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from vnlegal.audit.reading import read_for_audit
from vnlegal.audit.rows import Audit, Reading
from vnlegal.cli.audit_page import audit_page
from vnlegal.cli.base import DONE, FOUND, UNREAD, as_of_option, knowledge_option, say
from vnlegal.cli.inputs import Input, gather
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look
from vnlegal.cli.work import Work, run
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.office.audits import CODE, audit_sheet

FORMATS = ("table", "json", "csv", "xlsx")
Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asks of an audit. `day`: the ISO day it is asked for; `own`: the folder of the user's own rows."""

    paths: tuple[str, ...]
    form: str
    out: Path | None
    jobs: int
    day: str
    fail_on: tuple[str, ...]
    own: Path | None
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Analyzing:
    """Analyzes one document; travels to the worker processes. `ends`, `outline`: as `read_for_audit` takes them."""

    knowledge: Path | None = None
    ends: bool = False
    outline: bool = False

    def __call__(self, item: Input) -> str:
        """Return the analysis with the ends of the lines as JSON."""
        reading = read_for_audit(
            item.read(self.knowledge),
            load_knowledge(self.knowledge),
            ends=self.ends,
            structure=self.outline,
            cues=load_delegations(self.knowledge),
        )
        return reading.model_dump_json()


def _codes(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in (value or "").split(",") if code.strip())
    unknown = [code for code in codes if code not in CODE and code != "any"]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} không có; chọn any hoặc trong {', '.join(CODE)}", context, parameter)
    return codes


_OPTIONS = (
    knowledge_option,
    click.option(
        "--fail-on", callback=_codes, metavar="MÃ,…", help="Thoát với mã 1 khi có dòng mang mã này; any: bất kỳ."
    ),
    as_of_option,
    click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy."),
    click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp (xlsx: cần có)."),
    click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Dạng (mặc định: table)."),
    click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
)


def audit_options(function: Function) -> Function:
    """Add what all these audits take; the function gets the context, what is `Asked`, and its own options by name."""

    @wraps(function)
    def command(
        ctx: click.Context,
        *,
        paths: tuple[str, ...],
        form: str,
        out: Path | None,
        jobs: int,
        as_of: str | None,
        fail_on: tuple[str, ...],
        knowledge: Path | None,
        **more: Any,
    ) -> None:
        day = as_of or date.today().isoformat()
        function(ctx, Asked(paths, form, out, jobs, day, fail_on, knowledge, knowledge_of(knowledge)), **more)

    made: Function = click.pass_context(command)
    for option in _OPTIONS:
        made = option(made)
    return made


def read_all(paths: Sequence[str], work: Work, jobs: int) -> tuple[list[str], int]:
    """Return what `work` gives for every document under `paths`, in order, and how many could not be read."""
    inputs = gather(paths)
    for failure in inputs.failures:
        say(str(failure))
    failed = len(inputs.failures)
    results: list[str] = []
    outcomes = run(inputs.items, work, jobs=jobs or os.cpu_count() or 1)
    if len(inputs.items) > 1 and sys.stderr.isatty():
        with click.progressbar(outcomes, length=len(inputs.items), label="Đang đọc", file=sys.stderr) as bar:
            outcomes = iter(list(bar))
    for outcome in outcomes:
        if outcome.result is None:
            failed += 1
            say(outcome.failure or outcome.item.source)
        else:
            results.append(outcome.result)
    return results, failed


def readings(paths: Sequence[str], work: Analyzing, jobs: int) -> tuple[list[Reading], int]:
    """Return every document under `paths` as the audits take it, and how many could not be read."""
    results, failed = read_all(paths, work, jobs)
    return [Reading.model_validate_json(result) for result in results], failed


def deliver(
    ctx: click.Context,
    asked: Asked,
    found: Audit,
    *,
    name: str,
    headline: str,
    failed: int,
    tally: Sequence[str] = (),
    mixed: bool = False,
    fitting: str = "Khớp",
) -> None:
    """Write an audit in the form asked for and leave with the exit code it deserves.

    `fitting` names the rows that hold.
    """
    from vnlegal.office import csv_text

    out = asked.out
    if asked.form == "xlsx":
        write_xlsx(ctx, [audit_sheet(found, name, for_people=True)], out)
    else:
        colour = out is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        look = Look(shutil.get_terminal_size((100, 24)).columns, colour)
        with Target(out) as target:
            if asked.form == "json":
                words = json.dumps(found.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1)
                target.write(words + "\n")
            elif asked.form == "csv":
                target.write(csv_text(audit_sheet(found, name)))
            else:
                target.write(audit_page(found, headline, look, tally=tally, mixed=mixed, fitting=fitting))
    if failed:
        ctx.exit(UNREAD)
    bad = {row.code for row in found.rows if row.verdict != "holds"}
    ctx.exit(FOUND if bad & set(asked.fail_on) or (bad and "any" in asked.fail_on) else DONE)


def write_xlsx(ctx: click.Context, sheets: Sequence[Any], out: Path | None) -> None:
    """Write an Excel workbook to a file or to a pipe, never to a screen."""
    from vnlegal.office import xlsx_bytes

    if out is None and sys.stdout.isatty():
        raise click.UsageError("tệp Excel không in ra màn hình được; thêm --out TÊN.xlsx", ctx)
    data = xlsx_bytes(sheets)
    with Target(out) as target:
        target.write_bytes(data)
