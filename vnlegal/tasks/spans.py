"""Where an action ends, and which deadline governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnlegal.tasks.model import DeadlineFound

# "…, hoàn thành dứt điểm", "; hoàn thành", "(", "thời gian hoàn thành": words that lead a deadline in.
_LEAD_IN = re.compile(
    r"(?:[ \n]*[,;.–-]?[ \n]*\(?[ \n]*(?:(?:và|phải|cần|bảo đảm|đảm bảo|phấn đấu|xong|để)[ \n])*"
    r"(?:hoàn[ \n]thành(?:[ \n](?:dứt điểm|xong|việc[ \n][^,;.:]{3,40}|rà soát, đề xuất|toàn bộ|chậm nhất|muộn nhất"
    r"|nhiệm[ \n]vụ))?"
    r"|xong|kết thúc|triển khai xong|thực hiện xong"
    r"|(?:thời[ \n](?:gian|hạn)|tiến[ \n]độ|(?<!\w)hạn)(?!\w)[^,;.:]{0,40}:?"
    r"|định[ \n]kỳ|vào|nhiệm[ \n]vụ)[ \n]*[:(]?[ \n]*"
    r"|[ \n]*[,;.–-][ \n]*|[ \n]*\([ \n]*|[ \n]+(?:và[ \n]+)?)$",
    re.IGNORECASE,
)
_CONTENT_LED = re.compile(
    r"[,;.(–-]|và[ \n]hoàn[ \n]thành|(?:đảm[ \n]bảo|bảo[ \n]đảm)[ \n]hoàn"
    r"|thời[ \n](?:gian|hạn)|tiến độ|hạn(?!\w)|định kỳ|nhiệm vụ",
    re.IGNORECASE,
)
_AFTER_DEADLINE = re.compile(
    r"[ \n.;,:)\]/…”\"*]*(?:\([^()]*\)[ \n.;]*|và[ \n]*)?$"
    r"|[ \n,)]*(?:để|nhằm|phục[ \n]vụ|trong[ \n]đó|theo[ \n]quy[ \n]định|đúng[ \n]quy[ \n]định)(?![\w])"
)
_TRAILING = re.compile(r"[ \n.;,:…*/\\_–-]+$|[ \n]*\([ \n]*$")
_COMPLETED = re.compile(r"hoàn[ \n]thành[ \n](?:trong[ \n]|chậm nhất[ \n])?$")


def close(text: str, start: int, end: int) -> int:
    """Return the end of an action without the signs and blanks that close the sentence."""
    while end > start:
        if text[end - 1] in '”"' and text.count("“", start, end) + text.count('"', start, end - 1) % 2 == 0:
            end -= 1
            continue
        found = _TRAILING.search(text, max(start, end - 24), end)
        if found is None or found.end() != end:
            break
        end = found.start()
    return end


def cut_deadline(text: str, start: int, end: int, deadline: DeadlineFound) -> int:
    """Return where the action `start`..`end` stops before `deadline`, or `end` where the text goes on after it."""
    if not start < deadline.start < end:
        return end
    if not _AFTER_DEADLINE.match(text, deadline.end, end):
        return end
    at = lead_in(text, start, deadline.start)
    bracketed = text.count("(", start, at) > text.count(")", start, at)
    return end if bracketed and ")" in text[deadline.end : end] else at


def lead_in(text: str, start: int, at: int) -> int:
    """Return where the words that lead a deadline at `at` in begin."""
    floor = max(start, at - 70)
    found = _LEAD_IN.search(text, floor, at)
    if found is None or found.start() <= start:
        return at
    led = found[0]
    if _CONTENT_LED.search(led) or led.isspace() or led.strip() == "xong":
        return found.start()
    # "hoàn thành việc rà soát trước ngày …": the verb belongs to the action
    return at


def _of_something(found: DeadlineFound, text: str) -> bool:
    """Whether a word of frequency only describes a thing: "Nghị quyết hằng năm của Hội đồng nhân dân"."""
    return found.kind == "recurring" and text[found.end : found.end + 6].startswith((" của ", " trên "))


def choose(found: Sequence[DeadlineFound], text: str, start: int, end: int) -> DeadlineFound | None:
    """Return the deadline that governs an action: the last with a date at its end, else the first with a date."""
    inside = [d for d in found if start <= d.start and d.end <= end and not _of_something(d, text)]
    if not inside:
        return None
    dated = [d for d in inside if d.due]
    if dated:
        led = [d for d in dated if _COMPLETED.search(text, max(start, d.start - 30), d.start)]
        if led and led[0] is not dated[-1]:
            return led[0]
        return dated[-1] if len(dated) > 1 and _AFTER_DEADLINE.match(text, dated[-1].end, end) else dated[0]
    ranks = {"recurring": 0, "event": 1}
    return min(inside, key=lambda d: (ranks.get(d.kind, 2), d.is_bare, d.start))
