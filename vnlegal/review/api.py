"""The REST API: the same documents, items and changes as the page, for programs. Its description is its own page."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, JSONResponse

from vnlegal.index import Filters
from vnlegal.index.model import Kind as Row
from vnlegal.index.model import Role
from vnlegal.records import Analysis, Modality, Status
from vnlegal.review.desk import At, Desk, Visitor, desk_of, page, writer
from vnlegal.review.fold import in_order
from vnlegal.review.forms import changed
from vnlegal.review.guard import COOKIE, Session
from vnlegal.review.guesses import due_reader
from vnlegal.review.inbox import refusal, take
from vnlegal.review.model import (
    DOCUMENT,
    Action,
    Change,
    Conflict,
    Event,
    Item,
    Kind,
    NoSuchThing,
    ReviewProblem,
    State,
    Verdict,
)
from vnlegal.review.result import reviewed
from vnlegal.review.words import Words

router = APIRouter(prefix="/api", tags=["vnlegal"])


def caller(request: Request) -> Session:
    """Return who reads: a program with the token, a browser with its session, any program where the door is open."""
    door = desk_of(request).door
    found = door.bearer(request.headers.get("authorization")) or door.session(request.cookies.get(COOKIE))
    if found is None and door.is_open:
        return Session("API", "", "local")
    if found is None:
        from vnlegal.review.desk import NeedsSession

        raise NeedsSession
    return found


def changer(request: Request) -> Session:
    """Return who changes something. A browser needs the token of its session; another site's page never gets in."""
    if request.cookies.get(COOKIE) or request.headers.get("origin"):
        return writer(request)
    return caller(request)


Reader = Annotated[Session, Depends(caller)]
Changer = Annotated[Session, Depends(changer)]
Doc = Annotated[int, Path(ge=1, le=2**53, description="number of a document")]
Name = Annotated[str, Path(pattern=r"^[a-z]{1,3}\d{0,8}$", description="id of an item: c1, t2, f3, n4")]


class Problem(BaseModel):
    """Why something was not done, and what to do."""

    error: str
    next_step: str = ""


class DocumentOut(BaseModel):
    """A document under review. `status`: queued, reading, ready, failed."""

    id: int
    name: str
    sha256: str
    size: int
    status: str
    reason: str
    kind: str
    number: str
    date: str
    subject: str
    items: int
    decided: int
    doubtful: int
    signed: str
    who: str
    at: str


class ItemOut(BaseModel):
    """An item as it stands. Changes must name its `version`."""

    id: str
    kind: Kind
    verdict: Verdict
    version: int
    doubts: tuple[str, ...]
    who: str | None
    at: str | None
    value: dict[str, Any]

    @classmethod
    def of(cls, item: Item) -> ItemOut:
        """Return the item as it is sent."""
        return cls(
            id=item.id, kind=item.kind, verdict=item.verdict, version=item.version, doubts=item.doubts, who=item.who,
            at=item.at, value=item.value,
        )  # fmt: skip


class EventOut(BaseModel):
    """One change of one item."""

    id: int
    item: str
    kind: Kind
    who: str
    at: str
    action: Action
    base: int
    before: dict[str, Any] | None
    after: dict[str, Any]
    batch: str
    undoes: str | None

    @classmethod
    def of(cls, event: Event) -> EventOut:
        """Return the event as it is sent."""
        before = {"verdict": event.before.verdict, "value": event.before.value} if event.before else None
        after = {"verdict": event.after.verdict, "value": event.after.value}
        return cls(
            id=event.id, item=event.item, kind=event.kind, who=event.who, at=event.at, action=event.action,
            base=event.base, before=before, after=after, batch=event.batch, undoes=event.undoes,
        )  # fmt: skip


class ChangeIn(BaseModel):
    """A change of an item from the version its author saw. `fields`: those of the page's form, for `edit`."""

    action: Literal["accept", "reject", "edit", "reopen"]
    base: int = Field(ge=0, le=2**53)
    fields: dict[str, str] = Field(default_factory=dict, max_length=30)


_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem}, 403: {"model": Problem}, 404: {"model": Problem}, 422: {"model": Problem},
}  # fmt: skip


@router.get("", include_in_schema=False)
def described(request: Request, desk: At, session: Visitor) -> HTMLResponse:
    """Show the description of the API as a page of ours."""
    schema = request.app.openapi()
    rows = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return page(request, "api.html", {"schema": schema, "rows": rows}, session=session)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, session: Reader) -> JSONResponse:
    """Send the description of the API."""
    return JSONResponse(request.app.openapi())


@router.get("/documents", responses=_ERRORS)
def documents(desk: At, session: Reader) -> list[DocumentOut]:
    """List the documents, the newest first."""
    return [_document(row) for row in desk.store.documents()]


def _document(row: Any) -> DocumentOut:
    return DocumentOut(**{name: getattr(row, name) for name in DocumentOut.model_fields})


@router.post("/documents", status_code=201, responses=_ERRORS)
async def upload(request: Request, desk: At, session: Changer, file: UploadFile) -> DocumentOut:
    """Send a file to be read; the same bytes are the same document."""
    data = await file.read(desk.settings.most_bytes + 1)
    told = refusal(desk, file.filename or "", len(data), Words("vi"))
    if told:
        raise ReviewProblem(told, next_step="gửi tệp khác")
    doc, _ = await take(desk, data, file.filename or "", session.who)
    return _document(desk.store.document(doc))


@router.get("/documents/{doc}", responses=_ERRORS)
def document(doc: Doc, desk: At, session: Reader) -> DocumentOut:
    """Return one document."""
    return _document(desk.store.document(doc))


@router.get("/documents/{doc}/text", responses=_ERRORS)
def text(doc: Doc, desk: At, session: Reader) -> dict[str, str]:
    """Return the canonical text, which all offsets count in code points."""
    return {"text": desk.store.content(doc).text.encode("utf-8", "replace").decode()}


@router.get("/documents/{doc}/result", responses=_ERRORS)
def result(doc: Doc, desk: At, session: Reader) -> Analysis:
    """Return the analysis as the reviewers left it."""
    return reviewed(desk.store.content(doc), desk.store.standing(doc).items)


@router.get("/documents/{doc}/items", responses=_ERRORS)
def items(doc: Doc, desk: At, session: Reader) -> list[ItemOut]:
    """List the items, the doubtful ones first, each group in text order."""
    return [ItemOut.of(item) for item in in_order(desk.store.standing(doc).items.values())]


@router.get("/documents/{doc}/items/{name}", responses=_ERRORS)
def item(doc: Doc, name: Name, desk: At, session: Reader) -> ItemOut:
    """Return one item."""
    return ItemOut.of(desk.store.item(doc, name))


@router.post(
    "/documents/{doc}/items/{name}",
    response_model=ItemOut,
    responses={**_ERRORS, 409: {"model": ItemOut, "description": "the item as it stands: it has changed since"}},
)
def change(doc: Doc, name: Name, desk: At, session: Changer, wanted: ChangeIn) -> Any:
    """Change one item. 409 with the item as it stands where somebody changed it since the version named."""
    found = _open_item(desk, doc, name)
    verdicts: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected", "edit": "accepted", "reopen": "open"}
    value = found.value
    if wanted.action == "edit":
        content = desk.store.content(doc)
        read_due = due_reader(desk.knowledge, content.analysis.document.date)
        value = changed(found, wanted.fields, content.text, read_due=read_due)
    try:
        asked = Change(name, wanted.base, State(verdicts[wanted.action], value))
        desk.store.act(doc, session.who, wanted.action, [asked])
    except Conflict as conflict:
        return JSONResponse(ItemOut.of(conflict.item).model_dump(mode="json"), 409)
    return ItemOut.of(desk.store.item(doc, name))


def _open_item(desk: Desk, doc: int, name: str) -> Item:
    """Return an item of a document that is not signed off."""
    if name == DOCUMENT:
        raise NoSuchThing("mục này không đổi được ở đây", next_step="ký duyệt trên trang")
    found = desk.store.item(doc, name)
    if desk.store.item(doc, DOCUMENT).verdict == "accepted":
        raise ReviewProblem(Words("vi")("is_signed"), next_step="mở lại trên trang")
    return found


@router.get("/documents/{doc}/events", responses=_ERRORS)
def events(doc: Doc, desk: At, session: Reader, since: Annotated[int, Query(ge=0, le=2**53)] = 0) -> list[EventOut]:
    """Return the history after an event."""
    desk.store.document(doc)
    return [EventOut.of(event) for event in desk.store.events(doc, since=since)]


@router.get("/search", responses=_ERRORS)
def search(
    desk: At,
    session: Reader,
    q: Annotated[str, Query(max_length=300)] = "",
    kind: Row = "task",
    agency: Annotated[str | None, Query(max_length=200)] = None,
    status: Status | None = None,
    modality: Modality | None = None,
    due_before: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    due_after: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    overdue_on: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    role: Role | None = None,
    no_deadline: bool = False,
    law: Annotated[str | None, Query(max_length=200)] = None,
    under: Annotated[str | None, Query(max_length=200)] = None,
    document: Annotated[str | None, Query(max_length=200)] = None,
    doc_kind: Annotated[str | None, Query(max_length=200)] = None,
    issuer: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=0, le=200)] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> dict[str, Any]:
    """Search the index of obligations; the answer is that of `vnlegal search --format json`."""
    filters = Filters(
        agency=agency, role=role, status=status, modality=modality, due_before=due_before, due_after=due_after,
        overdue_on=overdue_on, no_deadline=no_deadline, law=law, under=under, document=document, doc_kind=doc_kind,
        issuer=issuer,
    )  # fmt: skip
    found = desk.shelf.search(q, kind, filters, limit=limit, offset=offset)
    facets = {name: [value.model_dump() for value in values] for name, values in found.facets.items()}
    rows = [hit.as_json() for hit in found]
    return {"total": found.total, "at_least": found.at_least, "facets": facets, "rows": rows}
