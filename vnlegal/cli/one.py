"""Commands that take one document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vnlegal.cli.base import UNREAD, say
from vnlegal.cli.inputs import Input
from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.readers import shown


def one_input(path: str) -> Input:
    """Return the document at `path`; - is stdin."""
    if path == "-":
        return Input("-", data=sys.stdin.buffer.read())
    return Input(shown(Path(path).name), Path(path))


@contextmanager
def unread_is_3() -> Iterator[None]:
    """Leave with exit code 3 and one line on stderr where the document cannot be read."""
    try:
        yield
    except (UnreadableFile, MissingExtra) as error:
        say(str(error))
        sys.exit(UNREAD)
