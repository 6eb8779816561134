"""From outline, agencies, deadlines and cue words to tasks."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation
from vnlegal.tasks.model import TaskFound


def find_tasks(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    citations: Sequence[Mention],
    knowledge: Knowledge,
) -> list[TaskFound]:
    """Find the tasks of a document in text order."""
    return []
