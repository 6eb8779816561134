"""Deadlines: every kind, from real phrases; and the look-alikes that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.tasks.dates import anchor_date, find_times
from vnlegal.tasks.deadlines import find_deadlines, main_deadline, parse_cell
from vnlegal.tasks.model import DeadlineFound
from vnlegal.tasks.reckoning import add_working_days

DAY = "2025-11-20"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def only(text: str, known: Knowledge, anchor: str | None = DAY) -> DeadlineFound | None:
    return main_deadline(find_deadlines(text, 0, len(text), anchor, known))


DATED = [
    ("hoàn thành ngày 30/6/2026", "ngày 30/6/2026", "by_date", "2026-06-30", False),
    ("gửi báo cáo chậm nhất ngày 10 tháng 12 năm 2025, trong đó thống kê", "chậm nhất ngày 10 tháng 12 năm 2025",
     "by_date", "2025-12-10", False),
    ("hoàn thành xong trước hết ngày 31/12/2025.", "xong trước hết ngày 31/12/2025", "by_date", "2025-12-31", False),
    ("gửi về Bộ Tài chính trước ngày 15/12/2025 để tổng hợp", "trước ngày 15/12/2025", "by_date", "2025-12-14", True),
    ("gửi về Văn phòng trước 20h00 ngày 25 tháng 5 năm 2026", "trước 20h00 ngày 25 tháng 5 năm 2026", "by_date",
     "2026-05-25T20:00:00", True),
    ("gửi về Sở Nội vụ chậm nhất 17 giờ 30 phút ngày 28/11/2025.", "chậm nhất 17 giờ 30 phút ngày 28/11/2025",
     "by_date", "2025-11-28T17:30:00", False),
    ("hoàn thành chậm nhất trước ngày 30/6/2026.", "chậm nhất trước ngày 30/6/2026", "by_date", "2026-06-29", True),
    ("nộp trước ngày 22/ 12/ 2025 qua phòng Công nghệ thông tin", "trước ngày 22/ 12/ 2025", "by_date", "2025-12-21",
     True),
    ("Hoàn thành trong tháng 11 năm 2025; các bộ, ngành", "trong tháng 11 năm 2025", "in_month", "2025-11-30", False),
    ("triển khai số hóa ngay trong tháng 12 năm 2025, số hóa 100%", "ngay trong tháng 12 năm 2025", "in_month",
     "2025-12-31", False),
    ("hoàn thành việc rà soát trước tháng 6/2026", "trước tháng 6/2026", "in_month", "2026-05-31", True),
    ("Báo cáo Ban Chỉ đạo trong tháng 01/2026, trước khi trình cấp có thẩm quyền", "trong tháng 01/2026", "in_month",
     "2026-01-31", False),
    ("Hoàn thành trong Quý I/2026.", "trong Quý I/2026", "in_quarter", "2026-03-31", False),
    ("báo cáo, đề xuất trong quý II năm 2026.", "trong quý II năm 2026", "in_quarter", "2026-06-30", False),
    ("hoàn thành trong quý I, II/2026", "trong quý I, II/2026", "period", "2026-06-30", False),
    ("hoàn thành 6 tháng đầu năm 2026", "6 tháng đầu năm 2026", "in_half_year", "2026-06-30", False),
    ("hoàn thành trong 6 tháng cuối năm 2026.", "trong 6 tháng cuối năm 2026", "in_half_year", "2026-12-31", False),
    ("tổng hợp báo cáo vào cuối tháng 5/2026.", "vào cuối tháng 5/2026", "in_month", "2026-05-31", False),
    ("tổ chức tập huấn vào tuần cuối tháng 5/2026.", "vào tuần cuối tháng 5/2026", "in_month", "2026-05-31", False),
    ("hoàn thành trong tuần đầu tháng 6 năm 2026.", "trong tuần đầu tháng 6 năm 2026", "in_month", "2026-06-07", False),
    ("trình Chính phủ vào đầu quý III/2026.", "vào đầu quý III/2026", "in_quarter", "2026-09-30", False),
    ("trình Chính phủ trong nửa đầu năm 2027.", "trong nửa đầu năm 2027", "in_half_year", "2027-06-30", False),
    ("gửi báo cáo ngay trong ngày 21/5/2026.", "ngay trong ngày 21/5/2026", "by_date", "2026-05-21", False),
    ("hoàn thành việc kết nối trong năm 2026 (Phụ lục II kèm theo).", "trong năm 2026", "in_year", "2026-12-31", False),
    ("hoàn thành trong năm 2026.", "trong năm 2026", "in_year", "2026-12-31", False),
    ("hoàn thành trước năm 2027 và vận hành", "trước năm 2027", "in_year", "2026-12-31", True),
    ("hoàn thành đến hết năm 2026.", "đến hết năm 2026", "in_year", "2026-12-31", False),
    ("tham gia (xuyên suốt 2025 - 2035).", "xuyên suốt 2025 - 2035", "period", "2035-12-31", False),
    ("tiến tới thí điểm (2025 - 2026).", "2025 - 2026", "period", "2026-12-31", False),
    ("Thời gian thực hiện: năm 2026 - 2027.", "năm 2026 - 2027", "period", "2027-12-31", False),
    ("Thời hạn hoàn thành: Tháng 12/2025.", "Tháng 12/2025", "in_month", "2025-12-31", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "kind", "due", "exclusive"), DATED, ids=[row[0][:40] for row in DATED])
def test_a_phrase_gives_its_last_allowed_day(
    known: Knowledge, text: str, span: str, kind: str, due: str, exclusive: bool
) -> None:
    found = only(text, known)
    assert found is not None
    assert (text[found.start : found.end], found.kind, found.due) == (span, kind, due)
    assert found.exclusive == exclusive
    assert found.anomaly is None


@pytest.mark.parametrize(
    ("text", "anchor", "due"),
    [
        ("gửi trước ngày 28/5 để tổng hợp", "2025-05-20", "2025-05-27"),
        ("hoàn thành trước ngày 30/6", "2025-05", "2025-06-29"),
        ("hoàn thành hết tháng 6.", "2025-03-01", "2025-06-30"),
        ("hoàn thành trong Quý I.", "2025-12-05", "2026-03-31"),
        ("hoàn thành trước ngày 15/01.", "2025-12-05", "2026-01-14"),
        ("hoàn thành vào cuối năm.", "2025-08-01", "2025-12-31"),
        ("họp ngày 01/3/2026, hoàn thành trước ngày 20/4", "2025-12-05", "2026-04-19"),
    ],
)
def test_a_missing_year_comes_from_the_document_or_the_date_beside(
    known: Knowledge, text: str, anchor: str, due: str
) -> None:
    found = only(text, known, anchor)
    assert found is not None
    assert found.due == due


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Định kỳ hằng tháng tổng hợp", "FREQ=MONTHLY"),
        ("báo cáo Thủ tướng Chính phủ hằng tuần", "FREQ=WEEKLY"),
        ("định kỳ theo quý báo cáo kết quả", "FREQ=MONTHLY;INTERVAL=3"),
        ("định kỳ 6 tháng báo cáo kết quả", "FREQ=MONTHLY;INTERVAL=6"),
        ("trước ngày 20 hằng tháng lên phần mềm", "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("báo cáo vào ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("hằng năm trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
        (
            "trước ngày 01/6 và 15/11 hằng năm báo cáo",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31|FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14",
        ),
        ("trước ngày 31 tháng 01 năm sau", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=30"),
        ("Thường xuyên cập nhật dữ liệu", None),
    ],
)
def test_a_repeated_duty_gives_a_rule_and_no_day(known: Knowledge, text: str, rule: str | None) -> None:
    rules = [d.rule for d in find_deadlines(text, 0, len(text), DAY, known) if d.kind == "recurring"]
    found = only(text, known)
    assert found is not None
    assert found.due is None
    assert rule in rules


@pytest.mark.parametrize(
    ("text", "span", "rule"),
    [
        ("định kỳ trước ngày 20 hằng tháng báo cáo", "định kỳ trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("định kỳ báo cáo Sở trước ngày 20 hằng tháng", "trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=19"),
        ("định kỳ báo cáo Sở", "định kỳ", None),
    ],
)
def test_a_repeated_day_says_more_than_dinh_ky(known: Knowledge, text: str, span: str, rule: str | None) -> None:
    found = only(text, known)
    assert found is not None
    assert (text[found.start : found.end], found.rule) == (span, rule)


@pytest.mark.parametrize(
    "text", ["nội dung sinh hoạt thường xuyên của chi bộ", "trong kỳ sinh hoạt chi bộ định kỳ tháng 6/2026"]
)
def test_the_frequency_of_meetings_is_no_deadline(known: Knowledge, text: str) -> None:
    assert all(d.kind != "recurring" for d in find_deadlines(text, 0, len(text), DAY, known))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("trong 10 ngày làm việc kể từ ngày 3/3/2025", "2025-03-17"),
        ("chậm nhất 30 ngày sau ngày ban hành", "2025-12-20"),
        ("trong thời hạn 15 ngày kể từ ngày Quyết định này được ban hành, các đơn vị", "2025-12-05"),
        ("trong 02 tháng kể từ ngày ký", "2026-01-20"),
        ("trong vòng 01 tuần kể từ ngày 21/11/2025", "2025-11-28"),
    ],
)
def test_days_from_a_known_day_are_reckoned(known: Knowledge, text: str, due: str) -> None:
    found = only(text, known)
    assert found is not None
    assert (found.kind, found.due) == ("relative", due)


def test_working_days_leave_out_the_lunar_new_year() -> None:
    assert add_working_days(date(2025, 1, 24), 1) == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("trả lời trong vòng 05 ngày kể từ khi nhận hồ sơ. Việc", "trong vòng 05 ngày kể từ khi nhận hồ sơ"),
        ("triển khai ngay sau khi Nghị quyết này được ban hành.", "ngay sau khi Nghị quyết này được ban hành"),
        ("kiểm tra dữ liệu trước khi gửi về cấp trên.", "trước khi gửi về cấp trên"),
        ("hoàn thành theo lộ trình xây dựng, triển khai của Bộ.", "theo lộ trình xây dựng, triển khai của Bộ"),
        ("xét nghiệm trong vòng 24 giờ sau khi nhập cảnh.", "trong vòng 24 giờ sau khi nhập cảnh"),
    ],
)
def test_an_event_without_a_date_has_no_day(known: Knowledge, text: str, span: str) -> None:
    found = only(text, known)
    assert found is not None
    assert (text[found.start : found.end], found.kind, found.due) == (span, "event", None)


@pytest.mark.parametrize(
    "text",
    [
        "dự kiến ban hành trước 28/5/2026",
        "phê duyệt Đề án phát triển giai đoạn 2026-2030",
        "Chiến lược quốc gia về trí tuệ nhân tạo đến năm 2030, tầm nhìn đến năm 2045",
        "các luật đã được Quốc hội thông qua trong năm 2025",
        "người đóng bảo hiểm xã hội trước ngày 01/01/2016 được hưởng",
        "khẩn trương hoàn thành, báo cáo sớm",
        "kế hoạch đầu tư công trung hạn giai đoạn 2026-2030",
        "phân bổ dự toán năm 2026 cho các đơn vị",
        "bố trí nguồn chi thường xuyên",
        "xây dựng kế hoạch kiểm tra hằng năm",
        "theo Kế hoạch phát triển kinh tế - xã hội hằng năm và 5 năm",
        "các nội dung nêu trong phương hướng, nhiệm vụ từ nay đến tháng 6/2027",
        "rà soát các dự án chưa hoàn thành trong năm 2026",
        "phối hợp chặt chẽ, thường xuyên, hiệu quả giữa các sở",
        "xác định đây là nhiệm vụ quan trọng, cấp bách, thường xuyên, liên tục, cần sự vào cuộc của cả hệ thống",
        "bỏ nhiệm vụ “xây dựng chính sách (hạn tháng 6/2026)” khỏi danh mục",
        "đạt tỷ lệ 22/22 bộ, 63/63 tỉnh",
    ],
)
def test_look_alikes_are_no_deadline(known: Knowledge, text: str) -> None:
    assert find_deadlines(text, 0, len(text), DAY, known) == []


def test_the_date_of_a_citation_is_left_out(known: Knowledge) -> None:
    text = "thực hiện Nghị quyết số 71/NQ-CP ngày 01/4/2026 trong năm 2026"
    start = text.index("Nghị")
    assert find_deadlines(text, 0, len(text), DAY, known, exclude=[(start, text.index(" trong"))]) == []


@pytest.mark.parametrize(
    ("text", "anomaly", "due"),
    [
        ("hoàn thành trước ngày 20 tháng 9 năm 2025.", "before-document", "2025-09-19"),
        ("hoàn thành trước ngày 31/6/2026.", "impossible-date", None),
        ("hoàn thành trong năm 2206.", "doubtful-year", "2206-12-31"),
    ],
)
def test_a_doubt_is_marked_and_the_literal_date_kept(
    known: Knowledge, text: str, anomaly: str, due: str | None
) -> None:
    found = only(text, known)
    assert found is not None
    assert (found.anomaly, found.due) == (anomaly, due)


CELLS = [
    ("Tháng 4/2025", "in_month", "2025-04-30"),
    ("T6/2025", "in_month", "2025-06-30"),
    ("12/2025", "in_month", "2025-12-31"),
    ("Quý I/2026", "in_quarter", "2026-03-31"),
    ("Quí IV-2025", "in_quarter", "2025-12-31"),
    ("IV/2025", "in_quarter", "2025-12-31"),
    ("30/6/2025", "by_date", "2025-06-30"),
    ("Trước 30/6", "by_date", "2025-06-29"),
    ("2026", "in_year", "2026-12-31"),
    ("2025-2030", "period", "2030-12-31"),
    ("Năm 2025 - 2026", "period", "2026-12-31"),
    ("Quý IV/2025 - Quý I/2026", "period", "2026-03-31"),
    ("Năm 2026 và các năm tiếp theo", "period", None),
    ("2026 trở đi", "period", None),
    ("Triển khai từ năm 2026 và thực hiện thường xuyên", "period", None),
    ("Ban hành trong quý I năm 2026. Thực hiện rà soát, điều chỉnh (nếu có)", "in_quarter", "2026-03-31"),
    ("Thường xuyên, hằng năm", "recurring", None),
    ("Nhiệm vụ thường xuyên", "recurring", None),
    ("Trước ngày 25 hằng tháng", "recurring", None),
    ("Khi có phát sinh", "event", None),
    ("Theo kế hoạch của Bộ", "event", None),
]


@pytest.mark.parametrize(("cell", "kind", "due"), CELLS, ids=[row[0] for row in CELLS])
def test_a_cell_is_read_whole(known: Knowledge, cell: str, kind: str, due: str | None) -> None:
    found = parse_cell(cell, 0, len(cell), "2025-03-05", known)
    assert found is not None
    assert (cell[found.start : found.end], found.kind, found.due) == (cell, kind, due)


@pytest.mark.parametrize("cell", ["", "-", "…", "Bộ Tài chính", "Thực hiện mới"])
def test_a_cell_without_a_time_is_none(known: Knowledge, cell: str) -> None:
    assert parse_cell(cell, 0, len(cell), "2025-03-05", known) is None


def test_every_row_of_the_phrases_is_borne_out_by_its_example(known: Knowledge) -> None:
    for row in known.deadlines.phrases:
        assert any(w in row.example.lower() for w in row.words), row
        found = find_deadlines(row.example, 0, len(row.example), DAY, known)
        if row.role in ("forecast", "object", "noun", "manner"):
            assert found == [], row
        elif row.role != "cell_event":
            assert found, row


@pytest.mark.parametrize(
    ("anchor", "day"),
    [
        ("2025-05-14", date(2025, 5, 14)),
        ("2025-05", date(2025, 5, 1)),
        ("2025", date(2025, 1, 1)),
        ("2025-05-14/2025-05-15", date(2025, 5, 14)),
        ("2025-02-31", None),
        (None, None),
    ],
)
def test_the_day_a_document_date_stands_for(anchor: str | None, day: date | None) -> None:
    assert anchor_date(anchor) == day


@given(st.text(alphabet="ngày tháng năm quý IV trước đến từ hết 0123456789/-.,;()\n", max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    known = load_knowledge()
    for found in find_deadlines(text, 0, len(text), DAY, known):
        assert 0 <= found.start < found.end <= len(text)
    for when in find_times(text, 0, len(text), date(2025, 11, 20)):
        assert when.first is None or when.last is None or when.first <= when.last or when.kind == "period"
