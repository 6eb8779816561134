"""Steering committees and task forces: named by their topic once, by "Ban Chỉ đạo" ever after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnlegal.knowledge.agencies import AgencyKnowledge
from vnlegal.knowledge.agency_rows import AgencyRow

_HEAD = re.compile(r"(?:Ban [Cc]hỉ đạo|BAN CHỈ ĐẠO|BCĐ|Tổ [Cc]ông tác|TỔ CÔNG TÁC|Tổ [Gg]iúp việc|Tiểu ban)(?!\w)")
_LEVEL = re.compile(
    r" (?:(?:của )?Chính phủ|[Tt]rung ương|TRUNG ƯƠNG|TW|(?:cấp )?[Qq]uốc gia|QUỐC GIA|liên ngành|các cấp"
    r"|cấp (?:tỉnh|huyện|xã)|đặc biệt|của Thủ tướng Chính phủ|\d{2,4}(?: [Qq]uốc gia)?)(?!\w)"
)
_FOUNDED = re.compile(r"(?:Chính phủ|Thủ tướng) (?:đã )?(?:ban hành [^.\n]{0,60})?thành lập $")
_COUNTED = re.compile(r"\d $")
# A committee's name as it stands before its topic.
_STEERING = re.compile(r"Ban Chỉ đạo(?:(?!Ban Chỉ đạo)[^\n.;:()]){0,60}?(?= về )")
_TRAILING = re.compile(r"(?: về| và| hoặc| của| tại|(?<!tiếp) theo)+$")
_SPELLED = {
    **dict.fromkeys(("BCĐ", "BAN CHỈ ĐẠO", "Ban chỉ đạo"), "Ban Chỉ đạo"),
    "TỔ CÔNG TÁC": "Tổ công tác",
}


class Topics(NamedTuple):
    """The patterns of topics, each ending before a word that ends topics. `full`: what follows a name in full."""

    about: re.Pattern[str]
    action: re.Pattern[str]
    task: re.Pattern[str]
    full: re.Pattern[str]


@lru_cache(maxsize=4)
def _topics(knowledge: AgencyKnowledge) -> Topics:
    words = knowledge.words
    stops, no_topic = "|".join(words["topic_end"]), "|".join(words["no_topic"])
    end = (
        rf"(?=[ ]?[.;:()\n“”\"\[]|$|[ ]?[¹²³⁴⁵⁶⁷⁸⁹]|,?(?: và)? (?:{stops})(?!\w)|, (?:các|[A-ZĐ])"
        r"|,? (?:Bộ|Sở|UBND|Tổ|Ban|Văn phòng|Cơ quan|Hội đồng|Thủ tướng|Chính phủ|Các|Cấp|Tháng|Năm) "
        r"| và (?:Chủ tịch|Bộ trưởng|Giám đốc|Thủ trưởng|Trưởng|Bí thư|Ủy ban) )"
    )
    body = r"[^.;:()\n“”\"\[¹²³]"
    topics, tasks = (
        "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in words[kind]) for kind in ("topic", "task_topic")
    )
    return Topics(
        re.compile(rf",? (?:về|VỀ)(?! (?:{no_topic})(?!\w)) {body}{{3,170}}?{end}"),
        re.compile(rf" (?:{topics})(?!\w){body}{{0,120}}?{end}"),
        re.compile(rf" (?:{tasks})(?!\w){body}{{4,120}}?{end}"),
        re.compile(rf" về [^.;:()\n]{{3,170}}?{end}"),
    )


@lru_cache(maxsize=4)
def _known(knowledge: AgencyKnowledge) -> tuple[AgencyRow, ...]:
    """Return the committees with a topic that everybody knows."""
    return tuple(row for row in knowledge.agencies if row.kind == "committee" and " về " in row.name)


class Committees:
    """The committees a document has named, to tell which one a bare "Ban Chỉ đạo" is."""

    def __init__(self, text: str, knowledge: AgencyKnowledge) -> None:
        """Begin with none; `text` is looked into for the topic of a committee named only by its level."""
        self._text = text
        self._topics = _topics(knowledge)
        self._named: dict[str, None] = {}
        self._seen: dict[str, None] = {}
        self._elsewhere: dict[str, str | None] = {}
        self._written: dict[str, list[int]] | None = None
        self._known = _known(knowledge)
        self.last: str | None = None

    def read(self, start: int, date: str | None) -> tuple[int, str] | None:
        """Return (end, canonical) of the committee named at `start`, None if none is. `date`: the document's."""
        text = self._text
        head = _HEAD.match(text, start)
        if head is None:
            return None
        end = head.end()
        level = _LEVEL.match(text, end)
        if level is not None:
            end = level.end()
        name = _plain(head[0], level[0] if level else "")
        steering = name.startswith("Ban ")
        topic = self._topic(end, head[0])
        if topic is not None:
            return self._with_topic(start, end, name, topic)
        if not steering:
            counted = _COUNTED.search(text, max(0, start - 2), start) is not None
            return (end, name) if level is not None or counted else None
        if "các cấp" in name or " cấp " in name:
            return end, f"nhóm: {name}"
        found = self._resolve(name, date)
        if found is not None:
            self.last = found
            self._seen[found] = None
        return end, found or name

    def name(self, full: str) -> None:
        """Take note of a committee that the document names in full."""
        self._named.pop(full, None)
        self._named[full] = None
        self.last = full

    def central(self) -> str | None:
        """Return the central committee spoken of, None if there is none."""
        spoken = (self.last, *reversed(self._named), *self._seen)
        return next((name for name in spoken if name and "Trung ương" in name), None)

    def _topic(self, end: int, head: str) -> re.Match[str] | None:
        topics = self._topics
        found = topics.about.match(self._text, end)
        if found is None and not head[:3].isupper():
            found = topics.action.match(self._text, end)
            if found is None and head.startswith("Tổ"):
                found = topics.task.match(self._text, end)
        return found

    def _with_topic(self, start: int, end: int, name: str, topic: re.Match[str]) -> tuple[int, str]:
        written = topic[0].rstrip()
        about = _TRAILING.sub("", written)
        full = " ".join(f"{name} {about.lstrip(', ')}".split())
        if name.startswith("Ban "):
            full = self._of_government(start, full)
            self.name(full)
        return end + len(about), full

    def _of_government(self, start: int, full: str) -> str:
        """Add the founder where the sentence names it: "Chính phủ đã thành lập Ban Chỉ đạo về …"."""
        if " của Chính phủ" in full or "Trung ương" in full or "uốc gia" in full:
            return full
        if _FOUNDED.search(self._text, max(0, start - 90), start):
            return full.replace("Ban Chỉ đạo", "Ban Chỉ đạo của Chính phủ", 1)
        return full

    def _resolve(self, name: str, date: str | None) -> str | None:
        """Return the one committee that a name without its topic can mean."""
        if name == "Ban Chỉ đạo":
            return self.last
        same = [full for full in self._named if full.startswith(f"{name} ")]
        if same:
            return same[-1]
        if name not in self._elsewhere:
            self._elsewhere[name] = self._look_up(name, date)
        return self._elsewhere[name]

    def _look_up(self, name: str, date: str | None) -> str | None:
        """Return the committee of this name whose topic the text speaks of, or which the text names further on."""
        known = [row.name for row in self._known if row.name.startswith(f"{name} về ")]
        on = date or "9999"
        begun = [
            row.name
            for row in self._known
            if row.name in known and row.valid_from <= on and (not row.valid_to or on < row.valid_to)
        ]
        for full in begun:
            if self._is_spoken_of(full, alone=len(begun) == 1):
                return full
        return next(self._in_full(name), None)

    def _is_spoken_of(self, full: str, *, alone: bool) -> bool:
        """Whether the text speaks of a committee's topic: of its last words where no other has that name."""
        topic = full.partition(" về ")[2]
        if alone:
            words = " ".join(topic.split()[-2:])
            return words in self._text or words.upper() in self._text
        return all(word in self._text for word in topic.split(", "))

    def _in_full(self, name: str) -> Iterator[str]:
        """Yield the committees of this name that the text names with their topic."""
        if self._written is None:
            self._written = {}
            for head in _STEERING.finditer(self._text):
                self._written.setdefault(head[0], []).append(head.start())
        for start in self._written.get(name, ()):
            topic = self._topics.full.match(self._text, start + len(name))
            if topic is not None:
                yield " ".join(self._text[start : topic.end()].split())


def _plain(head: str, level: str) -> str:
    name = _SPELLED.get(head, head).replace("Tổ giúp", "Tổ Giúp")
    for written, plain in (("TRUNG ƯƠNG", "Trung ương"), ("trung ương", "Trung ương"), ("TW", "Trung ương")):
        level = level.replace(written, plain)
    level = level.replace("QUỐC GIA", "Quốc gia")
    return f"{name}{' của Chính phủ' if level == ' Chính phủ' else level}"


def short(name: str) -> str:
    """Return a committee's name without its topic."""
    return name.partition(" về ")[0]
