"""The order with which a document closes: who has to carry it out."""

from __future__ import annotations

import pytest

from tests.tasked import DECISION, OF_ONE, OF_RULES, names, tasks_of, told
from vnlegal.knowledge import Knowledge

CLOSINGS = [
    pytest.param(
        "Chánh Văn phòng Ủy ban nhân dân tỉnh; Giám đốc Sở Công Thương; Thủ trưởng các cơ quan, đơn vị có liên quan "
        "chịu trách nhiệm thi hành Quyết định này./.",
        [
            "Chánh Văn phòng Ủy ban nhân dân tỉnh Nghệ An",
            "Giám đốc Sở Công Thương",
            "nhóm: thủ trưởng các cơ quan, đơn vị liên quan",
        ],
        id="semicolons",
    ),
    pytest.param(
        "Giám đốc Sở Tư pháp, Chủ tịch Ủy ban nhân dân các xã, phường và các tổ chức, cá nhân có liên quan căn cứ "
        "Quyết định thi hành./.",
        ["Giám đốc Sở Tư pháp", "nhóm: chủ tịch UBND các xã, phường", "nhóm: các tổ chức, cá nhân liên quan"],
        id="on the grounds of the decision",
    ),
    pytest.param(
        "Cục trưởng Cục Chợ cá, Rau và Hoa, Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này.",
        ["Cục trưởng Cục Chợ cá, Rau và Hoa", "nhóm: thủ trưởng các đơn vị liên quan"],
        id="a name with commas that nobody knows",
    ),
    pytest.param(
        "Giám đốc, Thủ trưởng các Sở, ban, ngành, Hội đồng nhân dân xã Hoa Lư và ông Nguyễn Văn An chịu trách nhiệm "
        "thi hành Quyết định này.",
        ["nhóm: giám đốc, Thủ trưởng các Sở, ban, ngành", "Hội đồng nhân dân xã Hoa Lư", "ông Nguyễn Văn An"],
        id="two offices of one group, a council, a person",
    ),
    pytest.param(
        "Trưởng phòng Người có công và Giám đốc Sở Tư pháp chịu trách nhiệm thi hành Quyết định.",
        ["Trưởng phòng Người có công", "Giám đốc Sở Tư pháp"],
        id="the decision without 'này'",
    ),
    pytest.param(
        "Các ông (bà): Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành "
        "Quyết định này.",
        ["Chánh Văn phòng Ủy ban nhân dân tỉnh Nghệ An", "Giám đốc Sở Nội vụ"],
        id="the offices of those addressed",
    ),
    pytest.param(
        "Các Ông/bà: Chánh Văn phòng Bộ, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.",
        ["Chánh Văn phòng Bộ", "Giám đốc Sở Nội vụ"],
        id="the offices of those addressed, with a stroke",
    ),
    pytest.param(
        "Các ông Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.",
        ["Chánh Văn phòng Ủy ban nhân dân tỉnh Nghệ An", "Giám đốc Sở Nội vụ"],
        id="addressed without a colon",
    ),
    pytest.param(
        "Thủ trưởng các đơn vị thuộc Sở và các cơ quan liên quan chịu trách nhiệm thi hành Quyết định này.",
        ["nhóm: thủ trưởng các đơn vị thuộc Sở", "nhóm: các cơ quan liên quan"],
        id="a group that ends in what it belongs to",
    ),
    pytest.param(
        "Giám đốc các Sở, ngành: Tư pháp, Y tế; Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành "
        "Quyết định này.",
        ["Giám đốc Sở Tư pháp", "Giám đốc Sở Y tế", "nhóm: chủ tịch UBND các xã"],
        id="departments by their fields",
    ),
    pytest.param(
        "Phó Giám đốc Sở: Y tế, Tài chính; Giám đốc Sở: Tư pháp, Nội vụ chịu trách nhiệm thi hành Quyết định này.",
        ["Phó Giám đốc Sở Y tế", "Phó Giám đốc Sở Tài chính", "Giám đốc Sở Tư pháp", "Giám đốc Sở Nội vụ"],
        id="heads and deputies of departments by their fields",
    ),
    pytest.param(
        "Giám đốc các Sở, ngành, Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này.",
        ["nhóm: giám đốc các sở, ngành", "nhóm: chủ tịch UBND các xã"],
        id="departments without a list",
    ),
    pytest.param(
        "Chánh Văn phòng, Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.",
        ["Chánh Văn phòng Ủy ban nhân dân tỉnh Nghệ An", "Giám đốc Sở Nội vụ"],
        id="the head of the issuer's own office",
    ),
    pytest.param(
        "Các Bộ trưởng: Y tế, Kế hoạch và Đầu tư và Chủ tịch Ủy ban nhân dân các tỉnh: Quảng Trị, Lào Cai chịu trách "
        "nhiệm thi hành Quyết định này.",
        [
            "Bộ trưởng Bộ Y tế",
            "Bộ trưởng Bộ Kế hoạch và Đầu tư",
            "Chủ tịch Ủy ban nhân dân tỉnh Quảng Trị",
            "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai",
        ],
        id="ministers by their fields, heads of provinces by their places",
    ),
    pytest.param("Quyết định này có hiệu lực thi hành kể từ ngày ký.", None, id="when it takes effect"),
    pytest.param("Các ông (bà): … chịu trách nhiệm thi hành Quyết định này.", None, id="a form to be filled in"),
    pytest.param("Chủ chợ được thu phí khi thực hiện Quyết định này.", None, id="a right"),
]


@pytest.mark.parametrize("number", [OF_RULES, OF_ONE])
@pytest.mark.parametrize(("order", "leads"), CLOSINGS)
def test_a_closing_order_names_all_who_carry_it_out(
    number: str, order: str, leads: list[str] | None, knowledge: Knowledge
) -> None:
    found = told(DECISION.format(number, f"Điều 2. {order}"), knowledge)
    assert [leads_found for _, leads_found in found] == ([leads] if leads else [])
    assert all("thi hành" in words for words, _ in found)


RESOLUTION = """\
HỘI ĐỒNG NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {}
Nghệ An, ngày 22 tháng 5 năm 2026

NGHỊ QUYẾT
Quy định mức thu phí chợ

QUYẾT NGHỊ:

Điều 1. Quy định mức thu phí chợ trên địa bàn tỉnh.

Điều 2. Tổ chức thực hiện

{}

Nơi nhận:
- Lưu: VT.
"""
WATCHES = [
    pytest.param(
        "Thường trực Hội đồng nhân dân, các Ban Hội đồng nhân dân, Tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh "
        "giám sát việc thực hiện Nghị quyết.",
        [
            "Thường trực Hội đồng nhân dân",
            "nhóm: các Ban Hội đồng nhân dân",
            "nhóm: tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh",
        ],
        "assigned",
        id="the council's own",
    ),
    pytest.param(
        "2. Giao Thường trực Hội đồng nhân dân tỉnh, các Tổ đại biểu Hội đồng nhân dân tỉnh và đại biểu Hội đồng nhân "
        "dân tỉnh trong phạm vi nhiệm vụ, quyền hạn tăng cường kiểm tra, giám sát việc thực hiện Nghị quyết này.",
        [
            "Thường trực Hội đồng nhân dân tỉnh Nghệ An",
            "nhóm: các Tổ đại biểu Hội đồng nhân dân tỉnh",
            "nhóm: đại biểu Hội đồng nhân dân tỉnh",
        ],
        "assigned",
        id="behind a cue, with a scope",
    ),
    pytest.param(
        "Đề nghị Hội đồng nhân dân các xã giám sát quá trình thực hiện Nghị quyết.",
        ["nhóm: HĐND các xã"],
        "requested",
        id="asked of others",
    ),
    pytest.param(
        "Hội đồng nhân dân tỉnh đã giám sát việc thực hiện Nghị quyết số 12/NQ-HĐND.", None, "", id="what was done"
    ),
    pytest.param("Công dân có quyền giám sát việc thực hiện Nghị quyết này.", None, "", id="a right"),
]


@pytest.mark.parametrize("number", ["12/2026/NQ-HĐND", "55/NQ-HĐND"])
@pytest.mark.parametrize(("order", "leads", "modality"), WATCHES)
def test_a_resolution_names_all_who_watch_over_it(
    number: str, order: str, leads: list[str] | None, modality: str, knowledge: Knowledge
) -> None:
    found = tasks_of(RESOLUTION.format(number, order), knowledge)
    expected = [(leads, modality)] if leads else []
    assert [(names(task.leads), task.modality) for _, task in found] == expected
    assert all("giám sát" in words for words, _ in found)


@pytest.mark.parametrize(
    ("date", "orders"),
    [pytest.param("Hà Nội, ngày 27 tháng 02 năm 2026\n", 1, id="slip-that-was-sent"), pytest.param("", 0, id="form")],
)
def test_a_dated_slip_orders_and_a_form_does_not(date: str, orders: int, knowledge: Knowledge) -> None:
    text = f"PHIẾU TRÌNH\n{date}Kính gửi: Đ/c Phó Chủ tịch\nGiao Sở Tài chính chủ trì rà soát dự toán các dự án.\n"
    assert len(tasks_of(text, knowledge)) == orders
