"""How orders open: cue words, times before the action, addressees, paragraphs that go on with an order."""

from __future__ import annotations

import pytest

from tests.tasked import PROVINCE_LETTER, names, tasks_of
from vnlegal.knowledge import Knowledge

Row = tuple[str, list[str], str | None]


OPENINGS = [
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:\n\n1. Đồng ý kết quả khảo sát.\n\n"
        "2. Ủy quyền Giám đốc Sở Công Thương phê duyệt danh mục chợ.",
        [("phê duyệt danh mục chợ", ["Giám đốc Sở Công Thương"], None)],
        id="power given",
    ),
    pytest.param(
        "Trường hợp không tìm được người được chủ chợ ủy quyền, cơ quan thuế phối hợp với chính quyền thu hồi.",
        [],
        id="power that somebody has",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương báo cáo kết quả trước 25 tháng 12 năm 2025.",
        [("báo cáo kết quả", ["Sở Công Thương"], "2025-12-24")],
        id="a day without its word",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương, từ nay đến ngày 31/12/2025 tập trung kiểm tra các chợ.",
        [("tập trung kiểm tra các chợ", ["Sở Công Thương"], "2025-12-31")],
        id="a time between the body and the action",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương xây dựng giải pháp từ nay đến cuối năm cho các chợ.",
        [("xây dựng giải pháp từ nay đến cuối năm cho các chợ", ["Sở Công Thương"], None)],
        id="a time that describes a thing",
    ),
    pytest.param(
        "Đề nghị quý cơ quan, đơn vị có ý kiến đối với dự thảo Quy chế chợ.",
        [("có ý kiến đối với dự thảo Quy chế chợ", ["Sở Công Thương"], None)],
        id="the addressee by two names",
    ),
    pytest.param(
        "Đề nghị các quý cơ quan, đơn vị có văn bản góp ý gửi Cục Thú y trước ngày 10/12/2025 để tổng hợp.",
        [("có văn bản góp ý gửi Cục Thú y", ["Sở Công Thương"], "2025-12-09")],
        id="all addressees by two names",
    ),
    pytest.param(
        "Ủy ban nhân dân tỉnh có ý kiến như sau:\n\nGiao Sở Công Thương hướng dẫn các xã rà soát hồ sơ của các chợ. "
        "Báo cáo kết quả trước ngày 25/12/2025\n\n(Theo Công văn số 907/UBND-KT ngày 20/11/2025)",
        [
            ("hướng dẫn các xã rà soát hồ sơ của các chợ", ["Sở Công Thương"], None),
            ("Báo cáo kết quả", ["Sở Công Thương"], "2025-12-24"),
        ],
        id="a paragraph without its full stop",
    ),
    pytest.param(
        "Sở Giáo dục và Đào tạo cho học sinh trong vùng ngập nghỉ học.", [], id="what a body does, without an order"
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Sở Giáo dục và Đào tạo cho học sinh trong vùng ngập nghỉ học.",
        [("cho học sinh trong vùng ngập nghỉ học", ["Sở Giáo dục và Đào tạo"], None)],
        id="pupils are to stay at home",
    ),
    pytest.param(
        "Yêu cầu các Bí thư Tỉnh ủy, Thành ủy, Chủ tịch Ủy ban nhân dân các tỉnh, thành phố dự, chỉ đạo tại các điểm "
        "cầu.",
        [
            (
                "dự, chỉ đạo tại các điểm cầu",
                ["nhóm: bí thư tỉnh ủy, thành ủy", "nhóm: chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương"],
                None,
            )
        ],
        id="the secretaries of all provinces",
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:\n\nĐồng ý với đề nghị của Sở Y tế về việc mở chợ và giao "
        "Sở Công Thương hướng dẫn các xã thực hiện.",
        [("hướng dẫn các xã thực hiện", ["Sở Công Thương"], None)],
        id="agreed, and handed over",
    ),
    pytest.param("Sở Công Thương kiểm kê tài sản và giao Sở Tài chính quản lý.", [], id="what is given over"),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Sở Công Thương khi kiểm tra các chợ phải thông báo trước cho chủ "
        "chợ.\n\n2. Sở Y tế khi kiểm tra đã phát hiện vi phạm phải xử lý.",
        [("thông báo trước cho chủ chợ", ["Sở Công Thương"], None)],
        id="what a body must do while it does something else",
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:\n\n1. Tổ chức cuộc họp tổng kết vào thời gian trước ngày 10 "
        "tháng 01 năm 2026;\n\n2. Tổ chức cuộc họp theo quy định.\n\n3. Giao Sở Tư pháp chuẩn bị cuộc họp.",
        [("Tổ chức cuộc họp tổng kết", [], "2026-01-09"), ("chuẩn bị cuộc họp", ["Sở Tư pháp"], None)],
        id="a day makes an order of an item without a body",
    ),
    pytest.param(
        "Sở Y tế gửi kèm dự thảo để lấy ý kiến. Văn bản góp ý xin gửi về Sở Y tế trước ngày 05/12/2025.",
        [("Văn bản góp ý xin gửi về Sở Y tế", ["Sở Công Thương"], "2025-12-04")],
        id="what is to be sent by a day",
    ),
    pytest.param(
        "Báo cáo của các đơn vị gửi về Sở Y tế trước ngày 05/12/2025 đã được tổng hợp.", [], id="what was sent"
    ),
    pytest.param(
        "Thủ tướng Chính phủ giao cho các bộ, địa phương là 708 tỷ đồng, bao gồm vốn trong nước.", [], id="an amount"
    ),
    pytest.param(
        "Ngày 25 tháng 8 năm 2025, Bộ Y tế đã có Công văn số 2877/BYT-KCB gửi Sở Công Thương yêu cầu xây dựng báo cáo.",
        [],
        id="what was asked once",
    ),
    pytest.param(
        "Bộ Y tế đã ban hành Công văn số 2877/BYT-KCB, đề nghị Sở Công Thương gửi báo cáo trước ngày 05/12/2025.",
        [("gửi báo cáo", ["Sở Công Thương"], "2025-12-04")],
        id="what is asked behind a letter that was sent",
    ),
    pytest.param(
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n1. Giám đốc Sở Y tế thay mặt tỉnh ký thỏa thuận.\n\n"
        "2. Sở Công Thương tìm nguồn vốn cho các chợ.",
        [
            ("thay mặt tỉnh ký thỏa thuận", ["Giám đốc Sở Y tế"], None),
            ("tìm nguồn vốn cho các chợ", ["Sở Công Thương"], None),
        ],
        id="in the name of others, and what to look for",
    ),
    pytest.param(
        "Giao nhiệm vụ Sở Công Thương yêu cầu các doanh nghiệp trong khu công nghiệp trồng cây xanh.",
        [("yêu cầu các doanh nghiệp trong khu công nghiệp trồng cây xanh", ["Sở Công Thương"], None)],
        id="a body that is to ask others",
    ),
    pytest.param(
        "Giao các Sở Xây dựng, Nội vụ theo chức năng hướng dẫn thực hiện.",
        [("hướng dẫn thực hiện", ["Sở Xây dựng", "Sở Nội vụ"], None)],
        id="by its office alone",
    ),
    pytest.param(
        "Sở Y tế hướng dẫn các cơ sở giáo dục triển khai thực hiện như sau:\n\n"
        "- Các cơ sở giáo dục rà soát kế hoạch.\n\n- Học sinh nộp hồ sơ theo quy định.",
        [("rà soát kế hoạch", ["nhóm: các cơ sở giáo dục"], None)],
        id="guidance for offices",
    ),
    pytest.param(
        "Cục Thuế hướng dẫn các doanh nghiệp thực hiện như sau:\n\n- Các doanh nghiệp nộp thuế theo quý.",
        [],
        id="guidance for those an office deals with",
    ),
    pytest.param(
        "Phó Thủ tướng có ý kiến như sau:\n\n1. Bộ Tài chính có ý kiến về đề nghị của Bộ Xây dựng.\n\n"
        "2. Bộ Y tế có ý kiến tại Công văn số 12/BYT-KH.",
        [("có ý kiến về đề nghị của Bộ Xây dựng", ["Bộ Tài chính"], None)],
        id="an opinion that is asked for, and one that was given",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương rà soát các chợ.\n\nĐồng thời, tham mưu ban hành quy chế trước ngày 05/12/2025.\n\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, kịp thời báo cáo Ủy ban nhân dân tỉnh.",
        [
            ("rà soát các chợ", ["Sở Công Thương"], None),
            ("tham mưu ban hành quy chế", ["Sở Công Thương"], "2025-12-04"),
            ("kịp thời báo cáo Ủy ban nhân dân tỉnh", ["Sở Công Thương"], None),
        ],
        id="paragraphs that go on with an order",
    ),
    pytest.param(
        "Sở Công Thương đã rà soát các chợ.\n\nĐồng thời, tham mưu ban hành quy chế chợ.",
        [],
        id="a paragraph that goes on with an account",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương rà soát các chợ.\n\nĐồng thời, các chợ tạm còn nhiều.",
        [("rà soát các chợ", ["Sở Công Thương"], None)],
        id="a paragraph that only adds what is so",
    ),
    pytest.param(
        "Đề nghị các đơn vị báo cáo kết quả trước ngày 05/12/2025.\n\nTrân trọng đề nghị các đơn vị quan tâm phối hợp, "
        "chỉ đạo.",
        [("báo cáo kết quả", ["nhóm: các đơn vị"], "2025-12-04")],
        id="what a letter closes with",
    ),
    pytest.param(
        "Sở Y tế đề nghị các đơn vị quan tâm, phối hợp thực hiện.",
        [("quan tâm, phối hợp thực hiện", ["nhóm: các đơn vị"], None)],
        id="all that a letter asks for",
    ),
    pytest.param(
        "Yêu cầu Sở Y tế:\n\n1. Kiểm tra hồ sơ của các trạm y tế, trong đó cần lưu ý:\n\n"
        "- Giấy tờ chứng minh phải là bản chính.",
        [("Kiểm tra hồ sơ của các trạm y tế", ["Sở Y tế"], None)],
        id="what a paper must be",
    ),
    pytest.param(
        "Yêu cầu các xã thực hiện như sau:\n\n1. Rà soát, chuẩn bị điều kiện họp chợ\n\n- Sở Y tế kiểm tra các chợ.\n\n"
        "2. Điều kiện họp chợ\n\n- Sở Y tế kiểm tra các chợ hằng năm.",
        [("kiểm tra các chợ", ["Sở Y tế"], None)],
        id="a heading that says what is to be done, and one that names what is needed",
    ),
    pytest.param(
        "Thực hiện Công văn số 12/BYT-KH của Bộ Y tế giao Sở Công Thương rà soát các chợ, Sở Công Thương đã kiểm tra.",
        [],
        id="what a letter that is answered ordered",
    ),
    pytest.param(
        "Thực hiện Công văn số 12/BYT-KH của Bộ Y tế, yêu cầu Sở Công Thương rà soát các chợ.",
        [("rà soát các chợ", ["Sở Công Thương"], None)],
        id="what is ordered to carry a letter out",
    ),
    pytest.param(
        "Đề nghị các Sở Công Thương chuẩn bị Báo cáo tổng kết.\n\nNội dung báo cáo ngắn gọn.\n\n"
        "Báo cáo xin gửi về Văn phòng Bộ trước ngày 05/12/2025 để tổng hợp.",
        [("chuẩn bị Báo cáo tổng kết", ["nhóm: các Sở Công Thương"], "2025-12-04")],
        id="a day that answers a request further above",
    ),
    pytest.param(
        "Đồng ý Bộ Tài chính thay mặt Chính phủ đề nghị Chính phủ Nhật Bản cung cấp viện trợ.",
        [],
        id="what is asked of a foreign government",
    ),
    pytest.param(
        "Ủy ban nhân dân thành phố Vinh có trách nhiệm công khai quy hoạch chợ.",
        [("công khai quy hoạch chợ", ["Ủy ban nhân dân thành phố Vinh"], None)],
        id="a town in a province",
    ),
    pytest.param(
        "Phó Thủ tướng Chính phủ có ýkiến nhưsau:\n\nBộ Tài chính rà soát hồ sơ các chợ.",
        [("rà soát hồ sơ các chợ", ["Bộ Tài chính"], None)],
        id="an opinion without its blanks",
    ),
]


@pytest.mark.parametrize(("body", "wanted"), OPENINGS)
def test_how_orders_open(body: str, wanted: list[Row], knowledge: Knowledge) -> None:
    found = tasks_of(PROVINCE_LETTER.format(body), knowledge)
    assert [(words, names(task.leads), task.deadline and task.deadline.due) for words, task in found] == wanted
