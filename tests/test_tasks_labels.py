"""Labels that give a task its bodies, its time and its product, wherever they stand: below, behind, in brackets."""

from __future__ import annotations

import pytest

from vnlegal import analyze
from vnlegal.knowledge import Knowledge

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG

Số: 15/KH-UBND

Lâm Đồng, ngày 3 tháng 2 năm 2026

KẾ HOẠCH
Công tác tư pháp năm 2026

II. NỘI DUNG, NHIỆM VỤ
"""
JUSTICE, LAND = "Sở Tư pháp", "Sở Nông nghiệp và Môi trường"
Row = tuple[str, list[str], list[str], str | None, str | None]


FORMS = [
    pytest.param(
        "1.1. Tổ chức thi hòa giải viên giỏi. Đơn vị chủ trì: Sở Tư pháp; đơn vị phối hợp: Sở Nông nghiệp và Môi"
        " trường; thời gian hoàn thành: tháng 3/2026.\n",
        [("Tổ chức thi hòa giải viên giỏi", [JUSTICE], [LAND], "2026-03-31", None)],
        id="behind the sentence",
    ),
    pytest.param(
        "a) Lập danh sách giám định viên (Cơ quan chủ trì: Sở Tư pháp; thời gian: quý I/2026; sản phẩm: Danh sách).\n"
        "b) Kiểm tra tại 05 xã (Sở Tư pháp chủ trì, hoàn thành trong Quý III/2026).\n",
        [
            ("Lập danh sách giám định viên", [JUSTICE], [], "2026-03-31", "Danh sách"),
            ("Kiểm tra tại 05 xã", [JUSTICE], [], "2026-09-30", None),
        ],
        id="in brackets",
    ),
    pytest.param(
        "1. Thành lập Đoàn kiểm tra việc đăng ký hộ tịch (Giao Sở Tư pháp tham mưu).\n2. Tiếp nhận sổ hộ tịch "
        "(biên bản giao nhận kèm theo).\n",
        [
            ("Thành lập Đoàn kiểm tra việc đăng ký hộ tịch", [JUSTICE], [], None, None),
            ("Tiếp nhận sổ hộ tịch (biên bản giao nhận kèm theo)", [], [], None, None),
        ],
        id="handed over in brackets",
    ),
    pytest.param(
        "1. Sở Tư pháp chủ trì lập sổ hộ tịch điện tử; thời gian hoàn thành: Quý III/2026; sản phẩm: Sổ hộ tịch.\n",
        [("lập sổ hộ tịch điện tử", [JUSTICE], [], "2026-09-30", "Sổ hộ tịch")],
        id="behind an order",
    ),
    pytest.param(
        "1. Công tác hộ tịch\na) Nội dung thực hiện\n- Số hóa sổ hộ tịch.\nb) Cơ quan thực hiện\n"
        "- Cơ quan chủ trì: Sở Tư pháp.\n- Cơ quan phối hợp: Sở Nông nghiệp và Môi trường.\nc) Thời gian: Năm 2026.\n",
        [("Số hóa sổ hộ tịch", [JUSTICE], [LAND], "2026-12-31", None)],
        id="labels above a list of values",
    ),
    pytest.param(
        "A. HỘ TỊCH\n1. Nội dung, biện pháp\na) Số hóa sổ hộ tịch.\n2. Cơ quan chủ trì, phối hợp\na) Cơ quan chủ trì\n"
        "- Sở Tư pháp.\nb) Cơ quan phối hợp\n- Sở Nông nghiệp và Môi trường.\n"
        "3. Thời gian thực hiện: Tháng 5/2026 và thường xuyên.\n",
        [("Số hóa sổ hộ tịch", [JUSTICE], [LAND], "2026-05-31", None)],
        id="bodies listed below their labels",
    ),
    pytest.param(
        "A. HỘ TỊCH\n1. Nội dung, biện pháp\na) Số hóa sổ hộ tịch.\n2. Cơ quan chủ trì\n- Sở Tư pháp kiểm tra.\n",
        [("Số hóa sổ hộ tịch", [], [], None, None), ("kiểm tra", [JUSTICE], [], None, None)],
        id="a body that is told something below a label",
    ),
    pytest.param(
        "1. In tờ gấp\nb) Cơ quan chủ trì: Sở Tư pháp; c) Thời gian: Tháng 8/2026; d) Sản phẩm: 500 tờ gấp.\n",
        [("In tờ gấp", [JUSTICE], [], "2026-08-31", "500 tờ gấp")],
        id="lettered labels on one line",
    ),
    pytest.param(
        "1. In tờ gấp\nCơ quan chủ trì, phối hợp: Sở Tư pháp chủ trì; Sở Nông nghiệp và Môi trường phối hợp.\n"
        "Thời hạn: 30/5/2026.\n",
        [("In tờ gấp", [JUSTICE], [LAND], "2026-05-30", None)],
        id="who leads and who helps in one label",
    ),
    pytest.param(
        "1. Sở Tư pháp thông báo kết quả: số vụ việc, số người dự.\n",
        [("thông báo kết quả: số vụ việc, số người dự", [JUSTICE], [], None, None)],
        id="a colon is no label",
    ),
]


@pytest.mark.parametrize(("body", "wanted"), FORMS)
def test_labels_are_read_where_they_stand(body: str, wanted: list[Row], knowledge: Knowledge) -> None:
    tasks = analyze(PLAN + body, knowledge=knowledge).tasks
    found = [
        (
            task.text,
            [body.canonical.removesuffix(" tỉnh Lâm Đồng") for body in task.leads],
            [body.canonical.removesuffix(" tỉnh Lâm Đồng") for body in task.coordinators],
            task.deadline.due if task.deadline else None,
            task.deliverable.text if task.deliverable else None,
        )
        for task in tasks
    ]
    assert found == wanted
