"""The order of segmentation: clean characters, cut lines, join wraps, find the outline, read the header."""

from __future__ import annotations

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment.assemble import Draft, build_units
from vnlegal.segment.footnotes import find_notes
from vnlegal.segment.furniture import find_furniture
from vnlegal.segment.glued import part_words
from vnlegal.segment.layout import laid_out
from vnlegal.segment.letter import read_parts
from vnlegal.segment.lines import cut_lines, split_columns
from vnlegal.segment.listed import find_listed
from vnlegal.segment.markup import strip_markup
from vnlegal.segment.model import Segmentation
from vnlegal.segment.old_fonts import modern
from vnlegal.segment.paragraphs import write_flow
from vnlegal.segment.pasted import bars_for_tabs, bars_for_tags
from vnlegal.segment.sheet import begins_column
from vnlegal.segment.tables import find_tables
from vnlegal.segment.wrapping import style_of_body, wrap_style
from vnlegal.text import clean


def segment(document: Document, knowledge: Knowledge) -> Segmentation:
    """Cut `document` into the units of its outline."""
    structure = knowledge.structure
    letters = modern(bars_for_tags(bars_for_tabs(document.text)))
    view = part_words(clean(letters.text).over(letters))
    plain, marks = strip_markup(view.text)
    words = plain.over(view)
    lines = cut_lines(plain.text)
    if marks.wide:
        lines = split_columns(
            lines,
            marks.wide,
            lambda words: begins_column(words, structure),
            lambda words: structure.role(words) == "recipients",
        )
    furniture, pages = find_furniture(lines, structure, marks.hashes)
    known_tables, known_notes = laid_out(document.layout, lines, words, structure) if document.layout else ([], [])
    tables = known_tables or [t for t in find_tables(lines, marks, structure) if t.first not in furniture]
    if not known_tables:
        listed, claimed = find_listed(lines, furniture, tables)
        tables = sorted([*tables, *listed], key=lambda table: table.first)
        furniture -= claimed
    in_tables = {n for table in tables for n in range(table.first, table.last)}
    style = wrap_style(lines, furniture | in_tables)
    notes = known_notes or find_notes(lines, furniture | in_tables, pages, marks, style)
    if style.width and notes:
        in_notes = {n for note in notes for n in note.lines}
        style = style_of_body(lines, furniture | in_tables, in_notes, style)
    flow, paragraphs, cells = write_flow(
        plain.text,
        lines,
        marks=marks,
        style=style,
        furniture=furniture,
        tables=tables,
        notes=notes,
        knowledge=structure,
    )
    whole = flow.over(words)
    parts = read_parts(flow.text, paragraphs, structure)
    draft = Draft(flow, whole, words, lines, marks, furniture, tables, cells, notes, paragraphs, parts)
    return build_units(draft, knowledge)
