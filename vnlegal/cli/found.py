"""What `vnlegal search` found, as JSON, CSV and a page for people."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vnlegal.index import Edge, Facet, Hit, Page, Reply
from vnlegal.labels import MODALITY, RELATION, STATUS, day
from vnlegal.records import Actor, Citation, Task

_LONG = 320  # code points of a row's text that a table shows
_NAMES = 6
_VALUES = 6  # of a facet
_BLANKS = re.compile(r"\s+")
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = (
    "kind", "source", "number", "date", "issuer", "id", "start", "end", "text", "leads", "coordinators", "deadline",
    "due", "status", "modality", "target", "score",
)  # fmt: skip
_FACETS = {"agency": "Cơ quan", "modality": "Loại việc", "status": "Tình trạng", "due": "Hạn"}
_WORDS = {"status": STATUS, "modality": MODALITY}


@dataclass
class More:
    """What is told beside the rows: other places of a task, answers to a letter, documents that carry a law out.

    `done`: places that report a task done which is asked for as overdue.
    """

    places: dict[int, tuple[Hit, ...]] = field(default_factory=dict)
    answers: dict[int, tuple[Reply, ...]] = field(default_factory=dict)
    done: dict[int, tuple[Hit, ...]] = field(default_factory=dict)
    under: tuple[Edge, ...] = ()


def as_json(page: Page, more: More) -> str:
    """Return a page as JSON."""
    rows = []
    for hit in page:
        row = hit.as_json()
        if hit.entry in more.places:
            row["places"] = [other.as_json() for other in more.places[hit.entry]]
        if hit.entry in more.done:
            row["reported_done"] = [other.as_json() for other in more.done[hit.entry]]
        if hit.entry in more.answers:
            replies = more.answers[hit.entry]
            row["answers"] = [reply.passage.as_json() | {"relation": reply.relation} for reply in replies]
        rows.append(row)
    facets = {name: [value.model_dump() for value in values] for name, values in page.facets.items()}
    found: dict[str, Any] = {"total": page.total, "at_least": page.at_least, "facets": facets, "rows": rows}
    if more.under:
        found["under"] = [edge._asdict() for edge in more.under]
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_csv(page: Page) -> str:
    """Return the rows of a page as CSV that Excel opens, no cell of it a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for hit in page:
        row = hit.as_json() | hit.as_json()["document"]
        deadline = row.get("deadline") or {}
        row |= {"deadline": deadline.get("text"), "due": deadline.get("due")}
        for role in ("leads", "coordinators"):
            row[role] = "; ".join(actor["canonical"] for actor in row.get(role, ()))
        writer.writerow([_cell(row.get(name)) for name in _COLUMNS])
    return _BOM + out.getvalue()


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    return "'" + words if isinstance(value, str) and words.startswith(_FORMULA) else words


def as_table(page: Page, more: More, offset: int) -> RenderableType:
    """Return a page for people: how many there are, the values of their facets, the rows."""
    parts: list[RenderableType] = [Text(f"{_number(page.total or 0)} kết quả", style="bold")]
    if more.under:
        shown = "; ".join(f"{_work(e.source)} ({RELATION[e.relation]} {_work(e.target)})" for e in more.under[:6])
        rest = f"; và {len(more.under) - 6} văn bản nữa" if len(more.under) > 6 else ""
        parts.append(Text(f"Văn bản thi hành: {shown}{rest}", style="dim"))
    for name, label in _FACETS.items():
        values = list(page.facets.get(name, ())[:_VALUES])
        if name == "due":
            values.sort(key=lambda facet: facet.value)
        if values:
            least = "ít nhất " if page.at_least else ""
            parts.append(Text(f"{label}: {' · '.join(_counted(name, v, least) for v in values)}", style="dim"))
    parts += [_entry(number, hit, more) for number, hit in enumerate(page, offset + 1)]
    return Stack(*parts)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _work(key: str) -> str:
    """Return the key of a work for people: the number, its year where the number has none, or the file's name."""
    if key.startswith("?") and Path(key[1:]).is_absolute():
        return _plain(Path(key[1:]).name)
    blank = re.sub(r"^\?", "…", key)  # a serial still to be filled in
    return _plain(blank.removesuffix("@?").replace("@", " năm "))


def _entry(number: int, hit: Hit, more: More) -> RenderableType:
    """Return one row of the answer: its number in a column of its own, so that wrapped lines stand under the words."""
    lines: list[RenderableType] = [_words(hit), Text(_facts(hit), style="dim")]
    same = (*more.places.get(hit.entry, ()), *more.done.get(hit.entry, ()))
    lines += [_hanging("=", Text(_facts(other), style="dim")) for other in same]
    for answer in more.answers.get(hit.entry, ()):
        facts = Text(f"{RELATION[answer.relation]}: {_facts(answer.passage)}", style="dim")
        lines.append(_hanging("↳", Stack(facts, _words(answer.passage))))
    return Padding(_hanging(f"{number}.", Stack(*lines)), (1, 0, 0, 0))


def _hanging(mark: str, content: RenderableType) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_row(mark, content)
    return grid


def _counted(name: str, facet: Facet, least: str) -> str:
    value = _WORDS.get(name, {}).get(facet.value, facet.value)
    shown = day(value) if name == "due" else value.removeprefix("nhóm: ")
    return f"{_plain(shown)} ({least}{_number(facet.count)})"


def _words(hit: Hit) -> Text:
    """Return the row's text, the words of the question bold, cut where it is long and no such word follows."""
    out = Text()
    last = max([_LONG, *(end - hit.row.start for _, end in hit.highlights)])
    text = hit.row.text if len(hit.row.text) <= last + _LONG // 4 else hit.row.text[:last].rsplit(None, 1)[0] + " …"
    at = 0
    for start, end in hit.highlights:
        first, stop = start - hit.row.start, end - hit.row.start
        out.append(_plain(text[at:first]))
        out.append(_plain(text[first:stop]), style="bold yellow")
        at = stop
    out.append(_plain(text[at:]))
    return out


def _plain(words: str) -> str:
    """Return words of a document as one line: no control characters, no markup, one blank between words."""
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words))
    return _BLANKS.sub(" ", safe.replace("*", ""))


def _names(actors: Sequence[Actor]) -> str:
    names = list(dict.fromkeys(actor.canonical.removeprefix("nhóm: ") for actor in actors))
    return "; ".join(names[:_NAMES]) + (f" và {len(names) - _NAMES} cơ quan nữa" if len(names) > _NAMES else "")


def _facts(hit: Hit) -> str:
    facts = []
    if isinstance(hit.row, Task):
        facts.append(_names(hit.row.leads))
        if hit.row.coordinators:
            facts.append(f"phối hợp: {_names(hit.row.coordinators)}")
        if hit.row.deadline is not None:
            due = day(hit.row.deadline.due)
            facts.append(f"hạn {due}" if due else f"hạn: {hit.row.deadline.text}")
        facts.append(STATUS[hit.row.status] if hit.row.status else MODALITY[hit.row.modality])
    if isinstance(hit.row, Citation):
        relation, number = RELATION.get(hit.row.relation or "", ""), (hit.row.target or ":").partition("@")[0]
        told = ":" in number or number in hit.row.text
        facts.append(relation if told else f"{relation} → {_work(hit.row.target or '')}".strip())
    head = " ngày ".join(part for part in (hit.number, day(hit.date)) if part)
    facts.append(f"{head or hit.source} ({hit.source}:{hit.row.start})" if head else f"{hit.source}:{hit.row.start}")
    return _plain(" · ".join(fact for fact in facts if fact))
