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
