"""Copies that hold a whole document in one line: where its parts begin, so that the line counts as several.

Only a line is cut that begins with a letterhead, whose date shows it, and is far longer than one: what stands in it is
told by the signs that open a part of a document (Nghị định 30/2020/NĐ-CP, Phụ lục I), and by the labels of lists.
"""

from __future__ import annotations

import re

from vnlegal.text import LOWER, UPPER

_REACH = 2_000
_LEAST = 600
_DATE = re.compile(r"ngày ?\d{1,2} ?tháng ?\d{1,2} ?năm ?\d{4}")
_ISSUER = re.compile(rf"(?P<page>\d{{1,2}}\. )?[{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{2,}}")
_NAME = rf"[{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]+){{0,4}}"
_KIND = (
    r"(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ|THÔNG BÁO|KẾ HOẠCH|CHỈ THỊ|CÔNG ĐIỆN|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN"
    r"|KẾT LUẬN|CHƯƠNG TRÌNH)"
)
# Where a part of the head begins or ends.
_HEAD = re.compile(
    r"(?=CỘNG H[OÒ][AÀ] XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập [-–] Tự do)"
    r"|(?<=Hạnh phúc)|(?<=CHỦ NGHĨA VIỆT NAM)|(?<=CỘNG SẢN VIỆT NAM)"
    rf"|(?=Số ?: ?\d)|(?:(?:TP|Tp)\. ?)?{_NAME}, ?ngày ?\d|(?<=năm (?:19|20)\d\d)(?= ?[{UPPER}])"
    rf"|(?=V/v )|(?=Kính gửi ?:)|(?<=năm (?:19|20)\d\d ){_KIND}"
)
_OPENING = re.compile(
    r" (?=(?:Trả lời|Phúc đáp|Căn cứ|Thực hiện|Theo|Vừa qua|Sau khi|Ngày \d|Để |Trong|Hiện nay|Tiếp theo|Xét)[ ,])"
)
_KIND_ENDS = re.compile(rf"(?<=năm (?:19|20)\d\d ){_KIND}(?=[ {UPPER}])")
# Who decides stands in capitals between the title and the bases.
_WHO_DECIDES = re.compile(
    r"(?<= )(?:BỘ TRƯỞNG|CHỦ TỊCH|[ỦU][YỶ] BAN NHÂN DÂN|THỦ TƯỚNG|CHÍNH PHỦ|HỘI ĐỒNG NHÂN DÂN|GIÁM ĐỐC|THỐNG ĐỐC"
    r"|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|BAN THƯỜNG VỤ|BAN BÍ THƯ) "
)
_BASIS = re.compile(rf"(?<=[;,\- {UPPER}])(?:- )?(?:Căn cứ|Theo đề nghị) ")
# Where the bases, what is decided, a heading, an item or the foot begins.
_BODY = re.compile(
    rf"(?<=[;,:\-{UPPER}])(?= ?(?:- )?(?:Căn cứ|Xét đề nghị|Theo đề nghị) )"
    r"|(?= (?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT)(?: ?:| Điều 1\.))"
    rf"|(?<=[.;:{UPPER}])(?= \d{{1,2}}(?:\.\d{{1,2}})*\.? [{UPPER}][{LOWER}])"
    rf"|(?<=[.;:,])(?= (?:[a-zđ]\)|[-–+]) [{UPPER}])"
    rf"|(?= [IVX]{{1,4}}\. [{UPPER}]{{2}})|(?= (?:Chương|CHƯƠNG|MỤC|PHẦN) [IVX\d]+[.:]? [{UPPER}]{{2}})"
    rf"|(?= Nơi nhận ?:)|(?= (?:TM|KT|TL|TUQ)\. ?[{UPPER}]{{2}})"
)
_SIGNED = re.compile(rf" \((?:Đã|đã) ký\)(?P<name> {_NAME})?")


def run_on_cuts(text: str) -> list[int]:
    """Return where to cut the line that holds a document from its letterhead on; [] for a text of usual lines."""
    date = _DATE.search(text, 0, _REACH)
    if date is None:
        return []
    begin = text.rfind("\n", 0, date.start()) + 1
    end = text.find("\n", begin)
    end = len(text) if end < 0 else end
    begin += len(text[begin:end]) - len(text[begin:end].lstrip())
    issuer = _ISSUER.match(text, begin, date.start())
    if issuer is None or end - date.end() < _LEAST:
        return []
    cuts = {begin + len(issuer["page"] or "")}
    head_ends = _head_end(text, date.end(), end)
    cuts.update(found.start() for found in _HEAD.finditer(text, begin, head_ends))
    cuts.update(found.end() for found in _KIND_ENDS.finditer(text, begin, head_ends))
    cuts.update([found.start() for found in _WHO_DECIDES.finditer(text, date.end(), head_ends)][-1:])
    cuts.update(found.start() for found in _BODY.finditer(text, head_ends, end))
    for signed in _SIGNED.finditer(text, head_ends, end):
        cuts.update((signed.start(), signed.end(), signed.start("name") if signed["name"] else signed.end()))
    cuts.add(head_ends)
    return sorted(cuts - {begin, end})


def _head_end(text: str, date: int, end: int) -> int:
    """Return where the head ends whose date ends at `date`: behind the addressees, before the bases, at the date."""
    reach = min(end, date + _REACH)
    addressed = text.find("Kính gửi", date, reach)
    if addressed < 0:
        based = _BASIS.search(text, date, reach)
        return based.start() if based else date
    found = _OPENING.search(text, addressed, min(end, addressed + _REACH))
    return found.start() if found else addressed
