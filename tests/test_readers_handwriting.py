"""A number or a day filled in with a pen is never taken for printed: the field stays empty and a finding says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from vnlegal import analyze
from vnlegal.records import Document, Finding

np = pytest.importorskip("numpy")
image = pytest.importorskip("PIL.Image")
draw = pytest.importorskip("PIL.ImageDraw")
fonts = pytest.importorskip("PIL.ImageFont")
ocr = pytest.importorskip("vnlegal.readers.ocr")

from vnlegal.readers.handwriting import Ink, with_doubts  # noqa: E402
from vnlegal.readers.pages import Line  # noqa: E402

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
BLACK, BLUE = (20, 20, 20), (40, 50, 190)
SIZE, SCALE, BASELINE = 50, 300 / 72, 200
NUMBER, DATE = "Số: 275 /STTTT-CNTT", "Phú Thọ, ngày 16 tháng 12 năm 2011"


def by_hand(
    text: str,
    word: str = "",
    *,
    size: float = 1.0,
    under: float = 0.0,
    colour: tuple[int, int, int] = BLACK,
    read_as: str | None = None,
    sure: float = 0.9,
) -> tuple[str, ...]:
    """Print a line with `word` in it `size` times as large, hanging `under` the line by that part of its size, in
    another ink, and return what of it looks written by hand. OCR `read_as` the word something else, so `sure` of it."""
    if not Path(FONT).is_file():
        pytest.skip("the DejaVu fonts are not here")
    sheet = image.new("RGB", (1700, 400), "white")
    pen, x = draw.Draw(sheet), 100.0
    words, boxes = [], []
    for one in text.split(" "):
        own = one == word
        font = fonts.truetype(FONT, round(SIZE * (size if own else 1)))
        y = BASELINE + under * SIZE * own
        pen.text((x, y), one, font=font, fill=colour if own else BLACK, anchor="ls")
        wide = font.getlength(one)
        if not (own and read_as == ""):
            words.append(read_as if own and read_as is not None else one)
            box = (x, y - 0.95 * SIZE, x + wide, y)
            boxes.append((*(side / SCALE for side in box), sure if own else 0.95))
        x += wide + 0.3 * SIZE
    grey, blue = ocr.sheet_of(sheet)
    line = Line(" ".join(words), 1, boxes[0][0], boxes[0][1], boxes[-1][2], boxes[-1][3], 12.0, 0.9, words=tuple(boxes))
    (found,) = with_doubts([line], Ink(np.asarray(grey), np.asarray(blue), SCALE))
    return tuple(found.by_hand)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(NUMBER, (), id="a printed number"),
        pytest.param("Luật số: 42/2019/QH14", (), id="a printed number of a law"),
        pytest.param("Số: /STTTT-CNTT", (), id="a blank for the number"),
        pytest.param("Số: 1234-CV/TU", (), id="a number of the Party"),
        pytest.param(DATE, (), id="a printed date"),
        pytest.param("10 ngày làm việc kể từ ngày 16 tháng 3 năm 2026;", (), id="a date inside a sentence"),
        pytest.param("Hà Nội, ngày tháng 12 năm 2011", (), id="a blank for the day"),
        pytest.param("Số lượng: 275 người", (), id="no number of a document"),
    ],
)
def test_what_is_printed_stays_sure(text: str, found: tuple[str, ...]) -> None:
    assert by_hand(text) == found


def test_a_printed_word_read_with_some_doubt_stays_sure() -> None:
    assert by_hand("Luật số: 67/2025/QH15", "67/2025/QH15", sure=0.6) == ()


def test_digits_taller_than_the_print_are_written() -> None:
    assert by_hand(NUMBER, "275", size=1.5) == ("number",)
    assert by_hand(DATE, "16", size=1.5) == ("day",)
    assert by_hand(DATE, "12", size=1.5) == ("month",)
    assert by_hand(DATE, "2011", size=1.5) == ("year",)


def test_digits_that_hang_under_the_line_are_written() -> None:
    assert by_hand(NUMBER, "275", under=0.25) == ("number",)
    assert by_hand(DATE, "16", under=0.25) == ("day",)


def test_blue_ink_is_a_pen() -> None:
    assert by_hand(NUMBER, "275", colour=BLUE) == ("number",)
    assert by_hand(DATE, "16", colour=BLUE) == ("day",)


def test_ink_that_is_not_read_as_a_number_is_written() -> None:
    assert by_hand(NUMBER, "275", read_as="J†§") == ("number",)
    assert by_hand(NUMBER, "275", sure=0.04) == ("number",)
    assert by_hand(DATE, "16", read_as="") == ("day",)


LETTER = "UBND TỈNH PHÚ THỌ\nSố: 473/UBND-KSTTHC\nPhú Thọ, ngày 17 tháng 12 năm 2011\n\nKính gửi: Các sở, ban, ngành.\n"


def letter(*codes: str, at: str) -> Document:
    place = LETTER.index(at)
    rows = (Finding(code=code, start=place, end=place + len(at), message="…") for code in codes)
    return Document(text=LETTER, findings=tuple(rows))


def test_a_header_keeps_nothing_written_by_hand() -> None:
    head = analyze(letter("handwritten-number", at="Số: 473/UBND-KSTTHC")).document
    assert (head.number, head.date) == (None, "2011-12-17")
    head = analyze(letter("handwritten-day", at="Phú Thọ, ngày 17 tháng 12 năm 2011")).document
    assert (head.number, head.date) == ("473/UBND-KSTTHC", "2011-12")
    head = analyze(letter("handwritten-day", "handwritten-month", at="Phú Thọ, ngày 17 tháng 12 năm 2011")).document
    assert head.date == "2011"


def test_the_own_number_written_by_hand_is_an_unsure_mention() -> None:
    sure = next(c for c in analyze(letter(at="UBND")).citations if c.kind == "self")
    unsure = next(c for c in analyze(letter("handwritten-number", at="Số: 473/UBND-KSTTHC")).citations)
    assert unsure.confidence < 0.5 < sure.confidence


def test_handwriting_elsewhere_leaves_the_header() -> None:
    head = analyze(letter("handwritten-number", "handwritten-day", at="Kính gửi: Các sở")).document
    assert (head.number, head.date) == ("473/UBND-KSTTHC", "2011-12-17")


def test_slips_of_ones_own_are_mended_too(tmp_path: Path) -> None:
    row = "rule = 'own'\npattern = '(?<=/HS)[O0](?=\\d)'\nput = '-'\nexample = '12/HS05'\ngives = '12/HS-5'\n"
    (tmp_path / "recognition_slips.toml").write_text(f"[[slip]]\n{row}", encoding="utf-8")
    line = Line("Hồ sơ số 12/HS05 và số 5/2O24/QĐ-UBND", 1, 1, 1, 9, 9, 9.0, 0.9)
    (mended,) = ocr.mended([line], tmp_path)
    assert mended.text == "Hồ sơ số 12/HS-5 và số 5/2024/QĐ-UBND"
    assert mended.repairs == ("12/HS05 → 12/HS-5", "5/2O24/QĐ-UBND → 5/2024/QĐ-UBND")
    assert ocr.mended([line])[0].text == "Hồ sơ số 12/HS05 và số 5/2024/QĐ-UBND"


def test_a_date_in_the_body_is_never_looked_at() -> None:
    assert by_hand("kể từ ngày 16 tháng 3 năm 2026;", "16", size=1.5) == ()
