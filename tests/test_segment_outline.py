"""The outline: which marker stands below which, quoted and foreign articles, lists inside a sentence."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import outline
from vnlegal.records import Document
from vnlegal.segment import segment

Row = tuple[str, str | None]


def tree(text: str, knowledge: Knowledge) -> list[Row]:
    """Return (marker, marker of its parent) of each heading, article and item, in order."""
    units = segment(Document(text=text), knowledge).units
    return [
        (unit.marker or "", units[unit.parent].marker if unit.parent >= 0 else None)
        for unit in units
        if unit.kind in ("heading", "article", "item")
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "I. MỤC ĐÍCH\n1. Một:\na) A;\nb) B.\n2. Hai\nII. NHIỆM VỤ\n1. Ba",
            [("I.", None), ("1.", "I."), ("a)", "1."), ("b)", "1."), ("2.", "I."), ("II.", None), ("1.", "II.")],
            id="plan",
        ),
        pytest.param(
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai:\na) A;\nđ) Đ.\nChương II\nXỬ LÝ\nĐiều 2. Hai",
            [
                ("Chương I", None), ("Điều 1", "Chương I"), ("1.", "Điều 1"), ("2.", "Điều 1"), ("a)", "2."),
                ("đ)", "2."), ("Chương II", None), ("Điều 2", "Chương II"),
            ],
            id="law",
        ),
        pytest.param(
            "1. Bộ Y tế:\n(1) Một:\na) A;\nb) B.\n(2) Hai.",
            [("1.", None), ("(1)", "1."), ("a)", "(1)"), ("b)", "(1)"), ("(2)", "1.")],
            id="round-above-letter",
        ),
        pytest.param(
            "a) Bộ Y tế:\n(1) Một;\n(2) Hai.\nb) Bộ Công an",
            [("a)", None), ("(1)", "a)"), ("(2)", "a)"), ("b)", None)],
            id="round-below-letter",
        ),
        pytest.param(
            "1. Một\n1.1. Một một\n1.2. Một hai\n2. Hai",
            [("1.", None), ("1.1.", "1."), ("1.2.", "1."), ("2.", None)],
            id="decimal",
        ),
        pytest.param(
            "1- Về đảng viên\n1.1- Về tuổi đời\na) Một;\nb) Hai.\n1.2- (Khoản 2): Trình độ\n2- Về tổ chức",
            [("1-", None), ("1.1-", "1-"), ("a)", "1.1-"), ("b)", "1.1-"), ("1.2-", "1-"), ("2-", None)],
            id="decimal-of-the-party",
        ),
        pytest.param("1. Mức thu:\n1.5 - 2,5 triệu đồng", [("1.", None)], id="range-is-no-marker"),
        pytest.param(
            "1. Một:\n- Hai:\n+ Ba;\n+ Bốn.\n- Năm.",
            [("1.", None), ("-", "1."), ("+", "-"), ("+", "-"), ("-", "1.")],
            id="dashes",
        ),
        pytest.param(
            "1. Khẩn trương rà soát: (1) Nghị định về cấp nước; (2) Thông tư về thoát nước.",
            [("1.", None), ("(1)", "1."), ("(2)", "1.")],
            id="list-inside-a-sentence",
        ),
        pytest.param("1. Theo mẫu (1) và mẫu (2) kèm theo", [("1.", None)], id="no-list-in-a-sentence"),
        pytest.param(
            "Phần thứ nhất\nNHỮNG QUY ĐỊNH CHUNG\nChương I\nNHIỆM VỤ\nĐiều 1. Một",
            [("Phần thứ nhất", None), ("Chương I", "Phần thứ nhất"), ("Điều 1", "Chương I")],
            id="part",
        ),
    ],
)  # fmt: skip
def test_nesting(text: str, rows: list[Row], knowledge: Knowledge) -> None:
    assert [(a.rstrip("."), b and b.rstrip(".")) for a, b in tree(text, knowledge)] == [
        (a.rstrip("."), b and b.rstrip(".")) for a, b in rows
    ]


def test_quoted_articles_stand_below_what_inserts_them(knowledge: Knowledge) -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Nước\n1. Sửa đổi Điều 5 như sau:\n"
        "“Điều 5. Khai thác\n1. Được phép.\n2. Không được phép.”.\n2. Bãi bỏ Điều 9.\nĐiều 2. Hiệu lực thi hành"
    )
    rows = [(a.rstrip("."), b and b.rstrip(".")) for a, b in tree(text, knowledge)]
    assert rows == [
        ("Điều 1", None),
        ("1", "Điều 1"),
        ("Điều 5", "1"),
        ("1", "Điều 5"),
        ("2", "Điều 5"),
        ("2", "Điều 1"),
        ("Điều 2", None),
    ]


def test_a_quoted_clause_is_no_heading_for_its_closing_mark(knowledge: Knowledge) -> None:
    text = '1. Sửa đổi khoản 2 như sau:\n"2. Bộ Y tế công bố danh mục."\n2. Sửa đổi tên Điều 3:\n"3. Danh mục"'
    units = segment(Document(text=text), knowledge).units
    assert [unit.kind for unit in units] == ["heading", "item", "heading", "heading"]


def articles(text: str, knowledge: Knowledge) -> list[str]:
    """Return the markers of the articles that stand below no footnote and no other article."""
    units = segment(Document(text=text), knowledge).units
    return [
        unit.marker or ""
        for unit in units
        if unit.kind == "article"
        and (unit.parent < 0 or units[unit.parent].kind not in ("article", "footnote", "item"))
    ]


_NOTE = "1 Điều 11 của Thông tư số 12/2024/TT-BYT, có hiệu lực từ ngày 29 tháng 12 năm 2024 quy định như sau:\n"


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("Điều 1. Phạm vi1\nMột.\n" + _NOTE + "“Điều 11. Hiệu lực\n1. Thông tư này có hiệu lực theo khoản "
                     "2 và Điều 2. Trách nhiệm thực hiện\n1. Trách nhiệm của Cục:\nĐiều 3. Hiệu lực\nBa.",
                     ["Điều 1", "Điều 2", "Điều 3"], id="a-page-cuts-a-quotation"),
        pytest.param("Điều 1. Một\nA.\nĐiều 2. Hai1\nB.\n" + _NOTE + "Điều 1. Điều khoản thi hành\n1. Luật này có hiệu "
                     "lực.\nĐiều 3. Ba\nC.", ["Điều 1", "Điều 2", "Điều 3"], id="quoted-without-marks"),
        pytest.param("Điều 1. Một\nA.\nĐiều 2 Xử phạt hành vi lập hóa đơn\nB.\nĐiều 3. Ba\nC.",
                     ["Điều 1", "Điều 2", "Điều 3"], id="no-stop-after-the-number"),
        pytest.param("Điều 1. Một\n1. Theo quy định tại Điều 2. Trường hợp khác thì thôi.\nĐiều 2. Hai\nB.",
                     ["Điều 1", "Điều 2"], id="a-reference-inside-a-line"),
        pytest.param("Điều 1. Một\nA.\nĐiểm c khoản 5\nĐiều 2\nBộ Y tế", ["Điều 1"], id="a-clause-above-its-article"),
        pytest.param("Điều 1. Bãi bỏ khoản 5\nĐiều 2. Hiệu lực\nB.", ["Điều 1", "Điều 2"], id="a-clause-above-another"),
        pytest.param("Điều 1. Sửa đổi Điều 8\n“Điều 8. Nước\n1. Một.\nĐiều 2. Hiệu lực\nB.", ["Điều 1", "Điều 2"],
                     id="the-next-article-ends-a-quotation-nobody-closed"),
        pytest.param("Căn cứ Luật Nước, quy định việc quản lý Điều 1. Phạm vi điều chỉnh\n1. Một.\nĐiều 2. Hai\nB.",
                     ["Điều 1", "Điều 2"], id="the-first-article-cuts-a-sentence"),
        pytest.param("Theo quy định tại Điều 1. Phạm vi điều chỉnh\nHai.\nĐiều 2. Hai\nB.", ["Điều 2"],
                     id="a-reference-to-the-first-article"),
        pytest.param("Điều 9. Chín1\nA.\nĐiều 10. Mười\nB.\n" + _NOTE + "“Điều 11. Hiệu lực\n1. Thông tư này có hiệu "
                     "lực.”.\nĐiều 11. Mười một\nC.", ["Điều 9", "Điều 10", "Điều 11"], id="quoted-next-number"),
        pytest.param("Điều 1. Một\nCác điều sau đây:\nĐiều 7 Nghị định số 1/2020/NĐ-CP\nĐiều 2. Hai\nB.",
                     ["Điều 1", "Điều 2"], id="a-reference-on-a-line-of-its-own"),
    ],
)  # fmt: skip
def test_own_articles(text: str, own: list[str], knowledge: Knowledge) -> None:
    assert articles(text, knowledge) == own


def test_body_hangs_on_the_nearest_unit_above(knowledge: Knowledge) -> None:
    found = segment(Document(text="I. MỤC ĐÍCH\nBảo đảm nước.\n1. Sở Y tế\nChủ trì kiểm tra."), knowledge)
    bodies = [unit for unit in found.units if unit.kind == "body"]
    assert [found.units[unit.parent].marker for unit in bodies] == ["I.", "1."]


@pytest.mark.parametrize(
    ("below", "heading"),
    [
        pytest.param("Trách nhiệm của Sở Y tế", "Trách nhiệm của Sở Y tế", id="title"),
        pytest.param("Quyết định này có hiệu lực từ ngày ký.", "", id="sentence"),
        pytest.param("1. Sở Y tế", "", id="item"),
    ],
)
def test_a_title_below_a_bare_article_is_its_heading(below: str, heading: str, knowledge: Knowledge) -> None:
    found = segment(Document(text=f"Điều 4.\n{below}\n\n1. Kiểm tra bệnh viện."), knowledge)
    article = next(unit for unit in found.units if unit.kind == "article")
    assert found.flow.text[article.body : article.end] == heading


def test_a_cut_marker_keeps_its_words(knowledge: Knowledge) -> None:
    found = segment(Document(text="**1\\. Sở Y tế**: chủ trì"), knowledge)
    item = next(unit for unit in found.units if unit.kind in ("heading", "item"))
    assert item.marker == "1."
    assert found.flow.text[item.body : item.end] == "Sở Y tế: chủ trì"


def test_an_inline_list_below_a_paragraph_stands_below_the_unit_above(knowledge: Knowledge) -> None:
    text = "1. Kinh phí:\na) Hỗ trợ như sau.\nNgân sách bảo đảm: (1) quỹ lương; (2) chi khác.\nb) Hết."
    units = outline(text, knowledge=knowledge).units
    assert [(unit.id, unit.parent) for unit in units] == [
        ("u1", None), ("u2", "u1"), ("u3", "u2"), ("u4", "u2"), ("u5", "u1"),
    ]  # fmt: skip


def test_lists_without_end_stay_shallow(knowledge: Knowledge) -> None:
    signs = ["I.", "1.", "a)", "(1)", "(i)", "-", "+", "*"]
    found = segment(Document(text="\n".join(f"{sign} x:" for sign in signs * 400)), knowledge)
    assert max(unit.level for unit in found.units) <= 40
