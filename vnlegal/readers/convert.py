"""Older Word formats through programs of their own: LibreOffice where it is installed, else antiword or catdoc.

Each runs as a separate process, without a shell, with a time limit, in a folder that is removed afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.legacy import decode, detect
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.docx import read_docx

_SECONDS = 180
_OFFICE = ("soffice", "libreoffice")
_OFFICE_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_NEXT_STEP = "cài LibreOffice (Debian/Ubuntu: apt install libreoffice-writer-nogui), hoặc lưu lại tệp thành .docx"


def office() -> str | None:
    """Return the path of LibreOffice, or None."""
    for name in _OFFICE:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _OFFICE_PLACES if Path(place).is_file()), None)


def read_converted(data: bytes, *, suffix: str, name: str) -> TextBuilder:
    """Read a .doc, .rtf or .odt file (`suffix` with its dot) through a converter.

    Raises `MissingExtra` where no converter is installed, `UnreadableFile` where none can read the file.
    """
    with tempfile.TemporaryDirectory(prefix="vnlegal-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / f"source{suffix}"
        source.write_bytes(data)
        program = office()
        if program is not None:
            converted = _with_office(program, source, place)
            if converted is not None:
                return read_docx(converted, name=name)
        if suffix == ".doc" and (quick := shutil.which("antiword")):
            text = _text_of([quick, "-m", "UTF-8.txt", "-w", "0", str(source)])
            if text:
                return _plain(text, name=name)
        if suffix in (".doc", ".rtf") and (quick := shutil.which("catdoc")):
            text = _text_of([quick, "-d", "utf-8", "-w", str(source)])
            if text:
                return _plain(text, name=name)
    if program is None and not (shutil.which("antiword") or shutil.which("catdoc")):
        raise MissingExtra(f"{name}: cần một chương trình để đọc tệp {suffix}", next_step=_NEXT_STEP)
    raise UnreadableFile(f"{name}: không chuyển được tệp {suffix}", next_step="mở bằng Word, lưu lại thành .docx")


def _with_office(program: str, source: Path, place: Path) -> bytes | None:
    profile = place / "profile"
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(place / "out"),
        str(source),
    ]
    done = _run(command)
    out = place / "out" / f"{source.stem}.docx"
    return out.read_bytes() if done is not None and out.is_file() else None


def _text_of(command: Sequence[str]) -> str:
    done = _run(command)
    return done.decode("utf-8", "replace").strip() if done else ""


def _run(command: Sequence[str]) -> bytes | None:
    """Return what a program printed, or None where it failed, hung or could not be started."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0
    try:
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            creationflags=flags,
            env={**os.environ, "HOME": os.environ.get("HOME", str(Path.home()))},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _plain(text: str, *, name: str) -> TextBuilder:
    """Return a converter's plain text, a line a paragraph."""
    out = TextBuilder()
    encoding = detect(text)
    if encoding:
        text = decode(text, encoding)
        out.find("legacy-font", "Văn bản dùng phông chữ cũ; chữ đã được chuyển sang Unicode")
    for n, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        out.add(line, where=f"p{n}")
        out.break_line()
    out.find(
        "quick-conversion", f"{name}: đọc bằng bộ chuyển nhanh, bảng và đánh số tự động có thể mất; nên cài LibreOffice"
    )
    return out
