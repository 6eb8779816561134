"""A document under review: its page, its items, and what reviewers do to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from vnlegal.review import cards
from vnlegal.review.desk import At, Desk, Form, Language, Visitor, Writer, fragment, page
from vnlegal.review.downloads import downloads_of
from vnlegal.review.fold import counts, in_order
from vnlegal.review.forms import BadForm, blank, changed
from vnlegal.review.marks import chunks, line_html, marks_of, stands_in
from vnlegal.review.model import DOCUMENT, Action, Change, Conflict, Event, Item, ReviewProblem, State, Value
from vnlegal.review.pictures import changed_overlays, has_pages
from vnlegal.review.store import Content, Standing
from vnlegal.review.suggest import named_here, suggested
from vnlegal.review.words import MODALITIES, RELATIONS, STATUSES, Words

router = APIRouter(prefix="/d/{doc}", include_in_schema=False)
_MANY = 60  # changed items above which the page is asked for anew
_LONGEST = 2_000  # code points of a selection that is analyzed to fill in a new item
Name = Annotated[str, Path(pattern=r"^[a-z]{1,3}\d*$", max_length=12)]
Since = Annotated[int, Query(ge=0)]


@router.get("")
def letter(request: Request, doc: int, desk: At, session: Visitor, words: Language) -> Response:
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
        **_shared(doc, standing, words),
    }
    return page(request, "letter.html", context, session=session)


@router.get("/waiting")
def waiting(doc: int, desk: At, session: Visitor, words: Language) -> Response:
    """Show how far the reading has come; where it has ended, the page is loaded anew."""
    row = desk.store.document(doc)
    if row.status == "ready":
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return HTMLResponse(fragment("progress.html", words, _waiting(desk, row)))


def _waiting(desk: Desk, row: Any) -> dict[str, Any]:
    done, pages = desk.readers.progress(row.id)
    return {"row": row, "done": done, "pages": pages}


def _shared(doc: int, standing: Standing, words: Words) -> dict[str, Any]:
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


@router.get("/i/{name}")
def item(doc: int, name: Name, desk: At, session: Visitor, words: Language) -> Response:
    """Show one item: what it says, what is asked about it, why it is there."""
    return HTMLResponse(card(desk, doc, name, words))


def card(desk: Desk, doc: int, name: str, words: Words) -> Markup:
    """Return the card of an item."""
    found = desk.store.item(doc, name)
    standing = desk.store.standing(doc)
    context = {
        "item": found,
        "facts": cards.facts(found.value, found.kind, words),
        "why": cards.why(found, desk.store.content(doc), standing.items, words),
        "findings": cards.findings_on(found, standing.items),
        "refs": [standing.items[r] for r in found.value.get("refs") or () if r in standing.items],
        **_shared(doc, standing, words),
    }
    return fragment("card.html", words, context)


@router.get("/i/{name}/edit")
def edit_form(doc: int, name: Name, desk: At, session: Visitor, words: Language) -> Response:
    """Show the form of an item."""
    found = desk.store.item(doc, name)
    _not_signed(desk, doc, words)
    return HTMLResponse(_form(doc, found, _typed(found), words, desk.store.standing(doc)))


@router.get("/new")
def new_form(
    doc: int, desk: At, session: Visitor, words: Language, kind: str = "citation", start: int = 0, end: int = 0
) -> Response:
    """Show the form of a new item over a stretch of the text, filled in with what the rules make of it."""
    text = desk.store.content(doc).text
    _not_signed(desk, doc, words)
    value = _guessed(desk, kind, blank(kind, start, end, text))
    found = Item("new", kind, State("open", value))  # type: ignore[arg-type]
    return HTMLResponse(_form(doc, found, _typed(found), words, desk.store.standing(doc)))


def _guessed(desk: Desk, kind: str, value: Value) -> Value:
    """Return a new item with what the rules read in its words."""
    words = value["text"]
    if not words.strip() or len(words) > _LONGEST:
        return value
    from vnlegal.pipeline import analyze

    analysis = analyze(words, knowledge=desk.knowledge)
    if kind == "citation" and analysis.citations:
        wanted = ("kind", "doc_type", "number", "number_as_written", "date", "issuer", "title", "target", "relation")
        return value | analysis.citations[0].model_dump(mode="json", include=set(wanted))
    if kind == "agency":
        names = [(a.canonical, a.kind) for a in analysis.agencies] or [(" ".join(words.split()), "agency")]
        return value | {"canonical": names[0][0], "kind": names[0][1]}
    return value


def _typed(found: Item) -> dict[str, str]:
    """Return the fields of an item as its form shows them."""
    from vnlegal.review.words import field_day

    value = found.value
    deadline = value.get("deadline") or {}
    fields = {"words": value.get("text", ""), "start": str(found.start), "end": str(found.end)}
    for name in ("target", "number", "title", "issuer", "relation", "canonical", "modality", "status", "note"):
        fields[name] = str(value.get(name) or "")
    fields["date"] = field_day(value.get("date"))
    fields |= {"deadline": " ".join(deadline.get("text", "").split()), "due": field_day(deadline.get("due"))}
    for role in ("leads", "coordinators", "approvers"):
        fields[role] = "\n".join(actor["canonical"] for actor in value.get(role) or ())
    return fields


def _form(
    doc: int, found: Item, fields: dict[str, str], words: Words, standing: Standing, error: BadForm | None = None
) -> Markup:
    context = {
        "item": found,
        "fields": fields,
        "error": error,
        "modalities": MODALITIES,
        "statuses": STATUSES,
        "relations": RELATIONS,
        **_shared(doc, standing, words),
    }
    return fragment("form.html", words, context)


@router.post("/new")
def add(doc: int, desk: At, session: Writer, words: Language, form: Form, since: Since = 0) -> Response:
    """Add an item that was missed."""
    text = desk.store.content(doc).text
    _not_signed(desk, doc, words)
    kind = form.get("kind", "")
    empty = Item("new", kind, State("open", _guessed(desk, kind, blank(kind, 0, 0, text))))  # type: ignore[arg-type]
    try:
        near = form.get("start", "")
        value = {**empty.value, "start": int(near) if near.isdigit() else 0}
        guessed = Item("new", empty.kind, State("open", value))
        final = changed(guessed, form, text)
        if kind == "citation":
            final = {**_guessed(desk, kind, final), **{k: final[k] for k in ("id", "start", "end", "text")}}
            final = changed(Item("new", "citation", State("open", final)), form, text)
    except BadForm as error:
        return HTMLResponse(_form(doc, empty, form, words, desk.store.standing(doc), error), 422)
    made = desk.store.act(doc, session.who, "add", [Change("", 0, State("accepted", final), empty.kind)])
    return _done(desk, doc, words, made, since, select=made[0].item)


@router.post("/i/{name}/{action}")
def act(
    doc: int, name: Name, action: str, desk: At, session: Writer, words: Language, form: Form, since: Since = 0
) -> Response:
    """Accept, reject, edit an item, or leave it undecided again; a conflict shows both versions."""
    verdicts = {"accept": "accepted", "reject": "rejected", "edit": "accepted", "reopen": "open"}
    if action not in verdicts or name == DOCUMENT:
        raise ReviewProblem("không có việc này", next_step="tải lại trang")
    found = desk.store.item(doc, name)
    _not_signed(desk, doc, words)
    value = found.value
    if action == "edit" or (found.kind == "finding" and "note" in form):
        try:
            value = changed(found, form, desk.store.content(doc).text)
        except BadForm as error:
            return HTMLResponse(_form(doc, found, form, words, desk.store.standing(doc), error), 422)
    base = form.get("base", "")
    wanted = State(verdicts[action], value)  # type: ignore[arg-type]
    change = Change(name, int(base) if base.isdigit() else -1, wanted)
    try:
        made = desk.store.act(doc, session.who, action, [change])  # type: ignore[arg-type]
    except Conflict as conflict:
        return HTMLResponse(_conflict(desk, doc, action, form, conflict, words), 409)
    return _done(desk, doc, words, made, since, go=action in ("accept", "reject"))


def _conflict(desk: Desk, doc: int, action: str, form: dict[str, str], conflict: Conflict, words: Words) -> Markup:
    kind = conflict.item.kind
    context = {
        "item": conflict.item,
        "action": action,
        "form": {name: value for name, value in form.items() if name != "base"},
        "theirs": cards.facts(conflict.item.value, kind, words),
        "mine": cards.facts(conflict.wanted.value, kind, words),
        "wanted": conflict.wanted,
        **_shared(doc, desk.store.standing(doc), words),
    }
    return fragment("conflict.html", words, context)


@router.post("/sure")
def accept_sure(doc: int, desk: At, session: Writer, words: Language, form: Form, since: Since = 0) -> Response:
    """Accept every undecided item that nothing is doubtful about, of the kind named or of all, as one step."""
    _not_signed(desk, doc, words)
    kind = form.get("kind", "")
    changes = [
        Change(one.id, one.version, State("accepted", one.value))
        for one in in_order(desk.store.standing(doc).items.values())
        if one.verdict == "open" and not one.is_doubtful and kind in ("", one.kind)
    ]
    if not changes:
        return _say(words("nothing_left"))
    made = desk.store.act(doc, session.who, "accept", changes)
    return _done(desk, doc, words, made, since, say=words("accept_sure_told", count=len(made)))


@router.post("/step/{way}")
def step(doc: int, way: str, desk: At, session: Writer, words: Language, since: Since = 0) -> Response:
    """Undo or redo the last step of this reviewer."""
    if way not in ("undo", "redo"):
        raise ReviewProblem("không có việc này", next_step="tải lại trang")
    action: Action = "undo" if way == "undo" else "redo"
    try:
        made = desk.store.step(doc, session.who, action)
    except Conflict as conflict:
        return _say(words("undo_conflict", who=conflict.item.who, id=conflict.item.id))
    if not made:
        return _say(words("nothing_to_undo" if way == "undo" else "nothing_to_redo"))
    return _done(desk, doc, words, made, since, select=made[0].item)


@router.post("/sign/{way}")
def sign(doc: int, way: str, desk: At, session: Writer, words: Language, form: Form) -> Response:
    """Sign a document off, or open it again."""
    found = desk.store.item(doc, DOCUMENT)
    signing = way == "on"
    value = {"who": session.who} if signing else {}
    base = form.get("base", "")
    change = Change(DOCUMENT, int(base) if base.isdigit() else -1, State("accepted" if signing else "open", value))
    if found.verdict != change.after.verdict:
        desk.store.act(doc, session.who, "sign" if signing else "unsign", [change])
    return Response(status_code=204, headers={"HX-Refresh": "true"})


@router.get("/news")
def news(doc: int, desk: At, session: Visitor, words: Language, since: Since = 0) -> Response:
    """Tell what others have changed since the event `since`."""
    later = desk.store.events(doc, since=since)
    if not later:
        return Response(status_code=204)
    others = [event for event in later if event.who != session.who]
    told = words("others", who=others[-1].who, count=len({e.item for e in others})) if others else ""
    changed_ = [event.item for event in others]
    return _answer(desk, doc, words, later, Markup(""), {"news": changed_, "say": told})


@router.get("/history")
def history(
    request: Request, doc: int, desk: At, session: Visitor, words: Language, item: str | None = None
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
def suggest(doc: int, field: str, desk: At, session: Visitor, words: Language, q: str = "") -> Response:
    """Offer works or bodies whose names hold the letters typed."""
    here = desk.store.standing(doc).items.values()
    known, name = (desk.works, "target") if field == "target" else (desk.bodies, "canonical")
    found = suggested(q[:200], known, named_here(here, name))
    return HTMLResponse(fragment("options.html", words, {"found": found}))


def _not_signed(desk: Desk, doc: int, words: Words) -> None:
    if desk.store.item(doc, DOCUMENT).verdict == "accepted":
        raise ReviewProblem(words("is_signed"))


def _say(words: str) -> Response:
    return Response(status_code=204, headers={"HX-Trigger": json.dumps({"say": words})})


def _done(
    desk: Desk,
    doc: int,
    words: Words,
    made: list[Event],
    since: int,
    *,
    select: str = "",
    go: bool = False,
    say: str = "",
) -> Response:
    """Answer a change: the card of the item, and everything on the page that changed with it."""
    if len({event.item for event in made}) > _MANY:
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    later = desk.store.events(doc, since=min(since, made[0].id - 1)) if since else made
    gone = made[0].after.verdict == "gone"
    shown = Markup("") if gone or made[0].kind == "document" else card(desk, doc, made[0].item, words)
    told: dict[str, Any] = {"acted": {"item": made[0].item, "go": go, "select": select and not gone and select}}
    if say:
        told["say"] = say
    return _answer(desk, doc, words, later, shown, told)


def _answer(desk: Desk, doc: int, words: Words, later: list[Event], shown: Markup, told: dict[str, Any]) -> Response:
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
        **_shared(doc, standing, words),
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
