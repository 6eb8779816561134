"""Who is told: bodies by name, by kind and by description, groups, lists of them."""

from __future__ import annotations

import pytest

from tests.tasked import OFFICE_LETTER, names, tasks_of, told
from vnlegal.knowledge import Knowledge

ORDERS = OFFICE_LETTER.format("Thủ tướng Chính phủ yêu cầu:\n\n{}")

BODIES = [
    pytest.param(
        "1. Yêu cầu các Phòng Giáo dục và Đào tạo, các trường THPT và các đơn vị trực thuộc rà soát đề thi.",
        ["nhóm: các Phòng Giáo dục và Đào tạo", "nhóm: các trường THPT và các đơn vị trực thuộc"],
        id="schools behind the offices over them",
    ),
    pytest.param(
        "1. Các đơn vị thuộc Ngân hàng Nhà nước Việt Nam và tổ chức tín dụng báo cáo kết quả.",
        ["nhóm: các đơn vị thuộc Ngân hàng Nhà nước Việt Nam", "nhóm: tổ chức tín dụng"],
        id="a joining word ends no name",
    ),
    pytest.param(
        "1. Các đơn vị thuộc Sở rà soát và tổ chức hội nghị sơ kết.",
        ["nhóm: các đơn vị thuộc Sở"],
        id="a second verb is no body",
    ),
    pytest.param(
        "1. Yêu cầu Ban Chỉ huy phòng, chống cháy rừng huyện tổ chức trực ban.",
        ["Ban Chỉ huy phòng, chống cháy rừng huyện"],
        id="a comma and a verb inside a name",
    ),
    pytest.param(
        "1. Yêu cầu các đơn vị phòng, chống dịch bệnh.", ["nhóm: các đơn vị"], id="the same verb as the action"
    ),
    pytest.param(
        "1. Thủ trưởng các sở, ban, ngành; Chủ tịch UBND cấp xã có trách nhiệm triển khai Công điện này.",
        ["nhóm: thủ trưởng các sở, ban, ngành", "nhóm: chủ tịch UBND cấp xã"],
        id="listed with semicolons",
    ),
    pytest.param(
        "1. Chủ tịch Ủy ban nhân dân các xã, phường, đặc khu Lý Sơn rà soát các khu vực nguy hiểm.",
        ["nhóm: chủ tịch UBND các xã, phường, đặc khu Lý Sơn"],
        id="a place behind its kind",
    ),
    pytest.param(
        "1. Nếu có khó khăn, vướng mắc các cơ quan, tổ chức, cá nhân phản ánh kịp thời về Bộ Y tế để tổng hợp.",
        ["nhóm: các cơ quan, tổ chức, cá nhân"],
        id="without a comma before the subject",
    ),
    pytest.param(
        "1. Ủy ban nhân dân tỉnh Gia Lai, thành phố Huế và tỉnh Đắk Lắk hỗ trợ Nhân dân vùng lũ.",
        ["Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân thành phố Huế", "Ủy ban nhân dân tỉnh Đắk Lắk"],
        id="one body a place",
    ),
    pytest.param(
        "1. Trách nhiệm của Văn phòng Chính phủ: chủ trì, phối hợp với Bộ Y tế đăng tải kết quả.",
        ["Văn phòng Chính phủ"],
        id="an office before a colon",
    ),
    pytest.param(
        "1. Trường hợp có vướng mắc trong quá trình thực hiện, đề nghị các cơ quan, đơn vị báo cáo Bộ Y tế.",
        ["nhóm: các cơ quan, đơn vị"],
        id="a conditional request",
    ),
    pytest.param(
        "1. Trong quá trình triển khai, các cơ quan được nêu tại Phụ lục có trách nhiệm theo dõi các cuộc họp.",
        ["nhóm: các cơ quan được nêu tại Phụ lục"],
        id="a group behind an adverbial",
    ),
    pytest.param(
        "1. Phân công đồng chí Nguyễn Văn An, Thứ trưởng Bộ Y tế trực tiếp chỉ đạo việc tiêm chủng.",
        ["Thứ trưởng Bộ Y tế"],
        id="a person by name and office",
    ),
    pytest.param(
        "1. Phân công Phó Thủ tướng Trần Hồng Hà chỉ đạo việc rà soát.",
        ["Phó Thủ tướng Chính phủ Trần Hồng Hà"],
        id="a person by office and name",
    ),
    pytest.param(
        "1. Ban Chỉ đạo phát triển kinh tế tư nhân tổng hợp, báo cáo Chính phủ.",
        ["Ban Chỉ đạo phát triển kinh tế tư nhân"],
        id="a verb in a name",
    ),
    pytest.param(
        "1. Giao các Tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh giám sát việc thực hiện Nghị quyết.",
        ["nhóm: các Tổ đại biểu và đại biểu Hội đồng nhân dân tỉnh"],
        id="members of a body",
    ),
    pytest.param(
        "1. Sở Y tế, Ban Quản lý Khu Nông nghiệp ứng dụng công nghệ cao có trách nhiệm công bố quy hoạch.",
        ["Sở Y tế", "Ban Quản lý Khu Nông nghiệp ứng dụng công nghệ cao"],
        id="a work in a name",
    ),
    pytest.param("1. Đối với các Sở: tăng cường kiểm tra việc tiêm chủng.", ["nhóm: các Sở"], id="a matter of bodies"),
    pytest.param(
        "1. Các Bộ Tài chính, Nội vụ, Y tế khẩn trương góp ý dự thảo Nghị định.",
        ["Bộ Tài chính", "Bộ Nội vụ", "Bộ Y tế"],
        id="ministries by their fields",
    ),
    pytest.param(
        "1. Nếu có những vướng mắc phát sinh cần điều chỉnh, bổ sung, các cơ quan, tổ chức phản ánh về Bộ Y tế.",
        ["nhóm: các cơ quan, tổ chức"],
        id="trouble that needs amending",
    ),
    pytest.param(
        "1. Các cơ quan theo thẩm quyền khẩn trương chuẩn bị hồ sơ.", ["nhóm: các cơ quan"], id="by its powers, at once"
    ),
    pytest.param(
        "1. Bộ Y tế xây dựng cơ chế đặt hàng, giao nhiệm vụ cho các doanh nghiệp thực hiện dịch vụ.",
        ["Bộ Y tế"],
        id="a measure that would entrust",
    ),
    pytest.param("1. Bộ Y tế rà soát hồ sơ; Bộ Công an đã nhận hồ sơ.", ["Bộ Y tế"], id="told of, not told"),
    pytest.param(
        "1. Ủy ban nhân dân các huyện có tên trong danh sách kèm theo khẩn trương rà soát, chuyển hồ sơ về Bộ Y tế.",
        ["nhóm: ủy ban nhân dân các huyện có tên trong danh sách kèm theo"],
        id="those of a list",
    ),
    pytest.param(
        "1. UBND các xã có rừng, chủ rừng tăng cường tuần tra, kiểm tra rừng.",
        ["nhóm: UBND các xã có rừng", "nhóm: chủ rừng"],
        id="those that have something",
    ),
    pytest.param(
        "1. UBND các xã có phương án bảo vệ rừng trong mùa khô.", ["nhóm: UBND các xã"], id="what they are to have"
    ),
    pytest.param(
        "1. Giao Sở Nội vụ, phòng Nội vụ các huyện rà soát hồ sơ.",
        ["Sở Nội vụ", "nhóm: phòng Nội vụ các huyện"],
        id="a division in small letters",
    ),
    pytest.param(
        "1. Giao Thường trực Hội đồng nhân dân tỉnh Lào Cai, các Ban Hội đồng nhân dân tỉnh kiểm tra các chợ.",
        ["Thường trực Hội đồng nhân dân tỉnh Lào Cai", "nhóm: các Ban Hội đồng nhân dân tỉnh"],
        id="committees of a council",
    ),
    pytest.param(
        "1. Các đồng chí Giám đốc Sở chỉ đạo các đơn vị chuyên môn khẩn trương xây dựng kế hoạch.",
        ["nhóm: giám đốc Sở"],
        id="who directs others to hurry",
    ),
    pytest.param(
        "1. Các bộ, ngành, địa phương, tổ chức chính trị - xã hội khẩn trương xây dựng cơ sở dữ liệu.",
        ["nhóm: các bộ, ngành, địa phương", "nhóm: tổ chức chính trị - xã hội"],
        id="organisations in a list",
    ),
    pytest.param(
        "1. Các cơ quan, đơn vị của Trung ương treo cờ Tổ quốc.",
        ["nhóm: các cơ quan, đơn vị của Trung ương"],
        id="several kinds of one group",
    ),
    pytest.param(
        "1. Sở Y tế chỉ đạo các Phòng: Thường xuyên kiểm tra các chợ.",
        ["Sở Y tế"],
        id="who directs others, with a colon",
    ),
    pytest.param(
        "1. Lãnh đạo Bộ Y tế thay mặt Thủ tướng Chính phủ ký công hàm trao đổi với đại diện các nước.\n\n"
        "Văn phòng Chính phủ thông báo để các bộ biết.",
        ["nhóm: lãnh đạo Bộ Y tế"],
        id="a sentence is no name",
    ),
    pytest.param(
        "1. Giao cho cấp ủy khóa mới tiếp thu ý kiến, hoàn thiện chương trình.",
        ["nhóm: cấp ủy khóa mới"],
        id="a committee of the next term",
    ),
    pytest.param(
        "1. Yêu cầu Giám đốc các Công ty TNHH MTV Thủy lợi khẩn trương kiểm tra các hồ chứa.",
        ["nhóm: giám đốc các Công ty TNHH MTV Thủy lợi"],
        id="heads of companies",
    ),
    pytest.param(
        "1. Yêu cầu các Trung tâm huấn luyện thể thao khẩn trương lập kế hoạch.",
        ["nhóm: các Trung tâm huấn luyện thể thao"],
        id="centres named after what they do",
    ),
    pytest.param(
        "1. Ngoài việc kiểm tra, Ủy ban nhân dân các xã còn có trách nhiệm báo cáo kết quả.",
        ["nhóm: UBND các xã"],
        id="what they must do besides",
    ),
]


@pytest.mark.parametrize(("body", "leads"), BODIES)
def test_bodies_of_one_order(body: str, leads: list[str], knowledge: Knowledge) -> None:
    ((_, task),) = tasks_of(ORDERS.format(body), knowledge)
    assert names(task.leads) == leads


def test_who_works_together_is_no_body_where_a_verb_follows(knowledge: Knowledge) -> None:
    body = "1. Bộ Y tế phối hợp tổ chức hoạt động của thư viện.\n\n2. Bộ Y tế phối hợp tổ chức xã hội lập kế hoạch."
    (words, first), _ = tasks_of(ORDERS.format(body), knowledge)
    assert not first.coordinators
    assert words == "phối hợp tổ chức hoạt động của thư viện"


@pytest.mark.parametrize(
    ("body", "coordinators"),
    [
        ("1. Bộ Y tế chủ trì, phối hợp chặt chẽ, hiệu quả với Bộ Nội vụ tổ chức tuyên truyền.", ["Bộ Nội vụ"]),
        ("1. Bộ Y tế phối hợp chặt chẽ và thường xuyên với Bộ Nội vụ trong việc tuyên truyền.", ["Bộ Nội vụ"]),
        (
            "1. Bộ Y tế phối hợp với các Bộ, ngành liên quan: Tài chính, Nội vụ lập kế hoạch.",
            ["Bộ Tài chính", "Bộ Nội vụ"],
        ),
        ("1. Bộ Y tế báo cáo Chính phủ giao Bộ Tài chính làm đầu mối, phối hợp với Bộ Nội vụ lập đề án.", []),
        ("1. Bộ Y tế chỉ đạo các bệnh viện phối hợp với Bộ Nội vụ tuyên truyền.", []),
        ("1. Bộ Y tế quản lý chặt chẽ, hiệu quả với tinh thần trách nhiệm cao các quỹ.", []),
    ],
)
def test_who_works_together_closely(body: str, coordinators: list[str], knowledge: Knowledge) -> None:
    ((_, task),) = tasks_of(ORDERS.format(body), knowledge)
    assert names(task.coordinators) == coordinators


def test_who_helps_is_kept_before_a_colon(knowledge: Knowledge) -> None:
    body = "1. Sở Nội vụ:\n\n- Chủ trì, phối hợp với Sở Y tế khẩn trương tham mưu: Phân công người thực hiện nhiệm vụ."
    ((words, task),) = tasks_of(ORDERS.format(body), knowledge)
    assert words == "khẩn trương tham mưu: Phân công người thực hiện nhiệm vụ"
    assert (names(task.leads), names(task.coordinators)) == (["Sở Nội vụ"], ["Sở Y tế"])


def test_what_stands_before_a_modal_ends_there(knowledge: Knowledge) -> None:
    body = "1. Sở Y tế:\n\n- Đối với người học và cơ sở đào tạo, cần ưu tiên rà soát hồ sơ, bảo đảm điều kiện học tập."
    ((words, _),) = tasks_of(ORDERS.format(body), knowledge)
    assert words == "ưu tiên rà soát hồ sơ, bảo đảm điều kiện học tập"


@pytest.mark.parametrize(
    ("action", "approvers"),
    [
        ("giúp Thủ tướng Chính phủ theo dõi việc kiểm tra", []),
        ("tham mưu, giúp Thủ tướng Chính phủ theo dõi việc kiểm tra", ["Thủ tướng Chính phủ"]),
    ],
)
def test_who_is_helped_approves_nothing(action: str, approvers: list[str], knowledge: Knowledge) -> None:
    ((_, task),) = tasks_of(ORDERS.format(f"1. Bộ Y tế {action}."), knowledge)
    assert names(task.approvers) == approvers


def test_to_lead_is_no_body(knowledge: Knowledge) -> None:
    body = "1. Sở Y tế:\n\n1.1. Lãnh đạo, chỉ đạo việc kiểm tra:\n\n- Kiểm tra các chợ.\n\n- Kiểm tra các bến xe."
    assert {lead for _, leads in told(ORDERS.format(body), knowledge) for lead in leads} == {"Sở Y tế"}


def test_an_article_asks_with_its_last_sentence(knowledge: Knowledge) -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ GIANG\nSố: 12/NQ-HĐND\nHà Giang, ngày 12 tháng 7 năm 2013\n\nNGHỊ QUYẾT\n"
        "Về chất vấn\n\nQUYẾT NGHỊ:\n\nĐiều 1. Hội đồng nhân dân tỉnh thống nhất với các giải pháp đã nêu. Hội đồng "
        "nhân dân tỉnh đề nghị Ủy ban nhân dân tỉnh thực hiện một số công việc sau:\n\n1. Về lĩnh vực môi trường:\n\n"
        "- Kiểm tra các mỏ.\n\n- Xem xét phê duyệt quy hoạch.\n"
    )
    leads = ["Ủy ban nhân dân tỉnh Hà Giang"]
    assert told(text, knowledge) == [("Kiểm tra các mỏ", leads), ("Xem xét phê duyệt quy hoạch", leads)]
