"""What reviewers do to the items of a document: forms, verdicts, undo and redo, the sign-off."""

from __future__ import annotations

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from vnlegal.review import cards
from vnlegal.review.answers import Doc, Name, Since, done, item_of, say, shared
from vnlegal.review.desk import At, Desk, Form, Language, Visitor, Writer, fragment
from vnlegal.review.fold import in_order
from vnlegal.review.forms import FIELDS, BadForm, blank, changed, number, place, typed
from vnlegal.review.guesses import due_reader, guessed
from vnlegal.review.model import DOCUMENT, Action, Change, Conflict, Item, ReviewProblem, State, Value
from vnlegal.review.store import Standing
from vnlegal.review.words import MODALITIES, RELATIONS, STATUSES, Words

router = APIRouter(prefix="/d/{doc}", include_in_schema=False)


@router.get("/i/{name}/edit")
def edit_form(doc: Doc, name: Name, desk: At, session: Visitor, words: Language) -> Response:
    """Show the form of an item."""
    found = item_of(desk, doc, name)
    _not_signed(desk, doc, words)
    return HTMLResponse(_form(doc, found, typed(found), words, desk.store.standing(doc)))


@router.get("/new")
def new_form(
    doc: Doc, desk: At, session: Visitor, words: Language, kind: str = "citation", start: int = 0, end: int = 0
) -> Response:
    """Show the form of a new item over a stretch of the text, filled in with what the rules make of it."""
    text = desk.store.content(doc).text
    _not_signed(desk, doc, words)
    value = guessed(kind, blank(kind, start, end, text), desk.knowledge, _day(desk, doc))
    found = Item("new", kind, State("open", value))  # type: ignore[arg-type]
    return HTMLResponse(_form(doc, found, typed(found), words, desk.store.standing(doc)))


def _form(
    doc: int, found: Item, fields: dict[str, str], words: Words, standing: Standing, error: BadForm | None = None
) -> Markup:
    context = {
        "item": found,
        "fields": fields,
        "error": error,
        "shown_fields": FIELDS[found.kind],
        "modalities": MODALITIES,
        "statuses": STATUSES,
        "relations": RELATIONS,
        **shared(doc, standing, words),
    }
    return fragment("form.html", words, context)


@router.post("/new")
def add(doc: Doc, desk: At, session: Writer, words: Language, form: Form, since: Since = 0) -> Response:
    """Add an item that was missed."""
    _not_signed(desk, doc, words)
    kind = form.get("kind", "")
    text = desk.store.content(doc).text
    start = min(max(number(form, "start"), 0), len(text))
    empty = Item("new", kind, State("open", blank(kind, start, start, text)))  # type: ignore[arg-type]
    try:
        final = _added(desk, doc, empty, form)
    except BadForm as error:
        fields = {**typed(empty), **form}
        return HTMLResponse(_form(doc, empty, fields, words, desk.store.standing(doc), error), 422)
    made = desk.store.act(doc, session.who, "add", [Change("", 0, State("accepted", final), empty.kind)])
    return done(desk, doc, words, made, since, select=made[0].item)


def _added(desk: Desk, doc: int, empty: Item, form: dict[str, str]) -> Value:
    """Return the value of a new item: what the rules read in its words, under what was typed. Raises `BadForm`.

    Where the form has shown what the rules read, a field that was emptied stays empty.
    """
    text, day = desk.store.content(doc).text, _day(desk, doc)
    start, end = place(text, form.get("words", ""), number(form, "start"), number(form, "end"), near=empty.start)
    value = guessed(empty.kind, blank(empty.kind, start, end, text), desk.knowledge, day)
    fields = form if form.get("guessed") else {name: said for name, said in form.items() if said.strip()}
    return changed(
        Item("new", empty.kind, State("open", value)), fields, text, read_due=due_reader(desk.knowledge, day)
    )


def _day(desk: Desk, doc: int) -> str | None:
    """Return the day of a document, from which its deadlines count."""
    return desk.store.content(doc).analysis.document.date


@router.post("/i/{name}/{action}")
def act(
    doc: Doc, name: Name, action: str, desk: At, session: Writer, words: Language, form: Form, since: Since = 0
) -> Response:
    """Accept, reject, edit an item, or leave it undecided again; a conflict shows both versions."""
    verdicts = {"accept": "accepted", "reject": "rejected", "edit": "accepted", "reopen": "open"}
    if action not in verdicts:
        raise ReviewProblem("không có việc này", next_step="tải lại trang")
    found = item_of(desk, doc, name)
    _not_signed(desk, doc, words)
    value = found.value
    if action == "edit" or (found.kind == "finding" and "note" in form):
        try:
            read_due = due_reader(desk.knowledge, _day(desk, doc))
            value = changed(found, form, desk.store.content(doc).text, read_due=read_due)
        except BadForm as error:
            return HTMLResponse(
                _form(doc, found, {**typed(found), **form}, words, desk.store.standing(doc), error), 422
            )
    wanted = State(verdicts[action], value)  # type: ignore[arg-type]
    change = Change(name, number(form, "base"), wanted)
    try:
        made = desk.store.act(doc, session.who, action, [change])  # type: ignore[arg-type]
    except Conflict as conflict:
        return HTMLResponse(_conflict(desk, doc, action, form, conflict, words), 409)
    return done(desk, doc, words, made, since, go=action in ("accept", "reject"))


def _conflict(desk: Desk, doc: int, action: str, form: dict[str, str], conflict: Conflict, words: Words) -> Markup:
    kind = conflict.item.kind
    context = {
        "item": conflict.item,
        "action": action,
        "form": {name: value for name, value in form.items() if name != "base"},
        "theirs": cards.facts(conflict.item.value, kind, words),
        "mine": cards.facts(conflict.wanted.value, kind, words),
        "wanted": conflict.wanted,
        **shared(doc, desk.store.standing(doc), words),
    }
    return fragment("conflict.html", words, context)


@router.post("/sure")
def accept_sure(doc: Doc, desk: At, session: Writer, words: Language, form: Form, since: Since = 0) -> Response:
    """Accept every undecided item that nothing is doubtful about, of the kind named or of all, as one step."""
    _not_signed(desk, doc, words)
    kind = form.get("kind", "")
    changes = [
        Change(one.id, one.version, State("accepted", one.value))
        for one in in_order(desk.store.standing(doc).items.values())
        if one.verdict == "open" and not one.is_doubtful and kind in ("", one.kind)
    ]
    if not changes:
        return say(words("nothing_left"))
    made = desk.store.act(doc, session.who, "accept", changes)
    return done(desk, doc, words, made, since, told=words("accept_sure_told", count=len(made)))


@router.post("/step/{way}")
def step(doc: Doc, way: str, desk: At, session: Writer, words: Language, since: Since = 0) -> Response:
    """Undo or redo the last step of this reviewer."""
    if way not in ("undo", "redo"):
        raise ReviewProblem("không có việc này", next_step="tải lại trang")
    action: Action = "undo" if way == "undo" else "redo"
    try:
        made = desk.store.step(doc, session.who, action)
    except Conflict as conflict:
        return say(words("undo_conflict", who=conflict.item.who, id=conflict.item.id))
    if not made:
        return say(words("nothing_to_undo" if way == "undo" else "nothing_to_redo"))
    return done(desk, doc, words, made, since, select=made[0].item)


@router.post("/sign/{way}")
def sign(doc: Doc, way: str, desk: At, session: Writer, words: Language, form: Form) -> Response:
    """Sign a document off, or open it again."""
    found = desk.store.item(doc, DOCUMENT)
    signing = way == "on"
    value = {"who": session.who} if signing else {}
    change = Change(DOCUMENT, number(form, "base"), State("accepted" if signing else "open", value))
    if found.verdict != change.after.verdict:
        desk.store.act(doc, session.who, "sign" if signing else "unsign", [change])
    return Response(status_code=204, headers={"HX-Refresh": "true"})


def _not_signed(desk: Desk, doc: int, words: Words) -> None:
    if desk.store.item(doc, DOCUMENT).verdict == "accepted":
        raise ReviewProblem(words("is_signed"))
