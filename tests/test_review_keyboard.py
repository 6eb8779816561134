"""A reviewer without a mouse: a whole letter, keys pressed fast or early, where the focus is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("playwright")

from playwright.sync_api import Page, Route, expect

from tests.conftest import LETTER
from tests.review_browser import Visit, needs_chromium, point, press, put

pytestmark = needs_chromium


def focused(page: Page) -> str:
    """Return where the focus is: the id of the nearest element that has one."""
    return str(page.evaluate("document.activeElement.closest('[id]')?.id ?? ''"))


def shown(page: Page, item: str) -> None:
    """Wait until the card at hand is that of an item."""
    expect(page.locator("#card")).to_have_attribute("data-item", item)


@pytest.fixture(params=["our letter", "seed_001"])
def whole(request: pytest.FixtureRequest) -> str:
    if request.param == "our letter":
        return LETTER
    data: Path = request.getfixturevalue("data")
    return (data / "seeds" / "seed_001.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_whole_letter_by_keyboard_with_at_most_two_keys_an_item(visit: Visit, whole: str) -> None:
    page = visit()
    put(page, f"keyboard {len(whole)}", whole)
    items = {row.get_attribute("data-i") for row in page.locator("#list .row").all()}
    press(page, "j")
    press(page, "a")
    press(page, "r")
    press(page, "k", "j")  # back for another look
    press(page, "e")
    page.wait_for_selector("#form")
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    press(page, "u", "a")
    press(page, "a")
    page.wait_for_function("() => document.querySelectorAll('#list .row:not(.open)').length === 4")
    for _ in range(len(items) - 4):  # one key an item: what was decided brings the next
        press(page, "a")
    expect(page.locator("#counts b")).to_have_text(str(len(items)), timeout=120_000)
    assert {row.get_attribute("data-i") for row in page.locator("#list .row:not(.open)").all()} == items
    assert page.locator("#list .row.rejected").count() == 1
    page.reload()
    expect(page.locator("#counts b")).to_have_text(str(len(items)))


def test_help_shows_every_key_and_closes(visit: Visit) -> None:
    page = visit()
    put(page, "help", LETTER)
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    keys = set(page.locator("#keys kbd").all_inner_texts())
    assert set("jkareu/?UmwpE") - {"E"} <= keys
    press(page, "a", "j")  # the page below does not hear them
    press(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator("#list .row:not(.open)").count() == 0


def test_keys_pressed_at_once_each_find_their_item(visit: Visit) -> None:
    page = visit()
    put(page, "fast", LETTER)
    with page.expect_response("**/step/undo*"):
        press(page, *"jaaarau")
    expect(page.locator("#counts b")).to_have_text("4")
    assert page.locator("#list .row.accepted").count() == 3
    assert page.locator("#list .row.rejected").count() == 1
    assert page.locator(".conflict").count() == 0


def test_keys_and_clicks_that_come_before_the_script_are_done_when_it_comes(visit: Visit) -> None:
    page = visit()
    address = put(page, "early", LETTER)
    held: list[Route] = []
    page.route("**/letter/main.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of its own
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#i-t1")
    press(page, "j")
    page.click("#i-c2 button")
    press(page, "a")
    assert page.locator("#card").count() == 0
    held[0].continue_()
    expect(page.locator("#i-c2")).to_have_class(re.compile(r"\baccepted\b"))
    assert page.locator("#list .row:not(.open)").count() == 1


def test_files_chosen_before_the_script_are_sent_when_it_comes(visit: Visit) -> None:
    page = visit()
    held: list[Route] = []
    page.route("**/review.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of its own
    page.goto(page.url, wait_until="commit")
    page.wait_for_selector("#files", state="attached")
    data = f"{LETTER}\nBản đến sớm.\n".encode()
    page.set_input_files("#files", [{"name": "early-file.txt", "mimeType": "text/plain", "buffer": data}])
    assert page.locator("#letter").count() == 0
    held[0].continue_()
    page.wait_for_selector("#letter")


def test_the_focus_is_never_lost_and_always_seen(visit: Visit) -> None:
    page = visit()
    put(page, "focus", LETTER)
    listed = [row.get_attribute("data-i") or "" for row in page.locator("#list .row").all()]
    second, third = listed[listed.index("c1") + 1 :][:2]
    point(page, "c1")
    assert focused(page) == "i-c1"
    press(page, "a")
    page.wait_for_selector("#i-c1.accepted")
    shown(page, second)
    expect(page.locator(f"#i-{second} button")).to_be_focused()
    page.locator("[data-act=accept]").focus()
    press(page, "Enter")
    page.wait_for_selector(f"#i-{second}.accepted")
    shown(page, third)
    expect(page.locator("#card")).to_be_focused()
    expect(page.locator("#card")).to_have_css("outline-style", "solid")
    press(page, "Tab")
    expect(page.locator("#card button").first).to_be_focused()
    press(page, "e")
    expect(page.locator("#x-words")).to_be_focused()
    press(page, "Control+Enter")
    expect(page.locator("#card")).to_be_focused()
    press(page, "e")
    expect(page.locator("#x-words")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#card")).to_be_focused()
