"""The index: what goes in comes out, nothing twice, nothing half. The same tests run on SQLite and PostgreSQL."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LETTER
from tests.index_database import FIRST, Opener, document, task, texts
from vnlegal.knowledge import Knowledge

pytest.importorskip("sqlalchemy", reason="the index needs SQLAlchemy")

from sqlalchemy import Connection

from vnlegal.index import Index, open_index
from vnlegal.index.dialects import Dialect
from vnlegal.index.migrations import MIGRATIONS
from vnlegal.index.schema import VERSION
from vnlegal.pipeline import analyze


def test_adding_again_changes_nothing(index: Index) -> None:
    before = index.stats().model_dump(exclude={"bytes"})
    assert index.add(FIRST) == "unchanged"
    assert index.stats().model_dump(exclude={"bytes"}) == before


def test_a_changed_document_replaces_its_rows(index: Index) -> None:
    assert index.add(document("a", task(1, "việc mới"), sha="other")) == "replaced"
    assert texts(index, "viec") == ["việc mới"]
    assert texts(index, "quoc gia") == []
    assert index.check() == ()


def test_a_moved_document_is_known_by_its_content(index: Index) -> None:
    assert index.add(FIRST, place="elsewhere/a") == "moved"
    assert index.places() == ("b", "elsewhere/a")
    assert index.stats().tasks == 5


def test_a_removed_document_leaves_nothing(index: Index) -> None:
    assert index.remove("a")
    assert not index.remove("a")
    stats = index.stats()
    assert (stats.documents, stats.tasks, stats.citations) == (1, 2, 0)
    assert index.search("quoc gia").total == 0
    assert index.check() == ()


def test_it_is_there_after_opening_again(opener: Opener, index: Index) -> None:
    index.tidy()
    with opener() as again:
        assert again.search("du lieu").total == 1
        assert again.known("a", "a")


def test_passages_and_citations_are_found(opener: Opener, knowledge: Knowledge) -> None:
    found = analyze(LETTER, knowledge=knowledge).model_copy(update={"text": LETTER})
    with opener() as index:
        index.add(found)
        passage = index.search('"độc lập - tự do"', kind="passage").rows[0]
        assert LETTER[passage.row.start : passage.row.end] == passage.row.text
        citations = index.search("88 2025", kind="citation").rows
        assert {hit.row.target for hit in citations} == {"88/2025/NĐ-CP"}
        assert index.search("tong hop", agency="Sở Công Thương").total == 1


@pytest.mark.parametrize("version", [1, 2])
def test_an_index_of_an_older_version_is_brought_up_to_date(tmp_path: Path, knowledge: Knowledge, version: int) -> None:
    """`tests/index/version_1.db.gz` holds FIRST, SECOND and the letter, written by version 1."""
    path = tmp_path / "x.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "index" / f"version_{version}.db.gz").read_bytes()))
    for _ in range(2):  # the second time it is of today's version
        with open_index(path, knowledge=knowledge) as index:
            stats = index.stats()
            assert (stats.documents, stats.tasks, stats.citations, stats.passages) == (3, 7, 6, 16)
            assert stats.version == VERSION
            assert index.check() == ()
            assert texts(index, agency="BTC", due_before="2025-06-30") == [FIRST.tasks[0].text]
            assert index.add(FIRST) == "unchanged"
            assert index.search('"độc lập - tự do"', kind="passage").total == 1
    with open_index(path, knowledge=knowledge) as index:
        assert index.remove("a")
        assert index.check() == ()


def test_a_migration_that_fails_leaves_the_old_index(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(gzip.decompress((Path(__file__).parent / "index" / "version_1.db.gz").read_bytes()))
    step = MIGRATIONS[1]

    def breaks(connection: Connection, dialect: Dialect) -> None:
        step(connection, dialect)
        raise RuntimeError

    monkeypatch.setitem(MIGRATIONS, 1, breaks)
    with pytest.raises(RuntimeError):
        open_index(path, knowledge=knowledge)
    monkeypatch.undo()
    with open_index(path, knowledge=knowledge) as index:
        assert index.stats().documents == 3


WRITER = """
import sys
from tests.index_database import document, task
from vnlegal.index import open_index
index = open_index(sys.argv[1])
print("ready", flush=True)
for number in range(10000):
    index.add(document(f"{sys.argv[2]}-{number}", *(task(n, f"việc {n}") for n in range(30))))
    print(number, flush=True)
"""


@pytest.mark.slow
def test_killed_while_writing_nothing_is_half_or_lost(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    said: set[str] = set()
    for name, wait in (("k", 3), ("l", 40)):
        command = [sys.executable, "-c", WRITER, str(path), name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(wait)]
        process.kill()
        lines += process.communicate()[0].splitlines(keepends=True)
        said |= {f"{name}-{line.strip()}" for line in lines if line.endswith("\n") and line.strip().isdigit()}
    with open_index(path, knowledge=knowledge) as index:
        assert said <= set(index.places())
        assert index.check() == ()
