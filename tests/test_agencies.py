"""Agencies: every mention of one in a text, lists and cells of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.agencies import find_agencies, parse_agencies
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import as_document
from vnlegal.segment import segment


def found(text: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Return (as written, canonical) of every mention in `text`."""
    segmentation = segment(as_document(text), knowledge)
    flow = segmentation.flow.text
    return [(flow[a.start : a.end], a.canonical) for a in find_agencies(segmentation, knowledge)]


def canonicals(text: str, knowledge: Knowledge) -> list[str]:
    return [name for _, name in found(text, knowledge)]


# ---- mentions in a text ----


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao Bộ Tài chính chủ trì, phối hợp với Bộ Công an.", ["Bộ Tài chính", "Bộ Công an"]),
        (
            "Bộ KH&CN, Bộ TC và NHNN báo cáo.",
            ["Bộ Khoa học và Công nghệ", "Bộ Tài chính", "Ngân hàng Nhà nước Việt Nam"],
        ),
        ("Giao các Bộ: Tài chính, Công an thực hiện.", ["Bộ Tài chính", "Bộ Công an"]),
        ("Giao các bộ: Tài chính, Công an thực hiện.", ["Bộ Tài chính", "Bộ Công an"]),
        ("Các Bộ trưởng: Y tế, Nội vụ thi hành.", ["Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Nội vụ"]),
        ("Các Bộ trưởng Bộ: Y tế, Nội vụ thi hành.", ["Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Nội vụ"]),
        ("Các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ.", ["nhóm: các bộ trưởng", "nhóm: thủ trưởng cơ quan ngang bộ"]),
        ("Các Bộ Tài chính, Công Thương báo cáo.", ["Bộ Tài chính", "Bộ Công Thương"]),
        ("Yêu cầu các bộ, ngành, địa phương báo cáo.", ["nhóm: các bộ, ngành, địa phương"]),
        ("Các bộ/ngành báo cáo.", ["nhóm: các bộ, ngành"]),
        ("theo Ban Bí thư và Bộ Chính trị", ["Ban Bí thư", "Bộ Chính trị"]),
        ("Ủy ban nhân dân các tỉnh, thành phố báo cáo", ["nhóm: UBND các tỉnh, thành phố trực thuộc Trung ương"]),
        ("Vụ trưởng Vụ Pháp chế trình Bộ trưởng Bộ Y tế.", ["Vụ trưởng Vụ Pháp chế", "Bộ trưởng Bộ Y tế"]),
        ("Phó Thủ tướng Trần Hồng Hà kết luận", ["Phó Thủ tướng Chính phủ Trần Hồng Hà"]),
        ("đồng chí Tổng Bí thư Tô Lâm phát biểu", ["Tổng Bí thư"]),
        ("Thủ tướng Nhật Bản thăm Việt Nam", ["Thủ tướng Nhật Bản"]),
        ("Tổng thống Pháp thăm Việt Nam", ["Tổng thống Pháp"]),
        ("Tập đoàn Điện lực Việt Nam báo cáo", ["Tập đoàn Điện lực Việt Nam"]),
        ("Đại học Quốc gia Hà Nội báo cáo", ["Đại học Quốc gia Hà Nội"]),
        ("Mặt trận Tổ quốc Việt Nam giám sát", ["Mặt trận Tổ quốc Việt Nam"]),
        (
            "Tòa án nhân dân tối cao và Viện kiểm sát nhân dân tối cao",
            ["Tòa án nhân dân tối cao", "Viện kiểm sát nhân dân tối cao"],
        ),
        ("Kiểm toán nhà nước báo cáo", ["Kiểm toán nhà nước"]),
        ("Ủy ban Pháp luật của Quốc hội thẩm tra", ["Ủy ban Pháp luật của Quốc hội"]),
        ("Các Vụ, Cục báo cáo", ["nhóm: các vụ, cục"]),
        ("Các Vụ, đơn vị, Cục thuế báo cáo", ["nhóm: các vụ, đơn vị", "Cục Thuế"]),
        ("Ủy ban KH,CN&MT thẩm tra", ["Ủy ban Khoa học, Công nghệ và Môi trường của Quốc hội"]),
        ("Cục Bổ trợ tư pháp - Bộ Tư pháp", ["Cục Bổ trợ tư pháp", "Bộ Tư pháp"]),
        ("Ủy ban Thẩm phán Tòa án nhân dân cấp cao", ["Ủy ban Thẩm phán Tòa án nhân dân cấp cao"]),
        ("Hội truyền thông số Việt Nam báo cáo", ["Hội truyền thông số Việt Nam"]),
        ("Hội Nhà báo tỉnh báo cáo", ["Hội Nhà báo tỉnh"]),
        ("Báo cáo Ban Chỉ đạo về kết quả thực hiện", ["Ban Chỉ đạo"]),
        ("Phòng Kinh tế và Hạ tầng huyện Ba Vì báo cáo", ["Phòng Kinh tế và Hạ tầng huyện Ba Vì"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_mentions(knowledge: Knowledge, text: str, names: list[str]) -> None:
    assert canonicals(text, knowledge) == names


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 308/KH-UBND và Công văn số 4085/UBND-ĐT",
        "xây dựng Chính phủ điện tử, Chính phủ số và Quốc hội số",
        "Căn cứ Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        "Căn cứ Bộ luật Dân sự và bộ hồ sơ mời thầu",
        "trên bộ, trên biển và trên không",
        "các trường hợp nêu trên, các vụ án và các vụ việc",
        "Nguyễn Văn An và Trần Thị Bình đã ký",
        "đi từ tỉnh Đồng Tháp đến thành phố Cần Thơ",
        "cơ sở dữ liệu, cơ sở hạ tầng và ban hành văn bản",
        "cán bộ, đảng viên và Nhân dân",
        "các cơ quan của cơ thể",
        "Phòng chống bão, Cục diện thế giới và Vụ mùa",
        "xã Hội An, xã Hội An Tây và xã Hội Đông",
        "đẩy mạnh phân cấp thẩm quyền",
        "Hội nghị, hội thảo và hội viên của Việt Nam",
        "Liên hiệp Vương quốc Anh",
        "Bộ đĩa DVD học tiếng Anh",
        "Liên hệ qua www.chinhphu.vn hoặc abc@moit.gov.vn",
    ],
)
def test_look_alikes_are_no_mentions(knowledge: Knowledge, text: str) -> None:
    assert found(text, knowledge) == []


HEAD = "BỘ CÔNG THƯƠNG\n-------\nSố: 12/BCT-KHTC\nHà Nội, ngày 12 tháng 5 năm 2025\n\n"
OFFICE = "VĂN PHÒNG CHÍNH PHỦ\n-------\nSố: 12/VPCP-NN\nHà Nội, ngày 12 tháng 5 năm 2025\n\n"
PROVINCE = "UBND TỈNH ĐỒNG THÁP\nSỞ Y TẾ\n-------\nSố: 12/SYT-VP\nĐồng Tháp, ngày 12 tháng 5 năm 2025\n\n"


@pytest.mark.parametrize(
    ("text", "written", "canonical"),
    [
        (HEAD + "Kính gửi: Sở Tài chính\n\nĐề nghị quý Sở báo cáo về Bộ trước ngày 30/6.", "Bộ", "Bộ Công Thương"),
        (HEAD + "Nơi nhận:\n- Bộ trưởng (để b/c);\n- Lưu: VT.", "Bộ trưởng", "Bộ trưởng Bộ Công Thương"),
        (HEAD + "Nội dung.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", "THỨ TRƯỞNG", "Thứ trưởng Bộ Công Thương"),
        (HEAD + "Nội dung.\n\nNơi nhận:\n- Lưu: VT, KTN.", "KTN", "Đơn vị soạn thảo KTN, Bộ Công Thương"),
        (HEAD + "Nội dung.\n\nNơi nhận:\n- Lưu: VT, PC.", "PC", "Vụ Pháp chế, Bộ Công Thương"),
        (OFFICE + "Nội dung.\n\nNơi nhận:\n- Lưu: VT, NN (2).", "NN", "Vụ Nông nghiệp, Văn phòng Chính phủ"),
        (
            OFFICE + "Nội dung.\n\nNơi nhận:\n- VPCP: BTCN, các PCN, các Vụ: KTTH, PL;\n- Lưu: VT.",
            "PL",
            "Vụ Pháp luật, Văn phòng Chính phủ",
        ),
        (PROVINCE + "Kính gửi: UBND tỉnh.\n\nSở Y tế báo cáo.", "UBND tỉnh", "Ủy ban nhân dân tỉnh Đồng Tháp"),
        (PROVINCE + "Sở Y tế báo cáo UBND tỉnh.", "Sở Y tế", "Sở Y tế"),
    ],
    ids=[
        "ministry",
        "distribution list",
        "signature",
        "filing line",
        "filing line, a unit all ministries have",
        "filing line of the government",
        "units listed by code",
        "committee of the province",
        "department of the province",
    ],
)
def test_a_bare_name_is_the_issuers(knowledge: Knowledge, text: str, written: str, canonical: str) -> None:
    assert (written, canonical) in found(text, knowledge)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Kính gửi CT, các PCT UBND tỉnh Đồng Tháp.",
            ["Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp", "nhóm: các Phó Chủ tịch Ủy ban nhân dân tỉnh Đồng Tháp"],
        ),
        ("Giao UBND xã, phường rà soát.", ["nhóm: UBND các xã, phường"]),
        (
            "Yêu cầu Chủ tịch UBND các xã, phường, đặc khu Lý Sơn rà soát.",
            ["nhóm: chủ tịch UBND các xã, phường, đặc khu Lý Sơn"],
        ),
        (
            "Yêu cầu Ủy ban nhân dân các tỉnh, thành phố vùng đồng bằng sông Cửu Long rà soát.",
            ["nhóm: UBND các tỉnh, thành phố vùng đồng bằng sông Cửu Long"],
        ),
        ("Giao UBND các tỉnh, thành phố rà soát.", ["nhóm: UBND các tỉnh, thành phố trực thuộc Trung ương"]),
        ("Báo cáo gửi Bộ Y tế (qua Vụ Pháp chế) tổng hợp.", ["Bộ Y tế", "Vụ Pháp chế, Bộ Y tế"]),
        ("Báo cáo gửi Bộ Y tế, Vụ Pháp chế tổng hợp.", ["Bộ Y tế", "Vụ Pháp chế"]),
        (
            "KẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ MAI XUÂN ĐĨNH TẠI CUỘC HỌP",
            ["Phó Thủ tướng Chính phủ Mai Xuân Đĩnh"],
        ),
        ("KẾT LUẬN CỦA PHÓ THỦ TƯỚNG CHÍNH PHỦ TẠI CUỘC HỌP", ["Phó Thủ tướng Chính phủ"]),
    ],
    ids=[
        "head and deputies", "levels in the plural", "a special zone ends the list", "a region", "no region",
        "through a department", "beside a department", "a name in capitals", "no name",
    ],
)  # fmt: skip
def test_what_belongs_to_a_name(knowledge: Knowledge, text: str, names: list[str]) -> None:
    assert canonicals(text, knowledge) == names


def test_an_entry_of_the_distribution_list_means_all_who_hold_the_office(knowledge: Knowledge) -> None:
    entry, named = "- Thành viên Ban Chỉ đạo,", "Ông Nguyễn Văn An, Thành viên Ban Chỉ đạo, nói."
    assert canonicals(f"Nơi nhận:\n{entry}\n", knowledge) == ["nhóm: thành viên Ban Chỉ đạo"]
    assert canonicals(named, knowledge) == ["Thành viên Ban Chỉ đạo"]


def test_a_committee_is_named_once_and_spoken_of_ever_after(knowledge: Knowledge) -> None:
    full = "Ban Chỉ đạo về phát triển đô thị thông minh"
    text = f"Thành lập {full}. Ban Chỉ đạo họp mỗi quý. Trưởng Ban Chỉ đạo phân công."
    assert canonicals(text, knowledge) == [full, full, "Trưởng Ban Chỉ đạo"]


def test_a_committee_that_a_letterhead_breaks_over_lines_is_the_issuer(knowledge: Knowledge) -> None:
    text = (
        "TỈNH ỦY THANH HÓA\nBAN CHỈ ĐẠO VỀ PHÁT TRIỂN KHOA HỌC,\nCÔNG NGHỆ VÀ CHUYỂN ĐỔI SỐ\n*\nSố 27-BC/BCĐ\n\n"
        "Thanh Hóa, ngày 3 tháng 4 năm 2026\n\nBÁO CÁO\nvề nước\n\nBan Chỉ đạo đã họp."
    )
    name = "Ban Chỉ đạo về phát triển khoa học, công nghệ và chuyển đổi số tỉnh Thanh Hóa"
    head = "BAN CHỈ ĐẠO VỀ PHÁT TRIỂN KHOA HỌC, CÔNG NGHỆ VÀ CHUYỂN ĐỔI SỐ"
    assert [(written.replace("\n", " "), body) for written, body in found(text, knowledge)[1:]] == [
        (head, name),
        ("Ban Chỉ đạo", name),
    ]


def test_a_national_committee_is_another_one_where_the_text_has_another_topic(knowledge: Knowledge) -> None:
    name = "Ban Chỉ đạo quốc gia kỷ niệm 100 năm đô thị"
    text = f"Hà Nội, ngày 3 tháng 4 năm 2015\n{name} họp. Ban Chỉ đạo quốc gia phân công."
    assert canonicals(text, knowledge) == [name, name]
    text = "Hà Nội, ngày 3 tháng 4 năm 2015\nBan Chỉ đạo quốc gia họp về công tác cán bộ."
    assert canonicals(text, knowledge) == ["Ban Chỉ đạo quốc gia"]
    text = "Hà Nội, ngày 3 tháng 4 năm 2015\nBan Chỉ đạo quốc gia họp về phòng, chống thiên tai."
    assert canonicals(text, knowledge)[0] == "Ban Chỉ đạo quốc gia về phòng, chống thiên tai"


def test_a_committee_whose_topic_ends_in_a_usual_ending(knowledge: Knowledge) -> None:
    name = "Ban Chỉ đạo quốc gia về quy tập hiện vật đến năm 2020 và những năm tiếp theo"
    assert canonicals(f"{name} họp mỗi quý. Ban Chỉ đạo quốc gia theo dõi.", knowledge) == [name, name]
    assert canonicals("Ban Chỉ đạo về nước sạch theo dõi; Ban Chỉ đạo về đô thị tiến hành kiểm tra.", knowledge) == [
        "Ban Chỉ đạo về nước sạch",
        "Ban Chỉ đạo về đô thị",
    ]


def test_a_committee_ends_before_who_else_is_named(knowledge: Knowledge) -> None:
    text = "Giao Trưởng Ban Chỉ đạo phòng chống lụt bão Trung ương và Chủ tịch UBND tỉnh Hà Tĩnh chủ trì."
    assert canonicals(text, knowledge) == [
        "Trưởng Ban Chỉ đạo phòng chống lụt bão Trung ương",
        "Chủ tịch Ủy ban nhân dân tỉnh Hà Tĩnh",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Giao Thường trực HĐND tỉnh, các Ban của Hội đồng nhân dân tỉnh và đại biểu HĐND tỉnh giám sát.",
            ["Thường trực Hội đồng nhân dân tỉnh", "nhóm: các Ban Hội đồng nhân dân tỉnh",
             "nhóm: đại biểu Hội đồng nhân dân tỉnh"],
        ),
        ("Công tác bầu cử đại biểu Hội đồng nhân dân tỉnh.", ["Hội đồng nhân dân tỉnh"]),
        ("Trưởng Ban của Hội đồng nhân dân tỉnh.", ["Hội đồng nhân dân tỉnh"]),
        (
            "giao Văn phòng Ban Chỉ đạo quốc gia kỷ niệm 1000 năm Thăng Long chủ trì.",
            ["Văn phòng Ban Chỉ đạo quốc gia kỷ niệm 1000 năm Thăng Long"],
        ),
    ],
    ids=("list", "elections", "one head", "office of a committee"),
)  # fmt: skip
def test_organs_of_councils_and_committees(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert canonicals(text, knowledge) == names


def test_a_committee_nobody_named_stays_as_it_is(knowledge: Knowledge) -> None:
    assert set(canonicals("Ban Chỉ đạo họp mỗi quý.", knowledge)) <= {"Ban Chỉ đạo"}


# ---- cells and lists ----


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (
            "Bộ KH&CN, Bộ Tài chính; UBND các tỉnh",
            ["Bộ Khoa học và Công nghệ", "Bộ Tài chính", "nhóm: UBND các tỉnh"],
        ),
        ("Văn phòng Chính phủ", ["Văn phòng Chính phủ"]),
        ("Các bộ, ngành liên quan", ["nhóm: các bộ, ngành liên quan"]),
        ("Bộ Nội vụ\nBộ Công an", ["Bộ Nội vụ", "Bộ Công an"]),
        ("Các doanh nghiệp viễn thông", ["nhóm: các doanh nghiệp viễn thông"]),
        ("", []),
        ("-", []),
        ("1", []),
    ],
    ids=repr,
)
def test_cells(knowledge: Knowledge, cell: str, names: list[str]) -> None:
    assert [a.canonical for a in parse_agencies(cell, knowledge.agencies)] == names


def test_a_cell_leans_on_the_issuer(knowledge: Knowledge) -> None:
    cell = parse_agencies("UBND tỉnh; Sở Y tế", knowledge.agencies, issuer="Ủy ban nhân dân tỉnh Đồng Tháp")
    assert [a.canonical for a in cell] == ["Ủy ban nhân dân tỉnh Đồng Tháp", "Sở Y tế"]


def test_unknown_words_of_a_cell_are_left_out_unless_it_holds_actors_only(knowledge: Knowledge) -> None:
    assert parse_agencies("Hoàn thành sớm; Bộ Y tế", knowledge.agencies, whole=False)[0].canonical == "Bộ Y tế"


# ---- any text ----

PIECES = st.sampled_from(
    ["Bộ ", "Bộ Tài chính", "các bộ, ngành", ", ", "\n", " ", "UBND tỉnh", "Ban Chỉ đạo", "Trưởng ", "đồng chí ", "Sở ",
     "Vụ ", "và ", "(", ")", "Lưu: VT, KHTC.", "Nguyễn Văn An", "TP.", "Hà Nội", "/", "KT. BỘ TRƯỞNG", "İ", "𝔘", "ủy"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_mentions_stand_in_order_inside_the_text(knowledge: Knowledge, text: str) -> None:
    segmentation = segment(as_document(text), knowledge)
    flow, end = segmentation.flow.text, 0
    for agency in find_agencies(segmentation, knowledge):
        assert end <= agency.start < agency.end <= len(flow)
        assert agency.canonical.strip()
        assert flow[agency.start : agency.end].strip() == flow[agency.start : agency.end]
        end = agency.end


@given(st.text(max_size=200))
def test_any_cell_is_read(knowledge: Knowledge, text: str) -> None:
    end = 0
    for agency in parse_agencies(text, knowledge.agencies):
        assert end <= agency.start < agency.end <= len(text)
        end = agency.end


@pytest.mark.parametrize(
    "piece",
    [
        "Bộ ",
        "Các bộ, ",
        "Ban Chỉ đạo về ",
        "Sở ",
        "UBND ",
        "đồng chí ",
        "Bộ trưởng ",
        "(",
        " ",
        ".",
        "Vụ A, ",
        "tỉnh, ",
        "Lưu: ",
    ],
    ids=repr,
)
def test_time_grows_with_the_text_and_no_faster(knowledge: Knowledge, piece: str) -> None:
    known = knowledge.agencies
    parse_agencies(piece * 100, known, whole=False)
    times = []
    for length in (40_000, 160_000):
        start = time.perf_counter()
        parse_agencies(piece * (length // len(piece)), known, whole=False)
        times.append(time.perf_counter() - start)
    assert times[1] < 12 * times[0] + 0.5


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("2. Ban Xây dựng Đảng", ["Ban Xây dựng Đảng"], id="heading"),
        pytest.param("Đẩy mạnh công tác xây dựng Đảng.", [], id="near miss: the work, no body"),
        pytest.param("Giao Cơ quan Uỷ ban Kiểm tra Đảng uỷ xã:", ["Ủy ban Kiểm tra Đảng ủy xã"], id="its staff"),
        pytest.param("Cơ quan Ủy ban Kiểm tra Tỉnh ủy", ["Ủy ban Kiểm tra Tỉnh ủy"], id="of a province"),
        pytest.param(
            "Cơ quan Uỷ ban MTTQ Việt Nam xã", ["Ủy ban Mặt trận Tổ quốc Việt Nam xã"], id="staff of the Front"
        ),
        pytest.param("Trình Thường trực Đảng uỷ xem xét.", ["Thường trực Đảng ủy"], id="no place said"),
        pytest.param("Uỷ ban Kiểm tra Đảng uỷ chủ động", ["Ủy ban Kiểm tra Đảng ủy"], id="not cut before uỷ"),
        pytest.param("Ủy ban Kiểm tra Đảng ủy Bộ Y tế", ["Ủy ban Kiểm tra Đảng ủy Bộ Y tế"], id="of a ministry"),
        pytest.param("Đảng ủy Bộ Y tế yêu cầu", ["Đảng ủy Bộ Y tế"], id="no ministry: its Party committee"),
        pytest.param("Đảng viên Bộ Y tế", ["Bộ Y tế"], id="near miss: a ministry's members"),
        pytest.param(
            "Các chi bộ trực thuộc Đảng uỷ tổ chức học tập.",
            ["nhóm: các chi bộ trực thuộc Đảng ủy"],
            id="cells",
        ),
        pytest.param("gửi các chi bộ, đảng bộ cơ sở", ["nhóm: các chi bộ, đảng bộ cơ sở"], id="cells in small letters"),
        pytest.param("các chi tiết của Đảng ủy xã", ["Đảng ủy xã"], id="near miss: details"),
    ],
)
def test_party_committees_of_communes_and_ministries(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert canonicals(text, knowledge) == names


def test_a_party_committee_without_place_is_the_issuers(knowledge: Knowledge) -> None:
    head = "ĐẢNG BỘ TỈNH KHÁNH HÒA\nĐẢNG ỦY XÃ SUỐI HIỆP\n*\nSố 12-CV/ĐU\n\nKính gửi: Các chi bộ\n"
    names = canonicals(head + "Báo cáo Thường trực Đảng ủy trước ngày 20/6/2026.\n", knowledge)
    assert names[-1] == "Thường trực Đảng ủy xã Suối Hiệp"
