"""Reading the tasks of a few words of text, as the tests of tasks compare them, and the letters they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from vnlegal.agencies import find_agencies
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment
from vnlegal.tasks import ActorFound, TaskFound, find_tasks

OFFICE_LETTER = """\
VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 11/VPCP-CN
Hà Nội, ngày 20 tháng 11 năm 2025

Kính gửi: Bộ Xây dựng.

{}

Nơi nhận:
- Như trên;
- Lưu: VT.
"""
PROVINCE_LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1120/UBND-TH
V/v quản lý chợ
Nghệ An, ngày 20 tháng 11 năm 2025

Kính gửi: Sở Công Thương.

{}

Nơi nhận:
- Như trên;
- Lưu: VT.
"""
DECISION = """\
ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {}
Nghệ An, ngày 22 tháng 5 năm 2026

QUYẾT ĐỊNH
Về việc quản lý chợ

Điều 1. Ban hành kèm theo Quyết định này Quy định quản lý chợ.

{}

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
"""
# Numbers of decisions: on rules with the year, on one matter without
OF_RULES, OF_ONE = "12/2026/QĐ-UBND", "1255/QĐ-UBND"


def tasks_of(text: str, knowledge: Knowledge) -> list[tuple[str, TaskFound]]:
    """Return the tasks of a document with their words."""
    segmentation = segment(Document(text=text), knowledge)
    flow = segmentation.flow.text
    found = find_tasks(segmentation, find_agencies(segmentation, knowledge), [], knowledge)
    return [(flow[task.start : task.end], task) for task in found]


def told(text: str, knowledge: Knowledge) -> list[tuple[str, list[str]]]:
    """Return what a document tells to be done, and who is told."""
    return [(words, names(task.leads)) for words, task in tasks_of(text, knowledge)]


def names(actors: Iterable[ActorFound]) -> list[str]:
    """Return the canonical names of `actors`."""
    return [actor.canonical for actor in actors]
