"""The cells of a row of a task table: their words, and the bodies they name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from vnlegal.agencies import AgencyFound
from vnlegal.knowledge.deadlines import ColumnRole
from vnlegal.segment import Cell
from vnlegal.tasks.columns import Columns
from vnlegal.tasks.model import ActorFound
from vnlegal.text import UPPER

_ROLE_WORD = re.compile(
    r"(?:đơn vị|cơ quan|tổ chức)?[ \n]*(?P<role>chủ trì|chủ quản|thực hiện|phối hợp)(?:[ \n](?:thực hiện|chính))?"
    r"(?:[ \n]với)?(?P<colon>[ \n]*:)?",
    re.IGNORECASE,
)
_PARTED = re.compile(rf";|\n(?=[-+• ]*[{UPPER}])")
_ROLE_BEHIND = re.compile(rf"[ \n](?P<role>chủ trì|phối hợp)(?:[ \n]thực hiện)?(?=[ \n.]*(?:[;\n]|,[ \n][{UPPER}]|$))")
_PIECE = re.compile(r"[^;\n]+")
EDGE = " \n\t-–+*•.,;:…"
_GROUP_WORD = re.compile(r"(?:các|những|cac|một số)[ \n]", re.IGNORECASE)
_LISTED_GROUP = re.compile(r"[,;][ \n]*(?:và[ \n])?(?P<group>(?:các|những)[ \n][^,;.()\n]{6,80})")
_NO_BODY = re.compile(
    r"[\d\W_]*|(?:như trên|nt|không|nêu trên|đầu mối.*|(?:là cơ quan )?chủ trì.*|tổng hợp chung"
    r"|theo phân công.*|theo chức năng.*)",
    re.IGNORECASE | re.DOTALL,
)
_BULLET = re.compile(r"[-–+*•][ \n]*")


@dataclass(frozen=True, slots=True)
class Bodies:
    """The agencies of a document, to be asked for by place."""

    found: Sequence[AgencyFound]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> Sequence[AgencyFound]:
        """Return the agencies named in the stretch."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [a for a in self.found[first:last] if a.end <= end]

    def share(self, start: int, end: int) -> float:
        """Return how much of the stretch names of agencies cover, 0 to 1."""
        covered = sum(a.end - a.start for a in self.within(start, end))
        return covered / max(1, end - start)


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells have found their columns; a column without an entry had no cell of its own."""

    cells: dict[int, Cell]
    short: bool = False
    group: bool = False


def cell_text(row: Row, column: int, text: str) -> str:
    """Return the words a row has in a column, "" where it has no such cell."""
    cell = row.cells.get(column)
    return text[cell.start : cell.end].strip() if cell is not None else ""


def trimmed(cell: Cell | None, text: str) -> tuple[int, int] | None:
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


def words_of(row: Row, columns: Columns, role: ColumnRole, text: str) -> tuple[int, int] | None:
    """Return the span of a row's words in the column of a role, None where it says nothing there."""
    span = trimmed(row.cells.get(columns.index(role)), text)
    return span if span is not None and text[span[0] : span[1]].strip(EDGE) else None


def actors_of(
    row: Row, columns: Columns, text: str, bodies: Bodies
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
    return distinct(leads), distinct([a for a in helpers if a not in leads])


def _stretches(cell: Cell, text: str, helps: bool) -> list[tuple[bool, int, int]]:
    """Cut a cell at its role words: "Chủ trì: A; phối hợp: B", "A (chủ trì), B (phối hợp)"."""
    marks = [m for m in _ROLE_WORD.finditer(text, cell.start, cell.end) if _is_role(m, text, cell)]
    if not marks:
        return _behind_names(cell, text, helps)
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


def _behind_names(cell: Cell, text: str, helps: bool) -> list[tuple[bool, int, int]]:
    """Cut a cell at the role words behind names: "A chủ trì; B, C phối hợp", "A; B phối hợp"."""
    out: list[tuple[bool, int, int]] = []
    begin = cell.start
    for mark in _ROLE_BEHIND.finditer(text, cell.start, cell.end):
        own = max((part.start() for part in _PARTED.finditer(text, begin, mark.start())), default=begin)
        if own > begin:
            out.append((helps, begin, own))
        out.append((mark["role"] == "phối hợp", own, mark.start()))
        begin = mark.end()
    return [*out, (helps, begin, cell.end)]


def _is_role(mark: re.Match[str], text: str, cell: Cell) -> bool:
    """Whether a role word in a cell of bodies really divides it, and is no part of a name or a remark."""
    before = text[cell.start : mark.start()].rstrip()
    opens = not before or before[-1] in ";:,.\n(-–+"
    return mark["colon"] is not None or (opens and mark["role"].lower() != "thực hiện")


def _named(start: int, end: int, text: str, bodies: Bodies) -> list[ActorFound]:
    """Return the bodies of a stretch: those known, and, where a piece names none, the piece as it stands."""
    out: list[ActorFound] = []
    for piece in _PIECE.finditer(text, start, end):
        known = bodies.within(piece.start(), piece.end())
        if len(known) > 1 and text[known[0].end] == ":" and known[0].canonical.startswith("nhóm"):
            known = known[1:]  # "Các tập đoàn: EVN, PVN"
        if known:
            out += [ActorFound(a.start, a.end, a.canonical) for a in known]
            out += _unknown_groups(piece.start(), piece.end(), text, known)
            continue
        words = piece[0].strip(EDGE)
        if not words or len(words) > 120 or _NO_BODY.fullmatch(words):
            continue
        at = piece.start() + piece[0].index(words)
        name = f"nhóm: {words[0].lower()}{words[1:]}" if _GROUP_WORD.match(words) else words
        out.append(ActorFound(at, at + len(words), name))
    return out


def _unknown_groups(start: int, end: int, text: str, known: Sequence[AgencyFound]) -> list[ActorFound]:
    """Return the groups between known bodies of a list: "Sở Công Thương, các doanh nghiệp viễn thông"."""
    out = []
    for part in _LISTED_GROUP.finditer(text, start, end):
        first, last = part.span("group")
        if not any(a.start < last and a.end > first for a in known):
            words = text[first:last].rstrip(EDGE)
            out.append(ActorFound(first, first + len(words), f"nhóm: {words[0].lower()}{words[1:]}"))
    return out


def distinct(actors: Sequence[ActorFound]) -> tuple[ActorFound, ...]:
    """Return each body once, in order."""
    seen: dict[str, ActorFound] = {}
    for actor in actors:
        seen.setdefault(actor.canonical, actor)
    return tuple(seen.values())


def bodies_in(row: Row, columns: Columns, role: ColumnRole, text: str, bodies: Bodies) -> tuple[ActorFound, ...]:
    """Return the bodies a row names in the column of a role."""
    cell = row.cells.get(columns.index(role))
    return distinct(_named(cell.start, cell.end, text, bodies)) if cell is not None else ()
