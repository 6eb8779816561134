"""Relations of a document to those it cites: by the words before, by the place, by who speaks; and how finds merge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.find import merge
from vnlegal.knowledge import load_knowledge
from vnlegal.records import Document
from vnlegal.segment import segment

KNOWN = load_knowledge()

CIRCULAR = """BỘ TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/2026/TT-BTC
Hà Nội, ngày 29 tháng 4 năm 2026
THÔNG TƯ
{title}
{bases}
Bộ trưởng Bộ Tài chính ban hành Thông tư quy định về quản lý tài sản công.
Điều 1. Phạm vi điều chỉnh
{scope}
Điều 2. Hiệu lực thi hành
1. Thông tư này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2026.
{force}
"""

LETTER = """BỘ TÀI CHÍNH
Số: 1234/BTC-QLCS
{title}
Hà Nội, ngày 29 tháng 4 năm 2026
Kính gửi: Bộ Công Thương
{body}
"""


def relations(text: str) -> dict[str, str | None]:
    """Return the relation of each cited number (or name) that is not the document's own."""
    segmentation = segment(Document(text=text), KNOWN)
    found = find_citations(segmentation, find_agencies(segmentation, KNOWN), KNOWN)
    flow = segmentation.flow.text
    out: dict[str, str | None] = {}
    for m in found:
        if m.kind not in ("self", "internal", "anaphora"):
            out.setdefault(m.number or flow[m.start : m.end], m.relation)
    return out


def circular(title: str = "Quy định về quản lý tài sản công", bases: str = "", scope: str = "", force: str = "") -> str:
    return CIRCULAR.format(title=title, bases=bases, scope=scope, force=force)


BASES = [
    ("Căn cứ Nghị định số 29/2025/NĐ-CP ngày 24 tháng 02 năm 2025 của Chính phủ;", {"29/2025/NĐ-CP": "issued_under"}),
    (
        "Căn cứ Luật Việc làm số 38/2013/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 41/2024/QH15;",
        {"38/2013/QH13": "issued_under", "41/2024/QH15": "issued_under"},
    ),
    (
        "Căn cứ Luật Xử lý vi phạm hành chính số 15/2012/QH13 được sửa đổi, bổ sung bởi Luật số 54/2014/QH13, Luật số "
        "18/2017/QH14 và Luật số 67/2020/QH14;",
        dict.fromkeys(("15/2012/QH13", "54/2014/QH13", "18/2017/QH14", "67/2020/QH14"), "issued_under"),
    ),
    (
        "Căn cứ Nghị định số 39/2018/NĐ-CP ngày 11 tháng 3 năm 2018 của Chính phủ quy định chi tiết một số điều của "
        "Nghị quyết số 30/2021/QH15;",
        {"39/2018/NĐ-CP": "issued_under", "30/2021/QH15": "cites"},
    ),
    (
        "Căn cứ thông báo ý kiến của Bộ Chính trị tại văn bản số 1789-CV/VPTW ngày 11 tháng 9 năm 2021 và văn bản số "
        "1911-CV/VPTW ngày 23 tháng 9 năm 2021 của Văn phòng Trung ương Đảng;",
        {"1789-CV/VPTW": "issued_under", "1911-CV/VPTW": "issued_under"},
    ),
    ("Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 227/TTr-STC;", {"227/TTr-STC": "cites"}),
]


@pytest.mark.parametrize(("line", "wanted"), BASES, ids=[row[0][:60] for row in BASES])
def test_bases(line: str, wanted: dict[str, str]) -> None:
    assert relations(circular(bases=line)) == wanted


TITLES = [
    (
        "Sửa đổi, bổ sung một số điều của Thông tư số 29/2020/TT-BTC ngày 17 tháng 4 năm 2020",
        "29/2020/TT-BTC",
        "amends",
    ),
    ("Quy định chi tiết một số điều của Nghị định số 88/2025/NĐ-CP", "88/2025/NĐ-CP", "implements"),
    ("Quy định chi tiết và hướng dẫn thi hành Nghị định số 88/2025/NĐ-CP", "88/2025/NĐ-CP", "implements"),
    ("Hướng dẫn thi hành Nghị định số 88/2025/NĐ-CP", "88/2025/NĐ-CP", "guides"),
    ("Bãi bỏ Thông tư số 55/2010/TT-BTC", "55/2010/TT-BTC", "repeals"),
    ("Đính chính Thông tư số 17/2022/TT-BTC", "17/2022/TT-BTC", "corrects"),
]


@pytest.mark.parametrize(("title", "number", "relation"), TITLES, ids=[row[0][:50] for row in TITLES])
def test_titles(title: str, number: str, relation: str) -> None:
    assert relations(circular(title=title))[number] == relation


SPOKEN = [
    ("scope", "Thông tư này quy định chi tiết khoản 2 Điều 5 của Nghị định số 88/2025/NĐ-CP.", "implements"),
    ("scope", "Thông tư này hướng dẫn một số điều của Nghị định số 88/2025/NĐ-CP.", "guides"),
    ("force", "2. Thông tư này thay thế Thông tư số 88/2020/TT-BTC ngày 2 tháng 3 năm 2020.", "replaces"),
    ("force", "2. Bãi bỏ Thông tư số 88/2020/TT-BTC.", "repeals"),
    ("force", "2. Bãi bỏ khoản 3 Điều 4 Thông tư số 88/2020/TT-BTC.", "repeals"),
    ("force", "2. Thông tư số 88/2020/TT-BTC hết hiệu lực kể từ ngày Thông tư này có hiệu lực.", "repeals"),
    ("force", "2. Các văn bản sau đây hết hiệu lực:\na) Thông tư số 88/2020/TT-BTC;", "repeals"),
    ("force", "2. Thay thế cụm từ “a” bằng cụm từ “b” tại khoản 2 Điều 8 Thông tư số 88/2020/TT-BTC.", "amends"),
    ("scope", "Thông tư số 88/2020/TT-BTC sửa đổi Quyết định đã ban hành.", "cites"),
    ("scope", "Quy định tại Thông tư này và các văn bản hướng dẫn Nghị định số 88/2025/NĐ-CP.", "cites"),
    ("scope", "Luật này thay thế Luật số 88/2020/QH14.", "cites"),
    ("scope", "Giấy phép cấp theo Thông tư số 88/2020/TT-BTC được sử dụng đến khi hết hiệu lực.", "executes"),
]


@pytest.mark.parametrize(("place", "words", "relation"), SPOKEN, ids=[row[1][:60] for row in SPOKEN])
def test_what_a_document_says_of_itself(place: str, words: str, relation: str) -> None:
    found = relations(circular(**{place: words}))
    assert next(r for number, r in found.items() if number.startswith("88/")) == relation


def test_a_list_goes_on_with_its_head() -> None:
    words = "2. Thông tư này thay thế Thông tư số 1/2020/TT-BTC ngày 2/3/2020 và Thông tư số 2/2021/TT-BTC."
    assert relations(circular(force=words)) == {"1/2020/TT-BTC": "replaces", "2/2021/TT-BTC": "replaces"}


def test_a_title_inside_a_list_does_not_speak() -> None:
    words = (
        "2. Bãi bỏ Thông tư số 1/2020/TT-BTC hướng dẫn thi hành Nghị định số 5/2019/NĐ-CP và Thông tư số 2/2021/TT-BTC."
    )
    assert relations(circular(force=words)) == {
        "1/2020/TT-BTC": "repeals",
        "5/2019/NĐ-CP": "cites",
        "2/2021/TT-BTC": "repeals",
    }


LETTERS = [
    ("V/v góp ý", "Trả lời Công văn số 6598/BKHCN-CN ngày 12 tháng 11 năm 2025", "replies_to"),
    ("V/v góp ý", "Bộ Tài chính nhận được Công văn số 6598/BKHCN-CN ngày 12/11/2025", "replies_to"),
    ("V/v hướng dẫn thực hiện Nghị định số 6598/2025/NĐ-CP", "", "guides"),
    ("V/v báo cáo", "Thực hiện Nghị quyết số 6598/NQ-CP ngày 23/7/2025 của Chính phủ", "executes"),
    ("V/v báo cáo", "các nhiệm vụ được giao tại Quyết định số 6598/QĐ-TTg", "assigned_by"),
    ("V/v báo cáo", "Chính phủ đã ban hành Nghị định số 6598/2024/NĐ-CP", "cites"),
    ("V/v báo cáo", "Sớm ban hành Thông tư sửa đổi, bổ sung Thông tư số 6598/2021/TT-BTC", "cites"),
    ("V/v báo cáo", "Quyết định này ngày 15/5/2025 thay thế Quyết định số 6598/QĐ-TTg", "cites"),
]


@pytest.mark.parametrize(("title", "body", "relation"), LETTERS, ids=[(row[1] or row[0])[:60] for row in LETTERS])
def test_letters(title: str, body: str, relation: str) -> None:
    found = relations(LETTER.format(title=title, body=body))
    assert next(r for number, r in found.items() if number.startswith("6598")) == relation


def test_a_consolidated_text_consolidates() -> None:
    text = """BỘ TÀI CHÍNH
Số: 03/VBHN-BTC
Hà Nội, ngày 10 tháng 3 năm 2026
NGHỊ ĐỊNH
Quy định chi tiết Luật Thuế giá trị gia tăng
Nghị định số 181/2025/NĐ-CP ngày 01 tháng 7 năm 2025 của Chính phủ, có hiệu lực kể từ ngày 01 tháng 7 năm 2025, \
được sửa đổi, bổ sung bởi:
Nghị định số 359/2025/NĐ-CP ngày 31 tháng 12 năm 2025 của Chính phủ, có hiệu lực kể từ ngày 01 tháng 01 năm 2026.
Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;
"""
    found = relations(text)
    assert {found["181/2025/NĐ-CP"], found["359/2025/NĐ-CP"]} == {"consolidates"}
    assert found["63/2025/QH15"] == "issued_under"


# ---- finds that overlap ----


def mention(start: int, end: int, kind: str = "named", **fields: object) -> Mention:
    return Mention(start, end, kind, "test", **fields)  # type: ignore[arg-type]


MERGED = [
    ("nested stays", [mention(0, 30), mention(10, 20)], [(0, 30), (10, 20)]),
    ("repeated: the stronger kind", [mention(0, 9, "short"), mention(0, 9, "alias")], [(0, 9)]),
    ("crossing: the longer", [mention(0, 10), mention(5, 30)], [(5, 30)]),
    ("a title cut inside a number reaches to its end",
     [mention(0, 12, "alias"), mention(8, 20, "numbered", number="1/A")], [(0, 20), (8, 20)]),
    ("disjoint stay", [mention(20, 30), mention(0, 10)], [(0, 10), (20, 30)]),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "spans"), [row[1:] for row in MERGED], ids=[row[0] for row in MERGED])
def test_merging(mentions: list[Mention], spans: list[tuple[int, int]]) -> None:
    assert [(m.start, m.end) for m in merge(mentions)] == spans


def test_of_two_kinds_of_the_same_words_the_alias_stays() -> None:
    [kept] = merge([mention(0, 9, "short"), mention(0, 9, "alias")])
    assert kept.kind == "alias"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=14))
def test_merged_spans_nest_or_are_disjoint(spans: list[tuple[int, int]]) -> None:
    kept = merge([mention(start, start + size) for start, size in spans])
    for n, a in enumerate(kept):
        for b in kept[n + 1 :]:
            nested = a.start <= b.start and b.end <= a.end
            assert nested or b.start >= a.end


@pytest.mark.parametrize(
    ("body", "relation"),
    [
        (
            "Ngày 3/4/2026, Sở Y tế đã có Công văn số 123/SYT-KH gửi Bộ Tài chính đề nghị hướng dẫn. Về việc này,"
            " Bộ Tài chính có ý kiến như sau:",
            "replies_to",
        ),
        ("Sở Y tế đã có Công văn số 123/SYT-KH gửi các bệnh viện. Đề nghị quý Bộ phối hợp.", "cites"),
        ("Xét đề nghị tại Công văn số 123/SYT-KH, Bộ Tài chính có ý kiến như sau:", "cites"),
    ],
    ids=["answered", "told of only", "considered"],
)
def test_a_letter_that_goes_on_to_answer_another_replies_to_it(body: str, relation: str) -> None:
    found = relations(LETTER.format(title="V/v hướng dẫn", body=body))
    assert found["123/SYT-KH"] == relation
