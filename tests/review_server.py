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


class Server:
    """`vnlegal review` on a free port, or on the port it had."""

    def __init__(self, folder: Path, *options: str, port: int = 0) -> None:
        command = [sys.executable, "-m", "vnlegal", "review", "--state", str(folder), "--port", str(port), *options]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
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
