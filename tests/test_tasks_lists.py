"""Lists of tasks: what stands above or behind them holds for their items; labels; duties in rules; look-alikes."""

from __future__ import annotations

import pytest

from tests.tasked import OFFICE_LETTER, names, tasks_of
from vnlegal.knowledge import Knowledge

Row = tuple[str, list[str], list[str], str | None]

PLAN = """\
ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 72/KH-UBND
Lai Châu, ngày 19 tháng 11 năm 2025

KẾ HOẠCH
Triển khai thi hành Luật Việc làm

II. NHIỆM VỤ

{}
"""
REGULATION = """\
ỦY BAN NHÂN DÂN TỈNH VĨNH LONG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1377/QĐ-UBND
Vĩnh Long, ngày 22 tháng 5 năm 2026

QUYẾT ĐỊNH
Ban hành Quy chế phối hợp

Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý công trình cấp nước.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

QUY CHẾ
Phối hợp quản lý công trình cấp nước
(Ban hành kèm theo Quyết định số 1377/QĐ-UBND ngày 22 tháng 5 năm 2026 của Ủy ban nhân dân tỉnh)

{}
"""
CIRCULAR = """\
BỘ TÀI CHÍNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/2026/TT-BTC
Hà Nội, ngày 22 tháng 5 năm 2026

THÔNG TƯ
Quy định về quản lý giá nước

Điều 1. Phạm vi điều chỉnh
Thông tư này quy định về giá nước sạch.

{}
"""


def read(text: str, knowledge: Knowledge) -> list[Row]:
    """Return the tasks of a document: words, leads, coordinators, last day."""
    return [
        (words, names(task.leads), names(task.coordinators), task.deadline.due if task.deadline else None)
        for words, task in tasks_of(text, knowledge)
    ]


GOVERNED = [
    pytest.param(
        "1. Bộ Xây dựng:\n\n- Chỉ đạo các đơn vị cấp nước xây dựng phương án;\n\n- Lắp đặt 45 điểm đo độ mặn.\n\n"
        "Thời hạn hoàn thành: trước ngày 15/12/2025.",
        ["2025-12-14", "2025-12-14"],
        id="a line of its own behind a list",
    ),
    pytest.param(
        "1. Bộ Xây dựng:\n\n- Xây dựng phương án, hoàn thành trong tháng 11/2025;\n\n- Lắp đặt 45 điểm đo độ mặn.\n\n"
        "Thời hạn hoàn thành: trước ngày 15/12/2025.",
        ["2025-11-30", "2025-12-14"],
        id="an item with a day of its own keeps it",
    ),
    pytest.param(
        "1. Bộ Xây dựng:\n\n- Xây dựng phương án cấp nước;\n\n- Lắp đặt 45 điểm đo độ mặn trước ngày 15/12/2025.",
        [None, "2025-12-14"],
        id="a day inside the last item is its own",
    ),
]


@pytest.mark.parametrize(("body", "days"), GOVERNED)
def test_a_day_behind_a_list_is_that_of_its_items(body: str, days: list[str | None], knowledge: Knowledge) -> None:
    text = OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n{body}")
    assert [row[3] for row in read(text, knowledge)] == days


def test_a_line_that_names_the_partners_holds_for_its_items(knowledge: Knowledge) -> None:
    body = "1. Bộ Y tế:\n\nChủ trì, phối hợp với Bộ Tài chính:\n\n(1) rà soát các bệnh viện;\n\n(2) bổ sung thuốc."
    found = read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n{body}"), knowledge)
    assert [row[:3] for row in found] == [
        ("rà soát các bệnh viện", ["Bộ Y tế"], ["Bộ Tài chính"]),
        ("bổ sung thuốc", ["Bộ Y tế"], ["Bộ Tài chính"]),
    ]


OPINIONS = [
    pytest.param("Phó Thủ tướng Chính phủ Hồ Đức Phớc có ý kiến như sau:", True, id="a superior has his say"),
    pytest.param("Sau khi nghiên cứu, Bộ Xây dựng có ý kiến như sau:", False, id="a ministry answers"),
]


@pytest.mark.parametrize(("intro", "orders"), OPINIONS)
def test_the_opinion_of_a_superior_orders(intro: str, orders: bool, knowledge: Knowledge) -> None:
    text = OFFICE_LETTER.format(f"{intro}\n\n1. Ủy ban nhân dân tỉnh Đồng Nai: chỉ đạo các nhà thầu đẩy nhanh tiến độ.")
    assert bool(read(text, knowledge)) is orders


ABOUT = [
    pytest.param("- Về thuốc, vật tư: chỉ đạo các bệnh viện bổ sung.", "chỉ đạo các bệnh viện bổ sung", id="about"),
    pytest.param("- Đối với các xã đã xong: cần tập trung kiểm tra kết quả.", "tập trung kiểm tra kết quả", id="for"),
    pytest.param("- Nghị định số 214/2025/NĐ-CP ngày 04/8/2025 của Chính phủ về đấu thầu.", None, id="a citation"),
]


@pytest.mark.parametrize(("item", "action"), ABOUT)
def test_what_an_item_is_about_stands_before_a_colon(item: str, action: str | None, knowledge: Knowledge) -> None:
    found = read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n1. Bộ Y tế:\n\n{item}\n\n"), knowledge)
    assert [row[0] for row in found] == ([action] if action else [])


def test_labels_are_read_as_cells(knowledge: Knowledge) -> None:
    body = (
        "1. Tổ chức tập huấn cho cán bộ cấp xã\n\n- Cơ quan thực hiện: Sở Nội vụ; Sở Tư pháp.\n\n"
        "- Thời hạn ban hành: Quý IV năm 2026.\n\n"
        "2. Tổ chức kiểm tra việc thi hành Luật\n\n- Cơ quan chủ trì: Sở Nội vụ.\n\n"
        "- Thời gian thực hiện: năm 2026 và các năm tiếp theo."
    )
    assert [(row[1], row[3]) for row in read(PLAN.format(body), knowledge)] == [
        (["Sở Nội vụ", "Sở Tư pháp"], "2026-12-31"),
        (["Sở Nội vụ"], None),
    ]


def test_labels_behind_a_list_are_those_of_its_items(knowledge: Knowledge) -> None:
    body = (
        "1. Nâng cao năng lực\n\n- Tổ chức tập huấn nghiệp vụ.\n\n- Kiểm tra kết quả học tập.\n\n"
        "Đơn vị thực hiện: Sở Nội vụ.\n\nThời gian thực hiện: Quý I/2026.\n\n"
        "- Biên soạn tài liệu.\n\nĐơn vị thực hiện: Sở Tư pháp."
    )
    assert [(row[1], row[3]) for row in read(PLAN.format(body), knowledge)] == [
        (["Sở Nội vụ"], "2026-03-31"),
        (["Sở Nội vụ"], "2026-03-31"),
        (["Sở Tư pháp"], None),
    ]


def test_a_day_on_a_line_of_its_own_beats_an_event(knowledge: Knowledge) -> None:
    body = (
        "1. Bộ Xây dựng:\n\na) Xây dựng Phương án cấp nước, báo cáo cấp ủy trước khi ban hành;\n"
        "hoàn thành trước ngày 15/12/2025."
    )
    found = read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n{body}"), knowledge)
    assert [(row[0], row[3]) for row in found] == [("Xây dựng Phương án cấp nước, báo cáo cấp ủy", "2025-12-14")]


def test_an_office_with_its_work_may_head_a_list(knowledge: Knowledge) -> None:
    body = "1. Cơ quan chủ trì giải quyết thủ tục\n\na) Hướng dẫn nhà đầu tư nộp hồ sơ.\n\nb) Thẩm tra hồ sơ."
    found = read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n{body}"), knowledge)
    assert [row[1] for row in found] == [["nhóm: cơ quan chủ trì giải quyết thủ tục"]] * 2


def test_a_condition_asks_for_nothing(knowledge: Knowledge) -> None:
    body = "1. Sở Tài chính:\n\na) Trường hợp đề nghị Cơ quan chủ trì chuyển hồ sơ thì phải nêu rõ căn cứ."
    assert read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n{body}"), knowledge) == []


def test_to_lead_a_work_is_an_action(knowledge: Knowledge) -> None:
    body = "1. Sở Y tế\n\n- Lãnh đạo việc tiêm chủng.\n\n- Kiểm tra bệnh viện."
    assert [row[:2] for row in read(PLAN.format(body), knowledge)] == [
        ("Lãnh đạo việc tiêm chủng", ["Sở Y tế"]),
        ("Kiểm tra bệnh viện", ["Sở Y tế"]),
    ]


def test_a_thing_with_labels_is_a_task(knowledge: Knowledge) -> None:
    body = (
        "1. Nghị định về chợ\n\n- Nội dung: quy định chi tiết khoản 2 Điều 5.\n\n- Cơ quan chủ trì: Sở Công Thương.\n\n"
        "- Thời hạn ban hành: trước ngày 01/3/2026.\n\n2. Nghị định về giá\n\n- Nội dung: gồm 5 điều."
    )
    assert read(PLAN.format(body), knowledge) == [("Nghị định về chợ", ["Sở Công Thương"], [], "2026-02-28")]


def test_a_regulation_attached_to_a_decision_gives_duties(knowledge: Knowledge) -> None:
    body = (
        "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Nguyên tắc\n\n1. Bảo đảm đúng chức năng của từng cơ quan.\n\n"
        "Chương II\nTRÁCH NHIỆM PHỐI HỢP\n\nĐiều 2. Sở Tài chính\n\n"
        "1. Chủ trì, phối hợp với Sở Nội vụ kiểm kê tài sản, hoàn thành trước ngày 30 tháng 9 năm 2026."
    )
    assert read(REGULATION.format(body), knowledge) == [
        ("kiểm kê tài sản", ["Sở Tài chính"], ["Sở Nội vụ"], "2026-09-29")
    ]


DUTIES = [
    pytest.param("Điều 2. Trách nhiệm của Bộ Tài chính\n\n1. Kiểm tra việc định giá nước.", 1, id="of a body"),
    pytest.param("Điều 2.\nTrách nhiệm của Bộ Tài chính\n\n1. Kiểm tra việc định giá nước.", 1, id="on a line below"),
    pytest.param("Điều 2. Trách nhiệm của các cơ sở giáo dục nghề nghiệp\n\n1. Tổ chức dạy nghề.", 1, id="of schools"),
    pytest.param("Điều 2. Trách nhiệm của Cơ quan quản lý trực tiếp\n\n1. Tổ chức tập huấn.", 1, id="of an office"),
    pytest.param("Điều 2. Trách nhiệm của Bộ Tài chính\n\n1. Có quyền thu hồi giấy phép.", 0, id="a right"),
    pytest.param(
        "Điều 2. Trách nhiệm thực hiện\n\n1. Cục Quản lý giá và các vùng nước ngọt (sau đây gọi là Cục) có trách nhiệm:"
        "\n\na) Kiểm tra việc định giá nước.",
        1,
        id="of one with a short name",
    ),
    pytest.param("Điều 2. Trách nhiệm thực hiện\n\n1. Cục Quản lý giá kiểm tra việc định giá nước.", 1, id="to do"),
    pytest.param("Điều 2. Trách nhiệm của người dùng nước\n\n1. Thanh toán tiền nước đúng hạn.", 0, id="of persons"),
    pytest.param("Điều 2. Định giá nước\n\n1. Sở Tài chính thẩm định phương án giá nước.", 0, id="how it goes"),
]


@pytest.mark.parametrize(("article", "count"), DUTIES)
def test_rules_give_duties_where_a_heading_says_so(article: str, count: int, knowledge: Knowledge) -> None:
    assert len(read(CIRCULAR.format(article), knowledge)) == count


FREQUENT = [
    pytest.param("đ) Định kỳ thứ Hai hàng tuần tổng hợp tình hình.", "tổng hợp tình hình", id="a day of the week"),
    pytest.param("đ) Định kỳ 6 tháng theo quy định rà soát số liệu.", "rà soát số liệu", id="months, by rule"),
]


@pytest.mark.parametrize(("item", "action"), FREQUENT)
def test_an_action_begins_behind_its_frequency(item: str, action: str, knowledge: Knowledge) -> None:
    found = read(OFFICE_LETTER.format(f"Thủ tướng Chính phủ yêu cầu:\n\n1. Bộ Nội vụ:\n\n{item}"), knowledge)
    assert [row[:2] for row in found] == [(action, ["Bộ Nội vụ"])]


def test_nothing_behind_the_foot_orders(knowledge: Knowledge) -> None:
    article = "Điều 2. Trách nhiệm thực hiện\n\n1. Cục Quản lý giá kiểm tra việc định giá nước.\n\n"
    foot = "Nơi nhận:\n- Văn phòng Chính phủ;\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\nLê Quân\n\n"
    after = "- Phạm vi áp dụng: toàn quốc.\n\n- Thay thế: Thông tư 09/2018/TT-BTC."
    assert len(read(CIRCULAR.format(article + foot + after), knowledge)) == 1


@pytest.mark.parametrize(
    ("above", "leads"),
    [
        pytest.param("Thời gian", [], id="cells of a lost table"),
        pytest.param("Các đơn vị sau đây thực hiện việc lập sổ.", ["Sở Tài chính"], id="behind a sentence"),
    ],
)
def test_a_line_of_a_body_leads_its_bullets_outside_a_lost_table(
    above: str, leads: list[str], knowledge: Knowledge
) -> None:
    item = f"1. Tổ chức thực hiện\n\n{above}\n\nSở Tài chính\n\n- Thành lập tổ công tác theo quy định."
    found = read(PLAN.format(item), knowledge)
    assert [row[:2] for row in found] == [("Thành lập tổ công tác theo quy định", leads)]
