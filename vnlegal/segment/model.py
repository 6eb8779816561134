"""What segmentation yields: the flow (the text as one reads it) and the units that lie on it.

The flow is one string: paragraphs in reading order, one `\\n` between two of them, single blanks inside, wrapped
lines joined, markup, footnote calls and page furniture out of the way. Every rule of vnlegal searches the flow, and
`Flow.span` leads back to the canonical text. All offsets in this package are flow offsets unless a name says raw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vnlegal.text import View

# `made(Unit, (…))`, with all fields, is a `Unit` in a third of the time that `Unit(…)` takes. For what a law has tens
# of thousands of: lines, paragraphs, units.
made = tuple.__new__


class Unit(NamedTuple):
    """A paragraph of the flow, or a part of one (the items of an inline list), with its place in the outline.

    `kind`: one of the outline kinds (document, letterhead, title, kinh_gui, bases, heading, article, item, table,
    footnote, recipients, signature, annex, furniture), or `body` for a plain paragraph, or `cell`.
    `start`..`end`: its own words, marker included, children not; `body` is where the words after the marker begin.
    `parent`: index of the unit above it in the hierarchy, -1 for none. `part`: index into `Segmentation.parts`.
    """

    kind: str
    start: int
    end: int
    body: int
    marker: str | None = None
    parent: int = -1
    part: int = 0
    level: int = 0
    raw_start: int = 0
    raw_end: int = 0


class Cell(NamedTuple):
    """A table cell: the flow span of its words."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the text. `header` is the text of each column's heading, `rows` the rows below it.

    A group row (I, II …) has one cell that says something; it stands in `rows` like the others, with its `groups`
    entry True. `unit` is the index of the table's unit, `parent` that of the unit above it.
    """

    unit: int
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    groups: tuple[bool, ...]
    parent: int = -1
    part: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: the unit that holds its text, its label, and the flow offset of its call (-1 if unknown)."""

    unit: int
    label: str
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class HeaderDraft:
    """The header fields of one part in flow coordinates; (start, end) pairs point at the words."""

    kind: str | None = None
    number: str | None = None
    number_span: tuple[int, int] | None = None
    date: str | None = None
    date_span: tuple[int, int] | None = None
    place: str | None = None
    issuer: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    recipients: tuple[str, ...] = ()
    recipient_spans: tuple[tuple[int, int], ...] = ()
    copies: tuple[str, ...] = ()
    signer_name: str | None = None
    signer_title: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside the file (a letter, its draft report, each annex): the units first..last (exclusive)."""

    first: int
    last: int
    header: HeaderDraft
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The flow of a document with its units, tables, footnotes and the documents inside it."""

    flow: View
    units: tuple[Unit, ...]
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    parts: tuple[Part, ...] = field(default=())
