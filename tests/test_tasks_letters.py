"""Tasks in letters and notices: opinions, lists of bodies under one head, duties in one sentence, guidance."""

from __future__ import annotations

import pytest

from tests.tasked import PROVINCE_LETTER, told
from vnlegal.knowledge import Knowledge

Row = tuple[str, list[str]]


OPINION = "Sau khi xem xét, Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:\n\n"

TOLD = "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n\n"

ORDERS = [
    pytest.param(
        OPINION + "Sở Công Thương hướng dẫn Ban Quản lý chợ Vinh thực hiện theo quy định.",
        [("hướng dẫn Ban Quản lý chợ Vinh thực hiện theo quy định", ["Sở Công Thương"])],
        id="a paragraph behind an opinion",
    ),
    pytest.param(
        "Sở Công Thương hướng dẫn Ban Quản lý chợ Vinh thực hiện theo quy định.",
        [],
        id="the same words without an opinion only tell",
    ),
    pytest.param(
        OPINION + "Sở Công Thương đã hướng dẫn Ban Quản lý chợ Vinh thực hiện theo quy định.",
        [],
        id="what was done",
    ),
    pytest.param(
        "Sở Công Thương cần rà soát hồ sơ của các chợ.",
        [("rà soát hồ sơ của các chợ", ["Sở Công Thương"])],
        id="a body needs to do something",
    ),
    pytest.param("Doanh nghiệp cần rà soát hồ sơ của mình.", [], id="what anybody needs to do"),
    pytest.param(
        "Ủy ban nhân dân các xã có trách nhiệm kiểm tra các chợ trên địa bàn; Sở Công Thương hướng dẫn các hộ kinh "
        "doanh đăng ký.",
        [
            ("kiểm tra các chợ trên địa bàn", ["nhóm: UBND các xã"]),
            ("hướng dẫn các hộ kinh doanh đăng ký", ["Sở Công Thương"]),
        ],
        id="each clause has its body",
    ),
    pytest.param(
        "Ủy ban nhân dân các xã có trách nhiệm kiểm tra các chợ trên địa bàn; hướng dẫn các hộ kinh doanh đăng ký.",
        [
            (
                "kiểm tra các chợ trên địa bàn; hướng dẫn các hộ kinh doanh đăng ký",
                ["nhóm: UBND các xã"],
            )
        ],
        id="a clause without a body goes on",
    ),
    pytest.param(
        "Giao các Sở: Công Thương, Tài chính và Xây dựng có ý kiến về giá thuê chợ.",
        [("có ý kiến về giá thuê chợ", ["Sở Công Thương", "Sở Tài chính", "Sở Xây dựng"])],
        id="departments under one head",
    ),
    pytest.param(
        "Yêu cầu Giám đốc các Sở: Nội vụ, Tư pháp khẩn trương hoàn thiện hồ sơ.",
        [("khẩn trương hoàn thiện hồ sơ", ["Giám đốc Sở Nội vụ", "Giám đốc Sở Tư pháp"])],
        id="directors under one head",
    ),
    pytest.param(
        "Yêu cầu Giám đốc các sở, ban, ngành khẩn trương hoàn thiện hồ sơ.",
        [("khẩn trương hoàn thiện hồ sơ", ["nhóm: giám đốc các sở, ban, ngành"])],
        id="directors of a group",
    ),
    pytest.param(
        "Đề nghị các cơ quan, đơn vị và các hộ gia đình trên địa bàn treo cờ Tổ quốc trong ngày 02/9/2026.",
        [
            (
                "treo cờ Tổ quốc",
                ["nhóm: các cơ quan, đơn vị", "nhóm: các hộ gia đình trên địa bàn"],
            )
        ],
        id="households are asked too",
    ),
    pytest.param(
        "Đề nghị các cơ sở đào tạo trực thuộc Sở nghiêm túc thực hiện kế hoạch tuyển sinh.",
        [("nghiêm túc thực hiện kế hoạch tuyển sinh", ["nhóm: các cơ sở đào tạo trực thuộc Sở"])],
        id="training is part of a name",
    ),
    pytest.param(
        "Đề nghị các cơ quan tiến hành tố tụng tiến hành rà soát các vụ án.",
        [("tiến hành rà soát các vụ án", ["nhóm: các cơ quan tiến hành tố tụng"])],
        id="proceedings are part of a name",
    ),
    pytest.param(
        "Để hoàn thành kế hoạch năm, ngành Công Thương cần tập trung thực hiện các nhiệm vụ sau:\n"
        "1. Tập trung rà soát quy hoạch chợ.\n2. Ban Quản lý chợ Vinh phải lập hồ sơ từng hộ kinh doanh.",
        [
            ("Tập trung rà soát quy hoạch chợ", ["nhóm: ngành Công Thương"]),
            ("lập hồ sơ từng hộ kinh doanh", ["Ban Quản lý chợ Vinh"]),
        ],
        id="a branch called by its field",
    ),
    pytest.param(
        "Để hoàn thành kế hoạch năm, ngành cần tập trung rà soát quy hoạch chợ.",
        [],
        id="a branch without a name",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương:\na) Tổng hợp tình hình hoạt động của các chợ;\n"
        "phối hợp với Sở Tài chính trong việc rà soát giá thuê.\nb) Kiểm tra các chợ.",
        [
            ("Tổng hợp tình hình hoạt động của các chợ", ["Sở Công Thương"]),
            ("phối hợp với Sở Tài chính trong việc rà soát giá thuê", ["Sở Công Thương"]),
            ("Kiểm tra các chợ", ["Sở Công Thương"]),
        ],
        id="an item that a page breaks behind a semicolon",
    ),
    pytest.param(
        "Yêu cầu Sở Công Thương:\na) Rà soát các chợ; xây dựng phương án di dời, báo cáo Thường trực Tỉnh ủy trước "
        "khi ban hành; hoàn thành trước ngày 10/12/2025.\nb) Kiểm tra các chợ.",
        [
            (
                "Rà soát các chợ; xây dựng phương án di dời, báo cáo Thường trực Tỉnh ủy",
                ["Sở Công Thương"],
            ),
            ("Kiểm tra các chợ", ["Sở Công Thương"]),
        ],
        id="what comes before something does not part a task",
    ),
    pytest.param(
        "Đề nghị Cục Thuế tỉnh Nghệ An căn cứ quy định nêu trên và đối chiếu với hồ sơ thực tế, hướng dẫn Công ty nộp "
        "phí chợ.",
        [("hướng dẫn Công ty nộp phí chợ", ["Cục Thuế tỉnh Nghệ An"])],
        id="an action behind its grounds",
    ),
    pytest.param(
        "Đề nghị Cục Thuế tỉnh Nghệ An căn cứ tình hình thực tế của từng chợ để hướng dẫn Công ty nộp phí.",
        [("hướng dẫn Công ty nộp phí", ["Cục Thuế tỉnh Nghệ An"])],
        id="an action behind its grounds and a purpose",
    ),
    pytest.param(
        "Giao Sở Tài chính căn cứ Kế hoạch của Ủy ban nhân dân tỉnh bố trí kinh phí sửa chợ.",
        [("bố trí kinh phí sửa chợ", ["Sở Tài chính"])],
        id="an action behind the body whose plan it rests on",
    ),
    pytest.param(
        "Giao Sở Tài chính theo chức năng, nhiệm vụ được giao bố trí kinh phí sửa chợ.",
        [("bố trí kinh phí sửa chợ", ["Sở Tài chính"])],
        id="an action behind its scope",
    ),
    pytest.param(
        "Đề nghị Công ty liên hệ với cơ quan thuế quản lý trực tiếp để được hướng dẫn.",
        [("liên hệ với cơ quan thuế quản lý trực tiếp để được hướng dẫn", ["nhóm: công ty"])],
        id="to get in touch is an action",
    ),
    pytest.param(
        "Các Tòa án cần rà soát các vụ án tạm đình chỉ.",
        [("rà soát các vụ án tạm đình chỉ", ["nhóm: các Tòa án"])],
        id="courts",
    ),
    pytest.param("Các bên cần rà soát hợp đồng.", [], id="parties"),
    pytest.param(
        "Để sẵn sàng khai trương, Ủy ban nhân dân tỉnh yêu cầu các đơn vị:\n1. Kiểm tra hệ thống điện của chợ.",
        [("Kiểm tra hệ thống điện của chợ", ["nhóm: các đơn vị"])],
        id="units that are asked, not counted",
    ),
    pytest.param(
        "Hệ thống báo cáo gồm các đơn vị:\n1. Kiểm tra hệ thống điện của chợ.",
        [],
        id="units that are counted",
    ),
    pytest.param(
        "Nhận được Công văn này, UBND các xã, phường khẩn trương rà soát các chợ tạm.",
        [("khẩn trương rà soát các chợ tạm", ["nhóm: UBND các xã, phường"])],
        id="who is told to hurry",
    ),
    pytest.param("Thời gian qua, UBND các xã, phường đã khẩn trương rà soát các chợ tạm.", [], id="who hurried"),
    pytest.param(
        "Yêu cầu Ủy ban nhân dân các huyện Quỳ Châu, Con Cuông kiểm tra các chợ phiên.",
        [("kiểm tra các chợ phiên", ["Ủy ban nhân dân huyện Quỳ Châu", "Ủy ban nhân dân huyện Con Cuông"])],
        id="districts by their names",
    ),
    pytest.param(
        "Yêu cầu chủ đầu tư tập trung nhân lực, hoàn thành chợ trước ngày 20/12/2025.",
        [("tập trung nhân lực, hoàn thành chợ", ["nhóm: chủ đầu tư"])],
        id="to concentrate is an action",
    ),
    pytest.param(
        "Về việc này, UBND tỉnh có ý kiến như sau:\n\n- Bộ Chỉ huy quân sự tỉnh: chuẩn bị lực lượng.\n\n"
        "- Sở Công Thương chụp ảnh lưu niệm.",
        [
            ("chuẩn bị lực lượng", ["Bộ Chỉ huy quân sự tỉnh Nghệ An"]),
            ("chụp ảnh lưu niệm", ["Sở Công Thương"]),
        ],
        id="the opinion of a committee",
    ),
    pytest.param(
        "Về việc này, Bộ Tài chính có ý kiến như sau:\n\n1. Doanh nghiệp nộp thuế theo quy định của Luật Quản lý thuế.",
        [],
        id="the opinion of a ministry on the law",
    ),
    pytest.param(
        "1. Đề nghị Sở Tài chính rà soát nguồn kinh phí.\n\n2. UBND các xã tuyên truyền đến người dân.\n\n"
        "3. Bộ Tài chính đã có hướng dẫn tại Công văn số 12/BTC-NSNN.",
        [("rà soát nguồn kinh phí", ["Sở Tài chính"]), ("tuyên truyền đến người dân", ["nhóm: UBND các xã"])],
        id="items after one that asks",
    ),
    pytest.param(
        "1. UBND các xã tuyên truyền đến người dân về quản lý chợ.\n\n2. Chợ Vinh xây dựng năm 1990.",
        [],
        id="items that tell what is",
    ),
    pytest.param(
        "Yêu cầu Vụ trưởng các Vụ, Cục trưởng các Cục thuộc Bộ phổ biến Công văn này.",
        [("phổ biến Công văn này", ["nhóm: vụ trưởng các vụ", "nhóm: cục trưởng các cục"])],
        id="heads of two kinds of bodies",
    ),
    pytest.param(
        "Yêu cầu Hiệu trưởng các trường trung học phổ thông, Trưởng phòng Giáo dục và Đào tạo các huyện kiểm tra.",
        [
            (
                "kiểm tra",
                [
                    "nhóm: hiệu trưởng các trường trung học phổ thông",
                    "nhóm: trưởng phòng Giáo dục và Đào tạo các huyện",
                ],
            )
        ],
        id="an action within a name",
    ),
    pytest.param(
        "Chánh án Tòa án nhân dân tối cao yêu cầu Chánh án Tòa án các cấp thực hiện nghiêm túc Chỉ thị này.",
        [("thực hiện nghiêm túc Chỉ thị này", ["nhóm: chánh án Tòa án các cấp"])],
        id="the heads of courts",
    ),
    pytest.param(
        TOLD + "1. Trạm Kiểm dịch thực vật nội địa theo dõi sâu bệnh.\n\n2. Bưu điện tỉnh chuyển phát hồ sơ.\n\n"
        "3. Trường hợp có sâu bệnh lây lan theo quy định.",
        [
            ("theo dõi sâu bệnh", ["Trạm Kiểm dịch thực vật nội địa"]),
            ("chuyển phát hồ sơ", ["Bưu điện tỉnh"]),
        ],
        id="bodies that only their kind tells",
    ),
    pytest.param(
        TOLD + "1. Sở Tài chính - cơ quan thường trực Ban vì sự tiến bộ phụ nữ tỉnh giúp Ban theo dõi tình hình.\n\n"
        "2. Ban vì sự tiến bộ phụ nữ các sở, ban, ngành xây dựng kế hoạch.",
        [
            ("giúp Ban theo dõi tình hình", ["Sở Tài chính"]),
            ("xây dựng kế hoạch", ["nhóm: ban vì sự tiến bộ phụ nữ các sở, ban, ngành"]),
        ],
        id="a body by its office, the committees of others",
    ),
    pytest.param(
        TOLD + "Đơn vị công tác: ……………\n1. Kiểm tra hệ thống điện của chợ.",
        [],
        id="a field of a form",
    ),
    pytest.param(
        "Yêu cầu UBND các xã, phường ven biển, các cơ quan, đơn vị liên quan hướng dẫn tàu thuyền.",
        [("hướng dẫn tàu thuyền", ["nhóm: UBND các xã, phường", "nhóm: các cơ quan, đơn vị liên quan"])],
        id="a list goes on behind where they lie",
    ),
    pytest.param(
        "Yêu cầu các Ban QLDA chuyên ngành tỉnh báo cáo tình hình giải ngân theo đề nghị của Bộ Tài chính.",
        [
            (
                "báo cáo tình hình giải ngân theo đề nghị của Bộ Tài chính",
                ["nhóm: các Ban QLDA chuyên ngành tỉnh"],
            )
        ],
        id="on whose request",
    ),
    pytest.param(
        "Yêu cầu Trưởng các ban, ngành, đơn vị cấp tỉnh, Giám đốc các Ban Quản lý dự án chuyên ngành, khu vực, các chủ "
        "đầu tư rà soát kế hoạch.",
        [
            (
                "rà soát kế hoạch",
                [
                    "nhóm: trưởng các ban, ngành, đơn vị cấp tỉnh",
                    "nhóm: giám đốc các Ban Quản lý dự án chuyên ngành",
                    "nhóm: các chủ đầu tư",
                ],
            )
        ],
        id="heads of boards that manage projects",
    ),
    pytest.param(
        "Theo đó, yêu cầu các sở, ban, ngành; UBND các xã, phường rà soát các chợ tạm.",
        [("rà soát các chợ tạm", ["nhóm: các sở, ban, ngành", "nhóm: UBND các xã, phường"])],
        id="a list with semicolons behind an opening",
    ),
    pytest.param(
        "Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Công văn này.",
        [("theo dõi, đôn đốc việc thực hiện Công văn này", ["Văn phòng Tỉnh ủy Nghệ An"])],
        id="who sees to it",
    ),
    pytest.param(
        "Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện quy chế chợ hằng năm.", [], id="who does it always"
    ),
    pytest.param(
        "Các cơ quan, đơn vị sau đây chịu trách nhiệm thực hiện Kế hoạch:\n\n1. Sở Công Thương kiểm tra các chợ."
        "\n\n2. Trạm Kiểm dịch thực vật nội địa theo dõi sâu bệnh.",
        [("kiểm tra các chợ", ["Sở Công Thương"]), ("theo dõi sâu bệnh", ["Trạm Kiểm dịch thực vật nội địa"])],
        id="bodies that are said to have duties",
    ),
]


@pytest.mark.parametrize(("body", "wanted"), ORDERS)
def test_who_is_told_what(body: str, wanted: list[Row], knowledge: Knowledge) -> None:
    assert told(PROVINCE_LETTER.format(body), knowledge) == wanted
