"""The numbers Word generates: "1.", "a)", "Điều 5" that stand in no run (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_BULLETS = {"": "-", "\uf0b7": "-", "\uf02d": "-", "\uf0a7": "-", "o": "-", "•": "-", "–": "-", "—": "-"}
_MAX_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers are written."""

    form: str
    pattern: str
    start: int
    restart_after: int | None
    legal: bool
    suffix: str


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    counted_with: Mapping[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, list_id: str, depth: int) -> str:
        """Return the label of the next paragraph of list `list_id` at `depth`, with the blank after it."""
        levels = self.levels.get(list_id)
        if not levels or depth not in levels:
            return ""
        level = levels[depth]
        counts = self._counts.setdefault(self.counted_with.get(list_id, list_id), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _MAX_LEVELS):
            lower = levels.get(deeper)
            after = deeper - 1 if lower is None or lower.restart_after is None else lower.restart_after - 1
            if lower is None or (lower.restart_after != 0 and depth <= after):
                counts.pop(deeper, None)
        if level.form == "bullet":
            return f"{_BULLETS.get(level.pattern.strip(), level.pattern.strip() or '-')} "
        if level.form == "none":
            return f"{level.pattern.strip()} " if level.pattern.strip() and "%" not in level.pattern else ""
        words = level.pattern
        for n in range(_MAX_LEVELS):
            if f"%{n + 1}" in words:
                other = levels.get(n, level)
                value = counts.get(n, other.start)
                form = "decimal" if level.legal else other.form
                words = words.replace(f"%{n + 1}", written(value, form))
        return words if level.suffix == "nothing" else f"{words} " if words else ""


def read_numbering(root: Any | None) -> Numbering:
    """Return the lists declared in numbering.xml (its root element, or None where there is none)."""
    if root is None:
        return Numbering()
    abstract = {a.get(W + "abstractNumId"): _levels(a) for a in root.iterfind(W + "abstractNum")}
    levels: dict[str, dict[int, Level]] = {}
    counted: dict[str, str] = {}
    for num in root.iterfind(W + "num"):
        list_id, link = num.get(W + "numId"), num.find(W + "abstractNumId")
        base = link.get(W + "val") if link is not None else None
        if list_id is None or base not in abstract:
            continue
        own = dict(abstract[base])
        restarts = False
        for override in num.iterfind(W + "lvlOverride"):
            depth = _number(override.get(W + "ilvl"), 0)
            changed = override.find(W + "lvl")
            if changed is not None:
                own[depth] = _level(changed)
            start = override.find(W + "startOverride")
            if start is not None and depth in own:
                old = own[depth]
                own[depth] = Level(
                    old.form, old.pattern, _number(start.get(W + "val"), 1), old.restart_after, old.legal, old.suffix
                )
                restarts = True
        levels[list_id] = own
        # lists made from one pattern go on counting together, unless one says where it starts
        counted[list_id] = f"num:{list_id}" if restarts else f"abstract:{base}"
    return Numbering(levels, counted)


def _levels(abstract: Any) -> dict[int, Level]:
    return {_number(x.get(W + "ilvl"), 0): _level(x) for x in abstract.iterfind(W + "lvl")}


def _level(element: Any) -> Level:
    def value(tag: str, default: str) -> str:
        child = element.find(W + tag)
        return str(child.get(W + "val", default)) if child is not None else default

    restart = element.find(W + "lvlRestart")
    return Level(
        form=value("numFmt", "decimal"),
        pattern=value("lvlText", ""),
        start=_number(value("start", "1"), 1),
        restart_after=_number(restart.get(W + "val"), 0) if restart is not None else None,
        legal=element.find(W + "isLgl") is not None,
        suffix=value("suff", "tab"),
    )


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def written(value: int, form: str) -> str:
    """Return a number of a list in a form of Word's: decimal, lowerLetter, upperRoman and their like."""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("lowerLetter", "upperLetter") and value > 0:
        # Word doubles the letter after z: aa, bb
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        left, out = value, ""
        for size, digits in _ROMAN:
            while left >= size:
                out, left = out + digits, left - size
        return out if form == "upperRoman" else out.lower()
    return str(value)
