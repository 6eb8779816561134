"""One `read(path)` for every format: bytes in, a `Document` out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vnlegal.errors import UnreadableFile
from vnlegal.readers.plain import decode
from vnlegal.records import Document


def read(path: Path | str) -> Document:
    """Read the file at `path`.

    Raises `UnreadableFile` with the next step where it is missing, not a file, not allowed, empty or no text.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"không có tệp {path}", next_step="xem lại đường dẫn") from error
    except IsADirectoryError as error:
        raise UnreadableFile(f"{path} là thư mục", next_step="dùng `vnlegal extract` với thư mục") from error
    except PermissionError as error:
        raise UnreadableFile(f"không được phép đọc {path}", next_step="xin quyền đọc tệp") from error
    except OSError as error:
        raise UnreadableFile(f"không đọc được {path}: {error.strerror}", next_step="thử chép tệp sang chỗ khác") from error
    return read_bytes(data, name=path.name)


def read_bytes(data: bytes, *, name: str = "-") -> Document:
    """Read a document from its bytes; `name` is shown as its source."""
    text = decode(data, name=name)
    return Document(text=text, source=name, format="txt", sha256=hashlib.sha256(data).hexdigest())
