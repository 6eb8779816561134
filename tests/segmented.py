"""Segmenting a few words of text, and the samples that several files of tests begin from."""

from __future__ import annotations

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import HeaderDraft, Segmentation, segment

HEAD = """\
BỘ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1234/QĐ-BYT
Hà Nội, ngày 15 tháng 3 năm 2025

"""

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 215/KH-UBND
Lào Cai, ngày 03 tháng 4 năm 2024

KẾ HOẠCH
Phòng, chống hạn hán năm 2024

Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;
Căn cứ Quyết định số 12/QĐ-TTg ngày 05 tháng 01 năm 2024 của Thủ tướng Chính phủ;

I. MỤC ĐÍCH
1. Bảo đảm nước sinh hoạt.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn Minh
"""
LETTER = """\
BỘ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1234/BYT-DP
V/v phòng, chống dịch sởi
Hà Nội, ngày 15 tháng 3 năm 2025

Kính gửi:
- Ủy ban nhân dân tỉnh Lào Cai;
- Viện Pasteur Nha Trang.

Bộ Y tế đề nghị các đơn vị rà soát đối tượng tiêm chủng.
Trân trọng cảm ơn./.

Nơi nhận:
- Như trên;
- Lưu: VT, DP.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG

Trần Thị Hoa
"""


def segmented(text: str, knowledge: Knowledge) -> Segmentation:
    """Return the segmentation of `text`."""
    return segment(Document(text=text), knowledge)


def header_of(text: str, knowledge: Knowledge) -> HeaderDraft:
    """Return the header of the first document in `text`."""
    return segmented(text, knowledge).parts[0].header
