"""`vnlegal audit counts|deadlines|citations|replies|outline`: letters and reports held against one another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click

from vnlegal.audit.citations import audit_citations
from vnlegal.audit.coverage import audit_coverage
from vnlegal.audit.deadlines import audit_deadlines
from vnlegal.audit.reading import read_counts
from vnlegal.audit.replies import audit_replies
from vnlegal.audit.rows import Audit, AuditRow, day_words
from vnlegal.audit.today import leads_today
from vnlegal.cli.audit_options import Analyzing, Asked, audit_options, deliver, read_all, readings
from vnlegal.cli.base import UNREAD, Command
from vnlegal.cli.inputs import Input
from vnlegal.knowledge import load_knowledge
from vnlegal.knowledge.counts import load_counts
from vnlegal.knowledge.registry import load_registry


@dataclass(frozen=True, slots=True)
class Counting:
    """Checks the counts of one document; travels to the worker processes."""

    knowledge: Path | None = None

    def __call__(self, item: Input) -> str:
        """Return the rows as JSON."""
        rows = read_counts(item.read(self.knowledge), load_knowledge(self.knowledge), load_counts(self.knowledge))
        return json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False)


@click.command(cls=Command, example="vnlegal audit counts baocao.docx --format xlsx --out so-lieu.xlsx")
@audit_options
def counts(ctx: click.Context, asked: Asked) -> None:
    """Tính lại số liệu của báo cáo: tổng, tỷ lệ, số mục liệt kê, số nêu hai lần, số nhiệm vụ so với bảng.

    Chỉ nói đến những số tính lại được từ chính văn bản.
    """
    load_counts(asked.own)
    results, failed = read_all(asked.paths, Counting(asked.own), asked.jobs)
    rows = tuple(AuditRow.model_validate(row) for result in results for row in json.loads(result))
    bad = sum(row.verdict == "fails" for row in rows)
    documents = len(results)
    summary = {"documents": documents, "rows": len(rows), "fails": bad}
    headline = f"{documents} văn bản, {len(rows)} số liệu tính lại được: {bad} sai lệch, {len(rows) - bad} khớp"
    found = Audit(as_of=asked.day, summary=summary, rows=rows)
    deliver(ctx, asked, found, name="Số liệu", headline=headline, failed=failed)


@click.command(cls=Command, example="vnlegal audit deadlines vanban/ --as-of 30/6/2025 --within 10")
@click.option(
    "--within", type=click.IntRange(min=0), default=15, metavar="N", help="Sắp đến hạn: trong N ngày tới (15)."
)
@audit_options
def deadlines(ctx: click.Context, asked: Asked, within: int) -> None:
    """Nhiệm vụ quá hạn, sắp đến hạn theo từng cơ quan; thời hạn, tình trạng mâu thuẫn của cùng một nhiệm vụ."""
    held, failed = readings(asked.paths, Analyzing(asked.own), asked.jobs)
    found = audit_deadlines(held, asked.day, within=within, today=leads_today(held, asked.knowledge))
    told = found.summary
    headline = (
        f"Xét tại ngày {day_words(found.as_of)}: {told['documents']} văn bản, {told['tasks']} nhiệm vụ; "
        f"{told['overdue']} quá hạn, {told['due-soon']} đến hạn trong {within} ngày, "
        f"{told['deadlines-differ'] + told['statuses-differ']} mâu thuẫn"
    )
    tally = ("overdue", "due-soon", "deadlines-differ", "statuses-differ")
    deliver(ctx, asked, found, name="Thời hạn", headline=headline, failed=failed, tally=tally, mixed=True)


@click.command(cls=Command, example="vnlegal audit citations vanban/ --fail-on citation-ended")
@audit_options
def citations(ctx: click.Context, asked: Asked) -> None:
    """Viện dẫn có vấn đề: số viết sai, mâu thuẫn ngày, văn bản đã hết hoặc chưa có hiệu lực, số không có thật."""
    registry = load_registry(asked.own)
    held, failed = readings(asked.paths, Analyzing(asked.own, ends=True), asked.jobs)
    found = audit_citations(held, asked.day, asked.knowledge.laws, registry)
    bad = sum(row.verdict == "fails" for row in found.rows)
    headline = (
        f"{len(held)} văn bản, {found.summary['citations']} viện dẫn: {bad} điểm sai hoặc mâu thuẫn, "
        f"{len(found.rows) - bad} điểm cần xem"
    )
    deliver(ctx, asked, found, name="Viện dẫn", headline=headline, failed=failed)


@click.command(cls=Command, example="vnlegal audit replies hop-thu/ --as-of 15/10/2024")
@audit_options
def replies(ctx: click.Context, asked: Asked) -> None:
    """Công văn yêu cầu trả lời trước một ngày: cơ quan nào đã trả lời, trả lời muộn, chưa trả lời."""
    held, failed = readings(asked.paths, Analyzing(asked.own), asked.jobs)
    found = audit_replies(held, asked.day, today=leads_today(held, asked.knowledge))
    told = found.summary
    headline = (
        f"Xét tại ngày {day_words(found.as_of)}: {told['documents']} văn bản, {told['asking']} yêu cầu trả lời; "
        f"{told['unanswered']} nơi chưa trả lời, {told['late-answer']} trả lời muộn, {told['answered']} đã trả lời"
    )
    deliver(
        ctx, asked, found, name="Trả lời", headline=headline, failed=failed,
        tally=("unanswered", "late-answer", "waiting", "answered"), mixed=True, fitting="Đã trả lời",
    )  # fmt: skip


@click.command(cls=Command, example="vnlegal audit outline baocao.docx --planned congvan-kem-decuong.docx")
@click.option(
    "--planned", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Văn bản có đề cương. Không nêu thì tìm đề cương trong các văn bản đưa vào.",
)  # fmt: skip
@audit_options
def outline(ctx: click.Context, asked: Asked, planned: Path | None) -> None:
    """Báo cáo so với đề cương mà văn bản yêu cầu gửi kèm: mục nào có, mục nào thiếu, mục nào để trống."""
    work = Analyzing(asked.own, outline=True)
    held, failed = readings(asked.paths, work, asked.jobs)
    prescribed, unread = readings([str(planned)], work, 1) if planned else ([], 0)
    if planned and not prescribed:
        ctx.exit(UNREAD)
    found = audit_coverage(held, asked.day, prescribed=prescribed[0] if prescribed else None)
    told = found.summary
    headline = (
        f"{told['outlines']} đề cương, {told['reports']} báo cáo: {told['section-there']} mục có, "
        f"{told['section-missing']} mục thiếu, {told['section-empty']} mục để trống"
    )
    if not told["outlines"]:
        headline += " (không thấy đề cương nào: nêu văn bản có đề cương bằng --planned)"
    deliver(ctx, asked, found, name="Đề cương", headline=headline, failed=failed + unread, fitting="Có mục")
