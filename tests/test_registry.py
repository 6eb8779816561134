"""The registry of decrees, circulars and decisions, and what is made out with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vnlegal.audit import audit_citations, audit_laws, read_for_audit
from vnlegal.audit.elsewhere import known_elsewhere
from vnlegal.errors import BadKnowledge
from vnlegal.graph import build_graph
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.knowledge.registry import Registry, load_registry, number_form
from vnlegal.records import Document
from vnlegal.works import read_facts
from vnlegal.works.model import WorkFacts
from vnlegal.works.resolve import Resolver
from vnlegal.works.titles import title_after

HEADS = "number\ttype\ttitle\tissuer\tdate\tvalid_from\tvalid_to\tended_by\tstatus"


def registry(tmp_path: Path, *rows: str) -> Registry:
    (tmp_path / "registry.tsv").write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8")
    return load_registry(tmp_path)


def test_every_row_holds() -> None:
    documents = load_registry().documents
    assert len(documents) > 1400
    for row in documents:
        days = [day for day in (row.date, row.valid_from) if day]
        assert row.title or row.date, row.number
        assert bool(row.valid_to) == bool(row.ended_by), row.number
        assert not row.valid_to or row.valid_to > max(days, default=""), row.number
        assert "UBND" not in row.number, row.number
        assert "HĐND" not in row.number, row.number


@pytest.mark.parametrize(
    ("number", "date", "ended_by"),
    [
        ("30/2020/NĐ-CP", "2020-03-05", ""),
        ("45/2013/NĐ-CP", "2013-05-10", "145/2020/NĐ-CP"),
        ("63/2012/NĐ-CP", "2012-08-31", ""),
        ("46/2026/NĐ-CP", "2026-01-26", ""),  # suspended by a resolution, not ended
    ],
)
def test_known_facts(number: str, date: str, ended_by: str) -> None:
    row = load_registry().by_key[number]
    assert (row.date, row.ended_by) == (date, ended_by)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("9/2025/NĐ-CP", "09/2025/ND-CP", True),
        ("88/NĐ-CP@2025", "88/2025/NĐ-CP", True),
        ("09/2025/QĐ-TTg", "9/2025/QĐ-TTg", True),
        ("09/2025/QĐ-TTg", "09/QĐ-TTg@2025", False),  # a rule and a single decision: two series
        ("71/NQ-CP@2025", "71/NQ-CP@2020", False),
        ("15/2024/TT-BKHĐT", "15/2024/TT-BKHCN", False),
    ],
    ids=str,
)
def test_spellings_of_one_number(a: str, b: str, same: bool) -> None:
    assert (number_form(a) == number_form(b)) is same


@pytest.mark.parametrize(
    ("key", "on", "number"),
    [
        ("30/NĐ-CP@2020", "2024-01-01", "30/2020/NĐ-CP"),
        ("30/2020/ND-CP", "2024-01-01", "30/2020/NĐ-CP"),
        ("30/2020/NĐ-CP", "2024-01-01", "30/2020/NĐ-CP"),
        ("57-NQ/TW@?", "2025-06-01", "57-NQ/TW@2024"),
        ("57-NQ/TW@?", "2031-06-01", "57-NQ/TW@?"),  # of a later term, perhaps
        ("57-NQ/TW@?", "2020-06-01", "57-NQ/TW@?"),  # before it was there
        ("57-NQ/TW@?", None, "57-NQ/TW@?"),
        ("04/NĐ-CP@?", "2026-06-01", "04/NĐ-CP@?"),  # several are known
        ("9999/QĐ-TTg@2025", "2025-06-01", "9999/QĐ-TTg@2025"),  # not known: nothing is said of it
        ("12/QĐ-UBND@?", "2025-06-01", "12/QĐ-UBND@?"),
        ("?/NQ-CP@?", "2025-06-01", "?/NQ-CP@?"),  # still to be filled in
    ],
)
def test_numbers_are_made_out(key: str, on: str | None, number: str, tmp_path: Path, knowledge: Knowledge) -> None:
    rows = ("57-NQ/TW\tnghi_quyet\tĐột phá\tBộ Chính trị\t2024-12-22", "12/QĐ-UBND\tquyet_dinh\t\tUBND\t2025-01-05")
    resolved = Resolver([], knowledge, registry(tmp_path, *rows)).resolve(key, on)
    assert resolved.key == number
    assert resolved.why


def test_what_stays_open_names_the_candidates(knowledge: Knowledge) -> None:
    why = Resolver([], knowledge).resolve("04/NĐ-CP@?", "2026-06-01").why
    assert why.startswith("open: ")
    assert " or " in why


def test_one_number_of_two_issuers_is_nobodys(tmp_path: Path, knowledge: Knowledge) -> None:
    rows = ("7/QĐ-ABC\tquyet_dinh\tMột\tCục A\t2025-01-05", "7/QĐ-ABC\tquyet_dinh\tHai\tCục B\t2025-03-05")
    both = registry(tmp_path, *rows)
    assert "7/QĐ-ABC@2025" not in both.by_key
    graph = build_graph([cites("7/QĐ-ABC@2025")], knowledge, registry=both)
    assert "title" not in graph.nodes["7/QĐ-ABC@2025"]


def cites(key: str) -> WorkFacts:
    text = (
        f"CHÍNH PHỦ\n\nSố: 1/2026/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2026\n\nNGHỊ ĐỊNH\nVề một việc\n\nCăn cứ {key};\n"
    )
    facts = read_facts(Document(text=text, source="a.txt"), load_knowledge())
    relation = {"source": facts.key, "relation": "cites", "target": key, "start": 0, "end": 1}
    return WorkFacts.model_validate({**facts.model_dump(), "relations": [relation], "evidence": ["x"]})


def test_a_placeholder_is_told_of_when_a_fact_arrives(tmp_path: Path, knowledge: Knowledge) -> None:
    work = cites("9001/QĐ-TTg@2025")
    before = build_graph([work], knowledge)
    assert before.nodes["9001/QĐ-TTg@2025"] == {"given": False}
    row = "9001/QĐ-TTg\tquyet_dinh\tPhê duyệt Đề án\tThủ tướng Chính phủ\t2025-02-01"
    after = build_graph([work], knowledge, registry=registry(tmp_path, row)).nodes["9001/QĐ-TTg@2025"]
    assert (after["title"], after["date"], after["given"]) == ("Phê duyệt Đề án", "2025-02-01", False)


def test_placeholders_have_titles(knowledge: Knowledge) -> None:
    node = build_graph([cites("30/2020/NĐ-CP")], knowledge).nodes["30/2020/NĐ-CP"]
    assert (node["title"], node["issuer"]) == ("Công tác văn thư", "Chính phủ")


TITLE = "quy định về một việc rất riêng của các cơ quan nhà nước"
KNOWN = f"88/2025/NĐ-CP\tnghi_dinh\t{TITLE}\tChính phủ\t2025-04-13\t2025-04-13\t2026-01-01\t5/2026/NĐ-CP"
OTHER = "89/2025/NĐ-CP\tnghi_dinh\tquy định về cảnh sát biển và biên phòng\tChính phủ\t2025-04-14"


@pytest.mark.parametrize(
    ("cited", "day", "expected"),
    [
        (f"86/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2025",
         [("citation-unknown-number", "fails")]),
        (f"89/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2025",
         [("citation-date-wrong", "open"), ("citation-unknown-number", "fails")]),
        (f"86/2025/NĐ-CP ngày 11 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2025", []),
        (f"86/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ {TITLE} ở địa phương", "5/5/2025", []),
        (f"86/2025/NĐ-CP của Chính phủ {TITLE}", "5/5/2025", []),
        ("86/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ", "5/5/2025", []),
        (f"88/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2025", []),
        (f"88/2025/NĐ-CP ngày 15 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2025",
         [("citation-date-wrong", "open")]),
        (f"88/2025/NĐ-CP ngày 13 tháng 4 năm 2025 của Chính phủ {TITLE}", "5/5/2026", [("citation-ended", "fails")]),
    ],
    ids=["title and day of another", "another's number", "a day that decides nothing", "another title", "no day",
         "no title", "right", "another day", "ended"],
)  # fmt: skip
def test_citations_against_the_registry(
    cited: str, day: str, expected: list[tuple[str, str]], tmp_path: Path, knowledge: Knowledge
) -> None:
    date, month, year = day.split("/")
    text = (
        "BỘ CÔNG THƯƠNG\n\nSố: 1234/QĐ-BCT\n"
        f"Hà Nội, ngày {date} tháng {month} năm {year}\n\nQUYẾT ĐỊNH\nVề việc giao nhiệm vụ\n\n"
        f"Căn cứ Nghị định số {cited};\n\nĐiều 1. Giao Vụ Kế hoạch - Tài chính tổng hợp.\n"
    )
    reading = read_for_audit(Document(text=text, source="a.txt"), knowledge, ends=True)
    found = audit_citations([reading], "2026-11-21", knowledge.laws, registry(tmp_path, KNOWN, OTHER))
    assert [(row.code, row.verdict) for row in found.rows] == expected


def test_an_answer_that_the_registry_knows_as_replaced(tmp_path: Path, knowledge: Knowledge) -> None:
    law = (
        "QUỐC HỘI\n\nLuật số: 90/2025/QH15\nHà Nội, ngày 20 tháng 6 năm 2025\n\nLUẬT\nTHỬ NGHIỆM MỚI\n\n"
        "Điều 5. Việc thử\n1. Chính phủ quy định chi tiết Điều này.\n"
    )
    decree = (
        "CHÍNH PHỦ\n\nSố: 7001/2025/NĐ-CP\nHà Nội, ngày 20 tháng 9 năm 2025\n\nNGHỊ ĐỊNH\nQuy định chi tiết Điều 5\n\n"
        "Căn cứ Luật Thử nghiệm mới số 90/2025/QH15;\n\nĐiều 1. Phạm vi điều chỉnh\n"
        "Nghị định này quy định chi tiết khoản 1 Điều 5 Luật Thử nghiệm mới số 90/2025/QH15.\n"
    )
    works = [read_facts(Document(text=text, source=f"{n}.txt"), knowledge) for n, text in enumerate((law, decree))]
    row = "7001/2025/NĐ-CP\tnghi_dinh\tQuy định\tChính phủ\t2025-09-20\t\t2026-03-01\t7002/2026/NĐ-CP"
    resolver = Resolver(works, knowledge, registry(tmp_path, row))
    status = {day: audit_laws(works, day, resolver=resolver).rows[0] for day in ("2026-02-01", "2026-03-01")}
    assert status["2026-02-01"].status == "answered"
    assert status["2026-03-01"].status == "lapsed"
    assert status["2026-03-01"].answered_by[0].ended_by == "7002/2026/NĐ-CP"


def test_documents_that_may_answer_and_are_not_given(tmp_path: Path, knowledge: Knowledge) -> None:
    detail = "Quy định chi tiết một số điều của Luật Đất đai"
    rows = (
        f"7101/2024/NĐ-CP\tnghi_dinh\t{detail} về thu hồi đất\tChính phủ\t2024-09-01",
        f"7102/2014/NĐ-CP\tnghi_dinh\t{detail}\tChính phủ\t2014-09-01",
        "7103/2024/TT-BTC\tthong_tu\tHướng dẫn thi hành Nghị định số 7/2024/NĐ-CP về Luật Đất đai\t\t2024-10-01",
        f"7104/2024/NĐ-CP\tnghi_dinh\t{detail}\tChính phủ\t2024-09-02\t\t2025-01-01\t7105/2025/NĐ-CP",
    )
    resolver = Resolver([], knowledge, registry(tmp_path, *rows))
    found = {law: set(numbers) for law, numbers in known_elsewhere([], resolver, "2026-01-01").items()}
    mine = {number for number in found["31/2024/QH15"] if number.startswith("71")}
    assert mine == {"7101/2024/NĐ-CP"}
    assert "7102/2014/NĐ-CP" in found["45/2013/QH13"]
    given = WorkFacts(source="a", key="7101/2024/NĐ-CP", number=None, kind=None, issuer=None, title=None, date=None,
                      effective=None)  # fmt: skip
    assert "7101/2024/NĐ-CP" not in known_elsewhere([given], resolver, "2026-01-01").get("31/2024/QH15", ())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (" ngày 13 tháng 4 năm 2025 của Chính phủ quy định chi tiết một số điều;", "quy định chi tiết một số điều"),
        (" của Bộ trưởng Bộ Y tế về việc cấp phép hoạt động (sau đây gọi là X)", "về việc cấp phép hoạt động"),
        (" về quản lý thuế được sửa đổi bởi Nghị định số 2/2021/NĐ-CP", "về quản lý thuế"),
        (" và các văn bản liên quan;", None),
        ("", None),
    ],
)
def test_titles_behind_numbers(words: str, title: str | None) -> None:
    text = f"Nghị định số 1/2020/NĐ-CP{words}"
    assert title_after(text, len("Nghị định số 1/2020/NĐ-CP")) == title


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"registry\.tsv:2: date"):
        registry(tmp_path, "1/2025/NĐ-CP\tnghi_dinh\tTên\tChính phủ\t1/2/2025")


def test_the_users_row_goes_before_the_packages(tmp_path: Path) -> None:
    row = "30/2020/NĐ-CP\tnghi_dinh\tVăn thư\tChính phủ\t2020-03-05"
    assert registry(tmp_path, row).by_key["30/2020/NĐ-CP"].title == "Văn thư"
