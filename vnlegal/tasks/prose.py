"""Tasks in running text: sentences and clauses of one unit of the outline, read in the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.records import Modality
from vnlegal.tasks.clauses import Passage, clauses, sentences
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.model import ActorFound, DeadlineFound
from vnlegal.tasks.recipients import goes_to
from vnlegal.tasks.roles import Opening, Openings, candidates
from vnlegal.tasks.spans import choose, close, cut_deadline


@dataclass(frozen=True, slots=True)
class Draft:
    """A task in the making. `clause` is all that was read for it, `start`..`end` the action."""

    unit: int
    clause: tuple[int, int]
    start: int
    end: int
    modality: Modality
    rule: str
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    role: str = ""
    deadline: DeadlineFound | None = None
    product: tuple[int, int] | None = None
    anaphor: bool = False
    asker: str = ""
    explicit: bool = False
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says beyond the unit: its own bodies, what "đề nghị" means, the deadlines of the unit.

    `marked`: the unit has a marker. `placed`: it stands in a section of a document that orders, where a body with a
    verb is an order. `report`: it stands in a report, where a task ends with when to report on it.
    """

    unit: int
    frame: Frame
    issuers: frozenset[str]
    request: Modality
    marked: bool
    deadlines: tuple[DeadlineFound, ...] = ()
    placed: bool = False
    report: bool = False


_BEFORE_SUBJECT = re.compile(r"(?:^|[,;:.)”\"'’–—*-]|đồng thời|Đồng thời|do đó|Do đó|theo đó|sau đó)[ \n]*$")
_TIME_ONLY = re.compile(
    r"(?:(?:phải|cần|đảm[ \n]bảo|bảo[ \n]đảm|phấn[ \n]đấu)[ \n])?(?:thời[ \n](?:gian|hạn)|tiến[ \n]độ|hoàn[ \n]thành|thực[ \n]hiện[ \n]xong|xong|hạn)(?![\w])[^.;]{0,60}$",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?<![^\W_])phoi hop(?: chat che)?(?: (?:voi|cung(?: voi)?))?[ \n]+")
_SENT_TO = re.compile(r"(?<!\w)gửi(?:[ \n]đến)?[ \n]$")
_SENT_BY = re.compile(
    r"(?:báo cáo|văn bản|ý kiến|kết quả|hồ sơ|danh sách|thông tin|tài liệu)(?![\w])[^.;]{0,60}?(?<!\w)gửi(?![\w])",
    re.IGNORECASE,
)
_COMPLETION = re.compile(r"[,;(–-][ \n]*(?:phải |cần |bảo đảm )?(?:hoàn thành|xong|thời (?:gian|hạn))[^,;]*$")
_TOLD_OF = re.compile(r"(?<!\w)(?:đã|đang|vẫn|hiện nay|đến nay)(?!\w)", re.IGNORECASE)
_SUPPOSED = re.compile(r"(?:đối với|trường hợp|khi|nếu|trong trường hợp)(?!\w)", re.IGNORECASE)
_THEN = re.compile(r"(?<!\w)thì[ \n]")
_PURPOSE = re.compile(r"(?<!\w)để[ \n]")
_NUMBERED = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)[ ]")
_SIGNS = re.compile(r"[(),]")
_WORDS = re.compile(r"\w+")
_CAPITAL_PRODUCT = re.compile(
    r"(?:Luật|Nghị[ ]định|Thông[ ]tư|Nghị[ ]quyết|Đề[ ]án|Quyết[ ]định|Chỉ[ ]thị|Chiến[ ]lược)(?![\w])"
)


class UnitReader:
    """Reads the tasks of one unit."""

    def __init__(self, words: Passage, cues: TaskKnowledge, setting: Setting) -> None:
        self.words = words
        self.cues = cues
        self.setting = setting
        self._generic = frozenset(w for phrase in cues.words["generic"] for w in phrase.split())
        self._begun = False
        self._sentence = -1
        self._whole = (0, 0)
        self.governing: DeadlineFound | None = None
        proposing = setting.frame.section == "propose"
        under = setting.marked and setting.frame.list and bool(setting.frame.leads) and not proposing
        self.openings = Openings(words, cues, proposing=proposing, under=under)

    def read(self, start: int) -> list[Draft]:
        """Return the tasks of the unit from `start` on, in text order."""
        done = self.orders(start)
        if done and self.words.text[start : self.words.end].rstrip().endswith(":"):
            led = self._leading_in(done[-1])
            return done[:-1] if led is None else [*done[:-1], led]
        return done

    def orders(self, start: int) -> list[Draft]:
        """Return all orders from `start` on, also the one that only leads in a list."""
        out: list[Draft] = []
        self.governing = None
        for n, (begin, end) in enumerate(sentences(self.words.text, start, self.words.end)):
            time = self._time_only(begin, end) or self._sent_by(begin, end)
            if time is None and out:
                time = self._reported_by(begin, end) or self._restated(out[-1], begin, end)
            if time is not None and (out or not self.setting.marked):
                self.governing = time
                continue
            explains = (
                bool(out or not self.setting.marked)
                and self.openings.match("elaboration", begin) > 0
                and not self._own(begin, end)
            )
            self._begun, self._sentence, self._whole = False, self.openings.glue(begin, end), (begin, end)
            for k, (first, last) in enumerate(clauses(self.words.text, begin, end)):
                self._clause(out, first, last, sentence=n, clause=k, explains=explains)
        return [self._finish(draft, self.governing) for draft in out]

    def addressed(self, start: int) -> Opening | None:
        """Return the cue and the bodies with which an introduction ends: "…, Bộ Y tế đề nghị Thủ tướng Chính phủ:"."""
        for at in candidates(self.words, self.cues, start, self.words.end):
            if self._boundary(at, start):
                opening = self.openings.read(at, self.words.end)
                if opening.cue and opening.leads and not self.words.text[opening.action : self.words.end].strip(" :\n"):
                    return opening
        return None

    def _leading_in(self, draft: Draft) -> Draft | None:
        """Return a task whose unit leads in a list, without the words that do so; None where it says nothing else."""
        text = self.words.text
        for tail in self.cues.finders["tail"].finditer(self.words.low, draft.start - self.words.start):
            at = tail.start() + self.words.start
            apart = text[at - 3 : at].rstrip()[-1:] in (",", ";", ".") or tail[0].startswith(("voi ", "theo "))
            if at > draft.start + 12 and apart and not self._is_generic(draft.start, at):
                return replace(draft, end=close(text, draft.start, at))
        return None

    def _is_generic(self, start: int, end: int) -> bool:
        """Whether an action says no more than "thực hiện các nhiệm vụ trọng tâm"."""
        return all(w in self._generic for w in _WORDS.findall(self.words.text[start:end].lower()))

    def _own(self, start: int, end: int) -> bool:
        return any(start <= d.start and d.end <= end + 1 for d in self.setting.deadlines)

    def _clause(self, out: list[Draft], start: int, end: int, *, sentence: int, clause: int, explains: bool) -> None:
        time = self._time_only(start, end)
        if time is not None and out:
            out[-1] = replace(out[-1], deadline=out[-1].deadline or time)
            return
        opening = self.opening(start, end, first=sentence == 0 and clause == 0, inside=bool(out))
        if explains and (opening is None or not opening.leads):
            return
        if opening is not None and clause > 0 and not self._begun and not (opening.leads or opening.cue):
            if not self._numbered(start):
                return
        self._begun = self._begun or opening is not None
        if opening is None:
            if out and (clause > 0 or self._continues(out[-1], start, end)):
                self._lengthen(out, end)
            return
        explicit = bool(opening.leads) or opening.cue
        if out and not explicit and not self._apart(out[-1], opening, start, end, clause):
            self._lengthen(out, end)
            return
        for k, (part, stop) in enumerate(self._orders(opening, end)):
            out.append(self._draft(part, start if k == 0 else part.start, stop, out))

    def _lengthen(self, out: list[Draft], end: int) -> None:
        out[-1] = replace(out[-1], clause=(out[-1].clause[0], end), end=end)

    def _continues(self, before: Draft, start: int, end: int) -> bool:
        """Whether a sentence that orders nothing by itself is still part of the task before it."""
        frame = self.setting.frame
        if self.openings.match("elaboration", start) > 0 or self.words.text[start:end].endswith(":"):
            return False
        if not (frame.mode == "open" and (self.setting.marked or frame.list)):
            return False
        if choose(self.setting.deadlines, self.words.text, *before.clause) is not None:
            return False
        return self.openings.is_verb(start) or not _TOLD_OF.search(self.words.text, start, min(end, start + 90))

    def _time_only(self, start: int, end: int) -> DeadlineFound | None:
        """Return the deadline of a sentence or clause that says nothing else."""
        found = [d for d in self.setting.deadlines if start <= d.start and d.end <= end + 1]
        if not found:
            return None
        text = self.words.text
        at = self.openings.glue(start, end)
        while (after := self.openings.match("linker", at)) > 0:
            at = self.openings.glue(after, end)
        if found[0].start > at and not _TIME_ONLY.match(text, at, found[0].start):
            return None
        rest = text[found[-1].end : end].strip(" .;*)…/")
        return choose(found, text, start, end + 1) if len(rest) < 30 else None

    def _sent_by(self, start: int, end: int) -> DeadlineFound | None:
        """Return the day by which what was asked for must be sent: "Báo cáo gửi về Bộ … trước ngày …"."""
        if not _SENT_BY.match(self.words.text, start, end):
            return None
        return choose(self.setting.deadlines, self.words.text, start, end + 1)

    def _reported_by(self, start: int, end: int) -> DeadlineFound | None:
        """Return the day of "Báo cáo Ban Chỉ đạo kết quả rà soát trong quý I" at the end of a task in a report."""
        if not self.setting.report or self.openings.match("report", start) < 0:
            return None
        return choose(self.setting.deadlines, self.words.text, start, end + 1)

    def _restated(self, before: Draft, start: int, end: int) -> DeadlineFound | None:
        """Return the day of a sentence that repeats a few words of the task before it to say when it must be done."""
        time = choose(self.setting.deadlines, self.words.text, start, end + 1)
        if time is None or not 0 < time.start - start < 50 or end - time.end > 60:
            return None
        known = set(_WORDS.findall(self.words.text[before.start : before.end].lower())) | self._generic
        repeated = _WORDS.findall(self.words.text[start : time.start].lower())
        return time if repeated and known.issuperset(repeated) else None

    def _orders(self, opening: Opening, end: int) -> Iterator[tuple[Opening, int]]:
        """Yield the openings of a clause with their ends: "X làm A, giao Y làm B" is two."""
        now = opening
        for at in candidates(self.words, self.cues, opening.action + 1, end):
            if at <= now.action or not self._boundary(at, now.action):
                continue
            further = self.openings.read(at, end)
            order = further.cue and further.leads and (further.verb or further.role) and further.modality != "proposed"
            if not order and not (further.leads and further.role == "lead" and further.told):
                continue
            if further.past or further.action >= end or not self._comma_before(at):
                continue
            yield now, close(self.words.text, now.action, self._before_linker(at))
            now = replace(further, start=at)
        yield now, end

    def _comma_before(self, at: int) -> bool:
        left = self.words.text[max(self.words.start, at - 24) : at].rstrip()
        return left.endswith((",", ";", "đồng thời", "Đồng thời")) or left == ""

    def _before_linker(self, at: int) -> int:
        left = self.words.text[max(self.words.start, at - 12) : at].rstrip()
        return at - 10 if left.endswith("đồng thời") else at

    def opening(self, start: int, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return how the clause `start`..`end` opens a task, None where it does not."""
        frame = self.setting.frame
        if frame.mode == "none":
            return None
        at = self._past_linkers(start, end)
        group = frame.mode == "open"
        opening = self.openings.read(at, end, group=group)
        if self._accepts(opening, end, first=first, inside=inside):
            return opening
        if (
            opening.leads
            and not opening.past
            and self.openings.match("adverbial", self.openings.glue(opening.action, end)) > 0
        ):
            later = self._after_adverbial(
                self.openings.glue(opening.action, end), end, first=first, inside=inside, by=opening
            )
            if later is not None:
                return later
        found = self._named(opening.action if opening.leads else at, end)
        if found is not None:
            return found
        return self._after_adverbial(at, end, first=first, inside=inside)

    def _past_linkers(self, start: int, end: int) -> int:
        at = self.openings.glue(start, end)
        for _ in range(3):
            after = self.openings.match("linker", at)
            if after < 0:
                after = self.openings.match("elaboration", at)
                if self.words.text[after : after + 1] != ",":
                    break
            place = self.openings.glue(after, end)
            if (
                self.words.text[after : after + 1] != ","
                and not self.openings.is_verb(place)
                and place not in self.words.by_start
            ):
                break
            at = place
        return at

    def _accepts(self, opening: Opening, end: int, *, first: bool, inside: bool) -> bool:
        frame = self.setting.frame
        if opening.past or opening.action >= end or not self._has_words(opening.action, end):
            return False
        if opening.leads and not opening.cue and self._speaks(opening):
            return False
        if opening.cue:
            if frame.mode == "off" and opening.entrusted:
                return False
            return bool(opening.leads) or bool(frame.leads) or (frame.mode == "open" and opening.start <= self._sentence)
        if opening.leads:
            if frame.mode == "off" or self._is_issuer(opening):
                return False
            if opening.role or (opening.told and (frame.mode == "open" or opening.duty)):
                return True
            return opening.verb and (frame.mode == "open" or (self.setting.placed and opening.start <= self._sentence))
        if inside and (opening.coordinators or opening.told):
            return True
        if frame.mode != "open" or not (frame.leads or frame.free or inside):
            return False
        if not self.setting.marked and not opening.told and self._by_order(opening.action):
            return False
        if opening.verb or opening.role or opening.told:
            return True
        bare = first and self.setting.marked and bool(frame.leads) and opening.action == opening.start
        return bare and self._bare_item(opening.action, end)

    def _speaks(self, opening: Opening) -> bool:
        """Whether a body only says something by the document: "Bộ Tài chính đề xuất …"."""
        roles = ("speaking", "proposing") if self.setting.report and not opening.told else ("speaking",)
        at = self.openings.glue(opening.action, self.words.end)
        return any(self.openings.match(role, at) > 0 for role in roles)

    def _by_order(self, at: int) -> bool:
        """Whether "Thực hiện ý kiến chỉ đạo của …, Bộ X …" says on whose order the document came about."""
        after = self.openings.match("adverbial", at)
        return self.words.lows(at, after).startswith("thuc hien ") if after > 0 else False

    def _bare_item(self, at: int, end: int) -> bool:
        """Whether an item under a body's name may be an action though no verb of the list begins it."""
        for role in ("adverbial", "elaboration", "past", "field_other", "result"):
            if self.openings.match(role, at) > 0:
                return False
        return self.words.text[at : at + 1].isalpha()

    def _is_issuer(self, opening: Opening) -> bool:
        """Whether the document speaks of its own body: "Văn phòng Chính phủ thông báo …"."""
        own = all(a.canonical in self.setting.issuers for a in opening.leads)
        return own and not (self.setting.marked and self.setting.frame.mode == "open")

    def _has_words(self, start: int, end: int) -> bool:
        return len(_WORDS.findall(self.words.text, start, min(end, start + 40))) >= 2

    def _named(self, start: int, end: int) -> Opening | None:
        """Return the first opening within a sentence: at a cue word or at a body that is told."""
        frame = self.setting.frame
        beyond = start
        for at in candidates(self.words, self.cues, start, end):
            if at < beyond:
                continue
            if not self._boundary(at, start):
                if at in self.words.by_start:
                    beyond = max(beyond, self.openings.bodies(at, end, group="")[1])
                continue
            opening = self.openings.read(at, end)
            if opening.past or opening.action >= end or not self._has_words(opening.action, end):
                continue
            if not opening.cue and self._speaks(opening):
                continue
            if opening.cue and not opening.leads and opening.verb:
                sent = self._sent_to(at, start)
                if sent:
                    return replace(opening, leads=sent)
            if opening.cue and (opening.leads or (frame.leads and opening.verb and self._breaks_in(at, start))):
                return opening
            if not opening.leads or frame.mode == "off" or self._is_issuer(opening):
                continue
            if opening.role or (opening.told and (opening.duty or frame.mode == "open")):
                return opening
            if opening.verb and frame.mode == "open":
                return opening
        return None

    def _boundary(self, at: int, start: int) -> bool:
        """Whether an order or its subject may begin at `at`."""
        text = self.words.text
        if at > 0 and text[at - 1].isalnum():
            return False
        left = text[max(start, at - 16) : at]
        if at in self.words.by_start:
            return bool(_BEFORE_SUBJECT.search(left)) or at <= start
        before = left.lower().split()
        if not before or left.rstrip()[-1:] in ',;:.)”"':
            return True
        # "theo yêu cầu của", "hồ sơ đề nghị", "bàn giao" order nothing
        return before[-1].strip("*“\"'(") not in self.cues.exact["no_order"]

    def _sent_to(self, at: int, start: int) -> tuple[ActorFound, ...]:
        """Return the body before a cue word that is asked: "gửi Đảng ủy Chính phủ đề nghị cho ý kiến"."""
        for agency in self.words.agencies:
            if start <= agency.start and agency.end + 1 == at and _SENT_TO.search(self.words.text, start, agency.start):
                return (ActorFound(agency.start, agency.end, agency.canonical),)
        return ()

    def _breaks_in(self, at: int, start: int) -> bool:
        """Whether a cue word without a body at `at` begins a clause or follows the body that speaks."""
        left = self.words.text[max(start, at - 16) : at].rstrip()
        return not left or left[-1] in ',;:.)”"' or any(a.end >= at - 1 for a in self.words.agencies if a.start < at)

    def _after_adverbial(
        self, start: int, end: int, *, first: bool, inside: bool, by: Opening | None = None
    ) -> Opening | None:
        """Return the opening after "Trên cơ sở …," where no body is named, or where `by` names it before."""
        if self.openings.match("adverbial", start) < 0:
            return None
        text, depth = self.words.text, 0
        supposed = _SUPPOSED.match(text, start) is not None
        then = _THEN.search(text, start, min(end, start + 400)) if supposed else None
        if then is not None and by is None:
            opening = self.openings.read(then.end(), end)
            own = opening.leads or opening.cue or (inside and goes_to(self.words, self.cues, opening.action, end))
            return opening if own and self._accepts(opening, end, first=first, inside=inside) else None
        purpose = self._at_purpose(start, end, by) if by is not None else None
        last = start
        for sign in _SIGNS.finditer(text, start, end):
            at, c = sign.start(), sign[0]
            depth += (c == "(") - (c == ")")
            if c != "," or depth > 0:
                continue
            if not supposed and _TOLD_OF.search(text, start, at):
                return None
            if self._listed(at):
                continue
            if purpose is not None and purpose.action < at:
                break
            opening = self.openings.read(at + 1, end)
            if by is None and self._said_before(last, at):
                return None
            last = at
            if by is not None and not opening.leads and opening.action < end:
                opening = replace(opening, leads=by.leads, start=by.start, cue=by.cue, modality=by.modality)
                if opening.verb and self._accepts(opening, end, first=first, inside=inside):
                    return opening
                continue
            if (
                (opening.verb or opening.role or opening.told)
                and not opening.leads
                and self._accepts(opening, end, first=first, inside=inside)
            ):
                return opening
        if by is not None:
            return purpose
        return self._at_modal(start, end, first=first, inside=inside)

    def _said_before(self, start: int, end: int) -> bool:
        """Whether the sentence has come to its verb between two commas: "…, phải yêu cầu người nộp thuế, …"."""
        for found in self.cues.finders["modal"].finditer(self.words.low, start - self.words.start, end - self.words.start):
            at = found.start() + self.words.start
            if self.openings.match("modal", at) > 0 and self.openings.glue(start, end) == at:
                return True
        return False

    def _at_purpose(self, start: int, end: int, by: Opening) -> Opening | None:
        """Return the opening at "để" in "X căn cứ quy định … để hoàn thiện thủ tục"."""
        for found in _PURPOSE.finditer(self.words.text, start, min(end, start + 320)):
            if self.openings.is_verb(found.end()):
                return replace(by, action=found.end(), verb=True)
        return None

    def _at_modal(self, start: int, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return the opening at the modal of "Tùy tính chất, mức độ có thể …"."""
        found = self.cues.finders["modal"].search(self.words.low, start - self.words.start, end - self.words.start)
        if found is None or found.start() + self.words.start - start > 80 or " " not in found[0]:
            return None
        opening = self.openings.read(found.start() + self.words.start, end)
        return opening if opening.verb and self._accepts(opening, end, first=first, inside=inside) else None

    def _listed(self, at: int) -> bool:
        """Whether the comma at `at` stands between two verbs ("rà soát, phân loại") and ends no adverbial."""
        before = self.words.text[max(self.words.start, at - 24) : at].split()
        return any(self.openings.is_verb(at - len(" ".join(before[-n:]))) for n in (2, 1) if len(before) >= n)

    def _last_in(self, sentence: tuple[int, int]) -> bool:
        """Whether a deadline with a date stands at the end of a sentence."""
        text, end = self.words.text, sentence[1]
        return any(sentence[0] <= d.start and d.due and not text[d.end : end].strip(" .;,/*)") for d in self.setting.deadlines)

    def _numbered(self, start: int) -> bool:
        return _NUMBERED.match(self.words.text, start) is not None

    def _apart(self, before: Draft, opening: Opening, start: int, end: int, clause: int) -> bool:
        """Whether a clause without a body of its own is a task of its own (actor aside: coordinator, deadline …)."""
        if opening.coordinators or (clause > 0 and self._numbered(start)):
            return True
        own = choose(self.setting.deadlines, self.words.text, start, end + 1)
        if own is not None and own.kind == "recurring" and self.words.lows(own.start, own.end) == "thuong xuyen":
            own = None
        if own is not None and not (before.deadline and before.deadline.start == own.start):
            # "…, hoàn thành trước ngày …" at the end of a sentence governs all its clauses
            led = _COMPLETION.search(self.words.text[max(start, own.start - 60) : own.start])
            if clause == 0 or not led or self.words.text[own.end : end].strip(" .;,/*"):
                return True
        ended = choose(self.setting.deadlines, self.words.text, *before.clause)
        if clause > 0 and ended is not None and ended.kind != "event":
            return True
        if clause == 0:
            if ended is not None and ended.due and self._last_in(self._whole):
                return True
            if goes_to(self.words, self.cues, opening.action, end):
                return True
            here = _CAPITAL_PRODUCT.search(self.words.text, opening.action, min(end, opening.action + 90))
            there = _CAPITAL_PRODUCT.search(self.words.text, before.start, min(before.end, before.start + 90))
            return opening.verb and (here is not None or there is not None)
        return False

    def _draft(self, opening: Opening, begin: int, end: int, before: list[Draft]) -> Draft:
        frame, setting = self.setting.frame, self.setting
        leads, coordinators, role = opening.leads, opening.coordinators, opening.role
        if not leads:
            source = before[-1] if before else frame
            leads = tuple(replace(a, inherited=True) for a in source.leads)
            if not before:
                coordinators = coordinators or tuple(replace(a, inherited=True) for a in frame.coordinators)
                role = role or frame.role
        modality: Modality = opening.modality or frame.modality or "assigned"
        if opening.modality == "requested":
            modality = setting.request
        if frame.section == "propose":
            modality = "proposed"
        rule = "cue" if opening.cue else role or ("duty" if opening.told else "verb" if opening.verb else "item")
        return Draft(
            unit=setting.unit,
            clause=(begin, end),
            start=self.openings.glue(opening.action, end),
            end=end,
            modality=modality,
            rule=f"{rule}{'' if opening.leads else '+inherited' if leads else ''}",
            leads=leads,
            coordinators=coordinators,
            role=role,
            anaphor=opening.anaphor,
            asker=opening.asker,
            explicit=opening.cue or bool(opening.leads),
            confidence=0.9 if opening.told and leads else 0.8 if leads else 0.6,
        )

    def _partners(self, draft: Draft) -> tuple[ActorFound, ...]:
        """Return the bodies the action itself is coordinated with: "… phối hợp với Bộ Công an rà soát …"."""
        out: list[ActorFound] = []
        low, base = self.words.low, self.words.start
        for found in _TOGETHER.finditer(low, draft.start - base, draft.end - base):
            out += self.openings.bodies(found.end() + base, draft.end, group="")[0]
        return tuple(out)

    def _finish(self, draft: Draft, governing: DeadlineFound | None) -> Draft:
        """Close the action before its deadline and its last sign, and settle which deadline governs."""
        text = self.words.text
        own = choose(self.setting.deadlines, text, draft.clause[0], draft.clause[1] + 1)
        end = draft.end
        for limit in sorted(self.setting.deadlines, key=lambda d: d.start, reverse=True):
            if draft.start < limit.start and limit.end <= draft.end + 1:
                end = min(end, cut_deadline(text, draft.start, end, limit))
        deadline = own or draft.deadline
        if deadline is None and governing is not None:
            deadline = replace(governing, inherited=governing.start > draft.clause[1] + 3)
        partners = draft.coordinators + self._partners(draft)
        return replace(draft, end=close(text, draft.start, end), deadline=deadline, coordinators=partners)


def bodies_only(words: Passage, cues: TaskKnowledge, start: int, issuers: frozenset[str]) -> Opening | None:
    """Return the opening of a unit that only says who is told ("c) Bộ Tài chính:"), None where it says more."""
    openings = Openings(words, cues, proposing=True)
    opening = openings.read(start, words.end, group=True)
    if not opening.leads:
        return None
    rest = words.text[opening.action : words.end].strip(" \n:.;*-–_")
    if rest and words.text[start : words.end].rstrip().endswith(":") and len(rest) < 40 and not opening.told:
        # the name goes on in words the agencies do not know
        return None if openings.is_verb(openings.glue(opening.action, words.end)) or "," in rest else opening
    return opening if not rest else None


_ORDERS = ("adverb", "modal", "lead", "support")


def whole_group(words: Passage, cues: TaskKnowledge, start: int) -> ActorFound | None:
    """Return the unnamed group a unit consists of ("Đơn vị quản lý nơi lưu trú, địa điểm họp:"), else None."""
    openings = Openings(words, cues)
    at = openings.glue(start, words.end)
    plural = openings.match("plural", at)
    named = at in words.by_start or openings.match("group_alone", at) > 0
    if not named and (plural < 0 or openings.match("group", openings.glue(plural, words.end)) < 0):
        return None
    end = close(words.text, at, words.end)
    if end - at > 140 or any(c in words.text[at:end] for c in ".;:"):
        return None
    if any(openings.match(role, w.start()) > 0 for w in _WORDS.finditer(words.text, at, end) for role in _ORDERS):
        return None
    name = " ".join(words.text[at:end].split())
    return ActorFound(at, end, f"nhóm: {name[0].lower()}{name[1:]}")
