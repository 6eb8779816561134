"""The neighbourhood of a cited work: which documents under review name it, in which relation, in which words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Annotated

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from vnlegal.index import BadQuery, Filters
from vnlegal.records import Citation
from vnlegal.review.desk import At, Desk, Language, Visitor, page
from vnlegal.review.shelf import Entry
from vnlegal.review.words import Words

router = APIRouter(include_in_schema=False)
_MOST = 500  # mentions that are looked at
_DRAWN = 24  # documents in the picture
_RADIUS, _WIDTH, _HEIGHT = 190, 900, 520


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A document that names the work: its mentions by relation, the strongest relation first."""

    doc: int | None
    name: str
    date: str
    relations: tuple[str, ...]
    mentions: tuple[Entry, ...]


@router.get("/work")
def work(
    request: Request, desk: At, session: Visitor, words: Language, key: Annotated[str, Query(max_length=300)]
) -> HTMLResponse:
    """Show the documents around a work, as a picture and as a table."""
    found = neighbours(desk, key)
    title = next((one.label for one in desk.works if one.value == key), "")
    context = {"key": key, "title": title, "found": found, "picture": picture(key, found[:_DRAWN], words)}
    return page(request, "work.html", context, session=session)


def neighbours(desk: Desk, key: str) -> list[Neighbour]:
    """Return the documents that name the work with that key, those that name it most first."""
    try:
        found = desk.shelf.search("", "citation", Filters(law=key.partition("@")[0]), limit=_MOST)
    except BadQuery:
        return []
    by_document: dict[str, list[Entry]] = {}
    for hit in found:
        if isinstance(hit.row, Citation) and hit.row.target == key and hit.row.kind != "self":
            by_document.setdefault(hit.source, []).append(Entry.of(hit))
    rows = []
    for mentions in by_document.values():
        first = mentions[0]
        relations = dict.fromkeys(one.row.relation or "cites" for one in mentions)
        ordered = sorted(relations, key=lambda name: name == "cites")
        name = first.hit.number or first.source
        rows.append(Neighbour(first.doc, name, first.hit.date or "", tuple(ordered), tuple(mentions)))
    rows.sort(key=lambda row: (-len(row.mentions), row.name))
    return rows


def picture(key: str, found: list[Neighbour], words: Words) -> Markup:
    """Return an SVG with the work in the middle and the documents that name it round it; nothing for none."""
    if not found:
        return Markup("")
    out = []
    for number, one in enumerate(found):
        angle = 2 * math.pi * number / len(found) - math.pi / 2 + math.pi / len(found)
        x, y = 1.75 * _RADIUS * math.cos(angle), _RADIUS * math.sin(angle)
        kind = "near" if one.relations[0] != "cites" else "far"
        relation = escape(words.value(one.relations[0]))
        label = f'<text x="{x:.0f}" y="{y + 24:.0f}">{escape(_short(one.name))}</text>'
        dot = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="8"/>'
        inner = f'<a href="/d/{one.doc}#{escape(one.mentions[0].row.id)}">{dot}{label}</a>' if one.doc else dot + label
        out.append(
            f'<line class="{kind}" x1="0" y1="0" x2="{x:.0f}" y2="{y:.0f}"/>'
            f'<text class="said" x="{x * 0.55:.0f}" y="{y * 0.55:.0f}">{relation}</text>{inner}'
        )
    box = f"{-_WIDTH / 2:.0f} {-_HEIGHT / 2:.0f} {_WIDTH} {_HEIGHT}"
    middle = f'<circle class="middle" r="13"/><text class="name" y="32">{escape(_short(key, 48))}</text>'
    title = escape(words("around", name=key))
    return Markup(f'<svg class="around" viewBox="{box}" role="group" aria-label="{title}">{"".join(out)}{middle}</svg>')


def _short(words: str, most: int = 26) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
