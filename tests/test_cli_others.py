"""`vnlegal outline`, `text`, `doctor`, and the errors all commands share."""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import LETTER
from vnlegal.records import Outline

Run = Callable[..., Result]


@pytest.mark.parametrize("words", [LETTER, LETTER.replace("\n", "\r\n"), "a\u00adb\u200b \t  c\n\n\n", " x "])
def test_text_is_the_file_to_the_last_character(vnlegal: Run, tmp_path: Path, words: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(words.encode())
    result = vnlegal("text", path)
    assert result.stdout_bytes.decode() == words


def test_text_drops_the_byte_order_mark(vnlegal: Run) -> None:
    assert vnlegal("text", "-", stdin=b"\xef\xbb\xbfxin").stdout_bytes == b"xin"


def test_outline_json(vnlegal: Run, letter: Path) -> None:
    found = Outline.model_validate_json(vnlegal("outline", letter, "--format", "json").stdout)
    assert found.source == "letter.txt"
    ids = {unit.id for unit in found.units}
    for unit in found.units:
        assert LETTER[unit.start : unit.end] == unit.text
        assert unit.parent is None or unit.parent in ids


def test_outline_tree_is_one_line_a_unit(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    units = json.loads(vnlegal("outline", letter, "--format", "json").stdout)["units"]
    vnlegal("outline", letter, "--out", tmp_path / "tree.txt")
    assert len((tmp_path / "tree.txt").read_text(encoding="utf-8").splitlines()) == len(units)


def test_doctor_names_every_part(vnlegal: Run) -> None:
    result = vnlegal("doctor")
    assert result.exit_code == 0
    for name in ("Python", "pydantic", "spaCy", "underthesea", "tesseract", "LibreOffice"):
        assert name in result.stdout
    parts = json.loads(vnlegal("doctor", "--format", "json").stdout)
    assert all(part["install"] for part in parts)
    assert [part["name"] for part in parts if part["required"] and not part["found"]] == []


def test_doctor_names_every_library_an_extra_brings(vnlegal: Run) -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    parts = {part["name"].casefold(): part for part in json.loads(vnlegal("doctor", "--format", "json").stdout)}
    for extra in set(extras) - {"all", "dev"}:
        for wanted in extras[extra]:
            name = re.split(r"[<>=!~\[]", wanted)[0].casefold()
            if name != "vnlegal":
                assert name in parts, f"doctor does not name {name}"
    assert parts["pg8000"]["install"] == 'pip install "vnlegal[index]"'


@pytest.fixture
def unreadable(tmp_path: Path) -> dict[str, Path]:
    """Inputs that give no text."""
    paths = {name: tmp_path / name for name in ("empty.txt", "blanks.txt", "binary.txt", "missing.txt", "locked.txt")}
    paths["empty.txt"].write_bytes(b"")
    paths["blanks.txt"].write_bytes(b" \r\n\t" * 25_000)
    paths["binary.txt"].write_bytes(bytes(range(256)) * 40)
    paths["locked.txt"].write_text(LETTER, encoding="utf-8")
    paths["locked.txt"].chmod(0)
    (tmp_path / "folder").mkdir()
    return paths | {"folder": tmp_path / "folder"}


ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.mark.parametrize("command", ["extract", "outline", "text"])
@pytest.mark.parametrize(
    "name",
    [
        "empty.txt",
        "blanks.txt",
        "binary.txt",
        "missing.txt",
        "folder",
        pytest.param(
            "locked.txt",
            marks=pytest.mark.skipif(ROOT_USER or sys.platform == "win32", reason="permissions do not bind here"),
        ),
    ],
)
def test_what_cannot_be_read_is_3_and_one_line(
    vnlegal: Run, unreadable: dict[str, Path], command: str, name: str
) -> None:
    result = vnlegal(command, unreadable[name])
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
    reason, next_step = result.stderr.split("→")
    assert len(reason) > len(f"vnlegal: {name}: ")
    assert next_step.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_file_name_that_is_no_text(vnlegal: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"th\xff.txt")
    (tmp_path / name).write_text(LETTER, encoding="utf-8")
    result = vnlegal("extract", tmp_path, "--format", "json", "--out", tmp_path / "out")
    assert result.exit_code == 0
    saved = json.loads(next((tmp_path / "out").iterdir()).read_text(encoding="utf-8"))
    assert saved["document"]["source"] == "th\ufffd.txt"
