"""Which format some bytes are: by what they begin with and hold, never by the file's name."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["txt", "html", "rtf", "doc", "docx", "odt", "pdf", "image", "zip", "eml", "msg", "xlsx"]

_LOOK = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8", b"RIFF")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_LATER = re.compile(rb"<html[\s>]|<body[\s>]", re.I)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50}){2,}", re.S)
_MAIL_NEEDS = re.compile(rb"^(?:From|Received|MIME-Version|Message-ID):", re.I | re.M)
_MAIL_NAME = "__substg1.0_".encode("utf-16-le")


def sniff(data: bytes) -> Format:
    """Return the format of `data`; what is nothing else is taken for plain text."""
    head = data[:_LOOK]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(data)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return "msg" if _MAIL_NAME in data else "doc"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGES) and (not head.startswith(b"BM") or b"\x00" in head[:32]) and _is_picture(head):
        return "image"
    if _HTML.match(head) or (_HTML_LATER.search(head) and b"</" in data[:65_536]):
        return "html"
    if _MAIL.match(head) and _MAIL_NEEDS.search(head):
        return "eml"
    return "txt"


def _zipped(data: bytes) -> Format:
    # the names of a zip's members stand in clear in its directory
    if b"word/document.xml" in data:
        return "docx"
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    return "xlsx" if b"xl/workbook.xml" in data else "zip"


def _is_picture(head: bytes) -> bool:
    return not head.startswith(b"RIFF") or head[8:12] == b"WEBP"
