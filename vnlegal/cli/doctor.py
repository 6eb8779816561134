"""`vnlegal doctor`: which optional parts are there, what each is for, and how to get the missing ones."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from vnlegal.cli.base import Command, knowledge_option
from vnlegal.cli.own import knowledge_of


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
    formats = 'pip install "vnlegal[files]"'
    yield Part("lxml", "đọc .docx, .odt, trang web", _package("lxml"), formats)
    yield Part("pypdfium2", "đọc .pdf", _package("pypdfium2"), formats)
    yield Part("Pillow", "đọc ảnh, bản chụp", _package("pillow"), formats)
    yield Part("olefile", "đọc .doc, .msg", _package("olefile"), formats)
    nlp = 'pip install "vnlegal[nlp]"'
    yield Part("spaCy", "vnlegal trong dây chuyền spaCy", _package("spacy"), nlp)
    yield Part("underthesea", "tách từ, tách câu tiếng Việt", _package("underthesea"), nlp)
    yield Part("console UTF-8", "chữ Việt trên màn hình", _console(), "chcp 65001 (Windows), hoặc đặt PYTHONUTF8=1")
    for tool in _TOOLS:
        yield Part(tool.name, tool.use, tool.look(), tool.install[_system()])


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
    return lambda: next((path for name in names if (path := shutil.which(name))), None)


def _tesseract() -> str | None:
    """Return the program's path if it knows Vietnamese."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    try:
        run = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return path if "vie" in (run.stdout + run.stderr).split() else None


def _font() -> str | None:
    """Return a font with all Vietnamese letters, where the system can be asked for one."""
    if _system() != "linux":
        return "của hệ điều hành"
    path = shutil.which("fc-match")
    if path is None:
        return None
    query = [path, ":charset=1ea1 1ec7 1ee3 111 1b0", "family"]
    run = subprocess.run(query, capture_output=True, text=True, timeout=20, check=False)
    return run.stdout.strip() or None


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
        "đọc .doc, .rtf, .odt có bảng",
        _program("soffice", "libreoffice"),
        {
            "linux": "apt install libreoffice-writer",
            "mac": "brew install --cask libreoffice",
            "windows": "https://www.libreoffice.org/download/",
        },
    ),
    Tool(
        "antiword",
        "đọc nhanh chữ trong .doc",
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
