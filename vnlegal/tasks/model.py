"""Tasks as found in the flow, before they are mapped back to the raw text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from vnlegal.records import DeadlineKind, Modality, Status


@dataclass(frozen=True, slots=True)
class ActorFound:
    """A body in a role. Offsets are flow offsets."""

    start: int
    end: int
    canonical: str
    inherited: bool = False


class Opening(NamedTuple):
    """How a clause opens. `action`: where the action begins. `told`: whether a cue, a role or a modal orders it.

    `modality` is None where no cue word says it. `when` is a word of frequency that stands before the action.
    `anaphor`: the body told is only called "Quý Cơ quan", "Đồng chí". `past`: the words tell what was done.
    `duty`: the modal is "có trách nhiệm" or "chịu trách nhiệm". `entrusted`: the cue is "được giao".
    `asker`: the body before the cue word, which orders.
    """

    start: int
    action: int
    modality: Modality | None = None
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    role: str = ""
    told: bool = False
    cue: bool = False
    verb: bool = False
    past: bool = False
    anaphor: bool = False
    duty: bool = False
    entrusted: bool = False
    asker: str = ""
    when: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DeadlineFound:
    """A deadline phrase and what it means."""

    start: int
    end: int
    kind: DeadlineKind
    due: str | None = None
    not_before: str | None = None
    exclusive: bool = False
    inherited: bool = False
    rule: str | None = None
    anomaly: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it recurs without naming a day: "định kỳ", not "trước ngày 23 hằng tháng"."""
        return self.kind == "recurring" and "BYMONTHDAY" not in (self.rule or "")


@dataclass(frozen=True, slots=True)
class TaskFound:
    """One task. `deliverable` and `result` are flow spans; `legal_basis` are indexes into the document's mentions."""

    start: int
    end: int
    modality: Modality
    rule: str
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    approvers: tuple[ActorFound, ...] = ()
    deadline: DeadlineFound | None = None
    deliverable: tuple[int, int] | None = None
    status: Status | None = None
    result: tuple[int, int] | None = None
    urgency: str | None = None
    legal_basis: tuple[int, ...] = ()
    path: tuple[str, ...] = ()
    confidence: float = 0.8
