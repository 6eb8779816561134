"""`vnlegal page`: one page of a PDF or a scan as a picture, with what was found boxed on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from vnlegal.cli.base import Command, knowledge_option, say
from vnlegal.cli.one import one_input, unread_is_3
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.knowledge import load_knowledge
from vnlegal.office.digest import plain
from vnlegal.records import Analysis, Layout, PlaceSpan

_COLOURS = {"citation": (20, 80, 200), "deadline": (0, 130, 60)}
_PAD = 1.5  # points around the words


@dataclass(frozen=True, slots=True)
class Boxed:
    """Something found on the page: its label, what it is, how it reads, and its places there."""

    label: str
    kind: str
    words: str
    places: tuple[PlaceSpan, ...]


@click.command(cls=Command, example="vnlegal page congvan.pdf --page 1 --out trang1.png")
@click.argument("path", metavar="PATH")
@click.option(
    "--page", "number", type=click.IntRange(min=1), default=1, metavar="N", help="Trang thứ mấy (mặc định: 1)."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Tệp ảnh PNG (mặc định: TÊN-trang-N.png).")
@click.option("--dpi", type=click.IntRange(min=40, max=400), default=150, metavar="N", help="Độ phân giải của ảnh.")
@knowledge_option
def page(path: str, number: int, out: Path | None, dpi: int, knowledge: Path | None) -> None:
    """Vẽ một trang của PDF hoặc bản quét, đóng khung các viện dẫn và thời hạn tìm thấy trên trang.

    Khung xanh dương là viện dẫn, xanh lục là thời hạn của nhiệm vụ; danh sách in ra theo nhãn của khung.
    """
    from vnlegal.pipeline import analyze
    from vnlegal.readers.page_image import page_image

    knowledge_of(knowledge)
    item = one_input(path)
    with unread_is_3():
        try:
            data = item.data if item.path is None else item.path.read_bytes()
        except OSError:
            data = b""  # reading the document says what is wrong
        document = item.read(knowledge)
        image, scale = page_image(data, number, name=item.source, dpi=dpi)
    analysis = analyze(document, knowledge=load_knowledge(knowledge))
    found = list(boxed(analysis, document.layout or Layout(), number))
    draw(image, scale, found)
    png = BytesIO()
    image.save(png, "PNG")
    target = out or Path(f"{item.stem}-trang-{number}.png")
    with Target(target) as file:
        file.write_bytes(png.getvalue())
    for one in found:
        click.echo(f"{one.label:4} {plain(one.words)}")
    say(f"{target}: trang {number}, {len(found)} khung")


def boxed(analysis: Analysis, layout: Layout, number: int) -> Iterator[Boxed]:
    """Yield the citations and deadlines that stand on page `number`, in text order."""
    spans = [
        (c.start, c.end, c.id, "citation", " → ".join(filter(None, (c.text, c.target)))) for c in analysis.citations
    ]
    for task in analysis.tasks:
        due = task.deadline
        if due is not None and not due.inherited:
            spans.append((due.start, due.end, task.id, "deadline", " → ".join(filter(None, (due.text, due.due)))))
    for start, end, label, kind, words in sorted(spans):
        places = tuple(p for p in layout.places_of(start, end) if p.page == number and p.box is not None)
        if places:
            yield Boxed(label, kind, words, places)


def draw(image: Any, scale: float, found: list[Boxed]) -> None:
    """Draw a box around every place, with its label above the first one."""
    from PIL import ImageDraw, ImageFont

    pen = ImageDraw.Draw(image)
    size = max(10, round(7 * scale))
    font = ImageFont.load_default(size)
    for one in found:
        colour = _COLOURS[one.kind]
        for n, place in enumerate(one.places):
            left, top, right, bottom = place.box or (0, 0, 0, 0)
            box = [(left - _PAD) * scale, (top - _PAD) * scale, (right + _PAD) * scale, (bottom + _PAD) * scale]
            pen.rectangle(box, outline=colour, width=max(1, round(scale)))
            if n == 0:
                wide = pen.textlength(one.label, font=font)
                pen.rectangle([box[0], box[1] - size, box[0] + wide + 4, box[1]], fill=colour)
                pen.text((box[0] + 2, box[1] - size), one.label, fill="white", font=font)
