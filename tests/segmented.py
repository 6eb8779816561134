"""Segmenting a few words of text, and the letterhead that the tests of copies put above them."""

from __future__ import annotations

from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import HeaderDraft, Segmentation, segment

HEAD = """\
BỘ Y TẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1234/QĐ-BYT
Hà Nội, ngày 15 tháng 3 năm 2025

"""


def segmented(text: str, knowledge: Knowledge) -> Segmentation:
    """Return the segmentation of `text`."""
    return segment(Document(text=text), knowledge)


def header_of(text: str, knowledge: Knowledge) -> HeaderDraft:
    """Return the header of the first document in `text`."""
    return segmented(text, knowledge).parts[0].header
