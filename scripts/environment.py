"""The virtual environment the scripts run in: made with nothing but Python and pip, filled once, then left alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def ready(extras: str = "") -> Path:
    """Return the Python of the environment with vnlegal and `extras` installed, making what is missing."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the scripts are started with whatever Python is at hand
        sys.exit(f"vnlegal needs Python 3.11 or newer, this is {sys.version.split()[0]}: start it with a newer one")
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        _make()
    stamp = VENV / ".vnlegal"
    wanted = f"{extras}:{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}"
    done = stamp.read_text(encoding="utf-8").split() if stamp.exists() else []
    if wanted not in done:
        print(f"installing vnlegal{f'[{extras}]' if extras else ''} into {VENV.name} …", file=sys.stderr, flush=True)
        _pip(python, "install", "--quiet", "--editable", f"{ROOT}[{extras}]" if extras else str(ROOT))
        stamp.write_text("\n".join([*done, wanted]), encoding="utf-8")
    return python


def enter(extras: str = "") -> None:
    """Go on only inside the environment: elsewhere, run this script again with its Python and leave with its code."""
    python = ready(extras)
    if not Path(sys.prefix).samefile(VENV):
        sys.exit(subprocess.run([str(python), *sys.argv], check=False).returncode)


def as_the_program() -> None:
    """Set Python up as every process of the program is."""
    from vnlegal.cli.base import collect_seldom

    collect_seldom()


def _make() -> None:
    """Make the environment; where Python came without ensurepip, the pip at hand fills it from outside."""
    print(f"making {VENV.name} …", file=sys.stderr, flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, check=False)
    if made.returncode:
        subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)], check=True)


def _pip(python: Path, *arguments: str) -> None:
    has_pip = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    pip = [str(python), "-m", "pip"] if has_pip else [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, *arguments], cwd=ROOT, check=True)
