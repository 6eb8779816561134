"""The records vnlegal gives its users: frozen, typed, in the names of the published JSON.

Every offset is a count of code points into the document's canonical text, end exclusive, so
`text[row.start:row.end] == row.text` holds for every record that has a span. Dates are ISO strings as
precise as the source: `2025-05-14`, `2025-05`, `2025`, an interval `2025-05-14/2025-05-15`.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1
_ONE_LINE = 28  # points; a box as tall as this holds one line of type

CitationKind = Literal["numbered", "short", "named", "alias", "anaphora", "planned", "self", "internal"]
Modality = Literal["assigned", "requested", "proposed", "reported"]
Status = Literal["done", "in_progress", "overdue", "not_started"]
DeadlineKind = Literal[
    "by_date", "in_month", "in_quarter", "in_half_year", "in_year", "period", "recurring", "relative", "event"
]
Severity = Literal["info", "warning", "error"]


class Record(BaseModel):
    """Base of all records: immutable, and closed to fields nobody declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of the canonical text."""

    start: int
    end: int
    text: str


class CellSpan(Record):
    """One table cell: its words' place in the canonical text (start == end when it is empty)."""

    start: int
    end: int
    rows: int = 1
    columns: int = 1


class TableSpan(Record):
    """A table whose cells a reader knows: rows of cells in reading order, the first `header_rows` being headings."""

    start: int
    end: int
    rows: tuple[tuple[CellSpan, ...], ...]
    header_rows: int = 0


class FootnoteSpan(Record):
    """A footnote a reader knows: its text's place and the place of its call (None where the call is lost)."""

    start: int
    end: int
    label: str
    anchor: int | None = None


class PageSpan(Record):
    """One page of the source: which stretch of the canonical text stands on it; `file` as in PlaceSpan."""

    number: int
    start: int
    end: int
    file: str | None = None


Box = tuple[float, float, float, float]


class WordSpan(Record):
    """One word that OCR read: its place in the canonical text, on the page, and how sure the reading is, 0 to 1."""

    start: int
    end: int
    box: Box
    confidence: float


class PlaceSpan(Record):
    """Where a stretch of the canonical text stands in the source.

    `page` counts from 1; `box` is (left, top, right, bottom) in points from the page's upper left corner;
    `where` names the paragraph or cell of a Word file ("p12", "t2.r3.c1"); `confidence` is OCR's, 0 to 1; `file` is
    the attachment or the member of an archive; `words` are those of a scan.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    where: str | None = None
    confidence: float | None = None
    file: str | None = None
    words: tuple[WordSpan, ...] = ()

    def clipped(self, start: int, end: int) -> PlaceSpan:
        """Return the part of this place that holds the text from `start` to `end` (code points, end exclusive).

        On a scan the box is that of the words touched; on a printed line it is the line's, cut in proportion to its
        characters, which is right to a few points. A cell of several lines keeps its whole box.
        """
        begin, stop = max(start, self.start), min(end, self.end)
        words = tuple(word for word in self.words if word.start < stop and word.end > begin)
        box = self.box
        if words:
            boxes = [word.box for word in words]
            box = (min(b[0] for b in boxes), min(b[1] for b in boxes),
                   max(b[2] for b in boxes), max(b[3] for b in boxes))  # fmt: skip
        elif box is not None and self.where is None and box[3] - box[1] < _ONE_LINE:
            width = (box[2] - box[0]) / max(self.end - self.start, 1)
            left, right = box[0] + width * (begin - self.start), box[0] + width * (stop - self.start)
            box = (round(left, 1), box[1], round(right, 1), box[3])
        return self.model_copy(update={"start": begin, "end": stop, "box": box, "words": words})


class Layout(Record):
    """What a reader knows of structure that plain text would lose. Plain files have none.

    `furniture` holds the words of running heads, feet and page numbers, which are no part of the text.
    """

    tables: tuple[TableSpan, ...] = ()
    footnotes: tuple[FootnoteSpan, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    places: tuple[PlaceSpan, ...] = ()
    furniture: tuple[str, ...] = ()

    def places_of(self, start: int, end: int) -> tuple[PlaceSpan, ...]:
        """Return where the text from `start` to `end` (code points, end exclusive) stands in the source, in order.

        One place for each line, paragraph or cell it touches, cut to what it touches: `page` and `box` of a PDF or a
        scan, `where` of a Word file or web page, `file` of an attachment. Empty for text the source does not show.
        """
        first = bisect_right(self.places, start, key=lambda place: place.end)
        out = []
        for place in self.places[first:]:
            if place.start >= end:
                break
            if place.end > start:
                out.append(place.clipped(start, end))
        return tuple(out)


class Finding(Record):
    """A doubt or an error shown to the reader, never mended silently.

    `code` is fixed and English, `message` is for people and Vietnamese, `refs` are ids of the rows concerned.
    """

    code: str
    severity: Severity = "warning"
    start: int
    end: int
    message: str
    refs: tuple[str, ...] = ()


class Document(Record):
    """A file that has been read: the canonical text that all offsets count, and where it came from.

    `reader` names what read it: "pdfium", "tesseract", "LibreOffice".
    """

    text: str
    source: str = "-"
    format: str = "txt"
    sha256: str = ""
    reader: str = ""
    layout: Layout | None = None
    findings: tuple[Finding, ...] = ()


class Signer(Record):
    """Who signed: the name, and the title with its capacity ("KT. BỘ TRƯỞNG - THỨ TRƯỞNG")."""

    name: str | None = None
    title: str | None = None


class Header(Record):
    """What the head and foot of a document say of it. A field the text lost is None or empty."""

    kind: str | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None
    issuer: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: Signer | None = None


class Letter(Header):
    """A further document inside the same file, with its place."""

    start: int
    end: int


class DocumentRecord(Header):
    """The head of a result: the source file and the header of its first document."""

    source: str
    sha256: str
    format: str
    chars: int
    letters: tuple[Letter, ...] = ()


class Provision(Record):
    """A pinpoint: one article, clause, point or annex. Values are labels as written ("5", "a", "I")."""

    dieu: str | None = None
    khoan: str | None = None
    diem: str | None = None
    phu_luc: str | None = None
    muc: str | None = None
    chuong: str | None = None
    phan: str | None = None
    mau: str | None = None


class Citation(Record):
    """One mention of a document (or, for `internal`, of a provision without a document word).

    `target` is the key all mentions of the same document share; None where more than one document is possible.
    """

    id: str
    start: int
    end: int
    text: str
    kind: CitationKind
    doc_type: str | None = None
    number: str | None = None
    number_as_written: str | None = None
    date: str | None = None
    date_span: tuple[int, int] | None = None
    issuer: str | None = None
    title: str | None = None
    provisions: tuple[Provision, ...] = ()
    pin_span: tuple[int, int] | None = None
    is_draft: bool = False
    quoted: bool = False
    target: str | None = None
    relation: str | None = None
    rule: str
    confidence: float


class AgencyMention(Record):
    """One mention of a body, a group of bodies, or a person by title. `today` names who answers for it now."""

    id: str
    start: int
    end: int
    text: str
    canonical: str
    kind: str
    today: str | None = None


class Actor(Record):
    """A body in a role of a task. `inherited`: named in a heading, a parent item or an earlier sentence."""

    start: int
    end: int
    text: str
    canonical: str
    inherited: bool = False


class Deadline(Record):
    """When a task must be finished. `due` is the last allowed day (or moment), None where no date follows."""

    start: int
    end: int
    text: str
    kind: DeadlineKind
    not_before: str | None = None
    due: str | None = None
    exclusive: bool = False
    inherited: bool = False
    rule: str | None = None
    anomaly: str | None = None


class Task(Record):
    """One action somebody is told, asked, proposed or reported to do. `legal_basis` holds citation ids."""

    id: str
    start: int
    end: int
    text: str
    modality: Modality
    leads: tuple[Actor, ...] = ()
    coordinators: tuple[Actor, ...] = ()
    approvers: tuple[Actor, ...] = ()
    deadline: Deadline | None = None
    deliverable: Span | None = None
    status: Status | None = None
    result: Span | None = None
    urgency: str | None = None
    legal_basis: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    rule: str
    confidence: float


class Relation(Record):
    """One document's relation to another, with the first words that show it.

    `provisions`: those of the target that the document names with this relation, wherever it does;
    `source_provisions`: the articles and clauses of the document itself that do so.
    """

    source: str
    relation: str
    target: str
    start: int
    end: int
    provisions: tuple[Provision, ...] = ()
    source_provisions: tuple[Provision, ...] = ()


class OutlineUnit(Record):
    """One unit of a document's structure. `parent` is the id of the unit above it."""

    id: str
    kind: str
    marker: str | None = None
    start: int
    end: int
    text: str
    parent: str | None = None


class Outline(Record):
    """The segmentation of one document, units in text order."""

    schema_version: int = SCHEMA_VERSION
    source: str
    units: tuple[OutlineUnit, ...]


class Analysis(Record):
    """Everything found in one document."""

    schema_version: int = SCHEMA_VERSION
    document: DocumentRecord
    citations: tuple[Citation, ...] = ()
    agencies: tuple[AgencyMention, ...] = ()
    tasks: tuple[Task, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    text: str | None = None
    layout: Layout | None = None
