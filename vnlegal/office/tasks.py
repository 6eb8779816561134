"""Tasks as an Excel table that people edit and send back, and what they changed in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Literal

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.labels import DEADLINE, MODALITY, STATUS, day
from vnlegal.office.sheet import Column, Sheet, Value
from vnlegal.readers.limits import check_size, open_zip
from vnlegal.records import Actor, Analysis, DocumentRecord, Task

Field = Literal["leads", "coordinators", "due", "status"]
FIELDS: tuple[Field, ...] = ("leads", "coordinators", "due", "status")
_STATES = {words: name for name, words in STATUS.items()}
_EXACT = re.compile(r"\d{4}-\d\d-\d\d")
_WRITTEN = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$")
_LONGEST_NAME = 28  # Excel takes 31, and may need some for a number
_SIGN = "vnlegal-tasks-1"
_MOST_ROWS = 1_048_576
_COLUMNS = (
    Column("n", "STT", "number", 6),
    Column("text", "Nhiệm vụ", width=60),
    Column("leads", "Chủ trì", width=28),
    Column("coordinators", "Phối hợp", width=28),
    Column("due", "Hạn", "date", 12),
    Column("deadline", "Hạn theo văn bản", width=22),
    Column("status", "Tình trạng", width=16, choices=tuple(STATUS.values())),
    Column("result", "Kết quả", width=30),
    Column("deliverable", "Sản phẩm", width=24),
    Column("modality", "Loại", width=11),
    Column("number", "Số văn bản", width=20),
    Column("date", "Ngày văn bản", "date", 12),
    Column("path", "Mục", width=34),
    Column("source", "Nguồn", "link", 24),
    Column("doubt", "Cần xem", width=10),
    Column("key", "Khóa", hidden=True),
    Column("base", "Gốc", hidden=True),
)
_PLACES = {column.heading: column.name for column in _COLUMNS}


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """One task of one document. `address` is where the file stands, "" where nobody knows."""

    document: DocumentRecord
    task: Task
    address: str = ""

    @property
    def key(self) -> str:
        """What names the task in any table: the document's hash and the task's id."""
        return f"{self.document.sha256}:{self.task.id}"


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that a person changed: from the value the table was written with to a new one.

    Values are as in `values_of`. `sheet` and `row` are the place in the workbook, the row counted from 1.
    """

    key: str
    field: Field
    before: str
    after: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit that cannot be made: the value has become `now` meanwhile; `reason` is for people."""

    edit: Edit
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a workbook brings back: the cells changed, and the cells that cannot be read."""

    edits: tuple[Edit, ...]
    clashes: tuple[Clash, ...]
    rows: int


def entries(analysis: Analysis, address: str = "") -> list[TaskEntry]:
    """Return the tasks of an analysis in text order."""
    return [TaskEntry(analysis.document, task, address) for task in analysis.tasks]


def values_of(task: Task) -> dict[Field, str]:
    """Return what a person may change of a task, as one string each: names with "; " between, an ISO day, a status."""
    return {
        "leads": _names(task.leads),
        "coordinators": _names(task.coordinators),
        "due": (task.deadline.due or "") if task.deadline else "",
        "status": task.status or "",
    }


def task_sheet(found: Sequence[TaskEntry], name: str = "Nhiệm vụ") -> Sheet:
    """Return the table of tasks; hidden columns say which task a row is and what it said when it was written."""
    return Sheet(name, _COLUMNS, [_row(n, entry) for n, entry in enumerate(found, 1)])


def agency_sheets(found: Sequence[TaskEntry]) -> Iterator[Sheet]:
    """Yield one table for each body that leads or assists, the busiest first. A task may stand in several."""
    by_body: dict[str, list[TaskEntry]] = {}
    for entry in found:
        for body in dict.fromkeys(a.canonical for a in (*entry.task.leads, *entry.task.coordinators) if a.canonical):
            by_body.setdefault(body, []).append(entry)
    taken: set[str] = set()
    for body, own in sorted(by_body.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield task_sheet(own, sheet_name(body, taken))


def sheet_name(words: str, taken: set[str]) -> str:
    """Return a name that Excel takes and no sheet has, at most 28 signs; adds it to `taken`."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", words).split()).strip("'")[:_LONGEST_NAME].strip() or "Khác"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        tail = f" ({number})"
        name = plain[: _LONGEST_NAME - len(tail)].rstrip() + tail
    taken.add(name.lower())
    return name


def _row(n: int, entry: TaskEntry) -> list[Value]:
    task, head, values = entry.task, entry.document, values_of(entry.task)
    limit = task.deadline
    source = " ".join(head.source.split())  # a line feed would make its beginning an address
    said = "" if limit is None else " ".join(limit.text.split()) or DEADLINE.get(limit.kind, "")
    cells: dict[str, Value] = {
        "n": n,
        "text": " ".join(task.text.split()),
        "leads": values["leads"],
        "coordinators": values["coordinators"],
        "due": _shown(values["due"]),
        "deadline": said,
        "status": STATUS[task.status] if task.status else "",
        "result": " ".join(task.result.text.split()) if task.result else "",
        "deliverable": " ".join(task.deliverable.text.split()) if task.deliverable else "",
        "modality": MODALITY[task.modality],
        "number": head.number or "",
        "date": head.date or "",
        "path": " › ".join(" ".join(step.split()) for step in task.path),
        "source": f"{entry.address}\n{source}" if entry.address else source,
        "doubt": "?" if task.confidence < 0.7 or (not task.leads and task.modality != "reported") else "",
        "key": entry.key,
        "base": json.dumps({"sign": _SIGN, **values}, ensure_ascii=False),
    }
    return [cells[column.name] for column in _COLUMNS]


def _shown(due: str) -> str:
    """Return a day as the cell holds it: an ISO day alone is a real date, anything else is words."""
    return due if _EXACT.fullmatch(due) else day(due)


def _names(actors: Iterable[Actor]) -> str:
    return "; ".join(dict.fromkeys(actor.canonical for actor in actors if actor.canonical))


def read_edits(data: bytes, *, name: str) -> Returned:
    """Return what people changed in a workbook that `task_sheet` made; sheets without our columns are passed over.

    Cells are read as values, never as formulas. Raises `UnreadableFile` where the file is no such workbook.
    """
    check_size(data, name=name)
    with open_zip(data, name=name):
        pass
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtra("đọc tệp Excel cần thư viện openpyxl", next_step='pip install "vnlegal[office]"') from error
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        pages = [(page.title, list(page.iter_rows(values_only=True, max_row=_MOST_ROWS))) for page in book.worksheets]
    except Exception as error:  # the library raises whatever a broken part of the file makes it raise
        raise UnreadableFile(f"{name}: không đọc được ({error})", next_step="lưu lại bằng Excel thành .xlsx") from error
    edits: dict[tuple[str, Field], list[Edit]] = {}
    clashes: list[Clash] = []
    rows = known = 0
    for title, lines in pages:
        places = _places(lines[0]) if lines else {}
        if "key" not in places or "base" not in places:
            continue
        known += 1
        for number, line in enumerate(lines[1:], 2):
            base = _base(line[places["base"]])
            if base is None:
                continue
            rows += 1
            key = str(line[places["key"]])
            for change in _changes(line, places, base):
                edit = Edit(key, change[0], base[change[0]], change[1], title, number)
                if change[2]:
                    clashes.append(Clash(edit, base[change[0]], change[2]))
                else:
                    edits.setdefault((key, change[0]), []).append(edit)
    if not known:
        raise UnreadableFile(
            f"{name}: không phải bảng nhiệm vụ của vnlegal",
            next_step="dùng tệp do vnlegal export tasks tạo ra, giữ nguyên các cột ẩn",
        )
    single, split = _agreed(edits.values())
    return Returned(single, (*clashes, *split), rows)


def _places(heading: Sequence[Any]) -> dict[str, int]:
    return {_PLACES[str(words)]: n for n, words in enumerate(heading) if str(words) in _PLACES}


def _base(cell: object) -> dict[Field, str] | None:
    """Return what a row said when it was written; None for a row that people added."""
    try:
        found = json.loads(str(cell))
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("sign") != _SIGN:
        return None
    return {field: str(found.get(field, "")) for field in FIELDS}


def _changes(
    line: Sequence[Any], places: Mapping[str, int], base: Mapping[Field, str]
) -> Iterator[tuple[Field, str, str]]:
    """Yield field, new value and, where the cell cannot be read, the reason."""
    for field in FIELDS:
        if field not in places or places[field] >= len(line):
            continue
        cell, before = line[places[field]], base[field]
        if field == "due":
            after, reason = _day(cell, before)
        elif field == "status":
            words = " ".join(str(cell or "").split()).lower()
            after = _STATES.get(words, words)
            reason = "" if not words or words in _STATES else f"không có tình trạng “{words[:40]}”"
        else:
            after = "; ".join(dict.fromkeys(part for part in (" ".join(p.split()) for p in _text(cell)) if part))
            reason = ""
        if after != before:
            yield field, after, reason


def _text(cell: object) -> list[str]:
    return re.split(r"[;\n]", str(cell)) if cell is not None else []


def _day(cell: object, before: str) -> tuple[str, str]:
    """Return the ISO day a cell holds, and why it holds none."""
    if isinstance(cell, datetime):
        return cell.date().isoformat(), ""
    if isinstance(cell, date):
        return cell.isoformat(), ""
    words = " ".join(str(cell or "").split()).lstrip("'")
    if not words or words == _shown(before):
        return (before if words else ""), ""
    if _EXACT.fullmatch(words):
        numbers: tuple[str | None, ...] = tuple(words.split("-"))
    else:
        match = _WRITTEN.match(words)
        numbers = (match[3], match[2], match[1]) if match else ()
    try:
        return _iso([int(n) for n in numbers if n is not None]), ""
    except (ValueError, IndexError):
        return words, f"“{words[:40]}” không phải ngày; viết 30/6/2025"


def _iso(numbers: Sequence[int]) -> str:
    """Return year, month and day as ISO, as far as they are given. Raises `ValueError`, `IndexError`."""
    year, month, day_ = (*numbers, 1, 1)[:3]
    date(year, month, day_)
    return "-".join((f"{numbers[0]:04}", *(f"{n:02}" for n in numbers[1:])))


def _agreed(groups: Iterable[Sequence[Edit]]) -> tuple[tuple[Edit, ...], tuple[Clash, ...]]:
    """Keep one edit a cell; where two sheets of one workbook say different things, both are clashes."""
    single: list[Edit] = []
    split: list[Clash] = []
    for group in groups:
        if len({edit.after for edit in group}) == 1:
            single.append(group[0])
        else:
            split += [Clash(e, e.before, "hai trang tính trong tệp ghi khác nhau") for e in group]
    return tuple(single), tuple(split)


def settle(returned: Returned, now: Mapping[str, Mapping[Field, str]]) -> Returned:
    """Hold the edits against the values as they stand now, by key.

    An edit whose cell has become something else meanwhile is a clash, as is one of a task nobody knows; an edit that
    is already made is left out.
    """
    kept: list[Edit] = []
    clashes = list(returned.clashes)
    for edit in returned.edits:
        current = now.get(edit.key)
        if current is None:
            clashes.append(Clash(edit, "", "không thấy nhiệm vụ này trong các văn bản đã cho"))
        elif current[edit.field] == edit.after:
            continue
        elif current[edit.field] != edit.before:
            clashes.append(Clash(edit, current[edit.field], "nơi khác đã đổi giá trị này"))
        else:
            kept.append(edit)
    return Returned(tuple(kept), tuple(clashes), returned.rows)


def with_edits(analysis: Analysis, edits: Iterable[Edit]) -> Analysis:
    """Return an analysis whose tasks say what the edits say. Names that stood there keep their places."""
    changes: dict[str, dict[Field, str]] = {}
    for edit in edits:
        digest, _, task = edit.key.partition(":")
        if digest == analysis.document.sha256:
            changes.setdefault(task, {})[edit.field] = edit.after
    tasks = tuple(_edited(task, changes[task.id]) if task.id in changes else task for task in analysis.tasks)
    return analysis.model_copy(update={"tasks": tasks})


def _edited(task: Task, values: Mapping[Field, str]) -> Task:
    """Return a task with new values. A task without a deadline gets one whose words are its own, without extent."""
    new: dict[str, Any] = {}
    for field in ("leads", "coordinators"):
        if field in values:
            known = {actor.canonical: actor for actor in (*task.leads, *task.coordinators)}
            place = {"start": task.start, "end": task.start, "text": "", "inherited": True}
            names = [part for part in values[field].split("; ") if part]
            new[field] = [known[name].model_dump() if name in known else {**place, "canonical": name} for name in names]
    if "due" in values:
        limit = task.deadline.model_dump() if task.deadline else None
        if values["due"]:
            limit = limit or {"start": task.end, "end": task.end, "text": "", "kind": "by_date"}
        new["deadline"] = limit and {**limit, "due": values["due"] or None}
    if "status" in values:
        new["status"] = values["status"] or None
    return Task.model_validate({**task.model_dump(), **new}, strict=False)
