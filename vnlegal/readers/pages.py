"""Pages of lines: what a PDF's text layer and OCR both give, and how lines become paragraphs.

All boxes are in points from the page's upper left corner. A line is a run of words on one baseline, cut where a
gap shows that two columns stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

# A running head or foot must come back on this share of the pages of its parity, and on at least two pages.
_REPEATED = 0.3
_EDGE_LINES = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s.]*", re.IGNORECASE)
# Words that open a paragraph of their own whatever the geometry: numbers and bullets of lists.
_OPENS = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]{1,2}\)|[IVXL]+[.)]|[-+*•–])\s|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]"
)
_CLOSES = re.compile(r"[.;:!?…”\"]$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words with its box; `size` is the height of its type in points.

    `confidence` is OCR's, 0 to 1; `repairs` tell what was mended in its reading ("thuê → thuế"); `words` are OCR's
    words in order: left, top, right, bottom on the page as it was scanned, and confidence; `by_hand` names what of the
    document's own number and date does not look printed ("number", "day", "month", "year").
    """

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: float | None = None
    repairs: tuple[str, ...] = ()
    words: tuple[tuple[float, float, float, float, float], ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points, its lines in reading order, and what stands aside across them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, in order; they may stand on two pages."""

    lines: tuple[Line, ...]


def take_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Return the pages without running heads, feet and page numbers, and the words taken out.

    A line near the top or bottom edge is furniture where, its page number aside, it comes back on many pages, or
    where it is the page's number. "Mẫu số 01" over one form and "Mẫu số 02" over the next are not.
    """
    shapes: dict[tuple[str, bool], set[int]] = defaultdict(set)
    edges = {page.number: _edge_lines(page) for page in pages}
    offset = _number_offset(pages, edges)
    for page in pages:
        for line, at_top in edges[page.number]:
            for shape in _shapes(line.text, page.number, offset):
                shapes[shape, at_top].add(page.number)
    taken: list[str] = []
    kept: list[Page] = []
    for page in pages:
        out = set()
        for line, at_top in edges[page.number]:
            number = _PAGE_NUMBER.fullmatch(line.text.strip())
            seen = max(len(shapes[shape, at_top]) for shape in _shapes(line.text, page.number, offset))
            # two pages alone may begin alike by chance, unless the line stands in the margin
            margin = line.bottom < 0.07 * page.height or line.top > 0.93 * page.height
            often = (len(pages) > 2 or margin) and seen >= max(2, _REPEATED * len(pages))
            if often or (number is not None and offset is not None and int(number[1]) - page.number == offset):
                out.add(id(line))
                taken.append(line.text.strip())
        taken.extend(page.aside)
        kept.append(replace(page, lines=tuple(x for x in page.lines if id(x) not in out)))
    return kept, taken


def _edge_lines(page: Page) -> list[tuple[Line, bool]]:
    """Return the lines nearest the upper and lower edge, each with whether it stands above."""
    order = sorted((x for x in page.lines if x.text.strip()), key=lambda x: x.top)
    top = [(x, True) for x in order[:_EDGE_LINES] if x.top < page.height * 0.15]
    bottom = [(x, False) for x in order[-_EDGE_LINES:] if x.bottom > page.height * 0.85]
    return top + bottom


def _shapes(words: str, number: int, offset: int | None) -> tuple[str, str]:
    """Return a line as it stands and without its page number, to be compared with the lines of other pages."""
    plain = " ".join(words.split()).casefold()
    printed = {str(number), str(number + (offset or 0))}
    return plain, _DIGITS.sub(lambda m: "#" if m[0] in printed else m[0], plain)


def _number_offset(pages: Sequence[Page], edges: dict[int, list[tuple[Line, bool]]]) -> int | None:
    """Return by how much printed page numbers differ from the count of pages, if most pages agree on it."""
    votes: Counter[int] = Counter()
    for page in pages:
        for line, _ in edges[page.number]:
            number = _PAGE_NUMBER.fullmatch(line.text.strip())
            if number:
                votes[int(number[1]) - page.number] += 1
    if not votes:
        return None
    offset, count = votes.most_common(1)[0]
    return offset if count >= max(1, (len(pages) - 1) // 3) else None


def paragraphs(pages: Iterable[Page]) -> list[Paragraph]:
    """Join the lines of a document into paragraphs.

    A line goes on with the one before where that one reaches the right margin and this one begins at the left
    margin (or hangs under it) without a wider gap between the two.
    """
    out: list[list[Line]] = []
    for page in pages:
        lines = [x for x in page.lines if x.text.strip()]
        if not lines:
            continue
        left, right, pitch = _measure(lines)
        first = True
        for line in lines:
            if out and _goes_on(out[-1][-1], line, left=left, right=right, pitch=pitch, page_turn=first):
                out[-1].append(line)
            else:
                out.append([line])
            first = False
    return [Paragraph(tuple(x)) for x in out]


def _measure(lines: Sequence[Line]) -> tuple[float, float, float]:
    """Return a page's left and right text margins and its usual distance from line to line."""
    wide = [x for x in lines if len(x.text) > 40] or list(lines)
    lefts = Counter(round(x.left / 3) for x in wide)
    # the margin is the leftmost place where many wide lines begin: first lines stand further in
    common = [place for place, n in lefts.items() if n >= max(1, len(wide) * 0.15)]
    left = min(common) * 3 if common else min(x.left for x in wide)
    rights = sorted(x.right for x in wide)
    right = rights[int(len(rights) * 0.8)]
    gaps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 40]
    return left, right, median(gaps) if gaps else 16.0


def _goes_on(before: Line, line: Line, *, left: float, right: float, pitch: float, page_turn: bool) -> bool:
    size = max(line.size, before.size, 6.0)
    if before.right < right - 3.5 * size or abs(line.size - before.size) > 0.25 * size:
        return False
    if before.left > (left + right) / 2 and line.left < left + size:
        return False  # what stands at the right of the sheet does not go on at its left
    same_page = before.page == line.page
    if page_turn == same_page and not same_page:
        return False
    if same_page and not 0 < line.top - before.top <= 1.45 * pitch:
        return False
    opens = _OPENS.match(line.text.lstrip()) is not None
    closes = _CLOSES.search(before.text.rstrip()) is not None
    if line.left > left + 0.9 * size:
        hangs = abs(line.left - before.left) < 0.4 * size or (
            _OPENS.match(before.text.lstrip()) is not None and 0 < line.left - before.left < 3 * size
        )
        return hangs and not opens and not closes
    return not (opens and closes)


def join_words(lines: Sequence[Line]) -> list[str]:
    """Return the words of a paragraph's lines, each with the blank that joins it to the next."""
    out = []
    for n, line in enumerate(lines):
        words = line.text.strip()
        last = n == len(lines) - 1
        glued = words.endswith(("-", "/")) and not words.endswith((" -", " /"))
        out.append(words if last or glued else words + " ")
    return out
