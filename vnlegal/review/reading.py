"""Reading files in processes of their own: a file that takes one down takes no other, and never the server.

A worker ends when its parent does. It reads the bytes from where they are stored, never a path of the user's.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import signal
import threading
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from vnlegal.review.model import ReviewProblem
from vnlegal.review.store import Store

_LONGEST = 1_800.0  # seconds for one file: a scan of some hundred pages
_log = logging.getLogger("vnlegal.review")


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do: read the file at `path`, or draw its page `page` at `scale` pixels a point.

    `page` -1: give the sizes of all pages. `stored`: give what the audits take of this stored analysis.
    """

    path: Path
    name: str
    told: Path | None = None
    page: int = 0
    scale: float = 1.0
    stored: bytes | None = None


def work(job: Job, knowledge: Path | None) -> bytes:
    """Do a job: the JSON of text, layout and analysis, a PNG, the JSON of sizes. Raises `VnlegalError`."""
    if job.stored is not None:
        from vnlegal.review.facts import extract_of

        return extract_of(job.stored, job.name, knowledge)
    if job.page:
        from vnlegal.review.paint import page_png, page_sizes

        if job.page < 0:
            return json.dumps(page_sizes(job.path.read_bytes())).encode()

        return page_png(job.path.read_bytes(), job.page, job.scale)
    from vnlegal.knowledge import load_knowledge
    from vnlegal.pipeline import analyze
    from vnlegal.readers import read_bytes

    def told(done: int, all_: int) -> None:
        if job.told is not None:
            job.told.write_text(f"{done}/{all_}", encoding="ascii")

    document = read_bytes(job.path.read_bytes(), name=job.name, progress=told, own=knowledge)
    analysis = analyze(document, knowledge=load_knowledge(knowledge))
    return json.dumps(
        {
            "text": document.text,
            "layout": document.layout.model_dump(mode="json") if document.layout else None,
            "analysis": analysis.model_dump(mode="json"),
        }
    ).encode()


def _serve(pipe: Connection, knowledge: Path | None) -> None:
    """Do the jobs that come through the pipe until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from vnlegal.errors import VnlegalError

    _warm(knowledge)
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, Any] = (True, work(job, knowledge))
        except VnlegalError as error:
            answer = (False, str(error))
        except MemoryError:
            answer = (False, "hết bộ nhớ → chia nhỏ tệp")
        except Exception as error:  # a fault of ours in one file is told as a failure of that file
            answer = (False, f"lỗi của chương trình ({type(error).__name__}) → báo lỗi này kèm tệp")
        try:
            pipe.send(answer)
        except OSError:
            return


def _warm(knowledge: Path | None) -> None:
    """Load what every file needs before the first one comes."""
    from contextlib import suppress
    from importlib import import_module

    from vnlegal.pipeline import analyze

    with suppress(ImportError):
        import_module("vnlegal.readers.docx")
    from vnlegal.knowledge import load_knowledge

    analyze(
        "Kính gửi: Bộ Tài chính\n1. Giao Bộ Tài chính báo cáo trước ngày 1/2/2025.", knowledge=load_knowledge(knowledge)
    )


class Worker:
    """One process that does one job at a time."""

    def __init__(self, knowledge: Path | None) -> None:
        self._knowledge = knowledge
        self._lock = threading.Lock()
        self._ended = False
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._knowledge), daemon=True)
        self._process.start()
        other.close()

    def run(self, job: Job, seconds: float = _LONGEST) -> bytes:
        """Return the result of a job. Raises `ReviewProblem` where it fails, takes too long, or dies."""
        with self._lock:
            try:
                self._pipe.send(job)
                if not self._pipe.poll(seconds):
                    raise TimeoutError
                done, answer = self._pipe.recv()
            except (EOFError, OSError) as error:  # TimeoutError is an OSError
                late = isinstance(error, TimeoutError)
                self._end()
                if not self._ended:
                    self._start()
                reason = "đọc quá lâu" if late else "tiến trình đọc tệp này đã dừng đột ngột"
                raise ReviewProblem(
                    f"{job.name}: {reason}", next_step="chia nhỏ tệp, hoặc lưu sang dạng khác"
                ) from error
        if not done:
            raise ReviewProblem(str(answer))
        result: bytes = answer
        return result

    def close(self) -> None:
        """End the process for good."""
        self._ended = True
        self._end()

    def _end(self) -> None:
        self._pipe.close()
        self._process.terminate()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()


class Readers:
    """The workers that read what waits in the store, each under a thread that waits for it."""

    def __init__(self, store: Store, knowledge: Path | None, number: int) -> None:
        self._store = store
        self._program = version("vnlegal")
        self._wake = threading.Condition()
        self._ended = False
        self._workers = [Worker(knowledge) for _ in range(number)]
        store.queue_again()
        self._threads = [threading.Thread(target=self._loop, args=(w,), daemon=True) for w in self._workers]
        for thread in self._threads:
            thread.start()

    @property
    def working(self) -> bool:
        """Whether there is anybody to read."""
        return bool(self._workers)

    def wake(self) -> None:
        """Say that something waits."""
        with self._wake:
            self._wake.notify_all()

    def close(self) -> None:
        """End all of it; what was being read waits for the next start."""
        self._ended = True
        self.wake()
        for worker in self._workers:
            worker.close()

    def progress(self, doc: int) -> tuple[int, int]:
        """Return how many pages of a file are read, and of how many; (0, 0) where that is not known."""
        try:
            done, _, all_ = self._told(doc).read_text(encoding="ascii").partition("/")
            return int(done), int(all_)
        except (OSError, ValueError):
            return 0, 0

    def _told(self, doc: int) -> Path:
        return self._store.folder / "work" / f"{doc}.progress"

    def _loop(self, worker: Worker) -> None:
        while not self._ended:
            row = self._store.next_queued()
            if row is None:
                with self._wake:
                    self._wake.wait(1.0)
                continue
            job = Job(self._store.path_of(row.sha256), row.name, self._told(row.id))
            try:
                data = worker.run(job)
            except ReviewProblem as error:
                if not self._ended:
                    self._store.failed(row.id, str(error))
                    _log.warning("document %d could not be read", row.id)
            else:
                self._store.finished(row.id, data, self._program)
                _log.info("document %d read", row.id)
            self._told(row.id).unlink(missing_ok=True)
