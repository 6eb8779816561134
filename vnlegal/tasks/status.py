"""How far a task is: the label of a status cell, and what a reporting sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.deadlines import DeadlineKnowledge
from vnlegal.records import Status

_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3})(?:[,.]\d+)? ?%")
# "đã thực hiện được 80%": a part of the task, where no number of things is counted behind it.
_SHARE = re.compile(
    r"(?:^|[,;] |đã |mới )(?:thực hiện|hoàn thành|triển khai|đạt)(?: được)?(?: khoảng| gần| trên)?"
    r" (\d{1,3})(?:[.,]\d+)? ?%"
    r"(?= ?(?:[.,;]|$|khối lượng|công việc|kế hoạch|tiến độ))",
    re.IGNORECASE,
)
_PASSED = re.compile(r"(?:thông qua|ban hành|phê duyệt)[^.;]{0,40}")
_SENTENCE_END = re.compile(r"[.;](?=\s+[A-ZĐÀ-Ỹ]|\s*$)|\n")
_NUMBERED = re.compile(r"\d/(?:\d{4}/)?[A-ZĐ]")
# A result that opens with a numbered document: the thing has been issued, whatever is said after it.
_ISSUED = re.compile(r"[-+ ]*[A-ZĐ]\w+(?: \w+)? số \d[^,;.]{0,12}/")


@dataclass(frozen=True, slots=True)
class _Words:
    labels: tuple[tuple[re.Pattern[str], Status], ...]
    cues: tuple[tuple[re.Pattern[str], Status], ...]
    doubts: re.Pattern[str]


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    inner = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _words(knowledge: DeadlineKnowledge) -> _Words:
    rows = knowledge.status_words
    return _Words(
        labels=tuple((_pattern(row.words), row.status) for row in rows if row.role == "label"),
        cues=tuple((_pattern(row.words), row.status) for row in rows if row.role == "cue"),
        doubts=_pattern(tuple(w for row in rows if row.doubt for w in row.words)),
    )


def label_status(cell: str, knowledge: Knowledge) -> Status | None:
    """Return the status a cell's label names, None where it names none.

    The label is taken as it stands; whether the result bears it out is for the findings.
    """
    words = cell.strip()
    if not words or len(words) > 160:
        return None
    for pattern, status in _words(knowledge.deadlines).labels:
        if pattern.search(words):
            return status
    share = _PERCENT.fullmatch(words)
    if share is not None:
        done = int(share[1])
        return "done" if done >= 100 else "in_progress" if done else "not_started"
    return None


def reported_status(report: str, knowledge: Knowledge) -> Status | None:
    """Return the status that the sentences of a report on one task say, None where they have no such word.

    An act that is finished ("đã ban hành Quyết định số …") counts before what runs on after it; something submitted
    but not issued is in progress.
    """
    first = _SENTENCE_END.split(report.strip(), maxsplit=2)
    words = ". ".join(first[:2])
    share = _SHARE.search(words)
    if share is not None:
        return "done" if int(share[1]) >= 100 else "in_progress"
    for pattern, status in _words(knowledge.deadlines).cues:
        found = pattern.search(words)
        if found is None:
            continue
        if status == "in_progress" and "trình" in found[0].lower() and _passed(words, found.end()):
            return "done"
        return status
    return None


def _passed(words: str, after: int) -> bool:
    """Whether what was submitted has since been passed: "đã trình Quốc hội thông qua Nghị quyết số 196/2025/QH15"."""
    passed = _PASSED.search(words, after)
    return passed is not None and bool(_NUMBERED.search(words, passed.start(), min(len(words), passed.end() + 30)))


def is_doubtful(result: str, knowledge: Knowledge) -> bool:
    """Whether a result cell says that the thing is still to come, so that the label "hoàn thành" contradicts it."""
    if _ISSUED.match(result.strip()) or not _words(knowledge.deadlines).doubts.search(result):
        return False
    return reported_status(result, knowledge) != "done"
