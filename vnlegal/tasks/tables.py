"""Tables of tasks: one task a row, group rows as path, merged cells and list cells, legal basis from the title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import ColumnRole
from vnlegal.segment import Cell, Segmentation, Table
from vnlegal.tasks.columns import Columns, is_numbering, place, read_columns, split_at_headings, traits
from vnlegal.tasks.deadlines import parse_cell
from vnlegal.tasks.model import ActorFound, DeadlineFound, TaskFound
from vnlegal.tasks.status import label_status

_ROLE_WORD = re.compile(
    r"(?:đơn vị|cơ quan|tổ chức)?[ \n]*(?P<role>chủ trì|chủ quản|thực hiện|phối hợp)(?:[ \n](?:thực hiện|chính))?"
    r"(?:[ \n]với)?(?P<colon>[ \n]*:)?",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[^;\n]+")
_SHORTEST = 6
_EDGE = " \n\t-–+*•.,;:…"
_GROUP_WORD = re.compile(r"(?:các|những|cac|một số)[ \n]", re.IGNORECASE)
_NO_BODY = re.compile(
    r"[\d\W_]*|(?:như trên|nt|không|nêu trên|theo phân công.*|theo chức năng.*)", re.IGNORECASE | re.DOTALL
)
_TOTAL = re.compile(r"(?:tổng(?: số| cộng)?|cộng)\W*\d*", re.IGNORECASE)
_TICK = re.compile(r"[xX✓✔√☑]")
_ARABIC = re.compile(r"\(?\d{1,3}[.)]*")
_NESTED = re.compile(r"\(?\d{1,3}\.\d{1,3}[.)\d]*|[a-zđ][.)]+|[-+–]")
_BULLET = re.compile(r"[-–+*•][ \n]*")


@dataclass(frozen=True, slots=True)
class _Bodies:
    """The agencies of a document, to be asked for by place."""

    found: Sequence[AgencyFound]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> Sequence[AgencyFound]:
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [a for a in self.found[first:last] if a.end <= end]

    def share(self, start: int, end: int) -> float:
        covered = sum(a.end - a.start for a in self.within(start, end))
        return covered / max(1, end - start)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row whose cells have found their columns; a column without an entry had no cell of its own."""

    cells: dict[int, Cell]
    short: bool = False
    group: bool = False


@dataclass(slots=True)
class _State:
    """What a row hands down to the rows below it."""

    groups: list[tuple[int, str, int, int]] = field(default_factory=list)
    label: str = ""
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    deadline: DeadlineFound | None = None
    deliverable: tuple[int, int] | None = None


def find_table_tasks(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    citations: Sequence[Mention],
    knowledge: Knowledge,
) -> list[TaskFound]:
    """Find the tasks that stand in tables, in text order. Tables whose headings name no tasks are left alone."""
    if not segmentation.tables:
        return []
    bodies = _Bodies(agencies, tuple(a.start for a in agencies))
    out: list[TaskFound] = []
    for whole in segmentation.tables:
        for table in split_at_headings(whole, segmentation.flow.text, knowledge):
            columns = read_columns(table, segmentation.flow.text, knowledge)
            if columns is not None:
                out += _table_tasks(segmentation, table, columns, bodies, citations, knowledge)
    return sorted(out, key=lambda task: (task.start, task.end))


def _table_tasks(
    segmentation: Segmentation,
    table: Table,
    columns: Columns,
    bodies: _Bodies,
    citations: Sequence[Mention],
    knowledge: Knowledge,
) -> list[TaskFound]:
    text = segmentation.flow.text
    anchor = _anchor(segmentation, table)
    headings, basis = _title(segmentation, table, citations)
    rows = [_place_row(row, flag, columns, text, bodies, knowledge) for row, flag in _rows(table, text)]
    restarted = _restarts(rows, columns, text)
    state = _State()
    out: list[TaskFound] = []
    for n, row in enumerate(rows):
        if _is_group(row, columns, text, rows[n + 1] if n + 1 < len(rows) else None):
            _enter_group(state, row, columns, text)
            continue
        task = _row_task(row, columns, text, anchor, bodies, citations, state, knowledge)
        if task is None:
            continue
        state.label = _cell_text(row, columns.index("number"), text).rstrip(".) ") or state.label
        label = state.label if restarted else ""
        path = (*headings, *(words for _, words, _, _ in state.groups), *([label] if label else []))
        state.leads, state.coordinators = task.leads, task.coordinators
        state.deadline, state.deliverable = task.deadline, task.deliverable
        out.append(replace(task, path=path, legal_basis=tuple(dict.fromkeys((*task.legal_basis, *basis)))))
    return out


def _rows(table: Table, text: str) -> list[tuple[tuple[Cell, ...], bool]]:
    """Return the rows that say something, with their group flags."""
    flags = table.groups or (False,) * len(table.rows)
    out = []
    for row, flag in zip(table.rows, flags, strict=False):
        words = [text[c.start : c.end].strip() for c in row]
        if any(words) and not is_numbering(words) and not _TOTAL.fullmatch(next(w for w in words if w)):
            out.append((row, flag))
    return out


def _place_row(
    row: Sequence[Cell], group: bool, columns: Columns, text: str, bodies: _Bodies, knowledge: Knowledge
) -> _Row:
    """Give each cell its column. A row with fewer cells than columns has lost those merged with cells above."""
    cells = list(row)
    while cells and len(cells) < len(columns.roles) and cells[-1].end <= cells[-1].start:
        cells.pop()
    if len(cells) >= len(columns.roles):
        return _Row(dict(enumerate(cells[: len(columns.roles)])), group=group)
    looks = [traits(c, text, knowledge, bodies.share) for c in cells]
    return _Row({k: c for k, c in zip(place(looks, columns.roles), cells, strict=True) if k >= 0}, True, group)


def _cell_text(row: _Row, column: int, text: str) -> str:
    cell = row.cells.get(column)
    return text[cell.start : cell.end].strip() if cell is not None else ""


def _is_group(row: _Row, columns: Columns, text: str, below: _Row | None) -> bool:
    """Whether a row is the heading of the rows below it: it says nothing but a label and a name."""
    number, task = columns.index("number"), columns.index("task")
    filled = {k for k, c in row.cells.items() if text[c.start : c.end].strip(_EDGE)}
    rest = filled - {number}
    if not rest:
        return row.group
    if len(rest) > 1:
        return row.group and len({text[row.cells[k].start : row.cells[k].end].strip() for k in rest}) == 1
    label = _cell_text(row, number, text)
    if row.group:
        return True
    if _ARABIC.fullmatch(label) or _NESTED.fullmatch(label):
        follows = _cell_text(below, number, text) if below is not None else ""
        return bool(_ARABIC.fullmatch(label)) and follows.startswith(label.rstrip(".)") + ".") and rest == {task}
    return bool(label) or not _has_telling(columns, rest)


def _has_telling(columns: Columns, filled: set[int]) -> bool:
    return any(columns.roles[k] in ("lead", "coordinator", "deadline", "actor") for k in filled)


def _rank(label: str) -> int:
    """Return the level of a group's label: letters above Roman numbers above dotted and Arabic ones, none lowest."""
    bare = label.strip("().[] ")
    if not bare:
        return 9
    if re.fullmatch(r"[IVXL]+", bare):
        return 2
    if re.fullmatch(r"[A-ZĐ]", bare):
        return 1
    return 3 + bare.count(".")


def _enter_group(state: _State, row: _Row, columns: Columns, text: str) -> None:
    number = columns.index("number")
    label = _cell_text(row, number, text)
    name = next((c for k, c in sorted(row.cells.items()) if k != number and text[c.start : c.end].strip(_EDGE)), None)
    if name is None and number in row.cells:
        name, label = row.cells[number], ""
    if name is None:
        return
    words = text[name.start : name.end].strip().replace("\n", " ")
    inside = re.match(r"([A-ZĐ]|[IVXL]+(?:\.\d+)?|\d+(?:\.\d+)*)[.)\-:/][ ]", words)
    rank = _rank(label or (inside[1] if inside else ""))
    while state.groups and state.groups[-1][0] >= rank:
        state.groups.pop()
    shown = f"{label.rstrip('.) ')}. {words}" if label else words
    state.groups.append((rank, shown, name.start, name.end))
    state.label = ""
    state.leads = state.coordinators = ()
    state.deadline = state.deliverable = None


def _restarts(rows: Sequence[_Row], columns: Columns, text: str) -> bool:
    """Whether the rows are numbered anew in each group, so that a number alone does not tell which row is meant."""
    number = columns.index("number")
    labels = [_cell_text(row, number, text).rstrip(".) ") for row in rows]
    counted = [w for w in labels if w.isdigit()]
    return len(counted) > len(set(counted)) and any(not w.isdigit() for w in labels)


def _row_task(
    row: _Row,
    columns: Columns,
    text: str,
    anchor: str | None,
    bodies: _Bodies,
    citations: Sequence[Mention],
    state: _State,
    knowledge: Knowledge,
) -> TaskFound | None:
    """Read one row; None where it names no task."""
    span = _trimmed(row.cells.get(columns.index("task")), text)
    if span is None or span[1] - span[0] < _SHORTEST or _is_no_task(text[span[0] : span[1]], knowledge):
        return None
    unnumbered = columns.index("number") >= 0 and not _cell_text(row, columns.index("number"), text)
    merged = row.short or unnumbered
    leads, coordinators = _actors(row, columns, text, bodies)
    if not leads and _inherits(row, columns, ("lead", "actor"), merged):
        leads = tuple(replace(a, inherited=True) for a in state.leads)
    if not leads:
        leads = _group_leads(state, bodies)
    if not coordinators and _inherits(row, columns, ("coordinator", "actor"), merged):
        coordinators = tuple(replace(a, inherited=True) for a in state.coordinators)
    deadline = _deadline(row, columns, text, anchor, knowledge)
    if deadline is None and state.deadline and _inherits(row, columns, ("deadline",), merged):
        deadline = replace(state.deadline, inherited=True)
    deliverable = _span(row, columns, "deliverable", text)
    if deliverable is None and _inherits(row, columns, ("deliverable",), merged):
        deliverable = state.deliverable
    status = label_status(_cell_text(row, columns.index("status"), text), knowledge)
    if status is None:
        status = next(
            (s for k, s in enumerate(columns.labels) if s and _TICK.fullmatch(_cell_text(row, k, text))), None
        )
    basis = row.cells.get(columns.index("basis"))
    return TaskFound(
        span[0],
        span[1],
        "assigned",
        "table-row",
        leads=leads,
        coordinators=coordinators,
        approvers=_listed(row, columns, "approver", text, bodies),
        deadline=deadline,
        deliverable=deliverable,
        status=status,
        result=_span(row, columns, "result", text),
        legal_basis=_cited(citations, basis.start, basis.end) if basis is not None else (),
        confidence=0.9,
    )


def _is_no_task(words: str, knowledge: Knowledge) -> bool:
    """Whether the words of a task cell are a date or a label of progress, as in a row whose cells went astray."""
    if len(words) > 60:
        return False
    return label_status(words, knowledge) is not None or parse_cell(words, 0, len(words), None, knowledge) is not None


def _inherits(row: _Row, columns: Columns, roles: Sequence[ColumnRole], merged: bool) -> bool:
    """Whether a field without words of its own is the one above: its cell is merged, not merely empty."""
    places = [columns.index(role) for role in roles if columns.index(role) >= 0]
    return merged and bool(places) and (not row.short or all(k not in row.cells for k in places))


def _trimmed(cell: Cell | None, text: str) -> tuple[int, int] | None:
    """Return the span of a cell's words without the blanks around them and a bullet before them."""
    if cell is None:
        return None
    start, end = cell.start, cell.end
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    bullet = _BULLET.match(text, start, end)
    if bullet is not None and text.find("\n", start, end) < 0:
        start = bullet.end()
    return (start, end) if end > start else None


def _span(row: _Row, columns: Columns, role: ColumnRole, text: str) -> tuple[int, int] | None:
    span = _trimmed(row.cells.get(columns.index(role)), text)
    return span if span is not None and text[span[0] : span[1]].strip(_EDGE) else None


def _deadline(row: _Row, columns: Columns, text: str, anchor: str | None, knowledge: Knowledge) -> DeadlineFound | None:
    cell = row.cells.get(columns.index("deadline"))
    return parse_cell(text, cell.start, cell.end, anchor, knowledge) if cell is not None else None


def _actors(
    row: _Row, columns: Columns, text: str, bodies: _Bodies
) -> tuple[tuple[ActorFound, ...], tuple[ActorFound, ...]]:
    """Read who leads and who helps, from their columns or from one cell that says which is which."""
    leads: list[ActorFound] = []
    helpers: list[ActorFound] = []
    for k, cell in sorted(row.cells.items()):
        role = columns.roles[k]
        if role in ("lead", "actor", "coordinator"):
            for helps, start, end in _stretches(cell, text, role == "coordinator"):
                (helpers if helps else leads).extend(_named(start, end, text, bodies))
    if not leads and helpers and columns.index("coordinator") < 0:
        leads, helpers = helpers, []
    return _distinct(leads), _distinct([a for a in helpers if a not in leads])


def _stretches(cell: Cell, text: str, helps: bool) -> list[tuple[bool, int, int]]:
    """Cut a cell at its role words: "Chủ trì: A; phối hợp: B", "A (chủ trì), B (phối hợp)"."""
    marks = [m for m in _ROLE_WORD.finditer(text, cell.start, cell.end) if _is_role(m, text, cell)]
    if not marks:
        return [(helps, cell.start, cell.end)]
    out = []
    if all(text[max(cell.start, m.start() - 1) : m.start()] == "(" for m in marks):
        begin = cell.start
        for mark in marks:
            out.append((mark["role"].lower() == "phối hợp", begin, mark.start() - 1))
            begin = mark.end()
        return [*out, (helps, begin, cell.end)]
    begin, now = cell.start, helps
    for mark in marks:
        out.append((now, begin, mark.start()))
        begin, now = mark.end(), mark["role"].lower() == "phối hợp"
    return [*out, (now, begin, cell.end)]


def _is_role(mark: re.Match[str], text: str, cell: Cell) -> bool:
    """Whether a role word in a cell of bodies really divides it, and is no part of a name or a remark."""
    before = text[cell.start : mark.start()].rstrip()
    opens = not before or before[-1] in ";:,.\n(-–+"
    return mark["colon"] is not None or (opens and mark["role"].lower() != "thực hiện")


def _named(start: int, end: int, text: str, bodies: _Bodies) -> list[ActorFound]:
    """Return the bodies of a stretch: those known, and, where a piece names none, the piece as it stands."""
    out: list[ActorFound] = []
    for piece in _PIECE.finditer(text, start, end):
        known = bodies.within(piece.start(), piece.end())
        if known:
            out += [ActorFound(a.start, a.end, a.canonical) for a in known]
            continue
        words = piece[0].strip(_EDGE)
        if not words or len(words) > 120 or _NO_BODY.fullmatch(words):
            continue
        at = piece.start() + piece[0].index(words)
        name = f"nhóm: {words[0].lower()}{words[1:]}" if _GROUP_WORD.match(words) else words
        out.append(ActorFound(at, at + len(words), name))
    return out


def _distinct(actors: Sequence[ActorFound]) -> tuple[ActorFound, ...]:
    seen: dict[str, ActorFound] = {}
    for actor in actors:
        seen.setdefault(actor.canonical, actor)
    return tuple(seen.values())


def _group_leads(state: _State, bodies: _Bodies) -> tuple[ActorFound, ...]:
    """Return the bodies that the nearest group row names: "Nhiệm vụ giao Bộ Khoa học và Công nghệ"."""
    for _, _, start, end in reversed(state.groups):
        found = bodies.within(start, end)
        if found and bodies.share(start, end) > 0.3:
            return _distinct([ActorFound(a.start, a.end, a.canonical, True) for a in found])
    return ()


def _listed(row: _Row, columns: Columns, role: ColumnRole, text: str, bodies: _Bodies) -> tuple[ActorFound, ...]:
    cell = row.cells.get(columns.index(role))
    return _distinct(_named(cell.start, cell.end, text, bodies)) if cell is not None else ()


def _cited(citations: Sequence[Mention], start: int, end: int) -> tuple[int, ...]:
    """Return the indexes of the documents cited in a stretch, outer mentions only."""
    inside = [
        n for n, m in enumerate(citations) if start <= m.start and m.end <= end and m.kind not in ("internal", "self")
    ]
    return tuple(
        n
        for n in inside
        if not any(
            k != n and citations[k].start <= citations[n].start and citations[n].end <= citations[k].end for k in inside
        )
    )


def _anchor(segmentation: Segmentation, table: Table) -> str | None:
    """Return the date of the document the table stands in, else that of the first document of the file."""
    parts = segmentation.parts
    own = parts[table.part].header.date if table.part < len(parts) else None
    return own or next((p.header.date for p in parts if p.header.date), None)


def _title(
    segmentation: Segmentation, table: Table, citations: Sequence[Mention]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the headings above a table, outermost first, and the documents its nearest title says it carries out."""
    headings: list[str] = []
    basis: tuple[int, ...] = ()
    unit = table.parent
    while 0 <= unit < len(segmentation.units):
        here = segmentation.units[unit]
        words = segmentation.flow.text[here.start : here.end].replace("\n", " ").strip()
        if words and here.kind in ("heading", "annex", "title", "item", "article"):
            headings.insert(0, words)
            basis = basis or _cited(citations, here.start, here.end)
        unit = here.parent if here.parent != unit else -1
    return tuple(headings), basis
