"""The state of a document's items as the fold of its events, and what each reviewer can undo. All of it pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vnlegal.review.model import Event, Item, ReviewProblem


def apply(items: Mapping[str, Item], event: Event) -> Item:
    """Return the item that an event is about as it is after it.

    Raises `ReviewProblem` where the event was made on a version other than the one that stands: a broken log.
    """
    item = items.get(event.item)
    version = item.version if item else 0
    if version != event.base:
        raise ReviewProblem(
            f"nhật ký hỏng: sự kiện {event.id} dựa trên bản {event.base}, đang có bản {version}",
            next_step="khôi phục tệp từ bản sao lưu",
        )
    if item is None:
        return Item(event.item, event.kind, event.after, event.id, who=event.who, at=event.at)
    return replace(item, state=event.after, version=event.id, who=event.who, at=event.at)


def fold(items: Mapping[str, Item], events: Iterable[Event]) -> dict[str, Item]:
    """Return the items after the events, in their order. Raises `ReviewProblem` on a broken log."""
    out = dict(items)
    for event in events:
        out[event.item] = apply(out, event)
    return out


@dataclass(frozen=True, slots=True)
class Steps:
    """The batches that one reviewer can undo and redo, the next one last."""

    undo: tuple[str, ...] = ()
    redo: tuple[str, ...] = ()


def steps(events: Iterable[Event], who: str) -> Steps:
    """Return what `who` can undo and redo: a new change ends what could be redone.

    Taking a document off the list is no step: it is undone where it shows, in the list.
    """
    undo: list[str] = []
    redo: list[str] = []
    told: set[str] = set()
    for event in events:
        if event.who != who or event.batch in told or event.action in ("remove", "restore"):
            continue
        told.add(event.batch)
        if event.action == "undo" and event.undoes in undo:
            undo.remove(event.undoes)
            redo.append(event.undoes)
        elif event.action == "redo" and event.undoes in redo:
            redo.remove(event.undoes)
            undo.append(event.undoes)
        elif event.undoes is None:
            undo.append(event.batch)
            redo.clear()
    return Steps(tuple(undo), tuple(redo))


def counts(items: Iterable[Item]) -> dict[str, int]:
    """Return how many items there are, how many are decided, and how many open ones are doubtful."""
    all_ = decided = doubtful = 0
    for item in items:
        verdict = item.state.verdict
        if verdict == "gone" or item.kind == "document":
            continue
        all_ += 1
        if verdict != "open":
            decided += 1
        elif item.doubts:
            doubtful += 1
    return {"all": all_, "decided": decided, "doubtful": doubtful}


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return the items as they are worked through: the doubtful ones first, each group in text order."""
    shown = [item for item in items if item.kind != "document" and item.verdict != "gone"]
    shown.sort(key=lambda item: (not item.is_doubtful, item.start, -item.end, item.id))
    return shown


def last_of(events: Sequence[Event], default: int = 0) -> int:
    """Return the id of the last event."""
    return events[-1].id if events else default
