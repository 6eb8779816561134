"""Edits that come back in an Excel table, made part of the history of the documents they are about."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from vnlegal.office.tasks import Clash, Edit, Field, Returned, settle, values_of
from vnlegal.records import Task
from vnlegal.review.forms import BadForm, changed
from vnlegal.review.model import DOCUMENT, Change, Conflict, Item, State
from vnlegal.review.store import Store

_TRIES = 3
_SIGNED = "văn bản đã ký duyệt"


def take_edits(folder: Path, returned: Returned, who: str) -> Returned:
    """Write the edits of a workbook into the review kept in `folder`, as `take_into` does."""
    store = Store(folder)
    try:
        return take_into(store, returned, who)
    finally:
        store.close()


def take_into(store: Store, returned: Returned, who: str) -> Returned:
    """Write the edits of a workbook into a review, one batch a document, signed `who`.

    What somebody changed there meanwhile, and what cannot be said of a task, comes back as clashes; nothing is
    overwritten.
    """
    for _ in range(_TRIES - 1):
        try:
            return _take(store, returned, who)
        except Conflict:  # somebody was faster between our look and our change: look again
            continue
    return _take(store, returned, who)


def one_edit(store: Store, edit: Edit, base: int, who: str) -> None:
    """Write one value somebody settled on, over the version `base` of the task.

    Raises `BadForm` for a value that cannot be said or a task that is not here, `Conflict` where it has moved on.
    """
    doc, item = named(store, edit.key)
    if doc is None or item is None:
        raise BadForm("key", "không thấy nhiệm vụ này trong danh sách văn bản", next_step="đưa văn bản vào trước")
    if _is_signed(store, doc):
        raise BadForm("key", _SIGNED, next_step="mở lại văn bản rồi mới sửa được")
    value = changed(item, _form({edit.field: edit}), store.content(doc).text)
    store.act(doc, who, "edit", [Change(item.id, base, State("accepted", value))])


def named(store: Store, key: str) -> tuple[int | None, Item | None]:
    """Return the document and the task that a row of a workbook is about, None for what is not on the list."""
    digest, _, name = key.partition(":")
    doc = store.number_of(digest)
    item = store.standing(doc).items.get(name) if doc is not None else None
    return doc, item if item is not None and item.kind == "task" else None


def values_now(item: Item) -> dict[Field, str]:
    """Return what a workbook's cells would say of a task as it stands."""
    fields = {name: value for name, value in item.value.items() if name in Task.model_fields}
    return values_of(Task.model_validate(fields, strict=False))


def _take(store: Store, returned: Returned, who: str) -> Returned:
    numbers = {row.sha256: int(row.id) for row in store.documents() if row.status == "ready"}
    asked = {edit.key.partition(":")[0] for edit in returned.edits}
    items: dict[str, tuple[int, Item]] = {}
    for digest in asked & numbers.keys():
        doc = numbers[digest]
        for item in store.standing(doc).items.values():
            if item.kind == "task" and item.verdict not in ("rejected", "gone"):
                items[f"{digest}:{item.id}"] = doc, item
    settled = settle(returned, {key: values_now(item) for key, (_, item) in items.items()})
    fields: dict[str, dict[Field, Edit]] = defaultdict(dict)
    for edit in settled.edits:
        fields[edit.key][edit.field] = edit
    batches: dict[int, list[Change]] = defaultdict(list)
    kept: list[Edit] = []
    clashes = list(settled.clashes)
    signed = {doc for doc in {items[key][0] for key in fields} if _is_signed(store, doc)}
    for key, edits in fields.items():
        doc, item = items[key]
        if doc in signed:
            clashes += [Clash(edit, edit.before, _SIGNED) for edit in edits.values()]
            continue
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


def _is_signed(store: Store, doc: int) -> bool:
    return store.standing(doc).items[DOCUMENT].verdict == "accepted"


def _form(edits: dict[Field, Edit]) -> dict[str, str]:
    """Return the edits as the fields of the page's form: names one a line."""
    return {
        field: edit.after.replace("; ", "\n") if field in ("leads", "coordinators") else edit.after
        for field, edit in edits.items()
    }
