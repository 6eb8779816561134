"""The slip that goes with an incoming letter (phiếu xử lý văn bản): what it is, orders and cites, what is doubtful."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from vnlegal.errors import MissingExtra, VnlegalError
from vnlegal.labels import DEADLINE, RELATION, STATUS, day, header_rows, provision
from vnlegal.office.digest import Cited, group_by_target, plain
from vnlegal.readers.convert import office
from vnlegal.readers.programs import find, run
from vnlegal.records import Actor, Analysis, Finding, Task

_SECONDS = 60
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge")
_NEXT_STEP = "cài Chromium, Chrome, Edge hoặc LibreOffice; hoặc mở tệp HTML bằng trình duyệt rồi in thành PDF"


@dataclass(frozen=True, slots=True)
class _TaskLine:
    words: str
    leads: str
    others: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class _CitedLine:
    words: str
    date: str
    more: str
    doubt: str


@dataclass(frozen=True, slots=True)
class _DoubtLine:
    message: str
    words: str


def slip_html(analysis: Analysis, text: str, kinds: dict[str, str], *, as_of: str | None = None) -> str:
    """Return the slip of a document as one HTML page that needs nothing else.

    `text`: the canonical text; `kinds`: names of the kinds of documents; `as_of`: an ISO day to name. Raises
    `MissingExtra` where the template library is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as error:
        raise MissingExtra("phiếu cần thư viện jinja2", next_step='pip install "vnlegal[office]"') from error
    source = (files("vnlegal.office") / "templates" / "slip.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
    head = analysis.document
    return template.render(
        number=plain(head.number or head.source),
        source=plain(head.source),
        as_of=day(as_of),
        facts=[(label, plain(words, 2000)) for label, words in header_rows(head, kinds)],
        tasks=[_task(row) for row in analysis.tasks],
        cited=[_cited(group) for group in group_by_target(analysis)],
        doubts=[_doubt(row, text) for row in analysis.findings],
    )


def slip_pdf(html: str) -> bytes:
    """Return the slip as PDF, printed by a browser installed here, else by LibreOffice.

    Raises `MissingExtra` where there is neither, `VnlegalError` where it could not print.
    """
    browser, writer = find(*_BROWSERS), office()
    if browser is None and writer is None:
        raise MissingExtra("máy này chưa có chương trình in PDF", next_step=_NEXT_STEP)
    with tempfile.TemporaryDirectory(prefix="vnlegal-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, out = folder / "slip.html", folder / "slip.pdf"
        page.write_text(html, encoding="utf-8")
        if browser is not None:
            run(_printing(browser, page, out, folder), seconds=_SECONDS, folder=folder, limited=False)
        if writer is not None and not out.is_file():
            command = [writer, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to"]
            run([*command, "pdf:writer_web_pdf_Export", "--outdir", name, str(page)], seconds=_SECONDS, folder=folder)
        if not out.is_file():
            raise VnlegalError("không in được phiếu thành PDF", next_step=_NEXT_STEP)
        return out.read_bytes()


def _printing(browser: str, page: Path, out: Path, folder: Path) -> list[str]:
    # the page is ours and has no script; a browser refuses to run as root inside its own sandbox
    rooted = sys.platform != "win32" and os.geteuid() == 0
    return [
        browser, "--headless", "--disable-gpu", *(["--no-sandbox"] if rooted else []), "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri(),
    ]  # fmt: skip


def _task(row: Task) -> _TaskLine:
    limit = row.deadline
    due = ""
    if limit is not None:
        due = day(limit.due) or plain(limit.text, 80) or DEADLINE.get(limit.kind, "")
    return _TaskLine(
        plain(row.text), _names(row.leads), _names(row.coordinators), due, STATUS[row.status] if row.status else ""
    )


def _names(actors: tuple[Actor, ...]) -> str:
    return "; ".join(dict.fromkeys(plain(actor.canonical) for actor in actors if actor.canonical))


def _cited(group: Cited) -> _CitedLine:
    shown = group.shown
    words = plain(shown.text)
    if shown.number and shown.number not in words:
        words += f" ({plain(shown.number)})"
    if shown.title and shown.title not in words:
        words += f" {plain(shown.title, 160)}"
    pinpoints = dict.fromkeys(provision(p) for c in group.mentions for p in c.provisions)
    relations = dict.fromkeys(RELATION.get(c.relation, c.relation) for c in group.mentions if c.relation)
    telling = [name for name in relations if name != RELATION["cites"]]
    more = "; ".join(part for part in (*pinpoints, ", ".join(telling)) if part)
    doubts = ["dự thảo"] if any(c.is_draft for c in group.mentions) else []
    if shown.target is None:
        doubts.append("chưa rõ văn bản nào")
    when = next((day(c.date) for c in group.mentions if c.date), "")
    return _CitedLine(words, when, more, ", ".join(doubts))


def _doubt(row: Finding, text: str) -> _DoubtLine:
    return _DoubtLine(plain(row.message), plain(text[row.start : row.end], 120))
