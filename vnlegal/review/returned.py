"""Edits that come back in an Excel table, made part of the history of the documents they are about."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from vnlegal.office.tasks import Clash, Edit, Field, Returned, settle, values_of
from vnlegal.records import Task
from vnlegal.review.forms import BadForm, changed
from vnlegal.review.model import Change, Conflict, Item, State
from vnlegal.review.store import Store

_TRIES = 3


def take_edits(folder: Path, returned: Returned, who: str) -> Returned:
    """Write the edits of a workbook into the review kept in `folder`, one batch a document, signed `who`.

    What somebody changed there meanwhile, and what cannot be said of a task, comes back as clashes; nothing is
    overwritten.
    """
    store = Store(folder)
    try:
        for attempt in range(_TRIES):
            try:
                return _take(store, returned, who)
            except Conflict:  # somebody was faster between our look and our change: look again
                if attempt == _TRIES - 1:
                    raise
        raise AssertionError
    finally:
        store.close()


def _take(store: Store, returned: Returned, who: str) -> Returned:
    numbers = {row.sha256: int(row.id) for row in store.documents() if row.status == "ready"}
    asked = {edit.key.partition(":")[0] for edit in returned.edits}
    items: dict[str, tuple[int, Item]] = {}
    for digest in asked & numbers.keys():
        doc = numbers[digest]
        for item in store.standing(doc).items.values():
            if item.kind == "task" and item.verdict not in ("rejected", "gone"):
                items[f"{digest}:{item.id}"] = doc, item
    settled = settle(returned, {key: _values(item) for key, (_, item) in items.items()})
    fields: dict[str, dict[Field, Edit]] = defaultdict(dict)
    for edit in settled.edits:
        fields[edit.key][edit.field] = edit
    batches: dict[int, list[Change]] = defaultdict(list)
    kept: list[Edit] = []
    clashes = list(settled.clashes)
    for key, edits in fields.items():
        doc, item = items[key]
        try:
            value = changed(item, _form(edits), store.content(doc).text)
        except BadForm as error:
            clashes += [Clash(edit, edit.before, error.reason) for edit in edits.values()]
            continue
        batches[doc].append(Change(item.id, item.version, State("accepted", value)))
        kept += edits.values()
    for doc, changes in batches.items():
        store.act(doc, who, "edit", changes)
    return Returned(tuple(kept), tuple(clashes), returned.rows)


def _values(item: Item) -> dict[Field, str]:
    fields = {name: value for name, value in item.value.items() if name in Task.model_fields}
    return values_of(Task.model_validate(fields, strict=False))


def _form(edits: dict[Field, Edit]) -> dict[str, str]:
    """Return the edits as the fields of the page's form: names one a line."""
    return {
        field: edit.after.replace("; ", "\n") if field in ("leads", "coordinators") else edit.after
        for field, edit in edits.items()
    }
