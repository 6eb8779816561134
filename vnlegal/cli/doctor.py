"""`vnlegal doctor`: which optional parts are there, what each is for, and how to get the missing ones."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from vnlegal.cli.base import Command, knowledge_option
from vnlegal.cli.own import knowledge_of
from vnlegal.readers import cache_folder
from vnlegal.readers.programs import find, run


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is there and which version, what it is for, how to get it."""

    name: str
    use: str
    found: str | None
    install: str
    required: bool = False


@click.command(cls=Command, example="vnlegal doctor")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", help="Dạng kết quả.")
@knowledge_option
def doctor(form: str, knowledge: Path | None) -> None:
    """Xem phần tùy chọn nào đã có, phần nào thiếu, cách cài phần thiếu."""
    knowledge_of(knowledge)
    parts = list(_parts())
    if form == "json":
        click.echo(json.dumps([asdict(part) for part in parts], ensure_ascii=False, indent=1))
        return
    width = max(len(part.name) for part in parts)
    for part in parts:
        state = "có   " if part.found else "THIẾU" if part.required else "chưa "
        click.echo(f"{state} {part.name:<{width}}  {part.use}{f' · {part.found}' if part.found else ''}")
        if not part.found:
            click.echo(f"      {'':<{width}}  cài: {part.install}")
    click.echo(f"      {'bộ nhớ đệm OCR':<{width}}  {cache_folder() or 'không dùng'} (đổi bằng biến VNLEGAL_CACHE)")
    if knowledge is not None:
        click.echo(f"có    tri thức riêng: {knowledge}")


def _parts() -> Iterator[Part]:
    """Yield every part, the required ones first."""
    python = platform.python_version() if sys.version_info >= (3, 11) else None
    yield Part("Python", "chạy chương trình (từ 3.11)", python, "https://www.python.org/downloads/", required=True)
    for name, use in (
        ("pydantic", "bản ghi kết quả"),
        ("click", "dòng lệnh"),
        ("rich", "bảng trên màn hình"),
        ("holidays", "ngày nghỉ lễ, để tính ngày làm việc"),
    ):
        yield Part(name, use, _package(name), f"pip install {name}", required=True)
    for package in _PACKAGES:
        yield Part(package.name, package.use, _package(package.name), f'pip install "vnlegal[{package.extra}]"')
    yield Part("console UTF-8", "chữ Việt trên màn hình", _console(), "chcp 65001 (Windows), hoặc đặt PYTHONUTF8=1")
    for tool in _TOOLS:
        yield Part(tool.name, tool.use, tool.look(), tool.install[_system()])


@dataclass(frozen=True, slots=True)
class Package:
    """An optional library, the extra that brings it, and what it is for."""

    name: str
    extra: str
    use: str


_PACKAGES = (
    Package("lxml", "files", "đọc .docx, .odt, trang web"),
    Package("pypdfium2", "files", "đọc .pdf"),
    Package("Pillow", "files", "đọc ảnh, bản chụp"),
    Package("numpy", "files", "chỉnh bản chụp bị nghiêng"),
    Package("olefile", "files", "đọc .msg, xem tệp .doc có mật khẩu không"),
    Package("striprtf", "files", "đọc .rtf khi không có LibreOffice"),
    Package("SQLAlchemy", "index", "chỉ mục nhiệm vụ: vnlegal index, vnlegal search"),
    Package("zstandard", "index", "nén các dòng của chỉ mục"),
    Package("pg8000", "index", "chỉ mục trong PostgreSQL"),
    Package("networkx", "graph", "đồ thị văn bản: vnlegal graph"),
    Package("openpyxl", "office", "bảng Excel: vnlegal export, vnlegal import"),
    Package("python-docx", "office", "ghi chú vào tệp Word, phiếu xử lý"),
    Package("icalendar", "office", "lịch thời hạn (.ics)"),
    Package("jinja2", "review", "trang soát kết quả, phiếu xử lý"),
    Package("fastapi", "review", "trang soát kết quả: vnlegal review"),
    Package("uvicorn", "review", "máy chủ của trang soát kết quả"),
    Package("python-multipart", "review", "nhận tệp tải lên trang soát kết quả"),
    Package("mcp", "mcp", "máy chủ cho trợ lý: vnlegal mcp"),
    Package("spaCy", "nlp", "vnlegal trong dây chuyền spaCy"),
    Package("underthesea", "nlp", "tách từ, tách câu tiếng Việt"),
)


def _package(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _console() -> str | None:
    encoding = (sys.__stdout__.encoding if sys.__stdout__ else None) or ""
    return encoding if encoding.casefold().replace("-", "") == "utf8" else None


def _system() -> str:
    return {"Windows": "windows", "Darwin": "mac"}.get(platform.system(), "linux")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program beside Python, and how to install it on each system."""

    name: str
    use: str
    look: Callable[[], str | None]
    install: dict[str, str]


def _program(*names: str) -> Callable[[], str | None]:
    return lambda: find(*names)


def _tesseract() -> str | None:
    """Return the program's path if it knows Vietnamese."""
    path = find("tesseract")
    listed = run([path, "--list-langs"], seconds=20) if path else None
    return path if listed and b"vie" in listed.split() else None


def _font() -> str | None:
    """Return a font with all Vietnamese letters, where the system can be asked for one."""
    if _system() != "linux":
        return "của hệ điều hành"
    path = find("fc-match")
    if path is None:
        return None
    listed = run([path, ":charset=1ea1 1ec7 1ee3 111 1b0", "family"], seconds=20)
    return listed.decode("utf-8", "replace").strip() or None if listed else None


_TOOLS = (
    Tool(
        "tesseract + vie",
        "đọc bản chụp (OCR)",
        _tesseract,
        {
            "linux": "apt install tesseract-ocr tesseract-ocr-vie",
            "mac": "brew install tesseract tesseract-lang",
            "windows": "https://github.com/UB-Mannheim/tesseract/wiki (chọn thêm Vietnamese)",
        },
    ),
    Tool(
        "LibreOffice",
        "đọc .doc; .rtf, .odt có bảng và đánh số",
        _program("soffice", "libreoffice"),
        {
            "linux": "apt install libreoffice-writer-nogui",
            "mac": "brew install --cask libreoffice",
            "windows": "https://www.libreoffice.org/download/",
        },
    ),
    Tool(
        "antiword, catdoc",
        "đọc nhanh chữ trong .doc khi không có LibreOffice",
        _program("antiword", "catdoc"),
        {
            "linux": "apt install antiword",
            "mac": "brew install antiword",
            "windows": "dùng LibreOffice thay cho antiword",
        },
    ),
    Tool(
        "phông chữ Việt",
        "xuất ra trang in, hình",
        _font,
        {
            "linux": "apt install fonts-dejavu-core",
            "mac": "có sẵn",
            "windows": "có sẵn",
        },
    ),
)
