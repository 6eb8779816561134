"""What a change on the page of a document is answered with: a card, and the pieces of the page that changed with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import Path, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from vnlegal.review import cards
from vnlegal.review.desk import Desk, fragment
from vnlegal.review.fold import counts, in_order
from vnlegal.review.marks import line_html, marks_of, stands_in
from vnlegal.review.model import DOCUMENT, Event, Item, NoSuchThing
from vnlegal.review.pictures import changed_overlays
from vnlegal.review.store import Content, Standing
from vnlegal.review.words import Words

_MANY = 60  # changed items above which the page is asked for anew
_LONGEST = 300  # code points of the text shown below a finding
Doc = Annotated[int, Path(ge=1, le=2**53)]
Name = Annotated[str, Path(pattern=r"^[a-z]{1,3}\d*$", max_length=12)]
Since = Annotated[int, Query(ge=0, le=2**53)]


def shared(doc: int, standing: Standing, words: Words) -> dict[str, Any]:
    """Return what most pieces of the page need."""
    document = standing.items[DOCUMENT]
    return {
        "doc": doc,
        "cards": cards,
        "counts": counts(standing.items.values()),
        "last": standing.last,
        "document": document,
        "is_signed": document.verdict == "accepted",
    }


def item_of(desk: Desk, doc: int, name: str) -> Item:
    """Return an item that has a card. Raises `NoSuchThing`, also for the document as a whole, which has none."""
    if name == DOCUMENT:
        raise NoSuchThing("mục này không có thẻ", next_step="chọn một mục trong danh sách")
    return desk.store.item(doc, name)


def card(desk: Desk, doc: int, name: str, words: Words) -> Markup:
    """Return the card of an item."""
    found = item_of(desk, doc, name)
    content, standing = desk.store.content(doc), desk.store.standing(doc)
    context = {
        "item": found,
        "stretch": " ".join(content.text[found.start : found.end].split())[:_LONGEST],
        "facts": cards.facts(found.value, found.kind, words),
        "why": cards.why(found, content, standing.items, words),
        "findings": cards.findings_on(found, standing.items),
        "refs": [standing.items[r] for r in found.value.get("refs") or () if r in standing.items],
        **shared(doc, standing, words),
    }
    return fragment("card.html", words, context)


def say(words: str) -> Response:
    """Answer with words for the head of the page."""
    return Response(status_code=204, headers={"HX-Trigger": json.dumps({"say": words})})


def done(
    desk: Desk,
    doc: int,
    words: Words,
    made: list[Event],
    since: int,
    *,
    select: str = "",
    go: bool = False,
    told: str = "",
) -> Response:
    """Answer a change: the card of the item, and everything on the page that changed with it."""
    if len({event.item for event in made}) > _MANY:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    later = desk.store.events(doc, since=min(since, made[0].id - 1)) if since else made
    gone = made[0].after.verdict == "gone"
    shown = Markup("") if gone or made[0].kind == "document" else card(desk, doc, made[0].item, words)
    acted = {"item": made[0].item, "go": go, "select": select if not gone else ""}
    news: dict[str, Any] = {"acted": acted, "say": told} if told else {"acted": acted}
    return answer(desk, doc, words, later, shown, news)


def answer(desk: Desk, doc: int, words: Words, later: list[Event], shown: Markup, told: dict[str, Any]) -> Response:
    """Return a piece for the card, with pieces that replace the rows, lines and counts that the events changed."""
    if len({event.item for event in later}) > _MANY:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    content, standing = desk.store.content(doc), desk.store.standing(doc)
    touched = [standing.items[name] for name in dict.fromkeys(event.item for event in later)]
    added = any(event.action == "add" or "gone" in (event.after.verdict, _verdict(event)) for event in later)
    items = in_order(standing.items.values()) if added else []
    context = {
        "changed": [one for one in touched if one.kind != "document"],
        "items": items,
        "asked": sum(one.is_doubtful for one in items),
        "lines": list(_lines(content, standing.items.values(), later)),
        "overlays": changed_overlays(desk, doc, content, standing, later),
        **shared(doc, standing, words),
    }
    headers = {"HX-Trigger-After-Swap": json.dumps(told)}
    return HTMLResponse(shown + fragment("changes.html", words, context), headers=headers)


def _verdict(event: Event) -> str:
    return event.before.verdict if event.before else ""


def _lines(content: Content, items: Iterable[Item], later: Iterable[Event]) -> Iterable[Markup]:
    """Return the lines that the events may have changed."""
    lines = content.lines
    numbers: set[int] = set()
    for event in later:
        for state in (event.before, event.after):
            if state is None or event.kind == "document":
                continue
            numbers.update(lines.touched(state.value["start"], state.value["end"]))
            deadline = state.value.get("deadline")
            if deadline:
                numbers.update(lines.touched(deadline["start"], deadline["end"]))
    spans = [lines.span(number) for number in sorted(numbers)]
    near = marks_of(item for item in items if any(stands_in(item, start, end) for start, end in spans))
    return (Markup(line_html(lines, number, near, swap=True)) for number in sorted(numbers))
