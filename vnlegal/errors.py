"""The errors a caller can meet. Each says what was wrong, where, and what to do next."""

from __future__ import annotations


class VnlegalError(Exception):
    """Base of every error raised on purpose.

    `reason` says what was wrong, `next_step` what the user can do about it.
    """

    def __init__(self, reason: str, *, next_step: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.reason} → {self.next_step}" if self.next_step else self.reason


class UnreadableFile(VnlegalError):
    """An input that cannot be turned into text: missing, locked, empty, binary, broken."""


class BadKnowledge(VnlegalError):
    """A row of a knowledge file that does not hold: file, line and value are in the message."""


class BadGold(VnlegalError):
    """A gold file that does not fit its text or its schema."""


class MissingExtra(VnlegalError):
    """An optional library or program that is needed here and is not installed."""
