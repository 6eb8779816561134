"""The list of documents and the way in: files, sessions, language, light and dark."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from vnlegal.readers import SUFFIXES
from vnlegal.review.desk import LANGUAGE, THEME, At, Desk, Form, Language, Visitor, Writer, fragment, page
from vnlegal.review.guard import COOKIE
from vnlegal.review.model import ReviewProblem
from vnlegal.review.naming import file_name
from vnlegal.review.removal import put_back, removed
from vnlegal.review.tables import inbox_sheet, send_sheet
from vnlegal.review.words import Words

router = APIRouter(include_in_schema=False)
_SHOWN = 100


@router.get("/")
def inbox(request: Request, desk: At, session: Visitor, start: int = 0) -> HTMLResponse:
    """Show the list of documents and the drop zone."""
    context = {**rows_of(desk, max(start, 0)), "limits": _limits(desk), "suffixes": ",".join(sorted(SUFFIXES))}
    return page(request, "inbox.html", context, session=session)


@router.get("/rows")
def rows(desk: At, session: Visitor, words: Language, start: int = 0) -> HTMLResponse:
    """Return the rows of the list, asked for again while something is being read."""
    return HTMLResponse(fragment("rows.html", words, rows_of(desk, max(start, 0))))


def rows_of(desk: Desk, start: int) -> dict[str, Any]:
    """Return what the list shows."""
    all_ = desk.store.documents()
    shown = []
    for row in all_[start : start + _SHOWN]:
        done, pages = desk.readers.progress(row.id) if row.status == "reading" else (0, 0)
        shown.append({"row": row, "done": done, "pages": pages, "kind": desk.kinds.get(row.kind, row.kind)})
    waiting = any(row.status in ("queued", "reading") for row in all_)
    return {
        "rows": shown, "waiting": waiting, "start": start, "step": _SHOWN, "total": len(all_),
        "removed": removed(desk.store),
    }  # fmt: skip


@router.get("/inbox.{form}")
def table(form: str, desk: At, session: Visitor) -> Response:
    """Send the list of documents as a table."""
    return send_sheet([inbox_sheet(desk.store.documents(), desk.kinds)], form, "van-ban")


def _limits(desk: Desk) -> dict[str, int]:
    return {"size": desk.settings.most_bytes // 2**20, "count": desk.settings.most_files}


async def _files(request: Request, session: Writer) -> list[UploadFile]:
    most: int = request.app.state.desk.settings.most_files
    form = await request.form(max_files=most + 1, max_fields=10)
    return [value for value in form.getlist("files") if isinstance(value, UploadFile) and value.filename]


@router.post("/upload")
async def upload(
    desk: At, session: Writer, words: Language, files: Annotated[list[UploadFile], Depends(_files)]
) -> Response:
    """Take files, keep them, and have them read; one file alone is opened at once."""
    told: list[str] = []
    taken: list[int] = []
    if not files:
        told.append(words("choose_some"))
    if len(files) > desk.settings.most_files:
        told.append(words("too_many"))
        files = []
    for file in files:
        data = await file.read(desk.settings.most_bytes + 1)
        refused = refusal(desk, file.filename or "", len(data), words)
        if refused:
            told.append(refused)
            continue
        doc, new = await take(desk, data, file.filename or "", session.who)
        taken.append(doc)
        if not new:
            told.append(words("known_before", name=file_name(file.filename or "")))
    if len(files) == 1 and taken:
        await _soon_ready(desk, taken[0])
        return Response(status_code=204, headers={"HX-Redirect": f"/d/{taken[0]}"})
    if taken:
        told.insert(0, words("received", count=len(taken)))
    found = await run_in_threadpool(rows_of, desk, 0)
    return HTMLResponse(fragment("rows.html", words, {**found, "told": told}))


def refusal(desk: Desk, written: str, size: int, words: Words) -> str:
    """Return why a file is not taken, "" where it is."""
    name = file_name(written)
    if size > desk.settings.most_bytes:
        return words("too_large", name=name)
    return "" if PurePosixPath(name).suffix.lower() in SUFFIXES else words("refused", name=name)


async def take(desk: Desk, data: bytes, written: str, who: str) -> tuple[int, bool]:
    """Keep a file and have it read; return its number and whether it is new."""
    doc, new = await run_in_threadpool(desk.store.add_file, data, file_name(written), who)
    if not new:
        await run_in_threadpool(put_back, desk.store, doc, who)
    desk.readers.wake()
    return doc, new


async def _soon_ready(desk: Desk, doc: int) -> None:
    """Wait a moment for a document that is quickly read, so that it opens at once instead of its progress."""
    for _ in range(40):
        row = await run_in_threadpool(desk.store.document, doc)
        if row.status in ("ready", "failed") or not desk.readers.working:
            return
        await asyncio.sleep(0.025)


@router.get("/login")
def login_page(request: Request, desk: At) -> Response:
    """Show the form for name and password."""
    if desk.door.is_open:
        return RedirectResponse("/", 303)
    return page(request, "login.html", {"told": ""}, session=None)


@router.post("/login")
def login(request: Request, desk: At, words: Language, form: Form) -> Response:
    """Begin a session. The form comes from our own page: a foreign one cannot send this header."""
    if request.headers.get("hx-request") != "true":
        raise ReviewProblem("đăng nhập từ trang đăng nhập", next_step="mở /login")
    place = request.client.host if request.client else ""
    cookie = desk.door.enter(form.get("name", ""), form.get("password", ""), place)
    if cookie is None:
        return HTMLResponse(words("wrong"), 422)
    return with_cookie(Response(status_code=204, headers={"HX-Redirect": "/"}), cookie)


@router.post("/logout")
def logout(request: Request, desk: At, session: Writer) -> Response:
    """End the session."""
    desk.door.end(request.cookies.get(COOKIE, ""))
    response = Response(status_code=204, headers={"HX-Redirect": "/"})
    response.delete_cookie(COOKIE)
    return response


@router.post("/me")
def me(request: Request, desk: At, session: Writer, form: Form) -> Response:
    """Change the name under which a person without an account appears in the history."""
    who = " ".join(form.get("who", "").split())[:60]
    if who and session.kind != "account" and who not in desk.door.accounts():
        desk.door.rename(request.cookies.get(COOKIE, ""), who)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


@router.post("/look")
def look(session: Writer, form: Form) -> Response:
    """Keep the language or the choice of light and dark."""
    response = Response(status_code=204, headers={"HX-Refresh": "true"})
    for name, field, values in ((LANGUAGE, "language", ("vi", "en")), (THEME, "theme", ("light", "dark"))):
        if form.get(field) in values:
            response.set_cookie(name, form[field], max_age=365 * 86_400, httponly=True, samesite="lax")
    return response


def with_cookie(response: Response, cookie: str) -> Response:
    """Give the browser its session."""
    response.set_cookie(COOKIE, cookie, httponly=True, samesite="lax", path="/")
    return response
