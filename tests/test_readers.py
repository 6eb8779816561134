"""Files of every format give the text they show, whatever encoding, generated number or scanner stands between."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from vnlegal.errors import MissingExtra, UnreadableFile
from vnlegal.knowledge.files import read_toml
from vnlegal.knowledge.slips import SlipRow, load_slips
from vnlegal.knowledge.syllables import load_syllables
from vnlegal.readers import read, read_bytes
from vnlegal.readers.convert import office
from vnlegal.readers.judge import GOOD, quality
from vnlegal.readers.restore import mend, mend_numbers
from vnlegal.readers.sniff import sniff
from vnlegal.records import Document

distance = pytest.importorskip("rapidfuzz.distance").Levenshtein.distance
pytest.importorskip("lxml")
pytest.importorskip("pypdfium2")

FILES = Path(__file__).parent.parent / "corpora" / "files"
EXACT = ("letter.txt", "letter-1258.txt", "letter-vni.txt", "letter-tcvn3.txt", "letter.html", "letter.docx",
         "old-fonts.docx", "letter.eml", "letter.zip")  # fmt: skip
CONVERTED = ("letter.doc", "letter.rtf", "letter.odt")
SCANS = ("scan.pdf", "scan.jpg")


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def error(document: Document, name: str) -> float:
    truth = folded((FILES / f"{name}.truth").read_text(encoding="utf-8"))
    return float(distance(folded(document.text), truth)) / len(truth)


def codes(document: Document) -> set[str]:
    return {f.code for f in document.findings}


@pytest.mark.parametrize("name", EXACT)
def test_the_text_is_read_to_the_letter(name: str) -> None:
    assert error(read(FILES / name), name) <= 0.002


def test_a_pdf_loses_its_running_heads_and_page_numbers_and_joins_its_lines() -> None:
    document = read(FILES / "letter.pdf")
    assert error(document, "letter.pdf") <= 0.002
    assert document.layout is not None
    assert "BẢN TIN NỘI BỘ/Số 12" in document.layout.furniture
    assert "BẢN TIN" not in document.text
    assert "chậm nhất ngày 10 tháng 4 năm 2026 để tổng hợp, báo cáo Thủ tướng Chính phủ." in document.text
    place = next(p for p in document.layout.places if "4127/BYT-KHTC" in document.text[p.start : p.end])
    assert (place.page, place.box is not None) == (1, True)


@pytest.mark.slow
@pytest.mark.parametrize("name", CONVERTED)
def test_older_word_formats_are_read_through_a_converter(name: str) -> None:
    if office() is None:
        pytest.skip("LibreOffice is not installed")
    document = read(FILES / name)
    assert error(document, name) <= 0.005
    assert document.layout is not None
    assert document.layout.tables


@pytest.mark.parametrize(("name", "most"), [("letter.odt", 0.002), ("letter.rtf", 0.01)])
def test_odt_and_rtf_are_read_without_a_converter_and_say_so(
    name: str, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("striprtf")
    monkeypatch.setattr("vnlegal.readers.convert.find", lambda *names: None)
    document = read(FILES / name)
    assert error(document, name) <= most
    assert "quick-conversion" in codes(document)
    assert "1. Rà soát số liệu đã báo cáo" in folded(document.text)


def test_a_doc_without_a_converter_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnlegal.readers.convert.find", lambda *names: None)
    with pytest.raises(MissingExtra, match="apt install libreoffice-writer-nogui"):
        read(FILES / "letter.doc")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCANS)
def test_noisy_scans_are_read_by_ocr_and_say_so(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    monkeypatch.setenv("VNLEGAL_CACHE", str(tmp_path))
    document = read(FILES / name)
    assert "ocr" in codes(document)
    assert not any(code.startswith("handwritten") for code in codes(document)), "all of it is printed"
    assert error(document, name) <= 0.04
    assert "3318/QĐ-BYT" in document.text
    assert list(tmp_path.rglob("*.json")), "what was recognized is kept for the next run"


def test_word_gives_generated_numbers_tables_and_the_accepted_text() -> None:
    document = read(FILES / "letter.docx")
    assert "\n1. Rà soát số liệu đã báo cáo\n2. Gửi báo cáo trước ngày 30/6/2026\n" in document.text
    assert "Thời hạn mới là ngày 15/5/2026" in document.text
    assert "ngày 01/5/2026" not in document.text
    assert "tracked-changes" in codes(document)
    assert document.layout is not None
    (table,) = document.layout.tables
    assert [[document.text[c.start : c.end] for c in row] for row in table.rows] == [
        ["TT", "Nhiệm vụ", "Thời hạn"],
        ["I", "Nhóm thứ nhất"],
        ["1", "Tổng hợp báo cáo", "Quý II/2026"],
    ]
    assert "Đầu trang không thuộc văn bản" in document.layout.furniture
    assert "Đầu trang" not in document.text


def test_old_fonts_keep_their_capitals() -> None:
    document = read(FILES / "old-fonts.docx")
    assert "BỘ Y TẾ" in document.text
    assert "legacy-font" in codes(document)


def test_a_guessed_encoding_is_told() -> None:
    assert "guessed-encoding" in codes(read(FILES / "letter-vni.txt"))
    assert not codes(read_bytes("Căn cứ Luật Đầu tư;".encode()))


def test_menus_and_boxes_of_a_web_page_are_left_out() -> None:
    text = read(FILES / "letter.html").text
    assert "Văn bản liên quan" not in text
    assert "Đăng nhập" not in text
    assert "Điều 1'" not in text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7\n", "pdf", id="pdf"),
        pytest.param(b"{\\rtf1\\ansi", "rtf", id="rtf"),
        pytest.param(b"<!DOCTYPE html><html>", "html", id="html"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "doc", id="doc"),
        pytest.param(b"From: a@b.vn\r\nMIME-Version: 1.0\r\n\r\nx", "eml", id="mail"),
        pytest.param("Kính gửi: Bộ Y tế\nNơi nhận: VT\n".encode(), "txt", id="a letter's own colons are no mail head"),
        pytest.param("Điều 1 < 5 và html > 3".encode(), "txt", id="signs of comparison are no markup"),
        pytest.param(b"RIFF....WAVE", "txt", id="a sound is no picture"),
    ],
)
def test_formats_are_told_by_their_bytes(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("text", "good"),
    [
        pytest.param("Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015", True, id="vietnamese"),
        pytest.param("LIEN DoAN LAO D()NG VIET NAM CoNG HoA XA HoI CHU NGHIA", False, id="recognition without marks"),
        pytest.param("B¸o c¸o t×nh h×nh thùc hiÖn kÕ ho¹ch", False, id="old encoding"),
    ],
)
def test_a_text_layer_is_judged(text: str, good: bool) -> None:
    assert (quality(text) >= GOOD) is good


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        pytest.param("mức thuê suât thu nhập doanh nghiệp", "mức thuế suất thu nhập doanh nghiệp", id="tones lost"),
        pytest.param("QUÓC HỘI", "QUỐC HỘI", id="capitals keep their case"),
        pytest.param("hợp đồng thuê nhà ở", "hợp đồng thuê nhà ở", id="thuê that means to rent stays"),
        pytest.param("Nghị định số 88/2025/NĐ-CP", "Nghị định số 88/2025/NĐ-CP", id="numbers stay"),
    ],
)
def test_lost_tone_marks_are_put_back_only_where_the_neighbours_say_so(read_as: str, meant: str) -> None:
    syllables = load_syllables()
    assert syllables is not None
    (mended,), _ = mend([read_as], syllables)
    assert mended == meant


@pytest.mark.parametrize("row", read_toml("recognition_slips.toml", "slip", SlipRow), ids=lambda row: row.rule)
def test_every_slip_of_recognition_is_put_right_and_told(row: SlipRow) -> None:
    text, changes = mend_numbers(row.example, load_slips())
    assert text == row.gives
    assert len(changes) == 1
    assert mend_numbers(row.gives, load_slips()) == (row.gives, [])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("số 5/BC-VPCP và đường sô 12", id="no number after sô"),
        pytest.param("quyết định của PGD/ĐT và ND-CP", id="codes without a serial"),
        pytest.param("họp ngày 12/2O5", id="no document number"),
        pytest.param("Số: ý /SY-VPCTN", id="handwriting is not guessed"),
        pytest.param("số OI/QĐ-UBND", id="no digit at all"),
        pytest.param("tỷ lệ 1l/100 km", id="litres"),
    ],
)
def test_what_is_no_slip_stays(line: str) -> None:
    assert mend_numbers(line, load_slips()) == (line, [])


@pytest.mark.parametrize(
    ("read_as", "kept"),
    [
        pytest.param(["xã Cù Lao Giêng và xã Lình Huỳnh"], "xã Cù Lao Giêng và xã Lình Huỳnh", id="names of places"),
        pytest.param(["Ông Lê Văn Chúc"], "Ông Lê Văn Chúc", id="names of people"),
        pytest.param(["sửa đổi, bỗ sung một số điều"], "sửa đổi, bổ sung một số điều", id="a slip the texts have too"),
    ],
)
def test_names_stay_and_common_words_are_mended(read_as: list[str], kept: str) -> None:
    syllables = load_syllables()
    assert syllables is not None
    assert mend(read_as, syllables)[0] == [kept]


def test_an_empty_file_is_said_to_be_empty() -> None:
    with pytest.raises(UnreadableFile, match="rỗng"):
        read_bytes(b" \n ", name="x.docx")


def test_a_spreadsheet_says_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match="Excel"):
        read_bytes(b"PK\x03\x04" + b"xl/workbook.xml", name="x.xlsx")


def test_a_scan_without_ocr_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    from vnlegal.readers import ocr

    ocr.program.cache_clear()
    monkeypatch.setattr(ocr, "find", lambda *names: None)
    try:
        with pytest.raises(MissingExtra, match="tesseract"):
            read(FILES / "scan.pdf")
    finally:
        ocr.program.cache_clear()
