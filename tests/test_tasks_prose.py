"""Tasks in prose, lists and nested items, on short documents in the form of real ones."""

from __future__ import annotations

import pytest

from tests.tasked import names, tasks_of
from vnlegal.knowledge import Knowledge
from vnlegal.tasks import TaskFound

TELEGRAM = """\
THỦ TƯỚNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 224/CĐ-TTg
Hà Nội, ngày 26 tháng 11 năm 2025

CÔNG ĐIỆN
Về việc tập trung khắc phục hậu quả mưa lũ

Thủ tướng Chính phủ yêu cầu:

{}

Nơi nhận:
- Bộ Y tế;
- Lưu: VT.
"""


def told(body: str, knowledge: Knowledge) -> list[tuple[str, TaskFound]]:
    """Return the tasks of a telegram with this body."""
    return tasks_of(TELEGRAM.format(body), knowledge)


def test_an_item_is_one_row_from_the_verb_to_before_the_deadline(knowledge: Knowledge) -> None:
    body = "1. Bộ Y tế khẩn trương rà soát các cơ sở khám bệnh, hoàn thành trước ngày 30/11/2025."
    ((text, task),) = told(body, knowledge)
    assert text == "khẩn trương rà soát các cơ sở khám bệnh"
    assert names(task.leads) == ["Bộ Y tế"]
    assert task.modality == "assigned"
    assert task.deadline is not None
    assert task.deadline.due == "2025-11-29"


def test_a_clause_with_its_own_partner_is_a_row_of_its_own(knowledge: Knowledge) -> None:
    body = "1. Bộ Y tế rà soát các bệnh viện; chủ trì, phối hợp với Bộ Tài chính bố trí kinh phí sửa chữa."
    found = told(body, knowledge)
    assert [text for text, _ in found] == ["rà soát các bệnh viện", "bố trí kinh phí sửa chữa"]
    assert [[a.canonical for a in task.coordinators] for _, task in found] == [[], ["Bộ Tài chính"]]
    assert all(names(task.leads) == ["Bộ Y tế"] for _, task in found)


def test_items_take_the_body_that_stands_above_them(knowledge: Knowledge) -> None:
    body = "1. Bộ Công Thương:\n\na) Tăng cường quản lý thị trường.\n\nb) Chỉ đạo khôi phục cung cấp điện."
    found = told(body, knowledge)
    assert [text for text, _ in found] == ["Tăng cường quản lý thị trường", "Chỉ đạo khôi phục cung cấp điện"]
    assert all(names(task.leads) == ["Bộ Công Thương"] and task.leads[0].inherited for _, task in found)


def test_copies_at_the_end_are_no_tasks(knowledge: Knowledge) -> None:
    assert len(told("1. Bộ Y tế rà soát các bệnh viện bị hư hỏng.", knowledge)) == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("1. Bộ Y tế đã ban hành Thông tư hướng dẫn khám bệnh.", id="achievement"),
        pytest.param("1. Trách nhiệm thuộc về Bộ Y tế.", id="blame"),
        pytest.param("1. Tổng số cơ sở bị hư hỏng là 120.", id="statistics"),
    ],
)
def test_what_orders_nothing_is_no_task(body: str, knowledge: Knowledge) -> None:
    assert told(body, knowledge) == []


def test_a_day_after_the_last_number_of_a_sentence_governs_all(knowledge: Knowledge) -> None:
    body = "1. Bộ Y tế: (1) Rà soát các bệnh viện; (2) Bổ sung thuốc cho trạm y tế. Hoàn thành trong tháng 12/2025."
    found = told(body, knowledge)
    assert len(found) == 2
    assert [task.deadline and task.deadline.due for _, task in found] == ["2025-12-31", "2025-12-31"]


@pytest.mark.parametrize(
    ("condition", "leads"),
    [
        ("Trường hợp phát sinh rủi ro, ngân hàng phải báo cáo Bộ Tài chính.", [["nhóm: ngân hàng"]]),
        ("Trường hợp phát sinh rủi ro, cá nhân phải báo cáo Bộ Tài chính.", []),
    ],
)
def test_a_body_of_a_kind_may_be_told_behind_a_condition(
    condition: str, leads: list[list[str]], knowledge: Knowledge
) -> None:
    found = told(f"1. Bộ Y tế rà soát các bệnh viện. {condition}", knowledge)
    assert [names(task.leads) for _, task in found] == [["Bộ Y tế"], *leads]


def test_a_body_in_a_list_of_orders_is_to_give_notice(knowledge: Knowledge) -> None:
    opinion = "Phó Thủ tướng có ý kiến như sau:\n\n1. Bộ Y tế rà soát các bệnh viện.\n\n2. Bộ Tài chính {} bệnh viện."
    found = told(opinion.format("thông báo tới các Sở Y tế về số tiền sửa chữa các"), knowledge)
    assert [names(task.leads) for _, task in found] == [["Bộ Y tế"], ["Bộ Tài chính"]]
    assert told("Bộ Tài chính thông báo tới các Sở Y tế về số tiền sửa chữa.", knowledge) == []


def test_without_a_document_there_is_no_task(knowledge: Knowledge) -> None:
    assert tasks_of("", knowledge) == []


DECREE = """\
CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 136/2020/NĐ-CP
Hà Nội, ngày 24 tháng 11 năm 2020

NGHỊ ĐỊNH
Quy định chi tiết một số điều của Luật Phòng cháy và chữa cháy

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về phòng cháy.

Điều 2. Trách nhiệm thi hành
1. Bộ Công an hướng dẫn, kiểm tra việc thực hiện Nghị định này.

TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Xuân Phúc

{}
"""
FORM = """\
…..(1)…..
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: …/QĐ-…
…, ngày … tháng … năm …

QUYẾT ĐỊNH
Về việc tạm đình chỉ hoạt động

Điều 1. Yêu cầu chủ cơ sở khắc phục các thiếu sót.
Điều 2. Giao Công an tỉnh theo dõi việc thực hiện Quyết định này.
"""
PLAN = FORM.replace("Số: …/QĐ-…", "Số: 12/QĐ-UBND").replace(
    "…, ngày … tháng … năm …", "Hà Nội, ngày 2 tháng 3 năm 2021"
)


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        pytest.param(FORM, 1, id="a form behind a decree orders nothing"),
        pytest.param(PLAN, 3, id="a decision with a number of its own does"),
    ],
)
def test_forms_behind_rules_hold_no_tasks(behind: str, wanted: int, knowledge: Knowledge) -> None:
    assert len(tasks_of(DECREE.format(behind), knowledge)) == wanted
