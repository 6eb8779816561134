"""A server of the Model Context Protocol with three read-only tools: extract, search, audit.

It speaks over standard input and output and opens no port. Files are read only below the folders it was given.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnlegal.errors import MissingExtra, UnreadableFile, VnlegalError
from vnlegal.index import Filters, open_index
from vnlegal.index.model import Role
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.pipeline import analyze
from vnlegal.readers import read
from vnlegal.records import Status

AUDITS = ("laws", "deadlines", "counts", "citations", "replies", "outline")
_MOST_ROWS = 100
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Desk:
    """What the server may see: folders of documents, an index of obligations, the user's knowledge."""

    folders: tuple[Path, ...] = ()
    database: str | None = None
    knowledge: Path | None = None

    def extract(self, path: str = "", text: str = "") -> dict[str, Any]:
        """Return citations, agencies, tasks, relations and findings of a document: a file, or a text.

        Raises `VnlegalError` where the file may not be read or cannot be.
        """
        if bool(path) == bool(text):
            raise VnlegalError("cần đúng một trong hai: path hoặc text", next_step="đưa đường dẫn, hoặc nguyên văn")
        source = read(self._allowed(path)) if path else text
        found = analyze(source, knowledge=self._known())
        return json.loads(found.model_dump_json(exclude={"text"}))  # type: ignore[no-any-return]

    def search(
        self,
        query: str = "",
        agency: str | None = None,
        role: Role | None = None,
        status: Status | None = None,
        due_after: str | None = None,
        due_before: str | None = None,
        overdue_on: str | None = None,
        law: str | None = None,
        under: str | None = None,
        document: str | None = None,
        limit: int = 20,
    ) -> dict[str, Any]:
        """Return the obligations that match, the best first. Raises `VnlegalError` where there is no index."""
        if self.database is None:
            raise VnlegalError("chưa có chỉ mục", next_step="chạy vnlegal mcp --db URL, sau vnlegal index add")
        with open_index(self.database, create=False) as index:
            filters = Filters(
                agency=agency, role=role, status=status, due_after=due_after, due_before=due_before,
                overdue_on=overdue_on, law=law, under=under, document=document,
            )  # fmt: skip
            page = index.search(query, filters=filters, limit=max(1, min(limit, _MOST_ROWS)))
            return {"total": page.total, "rows": [hit.as_json() for hit in page]}

    def audit(self, path: str, kind: str = "deadlines", as_of: str | None = None) -> dict[str, Any]:
        """Return an audit of a document or a folder, made by `vnlegal audit` in a process of its own.

        Raises `VnlegalError` for an audit that does not exist, a day that is none, or documents that cannot be read.
        """
        if kind not in AUDITS:
            raise VnlegalError(f"không có kiểm tra {kind}", next_step=f"chọn {', '.join(AUDITS)}")
        command = [sys.executable, "-m", "vnlegal", "audit", kind, str(self._allowed(path)), "--format", "json"]
        if as_of is not None:
            command += ["--as-of", as_of]
        if self.knowledge is not None:
            command += ["--knowledge", str(self.knowledge)]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise VnlegalError(f"kiểm tra quá {_SECONDS} giây", next_step="chọn thư mục nhỏ hơn") from error
        try:
            found = json.loads(done.stdout)
        except ValueError as error:
            reason = done.stderr.strip().rpartition("\n")[2].removeprefix("vnlegal: ")
            raise VnlegalError(reason or "không kiểm tra được", next_step="") from error
        return found if isinstance(found, dict) else {"rows": found}

    def _allowed(self, path: str) -> Path:
        """Return a path below one of the folders. Raises `UnreadableFile` for any other, without saying if it is."""
        wanted = Path(path.replace("\0", ""))
        for folder in self.folders:
            place = (folder / wanted).resolve()
            if place.is_relative_to(folder.resolve()) and place.exists():
                return place
        raise UnreadableFile(f"{path}: không có trong các thư mục được đọc", next_step="chạy vnlegal mcp --root DIR")

    def _known(self) -> Knowledge:
        return load_knowledge(self.knowledge)


def make_server(desk: Desk) -> Any:
    """Return the server, ready to `run()`. Raises `MissingExtra` where the protocol's library is not installed."""
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingExtra("máy chủ MCP cần thư viện mcp", next_step='pip install "vnlegal[mcp]"') from error
    server: Any = MCPServer(
        name="vnlegal",
        instructions="Đọc văn bản hành chính, pháp luật Việt Nam: viện dẫn, nhiệm vụ, thời hạn. Chỉ đọc, không ghi.",
    )
    reading = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for tool, told in (
        (desk.extract, "Viện dẫn, cơ quan, nhiệm vụ, điểm cần xem của một văn bản (tệp hoặc nguyên văn)."),
        (desk.search, "Tìm nhiệm vụ trong chỉ mục: ai phải làm gì, trước ngày nào, theo văn bản nào."),
        (desk.audit, f"Kiểm tra một văn bản hay thư mục: {', '.join(AUDITS)}."),
    ):
        server.add_tool(tool, description=told, annotations=reading)
    return server
