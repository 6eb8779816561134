"""Many documents, one or several processes, results in input order; a bad document is a failure, never the end.

Worker processes are spawned, not forked, so that the same code runs on Windows; they give back finished text.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from vnlegal.cli.base import collect_seldom, leave_cleanly_on_term
from vnlegal.cli.inputs import Input
from vnlegal.cli.readings import Reading
from vnlegal.errors import VnlegalError

_AHEAD = 4  # documents in flight per worker: enough to keep it busy, few enough to keep memory flat
_PATIENCE = 2.0
_MOST = 60  # Windows waits for at most 63 handles at once


@dataclass(frozen=True, slots=True)
class Done:
    """The finished result of one document, and how it was read."""

    result: str
    reading: Reading


Work: TypeAlias = Callable[[Input], str | Done]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its finished result, or in one line why there is none; how it was read, if told."""

    item: Input
    result: str | None = None
    failure: str | None = None
    reading: Reading | None = None


def run(items: Sequence[Input], work: Work, *, jobs: int = 1) -> Iterator[Outcome]:
    """Yield the outcome of `work` on every item, in order. `work` must be picklable for `jobs` > 1."""
    jobs = min(jobs, len(items), _MOST)
    if jobs <= 1:
        for item in items:
            yield attempt(work, item)
    else:
        yield from _spread(items, work, jobs)


def attempt(work: Work, item: Input) -> Outcome:
    """Do the work on one document and turn every error into a failure that says what to do."""
    try:
        done = work(item)
        return Outcome(item, done) if isinstance(done, str) else Outcome(item, done.result, reading=done.reading)
    except VnlegalError as error:
        return Outcome(item, failure=str(error))
    except MemoryError:
        return Outcome(item, failure=f"{item.source}: hết bộ nhớ → chia nhỏ tệp, hoặc giảm --jobs")
    except Exception as error:  # a fault of ours in one document must not take the others with it
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        reason = f"lỗi của chương trình ({type(error).__name__}: {error}; {place})"
        return Outcome(item, failure=f"{item.source}: {reason} → báo lỗi này kèm tệp")


def _spread(items: Sequence[Input], work: Work, jobs: int) -> Iterator[Outcome]:
    """Run on `jobs` processes. If one dies, the documents in flight run again, each alone in its own process."""
    waiting = deque(items)
    flying: deque[tuple[Input, Future[Outcome]]] = deque()
    pool = _pool(jobs)
    finished = False
    try:
        while waiting or flying:
            try:
                while waiting and len(flying) < jobs * _AHEAD:
                    flying.append((waiting[0], pool.submit(attempt, work, waiting[0])))
                    waiting.popleft()
                outcome = flying[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                caught = [item for item, _ in flying] or [waiting.popleft()]
                flying.clear()
                for item in caught:
                    yield _alone(work, item)
                pool = _pool(jobs)
            else:
                flying.popleft()
                yield outcome
        finished = True
    finally:
        if not finished:
            _end_workers()
        pool.shutdown(wait=finished, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker)


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, which ends its workers itself; each then removes its temporary files."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_cleanly_on_term()
    collect_seldom()


def _end_workers() -> None:
    """Ask the workers to leave; those that have not after some seconds are ended as they stand."""
    workers = multiprocessing.active_children()
    for worker in workers:
        worker.terminate()
    until = time.monotonic() + _PATIENCE
    while any(worker.is_alive() for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        worker.kill()


def _alone(work: Work, item: Input) -> Outcome:
    """Run one document in a process of its own, which may die."""
    with _pool(1) as pool:
        try:
            return pool.submit(attempt, work, item).result()
        except BrokenProcessPool:
            reason = "tiến trình đọc tệp này đã dừng đột ngột (có thể do hết bộ nhớ)"
            return Outcome(item, failure=f"{item.source}: {reason} → chạy riêng tệp này")
