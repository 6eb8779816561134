"""Tasks a report gives account of: how far they are, and where the report of each stands."""

from __future__ import annotations

import pytest

from vnlegal import analyze
from vnlegal.knowledge import Knowledge
from vnlegal.tasks.status import is_doubtful, label_status, reported_status

REPORT = """\
ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG

Số: 15/BC-UBND

Lâm Đồng, ngày 3 tháng 2 năm 2026

BÁO CÁO
Tình hình thực hiện nhiệm vụ được giao

"""


ACCOUNTS = [
    pytest.param(
        "I. CÁC NHIỆM VỤ ĐÃ HOÀN THÀNH\n1. Lập bản đồ ngập lụt (Quyết định số 15/QĐ-UBND ngày 12/1/2026).\n"
        "II. NHIỆM VỤ ĐANG TRIỂN KHAI\n1. Xây dựng chợ đầu mối: Sở Xây dựng chọn nhà thầu.\n"
        "III. CÁC NHIỆM VỤ QUÁ HẠN\n1. Thành lập quỹ nhà ở: Sở Tài chính chưa trình.\n",
        [
            ("Lập bản đồ ngập lụt", "done", "Quyết định số 15/QĐ-UBND ngày 12/1/2026"),
            ("Xây dựng chợ đầu mối", "in_progress", "Sở Xây dựng chọn nhà thầu."),
            ("Thành lập quỹ nhà ở", "overdue", "Sở Tài chính chưa trình."),
        ],
        id="the heading of the list says how far they are",
    ),
    pytest.param(
        "II. KẾT QUẢ THỰC HIỆN\n1. Nhiệm vụ lập bản đồ ngập lụt:\na) Sở Xây dựng đã đo đạc 12 xã.\n"
        "b) Đã in 300 tờ bản đồ.\n2. Nhiệm vụ xây dựng chợ: Sở Xây dựng đang chọn nhà thầu.\n",
        [
            ("lập bản đồ ngập lụt", "done", "Sở Xây dựng đã đo đạc 12 xã.\nb) Đã in 300 tờ bản đồ."),
            ("xây dựng chợ", "in_progress", "Sở Xây dựng đang chọn nhà thầu."),
        ],
        id="the report stands under the task",
    ),
    pytest.param(
        "II. KẾT QUẢ THỰC HIỆN\n(1) Nhiệm vụ triển khai đô thị xanh:\n"
        "- Thủ tướng giao Bộ Xây dựng chủ trì: (i) Trồng cây ven đường; (ii) Cải tạo hồ nước; (iii) Lắp đèn.\n",
        [],
        id="only the tasks under it are tasks",
    ),
    pytest.param(
        "II. KẾT QUẢ THỰC HIỆN\n1. Nhiệm vụ xây dựng chợ: Đã khánh thành.\n\n"
        "| TT | Chợ | Số quầy |\n|---|---|---|\n| 1 | A | 5 |\n",
        [("xây dựng chợ", "done", "Đã khánh thành.")],
        id="a table behind the report is not told of",
    ),
    pytest.param("I. TỔNG SỐ NHIỆM VỤ\n1. Số nhiệm vụ đã hoàn thành là 15.\n", [], id="a count is no task"),
]


@pytest.mark.parametrize(("body", "wanted"), ACCOUNTS)
def test_what_a_report_tells_of_its_tasks(body: str, wanted: list[tuple[str, str, str]], knowledge: Knowledge) -> None:
    found = [task for task in analyze(REPORT + body, knowledge=knowledge).tasks if task.modality == "reported"]
    assert [(task.text, task.status, task.result.text if task.result else None) for task in found] == wanted


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Hoàn thành", "done"),
        ("Đã hoàn thành", "done"),
        ("Đã hoàn thành quá hạn", "done"),
        ("Đang thực hiện", "in_progress"),
        ("Chưa hoàn thành", "in_progress"),
        ("Quá hạn", "overdue"),
        ("Chậm tiến độ", "overdue"),
        ("Chưa triển khai", "not_started"),
        ("100%", "done"),
        ("60%", "in_progress"),
        ("Thực hiện mới", None),
        ("", None),
    ],
)
def test_a_label_names_its_status(knowledge: Knowledge, label: str, status: str | None) -> None:
    assert label_status(label, knowledge) == status


@pytest.mark.parametrize(
    ("report", "status"),
    [
        ("Thủ tướng Chính phủ đã ban hành Quyết định số 768/QĐ-TTg ngày 15/4/2025", "done"),
        ("Đã ban hành hướng dẫn tại Văn bản số 687/BKHCN. Hiện nay, Bộ đang triển khai thí điểm", "done"),
        ("Chính phủ đã trình Quốc hội thông qua Nghị quyết số 196/2025/QH15", "done"),
        ("Chính phủ đã trình Quốc hội 13 dự án Luật để xem xét, thông qua tại kỳ họp thứ 9", "in_progress"),
        ("đã trình Thủ tướng dự thảo Quyết định, dự kiến ban hành trước 28/5/2025", "in_progress"),
        ("Bộ Ngoại giao đang khẩn trương hoàn thiện Đề án", "in_progress"),
        ("chưa gửi bất kỳ báo cáo nào", "not_started"),
        ("một số dự án vẫn chưa có kết luận thanh tra", "overdue"),
        ("Hiện có hơn 30 hội đoàn trí thức", None),
        ("đã thực hiện được 80%.", "in_progress"),
        ("Sở Tài chính đã hoàn thành 100% khối lượng", "done"),
        ("đã hoàn thành 95% số xã được giao", "done"),
    ],
)
def test_a_report_says_how_far_a_task_is(knowledge: Knowledge, report: str, status: str | None) -> None:
    assert reported_status(report, knowledge) == status


@pytest.mark.parametrize(
    ("result", "doubtful"),
    [
        ("Thủ tướng Chính phủ sẽ xem xét, ban hành trước ngày 28/5", True),
        ("Trình Quốc hội xem xét thông qua tại kỳ họp lần thứ 9", True),
        ("Quyết định số 682/QĐ-BKHCN ngày 25/4/2025 công nhận 02 nền tảng.", False),
        ("Nghị quyết số 196/2025/QH15 về dự toán. Trường hợp chưa đảm bảo mức bố trí", False),
        ("+ 22/22 bộ, cơ quan ngang bộ; + 63/63 tỉnh", False),
    ],
)
def test_a_result_still_to_come_is_doubtful(knowledge: Knowledge, result: str, doubtful: bool) -> None:
    assert is_doubtful(result, knowledge) == doubtful
