"""The pages around the documents in a real browser: whole ways through them, on every size and ground."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("playwright")
pytest.importorskip("openpyxl")

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.conftest import LETTER
from tests.review_browser import PHONE, Visit, complaints, needs_chromium, point, press, put, ready, shot
from tests.review_server import Server

pytestmark = needs_chromium
PLACES = ("/", "/search", "/board", "/timeline?due_after=1/1/2000", "/audit", "/audit/deadlines",
          "/audit/outline", "/work?key=88/2025/NĐ-CP", "/import", "/d/99999", "/api")  # fmt: skip


def audited(page: Page, server: Server) -> None:
    """Wait until the audits have read every document."""
    page.goto(f"{server.address}/audit")
    page.wait_for_function("() => !document.querySelector('#audit-waiting')", timeout=60_000)


@pytest.mark.parametrize(("size", "theme"), [({"width": 1280, "height": 800}, "light"), (PHONE, "dark")],
                         ids=["desk", "phone"])  # fmt: skip
def test_axe_finds_nothing_serious_around_the_documents(
    visit: Visit, server: Server, size: dict[str, int], theme: Any
) -> None:
    page = visit(size=size, color_scheme=theme)
    put(page, f"around {theme}", LETTER)
    audited(page, server)
    found = []
    for path in PLACES:
        page.goto(server.address + path)
        found += complaints(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        shot(page, f"around-{theme}-{re.sub('[^a-z]+', '-', path.partition('?')[0].lower()).strip('-') or 'inbox'}")
    assert not found


def test_from_an_audit_to_the_words_it_speaks_of(visit: Visit, server: Server) -> None:
    page = visit()
    address = put(page, "evidence", LETTER)
    start = LETTER.index("Sở Công Thương")
    page.goto(f"{address}#s{start}-{start + len('Sở Công Thương')}")
    page.reload()
    ready(page)
    marked = page.evaluate("[...CSS.highlights.get('place')].map(String).join('')")
    assert marked == "Sở Công Thương"
    audited(page, server)
    page.goto(f"{server.address}/audit/deadlines?as_of=1/1/2026")
    page.click(".evidence .where a >> nth=0")
    page.wait_for_selector("#letter")


def test_the_graph_leads_from_work_to_work(visit: Visit, server: Server) -> None:
    page = visit()
    put(page, "graph", LETTER)
    page.goto(f"{server.address}/work?key=88/2025/NĐ-CP")
    expect(page.locator(".graph text.name")).to_have_text("88/2025/NĐ-CP")
    other = page.locator(".graph a:not(:has(.name))").first
    wanted = other.locator("text").text_content()
    other.locator("circle").click()
    expect(page.locator(".graph text.name")).not_to_have_text("88/2025/NĐ-CP")
    assert wanted
    shot(page, "graph")


def test_the_timeline_shows_a_day_that_moved(visit: Visit, server: Server) -> None:
    page = visit("Lan")
    put(page, "timeline", LETTER.replace("1234/BCT-KHTC", "4321/BCT-KHTC"))
    point(page, "t1")
    press(page, "e")
    page.fill("#x-due", "20/12/2099")
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=t1]")
    page.goto(f"{server.address}/timeline?show=moved&document=4321/BCT-KHTC")
    expect(page.locator(".timeline .moves")).to_contain_text("20/12/2099 (Lan")
    shot(page, "timeline")


def test_an_edited_table_is_dropped_and_a_clash_is_settled(visit: Visit, server: Server) -> None:
    page = visit("Lan")
    address = put(page, "table", LETTER)
    book = load_workbook(io.BytesIO(page.request.get(f"{address}/download/tasks.xlsx").body()))
    table = book.worksheets[0]
    heads = {cell.value: n for n, cell in enumerate(table[1], 1)}
    table.cell(2, heads["Tình trạng"]).value = "hoàn thành"
    out = io.BytesIO()
    book.save(out)
    point(page, "t1")
    press(page, "e")
    page.select_option("#x-status", "overdue")
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=t1]")
    page.goto(f"{server.address}/import")
    ready(page)
    page.set_input_files("#files", [{"name": "bảng.xlsx", "mimeType": "", "buffer": out.getvalue()}])
    expect(page.locator(".clash")).to_contain_text("nơi khác đã đổi giá trị này")
    assert not complaints(page, "clash")
    shot(page, "import")
    page.click(".clash .primary")
    expect(page.locator(".clash .badge")).to_have_text("đã ghi: hoàn thành")
    page.goto(f"{address}#t1")
    page.reload()
    expect(page.locator("#card")).to_contain_text("hoàn thành")


def test_a_document_is_taken_off_the_list_and_put_back(visit: Visit, server: Server) -> None:
    page = visit("Lan")
    address = put(page, "removed", LETTER.replace("1234/BCT-KHTC", "777/BCT-KHTC"))
    page.goto(server.address)
    row = page.locator("tr", has_text="777/BCT-KHTC")
    row.locator(".away summary").click()
    row.locator(".away button").click()
    expect(page.locator("tr", has_text="777/BCT-KHTC")).to_have_count(0)
    page.goto(address)
    expect(page.locator(".told")).to_contain_text("đã được gỡ")
    page.click("button.primary")
    page.wait_for_selector("#letter")


def test_english_has_no_vietnamese_words_of_ours(visit: Visit, server: Server) -> None:
    page = visit()
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Documents")
    for path, heading in (("/timeline", "Timeline"), ("/audit", "Audits"), ("/import", "Take an edited table")):
        page.goto(server.address + path)
        expect(page.locator("h1")).to_have_text(heading)
        for place in page.locator("main :is(label, .hint, summary, .button, th, h2)").all():
            assert not re.search("[đăơưạảấầậếềệốồộớờợứừựỹ]", place.inner_text().replace("KHTC", "")), place.inner_text()
