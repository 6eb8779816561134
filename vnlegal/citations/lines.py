"""Where a paragraph of the flow begins, looked for no further back than a rule needs."""

from __future__ import annotations

_REACH = 2_000


def line_start(text: str, at: int, reach: int = _REACH) -> int:
    """Return where the paragraph of `at` begins, or the place `reach` characters before where that is nearer."""
    low = max(0, at - reach)
    return max(text.rfind("\n", low, at) + 1, low)


def breaks_between(text: str, start: int, end: int) -> int:
    """Return how many paragraphs begin between two places; many where they lie far apart."""
    return text.count("\n", start, end) if end - start <= _REACH else _REACH


def trimmed(text: str, end: int, signs: str) -> int:
    """Return where the words before `end` end, without the `signs` behind them."""
    while end > 0 and text[end - 1] in signs:
        end -= 1
    return end


def line_end(text: str, at: int, reach: int = _REACH) -> int:
    """Return where the paragraph of `at` ends, or the place `reach` characters behind where that is nearer."""
    high = min(len(text), at + reach)
    found = text.find("\n", at, high)
    return found if found >= 0 else high
