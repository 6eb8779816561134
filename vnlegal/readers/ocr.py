"""Scanned pages: an image in, lines with boxes and confidences out, through the tesseract program.

Red stamps are taken out by looking at the red channel alone, where red ink is as light as paper. Recognition runs in
a process of its own with a time limit; each page is kept by its file's content, so that a second run costs nothing
and a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from vnlegal.errors import MissingExtra
from vnlegal.knowledge.slips import Slip, load_slips
from vnlegal.knowledge.syllables import load_syllables
from vnlegal.readers.handwriting import Ink, with_doubts
from vnlegal.readers.pages import Line
from vnlegal.readers.programs import Running, find, run
from vnlegal.readers.restore import Mended, mend, mend_numbers

DPI = 300
_SECONDS = 120
_COLUMN_GAP = 2.2
_NO_SIGN = re.compile(r"[|_¬†¿~`^¡°]+")  # nothing that official documents print as a word
_SURE_AT_EDGE, _SURE_INSIDE = 0.75, 0.35
_RULES = "4"  # goes up when a change here gives other lines
_NEXT_STEP = "cài tesseract và dữ liệu tiếng Việt (Debian/Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"


@lru_cache(maxsize=1)
def program() -> str:
    """Return the path of tesseract with Vietnamese data.

    Raises `MissingExtra` where either is not installed.
    """
    path = find("tesseract")
    if path is None:
        raise MissingExtra("không có chương trình tesseract để đọc bản quét", next_step=_NEXT_STEP)
    if "vie" not in _asked(path, "--list-langs").split():
        raise MissingExtra("tesseract thiếu dữ liệu tiếng Việt (vie)", next_step=_NEXT_STEP)
    return path


@lru_cache(maxsize=1)
def _edition() -> str:
    """Return what tells one way of recognizing from another: the rules here, the program, its data."""
    languages = _asked(program(), "--list-langs")
    data = Path(languages.partition('"')[2].partition('"')[0]) / "vie.traineddata"
    size = data.stat().st_size if data.is_file() else 0
    return f"{_RULES} {_asked(program(), '--version').split(chr(10))[0]} {size}"


def _asked(path: str, question: str) -> str:
    return (run([path, question], seconds=30) or b"").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages of one file that were recognized before, kept under `folder` by what the file holds."""

    folder: Path | None
    content: str

    def get(self, page: int, dpi: int) -> list[Line] | None:
        """Return the lines of a page recognized before, or None."""
        path = self._path(page, dpi)
        if path is None or not path.is_file():
            return None
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
            return [_kept_line(row, page) for row in rows]
        except (OSError, ValueError, TypeError, KeyError):
            path.unlink(missing_ok=True)
            return None

    def put(self, page: int, dpi: int, lines: Sequence[Line]) -> None:
        """Keep a page whole or not at all; a full or read-only disk costs only the next run."""
        path = self._path(page, dpi)
        if path is None:
            return
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            # what was read may be secret: the folder is its owner's alone
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_text(json.dumps([asdict(x) for x in lines], ensure_ascii=False), encoding="utf-8")
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _path(self, page: int, dpi: int) -> Path | None:
        if self.folder is None:
            return None
        edition = hashlib.sha256(_edition().encode()).hexdigest()[:8]
        return self.folder / "ocr" / self.content[:2] / self.content / f"{page}-{dpi}-{edition}.json"


def _kept_line(row: dict[str, Any], page: int) -> Line:
    words, by_hand = tuple(map(tuple, row["words"])), tuple(map(str, row["by_hand"]))
    return Line(**{**row, "page": page, "repairs": (), "words": words, "by_hand": by_hand})


def kept(folder: Path | None, data: bytes) -> Kept:
    """Return the pages kept of a file with these bytes; None keeps nothing."""
    return Kept(folder, hashlib.sha256(data).hexdigest())


class Sheet(NamedTuple):
    """A page's picture as it is recognized, grey without red ink, and how much bluer than red it is, if coloured."""

    grey: Any
    blue: Any | None


def sheet_of(image: Any) -> Sheet:
    """Return a Pillow image as a sheet."""
    if image.mode == "L":
        return Sheet(image, None)
    from PIL import ImageChops

    red, _, blue = image.convert("RGB").split()
    return Sheet(red, ImageChops.subtract(blue, red))


def recognize(sheet: Sheet, *, page: int, running: Running, dpi: int = DPI) -> list[Line] | None:
    """Return the lines on a page (`dpi` pixels an inch); boxes are in points.

    None where tesseract fails, is ended or needs too long. Raises `MissingExtra` where it is missing.
    """
    import numpy as np

    grey, blue = sheet
    tilt = skew(grey)
    if abs(tilt) > 0.15:
        grey = grey.rotate(tilt, expand=False, fillcolor=255, resample=2)
        blue = blue and blue.rotate(tilt, expand=False, fillcolor=0)
    png = BytesIO()
    grey.save(png, "PNG", compress_level=1)
    command = [program(), "-", "-", "-l", "vie", "--psm", "4", "--dpi", str(dpi), "tsv"]
    table = running.run(command, seconds=_SECONDS, data=png.getvalue())
    if table is None:
        return None
    lines = _lines(table.decode("utf-8", "replace"), page=page, scale=72 / dpi)
    lines = with_doubts(lines, Ink(np.asarray(grey), None if blue is None else np.asarray(blue), dpi / 72))
    return _turned_back(lines, tilt, grey.width * 72 / dpi, grey.height * 72 / dpi) if abs(tilt) > 0.15 else lines


def recognize_pages(
    images: Iterable[tuple[int, int, Callable[[], Any]]], *, kept: Kept
) -> Iterator[tuple[int, list[Line] | None]]:
    """Yield (page, lines) as pages are recognized, several at a time; what is done is kept whatever comes after.

    `images` gives (page, dots an inch, a function that draws the page, or None where it cannot be drawn); drawing is
    done here, one page at a time, and only for pages that are not kept. Lines are None where a page could not be
    recognized.
    """
    workers = max(1, min(os.cpu_count() or 1, 8))

    def read(page: int, dpi: int, sheet: Sheet) -> tuple[int, list[Line] | None]:
        lines = recognize(sheet, page=page, running=running, dpi=dpi)
        if lines is not None:
            kept.put(page, dpi, lines)
        return page, lines

    pool = ThreadPoolExecutor(workers)
    waiting: set[Future[tuple[int, list[Line] | None]]] = set()
    with Running() as running:
        try:
            for page, dpi, draw in images:
                before = kept.get(page, dpi)
                if before is not None:
                    yield page, before
                    continue
                while len(waiting) > workers:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
                image = draw()
                if image is None:
                    yield page, None
                else:
                    waiting.add(pool.submit(read, page, dpi, sheet_of(image)))
            for one in as_completed(waiting):
                yield one.result()
        finally:
            running.stop()
            pool.shutdown(wait=True, cancel_futures=True)


def without_dirt(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines without the signs that specks and edges of the paper are taken for.

    A line that has signs alone goes; so does a sign that is no word and was read without confidence, sooner at the
    edge of a line than inside it: a dash or percent sign that is printed is read with 0.9.
    """
    for line in lines:
        words = line.text.split(" ")
        if not any(c.isalnum() for c in line.text) or len(words) != len(line.words):
            if any(c.isalnum() for c in line.text):
                yield line
            continue
        last = len(words) - 1
        kept = [n for n, word in enumerate(words) if not _is_dirt(word, line.words[n][4], at_edge=n in (0, last))]
        if len(kept) == len(words):
            yield line
        else:
            own = tuple(line.words[n] for n in kept)
            sure = sum(w[4] for w in own) / len(own)
            yield replace(line, text=" ".join(words[n] for n in kept), words=own, confidence=round(sure, 3))


def _is_dirt(word: str, confidence: float, *, at_edge: bool) -> bool:
    if any(c.isalnum() for c in word):
        return False
    return _NO_SIGN.fullmatch(word) is not None or confidence < (_SURE_AT_EDGE if at_edge else _SURE_INSIDE)


def mended(lines: Sequence[Line], own: Path | None = None) -> list[Line]:
    """Return the lines of a page without dirt, numbers and lost tone marks put right, each repair told in its line.

    `own` is the folder of the user's own knowledge, which may have slips in numbers of its own.
    """
    slips = load_slips(own)
    lines = [_number_mended(line, slips) for line in without_dirt(lines)]
    syllables = load_syllables()
    if syllables is None:
        return lines
    texts, changes = mend([x.text for x in lines], syllables)
    return [
        replace(line, text=text, repairs=(*line.repairs, *map(_told, own))) if own else line
        for line, text, own in zip(lines, texts, changes, strict=True)
    ]


def _number_mended(line: Line, slips: Sequence[Slip]) -> Line:
    text, changes = mend_numbers(line.text, slips)
    return replace(line, text=text, repairs=tuple(map(_told, changes))) if changes else line


def _told(change: Mended) -> str:
    return f"{change.before} → {change.after}"


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


def _turned_back(lines: Sequence[Line], tilt: float, width: float, height: float) -> list[Line]:
    """Return lines found on a page turned by `tilt` degrees where they stand on the page as it was."""
    sin, cos = math.sin(math.radians(tilt)), math.cos(math.radians(tilt))

    def back(x: float, y: float) -> tuple[float, float]:
        across, down = x - width / 2, y - height / 2
        return across * cos - down * sin + width / 2, across * sin + down * cos + height / 2

    def around(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        x, y = back((left + right) / 2, (top + bottom) / 2)
        half_width, half_height = (right - left) / 2, (bottom - top) / 2
        return x - half_width, y - half_height, x + half_width, y + half_height

    return [replace(line, words=tuple((*around(*word[:4]), word[4]) for word in line.words)) for line in lines]


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
    sure = [min(1.0, max(0.0, w[4] / 100)) for w in words]
    return Line(
        text=" ".join(w[5] for w in words),
        page=page,
        left=min(w[0] for w in words),
        top=min(w[1] for w in words),
        right=max(w[2] for w in words),
        bottom=max(w[3] for w in words),
        size=max(heights[len(heights) // 2], 6.0),
        confidence=round(sum(sure) / len(sure), 3),
        words=tuple((*w[:4], round(c, 2)) for w, c in zip(words, sure, strict=True)),
    )
