"""From the flow to its mentions of agencies."""

from __future__ import annotations

from vnlegal.agencies.context import contexts
from vnlegal.agencies.model import AgencyFound
from vnlegal.agencies.reader import take
from vnlegal.agencies.scan import scan
from vnlegal.agencies.state import State
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import lower
from vnlegal.segment import Segmentation


def find_agencies(segmentation: Segmentation, knowledge: Knowledge) -> list[AgencyFound]:
    """Find every mention of an agency, longest first, in order, without overlaps."""
    text = segmentation.flow.text
    low = lower(text)
    known = knowledge.agencies
    state = State(text, low, known, contexts(segmentation, known))
    for sight in scan(text, low, known):
        take(state, sight)
    return state.mentions()
