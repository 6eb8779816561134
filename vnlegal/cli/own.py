"""The user's own knowledge, as every command takes it."""

from __future__ import annotations

from pathlib import Path

from vnlegal.cli.base import say
from vnlegal.knowledge import Knowledge, load_knowledge
from vnlegal.knowledge.files import unknown_files


def knowledge_of(folder: Path | None) -> Knowledge:
    """Load the knowledge with the user's rows on top and name the files in his folder that nothing reads.

    Raises `BadKnowledge`.
    """
    for name in unknown_files(folder) if folder else ():
        say(f"{folder}: tệp {name} không được dùng → đặt tên như một tệp trong vnlegal/data")
    return load_knowledge(folder)
