"""Which openings order something in the frame a unit stands in, and which only tell or explain."""

from __future__ import annotations

import re

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.drafts import Setting
from vnlegal.tasks.model import Opening
from vnlegal.tasks.roles import Openings

# "Nghị định số 214/2025/NĐ-CP …" as an item: what a list of documents holds, nothing to do
_INSTRUMENT = re.compile(
    r"(?:các[ \n])?(?:Bộ luật|Luật|Nghị[ \n]định|Nghị[ \n]quyết|Thông[ \n]tư|Quyết[ \n]định|Chỉ[ \n]thị|Công[ \n]văn"
    r"|Công[ \n]điện|Kế[ \n]hoạch|Kết[ \n]luận|Thông[ \n]báo|Văn[ \n]bản|Ý[ \n]kiến[ \n]chỉ[ \n]đạo)(?!\w)",
    re.IGNORECASE,
)
# "… theo dõi, đôn đốc việc thực hiện Chỉ thị này."
_THIS_DONE = re.compile(
    r"(?:đôn[ \n]đốc|kiểm[ \n]tra|theo[ \n]dõi|giám[ \n]sát)[ \n](?:(?:việc|quá[ \n]trình)[ \n])?"
    r"(?:(?:tổ[ \n]chức|triển[ \n]khai)[ \n])?(?:thực[ \n]hiện|thi[ \n]hành)[ \n]"
    r"(?:Chỉ[ \n]thị|Công[ \n]văn|Nghị[ \n]quyết|Kết[ \n]luận|Kế[ \n]hoạch|Quy[ \n]định|Quyết[ \n]định"
    r"|Công[ \n]điện)[ \n]này(?!\w)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"có[ \n]ý[ \n]kiến[ \n](?!như[ \n]sau|chỉ[ \n]đạo|tại|nêu|thống|đồng|khác)[^.;:]*", re.IGNORECASE
)
_GIVEN_IN = re.compile(r"(?<!\w)tại[ \n](?:[Cc]ông[ \n]văn|[Vv]ăn[ \n]bản|[Tt]ờ[ \n]trình|[Bb]áo[ \n]cáo)(?!\w)")
# "Giấy tờ chứng minh | phải là bản chính": what something must be
_REQUIRED = re.compile(r"[ \n](?:phải|cần)[ \n](?:là|có|được)(?!\w)")
_MEETING = re.compile(r"[ \n]*(?:(?:cuộc|phiên|buổi)[ \n](?:họp|làm[ \n]việc)|họp|hội[ \n]nghị)(?!\w)", re.IGNORECASE)
_TWO_WORDS = re.compile(r"\w\W+\w")


class AcceptedHeads:
    """Tells the openings of one unit that order something from those that do not."""

    def __init__(self, words: Passage, cues: TaskKnowledge, setting: Setting) -> None:
        self.words = words
        self.cues = cues
        self.setting = setting
        self._sentence = self._clause_at = -1
        self._begun = False
        proposing = setting.frame.section == "propose"
        under = setting.marked and setting.frame.list and bool(setting.frame.leads) and not proposing
        self.openings = Openings(words, cues, proposing=proposing, under=under)

    def _accepts(self, opening: Opening, end: int, *, first: bool, inside: bool) -> bool:
        frame = self.setting.frame
        if opening.past or opening.action >= end or not self._has_words(opening.action, end):
            return False
        if opening.leads and not opening.cue and (self._speaks(opening) or self._presides(opening)):
            return False
        if opening.cue:
            if frame.mode == "off" and opening.entrusted:
                return False
            return (
                bool(opening.leads) or bool(frame.leads) or (frame.mode == "open" and opening.start <= self._sentence)
            )
        if opening.leads:
            if frame.mode == "off" or (self._is_issuer(opening) and not self._has_duty(opening)):
                return False
            if opening.role or (opening.told and (frame.mode == "open" or opening.duty or self._must(opening))):
                return True
            placed = self.setting.placed and opening.start <= self._sentence
            return opening.verb and (
                frame.mode == "open"
                or placed
                or self._goes_on(opening)
                or self._urged(opening, end)
                or self._sees_to_it(opening, end)
            )
        if inside and (opening.coordinators or opening.told):
            return True
        if frame.mode != "open" or not (frame.leads or frame.free or inside or self._dated(opening, end)):
            return False
        if not self.setting.marked and not opening.told and self._by_order(opening.action):
            return False
        if opening.verb or opening.role or opening.told:
            return True
        bare = first and self.setting.marked and bool(frame.leads) and opening.action == opening.start
        return bare and self._bare_item(opening.action, end)

    def _speaks(self, opening: Opening) -> bool:
        """Whether a body only says something by the document: "Bộ Tài chính đề xuất …"."""
        if opening.duty:
            return False
        roles = ("speaking", "proposing") if self.setting.report and not opening.told else ("speaking",)
        at = self.openings.glue(opening.action, self.words.end)
        listed = self.setting.marked and self.setting.frame.mode == "open" and not self._is_issuer(opening)
        if listed and self.words.lows(at, at + 14).startswith(("thong bao toi ", "thong bao den ", "ban hanh ke ho")):
            # "2. Ủy ban Dân tộc thông báo tới các Bộ" among orders: what it is to do
            return False
        if self.setting.frame.mode == "open" and not self._is_issuer(opening) and self._gives_opinion(at):
            return False
        return any(self.openings.match(role, at) > 0 for role in roles)

    def _gives_opinion(self, at: int) -> bool:
        """Whether a body is told to give its opinion at `at`: "có ý kiến về đề nghị của …", not "có ý kiến như sau"."""
        opinion = _OPINION.match(self.words.text, at, self.words.end)
        return opinion is not None and _GIVEN_IN.search(self.words.text, at, opinion.end()) is None

    def _presides(self, opening: Opening) -> bool:
        """Whether a body only presided over a meeting: "Ngày 10/8, Phó Thủ tướng chủ trì | cuộc họp về …"."""
        return (
            opening.role == "lead" and not opening.duty and _MEETING.match(self.words.text, opening.action) is not None
        )

    def _by_order(self, at: int) -> bool:
        """Whether "Thực hiện ý kiến chỉ đạo của …, Bộ X …" says on whose order the document came about."""
        after = self.openings.match("adverbial", at)
        return self.words.lows(at, after).startswith("thuc hien ") if after > 0 else False

    def _dated(self, opening: Opening, end: int) -> bool:
        """Whether an item among orders says by what day something is to be done, though not by whom."""
        if not (self.setting.marked and self.setting.frame.list):
            return False
        times = (d for d in self.setting.deadlines if d.due and opening.action < d.start and d.end <= end + 1)
        return any(not self.words.text[d.end : end].strip(" .;/") for d in times)

    def _bare_item(self, at: int, end: int) -> bool:
        """Whether an item under a body's name may be an action though no verb of the list begins it."""
        for role in ("adverbial", "elaboration", "past", "field_other", "result"):
            if self.openings.match(role, at) > 0:
                return False
        if self.words.lows(at, at + 9) == "co quyen " or _REQUIRED.search(self.words.text, at, min(end, at + 120)):
            return False
        return self.words.text[at : at + 1].isalpha() and not _INSTRUMENT.match(self.words.text, at, end)

    def _is_issuer(self, opening: Opening) -> bool:
        """Whether the document speaks of its own body: "Văn phòng Chính phủ thông báo …"."""
        own = all(a.canonical in self.setting.issuers for a in opening.leads)
        return own and not (self.setting.marked and self.setting.frame.mode == "open")

    def _has_duty(self, opening: Opening) -> bool:
        """Whether the document's own body takes a duty upon itself: "Văn phòng Tỉnh ủy có trách nhiệm tổng hợp …"."""
        return opening.duty and opening.verb and not opening.past

    def _goes_on(self, opening: Opening) -> bool:
        """Whether a clause gives its own body its part of an order: "Sở A có trách nhiệm …; Sở B hướng dẫn …"."""
        return self._begun and opening.start == self._clause_at > self._sentence

    def _must(self, opening: Opening) -> bool:
        """Whether a body with a name is told what it must do: "Cục Thuế cần rà soát", not "doanh nghiệp phải nộp"."""
        return opening.verb and all(self._has_name(actor.start) for actor in opening.leads)

    def _sees_to_it(self, opening: Opening, end: int) -> bool:
        """Whether a body sees to it that the document is carried out: "Văn phòng Tỉnh ủy đôn đốc … Chỉ thị này"."""
        known = opening.verb and any(actor.start in self.words.by_start for actor in opening.leads)
        return (
            known
            and opening.start <= self._sentence
            and _THIS_DONE.search(self.words.text, opening.action, end + 1) is not None
        )

    def _urged(self, opening: Opening, end: int) -> bool:
        """Whether a body is told to hurry at the beginning of a clause: "UBND các xã khẩn trương rà soát"."""
        return opening.start <= self._clause_at and self._hurries(opening, end)

    def _hurries(self, opening: Opening, end: int) -> bool:
        """Whether a body with a name is told to do something without delay."""
        return self.words.lows(opening.action, end).lstrip(" \n,").startswith("khan truong ") and self._must(opening)

    def _has_name(self, at: int) -> bool:
        """Whether the body at `at` is a known one, one of a branch, or such as "các Tòa án"."""
        if at in self.words.by_start or self.openings.match("group_named", at) > 0:
            return True
        plural = self.openings.match("plural", at)
        kind = plural + 1 if plural > 0 else at
        return self.words.text[kind : kind + 1].isupper() and self.openings.match("office", kind) > 0

    def _has_words(self, start: int, end: int) -> bool:
        return _TWO_WORDS.search(self.words.text, start, min(end, start + 40)) is not None
