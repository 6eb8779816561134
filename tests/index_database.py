"""Documents for the tests of the index, and empty databases to put them into: a file, a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.records import Actor, Analysis, Citation, Deadline, DocumentRecord, Relation, Task

if TYPE_CHECKING:
    from vnlegal.index import Index

TABLES = (
    "vnlegal_index", "documents", "entries", "payloads", "agencies", "works", "relations", "years", "words_1",
    "words_2", "words_3",
)  # fmt: skip

Opener = Callable[[], "Index"]


def task(number: int, text: str, lead: str = "", due: str | None = None, **more: object) -> Task:
    actors = (Actor(start=0, end=1, text="x", canonical=lead),) if lead else ()
    deadline = Deadline(start=0, end=1, text=due, kind="by_date", due=due) if due else None
    known = {
        "id": f"t{number}",
        "start": 100 * number,
        "end": 100 * number + len(text),
        "text": text,
        "rule": "x",
        "confidence": 1.0,
    }
    return Task.model_validate({**known, "modality": "assigned", "leads": actors, "deadline": deadline, **more})


def document(
    name: str,
    *tasks: Task,
    sha: str = "",
    date: str = "2025-05-12",
    citations: tuple[Citation, ...] = (),
    relations: tuple[Relation, ...] = (),
) -> Analysis:
    head = DocumentRecord(
        source=name, sha256=sha or name, format="txt", chars=1, number=f"{name}/NQ-CP", date=date, kind="nghi_quyet",
        issuer="Chính phủ",
    )  # fmt: skip
    return Analysis(document=head, tasks=tasks, citations=citations, relations=relations)


DECREE = Citation(
    id="c1", start=110, end=130, text="Nghị định số 88/2025/NĐ-CP", kind="numbered", doc_type="nghi_dinh",
    number="88/2025/NĐ-CP", target="88/2025/NĐ-CP", rule="x", confidence=1.0,
)  # fmt: skip

LAW = Citation(
    id="c2", start=900, end=910, text="Luật Đầu tư", kind="named", doc_type="luat", title="Đầu tư",
    target="luat:dau-tu@2020", rule="x", confidence=1.0,
)  # fmt: skip

FIRST = document(
    "a",
    task(1, "Tổng hợp kết quả thực hiện Nghị định số 88/2025/NĐ-CP", "Bộ Tài chính", "2025-06-30"),
    task(2, "xây dựng cơ sở dữ liệu quốc gia về đầu tư", "Bộ Kế hoạch và Đầu tư", "2025-12-31", legal_basis=("c2",)),
    task(3, "ban hanh quy che phoi hop", "Bộ Công an", status="done"),
    citations=(DECREE, LAW),
)

SECOND = document(
    "b",
    task(1, "Ban hành quy chế phối hợp", "Bộ trưởng Bộ Công an", "2026-03-15", status="in_progress"),
    task(2, "tổng hợp kết quả thực hiện Nghị định 88/2025/NĐ-CP", "Bộ Tài chính", "2025-08-31", status="done"),
    date="2025-09-01",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own in a temporary folder, not started as root."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(programs[-1]) if programs else None)
    if found is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    pytest.importorskip("pg8000", reason="PostgreSQL needs pg8000")
    user: dict[str, str] = {}
    if os.getuid() == 0:
        import pwd

        names = {entry.pw_name for entry in pwd.getpwall()}
        if "postgres" not in names:
            pytest.skip("no user postgres here to run the server")
        user = {"user": "postgres"}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if user:
            shutil.chown(place, "postgres")
        programs_, data = Path(found).parent, place / "data"

        def run(name: str, *arguments: str) -> None:
            command = [str(programs_ / name), *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **user)  # type: ignore[call-overload]

        port = str(20000 + os.getpid() % 20000)
        run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")


@pytest.fixture(params=["sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Opener:
    """Opens one empty index, again and again."""
    from vnlegal.index import open_index

    if request.param == "sqlite":
        return lambda: open_index(tmp_path / "index.db", knowledge=knowledge)
    url = request.getfixturevalue("postgres")
    from vnlegal.index.opening import dialect_for

    with dialect_for(url, create=True).writer.begin() as connection:
        for name in TABLES:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name} CASCADE")
    return lambda: open_index(url, knowledge=knowledge)


@pytest.fixture
def index(opener: Opener) -> Iterator[Index]:
    """An index of `FIRST` and `SECOND`."""
    with opener() as opened:
        opened.add(FIRST)
        opened.add(SECOND)
        yield opened


def texts(index: Index, query: str = "", **wanted: object) -> list[str]:
    return [hit.row.text for hit in index.search(query, **wanted)]  # type: ignore[arg-type]
