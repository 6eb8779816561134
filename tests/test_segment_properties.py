"""What holds for the outline of every text: spans slice back, writing variants move no unit, time grows with length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.records import Document
from vnlegal.segment import Segmentation, segment

KNOWLEDGE = load_knowledge(None)
SAMPLES = sorted((ROOT / "corpora" / "gold").glob("*.txt"))

LINES = st.sampled_from(
    [
        "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/KH-UBND", "Hà Giang, ngày 3 tháng 4 năm 2024",
        "KẾ HOẠCH", "Kính gửi: Sở Y tế", "Căn cứ Luật Đất đai;", "I. MỤC ĐÍCH", "1. Sở Y tế chủ trì", "a) Rà soát;",
        "b) Báo cáo", "(1) một;", "(i) hai.", "- Ba", "+ Bốn", "Điều 1. Phạm vi", "Điều 2.", "Chương I", "“Điều 4. Sửa",
        "văn bản này có hiệu lực", "quy định tại khoản", "| TT | Việc |", "| --- | --- |", "| 1 | làm |", "|", "",
        "Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn An", "PHỤ LỤC I", "[1] Ghi chú", "họp[1] tại",
        "**Đậm**", "* một", "\f", "3", "— 7 —", "\t<p>x</p>\t", "</table>", "¹ chú", "”", "“", "((((", "x" * 90,
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=40).map("\n".join)


def cut(text: str) -> Segmentation:
    return segment(Document(text=text), KNOWLEDGE)


def shape(found: Segmentation) -> list[tuple[str, str | None, int, int, str]]:
    return [(u.kind, u.marker, u.parent, u.part, found.flow.text[u.start : u.end]) for u in found.units]


def hold(text: str) -> None:
    found = cut(text)
    flow = found.flow.text
    assert "\r" not in flow
    assert "  " not in flow
    for n, unit in enumerate(found.units):
        assert 0 <= unit.start <= unit.body <= unit.end <= len(flow)
        assert 0 <= unit.raw_start <= unit.raw_end <= len(text)
        assert unit.parent < len(found.units)
        assert unit.parent != n
        assert 0 <= unit.part < max(len(found.parts), 1)
        start, end = found.flow.span(unit.start, unit.end)
        assert 0 <= start <= end <= len(text)
        if unit.marker and unit.kind in ("item", "article", "heading"):
            assert flow[unit.start : unit.end].lstrip('“"‘« ').startswith(unit.marker)
    for table in found.tables:
        for row in table.rows:
            assert len(row) <= max(len(table.header), len(row))
            for cell in row:
                assert 0 <= cell.start <= cell.end <= len(flow)
    for note in found.footnotes:
        assert -1 <= note.anchor <= len(flow)
        assert found.units[note.unit].kind == "footnote"


@given(TEXTS)
@settings(deadline=None)
def test_every_span_lies_in_the_text(text: str) -> None:
    hold(text)


@given(st.text(alphabet='Điều 1.a)(-+*|\n\t\r“”"<>/pbr[]¹IVX;:Ủy\u0301\u200b\u00ad\ufeff#_\\', max_size=200))
@settings(deadline=None)
def test_every_string_is_cut(text: str) -> None:
    hold(text)


@given(TEXTS)
@settings(deadline=None)
def test_line_ends_and_composition_move_no_unit(text: str) -> None:
    plain = shape(cut(text))
    for variant in (text.replace("\n", "\r\n"), unicodedata.normalize("NFD", text), "\ufeff" + text):
        assert shape(cut(variant)) == plain


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


VARIANTS = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "nfd": nfd,
    "bom": lambda text: "\ufeff" + text,
    "nbsp": lambda text: text.replace(" ", "\u00a0"),
    "two-blanks": lambda text: text.replace(" ", "  "),
    "blanks-at-line-ends": lambda text: text.replace("\n", "  \n"),
    "zero-width": lambda text: text.replace(" ", " \u200b"),
    "soft-hyphens": lambda text: text.replace("nh", "n\u00adh"),
    "old-line-ends": lambda text: text.replace("\n", "\r"),
}
LETTER = """\
ỦY BAN NHÂN DÂN TỈNH HÀ GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Hà Giang, ngày 03 tháng 4 năm 2024

KẾ HOẠCH
Phòng, chống hạn hán năm 2024

Căn cứ Luật Phòng, chống thiên tai ngày 19 tháng 6 năm 2013;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
1. Bảo đảm nước sinh hoạt cho nhân dân.
2. Giảm thiệt hại:
a) Về người;
b) Về của.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường[1] chủ trì, báo cáo trước ngày 15/5/2024.
- Các huyện phối hợp.

| TT | Nhiệm vụ | Cơ quan |
| --- | --- | --- |
| 1 | Rà soát hồ chứa | Chi cục Thủy lợi |

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An

PHỤ LỤC
DANH MỤC HỒ CHỨA
(Kèm theo Kế hoạch số 15/KH-UBND)
1. Hồ Noong
"""


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
@pytest.mark.parametrize("path", [None, *SAMPLES], ids=lambda path: path.stem if path else "letter")
def test_ways_of_writing_move_no_unit(path: object, variant: str) -> None:
    text = LETTER if path is None else path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")  # type: ignore[attr-defined]
    plain = cut(text)
    written = VARIANTS[variant](text)
    other = cut(written)
    assert shape(other) == shape(plain)
    assert [table.header for table in other.tables] == [table.header for table in plain.tables]
    for unit in other.units[::7]:
        start, end = other.flow.span(unit.start, unit.end)
        if unit.kind in ("item", "article", "heading") and variant == "crlf":
            words = plain.flow.span(unit.start, unit.end)
            assert written[start:end].replace("\r\n", "\n") == text[words[0] : words[1]]


N = 3_000
LONG = {
    "blanks": " " * 5,
    "brackets": "(",
    "markers": "a) ",
    "items": "(1) ",
    "articles": "Điều 1. ",
    "quotes": "“Điều 1. x\n",
    "bars": "|\n",
    "cells": "| x ",
    "nested": "- x\n(1) y\na) z\n",
    "dots": ".",
    "stars": "**",
    "calls": "x[1] ",
    "rules": "---\n",
    "annexes": "PHỤ LỤC I\n",
    "names": "TM. CHÍNH PHỦ\nNguyễn Văn An\n",
    "empty": "\n",
    "capitals": "QUY ĐỊNH\n",
    "tags": "<p>",
    "pages": "1\f",
}


@pytest.mark.parametrize("piece", LONG, ids=str)
def test_time_grows_with_length(piece: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        cut(text)
        return time.process_time() - start

    short = LONG[piece] * N
    small, large = (min(seconds(text) for _ in range(2)) for text in (short, short * 8))
    assert large < 24 * max(small, 0.05)


def test_empty_texts(knowledge: Knowledge) -> None:
    for text in ("", "\n", " ", "\ufeff", "\r\n\r\n", "\u200b"):
        found = segment(Document(text=text), knowledge)
        assert found.flow.text.strip() == ""
        assert all(unit.kind != "body" for unit in found.units)
