"""Words that a copy ran together part again, and nothing else does."""

from __future__ import annotations

import pytest

import vnlegal
from vnlegal.segment.glued import part_words
from vnlegal.text import clean

# Runs longer than any syllable, which show what kind of copy it is.
GLUED = "Căn cứ tìnhhình thực tế và chươngtrình công tác; "


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("Hội đồngnhân dân", "Hội đồng nhân dân", id="two small words"),
        pytest.param("SởXây dựng", "Sở Xây dựng", id="a capital behind a small letter"),
        pytest.param("theoQuyết định", "theo Quyết định", id="a capital behind a word without marks"),
        pytest.param("BỘNỘI VỤ", "BỘ NỘI VỤ", id="capitals"),
        pytest.param("BộKHCN", "Bộ KHCN", id="an abbreviation"),
        pytest.param("Banhành, thựchiện", "Ban hành, thực hiện", id="not ba nhành, not thự chiện"),
        pytest.param("Côngan, cảnước", "Công an, cả nước", id="not côn gan, not cản ước"),
        pytest.param("quảnlýnhà nước", "quản lý nhà nước", id="three words"),
        pytest.param("Giaocho", "Giao cho", id="very usual words without marks"),
        pytest.param("nghiêng, khuyến, giếng", "nghiêng, khuyến, giếng", id="near miss: long syllables"),
        pytest.param("magiê, Đắklắk", "magiê, Đắklắk", id="near miss: foreign names with marks"),
        pytest.param("Saigon, internet, camera", "Saigon, internet, camera", id="near miss: words without marks"),
    ],
)
def test_words_run_together_part(written: str, meant: str) -> None:
    assert part_words(clean(GLUED + written)).text.removeprefix(
        "Căn cứ tình hình thực tế và chương trình công tác; "
    ) == (meant)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Căn cứ tình hình thực tế và chương trình công tác của tỉnh", id="a clean text"),
        pytest.param("Chương trình UNESCO của Petrovietnam, PricewaterhouseCoopers", id="foreign names"),
        pytest.param("thô®ng b¸o cña Chính phủ về việc nghiªncứu", id="one run of an old font"),
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    view = clean(text)
    assert part_words(view) is view


def test_a_short_run_with_two_tones_shows_such_a_copy() -> None:
    assert part_words(clean("Kínhgửi: Bộ Y tế, theodõi")).text == "Kính gửi: Bộ Y tế, theo dõi"


def test_what_is_found_in_such_a_copy_slices_back() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH A\n\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nVỀVIỆC BANHÀNH QUY CHẾ\n\n"
        "Căn cứ Luật Tổ chức Hội đồngnhân dân và Uỷ ban nhân dân ngày26/11/2003;\n"
        "Theo đề nghị của Giám đốc SởNội vụ tạiTờ trình số 15/TTr-SNV ngày 02/3/2009 vềviệc này,\n"
        "Quyếtđịnh này thaythế Quyết định số 7/2005/QĐ-UBND.\n"
    )
    result = vnlegal.analyze(text)
    found = [(row.text, row.target) for row in result.citations]
    assert ("Luật Tổ chức Hội đồngnhân dân và Uỷ ban nhân dân", "11/2003/QH11") in found
    assert ("Tờ trình số 15/TTr-SNV", "15/TTr-SNV@2009") in found
    assert ("Quyếtđịnh này", "12/QĐ-UBND@?") in found
    assert "Giám đốc Sở Nội vụ" in {row.canonical for row in result.agencies}
    assert result.document.subject == "VỀ VIỆC BAN HÀNH QUY CHẾ"
    for row in (*result.citations, *result.agencies):
        assert text[row.start : row.end] == row.text
