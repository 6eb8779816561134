"""Plain text: UTF-8 as it stands, a BOM dropped, nothing else changed."""

from __future__ import annotations

from vnlegal.errors import UnreadableFile


def decode(data: bytes, *, name: str) -> str:
    """Return the text of a UTF-8 file.

    Raises `UnreadableFile` for empty, binary or otherwise encoded bytes.
    """
    if not data.strip():
        raise UnreadableFile(f"{name}: tệp rỗng", next_step="chọn tệp có nội dung")
    if b"\x00" in data[:4096]:
        raise UnreadableFile(f"{name}: không phải tệp văn bản", next_step="chuyển sang .txt mã UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: không phải mã UTF-8 (byte thứ {error.start})", next_step="lưu lại bằng mã UTF-8"
        ) from error
