"""Copies that hold a whole document in one line."""

from __future__ import annotations

import pytest

from tests.segmented import header_of, segmented
from vnlegal.knowledge import Knowledge
from vnlegal.segment.run_on import run_on_cuts

LETTER = (
    "UBND TỈNH NINH THUẬN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ Y TẾ Độc lập - Tự do - Hạnh phúc Số : 12 /SYT-VP "
    "Phan Rang-Tháp Chàm, ngày 05 tháng11 năm 2024 V/v báo cáo nhanh. Kính gửi: - Ủy ban nhân dân tỉnh; - Bộ Y "
    "tế. Vừa qua, mưa lũ gây ngập nhiều trạm y tế. Sở Y tế báo cáo như sau: I. TÌNH HÌNH THIỆT HẠI: 1. Đối với "
    "thành phố: Ước tính 150 triệu đồng. Cụ thể: a) Trạm Y tế phường Mỹ Hải: - Nước ngập khoảng 1 m, nhiều thiết "
    "bị phải thay; - Hàng rào bị đổ. b) Trạm Y tế phường Mỹ Đông: nước ngập. 2. Đối với các huyện: chưa có thiệt "
    "hại. II. KIẾN NGHỊ 1. Đề nghị Bộ Y tế hỗ trợ hóa chất theo khoản 2. Điều này cần trong tháng 12 năm 2024 để "
    "xử lý môi trường sau lũ trên địa bàn. Nơi nhận: - Như trên; - Lưu: VT. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC (Đã ký) Lê "
    "Văn Tám\n"
)
DECISION = (
    "1. BỘ LAO ĐỘNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 23/2007/QĐ-BLĐTBXH Hà Nội, "
    "ngày 05 tháng 10 năm 2007 QUYẾT ĐỊNH Ban hành Hệ thống chỉ tiêu giảm nghèo BỘ TRƯỞNG BỘ LAO ĐỘNG - THƯƠNG "
    "BINH VÀ XÃ HỘI Căn cứ Nghị định số 29/2003/NĐ-CP ngày 31 tháng 3 năm 2003 của Chính phủ; Căn cứ Quyết định "
    "số 20/2007/QĐ-TTg ngày 05 tháng 2 năm 2007 của Thủ tướng Chính phủ; Xét đề nghị của Vụ trưởng Vụ Bảo trợ xã "
    "hội, QUYẾT ĐỊNH: Điều 1. Ban hành kèm theo Quyết định này Hệ thống chỉ tiêu theo dõi, giám sát và đánh giá. "
    "Điều 2. Quyết định này có hiệu lực sau 15 ngày kể từ ngày đăng Công báo. Điều 3. Chánh Văn phòng chịu trách "
    "nhiệm thi hành Quyết định này./. Nơi nhận: - Như Điều 3; - Lưu: VT. KT. BỘ TRƯỞNG THỨ TRƯỞNG (đã ký) Đàm Hữu "
    "Đắc\n"
)


def _kinds(text: str, knowledge: Knowledge) -> list[str]:
    return [f"{u.kind} {u.marker or ''}".strip() for u in segmented(text, knowledge).units if u.kind != "body"]


def test_a_letter_in_one_line(knowledge: Knowledge) -> None:
    header = header_of(LETTER, knowledge)
    assert (header.number, header.date, header.issuer) == ("12/SYT-VP", "2024-11-05", "Sở Y tế tỉnh Ninh Thuận")
    assert (header.subject, header.signer_name) == ("báo cáo nhanh", "Lê Văn Tám")
    assert header.recipients == ("Ủy ban nhân dân tỉnh", "Bộ Y tế")
    assert header.copies == ("Như trên", "Lưu: VT")
    assert [kind for kind in _kinds(LETTER, knowledge) if kind[:4] in ("head", "item")] == [
        "heading I.", "heading 1.", "heading a)", "item -", "item -", "item b)", "item 2.", "heading II.", "item 1.",
    ]  # fmt: skip


def test_a_decision_in_one_line(knowledge: Knowledge) -> None:
    header = header_of(f"Xem mẫu\n\n  {DECISION}", knowledge)
    assert (header.kind, header.number, header.date) == ("quyet_dinh", "23/2007/QĐ-BLĐTBXH", "2007-10-05")
    assert header.subject == "Ban hành Hệ thống chỉ tiêu giảm nghèo"
    assert _kinds(DECISION, knowledge) == [
        "letterhead", "title", "bases", "article Điều 1", "article Điều 2", "article Điều 3", "recipients", "signature",
        "furniture",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("BỘ Y TẾ SỞ Y TẾ Hà Nội, ngày 05 tháng 10 năm 2007 QUYẾT ĐỊNH Về việc chung\n", id="a short line"),
        pytest.param("Căn cứ Luật ngày 05 tháng 10 năm 2007; " * 40, id="no letterhead"),
        pytest.param("BỘ Y TẾ BAN HÀNH " + "Quy chế gồm 1. Phạm vi; 2. Đối tượng. " * 60, id="no date"),
        pytest.param(LETTER.replace(" Số : 12", "\nSố : 12").replace(" I. ", "\nI. "), id="lines of their own"),
    ],
)
def test_usual_lines_are_not_cut(text: str) -> None:
    assert run_on_cuts(text) == []
