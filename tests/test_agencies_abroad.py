"""Governments of other states, courts and offices of areas, Party groups in bodies, units nobody has listed."""

from __future__ import annotations

import pytest

from vnlegal.agencies import find_agencies
from vnlegal.knowledge import Knowledge
from vnlegal.pipeline import analyze, as_document
from vnlegal.segment import segment


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Do Chính phủ Nhật Bản tài trợ.", [("Chính phủ Nhật Bản", "Chính phủ Nhật Bản")]),
        ("Do Chính phủ Cộng hòa Xây-sen ký.", [("Chính phủ Cộng hòa Xây-sen", "Chính phủ Cộng hòa Xây-sen")]),
        ("Do Chính phủ Việt Nam ký.", [("Chính phủ Việt Nam", "Chính phủ")]),
        ("Do Chính phủ ban hành.", [("Chính phủ", "Chính phủ")]),
        ("Gửi Tòa án nhân dân khu vực 1 - Hà Nội.",
         [("Tòa án nhân dân khu vực 1 - Hà Nội", "Tòa án nhân dân khu vực 1 - Hà Nội")]),
        ("Gửi Chi cục Hải quan khu vực II.", [("Chi cục Hải quan khu vực II", "Chi cục Hải quan khu vực II")]),
        ("Gửi Kho bạc Nhà nước khu vực II.", [("Kho bạc Nhà nước khu vực II", "Kho bạc Nhà nước khu vực II")]),
        ("Đảng đoàn MTTQ Việt Nam báo cáo.",
         [("Đảng đoàn MTTQ Việt Nam", "Đảng đoàn Mặt trận Tổ quốc Việt Nam")]),
        ("Ban cán sự đảng Bộ Tài chính báo cáo.",
         [("Ban cán sự đảng Bộ Tài chính", "Ban Cán sự đảng Bộ Tài chính")]),
        ("Các đảng đoàn và ban cán sự đảng báo cáo.",
         [("Các đảng đoàn và ban cán sự đảng", "nhóm: các đảng đoàn và ban cán sự đảng")]),
        ("Vụ trưởng Vụ kiểm sát các vụ án hành chính, vụ việc lao động; Vụ trưởng Vụ Pháp chế ký.",
         [("Vụ trưởng Vụ kiểm sát các vụ án hành chính, vụ việc lao động",
           "Vụ trưởng Vụ kiểm sát các vụ án hành chính, vụ việc lao động"),
          ("Vụ trưởng Vụ Pháp chế", "Vụ trưởng Vụ Pháp chế")]),
        ("Cục trưởng Cục Hồ sơ nghiệp vụ có quyền phạt.",
         [("Cục trưởng Cục Hồ sơ nghiệp vụ", "Cục trưởng Cục Hồ sơ nghiệp vụ")]),
        ("Ban Chỉ đạo quốc gia tìm kiếm, quy tập hài cốt liệt sĩ họp.",
         [("Ban Chỉ đạo quốc gia tìm kiếm, quy tập hài cốt liệt sĩ",
           "Ban Chỉ đạo quốc gia tìm kiếm, quy tập hài cốt liệt sĩ")]),
        ("Ban Chỉ đạo quốc gia họp.", [("Ban Chỉ đạo quốc gia", "Ban Chỉ đạo quốc gia")]),
        ("VỀ NHIỆM VỤ TÀI CHÍNH NĂM 2025", []),
        ("Căn cứ Luật Ban hành văn bản quy phạm pháp luật của HĐND và UBND;", []),
        ("Ban hành văn bản của HĐND và UBND.",
         [("HĐND và UBND", "Hội đồng nhân dân, Ủy ban nhân dân")]),
        ("Căn cứ Luật Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân;", []),
        ("Bầu cử đại biểu Quốc hội.", [("Quốc hội", "Quốc hội")]),
        ("Theo số 633/QĐ-UBND.", []),
        ("Văn phòng HĐND&UBND huyện trình Văn phòng UBND huyện.",
         [("Văn phòng HĐND&UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"),
          ("Văn phòng UBND huyện", "Văn phòng Ủy ban nhân dân huyện")]),
        ("HĐND & UBND xã họp.", [("HĐND & UBND xã", "Hội đồng nhân dân, Ủy ban nhân dân xã")]),
        ("Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn tỉnh trực.",
         [("Ban Chỉ huy phòng chống thiên tai và tìm kiếm cứu nạn tỉnh",
           "Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh")]),
        ("Ban Chỉ huy công trường trực phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh.", []),
        ("Giám đốc NHNN chi nhánh các tỉnh, thành phố báo cáo.",
         [("Giám đốc NHNN chi nhánh các tỉnh, thành phố",
           "nhóm: giám đốc NHNN chi nhánh các tỉnh, thành phố trực thuộc Trung ương")]),
        ("Ngân hàng Nhà nước - Chi nhánh tỉnh Quảng Trị báo cáo.",
         [("Ngân hàng Nhà nước - Chi nhánh tỉnh Quảng Trị",
           "Ngân hàng Nhà nước Việt Nam chi nhánh tỉnh Quảng Trị")]),
        ("NHNN, UBND tỉnh Quảng Trị báo cáo.",
         [("NHNN", "Ngân hàng Nhà nước Việt Nam"), ("UBND tỉnh Quảng Trị", "Ủy ban nhân dân tỉnh Quảng Trị")]),
        ("Chủ tịch UBND các huyện, thị, thành phố kiểm tra.",
         [("Chủ tịch UBND các huyện, thị, thành phố",
           "nhóm: chủ tịch UBND các huyện, thị xã, thành phố")]),
        ("UBND huyện, thị trường và thành phố cùng phát triển.", [("UBND huyện", "Ủy ban nhân dân huyện")]),
        ("Báo cáo UBND, rồi họp.", [("UBND", "Ủy ban nhân dân")]),
        ("QUY CHẾ CỦA ỦY BAN NHÂN DÂN XÃ XUÂN PHÚ NHIỆM KỲ 2021 - 2026",
         [("ỦY BAN NHÂN DÂN XÃ XUÂN PHÚ", "Ủy ban nhân dân xã Xuân Phú")]),
    ],
)  # fmt: skip
def test_mentions(text: str, names: list[tuple[str, str]], knowledge: Knowledge) -> None:
    segmentation = segment(as_document(text), knowledge)
    flow = segmentation.flow.text
    assert [(flow[a.start : a.end], a.canonical) for a in find_agencies(segmentation, knowledge)] == names


@pytest.mark.parametrize(
    "text",
    [
        "KẾ HOẠCH\nTổ chức hội nghị\n\n- Giao đồng chí Nguyễn Văn A triển khai nhiệm vụ trước ngày 30/6/2026.\n",
        "KẾ HOẠCH\nTổ chức hội nghị\n\nBan Thường trực yêu cầu các đồng chí triển khai thực hiện kế hoạch.\n",
        "BÁO CÁO\nKết quả năm 2025\n\nĐề nghị Quý Cơ quan phối hợp thực hiện.\n",
    ],
)
def test_nobody_is_never_named(text: str, knowledge: Knowledge) -> None:
    result = analyze(text, knowledge=knowledge)
    named = [a for t in result.tasks for a in (*t.leads, *t.coordinators)] + list(result.agencies)
    assert all(a.canonical for a in named)
