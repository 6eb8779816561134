"""The commands' help, their start, their exit codes for wrong usage."""

from __future__ import annotations

import os
import subprocess
import sys
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


@pytest.mark.skipif(sys.platform == "win32", reason="the time of child processes is not told here")
def test_help_starts_at_once() -> None:
    """150 ms is the promise on an idle machine; what is held here is processor time, with room for a slow one."""
    took = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, "-m", "vnlegal", "--help"], capture_output=True, check=True)
        after = os.times()
        took.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(took) < 0.25


def test_pipe_that_closes_early_is_no_error(letter: Path) -> None:
    command = [sys.executable, "-m", "vnlegal", "extract", *[str(letter)] * 1, "--format", "json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait() == 0
