"""Deadlines that stand apart from the tasks they govern: behind a list, in a sentence or paragraph of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnlegal.segment import Unit
from vnlegal.tasks.drafts import Draft
from vnlegal.tasks.fields import Field
from vnlegal.tasks.model import DeadlineFound
from vnlegal.tasks.sequels import goes_on

# no further above, in units, stand the items of a list or the request that an answer belongs to
_NEAREST = 64
# what is sent, where a request calls it otherwise
_ANSWERS = {"văn bản": ("ý kiến", "văn bản", "góp ý"), "ý kiến": ("ý kiến", "góp ý"), "kết quả": ("kết quả", "báo cáo")}


def of_list(field: Field, units: Sequence[Unit], text: str) -> Field:
    """Return a deadline on a line of its own, behind the last item of a list, as that of all its items.

    Numbered items take part where they run on with semicolons; what an item says itself stays.
    """
    unit, item = units[field.unit], units[field.group]
    if unit.kind != "body" or field.deadline is None or field.leads or field.coordinators or unit.parent != field.group:
        return field
    if item.kind != "item" or item.parent < 0 or field.unit != field.group + 1:
        return field
    before = range(field.group - 1, max(item.parent, field.group - _NEAREST), -1)
    sibling = next((units[k] for k in before if units[k].parent == item.parent), None)
    if sibling is None:
        return field
    runs_on = text[sibling.start : sibling.end].rstrip()[-1:] == ";"
    bullet = (item.marker or "")[:1] in "-–+*•"
    return replace(field, group=item.parent) if bullet or runs_on else field


def govern(
    drafts: list[Draft], n: int, deadline: DeadlineFound, units: Sequence[Unit], text: str, *, said: bool
) -> None:
    """Give a deadline that stands in a sentence of its own to the tasks before unit `n` that it governs.

    After the last of several numbers in running text it governs all of them; in a paragraph of its own the unit
    before.
    """
    first = n
    if n and units[n].kind == "body" and units[n - 1].kind == "item" and goes_on(text, units[n - 1], units[n]):
        first -= 1
    if said:
        while (units[first].marker or "").startswith("(") and after_semicolon(text, units[first].start):
            first -= 1
    elif units[n].kind == "body" and n:
        first -= 1
    inherited = replace(deadline, inherited=True)
    for k in range(len(drafts) - 1, -1, -1):
        draft = drafts[k]
        if draft.unit < first:
            break
        # a day beats "trước khi ban hành"
        open_end = draft.deadline is None or (draft.deadline.kind == "event" and deadline.due is not None)
        if open_end and draft.unit < n:
            drafts[k] = replace(draft, deadline=inherited)


def answer(drafts: list[Draft], sending: Draft, units: Sequence[Unit], text: str) -> bool:
    """Give the day of `sending` ("Báo cáo gửi về … trước ngày …") to the request of the same letter that it answers.

    Return whether there is one: without a day, and naming what is to be sent.
    """
    named = " ".join(text[sending.start : sending.end].lower().split()[:2])
    wanted = _ANSWERS.get(named, (named,))
    for k in range(len(drafts) - 1, -1, -1):
        draft = drafts[k]
        if sending.deadline is None or sending.unit - draft.unit > _NEAREST:
            break
        if draft.deadline is not None or units[draft.unit].part != units[sending.unit].part:
            continue
        said = text[draft.start : draft.end].lower()
        if any(word in said for word in wanted):
            drafts[k] = replace(draft, deadline=replace(sending.deadline, inherited=True))
            return True
    return False


def after_semicolon(text: str, at: int) -> bool:
    """Whether a semicolon stands before the words at `at`."""
    return text[max(0, at - 40) : at].rstrip().endswith(";")
