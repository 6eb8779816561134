"""Words that point back to a document: what is one, and what it means."""

from __future__ import annotations

import pytest

from tests.cites import cited, texts
from vnlegal.knowledge import Knowledge


def back(text: str, knowledge: Knowledge) -> list[tuple[str, str | None]]:
    return [(m.text, m.target) for m in cited(text, knowledge) if m.kind == "anaphora"]


CIRCULAR = """\
BỘ TÀI CHÍNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 15/2024/TT-BTC
Hà Nội, ngày 12 tháng 3 năm 2024

THÔNG TƯ
Quy định chế độ báo cáo

Căn cứ Nghị định số 14/2023/NĐ-CP ngày 20 tháng 4 năm 2023 của Chính phủ;

Điều 1. Phạm vi điều chỉnh
Thông tư này quy định chế độ báo cáo. Chế độ theo Nghị định số 14/2023/NĐ-CP không đổi; Nghị định nêu trên còn hiệu lực.
Điều 2. Hiệu lực
Thông tư này có hiệu lực từ ngày ký.
"""


def test_this_is_the_document_itself_and_above_the_one_before(knowledge: Knowledge) -> None:
    assert back(CIRCULAR, knowledge) == [
        ("Thông tư này", "15/2024/TT-BTC"),
        ("Nghị định nêu trên", "14/2023/NĐ-CP"),
        ("Thông tư này", "15/2024/TT-BTC"),
    ]


AMENDING = """\
QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Luật số: 83/2031/QH17

LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT VIỆC LÀM

Điều 1. Sửa đổi, bổ sung một số điều của Luật Việc làm số 38/2013/QH13
1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:
“2. Nhà nước bảo đảm quyền của người lao động theo quy định của Luật này.”.
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2031.
"""


def test_inside_an_amending_text_this_is_the_amended_law(knowledge: Knowledge) -> None:
    assert back(AMENDING, knowledge) == [("Luật này", "38/2013/QH13"), ("Luật này", "83/2031/QH17")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, các cấp ủy quán triệt Nghị quyết.",
            [("Nghị quyết", "57-NQ/TW@2024")],
        ),
        (
            "Theo Nghị quyết số 57-NQ/TW và Nghị quyết số 68-NQ/TW, các cấp ủy quán triệt Nghị quyết.",
            [("Nghị quyết", None)],
        ),
        (
            "Theo Quyết định số 12/QĐ-TTg ngày 3/1/2024 và Nghị định số 9/2024/NĐ-CP, thực hiện Quyết định này.",
            [("Quyết định này", "12/QĐ-TTg@2024")],
        ),
    ],
    ids=["one", "two", "nearest of its kind"],
)
def test_terms(text: str, found: list[tuple[str, str | None]], knowledge: Knowledge) -> None:
    assert back(text, knowledge) == found


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị định số 14/2023/NĐ-CP và Nghị định số 15/2023/NĐ-CP, các Nghị định này có hiệu lực.",
        "Quy định này không áp dụng cho người nước ngoài. Điều này cho thấy kết quả tốt.",
        "Bộ Kế hoạch và Đầu tư báo cáo các Nghị quyết của Trung ương, Bộ Chính trị.",
        "Bộ Công Thương trình Chính phủ các Luật, Nghị quyết có liên quan.",
        "góp phần quyết định thắng lợi; quyết định này của doanh nghiệp",
    ],
)
def test_common_nouns_and_plurals_point_to_nothing(text: str, knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "anaphora") == []


def test_a_word_before_which_nothing_is_named_stays_open(knowledge: Knowledge) -> None:
    assert back("Đề nghị các đơn vị triển khai Quyết định nói trên.", knowledge) == [("Quyết định nói trên", None)]


def test_a_note_of_a_consolidated_text_quotes_the_amending_document(knowledge: Knowledge) -> None:
    text = (
        "VĂN PHÒNG QUỐC HỘI\nSố: 12/VBHN-VPQH\nHà Nội, ngày 3 tháng 4 năm 2026\n\nLUẬT\nGIÁO DỤC\n\n"
        "Luật Giáo dục số 43/2019/QH14 ngày 14 tháng 6 năm 2019 của Quốc hội, được sửa đổi, bổ sung bởi:\n"
        "Luật số 123/2025/QH15 ngày 10 tháng 12 năm 2025 của Quốc hội.\n\n"
        "Điều 1. Phạm vi\nLuật này quy định về giáo dục.1\n\n"
        "1 Điều 2 của Luật số 123/2025/QH15 sửa đổi, bổ sung một số điều của Luật Giáo dục quy định như sau:\n"
        "“Điều 2. Hiệu lực thi hành\nLuật này có hiệu lực từ ngày 01 tháng 01 năm 2026.”\n"
    )
    assert [target for _, target in back(text, knowledge)] == ["43/2019/QH14", "123/2025/QH15"]
