"""A task in the making, and what the document says beyond the unit it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from vnlegal.records import Modality
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.model import ActorFound, DeadlineFound


@dataclass(frozen=True, slots=True)
class Draft:
    """A task in the making. `clause` is all that was read for it, `start`..`end` the action."""

    unit: int
    clause: tuple[int, int]
    start: int
    end: int
    modality: Modality
    rule: str
    leads: tuple[ActorFound, ...] = ()
    coordinators: tuple[ActorFound, ...] = ()
    role: str = ""
    deadline: DeadlineFound | None = None
    product: tuple[int, int] | None = None
    anaphor: bool = False
    asker: str = ""
    explicit: bool = False
    confidence: float = 0.8


class Setting(NamedTuple):
    """What the document says beyond the unit: its own bodies, what "đề nghị" means, the deadlines of the unit.

    `marked`: the unit has a marker. `placed`: it stands in a section of a document that orders, where a body with a
    verb is an order. `report`: it stands in a report, where a task ends with when to report on it.
    """

    unit: int
    frame: Frame
    issuers: frozenset[str]
    request: Modality
    marked: bool
    deadlines: tuple[DeadlineFound, ...] = ()
    placed: bool = False
    report: bool = False
