"""The limits that keep a hostile or broken file from taking the machine with it.

Sizes are in bytes. Reading one document within them takes at most about 2 GB of memory, most of it for a picture of
`MAX_PIXELS` or a package of `MAX_UNPACKED`; an ordinary document takes less than 200 MB. Programs that readers call
have limits of their own (`programs`).
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from vnlegal.errors import UnreadableFile

MAX_FILE = 512 * 2**20
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 200
MAX_MEMBERS = 20_000
MAX_PAGES = 6_000
# Of a picture in a file, and of a page drawn to be recognized (A4 at 300 dpi has 9 million).
MAX_PIXELS = 80_000_000
MAX_DRAWN = 36_000_000


def check_size(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFile` for a file over `MAX_FILE` bytes."""
    if len(data) > MAX_FILE:
        raise UnreadableFile(
            f"{name}: tệp lớn hơn {MAX_FILE // 2**20} MB", next_step="chia tệp thành nhiều tệp nhỏ hơn"
        )


def open_zip(data: bytes, *, name: str) -> zipfile.ZipFile:
    """Open a zip container whose members unpack within the limits.

    Raises `UnreadableFile` for a broken archive, an encrypted one, or one that would unpack to too much
    (total over `MAX_UNPACKED`, or any member over 1 MB that packs better than 1:`MAX_RATIO`).
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableFile(f"{name}: tệp nén hỏng ({error})", next_step="xin lại tệp gốc") from error
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise UnreadableFile(f"{name}: giải nén ra quá lớn", next_step="kiểm tra lại nguồn của tệp")
    if any(m.file_size > 2**20 and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members):
        raise UnreadableFile(f"{name}: tỷ lệ nén bất thường (bom nén)", next_step="kiểm tra lại nguồn của tệp")
    if any(m.flag_bits & 1 for m in members):
        raise UnreadableFile(f"{name}: tệp có mật khẩu", next_step="mở khóa rồi lưu lại không mật khẩu")
    return archive


def member(archive: zipfile.ZipFile, path: str, *, name: str) -> bytes:
    """Return the bytes of a member, never more than it declared.

    Raises `UnreadableFile` where the member is missing or broken.
    """
    try:
        info = archive.getinfo(path)
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except KeyError as error:
        raise UnreadableFile(f"{name}: thiếu phần {path}", next_step="xin lại tệp gốc") from error
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(f"{name}: phần {path} hỏng ({error})", next_step="xin lại tệp gốc") from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base but Exception
        raise UnreadableFile(f"{name}: phần {path} hỏng ({error})", next_step="xin lại tệp gốc") from error
    if len(data) > info.file_size:
        raise UnreadableFile(f"{name}: phần {path} lớn hơn đã khai", next_step="kiểm tra lại nguồn của tệp")
    return data
