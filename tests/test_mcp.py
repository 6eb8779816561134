"""The read-only server for programs that speak the Model Context Protocol."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest

from vnlegal.errors import VnlegalError

pytest.importorskip("mcp", reason="needs mcp")
pytest.importorskip("sqlalchemy", reason="needs SQLAlchemy")

from vnlegal.mcp_server import Desk

GOLD = Path(__file__).parent.parent / "corpora" / "gold"


def test_extract_reads_a_text_and_a_file_below_the_root() -> None:
    desk = Desk((GOLD,))
    assert desk.extract(text="Căn cứ Nghị định số 88/2025/NĐ-CP;")["citations"][0]["target"] == "88/2025/NĐ-CP"
    assert desk.extract(path="cv_byt_2026.txt")["tasks"]


@pytest.mark.parametrize("path", ["../bars.toml", "/etc/passwd", "nothing.txt", "a\0b"])
def test_nothing_outside_the_root_is_read(path: str) -> None:
    with pytest.raises(VnlegalError):
        Desk((GOLD,)).extract(path=path)


def test_audit_knows_its_kinds() -> None:
    with pytest.raises(VnlegalError, match="không có kiểm tra"):
        Desk((GOLD,)).audit("cv_byt_2026.txt", kind="rm -rf")


def test_search_says_that_there_is_no_index() -> None:
    with pytest.raises(VnlegalError, match="chưa có chỉ mục"):
        Desk((GOLD,)).search("báo cáo")


@pytest.mark.slow
def test_a_client_lists_and_calls_the_tools() -> None:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def talk() -> tuple[list[str], Any]:
        server = StdioServerParameters(command=sys.executable, args=["-m", "vnlegal", "mcp", "--root", str(GOLD)])
        async with stdio_client(server) as (source, sink), ClientSession(source, sink) as session:
            await session.initialize()
            tools = await session.list_tools()
            answer = await session.call_tool("audit", {"path": "bc_bnnmt_2026.txt", "kind": "counts"})
            return [tool.name for tool in tools.tools], answer

    names, answer = asyncio.run(asyncio.wait_for(talk(), 60))
    assert names == ["extract", "search", "audit"]
    assert "rows" in answer.content[0].text
