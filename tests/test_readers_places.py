"""Every stretch of text leads back to where it stands in the source."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.readers import read, read_bytes
from vnlegal.records import Document, Layout, PlaceSpan, WordSpan

pytest.importorskip("lxml")
pytest.importorskip("pypdfium2")

FILES = Path(__file__).parent.parent / "corpora" / "files"


def places(document: Document, words: str) -> list[PlaceSpan]:
    start = document.text.index(words)
    assert document.layout is not None
    return list(document.layout.places_of(start, start + len(words)))


@pytest.mark.parametrize(
    "name", ["letter.docx", "old-fonts.docx", "letter.html", "letter.pdf", "letter.eml", "letter.zip"]
)
def test_no_word_is_without_its_place(name: str) -> None:
    document = read(FILES / name)
    assert document.layout is not None
    reached = bytearray(len(document.text))
    for place in document.layout.places:
        reached[place.start : place.end] = b"\x01" * (place.end - place.start)
        assert place.page is not None or place.where is not None or place.file is not None
    without = [n for n, c in enumerate(document.text) if not reached[n] and not c.isspace()]
    assert not without, document.text[without[0] : without[0] + 40]


def test_a_line_of_a_printed_page_is_cut_to_the_words() -> None:
    document = read(FILES / "letter.pdf")
    (number,) = places(document, "4127/BYT-KHTC")
    (line,) = [p for p in document.layout.places if p.start <= number.start < p.end]  # type: ignore[union-attr]
    assert number.page == 1
    assert number.box is not None
    assert line.box is not None
    assert line.box[0] < number.box[0] < number.box[2] <= line.box[2]
    assert (number.box[1], number.box[3]) == (line.box[1], line.box[3])


def test_words_over_two_lines_have_two_places() -> None:
    document = read(FILES / "letter.pdf")
    assert document.layout is not None
    first, second = document.layout.places[10], document.layout.places[11]
    found = document.layout.places_of(first.end - 3, second.start + 3)
    assert [(p.start, p.end) for p in found] == [(first.end - 3, first.end), (second.start, second.start + 3)]


def test_a_cell_of_a_word_table_says_row_and_column() -> None:
    (place,) = places(read(FILES / "letter.docx"), "Tổng hợp báo cáo")
    assert place.where == "t1.r3.c2.p1"


def test_a_cell_of_a_web_page_says_row_and_column() -> None:
    page = (
        "<html><body><p>Căn cứ</p><table><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>báo cáo</td></tr></table>"
    )
    (place,) = places(read_bytes(page.encode()), "báo cáo")
    assert place.where == "t1.r2.c2.p1"


def test_a_member_of_an_archive_is_named_also_where_it_is_plain_text() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "Căn cứ Luật Đầu tư;")
        archive.writestr("b/c.pdf", (FILES / "letter.pdf").read_bytes())
    document = read_bytes(data.getvalue(), name="x.zip")
    (text,) = places(document, "Luật Đầu tư")
    (page,) = places(document, "4127/BYT-KHTC")
    assert (text.file, text.page) == ("a.txt", None)
    assert (page.file, page.page) == ("b/c.pdf", 1)


def test_a_scan_gives_the_boxes_of_its_words() -> None:
    layout = Layout(
        places=(
            PlaceSpan(
                start=0,
                end=13,
                page=2,
                box=(10, 10, 90, 20),
                confidence=0.9,
                words=(
                    WordSpan(start=0, end=5, box=(10, 11, 40, 20), confidence=0.9),
                    WordSpan(start=6, end=9, box=(45, 10, 60, 19), confidence=0.8),
                    WordSpan(start=10, end=13, box=(65, 10, 90, 19), confidence=0.9),
                ),
            ),
        )
    )
    (place,) = layout.places_of(2, 9)
    assert place.box == (10, 10, 60, 20)
    assert [w.start for w in place.words] == [0, 6]
    assert layout.places_of(20, 30) == ()


def test_the_json_carries_the_places_when_asked(vnlegal: Callable[..., Result]) -> None:
    path = FILES / "letter.pdf"
    result = json.loads(vnlegal("extract", path, "--format", "json", "--with-layout").stdout)
    layout = Layout.model_validate(result["layout"])
    citation = next(c for c in result["citations"] if c["number"] == "57-NQ/TW")
    place = layout.places_of(citation["start"], citation["end"])[0]
    assert place.page == 1
    assert "layout" not in json.loads(vnlegal("extract", path, "--format", "json").stdout)


def test_a_run_over_many_files_closes_with_how_each_was_read(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    for name in ("letter.pdf", "letter-vni.txt"):
        (tmp_path / name).write_bytes((FILES / name).read_bytes())
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04word/document.xml")
    result = vnlegal("extract", tmp_path)
    table = result.stdout[result.stdout.index("CÁC TỆP ĐÃ ĐỌC") :]
    assert "pdfium" in table
    assert "đoán bảng mã" in table
    assert "KHÔNG ĐỌC ĐƯỢC" in table
    assert "2 tệp đọc được, 1 tệp không · 2 trang" in table
    other = vnlegal("extract", tmp_path, "--format", "jsonl", "--summary")
    assert "CÁC TỆP ĐÃ ĐỌC" in other.stderr
    assert "CÁC TỆP" not in other.stdout


def test_a_page_is_drawn_with_what_was_found_boxed(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    out = tmp_path / "page.png"
    result = vnlegal("page", FILES / "letter.pdf", "--page", "1", "--out", out, "--dpi", "72")
    assert result.exit_code == 0
    assert any(line.startswith("c") and "57-NQ/TW@2024" in line for line in result.stdout.splitlines())
    assert any(line.startswith("t") and "2026-04-10" in line for line in result.stdout.splitlines())
    picture = image.open(out)
    document = read(FILES / "letter.pdf")
    box = places(document, "57-NQ/TW")[0].box
    assert box is not None
    blue = (20, 80, 200)
    around = picture.crop((round(box[0]) - 120, round(box[1]) - 6, round(box[2]) + 6, round(box[3]) + 6))
    colours = {colour for _, colour in around.convert("RGB").getcolors(1_000_000)}
    assert blue in colours, "a frame stands around the citation"


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        pytest.param("letter.docx", [], "không có trang", id="a Word file has no pages"),
        pytest.param("letter.pdf", ["--page", "9"], "chỉ có 2 trang", id="no such page"),
    ],
)
def test_what_cannot_be_drawn_says_so(
    vnlegal: Callable[..., Result], tmp_path: Path, name: str, arguments: list[str], words: str
) -> None:
    result = vnlegal("page", FILES / name, "--out", tmp_path / "x.png", *arguments)
    assert result.exit_code == 3
    assert words in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_table_over_pages_keeps_its_pages_and_its_repeated_head_apart() -> None:
    canvas_of = pytest.importorskip("reportlab.pdfgen.canvas")
    data = BytesIO()
    canvas = canvas_of.Canvas(data)
    for page in range(1, 4):
        for row, words in enumerate((("STT", "Task"), (str(page), f"Report {page}"), (f"{page}b", f"Answer {page}"))):
            for column, word in enumerate(words):
                canvas.rect(80 + 150 * column, 700 - 30 * row, 150, 30)
                canvas.drawString(90 + 150 * column, 710 - 30 * row, word)
        canvas.showPage()
    canvas.save()
    document = read_bytes(data.getvalue(), name="long.pdf")
    assert document.layout is not None
    (table,) = document.layout.tables
    assert len(table.rows) == 7
    assert [page.number for page in document.layout.pages] == [1, 2, 3]
    third = document.layout.pages[2]
    assert document.text[third.start : third.end].split("\n")[:2] == ["3", "Report 3"]
    assert document.layout.furniture == ("STT Task", "STT Task")
