"""Laws and other works cited by name: where a name begins and ends, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cites import cited, texts
from vnlegal.citations import find_citations
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import amended_titles, initials, law_identity, title_key
from vnlegal.records import Document
from vnlegal.segment import segment


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;", ["Luật Tổ chức Chính phủ"]),
        ("theo Luật Đầu tư và các văn bản hướng dẫn thi hành", ["Luật Đầu tư"]),
        ("theo Luật Quản lý, sử dụng tài sản công hiện hành", ["Luật Quản lý, sử dụng tài sản công"]),
        (
            "quy định của Luật Thuế xuất khẩu, thuế nhập khẩu và Luật Quản lý thuế",
            ["Luật Thuế xuất khẩu, thuế nhập khẩu", "Luật Quản lý thuế"],
        ),
        (
            "theo Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2015",
            ["Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân năm 2015"],
        ),
        ("theo Luật hôn nhân và gia đình", ["Luật hôn nhân và gia đình"]),
        ("thuộc Luật Quy hoạch, Luật Đầu tư, Luật PPP", ["Luật Quy hoạch", "Luật Đầu tư", "Luật PPP"]),
        (
            "sửa Luật Viên chức, Luật Cán bộ, công chức để đồng bộ",
            ["Luật Viên chức", "Luật Cán bộ, công chức"],
        ),
        ("dự án Luật Năng lượng nguyên tử (sửa đổi), trình Quốc hội", ["Luật Năng lượng nguyên tử (sửa đổi)"]),
        ("chi tiết Luật Báo chí sửa đổi (sau khi được thông qua)", ["Luật Báo chí sửa đổi"]),
        ("theo Luật Báo chí sửa đổi nội dung này", ["Luật Báo chí"]),
        ("theo Bộ luật Lao động 2019 và Bộ Luật Dân sự", ["Bộ luật Lao động 2019", "Bộ Luật Dân sự"]),
        ("theo Pháp lệnh Ưu đãi người có công với cách mạng", ["Pháp lệnh Ưu đãi người có công với cách mạng"]),
        (
            "theo Hiến pháp năm 2013; Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
            ["Hiến pháp năm 2013", "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"],
        ),
        ("theo Luật BHXH, Luật KH&CN", ["Luật BHXH", "Luật KH&CN"]),
        ("tại Luật Đầu tư3 quy định", ["Luật Đầu tư"]),
        ("theo Luật Bảo vệ quyền lợi người tiêu dùng có hiệu lực", ["Luật Bảo vệ quyền lợi người tiêu dùng"]),
        ("theo Luật Giá và Luật Dược", ["Luật Giá", "Luật Dược"]),
        (
            "Nghị quyết Đại hội Đảng lần thứ XIII, Nghị quyết Trung ương 6 khóa XII",
            ["Nghị quyết Đại hội Đảng lần thứ XIII", "Nghị quyết Trung ương 6 khóa XII"],
        ),
        (
            "Nghị quyết TW 7 khóa IX; Nghị quyết Đại hội lần thứ XV (nhiệm kỳ 2020-2025) Đảng bộ tỉnh Lào Cai.",
            ["Nghị quyết TW 7 khóa IX", "Nghị quyết Đại hội lần thứ XV (nhiệm kỳ 2020-2025) Đảng bộ tỉnh Lào Cai"],
        ),
        (
            "- Căn cứ Điều lệ Đảng; Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị khóa XIII;",
            ["Điều lệ Đảng", "Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị khóa XIII"],
        ),
        ("ban hành Quy chế làm việc của cơ quan; Điều lệ Đảng bộ", []),
        (
            "thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững, giai đoạn 2016 – 2020 và các chương trình "
            "mục tiêu quốc gia khác; THEO NGHỊ QUYẾT ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIII CỦA ĐẢNG",
            [
                "Chương trình mục tiêu quốc gia giảm nghèo bền vững, giai đoạn 2016 – 2020",
                "NGHỊ QUYẾT ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC LẦN THỨ XIII CỦA ĐẢNG",
            ],
        ),
        ("TRIỂN KHAI LUẬT BẢO VỆ MÔI TRƯỜNG NĂM 2014", ["LUẬT BẢO VỆ MÔI TRƯỜNG NĂM 2014"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "named") == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("thực hiện Luật Kinh tế tuần hoàn và phát triển xanh năm 2031", "Luật Kinh tế tuần hoàn"),
        ("thực hiện Luật Đô thị biển được Quốc hội thông qua", "Luật Đô thị biển"),
        ("thực hiện Luật Vũ trụ, bảo đảm tiến độ", "Luật Vũ trụ"),
    ],
)
def test_a_title_that_is_not_in_the_registry_ends_where_a_reader_ends_it(
    text: str, name: str, knowledge: Knowledge
) -> None:
    assert texts(text, knowledge, "named")[0].startswith(name)
    assert len(texts(text, knowledge, "named")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Luật sư Nguyễn Văn A thuộc Đoàn Luật sư thành phố",
        "Trường Đại học Luật Hà Nội và Khoa Luật kinh tế",
        "tuyên truyền pháp luật, PHÁP LUẬT VÀ KỶ LUẬT, Kỷ luật Đảng",
        "luật đất đai và luật nhà ở",
        "Công ty Luật TNHH Minh Khuê",
        "Luật của Quốc hội, các Luật trình Quốc hội",
        "13 dự án Luật và 03 Nghị quyết",
        "các luật có liên quan đến khoa học công nghệ",
        "Luật Quốc tế và luật biển",
        "Nghị quyết của Đảng, Nghị quyết Trung ương",
    ],
)
def test_look_alikes_are_no_names(text: str, knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "named") == []


def test_an_amending_law_holds_the_laws_it_amends(knowledge: Knowledge) -> None:
    text = "theo Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Hải quan và Luật Đầu tư công có hiệu lực"
    outer = "Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Hải quan và Luật Đầu tư công"
    assert texts(text, knowledge, "named") == [outer, "Luật Đấu thầu", "Luật Hải quan", "Luật Đầu tư công"]


def test_a_counted_amending_law_holds_its_list(knowledge: Knowledge) -> None:
    text = "xây dựng Luật sửa đổi 04 luật (Luật Quy hoạch, Luật Đầu tư, Luật PPP và Luật Đấu thầu) năm nay"
    names = texts(text, knowledge, "named")
    assert names[0] == "Luật sửa đổi 04 luật (Luật Quy hoạch, Luật Đầu tư, Luật PPP và Luật Đấu thầu)"
    assert names[1:] == ["Luật Quy hoạch", "Luật Đầu tư", "Luật PPP", "Luật Đấu thầu"]


def test_an_ordinance_in_small_letters_is_named_where_it_is_known(knowledge: Knowledge) -> None:
    found = cited("theo pháp lệnh xử lý vi phạm hành chính, pháp lệnh này và dự án pháp lệnh về nước sạch", knowledge)
    assert [(m.text, m.target) for m in found] == [
        ("pháp lệnh xử lý vi phạm hành chính", "44/2002/PL-UBTVQH10"),
    ]


def test_a_name_with_its_number_is_one_mention(knowledge: Knowledge) -> None:
    found = cited("Căn cứ Luật Sở hữu trí tuệ số 50/2005/QH11 ngày 29 tháng 11 năm 2005;", knowledge)
    assert [(m.text, m.kind) for m in found] == [("Luật Sở hữu trí tuệ số 50/2005/QH11", "numbered")]


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        (
            "thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025 trên địa bàn",
            "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025",
            "90/QĐ-TTg@2022",
        ),
        (
            "trong Điều chỉnh Quy hoạch phát triển điện lực quốc gia kỳ 2021 - 2030, tầm nhìn đến năm 2050.",
            "Điều chỉnh Quy hoạch phát triển điện lực quốc gia kỳ 2021 - 2030, tầm nhìn đến năm 2050",
            "768/QĐ-TTg@2025",
        ),
    ],
)
def test_programmes_by_their_full_titles(text: str, name: str, target: str, knowledge: Knowledge) -> None:
    assert [(m.text, m.kind, m.target) for m in cited(text, knowledge)] == [(name, "named", target)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2016 - 2020",
            ["chuong_trinh:muc-tieu-quoc-gia-giam-ngheo-ben-vung-giai-doan-2016-2020"],
        ),
        ("thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững của huyện", []),
        ("kế hoạch phát triển kinh tế - xã hội 5 năm giai đoạn 2021-2025", []),
    ],
    ids=["other years", "the district's own", "everybody's plan"],
)
def test_programmes_of_other_periods_are_others(text: str, targets: list[str], knowledge: Knowledge) -> None:
    assert [m.target for m in cited(text, knowledge) if m.kind == "named"] == targets


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Luật Khoa học và Công nghệ", "Luật khoa học và công nghệ"),
        ("Luật Cán bộ, công chức", "Luật Cán bộ công chức"),
        ("Luật Hòa giải ở cơ sở", "Luật Hoà giải ở cơ sở"),
        ("Bộ luật Dân sự", "Bộ Luật dân sự"),
    ],
)
def test_spellings_of_one_title(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("Luật Khoa học và Công nghệ", "KHCN"),
        ("Luật KH&CN", "KHCN"),
        ("Luật Ngân sách nhà nước", "NSNN"),
        ("Luật Thuế GTGT", "TGTGT"),
        ("Luật Thuế giá trị gia tăng", "TGTGT"),
    ],
)
def test_initials(title: str, letters: str) -> None:
    assert initials(title) == letters


def test_an_amending_law_is_known_by_what_it_amends() -> None:
    short = "Luật sửa đổi, bổ sung Luật Đất đai và Luật Nhà ở"
    long = "Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở"
    assert amended_titles(long) == ("dat dai", "nha o")
    assert law_identity(short) == law_identity(long)
    assert law_identity("Luật Đất đai") != law_identity(long)


PIECES = (
    "Luật ",
    "Luật sửa đổi, bổ sung một số điều của ",
    "Đầu tư",
    ", ",
    " và ",
    "(sửa đổi)",
    " số 61/2020/QH14",
    " năm 2020",
    "Bộ luật ",
    "(",
    ")",
    " ngày 17 tháng 6 năm 2020",
    "\n",
    "này",
    "Đề án 06",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_nest_or_are_apart(knowledge: Knowledge, pieces: list[str]) -> None:
    text = "Theo " + "".join(pieces)
    last: list[tuple[int, int]] = []
    segmentation = segment(Document(text=text), knowledge)
    for mention in find_citations(segmentation, [], knowledge):
        while last and last[-1][1] <= mention.start:
            last.pop()
        assert not last or mention.end <= last[-1][1]
        last.append((mention.start, mention.end))


@pytest.mark.parametrize(
    "piece",
    [
        "Luật sửa đổi, bổ sung một số điều của ",
        "Luật Đầu tư, ",
        "Luật (",
        "“Luật này ",
        "Chương trình mục tiêu quốc gia ",
        "Nghị quyết Đại hội lần thứ ",
        "xây dựng, trình Chính phủ ban hành ",
        "(sau đây gọi là Luật ",
        "theo Kế hoạch, ",
    ],
)
def test_one_long_line_takes_linear_time(piece: str, knowledge: Knowledge) -> None:
    def seconds(times: int) -> float:
        begin = time.perf_counter()
        cited("Theo " + piece * times, knowledge)
        return time.perf_counter() - begin

    seconds(50)
    few, many = min(seconds(400) for _ in range(2)), seconds(3200)
    assert many < 8 * few * 4 + 0.5


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "mục tiêu của Nghị quyết Đại hội Đảng toàn quốc lần thứ XIV",
            ["Nghị quyết Đại hội Đảng toàn quốc lần thứ XIV"],
        ),
        ("theo Nghị quyết Trung ương 4 khoá XII", ["Nghị quyết Trung ương 4 khoá XII"]),
        ("theo Nghị quyết Đại hội XIII và", ["Nghị quyết Đại hội XIII"]),
        ("theo Nghị quyết Đại hội của xã", []),
    ],
    ids=["congress of the Party", "plenum", "congress by its number", "no congress told"],
)
def test_resolutions_of_congresses_and_plenums(text: str, names: list[str], knowledge: Knowledge) -> None:
    assert texts(text, knowledge, "named") == names
