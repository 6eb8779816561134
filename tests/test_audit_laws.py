"""Delegating clauses, the documents that answer them, and `vnlegal audit laws`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.audit import LawAudit, LawRow, audit_laws
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.delegations import DelegationCue
from vnlegal.knowledge.files import read_toml
from vnlegal.records import Document
from vnlegal.works import Delegation, WorkFacts, read_facts

LAW = """\
QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 99/2024/QH15
Hà Nội, ngày 20 tháng 6 năm 2024

LUẬT
VƯỜN HOA

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Vườn hoa.

Điều 1. Phạm vi điều chỉnh
Luật này quy định về vườn hoa.

Điều 2. Điều kiện trồng hoa
1. Người trồng hoa phải có vườn.
2. Vườn phải có rào.
3. {clause}

Điều 3. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.
"""

DECREE = """\
CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/NĐ-CP
Hà Nội, ngày 10 tháng 12 năm 2024

NGHỊ ĐỊNH
{title}

Căn cứ Luật Vườn hoa số 99/2024/QH15;
Chính phủ ban hành Nghị định {title}.

Điều 1. Phạm vi điều chỉnh
{scope}

Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.{more}
"""

TITLE = "quy định chi tiết một số điều của Luật Vườn hoa"


def facts(text: str, knowledge: Knowledge, source: str = "a.txt") -> WorkFacts:
    return read_facts(Document(text=text, source=source), knowledge)


def clauses(clause: str, knowledge: Knowledge) -> tuple[Delegation, ...]:
    found = facts(LAW.format(clause=clause), knowledge).delegations
    return tuple(row for row in found if row.dieu == "2")


def decree(knowledge: Knowledge, number: str, scope: str, title: str = TITLE, more: str = "") -> WorkFacts:
    text = DECREE.format(number=number, title=title, scope=scope, more=more)
    return facts(text, knowledge, f"{number.replace('/', '-')}.txt")


EXPLICIT = [
    ("Chính phủ quy định chi tiết Điều này.", "Chính phủ", [("2", None, None)]),
    ("Chính phủ quy định chi tiết khoản 1 và khoản 2 Điều này.", "Chính phủ", [("2", "1", None), ("2", "2", None)]),
    ("Bộ trưởng Bộ Y tế quy định mẫu giấy chứng nhận.", "Bộ Y tế", [("2", "3", None)]),
    ("Bộ trưởng, Thủ trưởng cơ quan ngang Bộ hướng dẫn việc áp dụng tiêu chuẩn.", "Bộ, cơ quan ngang Bộ",
     [("2", "3", None)]),
    ("Hội đồng nhân dân cấp tỉnh quy định mức hỗ trợ quy định tại khoản 2 Điều này.", "Hội đồng nhân dân cấp tỉnh",
     [("2", "2", None)]),
    ("Chính phủ quy định chi tiết khoản 1 Điều này; trình tự, thủ tục công nhận vườn hoa.", "Chính phủ",
     [("2", "1", None), ("2", "3", None)]),
    ("Thủ tướng Chính phủ quyết định thành lập Quỹ; quy định về tổ chức của Quỹ.", "Thủ tướng Chính phủ",
     [("2", "3", None)]),
]  # fmt: skip
IMPLICIT = [
    ("Người trồng hoa nộp tiền ký quỹ theo quy định của Chính phủ.", "Chính phủ"),
    ("Đơn đăng ký theo mẫu do Bộ trưởng Bộ Y tế quy định.", "Bộ Y tế"),
    ("Hoa đáp ứng quy định của Bộ trưởng Bộ Khoa học và Công nghệ thì được bán.", "Bộ Khoa học và Công nghệ"),
]
NONE = [
    "Người trồng hoa thực hiện theo quy định của pháp luật về đất đai.",
    "Cơ quan có thẩm quyền quy định giá hoa.",
    "Chính phủ chỉ đạo việc trồng hoa.",
    "Việc trồng hoa thực hiện theo Nghị định số 12/2020/NĐ-CP của Chính phủ quy định về cây xanh.",
    "Bộ trưởng Bộ Y tế cấp, thu hồi giấy chứng nhận.",
    "Bộ Y tế quy định tại khoản 1 Điều này là cơ quan đầu mối.",
    "Quốc hội quy định thuế hoa.",
    "Vườn hoa được ghi danh theo quy định của UNESCO.",
    "Đảng viên trồng hoa theo quy định của Đảng Cộng sản Việt Nam.",
]


@pytest.mark.parametrize(("clause", "delegate", "covers"), EXPLICIT, ids=[row[0] for row in EXPLICIT])
def test_explicit(clause: str, delegate: str, covers: list[object], knowledge: Knowledge) -> None:
    (row,) = clauses(clause, knowledge)
    assert (row.strength, row.delegate, row.khoan, row.text) == ("explicit", delegate, "3", clause)
    assert [(pin.dieu, pin.khoan, pin.diem) for pin in row.covers] == covers


def test_two_ministers_are_two_delegates(knowledge: Knowledge) -> None:
    clause = "Bộ trưởng Bộ Quốc phòng, Bộ trưởng Bộ Công an quy định độ tuổi của người trồng hoa."
    assert [row.delegate for row in clauses(clause, knowledge)] == ["Bộ Quốc phòng", "Bộ Công an"]


@pytest.mark.parametrize(("clause", "delegate"), IMPLICIT, ids=[row[0] for row in IMPLICIT])
def test_implicit(clause: str, delegate: str, knowledge: Knowledge) -> None:
    (row,) = clauses(clause, knowledge)
    assert (row.strength, row.delegate) == ("implicit", delegate)


@pytest.mark.parametrize("clause", NONE)
def test_no_delegation(clause: str, knowledge: Knowledge) -> None:
    assert clauses(clause, knowledge) == ()


def test_points_under_a_lead_in(knowledge: Knowledge) -> None:
    words = (
        "Bộ trưởng Bộ Y tế có trách nhiệm:\na) Ban hành Danh mục hoa quy định tại khoản 2 Điều này;\n"
        "b) Tham gia hội chợ."
    )
    (row,) = clauses(words, knowledge)
    assert (row.delegate, row.diem, row.covers[0].khoan) == ("Bộ Y tế", "a", "2")


DELEGATING = LAW.format(clause="Chính phủ quy định chi tiết khoản 2 Điều này.")


def only(found: LawAudit) -> LawRow:
    return next(row for row in found.rows if row.law == "99/2024/QH15")


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ("Nghị định này quy định chi tiết khoản 3 Điều 2 của Luật Vườn hoa.", "answered"),
        (
            "Nghị định này quy định chi tiết một số điều của Luật Vườn hoa về:\n1. Rào vườn theo khoản 2 Điều 2.",
            "answered",
        ),
        ("Nghị định này quy định chi tiết khoản 1 Điều 9 của Luật Vườn hoa.", "unanswered"),
        ("Nghị định này quy định chi tiết một số điều của Luật Vườn hoa.", "general"),
    ],
    ids=["by-clause", "by-list", "another-article", "whole-law"],
)
def test_coverage(scope: str, status: str, knowledge: Knowledge) -> None:
    works = [facts(DELEGATING, knowledge), decree(knowledge, "150/2024", scope)]
    row = only(audit_laws(works, "2026-01-01"))
    assert row.status == status
    assert row.overdue == (status == "unanswered")
    assert [a.number for a in row.answered_by] == ([] if status == "unanswered" else ["150/2024/NĐ-CP"])


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU VÀ BIỆN PHÁP THI HÀNH LUẬT VƯỜN HOA", "general"),
        ("QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT VƯỜN HOA VỀ ĐIỀU KIỆN TRỒNG HOA", "general"),
        ("QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT VƯỜN HOA VỀ TƯỚI CÂY CẢNH, ĐIỀU KIỆN TRỒNG HOA", "general"),
        ("QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT VƯỜN HOA VỀ BÁN HOA TƯƠI Ở CHỢ", "unanswered"),
    ],
    ids=["the whole law", "the subject of the article", "of two subjects that of the article", "another subject"],
)
def test_a_title_in_capitals_says_what_is_detailed(title: str, status: str, knowledge: Knowledge) -> None:
    scope = "Nghị định này quy định chi tiết một số điều và biện pháp thi hành Luật Vườn hoa."
    works = [
        facts(DELEGATING, knowledge),
        facts(DECREE.format(number="90/2024", title=title, scope=scope, more=""), knowledge, "b.txt"),
    ]
    assert only(audit_laws(works, "2026-01-01")).status == status


def test_an_answer_that_was_repealed_has_lapsed(knowledge: Knowledge) -> None:
    old = decree(knowledge, "150/2024", "Nghị định này quy định chi tiết khoản 2 Điều 2 của Luật Vườn hoa.")
    new = decree(
        knowledge,
        "151/2024",
        "Nghị định này quy định về cây cảnh.",
        title="quy định về cây cảnh",
        more="\nNghị định này thay thế Nghị định số 150/2024/NĐ-CP ngày 10 tháng 12 năm 2024 của Chính phủ.",
    )
    works = [facts(DELEGATING, knowledge), old, new]
    assert only(audit_laws(works, "2026-01-01")).status == "lapsed"
    assert only(audit_laws(works, "2024-12-31")).status == "answered"


def test_not_overdue_before_the_law_is_in_force(knowledge: Knowledge) -> None:
    row = only(audit_laws([facts(DELEGATING, knowledge)], "2024-12-31"))
    assert (row.status, row.overdue) == ("unanswered", False)


@pytest.mark.parametrize(
    ("sentence", "delegates"),
    [
        ("Mức chi thực hiện theo quy định của Chính phủ.", []),
        ("Bộ trưởng Bộ Y tế quy định chi tiết Điều này.", ["Bộ Y tế"]),
    ],
    ids=["its own issuer", "a minister"],
)
def test_what_a_decree_leaves_to_others(sentence: str, delegates: list[str], knowledge: Knowledge) -> None:
    work = decree(knowledge, "150/2024", f"Nghị định này quy định về một việc.\n2. {sentence}")
    assert [clause.delegate for clause in work.delegations] == delegates


@pytest.mark.parametrize(
    ("title", "key"),
    [("DỮ LIỆU", "60/2024/QH15"), ("ĐẤT ĐAI", "?a.txt"), ("VƯỜN HOA", "?a.txt")],
    ids=["the only law of the title", "several of the title", "none of the title"],
)
def test_a_law_that_lost_its_number(title: str, key: str, knowledge: Knowledge) -> None:
    text = (
        f"LUẬT\n{title}\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\nQuốc hội ban hành Luật này.\n"
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về một việc.\n"
    )
    assert read_facts(Document(text=text, source="a.txt"), knowledge).key == key


def test_one_document_twice_counts_once(knowledge: Knowledge) -> None:
    work = facts(DELEGATING, knowledge)
    assert len(audit_laws([work, work], "2026-01-01").rows) == 1


@pytest.mark.parametrize("cue", read_toml("delegation_cues.toml", "cue", DelegationCue), ids=lambda cue: cue.example)
def test_every_cue_is_in_its_example(cue: DelegationCue) -> None:
    pattern = cue.pattern.replace(r"$)", ")").removesuffix("$")
    assert re.search(pattern, cue.example)


def folder(tmp_path: Path) -> Path:
    (tmp_path / "luat.txt").write_text(DELEGATING, encoding="utf-8")
    return tmp_path


def test_the_command(tmp_path: Path, vnlegal: Callable[..., Result]) -> None:
    result = vnlegal("audit", "laws", folder(tmp_path), "--format", "json", "--as-of", "2026-01-01")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["as_of"] == "2026-01-01"
    (row,) = found["rows"]
    assert DELEGATING[row["start"] : row["end"]] == row["text"] == "Chính phủ quy định chi tiết khoản 2 Điều này."
    assert (row["status"], row["overdue"], row["instrument"]) == ("unanswered", True, "nghi_dinh")
    page = vnlegal("audit", "laws", tmp_path, "--as-of", "2026-01-01").stdout
    assert "khoản 3 Điều 2 · Chính phủ (quá hạn)" in page
    assert vnlegal("audit", "laws", tmp_path, "--format", "csv").stdout.startswith("\ufefflaw,source")


@pytest.mark.parametrize(("codes", "code"), [("any", 1), ("overdue", 1), ("lapsed", 0), ("nonsense", 2)])
def test_fail_on(codes: str, code: int, tmp_path: Path, vnlegal: Callable[..., Result]) -> None:
    result = vnlegal("audit", "laws", folder(tmp_path), "--as-of", "2026-01-01", "--fail-on", codes)
    assert result.exit_code == code


def test_figures_on_gold(data: Path, knowledge: Knowledge) -> None:
    """The four annotated laws alone: clauses, delegates and covered provisions."""
    import sys

    sys.path.insert(0, str(data / "eval"))
    loader = SourceFileLoader("score_audit", str(data / "eval" / "score_audit.py"))
    spec = spec_from_loader("score_audit", loader)
    assert spec is not None
    scorer = module_from_spec(spec)
    loader.exec_module(scorer)
    slugs = {json.loads(line)["slug"] for line in (data / "gold/audit/delegations.jsonl").open(encoding="utf-8")}
    works = [
        facts((data / "texts/legal" / f"{slug}.txt").read_bytes().decode(), knowledge, slug) for slug in sorted(slugs)
    ]
    rows = [row.model_dump() for row in audit_laws(works, "2026-11-21").rows]
    report = scorer.score_laws(data / "gold/audit", rows)
    assert report["explicit"]["f1"] >= 0.97
    assert report["implicit"]["f1"] >= 0.9
    assert report["delegate"]["acc"] >= 0.97
    assert report["covers"]["acc"] >= 0.95
