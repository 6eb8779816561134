"""An analysis as flat rows: one line for each citation, agency, task and finding, for Excel and its like."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from vnlegal.labels import provision
from vnlegal.records import Actor, Analysis, Deadline, Provision, Record, Span

COLUMNS = (
    "source", "row", "id", "line", "start", "end", "text", "kind", "doc_type", "number", "date", "issuer", "title",
    "provisions", "is_draft", "target", "relation", "modality", "leads", "coordinators", "approvers", "deadline",
    "deadline_kind", "due", "deliverable", "status", "result", "urgency", "legal_basis", "path", "canonical", "today",
    "code", "severity", "message", "refs", "rule", "confidence",
)  # fmt: skip
_BOM = "\ufeff"
# What Excel takes for the beginning of a formula. A leading apostrophe makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def heading(delimiter: str) -> str:
    """Return the heading line, after the byte order mark by which Excel knows UTF-8."""
    return _BOM + _lines([COLUMNS], delimiter)


def analysis_rows(analysis: Analysis, text: str, delimiter: str) -> str:
    """Return the rows of one analysis as CSV lines."""
    line = LineCount(text)
    groups = (
        ("citation", analysis.citations),
        ("agency", analysis.agencies),
        ("task", analysis.tasks),
        ("finding", analysis.findings),
    )
    return _lines((_cells(row, name, analysis, line) for name, rows in groups for row in rows), delimiter)


class LineCount:
    """Tells on which line, counted from 1, an offset stands."""

    def __init__(self, text: str) -> None:
        self._ends = [n for n, character in enumerate(text) if character == "\n"] if "\n" in text else []

    def __call__(self, offset: int) -> int:
        """Return the line of `offset`."""
        from bisect import bisect_left

        return bisect_left(self._ends, offset) + 1


def _cells(row: Record, name: str, analysis: Analysis, line: LineCount) -> Iterator[str]:
    start = getattr(row, "start", 0)
    known: dict[str, object] = {"source": analysis.document.source, "row": name, "line": line(start)}
    deadline = getattr(row, "deadline", None)
    if isinstance(deadline, Deadline):
        known |= {"deadline": deadline.text, "deadline_kind": deadline.kind, "due": deadline.due}
    for column in COLUMNS:
        yield _cell(known[column] if column in known else getattr(row, column, None))


def _cell(value: object) -> str:
    """Return a value as one safe cell."""
    match value:
        case None | ():
            words = ""
        case bool():
            words = "1" if value else ""
        case int() | float():
            return str(value)
        case Span() | Deadline():
            words = value.text
        case Actor():
            words = value.canonical
        case Provision():
            words = provision(value)
        case tuple():
            words = "; ".join(_plain(part) for part in value)
        case _:
            words = str(value)
    return "'" + words if words.startswith(_FORMULA) else words


def _plain(value: object) -> str:
    match value:
        case Actor():
            return value.canonical
        case Provision():
            return provision(value)
    return str(value)


def _lines(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
