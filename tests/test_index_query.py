"""Queries: what people write becomes clauses; any string is a query or a clear error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.index.model import BadQuery
from vnlegal.index.query import Mark, Words, parse
from vnlegal.index.ranking import highlights
from vnlegal.index.words import exact, folded, places


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
