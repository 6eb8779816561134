"""What portals do to a document on paper: lines cut, joined or lost, cells parted by bars, a page's words above."""

from __future__ import annotations

import pytest

from tests.segmented import HEAD, segmented
from vnlegal.knowledge import Knowledge

WEB = """\
SỞ Y TẾ TỈNH LÀO CAI
-------
|
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
|
Số: 71/SYT-NVY
V/v tiêm chủng
|
Lào Cai, ngày 03 tháng 4 năm 2024
|
{opening}
Các đơn vị báo cáo tình
hình triển khai theo từng nội dung, gửi về Sở Y tế để tổng hợp trình cấp trên
xem xét trong quý này và các quý tiếp theo, bảo đảm đủ số liệu theo mẫu mà Sở đã
gửi; việc tổng hợp do
phòng nghiệp vụ thực hiện, kết quả được thông báo cho các đơn vị vào cuối mỗi tháng
để theo dõi.
"""


def _lines(text: str, knowledge: Knowledge) -> list[str]:
    return segmented(text, knowledge).flow.text.split("\n")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        pytest.param("VỀ VIỆC LẬP TỔ CÔNG TÁC\n\nBỘ TRƯỞNG BỘ Y TẾ", "VỀ VIỆC LẬP TỔ CÔNG TÁC", id="minister"),
        pytest.param("PHIÊN HỌP THÁNG 3\nCHÍNH PHỦ", "PHIÊN HỌP THÁNG 3", id="body-that-resolves"),
        pytest.param(
            "VỀ GIÁM SÁT NĂM 2026\nHỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI\nKHÓA VII KỲ HỌP THỨ 10\n(Từ ngày 05/12/2025)",
            "VỀ GIÁM SÁT NĂM 2026",
            id="council-and-its-session",
        ),
        pytest.param(
            "VỀ QUY CHẾ LÀM VIỆC CỦA\nCHÍNH PHỦ", "VỀ QUY CHẾ LÀM VIỆC CỦA CHÍNH PHỦ", id="title-that-names-a-body"
        ),
        pytest.param(
            "THI HÀNH LUẬT TỔ CHỨC\nCHÍNH PHỦ", "THI HÀNH LUẬT TỔ CHỨC CHÍNH PHỦ", id="law-on-the-organisation-of-it"
        ),
        pytest.param(
            "CHO VAY ỦY THÁC QUA\nNGÂN HÀNG CHÍNH SÁCH XÃ HỘI",
            "CHO VAY ỦY THÁC QUA NGÂN HÀNG CHÍNH SÁCH XÃ HỘI",
            id="bank-in-the-title",
        ),
    ],
)
def test_who_issues_is_no_part_of_the_title(title: str, subject: str, knowledge: Knowledge) -> None:
    text = f"{HEAD}QUYẾT ĐỊNH\n{title}\nCăn cứ Luật Khám bệnh, chữa bệnh ngày 09 tháng 01 năm 2023;\nĐiều 1. Lập Tổ."
    assert segmented(text, knowledge).parts[0].header.subject == subject


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Điều 5. Quỹ của Việt Nam", "Quỹ lập theo quyết định của Chính phủ."),
        ("Điều 6. Quản lý vốn đầu tư", "Vốn đầu tư do tỉnh quản lý."),
        ("Điều 7. Chế độ", "Bộ Y tế quy định chế độ."),
        ("Điều 8. Nhiệm vụ bảo vệ", "Lực lượng thường trực thực hiện."),
        ("3. Nhiệm vụ quan trọng", "Các đơn vị thực hiện ngay."),
    ],
)
def test_words_that_only_fold_to_joining_words_end_a_line(above: str, below: str, knowledge: Knowledge) -> None:
    assert _lines(f"{above}\n{below}", knowledge) == [above, below]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Thực hiện theo quy định tại Nghị định số", "12/2024/NĐ-CP."),
        ("Hồ sơ gửi về Sở", "Tài chính trước ngày 15."),
        ("Điều 3. Chánh", "Văn phòng Bộ, Cục trưởng Cục Phòng bệnh chịu trách nhiệm thi hành."),
        ("THUC HIEN THEO QUY DINH CUA", "CHINH PHU"),
        ("TRIỂN", "KHAI THI HÀNH LUẬT NƯỚC"),
    ],
)
def test_joining_words_go_on(above: str, below: str, knowledge: Knowledge) -> None:
    assert _lines(f"{above}\n{below}", knowledge) == [f"{above} {below}"]


def test_who_issues_below_the_last_basis_stands_apart(knowledge: Knowledge) -> None:
    wrapped = "- Căn cứ Điều lệ của\nHội, đã được đại hội lần thứ năm thông qua, các quy định khác về tổ\nchức;\n"
    text = wrapped * 4 + "- Xét đề nghị của Ban\nTổ chức tại tờ trình đã gửi và ý kiến của các ủy viên ban thường vụ,\n"
    assert _lines(text + "BAN CHẤP HÀNH TRUNG ƯƠNG HỘI\nQUYẾT ĐỊNH:", knowledge)[-2:] == [
        "BAN CHẤP HÀNH TRUNG ƯƠNG HỘI", "QUYẾT ĐỊNH:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("opening", "recipients"),
    [
        pytest.param(
            "Kính\ngửi: Trung tâm Y tế các huyện\nTrong quá trình thực hiện, Sở nhận được ý kiến của các nơi.",
            ("Trung tâm Y tế các huyện",),
            id="word-cut-in-two",
        ),
        pytest.param(
            "Kính gửi: Công ty TNHH Sao Mai\n(Địa chỉ: số 5, đường Hoàng Liên, phường Cốc Lếu)\nTrả lời văn bản của"
            " Công ty hỏi về tiêm chủng, Sở Y tế có ý kiến.",
            ("Công ty TNHH Sao Mai (Địa chỉ: số 5, đường Hoàng Liên, phường Cốc Lếu)",),
            id="address-in-brackets",
        ),
        pytest.param(
            "Kính gửi: Trung tâm Kiểm soát bệnh tật và\nPhòng Y tế\nThực hiện kế hoạch năm, Sở Y tế đề nghị.",
            ("Trung tâm Kiểm soát bệnh tật và Phòng Y tế",),
            id="name-that-goes-on",
        ),
    ],
)
def test_addressees_end_where_the_letter_begins(
    opening: str, recipients: tuple[str, ...], knowledge: Knowledge
) -> None:
    assert segmented(WEB.format(opening=opening), knowledge).parts[0].header.recipients == recipients


def test_a_list_of_addressees_without_stops(knowledge: Knowledge) -> None:
    text = f"{HEAD}Kính gửi:\n\n- Bộ Tài chính\n- Hội Chữ thập đỏ Việt Nam\n\nXét đề nghị của Bộ Tài chính, Bộ đồng ý."
    assert segmented(text, knowledge).parts[0].header.recipients == ("Bộ Tài chính", "Hội Chữ thập đỏ Việt Nam")


@pytest.mark.parametrize(
    ("above", "below"), [("STT", "NỘI DUNG"), ("HĐND", "THÀNH PHỐ HUẾ"), ("DÂN", "CHỦ TỊCH"), ("III", "VỐN")]
)
def test_abbreviations_and_ends_of_names_stand_apart(above: str, below: str, knowledge: Knowledge) -> None:
    assert _lines(f"{above}\n{below}", knowledge) == [above, below]


def test_the_title_of_what_is_attached_is_no_signer(knowledge: Knowledge) -> None:
    text = (
        f"{HEAD}QUYẾT ĐỊNH\nĐiều 1. Ban hành Đề cương.\nNơi nhận:\n- Như trên.\nKT. BỘ TRƯỞNG\nRÀ SOÁT TIÊM CHỦNG TẠI"
        " CÁC TRƯỜNG HỌC\n(Kèm theo Quyết định số 1234/QĐ-BYT)\nRà soát theo từng trường."
    )
    found = segmented(text, knowledge)
    assert found.parts[0].header.signer_title == "KT. BỘ TRƯỞNG"
    assert len(found.parts) == 2


FRAMED = """\
| **BỘ Y TẾ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |
|---|---|
| Số: 12/BYT-KCB | **Độc lập - Tự do - Hạnh phúc** |

Kính gửi: Sở Y tế các tỉnh.

Bộ Y tế đề nghị các tỉnh báo cáo.

| Nội dung | Người ký |
|---|---|
| Quyết định số 3/QĐ-BYT | Bộ trưởng |

| ***Nơi nhận:*** - Như trên; - Lưu: VT. | **KT. BỘ TRƯỞNG** **THỨ TRƯỞNG** (Đã ký) **Lê Văn Anh** |
|---|---|
"""


def test_tables_that_hold_letterhead_and_foot_are_no_tables(knowledge: Knowledge) -> None:
    found = segmented(FRAMED, knowledge)
    header = found.parts[0].header
    kinds = [unit.kind for unit in found.units if unit.kind not in ("body", "cell")]
    assert kinds == ["letterhead", "kinh_gui", "table", "recipients", "signature"]
    assert (header.signer_title, header.signer_name) == ("KT. BỘ TRƯỞNG - THỨ TRƯỞNG", "Lê Văn Anh")
    assert header.copies == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Giám đốc các Sở: Nội vụ, Lao động", "- Thương binh và Xã hội, Tài chính", True),
        ("Chi cục trưởng Chi cục Dân số", "- Kế hoạch hóa gia đình", True),
        ("Giám đốc Sở Quy hoạch", "– Kiến trúc chịu trách nhiệm thi hành", True),
        ("Các phòng của Sở Lao động", "- Thanh tra Sở", False),
        ("Các phòng của Sở Lao động:", "- Thương binh và Xã hội", False),
        ("Giám đốc Sở Tài nguyên", "- Kế hoạch hóa gia đình", False),
    ],
    ids=[
        "ministry",
        "agency",
        "long dash",
        "near miss: an item",
        "near miss: a list begins",
        "near miss: no such name",
    ],
)
def test_a_name_cut_before_its_dash_is_no_item(above: str, below: str, joined: bool, knowledge: Knowledge) -> None:
    assert _lines(f"{above}\n{below}", knowledge) == ([f"{above} {below}"] if joined else [above, below])


@pytest.mark.parametrize("decides", ["QUYẾT ĐỊNH:", "QUYẾT ĐỊNH"])
def test_what_is_decided_is_no_second_document(decides: str, knowledge: Knowledge) -> None:
    basis = "Căn cứ Luật Dược ngày 06 tháng 4 năm 2016;\nXét đề nghị của Vụ trưởng Vụ Pháp chế,\n"
    body = "Điều 1.\nBan hành kèm theo Quyết định này Quy chế tiêm chủng.\nĐiều 2.\nGiao Cục Y tế dự phòng."
    found = segmented(f"{HEAD}QUYẾT ĐỊNH\nBan hành Quy chế tiêm chủng\n{basis}{decides}\n{body}", knowledge)
    assert len(found.parts) == 1


def test_rules_below_a_decision_are_a_document(knowledge: Knowledge) -> None:
    rules = "QUY CHẾ\nTIÊM CHỦNG\n(Ban hành kèm theo Quyết định số 1234/QĐ-BYT)\nĐiều 1. Phạm vi\nÁp dụng tại các trạm."
    found = segmented(f"{HEAD}QUYẾT ĐỊNH\nĐiều 1. Ban hành Quy chế.\nĐiều 2. Thi hành.\n{rules}", knowledge)
    assert [part.header.kind for part in found.parts] == ["quyet_dinh", "quy_che"]


def test_what_a_browser_prints_at_a_pages_edge_is_no_text(knowledge: Knowledge) -> None:
    above, below = "Cơ sở được thành lập phải có đủ các điều kiện sau đây,", "kể cả điều kiện về nhân lực y tế;"
    edge = "11/3/25, 10:09 PM\nabout:blank\nabout:blank\n1/22\n\n"
    assert _lines(f"{above}\n{edge}{below}", knowledge) == [f"{above} {below}"]
    kept = "11/3/25, 10:09 PM là giờ nộp hồ sơ."
    assert _lines(f"Nộp hồ sơ.\n{kept}", knowledge) == ["Nộp hồ sơ.", kept]


@pytest.mark.parametrize(
    ("heading", "below", "joined"),
    [
        ("Mục 5: GHI VÀO SỔ HỘ TỊCH VIỆC LY HÔN ĐÃ", "ĐƯỢC GIẢI QUYẾT Ở NƯỚC NGOÀI", True),
        ("Chương II. SẮP XẾP THỊ TRƯỜNG CỔ PHIẾU,", "THỊ TRƯỜNG TRÁI PHIẾU", True),
        ("Chương II\nSẮP XẾP THỊ TRƯỜNG CỔ PHIẾU,", "THỊ TRƯỜNG TRÁI PHIẾU", True),
        ("Mục 5: GHI VÀO SỔ HỘ TỊCH", "Cơ quan hộ tịch ghi vào sổ.", False),
        ("Mục 5: Ghi vào sổ hộ tịch", "NƯỚC NGOÀI VÀ TRONG NƯỚC", False),
    ],
    ids=["section", "chapter", "chapter on its own line", "near miss: the text", "near miss: title in small letters"],
)
def test_headings_in_capitals_go_on(heading: str, below: str, joined: bool, knowledge: Knowledge) -> None:
    lines = _lines(f"{heading}\n{below}\nĐiều 41. Điều kiện", knowledge)
    assert (lines[0] == f"{heading} {below}".replace("\n", " ")) is joined


FULL = (
    "Cơ quan quản lý nhà nước kiểm tra các cơ sở sản xuất nước sạch theo kế hoạch của\ntỉnh và báo cáo hằng năm.\n" * 4
)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Trừ trường hợp các điều ước quốc tế mà nước", "Cộng hòa xã hội chủ nghĩa Việt Nam là thành viên.", True),
        ("Trừ trường hợp các điều ước quốc tế mà nước", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", False),
        ("Thực hiện nhiệm vụ do Chính phủ, Thủ tướng", "Chính phủ giao cho cơ quan.", True),
        ("Trình Ban Chấp hành", "Trung ương Đảng trước kỳ họp.", True),
        ("Có ý kiến của Hội Nông dân", "Việt Nam và các hội khác.", True),
        ("Họp tại các cơ quan của nông dân", "Việt Nam là nước nông nghiệp.", False),
        ("Báo cáo của đồng chí Thủ tướng", "Nguyễn Tấn Dũng", False),
        ("Các Sở gửi báo cáo về Ủy ban nhân dân tỉnh để tổng hợp và trình theo “mẫu này.”.", "Khoản 1 nói gì.", False),
        ("Các Sở gửi báo cáo về Ủy ban nhân dân tỉnh để tổng hợp và trình theo đúng mẫu./.", "Khoản 1 nói gì.", False),
    ],
    ids=[
        "the State",
        "near miss: a motto",
        "a name of two",
        "of the Party",
        "of Viet Nam",
        "near miss: no name",
        "near miss: a person",
        "a quotation ends",
        "a text ends",
    ],
)
def test_lines_that_end_in_the_middle_of_a_name_go_on(
    above: str, below: str, joined: bool, knowledge: Knowledge
) -> None:
    lines = _lines(f"{FULL}{above}\n{below}", knowledge)
    assert (lines[-1] == f"{above} {below}") is joined
