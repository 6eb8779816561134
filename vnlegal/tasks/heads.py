"""Where a clause of a unit begins to order something, in the frame the unit stands in."""

from __future__ import annotations

import re

from vnlegal.tasks.boundaries import BoundedHeads
from vnlegal.tasks.conditions import BESIDE_THIS, BY_THIS, OWNED_GROUNDS, SUPPOSED, THEN, TROUBLE
from vnlegal.tasks.model import Opening
from vnlegal.tasks.recipients import goes_to
from vnlegal.tasks.roles import candidates

_TOLD_OF = re.compile(r"(?<!\w)(?:đã|đang|vẫn|hiện nay|đến nay)(?!\w)", re.IGNORECASE)
_PURPOSE = re.compile(r"(?<!\w)để[ \n]")
_TITLE = re.compile(r"[^:;.]{8,200}:[ ](?![“\"])")
_OFFICE_OF = re.compile(r"(?:Trách|trách)[ \n]nhiệm[ \n]của[ \n]")
_CLOSING_ORDER = re.compile(
    r"trách[ \n]nhiệm[ \n](?:tổ[ \n]chức[ \n])?(?:thi[ \n]hành|thực[ \n]hiện|triển[ \n]khai)(?!\w)"
)
_ABOUT = re.compile(r"(?:về|đối[ \n]với)[ \n][^:;.]{5,260}:[ \n](?![“\"])", re.IGNORECASE)
_ON_GROUNDS = re.compile(r"tren co so|can cu")
_NOTE = re.compile(r"[ \n]*\([^()]*\)")
_DECIDES = ("xem xet", "quyet dinh", "cho y kien", "phe duyet")
# "Trường hợp vượt kế hoạch, tổ chức tín dụng | phải báo cáo"
_MUST = re.compile(r"[ \n](?:phải|có[ \n]trách[ \n]nhiệm)(?!\w)")
_SIGNS = re.compile(r"[(),]")
_BLANK = re.compile(r"(?<!được)(?<!và)[ \n]")


class ClauseHeads(BoundedHeads):
    """Finds the openings of the clauses of one unit."""

    def opening(self, start: int, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return how the clause `start`..`end` opens a task, None where it does not."""
        frame = self.setting.frame
        if frame.mode == "none":
            return None
        start = self._past_office(start, end)
        at = self._past_deadline(self._past_linkers(start, end), end)
        kinds = self.openings.match("plural", at) > 0 and self._has_name(at)
        group = frame.mode == "open" or self._begun or kinds or self._closes(start, end)
        opening = self._past_time(self.openings.read(at, end, group=group), end)
        if opening.cue and opening.leads and not opening.verb:
            # "Đề nghị Cục Thuế căn cứ hồ sơ thực tế, | hướng dẫn …": the action begins behind what it rests on
            later = self._behind_grounds(opening, end, first=first, inside=inside)
            if later is not None:
                return later
        if self._accepts(opening, end, first=first, inside=inside):
            if opening.leads or opening.cue:
                return opening
            titled = None if opening.coordinators else self._after_title(opening.action, end)
            if titled is None and not frame.leads and not inside and opening.verb:
                named = self._named(opening.action + 1, end)
                titled = named if named is not None and not named.cue else None
            return titled or opening
        if opening.leads:
            later = self._behind_grounds(opening, end, first=first, inside=inside)
            if later is not None:
                return later
        found = self._named(opening.action if opening.leads else at, end)
        if found is not None:
            return found
        found = self._in_trouble(at, end)
        if found is not None:
            return found
        return self._after_adverbial(at, end, first=first, inside=inside)

    def _behind_grounds(self, opening: Opening, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return the opening of a body that is told after the grounds or the condition of its action."""
        at = self.openings.glue(opening.action, end)
        if opening.past or self.openings.match("adverbial", at) < 0:
            return None
        later = self._behind_this(at, end, opening)
        if later is None:
            later = self._after_adverbial(at, end, first=first, inside=inside, by=opening)
            if later is not None:
                return later
            later = self._behind_owner(at, end, opening)
        return later if later and self._accepts(later, end, first=first, inside=inside) else None

    def _behind_this(self, start: int, end: int, opening: Opening) -> Opening | None:
        """Return the opening at the verb behind "căn cứ Kế hoạch này (và tình hình thực tế)"."""
        grounds = BY_THIS.match(self.words.text, start, end)
        if grounds is None:
            return None
        at = self.openings.glue(grounds.end(), end)
        if not self.openings.is_verb(at):
            beside = BESIDE_THIS.match(self.words.text, grounds.end(), end)
            blanks = _BLANK.finditer(self.words.text, *beside.span()) if beside else ()
            at = next((b.end() for b in blanks if self.openings.is_verb(b.end())), end)
        return opening._replace(action=at, verb=True) if at < end else None

    def _behind_owner(self, start: int, end: int, opening: Opening) -> Opening | None:
        """Return the opening at the verb behind whose grounds they are: "căn cứ hướng dẫn của Bộ Công an | rà soát"."""
        for agency in self.words.within(start, min(end, start + 160)):
            at = self.openings.glue(agency.end, end)
            owned = self.words.text[max(start, agency.start - 4) : agency.start].endswith("của ")
            if owned and at == agency.end + 1 and self.openings.is_verb(at):
                return opening._replace(action=at, verb=True)
        return None

    def _closes(self, start: int, end: int) -> bool:
        """Whether a sentence is the closing order: "…, Thủ trưởng … chịu trách nhiệm thi hành Quyết định này"."""
        last = self.words.text[max(start, end - 120) : end].rstrip(" ./\n")
        return last.endswith("này") and _CLOSING_ORDER.search(last) is not None

    def _past_office(self, start: int, end: int) -> int:
        """Return the place of the body in "Trách nhiệm của Văn phòng Bộ: chủ trì …"."""
        office = _OFFICE_OF.match(self.words.text, start, end)
        if office is None:
            return start
        leads, after, _ = self.openings.bodies(office.end(), end, group="alone")
        return office.end() if leads and self.words.text.startswith(":", after) else start

    def _in_trouble(self, start: int, end: int) -> Opening | None:
        """Return the opening of "nếu có khó khăn, vướng mắc các cơ quan, đơn vị kịp thời phản ánh về …"."""
        trouble = TROUBLE.search(self.words.text, start, min(end, start + 260))
        if trouble is None:
            return None
        opening = self.openings.read(trouble.end(), end, group=True)
        if not opening.leads or opening.past or not (opening.verb or opening.told or opening.role):
            return None
        return opening if opening.action < end and self._has_words(opening.action, end) else None

    def _after_title(self, start: int, end: int) -> Opening | None:
        """Return the opening after words that stand as its title: "Hoàn thiện thể chế: Các bộ khẩn trương …"."""
        title = _TITLE.match(self.words.text, start, end)
        if title is None or self.words.lows(self.openings.glue(start, end), end).startswith("chi dao "):
            return None  # "Chỉ đạo các Phòng: Thường xuyên kiểm tra …"
        opening = self.openings.read(title.end(), end, group=True)
        if opening.leads:
            told = bool(opening.verb or opening.told or opening.role)
        else:
            told = self.setting.marked and opening.verb and self.words.text[opening.start : opening.start + 1].isupper()
        return opening if told and self._accepts(opening, end, first=False, inside=False) else None

    def _past_deadline(self, start: int, end: int) -> int:
        """Return the place after a deadline that opens a clause: "định kỳ trước ngày 15/11 hằng năm (…) báo cáo"."""
        at = start
        for deadline in self.setting.deadlines:
            led = self.words.lows(at, deadline.start) if at <= deadline.start < min(end, at + 9) else "-"
            if led.strip() in ("", "dinh ky", "truoc", "vao"):
                note = _NOTE.match(self.words.text, deadline.end, end)
                at = self.openings.glue(note.end() if note else deadline.end, end)
        return at if self.openings.is_verb(at) or at in self.words.by_start else start

    def _past_time(self, opening: Opening, end: int) -> Opening:
        """Return the opening of a body told by when before it is told what: "UBND các xã, từ nay đến …, rà soát"."""
        if not opening.leads or opening.verb or opening.past:
            return opening
        at = self.openings.glue(opening.action, end)
        action = self._past_deadline(at, end)
        return opening._replace(action=action, verb=True) if action > at and self.openings.is_verb(action) else opening

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

    def _named(self, start: int, end: int) -> Opening | None:
        """Return the first opening within a sentence: at a cue word or at a body that is told."""
        frame = self.setting.frame
        beyond = start
        for at in candidates(self.words, self.cues, start, end):
            if at < beyond:
                continue
            if not self._boundary(at, start):
                if at in self.words.by_start:
                    beyond = max(beyond, self._past_owners(start, at, end))
                continue
            opening = self.openings.read(at, end)
            conditional = self.openings.match("adverbial", start) > 0
            if opening.modality in ("requested", "proposed") and self._after_verb(at) and not conditional:
                continue
            if opening.past or opening.action >= end or not self._has_words(opening.action, end):
                continue
            if not opening.cue and (self._speaks(opening) or self._presides(opening)):
                continue
            if opening.cue and not opening.leads and opening.verb:
                sent = self._sent_to(at, start)
                if sent:
                    return opening._replace(leads=sent)
            if opening.cue and (opening.leads or (frame.leads and opening.verb and self._breaks_in(at, start))):
                return opening
            if not opening.leads or frame.mode == "off" or (self._is_issuer(opening) and not self._has_duty(opening)):
                continue
            if opening.role or (opening.told and (opening.duty or frame.mode == "open")):
                return opening
            if opening.verb and (frame.mode == "open" or self._after_grounds(at, opening, end)):
                return opening
        return None

    def _past_owners(self, start: int, at: int, end: int) -> int:
        """Return the place behind the bodies at `at` that only own something.

        Behind grounds the last of them is the one that acts: "Sau khi có ý kiến của Bộ Tư pháp, | Bộ Tài chính trình".
        """
        after = self.openings.bodies(at, end, group="")[1]
        if OWNED_GROUNDS.fullmatch(self.words.text, start, at) is None:
            return after
        last = next((agency.start for agency in self.words.within(at, after) if agency.end == after), at)
        place = self.openings.glue(after, end)
        acts = self.openings.is_verb(place) and not self.words.lows(place, place + 10).startswith(_DECIDES)
        return last if acts and last > at and self.words.text.endswith(", ", at, last) else after

    def _after_grounds(self, at: int, opening: Opening, end: int) -> bool:
        """Whether the body at `at` is the subject of an order: "Đối với nhiệm vụ này, các sở chủ động …"."""
        if (
            not (self.setting.placed or self._hurries(opening, end))
            or self._sentence < 0
            or not self.words.text[max(0, at - 4) : at].rstrip().endswith(",")
        ):
            return False
        return at > self._sentence and self.openings.match("adverbial", self._sentence) > 0

    def _after_adverbial(
        self, start: int, end: int, *, first: bool, inside: bool, by: Opening | None = None
    ) -> Opening | None:
        """Return the opening after "Trên cơ sở …," where no body is named, or where `by` names it before."""
        if self.openings.match("adverbial", start) < 0:
            return None
        told = self._about(start, end, first=first, inside=inside, by=by)
        if told is not None:
            return told
        text, depth = self.words.text, 0
        supposed = SUPPOSED.match(text, start) is not None
        then = THEN.search(text, start, min(end, start + 400)) if supposed else None
        if then is not None and by is None:
            return self._then(then.end(), end, first=first, inside=inside)
        purpose = self._at_purpose(start, end, by or Opening(start, start))
        if by is None and not _ON_GROUNDS.match(self.words.low, start - self.words.start):
            purpose = None
        last = start
        past = None if supposed else _TOLD_OF.search(text, start, end)
        for sign in _SIGNS.finditer(text, start, end):
            at, c = sign.start(), sign[0]
            depth += (c == "(") - (c == ")")
            if c != "," or depth > 0:
                continue
            if past is not None and past.end() <= at:
                return None
            if by is None and self._group_begins(self.openings.glue(at + 1, end)):
                named = self.openings.read(at + 1, end, group=True)
                if named.leads and self._accepts(named, end, first=first, inside=inside):
                    return named
            if self._listed(at):
                continue
            if purpose is not None and purpose.action < at:
                break
            opening = self.openings.read(at + 1, end)
            if by is None and self._said_before(last, at):
                return None
            last = at
            if by is not None and not opening.leads and opening.action < end:
                opening = opening._replace(leads=by.leads, start=by.start, cue=by.cue, modality=by.modality)
                if opening.verb and self._accepts(opening, end, first=first, inside=inside):
                    return opening
                continue
            if (
                (opening.verb or opening.role or opening.told)
                and not opening.leads
                and self._accepts(opening, end, first=first, inside=inside)
            ):
                return opening
        if purpose is not None and (by is not None or self._accepts(purpose, end, first=first, inside=inside)):
            return purpose
        if by is not None:
            return None
        return self._at_modal(start, end, first=first, inside=inside)

    def _group_begins(self, at: int) -> bool:
        """Whether an unnamed group, or one named by its field, may begin at `at`; a body of a kind, if it must act."""
        if self.openings.match("plural", at) > 0 or self.openings.match("group_named", at) > 0:
            return True
        alone = self.openings.match("group_alone", at) if not self.words.text.startswith("cá nhân", at) else -1
        return alone > 0 and _MUST.match(self.words.text, alone) is not None

    def _about(self, start: int, end: int, *, first: bool, inside: bool, by: Opening | None) -> Opening | None:
        """Return the opening after words that only name the matter."""
        about = _ABOUT.match(self.words.text, start, end)
        if about is None:
            return None
        opening = self.openings.read(about.end(), end, group=True)
        if by is not None and not opening.leads:
            opening = opening._replace(leads=by.leads, cue=by.cue, modality=by.modality)
        orders = opening.verb or opening.told or opening.role
        return opening if orders and self._accepts(opening, end, first=first, inside=inside) else None

    def _then(self, start: int, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return the opening after the "thì" of a condition, where it names who is told."""
        opening = self.openings.read(start, end, group=True)
        opening = opening if opening.duty else self.openings.read(start, end)
        own = opening.leads or opening.cue or (inside and goes_to(self.words, self.cues, opening.action, end))
        return opening if own and self._accepts(opening, end, first=first, inside=inside) else None

    def _said_before(self, start: int, end: int) -> bool:
        """Whether the sentence has come to its verb between two commas: "…, phải yêu cầu người nộp thuế, …"."""
        for found in self.cues.finders["modal"].finditer(
            self.words.low, start - self.words.start, end - self.words.start
        ):
            at = found.start() + self.words.start
            if self.openings.match("modal", at) > 0 and self.openings.glue(start, end) == at:
                return True
        return False

    def _at_purpose(self, start: int, end: int, by: Opening) -> Opening | None:
        """Return the opening at "để" in "X căn cứ quy định … để hoàn thiện thủ tục"."""
        for found in _PURPOSE.finditer(self.words.text, start, min(end, start + 320)):
            if self.openings.is_verb(found.end()):
                return by._replace(action=found.end(), verb=True)
        return None

    def _at_modal(self, start: int, end: int, *, first: bool, inside: bool) -> Opening | None:
        """Return the opening at the modal of "Tùy tính chất, mức độ có thể …"."""
        found = self.cues.finders["modal"].search(self.words.low, start - self.words.start, end - self.words.start)
        if found is None or found.start() + self.words.start - start > 80 or " " not in found[0]:
            return None
        opening = self.openings.read(found.start() + self.words.start, end)
        return opening if opening.verb and self._accepts(opening, end, first=first, inside=inside) else None
