"""Findings: each doubt on records made by hand, and the records that give none."""

from __future__ import annotations

from typing import Any

import pytest

from vnlegal.findings import find_doubts
from vnlegal.knowledge import Knowledge
from vnlegal.records import (
    Actor,
    AgencyMention,
    Citation,
    Deadline,
    DocumentRecord,
    Finding,
    Letter,
    Span,
    Task,
)


def document(day: str | None = "2025-05-20", **fields: Any) -> DocumentRecord:
    return DocumentRecord(source="-", sha256="", format="txt", chars=1000, date=day, **fields)


def citation(**fields: Any) -> Citation:
    given: dict[str, Any] = {
        "id": "c1",
        "start": 10,
        "end": 40,
        "text": "Nghị định số 88/2025/NĐ-CP",
        "kind": "numbered",
        "target": "88/2025/NĐ-CP",
        "rule": "test",
        "confidence": 0.9,
    }
    return Citation(**(given | fields))


def task(**fields: Any) -> Task:
    lead = Actor(start=0, end=5, text="Bộ Y tế", canonical="Bộ Y tế")
    given: dict[str, Any] = {
        "id": "t1",
        "start": 50,
        "end": 90,
        "text": "Xây dựng Đề án",
        "modality": "assigned",
        "leads": (lead,),
        "rule": "test",
        "confidence": 0.9,
    }
    return Task(**(given | fields))


def due(day: str | None, text: str = "Tháng 4/2025", **fields: Any) -> Deadline:
    return Deadline(**({"start": 92, "end": 104, "text": text, "kind": "in_month", "due": day} | fields))


def doubts(
    knowledge: Knowledge, *rows: Citation | Task | AgencyMention, head: DocumentRecord | None = None
) -> list[Finding]:
    found = find_doubts(
        head or document(),
        tuple(row for row in rows if isinstance(row, Citation)),
        tuple(row for row in rows if isinstance(row, AgencyMention)),
        tuple(row for row in rows if isinstance(row, Task)),
        knowledge,
    )
    return list(found)


def codes(
    knowledge: Knowledge, *rows: Citation | Task | AgencyMention, head: DocumentRecord | None = None
) -> list[str]:
    return [finding.code for finding in doubts(knowledge, *rows, head=head)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"number": "193/2025/QH15", "number_as_written": "193/2025/NQ-QH15"}, "citation-number-malformed"),
        ({"number": "88/2025/NĐ-CP", "number_as_written": "88/NĐ-CP"}, "citation-number-malformed"),
        ({"number": "2438/QĐ-BYC"}, "citation-number-unsure"),
        ({"number": "0/LĐTBXH-BHXH"}, "citation-number-unsure"),
        ({"number": "88/2025/NĐ-CP", "date": "2024-04-13"}, "citation-date-contradiction"),
        ({"number": "71/NQ-CP", "date": "2025-08-01"}, "citation-later-than-document"),
        ({"number": "1181/CVT-CPTN", "issuer": "Bộ Khoa học và Công nghệ"}, "citation-issuer-contradiction"),
        ({"number": "21/CT-TTg", "issuer": "Bộ Công an"}, "citation-issuer-contradiction"),
        ({"number": "66.7/2025/NĐ-CP", "doc_type": "nghi_quyet"}, "citation-kind-contradiction"),
        ({"number": "12/2024/TT-BTC", "doc_type": "quyet_dinh"}, "citation-kind-contradiction"),
        ({"number": "/BCT-ĐCK", "number_as_written": "       /BCT-ĐCK"}, "number-blank"),
        ({"kind": "self", "number": "-CV/ĐU", "number_as_written": "- CV/ĐU"}, "number-blank"),
        ({"kind": "anaphora", "text": "Luật này", "target": None}, "citation-unresolved"),
        ({"kind": "short", "text": "Nghị quyết 57", "number": "57", "target": None}, "citation-unresolved"),
    ],
)
def test_a_doubt_about_a_citation_is_shown(knowledge: Knowledge, fields: dict[str, Any], code: str) -> None:
    assert codes(knowledge, citation(**fields)) == [code]


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "88/2025/NĐ-CP", "number_as_written": "88 /2025/NĐ–CP", "date": "2025-04-13"},
        {"number": "9/2025/QĐ-TTg", "number_as_written": "09/2025/QĐ-TTg", "issuer": "Thủ tướng Chính phủ"},
        {"number": "2820/QĐ-UBND", "issuer": "Ủy ban nhân dân Thành phố Hồ Chí Minh"},
        {"number": "21/CT-TTg", "issuer": "Thủ tướng Chính phủ"},
        {"number": "305/TC/QĐ/TCT", "issuer": "Bộ trưởng Bộ Tài chính"},
        {"number": "57-NQ/TW", "issuer": "Bộ Chính trị", "date": "2024-12-22"},
        {"number": "2438/QĐ-BCĐ"},
        {"number": "117/BC-BPC"},
        {"number": "10/QĐ-TTg"},
        {"number": "12/2024/TTLT-BTC-BNV", "issuer": "Bộ Nội vụ"},
        {"kind": "planned", "text": "Nghị định quy định chi tiết", "target": "planned:nghi_dinh:x", "date": "2026"},
        {"kind": "internal", "text": "khoản 1 Điều 5", "target": None},
        {"number": "71/NQ-CP", "date": "2025-05-21"},
        {"number": "66.7/2025/NQ-CP", "doc_type": "nghi_quyet"},
        {"number": "06/QĐ-TTg", "doc_type": "de_an"},
        {"number": "66-QĐ/TW", "doc_type": "quy_dinh"},
        {"number": "05/2012/TTLT-BTC-BTP", "doc_type": "thong_tu"},
        {"number": "84-QĐ/TWĐTN", "issuer": "Ban Bí thư Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"},
        {"number": "1836/QĐ-TWĐTN", "issuer": "Ban Bí thư Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"},
    ],
)
def test_a_sound_citation_gives_no_doubt(knowledge: Knowledge, fields: dict[str, Any]) -> None:
    assert codes(knowledge, citation(**fields)) == []


def test_a_letter_of_a_later_day_may_cite_later_documents(knowledge: Knowledge) -> None:
    head = document(letters=(Letter(start=0, end=500, date="2025-09-01"),))
    assert codes(knowledge, citation(number="71/NQ-CP", date="2025-08-01"), head=head) == []


def test_two_days_of_one_document_are_shown_once(knowledge: Knowledge) -> None:
    first = citation(number="71/NQ-CP", target="71/NQ-CP@2025", date="2025-04-01")
    second = citation(id="c2", start=100, end=120, number="71/NQ-CP", target="71/NQ-CP@2025", date="2025-04-10")
    found = doubts(knowledge, first, second)
    assert [(f.code, f.refs) for f in found] == [("citation-dates-differ", ("c2", "c1"))]


@pytest.mark.parametrize(
    ("deadline", "code", "severity"),
    [
        (due("2025-04-30", anomaly="before-document"), "deadline-before-document", "warning"),
        (due(None, "trước ngày 31/6/2025", anomaly="impossible-date"), "deadline-impossible", "error"),
        (due("2206-12-31", "năm 2206", anomaly="doubtful-year"), "deadline-doubtful-year", "warning"),
    ],
)
def test_a_doubtful_deadline_is_shown_at_its_words(
    knowledge: Knowledge, deadline: Deadline, code: str, severity: str
) -> None:
    found = doubts(knowledge, task(deadline=deadline))
    assert [(f.code, f.severity, f.start, f.end) for f in found] == [(code, severity, 92, 104)]


@pytest.mark.parametrize(
    ("status", "result", "deadline", "expected"),
    [
        ("done", "Thủ tướng Chính phủ sẽ xem xét, ban hành trước ngày 28/5", None, ["status-contradicts-result"]),
        ("done", "Trình Quốc hội xem xét thông qua tại kỳ họp thứ 9", None, ["status-contradicts-result"]),
        ("done", "Nghị định số 88/2025/NĐ-CP ngày 13/4/2025", "2025-03-31", ["result-after-deadline"]),
        ("done", "Nghị định số 88/2025/NĐ-CP ngày 13/3/2025", "2025-03-31", []),
        ("in_progress", "Đang chuẩn bị hồ sơ.", "2025-03-31", ["deadline-passed"]),
        ("in_progress", "Đang chuẩn bị hồ sơ.", "2025-06-30", []),
        ("overdue", "Đang chuẩn bị hồ sơ.", "2025-03-31", []),
    ],
)
def test_status_and_result_are_held_against_each_other(
    knowledge: Knowledge, status: str, result: str, deadline: str | None, expected: list[str]
) -> None:
    row = task(
        status=status,
        result=Span(start=110, end=150, text=result),
        deadline=due(deadline) if deadline else None,
    )
    assert codes(knowledge, row) == expected


def test_one_result_under_two_labels_is_shown(knowledge: Knowledge) -> None:
    words = Span(start=110, end=150, text="Sửa đổi trong Luật sửa đổi 07 Luật")
    rows = (task(status="done", result=words), task(id="t2", status="in_progress", result=words))
    found = [f for f in doubts(knowledge, *rows) if f.code == "status-inconsistent"]
    assert [f.refs for f in found] == [("t1", "t2")]


def test_a_task_without_a_lead_is_shown(knowledge: Knowledge) -> None:
    assert codes(knowledge, task(leads=())) == ["task-without-lead"]
    assert codes(knowledge, task(leads=(), modality="reported")) == []


def test_tasks_without_a_lead_under_one_heading_are_shown_together(knowledge: Knowledge) -> None:
    rows = [task(id=f"t{n}", leads=(), path=("III. GIẢI PHÁP",)) for n in (1, 2, 3)]
    found = doubts(knowledge, *rows)
    assert [f.refs for f in found] == [("t1", "t2", "t3")]


def test_a_thing_to_be_submitted_is_done_when_submitted(knowledge: Knowledge) -> None:
    row = task(
        text="Hoàn thiện dự thảo Luật, trình Chính phủ",
        status="done",
        result=Span(start=110, end=150, text="Chính phủ đã trình Quốc hội dự án Luật tại Tờ trình số 1039/TTr-CP"),
    )
    assert codes(knowledge, row) == []


def test_a_body_that_is_no_more_is_shown_once_with_its_successor(knowledge: Knowledge) -> None:
    gone = {"canonical": "Bộ Thông tin và Truyền thông", "kind": "ministry", "today": "Bộ Khoa học và Công nghệ"}
    first = AgencyMention(id="a1", start=5, end=33, text="Bộ TTTT", **gone)
    second = AgencyMention(id="a2", start=60, end=90, text="Bộ TTTT", **gone)
    lead = Actor(start=60, end=90, text="Bộ TTTT", canonical="Bộ Thông tin và Truyền thông")
    found = doubts(knowledge, first, second, task(leads=(lead,)))
    assert [(f.code, f.severity, f.refs) for f in found] == [("agency-replaced", "warning", ("a1", "t1"))]
    assert "Bộ Khoa học và Công nghệ" in found[0].message


def test_findings_stand_in_text_order(knowledge: Knowledge) -> None:
    rows = (task(leads=()), citation(number="88/2025/NĐ-CP", date="2024-04-13"))
    starts = [finding.start for finding in doubts(knowledge, *rows)]
    assert starts == sorted(starts)
