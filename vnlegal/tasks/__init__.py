"""Tasks: who must do what, with whom, by when, and how far it is."""

from vnlegal.tasks.extract import find_tasks
from vnlegal.tasks.model import ActorFound, DeadlineFound, TaskFound

__all__ = ["ActorFound", "DeadlineFound", "TaskFound", "find_tasks"]
