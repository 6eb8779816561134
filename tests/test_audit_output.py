"""Every audit in every form: tables, JSON, CSV and Excel, whatever the documents say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.cli.audit import AUDITS
from vnlegal.office import Column, Sheet, csv_text, xlsx_bytes
from vnlegal.office.audits import CODE, COLUMNS

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")

OURS = sorted(set(AUDITS) - {"laws"})
HOSTILE = """\
BỘ CÔNG THƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1234/BCT-KHTC
V/v báo cáo =HYPERLINK("http://x") <script>alert(1)</script>
Hà Nội, ngày 12 tháng 5 năm 2025

Kính gửi: =1+1; Bộ Y tế

1. Đề nghị Bộ Y tế báo cáo về Bộ Công Thương =cmd|' /C calc'!A0 \x1b[31m\x07 trước ngày 30/6/2025.
2. Đã hoàn thành 25/40 nhiệm vụ =2+5 <b>, đạt 65,2%.
3. Căn cứ Luật Đầu tư số 61/2021/QH14 @SUM(A1).
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "=1+1.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("form", ["table", "json", "csv", "xlsx"])
def test_every_form_of_every_audit(name: str, form: str, vnlegal: Callable[..., Result], hostile: Path) -> None:
    result = vnlegal("audit", name, hostile, "--format", form, "--as-of", "2025-07-10")
    assert result.exit_code == 0
    if form == "json":
        found = json.loads(result.stdout)
        assert set(found) >= {"schema_version", "as_of", "summary", "rows"}
        for row in found["rows"]:
            assert HOSTILE[row["start"] : row["end"]] == row["text"]
            assert row["code"] in CODE
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
        assert rows[0] == [column.name for column in COLUMNS]
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows[1:] for cell in row)
    elif form == "xlsx":
        page = openpyxl.load_workbook(io.BytesIO(result.stdout_bytes)).active
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref.startswith("A1:")
        assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)
    else:
        assert "\x1b" not in result.stdout
        assert "\x07" not in result.stdout


@pytest.mark.parametrize("name", OURS)
def test_folders_bad_files_and_bad_options(name: str, vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "words.txt").write_text("Hoa nở. " * 20, encoding="utf-8")
    result = vnlegal("audit", name, tmp_path, "--jobs", "1")
    assert result.exit_code in (0, 3)
    assert "Traceback" not in result.stderr
    assert vnlegal("audit", name, tmp_path / "none.txt").exit_code == 3
    assert vnlegal("audit", name, tmp_path, "--as-of", "hôm nay").exit_code == 2
    assert vnlegal("audit", name).exit_code == 2


def test_days_are_dates_and_words_are_words_in_excel() -> None:
    sheet = Sheet(
        "Tên [có] dấu/cấm: rất dài quá ba mươi mốt chữ cái",
        (Column("a", "Chữ"), Column("b", "Ngày", "date"), Column("c", "Số", "number")),
        [("=1+1", "2025-06-30", 3), ("\x00\x0b+2", "2025-13-45", None), (None, "", 2.5)],
    )
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([sheet, sheet]))).worksheets[0]
    assert page["A2"].value == "=1+1"
    assert page["A2"].data_type == "s"
    assert page["B2"].value == datetime(2025, 6, 30)
    assert page["B2"].number_format == "dd/mm/yyyy"
    assert (page["C2"].value, page["B3"].value) == (3, "2025-13-45")
    lines = csv_text(sheet).splitlines()
    assert lines[0] == "\ufeffa,b,c"
    assert lines[1] == "'=1+1,2025-06-30,3"
