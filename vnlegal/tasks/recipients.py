"""Whom the result of a task goes to: the bodies after trình, báo cáo, tham mưu, gửi về."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound
from vnlegal.tasks.roles import Openings

_SENDING = re.compile(
    r"bao cao|gui|trinh|phan anh|nop|chuyen|giai trinh|thong bao|de xuat|kien nghi|dang ky|cung cap|tham muu"
)
_WEAK = frozenset({"ve", "cho", "den", "qua", "truoc", "len"})


def approvers(
    words: Passage, cues: TaskKnowledge, start: int, end: int, told: Sequence[ActorFound]
) -> tuple[ActorFound, ...]:
    """Return the bodies that the result of the action `start`..`end` goes to: after trình, báo cáo, gửi về …"""
    openings = Openings(words, cues)
    taken = {actor.canonical for actor in told}
    out: dict[str, ActorFound] = {}
    beyond = start
    for agency in words.within(start, end):
        if agency.start < beyond or agency.end > end:
            continue
        if not _after_recipient(words, cues, start, agency.start):
            continue
        bodies, after, _ = openings.bodies(agency.start, end, group="")
        beyond = max(after, agency.end)
        for body in bodies:
            if body.canonical not in taken:
                out.setdefault(body.canonical, body)
    return tuple(out.values())


def _after_recipient(words: Passage, cues: TaskKnowledge, start: int, at: int) -> bool:
    left = words.lows(max(start, at - 28), at).rstrip()
    for n in range(1, 5):
        tail = " ".join(left.split()[-n:])
        found = cues.patterns["recipient"].match(tail)
        if found is not None and found.end() == len(tail):
            return n > 1 or tail not in _WEAK or _sent(words, start, at)
    return False


def _sent(words: Passage, start: int, at: int) -> bool:
    """Whether a verb of sending stands before "về", "cho", "trước" …"""
    left = words.lows(max(start, at - 120), at)
    return bool(_SENDING.search(left))


def goes_to(words: Passage, cues: TaskKnowledge, start: int, end: int) -> bool:
    """Whether the first words of the action `start`..`end` say that its result goes to a named body."""
    near = words.within(start, min(end, start + 70))
    return any(_after_recipient(words, cues, start, agency.start) for agency in near)
