"""Long readings: what is done is kept, what is stopped leaves nothing behind, the second time costs nothing."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from vnlegal.cli.progress import page_line
from vnlegal.errors import UnreadableFile
from vnlegal.readers import convert, programs

ocr = pytest.importorskip("vnlegal.readers.ocr")
pages = pytest.importorskip("vnlegal.readers.pages")
image = pytest.importorskip("PIL.Image")
posix = pytest.mark.skipif(os.name != "posix", reason="ends groups of processes as POSIX does")

HANGS = "import subprocess, sys, time; print(1, flush=True); subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"  # fmt: skip  # noqa: E501
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@posix
def test_a_program_that_hangs_is_ended_with_all_it_started() -> None:
    begin = time.monotonic()
    assert programs.run([sys.executable, "-c", HANGS], seconds=1) is None
    assert time.monotonic() - begin < 10
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
    assert HANGS not in listed
    assert "import time; time.sleep(60)" not in [line.split(" -c ")[-1] for line in listed.splitlines()]


@pytest.mark.parametrize(
    ("code", "out"),
    [
        pytest.param("print('a')", b"a", id="its output"),
        pytest.param("print('a'); raise SystemExit(1)", None, id="a failure gives nothing"),
    ],
)
def test_what_a_program_prints_counts_only_where_it_succeeds(code: str, out: bytes | None) -> None:
    given = programs.run([sys.executable, "-c", code], seconds=20)
    assert (given.strip() if given is not None else None) == out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a running process be held to a limit")
def test_a_program_cannot_write_without_end() -> None:
    endless = "import sys\nwhile True: sys.stdout.write('x' * 1_000_000)"
    assert programs.run([sys.executable, "-c", endless], seconds=60) is None


def test_nothing_runs_once_it_was_stopped() -> None:
    running = programs.Running()
    running.stop()
    assert running.run([sys.executable, "-c", "print(1)"], seconds=10) is None


class Reader:
    """Stands for tesseract: gives a line a page, fails or is interrupted on some pages, counts its calls."""

    def __init__(self, fails: Sequence[int] = (), interrupted: int | None = None) -> None:
        self.fails, self.interrupted = fails, interrupted
        self.calls: list[int] = []

    def __call__(self, picture: object, *, page: int, running: object, dpi: int) -> list[object] | None:
        self.calls.append(page)
        return None if page in self.fails else [pages.Line(f"trang {page}", page, 1, 2, 3, 4, 10.0, 0.9)]

    def pages(self, count: int) -> list[tuple[int, int, Callable[[], object]]]:
        def draw(page: int) -> object:
            if page == self.interrupted:
                raise KeyboardInterrupt
            return image.new("L", (8, 8), 255)

        return [(n, 300, lambda n=n: draw(n)) for n in range(1, count + 1)]  # type: ignore[misc]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(ocr, "_edition", lambda: "one")
    return ocr.kept(tmp_path, b"the file")


def run(reader: Reader, kept: object, monkeypatch: pytest.MonkeyPatch, count: int = 6) -> dict[int, object]:
    monkeypatch.setattr(ocr, "recognize", reader)
    return dict(ocr.recognize_pages(reader.pages(count), kept=kept))


def test_a_second_run_recognizes_nothing_again(kept: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(Reader(), kept, monkeypatch)
    again = Reader()
    assert run(again, kept, monkeypatch) == first
    assert again.calls == []


def test_a_page_that_failed_is_tried_again(kept: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(Reader(fails=[2]), kept, monkeypatch)[2] is None
    again = Reader()
    assert run(again, kept, monkeypatch)[2] is not None
    assert again.calls == [2]


def test_an_interrupted_run_goes_on_where_it_was(kept: object, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = Reader(interrupted=6)
    with pytest.raises(KeyboardInterrupt):
        run(stopped, kept, monkeypatch)
    again = Reader()
    assert len(run(again, kept, monkeypatch)) == 6
    assert again.calls
    assert set(again.calls).isdisjoint({1, 2}), "the first pages were kept"


def test_other_bytes_are_another_file(tmp_path: Path, kept: object, monkeypatch: pytest.MonkeyPatch) -> None:
    run(Reader(), kept, monkeypatch)
    again = Reader()
    run(again, ocr.kept(tmp_path, b"another file"), monkeypatch)
    assert sorted(again.calls) == [1, 2, 3, 4, 5, 6]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_pages_are_counted_where_somebody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    clock = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    with page_line("scan.pdf") as progress:
        assert progress is not None
        for done in range(1, 5):
            progress(done, 4)
    written = screen.getvalue().split("\r")
    assert "scan.pdf: trang 3/4" in screen.getvalue()
    assert written[-1] == ""
    assert not written[-2].strip(), "the line is taken away"


def test_no_line_is_written_into_a_log() -> None:
    with page_line("scan.pdf") as progress:
        assert progress is None


def test_a_converter_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(convert, "find", lambda *names: sys.executable)
    with pytest.raises(UnreadableFile, match="không chuyển được"):
        convert.read_converted(DOC, suffix=".doc", name="x.doc")
    assert not list(tmp_path.iterdir())


@posix
@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
def test_a_stopped_conversion_leaves_neither_process_nor_file(tmp_path: Path, sign: signal.Signals) -> None:
    begun, temporary = tmp_path / "begun", tmp_path / "temporary"
    temporary.mkdir()
    office = tmp_path / "soffice"
    child = f"sleep {100_000 + os.getpid()}"  # told from what another run of the tests may have left
    office.write_text(f"#!/bin/sh\ntouch {begun} $TMPDIR/left\n{child} &\nwait\n")
    office.chmod(0o755)
    (tmp_path / "x.doc").write_bytes(DOC)
    process = subprocess.Popen(
        [sys.executable, "-m", "vnlegal", "text", str(tmp_path / "x.doc")],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(sign)
    assert process.wait(20) == (130 if sign == signal.SIGINT else 143)
    assert not list(temporary.iterdir())
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
    assert child not in listed.splitlines()
