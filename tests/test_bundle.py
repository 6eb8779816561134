"""The offline bundle: what only another kind of machine needs is carried along."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent / "scripts"


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(SCRIPTS)
    environment = ModuleType("environment")
    environment.ROOT, environment.enter = SCRIPTS.parent, lambda extras: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "environment", environment)
    loader = SourceFileLoader("bundle_script", str(SCRIPTS / "bundle"))
    spec = spec_from_loader("bundle_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def wheel(folder: Path, name: str, *requires: str) -> None:
    lines = [f"Name: {name}", *(f"Requires-Dist: {line}" for line in requires)]
    with ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n\nRequires-Dist: no_header")


@pytest.mark.parametrize(
    ("platform", "python", "needed"),
    [
        ("win_amd64", "3.12", ["colorama>=0.4", "pywin32"]),
        ("win_amd64", "3.10", ["colorama>=0.4", "exceptiongroup", "pywin32"]),
        ("manylinux2014_x86_64", "3.12", []),
    ],
)
def test_what_another_machine_needs(
    bundle: ModuleType, tmp_path: Path, platform: str, python: str, needed: list[str]
) -> None:
    wheel(tmp_path, "line_tool", 'colorama>=0.4; platform_system == "Windows"', 'fast_loop; extra == "fast"', "rich")
    wheel(tmp_path, "server", 'pywin32; sys_platform == "win32"', 'exceptiongroup; python_version < "3.11"')
    wheel(tmp_path, "rich", 'line-tool; os_name == "nt"')
    assert bundle.needed_there(tmp_path, platform, python) == needed
