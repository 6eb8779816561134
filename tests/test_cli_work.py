"""The spread over processes: order, failures, a process that dies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vnlegal.cli.inputs import Input
from vnlegal.cli.output import names_for
from vnlegal.cli.work import run
from vnlegal.errors import UnreadableFile

ITEMS = [Input(str(n)) for n in range(9)]


def shout(item: Input) -> str:
    """A job that fails in every way there is."""
    match item.source:
        case "3":
            raise UnreadableFile("3: tệp rỗng", next_step="chọn tệp khác")
        case "5":
            raise ValueError("a fault\nof ours")
        case "7":
            os._exit(9)
    return item.source * 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_order(jobs: int) -> None:
    items = [item for item in ITEMS if item.source != "7"]
    outcomes = list(run(items, shout, jobs=jobs))
    assert [o.item for o in outcomes] == items
    assert [o.result for o in outcomes if o.result] == [i.source * 3 for i in items if i.source not in ("3", "5")]
    assert outcomes[3].failure == "3: tệp rỗng → chọn tệp khác"
    assert outcomes[5].failure is not None
    assert "ValueError" in outcomes[5].failure
    assert "test_cli_work.py:" in outcomes[5].failure


@pytest.mark.slow
def test_a_process_that_dies_takes_one_document_with_it() -> None:
    outcomes = list(run(ITEMS, shout, jobs=2))
    assert [o.item for o in outcomes] == ITEMS
    assert [o.item.source for o in outcomes if o.failure] == ["3", "5", "7"]
    assert "dừng đột ngột" in (outcomes[7].failure or "")


def test_names_are_apart_even_where_case_does_not_count() -> None:
    items = [Input("a", Path("x/a.txt")), Input("A", Path("y/A.md")), Input("a", Path("z/a-2.txt")), Input("-")]
    assert list(names_for(items).values()) == ["a", "A-2", "a-2-2", "stdin"]
