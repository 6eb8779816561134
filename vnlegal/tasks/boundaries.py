"""Where within a sentence an order may begin: at a cue word that orders, at the subject of an order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.tasks.accepting import AcceptedHeads
from vnlegal.tasks.conditions import MEASURE
from vnlegal.tasks.model import ActorFound

_BEFORE_SUBJECT = re.compile(r"(?:^|[,;:.)”\"'’–—*-]|đồng thời|Đồng thời|do đó|Do đó|theo đó|sau đó)[ \n]*$")
_SENT_TO = re.compile(r"(?<!\w)gửi(?:[ \n]đến)?[ \n]$")
# No name of a body is longer than this many characters.
_LONGEST_NAME = 500
# How far before a cue word stands what makes it no order, or one.
_NEAR = 400
# "Đồng ý với đề nghị của … và | giao Bộ Y tế chủ trì"
_AGREED = re.compile(r"(?:[Đđ]ồng[ \n]ý|[Tt]hống[ \n]nhất|[Cc]hấp[ \n]thuận|[Nn]hất[ \n]trí)(?!\w)")
# "Bộ Y tế đã có công văn số 12 gửi Sở X | yêu cầu …": what was asked once
_TOLD_THEN = re.compile(
    r"(?<!\w)đã[ \n](?:có|ban[ \n]hành|gửi)[ \n](?:[Cc]ông[ \n](?:văn|điện)|[Vv]ăn[ \n]bản|[Tt]hông[ \n]báo)(?!\w)"
    r"[^.;]*$"
)
# "Thực hiện Công văn số 12 của Bộ Y tế | giao Sở X …, Sở X đã …": what the letter answers
_REFERS = re.compile(
    r"(?:[Tt]hực[ \n]hiện|[Cc]ăn[ \n]cứ|[Tt]heo|[Tt]iếp[ \n]theo|[Nn]hận[ \n]được)[ \n][^,;.]*[ \n]của[ \n]$"
)
_BY = re.compile(r"(?<!\w)do[ \n]$")


class BoundedHeads(AcceptedHeads):
    """Tells the places of one unit where an order may begin from those within another."""

    def _boundary(self, at: int, start: int) -> bool:
        """Whether an order or its subject may begin at `at`."""
        text = self.words.text
        if at > 0 and text[at - 1].isalnum():
            return False
        left = text[max(start, at - 16) : at]
        if at in self.words.by_start:
            return bool(_BEFORE_SUBJECT.search(left)) or at <= start
        before = left.lower().split()
        if MEASURE.search(text, max(start, at - 70), at):
            return False
        if not before or left.rstrip()[-1:] in ',;:.)”"':
            return True
        near = max(start, at - _NEAR)
        if _TOLD_THEN.search(text, near, at) and not left.rstrip().endswith(","):
            return False
        if any(_REFERS.search(text, near, agency.start) for agency in self._ending_at([at])):
            return False
        if before[-1] == "và" and _AGREED.search(text, near, at):
            return True
        # "theo yêu cầu của", "hồ sơ đề nghị", "bàn giao" order nothing
        return before[-1].strip("*“\"'(") not in self.cues.exact["no_order"]

    def _after_verb(self, at: int) -> bool:
        """Whether "đề nghị" only goes on from another verb: "xem xét, đề nghị cấp có thẩm quyền"."""
        left = self.words.text[max(self.words.start, at - 3) : at].rstrip()
        return left.endswith(",") and self._listed(at - len(self.words.text[at - 2 : at]) if left else at)

    def _sent_to(self, at: int, start: int) -> tuple[ActorFound, ...]:
        """Return the body before a cue word that is asked: "gửi Đảng ủy Chính phủ đề nghị cho ý kiến"."""
        for agency in self.words.within(max(start, at - _LONGEST_NAME), at):
            if agency.end + 1 == at and _SENT_TO.search(self.words.text, start, agency.start):
                return (ActorFound(agency.start, agency.end, agency.canonical),)
        return ()

    def _breaks_in(self, at: int, start: int) -> bool:
        """Whether a cue word without a body at `at` begins a clause or follows the body that speaks."""
        left = self.words.text[max(start, at - 16) : at].rstrip()
        return (
            not left
            or left[-1] in ',;:.)”"'
            or any(a.end >= at - 1 for a in self.words.within(max(self.words.start, at - _LONGEST_NAME), at))
        )

    def _listed(self, at: int) -> bool:
        """Whether the comma at `at` stands between two verbs ("rà soát, phân loại") and ends no adverbial."""
        before = self.words.text[max(self.words.start, at - 24) : at].split()
        if self.openings.match("modal", self.openings.glue(at + 1, self.words.end)) > 0:
            return False  # "… cơ sở đào tạo, | cần ưu tiên rà soát"
        words = [at - len(" ".join(before[-n:])) for n in (2, 1) if len(before) >= n]
        if any(_BY.search(self.words.text, agency.start - 4, agency.start) for agency in self._ending_at(words)):
            return False  # "dự toán do Công an tỉnh | lập,"
        return any(self.openings.match("verb", place) > 0 for place in words)

    def _ending_at(self, places: Sequence[int]) -> Iterator[AgencyFound]:
        """Yield the bodies whose names end right before one of `places`."""
        for agency in self.words.within(min(places, default=0) - _LONGEST_NAME, max(places, default=0)):
            if agency.end + 1 in places:
                yield agency
