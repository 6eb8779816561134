"""The log of the review: its fold, undo and redo, two reviewers, a restart, a server killed during an edit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("sqlalchemy")

from sqlalchemy.exc import DBAPIError

from tests.conftest import LETTER
from vnlegal.pipeline import analyze
from vnlegal.readers import read_bytes
from vnlegal.review.fold import Steps, counts, fold, in_order, steps
from vnlegal.review.machine import items_of
from vnlegal.review.model import Change, Conflict, Event, Item, NoSuchThing, ReviewProblem, State
from vnlegal.review.store import Store


def read_into(store: Store, words: str = LETTER, name: str = "thu.txt") -> int:
    doc, _ = store.add_file(words.encode(), name, "an")
    document = read_bytes(words.encode(), name=name)
    result = {"text": document.text, "layout": None, "analysis": analyze(document).model_dump(mode="json")}
    store.finished(doc, json.dumps(result).encode(), "test")
    return doc


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "state")


@pytest.fixture
def doc(store: Store) -> int:
    return read_into(store)


def decided(store: Store, doc: int, name: str, verdict: Any, **fields: Any) -> Change:
    item = store.item(doc, name)
    return Change(name, item.version, State(verdict, {**item.value, **fields}))


def event(number: int, who: str, action: Any, batch: str, *, base: int = 0, undoes: str | None = None) -> Event:
    return Event(number, 1, "c1", "citation", who, "", action, base, None, State("accepted", {}), batch, undoes)


def test_items_are_what_the_machine_found() -> None:
    analysis = analyze(LETTER)
    items = items_of(analysis)
    assert len(items) == 1 + len(analysis.citations) + len(analysis.agencies) + len(analysis.tasks) + len(
        analysis.findings
    )
    assert all(LETTER[item.start : item.end] == item.value["text"] for item in items.values() if "text" in item.value)
    assert {item.verdict for item in items.values()} == {"open"}


def test_doubtful_items_come_first() -> None:
    sure = Item("c1", "citation", State("open", {"start": 0, "end": 3}))
    unsure = Item("c2", "citation", State("open", {"start": 9, "end": 12}), doubts=("unsure",))
    gone = Item("n1", "citation", State("gone", {"start": 0, "end": 1}))
    assert [item.id for item in in_order([sure, unsure, gone])] == ["c2", "c1"]
    assert counts([sure, unsure, gone]) == {"all": 2, "decided": 0, "doubtful": 1}


@pytest.mark.parametrize(
    ("log", "who", "expected"),
    [
        ([], "an", Steps()),
        ([event(1, "an", "accept", "x")], "an", Steps(("x",))),
        ([event(1, "an", "accept", "x")], "binh", Steps()),
        ([event(1, "an", "accept", "x"), event(2, "an", "undo", "y", undoes="x")], "an", Steps((), ("x",))),
        (
            [
                event(1, "an", "accept", "x"),
                event(2, "an", "undo", "y", undoes="x"),
                event(3, "an", "redo", "z", undoes="x"),
            ],
            "an",
            Steps(("x",)),
        ),
        (
            [
                event(1, "an", "accept", "x"),
                event(2, "an", "undo", "y", undoes="x"),
                event(3, "an", "reject", "z"),
            ],
            "an",
            Steps(("z",)),
        ),
        ([event(1, "an", "accept", "x"), event(2, "an", "accept", "x")], "an", Steps(("x",))),
    ],
    ids=["nothing", "one", "another's", "undone", "redone", "a new change ends redo", "a batch is one step"],
)
def test_steps(log: list[Event], who: str, expected: Steps) -> None:
    assert steps(log, who) == expected


def test_a_log_with_a_gap_is_refused() -> None:
    item = Item("c1", "citation", State("open", {}))
    with pytest.raises(ReviewProblem, match="nhật ký hỏng"):
        fold({"c1": item}, [event(1, "an", "accept", "x", base=7)])


def test_an_edit_keeps_what_was_before(store: Store, doc: int) -> None:
    before = store.item(doc, "c1")
    (made,) = store.act(doc, "an", "edit", [decided(store, doc, "c1", "accepted", target="1/2025/NĐ-CP")])
    assert (made.who, made.base, made.before) == ("an", 0, before.state)
    after = store.item(doc, "c1")
    assert after.value["target"] == "1/2025/NĐ-CP"
    assert after.version == made.id
    assert after.edited
    assert after.found == before.value


def test_the_second_of_two_reviewers_is_told(store: Store, doc: int) -> None:
    mine, theirs = decided(store, doc, "c1", "rejected"), decided(store, doc, "c1", "accepted")
    store.act(doc, "binh", "accept", [theirs])
    with pytest.raises(Conflict) as raised:
        store.act(doc, "an", "reject", [mine])
    assert raised.value.item.who == "binh"
    assert raised.value.wanted.verdict == "rejected"
    assert store.item(doc, "c1").verdict == "accepted"


def test_a_conflict_leaves_the_whole_batch_undone(store: Store, doc: int) -> None:
    both = [decided(store, doc, "c1", "accepted"), decided(store, doc, "c2", "accepted")]
    store.act(doc, "binh", "reject", [decided(store, doc, "c2", "rejected")])
    with pytest.raises(Conflict):
        store.act(doc, "an", "accept", both)
    assert store.item(doc, "c1").verdict == "open"


def test_undo_and_redo_are_events(store: Store, doc: int) -> None:
    store.act(doc, "an", "accept", [decided(store, doc, "c1", "accepted"), decided(store, doc, "c2", "accepted")])
    assert len(store.step(doc, "an", "undo")) == 2
    assert store.item(doc, "c1").verdict == store.item(doc, "c2").verdict == "open"
    assert len(store.step(doc, "an", "redo")) == 2
    assert store.item(doc, "c2").verdict == "accepted"
    assert [one.action for one in store.events(doc, item="c1")] == ["accept", "undo", "redo"]
    assert store.step(doc, "an", "redo") == []
    assert store.step(doc, "binh", "undo") == []


def test_undo_goes_back_through_several_changes_of_one_item(store: Store, doc: int) -> None:
    for verdict in ("accepted", "rejected"):
        store.act(doc, "an", "edit", [decided(store, doc, "c1", verdict)])
    store.step(doc, "an", "undo")
    assert store.item(doc, "c1").verdict == "accepted"
    store.step(doc, "an", "undo")
    assert store.item(doc, "c1").verdict == "open"


def test_undo_never_takes_back_what_another_has_changed_since(store: Store, doc: int) -> None:
    store.act(doc, "an", "accept", [decided(store, doc, "c1", "accepted")])
    store.act(doc, "binh", "reject", [decided(store, doc, "c1", "rejected")])
    with pytest.raises(Conflict):
        store.step(doc, "an", "undo")
    assert store.item(doc, "c1").verdict == "rejected"


def test_an_added_item_can_be_undone_and_redone(store: Store, doc: int) -> None:
    new = State("accepted", {"start": 0, "end": 3, "text": LETTER[:3]})
    (made,) = store.act(doc, "an", "add", [Change("", 0, new, "agency")])
    assert made.item == "n1"
    assert store.item(doc, "n1").found is None
    store.step(doc, "an", "undo")
    assert store.item(doc, "n1").verdict == "gone"
    store.step(doc, "an", "redo")
    assert store.item(doc, "n1").verdict == "accepted"
    (second,) = store.act(doc, "binh", "add", [Change("", 0, new, "agency")])
    assert second.item == "n2"


def test_nothing_changes_in_the_log(store: Store, doc: int) -> None:
    store.act(doc, "an", "accept", [decided(store, doc, "c1", "accepted")])
    for statement in ("UPDATE review_events SET who = 'x'", "DELETE FROM review_events"):
        with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
            connection.exec_driver_sql(statement)


def test_another_process_sees_the_same(store: Store, doc: int) -> None:
    store.act(doc, "an", "accept", [decided(store, doc, "c1", "accepted")])
    other = Store(store.folder)
    assert other.standing(doc) == store.standing(doc)
    other.act(doc, "binh", "reject", [decided(other, doc, "c2", "rejected")])
    assert store.item(doc, "c2").verdict == "rejected"


def test_the_same_bytes_are_one_document(store: Store) -> None:
    first, new = store.add_file(b"abc", "a.txt", "an")
    again, newer = store.add_file(b"abc", "../../b.txt", "binh")
    assert (first, new, newer) == (again, True, False)
    (path,) = [path for path in (store.folder / "files").rglob("*") if path.is_file()]
    assert path.read_bytes() == b"abc"


def test_what_was_being_read_waits_again_after_a_restart(store: Store) -> None:
    doc, _ = store.add_file(b"abc", "a.txt", "an")
    taken = store.next_queued()
    assert taken is not None
    assert store.next_queued() is None
    store.queue_again()
    assert store.next_queued() is not None
    with pytest.raises(NoSuchThing):
        store.content(doc)


def test_many_at_once_lose_nothing(store: Store, doc: int) -> None:
    """Eight reviewers add to one field, each trying again after a conflict: the field counts every one of them."""

    def work(who: str) -> None:
        done = 0
        while done < 5:
            try:
                item = store.item(doc, "c1")
                count = int(item.value.get("title") or 0) + 1
                change = Change("c1", item.version, State("accepted", {**item.value, "title": str(count)}))
                store.act(doc, who, "edit", [change])
                done += 1
            except Conflict:
                continue

    threads = [threading.Thread(target=work, args=(f"r{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.item(doc, "c1").value["title"] == "40"
    assert len(store.events(doc)) == 40


def test_a_killed_server_keeps_all_it_confirmed(tmp_path: Path) -> None:
    store = Store(tmp_path / "state")
    doc = read_into(store)
    code = """
        import sys
        from pathlib import Path
        from vnlegal.review.model import Change, State
        from vnlegal.review.store import Store
        store, doc = Store(Path(sys.argv[1])), int(sys.argv[2])
        for number in range(10_000):
            item = store.item(doc, "c1")
            store.act(doc, "an", "edit", [Change("c1", item.version, State("accepted", {**item.value, "n": number}))])
            print(number, flush=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(store.folder), str(doc)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        confirmed = [process.stdout.readline() for _ in range(20)]
        os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        confirmed += process.stdout.readlines()
    told = max(int(line) for line in confirmed if line.endswith("\n"))
    again = Store(store.folder)
    numbers = [one.after.value["n"] for one in again.events(doc)]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > told
    assert again.item(doc, "c1").value["n"] == numbers[-1]


def test_a_folder_that_is_none_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(ReviewProblem, match="--state"):
        Store(tmp_path / "x")
