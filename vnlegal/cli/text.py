"""`vnlegal text`: the canonical text, to the last character."""

from __future__ import annotations

from pathlib import Path

import click

from vnlegal.cli.base import Command, knowledge_option
from vnlegal.cli.one import one_input, unread_is_3
from vnlegal.cli.output import Target
from vnlegal.cli.own import knowledge_of


@click.command(cls=Command, example="vnlegal text congvan.txt > nguyenvan.txt")
@click.argument("path", metavar="PATH")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Ghi vào tệp.")
@knowledge_option
def text(path: str, out: Path | None, knowledge: Path | None) -> None:
    """In nguyên văn đúng như các vị trí được đếm: ký tự thứ n của kết quả là vị trí n."""
    knowledge_of(knowledge)
    with unread_is_3():
        document = one_input(path).read(knowledge)
    with Target(out) as target:
        target.write(document.text)
