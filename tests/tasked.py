"""Reading the tasks of a few words of text, as the tests of tasks compare them."""

from __future__ import annotations

from collections.abc import Iterable

from vnlegal.agencies import find_agencies
from vnlegal.knowledge import Knowledge
from vnlegal.records import Document
from vnlegal.segment import segment
from vnlegal.tasks import ActorFound, TaskFound, find_tasks


def tasks_of(text: str, knowledge: Knowledge) -> list[tuple[str, TaskFound]]:
    """Return the tasks of a document with their words."""
    segmentation = segment(Document(text=text), knowledge)
    flow = segmentation.flow.text
    found = find_tasks(segmentation, find_agencies(segmentation, knowledge), [], knowledge)
    return [(flow[task.start : task.end], task) for task in found]


def told(text: str, knowledge: Knowledge) -> list[tuple[str, list[str]]]:
    """Return what a document tells to be done, and who is told."""
    return [(words, names(task.leads)) for words, task in tasks_of(text, knowledge)]


def names(actors: Iterable[ActorFound]) -> list[str]:
    """Return the canonical names of `actors`."""
    return [actor.canonical for actor in actors]
