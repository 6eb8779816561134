"""What a task brings forth: the document an action must produce, and words that only sound like one."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.tasks.clauses import passage
from vnlegal.tasks.details import deliverable

PRODUCTS = [
    ("xây dựng Đề án phát triển đô thị, trình Chính phủ", "Đề án phát triển đô thị"),
    ("sớm hoàn thiện hồ sơ theo quy định", "hồ sơ"),
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
]


@pytest.mark.parametrize(("action", "product"), PRODUCTS, ids=[action for action, _ in PRODUCTS])
def test_a_product_is_what_the_action_must_bring_forth(action: str, product: str | None, knowledge: Knowledge) -> None:
    found = deliverable(passage(action, 0, len(action), ()), knowledge.tasks, 0, len(action))
    assert (action[slice(*found)] if found else None) == product
