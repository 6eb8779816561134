"""What is still owed: answering articles, amended and replaced laws, reports that tell of gaps, official lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.test_audit_laws import DECREE, DELEGATING, LAW, TITLE, decree, facts, folder, only
from vnlegal.audit import audit_laws
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.works import read_planned
from vnlegal.works.resolve import Resolver

ARTICLES = """
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định chi tiết các điều của Luật Vườn hoa:
1. Chiều cao và vật liệu của rào vườn theo khoản 3 Điều 2.
2. Khung giá và cách tính giá hoa theo khoản 4 Điều 2.
Điều 2. Đối tượng áp dụng
Mọi người.
Điều 3. Chiều cao rào vườn
Rào cao một mét.
Điều 4. Khung giá hoa
Giá hoa do chợ định.
Điều 5. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.
"""


def test_the_answering_articles(knowledge: Knowledge) -> None:
    law = LAW.format(clause="Chính phủ quy định rào vườn.\n4. Chính phủ quy định giá hoa.")
    head = DECREE.format(number="150/2024", title=TITLE, scope="", more="").split("Điều 1.")[0]
    works = [facts(law, knowledge), facts(head + ARTICLES, knowledge, "nd.txt")]
    rows = [row for row in audit_laws(works, "2026-01-01").rows if row.law == "99/2024/QH15"]
    assert [[pin.dieu for a in row.answered_by for pin in a.provisions] for row in rows] == [["3"], ["4"]]
    assert [a.scope[0].khoan for row in rows for a in row.answered_by] == ["3", "4"]


@pytest.mark.parametrize(
    ("clause", "status", "missing"),
    [("2", "partly", ["1"]), ("3", "answered", [])],
    ids=["a-part", "the-clause-itself"],
)
def test_partly(clause: str, status: str, missing: list[str], knowledge: Knowledge) -> None:
    law = LAW.format(clause="Chính phủ quy định chi tiết khoản 1 và khoản 2 Điều này.")
    scope = f"Nghị định này quy định chi tiết khoản {clause} Điều 2 của Luật Vườn hoa."
    row = only(audit_laws([facts(law, knowledge), decree(knowledge, "150/2024", scope)], "2026-01-01"))
    assert (row.status, [pin.khoan for pin in row.missing]) == (status, missing)


AMENDING = """\
QUỐC HỘI
Luật số: 12/2025/QH15
Hà Nội, ngày 20 tháng 6 năm 2025

LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT VƯỜN HOA SỐ 99/2024/QH15

Điều 1. Sửa đổi, bổ sung một số điều của Luật Vườn hoa số 99/2024/QH15
1. Sửa đổi, bổ sung khoản 3 Điều 2 như sau:
“3. Chính phủ quy định chi tiết khoản 1 và khoản 2 Điều này.”.

Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.
"""


def test_a_quoted_clause_belongs_to_the_amended_law(knowledge: Knowledge) -> None:
    works = [facts(DELEGATING, knowledge), facts(AMENDING, knowledge, "sua.txt")]
    old, new = audit_laws(works, "2026-01-01").rows
    assert (new.law, new.of, new.dieu, new.khoan) == ("12/2025/QH15", "99/2024/QH15", "2", "3")
    assert [(pin.dieu, pin.khoan) for pin in new.covers] == [("2", "1"), ("2", "2")]
    assert (old.superseded_by, old.owed, old.overdue) == ("12/2025/QH15", False, False)
    assert new.owed
    assert audit_laws(works, "2025-06-25").rows[0].superseded_by is None


def test_a_law_that_was_replaced_owes_nothing(knowledge: Knowledge) -> None:
    later = (
        DELEGATING.replace("99/2024/QH15", "15/2025/QH15").replace("2025\n", "2026\n").replace("năm 2024", "năm 2025")
    )
    works = [facts(DELEGATING, knowledge), facts(later, knowledge, "moi.txt")]
    found = audit_laws(works, "2026-06-01", resolver=Resolver(works, knowledge))
    assert [(row.law, row.ended_by, row.owed) for row in found.rows] == [
        ("99/2024/QH15", "15/2025/QH15", False),
        ("15/2025/QH15", None, True),
    ]
    assert found.summary["owed"] == 1


REPORT = """\
CHÍNH PHỦ
Số: 12/BC-CP
Hà Nội, ngày 25 tháng 12 năm 2025

BÁO CÁO
Tình hình ban hành văn bản quy định chi tiết

{sentence}
"""


@pytest.mark.parametrize(
    ("sentence", "laws"),
    [
        (
            "Còn 06 nghị định chưa được ban hành để thi hành Luật Công nghiệp công nghệ số và Luật Dữ liệu.",
            ["71/2025/QH15", "60/2024/QH15"],
        ),
        ("Đã ban hành 06 nghị định để thi hành Luật Dữ liệu.", []),
        ("Còn một số văn bản chưa được ban hành.", []),
    ],
    ids=["owed", "issued", "no-number"],
)
def test_gaps_that_a_report_tells_of(sentence: str, laws: list[str], knowledge: Knowledge) -> None:
    work = facts(REPORT.format(sentence=sentence), knowledge)
    rows = audit_laws([work], "2026-01-01", resolver=Resolver([work], knowledge)).rows
    assert [row.law for row in rows] == laws
    for row in rows:
        assert (row.strength, row.status, row.count, row.delegate) == ("reported", "unanswered", 6, "Chính phủ")


def test_the_gaps_of_a_real_report(data: Path, knowledge: Knowledge) -> None:
    """Footnote 9 of a report of December 2025: six decrees under four laws, one of them still called a draft."""
    text = (data / "seeds/seed_004.txt").read_bytes().decode()
    work = facts(text, knowledge, "seed_004.txt")
    rows = audit_laws([work], "2026-01-01", resolver=Resolver([work], knowledge)).rows
    assert {row.law for row in rows if row.count == 6} == {
        "70/2025/QH15",
        "78/2025/QH15",
        "94/2025/QH15",
        "71/2025/QH15",
    }


PLAN = """\
THỦ TƯỚNG CHÍNH PHỦ
Số: 1526/QĐ-TTg
Hà Nội, ngày 14 tháng 7 năm 2025

QUYẾT ĐỊNH
Ban hành Danh mục

1. Nghị định quy định chi tiết khoản 3 Điều 2, khoản 9 Điều 2 của Luật Vườn hoa số 99/2024/QH15.
- Cơ quan chủ trì: Bộ Xây dựng.
- Thời hạn ban hành: trước ngày 01 tháng 01 năm 2026.
"""
PLAN_TABLE = """\
QUYẾT ĐỊNH
Ban hành Danh mục

| TT | Tên luật | Nội dung được giao | Hình thức |
|---|---|---|---|
| 1 | Luật Vườn hoa số 99/2024/QH15 | khoản 3 Điều 2 | Nghị định |
| 2 | | khoản 9 Điều 2 | Nghị định |
"""


PLAN_COLUMNS = """\
QUYẾT ĐỊNH
Ban hành Danh mục

| TT | Tên văn bản | Điều, khoản giao | Cơ quan chủ trì soạn thảo | Cơ quan phối hợp | Thời hạn trình |
|---|---|---|---|---|---|
| I | Luật Vườn hoa số 99/2024/QH15 | | | | |
| 1 | Nghị định quy định chi tiết Luật | khoản 3 Điều 2 | Bộ Xây dựng | Bộ Tài chính | 15/10/2025 |
| 2 | Thông tư quy định mẫu thẻ | khoản 4 Điều 2 | Bộ Y tế | | Tháng 11/2025 |
| | | khoản 9 Điều 2 | | | |
"""


def test_the_columns_of_a_list(knowledge: Knowledge) -> None:
    found = read_planned(Document(text=PLAN_COLUMNS, source="a.md"), knowledge)
    assert [(item.pin.khoan, item.instrument, item.lead, item.due) for item in found] == [
        ("3", "nghi_dinh", "Bộ Xây dựng", "15/10/2025"),
        ("4", "thong_tu", "Bộ Y tế", "Tháng 11/2025"),
        ("9", "thong_tu", "Bộ Y tế", "Tháng 11/2025"),
    ]


@pytest.mark.parametrize("plan", [PLAN, PLAN_TABLE], ids=["prose", "table"])
def test_an_official_list(plan: str, tmp_path: Path, vnlegal: Callable[..., Result]) -> None:
    law = LAW.format(clause="Chính phủ quy định chi tiết khoản 2 Điều này.\n4. Bộ Y tế quy định mẫu thẻ.")
    (tmp_path / "luat.txt").write_text(law, encoding="utf-8")
    (tmp_path / "ke-hoach.md").write_text(plan, encoding="utf-8")
    call = ("audit", "laws", tmp_path / "luat.txt", "--planned", tmp_path / "ke-hoach.md")
    done = vnlegal(*call, "--format", "json")
    assert done.exit_code == 0, done.stderr
    found = [(row["pin"]["khoan"], row["verdict"]) for row in json.loads(done.stdout)["planned"]]
    assert found == [("3", "both"), ("4", "only_law"), ("9", "only_planned")]
    assert "1 điều khoản có ở cả hai bên" in vnlegal(*call).stdout


def test_a_list_without_provisions_is_refused(tmp_path: Path, vnlegal: Callable[..., Result]) -> None:
    laws = folder(tmp_path)
    letter = tmp_path / "thu.txt"
    letter.write_text("Kính gửi: Bộ Y tế\nĐề nghị báo cáo.\n", encoding="utf-8")
    done = vnlegal("audit", "laws", laws / "luat.txt", "--planned", letter)
    assert done.exit_code != 0
    assert "--planned" in done.stderr


def test_the_official_list_of_one_law(data: Path, knowledge: Knowledge) -> None:
    """The plan for the Law on Personal Data: seventeen clauses, read by hand."""
    path = data / "texts/admin/qd_2623_ttg_2025.txt"
    found = read_planned(Document(text=path.read_bytes().decode(), source=path.name), knowledge)
    assert len(found) == 17
    assert {item.law for item in found} == {"91/2025/QH15"}
    assert {item.lead for item in found} == {"Bộ Công an"}
