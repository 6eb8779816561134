"""Where results go: stdout, one file, or a folder with a file for each document. Always UTF-8, always whole files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import click

from vnlegal.cli.inputs import Input
from vnlegal.errors import VnlegalError


class Target:
    """Takes the pieces of a result in order. What was written stays when the run ends early."""

    def __init__(self, path: Path | None = None, *, into_folder: bool = False) -> None:
        self.path = path
        self.into_folder = into_folder
        self._stream: BufferedWriter | BinaryIO | None = None

    def __enter__(self) -> Target:
        try:
            if self.path is None:
                self._stream = sys.stdout.buffer
            elif self.into_folder:
                self.path.mkdir(parents=True, exist_ok=True)
            else:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._stream = self.path.open("wb")
        except OSError as error:
            raise _not_writable(self.path, error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.path is not None and self._stream is not None:
            self._stream.close()

    def write(self, words: str) -> None:
        """Write the next piece and see that it arrives."""
        if self.path is None and sys.stdout.isatty():
            click.echo(words, nl=False)  # on old Windows consoles click turns colour codes into colours
            return
        stream = self._stream or sys.stdout.buffer
        stream.write(words.encode("utf-8", "replace"))
        stream.flush()

    def write_bytes(self, data: bytes) -> None:
        """Write bytes as they are."""
        stream = self._stream or sys.stdout.buffer
        stream.write(data)
        stream.flush()

    def file(self, name: str, words: str) -> None:
        """Write a whole file into the folder: it is either complete or not there."""
        write_whole((self.path or Path()) / name, words.encode("utf-8", "replace"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a whole file: it is either complete or not there. Its folder is made where it is missing."""
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise _not_writable(path, error) from error


def _not_writable(path: Path | None, error: OSError) -> VnlegalError:
    return VnlegalError(f"{path}: không ghi được ({error.strerror})", next_step="chọn --out ở chỗ khác")


def names_for(items: Sequence[Input]) -> dict[Input, str]:
    """Return a file name without suffix for each document: its stem, numbered where two share one (a, a-2, a-3).

    Upper and lower case count as the same, as they do on Windows disks.
    """
    names: dict[Input, str] = {}
    taken: set[str] = set()
    for item in items:
        name, number = item.stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{item.stem}-{number}"
        taken.add(name.casefold())
        names[item] = name
    return names
