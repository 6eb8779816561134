"""Tables: markdown, cells a line each between bars, HTML cells of one line; header rows and group rows."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment

MARKDOWN = """\
| TT | Nhiệm vụ | Cơ quan chủ trì |
| --- | --- | --- |
| 1 | Rà soát hồ chứa | Sở Nông nghiệp và Môi trường |
| 2 | Lập quy trình vận hành | Chi cục Thủy lợi |
"""
BARS = "|\nTT\n|\nNhiệm vụ\n|\nCơ quan chủ trì\n|\n" + "".join(
    f"|\n{n}\n|\n{task}\n|\n{who}\n|\n"
    for n, task, who in (
        (1, "Rà soát hồ chứa", "Sở Nông nghiệp và Môi trường"),
        (2, "Lập quy trình vận hành", "Chi cục Thủy lợi"),
    )
)


def rows(found: Segmentation) -> list[list[str]]:
    return [[found.flow.text[cell.start : cell.end] for cell in row] for row in found.tables[0].rows]


@pytest.mark.parametrize("text", [pytest.param(MARKDOWN, id="markdown"), pytest.param(BARS, id="bars")])
def test_rows_and_headings(text: str, knowledge: Knowledge) -> None:
    found = segment(Document(text=f"Danh mục nhiệm vụ như sau:\n\n{text}\nHết bảng."), knowledge)
    assert len(found.tables) == 1
    assert found.tables[0].header == ("TT", "Nhiệm vụ", "Cơ quan chủ trì")
    assert rows(found) == [
        ["1", "Rà soát hồ chứa", "Sở Nông nghiệp và Môi trường"],
        ["2", "Lập quy trình vận hành", "Chi cục Thủy lợi"],
    ]
    assert found.units[found.tables[0].unit].kind == "table"
    assert "|" not in found.flow.text
    assert found.flow.text.endswith("Hết bảng.")


def test_group_rows(knowledge: Knowledge) -> None:
    text = MARKDOWN.replace("| 1 | Rà", "| I | Thủy lợi |  |\n| 1 | Rà")
    found = segment(Document(text=text), knowledge)
    assert found.tables[0].groups == (True, False, False)


def test_a_table_spans_its_markup(knowledge: Knowledge) -> None:
    text = f"Danh mục:\n\n{MARKDOWN}\nHết."
    found = segment(Document(text=text), knowledge)
    unit = found.units[found.tables[0].unit]
    assert text[unit.raw_start : unit.raw_end].strip() == MARKDOWN.strip()


def test_cells_are_units_of_their_own(knowledge: Knowledge) -> None:
    found = segment(Document(text=MARKDOWN), knowledge)
    cells = [found.flow.text[u.start : u.end] for u in found.units if u.kind == "cell"]
    assert "Rà soát hồ chứa" in cells
    assert "Chi cục Thủy lợi" in cells


BARE = "TT | Nhiệm vụ | Cơ quan chủ trì | Sản phẩm\n\nI | Thủy lợi | Thủy lợi | Thủy lợi\n\n"
BARE += (
    "1 | Rà soát hồ chứa | Sở Xây dựng | Báo cáo\n\n2 | Lập quy trình:\n- vận hành; | Chi cục Thủy lợi | Quy trình\n"
)
BARE += "3 | Sửa đập | Sở Y tế\n\nHết bảng.\n"


def test_rows_without_outer_bars(knowledge: Knowledge) -> None:
    found = segment(Document(text=f"Danh mục nhiệm vụ như sau:\n\n{BARE}"), knowledge)
    assert found.tables[0].header == ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Sản phẩm")
    assert rows(found) == [
        ["I", "Thủy lợi", "Thủy lợi", "Thủy lợi"],
        ["1", "Rà soát hồ chứa", "Sở Xây dựng", "Báo cáo"],
        ["2", "Lập quy trình:\n- vận hành;", "Chi cục Thủy lợi", "Quy trình"],
        ["3", "Sửa đập", "Sở Y tế"],
    ]
    assert found.tables[0].groups == (True, False, False, False)
    assert found.flow.text.endswith("Hết bảng.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH AN GIANG | Độc lập\n", id="a frame"),
        pytest.param("TT | Nhiệm vụ | Cơ quan chủ trì\nCác sở thực hiện.\n", id="headings without rows"),
        pytest.param("Trang chủ | Tin tức | Văn bản\nHỏi đáp | Liên hệ | Sơ đồ\n", id="a menu"),
    ],
)
def test_lines_with_bars_that_are_no_table(text: str, knowledge: Knowledge) -> None:
    assert segment(Document(text=text), knowledge).tables == ()


def test_rows_with_tabs_between_their_cells(knowledge: Knowledge) -> None:
    text = "Danh mục:\n\nTT\tNhiệm vụ\tCơ quan chủ trì\nI\tThủy lợi\n1\tSửa đập\tSở Xây dựng\n\nHết bảng.\n"
    found = segment(Document(text=text), knowledge)
    assert found.tables[0].header == ("TT", "Nhiệm vụ", "Cơ quan chủ trì")
    assert rows(found) == [["I", "Thủy lợi"], ["1", "Sửa đập", "Sở Xây dựng"]]
    cell = found.tables[0].rows[1][1]
    start, end = found.flow.span(cell.start, cell.end)
    assert text[start:end] == "Sửa đập"


def test_tabs_without_headings_are_blanks(knowledge: Knowledge) -> None:
    assert segment(Document(text="Số: 5/BC\tHà Nội\tngày 3\n1\tSửa đập\tSở Xây dựng\n"), knowledge).tables == ()


HTML = """\
<table border="1">
<colgroup><col/></colgroup>
<thead>
<tr>
<th>TT</th>
<th>Nhiệm vụ<br>chính</th>
<th>Cơ quan chủ trì</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td>Rà soát
hồ chứa</td>
<td>Sở Xây dựng</td>
</tr>
</tbody>
</table>
Hết bảng.
"""


def test_an_html_table_over_many_lines(knowledge: Knowledge) -> None:
    found = segment(Document(text=f"Danh mục:\n\n{HTML}"), knowledge)
    assert found.tables[0].header == ("TT", "Nhiệm vụ chính", "Cơ quan chủ trì")
    assert rows(found) == [["1", "Rà soát hồ chứa", "Sở Xây dựng"]]
    assert found.flow.text.endswith("Hết bảng.")


@pytest.mark.parametrize(
    "text", ["<table>" * 2000, "<table>\n<tr>\n" * 900, "<table><tr>\n</tr></table>", "STT\t\t\n" * 900]
)
def test_broken_tags_break_nothing(text: str, knowledge: Knowledge) -> None:
    assert segment(Document(text=text), knowledge) is not None


NEXT_PAGE = [
    pytest.param(
        "| 3 | Sửa đập | Sở Y tế |\n| --- | --- | --- |\n| 4 | Sửa cống | Sở Y tế |\n", ["3", "4"], id="a row on top"
    ),
    pytest.param(
        "| Col1 | Col2 | Col3 |\n| --- | --- | --- |\n| 3 | Sửa đập | Sở Y tế |\n", ["3"], id="made-up headings"
    ),
]


@pytest.mark.parametrize(("below", "labels"), NEXT_PAGE)
def test_a_table_goes_on_with_the_one_above(below: str, labels: list[str], knowledge: Knowledge) -> None:
    found = segment(Document(text=f"{MARKDOWN}\nTrang 2\n\n{below}"), knowledge)
    assert found.tables[1].header == found.tables[0].header
    assert [found.flow.text[row[0].start : row[0].end] for row in found.tables[1].rows] == labels


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            "| 7 | Sửa đập | Sở Y tế |\n| --- | --- | --- |\n| 8 | Sửa cống | Sở Y tế |\n", id="another number"
        ),
        pytest.param("| TT | Tên đập | Xã |\n| --- | --- | --- |\n| 3 | Dầu Tiếng | Minh Hòa |\n", id="other headings"),
    ],
)
def test_a_table_of_its_own(below: str, knowledge: Knowledge) -> None:
    found = segment(Document(text=f"{MARKDOWN}\nTrang 2\n\n{below}"), knowledge)
    assert found.tables[1].header != found.tables[0].header
