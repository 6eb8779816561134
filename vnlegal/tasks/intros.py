"""Sentences that lead in a list and end with who is told what is listed."""

from __future__ import annotations

import re

from vnlegal.tasks.heads import ClauseHeads
from vnlegal.tasks.model import Opening
from vnlegal.tasks.roles import candidates

# How near the end of a clause the last of its bodies begins.
_NEAR = 90
# "nhiệm vụ do Thủ tướng Chính phủ | giao cho các bộ"
_THEIR_OWN = re.compile(r"(?<!\w)(?:do|được|đã)[ \n][^,;]{0,60}$")


class IntroHeads(ClauseHeads):
    """Finds, beside the openings, the bodies an introduction names."""

    def addressed(self, start: int) -> Opening | None:
        """Return the cue and the bodies with which an introduction ends: "…, Bộ Y tế đề nghị Thủ tướng Chính phủ:"."""
        for at in candidates(self.words, self.cues, start, self.words.end):
            if self._boundary(at, start):
                opening = self.openings.read(at, self.words.end)
                if opening.cue and opening.leads and not self.words.text[opening.action : self.words.end].strip(" :\n"):
                    return opening
        return None

    def listing(self, start: int, end: int) -> int:
        """Return where the cue begins whose bodies go on behind the clause `start`..`end`, or `start`.

        "Theo đó, | yêu cầu các sở, ban, ngành; UBND các xã rà soát"
        """
        if "các " not in self.words.text[max(start, end - _NEAR) : end].lower():
            return start
        for at in candidates(self.words, self.cues, start, end):
            if self._boundary(at, start) and not _THEIR_OWN.search(self.words.text, start, at):
                opening = self.openings.read(at, end, group=True)
                if opening.leads and not opening.cue and opening.action < end and (opening.verb or opening.told):
                    return start  # "Bộ Tài chính có trách nhiệm phân bổ …": told already
                if opening.cue and opening.leads and opening.action >= end:
                    return at
        return start
