"""The pages of a PDF or a scan as pictures, with the marks of the items drawn where their words stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter
from markupsafe import Markup
from starlette.responses import HTMLResponse, JSONResponse, Response

from vnlegal.records import Layout
from vnlegal.review.boxes import words_under
from vnlegal.review.desk import At, Desk, Language, Visitor, fragment
from vnlegal.review.marks import Mark, marks_of
from vnlegal.review.model import Event, Item, NoSuchThing
from vnlegal.review.reading import Job
from vnlegal.review.store import Content, Standing

router = APIRouter(prefix="/d/{doc}", include_in_schema=False)
_SCALE = 1.8  # pixels a point
_WAIT = 60.0
_ORDER = ("tas", "off", "fin", "age", "due", "cit")  # what is drawn later lies above and takes the click
Number = Annotated[int, PathParameter(ge=1, le=6_000)]
Doc = Annotated[int, PathParameter(ge=1, le=2**53)]
Corners = Annotated[str, Query(pattern=r"^-?\d{1,6}(\.\d{1,3})?(,-?\d{1,6}(\.\d{1,3})?){3}$")]


def has_pages(content: Content) -> bool:
    """Whether the pages of a document can be shown as pictures."""
    return content.analysis.document.format in ("pdf", "image") and content.layout is not None


@router.get("/pages")
def pages(doc: Doc, desk: At, session: Visitor, words: Language) -> Response:
    """Show all pages with their marks; each picture is fetched when it comes into view."""
    content = desk.store.content(doc)
    sizes = _sizes(desk, doc, content)
    drawn = _drawn(content, marks_of(desk.store.standing(doc).items.values()))
    sheets = [
        {"number": n, "width": round(width), "height": round(height), "overlay": _overlay(n, width, height, drawn)}
        for n, (width, height) in enumerate(sizes, 1)
    ]
    return HTMLResponse(fragment("pages.html", words, {"doc": doc, "sheets": sheets}))


@router.get("/page/{number}.png")
def picture(doc: Doc, number: Number, desk: At, session: Visitor) -> Response:
    """Send one page as PNG, drawn once."""
    row = desk.store.document(doc)
    _sizes(desk, doc, desk.store.content(doc))
    kept = desk.store.folder / "work" / f"{row.sha256}.{number}.png"
    if not kept.is_file():
        data = desk.painter().run(Job(desk.store.path_of(row.sha256), row.name, page=number, scale=_SCALE), _WAIT)
        half = kept.with_suffix(".part")
        half.write_bytes(data)
        half.replace(kept)
    return Response(kept.read_bytes(), media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@router.get("/under/{number}")
def under(doc: Doc, number: Number, desk: At, session: Visitor, box: Corners) -> Response:
    """Tell which words of the text stand under a box on a page: `box` is left, top, right, bottom in points."""
    content = desk.store.content(doc)
    left, top, right, bottom = (float(corner) for corner in box.split(","))
    found = words_under(content.layout or Layout(), content.text, number, (left, top, right, bottom))
    if found is None:
        return Response(status_code=204)
    start, end = found
    return JSONResponse({"start": start, "end": end, "words": content.text[start:end]})


def _sizes(desk: Desk, doc: int, content: Content) -> list[tuple[float, float]]:
    """Return the sizes of the pages in points. Raises `NoSuchThing` where the file has none."""
    if not has_pages(content):
        raise NoSuchThing("văn bản này không có ảnh trang", next_step="xem phần chữ")
    row = desk.store.document(doc)
    kept = desk.store.folder / "work" / f"{row.sha256}.sizes"
    if not kept.is_file():
        kept.write_bytes(desk.painter().run(Job(desk.store.path_of(row.sha256), row.name, page=-1), _WAIT))
    return list(_read_sizes(kept))


@lru_cache(maxsize=32)
def _read_sizes(path: Path) -> tuple[tuple[float, float], ...]:
    return tuple((float(width), float(height)) for width, height in json.loads(path.read_bytes()))


Drawn = dict[int, list[tuple[Mark, tuple[float, float, float, float]]]]


def _drawn(content: Content, marks: Iterable[Mark]) -> Drawn:
    """Return for each page the marks on it with their boxes."""
    out: Drawn = {}
    layout = content.layout or Layout()
    for mark in marks:
        for place in layout.places_of(mark.start, mark.end):
            if place.page is not None and place.box is not None and place.file is None:
                out.setdefault(place.page, []).append((mark, place.box))
    return out


def _overlay(number: int, width: float, height: float, drawn: Drawn, *, swap: bool = False) -> Markup:
    """Return the marks of one page as SVG."""
    rows = sorted(drawn.get(number, ()), key=lambda row: _ORDER.index(row[0].name))
    boxes = "".join(
        f'<rect class="m {mark.name}" data-i="{escape(mark.item)}" x="{left - 1:.1f}" y="{top - 1:.1f}" '
        f'width="{max(right - left, 1) + 2:.1f}" height="{max(bottom - top, 1) + 2:.1f}" rx="1.5"/>'
        for mark, (left, top, right, bottom) in rows
    )
    extra = ' hx-swap-oob="true"' if swap else ""
    return Markup(
        f'<svg id="o{number}" viewBox="0 0 {width:.1f} {height:.1f}" preserveAspectRatio="none" '
        f'aria-hidden="true"{extra}>{boxes}</svg>'
    )


def changed_overlays(
    desk: Desk, doc: int, content: Content, standing: Standing, later: Sequence[Event]
) -> list[Markup]:
    """Return the marks of the pages that events have changed; nothing where the pages were never shown."""
    if not has_pages(content):
        return []
    kept = desk.store.folder / "work" / f"{desk.store.document(doc).sha256}.sizes"
    if not kept.is_file():
        return []
    sizes, layout = _read_sizes(kept), content.layout or Layout()
    numbers = {
        place.page
        for event in later
        for state in (event.before, event.after)
        if state is not None and event.kind != "document"
        for span in (state.value, state.value.get("deadline") or state.value)
        for place in layout.places_of(span["start"], span["end"])
        if place.page is not None and place.page <= len(sizes)
    }
    near = [item for item in standing.items.values() if _on(item, layout, numbers)]
    drawn = _drawn(content, marks_of(near))
    return [_overlay(n, *sizes[n - 1], drawn, swap=True) for n in sorted(numbers)]


def _on(item: Item, layout: Layout, numbers: set[int]) -> bool:
    """Whether an item may have a mark on one of the pages."""
    if item.kind == "document":
        return False
    spans = [item.value, item.value.get("deadline") or item.value]
    return any(place.page in numbers for span in spans for place in layout.places_of(span["start"], span["end"]))
