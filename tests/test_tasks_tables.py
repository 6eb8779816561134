"""Tables of tasks, on tables made by hand: which tables are tables of tasks, and what their rows say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnlegal import analyze
from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.segment import Cell, HeaderDraft, Part, Segmentation, Table, Unit
from vnlegal.tasks.columns import heading_role, place, read_columns, traits
from vnlegal.tasks.model import TaskFound
from vnlegal.tasks.tables import find_table_tasks
from vnlegal.text import View

HEADS = ("TT", "Nhiệm vụ", "Kết quả yêu cầu", "Thời gian hoàn thành", "Cơ quan chủ trì", "Cơ quan phối hợp")
BODIES = {
    "Bộ Tài chính": "ministry",
    "Bộ Y tế": "ministry",
    "Sở Tài chính": "department",
    "Sở Nội vụ": "department",
    "Sở Khoa học và Công nghệ": "department",
    "Các sở, ngành": "group",
}


def build(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str = "PHỤ LỤC: NHIỆM VỤ TRỌNG TÂM",
    day: str = "2025-11-20",
) -> tuple[Segmentation, list[AgencyFound]]:
    """Lay a title and a table on a flow, one paragraph a cell."""
    flow = title
    units = [Unit("annex", 0, len(title), 0)]
    cells: list[tuple[Cell, ...]] = []
    for row in (heads, *rows):
        line: list[Cell] = []
        for words in row:
            if words:
                flow += "\n"
            line.append(Cell(len(flow), len(flow) + len(words)))
            flow += words
        cells.append(tuple(line))
    units.append(Unit("table", cells[0][0].start, len(flow), cells[0][0].start, parent=0))
    table = Table(1, tuple(heads), tuple(cells[1:]), (False,) * len(rows), parent=0)
    found = sorted(
        (at, AgencyFound(at, at + len(name), "nhóm: các sở, ngành" if kind == "group" else name, kind))
        for name, kind in BODIES.items()
        for at in range(len(flow))
        if flow.startswith(name, at)
    )
    part = Part(0, len(units), HeaderDraft(date=day))
    segmentation = Segmentation(View(flow, flow), tuple(units), (table,), (), (part,))
    return segmentation, [agency for _, agency in found]


def tasks(
    heads: Sequence[str], rows: Sequence[Sequence[str]], knowledge: Knowledge, **options: str
) -> tuple[str, list[TaskFound]]:
    segmentation, agencies = build(heads, rows, **options)
    return segmentation.flow.text, find_table_tasks(segmentation, agencies, [], knowledge)


def names(actors: Sequence[object]) -> list[str]:
    return [str(getattr(actor, "canonical", "")) for actor in actors]


def test_a_row_is_a_task_with_its_fields(knowledge: Knowledge) -> None:
    row = (
        "1.",
        "Xây dựng Đề án vị trí việc làm.",
        "Đề án",
        "Quý I/2026",
        "Bộ Tài chính",
        "Bộ Y tế; các cơ quan liên quan",
    )
    text, found = tasks(HEADS, [row], knowledge)
    assert len(found) == 1
    task = found[0]
    assert text[task.start : task.end] == "Xây dựng Đề án vị trí việc làm."
    assert names(task.leads) == ["Bộ Tài chính"]
    assert names(task.coordinators) == ["Bộ Y tế", "nhóm: các cơ quan liên quan"]
    assert task.deadline is not None
    assert (task.deadline.kind, task.deadline.due) == ("in_quarter", "2026-03-31")
    assert task.deliverable is not None
    assert text[slice(*task.deliverable)] == "Đề án"
    assert task.path == ("PHỤ LỤC: NHIỆM VỤ TRỌNG TÂM",)
    assert task.modality == "assigned"


def test_group_rows_become_the_path(knowledge: Knowledge) -> None:
    rows = [
        ("I", "Thể chế", "", "", "", ""),
        ("1", "Xây dựng quy chế quản lý dữ liệu", "Quy chế", "2026", "Sở Nội vụ", ""),
        ("II. Hạ tầng số",),
        ("2", "Nâng cấp trung tâm dữ liệu", "", "2027", "Sở Tài chính", ""),
    ]
    _, found = tasks(HEADS, rows, knowledge)
    assert [task.path[-1] for task in found] == ["I. Thể chế", "II. Hạ tầng số"]


def test_numbers_that_start_again_belong_to_the_path(knowledge: Knowledge) -> None:
    rows = [
        ("I", "Thể chế", "", "", "", ""),
        ("1", "Xây dựng quy chế quản lý dữ liệu", "", "2026", "Sở Nội vụ", ""),
        ("II", "Hạ tầng", "", "", "", ""),
        ("1", "Nâng cấp trung tâm dữ liệu", "", "2027", "Sở Tài chính", ""),
    ]
    _, found = tasks(HEADS, rows, knowledge)
    assert [task.path[1:] for task in found] == [("I. Thể chế", "1"), ("II. Hạ tầng", "1")]


def test_letters_of_groups_run_through_the_roman_ones(knowledge: Knowledge) -> None:
    work = ("1", "Nâng cấp trung tâm dữ liệu", "", "2027", "Sở Tài chính", "")
    rows = [("H", "NHÓM TÁM", "", "", "", ""), work, ("I", "NHÓM CHÍN", "", "", "", ""), work]
    _, found = tasks(HEADS, rows, knowledge)
    assert [task.path[1] for task in found] == ["H. NHÓM TÁM", "I. NHÓM CHÍN"]


def test_a_row_whose_cells_are_merged_with_those_above_inherits(knowledge: Knowledge) -> None:
    heads = (
        "TT",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời gian hoàn thành",
        "Kết quả dự kiến",
        "Kinh phí",
    )
    rows = [
        ("1", "Xây dựng hạ tầng kỹ thuật", "Sở Tài chính", "Sở Nội vụ", "Quý IV/2026", "Cổng thông tin", "Vốn khác"),
        ("Xây dựng hạ tầng dự phòng của hệ thống", "Sở Khoa học và Công nghệ"),
    ]  # fmt: skip
    text, found = tasks(heads, rows, knowledge)
    second = found[1]
    assert names(second.leads) == ["Sở Khoa học và Công nghệ"]
    assert names(second.coordinators) == ["Sở Nội vụ"]
    assert second.coordinators[0].inherited
    assert second.deadline is not None
    assert (second.deadline.due, second.deadline.inherited) == ("2026-12-31", True)
    assert second.deliverable is not None
    assert text[slice(*second.deliverable)] == "Cổng thông tin"


def test_an_empty_cell_of_a_numbered_row_inherits_nothing(knowledge: Knowledge) -> None:
    rows = [
        ("1", "Xây dựng hạ tầng kỹ thuật", "", "2026", "Sở Tài chính", "Sở Nội vụ"),
        ("2", "Đào tạo cán bộ", "", "", "Sở Nội vụ", ""),
    ]
    _, found = tasks(HEADS, rows, knowledge)
    assert found[1].coordinators == ()
    assert found[1].deadline is None


@pytest.mark.parametrize(
    ("cell", "leads", "helpers"),
    [
        ("- Chủ trì: Sở Tài chính; - Phối hợp: Sở Nội vụ", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Sở Tài chính chủ trì; phối hợp: Sở Nội vụ", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Sở Tài chính; Sở Nội vụ phối hợp", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Các sở, ngành: Sở Tài chính, Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"], []),
        ("Sở Tài chính chủ trì, Sở Nội vụ phối hợp thực hiện", ["Sở Tài chính"], ["Sở Nội vụ"]),
        ("Sở Tài chính chủ trì, điều phối chung", ["Sở Tài chính"], []),
        ("Sở Tài chính, Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"], []),
        ("- Sở Tài chính;\n- Các sở, ngành", ["Sở Tài chính", "nhóm: các sở, ngành"], []),
        ("Công ty Điện lực Hà Giang", ["Công ty Điện lực Hà Giang"], []),
        ("Sở Nội vụ, các doanh nghiệp viễn thông", ["Sở Nội vụ", "nhóm: các doanh nghiệp viễn thông"], []),
    ],
)
def test_one_cell_may_say_who_leads_and_who_helps(
    knowledge: Knowledge, cell: str, leads: list[str], helpers: list[str]
) -> None:
    heads = ("TT", "Nội dung công việc", "Cơ quan thực hiện", "Thời hạn")
    _, found = tasks(heads, [("1", "Tổ chức hội nghị sơ kết", cell, "Tháng 6/2026")], knowledge)
    assert names(found[0].leads) == leads
    assert names(found[0].coordinators) == helpers


def test_a_group_row_that_names_a_body_leads_its_rows(knowledge: Knowledge) -> None:
    heads = ("STT", "Tên nhiệm vụ", "Thời hạn", "Kết quả thực hiện", "Tiến độ")
    rows = [
        ("", "Nhiệm vụ giao Bộ Tài chính", "", "", ""),
        ("1", "Hoàn thiện dự thảo Luật", "31/12/2025", "Đã trình Chính phủ", "Đang thực hiện"),
    ]
    _, found = tasks(heads, rows, knowledge)
    assert names(found[0].leads) == ["Bộ Tài chính"]
    assert found[0].leads[0].inherited
    assert found[0].status == "in_progress"


def test_a_heading_row_inside_begins_another_table(knowledge: Knowledge) -> None:
    rows = [
        ("1", "Xây dựng quy chế", "Quy chế", "2026", "Sở Nội vụ", ""),
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "", ""),
        ("1", "Nâng cấp hệ thống", "Sở Tài chính", "Quý I/2026", "", ""),
    ]
    _, found = tasks(HEADS, rows, knowledge)
    assert [names(task.leads) for task in found] == [["Sở Nội vụ"], ["Sở Tài chính"]]


def test_a_row_of_column_numbers_is_no_task(knowledge: Knowledge) -> None:
    rows = [("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), ("1", "Xây dựng quy chế", "", "2026", "Sở Nội vụ", "")]
    assert len(tasks(HEADS, rows, knowledge)[1]) == 1


@pytest.mark.parametrize(
    "heads",
    [
        ("TT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"),
        ("STT", "Trình tự thực hiện", "Nội dung công việc", "Thời gian", "Cơ quan thực hiện"),
        ("TT", "Nội dung", "Đơn vị tính", "Số lượng", "Đơn giá", "Thành tiền"),
        ("STT", "Họ và tên", "Chức vụ", "Đơn vị"),
        ("TT", "Nội dung", "Đơn vị", "Kế hoạch", "Thực hiện"),
        ("Nơi nhận", "Chữ ký"),
    ],
)
def test_other_tables_give_no_tasks(knowledge: Knowledge, heads: tuple[str, ...]) -> None:
    row = tuple("Nội dung của ô" for _ in heads)
    assert tasks(heads, [row], knowledge)[1] == []


def test_the_programme_of_a_day_gives_no_tasks(knowledge: Knowledge) -> None:
    rows = [("8h00 - 8h30", "Đón tiếp đại biểu", "Sở Nội vụ"), ("8h30", "Khai mạc hội nghị", "Sở Nội vụ")]
    assert tasks(("Thời gian", "Nội dung", "Đơn vị thực hiện"), rows, knowledge)[1] == []


def test_a_report_names_passed_deadlines_without_doubt(knowledge: Knowledge) -> None:
    heads = ("TT", "Nhiệm vụ", "Thời hạn", "Cơ quan thực hiện", "Tiến độ")
    row = ("1", "Xây dựng Đề án", "Tháng 4/2025", "Bộ Y tế", "Quá hạn")
    _, found = tasks(heads, [row], knowledge)
    assert found[0].deadline is not None
    assert found[0].deadline.anomaly is None
    assert found[0].status == "overdue"
    _, plan = tasks(HEADS, [("1", "Xây dựng Đề án", "", "Tháng 4/2025", "Bộ Y tế", "")], knowledge)
    assert plan[0].deadline is not None
    assert plan[0].deadline.anomaly == "before-document"


@pytest.mark.parametrize(
    ("heads", "second"),
    [
        (("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn"), ("Chủ trì", "Phối hợp")),
        (("TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời hạn"), ("", "", "Chủ trì", "Phối hợp", "")),
    ],
)
def test_a_second_row_of_headings_parts_one(
    knowledge: Knowledge, heads: tuple[str, ...], second: tuple[str, ...]
) -> None:
    row = ("1", "Tổ chức hội nghị sơ kết", "Sở Nội vụ", "Sở Tài chính", "Tháng 6/2026")
    _, found = tasks(heads, [second, row], knowledge)
    assert [(names(task.leads), names(task.coordinators)) for task in found] == [(["Sở Nội vụ"], ["Sở Tài chính"])]
    assert found[0].deadline is not None


def test_a_tick_under_a_status_is_that_status(knowledge: Knowledge) -> None:
    heads = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện")
    rows = [("1", "Xây dựng quy chế", "Sở Nội vụ", "x", "", ""), ("2", "Rà soát quy hoạch", "Sở Nội vụ", "", "X", "")]
    assert [task.status for task in tasks(heads, rows, knowledge)[1]] == ["done", "in_progress"]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "1", "II", "-", "Xây dựng quy chế quản lý", "Sở Nội vụ", "2026", "Quý I/2026", "x", "Hoàn thành"]
            ),
            min_size=1,
            max_size=8,
        ),
        max_size=6,
    )
)
def test_no_table_breaks_the_reader(rows: list[list[str]]) -> None:
    text, found = tasks((*HEADS, "Tiến độ"), rows, load_knowledge())
    for task in found:
        assert 0 <= task.start < task.end <= len(text)


def test_words_cut_by_a_page_are_neither_a_group_nor_a_task(knowledge: Knowledge) -> None:
    rows = [
        ("1", "Liên thông dữ liệu sổ sức khỏe, giấy hẹn khám lại;", "", "2026", "Bộ Y tế", ""),
        ("", "Kết quả xét nghiệm; khai thác thông tin từ phần mềm", "", "", "", ""),
        ("2", "Triển khai bệnh án điện tử", "", "2026", "Bộ Y tế", ""),
    ]
    _, found = tasks(HEADS, rows, knowledge)
    assert [len(task.path) for task in found] == [1, 1]


def test_the_document_a_table_is_attached_to_is_no_basis(knowledge: Knowledge) -> None:
    title = "NHIỆM VỤ (Kèm theo Kế hoạch số 617/KH-UBND)"
    segmentation, agencies = build(HEADS, [("1", "Xây dựng Đề án", "", "3/2026", "Bộ Y tế", "")], title)
    start = title.index("Kế hoạch")
    cited = Mention(start, len(title) - 1, "numbered", "test", number="617/KH-UBND", target="617/KH-UBND@2025")
    assert find_table_tasks(segmentation, agencies, [cited], knowledge)[0].legal_basis == ()


def test_the_title_gives_the_legal_basis(knowledge: Knowledge) -> None:
    title = "NHIỆM VỤ THỰC HIỆN NGHỊ QUYẾT 71/NQ-CP"
    segmentation, agencies = build(HEADS, [("1", "Xây dựng Đề án", "", "3/2025", "Bộ Y tế", "")], title)
    start = title.index("NGHỊ")
    cited = Mention(start, len(title), "numbered", "test", number="71/NQ-CP", date="2025-04-01", target="71/NQ-CP@2025")
    task = find_table_tasks(segmentation, agencies, [cited], knowledge)[0]
    assert task.legal_basis == (0,)
    assert task.deadline is not None
    assert task.deadline.anomaly == "before-document"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("STT", "number"),
        ("Nội dung nhiệm vụ", "task"),
        ("NHIỆM VỤ, GIẢI PHÁP", "task"),
        ("Thuộc nhóm nhiệm vụ, hành động[1]", "group"),
        ("Văn bản giao nhiệm vụ", "basis"),
        ("Cơ quan chủ trì thực hiện", "lead"),
        ("Don vi chu tri", "lead"),
        ("Đơn vị phối hợp thực hiện", "coordinator"),
        ("Thời gian bắt đầu", "other"),
        ("Hoàn thành", "progress"),
        ("Đánh giá", "progress"),
        ("Thời gian dự kiến hoàn thành", "deadline"),
        ("Sản phẩm đầu ra", "deliverable"),
        ("Kết quả hiện nay", "result"),
        ("Kết quả", "outcome"),
        ("Tiến độ", "progress"),
        ("Nguồn kinh phí", "other"),
        ("Màu sắc", None),
    ],
)
def test_a_heading_says_what_its_column_holds(knowledge: Knowledge, heading: str, role: str | None) -> None:
    assert heading_role(heading, knowledge) == role


def test_every_heading_row_is_borne_out_by_its_example(knowledge: Knowledge) -> None:
    for row in knowledge.deadlines.headings:
        assert heading_role(row.example, knowledge) == row.role, row


def test_a_column_of_progress_is_read_by_its_cells(knowledge: Knowledge) -> None:
    heads = ("TT", "Nhiệm vụ", "Tiến độ thực hiện", "Cơ quan chủ trì")
    segmentation, _ = build(heads, [("1", "Xây dựng Đề án", "Quý I/2026", "Bộ Y tế")])
    columns = read_columns(segmentation.tables[0], segmentation.flow.text, knowledge)
    assert columns is not None
    assert columns.roles == ("number", "task", "deadline", "lead")


def test_cells_of_a_short_row_find_their_columns(knowledge: Knowledge) -> None:
    cells = ("Thực hiện sao lưu dữ liệu của hệ thống", "Sở Tài chính", "Khi có phát sinh")
    looks = [traits(Cell(0, len(c)), c, knowledge, lambda a, b, c=c: float(c.startswith("Sở"))) for c in cells]
    roles = ("number", "task", "lead", "coordinator", "deadline", "deliverable", "other")
    assert place(looks, roles) == [1, 2, 4]


def test_nobody_leads_from_above_in_a_table_whose_rows_cannot_be_told_apart(knowledge: Knowledge) -> None:
    headings = "STT\nĐơn vị\nNhiệm vụ chủ trì\nĐơn vị phối hợp\nThời gian\nhoàn thành\n"
    text = (
        "KẾ HOẠCH\nChuyển đổi số\n\nPhụ lục\nPHÂN CÔNG NHIỆM VỤ\n"
        + f"{headings}(1) Sở Tư pháp Năm 2026\n(2) Sở Nội vụ\nQuý IV/2026\nRà soát các phần mềm đang dùng\n"
        + f"{headings}(2) Sở Xây dựng\nXây dựng kế hoạch chỉnh lý tài liệu\n"
    )
    found = [(task.text, task.leads) for task in analyze(text, knowledge=knowledge).tasks]
    assert found == [("Rà soát các phần mềm đang dùng", ()), ("Xây dựng kế hoạch chỉnh lý tài liệu", ())]


def test_a_column_of_numbers_is_never_the_task(knowledge: Knowledge) -> None:
    text = (
        "KẾ HOẠCH\nChuyển đổi số\n\n| STT | Kết quả đầu ra | Nhiệm vụ của Chính phủ | Đơn vị chủ trì | Thời hạn |\n"
        "|---|---|---|---|---|\n| 1 | Cổng dữ liệu mở | 14, 26 | Bộ Nội vụ | Năm 2026 |\n"
        "| 2 | Kho số học liệu | 26 | Bộ Y tế | Năm 2027 |\n"
    )
    found = [(task.text, [a.canonical for a in task.leads]) for task in analyze(text, knowledge=knowledge).tasks]
    assert found == [("Cổng dữ liệu mở", ["Bộ Nội vụ"]), ("Kho số học liệu", ["Bộ Y tế"])]


def test_work_may_be_called_a_matter(knowledge: Knowledge) -> None:
    text = (
        "KẾ HOẠCH\nChuyển đổi số\n\n| Việc | Chủ trì | Thời hạn |\n|---|---|---|\n"
        "| Lập kho số học liệu | Bộ Y tế | Năm 2027 |\n| Sửa cổng dữ liệu | Bộ Nội vụ | Năm 2026 |\n"
    )
    assert [task.text for task in analyze(text, knowledge=knowledge).tasks] == [
        "Lập kho số học liệu",
        "Sửa cổng dữ liệu",
    ]


@pytest.mark.parametrize(
    ("cell", "task"),
    [
        ("Hoàn thành sửa chữa cầu", True),
        ("Báo cáo tổng kết năm 2025", True),
        ("Tổng kết 5 năm", True),
        ("Đã hoàn thành", False),
        ("Đang triển khai thực hiện", False),
        ("Quý I/2026", False),
        ("Trước ngày 15/3/2026", False),
    ],
)
def test_a_cell_that_went_astray_is_no_task(cell: str, task: bool, knowledge: Knowledge) -> None:
    rows = [["1", cell, "", "Quý II/2026", "Bộ Y tế", ""], ["2", "Sửa chữa đường", "", "Quý III/2026", "Bộ Y tế", ""]]
    segmentation, agencies = build(HEADS, rows)
    found = find_table_tasks(segmentation, agencies, (), knowledge)
    text = segmentation.flow.text
    assert [text[t.start : t.end] for t in found] == [*([cell] if task else []), "Sửa chữa đường"]


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ("Đã hoàn thành", "done"),
        ("Đang thực hiện, đạt 95%", "in_progress"),
        ("Chưa thực hiện", "not_started"),
        ("Bộ Y tế gửi văn bản số 15 ngày 3/2/2026 tới các sở, đã hoàn thành một phần", None),
        ("Quyết định số 15", None),
    ],
)
def test_a_result_may_be_the_label(result: str, status: str | None, knowledge: Knowledge) -> None:
    heads = ("TT", "Nhiệm vụ", "Thời hạn", "Kết quả thực hiện", "Cơ quan chủ trì")
    segmentation, agencies = build(heads, [["1", "Sửa chữa cầu", "Quý I/2026", result, "Bộ Y tế"]])
    assert [task.status for task in find_table_tasks(segmentation, agencies, (), knowledge)] == [status]
