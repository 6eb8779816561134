"""A review server in a process of its own, for tests that meet it as a browser does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


# Loaded by the server and its workers before anything else: tells of every address that is not of this machine.
_WATCH = """
import pathlib, sys

def told(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
    elif event == "socket.getaddrinfo":
        host = str(arguments[0])
    else:
        return
    if not host.startswith("127.") and host not in ("::1", "localhost", "0.0.0.0"):
        with pathlib.Path(__file__).with_name("strangers").open("a") as out:
            out.write(host + "\\n")

sys.addaudithook(told)
"""


class Server:
    """`vnlegal review` on a free port, or on the port it had."""

    def __init__(self, folder: Path, *options: str, port: int = 0) -> None:
        command = [sys.executable, "-m", "vnlegal", "review", "--state", str(folder), "--port", str(port), *options]
        watch = folder.parent / "watch"
        watch.mkdir(exist_ok=True)
        (watch / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
        self._strangers = watch / "strangers"
        paths = os.pathsep.join(filter(None, (str(watch), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": paths}
        self.process = subprocess.Popen(
            command, cwd=folder.parent, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )
        assert self.process.stderr is not None
        self.lines: list[str] = []
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+?:(\d+)/", line)
        assert found, line
        self.port = int(found[1])
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        assert self.process.stderr is not None
        self.lines += self.process.stderr

    def strangers(self) -> list[str]:
        """Return the machines that the server or its workers asked."""
        return self._strangers.read_text(encoding="utf-8").split() if self._strangers.exists() else []

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        """End it as Ctrl-C does."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
