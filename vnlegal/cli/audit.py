"""`vnlegal audit laws`: which delegating clauses still lack their rules."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from vnlegal.audit import LawAudit, audit_laws
from vnlegal.audit.today import delegates_today
from vnlegal.cli.audit_options import write_xlsx
from vnlegal.cli.audit_table import law_page
from vnlegal.cli.base import DONE, FOUND, UNREAD, Command, Group, as_of_option, knowledge_option
from vnlegal.cli.facts import facts_of
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.errors import VnlegalError
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.knowledge.registry import load_registry
from vnlegal.office.law_audit import law_sheet, planned_sheet
from vnlegal.readers import read
from vnlegal.works import PlannedClause, read_planned
from vnlegal.works.resolve import Resolver

AUDITS = {
    "laws": ("vnlegal.cli.audit:laws", "Điều khoản giao quy định chi tiết: đã có văn bản trả lời hay còn nợ."),
    "counts": ("vnlegal.cli.audits:counts", "Số liệu của báo cáo: tổng, tỷ lệ, số mục, số nêu hai lần."),
    "citations": ("vnlegal.cli.audits:citations", "Viện dẫn sai số, mâu thuẫn, đã hết hoặc chưa có hiệu lực."),
    "deadlines": ("vnlegal.cli.audits:deadlines", "Nhiệm vụ quá hạn, sắp đến hạn; thời hạn, tình trạng mâu thuẫn."),
    "outline": ("vnlegal.cli.audits:outline", "Báo cáo so với đề cương: mục có, mục thiếu, mục để trống."),
    "replies": ("vnlegal.cli.audits:replies", "Văn bản yêu cầu trả lời: ai đã trả lời, ai chưa."),
}
CODES = ("unanswered", "overdue", "lapsed", "general", "partly", "any")


@click.group(
    cls=Group,
    lazy=AUDITS,
    example="vnlegal audit laws vanban/ --as-of 2026-11-21",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
def audit() -> None:
    """Kiểm tra nhiều văn bản cùng lúc."""


def _codes(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in (value or "").split(",") if code.strip())
    unknown = [code for code in codes if code not in CODES]
    if unknown:
        raise click.BadParameter(f"{unknown[0]} không có; chọn trong {', '.join(CODES)}", context, parameter)
    return codes


@click.command(cls=Command, example="vnlegal audit laws vanban/ --format csv --out no-van-ban.csv --jobs 2")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "csv", "xlsx")),
    default="table",
    help="Dạng (mặc định: table).",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy.")
@as_of_option
@click.option(
    "--planned",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Danh mục chính thức văn bản phải ban hành (bảng hoặc văn xuôi) để đối chiếu hai chiều.",
)
@click.option("--fail-on", callback=_codes, metavar="MÃ,…", help=f"Thoát với mã 1 khi có: {', '.join(CODES)}.")
@knowledge_option
@click.pass_context
def laws(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    out: Path | None,
    jobs: int,
    as_of: str | None,
    planned: str | None,
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Tìm mọi điều khoản giao quy định chi tiết trong luật, nghị quyết, nghị định và văn bản trả lời từng điều khoản.

    Chỉ xét các văn bản được đưa vào: "chưa có" nghĩa là chưa có trong số đó.
    """
    known = knowledge_of(knowledge)
    listed = _listed(planned, known) if planned is not None else ()
    facts, failed = facts_of(paths, knowledge, jobs)
    found = audit_laws(
        facts,
        as_of or date.today().isoformat(),
        successors=delegates_today(facts, known),
        cues=load_delegations(knowledge),
        resolver=Resolver(facts, known, load_registry(knowledge)),
        planned=listed,
    )
    _deliver(ctx, found, form, out)
    if failed:
        ctx.exit(UNREAD)
    ctx.exit(FOUND if _fails(found, fail_on) else DONE)


def _listed(path: str, knowledge: Knowledge) -> tuple[PlannedClause, ...]:
    """Read an official list; raises `VnlegalError` where it names no provision of any law."""
    found = read_planned(read(Path(path)), knowledge)
    if not found:
        raise VnlegalError(
            f"{path}: không thấy điều khoản nào của luật nào",
            next_step="--planned cần danh mục nêu điều, khoản và tên luật",
        )
    return found


def _deliver(ctx: click.Context, found: LawAudit, form: str, out: Path | None) -> None:
    from vnlegal.office import csv_text

    if form == "xlsx":
        sheets = [law_sheet(found, for_people=True), *([planned_sheet(found)] if found.planned else [])]
        write_xlsx(ctx, sheets, out)
        return
    with Target(out) as target:
        if form == "json":
            target.write(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n")
        else:
            target.write(csv_text(law_sheet(found)) if form == "csv" else law_page(found))


def _fails(found: LawAudit, codes: tuple[str, ...]) -> bool:
    if not codes:
        return False
    present = {row.status for row in found.rows} | ({"overdue"} if any(row.overdue for row in found.rows) else set())
    wanted = {"unanswered", "overdue", "lapsed"} if "any" in codes else set(codes)
    return bool(present & wanted)
