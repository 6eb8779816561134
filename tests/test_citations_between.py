"""Typed relations between documents: what a text says that it does to others, and that others do to each other."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze

HEAD = "CHÍNH PHỦ\nSố: 150/2024/NĐ-CP\nHà Nội, ngày 10 tháng 12 năm 2024\n\nNGHỊ ĐỊNH\nVề cây cảnh\n\n"

STATED = [
    (
        "Căn cứ Luật Công đoàn số 50/2024/QH15 được sửa đổi, bổ sung bởi Luật số 97/2025/QH15;",
        ("97/2025/QH15", "amends", "50/2024/QH15"),
    ),
    (
        "Nghị định 88/2025/NĐ-CP hướng dẫn thực hiện Nghị quyết số 193/2025/QH15.",
        ("88/2025/NĐ-CP", "guides", "193/2025/QH15"),
    ),
    (
        "Quyết định số 929/2025/QĐ-TTg ngày 5/5/2025 của Thủ tướng Chính phủ thay thế Quyết định số 598/2021/QĐ-TTg.",
        ("929/2025/QĐ-TTg", "replaces", "598/2021/QĐ-TTg"),
    ),
    (
        "Theo Nghị định 82/2024/NĐ-CP (sửa đổi Nghị định 73/2019/NĐ-CP), việc đầu tư thực hiện như sau.",
        ("82/2024/NĐ-CP", "amends", "73/2019/NĐ-CP"),
    ),
    (
        "Nghị định 130/2018/NĐ-CP về hướng dẫn Luật Khám bệnh, chữa bệnh số 15/2023/QH15.",
        ("130/2018/NĐ-CP", "guides", "15/2023/QH15"),
    ),
    (
        "Thực hiện Luật sửa đổi, bổ sung một số điều của 02 luật (Luật Quy hoạch, Luật PPP) năm 2024.",
        ("luat:sua-doi-bo-sung-02-luat@2024", "amends", "64/2020/QH14"),
    ),
]
UNSTATED = [
    (
        "Nghị quyết số 71/2025/NQ-CP sửa đổi Chương trình hành động thực hiện Nghị quyết số 193/2025/QH15.",
        ("amends", "193/2025/QH15"),
    ),
    ("Nghị định số 88/2025/NĐ-CP và Nghị định số 90/2025/NĐ-CP.", ("amends", "90/2025/NĐ-CP")),
    (
        "Nghị định 88/2025/NĐ-CP hướng dẫn Luật A; Thông tư số 10/2025/TT-BTC có hiệu lực.",
        ("guides", "10/2025/TT-BTC"),
    ),
]  # fmt: skip


def stated(line: str, knowledge: Knowledge) -> set[tuple[str, str, str]]:
    rows = analyze(HEAD + line, knowledge=knowledge).relations
    return {(row.source, row.relation, row.target) for row in rows}


@pytest.mark.parametrize(("line", "row"), STATED, ids=[row[0][:60] for row in STATED])
def test_stated(line: str, row: tuple[str, str, str], knowledge: Knowledge) -> None:
    assert row in stated(line, knowledge)


@pytest.mark.parametrize(("line", "row"), UNSTATED, ids=[row[0][:60] for row in UNSTATED])
def test_not_stated(line: str, row: tuple[str, str], knowledge: Knowledge) -> None:
    assert row not in {found[1:] for found in stated(line, knowledge)}


def test_the_words_that_show_it(knowledge: Knowledge) -> None:
    text = HEAD + STATED[0][0]
    for row in analyze(text, knowledge=knowledge).relations:
        if row.source == "97/2025/QH15":
            assert text[row.start : row.end].startswith("Luật Công đoàn")
            assert text[row.start : row.end].endswith("97/2025/QH15")


AMENDING = """\
QUỐC HỘI
Luật số: 299/2025/QH15
Hà Nội, ngày 1 tháng 7 năm 2025

LUẬT
Sửa đổi, bổ sung một số điều của Luật Tái sử dụng nước

Điều 1. Sửa đổi, bổ sung một số điều của Luật Tái sử dụng nước số 187/2022/QH15
1. Bổ sung Điều 9a vào sau Điều 9 như sau:
“Điều 9a. Giá dịch vụ
1. Giá dịch vụ do Chính phủ quy định.
3. Bộ trưởng Bộ Tài chính hướng dẫn Điều này.”.
2. Bãi bỏ khoản 2 Điều 12 của Luật số 187/2022/QH15.

Điều 2. Hiệu lực thi hành
Luật này thay thế Luật số 12/2010/QH12.
"""


@pytest.mark.parametrize(
    ("relation", "target", "articles"),
    [
        pytest.param("repeals", "187/2022/QH15", {("1", "2")}, id="the clause after a quoted article is the law's own"),
        pytest.param("replaces", "12/2010/QH12", {("2", None)}, id="the final article"),
    ],
)
def test_a_relation_tells_which_article_states_it(
    relation: str, target: str, articles: set[tuple[str, str | None]], knowledge: Knowledge
) -> None:
    rows = analyze(AMENDING, knowledge=knowledge).relations
    (row,) = (row for row in rows if (row.relation, row.target) == (relation, target))
    assert {(place.dieu, place.khoan) for place in row.source_provisions} == articles


def test_the_title_of_a_document_is_no_article(knowledge: Knowledge) -> None:
    text = (
        HEAD.replace("Về cây cảnh", "Quy định chi tiết Luật Công đoàn số 50/2024/QH15") + "Điều 1. Phạm vi\nCây cảnh."
    )
    rows = [row for row in analyze(text, knowledge=knowledge).relations if row.relation == "implements"]
    assert [row.source_provisions for row in rows] == [()]
