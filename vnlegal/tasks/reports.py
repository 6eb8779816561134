"""Tasks that a report gives account of: "Nhiệm vụ X: Bộ A đã …", "Thực hiện nhiệm vụ được giao, Bộ A đã …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vnlegal.knowledge import Knowledge
from vnlegal.records import Status
from vnlegal.segment import Segmentation
from vnlegal.tasks.clauses import Passage, sentences
from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.fields import above
from vnlegal.tasks.model import ActorFound
from vnlegal.tasks.roles import Openings
from vnlegal.tasks.spans import close
from vnlegal.tasks.status import label_status, reported_status
from vnlegal.text import fold

_LABEL = re.compile(
    r"(?P<label>Nhiệm[ \n]vụ|Về[ \n]việc|Về[ \n]nhiệm[ \n]vụ|Về)(?![\w])[ \n]*:?[ \n]*(?:Trong[ \n]năm[ \n]\d{4}[ \n])?"
)
_BY_ORDER = re.compile(
    r"(?:thực[ \n]hiện[ \n](?:nhiệm[ \n]vụ[ \n]được[ \n]giao|kết[ \n]luận|chỉ[ \n]đạo|ý[ \n]kiến[ \n]chỉ[ \n]đạo)"
    r"|theo[ \n]chỉ[ \n]đạo|trả[ \n]lời[ \n](?:công[ \n]văn|văn[ \n]bản))(?![\w])",
    re.IGNORECASE,
)
_OF_TASK = re.compile(r"(?:được[ \n]giao[ \n]về|về[ \n]việc)[ \n]")
_DONE = re.compile(
    r"[ \n]*(?:cũng[ \n])?(?:(?:đã|đang|vừa|chưa|sẽ)[ \n]|có[ \n](?:Công văn|Văn bản|văn bản|Báo cáo|Tờ trình)[ \n])"
)
_SOURCE = re.compile(
    r"[ \n](?:tại|theo)[ \n](?:Luật|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Công văn|Thông báo|Kế hoạch)[ \n]"
)
_BRACKET = re.compile(r"\((?:[^()]|\([^()]*\))*\)|“[^”]*”")
_GAVE = re.compile(r"[ \n]*(?:đã[ \n])?giao[ \n](?:cho[ \n])?")
_OF_BODY = re.compile(r"(?<!\w)(?:của|tại|do|với|theo|thuộc|gửi|trình)[ \n]$")
_GIVEN = re.compile(
    r"[Nn]hiệm[ \n]vụ[^“”\n]{0,40}“(?:\(\d+\)[ \n])?(?P<name>(?:[^“”]|“[^“”]*”){10,900}?)[ \n]*”?[ \n]*"
    r"\(nhiệm[ \n]vụ[ \n]giao[ \n](?P<to>[^()]*)\)"
)
_NAME_END = re.compile(r"[ \n]*(?::|\.(?=[ \n]|$)|,(?=[ \n]))")
_ABOVE = frozenset({"Thủ tướng Chính phủ", "Chính phủ", "Quốc hội", "Bộ Chính trị", "Ban Bí thư"})
_NUMBERED = re.compile(r"số[ \n]\d")
# "II. CÁC NHIỆM VỤ ĐANG TRIỂN KHAI", in folded letters
_STATED = re.compile(
    r"(?:nhiem vu|noi dung|cong viec|de an|dau viec)[^.;:]{0,60}?(?:da (?:hoan thanh|thuc hien|ban hanh|trien khai)"
    r"|dang (?:thuc hien|trien khai|xu ly|tham muu)|chua (?:thuc hien|hoan thanh|trien khai)|qua han"
    r"|cham (?:tien do|muon))"
)
_LONGEST_HEADING = 200
_LONGEST_NAME = 420
# A report of so many characters is whole; a shorter one goes on in what stands under it.
_WHOLE_REPORT = 60
_PLACES = frozenset({"province", "foreign"})
_HELD_BY = re.compile(r"(?:tại|của)[ \n]$")


@dataclass(frozen=True, slots=True)
class Reported:
    """A draft of a reported task with how far it is and where the report stands."""

    draft: Draft
    status: Status | None
    result: tuple[int, int] | None


def stated_above(n: int, segmentation: Segmentation, knowledge: Knowledge) -> Status | None:
    """Return how far the tasks listed with unit `n` are, by the heading above them; None where it does not say."""
    units, text = segmentation.units, segmentation.flow.text
    for at in above(units[n].parent, units):
        unit = units[at]
        if unit.kind in ("heading", "item") and unit.end - unit.body <= _LONGEST_HEADING:
            words = text[unit.body : unit.end]
            if _STATED.search(fold(words)):
                return label_status(words[:160], knowledge)
    return None


class ReportReader:
    """Reads the reported tasks of one unit; `below` finds the text of the units under it.

    `state`: how far all tasks of the list are that the unit stands in, where its heading says so.
    """

    def __init__(
        self,
        words: Passage,
        knowledge: Knowledge,
        unit: int,
        below: Callable[[], Passage | None],
        state: Status | None = None,
    ) -> None:
        self.words = words
        self.state = state
        self.knowledge = knowledge
        self.unit = unit
        self._find_below = below
        self.openings = Openings(words, knowledge.tasks)

    @cached_property
    def below(self) -> Passage | None:
        """The text of the units under the unit; few rules ask for it."""
        return self._find_below()

    def read(self, start: int, *, account: bool, marked: bool) -> list[Reported]:
        """Return the tasks reported from `start` on. `account`: the unit stands in an account of work done."""
        found = self._given_to(start) or self._by_order(start)
        return found or (self._named(start, marked=marked) if account else [])

    def _given_to(self, start: int) -> list[Reported]:
        """Read "Nhiệm vụ “N” (nhiệm vụ giao A)"."""
        if self.words.text.find("(nhiệm", start, self.words.end) < 0:
            return []
        found = _GIVEN.search(self.words.text, start, self.words.end)
        if found is None:
            return []
        leads = self.openings.bodies(found.start("to"), found.end("to"), group="cue")[0]
        return [self._reported(found.span("name"), leads, None)]

    def _by_order(self, start: int) -> list[Reported]:
        """Read "Thực hiện kết luận của X về việc N, A đã …" and "Thực hiện nhiệm vụ được giao, A đã N"."""
        text = self.words.text
        for begin, end in self.words.sentences_from(start):
            found = _BY_ORDER.match(text, begin, end)
            if found is None:
                continue
            subject = self._subject(found.end(), end)
            if subject is None:
                continue
            leads, at, done = subject
            about = _OF_TASK.search(text, found.start(), at)
            if about is not None and not text[found.start() : at].startswith(("Trả lời", "trả lời")):
                given = _SOURCE.search(text, about.end(), at)
                name = (about.end(), close(text, about.end(), given.start() if given else at))
                return [self._reported(name, leads, (at, end))]
            if text[done - 4 : done].strip() in ("chưa", "sẽ"):
                return []
            opening = self.openings.read(done, end)
            name = (self.openings.glue(opening.action, end), close(text, done, self._cut(done, end)))
            if name[0] >= name[1] or not opening.verb:
                return []
            row = self._reported(name, leads, None, coordinators=opening.coordinators)
            finished = text[done - 4 : done].strip() == "đã"
            return [replace(row, status="done" if finished else "in_progress")]
        return []

    def _cut(self, start: int, end: int) -> int:
        """Return where the action of a sentence ends before a remark in brackets at its end."""
        for bracket in _BRACKET.finditer(self.words.text, start, end):
            if len(self.words.text[bracket.end() : end].strip(" .;,/")) == 0:
                return bracket.start()
        return end

    def _subject(self, start: int, end: int) -> tuple[tuple[ActorFound, ...], int, int] | None:
        """Return the first bodies of which the text says that they have done something, their place, and the verb's."""
        for agency in self.words.within(start, end):
            if agency.end > end or _OF_BODY.search(self.words.text, start, agency.start):
                continue
            leads, after, _ = self.openings.bodies(agency.start, end, group="")
            done = _DONE.match(self.words.text, after, end)
            if leads and done:
                return leads, agency.start, done.end()
        return None

    def _named(self, start: int, *, marked: bool) -> list[Reported]:
        """Read "Nhiệm vụ N: A đã …", "N: A đã …" and "N. Đến nay, …"."""
        text, end = self.words.text, self.words.end
        label = _LABEL.match(text, start, end)
        at = label.end() if label else start
        certain = label is not None and label["label"] != "Về"
        titled = label is not None and label["label"].startswith("Nhiệm")
        if not (self.openings.is_verb(at) or certain) or not (marked or titled):
            return []
        certain = certain or self.state is not None
        if any(self.openings.match(role, at) > 0 for role in ("scope", "past", "linker")):
            return []
        stop = self._name_end(at, end, comma=label is not None)
        if stop is None or stop - at > _LONGEST_NAME or stop - at < 8:
            return []
        after = _NAME_END.match(text, stop)
        rest = (after.end() if after else stop, end)
        if self.state is not None and rest[1] - rest[0] < 3:
            stop, rest = self._past_proof(at, stop, rest)
        leads, coordinators = self._doers(rest)
        held = self._held_by(at, stop)
        leads, coordinators = (held, ()) if held else (leads, coordinators)
        if not leads and not certain:
            leads = self._named_in(at, stop)
            if not leads or not text[rest[0] : rest[1]].strip().startswith(("Đã", "Đến nay", "Hiện nay")):
                return []
        if not leads and self.below is None and rest[1] - rest[0] < 3 and self.state is None:
            return []
        if any(at < a.start and a.end < stop and _DONE.match(text, a.end, stop) for a in self.words.within(at, stop)):
            return []
        row = self._reported((at, close(text, at, stop)), leads, rest, coordinators)
        return [row]

    def _past_proof(self, start: int, stop: int, rest: tuple[int, int]) -> tuple[int, tuple[int, int]]:
        """Part from a task's name the document in brackets that shows it done: "Lập quy chế (Quyết định số 5/…)"."""
        for bracket in _BRACKET.finditer(self.words.text, start, stop):
            ends = not self.words.text[bracket.end() : stop].strip(" .;")
            if bracket[0][0] == "(" and ends and _NUMBERED.search(bracket[0]):
                return bracket.start(), (bracket.start() + 1, bracket.end() - 1)
        return stop, rest

    def _name_end(self, start: int, end: int, *, comma: bool) -> int | None:
        """Return where the name of the task ends: at a colon, at the stop of its sentence, or before ", A đã"."""
        text = self.words.text
        hidden = [b.span() for b in _BRACKET.finditer(text, start, end)]
        first = next(iter(sentences(text, start, end)), (start, end))[1]
        for at in range(start, min(first + 1, end)):
            c = text[at]
            if c not in ":," or any(a <= at < b for a, b in hidden):
                continue
            if c == ":":
                remark = [a for a, b in hidden if at - 1 <= b <= at and text[a] == "("]
                return remark[0] if remark else at
            place = self.openings.glue(at + 1, end)
            if comma and place in self.words.by_start:
                _, after, _ = self.openings.bodies(place, end, group="")
                if _DONE.match(text, after, end):
                    return at
        return first

    def _doers(self, rest: tuple[int, int]) -> tuple[tuple[ActorFound, ...], tuple[ActorFound, ...]]:
        """Return who is said to have done the work, and with whom, in the report or in what stands under it."""
        places = [(self.words, *rest)]
        if self.below is not None:
            places.append((self.below, self.below.start, self.below.end))
        for words, begin, end in places:
            found = self._doers_in(words, begin, end)
            if found[0]:
                return found
        return (), ()

    def _doers_in(self, words: Passage, begin: int, end: int) -> tuple[tuple[ActorFound, ...], tuple[ActorFound, ...]]:
        openings = Openings(words, self.knowledge.tasks)
        helpers: tuple[ActorFound, ...] = ()
        above: tuple[ActorFound, ...] = ()
        for agency in words.within(begin, end):
            if agency.end > end or agency.kind in _PLACES:
                continue
            leads, after, _ = openings.bodies(agency.start, end, group="")
            gave = _GAVE.match(words.text, after, end)
            to = openings.bodies(gave.end(), end, group="cue")[0] if gave else ()
            if to:
                return to, helpers
            done = _DONE.match(words.text, after, end)
            if done is None or not leads:
                continue
            if all(a.canonical.startswith("nhóm") for a in leads) and not helpers:
                helpers = leads
                continue
            if not above and all(a.canonical in _ABOVE for a in leads):
                # who signed what others prepared
                above = leads
                continue
            return leads, helpers + openings.read(done.end(), end).coordinators
        return above or helpers, ()

    def _held_by(self, start: int, end: int) -> tuple[ActorFound, ...]:
        """Return the group of bodies that the task's own name says is to do it: "… tại các bộ, ngành"."""
        for agency in self.words.within(start, end):
            group = agency.kind == "group" and start < agency.start and agency.end <= end
            if group and _HELD_BY.search(self.words.text, start, agency.start):
                return (ActorFound(agency.start, agency.end, agency.canonical),)
        return ()

    def _named_in(self, start: int, end: int) -> tuple[ActorFound, ...]:
        inside = [a for a in self.words.within(start, end) if a.end <= end]
        return (ActorFound(inside[0].start, inside[0].end, inside[0].canonical),) if inside else ()

    def _told(self, rest: tuple[int, int]) -> tuple[int, int] | None:
        """Return where the report of a task stands: behind its name, in what stands under it, or in both."""
        text, start = self.words.text, self.openings.glue(rest[0], rest[1])
        said = text[start : rest[1]].strip(" .:;")
        if self.below is None or len(said) > _WHOLE_REPORT:
            return (start, rest[1]) if len(said) > 1 else None
        return start if said else self.below.start, self.below.end

    def _reported(
        self,
        name: tuple[int, int],
        leads: tuple[ActorFound, ...],
        result: tuple[int, int] | None,
        coordinators: Sequence[ActorFound] = (),
    ) -> Reported:
        report = self.words.text[result[0] : result[1]] if result else ""
        if self.below is not None:
            report += "\n" + self.words.text[self.below.start : self.below.end]
        status = reported_status(report, self.knowledge) if report.strip() else None
        draft = Draft(
            unit=self.unit,
            clause=name,
            start=name[0],
            end=name[1],
            modality="reported",
            rule="reported",
            leads=leads,
            coordinators=tuple(coordinators),
            explicit=True,
            confidence=0.75,
        )
        place = self._told(result) if result else None
        return Reported(draft, self.state or status or ("in_progress" if report.strip() else None), place)


def without_idle(drafts: Sequence[Draft], reported: Mapping[int, Reported], segmentation: Segmentation) -> list[Draft]:
    """Drop reported tasks of which nothing is said but the tasks under them, and items in lists of no orders."""
    held = Counter(k for draft in drafts for k in above(segmentation.units[draft.unit].parent, segmentation.units))
    orders = {segmentation.units[d.unit].parent for d in drafts if not d.rule.startswith("item")}
    return [
        draft
        for draft in drafts
        if not (draft.rule.startswith("item") and segmentation.units[draft.unit].parent not in orders)
        and (
            draft.modality != "reported"
            or draft.unit not in held
            or (draft.leads and held[draft.unit] < 2)
            or _says(reported.get(draft.start), segmentation.units[draft.unit].end)
        )
    ]


def _says(row: Reported | None, end: int) -> bool:
    """Tell whether a report says something of its task before `end`, not only in what stands under it."""
    return row is not None and row.result is not None and row.result[0] < end
