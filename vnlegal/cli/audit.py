"""`vnlegal audit laws`: which delegating clauses still lack their rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from vnlegal.audit import LawAudit, audit_laws
from vnlegal.cli.audit_table import law_page, law_rows
from vnlegal.cli.base import DONE, FOUND, UNREAD, Command, Group, as_of_option, knowledge_option
from vnlegal.cli.facts import facts_of
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import successors
from vnlegal.works import WorkFacts

AUDITS = {
    "laws": ("vnlegal.cli.audit:laws", "Điều khoản giao quy định chi tiết: đã có văn bản trả lời hay còn nợ."),
    "counts": ("vnlegal.cli.audits:counts", "Số liệu của báo cáo: tổng, tỷ lệ, số mục, số nêu hai lần."),
}
CODES = ("unanswered", "overdue", "lapsed", "general", "any")


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
    "--format", "form", type=click.Choice(("table", "json", "csv")), default="table", help="Dạng (mặc định: table)."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp.")
@click.option("--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Số tiến trình; 0 là mọi lõi máy.")
@as_of_option
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
    fail_on: tuple[str, ...],
    knowledge: Path | None,
) -> None:
    """Tìm mọi điều khoản giao quy định chi tiết trong luật, nghị quyết, nghị định và văn bản trả lời từng điều khoản.

    Chỉ xét các văn bản được đưa vào: "chưa có" nghĩa là chưa có trong số đó.
    """
    known = knowledge_of(knowledge)
    facts, failed = facts_of(paths, knowledge, jobs)
    day = as_of or date.today().isoformat()
    found = audit_laws(facts, day, successors=_successors(_delegates(facts), known))
    with Target(out) as target:
        if form == "json":
            target.write(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n")
        elif form == "csv":
            target.write(law_rows(found))
        else:
            target.write(law_page(found))
    if failed:
        ctx.exit(UNREAD)
    ctx.exit(FOUND if _fails(found, fail_on) else DONE)


def _delegates(facts: Iterable[WorkFacts]) -> set[str]:
    """Return the names of all bodies that the documents leave rules to."""
    return {clause.delegate for work in facts for clause in work.delegations}


def _successors(names: Iterable[str], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return for each body the bodies that answer for it today, notes in brackets left out."""
    out = {}
    for name in names:
        later = successors(name, knowledge.agencies)
        if later:
            out[name] = tuple(body.split(" (")[0] for body in later)
    return out


def _fails(found: LawAudit, codes: tuple[str, ...]) -> bool:
    if not codes:
        return False
    present = {row.status for row in found.rows} | ({"overdue"} if any(row.overdue for row in found.rows) else set())
    wanted = {"unanswered", "overdue", "lapsed"} if "any" in codes else set(codes)
    return bool(present & wanted)
