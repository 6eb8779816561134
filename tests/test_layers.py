"""Imports point one way: a module may import from the layers above it, never from those below."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import vnlegal

LAYERS = (
    "errors", "records", "labels", "text", "knowledge", "legacy", "readers", "segment", "agencies", "citations",
    "tasks", "findings", "pipeline", "works", "audit", "graph", "index", "spacy_components", "evaluate",
    "office", "review", "mcp_server", "cli", "__main__",
)  # fmt: skip
PACKAGE = Path(vnlegal.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def layer_of(dotted: str) -> str:
    return dotted.split(".")[1] if dotted.count(".") else ""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (
                [f"vnlegal.{alias.name}" for alias in node.names] if node.module == "vnlegal" else [node.module or ""]
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_up(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert own in LAYERS, f"{own} has no place in the order of layers"
    for name in imports(path):
        if name.split(".")[0] == "vnlegal":
            layer = layer_of(name)
            assert layer, f"{path.name} imports through the package root"
            assert LAYERS.index(layer) <= LAYERS.index(own), f"{path.name} imports {name}, which lies below it"


def test_only_knowledge_opens_data_files() -> None:
    for path in MODULES:
        words = path.read_text(encoding="utf-8")
        if re.search(r"files\(\"vnlegal\"\) */ *\"data\"|/ \"data\" /", words):
            assert path.relative_to(PACKAGE).parts[0] == "knowledge", path


@pytest.mark.parametrize("heavy", ["spacy", "underthesea"])
def test_only_spacy_components_import_the_heavy_ones(heavy: str) -> None:
    users = [path.name for path in MODULES if any(name.split(".")[0] == heavy for name in imports(path))]
    assert users == ["spacy_components.py"]
