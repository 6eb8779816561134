"""`vnlegal export` and `vnlegal import`, end to end."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from vnlegal.cli import main

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl")

LETTER = ROOT / "corpora" / "gold" / "cv_byt_2026.txt"


def call(*args: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def test_a_table_goes_out_is_edited_and_comes_back(tmp_path: Path) -> None:
    table = tmp_path / "t.xlsx"
    assert call("export", "tasks", LETTER, "--format", "xlsx", "--out", table)[0] == 0
    book = openpyxl.load_workbook(BytesIO(table.read_bytes()))
    book.worksheets[0]["G2"] = "hoàn thành"
    book.save(table)
    code, out, _ = call("import", "tasks", table, "--against", LETTER, "--out", tmp_path, "--format", "json")
    assert code == 0
    assert [(edit["field"], edit["after"]) for edit in json.loads(out)["edits"]] == [("status", "done")]
    assert json.loads((tmp_path / "cv_byt_2026.json").read_text(encoding="utf-8"))["tasks"][0]["status"] == "done"


def test_a_conflict_is_told_and_nothing_is_overwritten(tmp_path: Path) -> None:
    table = tmp_path / "t.xlsx"
    call("export", "tasks", LETTER, "--format", "xlsx", "--out", table)
    book = openpyxl.load_workbook(BytesIO(table.read_bytes()))
    book.worksheets[0]["G2"] = "hoàn thành"
    book.save(table)
    other = ROOT / "corpora" / "gold" / "tb_vpcp_2026.txt"
    code, out, _ = call("import", "tasks", table, "--against", other)
    assert code == 1
    assert "không thấy nhiệm vụ này" in out


@pytest.mark.parametrize(
    ("what", "form", "name", "begins"),
    [
        ("tasks", "csv", "x.csv", "\ufeffn,text,"),
        ("citations", "csv", "x.csv", "\ufeffn,text,"),
        ("tasks", "ics", "x.ics", "BEGIN:VCALENDAR"),
        ("tasks", "slip", "x.html", "<!doctype html>"),
        ("tasks", "labelstudio", "x.json", "["),
        ("tasks", "doccano", "x.jsonl", "{"),
        ("citations", "xlsx", "x.xlsx", "PK"),
        ("tasks", "docx-comments", "x.docx", "PK"),
    ],
)
def test_every_form_is_written(what: str, form: str, name: str, begins: str, tmp_path: Path) -> None:
    path = tmp_path / name
    code, _, told = call("export", what, LETTER, "--format", form, "--out", path)
    assert (code, str(path) in told) == (0, True)
    assert path.read_bytes().startswith(begins.encode())


def test_each_agency_gets_a_calendar_of_its_own(tmp_path: Path) -> None:
    call("export", "tasks", LETTER, "--format", "ics", "--by-agency", "--out", tmp_path)
    assert len(list(tmp_path.glob("*.ics"))) > 1


def test_training_files_come_back_as_gold(tmp_path: Path) -> None:
    labels = tmp_path / "labels.json"
    call("export", "tasks", LETTER, "--format", "labelstudio", "--out", labels)
    assert call("import", "labels", labels, "--format", "labelstudio", "--out", tmp_path / "gold")[0] == 0
    assert call("evaluate", "--gold", tmp_path / "gold")[0] == 0


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04")
    code, _, told = call("export", "tasks", bad, LETTER, "--format", "csv", "--out", tmp_path / "x.csv")
    assert code == 3
    assert "bad.docx" in told
    assert (tmp_path / "x.csv").is_file()


@pytest.mark.nlp
@pytest.mark.slow
def test_spacy_reads_what_is_written_for_it(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="needs spaCy")
    path = tmp_path / "x.spacy"
    assert call("export", "citations", LETTER, "--format", "spacy", "--out", path)[0] == 0
    (doc,) = spacy.tokens.DocBin().from_disk(path).get_docs(spacy.blank("vi", config=_CONFIG).vocab)
    assert doc.text == LETTER.read_text(encoding="utf-8")
    assert len(doc.spans["citations"]) > 3


_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "vnlegal.Tokenizer.v1"}}}
