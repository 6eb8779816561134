"""The reply audit: letters that ask by a day, and the letters that answer them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.audit.replies import audit_replies
from vnlegal.audit.rows import Audit, Reading
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze
from vnlegal.records import Document

ASKS = """\
BỘ KHOA HỌC VÀ CÔNG NGHỆ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 6598/BKHCN-CN
V/v báo cáo tình hình thực hiện
Hà Nội, ngày 12 tháng 11 năm 2025

Kính gửi: Bộ Công Thương

{request}

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Nguyễn Văn An
"""
REQUEST = (
    "Đề nghị Bộ Công Thương báo cáo kết quả thực hiện Nghị quyết, "
    "gửi về Bộ Khoa học và Công nghệ trước ngày 01/12/2025."
)

ANSWERS = """\
{issuer}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
V/v báo cáo tình hình thực hiện
Hà Nội, ngày {day}

Kính gửi: Bộ Khoa học và Công nghệ

{words}

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Trần Văn Bình
"""
REPLY = "Trả lời Công văn số 6598/BKHCN-CN ngày 12 tháng 11 năm 2025 của Bộ Khoa học và Công nghệ, Bộ báo cáo như sau:"


def answer(
    issuer: str = "BỘ CÔNG THƯƠNG", day: str = "20 tháng 11 năm 2025", words: str = REPLY, number: str = "9/BCT-ĐCK"
) -> str:
    return ANSWERS.format(issuer=issuer, day=day, words=words, number=number)


def audit(knowledge: Knowledge, *texts: str, as_of: str = "2025-12-15") -> Audit:
    readings = [
        Reading(analysis=analyze(Document(text=text, source=f"{n}.txt"), knowledge=knowledge))
        for n, text in enumerate(texts)
    ]
    return audit_replies(readings, as_of)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([answer()], ("answered", "holds")),
        ([answer(day="05 tháng 12 năm 2025")], ("late-answer", "fails")),
        ([answer("BỘ Y TẾ", number="9/BYT-KH")], ("unanswered", "fails")),
        ([answer(words=REPLY.replace("6598", "6599"))], ("unanswered", "fails")),
        ([answer(words=REPLY.replace("Trả lời", "Thực hiện"))], ("answered", "holds")),
        ([], ("unanswered", "fails")),
    ],
    ids=["in-time", "late", "another-body", "another-letter", "carried-out", "nobody"],
)
def test_who_has_answered(texts: list[str], expected: tuple[str, str], knowledge: Knowledge) -> None:
    found = audit(knowledge, ASKS.format(request=REQUEST), *texts)
    assert [(r.code, r.verdict) for r in found.rows if r.agency == "Bộ Công Thương" and r.due] == [expected]


def test_before_the_day_nobody_is_late(knowledge: Knowledge) -> None:
    found = audit(knowledge, ASKS.format(request=REQUEST), as_of="2025-11-20")
    assert [(row.code, row.verdict) for row in found.rows] == [("waiting", "open")]


@pytest.mark.parametrize(
    "request_",
    [
        "Đề nghị Bộ Công Thương rà soát quy hoạch vườn hoa trước ngày 01/12/2025.",
        "Đề nghị Bộ Công Thương báo cáo kết quả thực hiện Nghị quyết về Bộ Khoa học và Công nghệ.",
    ],
    ids=["nothing-to-send", "no-day"],
)
def test_what_asks_for_no_answer_by_a_day(request_: str, knowledge: Knowledge) -> None:
    assert audit(knowledge, ASKS.format(request=request_)).rows == ()


def test_of_a_group_it_is_said_who_answered(knowledge: Knowledge) -> None:
    request = REQUEST.replace("Đề nghị Bộ Công Thương", "Đề nghị các bộ, cơ quan ngang bộ")
    text = ASKS.format(request=request).replace("Kính gửi: Bộ Công Thương", "Kính gửi: Các bộ, cơ quan ngang bộ")
    found = audit(knowledge, text, answer(), answer("BỘ Y TẾ", number="9/BYT-KH"))
    assert [(row.code, row.verdict) for row in found.rows] == [("answered", "open")]
    assert "2 cơ quan trả lời: Bộ Công Thương, Bộ Y tế" in found.rows[0].message


def test_an_answer_to_a_letter_that_is_not_there(knowledge: Knowledge) -> None:
    found = audit(knowledge, answer())
    assert [(row.code, row.agency) for row in found.rows] == [("unknown-asker", "Bộ Công Thương")]


def test_the_command(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "hoi.txt").write_text(ASKS.format(request=REQUEST), encoding="utf-8")
    (tmp_path / "dap.txt").write_text(answer(), encoding="utf-8")
    printed = vnlegal("audit", "replies", tmp_path, "--as-of", "15/12/2025")
    assert printed.exit_code == 0
    assert "Đã trả lời tại dap.txt (ngày 20/11/2025)" in " ".join(printed.stdout.split())
    found = json.loads(vnlegal("audit", "replies", tmp_path / "hoi.txt", "--format", "json").stdout)
    assert [row["code"] for row in found["rows"]] == ["unanswered"]
    assert vnlegal("audit", "replies", tmp_path / "hoi.txt", "--fail-on", "unanswered").exit_code == 1
