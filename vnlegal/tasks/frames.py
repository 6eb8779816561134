"""What the outline hands down: who is told, in what tone, and whether a list under a heading is a list of tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from vnlegal.records import Modality
from vnlegal.tasks.model import ActorFound, DeadlineFound

Mode = Literal["none", "off", "told", "open"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a unit through its place in the outline.

    `mode`: none (no task is read), off (only explicit orders), told (a body and a role, modal or cue), open (also a
    body with a verb, and a bare verb). `free`: a bare verb needs no body. `section`: "propose" or "report" where a
    heading says so. `deadline` comes from a heading, `list`: an action above governs the items under it; `sister`: an
    item before it in its list orders something from a body; `sequel`: it goes on with the order before it.
    """

    mode: Mode = "told"
    modality: Modality | None = None
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    role: str = ""
    section: str = ""
    free: bool = False
    deadline: DeadlineFound | None = None
    list: bool = False
    sister: bool = False
    sequel: bool = False

    def inherited(self) -> Frame:
        """Return the frame with its bodies marked as named elsewhere."""
        return replace(
            self,
            leads=tuple(replace(a, inherited=True) for a in self.leads),
            coordinators=tuple(replace(a, inherited=True) for a in self.coordinators),
        )


_ORDER_INTRO = re.compile(
    r"(?:yeu cau|chi dao|de nghi|giao|chi thi|phan cong|thuc hien|trien khai|nhiem vu|giai phap|cong viec"
    r"|bien phap|tap trung|trach nhiem)(?:[ ,]+(?:nhu sau|sau day|sau|cu the|tot|mot so|cac|nhung|noi dung|viec))*[ ]*$"
)


# "Phó Thủ tướng Chính phủ Hồ Đức Phớc có ý kiến như sau", "UBND tỉnh có ý kiến chỉ đạo như sau"
_OPINION = re.compile(
    r"(?:thu tuong|chu tich|bo truong|thu truong|bi thu|tong bi thu|thuong truc|lanh dao|dong chi|ubnd|uy ban nhan dan"
    r"|tinh uy|thanh uy|huyen uy|thuong vu)(?!\w)[^.;:]{0,90}"
    r"co ?y ?kien(?: chi dao| ket luan)?(?: ?nhu ?sau| sau)?[ ]*$"
)
# "Các cơ quan, đơn vị sau đây chịu trách nhiệm tổ chức thực hiện Kế hoạch …"
_THESE_SHALL = re.compile(
    r"(?:co quan|don vi|nganh|dia phuong) sau(?: day)? (?:chiu|co) (?:trach nhiem|nhiem vu)(?!\w)[^.;:]*$"
)
# "Bộ Giáo dục và Đào tạo hướng dẫn các cơ sở đào tạo triển khai như sau": offices, not whom they deal with
_GUIDES = re.compile(
    r"huong dan (?:cac |mot so |quy )*(?:co so (?:dao tao|giao duc|y te)|co quan|don vi|so|phong|truong|nha truong"
    r"|dia phuong|uy ban|ubnd|cuc|chi cuc|ban|benh vien|to chuc dang|cap uy)(?!\w)[^.;:]{0,160}(?<!\w)"
    r"(?:trien khai|thuc hien)[^.;:]{0,60}(?:nhu sau|sau day)[ ]*$"
)
_TELLS_INTRO = re.compile(r"(?:huong dan|tra loi|bao cao|thong bao|ket luan|quyet nghi|muc dich|ket qua|tinh hinh)")


def enumerates(low: str, ends: re.Pattern[str]) -> bool:
    """Whether folded words before a colon lead in a list of things. `ends`: the finder of what such words end with."""
    return any(found.end() == len(low) for found in ends.finditer(low, max(0, len(low) - 40)))


def calls_bodies(low: str) -> bool:
    """Whether folded words before a colon say that the bodies listed behind it have duties."""
    return _THESE_SHALL.search(low[-300:]) is not None


def guides_offices(low: str) -> bool:
    """Whether folded words before a colon guide offices, so that what the list says of one is what it has to do."""
    return _GUIDES.search(low[-300:]) is not None


def is_order_intro(low: str) -> bool:
    """Whether folded words before a colon lead in a list of orders."""
    if _OPINION.search(low[-160:]):
        return True
    return bool(_ORDER_INTRO.search(low[-90:])) and not _TELLS_INTRO.search(low[-90:])
