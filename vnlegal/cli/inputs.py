"""From the paths of a command line to the documents to read, in a fixed order."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vnlegal.cli.progress import page_line
from vnlegal.errors import UnreadableFile
from vnlegal.readers import SUFFIXES, read, read_bytes, shown
from vnlegal.records import Document


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read: a path, or the bytes that came on stdin. `source` is the name its result shows."""

    source: str
    path: Path | None = None
    data: bytes = b""

    def read(self, own: Path | None = None) -> Document:
        """Read the document, its pages counted on stderr; raises `UnreadableFile`.

        `own` is the folder of the user's own knowledge.
        """
        with page_line(self.source) as progress:
            if self.path is None:
                return read_bytes(self.data, name=self.source, progress=progress, own=own)
            return read(self.path, source=self.source, progress=progress, own=own)

    @property
    def stem(self) -> str:
        """The name without folder and suffix, for the result's file name."""
        return "stdin" if self.path is None else shown(self.path.stem)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All documents of a call. `several`: a folder was named, or more than one path, so the result is a list."""

    items: tuple[Input, ...]
    several: bool
    failures: tuple[UnreadableFile, ...] = ()
    skipped: int = 0


def gather(paths: Sequence[str]) -> Inputs:
    """Walk the folders among `paths` and list every document once, in the order given, folders by name."""
    items: list[Input] = []
    failures: list[UnreadableFile] = []
    seen: set[str] = set()
    several, skipped = len(paths) > 1, 0
    for path in paths:
        if path == "-":
            if "-" not in seen:
                seen.add("-")
                items.append(Input("-", data=sys.stdin.buffer.read()))
        elif Path(path).is_dir():
            several = True
            found, others = _walk(Path(path))
            skipped += others
            items += [item for item in found if _first(item, seen)]
            if not found:
                failures.append(_nothing(path))
        else:
            item = Input(shown(Path(path).name), Path(path))
            if _first(item, seen):
                items.append(item)
    return Inputs(tuple(items), several, tuple(failures), skipped)


def _first(item: Input, seen: set[str]) -> bool:
    """Whether this file comes for the first time in the call."""
    key = os.path.normcase(Path(item.path or "-").absolute())
    if key in seen:
        return False
    seen.add(key)
    return True


def _walk(folder: Path) -> tuple[list[Input], int]:
    """List the documents under `folder` and count the files that are none; hidden ones are passed over."""
    found: list[Input] = []
    others = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith(".") or not path.is_file():
                continue
            if path.suffix.lower() in SUFFIXES:
                found.append(Input(shown(path.relative_to(folder).as_posix()), path))
            else:
                others += 1
    return found, others


def _nothing(path: str) -> UnreadableFile:
    kinds = ", ".join(sorted(SUFFIXES))
    return UnreadableFile(f"{shown(path)}: không có tệp nào dạng {kinds}", next_step="chọn thư mục khác")
