"""Pictures of pages: photographs and scans saved as PNG, JPEG or TIFF, read by OCR."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageSequence, UnidentifiedImageError

from vnlegal.errors import UnreadableFile
from vnlegal.readers import ocr
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import MAX_PIXELS
from vnlegal.readers.pages import Page, take_furniture
from vnlegal.readers.pdf import write_pages

_LEAST_DPI, _MOST_DPI = 70, 600
_A4_INCHES = 8.27
_MAX_FRAMES = 500


def read_image(data: bytes, *, name: str, cache: Path | None = None) -> TextBuilder:
    """Read a picture, or each page of a TIFF, into text and layout.

    Raises `UnreadableFile` where it is broken or too large, `MissingExtra` where there is no OCR.
    """
    out = TextBuilder()
    pages = []
    try:
        with Image.open(BytesIO(data)) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if number > _MAX_FRAMES:
                    break
                if frame.width * frame.height > MAX_PIXELS:
                    raise UnreadableFile(
                        f"{name}: ảnh {frame.width} × {frame.height} điểm, quá lớn", next_step="quét lại ở 300 dpi"
                    )
                dpi = _dpi(frame)
                lines = ocr.mended(ocr.recognize(frame.convert("RGB"), page=number, dpi=dpi, cache=cache))
                pages.append(Page(number, frame.width * 72 / dpi, frame.height * 72 / dpi, tuple(lines)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"{name}: ảnh hỏng hoặc quá lớn ({error})", next_step="chụp hoặc quét lại") from error
    kept, taken = take_furniture(pages)
    out.furniture += taken
    write_pages(kept, {}, out)
    out.find("ocr", "Ảnh được đọc bằng OCR; số, ngày và tên cần xem lại bản gốc")
    if not out.text.strip():
        raise UnreadableFile(f"{name}: ảnh không có chữ nào đọc được", next_step="quét lại ở 300 dpi")
    return out


def _dpi(frame: Image.Image) -> int:
    """Return a picture's resolution: what it says, where that is believable, else that of a sheet of A4."""
    said = frame.info.get("dpi", (0, 0))[0]
    try:
        stated = round(float(said))
    except (TypeError, ValueError, OverflowError):
        stated = 0
    if _LEAST_DPI < stated <= _MOST_DPI:
        return stated
    return max(_LEAST_DPI, min(_MOST_DPI, round(min(frame.width, frame.height) / _A4_INCHES)))
