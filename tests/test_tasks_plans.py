"""Orders as plans, conclusions and reports word them: their grounds, their times, and who hands the work on."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze
from vnlegal.records import Task

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG

Số: 15/KH-UBND

Lâm Đồng, ngày 3 tháng 2 năm 2026

KẾ HOẠCH
Phát triển cây chè năm 2026

II. TỔ CHỨC THỰC HIỆN
"""
REPORT = """\
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG

Số: 31/BC-SNNMT

Lâm Đồng, ngày 5 tháng 12 năm 2025

BÁO CÁO
Tình hình phát triển cây chè

III. ĐỀ XUẤT, KIẾN NGHỊ
"""


def told(text: str, knowledge: Knowledge) -> list[tuple[str, list[str]]]:
    """Return the actions of a text and their leads."""
    return [(task.text, [lead.canonical for lead in task.leads]) for task in analyze(text, knowledge=knowledge).tasks]


GROUNDS = [
    pytest.param(
        "1. Sở Tài chính căn cứ Kế hoạch này xây dựng dự toán để trình duyệt.",
        [("xây dựng dự toán để trình duyệt", ["Sở Tài chính"])],
        id="this plan, no comma",
    ),
    pytest.param(
        "1. Sở Tài chính căn cứ nhiệm vụ được giao tại Kế hoạch này và tình hình ngân sách lập dự toán.",
        [("lập dự toán", ["Sở Tài chính"])],
        id="this plan and something beside it",
    ),
    pytest.param(
        "1. Sở Tài chính căn cứ Kế hoạch này, ban hành kế hoạch cấp vốn.",
        [("ban hành kế hoạch cấp vốn", ["Sở Tài chính"])],
        id="a plan of its own",
    ),
    pytest.param("1. Sở Tài chính căn cứ Kế hoạch này và tình hình ngân sách.", [], id="nothing is told"),
    pytest.param(
        "1. Sau khi có ý kiến của Bộ Công Thương, Sở Tài chính trình dự toán trồng chè.",
        [("trình dự toán trồng chè", ["Sở Tài chính"])],
        id="the last body acts",
    ),
    pytest.param(
        "1. Sau khi có ý kiến của Bộ Công Thương, Bộ Tài chính xem xét, quyết định.",
        [],
        id="who decides is told nothing",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), GROUNDS)
def test_a_body_is_told_behind_its_grounds(
    text: str, wanted: list[tuple[str, list[str]]], knowledge: Knowledge
) -> None:
    assert told(PLAN + text + "\n", knowledge) == wanted


GROUPS = [
    pytest.param(
        "1. Các sở, ngành, các xã, phường, đặc khu rà soát vườn chè.",
        [("rà soát vườn chè", ["nhóm: các sở, ngành", "nhóm: các xã, phường, đặc khu"])],
        id="places behind another group",
    ),
    pytest.param(
        "1. Sở Tài chính yêu cầu các chi bộ, cán bộ, đảng viên rà soát vườn chè.",
        [("rà soát vườn chè", ["nhóm: các chi bộ, cán bộ, đảng viên"])],
        id="persons behind a group",
    ),
    pytest.param(
        "1. Mặt trận Tổ quốc Việt Nam xã và các ban xây dựng Đảng rà soát vườn chè.",
        [("rà soát vườn chè", ["Mặt trận Tổ quốc Việt Nam xã", "nhóm: các ban xây dựng Đảng"])],
        id="bodies of a commune",
    ),
    pytest.param(
        "1. Các sở, ngành, các xã, xã hội hóa vườn chè.",
        [("xã hội hóa vườn chè", ["nhóm: các sở, ngành", "nhóm: các xã"])],
        id="the verb is no place",
    ),
    pytest.param(
        "1. Các địa phương, nhất là các xã vùng cao, rà soát vườn chè.",
        [("rà soát vườn chè", ["nhóm: các địa phương"])],
        id="some of them above all",
    ),
    pytest.param("1. Các địa phương, nhất là các xã vùng cao, có nhiều vườn chè.", [], id="nothing ordered"),
    pytest.param(
        "1. Các địa phương trong vùng Thủ đô rà soát vườn chè.",
        [("rà soát vườn chè", ["nhóm: các địa phương"])],
        id="where they lie",
    ),
    pytest.param(
        "1. Đối với tỉnh Gia Lai\n- Rà soát vườn chè.",
        [("Rà soát vườn chè", ["tỉnh Gia Lai"])],
        id="a heading that names a province",
    ),
    pytest.param("1. Chè tỉnh Gia Lai\n- Rà soát vườn chè.", [("Rà soát vườn chè", [])], id="a heading with its name"),
    pytest.param(
        "1. Các tỉnh Gia Lai, Đắk Lắk rà soát vườn chè.",
        [("rà soát vườn chè", ["tỉnh Gia Lai", "tỉnh Đắk Lắk"])],
        id="a list of provinces",
    ),
    pytest.param(
        "1. Tỉnh Gia Lai, Thành phố Đà Nẵng chỉ đạo rà soát vườn chè.",
        [("chỉ đạo rà soát vườn chè", ["tỉnh Gia Lai", "thành phố Đà Nẵng"])],
        id="a province and a city",
    ),
    pytest.param("1. Vườn chè thuộc các tỉnh Gia Lai, Đắk Lắk là di sản.", [], id="where a road lies"),
]


@pytest.mark.parametrize(("text", "wanted"), GROUPS)
def test_groups_of_a_plan(text: str, wanted: list[tuple[str, list[str]]], knowledge: Knowledge) -> None:
    assert told(PLAN + text + "\n", knowledge) == wanted


HANDED_ON = [
    pytest.param(
        "1. Kiến nghị Chính phủ giao Bộ Tài chính bố trí vốn trồng chè.",
        [("bố trí vốn trồng chè", ["Bộ Tài chính"])],
        id="given to a body",
    ),
    pytest.param(
        "1. Kiến nghị Chính phủ giao bổ sung vốn cho Bộ Tài chính.",
        [("giao bổ sung vốn cho Bộ Tài chính", ["Chính phủ"])],
        id="something given",
    ),
    pytest.param(
        "1. Kiến nghị Chính phủ chỉ đạo Bộ Tài chính bố trí vốn.",
        [("chỉ đạo Bộ Tài chính bố trí vốn", ["Chính phủ"])],
        id="the one asked leads",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), HANDED_ON)
def test_who_gets_the_work_that_is_proposed(
    text: str, wanted: list[tuple[str, list[str]]], knowledge: Knowledge
) -> None:
    assert told(REPORT + text + "\n", knowledge) == wanted


def timed(task: Task) -> tuple[str, str | None]:
    """Return a task's action and the words of its deadline."""
    return task.text, task.deadline.text if task.deadline else None


REPEATED = [
    pytest.param(
        "1. Các xã định kỳ trước ngày 15 hằng tháng báo cáo tiến độ.",
        [("báo cáo tiến độ", "định kỳ trước ngày 15 hằng tháng")],
        id="a day of the month",
    ),
    pytest.param(
        "1. Sở Tài chính kiểm tra việc cấp vốn; định kỳ hằng năm báo cáo kết quả.",
        [("kiểm tra việc cấp vốn", None), ("báo cáo kết quả", "định kỳ hằng năm")],
        id="a report behind a semicolon",
    ),
    pytest.param(
        "1. Các xã định kỳ 6 tháng, năm gửi báo cáo về Sở Nội vụ.",
        [("gửi báo cáo về Sở Nội vụ", "định kỳ 6 tháng, năm")],
        id="twice a year",
    ),
    pytest.param("1. Các hội nghị hằng năm của ngành do Sở Y tế tổ chức.", [], id="what is held each year"),
    pytest.param(
        "1. Các xã định kỳ quý, năm báo cáo kết quả.",
        [("báo cáo kết quả", "định kỳ quý, năm")],
        id="each quarter and each year",
    ),
    pytest.param(
        "1. Sở Tài chính kiểm tra việc cấp vốn; thời gian hằng năm.",
        [("kiểm tra việc cấp vốn", "hằng năm")],
        id="only a time behind a semicolon",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), REPEATED)
def test_reports_that_come_again(text: str, wanted: list[tuple[str, str | None]], knowledge: Knowledge) -> None:
    assert [timed(task) for task in analyze(PLAN + text + "\n", knowledge=knowledge).tasks] == wanted


NOTICE = """\
VĂN PHÒNG CHÍNH PHỦ

Số: 415/TB-VPCP

Hà Nội, ngày 12 tháng 8 năm 2025

THÔNG BÁO
Kết luận của Phó Thủ tướng Trần Hồng Hà

Ngày 10/8/2025, Phó Thủ tướng Trần Hồng Hà chủ trì Phiên họp. Phó Thủ tướng kết luận như sau:

I. ĐÁNH GIÁ CHUNG
1. Ghi nhận kết quả trồng chè.

II. NHIỆM VỤ
"""
MEETINGS = [
    pytest.param(
        "1. Bộ Xây dựng hoàn thành các hạng mục chính trước ngày 19/12/2025.",
        [("hoàn thành các hạng mục chính", "trước ngày 19/12/2025")],
        id="presiding is no order; 'hạng mục' is no 'hạn'",
    ),
    pytest.param(
        "1. Bộ Xây dựng hoàn thành nhà ga, hạn cuối trước ngày 19/12/2025.",
        [("hoàn thành nhà ga", "trước ngày 19/12/2025")],
        id="a time limit is",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MEETINGS)
def test_notices_of_meetings(text: str, wanted: list[tuple[str, str | None]], knowledge: Knowledge) -> None:
    assert [timed(task) for task in analyze(NOTICE + text + "\n", knowledge=knowledge).tasks] == wanted
