"""Questions to the index: words, names, days, counts, and what hangs together. On SQLite and PostgreSQL."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.conftest import LETTER
from tests.index_database import FIRST, LAW, Opener, document, task, texts
from vnlegal.knowledge import Knowledge

pytest.importorskip("sqlalchemy", reason="the index needs SQLAlchemy")


from vnlegal.index import BadQuery, Filters, Index
from vnlegal.index.model import Filtering
from vnlegal.pipeline import analyze
from vnlegal.records import Analysis, Relation


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


def test_what_tells_least_is_counted_when_the_index_is_tidied(opener: Opener) -> None:
    usual = [task(n, f"quản lý việc {n} theo quy định") for n in range(3, 43)]
    with opener() as index:
        index.add(document("a", task(1, "nâng cấp cảng biển Vân Phong"), task(2, "quản lý cảng theo quy định"), *usual))
        assert texts(index, "cảng")[0] == "nâng cấp cảng biển Vân Phong"
        index.tidy()
        assert texts(index, "cảng")[0] == "quản lý cảng theo quy định"
    with opener() as again:
        assert texts(again, "cảng")[0] == "quản lý cảng theo quy định"
        again.remove("a")
        again.tidy()
        assert texts(again, "cảng") == []


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


def test_rows_of_one_table_are_tasks_of_their_own(opener: Opener) -> None:
    words = "Xây dựng Chương trình Quốc gia phát triển {} chiến lược trong giai đoạn mới"
    table = [
        task(n, words.format(kind), "Bộ Y tế", rule="table:row") for n, kind in ((1, "công nghệ"), (2, "công nghiệp"))
    ]
    with opener() as index:
        index.add(document("a", *table, task(3, words.format("công nghệ"), "Bộ Y tế", rule="prose:verb")))
        index.add(document("b", task(1, words.format("công nghệ"), "Bộ Y tế", rule="table:row")))
        hit = index.search("công nghệ", document="a").rows[0]
        assert [(other.source, other.row.id) for other in index.places_of(hit)] == [("a", "t3"), ("b", "t1")]


def test_a_law_that_changes_another_by_the_way_does_not_carry_it_out(opener: Opener) -> None:
    def law(name: str, subject: str, relation: str, target: str) -> Analysis:
        edge = Relation(source=f"{name}/NQ-CP@2025", relation=relation, target=target, start=0, end=1)
        one = document(name, task(1, f"việc theo {subject}", "Bộ Y tế"), relations=(edge,))
        return one.model_copy(update={"document": one.document.model_copy(update={"subject": subject})})

    with opener() as index:
        index.add(law("1", "Sửa đổi, bổ sung một số điều của Luật Đầu tư", "amends", "luat:dau-tu@2020"))
        index.add(law("2", "Quy hoạch đô thị", "amends", "luat:dau-tu@2020"))
        index.add(law("3", "quy định chi tiết về quy hoạch", "implements", "2/NQ-CP@2025"))
        decree = law("5", "đăng ký doanh nghiệp", "executes", "luat:dau-tu@2020")
        index.add(decree.model_copy(update={"document": decree.document.model_copy(update={"kind": "nghi_dinh"})}))
        index.add(document("4", task(1, "việc nêu luật", "Bộ Y tế", legal_basis=("c2",)), citations=(LAW,)))
        assert [edge.source for edge in index.under("Luật Đầu tư")] == ["1/NQ-CP@2025"]
        assert [hit.source for hit in index.search(under="Luật Đầu tư")] == ["1", "4"]


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
