"""Tasks in running text: sentences and clauses of one unit of the outline, read in the frame it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.records import Modality
from vnlegal.tasks.clauses import Orders, Passage, clauses
from vnlegal.tasks.closing import closing_draft, closing_order
from vnlegal.tasks.drafts import Draft, Setting
from vnlegal.tasks.frames import enumerates
from vnlegal.tasks.model import ActorFound, DeadlineFound, Opening
from vnlegal.tasks.recipients import goes_to
from vnlegal.tasks.roles import candidates
from vnlegal.tasks.spans import choose, close, cut_deadline
from vnlegal.tasks.timing import TimedHeads
from vnlegal.text import UPPER

# How far before "phối hợp với" the body stands that is directed to work together with others.
_NEAR = 160
# The bodies of one order, listed with semicolons, take up no more than this.
_LONGEST_LIST = 900
_TOGETHER = re.compile(r"p(?<![^\W_]p)hoi hop(?: chat che)?(?: (?:voi|cung(?: voi)?))?[ \n]+")
_DIRECTED = re.compile(r"(?<!\w)(?:chi dao|yeu cau|don doc|van dong)[ \n](?!va[ \n])[^,;.]{3,90}$")
# "báo cáo Ban Bí thư giao Học viện X làm đầu mối, | phối hợp với …"
_HANDED = re.compile(rf"(?<!\w)giao[ \n](?=[{UPPER}])[^;.]{{3,140}}$")
_COMPLETION = re.compile(r"[,;(–-][ \n]*(?:phải |cần |bảo đảm )?(?:hoàn thành|xong|thời (?:gian|hạn))[^,;]*$")
_TOLD_OF = re.compile(r"(?<!\w)(?:đã|đang|vẫn|hiện nay|đến nay)(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)[ ]")
_WORDS = re.compile(r"\w+")
_CAPITAL_PRODUCT = re.compile(
    r"(?:Luật|Nghị[ ]định|Thông[ ]tư|Nghị[ ]quyết|Đề[ ]án|Quyết[ ]định|Chỉ[ ]thị|Chiến[ ]lược)(?![\w])"
)


class UnitReader(TimedHeads):
    """Reads the tasks of one unit."""

    def __init__(self, words: Passage, cues: TaskKnowledge, setting: Setting) -> None:
        super().__init__(words, cues, setting)
        self._whole = (0, 0)
        self.leading: Draft | None = None
        self.governing: DeadlineFound | None = None

    def read(self, start: int, *, closed: bool) -> list[Draft]:
        """Return the tasks of the unit from `start` on, in text order.

        `closed`: nothing stands under the unit, even if it ends with a colon.
        """
        done = self.orders(start)
        low = self.words.low.rstrip(" :\n")
        if (
            done
            and not closed
            and self.words.low.rstrip().endswith(":")
            and not enumerates(low, self.cues.finders["enumerating"])
        ):
            led = self._leading_in(done[-1])
            self.leading = done[-1] if led is None and not self._is_generic(done[-1].start, done[-1].end) else None
            return done[:-1] if led is None else [*done[:-1], led]
        return done

    def orders(self, start: int) -> list[Draft]:
        """Return all orders from `start` on, also the one that only leads in a list.

        The frames above ask for them before the tasks themselves do, so that the passage keeps them.
        """
        known = self.words.orders
        if known is None or known[:2] != (start, self.setting):
            drafts = self._read_orders(start)
            known = self.words.orders = Orders(start, self.setting, drafts, self.governing)
        self.governing = known.governing
        return known.drafts

    def _read_orders(self, start: int) -> list[Draft]:
        out: list[Draft] = []
        self.governing = None
        for n, (begin, end) in enumerate(self.words.sentences_from(start)):
            time = self._time_only(begin, end) or self._sent_by(begin, end)
            if time is None and out:
                time = self._reported_by(begin, end) or self._restated(out[-1], begin, end)
            if time is not None and (out or not self.setting.marked):
                self.governing = time
                continue
            closing = closing_order(self.openings, self.openings.glue(begin, end), end)
            if closing is not None:
                out.append(closing_draft(self.setting.unit, closing, self.setting.issuers))
                continue
            explains = (
                bool(out or not self.setting.marked)
                and self.openings.match("elaboration", begin) > 0
                and not self._own(begin, end)
            )
            self._begun, self._sentence, self._whole = False, self.openings.glue(begin, end), (begin, end)
            for k, (first, last) in enumerate(self._clauses(begin, end)):
                self._clause(out, first, last, sentence=n, clause=k, explains=explains)
        return [self._finish(draft, self.governing) for draft in out]

    def _clauses(self, begin: int, end: int) -> list[tuple[int, int]]:
        """Return the clauses of a sentence; bodies listed with semicolons stand in the clause that tells them."""
        parts = list(clauses(self.words.text, begin, end))
        while len(parts) > 1 and parts[0][1] - parts[0][0] < _LONGEST_LIST:
            first = self.listing(*parts[0])
            named = self.openings.read(first, parts[0][1], group=True)
            if not named.leads or named.action < parts[0][1] or named.told > named.cue:
                break
            whole = self.openings.read(first, parts[1][1], group=True)
            if len(whole.leads) <= len(named.leads) or whole.past:
                break
            parts[:2] = [(parts[0][0], parts[1][1])]
        return parts

    def _leading_in(self, draft: Draft) -> Draft | None:
        """Return a task whose unit leads in a list, without the words that do so; None where it says nothing else."""
        text = self.words.text
        for tail in [*self.cues.finders["tail"].finditer(self.words.low, draft.start - self.words.start)][::-1]:
            at = tail.start() + self.words.start
            apart = text[at - 3 : at].rstrip()[-1:] in (",", ";", ".") or tail[0].startswith(("voi ", "theo "))
            if at > draft.start + 12 and apart and not self._is_generic(draft.start, at):
                return replace(draft, end=close(text, draft.start, at))
        return None

    def _is_generic(self, start: int, end: int) -> bool:
        """Whether an action says no more than "thực hiện các nhiệm vụ trọng tâm"."""
        return all(w in self.cues.generic for w in _WORDS.findall(self.words.text[start:end].lower()))

    def _clause(self, out: list[Draft], start: int, end: int, *, sentence: int, clause: int, explains: bool) -> None:
        time = self._time_only(start, end)
        if time is not None and out:
            out[-1] = replace(out[-1], deadline=out[-1].deadline or time)
            return
        self._clause_at = self.openings.glue(start, end)
        opening = self.opening(start, end, first=sentence == 0 and clause == 0, inside=bool(out))
        if explains and (opening is None or not opening.leads):
            return
        said = self._begun or clause == 0 or self._numbered(start)
        if opening is not None and not said and not (opening.leads or opening.cue):
            return
        self._begun = self._begun or opening is not None
        if opening is None:
            if out and (clause > 0 or self._continues(out[-1], start, end)):
                self._lengthen(out, end)
            return
        explicit = bool(opening.leads) or (opening.cue and clause == 0)
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
            now = further._replace(start=at)
        yield now, end

    def _comma_before(self, at: int) -> bool:
        left = self.words.text[max(self.words.start, at - 24) : at].rstrip()
        return left.endswith((",", ";", "đồng thời", "Đồng thời")) or left == ""

    def _before_linker(self, at: int) -> int:
        left = self.words.text[max(self.words.start, at - 12) : at].rstrip()
        return at - 10 if left.endswith("đồng thời") else at

    def _always(self, deadline: DeadlineFound) -> bool:
        return deadline.kind == "recurring" and self.words.lows(deadline.start, deadline.end).startswith("thuong xuyen")

    def _numbered(self, start: int) -> bool:
        return _NUMBERED.match(self.words.text, start) is not None

    def _apart(self, before: Draft, opening: Opening, start: int, end: int, clause: int) -> bool:
        """Whether a clause without a body of its own is a task of its own (actor aside: coordinator, deadline …)."""
        if opening.coordinators or (clause > 0 and self._numbered(start)):
            return True
        own = choose(self.setting.deadlines, self.words.text, start, end + 1)
        if own is not None and self._always(own) and (clause == 0 or own.start > opening.start):
            own = None
        if own is not None and clause > 0 and self.words.lows(own.start, own.start + 9) == "truoc khi":
            # "…, báo cáo cấp ủy trước khi ban hành": what comes first, not when the work ends
            own = None
        if own is not None and not (before.deadline and before.deadline.start == own.start):
            # "…, hoàn thành trước ngày …" at the end of a sentence governs all its clauses
            led = _COMPLETION.search(self.words.text[max(start, own.start - 60) : own.start])
            if clause == 0 or not led or self.words.text[own.end : end].strip(" .;,/*"):
                return True
        ended = choose(self.setting.deadlines, self.words.text, *before.clause)
        if clause > 0 and ended is not None and ended.kind != "event" and not self._always(ended):
            return True
        if clause == 0:
            if ended is not None and ended.due and (opening.told or self._last_in(self._whole)):
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
        low, text, base = self.words.low, self.words.text, self.words.start
        for found in _TOGETHER.finditer(low, draft.start - base, draft.end - base):
            at = found.start() + base
            near = max(draft.start, at - _NEAR)
            others = _DIRECTED.search(low, near - base, found.start()) or _HANDED.search(text, near, at)
            if others is not None:
                continue  # "chỉ đạo Sở Y tế | phối hợp với Sở Tài chính …"
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
        if own is not None and own.due is None and draft.deadline is not None and draft.deadline.due:
            # "…, báo cáo cấp ủy trước khi ban hành; hoàn thành trước ngày 10/6/2026"
            deadline = draft.deadline
        if governing is not None and (deadline is None or (deadline.kind == "event" and governing.due)):
            deadline = replace(governing, inherited=governing.start > draft.clause[1] + 3)
        partners = draft.coordinators + self._partners(draft)
        return replace(draft, end=close(text, draft.start, end), deadline=deadline, coordinators=partners)
