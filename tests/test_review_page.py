"""The review page in a real browser: what is shown, settled and signed, on every size and ground."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("playwright")

from playwright.sync_api import expect

from tests.conftest import LETTER, ROOT
from tests.review_browser import PHONE, Visit, complaints, needs_chromium, point, press, put, shot, verdict
from tests.review_server import Server

pytestmark = needs_chromium
FILES = ROOT / "corpora" / "files"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_a_letter_is_dropped_and_shown_with_marks_and_list(visit: Visit) -> None:
    page = visit()
    put(page, "marks", LETTER)
    expect(page.locator("h1")).to_have_text("Công văn 1234/BCT-KHTC")
    for name in ("cit", "age", "due", "tas"):
        assert page.locator(f"#text .l .m.{name}").count() > 0
    assert page.locator("#list .row").count() > 5
    page.locator("#text .l .m.cit").first.click()
    expect(page.locator("#card")).to_contain_text("Viện dẫn")
    item = page.get_attribute("#card", "data-item")
    expect(page.locator(f"#i-{item}")).to_have_class(re.compile(r"\bnow\b"))
    shot(page, "document")


def test_the_text_on_the_page_is_the_text(visit: Visit) -> None:
    page = visit()
    odd = "Dòng  có hai dấu cách\tvà tab 🙂𝒳 & <b>\r\n\r\nNghị định số 88/2025/NĐ-CP 🙂 sau hình\n"
    put(page, "text", odd)
    shown = page.evaluate("[...document.querySelectorAll('#text .l')].map(l => [Number(l.dataset.s), l.textContent])")
    whole = f"{odd}\nBản của text.\n"
    for start, words in shown:
        assert whole[start : start + len(words)] == words
    assert "".join(words for _, words in shown) == whole.replace("\r", "").replace("\n", "")


def test_accept_and_reject_by_mouse_and_undo_redo(visit: Visit) -> None:
    page = visit()
    put(page, "mouse", LETTER)
    point(page, "c1")
    page.click("[data-act=reject]")
    expect(page.locator("#i-c1")).to_have_attribute("data-v", "rejected")
    expect(page.locator("#text .m[data-i~=c1]").first).to_have_class(re.compile(r"\boff\b"))
    page.click("[data-do=undo]")
    expect(page.locator("#i-c1")).to_have_attribute("data-v", "open")
    page.wait_for_selector("#card[data-item=c1]")
    press(page, "U")
    expect(page.locator("#i-c1")).to_have_attribute("data-v", "rejected")
    press(page, "u")
    expect(page.locator("#i-c1")).to_have_attribute("data-v", "open")
    press(page, "u")
    expect(page.locator("#says")).to_contain_text("Không còn gì để hoàn tác")


def test_findings_are_questions_to_settle(visit: Visit) -> None:
    page = visit()
    words = LETTER.replace("Sở Công Thương chủ trì", "Bộ Kế hoạch và Đầu tư chủ trì")
    put(page, "finding", words)
    press(page, "j")
    page.wait_for_selector("#card.finding")
    expect(page.locator("#card .message")).to_contain_text("Bộ Kế hoạch và Đầu tư không còn")
    item = page.get_attribute("#card", "data-item")
    press(page, "e")
    page.fill("#x-note", "hỏi lại Vụ")
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    expect(page.locator("#card")).to_contain_text("hỏi lại Vụ")
    expect(page.locator(f"#i-{item}")).to_have_attribute("data-v", "accepted")
    page.click("#card [data-then=form]")
    page.wait_for_selector("#form")


def test_why_filter_and_help(visit: Visit) -> None:
    page = visit()
    put(page, "filter", LETTER)
    point(page, "c1")
    press(page, "w")
    expect(page.locator(".why dl")).to_contain_text("Quy tắc")
    for kind in ("citation", "agency", "finding"):
        page.click(f".kind[data-kind={kind}]")
    assert {row.get_attribute("data-k") for row in page.locator("#list .row:visible").all()} == {"task"}
    for kind in ("citation", "agency"):
        page.click(f".kind[data-kind={kind}]")
    press(page, "/")
    page.keyboard.type("so tai chinh")
    assert page.locator("#list .row:visible").count() >= 1
    expect(page.locator("#list .row:visible").first).to_contain_text("Sở Tài chính")
    press(page, "Enter")
    page.wait_for_selector("#card")
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_all_that_is_sure_is_accepted_and_undone_in_one_step(visit: Visit) -> None:
    page = visit()
    put(page, "sure", LETTER)
    page.click("[data-do=sure]")
    expect(page.locator("#says")).to_contain_text("Đã chấp nhận")
    expect(page.locator("#list .row.accepted")).not_to_have_count(0)
    press(page, "u")
    expect(page.locator("#counts b")).to_have_text("0")


def test_a_document_is_signed_off_and_opened_again(visit: Visit) -> None:
    page = visit("Lan")
    put(page, "sign", LETTER)
    page.click(".tools form .primary")
    expect(page.locator(".head .told")).to_contain_text("Đã ký duyệt bởi Lan")
    point(page, "c1")
    assert page.locator("[data-act=accept]").count() == 0
    press(page, "a")
    assert verdict(page, "c1") == "open"
    page.click(".tools form button")
    expect(page.locator(".head .told")).to_have_count(0)
    point(page, "c1")
    press(page, "a")
    expect(page.locator("#i-c1")).to_have_attribute("data-v", "accepted")


def test_script_in_names_titles_and_texts_stays_text(visit: Visit, server: Server) -> None:
    page = visit(EVIL[:50])
    words = LETTER.replace("V/v báo cáo", f"V/v {EVIL} báo cáo").replace("Sở Tài chính", f"Sở Tài chính {EVIL}")
    address = put(page, f"{EVIL.replace('/', '')}", words)
    expect(page.locator("#text")).to_contain_text("<script>alert(1)</script>")
    point(page, "c1")
    press(page, "e")
    page.fill("#x-target", f'"><script>alert(3)</script>{EVIL}')
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=c1]")
    for place in (address, f"{address}/history", server.address):
        page.goto(place)
        assert page.locator("img, script:not([src])").count() == 0


def test_several_files_and_one_that_cannot_be_read(visit: Visit) -> None:
    page = visit()
    files: Any = [
        {"name": "một.txt", "mimeType": "", "buffer": f"{LETTER} một".encode()},
        {"name": "hỏng.docx", "mimeType": "", "buffer": b"PK\x03\x04 word/document.xml broken"},
        {"name": "chương trình.exe", "mimeType": "", "buffer": b"MZ"},
    ]
    page.set_input_files("#files", files)
    expect(page.locator("#rows")).to_contain_text("chương trình.exe: không nhận loại tệp này")
    expect(page.locator("tr", has_text="hỏng.docx")).to_contain_text("không đọc được")
    expect(page.locator("tr", has_text="một.txt")).to_contain_text("0/")
    shot(page, "inbox")


def test_a_pdf_is_reviewed_on_the_pictures_of_its_pages(visit: Visit) -> None:
    pytest.importorskip("pypdfium2")
    page = visit()
    page.set_input_files("#files", FILES / "letter.pdf")
    page.wait_for_selector("#letter")
    press(page, "p")
    expect(page.locator(".sheet img").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 500")
    rect = page.locator(".sheet rect.cit").first
    item = (rect.get_attribute("data-i") or "").split()[0]
    point(page, item)
    expect(rect).to_have_class(re.compile(r"\bnow\b"))
    place, sheet = rect.bounding_box(), page.locator(".shown").first.bounding_box()
    assert place
    assert sheet
    assert sheet["x"] < place["x"] < sheet["x"] + sheet["width"]
    shot(page, "pages")
    press(page, "r")
    expect(page.locator(f".sheet rect.off[data-i={item}]").first).to_be_attached()
    assert not complaints(page, "pages")


def test_search_with_facets_and_the_board(visit: Visit, server: Server) -> None:
    page = visit()
    put(page, "search", LETTER.replace("Sở Tài chính", "Sở Hoa Sen"))
    page.click("text=Tìm kiếm")
    page.fill("[name=q]", "tổng hợp kết quả")
    press(page, "Enter")
    page.wait_for_url("**/search?*")
    shot(page, "search")
    page.click(".facets a >> nth=0")
    expect(page.locator(".facets a[aria-current]")).to_have_count(1)
    page.click(".hits a >> nth=0")
    page.wait_for_selector("#card.task")
    page.goto(f"{server.address}/board")
    expect(page.locator(".column.late h2")).to_contain_text("Quá hạn")
    shot(page, "board")


def test_english_and_dark(visit: Visit) -> None:
    page = visit()
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Documents")
    page.click("#theme button")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    put(page, "english", LETTER)
    expect(page.locator("[data-do=undo]")).to_have_text("Undo")
    shot(page, "dark")


def test_at_the_width_of_a_phone(visit: Visit) -> None:
    page = visit(size=PHONE)
    put(page, "phone", LETTER)
    page.locator("#text .l .m.tas").first.click()
    page.wait_for_selector("#card")
    shot(page, "phone")
    page.click("[data-act=accept]")
    page.click("[data-pane=side]")
    expect(page.locator("#list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious(visit: Visit, size: dict[str, int], theme: Any, server: Server) -> None:
    page = visit(size=size, color_scheme=theme)
    found = complaints(page, "inbox")
    address = put(
        page, f"axe {theme} {size['width']}", LETTER.replace("Sở Công Thương chủ", "Bộ Kế hoạch và Đầu tư chủ")
    )
    found += complaints(page, "document")
    if size != PHONE:
        press(page, "j")
        page.wait_for_selector("#card")
        found += complaints(page, "finding")
    for item, key in (("c1", "w"), ("t1", "e")):
        page.goto(f"{address}#{item}")
        page.reload()
        page.wait_for_selector(f"#card[data-item={item}]")
        press(page, key)
        if key == "e":
            page.wait_for_selector("#form")
        found += complaints(page, f"{item} {key}")
    for path in (f"{address}/history", f"{server.address}/search?q=báo cáo", f"{server.address}/board"):
        page.goto(path)
        found += complaints(page, path)
    assert not found


def test_an_action_is_quick(visit: Visit) -> None:
    """The time from a key to the changed page; the bar is 100 ms on a quiet machine."""
    page = visit()
    put(page, "quick", LETTER)
    press(page, "j")
    page.wait_for_selector("#card")
    took = []
    for _ in range(5):
        current = page.get_attribute("#card", "data-item")
        begin = time.perf_counter()
        press(page, "a")
        page.wait_for_selector(f"#i-{current}.accepted")
        took.append(time.perf_counter() - begin)
    assert sorted(took)[2] < 1.0
