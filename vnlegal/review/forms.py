"""From what a reviewer typed to the value of an item: words are found in the text, days are read, names kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from vnlegal.citations.pinpoints import provisions
from vnlegal.records import AgencyMention, Citation, Finding, Provision, Record, Task
from vnlegal.review.model import Item, ReviewProblem, Value
from vnlegal.review.words import field_day, provision

RECORDS: dict[str, type[Record]] = {"citation": Citation, "agency": AgencyMention, "task": Task, "finding": Finding}
_DAY = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})$")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?$")
_LONGEST = 4_000
_ROLES = ("leads", "coordinators", "approvers")
# The fields of the form of each kind, in its order; `start` and `end` go with `words`.
FIELDS = {
    "citation": ("words", "target", "provisions", "relation", "number", "date", "title", "issuer"),
    "agency": ("words", "canonical"),
    "task": ("words", *_ROLES[:2], "deadline", "due", _ROLES[2], "deliverable", "modality", "status"),
    "finding": ("note",),
}
DueReader = Callable[[str], Value]  # from the words of a deadline to its kind and last day
_BLANK: dict[str, Value] = {
    "citation": {"kind": "numbered", "rule": "reviewer", "confidence": 1.0},
    "agency": {"canonical": "", "kind": "agency"},
    "task": {"modality": "assigned", "rule": "reviewer", "confidence": 1.0},
}


class BadForm(ReviewProblem):
    """A form that cannot be taken as it is; `field` is the one to mend."""

    def __init__(self, field: str, reason: str, *, next_step: str) -> None:
        super().__init__(reason, next_step=next_step)
        self.field = field


def blank(kind: str, start: int, end: int, text: str) -> Value:
    """Return the value of a new item over a stretch of the text. Raises `BadForm`."""
    if kind not in _BLANK or not 0 <= start <= end <= len(text):
        raise BadForm("words", "không thêm được mục này", next_step="chọn lại chữ trong văn bản")
    value = {"id": "n0", "start": start, "end": end, "text": text[start:end], **_BLANK[kind]}
    return RECORDS[kind].model_validate(value, strict=False).model_dump(mode="json")


def typed(item: Item) -> dict[str, str]:
    """Return the fields of an item as its form shows them."""
    value = item.value
    deadline = value.get("deadline") or {}
    fields = {"words": value.get("text", ""), "start": str(item.start), "end": str(item.end)}
    for name in ("target", "number", "title", "issuer", "relation", "canonical", "modality", "status", "note"):
        fields[name] = str(value.get(name) or "")
    fields["date"] = field_day(value.get("date"))
    fields["provisions"] = _written(value)
    fields |= {"deadline": _one_line(deadline.get("text", "")), "due": field_day(deadline.get("due"))}
    fields["deliverable"] = _one_line((value.get("deliverable") or {}).get("text", ""))
    for role in _ROLES:
        fields[role] = "\n".join(actor["canonical"] for actor in value.get(role) or ())
    return fields


def changed(item: Item, fields: Mapping[str, str], text: str, *, read_due: DueReader | None = None) -> Value:
    """Return the value of an item after a form. Fields that are not in the form stay. Raises `BadForm`.

    `read_due` gives the last day where new words of a deadline come without a new day.
    """
    if item.kind == "finding":
        return {**item.value, "note": fields.get("note", "").strip()[:_LONGEST]}
    value = dict(item.value)
    if "words" in fields:
        start, end = place(text, fields["words"], number(fields, "start"), number(fields, "end"), near=item.start)
        value |= {"start": start, "end": end, "text": text[start:end]}
    if item.kind == "citation":
        value |= _citation(value, fields)
    elif item.kind == "agency":
        name = _one_line(fields.get("canonical", item.value.get("canonical", "")))
        if not name:
            raise BadForm("canonical", "thiếu tên đầy đủ của cơ quan", next_step="viết tên, hoặc bấm Bỏ mục này")
        value |= {"canonical": name}
    else:
        value |= _task(value, fields, text, read_due)
    return _checked(item.kind, value)


def _checked(kind: str, value: Value) -> Value:
    try:
        note = {"note": value.pop("note")} if "note" in value else {}
        return RECORDS[kind].model_validate(value, strict=False).model_dump(mode="json") | note
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]) if error.errors() else "words"
        raise BadForm(field, f"giá trị không dùng được ở {field}", next_step="chọn lại") from error


def place(text: str, words: str, start: int, end: int, *, near: int) -> tuple[int, int]:
    """Return where words stand: the stretch given if it says the same, else their occurrence nearest to `near`.

    Blanks count as one. Raises `BadForm` where the words do not stand in the text.
    """
    wanted = words.split()
    if not wanted or len(words) > _LONGEST:
        raise BadForm("words", "thiếu chữ, hoặc quá dài", next_step="chọn hay gõ đúng chữ có trong văn bản")
    if 0 <= start < end <= len(text) and text[start:end].split() == wanted:
        return start, end
    best: tuple[int, int] | None = None
    for match in re.finditer(r"\s+".join(re.escape(word) for word in wanted), text):
        if best is None or abs(match.start() - near) < abs(best[0] - near):
            best = match.start(), match.end()
        if match.start() > near:
            break
    if best is None:
        raise BadForm(
            "words", f"văn bản không có “{' '.join(wanted)[:80]}”", next_step="chọn chữ bằng chuột, hay gõ đúng"
        )
    return best


def day(written: str, field: str) -> str | None:
    """Return a day as ISO, None for nothing: 30/6/2025, 6/2025, 2025 and ISO are read. Raises `BadForm`."""
    written = written.strip()
    if not written:
        return None
    match = _DAY.match(written)
    if match is None and _ISO.match(written):
        parts = written.split("/")
    elif match is not None:
        numbers = [match[3], *(f"{int(n):02}" for n in (match[2], match[1]) if n)]
        parts = ["-".join(numbers)]
    else:
        raise BadForm(field, f"“{written[:40]}” không phải ngày", next_step="viết 30/6/2025, 6/2025 hoặc 2025")
    for part in parts:
        whole = (part.partition("T")[0] + "-01-01")[:10]
        try:
            date.fromisoformat(whole)
        except ValueError as error:
            raise BadForm(field, f"không có ngày “{written[:40]}”", next_step="xem lại ngày, tháng") from error
    return "/".join(parts)


def _citation(value: Value, fields: Mapping[str, str]) -> Value:
    out: Value = {}
    for name in ("target", "number", "title", "issuer", "relation"):
        if name in fields:
            out[name] = _one_line(fields[name]) or None
    if "date" in fields:
        out["date"] = day(fields["date"], "date")
    if "provisions" in fields and _one_line(fields["provisions"]) != _written(value):
        out["provisions"] = _provisions(fields["provisions"])
    return out


def _written(value: Value) -> str:
    """Return the provisions of a citation in words."""
    return "; ".join(provision(row) for row in value.get("provisions") or ())


def _provisions(written: str) -> list[Value]:
    """Read provisions parted by semicolons: "điểm a khoản 2 Điều 5; Điều 7". Raises `BadForm`."""
    found: dict[Provision, None] = {}
    for part in written.split(";"):
        words = _one_line(part)
        rows = provisions(words) if words else ()
        if words and not rows:
            raise BadForm(
                "provisions", f"không đọc được “{words[:60]}”", next_step="viết như: điểm a khoản 2 Điều 5; Điều 7"
            )
        found |= dict.fromkeys(rows)
    return [row.model_dump(mode="json") for row in found]


def _task(value: Value, fields: Mapping[str, str], text: str, read_due: DueReader | None) -> Value:
    out: Value = {}
    if "modality" in fields:
        out["modality"] = fields["modality"]
    if "status" in fields:
        out["status"] = fields["status"] or None
    for role in _ROLES:
        if role in fields:
            out[role] = _actors(fields[role], value.get(role) or [], text, int(value["start"]))
    if "deadline" in fields or "due" in fields:
        out["deadline"] = _deadline(value, fields, text, read_due)
    if "deliverable" in fields:
        out["deliverable"] = _stretch(value, value.get("deliverable"), fields["deliverable"], text, "deliverable")
    return out


def _actors(written: str, known: list[Value], text: str, near: int) -> list[Value]:
    """Return the bodies named, one a line: those that were there as they were, others by their place in the text."""
    by_name = {actor["canonical"]: actor for actor in known}
    out = []
    for name in dict.fromkeys(_one_line(line) for line in written.splitlines()):
        if not name:
            continue
        if name in by_name:
            out.append(by_name[name])
            continue
        try:
            start, end = place(text, name, -1, -1, near=near)
        except BadForm:
            start = end = near
        out.append({"start": start, "end": end, "text": text[start:end], "canonical": name, "inherited": start == end})
    return out


def _stretch(value: Value, old: Value | None, written: str, text: str, field: str) -> Value | None:
    """Return the words of a field as a stretch of the text, the old one where they are the same. Raises `BadForm`."""
    if not written.strip():
        return None
    if old and written.split() == str(old.get("text", "")).split():
        return old
    try:
        start, end = place(text, written, -1, -1, near=int(value["start"]))
    except BadForm as error:
        raise BadForm(field, error.reason, next_step=error.next_step) from error
    return {"start": start, "end": end, "text": text[start:end]}


def _deadline(value: Value, fields: Mapping[str, str], text: str, read_due: DueReader | None) -> Value | None:
    old: dict[str, Any] = value.get("deadline") or {}
    words, due = fields.get("deadline", old.get("text", "")), day(fields.get("due", ""), "due")
    if not words.strip() and due is None:
        return None
    out = {"kind": "by_date", **old}
    nowhere = {"start": value["start"], "end": value["start"], "text": ""}
    out |= _stretch(value, old, words, text, "deadline") or nowhere
    if due != old.get("due"):
        return out | {"due": due, "anomaly": None}
    if read_due is not None and out["text"].split() != str(old.get("text", "")).split():
        out |= read_due(out["text"])
    return out


def number(fields: Mapping[str, str], name: str) -> int:
    """Return a field as a number of code points, -1 where it is none."""
    written = fields.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else -1


def _one_line(words: str) -> str:
    return " ".join(words.split())[:_LONGEST]
