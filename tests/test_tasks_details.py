"""What a task brings forth: the document an action must produce, and words that only sound like one."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.tasks.clauses import passage
from vnlegal.tasks.products import deliverable

PRODUCTS = [
    ("xây dựng Đề án phát triển đô thị, trình Chính phủ", "Đề án phát triển đô thị"),
    ("sớm hoàn thiện hồ sơ theo quy định", "hồ sơ"),
    ("thẩm định dự thảo Quyết định ban hành Quy chế làm việc", None),
    ("hoàn thiện dự thảo Kế hoạch tập huấn và đăng tải trên cổng thông tin", "dự thảo Kế hoạch tập huấn"),
    ("xây dựng và triển khai các chương trình đào tạo nghề", "các chương trình đào tạo nghề"),
    ("rà soát, cập nhật danh mục công nghệ và tổ chức tập huấn", "danh mục công nghệ"),
    ("ban hành Quyết định phê duyệt Chương trình chuyển đổi số", "Quyết định phê duyệt Chương trình chuyển đổi số"),
    ("xây dựng báo cáo về Chiến lược 4.0 năm 2026", "báo cáo về Chiến lược 4.0 năm 2026"),
    ("bồi dưỡng đội ngũ cán bộ xây dựng chính sách, pháp luật", None),
    ("phản ánh về Sở Nội vụ để trình cấp có thẩm quyền xem xét, quyết định", None),
    ("tổng kết và định kỳ báo cáo kết quả", None),
    ("vận động, ai có công góp công", None),
    ("hoàn thành công trình trường học", None),
    ("rà soát các quy định hiện hành", None),
    ("học tập kinh nghiệm các tỉnh có mô hình tốt", None),
    ("xây dựng kế hoạch sửa chữa, nâng cấp hệ thống kênh mương", "kế hoạch sửa chữa, nâng cấp hệ thống kênh mương"),
    ("xây dựng kế hoạch năm học, tổ chức thực hiện đúng tiến độ", "kế hoạch năm học"),
    ("ban hành quy định về thu, nộp và sử dụng phí, hoàn thành trong quý", "quy định về thu, nộp và sử dụng phí"),
    ("lập đề án phòng, chống ngập úng, thu hút nguồn vốn", "đề án phòng, chống ngập úng"),
    ("ban hành Đề án cây xanh (sửa đổi) trong tháng 5", "Đề án cây xanh (sửa đổi)"),
    ("xây dựng quy chế phối hợp trong lĩnh vực giống cây (mẫu kèm theo)", "quy chế phối hợp trong lĩnh vực giống cây"),
    ("sửa đổi hoặc ban hành theo thẩm quyền danh mục phí", "danh mục phí"),
    ("công bố danh sách cho các đơn vị biết", "danh sách"),
    ("ban hành cơ chế cho vay vốn", "cơ chế cho vay vốn"),
    ("ban hành hướng dẫn về chi phí và hướng dẫn về giá", "hướng dẫn về chi phí và hướng dẫn về giá"),
    ("triển khai nền tảng học trực tuyến", "nền tảng học trực tuyến"),
    ("triển khai kế hoạch năm học", None),
    ("nghiên cứu phương án chống ngập", "phương án chống ngập"),
    ("nghiên cứu Nghị quyết của cấp trên", None),
    ("tổng hợp báo cáo tình hình dịch bệnh", "báo cáo tình hình dịch bệnh"),
    ("tổng hợp báo cáo cấp trên", None),
    ("rà soát, loại bỏ quy định không phù hợp", None),
    ("sửa đổi các quy định không phù hợp với thực tế", "các quy định không phù hợp với thực tế"),
    ("thực hiện khi cấp trên có văn bản", None),
    ("xây dựng kế hoạch sửa cầu,\nhoàn\nthành trong quý", "kế hoạch sửa cầu"),
    ("có chính sách hỗ trợ, khuyến khích hộ nghèo", "chính sách hỗ trợ, khuyến khích hộ nghèo"),
    ("có chính sách nhà ở, khuyến khích hộ nghèo vay vốn", "chính sách nhà ở"),
    ("ban hành nghị định về tổ chức bộ máy và tổ chức bộ máy", "nghị định về tổ chức bộ máy và tổ chức bộ máy"),
    ("hoàn thiện hệ thống và tiến hành nghiệm thu", "hệ thống"),
    ("xây dựng hệ thống dự phòng đặt tại xã", "hệ thống dự phòng"),
    ("xây dựng chương trình đào tạo, nâng cao trình độ", "chương trình đào tạo, nâng cao trình độ"),
    ("chịu trách nhiệm trong xây dựng, ban hành văn bản", None),
    ("đổi mới công tác quản lý trong quá trình xây dựng đề án", None),
    ("đưa vào chương trình xây dựng luật", None),
    ("bổ sung đoạn văn như sau: “cần hoàn thiện phương án”", None),
    ("hoàn thiện đề án, tờ trình", "đề án, tờ trình"),
    ("cập nhật, nâng cấp cơ sở dữ liệu đất đai", None),
    ("xây dựng, quản lý, cập nhật cơ sở dữ liệu đất đai", "cơ sở dữ liệu đất đai"),
    ("xây dựng cơ sở dữ liệu đất đai", "cơ sở dữ liệu đất đai"),
    ("hoàn thiện Cơ sở dữ liệu quốc gia về đất đai", "Cơ sở dữ liệu quốc gia về đất đai"),
    ("bổ sung kế hoạch kiểm tra", None),
    ("lập dự toán kinh phí", None),
    ("hoàn thiện hồ sơ trình về cơ chế vận hành", "hồ sơ trình về cơ chế vận hành"),
]


@pytest.mark.parametrize(("action", "product"), PRODUCTS, ids=[action for action, _ in PRODUCTS])
def test_a_product_is_what_the_action_must_bring_forth(action: str, product: str | None, knowledge: Knowledge) -> None:
    found = deliverable(passage(action, 0, len(action), ()), knowledge.tasks, 0, len(action))
    assert (action[slice(*found)] if found else None) == product
