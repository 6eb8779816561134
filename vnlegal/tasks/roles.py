"""How a task opens: who is told, in what role and with whom, up to where the action begins.

[adverbial,] [Giao | Yêu cầu | Đề nghị] BODIES [theo chức năng] [chủ trì, phối hợp với BODIES] [có trách nhiệm] ACTION
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.records import Modality
from vnlegal.tasks.bodies import BodyReader
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.groups import BLANK, skip
from vnlegal.tasks.model import Opening

# "phát huy vai trò cơ quan Thường trực chủ trì", "chỉ đạo chủ trì"
_OFFICE = re.compile(r"(?:phát huy )?vai trò[^,;.:]{0,40}?(?=chủ trì)|chỉ đạo (?=chủ trì)")
# "Định kỳ | thứ Hai hàng tuần", "Định kỳ | 6 tháng theo quy định"
_FURTHER_TIMES = re.compile(
    r"(?:,?[ \n](?:(?:vào[ \n])?thứ[ \n](?:Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|(?:hằng|hàng)[ \n](?:ngày|tuần|tháng|quý|năm)"
    r"|\d{1,2}[ \n](?:tháng|ngày)|theo[ \n]quy[ \n]định|hoặc[ \n]đột[ \n]xuất"
    r"|(?:và[ \n])?(?:(?:vào|trước)[ \n])?ngày[ \n]\d{1,2}(?:[/-]\d{1,2})?"
    r"(?:[ \n](?:của[ \n])?tháng[ \n]cuối[ \n]quý)?))*"
)
# "đồng chủ trì | với Bộ Y tế"
_JOINTLY = re.compile(r"[ \n](?:cùng[ \n]với|với|cùng)[ \n]")
# "căn cứ quy định | nêu trên và hồ sơ thực tế": the scope is longer than its words
_GOES_ON = re.compile(r"[ \n](?:và|của|về|này|tại|trên|đã|đối|do)(?!\w)")
_IN_ORDER_TO = re.compile(r"[ \n]*(?:để|nhằm)[ \n]")
_CLOSELY = re.compile(
    r"[ \n]*(?:(?:chặt chẽ|(?:có )?hiệu quả|đồng bộ|thường xuyên|quyết liệt|kịp thời|nhịp nhàng)(?:,|[ \n]và)?[ \n])+"
    r"(?:với|cùng)(?:[ \n]với)?"
)
_ALONGSIDE = re.compile(r",?[ \n]*(?:và[ \n])?(?:tiếp tục[ \n]|chủ động[ \n])?(?=phối|cùng)")
_DESCRIBED = re.compile(
    r"(?P<what>[^.;:(]{15,150}?),?[ \n]"
    r"(?:có[ \n]trách[ \n]nhiệm|(?:cần|phải|tiếp[ \n]tục|khẩn[ \n]trương)(?=[ \n]))(?![\w])"
)
# "các địa phương|, nhất là các tỉnh ven biển, | rà soát"
_ASIDE = re.compile(
    r",?[ \n](?:(?:nhất|trước[ \n]hết)[ \n]là|đặc[ \n]biệt(?:[ \n]là)?|trong[ \n]đó[ \n]có)[ \n][^,;.:()]{3,90},[ \n]"
)
_WHILE = re.compile(
    r"khi[ \n](?:(?!(?:đã|đang|chưa|thì|mà)(?!\w))[^.;:()]){8,160}?[ \n](?=(?:phải|cần|có[ \n]trách[ \n]nhiệm)(?!\w))"
)
# "giao cho các bộ | là 708 tỷ đồng": what they get, nothing to do
_AMOUNTS_TO = re.compile(r"là[ \n](?:\d|khoảng[ \n]|tổng[ \n])")
_SHORT_DUTY = re.compile(
    r"[ \n](?!phối|cùng|xây|hướng|tham|tổ|theo|trình)[^\W\d_]+(?:[ \n][^\W\d_]+)?(?=,[ \n]*phối[ \n]hợp)"
)


class Openings(BodyReader):
    """Reads openings in one passage, each once: what made no difference to an opening is left out of its circumstances.

    `proposing`: "kiến nghị", "đề xuất" tell a body something. `under`: the passage is an item under the name of a
    body, so that "yêu cầu các chủ đầu tư …" is what that body must do.
    """

    def __init__(self, words: Passage, cues: TaskKnowledge, *, proposing: bool = False, under: bool = False) -> None:
        super().__init__(words, cues)
        self._proposing, self._under = proposing, under
        self._by_proposing = self._by_under = False

    @property
    def proposing(self) -> bool:
        """Whether "kiến nghị" tells somebody something, which makes a difference where it is asked."""
        self._by_proposing = True
        return self._proposing

    @property
    def under(self) -> bool:
        """Whether the passage stands under the name of a body, which makes a difference where it is asked."""
        self._by_under = True
        return self._under

    def read(self, start: int, end: int, *, group: bool = False) -> Opening:
        """Read the opening that begins at `start`. `group`: an unnamed group of bodies may be the one told."""
        known = self.words.openings.setdefault((start, end), [])
        for (grouped, proposing, under), opening in known:
            if grouped in (None, group) and proposing in (None, self._proposing) and under in (None, self._under):
                return opening
        self.by_group = self._by_proposing = self._by_under = False
        opening = self._read(start, end, group)
        leans = (
            group if self.by_group else None,
            self._proposing if self._by_proposing else None,
            self._under if self._by_under else None,
        )
        known.append((leans, opening))
        return opening

    def _read(self, start: int, end: int, group: bool) -> Opening:
        at = self.glue(start, end)
        opening = Opening(at, at)
        for _ in range(12):
            longer = self._step(opening, end, group or opening.cue)
            if longer is None:
                break
            opening = longer
        at = self.glue(opening.action, end)
        verb = self.is_verb(at)
        past = opening.past or self.match("past", at) > 0 or _AMOUNTS_TO.match(self.words.text, at, end) is not None
        return opening._replace(verb=verb, past=past) if verb or past != opening.past else opening

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
        if now.cue and now.leads and not now.role and self.proposing:
            return self._handed_on(now, at, end)
        here = at - self.words.start
        if now.cue or now.role or self.words.low[here : here + 2] not in self.cues.begins["cue"]:
            return None
        for role, modality in _CUES:
            after = self.match(role, at)
            if after < 0 or (role == "propose" and not self.proposing):
                continue
            if role == "assign" and self.words.text[after : after + 1] == ",":
                continue  # "người được chủ tàu ủy quyền, cơ quan hải quan …"
            place = self.glue(after, end)
            if role == "entrusted":
                if not now.leads or now.leads[0].canonical.startswith("nhóm"):
                    return None
                return now._replace(action=place, cue=True, told=True, modality="assigned", entrusted=True)
            told = self.bodies(place, end, group="cue")[0]
            if told and (agency := self.words.by_start.get(told[0].start)) and agency.kind == "foreign":
                return None  # "đề nghị Chính phủ Nhật Bản cung cấp viện trợ"
            loose = told and told[0].canonical.startswith("nhóm") and not self.words.lows(at, after).startswith("giao")
            if loose and not now.leads and self.under:
                return None
            if told:
                asker = now.leads[0].canonical if now.leads else ""
                return now._replace(action=place, cue=True, told=True, leads=(), modality=modality, asker=asker)
            if now.leads:
                return now._replace(past=True)
            if self.is_verb(place) or self.match("modal", place) > 0:
                return now._replace(action=place, cue=True, told=True, modality=modality)
        return None

    def _handed_on(self, now: Opening, at: int, end: int) -> Opening | None:
        """Return the opening past the body that gets the work from the one asked: "Kiến nghị Chính phủ | giao Bộ X"."""
        after = self.match("assign", at) if now.modality != "assigned" else -1
        told, action = self.bodies(self.glue(after, end), end, group="cue")[:2] if after > 0 else ((), -1)
        place = self.glue(action, end)
        if not told or not (self.is_verb(place) or self.match("lead", place) > 0 or self.match("support", place) > 0):
            return None
        return now._replace(leads=told, action=action, asker=now.leads[0].canonical)

    def _bodies(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        if now.leads or now.role:
            return None
        leads, after, anaphor = self.bodies(at, end, group="cue" if now.cue else "alone" if group else "")
        if not leads:
            return None
        aside = _ASIDE.match(self.words.text, after, end)
        if aside is not None and (self.is_verb(aside.end()) or self.match("lead", aside.end()) > 0):
            after = aside.end()
        return now._replace(leads=leads, action=after, anaphor=anaphor)

    def _scope(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        after = self.match("scope", at)
        if after < 0:
            return None
        words, at, last = 0, after, after
        while True:
            place = self.glue(at, end) if words else skip(BLANK, self.words.text, at, end)
            longer = -1 if place in self.words.by_start else self.match("scope_word", place)
            if longer > 0:
                words, last = words + 1, longer
            else:
                longer = -1 if place in self.words.by_start else self.match("scope_link", place)
            if longer < 0 or longer > end:
                break
            at = longer
        if words and _GOES_ON.match(self.words.text, last, end):
            return None
        alone = words == 1 and last < end and self.words.text[last] != "," and not self._urged(last, end)
        if not words or (alone and not (now.leads and self._by_office(at, last, end))):
            return None
        return now._replace(action=last)

    def _by_office(self, at: int, last: int, end: int) -> bool:
        """Whether "theo chức năng" alone stands between a body and its verb: "theo chức năng | hướng dẫn thực hiện"."""
        said = self.words.lows(max(self.words.start, last - 14), last)
        return said.endswith(("theo chuc nang", "theo tham quyen")) and self.is_verb(self.glue(last, end))

    def _urged(self, at: int, end: int) -> bool:
        """Whether an adverb of an order follows: "theo thẩm quyền | khẩn trương thực hiện"."""
        return self.match("adverb", skip(BLANK, self.words.text, at, end)) > 0

    def _role(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        place = at
        while (after := self.match("adverb", place)) > 0:
            place = skip(BLANK, self.words.text, after, end)
            if self.words.text.startswith(",", place):
                place = self.glue(place, end)
        office = _OFFICE.match(self.words.text, place, end)
        place = office.end() if office else place
        lead = self.match("lead", place)
        if lead > 0 and self.words.lows(place, lead).startswith("la ") and self.words.text[lead : lead + 1] != ",":
            lead = -1
        if lead < 0:
            return self._support(now, place if place == at else at, end)
        joint = _JOINTLY.match(self.words.text, lead, end)
        if joint is not None:
            return self._beside(now._replace(role="lead", told=True), joint.end(), end)
        duty = _SHORT_DUTY.match(self.words.text, lead, end)
        lead = duty.end() if duty else lead
        alongside = _ALONGSIDE.match(self.words.text, lead, end)
        if alongside:
            joined = self._support(now._replace(role="lead"), alongside.end(), end)
            if joined is not None:
                return joined._replace(role="lead", told=True)
            bare = self.match("support", alongside.end())
            if bare > 0:
                return now._replace(role="lead", told=True, action=bare)
        return self._described(now._replace(role="lead", told=True, action=lead), end)

    def _beside(self, now: Opening, at: int, end: int) -> Opening | None:
        """Return the opening past the bodies at `at` that help: "đồng chủ trì với | Bộ Y tế". None where none do."""
        others, place, _ = self.bodies(at, end, group="cue")
        if not others:
            return None
        more = self.match("support", self.glue(place, end))
        if more > 0:
            further, after, _ = self.bodies(skip(BLANK, self.words.text, more, end), end, group="cue")
            others, place = others + further, after if further else place
        return now._replace(coordinators=others, action=place)

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
        return now._replace(role="", leads=(*now.leads[:-1], group), action=found.end("what"))

    def _support(self, now: Opening, at: int, end: int) -> Opening | None:
        after = self.match("support", at)
        if after < 0:
            return None
        if now.coordinators:
            return None
        closely = _CLOSELY.match(self.words.text, after, end)
        after = closely.end() if closely else after
        helped = (
            None if self._is_chain(after, end) else self._beside(now, skip(BLANK, self.words.text, after, end), end)
        )
        if helped is None:
            return None
        others, place = helped.coordinators, helped.action
        purpose = _IN_ORDER_TO.match(self.words.text, place, end)
        action = purpose.end() if purpose else place
        here = self.glue(action, end)
        told = now._replace(role=now.role or "support", told=True, coordinators=others)
        follows = (
            here >= end or self.is_verb(here) or self.match("modal", here) > 0 or self._scope(now, here, end, False)
        )
        if not now.role and (closely or not (follows or self.words.text.startswith(":", place))):
            # "phối hợp chặt chẽ với X để …", "phối hợp với X trong việc …": the role is the action
            return told
        return told._replace(action=action)

    def _is_chain(self, at: int, end: int) -> bool:
        """Whether what stands behind `at` names nobody: "phối hợp | tổ chức hội nghị"."""
        place = skip(BLANK, self.words.text, at, end)
        verb = self.match("verb", place)
        if verb > 0 and place not in self.words.by_start and self.words.text.endswith("hợp", 0, at):
            return True
        return verb > 0 and self.match("verb", skip(BLANK, self.words.text, verb, end)) > 0

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
        return now._replace(told=now.told or not weak, duty=now.duty or said.endswith("trach nhiem"), action=place)

    def _when(self, now: Opening, at: int, end: int, group: bool) -> Opening | None:
        after = self.match("frequency", at)
        if after < 0 and now.leads and not now.told:
            # "Bộ trưởng các Bộ khi giải quyết khiếu nại | phải ban hành quyết định"
            while_doing = _WHILE.match(self.words.text, at, end)
            return now._replace(action=while_doing.end()) if while_doing else None
        if after < 0 or now.when:
            return None
        after = skip(_FURTHER_TIMES, self.words.text, after, end)
        return now._replace(when=(at, after), action=after, told=now.told or bool(now.leads))


_CUES: tuple[tuple[str, Modality], ...] = (
    ("assign", "assigned"),
    ("request", "requested"),
    ("propose", "proposed"),
    ("entrusted", "assigned"),
)


def candidates(words: Passage, cues: TaskKnowledge, start: int, end: int) -> Iterator[int]:
    """Yield the places in a sentence where an opening may begin: at a cue word or at a body's name."""
    places = {agency.start for agency in words.within(start, end)}
    places.update([begin for begin, stop in cue_words(words, cues) if start <= begin and stop <= end])
    yield from sorted(places)


def cue_words(words: Passage, cues: TaskKnowledge) -> list[tuple[int, int]]:
    """Return the spans of the words in a passage that may tell somebody something."""
    if words.cues is None:
        roles = _CUES if cues.patterns["cue"].search(words.low) else ()
        at, patterns = words.start, [cues.patterns[role] for role, _ in roles]
        words.cues = [(at + found.start(), at + found.end()) for each in patterns for found in each.finditer(words.low)]
    return words.cues
