"""Files that hold files: zip archives and mail, whose attachments are read as documents of one letter."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage, MIMEPart
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath

from vnlegal.errors import UnreadableFile, VnlegalError
from vnlegal.readers.builder import TextBuilder
from vnlegal.readers.limits import MAX_MEMBERS, member, open_zip

ReadInner = Callable[[bytes, str], TextBuilder]
_MAX_ATTACHMENTS = 500
_PROPERTY = {"name": "3707", "short": "3704", "data": "37010102", "body": "1000", "subject": "0037"}


def read_zip(data: bytes, *, name: str, inner: ReadInner) -> TextBuilder:
    """Read the documents of a zip archive one after the other; nothing is written to disk.

    Raises `UnreadableFile` where none of its files can be read.
    """
    with open_zip(data, name=name) as archive:
        names = [m.filename for m in archive.infolist() if not m.is_dir() and not _is_clutter(m.filename)]
        parts = ((n, partial(member, archive, n, name=name)) for n in sorted(names))
        return _together(parts, name=name, inner=inner)


def read_eml(data: bytes, *, name: str, inner: ReadInner) -> TextBuilder:
    """Read a mail: its body, then its attachments.

    Raises `UnreadableFile` where it holds nothing to read.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    parts: list[tuple[str, bytes]] = []
    if body is not None:
        parts.append((f"body.{body.get_content_subtype()}", _payload(body)))
    for n, part in enumerate(message.iter_attachments(), 1):
        if n > _MAX_ATTACHMENTS:
            break
        parts.append((part.get_filename() or f"attachment-{n}", _payload(part)))
    return _together(((title, partial(bytes, content)) for title, content in parts), name=name, inner=inner)


def read_msg(data: bytes, *, name: str, inner: ReadInner) -> TextBuilder:
    """Read an Outlook message: its body, then its attachments (MS-OXMSG).

    Raises `UnreadableFile` where it is broken or holds nothing to read.
    """
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            parts = list(_msg_parts(ole))
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise UnreadableFile(f"{name}: thư Outlook hỏng ({error})", next_step="lưu lại thư thành .eml") from error
    return _together(((title, partial(bytes, content)) for title, content in parts), name=name, inner=inner)


def _msg_parts(ole: object) -> Iterator[tuple[str, bytes]]:
    entries = ["/".join(e) for e in ole.listdir()]  # type: ignore[attr-defined]
    streams = set(entries[:MAX_MEMBERS])

    def text(path: str) -> str | None:
        for kind, encoding in (("001F", "utf-16-le"), ("001E", "utf-8")):
            if path + kind in streams:
                content: bytes = ole.openstream(path + kind).read()  # type: ignore[attr-defined]
                return content.decode(encoding, "replace").rstrip("\x00")
        return None

    body = text(f"__substg1.0_{_PROPERTY['body']}")
    if body:
        yield "body.txt", body.encode("utf-8")
    for folder in sorted({e.split("/")[0] for e in streams if e.startswith("__attach")})[:_MAX_ATTACHMENTS]:
        data = f"{folder}/__substg1.0_{_PROPERTY['data']}"
        if data in streams:
            title = text(f"{folder}/__substg1.0_{_PROPERTY['name']}") or text(
                f"{folder}/__substg1.0_{_PROPERTY['short']}"
            )
            yield title or folder, ole.openstream(data).read()  # type: ignore[attr-defined]


def _payload(part: MIMEPart) -> bytes:
    if part.get_content_maintype() == "text":
        try:
            return str(part.get_content()).encode("utf-8")
        except (LookupError, UnicodeError):
            pass
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _together(parts: Iterable[tuple[str, Callable[[], bytes]]], *, name: str, inner: ReadInner) -> TextBuilder:
    out = TextBuilder()
    readers: list[str] = []
    first = ""
    for title, opened in parts:
        try:
            content = opened()
            if not content.strip():
                continue
            one = inner(content, f"{name}: {title}")
        except VnlegalError as error:
            out.find("attachment-unread", f"Không đọc được {title}: {error}")
            first = first or f" ({error.reason})"
            continue
        out.extend(one, file=title)
        readers.append(one.reader)
    if not readers:
        raise UnreadableFile(
            f"{name}: không có tài liệu nào đọc được bên trong{first}", next_step="mở ra và gửi từng tệp"
        )
    out.reader = " + ".join(dict.fromkeys(readers))
    return out


def _is_clutter(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/")).parts
    return any(p.startswith((".", "__MACOSX", "~$")) and p not in (".", "..") for p in parts) or path.endswith(
        "Thumbs.db"
    )
