"""PDF files: the text layer where it can be trusted, OCR where there is none or it reads badly.

Running heads, feet and page numbers are kept apart, wrapped lines are joined, ruled tables are read cell by cell and
joined over pages. Every paragraph keeps its page and box.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.judge import GOOD, quality
from vnlegal.readers.limits import MAX_DRAWN, MAX_PAGES, MAX_PIXELS
from vnlegal.readers.pages import Line, Page, join_words, paragraphs, take_furniture
from vnlegal.readers.pdf_bombs import check_streams
from vnlegal.readers.pdf_lines import page_lines
from vnlegal.readers.pdf_raw import Box
from vnlegal.readers.pdf_turned import quarter_turns, read_turned, turner
from vnlegal.readers.tables import PageTable, lines_and_tables, page_rules
from vnlegal.records import CellSpan, PageSpan

# A page with fewer characters than this and a picture on it is a scan.
_FEW = 60
_UNSURE = 0.6
_TRIED = 3  # pages of a bad text layer that are recognized before the others are

_BY_HAND = {
    "number": "Số của văn bản",
    "day": "Ngày ký",
    "month": "Tháng ký",
    "year": "Năm ký",
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one pass over the file gave: pages with lines, their ruled tables, pages that need OCR."""

    pages: list[Page]
    tables: dict[int, list[PageTable]]
    scans: list[int]
    bad: list[int]
    broken: list[int]
    legacy: bool


def read_pdf(
    data: bytes, *, name: str, cache: Path | None = None, progress: Progress | None = None, own: Path | None = None
) -> TextBuilder:
    """Read a PDF into text and layout.

    `cache` is a folder for OCR results; `progress(done, all)` is called as pages are read; `own` is the
    folder of the user's own knowledge.
    Raises `UnreadableFile` where the file is broken, locked or too large, `MissingExtra` where a scan needs OCR
    and there is none.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise MissingExtra(f"{name}: chưa có thư viện đọc PDF", next_step='pip install "vnlegal[files]"') from error
    check_streams(data, name=name)
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise UnreadableFile(f"{name}: PDF có mật khẩu", next_step="mở khóa rồi lưu lại không mật khẩu") from error
        raise UnreadableFile(f"{name}: PDF hỏng ({error})", next_step="xin lại tệp gốc") from error
    try:
        if len(pdf) > MAX_PAGES:
            raise UnreadableFile(f"{name}: PDF quá {MAX_PAGES} trang", next_step="tách tệp thành nhiều phần")
        read = _text_layer(pdf, progress)
        out = TextBuilder(reader="pdfium")
        pages = _with_ocr(pdf, data, read, out, cache=cache, progress=progress, own=own)
    finally:
        pdf.close()
    if read.legacy:
        out.find("legacy-font", "PDF dùng phông chữ cũ (TCVN3 hoặc VNI); chữ đã được chuyển sang Unicode")
    if read.broken:
        pages_unread = ", ".join(map(str, sorted(read.broken)))
        out.find("page-unread", f"Không đọc được trang {pages_unread}: trang hỏng, quá lớn hoặc quá lâu")
    clean, taken = take_furniture(pages)
    out.furniture += taken
    write_pages(clean, read.tables, out)
    if not out.text.strip():
        raise UnreadableFile(f"{name}: PDF không có chữ nào đọc được", next_step="quét lại ở 300 dpi")
    return out


def _text_layer(pdf: Any, progress: Progress | None) -> _Read:
    from pypdfium2 import PdfiumError

    count = len(pdf)
    pages: list[Page] = []
    tables: dict[int, list[PageTable]] = {}
    scans: list[int] = []
    broken: list[int] = []
    legacy = False
    for number in range(1, count + 1):
        try:
            page, found, is_scan, is_legacy = _read_page(pdf, number)
        except PdfiumError:
            broken.append(number)
            continue
        legacy = legacy or is_legacy
        pages.append(page)
        if is_scan:
            scans.append(number)
        elif found:
            tables[number] = found
        if progress:
            progress(number - len(scans), count)
    return _Read(pages, tables, scans, _badly_read(pages, scans), broken, legacy)


def _read_page(pdf: Any, number: int) -> tuple[Page, list[PageTable], bool, bool]:
    """Return a page's lines outside tables, its tables, whether it is a scan, and whether its fonts are old ones."""
    from pypdfium2 import raw

    page = pdf[number - 1]
    width, height = page.get_size()
    textpage = page.get_textpage()
    turns = quarter_turns(textpage, raw, textpage.count_chars())
    turn = turner(turns, width, height)
    words_in: Callable[[Box], str]
    encoding = None
    aside: tuple[str, ...] = ()
    if turns:
        turned = read_turned(textpage, raw, number, turns, width, height)
        lines, words_in, aside = turned.lines(), turned.words_in, turned.aside
        width, height = (height, width) if turns % 2 else (width, height)
    else:
        lines, encoding = page_lines(textpage, raw, number, height)
        words_in = _reader(textpage, height)
    is_scan = sum(len(x.text) for x in lines) < _FEW and _has_picture(page, raw)
    found: list[PageTable] = []
    if lines and not is_scan:
        lines, found = lines_and_tables(lines, *page_rules(page, turn), words_in, number)
    textpage.close()
    page.close()
    return Page(number, width, height, tuple(lines), aside), found, is_scan, encoding is not None


def _reader(textpage: Any, height: float) -> Callable[[Box], str]:
    def words_in(box: Box) -> str:
        # a letter belongs to a box it only touches; the tails of the row above are kept out
        left, top, right, bottom = box[0] + 1, box[1] + 3, box[2] - 1, box[3] - 1
        words: str = textpage.get_text_bounded(left=left, bottom=height - bottom, right=right, top=height - top)
        return " ".join(words.replace("\ufffe", "-").replace("\x02", "-").split())

    return words_in


def _has_picture(page: Any, raw: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))


def _badly_read(pages: Sequence[Page], scans: Sequence[int]) -> list[int]:
    """Return the pages whose text layer does not read like Vietnamese, judged over the whole file first."""
    texts = {p.number: " ".join(x.text for x in p.lines) for p in pages if p.number not in scans and p.lines}
    if not texts or quality(" ".join(texts.values())) >= GOOD:
        return []
    return [number for number, text in texts.items() if len(text) >= _FEW and quality(text) < GOOD]


def _with_ocr(
    pdf: Any,
    data: bytes,
    read: _Read,
    out: TextBuilder,
    *,
    cache: Path | None,
    progress: Progress | None,
    own: Path | None,
) -> list[Page]:
    if not (read.scans or read.bad):
        return read.pages
    wanted = sorted([*read.scans, *read.bad[:_TRIED]])
    recognized: dict[int, list[Line] | None] = {}

    def recognize(numbers: Sequence[int]) -> None:
        begun = len(pdf) - len(numbers)
        count = partial(_count, progress, begun, len(pdf))
        recognized.update(_recognized(pdf, data, numbers, cache=cache, own=own, count=count))

    try:
        recognize(wanted)
        # a layer without marks may be printed so, or be in another language: then OCR has no better one
        if len(read.bad) > _TRIED and any(_reads_better(recognized.get(p.number), p) for p in read.pages):
            recognize(read.bad[_TRIED:])
    except MissingExtra:
        if len(read.scans) == len(read.pages):
            raise
        out.find("no-ocr", f"Không có OCR: {len(wanted)} trang quét không đọc được")
        return read.pages
    pages = []
    replaced = 0
    for page in read.pages:
        lines = recognized.get(page.number)
        if lines is not None and (page.number in read.scans or _reads_better(lines, page)):
            replaced += page.number not in read.scans
            pages.append(replace(page, lines=tuple(lines)))
        else:
            pages.append(page)
    read.broken.extend(n for n, lines in recognized.items() if lines is None and n in read.scans)
    if read.scans or replaced:
        out.reader = "tesseract" if len(read.scans) == len(read.pages) else "pdfium + tesseract"
    if read.scans:
        out.find("ocr", f"{len(read.scans)} trang quét được đọc bằng OCR; số, ngày và tên cần xem lại bản gốc")
    if replaced:
        out.find("bad-text-layer", f"Lớp chữ của {replaced} trang bị hỏng, đã đọc lại bằng OCR")
    elif read.bad:
        out.find(
            "bad-text-layer", f"Lớp chữ của {len(read.bad)} trang không giống tiếng Việt; OCR cũng không đọc tốt hơn"
        )
    return pages


def _reads_better(lines: Sequence[Line] | None, page: Page) -> bool:
    """Whether what OCR read of a page is more like Vietnamese than its text layer."""
    if lines is None:
        return False
    return quality(" ".join(x.text for x in lines)) > quality(" ".join(x.text for x in page.lines))


def _count(progress: Progress | None, begun: int, count: int, done: int) -> None:
    if progress:
        progress(begun + done, count)


def _recognized(
    pdf: Any, data: bytes, wanted: Sequence[int], *, cache: Path | None, own: Path | None, count: Callable[[int], None]
) -> dict[int, list[Line] | None]:
    """Return the lines of the pages read by OCR, None for a page that could not be; `count(done)` is called."""
    from vnlegal.readers import ocr

    ocr.program()
    images = ((n, _dpi(pdf, n, ocr.DPI), partial(_draw, pdf, n, ocr.DPI)) for n in wanted)
    out: dict[int, list[Line] | None] = {}
    for number, lines in ocr.recognize_pages(images, kept=ocr.kept(cache, data)):
        out[number] = None if lines is None else ocr.mended(lines, own)
        count(len(out))
    return out


def _dpi(pdf: Any, number: int, dpi: int) -> int:
    """Return how many dots an inch a page is drawn with: as asked, fewer for a sheet of uncommon size."""
    width, height = pdf.get_page_size(number - 1)
    return max(1, min(dpi, int(72 * (MAX_DRAWN / max(width * height, 1.0)) ** 0.5)))


def _draw(pdf: Any, number: int, dpi: int) -> Any:
    """Return a page as a picture, or None where it holds one too large to be unpacked."""
    from pypdfium2 import PdfiumError, raw

    try:
        page = pdf[number - 1]
    except PdfiumError:
        return None
    try:
        width, height = ctypes.c_uint(), ctypes.c_uint()
        for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            raw.FPDFImageObj_GetImagePixelSize(image.raw, ctypes.byref(width), ctypes.byref(height))
            if width.value * height.value > MAX_PIXELS:
                return None
        return page.render(scale=_dpi(pdf, number, dpi) / 72).to_pil()
    except PdfiumError:
        return None
    finally:
        page.close()


def write_pages(pages: Sequence[Page], tables: dict[int, list[PageTable]], out: TextBuilder) -> None:
    """Write paragraphs and tables in reading order."""
    _tell_repairs(pages, out)
    stretches: list[list[Page] | PageTable] = []
    for page in pages:
        left = list(page.lines)
        for table in sorted(tables.get(page.number, ()), key=lambda t: t.top):
            above = [x for x in left if x.top < table.top]
            left = [x for x in left if x.top >= table.top]
            if above:
                _add_page(stretches, replace(page, lines=tuple(above)))
            last = stretches[-1] if stretches else None
            if isinstance(last, PageTable) and last.goes_on(table):
                stretches[-1] = last.joined(table)
            else:
                stretches.append(table)
        if left:
            _add_page(stretches, replace(page, lines=tuple(left)))
    starts: dict[int, int] = {}
    for stretch in stretches:
        if isinstance(stretch, PageTable):
            _write_table(stretch, out, starts)
        else:
            _write_paragraphs(stretch, out, starts)
    order = sorted(starts.items())
    for (number, start), (_, end) in zip(order, [*order[1:], (0, out.size)], strict=False):
        out.pages.append(PageSpan(number=number, start=start, end=max(start, end)))


def _tell_repairs(pages: Sequence[Page], out: TextBuilder) -> None:
    """Tell in one finding which words were mended, how often; those with digits are told where they stand."""
    told = Counter(x for page in pages for line in page.lines for x in line.repairs if not any(map(str.isdigit, x)))
    if told:
        listed = "; ".join(f"{words} ({n} lần)" if n > 1 else words for words, n in told.most_common())
        out.find("ocr-repair", f"OCR đọc sai {told.total()} chữ, đã sửa theo ngữ cảnh: {listed}", severity="info")


def _add_page(stretches: list[list[Page] | PageTable], page: Page) -> None:
    if stretches and isinstance(stretches[-1], list):
        stretches[-1].append(page)
    else:
        stretches.append([page])


def _write_paragraphs(pages: list[Page], out: TextBuilder, starts: dict[int, int]) -> None:
    for paragraph in paragraphs(pages):
        for line, words in zip(paragraph.lines, join_words(paragraph.lines), strict=True):
            starts.setdefault(line.page, out.size)
            start, end = out.add(words, page=line.page, box=_box(line), confidence=line.confidence, boxes=line.words)
            if of_numbers := [x for x in line.repairs if any(map(str.isdigit, x))]:
                message = f"Số OCR đọc sai, đã sửa: {'; '.join(of_numbers)}"
                out.find("ocr-repair", message, severity="info", start=start, end=end)
            for part in line.by_hand:
                message = f"{_BY_HAND[part]} có thể viết tay: để trống, cần xem lại bản gốc (OCR đọc: {line.text})"
                out.find(f"handwritten-{part}", message, start=start, end=end)
            if line.confidence is not None and line.confidence < _UNSURE:
                out.find("unsure-line", f"Dòng này OCR đọc không chắc ({line.confidence:.0%})", start=start, end=end)
        out.break_line()


def _box(line: Line) -> Box:
    """Return where a line stands on the sheet as it is: a scan may have been turned before it was read."""
    boxes = line.words or ((line.left, line.top, line.right, line.bottom, 1.0),)
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def _write_table(table: PageTable, out: TextBuilder, starts: dict[int, int]) -> None:
    """Write a table cell by cell; `starts` is told where each of its pages begins."""
    start = out.size
    rows: list[list[CellSpan]] = []
    name = f"t{len(out.tables) + 1}"
    for r, row in enumerate(table.rows, 1):
        cells = []
        for c, cell in enumerate(row, 1):
            if cell is None:
                cells.append(CellSpan(start=out.size, end=out.size, rows=0))
                continue
            words, page, box = cell
            starts.setdefault(page, out.size)
            begin, end = out.add(words, page=page, box=box, where=f"{name}.r{r}.c{c}")
            cells.append(CellSpan(start=begin, end=end))
            if words:
                out.break_line()
        rows.append(cells)
    out.add_table(start, rows, 1)
    out.furniture += table.left_out
