"""Pictures of pages: photographs and scans saved as PNG, JPEG or TIFF, read by OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from vnlegal.errors import UnreadableFile
from vnlegal.readers import ocr
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import MAX_PIXELS
from vnlegal.readers.pages import Line, Page, take_furniture
from vnlegal.readers.pdf import Progress, write_pages

_LEAST_DPI, _MOST_DPI = 70, 600
_A4_INCHES = 8.27
_MAX_FRAMES = 500


def read_image(
    data: bytes, *, name: str, cache: Path | None = None, progress: Progress | None = None, own: Path | None = None
) -> TextBuilder:
    """Read a picture, or each page of a TIFF, into text and layout; `progress(done, all)` is called as pages are read.

    `own` is the folder of the user's own knowledge.

    Raises `UnreadableFile` where it is broken or too large, `MissingExtra` where there is no OCR.
    """
    ocr.program()
    out = TextBuilder(reader="tesseract")
    unread = []
    try:
        with Image.open(BytesIO(data)) as image:
            count = min(getattr(image, "n_frames", 1), _MAX_FRAMES)
            sizes: dict[int, tuple[float, float]] = {}
            lines: dict[int, tuple[Line, ...]] = {}
            frames = _frames(image, count, sizes, name=name)
            for number, found in ocr.recognize_pages(frames, kept=ocr.kept(cache, data)):
                lines[number] = tuple(ocr.mended(found or (), own))
                unread += [] if found is not None else [number]
                if progress:
                    progress(len(lines), count)
    except Image.DecompressionBombError as error:
        raise UnreadableFile(f"{name}: ảnh quá lớn", next_step="quét lại ở 300 dpi") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(f"{name}: ảnh hỏng ({error})", next_step="chụp hoặc quét lại") from error
    kept, taken = take_furniture([Page(n, *sizes[n], lines[n]) for n in sorted(lines)])
    out.furniture += taken
    write_pages(kept, {}, out)
    out.find("ocr", "Ảnh được đọc bằng OCR; số, ngày và tên cần xem lại bản gốc")
    if unread:
        out.find("page-unread", f"Không đọc được trang {', '.join(map(str, sorted(unread)))}: quá lâu")
    if not out.text.strip():
        raise UnreadableFile(f"{name}: ảnh không có chữ nào đọc được", next_step="quét lại ở 300 dpi")
    return out


def _frames(
    image: Image.Image, count: int, sizes: dict[int, tuple[float, float]], *, name: str
) -> Iterator[tuple[int, int, Callable[[], Image.Image]]]:
    """Yield (page, dots an inch, a function that gives its picture) and note each page's size in points."""
    for number in range(1, count + 1):
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            raise UnreadableFile(
                f"{name}: ảnh {image.width} × {image.height} điểm, quá lớn", next_step="quét lại ở 300 dpi"
            )
        dpi = dots_an_inch(image)
        sizes[number] = (image.width * 72 / dpi, image.height * 72 / dpi)
        yield number, dpi, partial(image.convert, "RGB")


def dots_an_inch(frame: Image.Image) -> int:
    """Return a picture's resolution: what it says, where that is believable, else that of a sheet of A4."""
    said = frame.info.get("dpi", (0, 0))[0]
    try:
        stated = round(float(said))
    except (TypeError, ValueError, OverflowError):
        stated = 0
    if _LEAST_DPI < stated <= _MOST_DPI:
        return stated
    return max(_LEAST_DPI, min(_MOST_DPI, round(min(frame.width, frame.height) / _A4_INCHES)))
