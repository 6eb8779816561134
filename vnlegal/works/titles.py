"""The title that follows a number: "Nghị định số 31/2021/NĐ-CP ngày … của Chính phủ quy định chi tiết …"."""

from __future__ import annotations

import re

_DAY = r"(?:,? ?(?:ban hành |ký )?ngày \d{1,2}(?: tháng |/|-)\d{1,2}(?: năm |/|-)\d{4})?"
_VERBS = (
    r"(?:về|quy định|sửa đổi|hướng dẫn|ban hành|phê duyệt|bãi bỏ|phân loại|tổ chức|thí điểm|xử phạt|công bố|quy chế)"
)
_ISSUER = rf"(?:,? (?:của|do) (?:(?!{_VERBS} )[^;.,\n]){{3,90}}?)?"
_OPENING = re.compile(rf"{_DAY}{_ISSUER} (?={_VERBS} )")
_STOP = re.compile(
    r"[;(:]|\.(?: |$)|$|,? (?:đã |đang )?(?:được|bị) (?:sửa|bổ|thay|bãi)|, (?:có hiệu lực|hết|trừ|cụ thể)"
    r"|,? và (?:Nghị định|Thông tư|Quyết định|Nghị quyết|các)\b|, (?:Nghị định|Thông tư|Quyết định|Nghị quyết) số"
    r"| hết hiệu lực| có hiệu lực| như sau| thì | là "
)
_REACH = 420  # code points behind the number
_LONGEST = 240
_SHORTEST = 12


def title_after(text: str, at: int) -> str | None:
    """Return the title of the document whose number ends at `at`, on one line; None where none follows, or no end."""
    words = text[at : at + _REACH]
    line = " ".join(words.split())
    line = f" {line}" if words[:1].isspace() else line
    opening = _OPENING.match(line)
    if opening is None:
        return None
    stop = _STOP.search(line, opening.end())
    cut = len(words) == _REACH and (stop is None or stop.start() >= len(line) - 1)
    title = line[opening.end() : stop.start() if stop is not None else len(line)].strip(" ,.")
    return title if not cut and _SHORTEST <= len(title) <= _LONGEST else None
