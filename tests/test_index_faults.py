"""Any question, any file, any server: a result, or an error that says what to do; what was written stays."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.index_database import FIRST, SECOND, TABLES, Opener, document, task
from vnlegal.knowledge import Knowledge

pytest.importorskip("sqlalchemy", reason="the index needs SQLAlchemy")


from vnlegal.index import BadQuery, Filters, Index, IndexProblem, open_index
from vnlegal.index.writing import Writer


def test_a_task_without_words_and_names_full_of_syntax(opener: Opener) -> None:
    odd = document("'; DROP TABLE entries; --", task(1, "…", "Bộ \"x\" OR 'y' \\"), task(2, "\ud800 việc\0 lẻ"))
    with opener() as index:
        index.add(odd)
        assert index.search("viec").total == 1
        assert index.check() == ()
        assert index.remove(odd.document.source)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text() | st.text(alphabet="\"'*-()^:{}+ANDORNOT \\;%&|!<>ab\ue000\0", max_size=30))
def test_any_string_is_a_query_or_a_clear_error(index: Index, query: str) -> None:
    with suppress(BadQuery):
        assert index.search(query, limit=3).total is not None


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(sorted(set(Filters.model_fields) - {"no_deadline"})),
    value=st.text(max_size=40) | st.text(alphabet="0123456789/-. NĐQLuật\"'%_\\\0@?", max_size=20),
)
def test_any_string_is_a_filter_or_a_clear_error(index: Index, field: str, value: str) -> None:
    with suppress(BadQuery):
        assert index.search("", limit=3, filters=Filters(agency="BTC"), **{field: value}).total is not None  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["x" * 100_000, "việc " * 63, '"' + "báo cáo " * 400 + '"', "a\0b", "-" * 5000])
def test_long_and_odd_questions(index: Index, query: str) -> None:
    with suppress(BadQuery):
        assert index.search(query, limit=3).total is not None


@pytest.mark.parametrize("content", [b"no database at all, only words", None], ids=["text", "another-database"])
def test_a_file_that_is_no_index_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.db"
    if content is None:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(IndexProblem, match="→"):
        open_index(path)
    assert path.read_bytes() == before


def test_what_is_only_asked_is_not_made(opener: Opener, tmp_path: Path, knowledge: Knowledge) -> None:
    with opener() as index:
        address = index._dialect.reader.url.render_as_string(hide_password=False)
        with index._dialect.writer.begin() as connection:
            for name in TABLES:
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    for _ in range(2):
        with pytest.raises(IndexProblem, match="chưa có chỉ mục"):
            open_index(address, knowledge=knowledge, create=False)


def test_an_index_of_a_newer_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    open_index(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE vnlegal_index SET value = '99'")
    connection.close()
    with pytest.raises(IndexProblem, match="99"):
        open_index(path)


def test_a_broken_block_is_told(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
    for broken in (b"(\xb5/\xfd broken", b"broken", b""):
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE payloads SET data = ?", (broken,))
        connection.close()
        with open_index(path, knowledge=knowledge) as index, pytest.raises(IndexProblem, match="hỏng"):
            index.search("quoc gia")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "mysql://x/y",
        "postgresql://nobody@127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x",
        "postgresql://a@127.0.0.1:1/x?sslmode=off",
        "no/such/folder/x.db",
    ],
)
def test_an_address_that_leads_nowhere(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IndexProblem, match="→"):
        open_index(url)


def test_a_full_disk_keeps_what_was_written(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "x.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
        with index._dialect.writer.connect() as connection:  # the size the file has now is all there is
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = document("c", *(task(n, f"việc số {n} " * 50) for n in range(400)))
        with pytest.raises(IndexProblem, match="hết chỗ"):
            index.add(long)
    with open_index(path, knowledge=knowledge) as index:
        assert index.places() == ("a",)
        assert index.check() == ()


def test_a_file_that_may_only_be_read_is_searched(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x?y#z 1.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with open_index(path, knowledge=knowledge) as index:
        assert index.search("quoc gia").total == 1
        assert index.check() == ()
        with pytest.raises(IndexProblem, match="chỉ đọc"):
            index.add(SECOND)
        assert index.places() == ("a",)


def test_a_server_that_goes_away_in_the_middle(
    postgres: str, request: pytest.FixtureRequest, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vnlegal.index.opening import dialect_for

    def cut() -> None:
        with dialect_for(postgres, create=True).reader.connect() as other:
            other.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )

    with dialect_for(postgres, create=True).writer.begin() as connection:
        for name in TABLES:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")
    with open_index(postgres, knowledge=knowledge) as index:
        index.add(FIRST)
        cut()  # between two questions nobody notices
        assert index.search("quoc gia").total == 1
        put_rows = Writer._put_rows

        def cut_off(*arguments: Any) -> None:
            put_rows(*arguments)
            cut()

        monkeypatch.setattr(Writer, "_put_rows", cut_off)
        with pytest.raises(IndexProblem, match="phần đã ghi vẫn còn"):
            index.add(SECOND)
        monkeypatch.undo()
        assert index.places() == ("a",)
        assert index.check() == ()
        assert index.add(SECOND) == "added"
        assert index.check() == ()


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_file_answers_or_is_told(tmp_path: Path, knowledge: Knowledge, seed: int) -> None:
    path = tmp_path / "x.db"
    with open_index(path, knowledge=knowledge) as index:
        index.add(FIRST)
        index.add(SECOND)
        index.tidy()
    chance, data = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 20, 400))):
        at = chance.randrange(100, len(data))
        size = chance.choice((1, 1, 200))
        data[at : at + size] = chance.randbytes(len(data[at : at + size]))
    path.write_bytes(bytes(data[: chance.choice((len(data), len(data) // 2))]))
    questions: list[Callable[[Index], object]] = [
        lambda index: index.check(),
        lambda index: index.stats(),
        lambda index: index.search("quoc gia", agency="BTC", due_before="2026"),
        lambda index: index.search("bao", kind="citation"),
        lambda index: index.places_of(index.search("quy che").rows[0]) if len(index.search("quy che")) else None,
        lambda index: index.under("Luật Đầu tư"),
        lambda index: index.add(SECOND, again=True),
        lambda index: index.remove("a"),
    ]
    for question in questions:
        with suppress(IndexProblem, BadQuery), open_index(path, knowledge=knowledge) as index:
            question(index)
