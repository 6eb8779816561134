"""What portals do to a document on paper: lines cut, joined or lost, cells parted by bars, a page's words above."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment

HEAD = """\
BỘ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1234/QĐ-BYT
Hà Nội, ngày 15 tháng 3 năm 2025

"""
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


def _segment(text: str, knowledge: Knowledge) -> Segmentation:
    return segment(Document(source="test", text=text), knowledge)


def _lines(text: str, knowledge: Knowledge) -> list[str]:
    return _segment(text, knowledge).flow.text.split("\n")


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
    assert _segment(text, knowledge).parts[0].header.subject == subject


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
    assert _segment(WEB.format(opening=opening), knowledge).parts[0].header.recipients == recipients


def test_a_list_of_addressees_without_stops(knowledge: Knowledge) -> None:
    text = f"{HEAD}Kính gửi:\n\n- Bộ Tài chính\n- Hội Chữ thập đỏ Việt Nam\n\nXét đề nghị của Bộ Tài chính, Bộ đồng ý."
    assert _segment(text, knowledge).parts[0].header.recipients == ("Bộ Tài chính", "Hội Chữ thập đỏ Việt Nam")


def test_two_bodies_on_one_line_of_the_letterhead(knowledge: Knowledge) -> None:
    text = HEAD.replace("BỘ Y TẾ", "TỔNG CỤC THUẾ CỤC THUẾ TỈNH LÀO CAI").replace("QĐ-BYT", "CT-TTHT")
    assert _segment(f"{text}Kính gửi: Chi cục Thuế.", knowledge).parts[0].header.issuer == "Cục Thuế tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("below", "subject"),
    [
        ("TỔ CHỨC HỘI THI NĂM 2025\n\nĐể thi đua, Bộ hướng dẫn.", "TỔ CHỨC HỘI THI NĂM 2025"),
        ("BỘ TRƯỞNG BỘ Y TẾ\n\nĐể thi đua, Bộ hướng dẫn.", None),
        ("GHI CHÚ\n\nĐể thi đua, Bộ hướng dẫn.", None),
    ],
    ids=["title", "issuer", "too-short"],
)
def test_a_title_without_the_kind_above_it(below: str, subject: str | None, knowledge: Knowledge) -> None:
    assert _segment(HEAD.replace("QĐ-", "HD-") + below, knowledge).parts[0].header.subject == subject


def test_head_and_title_below_the_words_of_a_page(knowledge: Knowledge) -> None:
    page = "Toàn văn quy định mới của Đảng bộ tỉnh\n\n(Báo Lào Cai) - Ngày 3/4, Tỉnh ủy ban hành quy định mới.\n\n"
    head = "TỈNH ỦY LÀO CAI\n-------\n\nĐẢNG CỘNG SẢN VIỆT NAM\n-------\n\nSố: 12-QĐ/TU\n\n"
    head += "Lào Cai, ngày 03 tháng 4 năm 2024\n\nQUY ĐỊNH\n\nTRÁCH NHIỆM NÊU GƯƠNG\n\n- Căn cứ Điều lệ Đảng;"
    header = _segment(page + head, knowledge).parts[0].header
    assert (header.kind, header.number, header.subject) == ("quy_dinh", "12-QĐ/TU", "TRÁCH NHIỆM NÊU GƯƠNG")


BULLETS = "• Hiệu lực: Còn hiệu lực\n• Ngày có hiệu lực: 01/5/2025\n• Ngôn ngữ:\n"
NOTICE = "Để dùng hết các tiện ích của trang này, vui lòng chọn và đăng ký một gói cước phù hợp.\n"


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("Quyết định 1234/QĐ-BYT về Tổ công tác\nMời các bạn cùng tham khảo.\n", id="names-its-number"),
        pytest.param("Quyết định 1234/QĐ-BYT\nThuộc tính\nNội dung\n", id="tabs-beside-the-issuer"),
        pytest.param(BULLETS, id="facts-of-a-portal"),
        pytest.param(BULLETS + "TOÀN VĂN\n", id="heading-of-a-portal"),
        pytest.param(NOTICE, id="sentences-of-a-page"),
        pytest.param("Hệ thống pháp luật\nĐang tải nội dung, vui lòng chờ...\n", id="words-of-a-page"),
        pytest.param("Tổ công tác tiêm chủng\n- Chương I: Quy định chung\nTOÀN VĂN\n", id="summary-of-a-page"),
    ],
)
def test_what_a_copy_puts_above_a_letterhead_is_no_part_of_it(lead: str, knowledge: Knowledge) -> None:
    found = _segment(f"{lead}{HEAD}QUYẾT ĐỊNH\nVề việc lập Tổ công tác\nĐiều 1. Lập Tổ.", knowledge)
    header = found.parts[0].header
    assert found.flow.text.startswith("BỘ Y TẾ\nCỘNG HÒA")
    assert (header.number, header.date, header.issuer) == ("1234/QĐ-BYT", "2025-03-15", "Bộ Y tế")


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("DỰ THẢO LẦN 2\n", id="draft"),
        pytest.param("Kính gửi: Vụ Pháp chế\nXin gửi Quyết định 1234/QĐ-BYT.\n", id="letter"),
    ],
)
def test_what_belongs_to_the_document_stays(lead: str, knowledge: Knowledge) -> None:
    assert _lines(f"{lead}{HEAD}QUYẾT ĐỊNH\nĐiều 1. Lập Tổ.", knowledge)[0] == lead.split("\n", 1)[0]


PAGE = "{facts}\nBỘ Y TẾ\n-------\nSở Y tế gửi báo cáo.\n"


@pytest.mark.parametrize(
    ("facts", "number", "date"),
    [
        ("Số hiệu:12/2024/TT-BYT\nLoại văn bản:Thông tư\nNgày ban hành:03/04/2024", "12/2024/TT-BYT", "2024-04-03"),
        ("Số hiệu: 12/2024/TT-BYT Loại văn bản: Thông tư\nNgày ban hành: 03/04/2024 Ngày hiệu lực: Đã biết",
         "12/2024/TT-BYT", "2024-04-03"),
        ("Số hiệu: | 12/2024/TT-BYT |\nLoại văn bản: | Thông tư |\nNgày ban hành: | 03/04/2024 |",
         "12/2024/TT-BYT", "2024-04-03"),
        ("Số hiệu hàng hóa 12 ghi trên nhãn", None, None),
    ],
    ids=["glued", "two-on-a-line", "cells", "no-fact"],
)  # fmt: skip
def test_facts_told_above_a_text_without_letterhead(
    facts: str, number: str | None, date: str | None, knowledge: Knowledge
) -> None:
    header = _segment(PAGE.format(facts=facts), knowledge).parts[0].header
    assert (header.number, header.date) == (number, date)


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("CHỦ TỊCH ỦY BAN\nNHÂN DÂN", "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai"),
        ("TÒA ÁN NHÂN DÂN TỐI CAO", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
        ("HỘI ĐỒNG NHÀ NƯỚC", "Hội đồng Nhà nước"),
        ("SỞ TƯ PHÁP TỈNH GIA LAI", "Sở Tư pháp tỉnh Gia Lai"),
    ],
)
def test_issuers_that_a_copy_cut_short(head: str, issuer: str, knowledge: Knowledge) -> None:
    symbol = {"TÒA": "NQ-HĐTP", "CHỦ": "QĐ-CTUBND", "HỘI": "NQ-HĐNN7", "SỞ ": "QĐ-STP"}[head[:3]]
    text = HEAD.replace("BỘ Y TẾ", head).replace("QĐ-BYT", symbol).replace("Hà Nội", "Gia Lai")
    assert _segment(f"{text}QUYẾT ĐỊNH\nVề việc chung\n", knowledge).parts[0].header.issuer == issuer


def test_bars_of_cells_are_no_words_of_the_header(knowledge: Knowledge) -> None:
    foot = "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐã ký: Lê Văn Tám\n"
    text = f"{HEAD.replace('Hà Nội', 'Hà nội')}Kính gửi: |\n- Bộ Tài chính, |\n\nBộ Y tế đồng ý.\n\n{foot}"
    header = _segment(text, knowledge).parts[0].header
    assert (header.recipients, header.place, header.signer_name) == (("Bộ Tài chính",), "Hà Nội", "Lê Văn Tám")


def test_an_old_headline_holds_number_day_and_issuer(knowledge: Knowledge) -> None:
    text = (
        "CHỈ THỊ\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 16/2001/CT-TTG\nNGÀY 21 THÁNG 6 NĂM 2001 VỀ VIỆC LẬP KẾ HOẠCH\nNăm 2002 là"
    )
    header = _segment(text + " năm thứ hai của kế hoạch.", knowledge).parts[0].header
    assert (header.date, header.issuer, header.subject) == ("2001-06-21", "Thủ tướng Chính phủ", "VỀ VIỆC LẬP KẾ HOẠCH")


def test_issuer_below_the_title_and_post_in_small_letters(knowledge: Knowledge) -> None:
    head = "QUYẾT ĐỊNH\n\nVề việc lập Tổ công tác\n\n____\n\nBỘ TRƯỞNG BỘ Y TẾ\n\nCăn cứ Luật Dược ngày 06/4/2016;\n\n"
    body = "QUYẾT ĐỊNH:\n\nĐiều 1. Lập Tổ công tác.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký./.\n\n"
    header = _segment(f"{head}{body}Bộ trưởng\n\n(Đã ký)\n\nLê Văn Tám", knowledge).parts[0].header
    assert (header.issuer, header.signer_title, header.signer_name) == ("Bộ Y tế", "Bộ trưởng", "Lê Văn Tám")


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
    found = _segment(text, knowledge)
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
    found = _segment(FRAMED, knowledge)
    header = found.parts[0].header
    kinds = [unit.kind for unit in found.units if unit.kind not in ("body", "cell")]
    assert kinds == ["letterhead", "kinh_gui", "table", "recipients", "signature"]
    assert (header.signer_title, header.signer_name) == ("KT. BỘ TRƯỞNG - THỨ TRƯỞNG", "Lê Văn Anh")
    assert header.copies == ("Như trên", "Lưu: VT")


PARTY = """\
ĐẢNG BỘ TỈNH LÀO CAI
ĐẢNG ỦY XÃ BÁT XÁT
*
Số {number}-CV/ĐU
Triển khai thực hiện
Kế hoạch số 83-KH/TU của
Ban Thường vụ Tỉnh ủy
ĐẢNG CỘNG SẢN VIỆT NAM

Bát Xát, ngày 05 tháng 6 năm 2026

Kính gửi: Các chi bộ trực thuộc.

Thực hiện Kế hoạch số 83-KH/TU, Đảng ủy đề nghị.
"""


@pytest.mark.parametrize(("serial", "number"), [("      ", None), ("12", "12-CV/ĐU")], ids=["blank", "given"])
def test_a_party_letters_subject_is_not_its_number(serial: str, number: str | None, knowledge: Knowledge) -> None:
    header = _segment(PARTY.format(number=serial), knowledge).parts[0].header
    subject = "Triển khai thực hiện Kế hoạch số 83-KH/TU của Ban Thường vụ Tỉnh ủy"
    assert (header.kind, header.number, header.subject) == ("cong_van", number, subject)


def test_a_kind_cut_in_two_and_the_issuer_below_the_title(knowledge: Knowledge) -> None:
    head = HEAD.replace("BỘ Y TẾ", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI").replace("QĐ-BYT", "QĐ-UBND")
    title = "QUYẾT\nĐỊNH\nVỀ\nVIỆC LẬP TỔ CÔNG TÁC\nỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Giá ngày 19/6/2023;\n"
    header = _segment(head + title, knowledge).parts[0].header
    assert (header.kind, header.subject) == ("quyet_dinh", "VỀ VIỆC LẬP TỔ CÔNG TÁC")


def test_a_signer_whose_name_only_the_page_tells(knowledge: Knowledge) -> None:
    facts = "Số hiệu | 1234/QĐ-BYT |\nNgày ban hành | 15/03/2025 |\nNgười ký | Lê Văn Tám |\n"
    text = f"{facts}{HEAD}QUYẾT ĐỊNH\nVề việc chung\n\nĐiều 1. Lập Tổ./.\n\nNơi nhận:\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\n"
    header = _segment(text, knowledge).parts[0].header
    assert (header.signer_title, header.signer_name) == ("KT. BỘ TRƯỞNG", "Lê Văn Tám")


def test_a_year_behind_a_blank_serial_is_no_number(knowledge: Knowledge) -> None:
    text = HEAD.replace("1234/QĐ-BYT", " / 2025/TT-BYT") + "THÔNG TƯ\nQuy định chung\n"
    assert _segment(text, knowledge).parts[0].header.number is None


def test_place_and_date_below_a_title_are_the_documents(knowledge: Knowledge) -> None:
    text = "PHIẾU TRÌNH XỬ LÝ VĂN BẢN\nHà Nội, ngày 27 tháng 02 năm 2026\nKính gửi: Đ/c Phó Chủ tịch\nVăn phòng trình."
    header = _segment(text, knowledge).parts[0].header
    assert (header.kind, header.date, header.subject) == ("phieu_trinh", "2026-02-27", "XỬ LÝ VĂN BẢN")


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("THÔNG TƯ\n", "01/2004/TTLT/BVHTT-BYT", "thong_tu_lien_tich"),
        ("THÔNG TƯ\n", "01/2004/TT-BYT", "thong_tu"),
        ("QUYẾT ĐỊNH\n", "55/2007/CT-BYT", "quyet_dinh"),
        ("", "18-BYT/TT", "thong_tu"),
        ("", "18-BYT/TTr", "cong_van"),
        ("", "18/BYT-TT", "cong_van"),
    ],
    ids=["joint", "near miss: of one body", "the title speaks", "old", "near miss: a unit", "near miss: a letter"],
)
def test_the_kind_that_a_number_tells(title: str, number: str, kind: str, knowledge: Knowledge) -> None:
    text = HEAD.replace("1234/QĐ-BYT", number) + title + "Hướng dẫn về quảng cáo\n\nĐể thống nhất, Bộ hướng dẫn.\n"
    assert _segment(text, knowledge).parts[0].header.kind == kind


@pytest.mark.parametrize(
    ("headline", "issuer"),
    [
        ("Thông tư 23/2022/TT-BTC quản lý tài chính", "Bộ Tài chính"),
        ("Công điện số 481/CĐ-TTg về tăng cường phòng cháy", "Thủ tướng Chính phủ"),
        ("Quyết định 23/QĐ-UBND về tăng cường phòng cháy", None),
        ("Kết luận số 69-KL/TW về công tác cán bộ", None),
    ],
    ids=["ministry", "prime minister", "near miss: which province is not said", "near miss: a symbol of several"],
)
def test_the_issuer_that_a_headline_tells(headline: str, issuer: str | None, knowledge: Knowledge) -> None:
    assert _segment(f"{headline}\n\nTrong những ngày qua, mưa lớn.\n", knowledge).parts[0].header.issuer == issuer


@pytest.mark.parametrize("mark", ["", "/", "| ", "* "])
def test_a_stray_mark_before_the_letterhead_hides_no_issuer(mark: str, knowledge: Knowledge) -> None:
    body = f"{mark}ỦY BAN MTTQ VIỆT NAM\nXÃ TÂN LẬP\nBAN THƯỜNG TRỰC"
    text = HEAD.replace("BỘ Y TẾ", body).replace("QĐ-BYT", "KH-MTTQ-BTT") + "KẾ HOẠCH\nTổ chức hội nghị\n"
    assert _segment(text, knowledge).parts[0].header.issuer == "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lập"


def test_a_symbol_on_a_line_of_its_own_is_no_issuer(knowledge: Knowledge) -> None:
    text = HEAD.replace("BỘ Y TẾ", "SỞ Y TẾ TỈNH LÀO CAI").replace("1234/QĐ-BYT", "12\n/UBND-VX\n")
    assert _segment(f"{text}Kính gửi: Sở Y tế.", knowledge).parts[0].header.issuer == "Sở Y tế tỉnh Lào Cai"
