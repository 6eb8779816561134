"""Names that a text gives to a numbered document, nicknames, and documents still to be issued."""

from __future__ import annotations

import pytest

from tests.cites import cited, texts
from vnlegal.knowledge import Knowledge


def aliases(text: str, knowledge: Knowledge) -> list[tuple[str, str | None]]:
    return [(m.text, m.target) for m in cited(text, knowledge) if m.kind == "alias"]


DECISION = "theo Quyết định số 2289/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            f"Báo cáo {DECISION} ban hành Chiến lược quốc gia về phát triển đô thị biển đến năm 2030.",
            ["Chiến lược quốc gia về phát triển đô thị biển đến năm 2030"],
        ),
        (
            f"Báo cáo {DECISION} phê duyệt Đề án “Phát triển đô thị biển” và các nhiệm vụ khác.",
            ["Đề án “Phát triển đô thị biển”"],
        ),
        (
            f"Báo cáo {DECISION} phê duyệt Đề án Phát triển đô thị biển; các bộ triển khai Đề án Phát triển đô thị biển"
            " đúng tiến độ.",
            ["Đề án Phát triển đô thị biển", "Đề án Phát triển đô thị biển"],
        ),
        (
            f"Báo cáo {DECISION} ban hành Chiến lược phát triển đô thị biển (sau đây gọi là Chiến lược), Bộ báo cáo.",
            ["Chiến lược phát triển đô thị biển", "Chiến lược"],
        ),
        (
            "Chương trình phát triển đô thị biển ban hành kèm theo Quyết định số 2289/QĐ-TTg ngày 31/12/2020.",
            ["Chương trình phát triển đô thị biển"],
        ),
        ("Kết quả Đề án 950 (Quyết định số 2289/QĐ-TTg ngày 31/12/2020). Đề án 950 đạt", ["Đề án 950", "Đề án 950"]),
        (
            f"Báo cáo {DECISION} phê duyệt Kế hoạch triển khai thực hiện Luật Việc làm.",
            ["Kế hoạch triển khai thực hiện Luật Việc làm"],
        ),
        (
            f"Báo cáo {DECISION} ban hành Kế hoạch thực hiện Nghị quyết Đại hội; các tỉnh báo cáo.",
            ["Kế hoạch thực hiện Nghị quyết Đại hội"],
        ),
        (
            f"Báo cáo {DECISION} về Đề án sáp nhập trường nghề, các sở rà soát.",
            ["Đề án sáp nhập trường nghề"],
        ),
        (
            f"Báo cáo {DECISION} về Chiến lược phát triển nghề muối đến năm 2030 tiếp tục đề ra chỉ tiêu.",
            ["Chiến lược phát triển nghề muối đến năm 2030"],
        ),
        (
            f"Báo cáo {DECISION} phê duyệt Kế hoạch nâng cấp mạng di động ven biển. Sở triển khai Kế hoạch nâng cấp "
            "mạng di động ven biển tỉnh Lào Cai đến năm 2025.",
            ["Kế hoạch nâng cấp mạng di động ven biển"],
        ),
        (
            f"Báo cáo {DECISION} phê duyệt Đề án quy tập hiện vật đến năm 2020 và những năm tiếp theo được duyệt.",
            ["Đề án quy tập hiện vật đến năm 2020 và những năm tiếp theo"],
        ),
        (
            f"Báo cáo {DECISION} phê duyệt Chương trình cải cách dịch vụ công giai đoạn 2011-2020. Tổng kết Chương "
            "trình cải cách dịch vụ công giai đoạn 2001-2010, tiếp tục Chương trình cải cách dịch vụ công.",
            ["Chương trình cải cách dịch vụ công giai đoạn 2011-2020", "Chương trình cải cách dịch vụ công"],
        ),
    ],
)
def test_titles_beside_a_number(text: str, found: list[str], knowledge: Knowledge) -> None:
    assert aliases(text, knowledge) == [(words, "2289/QĐ-TTg@2020") for words in found]


@pytest.mark.parametrize(
    "text",
    [
        f"Báo cáo {DECISION}, các sở xây dựng kế hoạch chuyển đổi số của đơn vị.",
        f"Báo cáo {DECISION} về việc thành lập Hội đồng thẩm định quy hoạch.",
        "Ban hành kèm theo Công văn số 12/BTC-TCT ngày 3/1/2024 các quy định về thuế.",
        f"Báo cáo {DECISION} về quy định hành chính của các sở.",
        "Báo cáo Quyết định số 5/QĐ-TTg và Quyết định số 2289/QĐ-TTg về Đề án sáp nhập trường nghề.",
        "Theo Công văn số 12/BTC-TCT ngày 3/1/2024 về Đề án sáp nhập trường nghề của tỉnh.",
        "Các Bộ: Tài chính, Kế hoạch và Đầu tư và Văn phòng Chính phủ theo Quyết định số 2289/QĐ-TTg.",
        "Thông tư quy định về mức đóng (sau đây gọi là mức đóng) của người lao động.",
        "Bộ Kế hoạch và Đầu tư báo cáo; chương trình, kế hoạch tăng cường năng lực.",
    ],
)
def test_words_that_are_no_title(text: str, knowledge: Knowledge) -> None:
    assert aliases(text, knowledge) == []


def test_a_law_defined_by_its_type_word(knowledge: Knowledge) -> None:
    text = (
        "Luật Bảo vệ dữ liệu cá nhân ngày 26 tháng 6 năm 2025 (sau đây gọi là Luật); theo quy định của Luật, bộ xử lý"
    )
    found = cited(text, knowledge)
    assert [m.kind for m in found] == ["named", "alias", "anaphora"]
    assert len({m.target for m in found}) == 1


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        ("Tổ công tác triển khai Đề án 06 của Chính phủ", "Đề án 06", "06/QĐ-TTg@2022"),
        ("Tổ công tác Đề án 06/CP họp", "Đề án 06/CP", "06/QĐ-TTg@2022"),
    ],
)
def test_nicknames(text: str, words: str, target: str, knowledge: Knowledge) -> None:
    assert [(m.text, m.target) for m in cited(text, knowledge)] == [(words, target)]


def test_a_longer_number_is_another_scheme(knowledge: Knowledge) -> None:
    assert "06/QĐ-TTg@2022" not in {m.target for m in cited("triển khai Đề án 0612 tại xã", knowledge)}


PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH ĐỒNG THÁP
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 2623/QĐ-UBND
Đồng Tháp, ngày 29 tháng 11 năm 2025

QUYẾT ĐỊNH
Ban hành Kế hoạch phát triển hạ tầng số năm 2026

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển hạ tầng số năm 2026.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


def test_what_a_decision_issues_bears_its_number(knowledge: Knowledge) -> None:
    assert ("Kế hoạch phát triển hạ tầng số năm 2026", "2623/QĐ-UBND@2025") in aliases(PLAN, knowledge)
    assert len(aliases(PLAN, knowledge)) == 1, "the title itself is no mention"


# ---- documents still to be issued ----


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        (
            "Bộ Tài chính chủ trì, trình Chính phủ ban hành Nghị định quy định chi tiết Luật Quản lý thuế trong quý.",
            "Nghị định quy định chi tiết Luật Quản lý thuế",
        ),
        (
            "Xây dựng Đề án phát triển nguồn nhân lực bán dẫn, trình Thủ tướng Chính phủ trong quý III/2025.",
            "Đề án phát triển nguồn nhân lực bán dẫn",
        ),
        (
            "Sớm ban hành Thông tư hướng dẫn thực hiện Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 của Chính phủ.",
            "Thông tư hướng dẫn thực hiện Nghị định số 88/2025/NĐ-CP",
        ),
        (
            "Giao Bộ Công an hoàn thiện dự thảo Nghị định về bảo vệ dữ liệu cá nhân, báo cáo Thủ tướng Chính phủ.",
            "Nghị định về bảo vệ dữ liệu cá nhân",
        ),
        (
            "Đồng ý Ủy ban nhân dân tỉnh lập Đề án Bảo vệ và phát triển rừng đầu nguồn giai đoạn 2008 - 2020.",
            "Đề án Bảo vệ và phát triển rừng đầu nguồn giai đoạn 2008 - 2020",
        ),
        (
            "Xét đề nghị về việc lập Đề án Phát triển rừng ven biển, Phó Thủ tướng Lê Văn A có ý kiến như sau:",
            "Đề án Phát triển rừng ven biển",
        ),
        (
            "Hoàn thiện Đề án thành lập Trường Cao đẳng Y trên cơ sở sáp nhập hai trường, báo cáo Bộ Y tế.",
            "Đề án thành lập Trường Cao đẳng Y trên cơ sở sáp nhập hai trường",
        ),
        (
            'Bộ đang dự thảo Kế hoạch triển khai Phong trào thi đua "Cả nước đổi mới", do đó Sở cần cập nhật.',
            'Kế hoạch triển khai Phong trào thi đua "Cả nước đổi mới"',
        ),
    ],
)
def test_planned(text: str, planned: str, knowledge: Knowledge) -> None:
    found = [m for m in cited(text, knowledge) if m.kind == "planned"]
    assert [m.text for m in found] == [planned]
    assert found[0].is_draft
    assert (found[0].target or "").startswith(f"planned:{found[0].doc_type}:")


@pytest.mark.parametrize(
    "text",
    [
        "Các bộ, ngành, địa phương xây dựng Kế hoạch hành động của bộ, ngành, địa phương mình.",
        "Các sở xây dựng kế hoạch triển khai thực hiện hằng năm.",
        "Bộ đã xây dựng các nghị định, thông tư hướng dẫn thi hành Luật Đất đai.",
        "Bộ Y tế đã ban hành Thông tư số 12/2024/TT-BYT ngày 05/8/2024.",
        "Bộ Xây dựng Quy hoạch đô thị nông thôn.",
        "Thành lập Đề án Phát triển rừng đầu nguồn của tỉnh là bước đầu.",
        "Nhiệm vụ lập Quy hoạch tỉnh Thái Bình thời kỳ 2021 - 2030.",
        "Kiến nghị Quốc hội ban hành Nghị quyết đối với một số nội dung.",
    ],
)
def test_not_planned(text: str, knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "planned") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("thực hiện Chương trình quốc gia về nước sạch trên địa bàn tỉnh", ["Chương trình quốc gia về nước sạch"]),
        ("xây dựng Chương trình nước sạch trên địa bàn tỉnh", []),
    ],
    ids=["a national one, carried out in the province", "the province's own"],
)
def test_a_programme_in_a_province(words: str, found: list[str], knowledge: Knowledge) -> None:
    text = (
        f"Theo Quyết định số 1744/QĐ-TTg phê duyệt Chương trình quốc gia về nước sạch giai đoạn 2026 - 2030;\n{words}."
    )
    assert texts(text, knowledge, "alias")[1:] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Triển khai Quy hoạch tỉnh Đồng Tháp thời kỳ 2021 - 2030, tầm nhìn đến năm 2050 và các quy định.",
            ["Quy hoạch tỉnh Đồng Tháp thời kỳ 2021 - 2030, tầm nhìn đến năm 2050"],
        ),
        (
            "phù hợp với Chương trình trồng cây xanh, phục hồi rừng giai đoạn 2026 - 2030.",
            ["Chương trình trồng cây xanh, phục hồi rừng giai đoạn 2026 - 2030"],
        ),
        ("Thực hiện Kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030.", []),
        ("Thực hiện Chương trình này, phấn đấu đến năm 2030 đạt 90%.", []),
        ("các Chương trình hỗ trợ nông dân giai đoạn 2026 - 2030", []),
        ("Chiến lược của ngành được triển khai trong giai đoạn 2026 - 2030", []),
    ],
    ids=["master plan", "comma in the title", "everybody's plan", "pointer", "plural", "no title"],
)
def test_a_title_that_ends_with_its_years(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "named") == names


def test_a_planned_title_ends_before_who_asks_next(knowledge: Knowledge) -> None:
    text = "Để hoàn thiện dự thảo Nghị định quy định về quản lý dữ liệu y tế, Bộ Y tế đề nghị các tỉnh báo cáo."
    assert texts(text, knowledge, "planned") == ["Nghị định quy định về quản lý dữ liệu y tế"]
