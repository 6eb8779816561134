"""What offices open and send back: tables of tasks, calendars, Word comments, slips, training files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from vnlegal.errors import UnreadableFile, VnlegalError
from vnlegal.office.comments import commented, remarks
from vnlegal.office.slip import slip_html
from vnlegal.office.tasks import (
    Edit,
    Returned,
    entries,
    read_edits,
    settle,
    sheet_name,
    task_sheet,
    values_of,
    with_edits,
)
from vnlegal.office.training import (
    Labelled,
    doccano,
    gold_files,
    label_studio,
    read_doccano,
    read_label_studio,
)
from vnlegal.pipeline import analyze
from vnlegal.readers import read, read_bytes
from vnlegal.records import Actor, Analysis, Deadline, Document, DocumentRecord, Task

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl")
docx = pytest.importorskip("docx", reason="needs python-docx")

CORPORA = Path(__file__).parent.parent / "corpora"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def task(name: str, text: str = "rà soát hồ sơ", due: str | None = "2026-06-30", **fields: object) -> Task:
    deadline = Deadline(start=0, end=0, text="trước 30/6", kind="by_date", due=due) if due else None
    lead = Actor(start=0, end=0, text="Bộ Y tế", canonical="Bộ Y tế")
    row = {"start": 0, "end": len(text), "modality": "assigned", "leads": (lead,), "rule": "x", "confidence": 0.9}
    return Task.model_validate({"id": name, "text": text, "deadline": deadline, **row, **fields})


def analysis(*tasks: Task, source: str = "cv.txt") -> Analysis:
    head = DocumentRecord(
        source=source, sha256="ab" * 32, format="txt", chars=100, number="1/BYT-VP", date="2026-01-05"
    )
    return Analysis(document=head, tasks=tasks)


def workbook(*tasks: Task) -> bytes:
    from vnlegal.office.sheet import xlsx_bytes

    return xlsx_bytes([task_sheet(entries(analysis(*tasks)))])


def edited(data: bytes, change: Callable[[object], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    change(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell(heading: str, row: int, value: object) -> Callable[[object], None]:
    def put(page: object) -> None:
        names = [c.value for c in page[1]]  # type: ignore[index]
        page.cell(row, names.index(heading) + 1).value = value  # type: ignore[attr-defined]

    return put


# The table of tasks, out and back


def test_a_table_nobody_touched_brings_back_nothing() -> None:
    back = read_edits(workbook(task("t1"), task("t2", due=None, status="done")), name="x")
    assert (back.edits, back.clashes, back.rows) == ((), (), 2)


@pytest.mark.parametrize(
    ("heading", "value", "field", "after"),
    [
        pytest.param("Hạn", datetime(2027, 3, 1), "due", "2027-03-01", id="a real date"),
        pytest.param("Hạn", "1/3/2027", "due", "2027-03-01", id="a date typed as words"),
        pytest.param("Hạn", "3/2027", "due", "2027-03", id="a month"),
        pytest.param("Hạn", None, "due", "", id="a day taken away"),
        pytest.param("Tình trạng", "hoàn thành", "status", "done", id="a status from the list"),
        pytest.param("Tình trạng", "Hoàn  thành ", "status", "done", id="a status typed carelessly"),
        pytest.param("Chủ trì", "Bộ Công an; Bộ Y tế", "leads", "Bộ Công an; Bộ Y tế", id="a second lead"),
        pytest.param("Phối hợp", "Bộ Công an\nBộ Y tế", "coordinators", "Bộ Công an; Bộ Y tế", id="names on two lines"),
    ],
)
def test_what_people_change_comes_back(heading: str, value: object, field: str, after: str) -> None:
    back = read_edits(edited(workbook(task("t1")), cell(heading, 2, value)), name="x")
    assert [(e.field, e.after, e.row) for e in back.edits] == [(field, after, 2)]
    assert not back.clashes


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        pytest.param("Hạn", "ngày kia", id="no day"),
        pytest.param("Hạn", "31/2/2027", id="a day that is not"),
        pytest.param("Tình trạng", "xong rồi", id="no status of ours"),
    ],
)
def test_what_cannot_be_read_is_told(heading: str, value: str) -> None:
    back = read_edits(edited(workbook(task("t1")), cell(heading, 2, value)), name="x")
    assert not back.edits
    assert [clash.edit.row for clash in back.clashes] == [2]


def test_rows_people_added_and_sorted_do_no_harm() -> None:
    def shuffle(page: object) -> None:
        first = [c.value for c in page[2]]  # type: ignore[index]
        for n, value in enumerate([c.value for c in page[3]], 1):  # type: ignore[index]
            page.cell(2, n).value = value  # type: ignore[attr-defined]
        for n, value in enumerate(first, 1):
            page.cell(3, n).value = value  # type: ignore[attr-defined]
        page.cell(4, 2).value = "việc tự thêm"  # type: ignore[attr-defined]

    back = read_edits(edited(workbook(task("t1"), task("t2", "báo cáo", None)), shuffle), name="x")
    assert (back.edits, back.clashes, back.rows) == ((), (), 2)


def test_two_sheets_that_disagree_are_a_conflict() -> None:
    from vnlegal.office.sheet import xlsx_bytes
    from vnlegal.office.tasks import agency_sheets

    found = entries(analysis(task("t1")))
    data = edited(xlsx_bytes([task_sheet(found), *agency_sheets(found)]), cell("Tình trạng", 2, "hoàn thành"))
    assert [e.after for e in read_edits(data, name="x").edits] == ["done"]
    book = openpyxl.load_workbook(BytesIO(data))
    cell("Tình trạng", 2, "quá hạn")(book.worksheets[1])
    out = BytesIO()
    book.save(out)
    back = read_edits(out.getvalue(), name="x")
    assert not back.edits
    assert {clash.edit.after for clash in back.clashes} == {"done", "overdue"}


@pytest.mark.parametrize(
    ("now", "edits", "clashes"),
    [
        pytest.param("", 1, 0, id="as it was: taken"),
        pytest.param("done", 0, 0, id="already so: nothing to do"),
        pytest.param("overdue", 0, 1, id="changed elsewhere: a conflict"),
        pytest.param(None, 0, 1, id="no such task"),
    ],
)
def test_edits_are_held_against_what_stands_now(now: str | None, edits: int, clashes: int) -> None:
    edit = Edit("ab:t1", "status", "", "done", "Nhiệm vụ", 2)
    known = {} if now is None else {"ab:t1": {**values_of(task("t1")), "status": now}}
    settled = settle(Returned((edit,), (), 1), known)
    assert (len(settled.edits), len(settled.clashes)) == (edits, clashes)


def test_edits_go_into_the_analysis() -> None:
    before = analysis(task("t1"), task("t2"))
    key = "ab" * 32 + ":t1"
    after = with_edits(before, [Edit(key, "leads", "", "Bộ Y tế; Bộ Công an", "", 2), Edit(key, "due", "", "", "", 2)])
    assert [a.canonical for a in after.tasks[0].leads] == ["Bộ Y tế", "Bộ Công an"]
    assert after.tasks[0].deadline is not None
    assert after.tasks[0].deadline.due is None
    assert after.tasks[1] == before.tasks[1]


def test_nothing_becomes_a_formula() -> None:
    text = '=HYPERLINK("http://x","y")'
    book = openpyxl.load_workbook(BytesIO(workbook(task("t1", text))))
    assert (book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].data_type) == (text, "s")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"], ids=["empty", "cut", "words"])
def test_what_is_no_workbook_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_edits(data, name="x.xlsx")


def test_a_workbook_of_others_is_a_clear_error() -> None:
    book = openpyxl.Workbook()
    out = BytesIO()
    book.save(out)
    with pytest.raises(UnreadableFile, match="không phải bảng nhiệm vụ"):
        read_edits(out.getvalue(), name="x.xlsx")


def test_sheet_names_are_taken_by_excel_and_differ() -> None:
    taken: set[str] = set()
    names = [sheet_name("Bộ Khoa học: và/Công nghệ [cũ] của nước Việt Nam", taken) for _ in range(3)]
    assert len({name.lower() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.slow
def test_five_thousand_edited_rows_come_back_whole() -> None:
    def put(page: object) -> None:
        for row in range(2, 5002):
            page.cell(row, 7).value = "hoàn thành"  # type: ignore[attr-defined]

    back = read_edits(edited(workbook(*(task(f"t{n}") for n in range(5000))), put), name="x")
    assert len(back.edits) == 5000
    assert not back.clashes


# The calendar


def test_the_calendar_has_a_day_and_alarms_for_each_open_task() -> None:
    icalendar = pytest.importorskip("icalendar", reason="needs icalendar")
    from vnlegal.office.calendar import calendar

    rows = analysis(task("t1"), task("t2", due=None), task("t3", due="2026-02"), task("t4", status="done"))
    made = calendar(entries(rows), name="Hạn", made=datetime(2026, 1, 6, tzinfo=UTC))
    events = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert [str(e["dtstart"].dt) for e in events] == ["2026-06-30", "2026-02-28"]
    assert [len(e.walk("VALARM")) for e in events] == [2, 2]


def test_a_repeated_duty_repeats() -> None:
    icalendar = pytest.importorskip("icalendar", reason="needs icalendar")
    from vnlegal.office.calendar import calendar

    limit = Deadline(start=0, end=0, text="hằng quý", kind="recurring", rule="FREQ=MONTHLY;INTERVAL=3")
    made = calendar(entries(analysis(task("t1", deadline=limit))), name="Hạn", made=datetime(2026, 1, 6, tzinfo=UTC))
    (event,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert event["rrule"].to_ical().decode() == "FREQ=MONTHLY;INTERVAL=3"


# Word comments


def covered(data: bytes) -> dict[int, str]:
    """Return the words each comment stands on."""
    inside: dict[str, str] = {}
    for element in docx.Document(BytesIO(data)).element.body.iter():
        name = element.get(W + "id")
        if element.tag == W + "commentRangeStart":
            inside[name] = ""
        elif element.tag == W + "commentRangeEnd":
            inside[name] += "\0"
        elif element.tag == W + "t":
            for key, words in inside.items():
                if not words.endswith("\0"):
                    inside[key] = words + (element.text or "")
    return {int(key): words.rstrip("\0") for key, words in inside.items()}


@pytest.mark.parametrize("name", ["letter.docx", "letter.txt", "letter.html"])
def test_comments_stand_on_the_very_words_and_the_text_stays(name: str) -> None:
    path = CORPORA / "files" / name
    document = read(path)
    found = analyze(document)
    made = commented(path.read_bytes(), document, found, name=name)
    places = covered(made)
    wanted = remarks(found)
    assert len(places) == len(wanted) > 5
    for n, remark in enumerate(wanted):
        assert "".join(places[n].split()) == "".join(document.text[remark.start : remark.end].split())
    assert read_bytes(made, name="x.docx").text.rstrip() == document.text.rstrip()


def test_a_broken_word_file_is_a_clear_error() -> None:
    document = read(CORPORA / "files" / "letter.docx")
    with pytest.raises(VnlegalError):
        commented(b"PK\x03\x04rest", document, analyze(document), name="x.docx")


# The slip


def test_the_slip_says_what_the_letter_orders_and_escapes_it() -> None:
    text = "<script>alert(1)</script> rà soát"
    html = slip_html(analysis(task("t1", text), source="<b>.txt"), text, {}, as_of="2026-06-30")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;.txt" in html
    assert "30/6/2026" in html
    assert "Bộ Y tế" in html


# Training files


@pytest.fixture(scope="module")
def labelled() -> list[Labelled]:
    documents = []
    for path in sorted((CORPORA / "gold").glob("cv_*.txt"))[:2]:
        document = Document(text=path.read_text(encoding="utf-8"), source=path.name, sha256=path.name)
        documents.append(Labelled(document.text, analyze(document)))
    return documents


def by_id(document: Labelled) -> dict[str, object]:
    found = document.analysis
    return {row.id: row for row in (*found.citations, *found.agencies, *found.tasks)}


@pytest.mark.parametrize(
    ("write", "take"),
    [
        pytest.param(label_studio, read_label_studio, id="Label Studio"),
        pytest.param(doccano, read_doccano, id="doccano"),
    ],
)
def test_labels_go_out_and_come_back_whole(
    write: Callable[[list[Labelled]], str], take: Callable[..., list[Labelled]], labelled: list[Labelled]
) -> None:
    back = take(write(labelled), name="x")
    assert [d.text for d in back] == [d.text for d in labelled]
    assert [by_id(d) for d in back] == [by_id(d) for d in labelled]


def test_a_label_people_moved_keeps_what_the_row_says(labelled: list[Labelled]) -> None:
    tasks = json.loads(label_studio(labelled[:1]))
    regions = tasks[0]["annotations"][0]["result"]
    moved, row = regions[0], labelled[0].analysis.citations[0]
    moved["value"]["end"] -= 1
    regions.append({"type": "labels", "id": "zz", "value": {"start": 0, "end": 3, "labels": ["agency"]}})
    (back,) = read_label_studio(json.dumps(tasks), name="x")
    assert (back.analysis.citations[0].end, back.analysis.citations[0].target) == (row.end - 1, row.target)
    assert len(back.analysis.agencies) == len(labelled[0].analysis.agencies) + 1


@pytest.mark.parametrize(
    "written", ["", "{", "{}", "[1]", '[{"data": {}}]', '[{"data": {"text": "a"}, "annotations": [{"result": [{"type": '
    '"labels", "value": {"start": 0, "end": 9, "labels": ["task"]}}]}]}]'],
    ids=["empty", "cut", "no list", "no task", "no text", "outside the text"],
)  # fmt: skip
def test_a_broken_label_file_is_a_clear_error(written: str) -> None:
    with pytest.raises(UnreadableFile):
        read_label_studio(written, name="x.json")
    if written:
        with pytest.raises(UnreadableFile):
            read_doccano(written, name="x.jsonl")


def test_gold_files_are_what_evaluate_reads(labelled: list[Labelled], tmp_path: Path) -> None:
    from vnlegal.evaluate.gold import load_gold

    for name, words in gold_files(labelled[0], "cv").items():
        (tmp_path / name).write_text(words, encoding="utf-8", newline="")
    (document,) = load_gold(tmp_path)
    assert len(document.rows["citations"] or ()) == len(labelled[0].analysis.citations)
    assert "confidence" not in (document.rows["citations"] or [{}])[0]
