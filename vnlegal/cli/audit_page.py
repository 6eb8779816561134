"""The audits over letters and reports as a page on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vnlegal.audit.rows import Audit, AuditRow, Tally
from vnlegal.cli.table import Look, print_page
from vnlegal.labels import day
from vnlegal.office.audits import CODE, place_words
from vnlegal.office.digest import plain

_MOST = 60
_LONGEST = 300
_TOP = 12
_STYLE = {"fails": "red", "open": "yellow", "holds": "green"}


def audit_page(
    audit: Audit,
    headline: str,
    look: Look,
    *,
    tally: Sequence[str] = (),
    mixed: bool = False,
    fitting: str = "Khớp",
) -> str:
    """Return the page: the headline, a table by body, the rows that need a reader, the rest in brief.

    `tally` names the codes that the table by body has columns for; `mixed`: rows of one document do not stand
    together; `fitting` names the rows that hold.
    """
    parts: list[RenderableType] = [Text(headline, style="bold")]
    if audit.by and tally:
        parts += [Padding(_tally_table(audit.by, tally), (1, 0, 0, 0))]
    wanted = [row for row in audit.rows if row.verdict != "holds"]
    for source, rows in groupby(wanted[:_MOST], key=lambda row: "" if mixed else row.source):
        parts.append(Padding(Text(plain(source, 120), style="bold cyan"), (1, 0, 0, 0)) if source else Text(""))
        before: AuditRow | None = None
        for row in rows:
            told = before is not None and (before.source, before.start, before.end) == (row.source, row.start, row.end)
            parts.append(_block(row, mixed, told))
            before = row
    if len(wanted) > _MOST:
        parts.append(Text(f"… và {len(wanted) - _MOST} điểm nữa: xem --format csv, xlsx hoặc json", style="dim"))
    holding = [row for row in audit.rows if row.verdict == "holds"]
    if holding:
        parts.append(Padding(Text(f"{fitting}: {len(holding)}", style="bold"), (1, 0, 0, 0)))
        parts += [_brief(row, several=len({row.source for row in holding}) > 1) for row in holding[:_MOST]]
        if len(holding) > _MOST:
            parts.append(Text(f"… và {len(holding) - _MOST} dòng nữa", style="dim"))
    return print_page(Group(*parts), look)


def _tally_table(by: Sequence[Tally], codes: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for code in codes:
        table.add_column(CODE.get(code, code), justify="right")
    table.add_column("cơ quan")
    for entry in by[:_TOP]:
        figures = [str(entry.counts.get(code, 0) or "·") for code in codes]
        today = f" (nay là {entry.today})" if entry.today else ""
        table.add_row(*figures, Text(plain(entry.name + today, 160)))
    if len(by) > _TOP:
        table.add_row(*[""] * len(codes), Text(f"… và {len(by) - _TOP} cơ quan nữa", style="dim"))
    return table


def _block(row: AuditRow, mixed: bool, told: bool) -> RenderableType:
    """Return one row; `told`: the row above has shown the same words."""
    head = Text()
    head.append(CODE.get(row.code, row.code), style=_STYLE[row.verdict])
    where = f"{plain(row.source, 60)} " if mixed else ""
    for words in (
        f"{where}dòng {row.line}" if row.line else where,
        plain(row.agency or "", 80),
        f"hạn {day(row.due)}" if row.due else "",
    ):
        if words:
            head.append(f" · {words}", style="" if words.startswith("hạn") else "dim")
    lines: list[RenderableType] = [] if told or not row.text.strip() else [Text(f"“{plain(row.text)}”")]
    lines.append(Text(plain(row.message)))
    if row.calculation:
        lines.append(Text(plain(row.calculation), style="bold"))
    lines += [
        Text(f"so với {place_words(p, row.source)}: “{plain(p.text, 160)}”", style="dim") for p in row.compared[:3]
    ]
    if row.doubt:
        lines.append(Text(f"có thể: {row.doubt}", style="yellow"))
    return Group(Padding(head, (0, 0, 0, 2)), *(Padding(line, (0, 0, 0, 6)) for line in lines))


def _brief(row: AuditRow, *, several: bool) -> RenderableType:
    words = Text(f"dòng {row.line} · " if row.line else "", style="dim")
    if several:
        words = Text(f"{plain(row.source, 40)} ", style="dim") + words
    words.append(plain(row.calculation or row.message, 110))
    if row.calculation:
        words.append(f"  “{plain(row.text, 70)}”", style="dim")
    return Padding(words, (0, 0, 0, 2))
