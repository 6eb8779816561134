"""The parts of a document on paper and its header record."""

from __future__ import annotations

import pytest

from tests.segmented import LETTER, PLAN, header_of, segmented
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation


def kinds(found: Segmentation) -> list[str]:
    return [unit.kind for unit in found.units if unit.kind not in ("body", "furniture")]


def test_zones_of_a_plan(knowledge: Knowledge) -> None:
    found = segmented(PLAN, knowledge)
    order = list(dict.fromkeys(kinds(found)))
    assert order[:4] == ["letterhead", "title", "bases", "heading"]
    assert {"recipients", "signature"} <= set(order)


def test_header_of_a_plan(knowledge: Knowledge) -> None:
    head = header_of(PLAN, knowledge)
    assert head.number == "215/KH-UBND"
    assert head.kind == "ke_hoach"
    assert head.date == "2024-04-03"
    assert head.place == "Lào Cai"
    assert head.issuer == "Ủy ban nhân dân tỉnh Lào Cai"
    assert head.subject == "Phòng, chống hạn hán năm 2024"
    assert head.signer_name == "Nguyễn Văn Minh"
    assert head.copies == ("Như trên", "Lưu: VT")


def test_header_of_a_letter(knowledge: Knowledge) -> None:
    head = header_of(LETTER, knowledge)
    assert (head.number, head.kind, head.date) == ("1234/BYT-DP", "cong_van", "2025-03-15")
    assert head.issuer == "Bộ Y tế"
    assert head.subject == "phòng, chống dịch sởi"
    assert head.recipients == ("Ủy ban nhân dân tỉnh Lào Cai", "Viện Pasteur Nha Trang")
    assert head.signer_name == "Trần Thị Hoa"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        pytest.param("ngày 03 tháng 4 năm 2024", "2024-04-03", id="whole"),
        pytest.param("ngày      tháng 4 năm 2024", "2024-04", id="day-open"),
        pytest.param("ngày ... tháng ... năm 2024", "2024", id="day-and-month-open"),
        pytest.param("ngày 03 tháng 14 năm 2024", "2024", id="no-such-month"),
    ],
)
def test_date_as_precise_as_written(written: str, date: str, knowledge: Knowledge) -> None:
    text = PLAN.replace("ngày 03 tháng 4 năm 2024", written)
    assert header_of(text, knowledge).date == date


def test_a_number_still_open_is_none(knowledge: Knowledge) -> None:
    assert header_of(PLAN.replace("Số: 215/KH-UBND", "Số:      /KH-UBND"), knowledge).number is None


def test_an_annex_is_a_part_of_its_own(knowledge: Knowledge) -> None:
    text = PLAN + "\nPHỤ LỤC\nDANH MỤC HỒ CHỨA\n(Kèm theo Kế hoạch số 215/KH-UBND)\n1. Hồ Cốc Ly\n"
    found = segmented(text, knowledge)
    assert [part.is_annex for part in found.parts] == [False, True]
    annex = found.units[found.parts[1].first]
    assert annex.kind == "annex"
    assert found.parts[1].header.number is None


def test_two_documents_in_one_file(knowledge: Knowledge) -> None:
    found = segmented(LETTER + "\n" + PLAN, knowledge)
    assert [part.header.number for part in found.parts] == ["1234/BYT-DP", "215/KH-UBND"]


def test_offsets_of_the_header_slice_back(knowledge: Knowledge) -> None:
    found = segmented(LETTER, knowledge)
    head = found.parts[0].header
    assert head.number_span is not None
    start, end = found.flow.span(*head.number_span)
    assert LETTER[start:end] == "1234/BYT-DP"
    for name, span in zip(head.recipients, head.recipient_spans, strict=True):
        assert found.flow.text[span[0] : span[1]] == name


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        pytest.param(
            "Thực hiện Chương trình nước sạch năm 2024", "Thực hiện Chương trình nước sạch năm 2024", id="base"
        ),
        pytest.param(
            "Quy định việc dùng nước;\nphòng, chống hạn", "Quy định việc dùng nước; phòng, chống hạn", id="semicolon"
        ),
        pytest.param("Quy định chế độ họp.", "Quy định chế độ họp", id="full-stop-above-the-bases"),
        pytest.param(
            "Quy định của Chính phủ về nước\nỦY BAN NHÂN DÂN TỈNH", "Quy định của Chính phủ về nước", id="issuer"
        ),
        pytest.param("Quy định về HIV/AIDS trên VTV, VOV", "Quy định về HIV/AIDS trên VTV, VOV", id="abbreviations"),
        pytest.param("PHÒNG, CHỐNG HẠN HÁN\nNĂM 2024", "PHÒNG, CHỐNG HẠN HÁN NĂM 2024", id="capitals-on-two-lines"),
    ],
)
def test_subject(title: str, subject: str, knowledge: Knowledge) -> None:
    text = PLAN.replace("Phòng, chống hạn hán năm 2024", title)
    assert header_of(text, knowledge).subject == subject


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        pytest.param("Về việc tiêm chủng cho trẻ em dưới 5 tuổi", "tiêm chủng cho trẻ em dưới 5 tuổi", id="ve-viec"),
        pytest.param("Về tăng cường phòng,\nchống dịch sởi", "tăng cường phòng, chống dịch sởi", id="ve-two-lines"),
        pytest.param("Phòng Hành chính", None, id="near-miss"),
    ],
)
def test_a_subject_below_the_number_without_its_mark(line: str, subject: str | None, knowledge: Knowledge) -> None:
    text = LETTER.replace("V/v phòng, chống dịch sởi", line)
    assert header_of(text, knowledge).subject == subject


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        pytest.param("Số:\n12/QĐ-BYT\n\nHà\nNội, ngày 17 tháng 11 năm 2025", "Hà Nội", id="cut"),
        pytest.param("Số: 12/QĐ-BYT\n\nHuế, ngày 17 tháng 11 năm 2025", "Huế", id="one-word"),
    ],
)
def test_a_place_that_a_narrow_column_cut(lines: str, place: str, knowledge: Knowledge) -> None:
    head = f"BỘ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{lines}\nQUYẾT ĐỊNH\nVề nước\n"
    assert header_of(f"{head}Căn cứ Luật Nước;\nĐiều 1. Nước.\n", knowledge).place == place


def test_a_title_with_a_stop_above_what_is_carried_out(knowledge: Knowledge) -> None:
    title = "Hướng dẫn thực hiện chế độ nâng bậc lương đối với viên chức"
    body = "Thi hành Nghị định số 204/2004/NĐ-CP, Bộ Nội vụ hướng dẫn như sau:\nI. PHẠM VI\nMột.\n"
    head = f"BỘ NỘI VỤ\nSố: 03/2005/TT-BNV\nHà Nội, ngày 05 tháng 01 năm 2005\nTHÔNG TƯ\n{title}.\n{body}"
    assert header_of(head, knowledge).subject == title


def test_a_joint_circular_has_all_its_issuers(knowledge: Knowledge) -> None:
    head = "BỘ CÔNG AN - BỘ QUỐC PHÒNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    text = f"{head}Số: 05/2018/TTLT-BCA-BQP\nHà Nội, ngày 2 tháng 4 năm 2018\nTHÔNG TƯ LIÊN TỊCH\nVề nước\nMột.\n"
    assert header_of(text, knowledge).issuer == "Bộ Công an, Bộ Quốc phòng"


@pytest.mark.parametrize(
    ("above", "number"),
    [
        pytest.param("Thứ Hai, 23/12/2024\n", "24-QĐ/TW", id="below-a-page's-day"),
        pytest.param("Bản in     Gửi bài viết\n", "24-QĐ/TW", id="below-a-page's-words"),
        pytest.param("Một câu văn dài đứng trước, nói về nhiều việc khác nhau của một cơ quan nào đó.\n", None,
                     id="below-a-sentence"),
    ],
)  # fmt: skip
def test_a_headline_below_a_pages_words(above: str, number: str | None, knowledge: Knowledge) -> None:
    line = "Quy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng"
    head = header_of(f"{above}{line}\n\nNgười vào Đảng phải đủ 18 tuổi.\nViệc kết nạp do cấp ủy xem xét.\n", knowledge)
    assert head.number == number
    if number:
        assert (head.kind, head.date, head.subject) == ("quy_dinh", "2021-07-30", "về thi hành Điều lệ Đảng")
        assert head.issuer == "Ban Chấp hành Trung ương Đảng"


def test_a_headline_tells_the_subject_behind_its_day(knowledge: Knowledge) -> None:
    text = "Thông báo số 08-TB/BTGTW, ngày 15/5/2007, về việc học tập\nBan Tuyên giáo đã họp.\nKết luận như sau."
    assert header_of(text, knowledge).subject == "về việc học tập"


@pytest.mark.parametrize("number", ["1425 TC/TCT", "255TCT/QĐ/KH", "2615/VPCP-V.I"])
def test_a_number_of_the_old_form(number: str, knowledge: Knowledge) -> None:
    assert header_of(LETTER.replace("1234/BYT-DP", number), knowledge).number == number


@pytest.mark.parametrize(
    ("below", "subject"),
    [
        pytest.param("GIÁM ĐỐC SỞ Y TẾ", "VỀ VIỆC DÙNG NƯỚC SẠCH", id="who-issues"),
        pytest.param("TỔNG CỤC TRƯỞNG TỔNG CỤC THUẾ", "VỀ VIỆC DÙNG NƯỚC SẠCH", id="who-issues-with-body"),
        pytest.param("TRONG TRƯỜNG HỌC", "VỀ VIỆC DÙNG NƯỚC SẠCH TRONG TRƯỜNG HỌC", id="title-goes-on"),
    ],
)
def test_who_issues_stands_below_the_title(below: str, subject: str, knowledge: Knowledge) -> None:
    text = PLAN.replace("KẾ HOẠCH\nPhòng, chống hạn hán năm 2024\n", f"QUYẾT ĐỊNH\nVỀ VIỆC DÙNG NƯỚC SẠCH\n{below}\n")
    assert header_of(text, knowledge).subject == subject


_HEADLESS = (
    "BAN HÀNH KẾ HOẠCH DÙNG NƯỚC SẠCH\nTHỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Tổ chức Chính phủ;\nQUYẾT ĐỊNH:\n"
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch dùng nước sạch.\nNơi nhận:\n- Lưu: VT.\nTHỦ TƯỚNG\n\n"
    "Nguyễn Văn Minh\n\nKẾ HOẠCH\nDÙNG NƯỚC SẠCH\n"
)


@pytest.mark.parametrize(
    ("caption", "number", "date"),
    [
        pytest.param("Ban hành kèm theo Quyết định số 773/QĐ-TTg ngày 26 tháng 6 năm 2018 của Thủ tướng Chính phủ",
                     "773/QĐ-TTg", "2018-06-26", id="its-annex-names-it"),
        pytest.param("Kèm theo Công văn số 12/BYT-DP ngày 26 tháng 6 năm 2018", None, None, id="another-kind"),
    ],
)  # fmt: skip
def test_a_decision_without_letterhead_is_known_by_what_it_issues(
    caption: str, number: str | None, date: str | None, knowledge: Knowledge
) -> None:
    head = header_of(f"{_HEADLESS}({caption})\nI. MỤC TIÊU\nDùng nước sạch.\n", knowledge)
    assert (head.kind, head.issuer, head.number, head.date) == ("quyet_dinh", "Thủ tướng Chính phủ", number, date)
    assert head.subject == "BAN HÀNH KẾ HOẠCH DÙNG NƯỚC SẠCH"


_BODY = "Điều 1. Phạm vi\nViệc dùng nước.\nĐiều 2. Hiệu lực\nCó hiệu lực từ ngày 01 tháng 8 năm 2026."
_HEAD = "CHÍNH PHỦ\n\nSố: 135/2026/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"


@pytest.mark.parametrize(
    ("text", "number", "date"),
    [
        pytest.param("NGHỊ ĐỊNH\nQuy định về nước\n\nĐiều 1. Phạm vi\nMột.\n" + _HEAD + "Hà Nội, ngày 07 tháng 4 năm "
                     "2026\nĐiều 2. Hiệu lực\nHai.", "135/2026/NĐ-CP", "2026-04-07", id="letterhead-amid-the-text"),
        pytest.param("NGHỊ ĐỊNH\nSỬA ĐỔI NGHỊ ĐỊNH SỐ 151/2024/NĐ-CP\n\nVăn bản được số hóa.\n\n" + _HEAD
                     + "NGHỊ ĐỊNH\nSửa đổi Nghị định số 151/2024/NĐ-CP\n" + _BODY, "135/2026/NĐ-CP", None,
                     id="below-a-copy's-heading"),
        pytest.param("LUẬT\nBẢO HIỂM Y TẾ\nCỦA QUỐC HỘI KHÓA XII, KỲ HỌP THỨ TƯ\nSỐ 25/2008/QH12 NGÀY 14 "
                     "THÁNG 11 NĂM 2008\nCăn cứ Hiến pháp;\n" + _BODY, "25/2008/QH12", "2008-11-14",
                     id="in-an-old-law's-title"),
        pytest.param("NGHỊ ĐỊNH\nSỬA ĐỔI NGHỊ ĐỊNH SỐ 72/2025/NĐ-CP NGÀY 28 THÁNG 3 NĂM 2025\n" + _BODY, None, None,
                     id="another-document's-in-the-title"),
        pytest.param("Kết luận số 69-KL/TW\n\nKết luận số 69-KL/TW ngày 11/01/2024 về nước\n\nBộ Chính trị "
                     "yêu cầu:\n1. Một.", "69-KL/TW", "2024-01-11", id="beside-the-number-of-the-headline"),
    ],
)  # fmt: skip
def test_number_and_date_without_a_letterhead_above(
    text: str, number: str | None, date: str | None, knowledge: Knowledge
) -> None:
    head = header_of(text, knowledge)
    assert (head.number, head.date) == (number, date)


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        pytest.param(
            "HỘI ĐỒNG NHÂN\nDÂN\nTHÀNH PHỐ HẢI PHÒNG", "Hội đồng nhân dân thành phố Hải Phòng", id="last-word"
        ),
        pytest.param("ỦY\nBAN NHÂN DÂN\nTỈNH QUẢNG NINH", "Ủy ban nhân dân tỉnh Quảng Ninh", id="first-word"),
        pytest.param("ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NINH", "Ủy ban nhân dân tỉnh Quảng Ninh", id="whole"),
    ],
)
def test_an_issuer_broken_by_a_narrow_column(lines: str, issuer: str, knowledge: Knowledge) -> None:
    text = (
        f"{lines}\n\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n\nSố: 54/2025/QĐ-UBND\n\n"
        "Huế, ngày 26 tháng 11 năm 2025\n\nQUYẾT ĐỊNH\n\nVỀ VIỆC DÙNG NƯỚC\n\nCăn cứ Luật Nước;\n\nĐiều 1. Một\n\n"
        "TM. ỦY BAN NHÂN\nDÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Tám"
    )
    head = header_of(text, knowledge)
    assert head.issuer == issuer
    assert head.signer_title == "TM. ỦY BAN NHÂN DÂN - KT. CHỦ TỊCH - PHÓ CHỦ TỊCH"


PORTAL = """\
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
-----------------------------------
Luật Cây cảnh số 93/2025/QH15
{}

LUẬT CÂY CẢNH
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Cây cảnh.
Điều 1. Phạm vi điều chỉnh
Luật này quy định về cây cảnh.
"""


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        pytest.param("Nguồn: Cổng thông tin vbpl.vn • ID: 179265", True, id="where a portal has the text from"),
        pytest.param("THU VIEN PHAP LUẬT* Tel +84-28-3930 * www.portal.vn", True, id="the stamp of a portal, scanned"),
        pytest.param("Nguồn: https://congbao.example/93", True, id="an address"),
        pytest.param("Nguồn lực cho cây cảnh", False, id="a line that only begins alike"),
    ],
)
def test_the_imprint_of_a_portal_is_no_part_of_the_head(line: str, left_out: bool, knowledge: Knowledge) -> None:
    found = segmented(PORTAL.format(line), knowledge)
    assert (line not in found.flow.text or "furniture" in [unit.kind for unit in found.units]) is left_out
    assert not left_out or found.parts[0].header.kind == "luat"


@pytest.mark.parametrize(
    ("above", "number"),
    [
        ("Luật Dữ liệu số 60/2024/QH15", "60/2024/QH15"),
        ("Luật Giao dịch điện tử số 20/2023/QH15", None),
        ("Luật Dữ liệu số 60/2024/QH15 và các văn bản hướng dẫn", None),
    ],
    ids=["the title again", "another title", "more than the title"],
)
def test_a_line_over_the_title_gives_the_number_a_portal_took_away(
    above: str, number: str | None, knowledge: Knowledge
) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    text = f"{motto}{above}\n\nLUẬT\nDỮ LIỆU\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật Dữ liệu.\n"
    assert header_of(text, knowledge).number == number


@pytest.mark.parametrize(
    ("title", "written", "year", "number"),
    [
        ("CV 5029 91123 TCT Ban hanh", "4222", 2023, "5029"),
        ("CV 3432BLDTBXH080916Huong dan", "3432", 2016, "3432"),
        ("QD 2438221122QDBTCChuong trinh", "2#38", 2022, "2438"),
        ("QD 12231822Ke hoach", "4825", 2022, "4825"),
    ],
    ids=["apart, beside the date", "read well", "one digit off", "nothing alike"],
)
def test_a_converters_title_mends_the_serial_it_shows(
    title: str, written: str, year: int, number: str, knowledge: Knowledge
) -> None:
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head = f"BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ\n{motto}\nSố: {written}/TCT-PC\nHà Nội, ngày 9 tháng 11 năm {year}"
    text = f'---\ntitle: "{title}"\n---\n\n{head}\n\nKính gửi: Cục Thuế.\n\nĐề nghị báo cáo.'
    assert header_of(text, knowledge).number == f"{number}/TCT-PC"


@pytest.mark.parametrize(
    ("foot", "number", "issuer"),
    [
        ("\nSố: 1798/VBHN-BLĐTBXH\nHà Nội, ngày 18 tháng 5 năm 2023\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Tấn Dũng\n",
         "1798/VBHN-BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("", "49/2018/NĐ-CP", "Chính phủ"),
    ],
    ids=["number at the foot", "none"],
)  # fmt: skip
def test_a_consolidated_text_bears_the_number_at_its_foot(
    foot: str, number: str, issuer: str, knowledge: Knowledge
) -> None:
    text = (
        "CHÍNH PHỦ\n-------\nSố: 49/2018/NĐ-CP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "NGHỊ ĐỊNH\nQuy định về kiểm định\n\nNghị định số 49/2018/NĐ-CP ngày 30 tháng 3 năm 2018 của Chính phủ quy định"
        " về kiểm định, được sửa đổi, bổ sung bởi:\nNghị định số 04/2023/NĐ-CP ngày 13 tháng 02 năm 2023.\n"
        f"Điều 1. Phạm vi\nNghị định này quy định về kiểm định.\n{foot}"
    )
    head = header_of(text, knowledge)
    assert (head.number, head.issuer) == (number, issuer)


@pytest.mark.parametrize(
    ("basis", "below", "taken"),
    [
        ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 12/TTr-SYT", "QUYẾT ĐỊNH:", True),
        ("Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 12/TTr-SYT", "QUYẾT ĐỊNH", True),
        ("Thực hiện chỉ đạo của Bộ Y tế, Sở có ý kiến như sau", "Nước sạch cần được kiểm tra.", False),
    ],
    ids=["no stop", "no colon below", "near miss: nothing is decided below"],
)
def test_the_last_basis_may_lack_its_stop(basis: str, below: str, taken: bool, knowledge: Knowledge) -> None:
    head = "QUYẾT ĐỊNH\nVề việc lập Tổ công tác\n\nCăn cứ Luật Dược ngày 06 tháng 4 năm 2016;\n\n"
    found = segmented(f"{head}{basis}\n\n{below}\n\nĐiều 1. Lập Tổ công tác.", knowledge)
    bases = next(unit for unit in found.units if unit.kind == "bases")
    assert found.flow.text[bases.start : bases.end].endswith(basis) is taken


def test_a_title_that_lost_its_kind_is_a_title(knowledge: Knowledge) -> None:
    head = "HỘI ĐỒNG NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 97/NQ-HĐND | Hà Giang, ngày 10/7/2024\n"
    title = "VỀ VIỆC THÔNG QUA KẾ HOẠCH SỬ DỤNG ĐẤT"
    found = segmented(f"{head}{title}\nHỘI ĐỒNG NHÂN DÂN TỈNH HÀ GIANG\nCăn cứ Luật Đất đai năm 2024;\n", knowledge)
    titles = [found.flow.text[unit.start : unit.end] for unit in found.units if unit.kind == "title"]
    assert titles == [title]
    assert found.parts[0].header.subject == title


def test_a_title_cut_inside_the_secretariats_name_goes_on(knowledge: Knowledge) -> None:
    head = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n-------\nSố: 68/KH-UBND\nSơn La, ngày 11 tháng 3 năm 2020\nKẾ HOẠCH\n"
    title = "TRIỂN KHAI THỰC HIỆN CHỈ THỊ SỐ 37-CT/TW NGÀY 03/9/2019 CỦA BAN\nBÍ THƯ VỀ QUAN HỆ LAO ĐỘNG HÀI HÒA"
    subject = header_of(f"{head}{title}\nCăn cứ Chỉ thị số 37-CT/TW của Ban Bí thư;\n", knowledge).subject
    assert subject == title.replace("\n", " ")


@pytest.mark.parametrize("title", ["LUẬTSỬA ĐỔI, BỔ SUNG", "LUẬT SỬA ĐỔI, BỔ SUNG", "LUẬT\nSỬA ĐỔI, BỔ SUNG"])
def test_the_title_of_an_amending_law_begins_behind_its_kind(title: str, knowledge: Knowledge) -> None:
    head = "QUỐC HỘI\n-------\nLuật số: 123/2025/QH15\n"
    text = f"{head}{title} MỘT SỐ ĐIỀU CỦA LUẬT GIÁO DỤC\nCăn cứ Hiến pháp;\n"
    assert header_of(text, knowledge).subject == "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT GIÁO DỤC"


def test_a_number_alone_above_the_addressee_makes_a_letter(knowledge: Knowledge) -> None:
    text = (
        "1343/BVHTTDL-VP\n\nTT Lê Văn A Theo BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH -\n\nCông văn Về việc tổ chức ngày lễ\n\n"
        "Kính gửi: Văn phòng Trung ương Đảng\n\nPhúc đáp Công văn số 625-CV/VPTW ngày 25 tháng 4 năm 2011.\n"
    )
    head = header_of(text, knowledge)
    assert (head.kind, head.number) == ("cong_van", "1343/BVHTTDL-VP")
    assert (head.issuer, head.subject) == ("Bộ Văn hóa, Thể thao và Du lịch", "tổ chức ngày lễ")
    assert head.recipients == ("Văn phòng Trung ương Đảng",)
    assert header_of(text.replace("Kính gửi: ", ""), knowledge).kind is None
