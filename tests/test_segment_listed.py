"""Tables of tasks without bars, one cell a line: headings, rows, group rows, wrapped cells, repeated headings."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment

HEADINGS = ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn hoàn thành")
ROWS = (
    ("I", "Phát triển du lịch"),
    ("1", "Xây dựng đề án nâng cấp Chợ nổi", "Sở Văn hóa, Thể thao và Du lịch", "Quý II/2026"),
    ("II.1", "Phát triển logistics"),
    ("2", "Nạo vét các luồng rạch chính", "Sở Xây dựng", "Năm 2026"),
)


def rows(found: Segmentation) -> list[list[str]]:
    """Return the words of the cells of the first table."""
    return [[found.flow.text[cell.start : cell.end] for cell in row] for row in found.tables[0].rows]


def spread(cells: list[str], apart: str) -> str:
    """Return a page on which the cells stand one below the other."""
    return "PHỤ LỤC\n\nDANH MỤC NHIỆM VỤ\n\n" + apart.join(cells) + "\n"


@pytest.mark.parametrize("apart", [pytest.param("\n\n", id="blank lines"), pytest.param("\n", id="none")])
def test_cells_one_below_the_other(apart: str, knowledge: Knowledge) -> None:
    cells = [*HEADINGS, *(cell for row in ROWS for cell in row)]
    found = segment(Document(text=spread(cells, apart)), knowledge)
    assert found.tables[0].header == HEADINGS
    assert rows(found) == [list(row) for row in ROWS]


def test_wrapped_cells_and_headings_repeated_on_a_new_page(knowledge: Knowledge) -> None:
    cells = [
        *HEADINGS,
        "1",
        "Xây dựng đề án",
        "Sở Xây dựng",
        "Năm 2026",
        *HEADINGS,
        "2",
        "Nạo vét luồng",
        "Sở Tài chính",
    ]
    text = spread([*cells, "Năm 2027"], "\n").replace("Xây dựng đề án", "Xây dựng đề án\nnâng cấp chợ")
    found = segment(Document(text=text), knowledge)
    assert [row[1].replace("\n", " ") for row in rows(found)] == ["Xây dựng đề án nâng cấp chợ", "Nạo vét luồng"]


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(["STT", "Họ và tên", "Ngày sinh", "Ghi chú"], id="a list of persons"),
        pytest.param(["STT", "Nội dung", "Đơn giá", "Thành tiền"], id="a list of prices"),
    ],
)
def test_other_lists_are_left_alone(headings: list[str], knowledge: Knowledge) -> None:
    cells = [*headings, "1", "Nguyễn Văn An", "01/01/1990", "Đạt", "2", "Trần Thị Bình", "02/02/1991", "Đạt"]
    assert segment(Document(text=spread(cells, "\n\n")), knowledge).tables == ()


NARROW = ("TT", "Nhiệm vụ", "Cơ quan", "chủ trì", "Cơ quan", "phối hợp", "Sản phẩm", "Thời gian", "hoàn thành")
SHARED = [
    pytest.param(
        [
            "Lập bản đồ ngập lụt của các",
            "vùng ven sông.",
            "Sở Khoa học và",
            "Công nghệ",
            "Các sở, ngành",
            "Bản đồ",
            "Năm 2026",
        ],
        [
            "Lập bản đồ ngập lụt của các\nvùng ven sông.",
            "Sở Khoa học và\nCông nghệ",
            "Các sở, ngành",
            "Bản đồ",
            "Năm 2026",
        ],
        id="names broken at the edge",
    ),
    pytest.param(
        ["Trồng cây", "Sở", "Xây", "dựng", "Bộ Y tế,", "các", "Sở,", "ngành", "Kế", "hoạch", "Thường", "xuyên"],
        ["Trồng cây", "Sở\nXây\ndựng", "Bộ Y tế,\ncác\nSở,\nngành", "Kế\nhoạch", "Thường\nxuyên"],
        id="a word a line",
    ),
    pytest.param(
        ["Nạo vét kênh", "Sở Xây dựng", "Sở Tài chính", "Cơ quan, đơn vị", "liên quan", "Quyết định", "Quý II/2026"],
        ["Nạo vét kênh", "Sở Xây dựng", "Sở Tài chính\nCơ quan, đơn vị\nliên quan", "Quyết định", "Quý II/2026"],
        id="two bodies help",
    ),
    pytest.param(
        ["Mua giống lúa", "Sở Tài chính", "Hằng năm"],
        ["Mua giống lúa", "Sở Tài chính", "", "", "Hằng năm"],
        id="cells that are not there",
    ),
    pytest.param(
        ["Kiểm tra chợ", "Thanh tra", "Chính phủ", "Bộ Công an", "Báo cáo", "Hàng năm"],
        ["Kiểm tra chợ", "Thanh tra\nChính phủ", "Bộ Công an", "Báo cáo", "Hàng năm"],
        id="a name that goes on with a capital",
    ),
]


@pytest.mark.parametrize(("lines", "cells"), SHARED)
def test_lines_are_shared_among_the_columns(lines: list[str], cells: list[str], knowledge: Knowledge) -> None:
    below = ["2", "Sửa cầu", "Sở Xây dựng", "Sở Tài chính", "Cầu mới", "Năm 2027"]
    found = segment(Document(text=spread([*NARROW, "1", *lines, *below], "\n")), knowledge)
    assert [cell.replace("\n", " ") for cell in rows(found)[0]] == ["1", *(cell.replace("\n", " ") for cell in cells)]
    assert rows(found)[1] == below


def test_numbers_glued_to_a_heading_and_to_a_task(knowledge: Knowledge) -> None:
    lines = [
        "I. Phát triển đường thủy 1.",
        "Nạo vét kênh",
        "Sở Xây dựng",
        "Năm 2026",
        "2. Sửa âu thuyền",
        "Sở Tài chính",
    ]
    found = segment(Document(text=spread([*HEADINGS, *lines, "Năm 2027"], "\n")), knowledge)
    assert rows(found) == [
        ["I.", "Phát triển đường thủy"],
        ["1.", "Nạo vét kênh", "Sở Xây dựng", "Năm 2026"],
        ["2.", "Sửa âu thuyền", "Sở Tài chính", "Năm 2027"],
    ]


def test_a_numbered_list_in_a_cell_opens_no_rows(knowledge: Knowledge) -> None:
    lines = ["1", "Sửa cầu", "1. Sở Xây dựng chủ trì", "2. Sở Tài chính bố trí vốn", "Năm 2026", "2", "Nạo vét kênh"]
    found = segment(Document(text=spread([*HEADINGS, *lines, "Sở Xây dựng", "Năm 2027"], "\n")), knowledge)
    assert [row[0] for row in rows(found)] == ["1", "2"]


def test_the_body_may_stand_before_its_task(knowledge: Knowledge) -> None:
    headings = ["STT", "Đơn vị", "Nhiệm vụ chủ trì", "Đơn vị phối hợp", "Thời gian", "hoàn thành"]
    first = ["1", "Sở Tài chính", "Bố trí kinh phí", "Các sở, ngành", "Quý I/2026"]
    second = ["2", "Sở Khoa học", "và Công nghệ", "Xây dựng nền tảng dùng", "chung của tỉnh", "Sở Y tế", "Tháng 5/2026"]
    found = segment(Document(text=spread([*headings, *first, *second], "\n")), knowledge)
    assert found.tables[0].header == ("STT", "Đơn vị", "Nhiệm vụ chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")
    assert rows(found) == [
        first,
        ["2", "Sở Khoa học và Công nghệ", "Xây dựng nền tảng dùng chung của tỉnh", "Sở Y tế", "Tháng 5/2026"],
    ]


def test_headings_are_no_prose_where_the_rows_cannot_be_told_apart(knowledge: Knowledge) -> None:
    headings = ["STT", "Đơn vị", "Nhiệm vụ chủ trì", "Đơn vị phối hợp", "Thời gian", "hoàn thành"]
    broken = ["Sửa đổi quy chế (1) Bộ Tư pháp (2) Bộ Nội vụ Năm 2024 Rà soát hiện trạng", "Quý IV/2023"]
    found = segment(Document(text=spread([*headings, *broken, *headings, *broken], "\n")), knowledge)
    assert [len(table.rows) for table in found.tables] == [0, 0]
    bodies = [found.flow.text[unit.start : unit.end] for unit in found.units if unit.kind not in ("table", "cell")]
    assert not any("phối hợp" in words for words in bodies)


def test_rows_that_ran_into_one_line_are_parted(knowledge: Knowledge) -> None:
    headings = ["TT", "NHIỆM VỤ", "THỜI HẠN", "HOÀN THÀNH", "CƠ QUAN CHỦ TRÌ", "CƠ QUAN PHỐI HỢP"]
    line = (
        "Hoàn thiện thể chế về quản lý đê điều 1 Sửa đổi quy chế quản lý đê và các văn bản hướng dẫn Quý IV/2026"
        " Bộ Xây dựng Các bộ, cơ quan, địa phương 2 Số hóa hồ sơ đê theo Quyết định số 3 Bộ Nội vụ đã duyệt"
        " 2026 - 2027 Bộ Y tế Bộ Công an"
    )
    found = segment(Document(text=spread([*headings, "I", line], "\n")), knowledge)
    assert found.tables[0].header == ("TT", "NHIỆM VỤ", "THỜI HẠN HOÀN THÀNH", "CƠ QUAN CHỦ TRÌ", "CƠ QUAN PHỐI HỢP")
    first = ["Sửa đổi quy chế quản lý đê và các văn bản hướng dẫn", "Quý IV/2026", "Bộ Xây dựng"]
    assert rows(found) == [
        ["I", "Hoàn thiện thể chế về quản lý đê điều"],
        ["1", *first, "Các bộ, cơ quan, địa phương"],
        ["2", "Số hóa hồ sơ đê theo Quyết định số 3 Bộ Nội vụ đã duyệt", "2026 - 2027", "Bộ Y tế", "Bộ Công an"],
    ]


def test_a_row_torn_by_the_end_of_a_page(knowledge: Knowledge) -> None:
    above = ["1", "Rà soát các tuyến đê xung", "yếu, kè lớn", "Sở Xây dựng, các", "Quý II/2026"]
    below = ["cống dưới đê", "cơ quan có liên quan", "2", "Nạo vét kênh", "Sở Y tế", "Năm 2027"]
    found = segment(Document(text=spread([*HEADINGS, *above, *HEADINGS, *below], "\n")), knowledge)
    words = [[cell.replace("\n", " ") for cell in row] for row in rows(found)]
    assert words[0][:4] == ["1", "Rà soát các tuyến đê xung yếu, kè lớn", "Sở Xây dựng, các", "Quý II/2026"]
    assert " ".join(words[0][4:]) == "cống dưới đê cơ quan có liên quan"
    assert words[1] == ["2", "Nạo vét kênh", "Sở Y tế", "Năm 2027"]


TORN_HEADINGS = ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời hạn"]
GLUED = [
    pytest.param(
        "II Nâng cấp đê biển 1 Rà soát các tuyến đê biển đã xuống cấp, báo cáo Bộ Xây dựng Sở Tài chính Các sở, ngành"
        " có liên quan Báo cáo rà soát Quý I/2026 2. Trồng rừng ngập mặn Sở Y tế Các xã Rừng mới Năm 2026 3.",
        [
            ["II", "Nâng cấp đê biển"],
            [
                "1",
                "Rà soát các tuyến đê biển đã xuống cấp, báo cáo Bộ Xây dựng",
                "Sở Tài chính",
                "Các sở, ngành có liên quan",
                "Báo cáo rà soát",
                "Quý I/2026",
            ],
            ["2.", "Trồng rừng ngập mặn", "Sở Y tế", "Các xã Rừng mới", "", "Năm 2026"],
            ["3.", "Sửa cống", "Sở Xây dựng", "Các xã", "Cống mới", "Năm 2027"],
        ],
        id="the number of a group, and a row's number at the end of a line",
    ),
    pytest.param(
        "II Nâng cấp đê biển 1 Rà soát các tuyến đê biển đã xuống cấp theo Đề án 2 đã được duyệt ở tỉnh Quý I/2026 1.1"
        " Lập danh mục các cống Sở Y tế Các xã có liên quan Danh mục Năm 2026 4.1 Sở Xây dựng 2.",
        [
            ["II", "Nâng cấp đê biển"],
            [
                "1",
                "Rà soát các tuyến đê biển đã xuống cấp theo Đề án 2 đã được duyệt ở tỉnh",
                "",
                "",
                "",
                "Quý I/2026",
            ],
            ["1.1", "Lập danh mục các cống", "Sở Y tế", "Các xã có liên quan", "Danh mục", "Năm 2026 4.1 Sở Xây dựng"],
            ["2.", "Sửa cống", "Sở Xây dựng", "Các xã", "Cống mới", "Năm 2027"],
        ],
        id="a row under a row; numbers of names and numbers out of order open none",
    ),
]


@pytest.mark.parametrize(("line", "expected"), GLUED)
def test_numbers_inside_joined_lines(line: str, expected: list[list[str]], knowledge: Knowledge) -> None:
    above = ["I", "Quy hoạch", "1", "Lập quy hoạch", "Sở Xây dựng", "Các xã", "Quy hoạch", "Năm 2026"]
    below = ["Sửa cống", "Sở Xây dựng", "Các xã", "Cống mới", "Năm 2027"]
    found = segment(Document(text=spread([*TORN_HEADINGS, *above, line, *below], "\n")), knowledge)
    assert rows(found)[2:] == expected


@pytest.mark.parametrize("lines", [" 1 Sửa đổi\n", "1. \n1\n", "I. A 1.\n", " Bộ Xây dựng Quý IV/2026 1 Sửa"])
def test_no_rows_break_the_reader(lines: str, knowledge: Knowledge) -> None:
    headings = "TT\nNHIỆM VỤ\nTHỜI HẠN\nHOÀN THÀNH\nCƠ QUAN CHỦ TRÌ\nCƠ QUAN PHỐI HỢP\n"
    for times in (1, 2, 40, 900):
        text = headings + "I\n" + lines * times
        assert segment(Document(text=text), knowledge).units
