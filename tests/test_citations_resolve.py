"""Which document a mention means: one target for all mentions of one document, none where two are possible."""

from __future__ import annotations

import time

import pytest

from tests.cites import cited
from vnlegal.citations.keys import number_identity, number_key, slug, without_year
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", ["72/2025/QH15"]),
        (
            "Theo Thông tư liên tịch số 01/2017/TTLT-BCA-BQP, Thông tư liên tịch số 01/2019/TTLT-BCA-BQP;"
            " Thông tư liên tịch số 01/2017, Thông tư 39/2016",
            ["01/2017/TTLT-BCA-BQP", "01/2019/TTLT-BCA-BQP", "01/2017/TTLT-BCA-BQP", "thong_tu:39@2016"],
        ),
        (
            "Theo Quyết định số 749/QĐ-TTg ngày 03/6/2020; các bộ thực hiện Quyết định số 749/QĐ-TTg",
            ["749/QĐ-TTg@2020", "749/QĐ-TTg@2020"],
        ),
        ("Theo Quyết định số 51/QĐ-UBND, các sở", ["51/QĐ-UBND@?"]),
        (
            "Theo Quyết định số 06/QĐ-TTg ngày 06/01/2022, Quyết định số 06/QĐ-TTg ngày 02/01/2025; nhắc lại Quyết định"
            " số 06/QĐ-TTg",
            ["06/QĐ-TTg@2022", "06/QĐ-TTg@2025", None],
        ),
        ("Theo Nghị định 88/NĐ-CP; Nghị định số 88/2025/NĐ-CP", ["88/2025/NĐ-CP", "88/2025/NĐ-CP"]),
        (
            "Theo Nghị quyết số 193/2025/NQ-QH15 và Nghị quyết số 193/2025/QH15",
            ["193/2025/QH15", "193/2025/QH15"],
        ),
        (
            "Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024; NQ57; Nghị quyết 57; Nghị quyết số 57",
            ["57-NQ/TW@2024"] * 4,
        ),
        (
            "Theo Chỉ thị số 07/CT-TTg ngày 14/3/2025 và Chỉ thị 7/CT-TTg",
            ["07/CT-TTg@2025", "07/CT-TTg@2025"],
        ),
        (
            "Theo Luật Đầu tư số 61/2020/QH14 và quy định của Luật Đầu tư",
            ["61/2020/QH14", "61/2020/QH14"],
        ),
        (
            "Theo Luật Đầu tư số 61/2020/QH14 và Luật Đầu tư năm 2014",
            ["61/2020/QH14", "67/2014/QH13"],
        ),
        ("Theo Luật Hải quan; Luật Hải quan năm 2014", ["54/2014/QH13", "54/2014/QH13"]),
        ("Theo Luật Đầu tư và các luật khác", ["luat:dau-tu"]),
        (
            "Theo Luật Ban hành văn bản QPPL và Luật Ban hành văn bản quy phạm pháp luật",
            ["luat:ban-hanh-van-ban-quy-pham-phap-luat"] * 2,
        ),
        ("Theo Luật Vũ trụ năm 2031", ["luat:vu-tru@2031"]),
        ("soạn thảo dự án Luật Vũ trụ, Luật Vũ trụ", ["draft:luat:vu-tru", "draft:luat:vu-tru"]),
        (
            "Theo Luật sửa đổi, bổ sung một số điều của Luật Sở hữu trí tuệ ngày 16 tháng 6 năm 2022",
            ["07/2022/QH15", "50/2005/QH11"],
        ),
        ("Theo Chương trình Chuyển đổi số quốc gia (Quyết định số 749/QĐ-TTg)", ["749/QĐ-TTg@2020"] * 2),
    ],
    ids=[
        "law by its day among several of a name and year",
        "serial with its year",
        "year of another mention",
        "no year anywhere",
        "two years",
        "year inside another mention",
        "wrong form",
        "short forms",
        "leading zero",
        "law by its number",
        "two laws of one name",
        "year of another name",
        "several laws of the name",
        "title with initials",
        "unknown law",
        "bill",
        "amending law by its year",
        "year from the registry by the title",
    ],
)
def test_targets(text: str, targets: list[str | None], knowledge: Knowledge) -> None:
    assert [m.target for m in cited(text, knowledge)] == targets


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("trình Quốc hội dự án Luật Đường bộ (sửa đổi)", [True]),
        ("theo dự thảo Luật Vũ trụ; căn cứ quy định của Luật Giáo dục", [True, False]),
        ("theo Luật Đất đai đã được sửa đổi", [False]),
    ],
)
def test_bills(text: str, drafts: list[bool], knowledge: Knowledge) -> None:
    assert [m.is_draft for m in cited(text, knowledge) if m.kind == "named"] == drafts


def test_a_law_among_the_bases_is_no_bill(knowledge: Knowledge) -> None:
    head = "Số: 5/QĐ-BTC\nHà Nội, ngày 28 tháng 3 năm 2001\nQUYẾT ĐỊNH\nVề thuế\n"
    bases = "Căn cứ Luật Ngân sách nhà nước;\nĐiều 1. Bộ góp ý về dự thảo Luật Giáo dục.\n"
    assert [m.is_draft for m in cited(head + bases, knowledge) if m.kind == "named"] == [False, True]


def test_an_amending_law_changes_the_law_in_force(knowledge: Knowledge) -> None:
    text = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ ngày 22 tháng 11 năm 2019"
    assert [m.target for m in cited(text, knowledge)][1] == "76/2015/QH13"


def test_one_planned_document_named_with_its_years_and_without(knowledge: Knowledge) -> None:
    planned = "Giao Sở Công Thương xây dựng Đề án phát triển cây {}, trình Chính phủ.\n"
    trees = ("quế", "quế đến năm 2030", "hồi giai đoạn 2021-2025", "hồi giai đoạn 2026-2030")
    text = "".join(planned.format(tree) for tree in trees)
    one, same, other, another = [m.target for m in cited(text, knowledge)]
    assert one == same == "planned:de_an:phat-trien-cay-que"
    assert other != another


DECISION = (
    "BAN HÀNH KẾ HOẠCH DÙNG NƯỚC SẠCH\nTHỦ TƯỚNG CHÍNH PHỦ\nCăn cứ Luật Tổ chức Chính phủ;\nQUYẾT ĐỊNH:\n"
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch dùng nước sạch.\nĐiều 2. Quyết định này có hiệu lực.\n"
    "Nơi nhận:\n- Lưu: VT.\nTHỦ TƯỚNG\n\nNguyễn Văn Minh\n\nKẾ HOẠCH\nDÙNG NƯỚC SẠCH\n"
    "(Ban hành kèm theo Quyết định số 773/QĐ-TTg ngày 26 tháng 6 năm 2018 của Thủ tướng Chính phủ)\n"
    "I. MỤC TIÊU\nThực hiện Quyết định số 12/QĐ-TTg ngày 03/4/2017 của Thủ tướng Chính phủ và Quyết định này.\n"
    "Các bộ thực hiện kế hoạch này.\n"
)


def test_what_a_decision_issues_speaks_of_the_decision(knowledge: Knowledge) -> None:
    back = [(m.doc_type, m.target) for m in cited(DECISION, knowledge) if m.kind == "anaphora"]
    assert back == [("quyet_dinh", "773/QĐ-TTg@2018")] * 3 + [("ke_hoach", "773/QĐ-TTg@2018")]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        pytest.param("xây dựng Kế hoạch thực hiện Đề án 31 giai đoạn II như sau:", "12/KH-UBND@2013", id="this-plan"),
        pytest.param("xây dựng Kế hoạch dùng nước sạch nông thôn, trình Chính phủ.", None, id="another-plan"),
    ],
)
def test_the_plan_that_a_plan_says_is_drawn_up(words: str, target: str | None, knowledge: Knowledge) -> None:
    head = "Số: 12/KH-UBND\nBến Tre, ngày 28 tháng 3 năm 2013\nKẾ HOẠCH\nDùng nước sạch\n"
    text = f"{head}Căn cứ tình hình thực tế, Ủy ban nhân dân tỉnh {words}\nI. MỤC TIÊU\nMột.\n"
    found = [m.target for m in cited(text, knowledge) if m.kind in ("alias", "planned") and m.doc_type == "ke_hoach"]
    assert found == [target] if target else "12/KH-UBND@2013" not in found


def test_a_national_programme_without_its_years_is_the_one_the_text_dates(knowledge: Knowledge) -> None:
    name = "Chương trình mục tiêu quốc gia giảm nghèo bền vững"
    both = cited(f"Kết quả {name} tỉnh A. Thực hiện {name} giai đoạn 2016 - 2020.", knowledge)
    assert len({m.target for m in both}) == 1
    apart = cited(f"{name} giai đoạn 2012 - 2015; {name} giai đoạn 2016 - 2020; {name}.", knowledge)
    assert len({m.target for m in apart}) == 3


def test_a_short_name_is_that_of_the_programme_not_of_the_circular_before_it(knowledge: Knowledge) -> None:
    text = (
        "Thực hiện Thông tư số 10/2022/TT-BLĐTBXH hướng dẫn giám sát Chương trình mục tiêu quốc gia giảm nghèo bền "
        "vững giai đoạn 2021 - 2025 (sau đây gọi tắt là Chương trình), Ủy ban chỉ đạo:\n1. Quản lý Chương trình.\n"
    )
    assert [m.target for m in cited(text, knowledge)[1:]] == ["90/QĐ-TTg@2022"] * 2


def test_pinpoints_of_a_consolidated_text_are_those_of_the_document_it_gives(knowledge: Knowledge) -> None:
    text = (
        "BỘ TÀI CHÍNH\nTHÔNG TƯ\nHướng dẫn Nghị định số 7/2017/NĐ-CP\nThông tư số 12/2018/TT-BTC ngày 3 tháng 4 năm "
        "2018 của Bộ trưởng Bộ Tài chính, được sửa đổi, bổ sung bởi:\nThông tư số 15/2020/TT-BTC ngày 5 tháng 6 năm "
        "2020.\nĐiều 1. Phạm vi\n1. Thông tư này quy định việc dùng nước.\n2. Việc dùng nước theo khoản 1 Điều này.\n"
        "Điều 2. Hiệu lực\n1. Thông tư này có hiệu lực.\n\n[1] Khoản này được sửa đổi theo Điều 1 của Thông tư số "
        "15/2020/TT-BTC.\nSố: 05/VBHN-BTC\nHà Nội, ngày 7 tháng 8 năm 2020\n"
    )
    assert {m.target for m in cited(text, knowledge) if m.kind == "internal"} == {"12/2018/TT-BTC"}


def test_a_document_named_further_on_is_not_what_this_means(knowledge: Knowledge) -> None:
    text = "Các bộ thực hiện Nghị quyết này.\n[1] Nghị quyết số 12/NQ-CP ngày 03/4/2017 của Chính phủ."
    assert [m.target for m in cited(text, knowledge) if m.kind == "anaphora"] == [None]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param(
            "theo Nghị quyết TW 7 khóa IX, Nghị quyết Hội nghị Trung ương 7 khóa IX, Nghị quyết Hội nghị lần thứ bảy "
            "Ban Chấp hành Trung ương khóa IX",
            "nghi_quyet:trung-uong-7-khoa-ix",
            id="plenum",
        ),
        pytest.param(
            "theo Nghị quyết Đại hội Đảng lần thứ XIII; Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
            "nghi_quyet:dai-hoi-xiii-cua-dang",
            id="congress",
        ),
        pytest.param(
            "theo Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XV",
            "nghi_quyet:dai-hoi-xv-dang-bo-tinh",
            id="province",
        ),
    ],
)
def test_a_resolution_of_the_party_has_one_key(text: str, key: str, knowledge: Knowledge) -> None:
    assert {m.target for m in cited(text, knowledge)} == {key}


def test_a_bracketed_annex_caption_without_its_number_is_the_documents_own(knowledge: Knowledge) -> None:
    text = """\
THỦ TƯỚNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 2623/QĐ-TTg
Hà Nội, ngày 29 tháng 11 năm 2025

QUYẾT ĐỊNH
Về việc kiểm tra hồ sơ

Điều 1. Quyết định này có hiệu lực kể từ ngày ký.

PHỤ LỤC
(Kèm theo Quyết định số /QĐ-TTg ngày tháng năm 2025)
"""
    assert {m.target for m in cited(text, knowledge)} == {"2623/QĐ-TTg@2025"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("07/CT-TTg", "7/CT-TTg"), ("12/QĐ-TTg", "12/qđ-ttg"), ("12/QĐ-TTg", "12/QD-TTg")],
)
def test_spellings_of_one_number(one: str, other: str) -> None:
    assert number_identity(one) == number_identity(other)


def test_keys() -> None:
    assert number_key("88/2025/NĐ-CP", "2024") == "88/2025/NĐ-CP"
    assert number_key("57-NQ/TW", "2024") == "57-NQ/TW@2024"
    assert number_key("57-NQ/TW", None) == "57-NQ/TW@?"
    assert number_key("-CV/ĐU", "2025") == "?-CV/ĐU@2025"
    assert without_year("88/2025/NĐ-CP") == "88/NĐ-CP"
    assert slug("Quản lý, sử dụng tài sản công") == "quan-ly-su-dung-tai-san-cong"


def test_plans_and_issues_without_end_take_time_in_proportion() -> None:
    def seconds(size: int) -> float:
        plan = "Xây dựng Nghị định quy định về quản lý kho dữ liệu số {} của cơ quan nhà nước. "
        done = "Chính phủ đã ban hành Nghị định số {}/2025/NĐ-CP quy định về quản lý kho dữ liệu số {} của nhà nước. "
        text = "".join(plan.format(n) for n in range(size)) + "".join(done.format(n, n) for n in range(1, size))
        began = time.process_time()
        analyze(text)
        return time.process_time() - began

    seconds(20)
    small = min(seconds(200) for _ in range(2))
    assert seconds(1600) < 8 * 3 * small + 0.5


@pytest.mark.parametrize(
    ("issued", "target"),
    [
        ("quy định về phân loại và chia sẻ dữ liệu dùng chung", "88/2025/NĐ-CP"),
        (
            "quy định về đất trồng lúa",
            "planned:nghi_dinh:quy-dinh-ve-phan-loai-va-chia-se-du-lieu-dung-chung",
        ),
    ],
    ids=["the same title", "another title"],
)
def test_a_plan_that_the_text_shows_issued_has_its_number(issued: str, target: str, knowledge: Knowledge) -> None:
    plan = "Xây dựng Nghị định quy định về phân loại và chia sẻ dữ liệu dùng chung."
    found = cited(f"{plan}\nChính phủ đã ban hành Nghị định số 88/2025/NĐ-CP {issued}.", knowledge)
    assert [mention.target for mention in found] == [target, "88/2025/NĐ-CP"]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Quyết định số 06/QĐ-TTg phê duyệt Đề án 06.", ["06/QĐ-TTg@2022", "06/QĐ-TTg@2022"]),
        ("TRIỂN KHAI ĐỀ ÁN 06 TRÊN ĐỊA BÀN", ["06/QĐ-TTg@2022"]),
        (
            "Quyết định số 06/QĐ-TTg ngày 02/01/2025 phê duyệt kế hoạch và Đề án 06.",
            ["06/QĐ-TTg@2025", "06/QĐ-TTg@2022"],
        ),
        ("Quyết định số 06/QĐ-UBND và Đề án 06.", ["06/QĐ-UBND@?", "06/QĐ-TTg@2022"]),
    ],
    ids=["beside its number", "in capitals", "a number of another year", "a number of another body"],
)
def test_a_nickname_and_its_number_have_one_key(text: str, targets: list[str], knowledge: Knowledge) -> None:
    found = [m.target for m in cited(text, knowledge) if "06" in m.text]
    assert found == targets


def test_a_law_that_lost_its_number_is_known_by_title_and_day(knowledge: Knowledge) -> None:
    text = (
        "LUẬT\n{}\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định về cảnh sát theo khoản 1 Điều 2."
        "\nĐiều 2. Áp dụng\n1. Cảnh sát biển.\nLuật này đã được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam"
        " khóa XIV, kỳ họp thứ 6 thông qua ngày 19 tháng 11 năm 2018."
    )
    known = cited(text.format("CẢNH SÁT BIỂN VIỆT NAM"), knowledge)
    assert {m.target for m in known if m.kind in ("anaphora", "internal")} == {"33/2018/QH14"}
    unknown = cited(text.format("CẢNH SÁT SÔNG VIỆT NAM"), knowledge)
    assert {m.target for m in unknown if m.kind in ("anaphora", "internal")} == {"self:luat"}


def test_a_pinpoint_means_the_document_of_the_file_that_it_stands_in(knowledge: Knowledge) -> None:
    head = "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {}/2025/{}\nHà Nội, ngày 5 tháng 5 năm 2025\n{}\n"
    body = "Điều 1. Áp dụng\n1. Bộ Y tế.\n2. Cơ quan quy định tại khoản 1 Điều này.\n"
    sign = "TM. CHÍNH PHỦ\nTHỦ TƯỚNG\nTrần Văn An\n"
    first = head.format(71, "NĐ-CP", "NGHỊ ĐỊNH\nVề nhà ở công vụ") + body + sign
    second = head.format(72, "NĐ-CP", "NGHỊ ĐỊNH\nVề tiền thuê nhà") + body + sign
    found = cited(first + "\n\n" + second, knowledge)
    assert [m.target for m in found if m.kind == "internal"] == ["71/2025/NĐ-CP", "72/2025/NĐ-CP"]


def test_the_day_in_the_next_cell_is_not_the_laws(knowledge: Knowledge) -> None:
    text = "1\nLuật\nSố 74/2014/QH13\nngày 27/11/2014\nLuật giáo dục nghề nghiệp\n01/7/2015\n\n2\nNghị định\n"
    assert {m.target for m in cited(text, knowledge)} == {"74/2014/QH13"}


def test_a_title_ends_before_what_the_sentence_goes_on_with(knowledge: Knowledge) -> None:
    text = (
        "Thông tư số 47/2016/TT-BLĐTBXH quy định về Điều lệ trường trung cấp hết hiệu lực kể từ ngày Thông tư này.\n"
        "Nghị quyết số 30a/2008/NQ-CP về Chương trình hỗ trợ giảm nghèo nhanh và bền vững đối với 61 huyện nghèo và "
        "Quyết định số 1791/QĐ-TTg về việc bổ sung huyện Nậm Nhùn.\n"
    )
    names = [m.text for m in cited(text, knowledge) if m.kind == "alias"]
    assert [name for name in names if "hiệu lực" in name or "Quyết định" in name] == []
