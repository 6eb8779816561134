"""A document under review as it is read: its page, its items, its history, the news of others."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from vnlegal.review import cards
from vnlegal.review.answers import Doc, Name, Since, answer, card, shared
from vnlegal.review.desk import At, Desk, Language, Visitor, fragment, page
from vnlegal.review.downloads import downloads_of
from vnlegal.review.fold import in_order
from vnlegal.review.marks import chunks, marks_of
from vnlegal.review.model import DOCUMENT, Event, State
from vnlegal.review.pictures import has_pages
from vnlegal.review.suggest import named_here, suggested
from vnlegal.review.words import Words

router = APIRouter(prefix="/d/{doc}", include_in_schema=False)


@router.get("")
def letter(request: Request, doc: Doc, desk: At, session: Visitor, words: Language) -> Response:
    """Show a document under review, or how far its reading has come."""
    row = desk.store.document(doc)
    if row.status != "ready":
        return page(request, "waiting.html", {**_waiting(desk, row)}, session=session)
    content, standing = desk.store.content(doc), desk.store.standing(doc)
    items = in_order(standing.items.values())
    context = {
        "row": row,
        "kind": desk.kinds.get(row.kind, row.kind),
        "chunks": [Markup(piece) for piece in chunks(content.lines, marks_of(items))],
        "items": items,
        "asked": sum(item.is_doubtful for item in items),
        "downloads": downloads_of(row, words),
        "has_pages": has_pages(content),
        **shared(doc, standing, words),
    }
    return page(request, "letter.html", context, session=session)


@router.get("/waiting")
def waiting(doc: Doc, desk: At, session: Visitor, words: Language) -> Response:
    """Show how far the reading has come; where it has ended, the page is loaded anew."""
    row = desk.store.document(doc)
    if row.status == "ready":
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return HTMLResponse(fragment("progress.html", words, _waiting(desk, row)))


def _waiting(desk: Desk, row: Any) -> dict[str, Any]:
    done, pages = desk.readers.progress(row.id)
    return {"row": row, "done": done, "pages": pages}


@router.get("/i/{name}")
def item(doc: Doc, name: Name, desk: At, session: Visitor, words: Language) -> Response:
    """Show one item: what it says, what is asked about it, why it is there."""
    return HTMLResponse(card(desk, doc, name, words))


@router.get("/news")
def news(doc: Doc, desk: At, session: Visitor, words: Language, since: Since = 0) -> Response:
    """Tell what others have changed since the event `since`."""
    later = desk.store.events(doc, since=since)
    if not later:
        return Response(status_code=204)
    others = [event for event in later if event.who != session.who]
    told = words("others", who=others[-1].who, count=len({e.item for e in others})) if others else ""
    changed_ = [event.item for event in others]
    return answer(desk, doc, words, later, Markup(""), {"news": changed_, "say": told})


@router.get("/history")
def history(
    request: Request, doc: Doc, desk: At, session: Visitor, words: Language, item: str | None = None
) -> Response:
    """Show who changed what, when, in the whole document or in one item."""
    row = desk.store.document(doc)
    rows = []
    for event in reversed(desk.store.events(doc, item=item)):
        before = _told(event.before, event, words) if event.before else []
        after = _told(event.after, event, words)
        rows.append({
            "event": event,
            "before": [fact for fact in before if fact not in after],
            "after": [fact for fact in after if fact not in before],
        })  # fmt: skip
    context = {"row": row, "rows": rows, "doc": doc, "item": item, "cards": cards}
    return page(request, "history.html", context, session=session)


def _told(state: State, event: Event, words: Words) -> list[tuple[str, str]]:
    text = state.value.get("text")
    rows = [("", words(state.verdict))] if event.item != DOCUMENT else []
    return [*rows, *([(words("words_in_text"), str(text)[:300])] if text else []),
            *cards.facts(state.value, event.kind, words)]  # fmt: skip


@router.get("/suggest/{field}")
def suggest(doc: Doc, field: str, desk: At, session: Visitor, words: Language, q: str = "") -> Response:
    """Offer works or bodies whose names hold the letters typed."""
    here = desk.store.standing(doc).items.values()
    known, name = (desk.works, "target") if field == "target" else (desk.bodies, "canonical")
    found = suggested(q[:200], known, named_here(here, name))
    return HTMLResponse(fragment("options.html", words, {"found": found}))
