"""How a task opens: who is told, in what role and with whom, up to where the action begins.

[adverbial,] [Giao | Yêu cầu | Đề nghị] BODIES [theo chức năng] [chủ trì, phối hợp với BODIES] [có trách nhiệm] ACTION
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.records import Modality
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound

# Blanks and signs, and the number of an item in running text: "Bộ Công an: (1) Xây dựng …; (2) …".
_GLUE = re.compile(r"(?:[ \n,:“”\"'*–-]|(?<=[:;] )\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\) )*")
_BLANK = re.compile(r"[ \n]*")
# Between two bodies of one list; a full stop or a colon ends the list.
_LIST = re.compile(
    r"[ \n]*(?:[,;/]|[–-](?=[ \n])|và(?![\w])|hoặc(?![\w])|&)[ \n]*(?:và[ \n]|cùng[ \n](?!với)|cả[ \n])?"
)
# "Bộ Xây dựng - Cơ quan Thường trực", "Bộ Tài chính (cơ quan chủ trì)": the same body by its office.
_APPOSITION = re.compile(
    r"[ \n]*(?:\([^()]{2,160}\)|[–-][ \n]*(?:là[ \n])?[Cc]ơ[ \n]quan[ \n]"
    r"[^,;:.()]{3,60}?(?=[,;:.]|$|[ \n](?:chủ|phối|tiếp|khẩn)[ \n]))"
)
# "các đơn vị được giao thực hiện nhiệm vụ thuộc Kế hoạch": which ones, not what they must do.
_ENTRUSTED = re.compile(
    r"[ \n]được[ \n](?:giao|phân công)(?:[ \n](?:thực hiện|chủ trì|triển khai))?(?:[ \n]các)?(?:[ \n]nhiệm vụ)?"
    r"(?:[ \n](?:tại|thuộc|trong|theo|của)[ \n](?:Kế hoạch|Chương trình|Đề án|Chỉ thị|Quyết định|Nghị quyết|Phụ lục)"
    r"(?:[ \n]này)?)?(?![ \n]chủ[ \n]trì,?[ \n]phối)"
)
# "phát huy vai trò cơ quan Thường trực chủ trì", "chỉ đạo chủ trì"
_OFFICE = re.compile(r"(?:phát huy )?vai trò[^,;.:]{0,40}?(?=chủ trì)|chỉ đạo (?=chủ trì)")
# "Tỉnh cần …", "Bộ phải …": a body called by its kind
_ITSELF = re.compile(r"(?:Tỉnh|Thành phố|Bộ|Sở|Ban|Viện|Tổng cục|Cục|Trường|Huyện|Xã|Công ty|Tập đoàn)(?=[ \n])")
_IN_ORDER_TO = re.compile(r"[ \n]*(?:để|nhằm)[ \n]")
_CLOSELY = re.compile(r"[ \n]*(?:chặt chẽ|hiệu quả|đồng bộ|thường xuyên)[ \n](?:với|cùng)(?:[ \n]với)?")
_ALONGSIDE = re.compile(r",?[ \n]*(?:và[ \n])?(?:tiếp tục[ \n]|chủ động[ \n])?(?=phối|cùng)")
_DESCRIBED = re.compile(
    r"(?P<what>[^.;:(]{15,150}?),?[ \n](?:có[ \n]trách[ \n]nhiệm|(?:cần|phải|tiếp[ \n]tục|khẩn[ \n]trương)(?=[ \n]))(?![\w])"
)
_SHORT_DUTY = re.compile(
    r"[ \n](?!phối|cùng|xây|hướng|tham|tổ|theo|trình)[^\W\d_]+(?:[ \n][^\W\d_]+)?(?=,[ \n]*phối[ \n]hợp)"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a clause opens. `action`: where the action begins. `told`: whether a cue, a role or a modal orders it.

    `modality` is None where no cue word says it. `when` is a word of frequency that stands before the action.
    `anaphor`: the body told is only called "Quý Cơ quan", "Đồng chí". `past`: the words tell what was done.
    `duty`: the modal is "có trách nhiệm" or "chịu trách nhiệm". `entrusted`: the cue is "được giao".
    `asker`: the body before the cue word, which orders.
    """

    start: int
    action: int
    modality: Modality | None = None
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    role: str = ""
    told: bool = False
    cue: bool = False
    verb: bool = False
    past: bool = False
    anaphor: bool = False
    duty: bool = False
    entrusted: bool = False
    asker: str = ""
    when: tuple[int, int] | None = None


Group = Literal["", "alone", "cue"]


class Openings:
    """Reads openings in one passage.

    `proposing`: "kiến nghị", "đề xuất" tell a body something. `under`: the passage is an item under the name of a
    body, so that "yêu cầu các chủ đầu tư …" is what that body must do.
    """

    def __init__(self, words: Passage, cues: TaskKnowledge, *, proposing: bool = False, under: bool = False) -> None:
        self.words = words
        self.cues = cues
        self.proposing = proposing
        self.under = under

    def match(self, role: str, at: int) -> int:
        """Return the end of a cue of `role` at `at`, or -1."""
        words = self.words
        found = self.cues.patterns[role].match(words.low, at - words.start)
        if found is None or found.end() + words.start > words.end:
            return -1
        end = found.end() + words.start
        plain = " " in found[0] and found[0] not in self.cues.alike
        if not plain and words.text[at:end].lower() not in self.cues.exact[role]:
            return -1
        return end

    def glue(self, at: int, end: int) -> int:
        """Return the place after blanks, commas and quotation marks at `at`."""
        found = _GLUE.match(self.words.text, at, end)
        return found.end() if found else at

    def read(self, start: int, end: int, *, group: bool = False) -> Opening:
        """Read the opening that begins at `start`. `group`: an unnamed group of bodies may be the one told."""
        at = self.glue(start, end)
        opening = Opening(at, at)
        for _ in range(12):
            longer = self._step(opening, end, group or opening.cue)
            if longer is None:
                break
            opening = longer
        at = self.glue(opening.action, end)
        return replace(opening, verb=self.is_verb(at), past=opening.past or self.match("past", at) > 0)

    def _step(self, now: Opening, end: int, group: bool) -> Opening | None:
        at = self.glue(now.action, end)
        if at >= end:
            return None
        for step in (self._cue, self._bodies, self._scope, self._role, self._modal, self._when):
            longer = step(now, at, end, group)
            if longer is not None and (
                longer.action > now.action
                or (longer.past and not now.past)
                or (longer.coordinators and not now.coordinators)
            ):
                return longer
        return None

    def _cue(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        if now.cue or now.role:
            return None
        for role, modality in _CUES:
            after = self.match(role, at)
            if after < 0 or (role == "propose" and not self.proposing):
                continue
            place = self.glue(after, end)
            if role == "entrusted":
                if not now.leads or now.leads[0].canonical.startswith("nhóm"):
                    return None
                return replace(now, action=place, cue=True, told=True, modality="assigned", entrusted=True)
            told = self.bodies(place, end, group="cue")[0]
            loose = told and told[0].canonical.startswith("nhóm") and not self.words.lows(at, after).startswith("giao")
            if loose and self.under and not now.leads:
                return None
            if told:
                asker = now.leads[0].canonical if now.leads else ""
                return replace(now, action=place, cue=True, told=True, leads=(), modality=modality, asker=asker)
            if now.leads:
                return replace(now, past=True)
            if self.is_verb(place) or self.match("modal", place) > 0:
                return replace(now, action=place, cue=True, told=True, modality=modality)
        return None

    def _bodies(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        if now.leads or now.role:
            return None
        leads, after, anaphor = self.bodies(at, end, group="cue" if now.cue else "alone" if group else "")
        if not leads:
            return None
        return replace(now, leads=leads, action=after, anaphor=anaphor)

    def _scope(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        after = self.match("scope", at)
        if after < 0:
            return None
        words, at, last = 0, after, after
        while True:
            place = self.glue(at, end) if words else _skip(_BLANK, self.words.text, at, end)
            longer = -1 if place in self.words.by_start else self.match("scope_word", place)
            if longer > 0:
                words, last = words + 1, longer
            else:
                longer = -1 if place in self.words.by_start else self.match("scope_link", place)
            if longer < 0 or longer > end:
                break
            at = longer
        if not words or (words == 1 and last < end and self.words.text[last] != ","):
            return None
        return replace(now, action=last)

    def _role(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        place = at
        while (after := self.match("adverb", place)) > 0:
            place = _skip(_BLANK, self.words.text, after, end)
            if self.words.text.startswith(",", place):
                place = self.glue(place, end)
        office = _OFFICE.match(self.words.text, place, end)
        place = office.end() if office else place
        lead = self.match("lead", place)
        if lead < 0:
            return self._support(now, place if place == at else at, end)
        duty = _SHORT_DUTY.match(self.words.text, lead, end)
        lead = duty.end() if duty else lead
        alongside = _ALONGSIDE.match(self.words.text, lead, end)
        if alongside:
            joined = self._support(replace(now, role="lead"), alongside.end(), end)
            if joined is not None:
                return replace(joined, role="lead", told=True)
            bare = self.match("support", alongside.end())
            if bare > 0:
                return replace(now, role="lead", told=True, action=bare)
        return self._described(replace(now, role="lead", told=True, action=lead), end)

    def _described(self, now: Opening, end: int) -> Opening:
        """Return the opening past a role that only says which bodies are meant.

        "Các bộ, cơ quan chủ trì xây dựng các văn bản tiếp tục rà soát …": those that draft must go on reviewing.
        """
        if not now.leads or now.coordinators or not now.leads[-1].canonical.startswith("nhóm"):
            return now
        found = _DESCRIBED.match(self.words.text, now.action, end)
        if found is None or not self.is_verb(self.glue(now.action, end)):
            return now
        group = self._as_group(now.leads[-1], found.end("what"))
        return replace(now, role="", leads=(*now.leads[:-1], group), action=found.end("what"))

    def _support(self, now: Opening, at: int, end: int) -> Opening | None:
        after = self.match("support", at)
        if after < 0:
            return None
        if now.coordinators:
            return None
        closely = _CLOSELY.match(self.words.text, after, end)
        after = closely.end() if closely else after
        others, place, _ = self.bodies(_skip(_BLANK, self.words.text, after, end), end, group="cue")
        if not others:
            return None
        more = self.match("support", self.glue(place, end))
        if more > 0:
            further, after, _ = self.bodies(_skip(_BLANK, self.words.text, more, end), end, group="cue")
            others, place = others + further, after if further else place
        purpose = _IN_ORDER_TO.match(self.words.text, place, end)
        action = purpose.end() if purpose else place
        here = self.glue(action, end)
        told = replace(now, role=now.role or "support", told=True, coordinators=others)
        follows = (
            here >= end or self.is_verb(here) or self.match("modal", here) > 0 or self._scope(now, here, end, False)
        )
        if not now.role and (closely or not (follows or self.words.text.startswith(":", place))):
            # "phối hợp chặt chẽ với X để …", "phối hợp với X trong việc …": the role is the action
            return told
        return replace(told, action=action)

    def _modal(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        after = self.match("modal", at)
        if after < 0:
            return None
        place = self.glue(after, end)
        said = self.words.lows(at, after)
        if (
            said.endswith("chiu trach nhiem")
            and place < end
            and not self.is_verb(place)
            and self.match("lead", place) < 0
        ):
            return None
        weak = said in ("co the", "nen")
        return replace(now, told=now.told or not weak, duty=now.duty or said.endswith("trach nhiem"), action=place)

    def _when(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        after = self.match("frequency", at)
        if after < 0 or now.when:
            return None
        return replace(now, when=(at, after), action=after, told=now.told or bool(now.leads))

    def is_verb(self, at: int) -> bool:
        """Whether an action may begin at `at`."""
        return self.match("verb", at) > 0 or self.match("adverb", at) > 0

    def bodies(self, start: int, end: int, *, group: Group) -> tuple[tuple[ActorFound, ...], int, bool]:
        """Read a list of bodies at `start`: who they are, the place after them, and whether it was an anaphor."""
        found: list[ActorFound] = []
        at = after = start
        while at < end:
            if found:
                group = (group or "alone") if self._again(at) else ""
            body = self.body_at(at, end, group=group)
            group = group or ("cue" if found else "")
            if body is None:
                break
            actor, after = body
            described = self.match("describing", _skip(_BLANK, self.words.text, after, end))
            if described > 0 and actor.canonical.startswith("nhóm"):
                stop = self._group_end(described, end)
                if stop > described - 1 and stop - actor.start < 160:
                    actor, after = self._as_group(actor, stop), stop
            beyond = self._past_tail(after, end)
            if actor.canonical.startswith("nhóm") and ")" not in self.words.text[after:beyond]:
                actor = replace(actor, end=beyond)
            found.append(actor)
            after = beyond
            joint = _LIST.match(self.words.text, after, end)
            if joint is None:
                break
            at = joint.end()
        if found:
            longer = _DUTY.match(self.words.text, after, end) if found[-1].canonical.startswith("nhóm") else None
            if longer is not None and not self._orders_in(after, longer.end()):
                found[-1], after = self._as_group(found[-1], longer.end()), longer.end()
            return tuple(found), after, False
        after = self.match("addressee", start)
        if after > 0 and group:
            return (ActorFound(start, after, ""),), after, True
        return (), start, False

    def _as_group(self, actor: ActorFound, end: int) -> ActorFound:
        """Return the unnamed group `actor` with a longer name."""
        name = " ".join(self.words.text[actor.start : end].split())
        return replace(actor, end=end, canonical=f"nhóm: {name[0].lower()}{name[1:]}")

    def _orders_in(self, start: int, end: int) -> bool:
        """Whether a body's name or a word that orders stands between `start` and `end`."""
        if any(start <= a.start < end for a in self.words.agencies):
            return True
        low, base = self.words.low, self.words.start
        return any(
            self.cues.finders[role].search(low, start - base, end - base) for role in ("lead", "support", "assign")
        )

    def _again(self, at: int) -> bool:
        """Whether a further unnamed group may begin at `at`: it says "các", or it begins with a capital."""
        if self.match("plural", at) > 0 or self.words.text[at : at + 1].isupper():
            return True
        return self.match("group_alone", at) > 0 and not self.is_verb(at)

    def _past_tail(self, at: int, end: int) -> int:
        """Return the place after "liên quan", "(cơ quan chủ trì)" and the like behind a body's name at `at`."""
        for _ in range(3):
            tail = self.match("body_tail", _skip(_BLANK, self.words.text, at, end))
            office = _APPOSITION.match(self.words.text, at, end) or _ENTRUSTED.match(self.words.text, at, end)
            after = max(tail, office.end() if office else -1)
            if after < 0 or after > end:
                break
            at = after
        return at

    def body_at(self, at: int, end: int, *, group: Group) -> tuple[ActorFound, int] | None:
        """Return the body named at `at` and the place after it; an unnamed group only where `group`."""
        place = at
        for _ in range(3):
            agency = self.words.by_start.get(place)
            if agency is not None and agency.end <= end:
                return ActorFound(agency.start, agency.end, agency.canonical), agency.end
            person = self.match("person", place)
            if person < 0:
                person = max(self.match("plural", place), self.match("chief", place))
                further = _skip(_BLANK, self.words.text, person, end) if person > 0 else -1
                if further in self.words.by_start:
                    agency = self.words.by_start[further]
                    name = _headed(self.words.text[place:further], agency.canonical)
                    return ActorFound(place, agency.end, name), agency.end
            if person < 0:
                break
            place = _skip(_BLANK, self.words.text, person, end)
        itself = _ITSELF.match(self.words.text, at, end) if group else None
        if itself and self.match("modal", itself.end() + 1) > 0:
            return ActorFound(at, itself.end(), f"nhóm: {itself[0].lower()}"), itself.end()
        if not group:
            return None
        return self._group_at(at, end, loose=group == "cue") or (
            self._group_at(place, end, loose=group == "cue") if place > at else None
        )

    def _group_at(self, at: int, end: int, *, loose: bool) -> tuple[ActorFound, int] | None:
        """Return an unnamed group of bodies at `at`: from its head word to the modal, role or verb after it.

        `loose`: a cue word stands before it, so that any head word will do.
        """
        text = self.words.text
        plural = self.match("plural", at)
        head = _skip(_BLANK, text, plural, end) if plural > 0 else at
        after = self.match("group" if plural > 0 or loose else "group_alone", head)
        if after < 0 or (plural < 0 and self.match("verb", head) > after):
            return None
        stop = self._group_end(after, end)
        if stop <= after - 1 or stop - at > 160:
            return None
        name = " ".join(text[at:stop].split())
        return ActorFound(at, stop, f"nhóm: {name[0].lower()}{name[1:]}"), stop

    def _group_end(self, start: int, end: int) -> int:
        """Return where the unnamed group whose head word ends at `start` gives way to what it has to do."""
        text, best = self.words.text, -1
        beyond = start
        for word in _WORD.finditer(text, start, min(end, start + 170)):
            at = word.start()
            if at < beyond:
                continue
            if text[at] in ".;:(":
                return best if best > 0 else at
            if at in self.words.by_start:
                if not _BELONGING.search(text, max(start, at - 12), at):
                    return best if best > 0 else self._before_and(at)
                beyond = self.words.by_start[at].end
                continue
            if text[at] == ",":
                return best if best > 0 else at
            if any(self.match(role, at) > 0 for role in ("modal", "lead", "support", "scope", "past")):
                return at - 1
            if self.match("adverb", at) > 0:
                return at - 1
            if best < 0 and self.match("verb", at) > 0 and not self._attributive(at):
                best = at - 1
        return best if best > 0 else min(end, start + 170)

    def _before_and(self, at: int) -> int:
        left = self.words.text[:at].rstrip()[-3:]
        return at - (4 if left == " và" else 1)

    def _attributive(self, at: int) -> bool:
        """Whether the verb at `at` describes the group ("đơn vị quản lý …") and does not say what it must do."""
        before = self.words.text[max(self.words.start, at - 12) : at].lower().split()
        return bool(before) and before[-1] in self.cues.exact["attributive"]


_CUES: tuple[tuple[str, Modality], ...] = (
    ("assign", "assigned"),
    ("request", "requested"),
    ("propose", "proposed"),
    ("entrusted", "assigned"),
)
_BELONGING = re.compile(r"(?<!\w)(?:của|thuộc|tại|do|trong)[ \n]$")
_DUTY = re.compile(
    r"[^.;:()]{1,160}?(?=[ \n](?:(?:có|chịu)[ \n]trách[ \n]nhiệm(?!\w)|chủ[ \n]trì,[ \n]phối[ \n]hợp))"
)
_WORD = re.compile(r"(?<![^\W_])[^\W_]|[.;:(,]")


def _skip(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start


def _headed(head: str, canonical: str) -> str:
    """Return the name of the chiefs of a body: "Giám đốc" and "Sở Y tế", "bí thư" and "nhóm: các tỉnh ủy"."""
    head = " ".join(head.split())
    if canonical.startswith("nhóm: "):
        return f"nhóm: {head[0].lower()}{head[1:]} {canonical.removeprefix('nhóm: ')}"
    return f"{head} {canonical}"


def candidates(words: Passage, cues: TaskKnowledge, start: int, end: int) -> Iterator[int]:
    """Yield the places in a sentence where an opening may begin: at a cue word or at a body's name."""
    places = {agency.start for agency in words.agencies if start <= agency.start < end}
    for role in ("assign", "request", "propose", "entrusted"):
        pattern = cues.patterns[role]
        for found in pattern.finditer(words.low, start - words.start, end - words.start):
            places.add(found.start() + words.start)
    yield from sorted(places)
