"""Reviewers in a real browser: one server for the whole run, a browser context for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.review_server import CHROMIUM, FLAGS, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "build" / "screenshots"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
PHONE = {"width": 390, "height": 800}
Visit = Callable[..., "Page"]
needs_chromium = pytest.mark.skipif(not CHROMIUM.is_file(), reason="no chromium here: apt install chromium")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("review") / "state", "--workers", "1")
    yield running
    running.close()
    assert not running.strangers(), "the server itself asked another machine"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    # Waits of this length are for a machine under load; nothing here should take a second.
    sync_api.expect.set_options(timeout=15_000)
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Open pages of reviewers who share nothing; at the end no request may have left for anywhere else."""
    contexts: list[BrowserContext] = []
    requests: list[str] = []
    wrong: list[str] = []

    def open_(who: str = "", *, size: dict[str, int] | None = None, **options: Any) -> Page:
        viewport: Any = size or {"width": 1280, "height": 800}
        context = browser.new_context(viewport=viewport, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda told: wrong.append(told.text) if _is_wrong(told.text) else None)
        page.goto(server.address)
        if who:
            page.click(".me summary")
            page.fill("[name=who]", who)
            page.click(".me .menu button")
            page.wait_for_function("who => document.querySelector('.me summary')?.textContent === who", arg=who)
            ready(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    strangers = {url for url in requests if not url.startswith((f"{server.address}/", "blob:", "data:"))}
    assert not strangers
    assert not wrong


def _is_wrong(told: str) -> bool:
    return "Content Security Policy" in told or "Error:" in told


def ready(page: Page) -> None:
    """Wait until the page has bound its forms."""
    page.wait_for_selector("html[data-ready]", state="attached")


def put(page: Page, name: str, words: str) -> str:
    """Drop a letter that no other test has; return the address of its page once it is there."""
    data = f"{words}\nBản của {name}.\n".encode()
    page.set_input_files("#files", [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": data}])
    page.wait_for_selector("#letter")
    return page.url.partition("#")[0]


def point(page: Page, item: str) -> None:
    """Choose an item of the list with the mouse."""
    page.click(f"#i-{item} button")
    page.wait_for_selector(f"#card[data-item={item}]")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def verdict(page: Page, item: str) -> str:
    return page.get_attribute(f"#i-{item}", "data-v") or ""


def shot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", caret="initial")


def complaints(page: Page, where: str) -> list[str]:
    """Return what axe finds serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: Any = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{where}: {one['id']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]
