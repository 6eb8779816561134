"""`vnlegal mcp`: the tools extract, search and audit for programs that speak the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

from vnlegal.cli.base import Command, knowledge_option
from vnlegal.cli.own import knowledge_of


@click.command(cls=Command, example="vnlegal mcp --root congvan/ --db vnlegal.db")
@click.option(
    "--root", "roots", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Thư mục được đọc; ghi được nhiều lần. Ngoài các thư mục này không đọc gì.",
)  # fmt: skip
@click.option("--db", metavar="URL", help="Chỉ mục để tìm (tạo bằng vnlegal index add).")
@knowledge_option
def mcp(roots: tuple[Path, ...], db: str | None, knowledge: Path | None) -> None:
    """Chạy máy chủ MCP chỉ đọc qua đầu vào, đầu ra chuẩn; không mở cổng mạng nào."""
    knowledge_of(knowledge)
    from vnlegal.mcp_server import Desk, make_server

    make_server(Desk(tuple(root.absolute() for root in roots), db, knowledge)).run()
