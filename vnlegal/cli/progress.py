"""One line on stderr that counts the pages of the file being read, where somebody looks at it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from vnlegal.readers import Progress

_AFTER = 0.5  # a file that is read sooner needs no line
_EVERY = 0.1
_BAR = 20


@contextmanager
def page_line(source: str) -> Iterator[Progress | None]:
    """Give the function that shows how many pages of `source` are read; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    line = _PageLine(source)
    try:
        yield line
    finally:
        line.clear()


class _PageLine:
    def __init__(self, source: str) -> None:
        self.name = source if len(source) <= 40 else f"…{source[-39:]}"
        self.begun = self.shown = time.monotonic()
        self.first: tuple[float, int] | None = None
        self.width = 0

    def __call__(self, done: int, count: int) -> None:
        now = time.monotonic()
        self.first = self.first or (now, done)
        if now - self.begun < _AFTER or now - self.shown < _EVERY:
            return
        self.shown = now
        full = _BAR * done // max(count, 1)
        words = f"{self.name}: trang {done}/{count} [{'#' * full}{'-' * (_BAR - full)}]{self._left(now, done, count)}"
        sys.stderr.write("\r" + words.ljust(self.width))
        sys.stderr.flush()
        self.width = len(words)

    def _left(self, now: float, done: int, count: int) -> str:
        """Return how long the rest will take, at the pace so far."""
        begun, before = self.first or (now, done)
        if done - before < 2:
            return ""
        seconds = round((now - begun) / (done - before) * (count - done))
        return f" còn {seconds // 60} phút {seconds % 60:02d} giây" if seconds >= 60 else f" còn {seconds} giây"

    def clear(self) -> None:
        """Take the line away, so that what is written next begins clean."""
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
