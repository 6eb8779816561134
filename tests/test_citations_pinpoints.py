"""Pinpoints: lists, ranges, both orders, the document they belong to, and those that name no document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.pinpoints import Place, provisions, scan_pinpoints
from vnlegal.citations.quotes import quoted_regions
from vnlegal.knowledge import load_knowledge
from vnlegal.records import Document, Provision
from vnlegal.segment import segment

KNOWN = load_knowledge()
SHORT = {"dieu": "Đ", "khoan": "K", "diem": "", "phu_luc": "PL", "muc": "M", "chuong": "C", "phan": "P", "mau": "Mẫu "}


def label(provision: Provision) -> str:
    """Write a provision shortly: "Đ5 K1 a"."""
    return " ".join(SHORT[key] + str(value) for key, value in provision.model_dump(exclude_none=True).items())


def cited(text: str) -> list[tuple[str, Mention]]:
    segmentation = segment(Document(text=text), KNOWN)
    found = find_citations(segmentation, find_agencies(segmentation, KNOWN), KNOWN)
    flow = segmentation.flow.text
    return [(flow[m.start : m.end], m) for m in found]


READ = [
    ("khoản 2 Điều 5", "Đ5 K2"),
    ("điểm a khoản 1 Điều 5", "Đ5 K1 a"),
    ("điểm a.2.5, điểm b.1.5 khoản 2 Điều 6", "Đ6 K2 a.2.5; Đ6 K2 b.1.5"),
    ("điểm a, b khoản 1, khoản 3 Điều 5 và Điều 7", "Đ5 K1 a; Đ5 K1 b; Đ5 K3; Đ7"),
    ("điểm a và điểm b khoản 2, điểm c khoản 3 Điều 4", "Đ4 K2 a; Đ4 K2 b; Đ4 K3 c"),
    ("khoản 3 Điều 10, khoản 3 Điều 20, khoản 2 Điều 43", "Đ10 K3; Đ20 K3; Đ43 K2"),
    ("các khoản 1, 2 và 4 Điều 5", "Đ5 K1; Đ5 K2; Đ5 K4"),
    ("từ Điều 5 đến Điều 8", "Đ5; Đ6; Đ7; Đ8"),
    ("các khoản từ 1 đến 3 Điều 7", "Đ7 K1; Đ7 K2; Đ7 K3"),
    ("các điểm từ a đến đ khoản 2 Điều 3", "Đ3 K2 a; Đ3 K2 b; Đ3 K2 c; Đ3 K2 d; Đ3 K2 đ"),
    ("các điều 5, 6 và 7", "Đ5; Đ6; Đ7"),
    ("Khoản 2, Điều 5", "Đ5 K2"),
    ("khoản 1 của Điều 5", "Đ5 K1"),
    ("Điều 5, khoản 1, điểm a", "Đ5 K1 a"),
    ("điểm đ khoản 1 Điều 2, tên Điều 6, khoản 1 Điều 6", "Đ2 K1 đ; Đ6; Đ6 K1"),
    ("Điều 4, khoản 3 Điều 4", "Đ4; Đ4 K3"),
    ("khoản 1, khoản 2 Điều 4, khoản 1 Điều 5", "Đ4 K1; Đ4 K2; Đ5 K1"),
    ("Điều 27a", "Đ27a"),
    ("điểm 1.2 khoản 1 Điều 5", "Đ5 K1 1.2"),
    ("tiết b1 điểm b khoản 5 Điều 3", "Đ3 K5 b"),
    ("đoạn 2 khoản 1 Điều 5", "Đ5 K1"),
    ("Mục 5 và Mục 6 Phụ lục 1", "PL1 M5; PL1 M6"),
    ("Mục 1 Phụ lục 2.1", "PL2.1 M1"),
    ("Phụ lục I, II và III", "PLI; PLII; PLIII"),
    ("Mẫu số 01 Phụ lục III", "PLIII Mẫu 01"),
    ("Mục 2 Chương III", "M2 CIII"),
    ("điểm 2.1 Mục III Phần B", "2.1 MIII PB"),
    ("khoản I Điều 45", "Đ45 K1"),
    ("khoản 1 Điều 18của Luật này", "Đ18 K1"),
    ("Điều 9quinquies của Nghị định thư", "Đ9quinquies"),
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[row[0] for row in READ])
def test_lists_and_ranges_are_expanded(text: str, wanted: str) -> None:
    line = f"quy định tại {text}"
    [pin] = scan_pinpoints(line)
    assert "; ".join(label(p) for p in provisions(line[pin.start : pin.end])) == wanted


ENDS = [
    ("quy định tại Điều 5 và 10 ngày sau đó", "Điều 5"),
    ("theo khoản 1, 2 Điều 9, 15 người khác", "khoản 1, 2 Điều 9"),
    ("tại khoản 3 Điều 6 Nghị định số 63/2019/NĐ-CP", "khoản 3 Điều 6"),
    ("theo Điều 5.3 và", "Điều 5"),
    ("tên Chương II và tại Điều 1, Điều 2", "Chương II"),
]


@pytest.mark.parametrize(("text", "words"), ENDS, ids=[row[0] for row in ENDS])
def test_where_a_pinpoint_ends(text: str, words: str) -> None:
    pin = next(scan_pinpoints(text))
    assert text[pin.start : pin.end] == words


NONE = [
    "chuyển vào tài khoản 111 mở tại kho bạc",
    "các điều khoản 5 bên đã ký",
    "Điều 27.6.1 (a) của Hiệp định",
    "tại thời điểm 3 tháng trước",
    "điều kiện, mục đích, phần mềm, chương trình",
    "Nhà nước Điều 4. Nghĩa vụ của Sở",
    "\nĐiều 5. Phạm vi điều chỉnh",
    "\n“Điều 3a. Xác định giá trị",
]


@pytest.mark.parametrize("text", NONE)
def test_no_pinpoint(text: str) -> None:
    assert [text[p.start : p.end] for p in scan_pinpoints(text)] == []


ATTACHED = [
    ("theo khoản 2 Điều 5 Nghị định số 88/2025/NĐ-CP.", "Nghị định số 88/2025/NĐ-CP", "Đ5 K2"),
    ("theo khoản 2 Điều 5 của Nghị định số 88/2025/NĐ-CP.", "Nghị định số 88/2025/NĐ-CP", "Đ5 K2"),
    ("tại Phụ lục II danh mục ưu đãi đầu tư ban hành kèm theo Nghị định số 118/2015/NĐ-CP.",
     "Nghị định số 118/2015/NĐ-CP", "PLII"),
    ("theo Mẫu số 13 tại Phụ lục ban hành kèm theo Nghị định số 22/2026/NĐ-CP;", "Nghị định số 22/2026/NĐ-CP",
     "Mẫu 13"),
    ("căn cứ Nghị định số 88/2025/NĐ-CP (khoản 4 Điều 3), các Bộ", "Nghị định số 88/2025/NĐ-CP", "Đ3 K4"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "wanted"), ATTACHED, ids=[row[0][:50] for row in ATTACHED])
def test_a_pinpoint_belongs_to_the_document_beside_it(text: str, words: str, wanted: str) -> None:
    [mention] = [m for found, m in cited(text) if found == words]
    assert "; ".join(label(p) for p in mention.provisions) == wanted


DECREE = """CHÍNH PHỦ
Số: 77/2025/NĐ-CP
Hà Nội, ngày 01 tháng 4 năm 2025
NGHỊ ĐỊNH
Quy định thẩm quyền xác lập quyền sở hữu toàn dân

Điều 3. Phân cấp thẩm quyền
1. Ủy ban nhân dân tỉnh quyết định đối với nhà, đất.
2. Sở Tài chính quyết định đối với tài sản khác, trừ trường hợp quy định tại khoản 1 Điều này.
a) Tài sản là xe ô tô;
b) Tài sản quy định tại điểm a khoản này và khoản 2 Điều 4.
Điều 4. Hiệu lực
1. Nghị định này có hiệu lực từ ngày ký.
2. Bộ Tài chính hướng dẫn Điều này và các khoản 1, 2 Điều 3.
Nơi nhận:
- Như Điều 4;
"""

INTERNAL = [
    ("khoản 1 Điều này", "Đ3 K1"),
    ("điểm a khoản này và khoản 2 Điều 4", "Đ3 K2 a; Đ4 K2"),
    ("Điều này và các khoản 1, 2 Điều 3", "Đ4; Đ3 K1; Đ3 K2"),
]


def test_pinpoints_without_a_document_point_into_this_one() -> None:
    found = [(words, "; ".join(label(p) for p in m.provisions)) for words, m in cited(DECREE) if m.kind == "internal"]
    assert found == INTERNAL


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        pytest.param("Nơi nhận: - Bộ Tư pháp; - Như Điều 4; - Lưu: VT.", [], id="recipients on one line"),
        pytest.param("3. Trình tự thực hiện như Điều 4.", ["Điều 4"], id="a comparison"),
    ],
)
def test_an_article_of_the_recipients_is_no_reference(line: str, wanted: list[str]) -> None:
    found = [words for words, m in cited(DECREE.partition("Nơi nhận:")[0] + line) if m.kind == "internal"]
    assert found[len(INTERNAL) :] == wanted
    assert {m.ref_base for _, m in cited(DECREE) if m.kind == "internal"} == {"own"}


AMENDING = """QUỐC HỘI
Luật số: 71/2025/QH15
LUẬT
SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT QUY HOẠCH
Điều 1. Sửa đổi, bổ sung một số điều của Luật Quy hoạch số 21/2017/QH14
1. Bổ sung khoản 3 vào sau khoản 2 Điều 66 như sau:
“3. Chính phủ quy định chi tiết khoản 1 và khoản 2 Điều này.”.
2. Sửa đổi, bổ sung một số khoản của Điều 20 như sau:
a) Sửa đổi, bổ sung khoản 4 như sau:
“4. Cơ quan quy định tại khoản 1 Điều này chịu trách nhiệm.”;
b) Bãi bỏ khoản 5.
3. Bổ sung Điều 27a sau Điều 27 như sau:
“Điều 27a. Công bố
1. Việc công bố thực hiện theo khoản 2 Điều này.
2. Thời hạn công bố là 15 ngày.”.
Điều 2. Hiệu lực thi hành
Quy định tại khoản 2 Điều 1 của Luật này có hiệu lực từ ngày 01 tháng 7 năm 2025.
"""

INSTRUCTED = [
    ("khoản 3", "Đ66 K3", "inherited", "amends"),
    ("khoản 2 Điều 66", "Đ66 K2", "inherited", "cites"),
    ("khoản 1 và khoản 2 Điều này", "Đ66 K1; Đ66 K2", "quoted_host", "cites"),
    ("Điều 20", "Đ20", "inherited", "amends"),
    ("khoản 4", "Đ20 K4", "inherited", "amends"),
    ("khoản 1 Điều này", "Đ20 K1", "quoted_host", "cites"),
    ("khoản 5", "Đ20 K5", "inherited", "repeals"),
    ("Điều 27a", "Đ27a", "inherited", "amends"),
    ("Điều 27", "Đ27", "inherited", "cites"),
    ("khoản 2 Điều này", "Đ27a K2", "quoted_host", "cites"),
]


def test_pinpoints_of_an_amending_law() -> None:
    found = [
        (words, "; ".join(label(p) for p in m.provisions), m.ref_base, m.relation)
        for words, m in cited(AMENDING)
        if m.kind == "internal"
    ]
    assert found == INSTRUCTED


def test_pinpoints_of_an_amending_law_lean_on_the_amended_one() -> None:
    mentions = cited(AMENDING)
    [amended] = {m.target for words, m in mentions if m.kind == "internal"}
    assert amended == next(m.target for words, m in mentions if "21/2017" in words)


@pytest.mark.parametrize("kind", ["KẾ HOẠCH", "BÁO CÁO"])
def test_an_article_in_a_plan_or_report_is_no_reference_of_its_own(kind: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\nSố: 12/KH-UBND\n{kind}\nThực hiện theo Điều 5 nêu trên và mục 2 Phần I."
    assert [words for words, m in cited(text) if m.kind == "internal"] == []


def test_quotations_of_several_paragraphs_and_of_words() -> None:
    text = (
        "1. Điều 22 được sửa đổi như sau:\n“Điều 22. Uỷ ban\n1. Thẩm tra “dự án”;\n2. Giám sát.”.\n"
        "2. Thay từ “a” bằng “b”."
    )
    regions = [text[start:end] for start, end in quoted_regions(text)]
    assert regions == ["Điều 22. Uỷ ban\n1. Thẩm tra “dự án”;\n2. Giám sát.", "a", "b"]


def test_a_place_gives_what_the_words_leave_out() -> None:
    assert [label(p) for p in provisions("điểm a", Place("4", "2"))] == ["Đ4 K2 a"]


@given(st.lists(st.integers(1, 300), min_size=1, max_size=6, unique=True))
def test_every_article_of_a_list_is_read(articles: list[int]) -> None:
    words = "các điều " + ", ".join(map(str, articles))
    assert [p.dieu for p in provisions(words)] == [str(n) for n in articles]


@given(st.text(alphabet="khoảnđiểmĐiều 12a,.và\n“”", max_size=150))
def test_no_text_stops_the_readers(text: str) -> None:
    for pin in scan_pinpoints(text):
        assert 0 <= pin.start < pin.end <= len(text)
        provisions(text[pin.start : pin.end])
    for start, end in quoted_regions(text):
        assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Điều 1. Sửa đổi, bổ sung Thông tư số 08/2013/TT-BNV\n1. Sửa đổi khoản 3 Điều 2 như sau:\n“Thời gian"
            " quy định tại điểm a khoản 1 Điều này:\na) Theo Luật Viên chức;\nb) Theo Thông tư này.”\n"
            "2. Bãi bỏ khoản 4 Điều 2.",
            ["điểm a khoản 1 Điều này", "Luật Viên chức", "Thông tư này"],
        ),
        (
            "Điều 1. Sửa đổi, bổ sung Thông tư số 08/2013/TT-BNV\n1. Thay cụm từ “Luật Viên chức” bằng “Luật Cán bộ”."
            "\n2. Thông tư này có hiệu lực từ ngày ký.",
            ["Luật Viên chức", "Luật Cán bộ"],
        ),
        ("Điều 1. Thông tư này hướng dẫn “Luật Viên chức và các quy định liên quan” cho cán bộ.", []),
    ],
    ids=["a quotation below a colon", "words of an instruction", "no amending document"],
)
def test_what_goes_into_another_document_is_quoted(text: str, quoted: list[str]) -> None:
    head = "BỘ NỘI VỤ\nSố: 03/2021/TT-BNV\n\nTHÔNG TƯ\nSửa đổi thông tư\n\n"
    assert [words for words, mention in cited(head + text) if mention.quoted] == quoted


def test_a_clause_of_a_quotation_below_a_colon_is_the_amended_documents() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung Thông tư số 08/2013/TT-BNV\n1. Sửa đổi khoản 3 Điều 2 như sau:\n“Thời gian kéo dài"
        " quy định tại điểm a khoản 1 Điều này:\na) Theo thời gian;\nb) Theo khoản này.”\n2. Bãi bỏ khoản 4 Điều 2."
    )
    inside = [(m.target, label(m.provisions[0])) for _, m in cited(text) if m.ref_base == "quoted_host"]
    assert inside == [("08/2013/TT-BNV", "Đ2 K1 a"), ("08/2013/TT-BNV", "Đ2 K3")]
