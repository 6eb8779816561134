"""`vnlegal index` and `vnlegal search`, from files to answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import LETTER

pytest.importorskip("sqlalchemy", reason="the index needs SQLAlchemy")

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    (place / "a.txt").write_text(LETTER, encoding="utf-8")
    (place / "b.txt").write_text(
        LETTER.replace("1234/BCT", "77/BCT").replace("30/6/2025", "30/9/2025"), encoding="utf-8"
    )
    return place


def test_add_search_remove(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    (folder / "bad.txt").write_bytes(b"")
    added = vnlegal("index", "add", folder, "--db", db)
    assert added.exit_code == 3
    assert "bad.txt" in added.stderr
    assert "2 mới" in added.stderr
    assert "2 không đổi" in vnlegal("index", "add", folder, "--db", db).stderr

    found = vnlegal("search", "tong hop ket qua", "--db", db, "--agency", "Sở Công Thương", "--format", "json")
    page = json.loads(found.stdout)
    assert found.exit_code == 0
    assert page["total"] == 2
    row = page["rows"][0]
    assert row["kind"] == "task"
    text = (folder / row["source"]).read_text(encoding="utf-8")
    assert text[row["start"] : row["end"]] == row["text"]
    assert {f["value"] for f in page["facets"]["due"]} == {"2025-06", "2025-09"}

    late = vnlegal("search", "--db", db, "--overdue-on", "1/8/2025", "--places")
    shown = " ".join(late.stdout.split())
    assert "hạn 29/6/2025" in shown  # "trước ngày 30/6/2025"
    assert shown.count("1. tổng hợp kết quả") == 1
    assert "3. " not in shown  # the same request in the other letter stands below the first
    assert "77/BCT-KHTC" in shown  # the other letter with the same task
    table = vnlegal("search", "88", "--kind", "citation", "--db", db, "--format", "csv").stdout
    assert table.count("88/2025/NĐ-CP") >= 2

    assert "chỉ mục nguyên vẹn" in vnlegal("index", "check", "--db", db).stdout
    (folder / "b.txt").unlink()
    assert "bỏ 1 văn bản" in vnlegal("index", "remove", "--missing", "--db", db).stderr
    assert json.loads(vnlegal("index", "stats", "--db", db, "--format", "json").stdout)["documents"] == 1
    assert vnlegal("index", "remove", folder, "--db", db).exit_code == 0


def test_a_moved_and_a_changed_file(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    vnlegal("index", "add", folder, "--db", db)
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "b.txt").write_text(LETTER + "\n", encoding="utf-8")
    again = vnlegal("index", "add", folder, "--db", db).stderr
    assert "0 mới, 1 thay, 1 chuyển chỗ, 0 không đổi" in again


def test_two_files_that_change_places(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    vnlegal("index", "add", folder, "--db", db)
    (folder / "a.txt").rename(folder / "between")
    (folder / "b.txt").rename(folder / "a.txt")
    (folder / "between").rename(folder / "b.txt")
    assert "0 mới, 2 thay" in vnlegal("index", "add", folder, "--db", db).stderr
    found = json.loads(vnlegal("search", "--in", "77/BCT-KHTC", "--db", db, "--format", "json").stdout)
    assert {row["source"] for row in found["rows"]} == {"a.txt"}
    assert "0 mới, 0 thay, 0 chuyển chỗ, 2 không đổi" in vnlegal("index", "add", folder, "--db", db).stderr


def test_documents_from_stdin_stay_beside_one_another(vnlegal: Run, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    for number in ("1234", "77"):
        letter = LETTER.replace("1234/BCT", f"{number}/BCT").encode()
        assert "1 mới" in vnlegal("index", "add", "-", "--db", db, stdin=letter).stderr
    assert "bỏ 0 văn bản" in vnlegal("index", "remove", "--missing", "--db", db).stderr
    assert "bỏ 2 văn bản" in vnlegal("index", "remove", "-", "--db", db).stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "x", "--db", "none.db"], "chưa có chỉ mục"),
        (["search", "x", "--db", "none.db", "--due-before", "mai"], "không phải ngày"),
        (["index", "remove", "--db", "none.db"], "--missing"),
        (["index", "stats", "--db", "none.db"], "chưa có chỉ mục"),
        (["index", "grow"], "không có lệnh grow"),
    ],
)
def test_wrong_usage_is_told_in_one_line(
    vnlegal: Run, arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = vnlegal(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_copy_is_no_move_and_a_document_and_its_answers_are_asked_for(
    vnlegal: Run, folder: Path, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    (folder / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
    assert "2 mới, 0 thay, 0 chuyển chỗ, 1 không đổi" in vnlegal("index", "add", folder, "--db", db).stderr
    (folder / "c.txt").write_text(
        "BỘ TÀI CHÍNH\nSố: 99/BTC-KHTC\nHà Nội, ngày 2 tháng 7 năm 2025\nKính gửi: Bộ Công Thương\n\n"
        "Trả lời Công văn số 1234/BCT-KHTC ngày 12/5/2025 của Bộ Công Thương, Bộ Tài chính đã tổng hợp kết quả.\n",
        encoding="utf-8",
    )
    vnlegal("index", "add", folder, "--db", db)
    shown = vnlegal("search", "--in", "1234/BCT-KHTC", "--answers", "--db", db).stdout
    assert "↳ trả lời: 99/BTC-KHTC ngày 2/7/2025" in " ".join(shown.split())
    assert "77/BCT-KHTC" not in shown
    page = json.loads(
        vnlegal("search", "--under", "88/2025/NĐ-CP", "--places", "--limit", "1", "--db", db, "--format", "json").stdout
    )
    assert len(page["rows"]) == 1
    assert "places" in page["rows"][0]


def test_the_next_page_and_what_else_to_ask_are_told(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    vnlegal("index", "add", folder, "--db", db)
    first = vnlegal("search", "--db", db, "--limit", "1")
    assert "xem tiếp: --offset 1" in first.stderr
    assert "bớt --offset" in vnlegal("search", "--db", db, "--offset", "500").stderr
    assert "bớt điều kiện" in vnlegal("search", "--db", db, "--due-before", "1999").stderr
    assert "--kind passage" in vnlegal("search", "từ", "không", "có", "--db", db).stderr
    inside = vnlegal("search", "--in", "b.txt", "--db", db, "--format", "json")
    assert {row["source"] for row in json.loads(inside.stdout)["rows"]} == {"b.txt"}


def test_an_overdue_task_shows_where_it_is_reported_done(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    (folder / "r.txt").write_text(
        "SỞ CÔNG THƯƠNG\nSố: 5/BC-SCT\nHà Nội, ngày 2 tháng 7 năm 2025\nBÁO CÁO\nKết quả thực hiện nhiệm vụ\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Tình trạng |\n|---|---|---|---|\n"
        "| 1 | tổng hợp kết quả thực hiện khoản 2 Điều 5 Nghị định số 88/2025/NĐ-CP | Sở Công Thương "
        "| Đã hoàn thành |\n",
        encoding="utf-8",
    )
    vnlegal("index", "add", folder, "--db", db)
    late = " ".join(vnlegal("search", "tong hop", "--db", db, "--overdue-on", "1/8/2025").stdout.split())
    assert "= Sở Công Thương · hoàn thành · 5/BC-SCT" in late


def test_a_task_told_once_with_all_its_places(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    """The long statement is like the middle one and that like the short one: one task, told under the first found."""
    db = tmp_path / "x.db"
    middle = (
        "xây dựng nền tảng đào tạo trực tuyến mở đại trà cung cấp miễn phí kiến thức số cho người dân, doanh nghiệp"
    )
    for name, words in (
        ("x", "xây dựng nền tảng đào tạo trực tuyến mở đại trà"),
        ("y", middle),
        ("z", middle.replace("xây dựng", "triển khai") + " trên địa bàn tỉnh"),
    ):
        text = LETTER.replace("1234/BCT", f"{len(name)}{ord(name)}/BCT")
        cut = text.index("1. Giao"), text.index("Nơi nhận:")
        text = f"{text[: cut[0]]}1. Giao Sở Công Thương {words}.\n\n{text[cut[1] :]}"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    vnlegal("index", "add", folder, "--db", db)
    page = json.loads(vnlegal("search", "dai tra", "--places", "--db", db, "--format", "json").stdout)
    assert page["total"] == 3
    assert [len(row["places"]) for row in page["rows"]] == [2]
