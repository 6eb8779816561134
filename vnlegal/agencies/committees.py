"""Steering committees and task forces: named by their topic once, by "Ban Chỉ đạo" ever after."""

from __future__ import annotations

import re

from vnlegal.knowledge.agencies import AgencyKnowledge

_TOPIC_END = (
    r"(?=[ ]?[.;:()\n“”\"\[]|$|[ ]?[¹²³⁴⁵⁶⁷⁸⁹]|,?(?: và)? (?:do|gồm|để|đã|đang|sẽ|cần|theo|tại|có|được|là|họp|yêu cầu|giao|ngày|chủ trì|phối hợp"
    r"|trong|như|nhằm|trước|khi|tổ chức|làm|và các|ban hành|báo cáo|xem xét|khẩn trương|tiếp tục|tập trung|chủ động|tích cực|kịp thời|chỉ đạo|quyết định|thông báo|trên)(?!\w)"
    r"|, (?:các|[A-ZĐ])|,? (?:Bộ|Sở|UBND|Tổ|Ban|Văn phòng|Cơ quan|Hội đồng|Thủ tướng|Chính phủ) )"
)
_HEAD = re.compile(
    r"(?:Ban [Cc]hỉ đạo|BAN CHỈ ĐẠO|BCĐ|Tổ [Cc]ông tác|TỔ CÔNG TÁC|Tổ [Gg]iúp việc|Tổ [Tt]hường trực|Tiểu ban|Ban [Cc]hỉ huy)(?!\w)"
)
_LEVEL = re.compile(
    r" (?:(?:của )?Chính phủ|[Tt]rung ương|TRUNG ƯƠNG|TW|(?:cấp )?[Qq]uốc gia|QUỐC GIA|liên ngành|các cấp|cấp (?:tỉnh|huyện|xã)|đặc biệt"
    r"|của Thủ tướng Chính phủ|\d{2,4}(?: quốc gia| Quốc gia)?)(?!\w)"
)
_ABOUT = re.compile(rf",? (?:về|VỀ)(?! việc) [^.;:()\n“”\"\[¹²³]{{3,170}}?{_TOPIC_END}")
# A topic without "về". What a committee may also do ("triển khai", "rà soát") is a topic only where a programme follows.
_ACTION = re.compile(
    rf" (?:(?:phòng|cải cách|chuyển đổi số|xóa đói|chống|Phòng|Cải cách|Chuyển đổi số|Chống|Chương trình|Đề án)(?!\w)"
    rf"|(?:triển khai|thực hiện|xây dựng|Xây dựng) (?:Đề án|Chương trình|Nghị quyết|Chiến lược|Kế hoạch|Luật))"
    rf"[^.;:()\n“”\"\[¹²³]{{0,120}}?{_TOPIC_END}"
)
_TASK = re.compile(rf" (?:tháo gỡ|rà soát|thúc đẩy|hỗ trợ|đặc biệt|phối hợp)(?!\w)[^.;:()\n“”\"\[¹²³]{{4,120}}?{_TOPIC_END}")


class Committees:
    """The committees a document has named, to tell which one a bare "Ban Chỉ đạo" is."""

    def __init__(self, text: str, knowledge: AgencyKnowledge) -> None:
        """Begin with none; `text` is looked into for the topic of a committee named only by its level."""
        self._text = text
        self._named: list[str] = []
        self._seen: list[str] = []
        self.last: str | None = None
        self._known = [row for row in knowledge.agencies if row.kind == "committee" and " về " in row.name]

    def read(self, text: str, start: int, date: str | None) -> tuple[int, str] | None:
        """Return (end, canonical) of the committee named at `start`, None if none is."""
        head = _HEAD.match(text, start)
        if head is None:
            return None
        end = head.end()
        level = _LEVEL.match(text, end)
        if level is not None:
            end = level.end()
        topic = _ABOUT.match(text, end)
        if topic is None and not head[0].isupper():
            topic = _ACTION.match(text, end) or (_TASK.match(text, end) if head[0].startswith("Tổ") else None)
        name = _plain(head[0], level[0] if level else "")
        if topic is not None:
            about = re.sub(r"(?: về| và| của| tại| theo)+$", "", " ".join(topic[0].split()))
            full = f"{name} {about.lstrip(', ')}"
            if head[0].startswith(("Ban", "BAN", "BCĐ")):
                full = self._of_government(text, start, full)
                self._named.append(full)
                self.last = full
            return end + len(topic[0].rstrip()) - (len(" ".join(topic[0].split())) - len(about)), full
        if not head[0].startswith(("Ban C", "Ban c", "BAN", "BCĐ")) or name.startswith("Ban Chỉ huy"):
            numbered = re.search(r"\d $", text[max(0, start - 2) : start])
            return (end, name) if level is not None or numbered else None
        if "các cấp" in name or "cấp " in name:
            return end, f"nhóm: {name}"
        found = self._resolve(name, date)
        if found is not None:
            self.last = found
            self._seen.append(found)
        return end, found or name

    def central(self) -> str | None:
        """Return the central committee spoken of, None if there is none."""
        return next((name for name in (self.last, *reversed(self._named), *self._seen) if name and "Trung ương" in name), None)

    def _of_government(self, text: str, start: int, full: str) -> str:
        """Add the founder where the sentence names it: "Chính phủ đã thành lập Ban Chỉ đạo về …"."""
        if " của Chính phủ" in full or "Trung ương" in full or "uốc gia" in full:
            return full
        if re.search(r"(?:Chính phủ|Thủ tướng) (?:đã )?(?:ban hành [^.]{0,60})?thành lập $", text[max(0, start - 90) : start]):
            return full.replace("Ban Chỉ đạo", "Ban Chỉ đạo của Chính phủ", 1)
        return full

    def _resolve(self, name: str, date: str | None) -> str | None:
        """Return the one committee that a name without its topic can mean."""
        if name == "Ban Chỉ đạo":
            return self.last
        same = [full for full in self._named if full.startswith(f"{name} ")]
        if same:
            return same[-1]
        known = [row.name for row in self._known if row.name.startswith(f"{name} về ") and row.valid_from <= (date or "9999")]
        for full in known:
            topic = full.partition(" về ")[2]
            if len(known) == 1 or sum(word in self._text for word in topic.split(", ")) == len(topic.split(", ")):
                return full
        later = re.search(re.escape(name) + r" về [^.;:()\n]{3,170}?" + _TOPIC_END, self._text)
        return " ".join(later[0].split()) if later else None


def _plain(head: str, level: str) -> str:
    name = {"BCĐ": "Ban Chỉ đạo", "BAN CHỈ ĐẠO": "Ban Chỉ đạo", "Ban chỉ đạo": "Ban Chỉ đạo", "TỔ CÔNG TÁC": "Tổ công tác"}.get(head, head)
    name = name.replace("Tổ Giúp", "Tổ giúp").replace("Tổ giúp", "Tổ Giúp")
    level = level.replace("TRUNG ƯƠNG", "Trung ương").replace("trung ương", "Trung ương").replace("TW", "Trung ương")
    level = level.replace("QUỐC GIA", "Quốc gia")
    if level == " Chính phủ":
        level = " của Chính phủ"
    return f"{name}{level}"


def short(name: str) -> str:
    """Return a committee's name without its topic."""
    return re.split(r" về ", name)[0]
