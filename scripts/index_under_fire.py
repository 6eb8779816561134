"""Indexes that are written while programs are killed, and by many at once."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from index_bench import SEED, fresh, line

WRITER = """
import sys
from vnlegal.index import open_index
from vnlegal.records import Analysis, DocumentRecord, Task
index = open_index(sys.argv[1])
name, first = sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
number = first
while True:
    tasks = tuple(
        Task(id=f"t{n}", start=n, end=n + 1, text=f"báo cáo việc {number} lần {n}", modality="assigned", rule="x",
             confidence=1) for n in range(40))
    head = DocumentRecord(source=f"{name}-{number}", sha256=f"{name}-{number}", format="txt", chars=1)
    index.add(Analysis(document=head, tasks=tasks))
    print(number, flush=True)
    number += 1
"""


def writer(path: Path, name: str, first: int) -> subprocess.Popen[str]:
    """Start a process that adds small documents without end and says each number once it is written."""
    command = [sys.executable, "-c", WRITER, str(path), name, str(first)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def kill(work: Path, times: int) -> None:
    """Kill a writer again and again at random moments; nothing said to be written may be lost or halved."""
    from vnlegal.index import open_index

    path = fresh(work / "kill.db")
    chance = random.Random(SEED)
    said: set[str] = set()
    corrupt = lost = 0
    for number in range(times):
        process = writer(path, f"k{number}", 0)
        time.sleep(chance.uniform(0.0, 0.4))
        process.send_signal(signal.SIGKILL)
        written, _ = process.communicate()
        numbers = [n for n in written.split("\n")[:-1] if n]
        said.update(f"k{number}-{n}" for n in numbers)
        with open_index(path) as index:
            complaints = index.check()
            missing = said - set(index.places())
        corrupt += bool(complaints)
        lost += len(missing)
        print(
            f"    kill {number + 1}: {len(numbers)} written before, {len(complaints)} complaints, {len(missing)} lost"
        )
    line(f"kill -9, {times} times: corrupt or half / lost (0 / 0)", f"{corrupt} / {lost} of {len(said):,} documents")


def read_on(path: Path, seconds: float, result: str) -> None:
    """Search without pause and write how often, and how often in vain."""
    from vnlegal.index import open_index

    asked = errors = 0
    end = time.monotonic() + seconds
    with open_index(path) as index:
        while time.monotonic() < end:
            try:
                page = index.search("bao cao", limit=10)
                errors += any(not hit.row.text.startswith("báo cáo") for hit in page)
            except Exception as error:
                print(error, file=sys.stderr)
                errors += 1
            asked += 1
    Path(result).write_text(f"{asked} {errors}")


def crowd(work: Path, seconds: int) -> None:
    """Let four write and eight read at once."""
    from vnlegal.index import open_index

    path = fresh(work / "crowd.db")
    open_index(path).close()
    spawn = multiprocessing.get_context("spawn")
    results = [str(work / f"reader{n}") for n in range(8)]
    writers = [writer(path, f"w{n}", 0) for n in range(4)]
    readers = [spawn.Process(target=read_on, args=(path, seconds, result)) for result in results]
    for reader in readers:
        reader.start()
    time.sleep(seconds)
    failed = sum(process.poll() is not None for process in writers)
    said: set[str] = set()
    for n, process in enumerate(writers):
        process.terminate()
        written, _ = process.communicate()
        said.update(f"w{n}-{number}" for number in written.split("\n")[:-1] if number)
    for reader in readers:
        reader.join()
    counts = [tuple(map(int, Path(result).read_text().split())) for result in results]
    with open_index(path) as index:
        lost = len(said - set(index.places()))
        complaints = index.check()
    errors = failed + sum(error for _, error in counts) + len(complaints)
    told = f"{errors} / {lost}   ({len(said):,} documents, {sum(asked for asked, _ in counts):,} searches)"
    line(f"4 writers, 8 readers, {seconds} s: errors / lost (0 / 0)", told)
