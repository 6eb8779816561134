"""What the documentation promises is so: commands, files, generated parts, examples."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

import vnlegal
from tests.conftest import ROOT
from vnlegal.cli import COMMANDS

DATA = Path(vnlegal.__file__).parent / "data"
PAGES = ("README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGES.md")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_every_command_is_in_both_guides(readme: str, name: str) -> None:
    assert f"`vnlegal {name}" in page(readme)


@pytest.mark.parametrize("path", sorted(p for p in DATA.iterdir() if p.suffix != ".md"), ids=lambda path: path.name)
def test_every_data_file_says_where_it_comes_from(path: Path) -> None:
    assert path.name in (DATA / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.t*")), ids=lambda path: path.name)
def test_every_data_file_is_in_the_recipe(path: Path) -> None:
    assert path.name in page("CONTRIBUTING.md")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", page(name)):
        assert (ROOT / target).exists(), target


# Those with options; the others (demo, test, docs, make_samples) just do their one thing.
SCRIPTS = sorted(
    path.name
    for path in (ROOT / "scripts").iterdir()
    if path.is_file() and not path.suffix and "argparse" in path.read_text(encoding="utf-8")
)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_starts_with_whatever_python_is_at_hand(name: str) -> None:
    if not (ROOT / ".venv").is_dir():
        pytest.skip("no .venv beside the project: a script would make one")
    python = getattr(sys, "_base_executable", sys.executable)
    run = subprocess.run([python, ROOT / "scripts" / name, "--help"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout[:6]) == (0, "usage:"), run.stderr


def test_scripts_named_in_the_pages_are_there() -> None:
    for name in PAGES:
        for script in re.findall(r"scripts[/\\](\w+)", page(name)):
            assert (ROOT / "scripts" / script).is_file(), f"{name}: {script}"


def test_changes_begin_with_what_is_upcoming() -> None:
    assert re.match(r"# Changes\n\n## Upcoming\n\n- ", page("CHANGES.md"))


def test_the_licence_is_whole() -> None:
    words = page("LICENSE")
    assert "Apache License" in words
    assert "END OF TERMS AND CONDITIONS" in words


def python_blocks() -> Iterator[str]:
    yield from re.findall(r"```python\n(.*?)```", page("README.md"), re.DOTALL)


@pytest.mark.nlp
@pytest.mark.parametrize("code", list(python_blocks()), ids=["index", "vnlegal", "spacy"])
def test_the_examples_of_the_readme_run(code: str, letter: Path) -> None:
    if "spacy" in code:
        pytest.importorskip("spacy")
    if "open_index" in code:
        pytest.importorskip("sqlalchemy")
    run = subprocess.run([sys.executable, "-c", code], cwd=letter.parent, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout


@pytest.fixture(scope="module")
def docs() -> Iterator[ModuleType]:
    """The script that writes what is generated, as a module."""
    sys.path.insert(0, str(ROOT / "scripts"))
    loader = SourceFileLoader("docs_script", str(ROOT / "scripts" / "docs"))
    spec = spec_from_loader("docs_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    yield module
    sys.path.remove(str(ROOT / "scripts"))


def test_generated_files_are_current(docs: ModuleType) -> None:
    stale = [path.name for path, words in docs.generated() if path.read_text(encoding="utf-8") != words]
    assert stale == [], "run scripts/docs"


def test_the_first_screen_shows_a_real_call() -> None:
    first = page("README.md").splitlines()[:30]
    assert any(line.startswith("$ vnlegal extract ") for line in first)


def test_nothing_speaks_of_one_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    if not any(tracked):
        pytest.skip("no git here")
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".tsv", ".yaml", "") and path.is_file():
            words = path.read_text(encoding="utf-8")
            assert not re.search(r"/(?:home|root|Users)/[\w.]+", words), name
