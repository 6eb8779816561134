"""The edited workbook comes back: what was changed goes into the history, what clashes is settled on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, Response

from vnlegal.errors import VnlegalError
from vnlegal.office.tasks import FIELDS, Clash, Edit, read_edits
from vnlegal.review.desk import At, Desk, Form, Language, Visitor, Writer, fragment, page
from vnlegal.review.forms import BadForm
from vnlegal.review.model import Conflict
from vnlegal.review.naming import file_name
from vnlegal.review.returned import named, one_edit, take_into, values_now
from vnlegal.review.words import STATUSES, Words, field_day

router = APIRouter(prefix="/import", include_in_schema=False)
_SHOWN = 300  # edits told one by one
_CLASHES = 2_000


@dataclass(frozen=True, slots=True)
class Told:
    """An edit or a clash as the page shows it: its task, the values as people write them, what can still be done.

    `doc` is None where the task is not under review here.
    """

    key: str
    field: str
    sheet: str
    row: int
    doc: int | None
    item: str
    text: str
    before: str
    now: str
    after: str
    typed: str
    base: int
    reason: str = ""


@router.get("")
def show(request: Request, desk: At, session: Visitor) -> HTMLResponse:
    """Show where the workbook goes in."""
    return page(request, "import.html", {}, session=session)


async def _workbook(request: Request, session: Writer) -> UploadFile | None:
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    return file if isinstance(file, UploadFile) and file.filename else None


@router.post("")
async def take(
    desk: At, session: Writer, words: Language, file: Annotated[UploadFile | None, Depends(_workbook)]
) -> Response:
    """Take a workbook, write what nobody else has changed, and show the rest to be settled."""
    if file is None:
        return _refused(words("choose_some"), words)
    data = await file.read(desk.settings.most_bytes + 1)
    name = file_name(file.filename or "")
    if len(data) > desk.settings.most_bytes:
        return _refused(words("too_large", name=name), words)
    try:
        context = await run_in_threadpool(_taken, desk, data, name, session.who, words)
    except VnlegalError as error:
        return _refused(f"{error.reason} → {error.next_step}" if error.next_step else error.reason, words)
    return HTMLResponse(fragment("import_result.html", words, context))


def _refused(reason: str, words: Words) -> HTMLResponse:
    return HTMLResponse(fragment("import_refused.html", words, {"reason": reason}), 422)


def _taken(desk: Desk, data: bytes, name: str, who: str, words: Words) -> dict[str, Any]:
    returned = take_into(desk.store, read_edits(data, name=name), who)
    return {
        "name": name,
        "rows": returned.rows,
        "edits": [_told(desk, edit, "", "", words) for edit in returned.edits[:_SHOWN]],
        "edited": len(returned.edits),
        "clashes": [_clash(desk, clash, words) for clash in returned.clashes[:_CLASHES]],
        "clashed": len(returned.clashes),
        "statuses": STATUSES,
    }


def _clash(desk: Desk, clash: Clash, words: Words) -> Told:
    return _told(desk, clash.edit, clash.now, clash.reason, words)


def _told(desk: Desk, edit: Edit, now: str, reason: str, words: Words) -> Told:
    doc, item = named(desk.store, edit.key)
    text = " ".join(str(item.value.get("text", "")).split()) if item else ""
    typed = field_day(edit.after) if edit.field == "due" else edit.after.replace("; ", "\n")
    return Told(
        edit.key, edit.field, edit.sheet, edit.row, doc, item.id if item else "", text,
        _said(edit.field, edit.before, words), _said(edit.field, now, words), _said(edit.field, edit.after, words),
        typed, item.version if item else 0, reason,
    )  # fmt: skip


def _said(field: str, value: str, words: Words) -> str:
    """Return a value as people write it."""
    if field == "status":
        return words.value(value)
    return field_day(value) if field == "due" and value[:4].isdigit() else value


@router.post("/settle")
def settle(desk: At, session: Writer, words: Language, form: Form) -> Response:
    """Write the value chosen for one clash, on the version that was shown; a newer one is shown instead."""
    key, field = form.get("key", ""), form.get("field", "")
    if field not in FIELDS:
        raise BadForm("field", "không có cột này", next_step="gửi lại tệp")
    base = form.get("base", "")
    edit = Edit(key, field, form.get("before", ""), form.get("value", ""), form.get("sheet", ""), 0)
    try:
        one_edit(desk.store, edit, int(base) if base.isdigit() else -1, session.who)
    except (BadForm, Conflict) as error:
        told = _told(desk, edit, _current(desk, edit), error.reason, words)
        return HTMLResponse(fragment("import_clash.html", words, {"one": told, "statuses": STATUSES}), 409)
    told = _told(desk, edit, "", "", words)
    return HTMLResponse(fragment("import_settled.html", words, {"one": told}))


def _current(desk: Desk, edit: Edit) -> str:
    _, item = named(desk.store, edit.key)
    return values_now(item)[edit.field] if item else ""
