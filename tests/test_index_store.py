"""The index: what goes in comes out, nothing twice, nothing half. The same tests run on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime
import gzip
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import LETTER
from vnlegal.knowledge import Knowledge

pytest.importorskip("sqlalchemy", reason="the index needs SQLAlchemy")

from sqlalchemy import Connection

from vnlegal.index import BadQuery, Filters, Index, IndexProblem, open_index
from vnlegal.index.dialects import Dialect
from vnlegal.index.migrations import MIGRATIONS
from vnlegal.index.model import Filtering
from vnlegal.index.schema import VERSION
from vnlegal.index.writing import Writer
from vnlegal.pipeline import analyze
from vnlegal.records import Actor, Analysis, Citation, Deadline, DocumentRecord, Relation, Task

TABLES = (
    "vnlegal_index", "documents", "entries", "payloads", "agencies", "works", "relations", "years", "words_1",
    "words_2", "words_3",
)  # fmt: skip
Opener = Callable[[], Index]


def task(number: int, text: str, lead: str = "", due: str | None = None, **more: object) -> Task:
    actors = (Actor(start=0, end=1, text="x", canonical=lead),) if lead else ()
    deadline = Deadline(start=0, end=1, text=due, kind="by_date", due=due) if due else None
    known = {
        "id": f"t{number}",
        "start": 100 * number,
        "end": 100 * number + len(text),
        "text": text,
        "rule": "x",
        "confidence": 1.0,
    }
    return Task.model_validate({**known, "modality": "assigned", "leads": actors, "deadline": deadline, **more})


def document(
    name: str,
    *tasks: Task,
    sha: str = "",
    date: str = "2025-05-12",
    citations: tuple[Citation, ...] = (),
    relations: tuple[Relation, ...] = (),
) -> Analysis:
    head = DocumentRecord(
        source=name, sha256=sha or name, format="txt", chars=1, number=f"{name}/NQ-CP", date=date, kind="nghi_quyet",
        issuer="Chính phủ",
    )  # fmt: skip
    return Analysis(document=head, tasks=tasks, citations=citations, relations=relations)


DECREE = Citation(
    id="c1", start=110, end=130, text="Nghị định số 88/2025/NĐ-CP", kind="numbered", doc_type="nghi_dinh",
    number="88/2025/NĐ-CP", target="88/2025/NĐ-CP", rule="x", confidence=1.0,
)  # fmt: skip
LAW = Citation(
    id="c2", start=900, end=910, text="Luật Đầu tư", kind="named", doc_type="luat", title="Đầu tư",
    target="luat:dau-tu@2020", rule="x", confidence=1.0,
)  # fmt: skip
FIRST = document(
    "a",
    task(1, "Tổng hợp kết quả thực hiện Nghị định số 88/2025/NĐ-CP", "Bộ Tài chính", "2025-06-30"),
    task(2, "xây dựng cơ sở dữ liệu quốc gia về đầu tư", "Bộ Kế hoạch và Đầu tư", "2025-12-31", legal_basis=("c2",)),
    task(3, "ban hanh quy che phoi hop", "Bộ Công an", status="done"),
    citations=(DECREE, LAW),
)
SECOND = document(
    "b",
    task(1, "Ban hành quy chế phối hợp", "Bộ trưởng Bộ Công an", "2026-03-15", status="in_progress"),
    task(2, "tổng hợp kết quả thực hiện Nghị định 88/2025/NĐ-CP", "Bộ Tài chính", "2025-08-31", status="done"),
    date="2025-09-01",
)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL of our own in a temporary folder, not started as root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(programs[-1]) if programs else None)
    if found is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    pytest.importorskip("pg8000", reason="PostgreSQL needs pg8000")
    user: dict[str, str] = {}
    if os.getuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        if "postgres" not in names:
            pytest.skip("no user postgres here to run the server")
        user = {"user": "postgres"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if user:
            shutil.chown(place, "postgres")
        programs_, data = Path(found).parent, place / "data"

        def run(name: str, *arguments: str) -> None:
            command = [str(programs_ / name), *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)  # type: ignore[call-overload]

        port = str(20000 + os.getpid() % 20000)
        run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Opener:
    """Opens one empty index, again and again."""
    if request.param == "sqlite":
        return lambda: open_index(tmp_path / "index.db", knowledge=knowledge)
    url = request.getfixturevalue("server")
    from vnlegal.index.opening import dialect_for

    with dialect_for(url, create=True).writer.begin() as connection:
        for name in TABLES:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")
    return lambda: open_index(url, knowledge=knowledge)


@pytest.fixture
def index(opener: Opener) -> Iterator[Index]:
    with opener() as opened:
        opened.add(FIRST)
        opened.add(SECOND)
        yield opened


def texts(index: Index, query: str = "", **wanted: object) -> list[str]:
    return [hit.row.text for hit in index.search(query, **wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("quy che phoi hop", "ban hanh quy che phoi hop", id="folded"),
        pytest.param("quy chế phối hợp", "Ban hành quy chế phối hợp", id="exact-first"),
        pytest.param('"du lieu quoc gia"', "xây dựng cơ sở dữ liệu quốc gia về đầu tư", id="phrase"),
        pytest.param("quốc gi*", "xây dựng cơ sở dữ liệu quốc gia về đầu tư", id="prefix"),
        pytest.param("ban hành -hanh BCA", None, id="minus-takes-all"),
        pytest.param("quy chế BCA", "Ban hành quy chế phối hợp", id="short-name-of-lead"),
        pytest.param("dau tu", "xây dựng cơ sở dữ liệu quốc gia về đầu tư", id="đ"),
    ],
)
def test_words_find_the_task(index: Index, query: str, first: str | None) -> None:
    found = texts(index, query)
    assert (found[0] if found else None) == first


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        pytest.param({"agency": "BTC"}, ["a:t1", "a:t2", "b:t2"], id="agency-with-those-before"),
        pytest.param({"agency": "Bộ Kế hoạch và Đầu tư"}, ["a:t1", "a:t2", "b:t2"], id="agency-with-those-after"),
        pytest.param({"agency": "bo cong an"}, ["a:t3", "b:t1"], id="agency-folded-with-its-head"),
        pytest.param({"agency": "BTC", "role": "coordinator"}, [], id="role"),
        pytest.param({"status": "done"}, ["a:t3", "b:t2"], id="status"),
        pytest.param({"due_before": "2025-06-30"}, ["a:t1"], id="due-before-includes-the-day"),
        pytest.param({"due_before": "2025-06-29"}, [], id="due-before-cuts-the-month"),
        pytest.param({"due_after": "2025-09-01"}, ["a:t2", "b:t1"], id="due-after"),
        pytest.param({"due_after": "2025-08-01", "due_before": "2026-01-31"}, ["a:t2", "b:t2"], id="due-range"),
        pytest.param({"overdue_on": "2026-01-01"}, ["a:t1", "a:t2"], id="overdue-is-not-done"),
        pytest.param({"overdue_on": "2025-06-30"}, [], id="not-overdue-on-its-last-day"),
        pytest.param({"no_deadline": True}, ["a:t3"], id="no-deadline"),
        pytest.param({"law": "NĐ 88"}, ["a:t1"], id="law-by-short-form"),
        pytest.param({"law": "88/2025/NĐ-CP"}, ["a:t1"], id="law-by-number"),
        pytest.param({"law": "Luật Đầu tư"}, ["a:t2"], id="law-by-name"),
        pytest.param({"law": "luat dau tu"}, ["a:t2"], id="law-folded"),
        pytest.param({"law": "NĐ88"}, ["a:t1"], id="law-short-form-glued"),
        pytest.param({"law": "88/NĐ-CP"}, ["a:t1"], id="law-number-without-its-year"),
        pytest.param({"law": "Nghị định 88/2025"}, ["a:t1"], id="law-serial-and-year"),
        pytest.param({"law": "Luật Đầu tư năm 2020"}, ["a:t2"], id="law-by-name-and-year"),
        pytest.param({"doc_kind": "nghi_quyet", "issuer": "Chính phủ", "status": "done"}, ["a:t3", "b:t2"], id="doc"),
        pytest.param({"doc_kind": "Nghị quyết", "status": "done"}, ["a:t3", "b:t2"], id="kind-by-name"),
        pytest.param({"doc_kind": "NQ", "status": "in_progress"}, ["b:t1"], id="kind-by-symbol"),
        pytest.param({"document": "a/NQ-CP", "status": "done"}, ["a:t3"], id="document-by-number"),
        pytest.param({"document": "a"}, ["a:t1", "a:t2", "a:t3"], id="document-by-file"),
        pytest.param({"due_before": "30/6/2025"}, ["a:t1"], id="day-as-written-here"),
        pytest.param({"due_before": "6/2025"}, ["a:t1"], id="month"),
        pytest.param({"due_after": "2026"}, ["b:t1"], id="year"),
        pytest.param({"due_before": datetime.date(2025, 6, 30)}, ["a:t1"], id="day-as-a-date"),
        pytest.param({"agency": "bo ke hoach dau tu", "due_before": "2025-06-30"}, ["a:t1"], id="agency-without-va"),
        pytest.param({"dated_after": "2025-05-13"}, ["b:t1", "b:t2"], id="dated-after"),
        pytest.param({"modality": "requested"}, [], id="modality"),
    ],
)
def test_filters(index: Index, filters: dict[str, object], ids: list[str]) -> None:
    page = index.search(ranked=False, **filters)  # type: ignore[arg-type]
    assert [f"{hit.source}:{hit.row.id}" for hit in page] == ids
    assert page.total == len(ids)


def test_without_words_what_is_due_first_comes_first(index: Index) -> None:
    found = [hit.row.deadline and hit.row.deadline.due for hit in index.search(issuer="Chính phủ")]
    assert found == ["2025-06-30", "2025-08-31", "2025-12-31", "2026-03-15", None]


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        pytest.param("", {"agency": "Bộ Không Có"}, id="no-such-body"),
        pytest.param("", {"law": "Luật Không Có"}, id="no-such-law"),
        pytest.param("-chỉ", {}, id="only-minus"),
        pytest.param("", {"role": "lead"}, id="role-of-nobody"),
        pytest.param("", {"law": "Luật Đầu tư năm 2005"}, id="law-of-another-year"),
        pytest.param("", {"law": "-"}, id="law-of-no-words"),
        pytest.param("", {"doc_kind": "giấy"}, id="no-such-kind"),
        pytest.param("", {"document": "c.txt"}, id="no-such-document"),
        pytest.param("", {"due_before": "31/6/2025"}, id="no-such-day"),
        pytest.param("", {"due_before": "30/6"}, id="day-without-year"),
        pytest.param("", {"overdue_on": "6/2025"}, id="overdue-in-a-month"),
        pytest.param("", {"due_after": "2025-07-01", "due_before": "30/6/2025"}, id="range-turned-round"),
        pytest.param("", {"status": "late"}, id="no-such-status"),
        pytest.param("", {"agancy": "BTC"}, id="no-such-filter"),
        pytest.param("", {"kind": "tasks"}, id="no-such-kind-of-row"),
    ],
)
def test_a_question_without_sense_says_what_to_write(index: Index, query: str, filters: dict[str, Any]) -> None:
    with pytest.raises(BadQuery, match="→"):
        index.search(query, **filters)


def test_filters_are_keywords_and_a_record(index: Index) -> None:
    assert set(Filtering.__annotations__) == set(Filters.model_fields)
    both = index.search(filters=Filters(agency="BTC"), due_before="2025-06-30")
    assert [hit.row.id for hit in both] == ["t1"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        pytest.param("ubnd tp hcm", ["Ủy ban nhân dân Thành phố Hồ Chí Minh"], id="folded-and-short"),
        pytest.param("UBND Hà Nội", ["Ủy ban nhân dân Thành phố Hà Nội"], id="level-left-out"),
        pytest.param("so kh&cn bac ninh", ["Sở Khoa học và Công nghệ tỉnh Bắc Ninh"], id="sector-in-letters"),
        pytest.param("sở khcn Bắc Giang", ["Sở Khoa học và Công nghệ tỉnh Bắc Ninh"], id="province-before"),
        pytest.param("UBND huyện Củ Chi", [], id="district-of-no-row"),
        pytest.param("BNN", ["Bộ Nông nghiệp và Môi trường"], id="code-of-the-one-before"),
    ],
)
def test_bodies_of_provinces_by_any_name(opener: Opener, written: str, names: list[str]) -> None:
    bodies = (
        "Ủy ban nhân dân Thành phố Hồ Chí Minh", "Ủy ban nhân dân Thành phố Hà Nội", "Bộ Nông nghiệp và Môi trường",
        "Sở Khoa học và Công nghệ tỉnh Bắc Ninh",
    )  # fmt: skip
    with opener() as index:
        index.add(document("a", *(task(n, f"việc của {name}", name) for n, name in enumerate(bodies, 1))))
        assert [lead.canonical for hit in index.search(agency=written) for lead in hit.row.leads] == names  # type: ignore[union-attr]


def test_facets_count_all_answers(index: Index) -> None:
    page = index.search("", limit=1)
    assert page.total == 5
    assert {(f.value, f.count) for f in page.facets["status"]} == {("done", 2), ("in_progress", 1)}
    assert page.facets["agency"][0].value == "Bộ Tài chính"


def test_a_body_is_asked_with_those_before_and_after_it_not_with_what_these_took_over(opener: Opener) -> None:
    names = ("Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Tài nguyên và Môi trường", "Bộ Nông nghiệp và Môi trường")
    with opener() as index:
        index.add(document("a", *(task(n, f"việc {n}", name) for n, name in enumerate(names, 1))))
        found = {name: [hit.row.id for hit in index.search(agency=name, ranked=False)] for name in names}
        assert found == {names[0]: ["t1", "t3"], names[1]: ["t2", "t3"], names[2]: ["t1", "t2", "t3"]}


def test_facets_over_a_part_of_many_answers_are_no_less_than_told(opener: Opener) -> None:
    with opener() as index:
        for n in range(12):
            states = ("done", "overdue", None)
            rows = (task(k, f"lập báo cáo số {k}", "Bộ Y tế", "2025-06-30", status=states[k % 3]) for k in range(60))
            index.add(document(f"d{n}", *rows))
        whole = index.search("bao cao", most_counted=None)
        part = index.search("bao cao", most_counted=100)
        assert whole.total == part.total == 720
        assert (whole.at_least, part.at_least) == (False, True)
        exact = {(name, f.value): f.count for name, values in whole.facets.items() for f in values}
        assert exact["agency", "Bộ Y tế"] == 720
        for name, values in part.facets.items():
            assert all(f.count <= exact[name, f.value] for f in values)
        for filters in ({}, {"due_before": "29/6/2025"}, {"agency": "BYT", "due_before": "30/6/2025"}):
            page = index.search("", limit=1000, **filters)  # type: ignore[arg-type]
            assert page.total == len(page)


def test_pages_join_without_gap(index: Index) -> None:
    for query in ("", "hop", "ket qua"):
        whole = [hit.entry for hit in index.search(query)]
        assert [index.search(query, limit=1, offset=n).rows[0].entry for n in range(len(whole))] == whole


def test_highlights_slice_the_source(index: Index) -> None:
    hit = index.search("co so du lieu").rows[0]
    marked = [hit.row.text[start - hit.row.start : end - hit.row.start] for start, end in hit.highlights]
    assert marked == ["cơ", "sở", "dữ", "liệu"]


def test_the_same_task_elsewhere_with_its_deadlines(index: Index) -> None:
    hit = index.search("tổng hợp kết quả", due_before="2025-06-30").rows[0]
    others = index.places_of(hit)
    assert [(other.source, other.row.deadline.due, other.row.status) for other in others] == [
        ("b", "2025-08-31", "done")
    ]


def test_a_set_phrase_makes_no_two_tasks_one(opener: Opener) -> None:
    phrase = "phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia"
    heads = (
        "thành lập, kiện toàn Ban Chỉ đạo cấp tỉnh, cấp xã và tổ giúp việc về",
        "cân đối, bố trí trong dự toán ngân sách ít nhất ba phần trăm tổng chi cho",
        "kiểm tra, đôn đốc các cơ quan báo cáo tiến độ thực hiện hằng quý việc",
        "mở lớp bồi dưỡng kỹ năng cho cán bộ, công chức ở những nơi khó khăn về",
        "mở rộng hợp tác với các viện, trường nước ngoài theo thỏa thuận đã ký về",
        "rà soát luật, nghị định, thông tư còn chồng chéo để gỡ điểm nghẽn trong",
        "tổ chức tuyên truyền trên báo, đài, mạng xã hội nhân ngày kỷ niệm về",
    )
    run = "làm rõ định nghĩa, nội hàm, lượng hóa các khái niệm mới trong Nghị quyết số 57-NQ/TW"
    with opener() as index:
        for n, head in enumerate(heads):
            index.add(document(f"d{n}", task(1, f"{head} {phrase}")))
        index.add(
            document("e", task(1, f"Xây dựng văn bản {run} để thống nhất"), task(2, f"Hướng dẫn {run} toàn quốc"))
        )
        assert index.places_of(index.search("kiện toàn").rows[0]) == ()
        assert [hit.row.id for hit in index.places_of(index.search("thống nhất").rows[0])] == ["t2"]


def test_adding_again_changes_nothing(index: Index) -> None:
    before = index.stats().model_dump(exclude={"bytes"})
    assert index.add(FIRST) == "unchanged"
    assert index.stats().model_dump(exclude={"bytes"}) == before


def test_a_changed_document_replaces_its_rows(index: Index) -> None:
    assert index.add(document("a", task(1, "việc mới"), sha="other")) == "replaced"
    assert texts(index, "viec") == ["việc mới"]
    assert texts(index, "quoc gia") == []
    assert index.check() == ()


def test_a_moved_document_is_known_by_its_content(index: Index) -> None:
    assert index.add(FIRST, place="elsewhere/a") == "moved"
    assert index.places() == ("b", "elsewhere/a")
    assert index.stats().tasks == 5


def test_a_removed_document_leaves_nothing(index: Index) -> None:
    assert index.remove("a")
    assert not index.remove("a")
    stats = index.stats()
    assert (stats.documents, stats.tasks, stats.citations) == (1, 2, 0)
    assert index.search("quoc gia").total == 0
    assert index.check() == ()


def test_it_is_there_after_opening_again(opener: Opener, index: Index) -> None:
    index.tidy()
    with opener() as again:
        assert again.search("du lieu").total == 1
        assert again.known("a", "a")


def test_passages_and_citations_are_found(opener: Opener, knowledge: Knowledge) -> None:
    found = analyze(LETTER, knowledge=knowledge).model_copy(update={"text": LETTER})
    with opener() as index:
        index.add(found)
        passage = index.search('"độc lập - tự do"', kind="passage").rows[0]
        assert LETTER[passage.row.start : passage.row.end] == passage.row.text
        citations = index.search("88 2025", kind="citation").rows
        assert {hit.row.target for hit in citations} == {"88/2025/NĐ-CP"}
        assert index.search("tong hop", agency="Sở Công Thương").total == 1


def test_a_task_without_words_and_names_full_of_syntax(opener: Opener) -> None:
    odd = document("'; DROP TABLE entries; --", task(1, "…", "Bộ \"x\" OR 'y' \\"), task(2, "\ud800 việc\0 lẻ"))
    with opener() as index:
        index.add(odd)
        assert index.search("viec").total == 1
        assert index.check() == ()
        assert index.remove(odd.document.source)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text() | st.text(alphabet="\"'*-()^:{}+ANDORNOT \\;%&|!<>ab\ue000\0", max_size=30))
def test_any_string_is_a_query_or_a_clear_error(index: Index, query: str) -> None:
    with suppress(BadQuery):
        assert index.search(query, limit=3).total is not None


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(sorted(set(Filters.model_fields) - {"no_deadline"})),
    value=st.text(max_size=40) | st.text(alphabet="0123456789/-. NĐQLuật\"'%_\\\0@?", max_size=20),
)
def test_any_string_is_a_filter_or_a_clear_error(index: Index, field: str, value: str) -> None:
    with suppress(BadQuery):
        assert index.search("", limit=3, filters=Filters(agency="BTC"), **{field: value}).total is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["x" * 100_000, "việc " * 63, '"' + "báo cáo " * 400 + '"', "a\0b", "-" * 5000])
def test_long_and_odd_questions(index: Index, query: str) -> None:
    with suppress(BadQuery):
        assert index.search(query, limit=3).total is not None


@pytest.mark.parametrize("content", [b"no database at all, only words", None], ids=["text", "another-database"])
def test_a_file_that_is_no_index_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.db"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(IndexProblem, match="→"):
        open_index(path)
    assert path.read_bytes() == before


def test_what_is_only_asked_is_not_made(opener: Opener, tmp_path: Path, knowledge: Knowledge) -> None:
    with opener() as index:
        address = index._dialect.reader.url.render_as_string(hide_password=False)
        with index._dialect.writer.begin() as connection:
            for name in TABLES:
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for _ in range(2):
        with pytest.raises(IndexProblem, match="chưa có chỉ mục"):
            open_index(address, knowledge=knowledge, create=False)


def test_an_index_of_a_newer_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_index(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vnlegal_index SET value = '99'")
    connection.close()
    with pytest.raises(IndexProblem, match="99"):
        open_index(path)


@pytest.mark.parametrize("version", [1, 2])
def test_an_index_of_an_older_version_is_brought_up_to_date(tmp_path: Path, knowledge: Knowledge, version: int) -> None:
    """`tests/index/version_1.db.gz` holds FIRST, SECOND and the letter, written by version 1."""
    path = tmp_path / "x.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "index" / f"version_{version}.db.gz").read_bytes()))
    for _ in range(2):  # the second time it is of today's version
        with open_index(path, knowledge=knowledge) as index:
            stats = index.stats()
            assert (stats.documents, stats.tasks, stats.citations, stats.passages) == (3, 7, 6, 16)
            assert stats.version == VERSION
            assert index.check() == ()
            assert texts(index, agency="BTC", due_before="2025-06-30") == [FIRST.tasks[0].text]
            assert index.add(FIRST) == "unchanged"
            assert index.search('"độc lập - tự do"', kind="passage").total == 1
    with open_index(path, knowledge=knowledge) as index:
        assert index.remove("a")
        assert index.check() == ()


def test_a_migration_that_fails_leaves_the_old_index(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "index" / "version_1.db.gz").read_bytes()))
    step = MIGRATIONS[1]

    def breaks(connection: Connection, dialect: Dialect) -> None:
        step(connection, dialect)
        raise RuntimeError

    monkeypatch.setitem(MIGRATIONS, 1, breaks)
    with pytest.raises(RuntimeError):
        open_index(path, knowledge=knowledge)
    monkeypatch.undo()
    with open_index(path, knowledge=knowledge) as index:
        assert index.stats().documents == 3


def test_a_broken_block_is_told(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
    for broken in (b"(\xb5/\xfd broken", b"broken", b""):
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE payloads SET data = ?", (broken,))
        connection.close()
        with open_index(path, knowledge=knowledge) as index, pytest.raises(IndexProblem, match="hỏng"):
            index.search("quoc gia")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "mysql://x/y",
        "postgresql://nobody@127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x",
        "postgresql://a@127.0.0.1:1/x?sslmode=off",
        "no/such/folder/x.db",
    ],
)
def test_an_address_that_leads_nowhere(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IndexProblem, match="→"):
        open_index(url)


def test_a_full_disk_keeps_what_was_written(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
        with index._dialect.writer.connect() as connection:  # the size the file has now is all there is
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = document("c", *(task(n, f"việc số {n} " * 50) for n in range(400)))
        with pytest.raises(IndexProblem, match="hết chỗ"):
            index.add(long)
    with open_index(path, knowledge=knowledge) as index:
        assert index.places() == ("a",)
        assert index.check() == ()


def test_a_file_that_may_only_be_read_is_searched(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x?y#z 1.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with open_index(path, knowledge=knowledge) as index:
        assert index.search("quoc gia").total == 1
        assert index.check() == ()
        with pytest.raises(IndexProblem, match="chỉ đọc"):
            index.add(SECOND)
        assert index.places() == ("a",)


def test_a_server_that_goes_away_in_the_middle(
    server: str, request: pytest.FixtureRequest, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vnlegal.index.opening import dialect_for

    def cut() -> None:
        with dialect_for(server, create=True).reader.connect() as other:
            other.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )

    with dialect_for(server, create=True).writer.begin() as connection:
        for name in TABLES:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")
    with open_index(server, knowledge=knowledge) as index:
        index.add(FIRST)
        cut()  # between two questions nobody notices
        assert index.search("quoc gia").total == 1
        put_rows = Writer._put_rows

        def cut_off(*arguments: Any) -> None:
            put_rows(*arguments)
            cut()

        monkeypatch.setattr(Writer, "_put_rows", cut_off)
        with pytest.raises(IndexProblem, match="phần đã ghi vẫn còn"):
            index.add(SECOND)
        monkeypatch.undo()
        assert index.places() == ("a",)
        assert index.check() == ()
        assert index.add(SECOND) == "added"
        assert index.check() == ()


WRITER = """
import sys
from tests.test_index_store import document, task
from vnlegal.index import open_index
index = open_index(sys.argv[1])
print("ready", flush=True)
for number in range(10000):
    index.add(document(f"{sys.argv[2]}-{number}", *(task(n, f"việc {n}") for n in range(30))))
    print(number, flush=True)
"""


@pytest.mark.slow
def test_killed_while_writing_nothing_is_half_or_lost(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    said: set[str] = set()
    for name, wait in (("k", 3), ("l", 40)):
        command = [sys.executable, "-c", WRITER, str(path), name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(wait)]
        process.kill()
        lines += process.communicate()[0].splitlines(keepends=True)
        said |= {f"{name}-{line.strip()}" for line in lines if line.endswith("\n") and line.strip().isdigit()}
    with open_index(path, knowledge=knowledge) as index:
        assert said <= set(index.places())
        assert index.check() == ()


IMPLEMENTED = document(
    "decree",
    task(1, "Quy định hồ sơ đầu tư", "Bộ Tài chính"),
    citations=(LAW,),
    relations=(Relation(source="decree/NQ-CP@2025", relation="implements", target="luat:dau-tu@2020", start=0, end=1),),
)
BELOW = document(
    "circular",
    task(1, "Lập báo cáo đầu tư", "Sở Tài chính"),
    relations=(Relation(source="circular/NQ-CP@2025", relation="guides", target="decree/NQ-CP@2025", start=0, end=1),),
)
BASED = document(
    "other",
    task(1, "Việc khác hẳn", "Bộ Y tế"),
    relations=(
        Relation(source="other/NQ-CP@2025", relation="issued_under", target="luat:dau-tu@2020", start=0, end=1),
    ),
)


def test_obligations_under_a_law_and_all_that_carries_it_out(opener: Opener) -> None:
    with opener() as index:
        for one in (FIRST, IMPLEMENTED, BELOW, BASED):
            index.add(one)
        # a task that cites the law, one of its decree, one of the decree's circular; not what only stands on its basis
        assert texts(index, under="Luật Đầu tư") == [
            FIRST.tasks[1].text, IMPLEMENTED.tasks[0].text, BELOW.tasks[0].text
        ]  # fmt: skip
        assert [edge.relation for edge in index.under("luat dau tu")] == ["implements", "guides"]
        assert texts(index, document="circular/NQ-CP") == [BELOW.tasks[0].text]
        with pytest.raises(BadQuery, match="chỉ được viện dẫn"):
            index.search(document="Luật Đầu tư")
        index.remove("decree")  # the chain is broken
        assert texts(index, under="Luật Đầu tư") == [FIRST.tasks[1].text]


def test_a_letter_and_what_came_back(opener: Opener, knowledge: Knowledge) -> None:
    reply = (
        "BỘ TÀI CHÍNH\nSố: 99/BTC-KHTC\nHà Nội, ngày 2 tháng 7 năm 2025\nKính gửi: Bộ Công Thương\n\n"
        "Trả lời Công văn số 1234/BCT-KHTC ngày 12/5/2025 của Bộ Công Thương, Bộ Tài chính có ý kiến như sau:\n\n"
        "Kết quả thực hiện khoản 2 Điều 5 Nghị định số 88/2025/NĐ-CP đã được tổng hợp tại phụ lục.\n"
    )
    with opener() as index:
        for name, words in (("letter", LETTER), ("reply", reply)):
            found = analyze(words, knowledge=knowledge).model_copy(update={"text": words})
            head = found.document.model_copy(update={"source": name, "sha256": name})
            index.add(found.model_copy(update={"document": head}))
        hit = index.search("tổng hợp kết quả", document="1234/BCT-KHTC").rows[0]
        (answer,) = index.answers_to(hit)
        assert (answer.relation, answer.passage.source) == ("replies_to", "reply")
        assert answer.passage.row.text.startswith("Kết quả thực hiện")
        (request,) = index.search(document="99/BTC-KHTC", limit=1, kind="passage").rows
        assert index.answers_to(request) == ()
