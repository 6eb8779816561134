"""The table that closes a run over many files: what was read how."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vnlegal.cli.readings import Reading
from vnlegal.cli.table import Look, print_page
from vnlegal.office.digest import plain

NARROW = 88  # with fewer columns the reader and the findings are left out
# Findings of the readers, as short as a cell of the table needs them.
_CODES = {
    "ocr": "OCR",
    "ocr-repair": "OCR: đã sửa chữ",
    "unsure-line": "OCR: dòng không chắc",
    "bad-text-layer": "lớp chữ hỏng",
    "no-ocr": "thiếu OCR",
    "handwritten-number": "số viết tay?",
    "handwritten-day": "ngày viết tay?",
    "handwritten-month": "tháng viết tay?",
    "handwritten-year": "năm viết tay?",
    "page-unread": "trang không đọc được",
    "part-unread": "phần không đọc được",
    "attachment-unread": "tệp kèm không đọc được",
    "legacy-font": "phông chữ cũ",
    "guessed-encoding": "đoán bảng mã",
    "tracked-changes": "theo dõi thay đổi",
    "quick-conversion": "bộ chuyển nhanh",
}


def readings_table(readings: Sequence[Reading], look: Look) -> str:
    """Return the table of what was read how, ready to print, with its sums below."""
    wide = look.width >= NARROW
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", expand=wide)
    table.add_column("Tệp", ratio=3, overflow="fold")
    table.add_column("Dạng")
    if wide:
        table.add_column("Đọc bằng", overflow="fold")
    for name in ("Trang", "OCR", "Ký tự", "Giây"):
        table.add_column(name, justify="right", no_wrap=True)
    if wide:
        table.add_column("Lưu ý khi đọc", ratio=2, overflow="fold")
    for one in readings:
        figures = (
            (str(one.pages or ""), str(one.recognized or ""), _thousands(one.chars), _seconds(one.seconds))
            if one.failure is None
            else ("", "", "", "")
        )
        cells = [plain(one.source), one.form or "–", *([one.reader] if wide else []), *figures]
        table.add_row(*map(Text, cells), *([_notes(one)] if wide else []))
    failed = sum(one.failure is not None for one in readings)
    pages, recognized, chars = (
        _thousands(sum(getattr(one, name) for one in readings)) for name in ("pages", "recognized", "chars")
    )
    sums = f"{len(readings) - failed} tệp đọc được, {failed} tệp không · {pages} trang, trong đó OCR {recognized}"
    sums += f" · {chars} ký tự · {_seconds(sum(one.seconds for one in readings))} giây"
    parts: list[RenderableType] = [Padding(Text("CÁC TỆP ĐÃ ĐỌC", style="bold"), (1, 0, 0, 0)), table, Text(sums)]
    return print_page(Group(*parts), look)


def _notes(one: Reading) -> Text:
    if one.failure is not None:
        return Text(f"KHÔNG ĐỌC ĐƯỢC: {plain(one.failure.removeprefix(f'{one.source}: '))}", style="red")
    return Text("; ".join(f"{_CODES.get(code, code)}{f' ({n})' if n > 1 else ''}" for code, n in one.findings))


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")
