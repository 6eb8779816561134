"""Broken and hostile files: a clear error or a partial result, in bounded time, never a crash."""

from __future__ import annotations

import random
import time
import zipfile
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
    for _ in range(200):
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


def test_deep_markup_ends() -> None:
    deep = b"<html><body>" + b"<div>" * 20_000 + "Căn cứ Luật Đầu tư;".encode() + b"</div>" * 20_000
    readable(deep, "deep.html")


def test_one_bad_attachment_leaves_the_others(tmp_path: Path) -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "Căn cứ Luật Đầu tư;")
        archive.writestr("b.pdf", b"%PDF-1.4 broken")
    document = read_bytes(data.getvalue(), name="two.zip")
    assert "Luật Đầu tư" in document.text
    assert "attachment-unread" in {f.code for f in document.findings}
