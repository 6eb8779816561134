"""How a text breaks its lines: in whole paragraphs, or in wraps of some width, as its certain wraps tell."""

from __future__ import annotations

from dataclasses import dataclass

from vnlegal.segment.lines import Line

# How many lines show a text's way of breaking them.
_SAMPLE = 6000
# How many certain wraps show how long a full line is.
_ENOUGH = 12
# How many letters shorter than those a full line may be.
_SLACK = 2
# A text has few footnotes where fewer than one of so many lines belongs to one.
_FEW = 8


@dataclass(frozen=True, slots=True)
class WrapStyle:
    """How a text breaks its lines. Widths are in characters, 0 where lines are whole paragraphs.

    `first`: width of a paragraph's first line. `double`: a blank line stands between the lines of one paragraph.
    `blocks`: paragraphs are parted by blank lines. `web`: the source was wrapped with its tags, so that lines,
    first lines above all, are cut short and a short line shows nothing. `full`, `full_first`: how long a line with the
    next word behind it would be where the break is a wrap for want of room.
    """

    width: int = 0
    first: int = 0
    full: int = 0
    full_first: int = 0
    double: bool = False
    blocks: bool = False
    web: bool = False


def wrap_style(lines: list[Line], skip: set[int]) -> WrapStyle:
    """Return how the text made of `lines` breaks them, judged by the breaks that are certainly wraps."""
    later: list[int] = []
    first: list[int] = []
    pushed: tuple[list[int], list[int]] = ([], [])
    double = ends_single = ends_double = 0
    sizes: list[int] = []
    before: Line | None = None
    opens = True
    for n, line in enumerate(lines[:_SAMPLE]):
        if n in skip:
            before = None
            continue
        words = line.words
        sizes.append(len(words))
        ended = True
        if before is not None:
            last = before.words[-1]
            ended = last in ".;:!?"
            if not ended and _goes_on(words):
                if len(before.words) > 3:
                    (first if opens else later).append(len(before.words))
                    pushed[opens].append(len(before.words) + 1 + len(words.split(" ", 1)[0]))
                    double += line.gap > 0
            elif ended and len(words) > 20 and words[0] not in "-+*":
                if line.gap:
                    ends_double += 1
                else:
                    ends_single += 1
        opens = ended
        before = line
    certain = len(later) + len(first)
    if certain < 3 or certain * 14 < len(sizes):
        return WrapStyle()
    width = _usual_width(later if len(later) > 2 else first)
    if width > 220 or width < 30 or _has_long_lines(sizes, width):
        return WrapStyle()
    firsts, laters = sorted(first) or [width], sorted(later) or [width]
    is_double = double * 2 > certain
    usual_first = min(width, firsts[len(firsts) * 9 // 10])
    return WrapStyle(
        width=width,
        first=usual_first,
        full=min(width - 4, _least_full(pushed[False], width) or width),
        full_first=min(usual_first - 4, _least_full(pushed[True], width) or width),
        double=is_double,
        blocks=not is_double and ends_double > 3 * ends_single,
        web=firsts[len(firsts) // 2] < width * 4 // 5 and laters[len(laters) // 2] > width * 7 // 8,
    )


def style_of_body(lines: list[Line], skip: set[int], notes: set[int], style: WrapStyle) -> WrapStyle:
    """Return how the text beside the footnotes breaks its lines; the `style` of all lines where `notes` are few.

    `notes`: the lines of footnotes, which stand in smaller print and hold more letters.
    """
    if len(notes) * _FEW < len(lines):
        return style
    body = wrap_style(lines, skip | notes)
    return body if body.width else style


def _has_long_lines(sizes: list[int], width: int) -> bool:
    """Whether much of a text stands in lines far longer than `width`: then the short ones are cells, not wraps."""
    return sum(size for size in sizes if size > width * 7 // 5) * 10 > sum(sizes) * 3


def _usual_width(sizes: list[int]) -> int:
    """Return the width that all but the longest lines keep to, long lines counting for more than short ones."""
    sizes = sorted(sizes)
    limit = sum(sizes) * 9 // 10
    total = 0
    for size in sizes:
        total += size
        if total >= limit:
            return size
    return 0


def _least_full(sizes: list[int], width: int) -> int | None:
    """Return the length that all but the shortest certain wraps would have had with the next word.

    Notes in smaller print, which hold more letters, do not move it. None where cells of tables, wrapped too, are so
    many among `sizes` that they show nothing.
    """
    sizes = sorted(sizes)
    usual = [size for size in sizes if size >= sizes[len(sizes) // 2] * 4 // 5]
    if len(usual) < _ENOUGH or len(usual) * 3 < len(sizes) * 2:
        return None
    least = usual[len(usual) // 20]
    return least - _SLACK if least > width * 3 // 4 else None


def _goes_on(words: str) -> bool:
    """Whether a line begins in the middle of a sentence: with a small letter that is no list label."""
    return words[0].islower() and words[1:2] not in (")", ".") and words[2:3] != ")"
