"""One table of rows as a CSV text or an Excel workbook.

Nothing a document says becomes a formula: in CSV such cells get an apostrophe, in Excel they are typed as text. Days
are real dates in Excel, the heading row is frozen, every column has a filter.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from vnlegal.errors import MissingExtra

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | bool | None
_BOM = "\ufeff"
_LINKS = ("file:", "http://", "https://")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_CELL = 32_000
_LINE, _HIGHEST = 15.0, 409.0  # points
_MOST_ROWS = 1_048_000
_WIDE = 160  # characters in all columns, above which a sheet is printed on A3
_MARGIN = 0.3  # inches at the sides of a printed sheet
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in CSV, its heading in Excel, what its cells hold, its width in characters.

    `choices`: what a drop-down offers in Excel. `hidden`: kept in Excel, not shown. A "link" cell holds an address
    and the words to show for it, with a line feed between them, or words alone.
    """

    name: str
    heading: str
    kind: Literal["text", "number", "date", "link"] = "text"
    width: int = 20
    choices: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name. Dates in `rows` are ISO days."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


def csv_text(sheet: Sheet) -> str:
    """Return the table as CSV, with the byte order mark by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in sheet.columns)
    kinds = [column.kind for column in sheet.columns]
    writer.writerows([_csv_cell(*pair) for pair in zip(row, kinds, strict=True)] for row in sheet.rows)
    return _BOM + out.getvalue()


def _csv_cell(value: Value, kind: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int() | float():
            return str(value)
    words = value.replace("\x00", "")
    if kind == "link":
        words = words.rpartition("\n")[2]
    return "'" + words if words.startswith(_FORMULA) else words


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return an Excel workbook with one sheet for each table.

    Raises `MissingExtra` where openpyxl is not installed. Rows past Excel's limit are left out.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("ghi tệp Excel cần thư viện openpyxl", next_step='pip install "vnlegal[office]"') from error
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for n, sheet in enumerate(sheets, 1):
        name = _NAME_FORBIDDEN.sub(" ", sheet.name).strip("' ")[:28] or f"Bảng {n}"
        _fill(book.create_sheet(name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    top = Alignment(vertical="top", wrap_text=True)
    page.append([column.heading for column in sheet.columns])
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = top
    rows = sheet.rows[:_MOST_ROWS]
    for n, row in enumerate(rows, 2):
        for k, value in enumerate(row, 1):
            cell = page.cell(n, k)
            _put(cell, value, sheet.columns[k - 1].kind)
            cell.alignment = top
        page.row_dimensions[n].height = _height(row, sheet.columns)
    for n, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(n)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.hidden
        if column.choices and rows:
            offered = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            offered.add(f"{letter}2:{letter}{len(rows) + 1}")
            page.add_data_validation(offered)
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    page.page_setup.orientation = "landscape"
    width = sum(column.width for column in sheet.columns if not column.hidden)
    page.page_setup.paperSize = page.PAPERSIZE_A3 if width > _WIDE else page.PAPERSIZE_A4
    page.page_margins.left = page.page_margins.right = _MARGIN
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Return the height in points at which every cell of a row shows all its words, as far as Excel lets it."""
    lines = (
        sum(-(-max(len(line), 1) // max(column.width - 1, 1)) for line in value.split("\n"))
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str) and not column.hidden and column.kind != "link"
    )
    return min(_LINE * max(lines, default=1), _HIGHEST)


def _put(cell: Cell | MergedCell, value: Value, kind: str) -> None:
    """Write one cell. Words are typed as text, whatever they begin with."""
    if value is None or value == "":
        return
    if isinstance(value, str) and kind == "date" and _DAY.match(value):
        try:
            cell.value = date.fromisoformat(value[:10])
        except ValueError:
            pass
        else:
            cell.number_format = "dd/mm/yyyy"
            return
    if not isinstance(value, str):
        cell.value = int(value) if isinstance(value, bool) else value
        return
    if kind == "link":
        address, found, value = value.partition("\n")
        value = value if found else address
        if found and address.startswith(_LINKS):
            cell.hyperlink = address
            cell.style = "Hyperlink"
    cell.value = _CONTROL.sub(" ", value)[:_LONGEST_CELL]
    cell.data_type = "s"
    if value.startswith(_FORMULA):
        cell.quotePrefix = True
