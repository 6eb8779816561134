"""Queries: what people write becomes clauses; any string is a query or a clear error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.index.frequency import Frequencies
from vnlegal.index.model import BadQuery
from vnlegal.index.query import Mark, Part, Words, parse
from vnlegal.index.ranking import Candidate, first_order, highlights, ranked
from vnlegal.index.sameness import ALIKE, likeness, shared_run
from vnlegal.index.words import exact, folded, folded_text, places


@pytest.mark.parametrize(
    ("written", "clauses"),
    [
        pytest.param("báo cáo", [["bao"], ["cao"]], id="words-in-any-order"),
        pytest.param('"báo cáo"', [["bao", "cao"]], id="phrase"),
        pytest.param("“báo cáo”", [["bao", "cao"]], id="curly-quotes"),
        pytest.param('báo "cáo', [["bao"], ["cao"]], id="quote-left-open"),
        pytest.param("88/2025/NĐ-CP", [["88"], ["2025"], ["nd"], ["cp"]], id="number"),
        pytest.param("AND OR NOT NEAR(", [["and"], ["or"], ["not"], ["near"]], id="operators-are-words"),
        pytest.param("words: '; DROP TABLE x --", [["words"], ["drop"], ["table"], ["x"]], id="sql"),
        pytest.param("", [], id="nothing"),
        pytest.param("*** --- ()", [], id="only-signs"),
    ],
)
def test_words_and_phrases(written: str, clauses: list[list[str]]) -> None:
    assert [list(clause[0].words) for clause in parse(written).clauses if isinstance(clause[0], Words)] == clauses


def test_prefix_and_minus() -> None:
    query = parse('nghi* -"hằng năm" -quý')
    assert query.clauses == ((Words(("nghi",), prefix=True),),)
    assert query.without == ((Words(("hang", "nam")),), (Words(("quy",)),))


def test_a_body_among_the_words_may_stand_in_the_text_or_in_a_role() -> None:
    query = parse("kinh phí BTC", lambda name: (7, 9) if name == "BTC" else ())
    assert query.clauses[-1] == (Words(("btc",)), Mark("a7"), Mark("a9"))
    assert query.tight == ((Words(("kinh", "phi")),), (Words(("btc",)), Mark("a7"), Mark("a9")))
    assert query.parts == (Part(("kinh", "phi"), ("kinh", "phí")), Part(("btc",), ("btc",), (7, 9)))


@pytest.mark.parametrize(
    ("asked", "better", "worse"),
    [
        pytest.param("kinh phi", "bố trí kinh phí hằng năm", "bố trí phí kinh doanh hằng năm", id="run-before-apart"),
        pytest.param("bo tri nam", "bố trí kinh phí hằng năm", "hằng năm bố trí kinh phí", id="order-before-disorder"),
        pytest.param("kinh phí", "lập dự toán và bố trí kinh phí", "bo tri kinh phi", id="diacritics-before-length"),
        pytest.param("kinh phi", "bố trí kinh phí", "lập dự toán và bố trí kinh phí", id="shorter-before-longer"),
        pytest.param("bo tri bo", "bộ bố trí bộ", "bộ bố trí phòng", id="a-word-asked-twice"),
        pytest.param(
            "kinh phí BTC", "bố trí kinh phí", "giao phí BTC kinh doanh", id="body-need-not-stand-in-the-text"
        ),
    ],
)
def test_the_row_more_likely_meant_comes_first(asked: str, better: str, worse: str) -> None:
    query = parse(asked, lambda name: (7,) if name == "BTC" else ())
    order = [Candidate(1, 1, len(worse)), Candidate(2, 1, len(better))]
    assert [entry for entry, _ in ranked(order, {1: worse, 2: better}, query.parts)] == [2, 1]


@pytest.mark.parametrize("other", ["l8 c7", "l8", ""], ids=["who-helps", "another-leads", "nobody"])
def test_the_body_that_leads_comes_first(other: str) -> None:
    query = parse("kinh phí BTC", lambda name: (7,) if name == "BTC" else ())
    order = [Candidate(1, 1, 15, other), Candidate(2, 1, 15, "l7")]
    texts = {1: "bố trí kinh phí", 2: "giao đủ kinh phí"}
    assert [entry for entry, _ in ranked(order, texts, query.parts)] == [2, 1]


def test_of_two_rows_the_one_whose_other_words_tell_nothing_comes_first() -> None:
    texts = {1: "nâng cấp cảng biển Vân Phong", 2: "quản lý cảng theo quy định"}
    order = [Candidate(entry, 1, len(text)) for entry, text in texts.items()]
    common = Frequencies(dict.fromkeys(("quan", "ly", "theo", "quy", "dinh"), 1.0), rare=50.0)
    assert [entry for entry, _ in ranked(order, texts, parse("cảng").parts)] == [1, 2]
    assert [entry for entry, _ in ranked(order, texts, parse("cảng").parts, common)] == [2, 1]


def test_rows_of_many_lengths_are_read() -> None:
    same = [Candidate(entry, 1, 20) for entry in range(100)]
    order = first_order([*same, Candidate(200, 1, 30), Candidate(300, 3, 90)])
    assert [one.entry for one in order[:9]] == [300, 0, 1, 2, 3, 4, 5, 200, 6]


def test_a_text_comes_once_before_it_comes_again() -> None:
    texts = {1: "lập báo cáo", 2: "Lập báo cáo.", 3: "lập báo cáo hằng năm"}
    order = [Candidate(entry, 1, len(text)) for entry, text in texts.items()]
    assert [entry for entry, _ in ranked(order, texts, parse("lap bao cao").parts)] == [1, 3, 2]


def test_too_many_words_are_told() -> None:
    with pytest.raises(BadQuery, match="64"):
        parse("việc " * 200)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà giải", "hòa giải"), ("Uỷ ban", "Ủy ban"), ("Đ", "đ"), ("nghi\u0323 đi\u0323nh", "nghị định")],
    ids=["tone", "uỷ", "case", "decomposed"],
)
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert exact(one) == exact(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 88/2025/NĐ-CP",
        "nghi\u0323 đi\u0323nh",
        "a\u200bb",
        "İ ơ",
        "x" * 70,
        "snake_case – “gạch”",
        "tab\tvà\u3000ô",
    ],
    ids=["plain", "decomposed", "zero-width", "grows", "endless", "signs", "blanks"],
)
def test_whole_texts_fold_as_their_words_do(text: str) -> None:
    assert folded_text(text).split() == [word for piece in text.split() for word in folded(f"{piece} \u4e00")[:-1]]


TABLED = (
    "Xây dựng, ban hành văn bản làm rõ định nghĩa, nội hàm, lượng hóa các khái niệm mới trong Nghị quyết số 57-NQ/TW "
    "để thống nhất nhận thức và tổ chức triển khai"
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("lập báo cáo năm 2025", "Lập báo cáo năm 2025.", True, id="as-it-stands"),
        pytest.param(
            TABLED,
            "Hướng dẫn làm rõ định nghĩa, nội hàm, lượng hóa các khái niệm mới trong Nghị quyết số 57-NQ/TW của Bộ "
            "Chính trị về đột phá phát triển khoa học, công nghệ",
            True,
            id="in-a-table-and-in-prose",
        ),
        pytest.param(
            TABLED,
            "Làm rõ định nghĩa mức độ tự chủ về công nghệ trong Nghị quyết số 57-NQ/TW, trình cấp có thẩm quyền",
            False,
            id="another-of-the-same-resolution",
        ),
        pytest.param(
            "Xây dựng nền tảng đào tạo trực tuyến mở",
            "Xây dựng nền tảng đào tạo trực tuyến mở đại trà cung cấp miễn phí kiến thức về công nghệ số cho người dân",
            True,
            id="in-short",
        ),
        pytest.param(
            "nền tảng đào tạo trực tuyến mở đại trà",
            "Xây dựng kế hoạch kinh phí cho việc đấu thầu nền tảng đào tạo trực tuyến mở đại trà và bảo trì hằng năm",
            False,
            id="another-thing-done-with-it",
        ),
        pytest.param(
            "kiểm tra việc thu phí theo quy định của pháp luật và báo cáo Thủ tướng Chính phủ",
            "tổ chức cuộc thi theo quy định của pháp luật và báo cáo Thủ tướng Chính phủ",
            False,
            id="set-phrases-alone",
        ),
    ],
)
def test_two_statements_of_one_task(one: str, other: str, same: bool) -> None:
    assert (likeness(one, other) >= ALIKE or bool(shared_run(one, other))) is same


@given(st.text())
def test_places_are_the_words_in_the_text(text: str) -> None:
    for start, end in places(text):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["Nghị định này", "Nghi\u0323 đi\u0323nh này", "Nghị\u200b định", "**Nghị** định"],
    ids=["composed", "decomposed", "zero-width", "bold"],
)
def test_highlights_are_offsets_of_the_source(text: str) -> None:
    found = highlights(text, 100, frozenset({"nghi", "di*"}))
    assert [folded(text[start - 100 : end - 100]) for start, end in found] == [["nghi"], ["dinh"]]
