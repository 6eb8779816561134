"""Pages of a PDF or a picture as PNG, for the left side of the review. Runs in a worker process only."""

from __future__ import annotations

from io import BytesIO

from vnlegal.errors import UnreadableFile
from vnlegal.readers.limits import MAX_PAGES, MAX_PIXELS
from vnlegal.readers.sniff import sniff

_WIDEST = 4_000  # pixels


def page_png(data: bytes, number: int, scale: float) -> bytes:
    """Return page `number` (from 1) at `scale` pixels a point as PNG.

    Raises `UnreadableFile` where there is no such page or the file cannot be drawn.
    """
    kind = sniff(data)
    if kind == "pdf":
        image = _pdf_page(data, number, scale)
    elif kind == "image":
        image = _picture(data, number)
    else:
        raise UnreadableFile("tệp này không có ảnh trang", next_step="xem phần chữ")
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page in points.

    Raises `UnreadableFile` where the file has no pages to draw.
    """
    kind = sniff(data)
    if kind == "pdf":
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(data)
            return [document.get_page_size(number) for number in range(min(len(document), MAX_PAGES))]
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise UnreadableFile("không mở được tệp PDF", next_step="xem phần chữ") from error
    if kind == "image":
        return _picture_sizes(data)
    raise UnreadableFile("tệp này không có ảnh trang", next_step="xem phần chữ")


def _picture_sizes(data: bytes) -> list[tuple[float, float]]:
    from PIL import Image

    from vnlegal.readers.image import dots_an_inch

    out = []
    try:
        with Image.open(BytesIO(data)) as image:
            for number in range(min(getattr(image, "n_frames", 1), MAX_PAGES)):
                image.seek(number)
                inch = dots_an_inch(image)
                out.append((image.width * 72 / inch, image.height * 72 / inch))
    except (OSError, EOFError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("không mở được ảnh", next_step="xem phần chữ") from error
    return out


def _pdf_page(data: bytes, number: int, scale: float):  # type: ignore[no-untyped-def]
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(scale, _WIDEST / max(width, height, 1.0))
        return page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UnreadableFile(f"không vẽ được trang {number}", next_step="xem phần chữ") from error


def _picture(data: bytes, number: int):  # type: ignore[no-untyped-def]
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        image = Image.open(BytesIO(data))
        image.seek(number - 1)
        image.load()
    except (OSError, EOFError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"không vẽ được trang {number}", next_step="xem phần chữ") from error
    image.thumbnail((_WIDEST, _WIDEST))
    return image.convert("L" if image.mode in ("1", "L", "I;16") else "RGB")
