"""`vnlegal outline`: the units of a document, as a tree for people or as JSON."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from vnlegal.cli.base import Command, knowledge_option
from vnlegal.cli.one import one_input, unread_is_3
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of
from vnlegal.pipeline import outline as find_outline
from vnlegal.records import Outline


@click.command(cls=Command, example="vnlegal outline congvan.txt --format tree")
@click.argument("path", metavar="PATH")
@click.option(
    "--format", "form", type=click.Choice(("tree", "json")), default="tree", help="Dạng kết quả (mặc định: tree)."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp.")
@knowledge_option
def outline(path: str, form: str, out: Path | None, knowledge: Path | None) -> None:
    """Bố cục văn bản: phần đầu, căn cứ, phần, mục, điều, khoản, điểm, bảng, chú thích, nơi nhận, chữ ký."""
    known = knowledge_of(knowledge)
    with unread_is_3():
        document = one_input(path).read(knowledge)
    found = find_outline(document, knowledge=known)
    if form == "json":
        result = found.model_dump_json(indent=2) + "\n"
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        result = tree(found, width if out is None and sys.stdout.isatty() else 100)
    with Target(out) as target:
        target.write(result)


def tree(found: Outline, width: int) -> str:
    """Return the outline one unit a line, indented under its parent, cut to `width` columns."""
    depth: dict[str, int] = {}
    lines = []
    for unit in found.units:
        level = depth[unit.parent] + 1 if unit.parent in depth else 0
        depth[unit.id] = level
        words = " ".join("".join(c if c.isprintable() else " " for c in unit.text[: width * 4]).split())
        line = f"{'  ' * min(level, 12)}{unit.kind:<10} {words}"
        lines.append(line if len(line) <= width else line[: width - 1].rstrip() + "…")
    return "\n".join(lines) + "\n" if lines else ""
