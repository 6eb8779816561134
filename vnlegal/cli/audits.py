"""`vnlegal audit counts|deadlines|citations|replies|outline`: letters and reports held against one another."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from vnlegal.audit.citations import audit_citations
from vnlegal.audit.coverage import audit_coverage
from vnlegal.audit.deadlines import audit_deadlines
from vnlegal.audit.reading import read_counts, read_for_audit
from vnlegal.audit.replies import audit_replies
from vnlegal.audit.rows import Audit, AuditRow, Reading, day_words
from vnlegal.audit.today import leads_today
from vnlegal.cli.audit_page import audit_page
from vnlegal.cli.base import DONE, FOUND, UNREAD, Command, as_of_option, knowledge_option, say
from vnlegal.cli.inputs import Input, gather
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.cli.table import Look
from vnlegal.cli.work import Work, run
from vnlegal.knowledge import load_knowledge
from vnlegal.knowledge.counts import load_counts
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.office.audits import CODE, audit_sheet

FORMATS = ("table", "json", "csv", "xlsx")
Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Counting:
    """Checks the counts of one document; travels to the worker processes."""

    knowledge: Path | None = None

    def __call__(self, item: Input) -> str:
        """Return the rows as JSON."""
        rows = read_counts(item.read(), load_knowledge(self.knowledge), load_counts(self.knowledge))
        return json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Analyzing:
    """Analyzes one document; travels to the worker processes. `ends`: read what it replaces and repeals, too."""

    knowledge: Path | None = None
    ends: bool = False
    outline: bool = False

    def __call__(self, item: Input) -> str:
        """Return the analysis with the ends of the lines as JSON."""
        reading = read_for_audit(
            item.read(),
            load_knowledge(self.knowledge),
            ends=self.ends,
            structure=self.outline,
            cues=load_delegations(self.knowledge),
        )
        return reading.model_dump_json()


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


def _codes(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in (value or "").split(",") if code.strip())
    unknown = [code for code in codes if code not in CODE and code != "any"]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} không có; chọn any hoặc trong {', '.join(CODE)}", context, parameter)
    return codes


def audit_options(function: Function) -> Function:
    """Add what all these audits take."""
    for option in (
        knowledge_option,
        click.option(
            "--fail-on", callback=_codes, metavar="MÃ,…", help="Thoát với mã 1 khi có dòng mang mã này; any: bất kỳ."
        ),
        as_of_option,
        click.option(
            "--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy."
        ),
        click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp (xlsx: cần có)."),
        click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="Dạng (mặc định: table)."),
        click.argument("paths", nargs=-1, required=True, metavar="PATH…"),
    ):
        function = option(function)
    return click.pass_context(function)


def deliver(
    ctx: click.Context,
    found: Audit,
    *,
    name: str,
    headline: str,
    form: str,
    out: Path | None,
    fail_on: tuple[str, ...],
    failed: int,
    tally: Sequence[str] = (),
    mixed: bool = False,
    fitting: str = "Khớp",
) -> None:
    """Write an audit in the form asked for and leave with the exit code it deserves.

    `fitting` names the rows that hold.
    """
    from vnlegal.office import csv_text

    if form == "xlsx":
        write_xlsx(ctx, [audit_sheet(found, name, for_people=True)], out)
    else:
        colour = out is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        look = Look(shutil.get_terminal_size((100, 24)).columns, colour)
        with Target(out) as target:
            if form == "json":
                words = json.dumps(found.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1)
                target.write(words + "\n")
            elif form == "csv":
                target.write(csv_text(audit_sheet(found, name)))
            else:
                target.write(audit_page(found, headline, look, tally=tally, mixed=mixed, fitting=fitting))
    if failed:
        ctx.exit(UNREAD)
    bad = {row.code for row in found.rows if row.verdict != "holds"}
    ctx.exit(FOUND if bad & set(fail_on) or (bad and "any" in fail_on) else DONE)


def write_xlsx(ctx: click.Context, sheets: Sequence[Any], out: Path | None) -> None:
    """Write an Excel workbook to a file or to a pipe, never to a screen."""
    from vnlegal.office import xlsx_bytes

    if out is None and sys.stdout.isatty():
        raise click.UsageError("tệp Excel không in ra màn hình được; thêm --out TÊN.xlsx", ctx)
    data = xlsx_bytes(sheets)
    with Target(out) as target:
        target.write_bytes(data)


def _today(as_of: str | None) -> str:
    return as_of or date.today().isoformat()


@click.command(cls=Command, example="vnlegal audit counts baocao.docx --format xlsx --out so-lieu.xlsx")
@audit_options
def counts(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Tính lại số liệu của báo cáo: tổng, tỷ lệ, số mục liệt kê, số nêu hai lần, số nhiệm vụ so với bảng.

    Chỉ nói đến những số tính lại được từ chính văn bản.
    """
    knowledge_of(knowledge)
    load_counts(knowledge)
    results, failed = read_all(paths, Counting(knowledge), jobs)
    rows = [AuditRow.model_validate(row) for result in results for row in json.loads(result)]
    bad = sum(row.verdict == "fails" for row in rows)
    documents = len(results)
    found = Audit(
        as_of=_today(as_of), summary={"documents": documents, "rows": len(rows), "fails": bad}, rows=tuple(rows)
    )
    headline = f"{documents} văn bản, {len(rows)} số liệu tính lại được: {bad} sai lệch, {len(rows) - bad} khớp"
    deliver(
        ctx, found, name="Số liệu", headline=headline, form=form, out=out, fail_on=fail_on, failed=failed
    )  # fmt: skip


def _readings(paths: Sequence[str], work: Analyzing, jobs: int) -> tuple[list[Reading], int]:
    results, failed = read_all(paths, work, jobs)
    return [Reading.model_validate_json(result) for result in results], failed


@click.command(cls=Command, example="vnlegal audit deadlines vanban/ --as-of 30/6/2025 --within 10")
@click.option(
    "--within", type=click.IntRange(min=0), default=15, metavar="N", help="Sắp đến hạn: trong N ngày tới (15)."
)
@audit_options
def deadlines(
    ctx: click.Context,
    paths: tuple[str, ...],
    within: int,
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Nhiệm vụ quá hạn, sắp đến hạn theo từng cơ quan; thời hạn, tình trạng mâu thuẫn của cùng một nhiệm vụ."""
    known = knowledge_of(knowledge)
    readings, failed = _readings(paths, Analyzing(knowledge), jobs)
    found = audit_deadlines(readings, _today(as_of), within=within, today=leads_today(readings, known))
    told = found.summary
    headline = (
        f"Xét tại ngày {day_words(found.as_of)}: {told['documents']} văn bản, {told['tasks']} nhiệm vụ; "
        f"{told['overdue']} quá hạn, {told['due-soon']} đến hạn trong {within} ngày, "
        f"{told['deadlines-differ'] + told['statuses-differ']} mâu thuẫn"
    )
    deliver(
        ctx, found, name="Thời hạn", headline=headline, form=form, out=out, fail_on=fail_on, failed=failed,
        tally=("overdue", "due-soon", "deadlines-differ", "statuses-differ"), mixed=True,
    )  # fmt: skip


@click.command(cls=Command, example="vnlegal audit citations vanban/ --fail-on citation-ended")
@audit_options
def citations(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Viện dẫn có vấn đề: số viết sai, mâu thuẫn ngày, văn bản đã hết hoặc chưa có hiệu lực, số không có thật."""
    known = knowledge_of(knowledge)
    readings, failed = _readings(paths, Analyzing(knowledge, ends=True), jobs)
    found = audit_citations(readings, _today(as_of), known.laws)
    bad = sum(row.verdict == "fails" for row in found.rows)
    headline = (
        f"{len(readings)} văn bản, {found.summary['citations']} viện dẫn: {bad} điểm sai hoặc mâu thuẫn, "
        f"{len(found.rows) - bad} điểm cần xem"
    )
    deliver(ctx, found, name="Viện dẫn", headline=headline, form=form, out=out, fail_on=fail_on, failed=failed)


@click.command(cls=Command, example="vnlegal audit replies hop-thu/ --as-of 15/10/2024")
@audit_options
def replies(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Công văn yêu cầu trả lời trước một ngày: cơ quan nào đã trả lời, trả lời muộn, chưa trả lời."""
    known = knowledge_of(knowledge)
    readings, failed = _readings(paths, Analyzing(knowledge), jobs)
    found = audit_replies(readings, _today(as_of), today=leads_today(readings, known))
    told = found.summary
    headline = (
        f"Xét tại ngày {day_words(found.as_of)}: {told['documents']} văn bản, {told['asking']} yêu cầu trả lời; "
        f"{told['unanswered']} nơi chưa trả lời, {told['late-answer']} trả lời muộn, {told['answered']} đã trả lời"
    )
    deliver(
        ctx, found, name="Trả lời", headline=headline, form=form, out=out, fail_on=fail_on, failed=failed,
        tally=("unanswered", "late-answer", "waiting", "answered"), mixed=True, fitting="Đã trả lời",
    )  # fmt: skip


@click.command(cls=Command, example="vnlegal audit outline baocao.docx --planned congvan-kem-decuong.docx")
@click.option(
    "--planned", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Văn bản có đề cương. Không nêu thì tìm đề cương trong các văn bản đưa vào.",
)  # fmt: skip
@audit_options
def outline(
    ctx: click.Context,
    paths: tuple[str, ...],
    planned: Path | None,
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Báo cáo so với đề cương mà văn bản yêu cầu gửi kèm: mục nào có, mục nào thiếu, mục nào để trống."""
    knowledge_of(knowledge)
    work = Analyzing(knowledge, outline=True)
    readings, failed = _readings(paths, work, jobs)
    prescribed, unread = _readings([str(planned)], work, 1) if planned else ([], 0)
    if planned and not prescribed:
        ctx.exit(UNREAD)
    found = audit_coverage(readings, _today(as_of), prescribed=prescribed[0] if prescribed else None)
    told = found.summary
    headline = (
        f"{told['outlines']} đề cương, {told['reports']} báo cáo: {told['section-there']} mục có, "
        f"{told['section-missing']} mục thiếu, {told['section-empty']} mục để trống"
    )
    if not told["outlines"]:
        headline += " (không thấy đề cương nào: nêu văn bản có đề cương bằng --planned)"
    deliver(
        ctx, found, name="Đề cương", headline=headline, form=form, out=out, fail_on=fail_on,
        failed=failed + unread, fitting="Có mục",
    )  # fmt: skip
