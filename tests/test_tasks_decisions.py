"""Articles of decisions and resolutions on rules that order work, and those that only make rules."""

from __future__ import annotations

import pytest

from tests.tasked import DECISION, OF_ONE, OF_RULES, told
from vnlegal.knowledge import Knowledge

ORDERS = [
    pytest.param(
        "Điều 2. Giao Sở Công Thương chủ trì, phối hợp với Sở Tài chính hướng dẫn việc thu phí chợ.",
        [("hướng dẫn việc thu phí chợ", ["Sở Công Thương"])],
        id="handed over",
    ),
    pytest.param(
        "Điều 2. Giao Ủy ban nhân dân các xã, phường rà soát các chợ trước ngày 30 tháng 6 năm 2026.",
        [("rà soát các chợ", ["nhóm: UBND các xã, phường"])],
        id="handed over to a group",
    ),
    pytest.param(
        "Điều 2. Giám đốc Sở Công Thương có trách nhiệm hướng dẫn, kiểm tra các chợ.",
        [("hướng dẫn, kiểm tra các chợ", ["Giám đốc Sở Công Thương"])],
        id="a duty",
    ),
    pytest.param(
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Giao Sở Công Thương tổ chức kiểm tra các chợ.",
        [("tổ chức kiểm tra các chợ", ["Sở Công Thương"])],
        id="behind another sentence",
    ),
    pytest.param(
        "Điều 2. Giám đốc Sở Công Thương, Chủ tịch Ủy ban nhân dân các xã, phường có trách nhiệm kiểm tra các chợ.",
        [("kiểm tra các chợ", ["Giám đốc Sở Công Thương", "nhóm: chủ tịch UBND các xã, phường"])],
        id="a duty of several",
    ),
    pytest.param(
        "Điều 2. Ủy ban nhân dân tỉnh có trách nhiệm tổ chức triển khai thực hiện Nghị quyết này.",
        [("tổ chức triển khai thực hiện Nghị quyết này", ["Ủy ban nhân dân tỉnh Nghệ An"])],
        id="a duty to carry out",
    ),
]
SHARED_OUT = """\
Điều 2.

1. Sở Công Thương chủ trì, phối hợp với Sở Tài chính hướng dẫn việc thu phí chợ.

2. Sở Tài chính có trách nhiệm bố trí kinh phí sửa chữa chợ."""
ORDERS.append(
    pytest.param(
        SHARED_OUT,
        [("hướng dẫn việc thu phí chợ", ["Sở Công Thương"]), ("bố trí kinh phí sửa chữa chợ", ["Sở Tài chính"])],
        id="an article without a title that shares the work out",
    )
)
CARRIED_OUT = "Điều 2. Ủy ban nhân dân tỉnh xây dựng kế hoạch và tổ chức thực hiện Nghị quyết này."
POWER = "Điều 2. Ủy quyền cho Giám đốc Sở Công Thương thay mặt Ủy ban nhân dân tỉnh ký hợp đồng."
RULES = [
    pytest.param(POWER, id="power given once and for all"),
    pytest.param("Điều 2. Người được ủy quyền cho Sở Công Thương ký hợp đồng nộp giấy ủy quyền.", id="who has power"),
    pytest.param("Điều 2. Giao đất xây dựng chợ cho hợp tác xã không thu tiền.", id="what is given is no body"),
    pytest.param("Điều 2. Người kinh doanh tại chợ có trách nhiệm giữ gìn vệ sinh.", id="a duty of citizens"),
    pytest.param("Điều 2. Sở Công Thương cấp giấy phép trong 05 ngày kể từ ngày nhận đủ hồ sơ.", id="a rule"),
    pytest.param(
        "Điều 2.\n\n1. Người kinh doanh có trách nhiệm giữ vệ sinh.\n\n2. Sở Công Thương cấp giấy phép kinh doanh.",
        id="an article without a title that begins with citizens",
    ),
    pytest.param(
        "Điều 2.\n\n1. Sở Công Thương cấp giấy phép kinh doanh.\n\n2. Giấy phép có hạn 05 năm.",
        id="an article without a title that begins with a rule",
    ),
    pytest.param("Điều 2. Sửa đổi Điều 4 như sau:\n\n“Điều 4. Giao Sở Công Thương kiểm tra các chợ.”", id="quoted"),
]


@pytest.mark.parametrize("number", [OF_RULES, OF_ONE])
@pytest.mark.parametrize(("article", "tasks"), ORDERS)
def test_an_article_that_orders_is_a_task(
    number: str, article: str, tasks: list[tuple[str, list[str]]], knowledge: Knowledge
) -> None:
    assert told(DECISION.format(number, article), knowledge) == tasks


@pytest.mark.parametrize("article", RULES)
def test_an_article_that_makes_a_rule_is_none(article: str, knowledge: Knowledge) -> None:
    assert told(DECISION.format(OF_RULES, article), knowledge) == []


def test_who_carries_out_a_resolution_has_a_task(knowledge: Knowledge) -> None:
    assert told(DECISION.format(OF_RULES, CARRIED_OUT), knowledge) == [
        ("xây dựng kế hoạch và tổ chức thực hiện Nghị quyết này", ["Ủy ban nhân dân tỉnh Nghệ An"])
    ]


def test_power_given_for_one_matter_is_a_task(knowledge: Knowledge) -> None:
    assert told(DECISION.format(OF_ONE, POWER), knowledge) == [
        ("thay mặt Ủy ban nhân dân tỉnh ký hợp đồng", ["Giám đốc Sở Công Thương"])
    ]


ATTACHED = (
    "Điều 2. Giám đốc Sở Công Thương chịu trách nhiệm thi hành Quyết định này.\n\nNơi nhận:\n- Lưu: VT.\n\n{}\n\n"
)
STEPS = """\
1. Trình tự thực hiện

a) Sở Công Thương kiểm tra hồ sơ, trình Ủy ban nhân dân tỉnh quyết định.

b) Yêu cầu, điều kiện thực hiện: Không có.
"""
FORM = "VĂN BẢN ĐỀ NGHỊ MỞ CHỢ\n\nKính gửi: ……\n\nĐề nghị Sở Công Thương xem xét, cho phép mở chợ.\n"


@pytest.mark.parametrize(
    ("caption", "tasks"),
    [
        pytest.param("PHỤ LỤC\nTHỦ TỤC HÀNH CHÍNH TRONG LĨNH VỰC CHỢ", 0, id="procedures"),
        pytest.param("PHỤ LỤC I\nDANH MỤC\n01 QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", 0, id="their handling"),
        pytest.param("PHỤ LỤC\nNHIỆM VỤ KIỂM SOÁT THỦ TỤC HÀNH CHÍNH", 1, id="tasks on procedures"),
    ],
)
def test_what_describes_a_procedure_orders_nothing(caption: str, tasks: int, knowledge: Knowledge) -> None:
    found = told(DECISION.format(OF_ONE, ATTACHED.format(caption) + STEPS + "\n" + FORM), knowledge)
    assert found[0] == ("thi hành Quyết định này", ["Giám đốc Sở Công Thương"])
    assert ("Sở Công Thương" in [lead for _, leads in found for lead in leads]) == bool(tasks)
