"""Broken and hostile files: a clear error or a partial result, in bounded time, never a crash."""

from __future__ import annotations

import random
import time
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from vnlegal.errors import UnreadableFile, VnlegalError
from vnlegal.readers import read_bytes

pytest.importorskip("lxml")
pytest.importorskip("pypdfium2")

ROOT = Path(__file__).parent.parent
FILES = ROOT / "corpora" / "files"
_spec = spec_from_file_location("hostile", ROOT / "scripts" / "hostile.py")
assert _spec is not None
assert _spec.loader is not None
made = module_from_spec(_spec)
_spec.loader.exec_module(made)
HOSTILE = tuple(made.hostile())
QUICK = ("letter.txt", "letter-vni.txt", "letter.html", "letter.docx", "letter.pdf", "letter.eml", "letter.zip")


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


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.what)
def test_what_is_made_to_do_harm_is_refused_or_read_without_it(file: Any) -> None:
    if file.name == "letter.docx":
        pytest.skip("read by LibreOffice: see the slow test below")
    begin = time.perf_counter()
    if file.refused is None:
        assert read_bytes(file.data, name=file.name).text.strip()
    else:
        with pytest.raises(UnreadableFile, match=file.refused):
            read_bytes(file.data, name=file.name)
    assert time.perf_counter() - begin < 30


def test_paths_in_archives_reach_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("../../evil.txt", "Căn cứ Luật Đầu tư;")
        archive.writestr("C:\\evil.txt", "Căn cứ Luật Đất đai;")
    document = read_bytes(data.getvalue(), name="evil.zip")
    assert "Luật Đầu tư" in document.text
    assert not list(tmp_path.parent.rglob("evil.txt"))


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        pytest.param(made.pdf_of(b"", b"0 0 m 1 1 l S\n", 5_000_000), True, id="content of 70 MB"),
        pytest.param(made.pdf_of(b"", b"0 0 m 1 1 l S\n", 1_000_000), False, id="content of 14 MB"),
        pytest.param(made.pdf_of(b"/Subtype/Image", b"\x00" * 16, 5_000_000), False, id="a picture of 80 MB"),
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
