"""Outline coverage: a report held against the outline its request prescribed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.audit.coverage import audit_coverage
from vnlegal.audit.rows import Audit, Reading
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze, outline
from vnlegal.records import Document

REQUEST = """\
BỘ XÂY DỰNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/BXD-VP
V/v báo cáo công tác trồng hoa
Hà Nội, ngày 10 tháng 9 năm 2024

Kính gửi: Các Sở Xây dựng

Đề nghị các Sở báo cáo theo đề cương gửi kèm.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Trần Văn Bình

ĐỀ CƯƠNG BÁO CÁO CÔNG TÁC TRỒNG HOA
(kèm theo Công văn số 12/BXD-VP ngày 10 tháng 9 năm 2024)

I. CÔNG TÁC CHỈ ĐẠO TRỒNG HOA
Nêu các văn bản chỉ đạo đã ban hành.
II. KẾT QUẢ TRỒNG HOA
1. Diện tích vườn hoa (nêu rõ số liệu)
2. Số lượng cây xanh
III. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN
IV. ĐỀ XUẤT, KIẾN NGHỊ
"""

REPORT = """\
BÁO CÁO
Công tác trồng hoa năm 2024

I. VỀ CÔNG TÁC CHỈ ĐẠO TRỒNG HOA
Sở đã ban hành kế hoạch trồng hoa trên địa bàn.
II. KẾT QUẢ TRỒNG HOA NĂM 2024
1. Diện tích vườn hoa
Diện tích vườn hoa toàn tỉnh đạt 120 ha.
{second}
III. KHÓ KHĂN, VƯỚNG MẮC
{third}
IV. ĐỀ XUẤT, KIẾN NGHỊ
Đề nghị Bộ bổ sung kinh phí trồng hoa cho tỉnh.
"""
TREES = "2. Số lượng cây xanh\nĐã trồng 5.000 cây xanh trên các tuyến phố."
TROUBLE = "Kinh phí trồng hoa còn ít, giống hoa chưa bảo đảm chất lượng."


def read(text: str, source: str, knowledge: Knowledge) -> Reading:
    document = Document(text=text, source=source)
    made = outline(document, knowledge=knowledge)
    return Reading(analysis=analyze(document, knowledge=knowledge), outline=made)


def audit(knowledge: Knowledge, report: str) -> Audit:
    return audit_coverage([read(REQUEST, "cv.txt", knowledge), read(report, "bc.txt", knowledge)], "2024-12-01")


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        (TREES, TROUBLE, []),
        ("", TROUBLE, [("section-missing", "2. Số lượng cây xanh")]),
        (TREES, "", [("section-empty", "III. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN")]),
        (TREES.replace("2. Số lượng cây xanh", "2. Về số cây xanh đã trồng"), TROUBLE, []),
        (TREES.replace("2. Số lượng cây xanh", "2. Tình hình chợ"), TROUBLE,
         [("section-missing", "2. Số lượng cây xanh")]),
    ],
    ids=["whole", "missing", "empty", "other-words", "another-thing"],
)  # fmt: skip
def test_sections(second: str, third: str, expected: list[tuple[str, str]], knowledge: Knowledge) -> None:
    found = audit(knowledge, REPORT.format(second=second, third=third))
    assert found.summary["reports"] == 1
    assert len(found.rows) == 6
    assert [(row.code, row.compared[0].text) for row in found.rows if row.verdict != "holds"] == expected


def test_a_document_that_follows_no_outline_is_left_alone(knowledge: Knowledge) -> None:
    found = audit(knowledge, "BÁO CÁO\nTình hình chợ\n\nI. SỐ CHỢ\nCó 12 chợ.\n\nII. SỐ HỘ KINH DOANH\nCó 40 hộ.\n")
    assert (found.summary["outlines"], found.summary["reports"], found.rows) == (1, 0, ())


def test_the_command(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    request, report = tmp_path / "cv.txt", tmp_path / "bc.txt"
    request.write_text(REQUEST, encoding="utf-8")
    report.write_text(REPORT.format(second="", third=TROUBLE), encoding="utf-8")
    printed = vnlegal("audit", "outline", report, "--planned", request)
    assert printed.exit_code == 0
    assert "1 đề cương, 1 báo cáo: 5 mục có, 1 mục thiếu, 0 mục để trống" in printed.stdout
    found = json.loads(vnlegal("audit", "outline", tmp_path, "--format", "json").stdout)
    assert found["rows"][0]["code"] == "section-missing"
    assert vnlegal("audit", "outline", tmp_path, "--fail-on", "section-missing").exit_code == 1
    assert "không thấy đề cương nào" in " ".join(vnlegal("audit", "outline", report).stdout.split())
