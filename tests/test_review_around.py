"""The pages around the documents: search, board, timeline, audits, graph, edited tables, removal, and their files."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx")
pytest.importorskip("openpyxl")
pytest.importorskip("icalendar")
pytest.importorskip("networkx")

from openpyxl import Workbook, load_workbook

from tests.conftest import LETTER
from tests.test_review_server import Visitor
from tests.test_review_store import read_into
from vnlegal.review.app import create_app
from vnlegal.review.desk import Settings
from vnlegal.review.fold import Steps, steps
from vnlegal.review.model import Change, ReviewProblem, State
from vnlegal.review.store import Store

LATER = LETTER.replace("1234/BCT-KHTC", "1300/BCT-KHTC").replace("ngày 5 tháng 6", "ngày 5 tháng 9")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGES = ("/", "/search", "/board", "/timeline", "/timeline?show=moved", "/audit", "/audit/deadlines", "/audit/replies",
         "/audit/counts", "/audit/citations", "/audit/laws", "/audit/outline", "/work?key=88/2025/NĐ-CP", "/import",
         "/d/1/history", "/api")  # fmt: skip
FILES = [
    "/inbox.csv", "/inbox.xlsx", "/search.csv?q=báo", "/search.xlsx?kind=citation", "/search.csv?kind=passage",
    "/board.csv", "/board.xlsx", "/board.ics", "/board.zip", "/timeline.csv", "/timeline.xlsx", "/timeline.ics",
    "/work.csv?key=88/2025/NĐ-CP", "/work.xlsx?key=88/2025/NĐ-CP", "/work.html?key=88/2025/NĐ-CP",
    *(f"/audit/{kind}.{form}" for kind in ("deadlines", "laws", "outline") for form in ("csv", "xlsx", "json")),
]  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Any]:
    made = create_app(Settings(tmp_path / "state", workers=0, most_bytes=2**20, most_files=3))
    yield made
    made.state.desk.close()


@pytest.fixture
def store(app: Any) -> Store:
    found: Store = app.state.desk.store
    return found


@pytest.fixture
def doc(store: Store) -> int:
    return read_into(store)


@pytest.fixture
def visitor(app: Any, doc: int) -> Visitor:
    one = Visitor(app)
    one.open()
    return one


def edit(store: Store, doc: int, name: str, who: str = "Lan", **fields: Any) -> None:
    item = store.item(doc, name)
    store.act(doc, who, "edit", [Change(name, item.version, State("accepted", {**item.value, **fields}))])


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_opens_without_inline_script_or_style(visitor: Visitor, language: str) -> None:
    visitor.client.cookies.set("vnlegal_language", language)
    for path in PAGES:
        answer = visitor.open(path)
        assert answer.status_code == 200, path
        words = answer.text
        assert " style=" not in words, path
        assert "<style" not in words, path
        assert words.count("<script") == words.count("<script src="), path


@pytest.mark.parametrize("path", FILES)
def test_every_table_is_sent_as_a_file(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content


@pytest.mark.parametrize(
    "path", ["/inbox.pdf", "/board.exe", "/audit/none", "/audit/laws.pdf", "/audit/laws?as_of=mai",
             "/timeline?due_after=x", "/audit/laws?verdict=x", "/audit/laws?within=-1", "/work"]
)  # fmt: skip
def test_what_is_not_there_is_told(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(path)
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text


def test_the_board_tells_bodies_and_months_and_can_be_narrowed(visitor: Visitor) -> None:
    words = visitor.open("/board").text
    assert 'class="matrix"' in words
    assert words.index('<section class="column') == words.index('<section class="column late"')
    narrowed = visitor.open("/board?agency=Sở Nội vụ&role=coordinator").text
    assert "Sở Nội vụ" in narrowed
    assert "Chưa có nhiệm vụ nào" in visitor.open("/board?document=999/XX").text


def test_the_board_as_calendars_one_for_each_body(visitor: Visitor) -> None:
    archive = zipfile.ZipFile(io.BytesIO(visitor.client.get("/board.zip").content))
    assert "Sở Công Thương.ics" in archive.namelist()
    assert b"BEGIN:VALARM" in archive.read("Sở Công Thương.ics")
    assert visitor.client.get("/board.ics").content.count(b"BEGIN:VEVENT") >= 1


def test_the_table_of_the_board_leads_back_to_the_place(visitor: Visitor, doc: int) -> None:
    page = load_workbook(io.BytesIO(visitor.client.get("/board.xlsx").content)).worksheets[0]
    links = [cell.hyperlink.target or "" for row in page.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert links
    assert all(link.startswith(f"http://127.0.0.1/d/{doc}") for link in links)


def test_search_narrows_by_the_month_a_task_is_due(visitor: Visitor) -> None:
    words = visitor.open("/search").text
    assert "due_after=1%2F6%2F2025" in words
    assert "Tháng 6/2025" in words


def test_the_timeline_tells_how_a_due_day_moved(visitor: Visitor, store: Store, doc: int) -> None:
    assert "Lịch sử hạn" not in visitor.open("/timeline?due_after=1/1/2000").text
    deadline = {**store.item(doc, "t1").value["deadline"], "due": "2025-08-15"}
    edit(store, doc, "t1", deadline=deadline)
    words = visitor.open("/timeline?show=moved&due_after=1/1/2000").text
    assert "15/8/2025" in words
    assert "(Lan, " in words
    moved = [row for row in rows_of(visitor.client.get("/timeline.csv")) if row["moves"]]
    assert [row["day"] for row in moved] == ["2025-08-15"]
    assert "29/6/2025 (1234/BCT-KHTC" in moved[0]["moves"]


def test_the_timeline_takes_a_later_document_that_moves_the_day(visitor: Visitor, store: Store) -> None:
    read_into(store, LATER.replace("30/6/2025", "30/9/2025"), "sau.txt")
    moved = [row for row in rows_of(visitor.client.get("/timeline.csv?show=moved")) if row["moves"]]
    assert moved
    assert "1300/BCT-KHTC" in moved[0]["moves"]


def settled(visitor: Visitor) -> None:
    """Wait until the audits have read every document."""
    for _ in range(200):
        if visitor.client.get("/audit/waiting").status_code == 204:
            return
        time.sleep(0.1)
    raise AssertionError


def test_audits_show_their_evidence_and_follow_corrections(visitor: Visitor, store: Store, doc: int) -> None:
    read_into(store, "BÁO CÁO\nCó 3 nhiệm vụ, trong đó 1 hoàn thành, 1 đang thực hiện.\n", "bc.txt")
    settled(visitor)
    assert any("1 + 1" in row["calculation"] for row in rows_of(visitor.client.get("/audit/counts.csv")))
    words = visitor.open("/audit/deadlines?as_of=1/1/2026").text
    assert "quá hạn" in words
    assert f'href="/d/{doc}#t' in words
    whole = json.loads(visitor.client.get("/audit/deadlines.json?as_of=1/1/2026").content)
    late = [row for row in whole["rows"] if row["code"] == "overdue"]
    text = store.content(doc).text
    assert late
    assert all(text[row["start"] : row["end"]] == row["text"] for row in late)
    edit(store, doc, late[0]["refs"][0], status="done")
    after = json.loads(visitor.client.get("/audit/deadlines.json?as_of=1/1/2026").content)
    assert len([row for row in after["rows"] if row["code"] == "overdue"]) == len(late) - 1
    narrowed = rows_of(visitor.client.get("/audit/deadlines.csv?as_of=1/1/2026&code=overdue&agency=Không có"))
    assert not narrowed


def test_the_graph_takes_the_targets_reviewers_chose(visitor: Visitor, store: Store, doc: int) -> None:
    assert "88/2025/NĐ-CP" in visitor.client.get("/work.csv?key=88/2025/NĐ-CP").content.decode()
    name = next(i.id for i in store.standing(doc).items.values() if i.value.get("target") == "88/2025/NĐ-CP")
    edit(store, doc, name, target="99/2025/NĐ-CP", number="99/2025/NĐ-CP")
    assert len(rows_of(visitor.client.get("/work.csv?key=99/2025/NĐ-CP"))) > 0


def workbook(visitor: Visitor, **changes: str) -> bytes:
    """Return the table of the board with cells of its first row changed, named by their headings."""
    book = load_workbook(io.BytesIO(visitor.client.get("/board.xlsx").content))
    page = book.worksheets[0]
    heads = {cell.value: n for n, cell in enumerate(page[1], 1)}
    for heading, value in changes.items():
        page.cell(2, heads[heading.replace("_", " ")]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(visitor: Visitor, data: bytes) -> Any:
    return visitor.post("/import", files={"file": ("bảng.xlsx", data, XLSX)})


def first_task(visitor: Visitor) -> str:
    page = load_workbook(io.BytesIO(visitor.client.get("/board.xlsx").content)).worksheets[0]
    heads = {cell.value: n for n, cell in enumerate(page[1], 1)}
    return str(page.cell(2, heads["Khóa"]).value).rpartition(":")[2]


def test_an_edited_table_goes_into_the_history(visitor: Visitor, store: Store, doc: int) -> None:
    task = first_task(visitor)
    answer = send(visitor, workbook(visitor, Tình_trạng="hoàn thành", Chủ_trì="Sở Nội vụ; Sở Y tế"))
    assert answer.status_code == 200
    assert "đã ghi 2 ô, 0 chỗ mâu thuẫn" in answer.text
    value = store.item(doc, task).value
    assert value["status"] == "done"
    assert [lead["canonical"] for lead in value["leads"]] == ["Sở Nội vụ", "Sở Y tế"]
    assert store.events(doc)[-1].who.startswith("Người duyệt")


def test_a_clash_is_shown_and_settled(visitor: Visitor, store: Store, doc: int) -> None:
    task = first_task(visitor)
    data = workbook(visitor, Tình_trạng="hoàn thành")
    edit(store, doc, task, status="in_progress")
    answer = send(visitor, data)
    assert "1 chỗ mâu thuẫn" in answer.text
    assert "nơi khác đã đổi giá trị này" in answer.text
    assert store.item(doc, task).value["status"] == "in_progress"
    key, base = (answer.text.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("key", "base"))
    fields = {"key": key, "field": "status", "value": "done", "base": base}
    edit(store, doc, task, "Minh", status="overdue")
    assert visitor.post("/import/settle", data=fields).status_code == 409
    assert store.item(doc, task).value["status"] == "overdue"
    fields["base"] = str(store.item(doc, task).version)
    assert visitor.post("/import/settle", data=fields).status_code == 200
    assert store.item(doc, task).value["status"] == "done"


def test_a_signed_document_takes_no_table(visitor: Visitor, store: Store, doc: int) -> None:
    data = workbook(visitor, Tình_trạng="hoàn thành")
    visitor.post(f"/d/{doc}/sign/on", data={"base": "0"})
    before = len(store.events(doc))
    assert "văn bản đã ký duyệt" in send(visitor, data).text
    assert len(store.events(doc)) == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"not a table"], ids=["empty", "broken", "words"])
def test_what_is_no_workbook_is_told(visitor: Visitor, data: bytes) -> None:
    answer = send(visitor, data)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text


def test_a_foreign_workbook_and_no_file_are_told(visitor: Visitor) -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert "không phải bảng nhiệm vụ" in send(visitor, out.getvalue()).text
    assert visitor.post("/import").status_code == 422
    assert visitor.post("/import/settle", data={"field": "text"}).status_code == 422


@pytest.mark.parametrize("path", ["/import", "/import/settle", "/d/1/remove", "/d/1/restore"])
def test_no_change_without_the_token_of_the_session(visitor: Visitor, store: Store, path: str) -> None:
    assert visitor.client.post(path).status_code == 403
    assert not store.events(1)


def test_a_document_is_taken_off_the_list_and_put_back(visitor: Visitor, store: Store, doc: int) -> None:
    assert len(rows_of(visitor.client.get("/search.csv?q=tổng hợp"))) > 0
    edit(store, doc, "t1", status="done")
    assert visitor.post(f"/d/{doc}/remove").status_code == 204
    assert not store.documents()
    assert "Đã gỡ khỏi danh sách: 1" in visitor.open("/").text
    assert not rows_of(visitor.client.get("/search.csv?q=tổng hợp"))
    assert "Chưa có nhiệm vụ nào" in visitor.open("/board").text
    assert "đã được gỡ" in visitor.open(f"/d/{doc}").text
    assert "gỡ khỏi danh sách" in visitor.open(f"/d/{doc}/history").text
    with pytest.raises(ReviewProblem, match="đã gỡ"):
        edit(store, doc, "t1", status="overdue")
    assert visitor.post(f"/d/{doc}/restore").status_code == 204
    assert store.item(doc, "t1").value["status"] == "done"
    assert len(rows_of(visitor.client.get("/search.csv?q=tổng hợp"))) > 0
    assert [event.action for event in store.events(doc)] == ["edit", "remove", "restore"]
    assert len(steps(store.events(doc), "Lan").undo) == 1
    assert steps(store.events(doc), store.events(doc)[-1].who) == Steps()


def test_a_document_sent_again_comes_back(visitor: Visitor, store: Store, doc: int) -> None:
    visitor.post(f"/d/{doc}/remove")
    visitor.post("/upload", files={"files": ("thu.txt", LETTER.encode(), "text/plain")})
    assert [row.id for row in store.documents()] == [doc]
    assert store.documents()[0].status == "ready"


def test_an_unread_document_is_taken_off_and_waits_again(visitor: Visitor, store: Store) -> None:
    other, _ = store.add_file(b"x", "x.txt", "an")
    assert visitor.post(f"/d/{other}/remove").status_code == 204
    assert store.next_queued() is None
    assert visitor.post(f"/d/{other}/remove").status_code == 204
    visitor.post(f"/d/{other}/restore")
    assert store.document(other).status == "queued"
    assert visitor.post("/d/999/remove").status_code == 404


def test_a_graph_file_stands_beside_the_documents(tmp_path: Path, doc: int) -> None:
    from vnlegal.graph import build_graph, save
    from vnlegal.graph.store import Stored
    from vnlegal.knowledge import load_knowledge
    from vnlegal.records import Document
    from vnlegal.works import read_facts

    law = (
        "QUỐC HỘI\nLuật số: 93/2025/QH15\nLUẬT\nKHOA HỌC\nĐiều 1. Phạm vi\n1. Chính phủ quy định chi tiết khoản này.\n"
    )
    facts = read_facts(Document(text=law, source="luat.txt"), load_knowledge())
    path = tmp_path / "co.graph"
    save(build_graph([facts]), path, [Stored.of("luat.txt", "0", facts.model_dump_json())])
    app = create_app(Settings(tmp_path / "other", workers=0, graph=path))
    try:
        visitor = Visitor(app)
        visitor.open()
        assert "luat.txt" in visitor.open("/audit/laws").text
    finally:
        app.state.desk.close()


def test_the_users_own_facts_serve_the_audits(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "registry.tsv").write_text(
        "number\ttype\ttitle\tissuer\tdate\tvalid_from\tvalid_to\tended_by\tstatus\n"
        "77/2017/TT-BCT\tthong_tu\tQuy định thử\tBộ Công Thương\t2017-05-02\t2017-07-01\t2020-01-01\t"
        "78/2019/TT-BCT\tended\n",
        encoding="utf-8",
    )
    for knowledge, told in ((own, True), (None, False)):
        app = create_app(Settings(tmp_path / f"state-{told}", workers=0, knowledge=knowledge))
        try:
            text = LETTER.replace("Nghị định số 88/2025/NĐ-CP", "Thông tư số 77/2017/TT-BCT")
            read_into(app.state.desk.store, text)
            visitor = Visitor(app)
            visitor.open()
            assert ("78/2019/TT-BCT" in visitor.open("/audit/citations").text) is told
        finally:
            app.state.desk.close()
