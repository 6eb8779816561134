"""Text views: plain characters to search in, and the way back to the raw offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.text import Builder, View, clean, fold, fold_tone

WORDS = "Nghị quyết số 57-NQ/TW về đột phá phát triển"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        pytest.param("Quyết định", "Quyết định", id="plain"),
        pytest.param(unicodedata.normalize("NFD", "Quyết định"), "Quyết định", id="NFD"),
        pytest.param("Quyê\u0301t \u0111i\u0323nh", "Quyết định", id="half-composed"),
        pytest.param("Điều\u00a05", "Điều 5", id="no-break-space"),
        pytest.param("Điều\u00a0\u00a0\t5", "Điều 5", id="run-of-odd-blanks"),
        pytest.param("Điều\u200b 5", "Điều 5", id="zero-width-space"),
        pytest.param("Nghị qu\u00adyết", "Nghị quyết", id="soft-hyphen"),
        pytest.param("\ufeffLuật", "Luật", id="byte-order-mark"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line-ends"),
        pytest.param("Ðiều 68", "Điều 68", id="eth-for-D"),
        pytest.param("\u201fĐiều 1", "“Điều 1", id="reversed-opening-quotation-mark"),
        pytest.param("trang 1\ftrang 2", "trang 1\ftrang 2", id="form-feed-stays"),
    ],
)
def test_clean(raw: str, plain: str) -> None:
    assert clean(raw).text == plain


def test_clean_text_is_its_own_view() -> None:
    view = clean(WORDS)
    assert view.is_identity
    assert view.span(0, 10) == (0, 10)


def test_a_span_takes_the_marks_of_its_last_letter() -> None:
    raw = unicodedata.normalize("NFD", "số 5 và")
    view = clean(raw)
    start, end = view.span(0, 2)
    assert raw[start:end] == unicodedata.normalize("NFD", "số")


def test_a_view_of_a_view() -> None:
    raw = "a\u200bb  c\u200bd"
    below = clean(raw)
    assert below.text == "ab  cd"
    builder = Builder(below.text)
    builder.add("ab", 0)
    builder.add("cd", 4)
    view = builder.view().over(below)
    assert view.text == "abcd"
    assert [view.offset(n) for n in range(4)] == [0, 2, 5, 7]


def test_pieces_out_of_order_give_a_span_from_first_to_last() -> None:
    view = View("xyab", "abxy", (0, 2), (2, 0))
    assert view.span(0, 2) == (2, 4)
    assert view.span(2, 4) == (0, 2)


@pytest.mark.parametrize(
    ("words", "folded"),
    [("Đường sắt", "duong sat"), ("ỦY BAN", "uy ban"), ("Uỷ ban", "uy ban"), ("123/NĐ-CP", "123/nd-cp")],
)
def test_fold(words: str, folded: str) -> None:
    assert fold(words) == folded
    assert len(fold(words)) == len(words)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("hoà giải", "hòa giải"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("quý I", "quý I"),
        ("khoẻ mạnh", "khỏe mạnh"),
        ("thuỷ lợi", "thủy lợi"),
        ("toàn quốc", "toàn quốc"),
    ],
)
def test_fold_tone(words: str, same: str) -> None:
    assert fold_tone(words) == same


ODD = st.sampled_from([*"aàáạăằđôốệươ ABCĐ123.,;()\n\t\r\f", "\u0301", "\u0323", "\u200b", "\u00ad", "\u00a0", "\r\n"])


@given(raw=st.lists(ODD, max_size=60).map("".join))
def test_offsets_of_a_clean_view_ascend_and_lie_inside(raw: str) -> None:
    view = clean(raw)
    offsets = [view.offset(n) for n in range(len(view.text))]
    assert offsets == sorted(set(offsets))
    assert all(0 <= at < len(raw) for at in offsets)
    for n, at in enumerate(offsets):
        if raw[at].isalnum():
            assert unicodedata.normalize("NFC", view.text[n])[0] == view.text[n]


@given(words=st.text(alphabet="aáàạăắâấeêếiíoôốơớuưứyýđAĐ ", max_size=40))
def test_composed_and_decomposed_clean_to_the_same(words: str) -> None:
    assert clean(unicodedata.normalize("NFD", words)).text == clean(unicodedata.normalize("NFC", words)).text
