"""The deadline audit: overdue and due soon, by body, and what two places say differently of one task."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.audit.deadlines import audit_deadlines
from vnlegal.audit.rows import Reading
from vnlegal.records import Actor, Analysis, Deadline, DocumentRecord, Task

WORDS = "Rà soát, sửa đổi quy chế quản lý vườn hoa trên địa bàn tỉnh"


def task(
    text: str = WORDS,
    *,
    due: str | None = "2025-06-30",
    status: str | None = None,
    lead: str = "Sở Xây dựng",
    modality: str = "assigned",
    path: str = "1.",
) -> Task:
    return Task(
        id="t1",
        start=0,
        end=len(text),
        text=text,
        modality=modality,
        leads=(Actor(start=0, end=1, text=lead, canonical=lead),) if lead else (),
        deadline=Deadline(start=0, end=1, text="hạn", kind="by_date", due=due) if due else None,
        status=status,
        path=(path,),
        rule="list",
        confidence=0.9,
    )


def reading(*tasks: Task, source: str = "a.txt", date: str = "2025-05-01") -> Reading:
    head = DocumentRecord(source=source, sha256="", format="txt", chars=1, date=date)
    return Reading(analysis=Analysis(document=head, tasks=tasks))


def found(*readings: Reading, as_of: str = "2025-07-10") -> list[tuple[str, str]]:
    return [(row.code, row.verdict) for row in audit_deadlines(readings, as_of).rows]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (task(), [("overdue", "open")]),
        (task(status="in_progress"), [("overdue", "fails")]),
        (task(status="done"), []),
        (task(due="2025-07-10"), [("due-soon", "open")]),
        (task(due="2025-07-25"), [("due-soon", "open")]),
        (task(due="2025-07-26"), []),
        (task(due=None), []),
        (task(due=None, status="overdue"), [("overdue", "fails")]),
        (task(modality="proposed"), []),
    ],
    ids=["unknown", "under-way", "done", "today", "last-day", "later", "no-day", "called-overdue", "only-proposed"],
)
def test_when_a_task_is_late(one: Task, expected: list[tuple[str, str]]) -> None:
    assert found(reading(one)) == expected


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (task(due="2025-09-30"), "deadlines-differ"),
        (task(WORDS + " theo quy định", due="2025-09-30"), "deadlines-differ"),
        (task(due="2025-09-30", lead="Sở Tài chính"), None),
        (task(WORDS.replace("vườn hoa", "chợ"), due="2025-09-30"), None),
        (task("Rà soát quy chế", due="2025-09-30"), None),
    ],
    ids=["same-words", "some-more-words", "another-body", "another-thing", "too-few-words"],
)
def test_one_task_with_two_deadlines_in_two_documents(second: Task, code: str | None) -> None:
    rows = audit_deadlines([reading(task()), reading(second, source="b.txt", date="2025-06-01")], "2025-06-01").rows
    differing = [row for row in rows if row.code == "deadlines-differ"]
    assert [row.code for row in differing] == ([code] if code else [])
    if code:
        assert (differing[0].source, differing[0].compared[0].source) == ("b.txt", "a.txt")


def test_rows_of_one_list_in_the_same_words_are_two_tasks() -> None:
    assert found(reading(task(), task(due="2025-05-31")), as_of="2025-01-01") == []
    twice = reading(task(), task(due="2025-05-31", path="2."))
    assert found(twice, as_of="2025-01-01") == [("deadlines-differ", "fails")]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [("in_progress", "done", False), ("done", "in_progress", True), ("done", "done", False)],
    ids=["progress", "undone-again", "same"],
)
def test_statuses_in_two_documents(first: str, second: str, differ: bool) -> None:
    rows = found(reading(task(status=first)), reading(task(status=second), source="b.txt", date="2025-06-01"))
    assert (("statuses-differ", "fails") in rows) is differ


def test_bodies_are_counted_with_who_answers_for_them_now() -> None:
    rows = reading(task(lead="Bộ Thông tin và Truyền thông"), task("Báo cáo kết quả", lead="Bộ Y tế", due="2025-07-12"))
    audit = audit_deadlines([rows], "2025-07-10", today={"Bộ Thông tin và Truyền thông": "Bộ Khoa học và Công nghệ"})
    assert [(t.name, t.today, t.counts) for t in audit.by] == [
        ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ", {"overdue": 1}),
        ("Bộ Y tế", None, {"due-soon": 1}),
    ]


def test_the_command(vnlegal: Callable[..., Result], letter: Path) -> None:
    printed = vnlegal("audit", "deadlines", letter, "--as-of", "10/7/2025")
    assert printed.exit_code == 0
    assert "1 quá hạn" in printed.stdout
    assert "Sở Công Thương" in printed.stdout
    result = json.loads(vnlegal("audit", "deadlines", letter, "--as-of", "2025-06-20", "--format", "json").stdout)
    assert [(row["code"], row["due"]) for row in result["rows"]] == [("due-soon", "2025-06-29")]
    assert vnlegal("audit", "deadlines", letter, "--as-of", "2025-07-10", "--fail-on", "overdue").exit_code == 1
