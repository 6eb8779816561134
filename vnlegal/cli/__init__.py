"""The command line. Each command has a module of its own, imported when it is called."""

from __future__ import annotations

import click

from vnlegal.cli.base import Group

COMMANDS = {
    "extract": ("vnlegal.cli.extract:extract", "Tìm viện dẫn, nhiệm vụ, cơ quan trong văn bản (việc chính)."),
    "outline": ("vnlegal.cli.outline:outline", "Bố cục văn bản: phần, mục, điều, khoản, bảng, chú thích."),
    "text": ("vnlegal.cli.text:text", "In nguyên văn đúng như các vị trí được đếm."),
    "page": ("vnlegal.cli.page:page", "Vẽ một trang PDF hoặc bản quét, đóng khung viện dẫn và thời hạn."),
    "evaluate": ("vnlegal.cli.evaluate:evaluate", "Chấm điểm trên văn bản đã đánh dấu tay."),
    "graph": ("vnlegal.cli.graph:graph", "Đồ thị quan hệ giữa các văn bản: dựng, xuất, xem bằng trình duyệt."),
    "audit": ("vnlegal.cli.audit:audit", "Kiểm tra nhiều văn bản: luật nào còn thiếu nghị định, thông tư."),
    "index": ("vnlegal.cli.index:index", "Chỉ mục nhiệm vụ của nhiều văn bản: thêm, bỏ, đếm, kiểm tra."),
    "search": ("vnlegal.cli.search:search", "Tìm trong chỉ mục: ai phải làm gì, hạn nào, theo văn bản nào."),
    "review": ("vnlegal.cli.review:review", "Trang duyệt trong trình duyệt: xem, sửa, ký duyệt những gì tìm được."),
    "export": ("vnlegal.cli.export:export", "Xuất Excel, lịch, Word có ghi chú, phiếu xử lý, dữ liệu huấn luyện."),
    "import": ("vnlegal.cli.importing:import_", "Nhận lại bảng Excel đã sửa, nhãn đã gán."),
    "mcp": ("vnlegal.cli.mcp:mcp", "Máy chủ MCP chỉ đọc: extract, search, audit."),
    "doctor": ("vnlegal.cli.doctor:doctor", "Xem phần tùy chọn nào đã có, phần nào thiếu, cách cài."),
}


@click.group(
    cls=Group,
    lazy=COMMANDS,
    example="vnlegal extract congvan.txt",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="vnlegal", prog_name="vnlegal", help="Hiện số phiên bản.")
def main() -> None:
    """Đọc văn bản hành chính, pháp luật Việt Nam: viện dẫn văn bản nào, ai phải làm gì, với ai, trước ngày nào."""
