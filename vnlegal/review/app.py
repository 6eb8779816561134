"""The server of the review."""

from __future__ import annotations

import logging
import mimetypes
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from vnlegal.errors import VnlegalError
from vnlegal.review import (
    api,
    around,
    audits,
    board,
    downloads,
    editing,
    finding,
    imports,
    inbox,
    letter,
    pictures,
    removal,
    timeline,
)
from vnlegal.review.desk import BadToken, Desk, NeedsSession, Settings, page, warm
from vnlegal.review.guard import HEADERS, LOOPBACK, Guard, TooLarge
from vnlegal.review.model import Conflict, NoSuchThing

_log = logging.getLogger("vnlegal.review")
_ENVELOPE = 2**20  # bytes of a request beside its files
mimetypes.add_type("text/javascript", ".js")  # a machine may say otherwise, and browsers refuse modules of other types


def create_app(settings: Settings) -> FastAPI:
    """Return the server. Raises `ReviewProblem` where it would stand open to other machines."""
    loopback = settings.host in LOOPBACK
    desk = Desk(settings, loopback=loopback)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=warm, args=(desk,), daemon=True).start()
        yield
        desk.close()

    app = FastAPI(title="vnlegal review", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=str(Path(str(files("vnlegal.review"))) / "static")), name="static")
    for part in (
        inbox, api, around, finding, board, timeline, audits, imports, downloads, pictures, removal, letter, editing
    ):  # fmt: skip
        app.include_router(part.router)
    hosts = LOOPBACK if loopback else frozenset((settings.host.lower(), *(n.lower() for n in settings.names), "*"))
    most = settings.most_bytes * settings.most_files + _ENVELOPE
    app.add_middleware(Guard, hosts=hosts, most_bytes=min(most, 512 * 2**20))
    app.add_exception_handler(NeedsSession, _no_session)
    app.add_exception_handler(VnlegalError, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(OverflowError, _invalid)  # a number that SQLite cannot hold
    return app


async def _no_session(request: Request, error: Exception) -> Response:
    """Begin a session where everybody at this machine may; else show the way to the login."""
    desk: Desk = request.app.state.desk
    if _is_api(request):
        return JSONResponse({"error": "cần mã truy cập", "next_step": "gửi Authorization: Bearer MÃ"}, 401)
    if request.headers.get("hx-request") or request.method != "GET":
        return Response(status_code=401, headers={"HX-Redirect": "/"})
    if not desk.door.is_open:
        return RedirectResponse("/login", 303)
    query = f"?{request.url.query}" if request.url.query else ""
    path = "/" + request.url.path.lstrip("/\\")
    return inbox.with_cookie(RedirectResponse(path + query, 303), desk.door.begin("", "local"))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, VnlegalError)
    statuses: tuple[tuple[type[VnlegalError], int], ...] = (
        (NoSuchThing, 404), (Conflict, 409), (BadToken, 403), (TooLarge, 413),
    )  # fmt: skip
    status = next((code for kind, code in statuses if isinstance(error, kind)), 422)
    return _answer(request, status, error.reason, error.next_step)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "không có trang này", 405: "không làm được việc này ở đây"}.get(error.status_code, error.detail)
    return _answer(request, error.status_code, str(reason), "về danh sách văn bản")


async def _fault(request: Request, error: Exception) -> Response:
    """Answer a fault of ours without its details, which may hold words of a document."""
    return Response("lỗi của chương trình → tải lại trang", 500, HEADERS, media_type="text/plain; charset=utf-8")


async def _invalid(request: Request, error: Exception) -> Response:
    return _answer(request, 422, "tham số không hợp lệ", "xem lại địa chỉ")


def _answer(request: Request, status: int, reason: str, next_step: str) -> Response:
    if _is_api(request):
        return JSONResponse({"error": reason, "next_step": next_step}, status)
    if request.headers.get("hx-request"):
        words = f"{reason} → {next_step}" if next_step else reason
        return Response(words, status, {"HX-Reswap": "none"}, media_type="text/plain; charset=utf-8")
    context = {"reason": reason, "next_step": next_step, "status": status}
    return page(request, "error.html", context, session=None, status=status)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")
