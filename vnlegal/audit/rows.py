"""The one shape all audits but that of laws give back: rows with a place, a rule, evidence and a doubt."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

from pydantic import Field

from vnlegal.records import Analysis, Outline, Record, Severity

Verdict = Literal["holds", "fails", "open"]


class Place(Record):
    """A stretch of one document that bears a row out. Offsets are code points of its canonical text."""

    source: str
    start: int
    end: int
    text: str
    line: int | None = None


class AuditRow(Record):
    """One thing an audit says. `code` names the rule; `verdict` is open where a reader must decide.

    `compared` are the places the stretch was held against, `refs` ids of the tasks or citations concerned,
    `calculation` the sum as one would write it, `doubt` why the row may be wrong. `agency` is the body concerned as
    the document names it, `today` the body that answers for it now, `due` an ISO day. `line` counts from 1.
    """

    source: str
    start: int
    end: int
    text: str
    line: int | None = None
    code: str
    verdict: Verdict = "fails"
    severity: Severity = "warning"
    message: str
    stated: dict[str, str] | None = None
    compared: tuple[Place, ...] = ()
    calculation: str | None = None
    doubt: str | None = None
    refs: tuple[str, ...] = ()
    agency: str | None = None
    today: str | None = None
    due: str | None = None


class Tally(Record):
    """How many rows of each code one body or one document has."""

    name: str
    today: str | None = None
    counts: dict[str, int]


class Audit(Record):
    """The result of one audit: the day it was asked for, figures over all, and the rows, most important first."""

    schema_version: int = 1
    as_of: str
    summary: dict[str, int]
    by: tuple[Tally, ...] = ()
    rows: tuple[AuditRow, ...]


class Reading(Record):
    """A document as the audits over many documents take it: its analysis, and where its lines end.

    `effective`: from which ISO day it binds, as its own text says; `ends`: the works it replaces or repeals as a
    whole; `titles`: by the id of a citation the title that follows its number; `outline`: its structure where an
    audit asks for it.
    """

    analysis: Analysis
    line_ends: tuple[int, ...] = ()
    effective: str | None = None
    ends: tuple[str, ...] = ()
    titles: dict[str, str] = Field(default_factory=dict)
    outline: Outline | None = None

    def line(self, offset: int) -> int:
        """Return the line, counted from 1, on which an offset stands."""
        return line_of(self.line_ends, offset)

    def place(self, start: int, end: int, text: str) -> Place:
        """Return a stretch of the document as evidence."""
        source = self.analysis.document.source
        return Place(source=source, start=start, end=end, text=text, line=self.line(start))


def line_ends(text: str) -> tuple[int, ...]:
    """Return the offsets of all line feeds."""
    return tuple(n for n, character in enumerate(text) if character == "\n") if "\n" in text else ()


def line_of(ends: tuple[int, ...], offset: int) -> int:
    """Return the line, counted from 1, on which an offset stands."""
    return bisect_left(ends, offset) + 1


def shorten(words: str, most: int = 80) -> str:
    """Return words on one line, cut after `most` characters."""
    flat = " ".join(words[: most * 4].split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def day_words(day: str) -> str:
    """Return an ISO day as Vietnamese write it."""
    year, month, date = day[:10].split("-")
    return f"{int(date)}/{int(month)}/{year}"
