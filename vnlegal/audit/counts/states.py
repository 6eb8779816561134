"""Statuses of tasks as counts speak of them, and the statements that count tasks by status."""

from __future__ import annotations

import re

_OVERDUE = re.compile(r"\b(?:quá hạn|chậm|trễ hạn|chưa đúng hạn|không đúng hạn|muộn)\b")
_OPEN = re.compile(r"\bchưa\b(?! đến hạn)")
_RUNNING = re.compile(r"\b(?:đang|tiếp tục|chưa đến hạn|trong hạn)\b")
_DONE = re.compile(r"\bhoàn thành\b")
_TO_COME = re.compile(r"\b(?:sẽ|phấn đấu|phải|cần|thời hạn|hạn|dự kiến|yêu cầu)\s(?:\w+\s)?hoàn thành\b")


def state_of(words: str) -> str | None:
    """Return the status that the words after a number say, None where they say none.

    "đang thực hiện quá hạn" is overdue; "sẽ hoàn thành" and "thời hạn hoàn thành" are no status.
    """
    lower = words.casefold()
    if _OVERDUE.search(lower) and "không quá hạn" not in lower:
        return "overdue"
    if _OPEN.search(lower):
        return "not_started"
    if _RUNNING.search(lower):
        return "in_progress"
    if _DONE.search(lower) and not _TO_COME.search(lower):
        return "done"
    return None
