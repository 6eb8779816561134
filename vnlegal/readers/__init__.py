"""One `read(path)` for every format: bytes in, a `Document` out."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import check_size
from vnlegal.readers.plain import read_plain
from vnlegal.readers.sniff import Format, sniff
from vnlegal.records import Document, Layout

Progress = Callable[[int, int], None]

# What a walk over a folder picks up. A file named by hand is tried whatever its suffix.
SUFFIXES = frozenset({
    ".txt", ".md", ".docx", ".doc", ".rtf", ".odt", ".pdf", ".html", ".htm", ".mht", ".eml", ".msg", ".zip",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff",
})  # fmt: skip
_MAX_NESTING = 3


def read(
    path: Path | str, *, source: str | None = None, progress: Progress | None = None, own: Path | None = None
) -> Document:
    """Read the file at `path`; `source` is the name the result shows, by default the file's own.

    `progress(done, all)` is called as the pages of a PDF or a scan are read; `own` is the folder of the user's own
    knowledge, whose slips of recognition (recognition_slips.toml) are put right in scans too.
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
    return read_bytes(data, name=name, progress=progress, own=own)


def read_bytes(data: bytes, *, name: str = "-", progress: Progress | None = None, own: Path | None = None) -> Document:
    """Read a document from its bytes, whatever their format; `name` is shown as its source.

    `progress` and `own` as in `read`. Raises `UnreadableFile` where the bytes
    cannot be read, `MissingExtra` where a program or library is needed that is not there.
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: tệp rỗng", next_step="chọn tệp có nội dung")
    check_size(data, name=name)
    kind = sniff(data)
    out = _read_as(kind, data, name=name, progress=progress, own=own, depth=0)
    layout = out.layout()
    return Document(
        text=out.text,
        source=name,
        format=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        reader=out.reader,
        layout=None if layout == Layout() else layout,
        findings=tuple(out.findings),
    )


def _read_as(
    kind: Format, data: bytes, *, name: str, progress: Progress | None, own: Path | None, depth: int
) -> TextBuilder:
    """Read bytes of a known format. Each reader is imported only when its format comes."""
    if kind == "txt":
        return read_plain(data, name=name)
    if kind == "xlsx":
        raise UnreadableFile(f"{name}: bảng tính Excel", next_step="dùng vnlegal import tasks, hoặc lưu thành .docx")
    if kind in ("zip", "eml", "msg"):
        if depth >= _MAX_NESTING:
            raise UnreadableFile(f"{name}: tệp nén lồng nhau quá sâu", next_step="giải nén rồi gửi từng tệp")

        def inner(content: bytes, title: str) -> TextBuilder:
            check_size(content, name=title)
            return _read_as(sniff(content), content, name=title, progress=progress, own=own, depth=depth + 1)

        containers = import_reader("containers", name)
        reader = {"zip": containers.read_zip, "eml": containers.read_eml, "msg": containers.read_msg}[kind]
        out: TextBuilder = reader(data, name=name, inner=inner)
        return out
    if kind in ("doc", "rtf", "odt"):
        if kind == "doc":
            import_reader("ole", name).check_word(data, name=name)
        out = import_reader("convert", name).read_converted(data, suffix=f".{kind}", name=name)
    elif kind in ("pdf", "image"):
        module = import_reader(kind, name)
        reader = module.read_pdf if kind == "pdf" else module.read_image
        out = reader(data, name=name, cache=cache_folder(), progress=progress, own=own)
    else:
        module = import_reader(kind, name)
        out = (module.read_docx if kind == "docx" else module.read_html)(data, name=name)
    return out


def import_reader(module: str, name: str) -> Any:
    """Import the reader of a format.

    Raises `MissingExtra` where a library it needs is not installed.
    """
    try:
        return import_module(f"vnlegal.readers.{module}")
    except ImportError as error:
        raise MissingExtra(f"{name}: thiếu thư viện {error.name}", next_step='pip install "vnlegal[files]"') from error


def cache_folder() -> Path | None:
    """Return the folder for what is slow to read again: `VNLEGAL_CACHE`, else the system's place for caches."""
    named = os.environ.get("VNLEGAL_CACHE")
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "vnlegal" / "cache" if base else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "vnlegal"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vnlegal"


def shown(name: str) -> str:
    """Return a file name as text that every output can carry: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
