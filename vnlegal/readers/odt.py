"""OpenDocument texts (.odt) without a converter: paragraphs, tables, list numbers, notes, the accepted text.

Source of the format: OASIS OpenDocument 1.3, part 3. What only a layout engine knows is left out, and it says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vnlegal.errors import UnreadableFile
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import member, open_zip
from vnlegal.readers.numbering import written
from vnlegal.readers.xml import check_entities, parse
from vnlegal.records import CellSpan, FootnoteSpan

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
OFFICE, TEXT, TABLE, STYLE = ("{" + _NAMES.format(name) + "}" for name in ("office", "text", "table", "style"))
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEFT_OUT = frozenset({OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "sequence-decls", OFFICE + "forms"})
_MAX_DEPTH = 60
_MOST_BLANKS = 1000


@dataclass
class _Odt:
    """One open file: its list styles, how far its lists have counted, the notes called so far."""

    lists: dict[str, dict[int, Any]]
    of_style: dict[str, str]
    notes: list[tuple[str, Any, int]] = field(default_factory=list)
    changes: int = 0


def read_odt(data: bytes, *, name: str) -> TextBuilder:
    """Read an .odt file into text and layout.

    Raises `UnreadableFile` where it is broken, locked, or no text document.
    """
    with open_zip(data, name=name) as archive:
        members = set(archive.namelist())
        roots = [
            parse(member(archive, part, name=name), name=f"{name}: {part}")
            for part in ("styles.xml", "content.xml")
            if part in members
        ]
    body = roots[-1].find(f"{OFFICE}body/{OFFICE}text") if roots else None
    if body is None:
        raise UnreadableFile(f"{name}: không phải văn bản OpenDocument", next_step="lưu lại thành .docx")
    odt = _Odt(
        lists={
            style.get(STYLE + "name", ""): _levels(style) for root in roots for style in root.iter(TEXT + "list-style")
        },
        of_style={
            style.get(STYLE + "name", ""): style.get(STYLE + "list-style-name", "")
            for root in roots
            for style in root.iter(STYLE + "style")
        },
    )
    odt.changes = sum(1 for _ in body.iter(TEXT + "changed-region"))
    out = TextBuilder(reader="lxml")
    _blocks(body, odt, out, where="", depth=0)
    for n, (label, note, anchor) in enumerate(odt.notes, 1):
        start = out.size
        words = " ".join("".join(_words(p, odt, out.size)).strip() for p in note.iter(TEXT + "p"))
        out.add(f"{label} {words}", where=f"footnote{n}")
        out.footnotes.append(FootnoteSpan(start=start, end=out.size, label=label, anchor=anchor))
        out.break_line()
    if odt.changes:
        out.find("tracked-changes", f"Văn bản còn {odt.changes} chỗ theo dõi thay đổi; đã đọc như đã chấp nhận hết")
    out.find("quick-conversion", f"{name}: đọc không qua LibreOffice, đánh số tự động có thể mất; nên cài LibreOffice")
    return out


def check_odt(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFile` for an .odt that is broken, too large unpacked, locked, or has entities in its XML."""
    with open_zip(data, name=name) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in member(archive, manifest, name=name):
            raise UnreadableFile(f"{name}: tệp có mật khẩu", next_step="mở khóa rồi lưu lại không mật khẩu")
        for part in {"content.xml", "styles.xml"}.intersection(archive.namelist()):
            check_entities(member(archive, part, name=name), name=f"{name}: {part}")


def _levels(style: Any) -> dict[int, Any]:
    return {int(x.get(TEXT + "level", "1")): x for x in style if x.get(TEXT + "level", "1").isdigit()}


def _blocks(parent: Any, odt: _Odt, out: TextBuilder, *, where: str, depth: int) -> None:
    """Write the paragraphs, lists and tables of a body or cell in order."""
    if depth > _MAX_DEPTH:
        return
    count = tables = 0
    for child in parent:
        tag = child.tag
        if tag in (TEXT + "p", TEXT + "h"):
            count += 1
            _paragraph(child, odt, out, label="", where=f"{where}p{count}")
        elif tag == TEXT + "list":
            count = _list(child, odt, out, where=where, count=count, counts=[], style=None, depth=depth + 1)
        elif tag == TABLE + "table":
            tables += 1
            _table(child, odt, out, where=f"{where}t{tables}", depth=depth + 1)
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            _blocks(child, odt, out, where=where, depth=depth + 1)


def _paragraph(p: Any, odt: _Odt, out: TextBuilder, *, label: str, where: str) -> None:
    words = label + "".join(_words(p, odt, out.size + len(label)))
    if words:
        out.add(words, where=where)
    out.break_line()


def _list(
    element: Any,
    odt: _Odt,
    out: TextBuilder,
    *,
    where: str,
    count: int,
    counts: list[int],
    style: str | None,
    depth: int,
) -> int:
    """Write a list with the labels its style gives; `counts` are the numbers of the items around it."""
    if depth > _MAX_DEPTH:
        return count
    style = element.get(TEXT + "style-name") or style
    number = 0
    for item in element:
        if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
            continue
        start = item.get(TEXT + "start-value", "")
        number = int(start) if start.isdigit() else number + 1
        labelled = item.tag == TEXT + "list-header"
        for child in item:
            if child.tag in (TEXT + "p", TEXT + "h"):
                own = style or odt.of_style.get(child.get(TEXT + "style-name", ""), "")
                label = "" if labelled else _label(odt.lists.get(own or "", {}), [*counts, number])
                labelled = True
                count += 1
                _paragraph(child, odt, out, label=label, where=f"{where}p{count}")
            elif child.tag == TEXT + "list":
                count = _list(child, odt, out, where=where, count=count, counts=[*counts, number], style=style,
                              depth=depth + 1)  # fmt: skip
    return count


def _label(levels: dict[int, Any], counts: list[int]) -> str:
    """Return the label of an item, given the numbers from the outermost list to its own."""
    level = levels.get(len(counts))
    if level is None:
        return ""
    if level.tag == TEXT + "list-level-style-bullet":
        return "- "
    form = _FORMS.get(level.get(STYLE + "num-format", ""))
    if form is None:
        return ""
    shown = level.get(TEXT + "display-levels", "1")
    depth = min(int(shown), len(counts)) if shown.isdigit() else 1
    numbers = ".".join(written(n, form) for n in counts[-depth:])
    return f"{level.get(STYLE + 'num-prefix', '')}{numbers}{level.get(STYLE + 'num-suffix', '')} "


def _words(element: Any, odt: _Odt, at: int, depth: int = 0) -> Iterator[str]:
    """Yield the words of a paragraph; `at` is the text offset where they begin."""
    if depth > _MAX_DEPTH:
        return
    pieces = [element.text or ""]
    at += len(pieces[0])
    for child in element:
        tag = child.tag
        piece = ""
        if tag == TEXT + "s":
            blanks = child.get(TEXT + "c", "1")
            piece = " " * (min(int(blanks), _MOST_BLANKS) if blanks.isdigit() else 1)
        elif tag == TEXT + "tab":
            piece = "\t"
        elif tag == TEXT + "line-break":
            piece = "\n"
        elif tag == TEXT + "note":
            body = child.find(TEXT + "note-body")
            if body is not None:
                odt.notes.append((child.findtext(TEXT + "note-citation") or str(len(odt.notes) + 1), body, at))
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            piece = "".join(_words(child, odt, at, depth + 1))
        piece += child.tail or ""
        pieces.append(piece)
        at += len(piece)
    yield from pieces


def _table(table: Any, odt: _Odt, out: TextBuilder, *, where: str, depth: int) -> None:
    start = out.size
    rows: list[list[CellSpan]] = []
    heads = 0
    for row, is_head in _rows(table):
        heads += is_head and heads == len(rows)
        cells: list[CellSpan] = []
        for cell in row:
            if cell.tag != TABLE + "table-cell":
                continue
            begin = out.size
            _blocks(cell, odt, out, where=f"{where}.r{len(rows) + 1}.c{len(cells) + 1}.", depth=depth + 1)
            columns, tall = (_number(cell, name) for name in ("number-columns-spanned", "number-rows-spanned"))
            cells.append(CellSpan(start=begin, end=max(begin, out.last_word(begin)), columns=columns, rows=tall))
        rows.append(cells)
    out.add_table(start, rows, heads)


def _rows(table: Any) -> Iterator[tuple[Any, bool]]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child, False
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            for row in child.iter(TABLE + "table-row"):
                yield row, child.tag == TABLE + "table-header-rows"


def _number(cell: Any, name: str) -> int:
    value = cell.get(TABLE + name, "1")
    return min(int(value), 1000) if value.isdigit() and value != "0" else 1
