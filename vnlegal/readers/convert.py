"""Older Word formats through programs of their own: LibreOffice where it is installed, else antiword or catdoc.

An .odt or .rtf is read without any where there is none, its layout in part.
Each works in a folder that is removed afterwards, under the limits of `programs`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.legacy import decode, detect
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.docx import read_docx
from vnlegal.readers.limits import MAX_FILE
from vnlegal.readers.odt import check_odt, read_odt
from vnlegal.readers.programs import find, run

_SECONDS = 120
_NEXT_STEP = "cài LibreOffice (Debian/Ubuntu: apt install libreoffice-writer-nogui), hoặc lưu lại tệp thành .docx"

# A document may ask for macros to run and for pictures from the network; it gets neither.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def office() -> str | None:
    """Return the path of LibreOffice, or None."""
    return find("soffice", "libreoffice")


def read_converted(data: bytes, *, suffix: str, name: str) -> TextBuilder:
    """Read a .doc, .rtf or .odt file (`suffix` with its dot) through a converter.

    Raises `MissingExtra` where no converter is installed, `UnreadableFile` where none can read the file.
    """
    if suffix == ".odt":
        check_odt(data, name=name)
    with tempfile.TemporaryDirectory(prefix="vnlegal-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / f"source{suffix}"
        source.write_bytes(data)
        program = office()
        if program is not None:
            converted = _with_office(program, source, place)
            if converted is not None:
                out = read_docx(converted, name=name)
                out.reader = "LibreOffice"
                return out
        if suffix == ".doc" and (quick := find("antiword")):
            text = _text_of([quick, "-m", "UTF-8.txt", "-w", "0", str(source)])
            if text:
                return _plain(text, reader="antiword", name=name)
        if suffix in (".doc", ".rtf") and (quick := find("catdoc")):
            text = _text_of([quick, "-d", "utf-8", "-w", str(source)])
            if text:
                return _plain(text, reader="catdoc", name=name)
    if suffix == ".odt":
        return read_odt(data, name=name)
    if suffix == ".rtf" and (text := _stripped(data)):
        return _plain(text, reader="striprtf", name=name)
    if program is None and not (find("antiword") or find("catdoc")):
        raise MissingExtra(f"{name}: cần một chương trình để đọc tệp {suffix}", next_step=_NEXT_STEP)
    raise UnreadableFile(f"{name}: không chuyển được tệp {suffix}", next_step="mở bằng Word, lưu lại thành .docx")


def _stripped(data: bytes) -> str:
    """Return the words of an RTF file by a library alone, or "" where it is not there or cannot."""
    try:
        from striprtf import striprtf
    except ImportError:
        return ""
    strip: Any = striprtf.rtf_to_text
    try:
        words: str = strip(data.decode("latin-1"), errors="ignore")
    except Exception:  # broken control words lead it into errors of every kind
        return ""
    return words.strip()


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
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    done = run(command, seconds=_SECONDS, folder=place)
    out = place / "out" / f"{source.stem}.docx"
    if done is None or not out.is_file() or out.stat().st_size > MAX_FILE:
        return None
    return out.read_bytes()


def _text_of(command: Sequence[str]) -> str:
    done = run(command, seconds=_SECONDS)
    return done.decode("utf-8", "replace").strip() if done else ""


def _plain(text: str, *, reader: str, name: str) -> TextBuilder:
    """Return a converter's plain text, a line a paragraph."""
    out = TextBuilder(reader=reader)
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
