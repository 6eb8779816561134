"""Documents cited by number: every written form of both families, and the look-alikes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.number_reading import read_number, scan_numbers
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.records import Document
from vnlegal.segment import segment

KNOWN = load_knowledge()
GRAMMAR = compile_grammar(KNOWN.documents)
BY_NUMBER = ("numbered", "short", "self")


def cited(text: str, *kinds: str, knowledge: Knowledge = KNOWN) -> list[tuple[str, Mention]]:
    """Return the mentions of `kinds` (by number where none is given) in `text`, each with its words."""
    segmentation = segment(Document(text=text), knowledge)
    found = find_citations(segmentation, find_agencies(segmentation, knowledge), knowledge)
    flow = segmentation.flow.text
    return [(flow[m.start : m.end], m) for m in found if m.kind in (kinds or BY_NUMBER)]


# text with one citation, its words, its number, its kind of document
FORMS = [
    ("Theo Nghị định số 88/2025/NĐ-CP của Chính phủ.", "Nghị định số 88/2025/NĐ-CP", "88/2025/NĐ-CP", "nghi_dinh"),
    ("theo quy định tại Nghị định 88/2025/NĐ-CP.", "Nghị định 88/2025/NĐ-CP", "88/2025/NĐ-CP", "nghi_dinh"),
    ("Thông tư số 15/2024/TT-BKHĐT quy định", "Thông tư số 15/2024/TT-BKHĐT", "15/2024/TT-BKHĐT", "thong_tu"),
    ("tại Quyết định số 2289/QĐ-TTg về", "Quyết định số 2289/QĐ-TTg", "2289/QĐ-TTg", "quyet_dinh"),
    ("Quyết định số 09/2025/QĐ-TTg", "Quyết định số 09/2025/QĐ-TTg", "09/2025/QĐ-TTg", "quyet_dinh"),
    ("tại Thông báo số: 285/TB-VPCP", "Thông báo số: 285/TB-VPCP", "285/TB-VPCP", "thong_bao"),
    ("Công văn số 7260/BKHĐT-QLKTTW gửi", "Công văn số 7260/BKHĐT-QLKTTW", "7260/BKHĐT-QLKTTW", "cong_van"),
    ("thực hiện Nghị quyết số 57-NQ/TW", "Nghị quyết số 57-NQ/TW", "57-NQ/TW", "nghi_quyet"),
    ("văn bản số 213-KL/TW của", "văn bản số 213-KL/TW", "213-KL/TW", "ket_luan"),
    ("Kế hoạch số 02-KH/BCĐTW", "Kế hoạch số 02-KH/BCĐTW", "02-KH/BCĐTW", "ke_hoach"),
    ("Chương trình hành động số 10-CTr/TU", "Chương trình hành động số 10-CTr/TU", "10-CTr/TU", "chuong_trinh"),
    ("Báo cáo thẩm tra số 685/BC-UBVHXH15", "Báo cáo thẩm tra số 685/BC-UBVHXH15", "685/BC-UBVHXH15", "bao_cao"),
    ("Văn bản giải trình, tiếp thu số 6253/UBND-SNV", "Văn bản giải trình, tiếp thu số 6253/UBND-SNV",
     "6253/UBND-SNV", "van_ban"),
    ("Thông tư liên tịch số 21/2017/TTLT-BTC-BGDĐT", "Thông tư liên tịch số 21/2017/TTLT-BTC-BGDĐT",
     "21/2017/TTLT-BTC-BGDĐT", "thong_tu_lien_tich"),
    ("theo Luật số 31/2024/QH15.", "Luật số 31/2024/QH15", "31/2024/QH15", "luat"),
    ("Căn cứ Luật Đất đai số 31/2024/QH15;", "Luật Đất đai số 31/2024/QH15", "31/2024/QH15", "luat"),
    ("Nghị quyết số 66.7/2025/NQ-CP", "Nghị quyết số 66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "nghi_quyet"),
    ("Quyết định số 2074a/QĐ-BTTTT", "Quyết định số 2074a/QĐ-BTTTT", "2074a/QĐ-BTTTT", "quyet_dinh"),
    ("Nghị quyết số 89/2025/UBTVQH15", "Nghị quyết số 89/2025/UBTVQH15", "89/2025/UBTVQH15", "nghi_quyet"),
    ("Nghị định số 24-CP ngày 18/3/1989", "Nghị định số 24-CP", "24-CP", "nghi_dinh"),
    ("Thực hiện NĐ 88/2025/NĐ-CP", "NĐ 88/2025/NĐ-CP", "88/2025/NĐ-CP", "nghi_dinh"),
    ("Nghị định NĐ 88/2025/NĐ-CP", "Nghị định NĐ 88/2025/NĐ-CP", "88/2025/NĐ-CP", "nghi_dinh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "number", "kind"), FORMS, ids=[row[1] for row in FORMS])
def test_a_form_is_found_and_read(text: str, words: str, number: str, kind: str) -> None:
    [(found, mention)] = cited(text)
    assert (found, mention.number, mention.doc_type) == (words, number, kind)


# what writers and OCR do to numbers, and the number it should be
DAMAGED = [
    ("Nghị quyết số 193/2025/NQ-QH15", "193/2025/QH15"),
    ("Công văn số 7260/BKHDĐT-QLKTTW", "7260/BKHĐT-QLKTTW"),
    ("Tờ trình số 76/TTr-LDTBXH", "76/TTr-LĐTBXH"),
    ("Tờ trình số 34/TTR-STP", "34/TTr-STP"),
    ("Công văn số 1057/NHNN-TTR", "1057/NHNN-TTR"),
    ("Quyết định số 878/QD-BYT", "878/QĐ-BYT"),
    ("QUYẾT ĐỊNH SỐ 06/QĐ-TTG", "06/QĐ-TTg"),
    ("Nghị quyết số 03/2021/UBTVQHI5", "03/2021/UBTVQH15"),
    ("Luật số 22/2023/OH15", "22/2023/QH15"),
    ("Luật số 75/2006/QH 11", "75/2006/QH11"),
    ("văn bản số 16495/BТС-PTHT", "16495/BTC-PTHT"),
    ("Nghị định số 15/2020/NÐ-CP", "15/2020/NĐ-CP"),
    ("Nghị định số 88/2025/ NĐ - CP", "88/2025/NĐ-CP"),
    ("Quyết định số 05- QĐ/BCĐTW", "05-QĐ/BCĐTW"),
    ("Nghị quyết số 57–NQ/TW", "57-NQ/TW"),
    ("Nghị quyết số 50- -NQ/TW", "50-NQ/TW"),
    ("Nghị quyết số 50-NO/TW", "50-NQ/TW"),
    ("Quyết định số 662/OD-BTC", "662/QĐ-BTC"),
    ("Quyết định số 662/QĐ- -BTC", "662/QĐ-BTC"),
    ("Quyết định s6:2439/QĐ-BTC", "2439/QĐ-BTC"),
    ("Nghị định số 64//2023/NĐ-CP", "64/2023/NĐ-CP"),
    ("Nghị định số 66/2026NĐ-CP", "66/2026/NĐ-CP"),
    ("Nghị định số 87/201 7/NĐ-CP", "87/2017/NĐ-CP"),
    ("Nghị định số 1 65/2024/NĐ-CP", "165/2024/NĐ-CP"),
    ("Nghị định số 85/3021/NĐ-CP", "85/2021/NĐ-CP"),
    ("Nghị định số 93⁄2025/NĐ-CP", "93/2025/NĐ-CP"),
    ("Công văn số 851/BNV-CVT<NN", "851/BNV-CVT&LTNN"),
    ("Nghị định số 71/2024/NĐ-CP1", "71/2024/NĐ-CP"),
    ("Nghị quyết số 132/NQ-CPngày 27/12/2013", "132/NQ-CP"),
    ("Nghị quyết số 50-NQ/TWcủa Bộ Chính trị", "50-NQ/TW"),
    ("công văn số 1033/PTM-SMEngày 15 tháng 4 năm 2009", "1033/PTM-SME"),
    ("Tờ trình số 473/TTr -\nNN&PTNT ngày 21/5/2007", "473/TTr-NN&PTNT"),
    ("công văn số 12/UBND - KTN ngày 3/4/2012", "12/UBND-KTN"),
    ("Báo cáo số 12/BC - Kế hoạch", "12/BC"),
    ("nghị định số 63/2010/nđ-cp", "63/2010/NĐ-CP"),
    ("quyết định 22/qđ-ttg", "22/QĐ-TTg"),
    ("Nghị định số 63/2010/NĐCP", "63/2010/NĐ-CP"),
    ("Quyết định 167/QĐTTg", "167/QĐ-TTg"),
    ("Nghị quyết số 53/NQ-TW ngày 29/8/2005 của Bộ Chính trị", "53-NQ/TW"),
    ("công văn số2250/UBND-CN2 ngày 07 tháng 5 năm 2014", "2250/UBND-CN2"),
    ("Công văn số 123/TTCP-C.IV", "123/TTCP-C.IV"),
    ("Quyết định số 255TCT/QĐ/KH", "255TCT/QĐ/KH"),
    ("văn bản số 2615/VPCP-V .I ngày 3/4/2013", "2615/VPCP-V.I"),
    ("Công văn số 12/VPCP-V. I. Mục đích", "12/VPCP-V"),
]


@pytest.mark.parametrize(("text", "number"), DAMAGED, ids=[row[0] for row in DAMAGED])
def test_a_damaged_number_is_mended(text: str, number: str) -> None:
    [(_, mention)] = cited(f"Thực hiện {text} và các quy định khác.")
    assert mention.number == number


@pytest.mark.parametrize(
    ("text", "number", "sure"),
    [
        ("Quyết định số 417/QĐ-BNNMIT của Bộ Nông nghiệp và Môi trường", "417/QĐ-BNNMT", True),
        ("Thông tư số 26/2016/TT-BLĐTBX của Bộ Lao động - Thương binh và Xã hội", "26/2016/TT-BLĐTBXH", True),
        ("Quyết định số 2438/QĐ-BYC phê duyệt chương trình", "2438/QĐ-BYC", False),
        ("Công văn số 0/LĐTBXH-BHXH", "0/LĐTBXH-BHXH", False),
        ("Quyết định số 2438/QĐ-BCĐ của Ban Chỉ đạo", "2438/QĐ-BCĐ", True),
        ("Báo cáo số 117/BC-BPC của Ban Pháp chế", "117/BC-BPC", True),
        ("Quyết định số 2074a/QĐ-TTTT", "2074a/QĐ-BTTTT", True),
        ("Công văn số 612/VPCP-NN", "612/VPCP-NN", True),
        ("Công văn số 15972/SXD-QLN& TTBĐS", "15972/SXD-QLN&TTBĐS", True),
        ("Nghị quyết số 50-VO/TW", "50-VO/TW", False),
        ("Nghị quyết số 50-NQ/TW", "50-NQ/TW", True),
        ("Công văn số 278/STTTT-BCVT", "278/STTTT-BCVT", True),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value and " " not in value else "",
)
def test_a_code_one_letter_off_is_mended_by_the_issuer_or_doubted(text: str, number: str, sure: bool) -> None:
    [(_, mention)] = cited(f"Thực hiện {text}.")
    assert (mention.number, mention.confidence > 0.5) == (number, sure)


def test_a_lost_year_comes_from_the_date_beside_it() -> None:
    [(words, mention)] = cited("Nghị định số 88/NĐ-CP ngày 13/4/2025 quy định chi tiết")
    assert (words, mention.number) == ("Nghị định số 88/NĐ-CP", "88/2025/NĐ-CP")


def test_an_individual_decision_takes_no_year() -> None:
    [(_, mention)] = cited("Quyết định số 2289/QĐ-TTg ngày 31/12/2020 của Thủ tướng Chính phủ")
    assert mention.number == "2289/QĐ-TTg"


def test_a_list_shares_its_head() -> None:
    found = cited("các văn bản số: 10894/VPCP-CN ngày 8/11/2025, 8563/VPCP-CN ngày 12/9/2025 của Văn phòng Chính phủ")
    assert [(words, m.doc_type, m.date) for words, m in found] == [
        ("văn bản số: 10894/VPCP-CN", "van_ban", "2025-11-08"),
        ("8563/VPCP-CN", "van_ban", "2025-09-12"),
    ]


def test_a_listed_number_keeps_its_own_so() -> None:
    found = cited("tại văn bản số 16495/BTC-PTHT ngày 22/10/2025, số 13021/BTC-PTHT ngày 22/8/2025.")
    assert [words for words, _ in found] == ["văn bản số 16495/BTC-PTHT", "số 13021/BTC-PTHT"]


def test_bare_decrees_are_known_by_their_symbol() -> None:
    found = cited("các nghị định liên quan như 95/2014/NĐ-CP, 76/2018/NĐ-CP, cũng như")
    assert [(words, m.doc_type) for words, m in found] == [
        ("95/2014/NĐ-CP", "nghi_dinh"),
        ("76/2018/NĐ-CP", "nghi_dinh"),
    ]


SHORT = [
    ("Quán triệt Nghị quyết 57 của Bộ Chính trị.", "Nghị quyết 57", "57", "nghi_quyet"),
    ("thời hạn theo NQ71 là tháng 9/2025", "NQ71", "71", "nghi_quyet"),
    ("giao tại Kế hoạch 02.", "Kế hoạch 02", "02", "ke_hoach"),
    ("quy định tại Quyết định số 53 và", "Quyết định số 53", "53", "quyet_dinh"),
    ("pháp lý tương tự như trong Đề án 153, Kết luận", "Đề án 153", "153", "de_an"),
    ("Đẩy mạnh thực hiện Chỉ thị 18 chống thất thu thuế", "Chỉ thị 18", "18", "chi_thi"),
    ("xử phạt theo Nghị định 168/2024.", "Nghị định 168/2024", "168/2024", "nghi_dinh"),
    ("vừa có công văn hỏa tốc số 9563 về việc", "công văn hỏa tốc số 9563", "9563", "cong_van"),
    ("theo Công điện khẩn số 15 ngày 3/4/2020", "Công điện khẩn số 15", "15", "cong_dien"),
]


def test_a_bracket_gives_a_short_form_that_comes_again() -> None:
    text = "Thực hiện Kế hoạch số 214/KH-UBND của UBND tỉnh (KH 214), các xã báo cáo KH 214 và KH 215."
    assert [words for words, _ in cited(text, "short")] == ["KH 214", "KH 214"]


@pytest.mark.parametrize(("text", "words", "number", "kind"), SHORT, ids=[row[1] for row in SHORT])
def test_a_short_form_is_found(text: str, words: str, number: str, kind: str) -> None:
    [(found, mention)] = cited(text, "short")
    assert (found, mention.number, mention.doc_type) == (words, number, kind)


LOOK_ALIKES = [
    "theo mẫu số 01/TB-ĐKT ban hành kèm theo",
    "Mẫu số: 38/TB-ĐKT; biểu số 02/BC-BHXH",
    "QCVN 05:2013/BTNMT về chất lượng không khí",
    "Hợp đồng số 12/HĐ-KT ngày 2/3/2020",
    "ngày 30/6/2025, tỷ lệ 1/2000, 60 km/h, 24/7",
    "Ví dụ: 477 C/O mẫu AJ; 81 C/O mẫu AK",
    "phòng, chống dịch COVID-19/SARS",
    "Số: …/QĐ-UBND",
    "Quyết định 03 nội dung sau đây",
    "Mẫu quyết định số 42; sổ công văn đến số 15",
    "gửi công văn khẩn, số lượng 15 bản; công văn hỏa tốc số lượng lớn",
    "xây dựng Kế hoạch 5 năm; Chương trình 3 tháng",
    "Kế hoạch 2021-2025 của tỉnh",
    "Báo cáo 6 tháng đầu năm",
    "https://vanban.vn/S%E1%BB%91%2042/2015/TT-BL",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_no_citation(text: str) -> None:
    assert [words for words, m in cited(text) if m.kind != "self"] == []


LETTER = """BỘ CÔNG THƯƠNG
Số: 1234/BCT-KHTC
Hà Nội, ngày 12 tháng 5 năm 2025
Kính gửi: Bộ Tài chính

Thực hiện Quyết định số 99/QĐ-TTg ngày 2/3/2024, Bộ Công Thương báo cáo như sau.

PHỤ LỤC
(Kèm theo Công văn số 1234/BCT-KHTC ngày 12 tháng 5 năm 2025 của Bộ Công Thương)
"""


def test_the_own_number_is_self_with_the_date_of_the_head() -> None:
    found = [(words, m.kind, m.date) for words, m in cited(LETTER)]
    assert found == [
        ("Số: 1234/BCT-KHTC", "self", "2025-05-12"),
        ("Quyết định số 99/QĐ-TTg", "numbered", "2024-03-02"),
        ("Công văn số 1234/BCT-KHTC", "self", "2025-05-12"),
    ]


def test_a_blank_serial_in_a_caption_is_self() -> None:
    text = LETTER.replace("Số: 1234/BCT-KHTC", "Số:          /BCT-KHTC").replace("số 1234/BCT", "số        /BCT")
    found = [(m.kind, m.number) for _, m in cited(text) if m.kind == "self"]
    assert found[-1] == ("self", "/BCT-KHTC")


DATES = [
    ("Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 quy định", "2025-04-13"),
    ("Nghị định số 88/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ", "2025-04-13"),
    ("Quyết định số 878/QĐ-BYT của Bộ Y tế ngày 12/3/2020 ban hành", "2020-03-12"),
    ("Nghị quyết số 46/NQ-CP của Chính phủ ngày 08 tháng 3 năm 2025", "2025-03-08"),
    ("Luật số 29/2001/QH10 năm 2001 và", "2001"),
    ("NQ 66/NQ-CP (26/3/2025).", "2025-03-26"),
    ("Công văn số 770/BTP-VP 20/3/2008 về việc", "2008-03-20"),
    ("Công văn số 770/BTP-VP 20/3/20085", None),
    ("Công văn số 770/BTP-VP ngày 02tháng 01 năm 2009 của", "2009-01-02"),
    ("Nghị quyết số 132/NQ-CPngày 27/12/2013 của Chính phủ", "2013-12-27"),
    ("Tờ trình số 492/TTr-CP (ngày 20/9/2024)", "2024-09-20"),
    ("Công văn số 419/UB-CNN ngày 05 tháng 02 tháng 2002 của", "2002-02-05"),
    ("Ngày 31/8/2020, Bộ Y tế ban hành công văn số 4674/BYT-MT về việc", "2020-08-31"),
    ("Ngày 22/10/2025, tại Thông báo số 569/TB-VPCP của Văn phòng Chính phủ", "2025-10-22"),
    ("ngày 10/9/2024 Bộ Tài chính có Công văn số 7260/BTC-QLN gửi các Bộ", "2024-09-10"),
    ("Nghị định số 88/2025/NĐ-CP có hiệu lực từ ngày 13/4/2025", None),
    ("đến ngày 30/6/2026, trường hợp có thông báo quy định tại Nghị định số 88/2025/NĐ-CP", None),
    ("giao đất ngày 01/01/2026 theo quy định tại Nghị quyết số 254/2025/QH15", None),
    ("Nghị quyết số 57-NQ/TW trong giai đoạn năm 2025-2030", None),
    ("tình hình thực hiện Nghị quyết số 57-NQ/TW năm 2025", None),
    ("Kế hoạch thực hiện Nghị quyết số 57-NQ/TW năm 2026 của bộ", None),
    ("Theo Quyết định số 1956/QĐ-TTg năm 2009 của Thủ tướng Chính phủ", "2009"),
]


@pytest.mark.parametrize(("text", "date"), DATES, ids=[row[0][:40] for row in DATES])
def test_the_date_beside_the_mention(text: str, date: str | None) -> None:
    [(_, mention)] = cited(text)
    assert mention.date == date


def test_the_issuer_named_in_the_sentence_wins() -> None:
    [(_, mention)] = cited("văn bản số 1181/CVT-CPTN ngày 2/5/2025 của Bộ Khoa học và Công nghệ")
    assert mention.issuer == "Bộ Khoa học và Công nghệ"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Thông tư liên tịch số 5/2018/TTLT-BCA-BQP ngày 3/4/2018 của Bộ Công an và Bộ Quốc phòng",
         "Bộ Công an, Bộ Quốc phòng"),
        ("Thông tư liên tịch số 07/2013/TTLT-BTC-BKHĐT", "Bộ Tài chính, Bộ Kế hoạch và Đầu tư"),
        ("Quyết định số 5/QĐ-BYT ngày 3/4/2012 của Bộ Y tế và Bộ Nội vụ xây dựng", "Bộ Y tế"),
    ],
    ids=("named", "by their codes", "one document, one body"),
)  # fmt: skip
def test_a_joint_document_has_all_its_issuers(text: str, issuer: str) -> None:
    [(_, mention)] = cited(f"theo {text}")
    assert mention.issuer == issuer


def test_the_body_of_the_next_letter_is_not_the_issuer() -> None:
    text = "Theo công văn số 12/UBND-XD ngày 3/4/2012, của Sở Y tế tại công văn số 86/SYT-QL ngày 5/4/2012"
    assert [mention.issuer for _, mention in cited(text)] == ["Ủy ban nhân dân", "Sở Y tế"]


def test_the_issuer_follows_from_the_symbol() -> None:
    [(_, mention)] = cited("Thông tư số 80/2021/TT-BTC")
    assert mention.issuer == "Bộ Tài chính"


SERIALS = st.integers(1, 9999).map(str)
YEARS = st.integers(1997, 2030).map(str)
STATE_SYMBOLS = st.sampled_from(["NĐ-CP", "TT-BTC", "QĐ-TTg", "NQ-HĐND", "TTLT-BTC-BNV", "QĐ-UBND", "NQ-CP"])
PARTY_SYMBOLS = st.sampled_from(["NQ/TW", "KL/TW", "KH/BCĐTW", "QĐ/BCĐTW", "CV/VPTW", "CTr/TU"])


@given(SERIALS, YEARS, STATE_SYMBOLS)
def test_every_state_number_is_read_as_it_stands(serial: str, year: str, symbol: str) -> None:
    number = f"{serial}/{year}/{symbol}"
    [scanned] = scan_numbers(f"theo {number}.", GRAMMAR)
    assert (scanned.start, scanned.end, scanned.read.number) == (5, 5 + len(number), number)


@given(SERIALS, PARTY_SYMBOLS)
def test_every_party_number_is_read_as_it_stands(serial: str, symbol: str) -> None:
    read = read_number(f"{serial}-{symbol}", GRAMMAR)
    assert read is not None
    assert (read.number, read.party, read.known) == (f"{serial}-{symbol}", True, True)


@given(st.text(alphabet="0123456789/-. NĐCPQHsốSố:\nTT", max_size=120))
def test_no_text_stops_the_scan(text: str) -> None:
    for scanned in scan_numbers(text, GRAMMAR):
        assert 0 <= scanned.start < scanned.end <= len(text)
