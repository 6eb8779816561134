"""Reads the bodies that stand at a place: named ones, unnamed groups, lists of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from vnlegal.agencies import AgencyFound
from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.groups import BLANK, GroupReader, skip
from vnlegal.tasks.model import ActorFound
from vnlegal.tasks.places import BETWEEN, elsewhere, headed, in_places, past_head, secretaries
from vnlegal.text import UPPER

# "Bộ Xây dựng - Cơ quan Thường trực", "Bộ Tài chính (cơ quan chủ trì)": the same body by its office.
_APPOSITION = re.compile(
    r"[ \n]*(?:\([^()]{2,160}\)|[–-][ \n]*(?:là[ \n])?[Cc]ơ[ \n]quan[ \n]"
    r"[^,;:.()]{3,60}?(?=[,;:.]|$|[ \n](?:chủ|phối|tiếp|khẩn)[ \n]))"
)
# "Sở Nội vụ - cơ quan thường trực Ban Chỉ đạo | giúp …"
_STANDING = re.compile(r"[ \n]*[,–-][ \n]*(?:là[ \n])?[Cc]ơ[ \n]quan[ \n](?:[Tt]hường[ \n]trực|đầu[ \n]mối)(?!\w)")
# How many bodies one list is read to: whole distribution lists are shorter.
_MOST = 120
_LONGEST_GROUP = 160
# "các đơn vị được giao thực hiện nhiệm vụ thuộc Kế hoạch": which ones, not what they must do.
_ENTRUSTED = re.compile(
    r"[ \n]được[ \n](?:giao|phân công)(?:[ \n](?:thực hiện|chủ trì|triển khai))?(?:[ \n]các)?(?:[ \n]nhiệm vụ)?"
    r"(?:[ \n](?:tại|thuộc|trong|theo|của)[ \n](?:Kế hoạch|Chương trình|Đề án|Chỉ thị|Quyết định|Nghị quyết|Phụ lục)"
    r"(?:[ \n]này)?)?(?![ \n]chủ[ \n]trì,?[ \n]phối)"
)
# "Tỉnh cần …", "Bộ phải …": a body called by its kind
_ITSELF = re.compile(r"(?:Tỉnh|Thành phố|Bộ|Sở|Ban|Viện|Tổng cục|Cục|Trường|Huyện|Xã|Công ty|Tập đoàn)(?=[ \n])")
_OWNED = re.compile(r"[ \n](?:(?:trực[ \n])?thuộc|của)[ \n](?:phạm vi quản lý của[ \n])?")
# "Cục trưởng các Cục | thuộc Bộ": the owner by its kind
_OWNED_BY_KIND = re.compile(
    r"[ \n](?:trực[ \n])?thuộc[ \n](?:Bộ|Sở|Ban|Tổng cục|Cục|Viện|Trường|Văn phòng|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện)"
    rf"(?=[,;:]|[ \n](?![{UPPER}]))"
)
_AT_PLACE = re.compile(r"[ \n](?:tại|ở|trên)[ \n](?!hệ thống|cơ sở|tinh thần|phạm vi)")
_DUTY = re.compile(
    r"(?![ \n]còn[ \n])[^.;:()]{1,160}?(?=[ \n](?:(?:có|chịu)[ \n]trách[ \n]nhiệm(?!\w)|chủ[ \n]trì,[ \n]phối[ \n]hợp))"
)
# "các cơ quan, tổ chức, cá nhân": "tổ chức" is no verb here; "các chi bộ, cán bộ, đảng viên"
_AND_PERSONS = re.compile(
    r"(?:,[ \n](?:đơn[ \n]vị|doanh[ \n]nghiệp))?,[ \n]tổ[ \n]chức"
    r"(?:(?:,|,?[ \n]và)[ \n]cá[ \n]nhân(?!\w)|(?=[ \n](?:phản[ \n]ánh|kịp[ \n]thời|chủ[ \n]động)(?!\w)))"
    r"|,[ \n]cán[ \n]bộ(?:,|[ \n]và)[ \n]đảng[ \n]viên(?!\w)"
)
# "Phó Thủ tướng Chính phủ | Hồ Đức Phớc"
_PERSONAL = re.compile(rf"(?:[ \n][{UPPER}][^\W\d_]+){{2,4}}(?=[ \n,:(])")
# "đồng chí | Nguyễn Văn A, | Thứ trưởng Bộ Y tế"
_BY_NAME = re.compile(rf"[{UPPER}][^\W\d_]+(?:[ \n][{UPPER}][^\W\d_]*){{1,4}}[ \n]?[,–-][ \n]?(?:là[ \n])?")
# "UBND thành phố | Vinh"
_CITY = re.compile(
    rf"thành[ \n]phố[ \n](?P<name>[{UPPER}](?![{UPPER}])[^\W\d_]+(?:[ \n][{UPPER}](?![{UPPER}])[^\W\d_]*){{0,2}})"
    r"(?=[ \n,;.:])"
)
# "UBND các xã, phường, đặc khu Lý Sơn"
_NAMED_PLACE = re.compile(r"đặc khu(?:[ \n][A-ZĐÂÔƯ][^\W\d_]*){1,3}(?![^\W_])")
# "UBND cấp tỉnh trong phạm vi nhiệm vụ của mình": no part of the name
_SCOPED = re.compile(
    r",?[ \n](?:trong[ \n]phạm[ \n]vi|theo|căn[ \n]cứ|trên[ \n]cơ[ \n]sở|tùy[ \n]theo"
    r"|được[ \n](?:phân[ \n]công|giao)[ \n]chủ[ \n]trì)(?!\w)"
)

Group = Literal["", "alone", "cue"]


class BodyReader(GroupReader):
    """Reads bodies in one passage.

    Unnamed groups are read as `group` says: "" none, "alone" those whose head word needs no "các", "cue" any, for a
    cue word stands before them. `by_group`: whether that has made a difference since somebody last set it to False.
    """

    def __init__(self, words: Passage, cues: TaskKnowledge) -> None:
        super().__init__(words, cues)
        self.by_group = False

    def bodies(self, start: int, end: int, *, group: Group) -> tuple[tuple[ActorFound, ...], int, bool]:
        """Read a list of bodies at `start`: who they are, the place after them, and whether it was an anaphor."""
        found: list[ActorFound] = []
        at = after = start
        while at < end and len(found) < _MOST:
            if found:
                group = (group or "alone") if self._again(at) else ""
            body = self.body_at(past_head(self.words, at, end), end, group=group)
            group = group or ("cue" if found else "")
            if body is None:
                break
            read, after = self._in_full(*body, end)
            found += read
            joint = BETWEEN.match(self.words.text, after, end)
            if joint is None:
                break
            at = joint.end()
        if found:
            found[-1], after = self._up_to_duty(found[-1], after, end)
            return tuple(found), after, False
        after = self.match("addressee", start)
        self.by_group |= after > 0
        if after > 0 and group:
            return (ActorFound(start, after, ""),), after, True
        return (), start, False

    def _in_full(self, actor: ActorFound, after: int, end: int) -> tuple[list[ActorFound], int]:
        """Return a body with all that belongs to its name, or one body a place, and the place after it."""
        placed = [] if self.is_verb(self.glue(actor.end, end)) else in_places(self.words, actor, end)
        if placed:
            actor, after = placed[-1], placed[-1].end
        group = actor.canonical.startswith("nhóm")
        if city := _CITY.match(self.words.text, after - 9, end) if actor.canonical.endswith("dân thành phố") else None:
            name = " ".join(city["name"].split())
            actor, after = ActorFound(actor.start, city.end(), f"{actor.canonical} {name}"), city.end()
        if group:
            actor, after = self._group_in_full(actor, after, end)
        titled = self.words.by_start.get(actor.start)
        if titled is not None and titled.kind == "person_title":
            after = skip(_PERSONAL, self.words.text, after, end)
        beyond = self._past_tail(after, end, group=group)
        if group and ")" not in self.words.text[after:beyond]:
            actor = replace(actor, end=beyond)
        further = elsewhere(self.words, actor, beyond, end)
        return [*placed[:-1], actor, *further], further[-1].end if further else beyond

    def _group_in_full(self, actor: ActorFound, after: int, end: int) -> tuple[ActorFound, int]:
        """Return an unnamed group with what describes it, whose it is and where it lies, and the place after it."""
        text = self.words.text
        stop = self.past_description(after, end)
        if after < stop < actor.start + _LONGEST_GROUP:
            actor, after = self._as_group(actor, stop), stop
        owner = _OWNED.match(text, after, end)
        if owner is not None and owner.end() in self.words.by_start:
            after = self.words.by_start[owner.end()].end
        elif owner := _OWNED_BY_KIND.match(text, after, end):
            after = owner.end()
        if longer := _AND_PERSONS.match(text, after, end):
            actor, after = self._as_group(actor, longer.end()), longer.end()
        if place := _NAMED_PLACE.match(text, after - 7, end):
            actor, after = replace(actor, end=place.end()), place.end()
        return actor, after

    def _up_to_duty(self, actor: ActorFound, after: int, end: int) -> tuple[ActorFound, int]:
        """Return the last of several bodies and the place after it: a group is named up to its "có trách nhiệm"."""
        longer = _DUTY.match(self.words.text, after, end) if actor.canonical.startswith("nhóm") else None
        if longer is None or self._orders_in(after, longer.end()):
            return actor, after
        if not _SCOPED.match(self.words.text, after, end):
            actor = self._as_group(actor, longer.end())
        return actor, longer.end()

    def _again(self, at: int) -> bool:
        """Whether a further unnamed group may begin at `at`: it says "các", or it begins with a capital."""
        if self.match("plural", at) > 0 or self.words.text[at : at + 1].isupper():
            return True
        unit = self.match("unit_named", at)  # ", phòng Y tế các huyện"
        if unit > 0 and self.words.text[unit + 1 : unit + 2].isupper():
            return True
        alone = self.match("group_alone", at)  # "tổ chức tín dụng", but "tổ chức" alone is a verb
        return alone > 0 and (not self.is_verb(at) or alone > self.match("verb", at) > 0)

    def _located(self, at: int, end: int) -> int:
        """Return the place after "tại khu vực biên giới, cửa khẩu" at `at`: where the next verb begins, or -1."""
        if _AT_PLACE.match(self.words.text, at, end) is None:
            return -1
        verb = self._next_verb(at + 4, end)
        return verb - 1 if verb > 0 else -1

    def _past_tail(self, at: int, end: int, *, group: bool) -> int:
        """Return the place after "liên quan", "(cơ quan chủ trì)" and the like behind a body's name at `at`."""
        for _ in range(3):
            tail = self.match("body_tail", skip(BLANK, self.words.text, at, end))
            office = _APPOSITION.match(self.words.text, at, end)
            standing = _STANDING.match(self.words.text, at, end)
            if office is None and (standing is not None or self.words.text.endswith("quan thường trực", 0, at)):
                verb = self._next_verb(standing.end() if standing else at + 1, end, small=True)
                if verb > 0:
                    return verb - 1
            if office is None and group:
                office = _ENTRUSTED.match(self.words.text, at, end)
            located = self._located(at, end) if group else -1
            after = max(tail, located, office.end() if office else -1)
            if after < 0 or after > end:
                break
            at = after
        return at

    def body_at(self, at: int, end: int, *, group: Group) -> tuple[ActorFound, int] | None:
        """Return the body named at `at` and the place after it; an unnamed group only where `group`."""
        place = begin = at
        for _ in range(3):
            agency = self.words.by_start.get(place)
            if (everywhere := secretaries(self.words, place, end)) is not None:
                return everywhere, everywhere.end
            if agency is not None and agency.end <= end:
                return self._without_duty(ActorFound(agency.start, agency.end, agency.canonical))
            person = self.match("person", place)
            if person < 0:
                person = max(self.match("plural", place), self.match("chief", place))
                further = skip(BLANK, self.words.text, person, end) if person > 0 else -1
                if further in self.words.by_start:
                    agency = self.words.by_start[further]
                    one = self.match("plural", place) > 0 and self._one_of_several(agency)
                    name = agency.canonical if one else headed(self.words.text[place:further], agency.canonical)
                    return ActorFound(place, agency.end, name), agency.end
            else:
                begin = skip(BLANK, self.words.text, person, end)
            if person < 0:
                break
            place = skip(_BY_NAME, self.words.text, skip(BLANK, self.words.text, person, end), end)
        if not group:
            self.by_group = True
            return None
        itself = _ITSELF.match(self.words.text, at, end)
        if itself and self.match("modal", itself.end() + 1) > 0:
            self.by_group = True
            return ActorFound(at, itself.end(), f"nhóm: {itself[0].lower()}"), itself.end()
        groups = (self._group_at(there, end, loose=group == "cue") for there in dict.fromkeys((at, begin, place)))
        body = next((found for found in groups if found is not None), None)
        self.by_group |= body is not None
        if body is not None and at < body[0].start and self.match("plural", at) > 0 and body[0].canonical[:4] != "nhóm":
            return self._as_group(body[0], body[1]), body[1]  # "các đồng chí | Giám đốc Sở"
        if body is not None and at < place == body[0].start and self.words.text.startswith("các", place - 4):
            return self._as_group(replace(body[0], start=at), body[1]), body[1]  # "Trưởng các | phòng"
        return body

    def _one_of_several(self, agency: AgencyFound) -> bool:
        """Whether "các" before a name begins a list: "các Bộ Y tế, Nội vụ"; "các Sở Y tế" are those of all places."""
        if not agency.canonical.startswith("Sở "):
            return agency.kind == "ministry"
        joint = BETWEEN.match(self.words.text, agency.end, self.words.end)
        after = self.words.by_start.get(joint.end()) if joint else None
        return after is not None and after.canonical.startswith("Sở ")

    def _without_duty(self, actor: ActorFound) -> tuple[ActorFound, int]:
        """Return a body and the place after it, a group without its task: "… được giao nhiệm vụ | lập dự toán"."""
        if actor.canonical.startswith("nhóm"):
            given = _ENTRUSTED.search(self.words.text, actor.start, actor.end)
            if given is not None and self.is_verb(skip(BLANK, self.words.text, given.end(), actor.end)):
                return self._as_group(actor, given.end()), given.end()
        return actor, actor.end
