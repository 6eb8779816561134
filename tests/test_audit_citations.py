"""The citation audit: what is wrong with the documents cited, and near-misses that are in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from vnlegal.audit.citations import audit_citations
from vnlegal.audit.rows import Reading
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze
from vnlegal.records import Document
from vnlegal.works import read_facts

LETTER = """\
BỘ CÔNG THƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
V/v thực hiện quy định mới
Hà Nội, ngày {day}

Kính gửi: Các Sở Công Thương

{body}

KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Nguyễn Văn An
"""

DECISION = """\
BỘ CÔNG THƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 90/QĐ-BCT
Hà Nội, ngày 10 tháng 3 năm 2025

QUYẾT ĐỊNH
Về việc ban hành Quy chế làm việc

Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 4 năm 2025 và thay thế Quyết định số 55/QĐ-BCT ngày 02 tháng 01 \
năm 2020 của Bộ trưởng Bộ Công Thương.

BỘ TRƯỞNG
Trần Văn Bình
"""


def letter(body: str, day: str = "12 tháng 5 năm 2025", number: str = "1234/BCT-KHTC") -> str:
    return LETTER.format(body=body, day=day, number=number)


def read(text: str, source: str, knowledge: Knowledge) -> Reading:
    document = Document(text=text, source=source)
    facts = read_facts(document, knowledge)
    return Reading(analysis=analyze(document, knowledge=knowledge), effective=facts.effective, ends=facts.ends)


def found(knowledge: Knowledge, *texts: str) -> list[tuple[str, str]]:
    readings = [read(text, f"{n}.txt", knowledge) for n, text in enumerate(texts)]
    return [(row.code, row.verdict) for row in audit_citations(readings, "2026-01-01", knowledge.laws).rows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Thực hiện Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 của Chính phủ.", []),
        ("Thực hiện Nghị định số 88/2025/NĐ-CP ngày 13/4/2024.", [("citation-date-contradiction", "fails")]),
        ("Thực hiện Nghị định số 88/2025/ND-CP ngày 13/4/2025.", [("citation-number-malformed", "open")]),
        ("Căn cứ Luật Đầu tư số 61/2020/QH14 ngày 17/6/2020;", []),
        ("Căn cứ Luật Đầu tư số 61/2020/QH14 ngày 18/6/2020;", [("citation-date-wrong", "fails")]),
        ("Căn cứ Luật Đầu tư số 61/2021/QH14;", [("citation-unknown-number", "fails")]),
        ("Căn cứ Luật Đầu tư số 59/2020/QH14;", [("citation-unknown-number", "fails")]),
        ("Căn cứ Bộ luật Hình sự số 15/1999/QH10;", [("citation-ended", "fails")]),
    ],
    ids=["in-order", "two-years", "marks", "law", "law-day", "law-unknown", "another-law", "law-ended"],
)
def test_one_letter(body: str, expected: list[tuple[str, str]], knowledge: Knowledge) -> None:
    assert found(knowledge, letter(body)) == expected


@pytest.mark.parametrize(
    ("body", "day", "expected"),
    [
        ("Đề nghị thực hiện Quyết định số 55/QĐ-BCT ngày 02/01/2020.", "12 tháng 5 năm 2025", True),
        ("Đề nghị thực hiện Quyết định số 55/QĐ-BCT ngày 02/01/2020.", "20 tháng 3 năm 2025", False),
        ("Đề nghị thực hiện Quyết định số 56/QĐ-BCT ngày 02/01/2020.", "12 tháng 5 năm 2025", False),
    ],
    ids=["after-its-end", "before-its-end", "another"],
)
def test_documents_replaced_by_one_in_the_folder(body: str, day: str, expected: bool, knowledge: Knowledge) -> None:
    rows = found(knowledge, DECISION, letter(body, day))
    assert ("citation-ended" in [code for code, _ in rows]) is expected


def test_a_decision_that_lists_ends_no_decree(knowledge: Knowledge) -> None:
    listing = DECISION.replace("55/QĐ-BCT", "88/2025/NĐ-CP")
    assert "88/2025/NĐ-CP" in listing
    rows = found(knowledge, listing, letter("Thực hiện Nghị định số 88/2025/NĐ-CP.", "12 tháng 5 năm 2025"))
    assert "citation-ended" not in [code for code, _ in rows]


def test_the_document_that_replaces_is_not_blamed(knowledge: Knowledge) -> None:
    assert found(knowledge, DECISION) == []


def test_two_days_in_two_documents(knowledge: Knowledge) -> None:
    right = letter("Thực hiện Nghị định số 88/2025/NĐ-CP ngày 13/4/2025 của Chính phủ.")
    wrong = letter("Thực hiện Nghị định số 88/2025/NĐ-CP ngày 14/4/2025 của Chính phủ.", number="9/BCT-TTTN")
    assert found(knowledge, right, right, wrong) == [("citation-dates-differ", "fails")]
    assert found(knowledge, right, wrong) == [("citation-dates-differ", "open")] * 2
    assert found(knowledge, right, right) == []


def test_the_command(vnlegal: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DECISION, encoding="utf-8")
    (tmp_path / "b.txt").write_text(letter("Đề nghị thực hiện Quyết định số 55/QĐ-BCT ngày 02/01/2020."), "utf-8")
    printed = vnlegal("audit", "citations", tmp_path)
    assert printed.exit_code == 0
    assert "55/QĐ-BCT đã hết hiệu lực từ 1/4/2025, do 90/QĐ-BCT" in " ".join(printed.stdout.split())
    row = json.loads(vnlegal("audit", "citations", tmp_path, "--format", "json").stdout)["rows"][0]
    assert (row["source"], row["compared"][0]["source"], row["line"]) == ("b.txt", "a.txt", 10)
    assert vnlegal("audit", "citations", tmp_path, "--fail-on", "any").exit_code == 1
