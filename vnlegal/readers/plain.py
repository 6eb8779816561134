"""Plain text: UTF-8 as it stands, a BOM dropped, nothing else changed."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from vnlegal.errors import UnreadableFile

_LOOK = 4096
_SAVE_AS = "mở bằng Notepad hoặc Word, lưu lại với mã UTF-8"


def decode(data: bytes, *, name: str) -> str:
    """Return the text of a UTF-8 file.

    Raises `UnreadableFile` for empty, binary or otherwise encoded bytes.
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: tệp rỗng", next_step="chọn tệp có nội dung")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise UnreadableFile(f"{name}: mã UTF-16, không phải UTF-8", next_step=_SAVE_AS)
    if b"\x00" in data[:_LOOK]:
        raise UnreadableFile(f"{name}: không phải tệp văn bản", next_step="chuyển nội dung sang tệp .txt mã UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{name}: không phải mã UTF-8 (byte thứ {error.start + 1})", next_step=_SAVE_AS) from error
