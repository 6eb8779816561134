"""What a reviewer types and draws becomes values of records: provisions, stretches, last days, words under a box."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("fastapi")

from vnlegal.knowledge import Knowledge
from vnlegal.records import Box, Layout, PlaceSpan, WordSpan
from vnlegal.review.boxes import words_under
from vnlegal.review.forms import FIELDS, BadForm, blank, changed, day, place, typed
from vnlegal.review.guesses import due_reader, guessed
from vnlegal.review.model import Item, Kind, State

TEXT = (
    "Căn cứ khoản 2 Điều 5 Luật Đầu tư. Giao Sở Tài chính trình Bộ Nội vụ báo cáo quý,\n"
    "trước ngày 30/6/2025 hoặc trong quý III/2025."
)


def item(kind: Kind, **value: Any) -> Item:
    start = TEXT.index("Giao") if kind == "task" else 0
    return Item("x1", kind, State("open", {**blank(kind, start, len(TEXT), TEXT), **value}))


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("Điều 5", [{"dieu": "5"}]),
        ("điểm a khoản 2 Điều 5; Điều 7", [{"dieu": "5", "khoan": "2", "diem": "a"}, {"dieu": "7"}]),
        ("khoản 1, khoản 3 Điều 5", [{"dieu": "5", "khoan": "1"}, {"dieu": "5", "khoan": "3"}]),
        ("Phụ lục II", [{"phu_luc": "II"}]),
        ("", []),
        ("; ", []),
    ],
    ids=["one", "parted by a semicolon", "a list", "an annex", "none", "blanks"],
)
def test_provisions(written: str, rows: list[dict[str, str]]) -> None:
    value = changed(item("citation"), {"provisions": written}, TEXT)
    assert [{k: v for k, v in row.items() if v} for row in value["provisions"]] == rows


def test_provisions_that_were_not_touched_stay_as_they_were() -> None:
    rows = [{"dieu": "5", "khoan": "này"}]
    found = item("citation", provisions=rows)
    value = changed(found, {"provisions": typed(found)["provisions"]}, TEXT)
    assert [{k: v for k, v in row.items() if v} for row in value["provisions"]] == rows


@pytest.mark.parametrize("written", ["ở đâu đó", "Điều 5; chỗ khác"])
def test_what_is_no_provision(written: str) -> None:
    with pytest.raises(BadForm, match="không đọc được") as caught:
        changed(item("citation"), {"provisions": written}, TEXT)
    assert caught.value.field == "provisions"


def test_roles_and_deliverable_of_a_task() -> None:
    fields = {"leads": "Sở Tài chính", "approvers": "Bộ Nội vụ\nBộ Hoa Sen\n", "deliverable": "báo  cáo quý"}
    value = changed(item("task"), fields, TEXT)
    assert [(a["canonical"], a["text"]) for a in value["approvers"]] == [("Bộ Nội vụ", "Bộ Nội vụ"), ("Bộ Hoa Sen", "")]
    assert TEXT[value["deliverable"]["start"] : value["deliverable"]["end"]] == "báo cáo quý"
    assert changed(item("task", **value), {"deliverable": ""}, TEXT)["deliverable"] is None
    with pytest.raises(BadForm) as caught:
        changed(item("task"), {"deliverable": "không có chữ này"}, TEXT)
    assert caught.value.field == "deliverable"


@pytest.mark.parametrize(
    ("words", "due", "kind"),
    [("trước ngày 30/6/2025", "2025-06-29", "by_date"), ("quý III/2025", "2025-09-30", "in_quarter")],
)
def test_new_words_of_a_deadline_bring_its_last_day(knowledge: Knowledge, words: str, due: str, kind: str) -> None:
    read_due = due_reader(knowledge, "2025-01-02")
    value = changed(item("task"), {"deadline": words, "due": ""}, TEXT, read_due=read_due)
    assert (value["deadline"]["due"], value["deadline"]["kind"]) == (due, kind)
    typed_day = changed(item("task"), {"deadline": words, "due": "1/6/2025"}, TEXT, read_due=read_due)
    assert typed_day["deadline"]["due"] == "2025-06-01"


def test_a_missed_task_is_drafted_from_its_words(knowledge: Knowledge) -> None:
    start = TEXT.index("Giao")
    value = guessed("task", blank("task", start, len(TEXT), TEXT), knowledge, "2025-01-02")
    (lead,) = value["leads"]
    assert lead["canonical"] == "Sở Tài chính"
    assert TEXT[lead["start"] : lead["end"]] == lead["text"]
    assert TEXT[value["deadline"]["start"] : value["deadline"]["end"]] == value["deadline"]["text"]


@pytest.mark.parametrize("kind", ["citation", "agency", "task"])
def test_every_field_of_a_form_is_typed_back(kind: Kind) -> None:
    assert set(FIELDS[kind]) <= set(typed(item(kind)))


LINE = "Sở Tài chính báo cáo"
PRINTED = Layout(
    places=(
        PlaceSpan(start=0, end=20, page=1, box=(100, 50, 300, 62)),
        PlaceSpan(start=0, end=20, page=2, box=(100, 50, 300, 62)),
    )
)
SCANNED = Layout(
    places=(
        PlaceSpan(
            start=0, end=6, page=1, box=(10, 10, 70, 20),
            words=(
                WordSpan(start=0, end=2, box=(10, 10, 30, 20), confidence=0.9),
                WordSpan(start=3, end=6, box=(40, 10, 70, 20), confidence=0.9),
            ),
        ),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "box", "words"),
    [
        (PRINTED, (95, 48, 305, 64), "Sở Tài chính báo cáo"),
        (PRINTED, (95, 48, 221, 64), "Sở Tài chính"),
        (PRINTED, (135, 55, 150, 57), "Tài"),
        (PRINTED, (95, 48, 128, 64), "Sở"),
        (PRINTED, (95, 70, 305, 90), None),
        (PRINTED, (0, 0, 5, 5), None),
        (SCANNED, (38, 8, 75, 22), "Tài"),
        (SCANNED, (0, 0, 600, 800), "Sở Tài"),
    ],
    ids=["the line", "its beginning", "inside one word", "one word", "below", "outside", "a scanned word", "all"],
)
def test_words_under_a_box(layout: Layout, box: Box, words: str | None) -> None:
    found = words_under(layout, LINE, 1, box)
    assert (LINE[slice(*found)] if found else None) == words


SAID = "Luật Đầu tư, rồi Luật  Đầu tư\nvà Luật Đầu\ntư"


@pytest.mark.parametrize(
    ("words", "start", "end", "near", "found"),
    [
        ("Luật Đầu tư", 0, 11, 0, (0, 11)),
        ("Luật Đầu tư", -1, -1, 20, (17, 29)),
        ("Luật Đầu tư", -1, -1, 44, (33, 44)),
        ("Luật Đầu tư", 2, 9, 0, (0, 11)),
        ("tư", 42, 44, 0, (42, 44)),
    ],
    ids=["as selected", "nearest, two blanks", "over a line end", "typed over a selection", "selected again"],
)
def test_words_are_found_in_the_text(words: str, start: int, end: int, near: int, found: tuple[int, int]) -> None:
    assert place(SAID, words, start, end, near=near) == found


@pytest.mark.parametrize(
    "words", ["", "   ", "Luật Đất đai", "x" * 5000], ids=["nothing", "blanks", "not there", "long"]
)
def test_words_that_are_not_there(words: str) -> None:
    with pytest.raises(BadForm):
        place(SAID, words, -1, -1, near=0)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("30/6/2025", "2025-06-30"),
        ("6/2025", "2025-06"),
        ("2025", "2025"),
        ("2025-06-30", "2025-06-30"),
        ("2025-05-14/2025-05-15", "2025-05-14/2025-05-15"),
        ("2025-05-25T20:00:00", "2025-05-25T20:00:00"),
        ("  ", None),
    ],
)
def test_days(written: str, iso: str | None) -> None:
    assert day(written, "date") == iso


@pytest.mark.parametrize("written", ["31/2/2025", "13/2025", "mai", "2025-6-1", "1/1/1/2025", "0/0/2025"])
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(BadForm):
        day(written, "date")


def test_a_value_that_no_record_takes_is_refused() -> None:
    item = Item("t1", "task", State("open", blank("task", 0, 4, SAID)))
    with pytest.raises(BadForm):
        changed(item, {"modality": "commanded"}, SAID)
