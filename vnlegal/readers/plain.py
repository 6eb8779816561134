"""Plain text: UTF-8 as it stands, a BOM dropped, nothing else changed; other encodings guessed, and said so."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from vnlegal.errors import UnreadableFile
from vnlegal.legacy import decode, detect
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.judge import GOOD, quality

_LOOK = 4096
_ENOUGH_WORDS = 8  # fewer words than this read like Vietnamese by chance
_SAVE_AS = "mở bằng Notepad hoặc Word, lưu lại với mã UTF-8"
_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


def read_plain(data: bytes, *, name: str) -> TextBuilder:
    """Read a text file.

    Raises `UnreadableFile` for empty and for binary bytes.
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: tệp rỗng", next_step="chọn tệp có nội dung")
    text, guess = _decoded(data, name=name)
    out = TextBuilder(reader="Python")
    out.add(text)
    if guess:
        out.find("guessed-encoding", f"Bảng mã của tệp được đoán là {guess}; cần xem lại chữ có dấu")
    return out


def _decoded(data: bytes, *, name: str) -> tuple[str, str | None]:
    """Return the text and, where the encoding is not UTF-8, the name of what was guessed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = _wide(data)
        if wide:
            return wide
        if b"\x00" in data[:_LOOK]:
            raise UnreadableFile(
                f"{name}: không phải tệp văn bản", next_step="chuyển sang tệp .txt mã UTF-8"
            ) from error
        return _one_byte(data, name=name, bad=error.start)
    if "\x00" in text[:_LOOK]:
        wide = _wide(data)
        if wide:
            return wide
        raise UnreadableFile(f"{name}: không phải tệp văn bản", next_step="chuyển nội dung sang tệp .txt mã UTF-8")
    return text, None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return UTF-16 text: by its mark, or by every other byte of the beginning being zero."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        head = data[:_LOOK]
        low, high = head[0::2].count(0), head[1::2].count(0)
        if max(low, high) < len(head) // 6 or min(low, high) > max(low, high) // 4:
            return None
        encoding = "utf-16-le" if high > low else "utf-16-be"
    try:
        return data.decode(encoding), "UTF-16"
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), "UTF-16"


def _one_byte(data: bytes, *, name: str, bad: int) -> tuple[str, str]:
    """Return text of one byte a character: TCVN3, VNI or Windows-1258, whichever reads like Vietnamese."""
    latin = data.decode("cp1252", "replace") if _fits(data, "cp1252") else data.decode("latin-1")
    old = detect(latin)
    if old:
        return decode(latin, old), _NAMES[old]
    windows = data.decode("cp1258", "replace")
    if len(windows.split()) >= _ENOUGH_WORDS and quality(windows) >= GOOD:
        return windows, "Windows-1258"
    broken = data.decode("utf-8", "replace")
    if broken.count("\ufffd") <= len(broken) // 100:
        return broken, "UTF-8 có byte hỏng"
    raise UnreadableFile(f"{name}: không phải mã UTF-8 (byte thứ {bad + 1}), cũng không đoán được", next_step=_SAVE_AS)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
