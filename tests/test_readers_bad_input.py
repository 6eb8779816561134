"""Broken and hostile files: a clear error or a partial result, in bounded time, never a crash."""

from __future__ import annotations

import random
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from vnlegal.errors import UnreadableFile, VnlegalError
from vnlegal.readers import read_bytes
from vnlegal.readers.limits import MAX_PIXELS

pytest.importorskip("lxml")
pytest.importorskip("pypdfium2")

FILES = Path(__file__).parent.parent / "corpora" / "files"
QUICK = ("letter.txt", "letter-vni.txt", "letter.html", "letter.docx", "letter.pdf", "letter.eml", "letter.zip")
WORD_HEAD = b'<?xml version="1.0"?>'


def readable(data: bytes, name: str) -> None:
    """Read bytes; only the project's own errors may come."""
    try:
        document = read_bytes(data, name=name)
    except VnlegalError:
        return
    for place in document.layout.places if document.layout else ():
        assert 0 <= place.start <= place.end <= len(document.text)


@pytest.mark.parametrize("name", QUICK)
def test_a_file_cut_anywhere_is_read_or_refused(name: str) -> None:
    data = (FILES / name).read_bytes()
    for share in range(5, 100, 5):
        readable(data[: len(data) * share // 100], name)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_flipped_bytes_are_read_or_refused(name: str) -> None:
    data = (FILES / name).read_bytes()
    dice = random.Random(name)
    for _ in range(60):
        bad = bytearray(data)
        for _ in range(dice.randint(1, 8)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        readable(bytes(bad), name)


def zipped(**members: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def test_a_zip_bomb_is_refused_at_once() -> None:
    begin = time.perf_counter()
    with pytest.raises(UnreadableFile, match="nén"):
        read_bytes(zipped(word__document_xml=bytes(300 * 2**20)), name="bomb.docx")
    assert time.perf_counter() - begin < 30


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>',
            id="laughs",
        ),
        pytest.param(
            b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><w:document>&f;</w:document>', id="external"
        ),
    ],
)
def test_xml_entities_are_never_expanded(body: bytes) -> None:
    with pytest.raises(UnreadableFile, match="thực thể"):
        read_bytes(zipped(word__document_xml=WORD_HEAD + body), name="evil.docx")


def test_archives_in_archives_end() -> None:
    data = b"PK\x05\x06" + bytes(18)
    for _ in range(6):
        data = zipped(inner=data)
    with pytest.raises(UnreadableFile):
        read_bytes(data, name="nest.zip")


def test_paths_in_archives_reach_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../evil.txt", "Căn cứ Luật Đầu tư;")
        archive.writestr("C:\\evil.txt", "Căn cứ Luật Đất đai;")
    document = read_bytes(data.getvalue(), name="evil.zip")
    assert "Luật Đầu tư" in document.text
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_a_locked_pdf_says_so() -> None:
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    data = BytesIO()
    canvas = reportlab.Canvas(data, encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read_bytes(data.getvalue(), name="locked.pdf")


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    image = pytest.importorskip("PIL.Image")
    data = BytesIO()
    image.new("1", (20_000, 20_000), 1).save(data, "PNG")
    assert MAX_PIXELS < 20_000 * 20_000
    with pytest.raises(UnreadableFile, match="lớn"):
        read_bytes(data.getvalue(), name="huge.png")


def bomb(dictionary: bytes, unit: bytes, times: int) -> bytes:
    """A PDF whose one long stream is `unit` deflated so many times over."""
    pack = zlib.compressobj(9)
    packed = b"".join(pack.compress(unit * 1_000) for _ in range(times // 1_000)) + pack.flush()
    head = b"%PDF-1.4\n1 0 obj\n<<" + dictionary + b"/Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>"
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        pytest.param(bomb(b"", b"0 0 m 1 1 l S\n", 5_000_000), True, id="content of 70 MB"),
        pytest.param(bomb(b"", b"0 0 m 1 1 l S\n", 1_000_000), False, id="content of 14 MB"),
        pytest.param(bomb(b"/Subtype/Image", b"\x00" * 16, 5_000_000), False, id="a picture of 80 MB"),
        pytest.param(b"%PDF-1.4 /Filter[/FlateDecode /FlateDecode]", True, id="packed twice"),
        pytest.param(b"%PDF-1.4 <</Filter/FlateDecode>>stream\n" + b"\xff" * 100_000, False, id="broken"),
    ],
)
def test_streams_that_unpack_to_too_much_are_refused_before_pdfium_sees_them(data: bytes, refused: bool) -> None:
    from vnlegal.readers.pdf_bombs import check_streams

    if refused:
        with pytest.raises(UnreadableFile, match="nén"):
            check_streams(data, name="bomb.pdf")
    else:
        check_streams(data, name="x.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["letter.doc", "letter.rtf", "letter.odt"])
def test_old_word_files_cut_short_are_read_or_refused(name: str) -> None:
    data = (FILES / name).read_bytes()
    for share in (20, 60, 95):
        readable(data[: len(data) * share // 100], name)


def test_deep_markup_ends() -> None:
    deep = b"<html><body>" + b"<div>" * 20_000 + "Căn cứ Luật Đầu tư;".encode() + b"</div>" * 20_000
    readable(deep, "deep.html")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        pytest.param(
            {"content.xml": b'<!DOCTYPE x [<!ENTITY a "aaa">]><x>&a;</x>', "styles.xml": b"<x/>"},
            "thực thể",
            id="laughs",
        ),
        pytest.param({"META-INF/manifest.xml": b"<x><encryption-data/></x>"}, "mật khẩu", id="password"),
        pytest.param({"content.xml": b"<x/>"}, "OpenDocument", id="no text document"),
    ],
)
def test_bad_open_documents_are_refused(members: dict[str, bytes], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnlegal.readers.convert.find", lambda *names: None)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in {"mimetype": b"application/vnd.oasis.opendocument.text", **members}.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFile, match=words):
        read_bytes(data.getvalue(), name="x.odt")


def test_one_bad_attachment_leaves_the_others(tmp_path: Path) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "Căn cứ Luật Đầu tư;")
        archive.writestr("b.pdf", b"%PDF-1.4 broken")
    document = read_bytes(data.getvalue(), name="two.zip")
    assert "Luật Đầu tư" in document.text
    assert "attachment-unread" in {f.code for f in document.findings}


def ole(*streams: str, head: bytes = b"") -> bytes:
    """A container of the old Office with empty streams of these names, built after MS-CFB: 512-byte sectors."""
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
    directory = entries.ljust(512 * -(-len(entries) // 512), b"\x00")
    assert len(directory) == 512
    table = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little")
    body = [3, 4, 5, 6, 7, 8, 9, 0xFFFFFFFE]  # a stream of eight sectors, so that it is no small one
    table += b"".join(n.to_bytes(4, "little") for n in body) if head else b""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(4) + (4096).to_bytes(4, "little")
    header += b"\xfe\xff\xff\xff" + bytes(4) + b"\xfe\xff\xff\xff" + bytes(4) + (0).to_bytes(4, "little")
    return header.ljust(512, b"\xff") + table.ljust(512, b"\xff") + directory + (head if head else b"")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(ole("EncryptionInfo", "EncryptedPackage"), "mật khẩu", id="docx with a password"),
        pytest.param(
            ole("WordDocument", head=(b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x11").ljust(4096, b"\x00")),
            "mật khẩu",
            id="doc with a password",
        ),
        pytest.param(ole("Workbook"), "Excel", id="a spreadsheet named .doc"),
        pytest.param(ole("PowerPoint Document"), "trình chiếu", id="slides named .doc"),
    ],
)
def test_old_containers_that_are_no_letter_say_what_they_are(data: bytes, words: str) -> None:
    pytest.importorskip("olefile")
    with pytest.raises(UnreadableFile, match=words):
        read_bytes(data, name="x.docx")


@pytest.mark.slow
def test_a_doc_that_is_called_docx_is_read_as_what_it_is() -> None:
    from vnlegal.readers.convert import office

    if office() is None:
        pytest.skip("LibreOffice is not installed")
    document = read_bytes((FILES / "letter.doc").read_bytes(), name="letter.docx")
    assert document.format == "doc"
    assert "4127/BYT-KHTC" in document.text


def test_a_broken_part_of_a_word_file_is_told_and_the_rest_is_read() -> None:
    whole = zipfile.ZipFile(FILES / "letter.docx")
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"<broken" if name == "word/numbering.xml" else whole.read(name))
    document = read_bytes(data.getvalue(), name="x.docx")
    assert "4127/BYT-KHTC" in document.text
    assert "part-unread" in {f.code for f in document.findings}


def test_one_broken_member_of_an_archive_leaves_the_others() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "Căn cứ Luật Đầu tư;" * 9)
        archive.writestr("b.txt", "Căn cứ Luật Đất đai;" * 9)
    bad = bytearray(data.getvalue())
    place = bad.index("Luật Đất đai".encode())
    bad[place] ^= 0xFF
    document = read_bytes(bytes(bad), name="two.zip")
    assert "Luật Đầu tư" in document.text
    assert "attachment-unread" in {f.code for f in document.findings}


def test_an_archive_that_unpacks_to_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnlegal.readers.limits.MAX_UNPACKED", 10_000)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for n in range(20):
            archive.writestr(f"{n}.txt", bytes(random.Random(n).randbytes(1_000)))
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read_bytes(data.getvalue(), name="many.zip")


def test_paths_in_mail_attachments_reach_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from email.message import EmailMessage

    monkeypatch.chdir(tmp_path)
    mail = EmailMessage()
    mail["From"] = "a@b.vn"
    mail.set_content("Gửi kèm.")
    for name in ("../../evil.txt", "/tmp/evil.txt", "..\\evil.txt", "a\r\nX: y.txt"):
        mail.add_attachment(
            b"Can cu", maintype="application", subtype="octet-stream", filename=name.replace("\r\n", " ")
        )
    document = read_bytes(mail.as_bytes(), name="evil.eml")
    assert document.text.count("Can cu") == 4
    assert not list(tmp_path.parent.rglob("*evil*"))


def test_a_picture_too_large_inside_a_pdf_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    utils = pytest.importorskip("reportlab.lib.utils")
    image = pytest.importorskip("PIL.Image")
    from vnlegal.readers import ocr, pdf

    monkeypatch.setattr(pdf, "MAX_PIXELS", 200 * 200)
    monkeypatch.setattr(ocr, "program", lambda: "tesseract")
    monkeypatch.setattr(ocr, "_edition", lambda: "one")
    data = BytesIO()
    canvas = reportlab.Canvas(data)
    canvas.drawImage(utils.ImageReader(image.new("L", (300, 300), 200)), 0, 0, 500, 500)
    canvas.showPage()
    canvas.drawString(100, 700, "Can cu Luat To chuc Chinh phu va Luat Dau tu, Bo Tai chinh bao cao nhu sau day:")
    canvas.save()
    document = read_bytes(data.getvalue(), name="large.pdf")
    assert "page-unread" in {f.code for f in document.findings}


def test_a_long_pdf_tells_its_progress_page_by_page() -> None:
    reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
    data = BytesIO()
    canvas = reportlab.Canvas(data)
    for page in range(60):
        canvas.drawString(100, 700, f"Trang {page}: Can cu Nghi dinh so 88/2025, Bo Tai chinh bao cao")
        canvas.showPage()
    canvas.save()
    told: list[tuple[int, int]] = []
    read_bytes(data.getvalue(), name="long.pdf", progress=lambda done, count: told.append((done, count)))
    assert [done for done, _ in told if done <= 60][:60] == list(range(1, 61))
    assert {count for _, count in told} == {60}
