"""The header of copies: letterheads cut, joined or lost, a page's words above them, titles without their kind."""

from __future__ import annotations

import pytest

from tests.segmented import HEAD, header_of, segmented
from vnlegal.knowledge import Knowledge


def test_two_bodies_on_one_line_of_the_letterhead(knowledge: Knowledge) -> None:
    text = HEAD.replace("BỘ Y TẾ", "TỔNG CỤC THUẾ CỤC THUẾ TỈNH LÀO CAI").replace("QĐ-BYT", "CT-TTHT")
    assert header_of(f"{text}Kính gửi: Chi cục Thuế.", knowledge).issuer == "Cục Thuế tỉnh Lào Cai"


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
    assert header_of(HEAD.replace("QĐ-", "HD-") + below, knowledge).subject == subject


def test_head_and_title_below_the_words_of_a_page(knowledge: Knowledge) -> None:
    page = "Toàn văn quy định mới của Đảng bộ tỉnh\n\n(Báo Lào Cai) - Ngày 3/4, Tỉnh ủy ban hành quy định mới.\n\n"
    head = "TỈNH ỦY LÀO CAI\n-------\n\nĐẢNG CỘNG SẢN VIỆT NAM\n-------\n\nSố: 12-QĐ/TU\n\n"
    head += "Lào Cai, ngày 03 tháng 4 năm 2024\n\nQUY ĐỊNH\n\nTRÁCH NHIỆM NÊU GƯƠNG\n\n- Căn cứ Điều lệ Đảng;"
    header = header_of(page + head, knowledge)
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
        pytest.param(
            "Tải bản đầy đủ (.pdf) (12 trang)\nQuyết định số 1234/2025/QĐ-BYT\nBạn đang xem bản rút gọn.\n",
            id="headline-among-words-of-a-page",
        ),
        pytest.param(
            "Tải bản đầy đủ (.doc) (9 trang)\nQuyết định số 1234 QĐ-BYT ngày 15 3 2025 về Tổ công tác QD lap To\n",
            id="headline-that-lost-its-slashes",
        ),
        pytest.param("Sign In\nSkip to main content\n", id="links-of-a-page"),
        pytest.param("- 1Quyết định 672/QĐ-SYT về tiêm chủng\n- 2Luật Dược 2016\n", id="documents-listed-by-a-page"),
        pytest.param("Lập Tổ công tác\n16/11/2025 - 21:24\n", id="moment-of-publishing"),
        pytest.param("Lập Tổ công tác\nThứ Tư, 08/04/2025, 08:11 [GMT+7]\n", id="weekday-and-moment"),
        pytest.param("Tổ công tác tiêm chủng\n- Chương I: Quy định chung\nTOÀN VĂN\n", id="summary-of-a-page"),
    ],
)
def test_what_a_copy_puts_above_a_letterhead_is_no_part_of_it(lead: str, knowledge: Knowledge) -> None:
    found = segmented(f"{lead}{HEAD}QUYẾT ĐỊNH\nVề việc lập Tổ công tác\nĐiều 1. Lập Tổ.", knowledge)
    header = found.parts[0].header
    assert found.flow.text.startswith("BỘ Y TẾ\nCỘNG HÒA")
    assert (header.number, header.date, header.issuer) == ("1234/QĐ-BYT", "2025-03-15", "Bộ Y tế")


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("DỰ THẢO LẦN 2\n", id="draft"),
        pytest.param("Quyết định số 1234/QĐ-BYT\n", id="headline-alone"),
        pytest.param("Kính gửi: Vụ Pháp chế\nXin gửi Quyết định 1234/QĐ-BYT.\n", id="letter"),
    ],
)
def test_what_belongs_to_the_document_stays(lead: str, knowledge: Knowledge) -> None:
    flow = segmented(f"{lead}{HEAD}QUYẾT ĐỊNH\nĐiều 1. Lập Tổ.", knowledge).flow.text
    assert flow.split("\n")[0] == lead.split("\n", maxsplit=1)[0]


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
    header = header_of(PAGE.format(facts=facts), knowledge)
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
    assert header_of(f"{text}QUYẾT ĐỊNH\nVề việc chung\n", knowledge).issuer == issuer


def test_bars_of_cells_are_no_words_of_the_header(knowledge: Knowledge) -> None:
    foot = "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nĐã ký: Lê Văn Tám\n"
    text = f"{HEAD.replace('Hà Nội', 'Hà nội')}Kính gửi: |\n- Bộ Tài chính, |\n\nBộ Y tế đồng ý.\n\n{foot}"
    header = header_of(text, knowledge)
    assert (header.recipients, header.place, header.signer_name) == (("Bộ Tài chính",), "Hà Nội", "Lê Văn Tám")


def test_an_old_headline_holds_number_day_and_issuer(knowledge: Knowledge) -> None:
    text = (
        "CHỈ THỊ\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 16/2001/CT-TTG\nNGÀY 21 THÁNG 6 NĂM 2001 VỀ VIỆC LẬP KẾ HOẠCH\nNăm 2002 là"
    )
    header = header_of(text + " năm thứ hai của kế hoạch.", knowledge)
    assert (header.date, header.issuer, header.subject) == ("2001-06-21", "Thủ tướng Chính phủ", "VỀ VIỆC LẬP KẾ HOẠCH")


def test_issuer_below_the_title_and_post_in_small_letters(knowledge: Knowledge) -> None:
    head = "QUYẾT ĐỊNH\n\nVề việc lập Tổ công tác\n\n____\n\nBỘ TRƯỞNG BỘ Y TẾ\n\nCăn cứ Luật Dược ngày 06/4/2016;\n\n"
    body = "QUYẾT ĐỊNH:\n\nĐiều 1. Lập Tổ công tác.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký./.\n\n"
    header = header_of(f"{head}{body}Bộ trưởng\n\n(Đã ký)\n\nLê Văn Tám", knowledge)
    assert (header.issuer, header.signer_title, header.signer_name) == ("Bộ Y tế", "Bộ trưởng", "Lê Văn Tám")


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
    header = header_of(PARTY.format(number=serial), knowledge)
    subject = "Triển khai thực hiện Kế hoạch số 83-KH/TU của Ban Thường vụ Tỉnh ủy"
    assert (header.kind, header.number, header.subject) == ("cong_van", number, subject)


def test_a_kind_cut_in_two_and_the_issuer_below_the_title(knowledge: Knowledge) -> None:
    head = HEAD.replace("BỘ Y TẾ", "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI").replace("QĐ-BYT", "QĐ-UBND")
    title = "QUYẾT\nĐỊNH\nVỀ\nVIỆC LẬP TỔ CÔNG TÁC\nỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Giá ngày 19/6/2023;\n"
    header = header_of(head + title, knowledge)
    assert (header.kind, header.subject) == ("quyet_dinh", "VỀ VIỆC LẬP TỔ CÔNG TÁC")


def test_a_signer_whose_name_only_the_page_tells(knowledge: Knowledge) -> None:
    facts = "Số hiệu | 1234/QĐ-BYT |\nNgày ban hành | 15/03/2025 |\nNgười ký | Lê Văn Tám |\n"
    text = f"{facts}{HEAD}QUYẾT ĐỊNH\nVề việc chung\n\nĐiều 1. Lập Tổ./.\n\nNơi nhận:\n- Lưu: VT.\n\nKT. BỘ TRƯỞNG\n"
    header = header_of(text, knowledge)
    assert (header.signer_title, header.signer_name) == ("KT. BỘ TRƯỞNG", "Lê Văn Tám")


def test_a_year_behind_a_blank_serial_is_no_number(knowledge: Knowledge) -> None:
    text = HEAD.replace("1234/QĐ-BYT", " / 2025/TT-BYT") + "THÔNG TƯ\nQuy định chung\n"
    assert header_of(text, knowledge).number is None


def test_place_and_date_below_a_title_are_the_documents(knowledge: Knowledge) -> None:
    text = "PHIẾU TRÌNH XỬ LÝ VĂN BẢN\nHà Nội, ngày 27 tháng 02 năm 2026\nKính gửi: Đ/c Phó Chủ tịch\nVăn phòng trình."
    header = header_of(text, knowledge)
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
    assert header_of(text, knowledge).kind == kind


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
    assert header_of(f"{headline}\n\nTrong những ngày qua, mưa lớn.\n", knowledge).issuer == issuer


@pytest.mark.parametrize("mark", ["", "/", "| ", "* "])
def test_a_stray_mark_before_the_letterhead_hides_no_issuer(mark: str, knowledge: Knowledge) -> None:
    body = f"{mark}ỦY BAN MTTQ VIỆT NAM\nXÃ TÂN LẬP\nBAN THƯỜNG TRỰC"
    text = HEAD.replace("BỘ Y TẾ", body).replace("QĐ-BYT", "KH-MTTQ-BTT") + "KẾ HOẠCH\nTổ chức hội nghị\n"
    assert header_of(text, knowledge).issuer == "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lập"


def test_a_symbol_on_a_line_of_its_own_is_no_issuer(knowledge: Knowledge) -> None:
    text = HEAD.replace("BỘ Y TẾ", "SỞ Y TẾ TỈNH LÀO CAI").replace("1234/QĐ-BYT", "12\n/UBND-VX\n")
    assert header_of(f"{text}Kính gửi: Sở Y tế.", knowledge).issuer == "Sở Y tế tỉnh Lào Cai"


BESIDE = """\
Văn bản số 12/BYT-DP về tiêm chủng

Tải văn bản số 12/BYT-DP

BỘ Y TẾ

Số: 12/BYT-DP

V/v hướng dẫn tiêm chủng
cho trẻ em

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Hà Nội, ngày 22 tháng 3 năm 2024

Kính gửi: Các Sở Y tế.
"""


def test_a_subject_between_number_and_motto_belongs_to_the_letterhead(knowledge: Knowledge) -> None:
    found = segmented(BESIDE, knowledge)
    header = found.parts[0].header
    assert found.flow.text.startswith("BỘ Y TẾ\n")
    assert (header.subject, header.recipients) == ("hướng dẫn tiêm chủng cho trẻ em", ("Các Sở Y tế",))


def test_a_party_number_stands_above_the_motto_of_the_party(knowledge: Knowledge) -> None:
    lead = "Chỉ thị được ban hành để cả Đảng bộ học tập và làm theo tấm gương của Bác.\n\n"
    head = (
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\n*\n\nSố 06-CT/TW\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nHà Nội, ngày 07 tháng 11 năm 2006\n"
    )
    header = header_of(lead + head, knowledge)
    assert (header.number, header.issuer) == ("06-CT/TW", "Ban Chấp hành Trung ương Đảng")


@pytest.mark.parametrize(
    ("lead", "line", "subject"),
    [
        ("", "Về: góp ý Quy chế thi\n", "góp ý Quy chế thi"),
        ("", "Về việc: góp ý Quy chế thi\n", "góp ý Quy chế thi"),
        ("Thông báo “V/v phòng chống bão số 10”\n16/11/2025 - 21:24\n", "", "phòng chống bão số 10"),
        ("Thông báo phòng chống bão số 10\n16/11/2025 - 21:24\n", "", None),
    ],
    ids=["about", "in the matter of", "the page's headline", "near miss: a headline without V/v"],
)
def test_subjects_of_letters(lead: str, line: str, subject: str | None, knowledge: Knowledge) -> None:
    head = HEAD.replace("QĐ-BYT", "BYT-DP").replace("Hà Nội,", f"{line}Hà Nội,")
    assert header_of(f"{lead}{head}Kính gửi: Các Sở Y tế.\n\nBộ Y tế đề nghị.", knowledge).subject == subject


RULES = "QUY ĐỊNH CHI TIẾT MỘT SỐ ĐIỀU CỦA LUẬT DƯỢC VỀ GIÁ THUỐC"
BASIS = "Căn cứ Luật Dược ngày 06 tháng 4 năm 2016;\n"


@pytest.mark.parametrize(
    ("number", "resolves", "kind", "subject"),
    [
        ("12/2024/QĐ-BYT", "QUYẾT ĐỊNH:\n", "quyet_dinh", RULES),
        ("12/2024/QĐ-BYT", "", "quy_dinh", RULES.removeprefix("QUY ĐỊNH ")),
        ("12-QĐ/TW", "QUYẾT ĐỊNH:\n", "quy_dinh", RULES.removeprefix("QUY ĐỊNH ")),
    ],
    ids=["a decision", "near miss: nothing is decided", "near miss: of the Party"],
)
def test_rules_in_the_title_of_a_decision(
    number: str, resolves: str, kind: str, subject: str, knowledge: Knowledge
) -> None:
    head = HEAD.replace("1234/QĐ-BYT", number)
    if "/TW" in number:
        head = head.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "ĐẢNG CỘNG SẢN")
    body = f"{RULES}\nBỘ TRƯỞNG BỘ Y TẾ\n{BASIS}{resolves}1. Áp dụng từ ngày ký.\n"
    header = header_of(head + body, knowledge)
    assert (header.kind, header.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Số: 531/BYT-DP V/v tiêm chủng", "V/v tiêm chủng"),
        ("Số: 531/BYT-DP\nVề tiêm chủng cho trẻ em", "Về tiêm chủng cho trẻ em"),
        ("Số: 531/BYT-DP\nV/v tiêm chủng", "V/v tiêm chủng"),
        ("Số: 531/BYT-DP", None),
    ],
    ids=["on the number's line", "without V/v", "below the number", "none"],
)
def test_a_letters_subject_is_a_unit_of_its_own(line: str, title: str | None, knowledge: Knowledge) -> None:
    head = HEAD.replace("Số: 1234/QĐ-BYT", line)
    found = segmented(f"{head}Kính gửi: Các Sở Y tế.\n\nBộ Y tế đề nghị.", knowledge)
    titles = [found.flow.text[unit.start : unit.end] for unit in found.units if unit.kind == "title"]
    assert titles == ([title] if title else [])


def test_pieces_of_a_blank_date_above_the_title_belong_to_the_letterhead(knowledge: Knowledge) -> None:
    head = "BỘ Y TẾ\nSố:\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n/TTr-BYT\n\nHà Nội, ngày\n\ntháng\n\nnăm 2016\n\n"
    header = header_of(f"{head}TỜ TRÌNH\nVề dự thảo Nghị định\nKính gửi Chính phủ\nBộ Y tế trình dự thảo.", knowledge)
    assert (header.kind, header.subject, header.recipients) == ("to_trinh", "Về dự thảo Nghị định", ("Chính phủ",))


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        ("# Hỗ trợ người có công về nhà ở\n\n", False),
        ("# Quyết định về tiêm chủng mở rộng\n\n", False),
        ("Hỗ trợ người có công về nhà ở\n\n", True),
    ],
    ids=["headline of a page", "headline with the kind", "near miss: no markdown heading"],
)
def test_a_markdown_heading_above_the_letterhead_is_the_pages(lead: str, kept: bool, knowledge: Knowledge) -> None:
    table = "| BỘ Y TẾ ------ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n| Số: 12/QĐ-BYT | Hà Nội |\n"
    flow = segmented(f"{lead}{table}\nQUYẾT ĐỊNH\n\nVề việc chung\n\nĐiều 1. Lập Tổ.", knowledge).flow.text
    assert (flow.split("\n")[0] == lead.strip("# \n")) is kept


def test_a_title_that_lost_kind_and_letterhead_is_a_title(knowledge: Knowledge) -> None:
    title = "BAN HÀNH KẾ HOẠCH THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW VỀ NGƯỜI CÓ CÔNG"
    basis = "Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;\n"
    found = segmented(f"{title}\nTHỦ TƯỚNG CHÍNH PHỦ\n{basis}QUYẾT ĐỊNH:\nĐiều 1. Ban hành Kế hoạch.", knowledge)
    assert [found.flow.text[u.start : u.end] for u in found.units if u.kind == "title"] == [title]
