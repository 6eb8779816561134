"""`vnlegal extract`: forms, places, many documents, failures."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import LETTER
from vnlegal.records import Analysis

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three letters, one of them in a folder below, and files that are none."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt", "photo.heic"):
        path = tmp_path / "letters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{LETTER}\n{name}\n", encoding="utf-8")
    return tmp_path / "letters"


def test_json_of_one_file_is_one_object(vnlegal: Run, letter: Path) -> None:
    result = vnlegal("extract", letter, "--format", "json")
    assert result.exit_code == 0
    analysis = Analysis.model_validate_json(result.stdout)
    assert analysis.document.source == "letter.txt"
    assert analysis.document.chars == len(LETTER)
    assert "text" not in json.loads(result.stdout)


def test_with_text_carries_the_canonical_text(vnlegal: Run, tmp_path: Path) -> None:
    path = tmp_path / "crlf.txt"
    path.write_bytes(b"\xef\xbb\xbf" + LETTER.replace("\n", "\r\n").encode())
    result = vnlegal("extract", path, "--format", "json", "--with-text")
    assert json.loads(result.stdout)["text"] == LETTER.replace("\n", "\r\n")


def test_offsets_count_the_text_command(vnlegal: Run, letter: Path) -> None:
    text = vnlegal("text", letter).stdout
    result = json.loads(vnlegal("extract", letter, "--format", "json").stdout)
    for part in ("citations", "agencies", "tasks"):
        for row in result[part]:
            assert text[row["start"] : row["end"]] == row["text"]


def test_stdin(vnlegal: Run) -> None:
    result = vnlegal("extract", "-", "--format", "json", stdin=LETTER.encode())
    assert json.loads(result.stdout)["document"]["source"] == "-"


def test_folder_is_walked_in_order_and_is_an_array(vnlegal: Run, folder: Path) -> None:
    result = vnlegal("extract", folder, "--format", "json")
    assert [row["document"]["source"] for row in json.loads(result.stdout)] == ["a.md", "b.txt", "sub/c.txt"]
    assert "bỏ qua 1 tệp" in result.stderr


def test_folder_of_one_file_is_an_array_too(vnlegal: Run, letter: Path) -> None:
    assert len(json.loads(vnlegal("extract", letter.parent, "--format", "json").stdout)) == 1


def test_jsonl_is_one_line_a_document_in_input_order(vnlegal: Run, folder: Path) -> None:
    result = vnlegal("extract", folder / "sub", folder / "b.txt", folder / "a.md", "--format", "jsonl")
    lines = result.stdout.splitlines()
    assert [json.loads(line)["document"]["source"] for line in lines] == ["c.txt", "b.txt", "a.md"]


def test_the_same_file_twice_is_read_once(vnlegal: Run, folder: Path) -> None:
    result = vnlegal("extract", folder / "b.txt", folder, folder / "b.txt", "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 3


def test_out_folder_gets_stem_json_each(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    result = vnlegal("extract", folder, "--format", "json", "--out", tmp_path / "out")
    assert result.stdout == ""
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "b.json", "c.json"]
    Analysis.model_validate_json((tmp_path / "out" / "c.json").read_text(encoding="utf-8"))


def test_out_folder_keeps_documents_of_one_stem_apart(vnlegal: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "sub" / "B.txt").write_text(LETTER, encoding="utf-8")
    vnlegal("extract", folder, "--format", "json", "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["B-2.json", "a.json", "b.json", "c.json"]


def test_out_file_of_one_document(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    vnlegal("extract", letter, "--format", "json", "--out", tmp_path / "new" / "result.json")
    Analysis.model_validate_json((tmp_path / "new" / "result.json").read_text(encoding="utf-8"))


def test_out_existing_folder_of_one_document(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    vnlegal("extract", letter, "--format", "json", "--out", tmp_path)
    assert (tmp_path / "letter.json").is_file()


def test_out_that_cannot_be_written_is_a_line(vnlegal: Run, letter: Path) -> None:
    result = vnlegal("extract", letter, "--format", "jsonl", "--out", letter / "below.jsonl")
    assert result.exit_code == 2
    assert "không ghi được" in result.stderr


def test_one_bad_file_never_stops_the_rest(vnlegal: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    result = vnlegal("extract", folder, folder / "missing.txt", "--format", "json")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)) == 3
    failures = [line for line in result.stderr.splitlines() if "→" in line]
    assert [line.split(":")[1].strip() for line in failures] == ["binary.txt", "empty.txt", "missing.txt"]


def test_jobs_give_the_same_bytes(vnlegal: Run, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    one = vnlegal("extract", folder, "--format", "jsonl")
    command = [sys.executable, "-m", "vnlegal", "extract", str(folder), "--format", "jsonl", "--jobs", "2"]
    two = subprocess.run(command, capture_output=True, check=False)
    assert two.returncode == one.exit_code == 3
    assert two.stdout.decode() == one.stdout
    assert two.stderr.decode() == one.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_is_130_and_keeps_what_was_delivered(folder: Path, tmp_path: Path) -> None:
    """The last input is a pipe nobody writes to: the run waits there, with the first results delivered."""
    pipe, out = tmp_path / "pipe.txt", tmp_path / "out.jsonl"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "vnlegal", "extract", str(folder), str(pipe), "--format", "jsonl"]
    run = subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (out.exists() and out.read_bytes().count(b"schema_version") == 3):
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    assert run.wait(20) == 130
    assert b"Traceback" not in (run.stderr.read() if run.stderr else b"")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_csv_opens_in_excel(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    vnlegal("extract", letter, "--format", "csv", "--out", tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    wanted = json.loads(vnlegal("extract", letter, "--format", "json").stdout)
    assert len(rows) == sum(len(wanted[part]) for part in ("citations", "agencies", "tasks", "findings"))
    assert {row["source"] for row in rows} <= {"letter.txt"}


def test_csv_semicolons(vnlegal: Run, letter: Path) -> None:
    assert vnlegal("extract", letter, "--format", "csv", "--delimiter", ";").stdout.startswith("\ufeffsource;row;id;")


def test_csv_of_several_has_one_heading(vnlegal: Run, folder: Path) -> None:
    assert vnlegal("extract", folder, "--format", "csv").stdout.count("\ufeffsource") == 1


def test_table_when_piped_has_no_colours_and_names_the_file(vnlegal: Run, letter: Path) -> None:
    result = vnlegal("extract", letter)
    assert "letter.txt" in result.stdout
    assert "\x1b" not in result.stdout


def test_users_knowledge_that_is_broken_is_2(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "document_types.toml").write_text("[[type]]\nkey = 5\n", encoding="utf-8")
    result = vnlegal("extract", letter, "--knowledge", own)
    assert result.exit_code == 2
    assert "document_types.toml" in result.stderr
    assert result.stderr.count("\n") == 1


def test_as_of_shows_what_is_overdue(vnlegal: Run, letter: Path) -> None:
    def passed(*options: str) -> list[dict[str, object]]:
        result = json.loads(vnlegal("extract", letter, "--format", "json", *options).stdout)
        return [row for row in result["findings"] if row["code"] == "deadline-passed"]

    assert passed() == []
    assert passed("--as-of", "29/6/2025") == []
    (late,) = passed("--as-of", "2025-07-04")
    assert late["message"] == "Đến ngày 4/7/2025 đã quá hạn 5 ngày (hạn 29/6/2025)."


def test_an_input_is_never_written_over(vnlegal: Run, letter: Path) -> None:
    result = vnlegal("extract", letter, "--out", letter)
    assert result.exit_code == 2
    assert "là một trong các tệp cần đọc" in result.stderr
    assert letter.read_text(encoding="utf-8") == LETTER


def test_a_knowledge_file_nothing_reads_is_named(vnlegal: Run, letter: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "agency.tsv").write_text("name\n", encoding="utf-8")
    result = vnlegal("text", letter, "--knowledge", own)
    assert result.exit_code == 0
    assert "agency.tsv" in result.stderr
