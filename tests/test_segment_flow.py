"""The flow: wraps joined, markup and furniture out of the way, footnotes after what they interrupt."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment
from vnlegal.segment.lines import cut_lines
from vnlegal.segment.wrapping import style_of_body, wrap_style


def flow(text: str, knowledge: Knowledge) -> list[str]:
    return segment(Document(text=text), knowledge).flow.text.split("\n")


GAZETTE = """\
Điều 1. Phạm vi điều chỉnh
1. Thông tư này quy định việc quản lý, khai thác và bảo vệ công trình cấp nước
sạch nông thôn tập trung; trách nhiệm của cơ quan, tổ chức, cá nhân có liên quan
đến công trình cấp nước sạch quy định tại Nghị định số
43/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ.
2. Việc quản lý tài sản công không quy định tại Thông tư này thực hiện theo quy
định của Luật Quản lý, sử dụng tài sản công và theo quy định tại khoản 2
Điều 5 của Nghị định nêu trên.
Điều 2. Đối tượng áp dụng
Cơ quan nhà nước, đơn vị quản lý công trình, tổ chức và cá nhân khai thác công
trình cấp nước sạch nông thôn tập trung.
"""


def test_gazette_lines_are_joined(knowledge: Knowledge) -> None:
    lines = flow(GAZETTE, knowledge)
    assert [line.split(" ")[0] for line in lines] == ["Điều", "1.", "2.", "Điều", "Cơ"]
    assert "Nghị định số 43/2022/NĐ-CP" in lines[1]
    assert "tại khoản 2 Điều 5 của Nghị định" in lines[2]
    assert lines[0] == "Điều 1. Phạm vi điều chỉnh"


SMALL_PRINT = "".join(
    f"""\
Điều {n}. Tổ chức thực hiện
1. Cơ quan quản lý thị trường có trách nhiệm chỉ đạo cả Sở Giao dịch
Hàng hóa Việt Nam, Sở Giao dịch hàng hóa miền Nam và các thành viên kinh
doanh của hai Sở sắp xếp lại thị trường theo lộ trình đã được cơ quan có
thẩm quyền phê duyệt, báo cáo kết quả trong quý.
2. Các thành viên kinh doanh
Nộp báo cáo đúng hạn.
3. Người đứng đầu thành viên kinh doanh chịu trách nhiệm về tính chính
xác của báo cáo và lưu giữ báo cáo tại trụ sở.
4. Cơ quan quản lý thị trường kiểm tra việc thực hiện quy định này và
xử lý vi phạm theo thẩm quyền.
[{n}] Khoản này được bổ sung theo khoản 4 Điều 1 của Thông tư sửa đổi, bổ sung một số điều và
có hiệu lực kể từ ngày ký ban hành, được in nhỏ ở chân trang để người đọc đối chiếu với
bản gốc của từng văn bản đã nêu trên, không phải là nội dung của văn bản hợp nhất.
"""
    for n in range(1, 16)
)


def test_wider_notes_do_not_hide_that_a_line_is_full(knowledge: Knowledge) -> None:
    lines = flow(SMALL_PRINT, knowledge)
    assert sum("chỉ đạo cả Sở Giao dịch Hàng hóa Việt Nam, Sở Giao dịch" in line for line in lines) == 15
    assert lines.count("2. Các thành viên kinh doanh") == 15


def test_lines_with_a_blank_line_between_each_are_joined(knowledge: Knowledge) -> None:
    single = "Điều 2. Đối tượng áp dụng"
    double = GAZETTE.replace("\n", "\n\n").replace(single, f"\n{single}")
    assert flow(double, knowledge) == flow(GAZETTE, knowledge)


def test_whole_lines_stay_apart_but_for_a_cut_number(knowledge: Knowledge) -> None:
    text = (
        "Căn cứ Nghị định số\n15/2021/NĐ-CP ngày 03 tháng 3 năm 2021 của Chính phủ;\n"
        "Hồ sơ gồm:\nĐơn đề nghị\nBản sao quyết định\nGiấy tờ khác"
    )
    assert flow(text, knowledge) == [
        "Căn cứ Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021 của Chính phủ;",
        "Hồ sơ gồm:",
        "Đơn đề nghị",
        "Bản sao quyết định",
        "Giấy tờ khác",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("tại\nĐiều 10.", ["tại Điều 10."], id="reference-that-looks-like-a-heading"),
        pytest.param("Chương I\nQUY ĐỊNH CHUNG", ["Chương I QUY ĐỊNH CHUNG"], id="chapter-and-its-title"),
        pytest.param("Điều 1. Phạm vi điều chỉnh\nLuật này", ["Điều 1. Phạm vi điều chỉnh", "Luật này"], id="verb"),
        pytest.param("Điều\n3. Giải thích từ ngữ", ["Điều 3. Giải thích từ ngữ"], id="marker-cut-in-two"),
        pytest.param("NHỮNG QUY ĐỊNH CHUNG Điều 1. Phạm vi", ["NHỮNG QUY ĐỊNH CHUNG", "Điều 1. Phạm vi"], id="glued"),
        pytest.param(
            "1. Sở Y tế a) Chủ trì khám bệnh;\nb) Mua thuốc.",
            ["1. Sở Y tế", "a) Chủ trì khám bệnh;", "b) Mua thuốc."],
            id="first-point-behind-its-heading",
        ),
        pytest.param("1. Theo điểm a) Luật này.\n2. Hai.", ["1. Theo điểm a) Luật này.", "2. Hai."], id="no-list"),
        pytest.param("KẾ HOẠCH\nBẢO VỆ RỪNG\nNĂM 2026", ["KẾ HOẠCH", "BẢO VỆ RỪNG NĂM 2026"], id="title-in-capitals"),
        pytest.param("**I. MỤC\nĐÍCH**", ["I. MỤC ĐÍCH"], id="bold-over-a-break"),
        pytest.param("*   **a) Tại** *Bộ*  Y tế", ["a) Tại Bộ Y tế"], id="markdown-bullet-and-emphasis"),
        pytest.param("## Kết quả \\*", ["Kết quả *"], id="markdown-heading-and-escape"),
        pytest.param("họp lần thứ hai¹ và 5 m²", ["họp lần thứ hai và 5 m²"], id="raised-call-and-unit"),
        pytest.param("quy định[1] tại", ["quy định tại"], id="bracketed-call"),
        pytest.param("H<sub>2</sub>O &amp; nước<br>", ["H2O & nước"], id="html"),
        pytest.param("năm học 2025 -\n2026.\nHai", ["năm học 2025 - 2026.", "Hai"], id="years-cut-at-the-dash"),
        pytest.param("số 26/2016/TT-\nBYT ngày", ["số 26/2016/TT- BYT ngày"], id="symbol-cut-at-its-hyphen"),
        pytest.param(
            "1. Xử phạt hành vi quy định tại các điều từ Điều 17 đến Điều 19;\nđiểm a khoản 1 Điều 21 Nghị định này.",
            ["1. Xử phạt hành vi quy định tại các điều từ Điều 17 đến Điều 19; điểm a khoản 1 Điều 21 Nghị định này."],
            id="clause-cut-behind-a-semicolon",
        ),
        pytest.param(
            "đơn đề nghị theo mẫu tại Phụ lục ban hành kèm theo Thông tư này;\nbản sao quyết định.",
            ["đơn đề nghị theo mẫu tại Phụ lục ban hành kèm theo Thông tư này;", "bản sao quyết định."],
            id="items-without-labels",
        ),
        pytest.param(
            "1. Thông tư này quy định việc quản lý và quyết toán kinh phí thực hiện Chương"
            " Ký bởi: CÔNG BÁO Cơ quan: VĂN PHÒNG Ngày ký: 2026-01-28 11:16:07 +07:00\n\ntrình mục tiêu quốc gia.",
            ["1. Thông tư này quy định việc quản lý và quyết toán kinh phí thực hiện Chương trình mục tiêu quốc gia."],
            id="panel-of-a-signature-in-a-sentence",
        ),
        pytest.param("Ô ghi Ký bởi: ông A. Ngày ký: sau", ["Ô ghi Ký bởi: ông A. Ngày ký: sau"], id="no-panel"),
        pytest.param("NGÀY HỘI -\nBan Tổ chức", ["NGÀY HỘI -", "Ban Tổ chức"], id="dash-at-the-end-of-capitals"),
        pytest.param("Luật Giáo dục số\n43/2019/QH14;", ["Luật Giáo dục số 43/2019/QH14;"], id="number-below-its-law"),
        pytest.param("một\n--------\nhai", ["một", "hai"], id="rule"),
        pytest.param("> Một\n>\n> 2. Hai", ["Một", "2. Hai"], id="quoted-block"),
        pytest.param("Điểm:\n> 50 - 70\n>80", ["Điểm:", "> 50 - 70", ">80"], id="more-than-is-no-quoted-block"),
        pytest.param("Sửa đổi Điều 7\n\n“2. Hai.”", ["Sửa đổi Điều 7", "“2. Hai.”"], id="quoted-clause"),
        pytest.param("thay thế cụm từ tại\n“Bộ A”.", ["thay thế cụm từ tại “Bộ A”."], id="quoted-words-go-on"),
        pytest.param("Dân số (*) tăng 2*3", ["Dân số (*) tăng 2*3"], id="written-stars"),
    ],
)  # fmt: skip
def test_short_texts(text: str, lines: list[str], knowledge: Knowledge) -> None:
    assert flow(text, knowledge) == lines


WEB = """\
**Điều 3. **Chánh
Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các Sở, Thủ trưởng các cơ quan, đơn vị
trực thuộc Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

- Quán triệt, triển khai có
hiệu quả Quyết định số 66/QĐ-TTg ngày 02 tháng 01 năm 2025 của Thủ tướng Chính phủ
và Kế hoạch tổng thể ban hành kèm theo.

- Phân công trách nhiệm cụ
thể, rõ ràng cho từng sở, ngành, phường, xã, bảo đảm tiến độ và chất lượng của các
nhiệm vụ được giao.

- Tiếp
tục rà soát các nhiệm vụ đã giao cho các cơ quan, đơn vị trong năm 2025 và báo cáo
Ủy ban nhân dân tỉnh kết quả thực hiện.
"""


def test_web_copies_cut_first_lines_short(knowledge: Knowledge) -> None:
    lines = flow(WEB, knowledge)
    assert [line[:22] for line in lines] == [
        "Điều 3. Chánh Văn phòn", "- Quán triệt, triển kh", "- Phân công trách nhiệ", "- Tiếp tục rà soát các",
    ]  # fmt: skip
    assert lines[-1].endswith("báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện.")


def notes(segmentation: Segmentation) -> list[tuple[str, str, str]]:
    text = segmentation.flow.text
    found = []
    for note in segmentation.footnotes:
        unit = segmentation.units[note.unit]
        found.append((note.label, text[max(0, note.anchor - 6) : note.anchor], text[unit.start : unit.end]))
    return found


PAGES = """\
Ban Chỉ đạo đã họp hai phiên họp thường kỳ trong quý I năm 2026, cho ý kiến về năm
đề án lớn, thành lập 19 đoàn kiểm tra1 và giao các bộ, ngành trình Chính phủ ban

1 Quyết định số 10/QĐ-BCĐ ngày 05 tháng 01 năm 2026 về việc thành lập các đoàn kiểm tra.

hành ba nghị định hướng dẫn thi hành các luật mới được Quốc hội thông qua trong kỳ
họp cuối năm 2025.
"""


def test_a_footnote_leaves_the_sentence_it_interrupts(knowledge: Knowledge) -> None:
    segmentation = segment(Document(text=PAGES), knowledge)
    first, note = segmentation.flow.text.split("\n")
    assert "19 đoàn kiểm tra và giao" in first
    assert "ban hành ba nghị định" in first
    assert [label for label, _, _ in notes(segmentation)] == ["1"]
    assert note.startswith("1 Quyết định số 10")
    anchor = segmentation.footnotes[0].anchor
    assert segmentation.flow.text[:anchor].endswith("đoàn kiểm tra")


def test_bracketed_footnotes_at_the_end(knowledge: Knowledge) -> None:
    text = "Còn 7 địa phương[1] và 3 bộ[2] chưa báo cáo.\n[1] Lâm Đồng, Bắc Ninh.\n[2] Bộ Y tế."
    found = notes(segment(Document(text=text), knowledge))
    assert [(label, words) for label, _, words in found] == [
        ("[1]", "[1] Lâm Đồng, Bắc Ninh."),
        ("[2]", "[2] Bộ Y tế."),
    ]
    assert [before.strip() for _, before, _ in found] == ["phương", "à 3 bộ"]


def test_a_list_of_numbers_is_no_footnote(knowledge: Knowledge) -> None:
    text = "Danh sách:\n1 Sở Tài chính\n2 Sở Nội vụ\n3 Sở Y tế"
    assert segment(Document(text=text), knowledge).footnotes == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("Điều 5. Hồ sơ\n1. Đơn.\n7 Khoản này được sửa đổi theo quy định tại khoản 3 Điều 1 của Thông tư "
                     "số 10/2024/TT-BYT, có hiệu lực từ ngày 01 tháng 01 năm 2025.\n2. Bản.", ["7"], id="call-lost"),
        pytest.param("MỤC 6\nĐIỀU KHOẢN THI HÀNH 1\n1 Điều 3 của Thông tư số 10/2024/TT-BYT, có hiệu lực từ "
                     "ngày 01 tháng 01 năm 2025 quy định như sau:\n“Điều 3. Hiệu lực\nBa.”.",
                     ["1"], id="call-apart"),
        pytest.param("Danh sách:\n1 Khoản 2 Điều 3 được sửa đổi như sau:\n2 Khoản 3 bãi bỏ.", [], id="an-instruction"),
    ],
)  # fmt: skip
def test_what_a_consolidated_text_took_in_is_a_footnote(text: str, labels: list[str], knowledge: Knowledge) -> None:
    assert [label for label, _, _ in notes(segment(Document(text=text), knowledge))] == labels


@pytest.mark.parametrize(
    "furniture",
    [
        pytest.param("Ký bởi: CÔNG BÁO NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCơ quan: VĂN PHÒNG CHÍNH PHỦ\n"
                     "Ngày ký: 2026-05-18 08:23:49 +07:00\n", id="signing-panel"),
        pytest.param("\n--- PAGE BREAK ---\n\n", id="page-break"),
        pytest.param("\f", id="form-feed"),
    ],
)  # fmt: skip
def test_a_page_edge_inside_a_sentence(furniture: str, knowledge: Knowledge) -> None:
    text = GAZETTE.replace("theo quy\nđịnh", f"theo quy\n{furniture}định")
    assert text != GAZETTE
    assert flow(text, knowledge) == flow(GAZETTE, knowledge)


def test_front_matter_and_page_around_a_document(knowledge: Knowledge) -> None:
    text = '---\ntitle: "CV 12"\ncategory: "Tax"\n---\n\nKính gửi: Sở Y tế\n\nĐề nghị báo cáo.'
    assert flow(text, knowledge) == ["Kính gửi: Sở Y tế", "Đề nghị báo cáo."]


@pytest.mark.parametrize(
    "knot", ["1 Abc\n", "(1) ", "“1. Abc:\n", "|\nabc\n|\n", "** a ", "a) Abc:\n1. Abc:\n", "[1] a\n"]
)
def test_knots_are_read_once(knot: str, knowledge: Knowledge) -> None:
    """Ten thousand of anything come out as units on the flow, quickly enough for a test without a clock."""
    segmentation = segment(Document(text=knot * 10_000), knowledge)
    assert segmentation.units[-1].end <= len(segmentation.flow.text)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Luật Giáo dục số [43/2019/QH14] được sửa đổi", "Luật Giáo dục số 43/2019/QH14 được sửa đổi"),
        ("Công văn số [612/VPCP-NN] ngày 3/4/2025", "Công văn số 612/VPCP-NN ngày 3/4/2025"),
        ("tài liệu [1/2 trang] kèm theo", "tài liệu [1/2 trang] kèm theo"),
    ],
    ids=["law", "letter", "no number"],
)
def test_a_number_loses_the_brackets_of_its_link(raw: str, words: str, knowledge: Knowledge) -> None:
    assert segment(Document(text=raw), knowledge).flow.text == words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("QuyÕt ®Þnh sè 51/2004/Q§-TTg ngµy 12 th¸ng 4 n¨m 2004 cña Thñ t­íng", "Quyết định số 51/2004/QĐ-TTg"),
        ("Quyeát ñònh soá 12/2004/QÑ-TTg ngaøy 15 thaùng 4 cuûa Chính phuû", "Quyết định số 12/2004/QĐ-TTg"),
        ("Quyết định số 12/2004/QĐ-TTg ngày 15 tháng 4 của Chính phủ µ", "Quyết định số 12/2004/QĐ-TTg"),
    ],
    ids=["TCVN3", "VNI", "Unicode"],
)
def test_old_fonts_are_read_as_they_were_meant(raw: str, words: str, knowledge: Knowledge) -> None:
    flow = segment(Document(text=f"{raw}. " * 8), knowledge).flow
    start = flow.text.index(words)
    begin, end = flow.span(start, start + len(words))
    assert raw.startswith(flow.raw[begin:end])
    assert flow.raw[end] == " "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "nhiệm vụ1 theo Quy định số 05-\n\n1 Gồm ba nhiệm vụ.\n\n2\n\nQĐ/BCĐTW ngày 27/8/2025.",
            "số 05- QĐ/BCĐTW ngày",
        ),
        ("theo Nghị định số 88/2025/\n\nNĐ-CP ngày 13/4/2025.", "số 88/2025/ NĐ-CP ngày"),
        ("giai đoạn 2021-\n\nUBND tỉnh báo cáo.", "2021-\nUBND tỉnh"),
    ],
    ids=["over a footnote", "over a blank line", "no number"],
)
def test_a_number_cut_in_two_is_one(text: str, words: str, knowledge: Knowledge) -> None:
    assert words in segment(Document(text=f"Báo cáo tình hình {text}"), knowledge).flow.text


def test_a_bullet_at_the_head_of_a_page_is_one(knowledge: Knowledge) -> None:
    lines = ["**4. Về nhân lực**", "*   (1) Xây dựng nền tảng.", "*   (2) Lựa chọn cơ sở."]
    whole = segment(Document(text="\n".join(lines)), knowledge)
    parted = segment(Document(text=f"{lines[0]}\n\f{lines[1]}\n{lines[2]}"), knowledge)
    assert [(unit.marker, unit.parent) for unit in parted.units] == [(unit.marker, unit.parent) for unit in whole.units]
    for unit in parted.units:
        assert parted.flow.raw[slice(*parted.flow.span(unit.start, unit.end))].strip("*\f\n ")


def test_footnotes_in_smaller_print_do_not_tell_how_long_a_line_is() -> None:
    body, small = ["cơ quan " * 8 + "quản lý", "nhà nước " * 7 + "về y tế"], ["cụm từ này được sửa đổi " * 5]
    lines = cut_lines("\n".join((body + small) * 12))
    notes = {n for n in range(len(lines)) if n % 3 == 2}
    style = wrap_style(lines, set())
    assert style.width > 100
    assert style_of_body(lines, set(), notes, style).width < 80
    assert style_of_body(lines, set(), {2}, style) is style
