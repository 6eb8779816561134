"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from tests.index_database import index, opener, postgres  # noqa: F401 - fixtures of the tests of the index
from tests.review_browser import browser, server, visit  # noqa: F401 - fixtures of every test with a browser
from vnlegal.cli import main
from vnlegal.knowledge import Knowledge, load_knowledge

# A busy machine is no failure of the code.
settings.register_profile("vnlegal", deadline=None)
settings.load_profile("vnlegal")

ROOT = Path(__file__).resolve().parent.parent

# A short letter in the form of the real ones, for tests that need some document and do not care which.
LETTER = """\
BỘ CÔNG THƯƠNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1234/BCT-KHTC
V/v báo cáo kết quả thực hiện Nghị định số 88/2025/NĐ-CP
Hà Nội, ngày 12 tháng 5 năm 2025

Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương

Căn cứ Nghị định số 88/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ;

1. Giao Sở Công Thương chủ trì, phối hợp với Sở Tài chính tổng hợp kết quả thực hiện khoản 2 Điều 5 Nghị định số \
88/2025/NĐ-CP, hoàn thành trước ngày 30/6/2025.
2. Đề nghị Ủy ban nhân dân các tỉnh, thành phố gửi báo cáo về Bộ Công Thương trong tháng 7/2025.

Nơi nhận:
- Như trên;
- Lưu: VT, KHTC.

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Nguyễn Văn An
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data", default=ROOT.parent / "shared", type=Path, help="folder with gold, texts and scorers")


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.config.getoption("--data")
    if not (folder / "gold").is_dir():
        pytest.skip("no shared data here: give its folder with --data")
    return folder


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def vnlegal() -> Callable[..., Result]:
    """Run a command line; the result has exit_code, stdout and stderr."""

    def run(*arguments: object, stdin: bytes | None = None) -> Result:
        wide = {"COLUMNS": "120"}  # not the width of whatever the tests run in
        words = [str(argument) for argument in arguments]
        return CliRunner(env=wide).invoke(main, words, input=stdin, prog_name="vnlegal")

    return run
