"""The columns of a task table: what each heading means, and which column a cell of an incomplete row belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import ColumnRole, DeadlineKnowledge
from vnlegal.records import Status
from vnlegal.segment import Cell, Table
from vnlegal.tasks.deadlines import parse_cell
from vnlegal.tasks.status import label_status
from vnlegal.text import fold

_CALLS = re.compile(r"\[\d+\]|\(\d+\)|[*_¹²³]+|\d+$")
_BLANKS = re.compile(r"\s+")
_LABEL = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}(?:\.\d{1,2})*|[A-ZĐa-zđ](?:\.\d{1,2})?)[.)\]]*|[-–+*•…]|"
)
_REPEATED_HEADING = re.compile(r"\(?\d{1,2}\)?")
_WORD = re.compile(r"[^\W\d_]{2}")
# The programme of a meeting or a day, by the hour.
_CLOCK = re.compile(r"(?:từ )?\d{1,2}[hg:]\d{0,2}", re.IGNORECASE)
# The share of a cell that names of bodies must cover for it to be a cell of bodies.
_NAMED = 0.45
# What a heading that stands over others may be parted into.
_PARTS = frozenset(("lead", "coordinator", "actor", "unit", "approver"))
# Roles that make a table with a task column a table of tasks.
_TELLING = frozenset(("deadline", "lead", "coordinator", "unit", "actor", "status", "progress", "basis"))
# How a cell or a line begins that names a body.
BODY_HINT = re.compile(
    r"[-–+ ]*(?:Bộ|Sở|Ban|UBND|Uỷ ban|Ủy ban|Cục|Tổng cục|Vụ|Văn phòng|VPCP|Trung tâm|Công an|Phòng|Viện|Chi cục|Hội|"
    r"(?:[Cc]ác|[Nn]hững) (?:bộ|sở|ban|ngành|cơ quan|đơn vị|địa phương|xã|phường|tỉnh))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one table hold. `labels`: the status a column stands for when its cells are only ticked."""

    roles: tuple[ColumnRole, ...]
    labels: tuple[Status | None, ...]

    def index(self, role: ColumnRole) -> int:
        """Return the first column of a role, -1 where there is none."""
        return self.roles.index(role) if role in self.roles else -1


@dataclass(frozen=True, slots=True)
class Traits:
    """What a cell looks like: a row's label, a time, a status, bodies (share of the cell they cover), or just words."""

    size: int
    label: bool
    time: bool
    status: bool
    bodies: float


@lru_cache(maxsize=4)
def _patterns(knowledge: DeadlineKnowledge) -> tuple[tuple[ColumnRole, re.Pattern[str]], ...]:
    out = []
    for row in knowledge.headings:
        words = sorted((fold(w) for w in row.words), key=len, reverse=True)
        inner = "|".join(re.escape(w).replace(r"\ ", " ") for w in words)
        shape = {"whole": rf"^(?:{inner})$", "start": rf"^(?:{inner})(?!\w)", "within": rf"(?<!\w)(?:{inner})(?!\w)"}
        out.append((row.role, re.compile(shape[row.match])))
    return tuple(out)


def heading_role(heading: str, knowledge: Knowledge) -> ColumnRole | None:
    """Return what a column with this heading holds, None where the heading says nothing known."""
    words = _BLANKS.sub(" ", _CALLS.sub("", fold(heading))).strip(" .:;/-")
    if not words or len(words) > 120:
        return None
    return next((role for role, pattern in _patterns(knowledge.deadlines) if pattern.search(words)), None)


def read_columns(table: Table, text: str, knowledge: Knowledge) -> Columns | None:
    """Return the columns of a table of tasks, None where the table is something else.

    A table of tasks has a column of tasks and one that says who, by when, how far, or by which document.
    """
    roles: list[ColumnRole | None] = [heading_role(h, knowledge) for h in table.header]
    if "barred" in roles or not _TELLING & set(roles):
        return None
    labels = tuple(
        label_status(h, knowledge) if role in ("other", "result", None) and len(h) < 30 else None
        for h, role in zip(table.header, roles, strict=True)
    )
    settled = [_settle(role, k, table, text, knowledge, roles) for k, role in enumerate(roles)]
    tasks = [k for k, role in enumerate(settled) if role == "task" and _says_words(table, k, text)]
    if not tasks and "task" in settled:
        # "Nhiệm vụ của Chính phủ: 14, 26" points at tasks told elsewhere; what must come of each stands here
        tasks = [k for k, role in enumerate(settled) if role == "deliverable" and _says_words(table, k, text)][:1]
        settled = ["task" if k in tasks else "other" if role == "task" else role for k, role in enumerate(settled)]
    if not tasks or "barred" in settled:
        return None
    first = min(tasks, key=lambda k: (_specificity(table.header[k], knowledge), k))
    final = tuple(role if role != "task" or k == first else "other" for k, role in enumerate(settled))
    return Columns(final, labels) if _TELLING & set(final) else None


def _says_words(table: Table, column: int, text: str) -> bool:
    """Whether the cells of a column hold words, not numbers or marks alone."""
    cells = [text[row[column].start : row[column].end] for row in table.rows if column < len(row)]
    bare = sum(_WORD.search(cell) is None for cell in cells if cell.strip())
    return 2 * bare <= sum(bool(cell.strip()) for cell in cells)


def split_at_headings(table: Table, text: str, knowledge: Knowledge) -> list[Table]:
    """Cut a table where a row of headings stands among its rows: a further table, or the headings of a new page."""
    header, begin = _second_storey(table, text, knowledge)
    out = []
    flags = table.groups or (False,) * len(table.rows)
    for n, row in enumerate(table.rows[begin:], begin):
        words = tuple(text[c.start : c.end].replace("\n", " ").strip() for c in row)
        if not _is_heading_row(words, knowledge):
            continue
        out.append(replace(table, header=header, rows=table.rows[begin:n], groups=flags[begin:n]))
        begin, header = n + 1, words
    out.append(replace(table, header=header, rows=table.rows[begin:], groups=flags[begin:]))
    return [part for part in out if part.rows]


def _second_storey(table: Table, text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], int]:
    """Return the headings of a table and how many rows they take: a second row may part a heading of the first.

    "Cơ quan thực hiện" over "Chủ trì" and "Phối hợp" becomes these two.
    """
    header, rows = table.header, table.rows
    words = [text[c.start : c.end].replace("\n", " ").strip() for c in rows[0]] if rows else []
    filled = [w for w in words if w]
    if len(filled) < 2 or any(heading_role(w, knowledge) not in _PARTS or len(w) > 40 for w in filled):
        return header, 0
    if len(words) == len(header):
        return tuple(w or h for w, h in zip(words, header, strict=True)), 1
    width = len(header) + len(filled) - 1
    parted = next((k for k, h in enumerate(header) if heading_role(h, knowledge) in ("lead", "unit", "actor")), -1)
    if parted < 0 or all(len(row) != width for row in rows[1:]):
        return header, 0
    return (*header[:parted], *filled, *header[parted + 1 :]), 1


def _is_heading_row(words: Sequence[str], knowledge: Knowledge) -> bool:
    filled = [w for w in words if w]
    if len(filled) < 3 or any(len(w) > 60 for w in filled):
        return False
    if heading_role(filled[0], knowledge) != "number":
        return False
    roles = {heading_role(w, knowledge) for w in filled}
    return "task" in roles and bool(_TELLING & roles)


def _specificity(heading: str, knowledge: Knowledge) -> int:
    """Return how general a task heading is: the place of its row among the rows of the knowledge file."""
    words = _BLANKS.sub(" ", _CALLS.sub("", fold(heading))).strip(" .:;/-")
    return next(n for n, (_, pattern) in enumerate(_patterns(knowledge.deadlines)) if pattern.search(words))


def _settle(
    role: ColumnRole | None,
    column: int,
    table: Table,
    text: str,
    knowledge: Knowledge,
    roles: Sequence[ColumnRole | None],
) -> ColumnRole:
    """Decide between two readings of a heading by what the cells of the column hold."""
    if role == "progress":
        votes = Counter(_progress(cell, knowledge) for cell in _words_below(table, column, text))
        votes.pop(None, None)
        if not votes:
            return "other" if "deadline" in roles else "status"
        best = votes.most_common(1)[0][0]
        return best if best is not None else "other"
    if role == "unit":
        cells = _words_below(table, column, text)
        bodies = sum(BODY_HINT.match(cell) is not None for cell in cells)
        return "lead" if bodies * 2 >= max(1, len(cells)) else "other"
    if role == "deadline":
        cells = _words_below(table, column, text)
        clocks = sum(_CLOCK.match(cell) is not None for cell in cells)
        return "barred" if clocks * 2 > max(1, len(cells)) else "deadline"
    if role == "outcome":
        reported = any(r in ("status", "progress", "deliverable") for r in roles)
        return "result" if reported else "deliverable"
    return role or "other"


def _words_below(table: Table, column: int, text: str) -> list[str]:
    """Return the cells of a column that say something, of the rows that have one for each column."""
    full = (row[column] for row in table.rows if len(row) >= len(table.header))
    return [words for words in (text[cell.start : cell.end].strip() for cell in full) if words]


def _progress(cell: str, knowledge: Knowledge) -> ColumnRole | None:
    if label_status(cell, knowledge) is not None:
        return "status"
    return "deadline" if parse_cell(cell, 0, len(cell), None, knowledge) is not None else None


def traits(cell: Cell, text: str, knowledge: Knowledge, bodies: Callable[[int, int], float]) -> Traits:
    """Say what a cell looks like. `bodies(start, end)` is the share of the stretch that names of bodies cover."""
    words = text[cell.start : cell.end].strip()
    short = len(words) <= 60
    named = bodies(cell.start, cell.end) if words else 0.0
    if len(words) <= 120 and named < _NAMED and BODY_HINT.match(words):
        named = _NAMED
    return Traits(
        size=len(words),
        label=bool(_LABEL.fullmatch(words)),
        time=len(words) <= 90 and parse_cell(words, 0, len(words), None, knowledge) is not None,
        status=short and label_status(words, knowledge) is not None,
        bodies=named,
    )


def _fit(role: ColumnRole, cell: Traits) -> float:
    """Return how well a cell suits a column."""
    named = cell.bodies >= _NAMED
    if cell.size == 0:
        return 0.0
    if role == "number":
        return 3.0 if cell.label else -3.0
    if cell.label:
        return -1.5
    if role == "deadline":
        return 3.0 if cell.time else -2.0
    if role in ("lead", "coordinator", "actor"):
        return 2.0 if named else (-0.5 if cell.size < 60 and not cell.time else -2.0)
    if role == "status":
        return 3.0 if cell.status else -2.0
    if role == "task":
        return -1.5 if named or cell.time else (1.5 if cell.size > 20 else 0.5)
    if role == "group":
        return -1.0 if named or cell.time else 0.2
    return -1.0 if named or cell.time else 0.4


def place(cells: Sequence[Traits], roles: Sequence[ColumnRole]) -> list[int]:
    """Return for each cell of an incomplete row the column it belongs to, keeping their order.

    A row loses cells where cells above were merged over several rows. The best placing is the one whose cells suit
    their columns most; of equal ones, the one furthest to the left. More cells than columns: the last ones get -1.
    """
    count, width = len(cells), len(roles)
    if count >= width:
        return [k if k < width else -1 for k in range(count)]
    worst = float("-inf")
    best = [[0.0] * (width + 1)] + [[worst] * (width + 1) for _ in range(count)]
    for n in range(1, count + 1):
        for w in range(n, width + 1):
            take = best[n - 1][w - 1] + _fit(roles[w - 1], cells[n - 1])
            skip = best[n][w - 1] - (2.0 if roles[w - 1] == "task" else 0.0)
            best[n][w] = max(take, skip)
    out, n, w = [0] * count, count, width
    while n:
        if best[n][w] == best[n][w - 1] - (2.0 if roles[w - 1] == "task" else 0.0) and w > n:
            w -= 1
            continue
        out[n - 1] = w - 1
        n, w = n - 1, w - 1
    return out


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    filled = [w.strip() for w in row if w.strip()]
    return len(filled) > 2 and all(_REPEATED_HEADING.fullmatch(w) for w in filled)
