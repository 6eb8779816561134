"""Agencies: the canonical name of one, its codes, letterheads and provinces, and who took over from it."""

from __future__ import annotations

import pytest

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import by_code, canonical_name, issuer_name, province_of, successors


@pytest.mark.parametrize(
    ("written", "canonical", "kind"),
    [
        ("Bộ Khoa học và Công nghệ", "Bộ Khoa học và Công nghệ", "ministry"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ", "ministry"),
        ("Bộ KHCN", "Bộ Khoa học và Công nghệ", "ministry"),
        ("BKHCN", "Bộ Khoa học và Công nghệ", "ministry"),
        ("BỘ KHOA HỌC VÀ CÔNG NGHỆ", "Bộ Khoa học và Công nghệ", "ministry"),
        ("Bộ VHTTDL", "Bộ Văn hóa, Thể thao và Du lịch", "ministry"),
        ("Bộ Văn hoá, Thể thao và Du lịch", "Bộ Văn hóa, Thể thao và Du lịch", "ministry"),
        ("Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn", "ministry"),
        ("Bộ LĐTBXH", "Bộ Lao động - Thương binh và Xã hội", "ministry"),
        ("Bộ TN&MT", "Bộ Tài nguyên và Môi trường", "ministry"),
        ("Bộ TTTT", "Bộ Thông tin và Truyền thông", "ministry"),
        ("NHNN", "Ngân hàng Nhà nước Việt Nam", "ministry"),
        ("Ngân hàng Nhà nước", "Ngân hàng Nhà nước Việt Nam", "ministry"),
        ("VPCP", "Văn phòng Chính phủ", "ministry"),
        ("Uỷ ban Dân tộc", "Ủy ban Dân tộc", "ministry"),
        ("Chính phủ", "Chính phủ", "government"),
        ("Bộ Chính trị", "Bộ Chính trị", "party"),
        ("Ban Bí thư", "Ban Bí thư", "party"),
        ("Ủy ban Thường vụ Quốc hội", "Ủy ban Thường vụ Quốc hội", "national_assembly"),
        ("UBND tỉnh Đồng Tháp", "Ủy ban nhân dân tỉnh Đồng Tháp", "province"),
        ("UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "province"),
        ("HĐND thành phố Hà Nội", "Hội đồng nhân dân Thành phố Hà Nội", "province"),
        ("Sở KH&CN tỉnh Đồng Tháp", "Sở Khoa học và Công nghệ tỉnh Đồng Tháp", "department"),
        ("Tỉnh ủy Thanh Hóa", "Tỉnh ủy Thanh Hóa", "party"),
        ("Tỉnh đoàn Hà Tĩnh", "Tỉnh đoàn Hà Tĩnh", "party"),
        ("Ban Chấp hành Đảng bộ tỉnh Lào Cai", "Ban Chấp hành Đảng bộ tỉnh Lào Cai", "party"),
        ("Tổng cục Hải quan", "Tổng cục Hải quan", "department"),
        ("Vụ Tài chính - Kinh tế ngành", "Vụ Tài chính - Kinh tế ngành", "department"),
        ("các bộ, ngành, địa phương", "nhóm: các bộ, ngành, địa phương", "group"),
        ("các Bộ, cơ quan ngang Bộ", "nhóm: các bộ, cơ quan ngang bộ", "group"),
        ("Bộ trưởng Bộ Công an", "Bộ trưởng Bộ Công an", "person_title"),
        (
            "Ban Chấp hành Trung ương Đoàn",
            "Ban Chấp hành Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
            "association",
        ),
        ("Tổng Kiểm toán Nhà nước", "Tổng Kiểm toán nhà nước", "person_title"),
    ],
)
def test_canonical_name(knowledge: Knowledge, written: str, canonical: str, kind: str) -> None:
    assert canonical_name(written, knowledge.agencies) == (canonical, kind)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "...",
        "bộ hồ sơ",
        "Luật Đất đai",
        "Nguyễn Văn An",
        "Bộ Tài chính và Nguyễn Văn An",
        "cơ sở dữ liệu",
        "Bộ luật Dân sự",
    ],
)
def test_what_is_not_wholly_a_body_has_no_canonical_name(knowledge: Knowledge, written: str) -> None:
    assert canonical_name(written, knowledge.agencies) is None


@pytest.mark.parametrize(
    ("written", "context", "canonical"),
    [
        ("UBND tỉnh", "Sở Y tế tỉnh Đồng Tháp", "Ủy ban nhân dân tỉnh Đồng Tháp"),
        ("UBND Thành phố", "Ủy ban nhân dân Thành phố Hà Nội", "Ủy ban nhân dân Thành phố Hà Nội"),
        ("UBND tỉnh", "Bộ Y tế", "Ủy ban nhân dân tỉnh"),
        ("Tỉnh ủy", "Ủy ban nhân dân tỉnh Thanh Hóa", "Tỉnh ủy Thanh Hóa"),
    ],
)
def test_a_place_left_out_is_the_issuers(knowledge: Knowledge, written: str, context: str, canonical: str) -> None:
    named = canonical_name(written, knowledge.agencies, context=context)
    assert named is not None
    assert named[0] == canonical


@pytest.mark.parametrize(
    ("canonical", "province"),
    [
        ("Sở Y tế tỉnh Đồng Tháp", "tỉnh Đồng Tháp"),
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Thành ủy Hà Nội", "Thành phố Hà Nội"),
        ("Thành ủy Đà Nẵng", "thành phố Đà Nẵng"),
        ("Bộ Y tế", None),
        ("Ủy ban nhân dân các tỉnh", None),
    ],
)
def test_province_of(knowledge: Knowledge, canonical: str, province: str | None) -> None:
    assert province_of(canonical, knowledge.agencies) == province


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("BCT", None, "Bộ Công Thương"),
        ("BKHĐT", "2021-05-01", "Bộ Kế hoạch và Đầu tư"),
        ("BKHDĐT", "2021-05-01", "Bộ Kế hoạch và Đầu tư"),
        ("VPCP", "2025-05-01", "Văn phòng Chính phủ"),
    ],
)
def test_by_code(knowledge: Knowledge, code: str, on: str | None, name: str) -> None:
    row = by_code(code, knowledge.agencies, on)
    assert row is not None
    assert row.name == name


def test_a_code_nobody_has(knowledge: Knowledge) -> None:
    assert by_code("QLKTTWX", knowledge.agencies) is None


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["BỘ CÔNG THƯƠNG"], "Bộ Công Thương"),
        (["UBND TỈNH ĐỒNG THÁP", "SỞ Y TẾ"], "Sở Y tế tỉnh Đồng Tháp"),
        (["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH"], "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        (["ĐẢNG ỦY CHÍNH PHỦ", "VĂN PHÒNG"], "Văn phòng Đảng ủy Chính phủ"),
        (["BỘ TÀI CHÍNH", "TỔNG CỤC THUẾ"], "Tổng cục Thuế"),
        (["**ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG**"], "Ủy ban nhân dân tỉnh Lâm Đồng"),
        (["ĐẢNG BỘ TỈNH HÀ TĨNH", "TỈNH ỦY"], "Tỉnh ủy Hà Tĩnh"),
        (["ĐẢNG BỘ THÀNH PHỐ HÀ NỘI", "BAN THƯỜNG VỤ"], "Ban Thường vụ Thành ủy Hà Nội"),
        (["TỈNH ỦY ĐỒNG NAI", "UỶ BAN KIỂM TRA"], "Ủy ban Kiểm tra Tỉnh ủy Đồng Nai"),
        (["TỈNH ỦY ĐỒNG NAI", "BAN TUYÊN GIÁO VÀ DÂN VẬN"], "Ban Tuyên giáo và Dân vận Tỉnh ủy Đồng Nai"),
        (["TỈNH ỦY ĐỒNG NAI", "ỦY BAN KIỂM TRA TRUNG ƯƠNG"], "Ủy ban Kiểm tra Trung ương"),
        (["ĐẢNG ỦY XÃ TÂN LẬP", "BAN XÂY DỰNG ĐẢNG"], "Ban Xây dựng Đảng xã Tân Lập"),
        (["CHÍNH PHỦ"], "Chính phủ"),
        (["THỦ TƯỚNG CHÍNH PHỦ"], "Thủ tướng Chính phủ"),
    ],
    ids=lambda value: " / ".join(value) if isinstance(value, list) else value,
)
def test_issuer_name(knowledge: Knowledge, lines: list[str], issuer: str) -> None:
    named = issuer_name(lines, knowledge.agencies)
    assert named is not None
    assert named[0] == issuer


@pytest.mark.parametrize("lines", [[], [""], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 12/QĐ-UBND"]], ids=str)
def test_lines_that_name_no_issuer(knowledge: Knowledge, lines: list[str]) -> None:
    assert issuer_name(lines, knowledge.agencies) is None


# ---- who answers today ----


@pytest.mark.parametrize(
    ("canonical", "on", "today"),
    [
        ("Bộ Kế hoạch và Đầu tư", "2024-01-01", ("Bộ Tài chính",)),
        (
            "Bộ Giao thông vận tải",
            "2020-01-01",
            ("Bộ Xây dựng", "Bộ Công an (sát hạch, cấp giấy phép lái xe)"),
        ),
        ("Bộ Nông nghiệp và Phát triển nông thôn", "2024-06-01", ("Bộ Nông nghiệp và Môi trường",)),
        ("Bộ Thương mại", "2006-01-01", ("Bộ Công Thương",)),
        ("Bộ Công nghiệp", "2006-01-01", ("Bộ Công Thương",)),
        ("Bộ Thủy sản", "2006-01-01", ("Bộ Nông nghiệp và Môi trường",)),
        ("Bộ Nội vụ", "1990-01-01", ("Bộ Công an",)),
        ("Bộ Nội vụ", "2024-01-01", ()),
        ("Bộ Công Thương", "2024-01-01", ()),
        ("Chính phủ", None, ()),
        ("Ủy ban nhân dân tỉnh Tiền Giang", "2024-01-01", ("Ủy ban nhân dân tỉnh Đồng Tháp",)),
        ("Ủy ban nhân dân tỉnh Đồng Tháp", "2024-01-01", ()),
        ("Sở Kế hoạch và Đầu tư tỉnh Nghệ An", "2024-01-01", ("Sở Tài chính tỉnh Nghệ An",)),
        ("Sở Giao thông vận tải tỉnh Bình Dương", "2024-01-01", ("Sở Xây dựng Thành phố Hồ Chí Minh",)),
        ("Tỉnh ủy Hà Nam", "2024-01-01", ("Tỉnh ủy Ninh Bình",)),
        ("Bộ trưởng Bộ Kế hoạch và Đầu tư", "2024-01-01", ("Bộ trưởng Bộ Tài chính",)),
        ("nhóm: các bộ, ngành, địa phương", None, ()),
        ("Một cơ quan không ai biết", None, ()),
    ],
)
def test_successors(knowledge: Knowledge, canonical: str, on: str | None, today: tuple[str, ...]) -> None:
    assert successors(canonical, knowledge.agencies, on) == today


def test_a_body_divided_by_field_has_several_successors(knowledge: Knowledge) -> None:
    today = successors("Bộ Lao động - Thương binh và Xã hội", knowledge.agencies, "2024-01-01")
    assert len(today) > 1
    assert any(name.startswith("Bộ Nội vụ") for name in today)


def test_every_successor_exists_today(knowledge: Knowledge) -> None:
    known = knowledge.agencies
    for row in known.agencies:
        for name in successors(row.name, known, row.valid_from or "1945-09-02"):
            assert not successors(name.partition(" (")[0], known), f"{row.name}: {name} is gone itself"


def test_provinces_are_34_and_cover_the_old_63(knowledge: Knowledge) -> None:
    rows = knowledge.agencies.provinces
    today = {row.name for row in rows if not row.valid_to}
    assert len(today) == 34
    merged = [row for row in rows if row.valid_to == "2025-07-01"]
    assert len(merged) == 29
    assert all(set(row.merged_into) <= today for row in merged)


def test_the_head_of_a_general_department_heads_a_department_today(knowledge: Knowledge) -> None:
    head = successors("Tổng cục trưởng Tổng cục Thuế", knowledge.agencies, "2024-01-01")
    assert head == ("Cục trưởng Cục Thuế",)
