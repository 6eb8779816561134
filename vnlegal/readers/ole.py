"""What an old Office container holds: a Word document, or something a converter should not be troubled with."""

from __future__ import annotations

from io import BytesIO

from vnlegal.errors import UnreadableFile

_ENCRYPTED = 0x0100  # MS-DOC 2.5.2, FibBase: fEncrypted
_OTHERS = {"Workbook": "bảng tính Excel", "Book": "bảng tính Excel", "PowerPoint Document": "bản trình chiếu"}


def check_word(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFile` where an OLE file is locked with a password or holds no Word document.

    What is too broken to tell is left to the converter.
    """
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            streams = {"/".join(entry) for entry in ole.listdir()}
            head = ole.openstream("WordDocument").read(12) if "WordDocument" in streams else b""
    except Exception:  # olefile raises whatever a broken table of sectors leads it into
        return
    locked = len(head) == 12 and int.from_bytes(head[10:12], "little") & _ENCRYPTED
    if "EncryptedPackage" in streams or locked:
        raise UnreadableFile(f"{name}: tệp Word có mật khẩu", next_step="mở bằng Word, bỏ mật khẩu rồi lưu lại")
    other = next((words for stream, words in _OTHERS.items() if stream in streams), None)
    if other is not None and not head:
        raise UnreadableFile(f"{name}: là {other}, không phải văn bản", next_step="lưu nội dung thành .docx")
