"""What a review is made of: items, their states, and the events that change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from vnlegal.errors import VnlegalError

Kind = Literal["citation", "agency", "task", "finding", "document"]
Verdict = Literal["open", "accepted", "rejected", "gone"]
Action = Literal["accept", "reject", "edit", "add", "reopen", "sign", "unsign", "undo", "redo", "remove", "restore"]
Value = dict[str, Any]

DOCUMENT = "doc"  # the item that stands for the document as a whole: its sign-off


class ReviewProblem(VnlegalError):
    """Something asked of the review that cannot be done: the reason and what to do."""


class NoSuchThing(ReviewProblem):
    """A document or an item that is not there."""


@dataclass(frozen=True, slots=True)
class State:
    """How an item stands. `gone`: an item that was added and whose adding was undone."""

    verdict: Verdict
    value: Value


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a document. `version` is the id of the event that made it so, 0 as the machine found it.

    `found` is what the machine found, None where a person added the item; `doubts` are the codes of what is
    doubtful about it.
    """

    id: str
    kind: Kind
    state: State
    version: int = 0
    found: Value | None = None
    doubts: tuple[str, ...] = ()
    who: str | None = None
    at: str | None = None

    @property
    def value(self) -> Value:
        """What the item says now."""
        return self.state.value

    @property
    def verdict(self) -> Verdict:
        """What was decided on it."""
        return self.state.verdict

    @property
    def start(self) -> int:
        """Where its words begin, in code points."""
        return int(self.state.value.get("start", 0))

    @property
    def end(self) -> int:
        """Where its words end, in code points."""
        return int(self.state.value.get("end", 0))

    @property
    def edited(self) -> bool:
        """Whether a person changed what the machine found."""
        return self.found is not None and self.found != self.state.value

    @property
    def is_doubtful(self) -> bool:
        """Whether it is put as a question."""
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one item: who, when, what, and the version that was seen when it was made.

    `batch` is shared by the changes made with one stroke; `undoes` is the batch that an undo or redo is about.
    """

    id: int
    doc: int
    item: str
    kind: Kind
    who: str
    at: str
    action: Action
    base: int
    before: State | None
    after: State
    batch: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A wish to change one item from the version `base` that its author saw."""

    item: str
    base: int
    after: State
    kind: Kind | None = None  # of an item that is new


class Conflict(ReviewProblem):
    """Somebody changed the item since its author saw it: `item` as it is now, and what the author wanted."""

    def __init__(self, item: Item, wanted: State) -> None:
        super().__init__(
            f"{item.who or 'người khác'} đã đổi mục {item.id} trước đó", next_step="xem hai bản rồi chọn một"
        )
        self.item = item
        self.wanted = wanted
