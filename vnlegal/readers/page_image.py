"""A page of a PDF or a scan as a picture, and how many of its pixels make a point."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.readers.limits import MAX_DRAWN, MAX_PIXELS, check_size
from vnlegal.readers.sniff import sniff

_NEXT_STEP = "chọn trang khác bằng --page"


def page_image(data: bytes, number: int, *, name: str, dpi: int = 150) -> tuple[Any, float]:
    """Return page `number` (from 1) of a PDF or picture as a Pillow image, and its pixels a point.

    Boxes of places, which count points from the upper left corner, times that number are pixels of the image.
    Raises `UnreadableFile` where the file has no pages, no such page or a broken one.
    """
    check_size(data, name=name)
    kind = sniff(data)
    try:
        if kind == "pdf":
            return _of_pdf(data, number, name=name, dpi=dpi)
        if kind == "image":
            return _of_picture(data, number, name=name)
    except ImportError as error:
        raise MissingExtra(f"{name}: thiếu thư viện {error.name}", next_step='pip install "vnlegal[files]"') from error
    raise UnreadableFile(f"{name}: dạng {kind} không có trang để vẽ", next_step="chỉ PDF và ảnh quét có trang")


def _of_pdf(data: bytes, number: int, *, name: str, dpi: int) -> tuple[Any, float]:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"{name}: PDF hỏng hoặc có mật khẩu ({error})", next_step="xin lại tệp gốc") from error
    try:
        if not 1 <= number <= len(pdf):
            raise UnreadableFile(f"{name}: không có trang {number}, chỉ có {len(pdf)} trang", next_step=_NEXT_STEP)
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(dpi / 72, (MAX_DRAWN / max(width * height, 1.0)) ** 0.5)
        return page.render(scale=scale).to_pil().convert("RGB"), scale
    except pdfium.PdfiumError as error:
        raise UnreadableFile(f"{name}: trang {number} hỏng ({error})", next_step=_NEXT_STEP) from error
    finally:
        pdf.close()


def _of_picture(data: bytes, number: int, *, name: str) -> tuple[Any, float]:
    from PIL import Image

    from vnlegal.readers.image import dots_an_inch

    try:
        image = Image.open(BytesIO(data))
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            raise UnreadableFile(f"{name}: ảnh quá lớn", next_step="quét lại ở 300 dpi")
        return image.convert("RGB"), dots_an_inch(image) / 72
    except (OSError, EOFError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"{name}: không có trang {number}, hoặc ảnh hỏng", next_step=_NEXT_STEP) from error
