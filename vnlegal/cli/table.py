"""An analysis as a person reads it on a terminal: the header card, the documents cited, the tasks, the doubts.

Everything that comes from a document goes through `plain`: no control character of a file reaches the terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from vnlegal.cli.rows import LineCount
from vnlegal.labels import DEADLINE, MODALITY, RELATION, SEVERITY, STATUS, day, header_rows, provision
from vnlegal.office.digest import Cited, group_by_target, plain
from vnlegal.records import Actor, Analysis, Deadline, Finding, Header, Task

NARROW = 88  # below this many columns a table becomes blocks one under another
_COLOUR = {"overdue": "red", "done": "green", "error": "red", "warning": "yellow"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is set: its width in columns, colours or none, the day against which deadlines are held."""

    width: int
    colour: bool
    as_of: str | None = None


def page(analysis: Analysis, text: str, kinds: dict[str, str], look: Look) -> str:
    """Return the page on one document, ready to print."""
    line = LineCount(text)
    cited = group_by_target(analysis)
    narrow = look.width < NARROW
    parts: list[RenderableType] = [_card(analysis, kinds, cited)]
    if cited:
        parts += [_title("Văn bản được viện dẫn"), _cited_blocks(cited, line) if narrow else _cited_table(cited, line)]
    if analysis.tasks:
        blocks = _task_blocks(analysis.tasks, line, look) if narrow else _task_table(analysis.tasks, line, look)
        parts += [_title("Nhiệm vụ"), blocks]
    if analysis.findings:
        parts += [_title("Cần xem lại"), _findings(analysis.findings, line)]
    return print_page(Group(*parts), look)


def print_page(content: RenderableType, look: Look) -> str:
    """Return `content` set in lines of the page's width, without blanks at their ends."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(content)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _text(words: str, style: str = "") -> Text:
    return Text(plain(words), style=style)


def _title(words: str) -> RenderableType:
    return Padding(Text(words.upper(), style="bold"), (1, 0, 0, 0))


def _card(analysis: Analysis, kinds: dict[str, str], cited: Sequence[Cited]) -> Panel:
    """Return the card with what the document says of itself."""
    parts: list[RenderableType] = []
    own = header_rows(analysis.document, kinds)
    if own:
        parts.append(_pairs(own))
    others = [_letter(letter, kinds) for letter in analysis.document.letters]
    if any(others):
        parts += [Text("Trong cùng tệp còn:", style="dim"), *(_hung("-", _text(words)) for words in others if words)]
    times = sum(len(group.mentions) for group in cited)
    found = (
        f"{len(cited)} văn bản được viện dẫn ({times} lần) · {len(analysis.tasks)} nhiệm vụ · "
        f"{len(analysis.findings)} điểm cần xem lại"
    )
    parts.append(Padding(Text(found, style="bold"), (1 if parts else 0, 0, 0, 0)))
    title = Text(plain(analysis.document.source), style="bold cyan")
    return Panel(Group(*parts), title=title, title_align="left", box=box.ROUNDED, padding=(0, 1))


def _letter(header: Header, kinds: dict[str, str]) -> str:
    """Return a further document of the file in one line; nothing where its head says nothing."""
    parts = (kinds.get(header.kind or "", ""), header.number, day(header.date), header.issuer, header.subject)
    return ", ".join(part for part in parts if part)


def _pairs(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", width=16)
    grid.add_column(ratio=1)
    for label, words in rows:
        grid.add_row(label, _text(words))
    return grid


def _grid(columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Text]]) -> Table:
    """Return a table. A column's number: its width where positive, its share of the rest where negative, 0 a figure.

    A column that says nothing in any row is left out.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_edge=False)
    told = [n for n in range(len(columns)) if any(row[n].plain for row in rows)]
    for name, size in (columns[n] for n in told):
        figure = size == 0
        table.add_column(
            name,
            width=size if size > 0 else None,
            ratio=-size if size < 0 else None,
            no_wrap=figure,
            justify="right" if figure else "left",
        )
    for row in rows:
        table.add_row(*(row[n] for n in told))
    return table


def _cited_table(cited: Sequence[Cited], line: LineCount) -> Table:
    rows = []
    for number, group in enumerate(cited, 1):
        first = line(group.mentions[0].start)
        name, when, pinpoints, relation = _cited_cells(group)
        figures = (Text(str(len(group.mentions))), Text(str(first)))
        rows.append((Text(str(number)), name, Text(when), pinpoints, Text(relation), *figures))
    columns = (
        ("#", 0), ("Văn bản", -6), ("Ngày", 10), ("Điều khoản", -3), ("Quan hệ", 12), ("Lần", 0), ("Dòng", 0)
    )  # fmt: skip
    return _grid(columns, rows)


def _cited_cells(group: Cited) -> tuple[Text, str, Text, str]:
    shown = group.shown
    name = _text(shown.text)
    if shown.number and shown.number not in name.plain:
        name.append(f" ({plain(shown.number)})")
    if shown.title and shown.kind == "numbered" and shown.title not in name.plain:
        name.append(f" {plain(shown.title, 120)}", style="dim")
    if any(c.is_draft for c in group.mentions):
        name.append(" [dự thảo]", style="yellow")
    if shown.target is None:
        name.append(" [chưa rõ văn bản nào]", style="yellow")
    when = next((day(c.date) for c in group.mentions if c.date), "")
    pinpoints = dict.fromkeys(provision(p) for c in group.mentions for p in c.provisions)
    relations = dict.fromkeys(c.relation for c in group.mentions if c.relation)
    telling = [name for name in relations if name != "cites"] or list(relations)
    return name, when, _text("; ".join(pinpoints), "dim"), ", ".join(RELATION.get(r, r) for r in telling[:2])


def _cited_blocks(cited: Sequence[Cited], line: LineCount) -> Group:
    blocks: list[RenderableType] = []
    for number, group in enumerate(cited, 1):
        name, when, pinpoints, relation = _cited_cells(group)
        places = f"{len(group.mentions)} lần, dòng {line(group.mentions[0].start)}"
        facts = " · ".join(part for part in (when, relation, pinpoints.plain, places) if part)
        blocks += [_hung(f"{number}.", name), _hung("", Text(facts, style="dim"))]
    return Group(*blocks)


def _hung(marker: str, words: Text) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=4, justify="right")
    grid.add_column(ratio=1)
    grid.add_row(marker, words)
    return grid


def _task_table(tasks: Sequence[Task], line: LineCount, look: Look) -> Table:
    rows = [
        (
            Text(str(number)),
            _text(task.text),
            _actors(task.leads),
            _actors(task.coordinators),
            _deadline(task.deadline, look),
            _state(task),
            Text(str(line(task.start))),
        )
        for number, task in enumerate(tasks, 1)
    ]
    columns = (
        ("#", 0), ("Việc", -8), ("Chủ trì", -4), ("Phối hợp", -3), ("Thời hạn", 16), ("Tình trạng", 10), ("Dòng", 0)
    )  # fmt: skip
    return _grid(columns, rows)


def _task_blocks(tasks: Sequence[Task], line: LineCount, look: Look) -> Group:
    blocks: list[RenderableType] = []
    for number, task in enumerate(tasks, 1):
        blocks.append(_hung(f"{number}.", _text(task.text)))
        facts = (
            ("Chủ trì", _actors(task.leads)),
            ("Phối hợp", _actors(task.coordinators)),
            ("Thời hạn", _deadline(task.deadline, look)),
            ("Tình trạng", _state(task)),
            ("Dòng", Text(str(line(task.start)))),
        )
        for label, words in facts:
            if words.plain:
                blocks.append(_hung("", Text(f"{label}: ", style="dim") + words))
    return Group(*blocks)


def _actors(actors: Sequence[Actor]) -> Text:
    return _text("; ".join(dict.fromkeys(actor.canonical or actor.text for actor in actors)))


def _deadline(deadline: Deadline | None, look: Look) -> Text:
    if deadline is None:
        return Text("")
    words = _text(deadline.text, "")
    if deadline.due:
        due = day(deadline.due)
        if due not in words.plain:
            words.append(f" → {due}", style="dim")
        if look.as_of:
            words.append(*_left(deadline.due, look.as_of))
    elif deadline.kind in DEADLINE:
        words.append(f" ({DEADLINE[deadline.kind]})", style="dim")
    if deadline.anomaly:
        words.append(" (!)", style="yellow")
    return words


def _left(due: str, as_of: str) -> tuple[str, str]:
    """Return how many days are left until `due` on the day `as_of`, and the style to show it in."""
    days = (date.fromisoformat(due[:10]) - date.fromisoformat(as_of)).days
    if days < 0:
        return f" (quá {-days} ngày)", "red"
    return (f" (còn {days} ngày)", "") if days else (" (hôm nay)", "yellow")


def _state(task: Task) -> Text:
    if task.status:
        return Text(STATUS[task.status], style=_COLOUR.get(task.status, ""))
    words = Text(MODALITY[task.modality], style="dim")
    if task.urgency:
        words.append(f", {plain(task.urgency)}", style="yellow")
    return words


def _findings(findings: Sequence[Finding], line: LineCount) -> Group:
    blocks = []
    for finding in findings:
        words = Text(SEVERITY[finding.severity], style=_COLOUR.get(finding.severity, "dim"))
        words.append(f" · dòng {line(finding.start)}", style="dim")
        words.append(f" · {plain(finding.message)}")
        tasks = ", ".join(ref[1:] for ref in finding.refs if ref.startswith("t"))
        if tasks:
            words.append(f" [nhiệm vụ {tasks}]", style="dim")
        blocks.append(_hung("-", words))
    return Group(*blocks)
