"""What stands below a sentence as a list: items, headings or rows, how many, and whether their numbers bear it out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from vnlegal.audit.counts.model import Page, Span


def listed_below(page: Page, n: int) -> tuple[int, Span, bool] | None:
    """Return how many items or rows stand below unit `n`, where, and whether their own numbers bear it out."""
    units = page.segmentation.units
    below = page.children.get(n, [])
    if not any(units[k].kind in ("item", "heading", "article", "table") for k in below):
        below = []
        siblings = page.children.get(units[n].parent, [])
        if units[n].kind == "body":
            for at in range(bisect_right(siblings, n), len(siblings)):
                k = siblings[at]
                if units[k].kind not in ("item", "heading", "table"):
                    break
                below.append(k)
    items = [k for k in below if units[k].kind in ("item", "heading", "article")]
    if items:
        style = _style_of(units[items[0]].marker)
        same = [k for k in items if _style_of(units[k].marker) == style]
        if len(same) < 2:
            return None
        numbered = style != "bullet" and len(same) == len(items) and _in_order([units[k].marker or "" for k in same])
        return len(same), (units[same[0]].start, units[same[-1]].end), numbered
    table = next((t for t in page.segmentation.tables if t.unit in below), None)
    if table is None:
        return None
    unit = units[table.unit]
    wide = len(table.header) > 1
    rows = sum(1 for group in table.groups if not (wide and group))
    return (rows, (unit.start, unit.end), False) if rows > 1 else None


def _style_of(marker: str | None) -> str:
    """Return the style of an item's marker: a number, a letter, a roman one, a path, a bullet."""
    if not marker:
        return "bullet"
    plain = marker.strip("().:/-– ").casefold()
    if plain.isdigit():
        return "number" + marker[0] * (marker[0] == "(")
    if re.fullmatch(r"\d+(?:\.\d+)+", plain):
        return "path"
    if re.fullmatch(r"[ivxl]+", plain) and marker.strip("().:/-– ")[0].isupper():
        return "roman"
    if len(plain) == 1 and plain.isalpha():
        return "letter"
    return "roman-small" if re.fullmatch(r"[ivxl]+", plain) else "bullet"


def _in_order(markers: Sequence[str]) -> bool:
    """Whether the numbers of a list run 1, 2, 3 without a gap; letters count as in order when all differ."""
    plain = [marker.strip("().:/-– ").casefold() for marker in markers]
    numbers = [part.rsplit(".", 1)[-1] for part in plain]
    if all(number.isdigit() for number in numbers):
        return [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    return len(set(plain)) == len(plain) and plain[0] in ("a", "i")
