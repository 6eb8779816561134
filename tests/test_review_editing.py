"""Editing in a real browser: every field, spans by selecting, drafts, two reviewers at one item, a killed server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("playwright")

from playwright.sync_api import Browser, Route, expect

from tests.conftest import LETTER, ROOT
from tests.review_browser import Visit, needs_chromium, point, press, put, shot, verdict
from tests.review_server import Server

pytestmark = needs_chromium


def test_a_target_is_edited_with_suggestions_and_the_history_tells(visit: Visit) -> None:
    page = visit("Lan")
    address = put(page, "edit", LETTER)
    point(page, "c2")
    press(page, "e")
    page.fill("#x-target", "")
    page.keyboard.type("luat dau tu cong")
    page.wait_for_selector("#o-target li:has-text('Đầu tư công')")  # not what was offered for the first letters
    press(page, "ArrowDown")
    chosen = page.locator("#o-target li[aria-selected=true] b").inner_text()
    press(page, "Enter")
    assert page.input_value("#x-target") == chosen
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=c2]")
    expect(page.locator("#i-c2")).to_have_class(re.compile(r"\baccepted now\b"))
    expect(page.locator("#card")).to_contain_text(chosen)
    expect(page.locator("#card .badge")).to_have_text("đã chấp nhận, đã sửa")
    page.goto(f"{address}/history?item=c2")
    expect(page.locator(".log")).to_contain_text("Lan")
    expect(page.locator(".log")).to_contain_text(chosen)
    shot(page, "history")


def test_lead_deadline_and_status_of_a_task_are_edited(visit: Visit) -> None:
    page = visit()
    put(page, "task", LETTER)
    point(page, "t1")
    press(page, "e")
    page.fill("#x-leads", "Sở Tài chính")
    page.fill("#x-due", "31/2/2025")
    page.select_option("#x-status", "done")
    page.click("#form .primary")
    expect(page.locator("#form .error")).to_contain_text("không có ngày")
    assert page.input_value("#x-leads") == "Sở Tài chính"
    page.fill("#x-due", "15/7/2025")
    page.click("#form .primary")
    page.wait_for_selector("#card[data-item=t1]")
    expect(page.locator("#card")).to_contain_text("15/7/2025")
    expect(page.locator("#card")).to_contain_text("hoàn thành")
    expect(page.locator("#i-t1 .under")).to_have_text("Sở Tài chính · 15/7/2025")


SELECT = """([from, to]) => {
  const lines = [...document.querySelectorAll('#text .l')];
  const walk = (words) => {
    for (const line of lines) {
      const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
        const at = node.data.indexOf(words);
        if (at >= 0) return [node, at, at + words.length];
      }
    }
  };
  const [a, start] = walk(from), [b, , end] = walk(to);
  getSelection().setBaseAndExtent(a, start, b, end);
  document.getElementById('text').dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
}"""


def test_a_span_is_edited_by_selecting_text(visit: Visit) -> None:
    page = visit()
    put(page, "span", LETTER)
    item = page.locator("#text .l .m.cit").first.get_attribute("data-i")
    assert item is not None
    point(page, item.split()[0])
    press(page, "e")
    page.wait_for_selector("#form")
    page.evaluate(SELECT, ["V/v báo cáo", "V/v báo cáo"])
    expect(page.locator("#x-words")).to_have_value("V/v báo cáo")
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    expect(page.locator("#card blockquote")).to_have_text("V/v báo cáo")
    expect(page.locator("#text .m.cit.now")).to_have_text("V/v báo cáo")


def test_what_was_missed_is_added_by_selecting(visit: Visit) -> None:
    page = visit()
    put(page, "added", LETTER.replace("Như trên", "Như trên, Hội Hoa Sen"))
    page.evaluate(SELECT, ["Hội Hoa Sen", "Hội Hoa Sen"])
    page.click("[data-add=agency]")
    page.wait_for_selector("#form")
    assert page.input_value("#x-words") == "Hội Hoa Sen"
    page.fill("#x-canonical", "Hội Hoa Sen Việt Nam")
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=n1]")
    expect(page.locator("#text .m.age.now")).to_have_text("Hội Hoa Sen")
    expect(page.locator("#i-n1")).to_contain_text("Hội Hoa Sen Việt Nam")
    press(page, "u")
    expect(page.locator("#i-n1")).to_have_count(0)
    press(page, "U")
    expect(page.locator("#i-n1")).to_have_count(1)


def test_words_selected_before_the_script_are_offered_when_it_comes(visit: Visit) -> None:
    page = visit()
    address = put(page, "selected early", LETTER)
    held: list[Route] = []
    page.route("**/letter/main.js", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function of its own
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#i-t1")
    page.evaluate(SELECT, ["Sở Tài chính", "Sở Tài chính"])
    assert not page.locator("#picked").is_visible()
    held[0].continue_()
    expect(page.locator("#picked-words")).to_have_text("Sở Tài chính")


def test_what_was_missed_is_added_by_keyboard_alone(visit: Visit) -> None:
    page = visit()
    put(page, "typed", LETTER.replace("Như trên", "Như trên, theo quyết định số bảy của Hội"))
    press(page, "m")
    page.wait_for_selector("#form")
    page.keyboard.type("chữ không có trong thư")
    press(page, "Control+Enter")
    expect(page.locator("#form .error")).to_contain_text("văn bản không có")
    page.fill("#x-words", "quyết định số  bảy")
    page.fill("#x-target", "7/QĐ-HHS@2025")
    press(page, "Control+Enter")
    page.wait_for_selector("#card[data-item=n1]")
    expect(page.locator("#text .m.cit.now")).to_have_text("quyết định số bảy")


def test_two_browsers_edit_one_item_and_none_overwrites_the_other(visit: Visit) -> None:
    lan, minh = visit("Lan"), visit("Minh")
    address = put(lan, "conflict", LETTER)
    minh.goto(address)
    for page in (lan, minh):
        point(page, "c2")
        press(page, "e")
        page.wait_for_selector("#form")
    lan.fill("#x-target", "1/2025/NĐ-CP")
    minh.fill("#x-target", "2/2025/NĐ-CP")
    press(lan, "Control+Enter")
    lan.wait_for_selector("#card[data-item=c2]")
    press(minh, "Control+Enter")
    minh.wait_for_selector(".conflict")
    expect(minh.locator(".conflict")).to_contain_text("Lan đã đổi mục này trước bạn")
    expect(minh.locator(".conflict")).to_contain_text("1/2025/NĐ-CP")
    expect(minh.locator(".conflict")).to_contain_text("2/2025/NĐ-CP")
    shot(minh, "conflict")
    lan.reload()
    expect(lan.locator("#card")).to_contain_text("1/2025/NĐ-CP")
    minh.click(".conflict .primary")
    minh.wait_for_selector("#card:not(.conflict)")
    expect(minh.locator("#card")).to_contain_text("2/2025/NĐ-CP")
    expect(lan.locator("#card")).to_contain_text("2/2025/NĐ-CP")  # told without asking
    expect(lan.locator("#says")).to_contain_text("Minh vừa đổi 1 mục")


def test_nobody_undoes_another_s_work(visit: Visit) -> None:
    lan, minh = visit("Lan"), visit("Minh")
    address = put(lan, "undo", LETTER)
    point(lan, "c1")
    press(lan, "a")
    expect(lan.locator("#i-c1")).to_have_attribute("data-v", "accepted")
    minh.goto(address)
    press(minh, "u")
    expect(minh.locator("#says")).to_contain_text("Không còn gì để hoàn tác")
    point(minh, "c1")
    press(minh, "r")
    expect(minh.locator("#i-c1")).to_have_attribute("data-v", "rejected")
    press(lan, "u")
    expect(lan.locator("#says")).to_contain_text("Minh đã đổi mục c1 sau đó")
    assert verdict(minh, "c1") == "rejected"


def test_what_is_typed_outlives_a_killed_server(browser: Browser, tmp_path: Path) -> None:
    first = Server(tmp_path / "state", "--workers", "1")
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(first.address)
        address = put(page, "killed", LETTER)
        point(page, "c1")
        press(page, "a")
        expect(page.locator("#i-c1")).to_have_attribute("data-v", "accepted")
        point(page, "c2")
        press(page, "e")
        page.fill("#x-target", "99/2025/NĐ-CP")
        first.kill()
        press(page, "Control+Enter")
        expect(page.locator("#says")).to_contain_text("Máy chủ không trả lời")
        assert page.input_value("#x-target") == "99/2025/NĐ-CP"
        first = Server(tmp_path / "state", "--workers", "1", port=first.port)
        page.goto(address)
        assert verdict(page, "c1") == "accepted"
        point(page, "c2")
        press(page, "e")
        expect(page.locator("#x-target")).to_have_value("99/2025/NĐ-CP")
        press(page, "Control+Enter")
        page.wait_for_selector("#card[data-item=c2]")
        expect(page.locator("#card")).to_contain_text("99/2025/NĐ-CP")
        assert not any("Sở Công Thương" in line for line in first.lines)
    finally:
        context.close()
        first.close()


def test_every_field_of_a_citation_is_edited(visit: Visit) -> None:
    page = visit()
    put(page, "citation fields", LETTER)
    point(page, "c2")
    press(page, "e")
    page.fill("#x-provisions", "chỗ nào đó")
    press(page, "Control+Enter")
    expect(page.locator("#form .error")).to_contain_text("không đọc được “chỗ nào đó”")
    page.fill("#x-provisions", "điểm b khoản 3 Điều 9; Điều 12")
    page.select_option("#x-relation", "replaces")
    page.fill("#x-number", "88/2025/NĐ-CP")
    page.fill("#x-date", "14/4/2025")
    page.fill("#x-title", "Quy định chi tiết")
    page.fill("#x-issuer", "Chính phủ")
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    for said in ("điểm b khoản 3 Điều 9; Điều 12", "thay thế", "14/4/2025", "Quy định chi tiết", "Chính phủ"):
        expect(page.locator("#card .facts").first).to_contain_text(said)
    press(page, "e")
    expect(page.locator("#x-provisions")).to_have_value("điểm b khoản 3 Điều 9; Điều 12")


def test_words_that_are_selected_go_into_the_field_at_hand(visit: Visit) -> None:
    page = visit()
    put(page, "task fields", LETTER)
    point(page, "t1")
    press(page, "e")
    page.focus("#x-deadline")
    page.evaluate(SELECT, ["trong tháng 7/2025", "trong tháng 7/2025"])
    expect(page.locator("#x-deadline")).to_have_value("trong tháng 7/2025")
    page.focus("#x-coordinators")
    page.evaluate(SELECT, ["Bộ Công Thương", "Bộ Công Thương"])
    expect(page.locator("#x-coordinators")).to_have_value("Sở Tài chính\nBộ Công Thương")
    page.fill("#x-approvers", "bo noi vu")
    page.wait_for_selector("#o-approvers li:has-text('Bộ Nội vụ')")
    press(page, "ArrowDown")
    expect(page.locator("#o-approvers li[aria-selected=true] b")).to_have_text("Bộ Nội vụ")
    press(page, "Enter")
    expect(page.locator("#x-approvers")).to_have_value("Bộ Nội vụ")
    page.fill("#x-deliverable", "kết quả thực hiện")
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    for said in ("trong tháng 7/2025", "31/7/2025", "Sở Tài chính; Bộ Công Thương", "Bộ Nội vụ", "kết quả thực hiện"):
        expect(page.locator("#card .facts").first).to_contain_text(said)


BOX = """async ([left, right, share]) => {
  const svg = document.querySelector('.sheet svg'), to = svg.getScreenCTM();
  const at = (x, y) => { const p = new DOMPoint(x, y).matrixTransform(to); return {clientX: p.x, clientY: p.y}; };
  const rect = document.querySelector(`.sheet rect[data-i~="${share}"]`), r = rect.getBBox();
  const fire = (kind, x, y) => rect.dispatchEvent(
    new PointerEvent(kind, {...at(x, y), bubbles: true, button: 0, pointerType: 'mouse', cancelable: true}));
  fire('pointerdown', r.x + left, r.y + 2);
  fire('pointermove', r.x + r.width / 2, r.y + r.height / 2);
  fire('pointerup', r.x + r.width + right, r.y + r.height - 2);
}"""


def test_a_box_drawn_on_the_picture_of_a_page_chooses_its_words(visit: Visit) -> None:
    pytest.importorskip("pypdfium2")
    page = visit()
    page.set_input_files("#files", ROOT / "corpora" / "files" / "letter.pdf")
    page.wait_for_selector("#letter")
    press(page, "p")
    page.wait_for_selector(".sheet rect.cit")
    item = (page.locator(".sheet rect.cit").first.get_attribute("data-i") or "").split()[0]
    words = page.evaluate("i => document.querySelector(`#text .l .m[data-i~='${i}']`).textContent", item)
    page.evaluate(BOX, [0, 0, item])
    expect(page.locator("#picked-words")).to_have_text(words.strip())
    page.click("[data-add=agency]")
    expect(page.locator("#x-words")).to_have_value(words.strip())
    press(page, "Escape")
    point(page, item)
    press(page, "e")
    page.wait_for_selector("#form")
    page.evaluate(BOX, [0, -65, item])
    expect(page.locator("#x-words")).not_to_have_value(words.strip())
    shorter = page.input_value("#x-words")
    assert words.startswith(shorter)
    press(page, "Control+Enter")
    page.wait_for_selector("#card")
    expect(page.locator("#card blockquote")).to_have_text(shorter)


def test_a_form_is_bound_the_moment_it_shows(visit: Visit) -> None:
    page = visit()
    put(page, "bound", LETTER)
    point(page, "c2")
    page.evaluate("""() => new MutationObserver(() => {
        const form = document.getElementById('form');
        if (!form || window.sent) return;
        window.sent = true;
        form.elements.target.value = '99/2025/NĐ-CP';
        form.requestSubmit();
    }).observe(document.getElementById('detail'), {childList: true, subtree: true})""")
    press(page, "e")
    page.wait_for_selector("#card")
    expect(page.locator("#card")).to_contain_text("99/2025/NĐ-CP")
    assert "?" not in page.url


def test_a_draft_on_an_older_version_comes_back_only_when_asked(visit: Visit) -> None:
    lan, minh = visit("Lan"), visit("Minh")
    address = put(lan, "draft", LETTER)
    point(lan, "c2")
    press(lan, "e")
    lan.fill("#x-target", "7/2025/NĐ-CP")
    minh.goto(address)
    point(minh, "c2")
    press(minh, "a")
    expect(minh.locator("#i-c2")).to_have_attribute("data-v", "accepted")
    lan.goto(address)
    expect(lan.locator("#i-c2")).to_have_class(re.compile(r"\bdraft\b"))
    point(lan, "c2")
    press(lan, "e")
    expect(lan.locator("#older")).to_be_visible()
    expect(lan.locator("#x-target")).to_have_value("88/2025/NĐ-CP")
    lan.click("[data-do=mine]")
    expect(lan.locator("#x-target")).to_have_value("7/2025/NĐ-CP")
    press(lan, "Escape")
    lan.wait_for_selector("#card")
    press(lan, "e")
    expect(lan.locator("#older")).to_be_hidden()
