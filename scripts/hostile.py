"""Files made to do harm, or that are not what their names say: each with what reading it should come to."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).resolve().parent.parent / "corpora" / "files"
_XML = b'<?xml version="1.0"?>'
_LAUGHS = b"<!DOCTYPE x [%s]>" % b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"ha" if n == 0 else b"&l%d;" % (n - 1) * 10) for n in range(10)
)
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
_BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>%s</w:p></w:document>'
_ODT = b"application/vnd.oasis.opendocument.text"


class Hostile(NamedTuple):
    """A file, and the words of the error it must be refused with, or None where it is read in whole or in part."""

    what: str
    name: str
    data: bytes
    refused: str | None


def hostile() -> Iterator[Hostile]:
    """Yield every hostile file; those that a library makes only where it is installed."""
    yield from _packed()
    yield from _marked_up()
    yield from _misnamed()
    yield from _drawn()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip archive of these members."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # a package says what it is in its first member, unpacked
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return data.getvalue()


def pdf_of(dictionary: bytes, unit: bytes, times: int) -> bytes:
    """Return a PDF whose one long stream is `unit` deflated so many times over."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(unit * 1_000) for _ in range(times // 1_000)) + pack.flush()
    head = b"%PDF-1.4\n1 0 obj\n<<" + dictionary + b"/Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>"
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n"


def ole(*streams: str, head: bytes = b"") -> bytes:
    """Return a container of the old Office with streams of these names, after MS-CFB: 512-byte sectors.

    `head` (4,096 bytes) is what the stream WordDocument holds; the others are empty.
    """
    names = ["Root Entry", *streams]
    entries = b""
    for n, name in enumerate(names):
        wide = name.encode("utf-16-le")
        content = head if name == "WordDocument" else b""
        entry = bytearray(128)
        entry[: len(wide)] = wide
        entry[64:66] = (len(wide) + 2).to_bytes(2, "little")
        entry[66] = 5 if n == 0 else 2
        entry[67] = 1
        right = n + 1 if 0 < n < len(names) - 1 else 0xFFFFFFFF
        entry[68:80] = b"\xff" * 4 + right.to_bytes(4, "little") + (1 if n == 0 else 0xFFFFFFFF).to_bytes(4, "little")
        entry[116:120] = (2 if content else 0xFFFFFFFE).to_bytes(4, "little")
        entry[120:124] = len(content).to_bytes(4, "little")
        entries += bytes(entry)
    table = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little")
    body = [3, 4, 5, 6, 7, 8, 9, 0xFFFFFFFE]  # a stream of eight sectors, so that it is no small one
    table += b"".join(n.to_bytes(4, "little") for n in body) if head else b""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(4) + (4096).to_bytes(4, "little")
    header += b"\xfe\xff\xff\xff" + bytes(4) + b"\xfe\xff\xff\xff" + bytes(4) + (0).to_bytes(4, "little")
    return header.ljust(512, b"\xff") + table.ljust(512, b"\xff") + entries.ljust(512, b"\x00") + head


def _packed() -> Iterator[Hostile]:
    zeros = zipped({"word/document.xml": bytes(300 * 2**20)})
    yield Hostile("zip bomb, 1:1000", "bomb.docx", zeros, "bom nén")
    small = {f"{n}.txt": bytes(1_000_000) for n in range(600)}
    yield Hostile("zip bomb, 600 MB in small members", "bomb.zip", zipped(small), "quá lớn")
    nest = zipped({})
    for _ in range(6):
        nest = zipped({"inner.zip": nest})
    yield Hostile("archives in archives", "nest.zip", nest, "lồng nhau")
    paths = dict.fromkeys(("../../evil.txt", "C:\\evil.txt", "/tmp/evil.txt"), "Căn cứ Luật Đầu tư;".encode())
    yield Hostile("paths that lead out of an archive", "evil.zip", zipped(paths), None)
    mail = EmailMessage()
    mail["From"] = "a@b.vn"
    mail.set_content("Gửi kèm.")
    for path in paths:
        mail.add_attachment(paths[path], maintype="application", subtype="octet-stream", filename=path)
    yield Hostile("paths that lead out of a mail", "evil.eml", mail.as_bytes(), None)
    yield Hostile("PDF content of 70 MB", "bomb.pdf", pdf_of(b"", b"0 0 m 1 1 l S\n", 5_000_000), "giải nén")
    twice = b"%PDF-1.4\n1 0 obj\n<</Filter[/FlateDecode /FlateDecode]>>stream\nx\nendstream\nendobj\n"
    yield Hostile("PDF packed twice", "twice.pdf", twice, "bom nén")


def _marked_up() -> Iterator[Hostile]:
    for what, kind, call in (("billion laughs", _LAUGHS, b"&l9;"), ("outside entity", _OUTSIDE, b"&f;")):
        word = zipped({"word/document.xml": _XML + kind + _BODY % call})
        yield Hostile(f"{what} in a docx", "evil.docx", word, "thực thể")
        odt = zipped({"mimetype": _ODT, "content.xml": _XML + kind + b"<x>" + call + b"</x>", "styles.xml": b"<x/>"})
        yield Hostile(f"{what} in an odt", "evil.odt", odt, "thực thể")
        page = kind + b"<html><body><p>" + "Căn cứ Luật Đầu tư; ".encode() + call + b"</p></body></html>"
        yield Hostile(f"{what} in a web page", "evil.html", page, None)
    deep = b"<html><body>" + b"<div>" * 20_000 + "Căn cứ Luật Đầu tư;".encode() + b"</div>" * 20_000
    yield Hostile("20,000 elements in one another", "deep.html", deep, "không có nội dung")


def _misnamed() -> Iterator[Hostile]:
    locked = (b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x11").ljust(4096, b"\x00")
    yield Hostile("docx with a password", "x.docx", ole("EncryptionInfo", "EncryptedPackage"), "mật khẩu")
    yield Hostile("doc with a password", "x.doc", ole("WordDocument", head=locked), "mật khẩu")
    yield Hostile("spreadsheet named .doc", "x.doc", ole("Workbook"), "Excel")
    yield Hostile("slides named .doc", "x.doc", ole("PowerPoint Document"), "trình chiếu")
    yield Hostile("doc named .docx", "letter.docx", (SAMPLES / "letter.doc").read_bytes(), None)
    yield Hostile("docx named .doc", "letter.doc", (SAMPLES / "letter.docx").read_bytes(), None)
    yield Hostile("empty file", "x.pdf", b" \n ", "rỗng")


def _drawn() -> Iterator[Hostile]:
    try:
        from PIL import Image
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        return
    data = BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(data, "PNG")
    yield Hostile("picture of 20,000 × 20,000", "huge.png", data.getvalue(), "lớn")
    data = BytesIO()
    canvas = Canvas(data, encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    yield Hostile("PDF with a password", "locked.pdf", data.getvalue(), "mật khẩu")
