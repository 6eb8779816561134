"""The foot of a document: recipients and signature."""

from __future__ import annotations

import pytest

from tests.segmented import HEAD, PLAN, header_of, segmented
from vnlegal.knowledge import Knowledge


def test_a_foot_in_two_columns_is_read_column_by_column(knowledge: Knowledge) -> None:
    foot = (
        "Nơi nhận:                              KT. CHỦ TỊCH\n"
        "- Như trên;                           PHÓ CHỦ TỊCH\n"
        "- Các sở, ban, ngành;\n"
        "- Lưu: VT.                          Nguyễn Văn Minh\n"
    )
    head = header_of(PLAN[: PLAN.index("Nơi nhận:")] + foot, knowledge)
    assert head.copies == ("Như trên", "Các sở, ban, ngành", "Lưu: VT")
    assert (head.signer_title, head.signer_name) == ("KT. CHỦ TỊCH - PHÓ CHỦ TỊCH", "Nguyễn Văn Minh")


@pytest.mark.parametrize("name", ["H'Linh Niê Kdăm", "Vàng A Sình", "K'Brể", "ThS. Lê Văn Tám", "Y Thanh Hà Niê Kđăm"])
def test_names_of_signers(name: str, knowledge: Knowledge) -> None:
    head = header_of(PLAN.replace("Nguyễn Văn Minh", name), knowledge)
    assert head.signer_name == name


@pytest.mark.parametrize(
    ("lines", "title", "name"),
    [
        pytest.param("PHÓ CHỦ\nNHIỆM\nTrần Văn Bảy", "PHÓ CHỦ NHIỆM", "Trần Văn Bảy", id="a-post-cut-inside"),
        pytest.param("THỨ\nTRƯỞNG\nTrần\nVăn Bảy", "THỨ TRƯỞNG", "Trần Văn Bảy", id="a-name-cut-inside"),
        pytest.param("PHÓ CHỦ TỊCH Trần Văn Bảy", "PHÓ CHỦ TỊCH", "Trần Văn Bảy", id="post-and-name-on-one-line"),
        pytest.param("PHÓ CHỦ TỊCH\n(Đã ký) Trần Văn Bảy", "PHÓ CHỦ TỊCH", "Trần Văn Bảy", id="stamp-before-the-name"),
        pytest.param("PHÓ CHỦ TỊCHTrần Văn Bảy", "PHÓ CHỦ TỊCH", "Trần Văn Bảy", id="a-post-run-into-the-name"),
        pytest.param("PHÓ CHỦ TỊCH\nTrần\nPHỤ LỤC", None, None, id="one-word-is-no-name"),
    ],
)
def test_signers_broken_by_a_narrow_column(
    lines: str, title: str | None, name: str | None, knowledge: Knowledge
) -> None:
    head = header_of(PLAN.replace("PHÓ CHỦ TỊCH\n\nNguyễn Văn Minh", lines), knowledge)
    assert head.signer_name == name
    assert title is None or (head.signer_title or "").endswith(f"KT. CHỦ TỊCH - {title}")


def test_a_recipient_goes_on_below_its_line(knowledge: Knowledge) -> None:
    foot = "- VP: Chánh VP, các phòng: TH,\nNội chính, Tổ thư ký;\n- Sở Y tế\ntỉnh;\n- Lưu: VT.\n"
    head = header_of(PLAN.replace("- Như trên;\n- Lưu: VT.\n", foot), knowledge)
    assert head.copies == ("VP: Chánh VP, các phòng: TH, Nội chính, Tổ thư ký", "Sở Y tế tỉnh", "Lưu: VT")


def test_post_and_name_in_one_cell(knowledge: Knowledge) -> None:
    foot = "| Nơi nhận: - Như trên; - Lưu: VT. | THỦ TƯỚNG Trần Văn Bảy |\n"
    head = header_of(PLAN[: PLAN.index("Nơi nhận:")] + foot, knowledge)
    assert (head.signer_title, head.signer_name) == ("THỦ TƯỚNG", "Trần Văn Bảy")
    assert head.copies == ("Như trên", "Lưu: VT")


def test_a_rule_is_no_entry_of_the_distribution_list(knowledge: Knowledge) -> None:
    text = PLAN.replace("Nơi nhận:\n", "Nơi nhận:\n__\n")
    assert header_of(text, knowledge).copies == ("Như trên", "Lưu: VT")


def test_brackets_hold_an_entry_of_the_distribution_list_together(knowledge: Knowledge) -> None:
    text = f"{HEAD}Kính gửi: Các Sở Y tế.\n\nBộ đề nghị.\n\nNơi nhận:\n- Như trên; Vụ 1;\n- Lưu (VP ; DP).\n"
    assert header_of(text, knowledge).copies == ("Như trên", "Vụ 1", "Lưu (VP ; DP)")


def test_a_distribution_list_without_colon_and_dashes(knowledge: Knowledge) -> None:
    text = f"{HEAD}Kính gửi: Các Sở Y tế.\n\nBộ đề nghị.\n\nNơi nhận\n\nNhư trên;\n\nLưu: VT.\n\nBộ gửi kèm."
    assert header_of(text, knowledge).copies == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("above", "first"),
    [("Phó Thủ tướng", "Phó Thủ tướng"), ("Thực hiện từ ngày ký.", "(Đã ký)"), ("Thủ tướng yêu cầu:", "(Đã ký)")],
    ids=["post", "near miss: a sentence", "near miss: an order"],
)
def test_a_post_in_small_letters_begins_the_signature(above: str, first: str, knowledge: Knowledge) -> None:
    text = f"{HEAD}QUYẾT ĐỊNH\n\nĐiều 1. Lập Tổ công tác./.\n\n{above}\n\n(Đã ký)\n\nLê Văn Tám"
    found = segmented(text, knowledge)
    signature = next(unit for unit in found.units if unit.kind == "signature")
    assert found.flow.text[signature.start : signature.end].split("\n")[0] == first


@pytest.mark.parametrize(
    ("last", "copy", "title"),
    [
        ("- Lưu: VT, QHĐP (3). | TM. CHÍNH PHỦ", "Lưu: VT, QHĐP (3)", "TM. CHÍNH PHỦ - THỦ TƯỚNG"),
        ("- Lưu: VT, TH (3). (SH) 20TM. CHÍNH PHỦ", "Lưu: VT, TH (3). (SH) 20", "TM. CHÍNH PHỦ - THỦ TƯỚNG"),
        ("- Lưu: VT, TM, KT.", "Lưu: VT, TM, KT", "THỦ TƯỚNG"),
    ],
    ids=["behind a bar", "glued", "near miss: a unit's letters"],
)
def test_a_capacity_on_the_last_line_of_the_recipients(last: str, copy: str, title: str, knowledge: Knowledge) -> None:
    text = f"{HEAD}QUYẾT ĐỊNH\n\nĐiều 1. Lập Tổ.\n\nNơi nhận:\n- Như trên;\n{last}\nTHỦ TƯỚNG\n\n\nLê Văn Tám"
    header = header_of(text, knowledge)
    assert (header.copies, header.signer_title, header.signer_name) == (("Như trên", copy), title, "Lê Văn Tám")


TAIL = """\
Quyết định 1234/QĐ-BYT năm 2025 lập Tổ công tác do Bộ Y tế ban hành
Văn bản này chưa cập nhật nội dung Tiếng Anh
Văn bản liên quan
Ban hành: 08/12/2025
Rà chuột vào nội dụng văn bản để sử dụng.
Nghị định 13/2023/NĐ-CP về bảo vệ dữ liệu cá nhân.
"""


@pytest.mark.parametrize(
    ("tail", "kept"),
    [(TAIL, False), ("Văn bản liên quan\nNghị định 13/2023/NĐ-CP\n", True), ("Ý kiến bạn đọc\nBáo Y tế\n", True)],
    ids=["of a page", "near miss: a heading", "near miss: of a document"],
)
def test_what_a_page_says_below_the_text_is_furniture(tail: str, kept: bool, knowledge: Knowledge) -> None:
    text = f"{HEAD}QUYẾT ĐỊNH\n\nĐiều 1. Lập Tổ.\n\nTHỦ TƯỚNG\n\n\nLê Văn Tám\n\n"
    flow = segmented(text + tail, knowledge).flow.text
    assert flow.endswith("Lê Văn Tám") is not kept
