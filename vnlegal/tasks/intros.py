"""Sentences that lead in a list and end with who is told what is listed."""

from __future__ import annotations

from vnlegal.tasks.heads import ClauseHeads
from vnlegal.tasks.model import Opening
from vnlegal.tasks.roles import candidates


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
