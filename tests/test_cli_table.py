"""What people and Excel see."""

from __future__ import annotations

import csv
import io

import pytest
from rich.cells import cell_len

from vnlegal.cli.rows import LineCount, analysis_rows
from vnlegal.cli.table import Look, page
from vnlegal.labels import day, day_named, provision, work_words
from vnlegal.office.digest import group_by_target
from vnlegal.records import (
    Actor,
    AgencyMention,
    Analysis,
    Citation,
    Deadline,
    DocumentRecord,
    Finding,
    Letter,
    Provision,
    Signer,
    Task,
)

KINDS = {"cong_van": "Công văn"}


def cited(n: int, text: str, target: str | None, kind: str = "numbered", **fields: object) -> Citation:
    settings = {"id": f"c{n}", "start": n, "end": n + 1, "text": text, "kind": kind, "target": target} | fields
    return Citation.model_validate({"rule": "test", "confidence": 1, **settings})


def made(**parts: object) -> Analysis:
    head = {"source": "thư.txt", "sha256": "", "format": "txt", "chars": 100, **(parts.pop("head", {}) or {})}  # type: ignore[dict-item]
    return Analysis.model_validate({"document": DocumentRecord.model_validate(head), **parts})


def task(text: str, **fields: object) -> Task:
    settings = {"id": "t1", "start": 0, "end": 1, "text": text, "modality": "assigned", "rule": "test", "confidence": 1}
    return Task.model_validate({**settings, **fields})


BODY = Actor(start=0, end=1, text="Sở Nội vụ", canonical="Sở Nội vụ")
DUE = Deadline(start=0, end=1, text="trong quý II năm 2026", kind="in_quarter", due="2026-06-30")
FULL = made(
    head={
        "kind": "cong_van",
        "number": "1234/BCT-KHTC",
        "date": "2025-05-12",
        "place": "Hà Nội",
        "issuer": "Bộ Công Thương",
        "subject": "V/v báo cáo",
        "recipients": ("Bộ Tài chính",),
        "signer": Signer(name="Nguyễn Văn An", title="KT. BỘ TRƯỞNG - THỨ TRƯỞNG"),
        "letters": (Letter(start=50, end=90, number="02-KH/BCĐTW"),),
    },
    citations=(
        cited(1, "Số: 1234/BCT-KHTC", "1234/BCT-KHTC@2025", "self"),
        cited(2, "Nghị định này", "88/2025/NĐ-CP", "anaphora"),
        cited(3, "Nghị định số 88/2025/NĐ-CP", "88/2025/NĐ-CP", date="2025-04-13", number="88/2025/NĐ-CP"),
        cited(4, "Kết luận đó", None, "anaphora"),
        cited(5, "khoản 1", "1234/BCT-KHTC@2025", "internal"),
    ),
    tasks=(task("tổng hợp báo cáo", leads=(BODY,), coordinators=(BODY,), deadline=DUE, status="done"),),
    findings=(Finding(code="x", start=0, end=1, message="thiếu cơ quan chủ trì", refs=("t1",)),),
)


def test_page_says_it_all() -> None:
    words = page(FULL, "dòng một\ndòng hai", KINDS, Look(120, colour=False))
    for part in (
        "thư.txt", "Công văn", "1234/BCT-KHTC", "Hà Nội, ngày 12/5/2025", "Bộ Công Thương", "KT. BỘ TRƯỞNG",
        "Nguyễn Văn An", "02-KH/BCĐTW", "2 văn bản được viện dẫn (3 lần) · 1 nhiệm vụ · 1 điểm cần xem lại",
        "Nghị định số 88/2025/NĐ-CP", "13/4/2025", "chưa rõ văn bản nào", "tổng hợp báo cáo", "Sở Nội vụ", "30/6/2026",
        "hoàn thành", "thiếu cơ quan chủ trì [nhiệm vụ 1]",
    ):  # fmt: skip
        assert part in words, part


def test_a_narrow_page_tells_the_lines_too() -> None:
    words = page(FULL, "dòng một\ndòng hai", KINDS, Look(80, colour=False))
    assert "2 lần, dòng 1" in words
    assert "Dòng: 1" in words


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    words = page(FULL, "", KINDS, Look(width, colour=False))
    assert max(cell_len(line) for line in words.splitlines()) <= width


def test_mentions_of_one_document_are_one_row_shown_by_its_number() -> None:
    groups = group_by_target(FULL)
    assert [(g.shown.text, len(g.mentions)) for g in groups] == [("Nghị định số 88/2025/NĐ-CP", 2), ("Kết luận đó", 1)]


@pytest.mark.parametrize(
    ("as_of", "words"),
    [("2026-06-20", "còn 10 ngày"), ("2026-06-30", "hôm nay"), ("2026-07-02", "quá 2 ngày"), (None, "30/6/2026")],
)
def test_days_left(as_of: str | None, words: str) -> None:
    shown = " ".join(page(FULL, "", KINDS, Look(80, colour=False, as_of=as_of)).split())
    assert words in shown
    assert ("ngày)" in shown) == (as_of in ("2026-06-20", "2026-07-02"))


def test_no_control_character_of_a_document_reaches_the_terminal() -> None:
    nasty = made(
        head={"subject": "a\x1b[31mđỏ\x07\u202eb [bold]x[/bold] :smile:"},
        tasks=(task("x\x1b]0;title\x07\r\n**y** [/red]"),),
    )
    words = page(nasty, "", KINDS, Look(100, colour=False))
    assert not any(c in words for c in "\x1b\x07\u202e\r")
    assert "[bold]x[/bold] :smile:" in words
    assert "y [/red]" in words


def test_colours_only_where_asked() -> None:
    assert "\x1b[" in page(FULL, "", KINDS, Look(100, colour=True))
    assert "\x1b[" not in page(FULL, "", KINDS, Look(100, colour=False))


@pytest.mark.parametrize(
    ("iso", "shown", "named"),
    [
        ("2025-05-04", "4/5/2025", "ngày 4/5/2025"),
        ("2025-05", "5/2025", "tháng 5/2025"),
        ("2025", "2025", "năm 2025"),
        ("2025-05-14/2025-05-15", "14/5/2025 – 15/5/2025", "ngày 14/5/2025 – 15/5/2025"),
        ("2025-05-25T20:00:00", "20:00 ngày 25/5/2025", None),
        (None, "", ""),
    ],
)
def test_days_are_written_as_here(iso: str | None, shown: str, named: str | None) -> None:
    assert day(iso) == shown
    assert named is None or day_named(iso) == named


def test_pinpoints_in_words() -> None:
    assert provision(Provision(dieu="5", khoan="2", diem="a")) == "điểm a khoản 2 Điều 5"


@pytest.mark.parametrize("start", ["=1+1", "+84", "- Rà soát", "@x", "\t=1"])
def test_csv_formulas_are_text(start: str) -> None:
    analysis = made(
        tasks=(task(start),), agencies=(AgencyMention(id="a1", start=0, end=1, text="x", canonical=start, kind="k"),)
    )
    lines = list(csv.reader(io.StringIO(analysis_rows(analysis, "", ","), newline="")))
    assert "'" + start in lines[0]
    assert "'" + start in lines[1]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in lines for cell in line)


def test_csv_keeps_lines_and_marks() -> None:
    words = 'hai\ndòng, "ngoặc"; x'
    assert words in next(csv.reader(io.StringIO(analysis_rows(made(tasks=(task(words),)), "", ","), newline="")))


def test_lines_are_counted_from_1() -> None:
    line = LineCount("một\nhai\n\nbốn")
    assert [line(n) for n in (0, 3, 4, 8, 9)] == [1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("key", "words"),
    [("57-NQ/TW@2024", "57-NQ/TW (2024)"), ("88/2025/NĐ-CP", "88/2025/NĐ-CP"), ("12/KH@?", "12/KH"),
     ("planned:nghi_dinh:x", ""), ("luat:dat-dai@2024", ""), (None, "")],
)  # fmt: skip
def test_works_are_called_as_people_call_them(key: str | None, words: str) -> None:
    assert work_words(key) == words
