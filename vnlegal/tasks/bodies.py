"""Reads the bodies that stand at a place: named ones, unnamed groups, lists of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound
from vnlegal.tasks.places import BETWEEN, elsewhere, headed, in_places, past_head
from vnlegal.text import UPPER

_LED = re.compile(r"[ \n](?:việc|công[ \n]tác|toàn[ \n]diện|chặt[ \n]chẽ)(?!\w)")
# Blanks and signs, and the number of an item in running text: "Bộ Công an: (1) Xây dựng …; (2) …".
_GLUE = re.compile(r"(?:[ \n,:“”\"'*–-]|(?<=[:;] )\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\) )*")
_GLUE_SIGNS = " \n,:“”\"'*–-("  # what that begins with
BLANK = re.compile(r"[ \n]*")
# "Bộ Xây dựng - Cơ quan Thường trực", "Bộ Tài chính (cơ quan chủ trì)": the same body by its office.
_APPOSITION = re.compile(
    r"[ \n]*(?:\([^()]{2,160}\)|[–-][ \n]*(?:là[ \n])?[Cc]ơ[ \n]quan[ \n]"
    r"[^,;:.()]{3,60}?(?=[,;:.]|$|[ \n](?:chủ|phối|tiếp|khẩn)[ \n]))"
)
# "Sở Nội vụ - cơ quan thường trực Ban Chỉ đạo | giúp …"
_STANDING = re.compile(r"[ \n]*[,–-][ \n]*(?:là[ \n])?[Cc]ơ[ \n]quan[ \n](?:[Tt]hường[ \n]trực|đầu[ \n]mối)(?!\w)")
# How many bodies one list is read to: whole distribution lists are shorter.
_MOST = 120
# "các đơn vị được giao thực hiện nhiệm vụ thuộc Kế hoạch": which ones, not what they must do.
_ENTRUSTED = re.compile(
    r"[ \n]được[ \n](?:giao|phân công)(?:[ \n](?:thực hiện|chủ trì|triển khai))?(?:[ \n]các)?(?:[ \n]nhiệm vụ)?"
    r"(?:[ \n](?:tại|thuộc|trong|theo|của)[ \n](?:Kế hoạch|Chương trình|Đề án|Chỉ thị|Quyết định|Nghị quyết|Phụ lục)"
    r"(?:[ \n]này)?)?(?![ \n]chủ[ \n]trì,?[ \n]phối)"
)
# "Tỉnh cần …", "Bộ phải …": a body called by its kind
_ITSELF = re.compile(r"(?:Tỉnh|Thành phố|Bộ|Sở|Ban|Viện|Tổng cục|Cục|Trường|Huyện|Xã|Công ty|Tập đoàn)(?=[ \n])")
_OWNED = re.compile(r"[ \n](?:trực[ \n])?thuộc[ \n](?:phạm vi quản lý của[ \n])?")
# "Cục trưởng các Cục | thuộc Bộ": the owner by its kind
_OWNED_BY_KIND = re.compile(
    r"[ \n](?:trực[ \n])?thuộc[ \n](?:Bộ|Sở|Ban|Tổng cục|Cục|Viện|Trường|Văn phòng|[Tt]ỉnh|[Tt]hành phố|[Hh]uyện)"
    rf"(?=[,;:]|[ \n](?![{UPPER}]))"
)
# "Cơ quan chủ trì có trách nhiệm …": the office, not yet what it must do.
_OFFICE_OF = re.compile(r"[ \n](?:chủ[ \n]trì|phối[ \n]hợp)(?=[ \n](?!với|cùng))")
_AT_PLACE = re.compile(r"[ \n](?:tại|ở|trên)[ \n](?!hệ thống|cơ sở|tinh thần|phạm vi)")
# "Ban vì sự tiến bộ phụ nữ | các sở, ban, ngành"
_OF_ALL = re.compile(r"(?<![,;:)])(?<!và)(?<!với)(?<!cùng)(?<!cho)[ \n]các[ \n]$")
_IN_NAME = re.compile(rf"(?<!\w)[{UPPER}](?![{UPPER}])[^\W\d_]*[ \n]$")
_SEATED = re.compile(r"[ \n](?:các[ \n])?(?:tỉnh|thành[ \n]phố|huyện|thị[ \n]xã|xã|phường)(?!\w)")
_BELONGING = re.compile(
    r"(?<!\w)(?:của|thuộc|tại|ở|do|trong|đại[ \n]biểu|thành[ \n]viên|ủy[ \n]viên|lãnh[ \n]đạo|cán[ \n]bộ)[ \n]$"
)
_DUTY = re.compile(r"[^.;:()]{1,160}?(?=[ \n](?:(?:có|chịu)[ \n]trách[ \n]nhiệm(?!\w)|chủ[ \n]trì,[ \n]phối[ \n]hợp))")
# "các cơ quan, tổ chức, cá nhân": "tổ chức" is no verb here
_AND_PERSONS = re.compile(
    r"(?:,[ \n](?:đơn[ \n]vị|doanh[ \n]nghiệp))?,[ \n]tổ[ \n]chức"
    r"(?:(?:,|,?[ \n]và)[ \n]cá[ \n]nhân(?!\w)|(?=[ \n](?:phản[ \n]ánh|kịp[ \n]thời|chủ[ \n]động)(?!\w)))"
)
# "Phó Thủ tướng Chính phủ | Hồ Đức Phớc"
_PERSONAL = re.compile(rf"(?:[ \n][{UPPER}][^\W\d_]+){{2,4}}(?=[ \n,:(])")
# "đồng chí | Nguyễn Văn A, | Thứ trưởng Bộ Y tế"
_BY_NAME = re.compile(rf"[{UPPER}][^\W\d_]+(?:[ \n][{UPPER}][^\W\d_]*){{1,4}}[ \n]?[,–-][ \n]?(?:là[ \n])?")
# "UBND các xã, phường, đặc khu Lý Sơn"
_NAMED_PLACE = re.compile(r"đặc khu(?:[ \n][A-ZĐÂÔƯ][^\W\d_]*){1,3}(?![^\W_])")
_ITS_NAME = re.compile(r" này|[ \n]số[ \n:]*[\d….]")
# "UBND cấp tỉnh trong phạm vi nhiệm vụ của mình": no part of the name
_SCOPED = re.compile(
    r",?[ \n](?:trong[ \n]phạm[ \n]vi|theo|căn[ \n]cứ|trên[ \n]cơ[ \n]sở|tùy[ \n]theo"
    r"|được[ \n](?:phân[ \n]công|giao)[ \n]chủ[ \n]trì)(?!\w)"
)
_AT_TIME = re.compile(r"\w+[ \n](?:các[ \n])?(?:dịp|ngày|tháng|quý|năm|tuần|thời[ \n]gian)(?!\w)")
# "Công ty liên hệ | với cơ quan thuế", but "với chức năng được giao"
_WITH_OTHERS = re.compile(r"với[ \n](?!chức|nhiệm|trách|vai|thẩm|phạm|tinh)")
# "Ban Quản lý chợ Vinh": one body, though nobody knows it
_OWN_NAME = re.compile(rf"(?!Doanh|Người)[{UPPER}](?![{UPPER}])[^\W\d_]*[ ].*(?<![^\W_])[{UPPER}](?![{UPPER}])[^\W\d_]")
_WORD = re.compile(r"(?<![^\W_])[^\W_]|[.;:(,]")
# "Ban Chỉ huy | phòng, chống cháy rừng huyện": the comma and the verb are the name's
_COMMAND = re.compile(r"(?:[Bb]an[ \n][Cc]hỉ[ \n]huy|Ủy[ \n]ban)$")
_AGAINST = re.compile(r"[ \n][Pp]hòng,?[ \n]chống(?!\w)")
# "các đơn vị thuộc Bộ | và tổ chức tín dụng": the next body's
_JOINING = re.compile(r"(?:[ \n](?:và|hoặc|cùng|cùng[ \n]với|với)|,)$")

Group = Literal["", "alone", "cue"]


class BodyReader:
    """Reads bodies in one passage.

    Unnamed groups are read as `group` says: "" none, "alone" those whose head word needs no "các", "cue" any, for a
    cue word stands before them.
    """

    def __init__(self, words: Passage, cues: TaskKnowledge) -> None:
        self.words = words
        self.cues = cues

    def match(self, role: str, at: int) -> int:
        """Return the end of a cue of `role` at `at`, or -1."""
        words, cues = self.words, self.cues
        here = at - words.start
        pair = words.low[here : here + 2]
        if pair not in cues.begins[role]:
            return -1
        found = cues.openings[role][pair].match(words.low, here)
        if found is None or found.end() + words.start > words.end:
            return -1
        end = found.end() + words.start
        plain = " " in found[0] and found[0] not in cues.alike
        if not plain and words.text[at:end].lower() not in cues.exact[role]:
            return -1
        return end

    def glue(self, at: int, end: int) -> int:
        """Return the place after blanks, commas and quotation marks at `at`."""
        if self.words.text[at : at + 1] not in _GLUE_SIGNS:
            return at
        found = _GLUE.match(self.words.text, at, end)
        return found.end() if found else at

    def is_verb(self, at: int) -> bool:
        """Whether an action may begin at `at`."""
        verb = self.match("verb", at)
        if verb > 0:
            # "Hướng dẫn này có hiệu lực", "Quy định số 178": the document itself
            return _ITS_NAME.match(self.words.text, verb) is None
        return self.match("adverb", at) > 0

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
            actor, after = body
            placed = [] if self.is_verb(self.glue(actor.end, end)) else in_places(self.words, actor, end)
            if placed:
                found += placed[:-1]
                actor, after = placed[-1], placed[-1].end
            described = self.match("describing", skip(BLANK, self.words.text, after, end))
            if described > 0 and actor.canonical.startswith("nhóm"):
                stop = self._group_end(described, end)
                if stop > described - 1 and stop - actor.start < 160:
                    actor, after = self._as_group(actor, stop), stop
            owner = _OWNED.match(self.words.text, after, end)
            if owner is not None and actor.canonical.startswith("nhóm") and owner.end() in self.words.by_start:
                after = self.words.by_start[owner.end()].end
            elif actor.canonical.startswith("nhóm") and (owner := _OWNED_BY_KIND.match(self.words.text, after, end)):
                after = owner.end()
            titled = self.words.by_start.get(actor.start)
            if titled is not None and titled.kind == "person_title":
                after = skip(_PERSONAL, self.words.text, after, end)
            if (longer := _AND_PERSONS.match(self.words.text, after, end)) and actor.canonical.startswith("nhóm"):
                actor, after = self._as_group(actor, longer.end()), longer.end()
            if actor.canonical.startswith("nhóm") and (place := _NAMED_PLACE.match(self.words.text, after - 7, end)):
                actor, after = replace(actor, end=place.end()), place.end()
            beyond = self._past_tail(after, end, group=actor.canonical.startswith("nhóm"))
            if actor.canonical.startswith("nhóm") and ")" not in self.words.text[after:beyond]:
                actor = replace(actor, end=beyond)
            found.append(actor)
            after = beyond
            further = elsewhere(self.words, actor, after, end)
            if further:
                found += further
                after = further[-1].end
            joint = BETWEEN.match(self.words.text, after, end)
            if joint is None:
                break
            at = joint.end()
        if found:
            longer = _DUTY.match(self.words.text, after, end) if found[-1].canonical.startswith("nhóm") else None
            if longer is not None and not self._orders_in(after, longer.end()):
                if not _SCOPED.match(self.words.text, after, end):
                    found[-1] = self._as_group(found[-1], longer.end())
                after = longer.end()
            return tuple(found), after, False
        after = self.match("addressee", start)
        if after > 0 and group:
            return (ActorFound(start, after, ""),), after, True
        return (), start, False

    def _as_group(self, actor: ActorFound, end: int) -> ActorFound:
        """Return the unnamed group `actor` with a longer name, which ends before a joining word at `end`."""
        joining = _JOINING.search(self.words.text, actor.start, end)
        end = joining.start() if joining else end
        name = " ".join(self.words.text[actor.start : end].split())
        return replace(actor, end=end, canonical=f"nhóm: {name[0].lower()}{name[1:]}")

    def _orders_in(self, start: int, end: int) -> bool:
        """Whether a body's name or a word that orders stands between `start` and `end`."""
        if self.words.within(start, end):
            return True
        if any(
            " " in self.words.lows(w.start(), self.match("adverb", w.start()))
            for w in _WORD.finditer(self.words.text, start, end)
        ):
            return True
        low, base = self.words.low, self.words.start
        return any(
            self.cues.finders[role].search(low, start - base, end - base) for role in ("lead", "support", "assign")
        )

    def _again(self, at: int) -> bool:
        """Whether a further unnamed group may begin at `at`: it says "các", or it begins with a capital."""
        if self.match("plural", at) > 0 or self.words.text[at : at + 1].isupper():
            return True
        alone = self.match("group_alone", at)  # "tổ chức tín dụng", but "tổ chức" alone is a verb
        return alone > 0 and (not self.is_verb(at) or alone > self.match("verb", at) > 0)

    def _located(self, at: int, end: int) -> int:
        """Return the place after "tại khu vực biên giới, cửa khẩu" at `at`: where the next verb begins, or -1."""
        if _AT_PLACE.match(self.words.text, at, end) is None:
            return -1
        verb = self._next_verb(at + 4, end)
        return verb - 1 if verb > 0 else -1

    def _next_verb(self, at: int, end: int, *, small: bool = False) -> int:
        """Return where the next verb or modal of the clause begins, not far behind `at`, or -1.

        `small`: one with a capital is part of a name.
        """
        for word in _WORD.finditer(self.words.text, at, min(end, at + 86)):
            if word[0] in ".;:(":
                break
            if small and word[0].isupper():
                continue
            if word[0] != "," and (self.is_verb(word.start()) or self.match("modal", word.start()) > 0):
                return word.start()
        return -1

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
            if agency is not None and agency.end <= end:
                return self._without_duty(ActorFound(agency.start, agency.end, agency.canonical))
            person = self.match("person", place)
            if person < 0:
                person = max(self.match("plural", place), self.match("chief", place))
                further = skip(BLANK, self.words.text, person, end) if person > 0 else -1
                if further in self.words.by_start:
                    agency = self.words.by_start[further]
                    one = agency.kind == "ministry" and self.match("plural", place) > 0
                    name = agency.canonical if one else headed(self.words.text[place:further], agency.canonical)
                    return ActorFound(place, agency.end, name), agency.end
            else:
                begin = skip(BLANK, self.words.text, person, end)
            if person < 0:
                break
            place = skip(_BY_NAME, self.words.text, skip(BLANK, self.words.text, person, end), end)
        itself = _ITSELF.match(self.words.text, at, end) if group else None
        if itself and self.match("modal", itself.end() + 1) > 0:
            return ActorFound(at, itself.end(), f"nhóm: {itself[0].lower()}"), itself.end()
        if not group:
            return None
        groups = (self._group_at(there, end, loose=group == "cue") for there in dict.fromkeys((at, begin, place)))
        body = next((found for found in groups if found is not None), None)
        if body is not None and at < place == body[0].start and self.words.text.startswith("các", place - 4):
            return self._as_group(replace(body[0], start=at), body[1]), body[1]  # "Trưởng các | phòng"
        return body

    def _without_duty(self, actor: ActorFound) -> tuple[ActorFound, int]:
        """Return a body and the place after it, a group without its task: "… được giao nhiệm vụ | lập dự toán"."""
        if actor.canonical.startswith("nhóm"):
            given = _ENTRUSTED.search(self.words.text, actor.start, actor.end)
            if given is not None and self.is_verb(skip(BLANK, self.words.text, given.end(), actor.end)):
                return self._as_group(actor, given.end()), given.end()
        return actor, actor.end

    def _group_at(self, at: int, end: int, *, loose: bool) -> tuple[ActorFound, int] | None:
        """Return an unnamed group of bodies at `at`: from its head word to the modal, role or verb after it.

        `loose`: a cue word stands before it, so that any head word will do.
        """
        text = self.words.text
        plural = self.match("plural", at)
        head = skip(BLANK, text, plural, end) if plural > 0 else at
        after = self.match("group" if plural > 0 or loose else "group_alone", head)
        unit = after < 0 and plural < 0 and self.match("group_named", head) < 0
        if after < 0 and plural < 0:
            after = self._named_group(head)
        if after < 0 or (plural < 0 and self.match("verb", head) > after):
            return None
        if (
            plural < 0
            and self.match("verb", head) == after
            and (text[after : after + 1] == "," or _LED.match(text, after) or self._and_verb(after))
        ):
            # "Lãnh đạo, chỉ đạo …", "Lãnh đạo việc …"
            return None
        office = _OFFICE_OF.match(text, after, end) if plural < 0 else None
        stop = office.end() if office else self._group_end(after, end)
        if stop <= after - 1 or stop - at > 160 or (unit and stop <= after):
            return None
        joining = _JOINING.search(text, after, stop)
        stop = joining.start() if joining else stop
        name = " ".join(text[at:stop].split())
        if plural < 0 and name.isupper():
            return None  # "THỦ TRƯỞNG CƠ | QUAN": where a form is signed, the head of a column
        if plural < 0 and (unit or _OWN_NAME.match(name)) and " các " not in name:
            return ActorFound(at, stop, name), stop
        return ActorFound(at, stop, f"nhóm: {name[0].lower()}{name[1:]}"), stop

    def _and_verb(self, at: int) -> bool:
        """Whether a second verb follows at `at`: "Lãnh đạo | và chỉ đạo"."""
        return self.words.text.startswith(" và ", at) and self.match("verb", at + 4) > 0

    def _named_group(self, at: int) -> int:
        """Return the end of the head word of a body with a name at `at`, or -1: "ngành | Thuế", "Điện lực | tỉnh"."""
        text = self.words.text
        after = self.match("group_named", at)
        if after < 0 and text[at : at + 1].isupper() and not self.is_verb(at):
            after = self.match("unit_named", at)
            if _SEATED.match(text, after) and after > 0:
                return after
        return after if after > 0 and text[after + 1 : after + 2].isupper() else -1

    def _group_end(self, start: int, end: int) -> int:
        """Return where the unnamed group whose head word ends at `start` gives way to what it has to do."""
        text, best = self.words.text, -1
        against = _AGAINST.match(text, start) if _COMMAND.search(text, max(0, start - 12), start) else None
        beyond = against.end() if against else start
        for word in _WORD.finditer(text, start, min(end, start + 170)):
            at = word.start()
            if at < beyond:
                continue
            if text[at] in ".;:(":
                return best if best > 0 else at
            if at in self.words.by_start:
                if not _BELONGING.search(text, max(start, at - 12), at) and not _OF_ALL.search(text, start - 1, at + 4):
                    return best if best > 0 else self._before_and(at)
                beyond = self.words.by_start[at].end
                continue
            if text[at] == ",":
                return best if best > 0 else at
            if text.startswith("để ", at) and best > 0:
                return best
            if any(self.match(role, at) > 0 for role in ("modal", "lead", "support", "past")) or self._scoped(at, best):
                return at - 1
            if (adverb := self.match("adverb", at)) > 0 and self.is_verb(self.glue(adverb, end)):
                # "các cơ quan quản lý dự án khẩn trương …", but "cá nhân phản ánh kịp thời …"
                persons = best > 0 and self.words.lows(start - 7, best).startswith("ca nhan")
                return best if persons and best == start else at - 1
            if best < 0 and self.is_verb(at):
                if self._attributive(at, start):
                    beyond = self.match("verb", at)
                else:
                    best = at - 1
        return best if best > 0 else min(end, start + 170)

    def _scoped(self, at: int, best: int) -> bool:
        """Whether a scope begins at `at`: "theo thẩm quyền", but behind a verb at `best` no time: "trong ngày 02/9"."""
        if self.match("scope", at) < 0 or _WITH_OTHERS.match(self.words.text, at):
            return False
        if best > 0 and self.words.text.startswith("theo ", at) and self.match("scope_word", at + 5) < 0:
            return False  # "… báo cáo tình hình | theo đề nghị của Bộ Tài chính"
        return best < 0 or _AT_TIME.match(self.words.text, at) is None

    def _before_and(self, at: int) -> int:
        left = self.words.text[max(0, at - 40) : at].rstrip()[-3:]
        return at - (4 if left == " và" else 1)

    def _attributive(self, at: int, start: int) -> bool:
        """Whether the verb at `at` describes the group ("đơn vị quản lý …") and does not say what it must do."""
        before = self.words.text[max(self.words.start, at - 12) : at].lower().split()
        if before[-1:] == ["nghiệp"] and self.words.lows(at, at + 18) == "ung dung cong nghe":
            return True  # "Khu Nông nghiệp ứng dụng công nghệ cao"
        if self.words.text[at].isupper() and (before[-1:] == ["và"] or _IN_NAME.search(self.words.text, start - 9, at)):
            return True  # "Trưởng phòng Giáo dục và Đào tạo các huyện", "các Ban Quản lý dự án"
        return bool(before) and before[-1] in self.cues.exact["attributive"]


def skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return the end of a match of `pattern` at `start`, or `start`."""
    found = pattern.match(text, start, end)
    return found.end() if found else start
