"""The order of segmentation: clean characters, cut lines, join wraps, find the outline, read the header."""

from __future__ import annotations

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment.footnotes import find_notes, strip_calls
from vnlegal.segment.furniture import find_furniture
from vnlegal.segment.joins import wrap_style
from vnlegal.segment.lines import cut_lines, is_rule
from vnlegal.segment.markup import NO_MARKS, strip_markup
from vnlegal.segment.model import HeaderDraft, Part, Segmentation, Unit
from vnlegal.segment.paragraphs import write_flow
from vnlegal.segment.tables import find_tables
from vnlegal.text import clean


def segment(document: Document, knowledge: Knowledge) -> Segmentation:
    """Cut `document` into the units of its outline."""
    structure = knowledge.structure
    view = clean(document.text)
    plain, marks = strip_markup(view.text)
    lines = cut_lines(plain.text)
    furniture, pages = find_furniture(lines, structure)
    tables = [t for t in find_tables(lines, marks) if t.first not in furniture]
    in_tables = {n for table in tables for n in range(table.first, table.last)}
    notes = find_notes(lines, furniture | in_tables, pages, marks)
    skip = furniture | in_tables | {n for note in notes for n in note.lines}
    style = wrap_style(lines, skip)
    flow, paragraphs, cells = write_flow(
        plain.text, lines, marks=marks, style=style, furniture=furniture, tables=tables, notes=notes, knowledge=structure
    )
    units = [
        Unit({"cell": "cell", "note": "footnote"}.get(p.source, "body"), p.start, p.end, p.start) for p in paragraphs
    ]
    whole = flow.over(plain.over(view))
    return Segmentation(whole, tuple(units), parts=(Part(0, len(units), HeaderDraft()),))
