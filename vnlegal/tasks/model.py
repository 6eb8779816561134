"""Tasks as found in the flow, before they are mapped back to the raw text."""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.records import DeadlineKind, Modality, Status


@dataclass(frozen=True, slots=True)
class ActorFound:
    """A body in a role. Offsets are flow offsets."""

    start: int
    end: int
    canonical: str
    inherited: bool = False


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
