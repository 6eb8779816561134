"""Word files (.docx): paragraphs, tables in place, generated numbers, notes, text boxes, tracked changes.

What a person sees in Word with all changes accepted is the text; running heads and feet are kept apart; comments
are not read. Source of the format: ECMA-376 part 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vnlegal.errors import UnreadableFile
from vnlegal.legacy import decode, font_encoding
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import member, open_zip
from vnlegal.readers.numbering import Numbering, W, read_numbering
from vnlegal.readers.xml import parse
from vnlegal.records import CellSpan, FootnoteSpan

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = ("0", "false", "off", "none")
_MAX_DEPTH = 60
_SYMBOL_FONTS = {"\uf0b7": "-", "\uf02d": "-", "\uf0a8": "□", "\uf06f": "□", "\uf0fe": "☑", "\uf0e0": "→"}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph or run inherits from its style chain."""

    list_id: str | None = None
    depth: int = 0
    font: str | None = None
    caps: bool = False


@dataclass
class _Word:
    """One open Word file: its styles and lists, and the notes its text has called so far."""

    styles: dict[str, _Style]
    numbering: Numbering
    default_font: str | None
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changes: int = 0
    legacy: bool = False
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one `w:t` element: where they begin in the text, and how they read there."""

    start: int
    words: str
    element: Any

    @property
    def end(self) -> int:
        """Where they end."""
        return self.start + len(self.words)


def read_docx(data: bytes, *, name: str) -> TextBuilder:
    """Read a .docx file into text and layout.

    Raises `UnreadableFile` where it is broken, locked, or not a Word document.
    """
    return _read(data, name, None)[0]


def trace_docx(data: bytes, *, name: str, body: Any) -> list[Piece]:
    """Return where in `body`, the parsed body of the same file, each piece of the text of `read_docx` stands.

    In text order, without notes. Raises as `read_docx` does.
    """
    return _read(data, name, body)[1]


def _read(data: bytes, name: str, body: Any | None) -> tuple[TextBuilder, list[Piece]]:
    with open_zip(data, name=name) as archive:
        members = set(archive.namelist())
        if "word/document.xml" not in members:
            raise UnreadableFile(f"{name}: không phải văn bản Word", next_step="mở bằng Word rồi lưu lại thành .docx")

        unread: list[str] = []

        def part(path: str) -> Any | None:
            """Return the root of a part, or None where there is none or it is broken: the text stands without it."""
            if path not in members:
                return None
            try:
                return parse(member(archive, path, name=name), name=f"{name}: {path}")
            except UnreadableFile as error:
                unread.append(error.reason)
                return None

        if body is None:
            body = parse(member(archive, "word/document.xml", name=name), name=name).find(W + "body")
        styles_root = part("word/styles.xml")
        word = _Word(
            styles=_styles(styles_root),
            numbering=read_numbering(part("word/numbering.xml")),
            default_font=_default_font(styles_root),
        )
        out = TextBuilder(reader="lxml")
        if body is not None:
            _blocks(body, word, out, where="p")
        pieces = list(word.pieces)
        notes = {kind: _notes(part(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
        _append_notes(word, notes, out)
        for path in sorted(members):
            if path.startswith(("word/header", "word/footer")) and path.endswith(".xml"):
                root = part(path)
                out.furniture += [] if root is None else [w for w in map(_plain, root.iter(W + "p")) if w]
    for reason in unread:
        out.find("part-unread", f"Một phần của tệp Word hỏng, chữ hoặc số thứ tự có thể thiếu: {reason}")
    if word.changes:
        out.find("tracked-changes", f"Văn bản còn {word.changes} chỗ theo dõi thay đổi; đã đọc như đã chấp nhận hết")
    if word.legacy:
        out.find("legacy-font", "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI); chữ đã được chuyển sang Unicode")
    return out, pieces


def _blocks(parent: Any, word: _Word, out: TextBuilder, *, where: str, depth: int = 0) -> None:
    """Add the paragraphs and tables of a body, a cell or a content control in order."""
    if depth > _MAX_DEPTH:
        return
    count = tables = 0
    for child in parent:
        tag = child.tag
        if tag == W + "p":
            count += 1
            _paragraph(child, word, out, where=f"{where}{count}")
        elif tag == W + "tbl":
            tables += 1
            _table(child, word, out, where=f"{where[:-1] if where == 'p' else where}t{tables}", depth=depth + 1)
        elif tag in (W + "sdt", W + "customXml", W + "ins", W + "moveTo"):
            inner = child.find(W + "sdtContent") if tag == W + "sdt" else child
            if inner is not None:
                _blocks(inner, word, out, where=where, depth=depth + 1)
        elif tag == _MC + "AlternateContent":
            choice = child.find(_MC + "Choice")
            if choice is not None:
                _blocks(choice, word, out, where=where, depth=depth + 1)


def _paragraph(p: Any, word: _Word, out: TextBuilder, *, where: str) -> None:
    style, label = _paragraph_style(p, word)
    pieces = list(_runs(p, word, style, out.size + len(label)))
    words = "".join(pieces)
    if label or words:
        out.add(label + words, where=where)
    out.break_line()
    boxes, word.boxes = word.boxes, []
    for n, box in enumerate(boxes, 1):
        _blocks(box, word, out, where=f"{where}.box{n}.p", depth=_MAX_DEPTH // 2)


def _paragraph_style(p: Any, word: _Word) -> tuple[_Style, str]:
    """Return the style a paragraph has and the label Word puts before it."""
    properties = p.find(W + "pPr")
    if properties is None:
        style = word.styles.get("", _Style())
        return style, ""
    name = properties.find(W + "pStyle")
    style = word.styles.get(name.get(W + "val", "") if name is not None else "", _Style())
    list_id, depth = style.list_id, style.depth
    numbered = properties.find(W + "numPr")
    if numbered is not None:
        own, level = numbered.find(W + "numId"), numbered.find(W + "ilvl")
        list_id = own.get(W + "val") if own is not None else list_id
        value = level.get(W + "val", "0") if level is not None else str(depth)
        depth = int(value) if value.isdigit() else 0
    label = word.numbering.label(list_id, depth) if list_id and list_id != "0" else ""
    return style, label


def _runs(element: Any, word: _Word, style: _Style, at: int, depth: int = 0) -> Iterator[str]:
    """Yield the words of a paragraph's runs; `at` is the text offset where they begin."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        tag = child.tag
        if tag == W + "r":
            for piece in _run(child, word, style, at):
                at += len(piece)
                yield piece
        elif tag in (W + "del", W + "moveFrom"):
            word.changes += 1
        elif tag in (W + "pPr", W + "rPr", W + "commentRangeStart", W + "commentRangeEnd"):
            continue
        elif tag == _MC + "AlternateContent":
            choice = child.find(_MC + "Choice")
            if choice is not None:
                for piece in _runs(choice, word, style, at, depth + 1):
                    at += len(piece)
                    yield piece
        elif isinstance(tag, str) and len(child):
            word.changes += tag in (W + "ins", W + "moveTo")
            inner = child.find(W + "sdtContent") if tag == W + "sdt" else child
            if inner is not None:
                for piece in _runs(inner, word, style, at, depth + 1):
                    at += len(piece)
                    yield piece


def _run(run: Any, word: _Word, style: _Style, at: int) -> Iterator[str]:
    encoding, caps = _run_look(run, word, style)
    for child in run:
        tag = child.tag
        piece = ""
        if tag == W + "t":
            piece = child.text or ""
            if encoding and (encoding != "vni" or piece):
                word.legacy = True
                piece = decode(piece, encoding)
            piece = piece.upper() if caps else piece
            word.pieces.append(Piece(at, piece, child))
        elif tag in (W + "tab", W + "ptab"):
            piece = "\t"
        elif tag in (W + "br", W + "cr"):
            piece = "\n"
        elif tag == W + "noBreakHyphen":
            piece = "-"
        elif tag == W + "sym":
            piece = _symbol(child)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnote" if tag == W + "footnoteReference" else "endnote"
            word.calls.append((kind, child.get(W + "id", ""), at))
        elif tag in (W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"):
            source = child.find(_MC + "Choice") if tag == _MC + "AlternateContent" else child
            if source is not None:
                word.boxes.extend(source.iter(W + "txbxContent"))
        if piece:
            at += len(piece)
            yield piece


def _run_look(run: Any, word: _Word, style: _Style) -> tuple[str | None, bool]:
    """Return the legacy encoding of a run's font, if it has one, and whether Word shows capitals."""
    properties = run.find(W + "rPr")
    font, caps = style.font or word.default_font, style.caps
    if properties is not None:
        fonts = properties.find(W + "rFonts")
        if fonts is not None:
            font = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs") or font
        drawn = properties.find(W + "caps")
        if drawn is not None:
            caps = drawn.get(W + "val", "1") not in _OFF
    return font_encoding(font), caps


def _symbol(element: Any) -> str:
    try:
        code = chr(int(element.get(W + "char", ""), 16))
    except ValueError:
        return ""
    return _SYMBOL_FONTS.get(code, code if code < "\ue000" else "-")


def _table(table: Any, word: _Word, out: TextBuilder, *, where: str, depth: int) -> None:
    start = out.size
    rows: list[list[CellSpan]] = []
    headers = 0
    for r, row in enumerate((x for x in table.iter(W + "tr") if _own_row(x, table)), 1):
        if row.find(f"{W}trPr/{W}tblHeader") is not None and headers == r - 1:
            headers = r
        cells: list[CellSpan] = []
        column = 0
        for c, cell in enumerate(_cells(row), 1):
            properties = cell.find(W + "tcPr")
            width = _span_value(properties, "gridSpan")
            merge = properties.find(W + "vMerge") if properties is not None else None
            if merge is not None and merge.get(W + "val", "continue") != "restart":
                cells.append(CellSpan(start=out.size, end=out.size, columns=width, rows=0))
            else:
                begin = out.size
                _blocks(cell, word, out, where=f"{where}.r{r}.c{c}.p", depth=depth)
                cells.append(CellSpan(start=begin, end=max(begin, out.last_word(begin)), columns=width))
            column += width
        rows.append(cells)
    out.add_table(start, rows, headers)


def _own_row(row: Any, table: Any) -> bool:
    parent = row.getparent()
    while parent is not None and parent.tag != W + "tbl":
        parent = parent.getparent()
    return parent is table


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "customXml", W + "ins"):
            inner = child.find(W + "sdtContent") if child.tag == W + "sdt" else child
            if inner is not None:
                yield from _cells(inner)


def _span_value(properties: Any | None, tag: str) -> int:
    found = properties.find(W + tag) if properties is not None else None
    value = found.get(W + "val", "1") if found is not None else "1"
    return min(int(value), 1000) if value.isdigit() and value != "0" else 1


def _notes(root: Any | None, kind: str) -> dict[str, Any]:
    if root is None:
        return {}
    return {
        note.get(W + "id", ""): note
        for note in root.iterfind(W + kind)
        if note.get(W + "type") not in ("separator", "continuationSeparator", "continuationNotice")
    }


def _append_notes(word: _Word, notes: dict[str, dict[str, Any]], out: TextBuilder) -> None:
    counts = {"footnote": 0, "endnote": 0}
    for kind, note_id, anchor in list(word.calls):
        note = notes[kind].get(note_id)
        if note is None:
            continue
        counts[kind] += 1
        label = str(counts[kind])
        start = out.size
        words = "\n".join(
            filter(None, ("".join(_runs(p, word, _Style(), out.size)).strip() for p in note.iter(W + "p")))
        )
        out.add(f"{label} {words}", where=f"{kind}{label}")
        out.footnotes.append(FootnoteSpan(start=start, end=out.size, label=label, anchor=anchor))
        out.break_line()


def _plain(p: Any) -> str:
    return "".join(t.text or "" for t in p.iter(W + "t")).strip()


def _default_font(root: Any | None) -> str | None:
    fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts") if root is not None else None
    return fonts.get(W + "ascii") if fonts is not None else None


def _styles(root: Any | None) -> dict[str, _Style]:
    """Return the paragraph styles by id, each with what it inherits; the default one also under ""."""
    if root is None:
        return {}
    raw = {s.get(W + "styleId", ""): s for s in root.iterfind(W + "style") if s.get(W + "type") == "paragraph"}
    done: dict[str, _Style] = {}

    def resolve(style_id: str, depth: int = 0) -> _Style:
        if style_id in done:
            return done[style_id]
        element = raw.get(style_id)
        if element is None or depth > _MAX_DEPTH:
            return _Style()
        based = element.find(W + "basedOn")
        base = resolve(based.get(W + "val", ""), depth + 1) if based is not None else _Style()
        numbered = element.find(f"{W}pPr/{W}numPr")
        list_id, level = base.list_id, base.depth
        if numbered is not None:
            own, depth_of = numbered.find(W + "numId"), numbered.find(W + "ilvl")
            list_id = own.get(W + "val") if own is not None else list_id
            value = depth_of.get(W + "val", "0") if depth_of is not None else "0"
            level = int(value) if value.isdigit() else 0
        fonts = element.find(f"{W}rPr/{W}rFonts")
        font = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi")) if fonts is not None else None
        caps = element.find(f"{W}rPr/{W}caps")
        done[style_id] = _Style(
            list_id, level, font or base.font, caps.get(W + "val", "1") not in _OFF if caps is not None else base.caps
        )
        return done[style_id]

    for style_id in raw:
        resolve(style_id)
    for style_id, element in raw.items():
        if element.get(W + "default") in ("1", "true"):
            done[""] = done[style_id]
    return done
