"""Tables of tasks: one task a row, group rows as path, merged cells and list cells, legal basis from the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import ColumnRole
from vnlegal.records import Status
from vnlegal.segment import Cell, Segmentation, Table
from vnlegal.tasks.cells import EDGE, Bodies, Row, actors_of, bodies_in, cell_text, distinct, trimmed, words_of
from vnlegal.tasks.clauses import passage
from vnlegal.tasks.columns import Columns, is_numbering, place, read_columns, split_at_headings, traits
from vnlegal.tasks.deadlines import parse_cell
from vnlegal.tasks.details import urgency as find_urgency
from vnlegal.tasks.model import ActorFound, DeadlineFound, TaskFound
from vnlegal.tasks.products import deliverable as find_deliverable
from vnlegal.tasks.recipients import approvers as find_approvers
from vnlegal.tasks.sources import Sources, sources_of
from vnlegal.tasks.status import label_status

_SHORTEST = 6
# A result no longer than this may be a label of progress.
_LONGEST_STATUS = 40
# A group row gives its rows their lead where bodies make up this share of it.
_GROUP_SHARE = 0.3
_LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"
_TOTAL = re.compile(r"(?:tổng(?: số| cộng)?|cộng)\W*\d*", re.IGNORECASE)
_TICK = re.compile(r"[xX✓✔√☑]")
_ARABIC = re.compile(r"\(?\d{1,3}[.)]*")
# How a cell begins that holds a time, and no task that names a year ("Báo cáo cải cách hành chính năm 2025").
_TIME = re.compile(
    r"\W*(?:hoàn thành )?(?:(?:trước|chậm nhất|trong|vào|cuối|đầu|hết|đến|xong|sau|từ) (?!điển|vựng|nước|ngoài)"
    r"|(?:quý|tháng|năm|ngày) [ivx\d]|hằng|hàng (?:năm|quý|tháng|tuần|ngày)|thường xuyên|định kỳ|giai đoạn|ngay|\d"
    r"|theo (?:tiến độ|lộ trình|kế hoạch|quy định|yêu cầu))",
    re.IGNORECASE,
)
# A cell that holds no more than a label of progress; "Hoàn thành sửa chữa cầu" is a task.
_PROGRESS = re.compile(
    r"(?:\W*(?:đã|đang|chưa|còn|chậm|quá|trong|trước|đúng|hoàn|thành|thực|hiện|triển|khai|tiến|độ|hạn|xong|xử|lý|tiếp|tục"
    r"|cơ|bản|kết|thúc|muộn|trễ|sau|một|phần|gần|bảo|đảm|trình|thường|xuyên|đạt|đến|tới|thời|\d+%?)(?!\w))+\W*",
    re.IGNORECASE,
)
_NESTED = re.compile(r"\(?\d{1,3}\.\d{1,3}[.)\d]*|[a-zđ][.)]+|[-+–]")


@dataclass(frozen=True, slots=True)
class _Group:
    """A group row: its level, its label, what the path shows, and where its name stands."""

    rank: int
    label: str
    shown: str
    start: int
    end: int


@dataclass(slots=True)
class _State:
    """What a row hands down to the rows below it."""

    groups: list[_Group] = field(default_factory=list)
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
    bodies = Bodies(agencies, tuple(a.start for a in agencies))
    sources = sources_of(citations)
    out: list[TaskFound] = []
    for whole in segmentation.tables:
        for table in split_at_headings(whole, segmentation.flow.text, knowledge):
            columns = read_columns(table, segmentation.flow.text, knowledge)
            if columns is not None:
                out += _table_tasks(segmentation, table, columns, bodies, sources, knowledge)
    return sorted(out, key=lambda task: (task.start, task.end))


def _table_tasks(
    segmentation: Segmentation,
    table: Table,
    columns: Columns,
    bodies: Bodies,
    sources: Sources,
    knowledge: Knowledge,
) -> list[TaskFound]:
    text = segmentation.flow.text
    anchor = _anchor(segmentation, table)
    headings, basis = _title(segmentation, table, sources)
    rows = [_place_row(row, flag, columns, text, bodies, knowledge) for row, flag in _rows(table, text)]
    restarted = _restarts(rows, columns, text)
    reports = bool({"status", "result"} & set(columns.roles))
    state = _State()
    out: list[TaskFound] = []
    for n, row in enumerate(rows):
        if _is_group(row, columns, text, rows[n + 1] if n + 1 < len(rows) else None):
            _enter_group(state, row, columns, text)
            continue
        task = _row_task(row, columns, text, anchor, bodies, sources, state, knowledge)
        if task is None:
            continue
        state.label = cell_text(row, columns.index("number"), text).rstrip(".) ") or state.label
        label = state.label if restarted else ""
        path = (*headings, *(group.shown for group in state.groups), *([label] if label else []))
        state.leads, state.coordinators = task.leads, task.coordinators
        state.deadline, state.deliverable = task.deadline, task.deliverable
        rests_on = tuple(dict.fromkeys((*task.legal_basis, *basis)))
        deadline = _doubted(task.deadline, sources.given_on(rests_on), reports)
        out.append(replace(task, path=path, legal_basis=rests_on, deadline=deadline))
    return out


def _doubted(deadline: DeadlineFound | None, given: date | None, reports: bool) -> DeadlineFound | None:
    """Keep the doubt "before-document" only where the deadline had passed when the task was given.

    A table that reports on tasks names deadlines that have passed by its own date; that is no doubt.
    """
    if deadline is None or deadline.anomaly != "before-document" or not (reports or given):
        return deadline
    passed = given is not None and deadline.due is not None and deadline.due[:10] < given.isoformat()
    return deadline if passed else replace(deadline, anomaly=None)


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
    row: Sequence[Cell], group: bool, columns: Columns, text: str, bodies: Bodies, knowledge: Knowledge
) -> Row:
    """Give each cell its column. A row with fewer cells than columns has lost those merged with cells above."""
    cells = list(row)
    while cells and len(cells) < len(columns.roles) and cells[-1].end <= cells[-1].start:
        cells.pop()
    if len(cells) >= len(columns.roles):
        return Row(dict(enumerate(cells[: len(columns.roles)])), group=group)
    looks = [traits(c, text, knowledge, bodies.share) for c in cells]
    return Row({k: c for k, c in zip(place(looks, columns.roles), cells, strict=True) if k >= 0}, True, group)


def _is_group(row: Row, columns: Columns, text: str, below: Row | None) -> bool:
    """Whether a row is the heading of the rows below it: it says nothing but a label and a name."""
    number, task = columns.index("number"), columns.index("task")
    filled = {k for k, c in row.cells.items() if text[c.start : c.end].strip(EDGE)}
    rest = filled - {number}
    if not rest:
        return row.group
    if len(rest) > 1:
        return row.group and len({text[row.cells[k].start : row.cells[k].end].strip() for k in rest}) == 1
    label = cell_text(row, number, text)
    if _ARABIC.fullmatch(label) or _NESTED.fullmatch(label):
        follows = cell_text(below, number, text) if below is not None else ""
        nested = follows.startswith(label.rstrip(".)") + ".") or _NESTED.fullmatch(follows) is not None
        return _ARABIC.fullmatch(label) is not None and nested and rest == {task}
    name = text[slice(*_only(row, rest))]
    return bool(label) or not (_has_telling(columns, rest) or _runs_on(name))


def _only(row: Row, rest: set[int]) -> tuple[int, int]:
    cell = row.cells[next(iter(rest))]
    return cell.start, cell.end


def _runs_on(name: str) -> bool:
    """Whether an unlabelled cell goes on with the words of the row above, cut by the end of a page."""
    words = name.strip()
    return words[:1].islower() or ";" in words


def _has_telling(columns: Columns, filled: set[int]) -> bool:
    return any(columns.roles[k] in ("lead", "coordinator", "deadline", "actor") for k in filled)


def _rank(label: str, groups: Sequence[_Group]) -> int:
    """Return the level of a group's label: letters above Roman numbers above dotted and Arabic ones, none lowest.

    "I" after "H" is a letter, and so are "V", "X", "L" and "C" after the letters before them.
    """
    bare = label.strip("().[] ")
    if not bare:
        return 9
    letters = next((g.label.strip("().[] ") for g in reversed(groups) if g.rank == 1), "")
    if letters and len(bare) == 1 and _LETTERS.find(letters) + 1 == _LETTERS.find(bare):
        return 1
    if re.fullmatch(r"[IVXL]+", bare):
        return 2
    if re.fullmatch(r"[A-ZĐ]", bare):
        return 1
    return 3 + bare.count(".")


def _enter_group(state: _State, row: Row, columns: Columns, text: str) -> None:
    number = columns.index("number")
    label = cell_text(row, number, text)
    name = next((c for k, c in sorted(row.cells.items()) if k != number and text[c.start : c.end].strip(EDGE)), None)
    if name is None and number in row.cells:
        name, label = row.cells[number], ""
    if name is None:
        return
    words = text[name.start : name.end].strip().replace("\n", " ")
    inside = re.match(r"([A-ZĐ]|[IVXL]+(?:\.\d+)?|\d+(?:\.\d+)*)[.)\-:/][ ]", words)
    rank = _rank(label or (inside[1] if inside else ""), state.groups)
    while state.groups and state.groups[-1].rank >= rank:
        state.groups.pop()
    shown = f"{label.rstrip('.) ')}. {words}" if label else words
    state.groups.append(_Group(rank, label or (inside[1] if inside else ""), shown, name.start, name.end))
    state.label = ""
    state.leads = state.coordinators = ()
    state.deadline = state.deliverable = None


def _restarts(rows: Sequence[Row], columns: Columns, text: str) -> bool:
    """Whether the rows are numbered anew in each group, so that a number alone does not tell which row is meant."""
    number = columns.index("number")
    labels = [cell_text(row, number, text).rstrip(".) ") for row in rows]
    counted = [w for w in labels if w.isdigit()]
    return len(counted) > len(set(counted)) and any(not w.isdigit() for w in labels)


def _row_task(
    row: Row,
    columns: Columns,
    text: str,
    anchor: str | None,
    bodies: Bodies,
    sources: Sources,
    state: _State,
    knowledge: Knowledge,
) -> TaskFound | None:
    """Read one row; None where it names no task."""
    span = trimmed(row.cells.get(columns.index("task")), text)
    if (
        span is None
        or span[1] - span[0] < _SHORTEST
        or _is_rest(row, columns, text)
        or _is_no_task(text[span[0] : span[1]], knowledge)
    ):
        return None
    unnumbered = columns.index("number") >= 0 and not cell_text(row, columns.index("number"), text)
    merged = row.short or unnumbered
    leads, coordinators = actors_of(row, columns, text, bodies)
    if not leads and _inherits(row, columns, ("lead", "actor"), merged):
        leads = tuple(replace(a, inherited=True) for a in state.leads)
    if not leads:
        leads = _group_leads(state, bodies)
    if not coordinators and _inherits(row, columns, ("coordinator", "actor"), merged):
        coordinators = tuple(replace(a, inherited=True) for a in state.coordinators)
    deadline = _deadline(row, columns, text, anchor, knowledge)
    if deadline is None and state.deadline and _inherits(row, columns, ("deadline",), merged):
        deadline = replace(state.deadline, inherited=True)
    deliverable = words_of(row, columns, "deliverable", text)
    if deliverable is None and _inherits(row, columns, ("deliverable",), merged):
        deliverable = state.deliverable
    words = passage(text, *span, bodies.within(*span))
    deliverable = deliverable or find_deliverable(words, knowledge.tasks, *span)
    approvers = bodies_in(row, columns, "approver", text, bodies) or find_approvers(
        words, knowledge.tasks, *span, leads
    )
    told = words_of(row, columns, "result", text)
    basis = row.cells.get(columns.index("basis"))
    return TaskFound(
        span[0],
        span[1],
        "assigned",
        "table-row",
        leads=leads,
        coordinators=coordinators,
        approvers=approvers,
        deadline=deadline,
        deliverable=deliverable,
        status=_status(row, columns, text, told, knowledge),
        result=told,
        urgency=find_urgency(words, knowledge.tasks, *span),
        legal_basis=sources.within(text, basis.start, basis.end) if basis is not None else (),
        confidence=0.9,
    )


def _status(row: Row, columns: Columns, text: str, told: tuple[int, int] | None, knowledge: Knowledge) -> Status | None:
    """Return how far the task of a row is: by its label, by the column ticked, or by a result that is but a label."""
    status = label_status(cell_text(row, columns.index("status"), text), knowledge)
    if status is None:
        status = next((s for k, s in enumerate(columns.labels) if s and _TICK.fullmatch(cell_text(row, k, text))), None)
    if status is None and told is not None and columns.index("status") < 0 and told[1] - told[0] <= _LONGEST_STATUS:
        status = label_status(text[told[0] : told[1]], knowledge)
    return status


def _is_rest(row: Row, columns: Columns, text: str) -> bool:
    """Whether a full row holds nothing but the rest of the task above: no label, no other cell with words."""
    filled = [k for k, c in row.cells.items() if text[c.start : c.end].strip(EDGE)]
    return not row.short and filled == [columns.index("task")] and _runs_on(text[slice(*_only(row, set(filled)))])


def _is_no_task(words: str, knowledge: Knowledge) -> bool:
    """Whether the words of a task cell are a date or a label of progress, as in a row whose cells went astray."""
    if len(words) > 60:
        return False
    if _PROGRESS.fullmatch(words) is not None and label_status(words, knowledge) is not None:
        return True
    return _TIME.match(words) is not None and parse_cell(words, 0, len(words), None, knowledge) is not None


def _inherits(row: Row, columns: Columns, roles: Sequence[ColumnRole], merged: bool) -> bool:
    """Whether a field without words of its own is the one above: its cell is merged, not merely empty."""
    places = [columns.index(role) for role in roles if columns.index(role) >= 0]
    return merged and bool(places) and (not row.short or all(k not in row.cells for k in places))


def _deadline(row: Row, columns: Columns, text: str, anchor: str | None, knowledge: Knowledge) -> DeadlineFound | None:
    cell = row.cells.get(columns.index("deadline"))
    return parse_cell(text, cell.start, cell.end, anchor, knowledge) if cell is not None else None


def _group_leads(state: _State, bodies: Bodies) -> tuple[ActorFound, ...]:
    """Return the bodies that the nearest group row names: "Nhiệm vụ giao Bộ Khoa học và Công nghệ"."""
    for group in reversed(state.groups):
        found = bodies.within(group.start, group.end)
        if found and bodies.share(group.start, group.end) > _GROUP_SHARE:
            return distinct([ActorFound(a.start, a.end, a.canonical, True) for a in found])
    return ()


def _anchor(segmentation: Segmentation, table: Table) -> str | None:
    """Return the date of the document the table stands in, else that of the first document of the file."""
    parts = segmentation.parts
    own = parts[table.part].header.date if table.part < len(parts) else None
    return own or next((p.header.date for p in parts if p.header.date), None)


def _title(segmentation: Segmentation, table: Table, sources: Sources) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the headings above a table, outermost first, and the documents its nearest title says it carries out."""
    headings: list[str] = []
    basis: tuple[int, ...] = ()
    unit = table.parent
    while 0 <= unit < len(segmentation.units):
        here = segmentation.units[unit]
        words = segmentation.flow.text[here.start : here.end].replace("\n", " ").strip()
        if words and here.kind in ("heading", "annex", "title", "item", "article"):
            headings.insert(0, words)
            basis = basis or sources.within(segmentation.flow.text, here.start, here.end)
        unit = here.parent if here.parent != unit else -1
    return tuple(headings), basis
