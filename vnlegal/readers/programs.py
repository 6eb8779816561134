"""Programs beside Python that readers call: where they are found, and how they run.

Each runs as a process of its own, without a shell, with limits of time, memory and output. What a program started
itself ends with it: at its time limit, on Ctrl-C, and when the reader is stopped.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType

# On Linux a program that asks for more is refused the memory; elsewhere the time limit alone holds.
MAX_MEMORY = 4 * 2**30
MAX_OUTPUT = 256 * 2**20

# Where installers put programs that are on no PATH; ${…} is a variable of the environment.
_PLACES = {
    "tesseract": (
        "${PROGRAMFILES}/Tesseract-OCR/tesseract.exe",
        "${PROGRAMFILES(X86)}/Tesseract-OCR/tesseract.exe",
        "${LOCALAPPDATA}/Programs/Tesseract-OCR/tesseract.exe",
        "/opt/homebrew/bin/tesseract",
        "/usr/local/bin/tesseract",
    ),
    "soffice": (
        # soffice.com waits for the end of the work, soffice.exe does not always
        "${PROGRAMFILES}/LibreOffice/program/soffice.com",
        "${PROGRAMFILES(X86)}/LibreOffice/program/soffice.com",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    "msedge": (
        "${PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
        "${PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "google-chrome": (
        "${PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
        "${LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "antiword": ("${SYSTEMDRIVE}/antiword/antiword.exe",),
}


def find(*names: str) -> str | None:
    """Return the path of the first program of these names: on the PATH, else where installers put it."""
    for name in names:
        found = shutil.which(name)
        if found and not _here_by_chance(found):
            return found
        for place in _PLACES.get(name, ()):
            known = _filled(place)
            if known is not None and known.is_file():
                return str(known)
    return None


def _here_by_chance(path: str) -> bool:
    # Windows looks into the working folder first, where a document's sender may have put anything
    return sys.platform == "win32" and Path(path).parent.absolute() == Path.cwd()


def _filled(place: str) -> Path | None:
    """Return a place with its variable filled in, or None where this system has none of that name."""
    if not place.startswith("${"):
        return Path(place)
    name, _, rest = place[2:].partition("}")
    base = os.environ.get(name)
    return Path(base + rest) if base else None


class Running:
    """The programs one reader has running; on leaving, those still at work are ended."""

    def __init__(self) -> None:
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._stopped = False

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End every program still running; none starts afterwards."""
        with self._lock:
            self._stopped = True
            processes = list(self._processes)
        for process in processes:
            _end(process)

    def run(
        self,
        command: Sequence[str],
        *,
        seconds: float,
        data: bytes = b"",
        folder: Path | None = None,
        limited: bool = True,
    ) -> bytes | None:
        """Return what a program printed, or None where it failed, hung, was ended or could not be started.

        `data` goes to its standard input; `folder` is where it may put temporary files. `limited`: it is held to
        `MAX_MEMORY`, which browsers reserve many times over without using it.
        """
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
            source.write(data)
            source.seek(0)
            try:
                with self._lock:
                    if self._stopped:
                        return None
                    process = subprocess.Popen(
                        list(command),
                        stdin=source,
                        stdout=out,
                        stderr=subprocess.DEVNULL,
                        env=_environment(folder),
                        start_new_session=os.name == "posix",
                        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                    )
                    self._processes.add(process)
            except (OSError, ValueError):
                return None
            try:
                if limited:
                    _limit(process.pid)
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                return None
            finally:
                _end(process)
                with self._lock:
                    self._processes.discard(process)
            out.seek(0)
            return out.read(MAX_OUTPUT) if code == 0 else None


def run(
    command: Sequence[str], *, seconds: float, data: bytes = b"", folder: Path | None = None, limited: bool = True
) -> bytes | None:
    """Run one program (see `Running.run`)."""
    return Running().run(command, seconds=seconds, data=data, folder=folder, limited=limited)


def _environment(folder: Path | None) -> Mapping[str, str]:
    own = {"OMP_THREAD_LIMIT": "1"}
    if folder is not None:
        own |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return {"HOME": str(Path.home()), **os.environ, **own}


def _limit(pid: int) -> None:
    """Hold a program and what it starts to the limits, where the system can."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with everything it started."""
    if sys.platform == "win32":
        if process.poll() is None:
            killer = str(Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "taskkill.exe"))
            with suppress(OSError):
                subprocess.run([killer, "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
            process.kill()
    else:
        # the program leads a group of its own, whose members may outlive it
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
