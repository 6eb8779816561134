"""Scanned pages: an image in, lines with boxes and confidences out, through the tesseract program.

Red stamps are taken out by looking at the red channel alone, where red ink is as light as paper. Recognition runs in
a process of its own with a time limit; results are kept by content, so that a second run costs nothing.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from vnlegal.errors import MissingExtra
from vnlegal.knowledge.syllables import load_syllables
from vnlegal.readers.pages import Line
from vnlegal.readers.restore import mend

DPI = 300
_SECONDS = 120
_COLUMN_GAP = 2.2
_VERSION = "1"
_NEXT_STEP = "cài tesseract và dữ liệu tiếng Việt (Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"


@lru_cache(maxsize=1)
def program() -> str:
    """Return the path of tesseract with Vietnamese data.

    Raises `MissingExtra` where either is not installed.
    """
    path = shutil.which("tesseract")
    if path is None:
        raise MissingExtra("không có chương trình tesseract để đọc bản quét", next_step=_NEXT_STEP)
    done = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    if "vie" not in done.stdout.split():
        raise MissingExtra("tesseract thiếu dữ liệu tiếng Việt (vie)", next_step=_NEXT_STEP)
    return path


def recognize(image: Any, *, page: int, dpi: int = DPI, cache: Path | None = None) -> list[Line]:
    """Return the lines on a page image (a Pillow image, `dpi` pixels an inch); boxes are in points.

    Raises `MissingExtra` where tesseract is missing; a page it cannot read in time gives no lines.
    """
    grey = without_stamp(image)
    data = BytesIO()
    grey.save(data, "PNG", compress_level=1)
    kept = _cached(cache, data.getvalue(), dpi)
    if kept is not None and kept.is_file():
        try:
            return [Line(**{**row, "page": page}) for row in json.loads(kept.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            kept.unlink(missing_ok=True)
    tilt = skew(grey)
    if abs(tilt) > 0.15:
        grey = grey.rotate(tilt, expand=False, fillcolor=255, resample=2)
        data = BytesIO()
        grey.save(data, "PNG", compress_level=1)
    lines = _lines(_run(data.getvalue(), dpi), page=page, scale=72 / dpi)
    if kept is not None:
        _keep(kept, lines)
    return lines


def mended(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page with lost tone marks put back, each repair told in its line."""
    syllables = load_syllables()
    if syllables is None:
        return list(lines)
    texts, changes = mend([x.text for x in lines], syllables)
    return [
        replace(line, text=text, repairs=tuple(f"{c.before} → {c.after}" for c in own)) if own else line
        for line, text, own in zip(lines, texts, changes, strict=True)
    ]


def without_stamp(image: Any) -> Any:
    """Return the page in grey with red ink as light as paper."""
    return image.convert("RGB").getchannel(0) if image.mode != "L" else image


def skew(grey: Any) -> float:
    """Return by how many degrees a page must be turned so that its lines lie level (within 3 degrees).

    The turn that makes the row sums of ink most uneven, on a small copy of the page.
    """
    import numpy as np

    small = grey.convert("L").resize((max(1, grey.width // 4), max(1, grey.height // 4)))
    ink = np.asarray(small, dtype=np.float32)
    ys, xs = np.nonzero(ink < 140)
    if len(ys) < 500:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]

    def unevenness(degrees: float) -> float:
        rows = np.round(ys + xs * math.tan(math.radians(degrees))).astype(np.int64)
        sums = np.bincount(rows - rows.min()).astype(np.float64)
        return float((sums * sums).sum())

    level = unevenness(0.0)
    best = max(np.arange(-3.0, 3.01, 0.25), key=unevenness)
    best = max(np.arange(best - 0.2, best + 0.21, 0.05), key=unevenness)
    return float(-best) if unevenness(best) > 1.03 * level else 0.0


def _run(png: bytes, dpi: int) -> str:
    command = [program(), "-", "-", "-l", "vie", "--psm", "4", "--dpi", str(dpi), "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=png, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, *, page: int, scale: float) -> list[Line]:
    """Return the lines of tesseract's table, cut where two columns stand side by side."""
    words: dict[tuple[str, ...], list[tuple[float, float, float, float, float, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            x, y, width, height = (float(c) * scale for c in cells[6:10])
            words.setdefault(tuple(cells[2:5]), []).append((x, y, x + width, y + height, float(cells[10]), cells[11]))
    out: list[Line] = []
    for group in words.values():
        height = sorted(w[3] - w[1] for w in group)[len(group) // 2]
        run = [group[0]]
        for before, word in pairwise(group):
            if word[0] - before[2] > _COLUMN_GAP * max(height, 7.0):
                out.append(_line(run, page))
                run = []
            run.append(word)
        out.append(_line(run, page))
    return out


def _line(words: Iterable[tuple[float, float, float, float, float, str]], page: int) -> Line:
    words = list(words)
    heights = sorted(w[3] - w[1] for w in words)
    return Line(
        text=" ".join(w[5] for w in words),
        page=page,
        left=min(w[0] for w in words),
        top=min(w[1] for w in words),
        right=max(w[2] for w in words),
        bottom=max(w[3] for w in words),
        size=max(heights[len(heights) // 2], 6.0),
        confidence=round(min(1.0, max(0.0, sum(w[4] for w in words) / len(words) / 100)), 3),
    )


def _cached(cache: Path | None, png: bytes, dpi: int) -> Path | None:
    if cache is None:
        return None
    key = hashlib.sha256(b"%s %d " % (_VERSION.encode(), dpi) + png).hexdigest()
    return cache / "ocr" / key[:2] / f"{key}.json"


def _keep(path: Path, lines: list[Line]) -> None:
    """Write a result whole or not at all; a full or read-only disk costs only the cache."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps([asdict(x) for x in lines], ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
