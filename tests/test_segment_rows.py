"""Web copies of tables, one cell between two bars: which bars end a row."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment
from vnlegal.segment.rows import BAR, cut_rows

HEAD = "|TT|Nhiệm vụ|Cơ quan chủ trì|Thời hạn|Kết quả|"


def tokens(row: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Read "|a|b||c|": every bar is a token, every stretch between two bars a cell."""
    signs: list[tuple[int, int]] = []
    words: list[str] = []
    cell = ""
    for sign in f"{row}\0":
        if sign in "|\0":
            if cell:
                signs.append((len(signs) + 1, len(signs) + 2))
                words.append(cell)
            if sign == "|":
                signs.append(BAR)
                words.append("")
            cell = ""
        else:
            cell += sign
    return signs, words


def cut(text: str, columns: int) -> list[list[list[str]]]:
    signs, words = tokens(text)
    name = {sign: word for sign, word in zip(signs, words, strict=True) if sign != BAR}
    return [[[name.get(cell, "") for cell in row] for row in table.rows] for table in cut_rows(signs, words, columns)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("|1|Xây dựng|Sở A|2026|Đề án||2|Rà soát|Sở B|2027|Báo cáo|", [5, 5]),
        ("|1|Xây dựng|Sở A||Đề án||2|Rà soát|Sở B|2027|Báo cáo|", [5, 5]),
        ("|I|Thể chế|||||1|Xây dựng|Sở A|2026|Đề án|", [5, 5]),
        ("|I|Thể chế||1|Xây dựng|Sở A|2026|Đề án|", [2, 5]),
        ("|II. HẠ TẦNG SỐ||2|Rà soát|Sở B|2027|Báo cáo|", [1, 5]),
        ("|1|Xây dựng|Sở A|2026||2|Rà soát|Sở B|2027||3|Nâng cấp|Sở C|2027|", [4, 4, 4]),
        ("|1|Xây dựng|Sở A|2026|Đề án||Xây dựng dự phòng|Sở B||2|Rà soát|Sở B|2027|Báo cáo|", [5, 2, 5]),
        ("|1|Xây dựng|Sở A|2026|Đề án||Việc b|2026|Đề án||Việc c|2027|Quy chế||C.|BỘ Y TẾ|", [5, 3, 3, 2]),
    ],
)
def test_rows_end_where_their_labels_say(text: str, rows: list[int]) -> None:
    tables = cut(HEAD + text, 5)
    assert [len(row) for row in tables[0]] == [5, *rows]


def test_text_between_two_tables_parts_them() -> None:
    tables = cut(
        HEAD + "|1|Xây dựng|Sở A|2026|Đề án|2. Các nhiệm vụ quá hạn" + HEAD + "|1|Rà soát|Sở B|2027|Báo cáo|", 5
    )
    assert [len(table) for table in tables] == [2, 2]


def test_a_table_without_numbers_goes_by_its_columns() -> None:
    assert cut("|Nhiệm vụ|Cơ quan||Xây dựng|Sở A||Rà soát||", 2) == [
        [["Nhiệm vụ", "Cơ quan"], ["Xây dựng", "Sở A"], ["Rà soát", ""]]
    ]


@pytest.mark.parametrize("text", ["", "|", "||", "||||||||", "chữ", "|chữ|", "|1|" * 50])
def test_odd_bars_never_break_it(text: str) -> None:
    cut(text, 3)


def test_a_web_copy_keeps_cells_that_look_like_outside_text(knowledge: Knowledge) -> None:
    cells = ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Kết quả", "1", "Căn cứ nhiệm vụ, rà soát quy hoạch", "Sở Tài chính",
             "Thông tư", "2", "Xây dựng quy chế", "Sở Nội vụ", "Nghị định"]  # fmt: skip
    rows = [cells[n : n + 4] for n in range(0, len(cells), 4)]
    text = "".join("|\n" + "".join(f"{cell}\n|\n" for cell in row) for row in rows)
    found = segment(Document(text=text), knowledge)
    assert [len(table.rows) for table in found.tables] == [2]


def test_a_long_chain_of_cells_is_no_table_and_takes_linear_time(knowledge: Knowledge) -> None:
    found = segment(Document(text="|\nchữ\n" * 5000), knowledge)
    assert all(len(table.rows) < 5 for table in found.tables)
