"""The commands' help, their start, their exit codes for wrong usage."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.cli import COMMANDS

Run = Callable[..., Result]


def test_help_names_every_command(vnlegal: Run) -> None:
    result = vnlegal("--help")
    assert result.exit_code == 0
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in result.stdout
        assert line in " ".join(result.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_ends_with_one_example(vnlegal: Run, name: str) -> None:
    result = vnlegal(name, "--help")
    assert result.exit_code == 0
    *_, title, example = result.stdout.rstrip().split("\n")
    assert title == "Ví dụ:"
    assert example.startswith(f"  vnlegal {name}")
    assert "--knowledge DIR" in result.stdout or "\nLệnh:\n" in result.stdout
    assert "Show this message" not in result.stdout


def test_version(vnlegal: Run) -> None:
    assert version("vnlegal") in vnlegal("--version").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extrakt"], "không có lệnh extrakt"),
        (["extract"], "thiếu"),
        (["extract", "x.txt", "--formt", "json"], "không có tùy chọn --formt; có phải --format"),
        (["extract", "x.txt", "--format", "xml"], "phải là một trong table, json, jsonl, csv"),
        (["extract", "x.txt", "--jobs", "two"], "phải là số nguyên"),
        (["extract", "x.txt", "--as-of", "2025-13-01"], "không phải ngày"),
        (["extract", "x.txt", "--knowledge", "nowhere"], "không có tệp hay thư mục này"),
        (["extract", "x.txt", "--delimiter", ";;"], "một ký tự"),
        (["outline"], "thiếu"),
        (["outline", "a", "b"], ""),
        (["text", "a", "--out"], "cần một giá trị"),
        (["evaluate"], "thiếu"),
        (["evaluate", "--gold", "nowhere"], "nowhere"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2_and_one_line(vnlegal: Run, arguments: list[str], words: str) -> None:
    result = vnlegal(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert "→" in result.stderr


HEAVY = ("pydantic", "rich", "spacy", "underthesea", "holidays", "tomllib", "vnlegal.records", "vnlegal.pipeline")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom vnlegal.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stderr.decode().strip() == "[]"


def test_help_starts_at_once() -> None:
    """150 ms is the promise; the median of five starts is held against it with room for a busy machine."""
    took = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "vnlegal", "--help"], capture_output=True, check=True)
        took.append(time.perf_counter() - begin)
    assert statistics.median(took) < 0.45


def test_pipe_that_closes_early_is_no_error(letter: Path) -> None:
    command = [sys.executable, "-m", "vnlegal", "extract", *[str(letter)] * 1, "--format", "json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait() == 0
