"""Web pages of legal portals: the document's body is found, menus, boxes and link lists are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from vnlegal.errors import UnreadableFile
from vnlegal.readers.builder import TextBuilder
from vnlegal.records import CellSpan

_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìĩóòõúùũý]", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select",
    "option", "textarea", "input", "iframe", "svg", "head", "title", "link", "meta", "object", "embed", "video",
    "audio", "canvas", "dialog",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "body", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
    "dt", "dd", "blockquote", "pre", "center", "address", "figure", "figcaption", "hr", "tr", "table", "tbody",
    "thead", "tfoot", "td", "th", "fieldset",
})  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WHOLE = 0.7
_MAX_DEPTH = 200
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, *, name: str) -> TextBuilder:
    """Read a web page into text and layout.

    Raises `UnreadableFile` where it holds no text.
    """
    parser = html.HTMLParser(encoding=_encoding(data), no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"{name}: trang web hỏng ({error})", next_step="lưu lại trang từ trình duyệt") from error
    body = _document_body(root)
    out = TextBuilder(reader="lxml")
    writer = _Writer(out)
    writer.block(body, 0)
    writer.flush()
    if not out.text.strip():
        raise UnreadableFile(f"{name}: trang web không có nội dung chữ", next_step="lưu lại trang từ trình duyệt")
    return out


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 where the bytes are that; else what the page declares is left to the parser."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _document_body(root: Any) -> Any:
    """Return the smallest element that holds most of the page's Vietnamese words outside links."""
    weights: dict[Any, int] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            weights[element] = 0
    for element in weights:
        inside = not any(a.tag in _SKIPPED and a.tag != "form" for a in (element, *element.iterancestors()))
        if inside and element.tag != "a" and element.text:
            weights[element] += len(_MARKED.findall(element.text))
        if element.tail and inside is not None:
            parent = element.getparent()
            if parent is not None and parent.tag not in _SKIPPED | {"a"}:
                weights[parent] += len(_MARKED.findall(element.tail))
    for element in reversed(list(weights)):
        parent = element.getparent()
        if parent is not None and parent in weights:
            weights[parent] += weights[element]
    here = root
    for _ in range(_MAX_DEPTH):
        children = [child for child in here if child in weights]
        best = max(children, key=lambda c: weights[c], default=None)
        if best is None or weights[best] < _WHOLE * weights[here] or best.tag not in _BLOCKS | {"form", "span", "font"}:
            break
        here = best
    return here


class _Writer:
    """Writes the blocks of a page as lines."""

    def __init__(self, out: TextBuilder, where: str = "") -> None:
        self.out = out
        self.where = where
        self.line: list[str] = []
        self.count = self.tables = 0

    def flush(self) -> None:
        """End the line being written, if it says anything."""
        words = _SPACES.sub(" ", "".join(self.line)).strip(" ")
        self.line = []
        if words:
            self.count += 1
            self.out.add(words, where=f"{self.where}p{self.count}")
            self.out.break_line()

    def block(self, element: Any, depth: int) -> None:
        """Write an element: its words into the line, its inner blocks as lines of their own."""
        if depth > _MAX_DEPTH or element.tag in _SKIPPED - {"form"} or _HIDDEN.search(element.get("style", "")):
            return
        if element.tag == "table" and _is_data_table(element):
            self.flush()
            self.table(element, depth)
            return
        if element.tag == "br":
            self.flush()
            return
        starts_line = element.tag in _BLOCKS
        if starts_line:
            self.flush()
        if element.text:
            self.line.append(_raised(element, element.text))
        for child in element:
            if isinstance(child.tag, str):
                self.block(child, depth + 1)
            if child.tail:
                self.line.append(_raised(element, child.tail))
        if starts_line:
            self.flush()

    def table(self, table: Any, depth: int) -> None:
        """Write a table cell by cell and record it."""
        start = self.out.size
        rows: list[list[CellSpan]] = []
        headers = 0
        self.tables += 1
        for row in _rows(table):
            cells: list[CellSpan] = []
            for cell in (c for c in row if c.tag in ("td", "th")):
                begin = self.out.size
                for_cell = _Writer(self.out, f"{self.where}t{self.tables}.r{len(rows) + 1}.c{len(cells) + 1}.")
                for_cell.block(cell, depth + 1)
                for_cell.flush()
                end = max(begin, self.out.size - 1)
                cells.append(
                    CellSpan(start=begin, end=end, columns=_number(cell, "colspan"), rows=_number(cell, "rowspan"))
                )
            if cells:
                rows.append(cells)
                headers += len(rows) == headers + 1 and all(c.tag == "th" for c in row if c.tag in ("td", "th"))
        self.out.add_table(start, rows, headers)


def _is_data_table(table: Any) -> bool:
    """Whether a table holds data: rows of several cells, none of which is a page of its own."""
    rows = [[c for c in row if c.tag in ("td", "th")] for row in _rows(table)]
    if len(rows) < 2 or max((len(r) for r in rows), default=0) < 2:
        return False
    return not any(len(c.xpath(".//p|.//br|.//div")) > 60 for row in rows for c in row)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _number(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return min(int(value), 1000) if value.isdigit() and value != "0" else 1


def _raised(element: Any, words: str) -> str:
    return words.translate(_SUPERSCRIPT) if element.tag == "sup" else words
