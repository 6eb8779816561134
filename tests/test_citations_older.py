"""What older and damaged documents do to citations: numbers before 2002, small letters, lost blanks, initials."""

from __future__ import annotations

import pytest

from tests.cites import cited, texts
from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment

LETTER = """\
CỤC HẢI QUAN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 71/HQ-GSQL
Hà Nội, ngày 15 tháng 3 năm 2025

Kính gửi: Chi cục Hải quan khu vực I.

"""


def _mentions(text: str, knowledge: Knowledge) -> list[Mention]:
    segmentation = segment(Document(text=text), knowledge)
    return find_citations(segmentation, find_agencies(segmentation, knowledge), knowledge)


@pytest.mark.parametrize(
    ("text", "words", "number", "date"),
    [
        ("Xét công văn số 11467 TC/VT ngày 24/10/2002.", "công văn số 11467 TC/VT", "11467 TC/VT", "2002-10-24"),
        ("Xét công văn số 518 BKH/KTĐN ngày 28/8/2002.", "công văn số 518 BKH/KTĐN", "518 BKH/KTĐN", "2002-08-28"),
        ("Theo Thông tư 95 TC/TCT ngày 26/9/1994.", "Thông tư 95 TC/TCT", "95 TC/TCT", "1994-09-26"),
        ("Trả lời công văn số SMC/01-2020 đề ngày 22/9/2020.", "công văn số SMC/01-2020", "SMC/01-2020", "2020-09-22"),
        ("Trả lời công văn số 25CV/2020 ngày 3/3/2020.", "công văn số 25CV/2020", "25CV/2020", "2020-03-03"),
        ("Trả lời văn bản số 0112/CV-2021 ngày 3/3/2021.", "văn bản số 0112/CV-2021", "0112/CV-2021", "2021-03-03"),
        ("Theo công văn số 103/BKH-KTĐP &LT ngày 7/1/2008.", "công văn số 103/BKH-KTĐP &LT", "103/BKH-KTĐP&LT",
         "2008-01-07"),
    ],
)  # fmt: skip
def test_old_numbers(text: str, words: str, number: str, date: str, knowledge: Knowledge) -> None:
    found = [m for m in _mentions(text, knowledge) if m.number]
    assert [(text[m.start : m.end], m.number, m.date) for m in found] == [(words, number, date)]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số…./ 2015/NĐ-CP ngày … tháng … năm 2015.",
        "Gửi công văn số lượng lớn.",
        "Tỷ lệ 12 A/B là đủ.",
        "Tốc độ 60 KM/H.",
        "Khu nhà 5 CT/2 và 7 CT/3.",
    ],
)
def test_no_old_numbers(text: str, knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "numbered", "self") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Phụ lục 1 ban hành kèm theo công văn này.", ["công văn này"], id="own-kind"),
        pytest.param("Người ra quyết định này chịu trách nhiệm.", [], id="another-kind"),
        pytest.param("Các công văn này đều hết hiệu lực.", [], id="several"),
    ],
)
def test_a_letter_speaks_of_itself_in_small_letters(text: str, words: list[str], knowledge: Knowledge) -> None:
    assert texts(LETTER + text, knowledge, "anaphora") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Theo quy định của BLHS và BLTTHS năm 2015.", ["BLHS", "BLTTHS năm 2015"]),
        ("Theo Điều 53 của LuậtKý kết, gia nhập và thực hiện điều ước quốc tế năm 2005.",
         ["Luật Ký kết, gia nhập và thực hiện điều ước quốc tế năm 2005"]),
        ("Triển khai Luật Thuế XK, thuế NK.", ["Luật Thuế XK, thuế NK"]),
        ("Trình Quốc hội ban hành Luật Thuế liên quan đến tài sản.", ["Luật Thuế liên quan đến tài sản"]),
        ("Các quy định của Luật liên quan đến đầu tư.", []),
        ("Căn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003;", ["Luật Tổ chức HĐND và UBND"]),
        ("Nghị quyết Đại hội XVIII Đảng bộ tỉnh về cải cách.", ["Nghị quyết Đại hội XVIII Đảng bộ tỉnh"]),
        ("Máy BLXYZ và LuậtSư An.", []),
    ],
)  # fmt: skip
def test_names_cut_short_or_glued(text: str, words: list[str], knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "named") == words


def test_pinpoints_parted_from_their_document_by_a_dash(knowledge: Knowledge) -> None:
    (found,) = _mentions("Căn cứ Khoản 2c - Điều 1 - Nghị định số 30/1998/NĐ-CP ngày 13/5/1998;", knowledge)
    assert [(p.dieu, p.khoan) for p in found.provisions] == [("1", "2c")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Theo Luật Quản lý thuế số 38/2019/QH14, ngày 19/10/2020, Chính phủ đã ban hành quy định.", None),
        ("Theo Luật Quản lý thuế số 38/2019/QH14, ngày 13/6/2019, Chính phủ quy định.", "2019-06-13"),
    ],
)
def test_a_day_between_commas_of_another_year_is_not_the_laws(
    text: str, date: str | None, knowledge: Knowledge
) -> None:
    assert _mentions(text, knowledge)[0].date == date


@pytest.mark.parametrize(("year", "draft"), [("1988", False), ("2024", False), ("2000", True)])
def test_a_law_passed_long_after_a_document_is_no_bill(year: str, draft: bool, knowledge: Knowledge) -> None:
    text = LETTER.replace("2025", year) + "Để thi hành Bộ luật Tố tụng hình sự, Cục hướng dẫn."
    assert [m.is_draft for m in cited(text, knowledge) if m.kind == "named"] == [draft]


def test_words_glued_by_a_copy(knowledge: Knowledge) -> None:
    text = "Ý kiến tạiCông văn số 663/SCT ngày 5/3/2013, nội dung ghi theoQuyết định này."
    assert texts(text, knowledge, "numbered", "anaphora") == ["Công văn số 663/SCT", "Quyết định này"]


def test_planned_documents_of_the_prime_minister(knowledge: Knowledge) -> None:
    text = "Góp ý dự thảo Chỉ thị của TTCP về phát triển bền vững theo đề nghị của Bộ Y tế."
    assert texts(text, knowledge, "planned") == ["Chỉ thị của TTCP về phát triển bền vững"]
