"""The server of the review without a browser: who may do what, what is refused, what leaves it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from tests.conftest import LETTER
from tests.test_review_store import read_into
from vnlegal.errors import VnlegalError
from vnlegal.office.calendar import last_day
from vnlegal.records import Analysis
from vnlegal.review.app import create_app
from vnlegal.review.desk import Settings
from vnlegal.review.guard import add_account
from vnlegal.review.marks import Lines, chunks, marks_of
from vnlegal.review.model import Item, ReviewProblem, State
from vnlegal.review.naming import file_name
from vnlegal.review.store import Store

ORIGIN = "http://127.0.0.1"
TOKEN = "mã truy cập đủ dài 123".encode().hex()


class Visitor:
    """A browser without a screen: keeps its cookies, knows the token of its pages."""

    def __init__(self, app: Any) -> None:
        self.client = TestClient(app, base_url=ORIGIN, raise_server_exceptions=False)
        self.token = ""

    def open(self, path: str = "/") -> Any:
        answer = self.client.get(path)
        found = answer.text.partition('"X-CSRF-Token": "')[2].partition('"')[0]
        self.token = found or self.token
        return answer

    def post(self, path: str, **options: Any) -> Any:
        headers = {"X-CSRF-Token": self.token, "HX-Request": "true", **options.pop("headers", {})}
        return self.client.post(path, headers=headers, **options)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Any]:
    made = create_app(Settings(tmp_path / "state", workers=0, most_bytes=10_000, most_files=3))
    yield made
    made.state.desk.close()


@pytest.fixture
def doc(app: Any) -> int:
    return read_into(app.state.desk.store)


@pytest.fixture
def visitor(app: Any) -> Visitor:
    one = Visitor(app)
    one.open()
    return one


def test_headers_of_every_answer(visitor: Visitor) -> None:
    for path in ("/", "/static/review.css", "/nowhere", "/d/99"):
        headers = visitor.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_pages_have_no_inline_script_or_style(visitor: Visitor, doc: int) -> None:
    for path in ("/", f"/d/{doc}", f"/d/{doc}/history", f"/d/{doc}/i/t1", f"/d/{doc}/i/t1/edit"):
        words = visitor.open(path).text
        assert " style=" not in words
        assert "<style" not in words
        assert "onclick" not in words
        assert words.count("<script") == words.count("<script src=")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil:80"])
def test_foreign_host_names_are_refused(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765"])
def test_names_of_this_machine_are_taken(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/static/review.css", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/upload", "/me", "/look", "/logout", "/d/{doc}/i/c1/accept", "/d/{doc}/new", "/d/{doc}/step/undo",
             "/d/{doc}/sure", "/d/{doc}/sign/on"]
)  # fmt: skip
def test_no_change_without_the_token_of_the_session(app: Any, visitor: Visitor, doc: int, path: str) -> None:
    path = path.format(doc=doc)
    assert visitor.client.post(path).status_code == 403
    assert visitor.post(path, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    other = Visitor(app)
    other.open()
    assert visitor.post(path, headers={"X-CSRF-Token": other.token}).status_code == 403
    assert not app.state.desk.store.events(doc)


def test_without_a_session_nothing_changes(app: Any, doc: int) -> None:
    stranger = TestClient(app, base_url=ORIGIN)
    assert stranger.post(f"/d/{doc}/i/c1/accept", data={"base": "0"}).status_code == 401
    assert not app.state.desk.store.events(doc)


def test_an_action_and_its_conflict(visitor: Visitor, app: Any, doc: int) -> None:
    first = visitor.post(f"/d/{doc}/i/c1/accept", data={"base": "0"})
    assert first.status_code == 200
    assert 'id="i-c1"' in first.text
    again = visitor.post(f"/d/{doc}/i/c1/reject", data={"base": "0"})
    assert again.status_code == 409
    assert "conflict" in again.text
    assert visitor.post(f"/d/{doc}/i/c1/reject", data={}).status_code == 409
    assert app.state.desk.store.item(doc, "c1").verdict == "accepted"


@pytest.mark.parametrize("path", ["/d/1/i/zz9", "/d/7", "/d/1/i/../../x", "/d/-1", "/d/x", "/d/1/download/secret.csv"])
def test_what_is_not_there(visitor: Visitor, doc: int, path: str) -> None:
    answer = visitor.client.get(path)
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text


BIG = "9" * 30


@pytest.mark.parametrize(
    "path",
    [f"/d/{BIG}", f"/d/{BIG}/download/tasks.csv", f"/d/1/page/{BIG}.png", f"/d/1/news?since={BIG}", "/d/1/i/doc",
     "/d/1/i/doc/edit", f"/d/1/new?kind=task&start={BIG}", "/d/1/new?kind=document", "/d/1/under/1?box=1,2,3",
     "/d/1/under/1?box=a", f"/search?start={BIG}", "/d/1/i/c1%00"]
)  # fmt: skip
def test_odd_addresses_are_refused(visitor: Visitor, doc: int, path: str) -> None:
    assert visitor.client.get(path).status_code in (404, 422)


@pytest.mark.parametrize(
    ("path", "form"),
    [("i/c1/edit", {"base": "²"}), ("i/c1/edit", {"base": BIG}), ("i/c1/edit", {"base": "0", "words": "\x00"}),
     ("i/t1/edit", {"base": "0", "status": "x"}), ("i/doc/accept", {"base": "0"}), ("new", {}),
     ("new", {"kind": "task"}), ("new", {"kind": "document", "words": "Sở"}), ("sign/on", {"base": "²"}),
     ("new", {"kind": "agency", "words": "Hội Hoa Sen", "start": "²"}),
     ("i/c1/edit", {"base": "0", "provisions": "Điều 1 đến đâu đó; x"})]
)  # fmt: skip
def test_odd_forms_are_refused(visitor: Visitor, app: Any, doc: int, path: str, form: dict[str, str]) -> None:
    assert visitor.post(f"/d/{doc}/{path}", data=form).status_code in (404, 409, 422)
    assert not app.state.desk.store.events(doc)


def test_limits_of_uploads(visitor: Visitor, app: Any) -> None:
    too_large = visitor.post("/upload", files=[("files", ("a.txt", b"x" * 10_001))])
    assert "a.txt: quá lớn" in too_large.text
    many = [("files", (f"{n}.txt", b"x")) for n in range(4)]
    assert "quá nhiều tệp" in visitor.post("/upload", files=many).text
    refused = visitor.post("/upload", files=[("files", ("a.exe", b"x"))])
    assert "không nhận loại tệp này" in refused.text
    huge = visitor.post("/upload", content=b"x" * (2 * 2**20), headers={"Content-Type": "multipart/form-data"})
    assert huge.status_code == 413
    assert app.state.desk.store.documents() == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\an\\thư.docx", "thư.docx"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "tep"),
        ("ư" * 400 + ".txt", "ư" * 120 + ".txt"),
    ],
    ids=["climbing", "windows", "control characters", "none", "long"],
)
def test_names_of_files(written: str, name: str) -> None:
    assert file_name(written) == name


def test_files_stand_under_their_hash_and_come_back_only_as_downloads(visitor: Visitor, app: Any) -> None:
    page = b"<html><script>alert(1)</script></html>"
    answer = visitor.post("/upload", files=[("files", ("../x.html", page))])
    assert answer.headers["hx-redirect"] == "/d/1"
    stored = [p for p in app.state.desk.store.folder.rglob("*") if p.is_file() and p.read_bytes() == page]
    assert len(stored) == 1
    assert len(stored[0].name) == 64
    back = visitor.client.get("/d/1/download/file")
    assert back.content == page
    assert back.headers["content-disposition"].startswith("attachment")
    assert back.headers["content-type"] == "application/octet-stream"


def test_tables_as_csv_hold_no_formula(visitor: Visitor, app: Any, doc: int) -> None:
    item = app.state.desk.store.item(doc, "c1")
    form = {"base": "0", "words": item.value["text"], "target": '=HYPERLINK("http://x")', "number": "@x"}
    assert visitor.post(f"/d/{doc}/i/c1/edit", data=form).status_code == 200
    answer = visitor.client.get(f"/d/{doc}/download/citations.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["target"] == '\'=HYPERLINK("http://x")'
    assert rows[0]["number"] == "'@x"
    for table in ("tasks", "findings"):
        assert visitor.client.get(f"/d/{doc}/download/{table}.csv").status_code == 200


def test_the_result_is_the_analysis_as_it_was_left(visitor: Visitor, doc: int) -> None:
    visitor.post(f"/d/{doc}/i/c1/reject", data={"base": "0"})
    form = {"base": "0", "leads": "Sở Tài chính", "due": "1/2/2026"}
    assert visitor.post(f"/d/{doc}/i/t1/edit", data=form).status_code == 200
    final = Analysis.model_validate(
        json.loads(visitor.client.get(f"/d/{doc}/download/result.json").content), strict=False
    )
    assert "c1" not in {c.id for c in final.citations}
    task = final.tasks[0]
    assert [lead.canonical for lead in task.leads] == ["Sở Tài chính"]
    assert task.deadline
    assert task.deadline.due == "2026-02-01"
    assert final.text == LETTER
    assert all(final.text[c.start : c.end] == c.text for c in final.citations)


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("tasks.xlsx", b"PK"),
        ("citations.xlsx", b"PK"),
        ("comments.docx", b"PK"),
        ("gold.zip", b"PK"),
        ("deadlines.ics", b"BEGIN:VCALENDAR"),
        ("slip.html", b"<!doctype html>"),
        ("labelstudio.json", b"["),
        ("doccano.jsonl", b"{"),
    ],
)
def test_files_for_offices(visitor: Visitor, doc: int, form: str, begins: bytes) -> None:
    pytest.importorskip("docx")
    answer = visitor.client.get(f"/d/{doc}/download/{form}")
    assert answer.status_code == 200
    assert answer.content.lower().startswith(begins.lower())
    assert answer.headers["content-disposition"].startswith("attachment")


def test_search_and_board_show_what_the_reviewers_left(visitor: Visitor, doc: int) -> None:
    found = visitor.open("/search?q=tổng hợp kết quả").text
    assert f'href="/d/{doc}#t1"' in found
    assert "<mark>tổng</mark>" in found
    assert "Sở Công Thương" in found
    board = visitor.open("/board").text
    assert "Quá hạn" in board
    form = {"base": "0", "leads": "Sở Nội vụ", "due": "31/12/2099", "deadline": ""}
    assert visitor.post(f"/d/{doc}/i/t1/edit", data=form).status_code == 200
    assert f'href="/d/{doc}#t1"' in visitor.open("/search?agency=Sở Nội vụ").text
    assert "Tháng 12/2099" in visitor.open("/board").text
    visitor.post(f"/d/{doc}/i/t1/reject", data={"base": str(2)})
    rows = visitor.client.get("/search.csv?q=tổng hợp kết quả").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("kind,source")


def test_the_documents_around_a_work(visitor: Visitor, app: Any, doc: int) -> None:
    other = read_into(app.state.desk.store, LETTER.replace("1234/BCT", "77/BCT"), "khác.txt")
    words = visitor.open("/work?key=88/2025/NĐ-CP").text
    assert f'href="/d/{doc}"' in words
    assert f'href="/d/{other}"' in words
    assert "77/BCT-KHTC" in words
    assert words.count('<a href="/work?key=') > 3
    assert "Chưa có văn bản nào" in visitor.open("/work?key=<script>1</script>").text


@pytest.mark.parametrize("query", ["kind=x", "status='; DROP", "due_before=mai", "start=x", "q=-a", "q=" + "a" * 5000])
def test_odd_questions(visitor: Visitor, doc: int, query: str) -> None:
    answer = visitor.client.get(f"/search?{query}")
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("due", "last"),
    [("2025-06-30", "2025-06-30"), ("2025-02", "2025-02-28"), ("2024", "2024-12-31"), ("2025-12", "2025-12-31"),
     ("2025-05-14/2025-05-15", "2025-05-15"), ("2025-05-25T20:00:00", "2025-05-25")],
)  # fmt: skip
def test_last_days(due: str, last: str) -> None:
    found = last_day(due)
    assert found is not None
    assert found.isoformat() == last


def test_another_address_needs_accounts_or_a_token(tmp_path: Path) -> None:
    with pytest.raises(ReviewProblem, match="tài khoản"):
        create_app(Settings(tmp_path / "state", host="0.0.0.0", workers=0))


def test_accounts(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    with pytest.raises(VnlegalError, match="10 ký tự"):
        add_account(store, "lan", "ngắn")
    add_account(store, "lan", "mật khẩu dài")
    assert b"m\xe1\xba\xadt" not in (store.folder / "review.db").read_bytes()
    app = create_app(Settings(store.folder, host="0.0.0.0", workers=0))
    visitor = Visitor(app)
    assert visitor.client.get("/", follow_redirects=False).headers["location"] == "/login"
    assert visitor.client.get("/rows", headers={"HX-Request": "true"}).status_code == 401
    wrong = visitor.post("/login", data={"name": "lan", "password": "x"})
    assert wrong.status_code == 422
    right = visitor.post("/login", data={"name": "lan", "password": "mật khẩu dài"})
    assert right.headers["hx-redirect"] == "/"
    assert "httponly" in right.headers["set-cookie"].lower()
    assert "lan" in visitor.open("/").text
    visitor.post("/me", data={"who": "minh"})
    assert "minh" not in visitor.open("/").text
    visitor.post("/logout")
    assert visitor.client.get("/", follow_redirects=False).status_code == 303


def test_wrong_passwords_are_counted(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path / "state", token=TOKEN, workers=0))
    visitor = Visitor(app)
    for _ in range(6):
        assert visitor.post("/login", data={"name": "lan", "password": "x"}).status_code == 422
    told = visitor.post("/login", data={"name": "lan", "password": TOKEN})
    assert "sai quá nhiều lần" in told.text
    assert "set-cookie" not in told.headers


def test_the_token_opens_the_door(tmp_path: Path) -> None:
    app = create_app(Settings(tmp_path / "state", host="0.0.0.0", token=TOKEN, workers=0))
    visitor = Visitor(app)
    answer = visitor.post("/login", data={"name": "lan", "password": TOKEN})
    assert answer.headers["hx-redirect"] == "/"
    assert visitor.open("/").status_code == 200


def test_nothing_of_a_document_is_logged(visitor: Visitor, doc: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "vnlegal"):
        visitor.open(f"/d/{doc}")
        visitor.post(f"/d/{doc}/i/t1/edit", data={"base": "0", "words": "Sở Công Thương", "leads": "Sở Tài chính"})
    assert "Sở" not in caplog.text


def test_overlapping_marks_are_cut_and_nothing_is_lost() -> None:
    items = [
        Item("t1", "task", State("open", {"start": 0, "end": 20, "deadline": {"start": 15, "end": 25}})),
        Item("c1", "citation", State("open", {"start": 5, "end": 10})),
        Item("f1", "finding", State("open", {"start": 8, "end": 12})),
        Item("a1", "agency", State("rejected", {"start": 30, "end": 35})),
    ]
    whole = "".join(chunks(Lines("Luật Đầu tư, rồi Luật  Đầu tư\nvà Luật Đầu\ntư"), marks_of(items)))
    assert 'class="m fin cit tas" data-i="f1 c1 t1"' in whole
    assert 'class="m off" data-i="a1"' in whole
    assert 'class="m due tas" data-i="t1"' in whole


def test_ten_thousand_marks_on_one_line_take_linear_time() -> None:
    text = "Luật Đầu tư " * 10_000
    items = [Item(f"c{n}", "citation", State("open", {"start": n * 12, "end": n * 12 + 11})) for n in range(10_000)]
    (whole,) = chunks(Lines(text), marks_of(items))
    assert whole.count('class="m cit"') == 10_000
