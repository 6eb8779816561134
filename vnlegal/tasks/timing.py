"""Sentences of a unit that only say by when something must be done."""

from __future__ import annotations

import re

from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.intros import IntroHeads
from vnlegal.tasks.model import DeadlineFound
from vnlegal.tasks.spans import choose, close, cut_deadline

_TIME_ONLY = re.compile(
    r"(?:(?:phải|cần|đảm[ \n]bảo|bảo[ \n]đảm|phấn[ \n]đấu)[ \n])?"
    r"(?:(?:cơ[ \n]bản|thực[ \n]hiện)[ \n])*"
    r"(?:thời[ \n](?:gian|hạn)|tiến[ \n]độ|hoàn[ \n]thành|thực[ \n]hiện[ \n]xong|xong|hạn)(?![\w])[^.;]{0,60}$",
    re.IGNORECASE,
)
_SENT_BY = re.compile(
    r"(?:kế hoạch|báo cáo|văn bản|ý kiến|kết quả|hồ sơ|danh sách|thông tin|tài liệu)(?![\w])[^.;]{0,60}?"
    r"(?<!\w)(?:gửi|báo cáo|nộp)(?![\w])",
    re.IGNORECASE,
)
# "… gửi về Sở Y tế trước ngày 15/11 đã được tổng hợp"
_SENT_BEFORE = re.compile(r"(?<!\w)(?:đã|đang|được)(?!\w)")
_WORDS = re.compile(r"\w+")


class TimedHeads(IntroHeads):
    """Finds, beside the openings, the sentences that only give a deadline."""

    def _own(self, start: int, end: int) -> bool:
        return any(start <= d.start and d.end <= end + 1 for d in self.setting.deadlines)

    def _time_only(self, start: int, end: int) -> DeadlineFound | None:
        """Return the deadline of a sentence or clause that says nothing else."""
        if not self.setting.deadlines:
            return None
        found = [d for d in self.setting.deadlines if start <= d.start and d.end <= end + 1]
        if not found:
            return None
        text = self.words.text
        at = self.openings.glue(start, end)
        while (after := self.openings.match("linker", at)) > 0:
            at = self.openings.glue(after, end)
        if found[0].start > at and not _TIME_ONLY.match(text, at, found[0].start):
            return None
        if self.openings.match("report", self.openings.glue(found[-1].end, end)) > 0:
            return None
        rest = text[found[-1].end : end].strip(" .;*)…/")
        return choose(found, text, start, end + 1) if len(rest) < 30 else None

    def _sent_by(self, start: int, end: int) -> DeadlineFound | None:
        """Return the day by which what was asked for must be sent: "Báo cáo gửi về Bộ … trước ngày …"."""
        if not self.setting.deadlines or not _SENT_BY.match(self.words.text, start, end):
            return None
        return choose(self.setting.deadlines, self.words.text, start, end + 1)

    def sending(self, start: int) -> Draft | None:
        """Return the request to send something by a day, where a letter asks for nothing else: "Ý kiến gửi về …"."""
        for begin, end in self.words.sentences_from(start):
            time = self._sent_by(begin, end)
            if time is not None and time.due and not _SENT_BEFORE.search(self.words.text, begin, end):
                stop = close(self.words.text, begin, cut_deadline(self.words.text, begin, end, time))
                span = (begin, end), begin, stop
                return Draft(self.setting.unit, *span, self.setting.request, "cue", deadline=time, confidence=0.7)
        return None

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
        known = set(_WORDS.findall(self.words.text[before.start : before.end].lower())) | self.cues.generic
        repeated = _WORDS.findall(self.words.text[start : time.start].lower())
        return time if repeated and known.issuperset(repeated) else None

    def _last_in(self, sentence: tuple[int, int]) -> bool:
        """Whether a deadline with a date stands at the end of a sentence."""
        text, end = self.words.text, sentence[1]
        return any(
            sentence[0] <= d.start and d.due and not text[d.end : end].strip(" .;,/*)") for d in self.setting.deadlines
        )
