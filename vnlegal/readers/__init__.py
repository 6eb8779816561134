"""One `read(path)` for every format: bytes in, a `Document` out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vnlegal.errors import UnreadableFile
from vnlegal.readers.plain import decode
from vnlegal.records import Document

# What a walk over a folder picks up. A file named by hand is tried whatever its suffix.
SUFFIXES = frozenset({".txt", ".md"})


def read(path: Path | str, *, source: str | None = None) -> Document:
    """Read the file at `path`; `source` is the name the result shows, by default the file's own.

    Raises `UnreadableFile` with the next step where it is missing, not a file, not allowed, empty or no text.
    """
    path = Path(path)
    name = shown(source if source is not None else path.name)
    try:
        if path.is_dir():
            raise UnreadableFile(f"{name}: là thư mục, không phải tệp", next_step="dùng vnlegal extract với thư mục")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"{name}: không có tệp này", next_step="xem lại đường dẫn") from error
    except PermissionError as error:
        raise UnreadableFile(f"{name}: không được phép đọc", next_step="xin quyền đọc tệp") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{name}: không đọc được ({reason})", next_step="thử chép tệp sang chỗ khác") from error
    return read_bytes(data, name=name)


def read_bytes(data: bytes, *, name: str = "-") -> Document:
    """Read a document from its bytes; `name` is shown as its source."""
    text = decode(data, name=name)
    return Document(text=text, source=name, format="txt", sha256=hashlib.sha256(data).hexdigest())


def shown(name: str) -> str:
    """Return a file name as text that every output can carry: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
