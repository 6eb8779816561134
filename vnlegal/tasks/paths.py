"""The path of headings above a task, outermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnlegal.segment import Segmentation, Unit

_LABEL = re.compile(
    r"(?:(?:Nội|nội) dung|(?:Nhiệm|nhiệm) vụ(?: cụ thể| trọng tâm| chủ yếu)?(?=:)|(?:Cơ|cơ) quan|(?:Đơn|đơn) vị"
    r"|(?:Thời|thời) (?:gian|hạn))[^:.;]{0,40}:"
)
_BULLET = frozenset("-–—•●○▪■*·‣►")
_LONGEST_HEADLINE = 360


def is_headline(unit: Unit, text: str, *, has_children: bool, idle: bool = False) -> bool:
    """Whether a unit stands above others as their heading. `idle`: it is known to hold no task of its own."""
    if unit.kind in ("heading", "annex", "document"):
        return True
    words = text[unit.start : unit.end].rstrip()
    short = len(words) <= _LONGEST_HEADLINE
    if words.endswith(":"):
        return unit.kind == "item" and short
    open_end = idle or words[-1:] not in ".;,…"
    return unit.kind == "item" and short and has_children and open_end and (unit.marker or "-")[:1] not in _BULLET


def path_of(
    n: int, segmentation: Segmentation, parents: frozenset[int], tasked: frozenset[int], *, own_marker: bool
) -> tuple[str, ...]:
    """Return the headings above unit `n`.

    An item that is no heading is shown by its marker. `tasked`: the units that hold tasks. `own_marker`: the task's
    own numbered item ends the path; an item with a dash, and one that begins with a label ("a) Nhiệm vụ:"), is named
    by what stands above it.
    """
    units, text = segmentation.units, segmentation.flow.text
    chain: list[int] = []
    at = n
    while at >= 0 and len(chain) < 64:
        chain.append(at)
        at = units[at].parent
    out: list[str] = []
    for k in reversed(chain):
        unit = units[k]
        if k == n and not own_marker:
            continue
        if unit.kind in ("title", "body", "footnote", "cell", "table", "furniture") or (
            unit.marker is None and unit.kind == "item"
        ):
            continue
        task = k in tasked and unit.kind == "item"
        if k != n and task and not own_marker:
            continue
        if k != n and is_headline(unit, text, has_children=k in parents, idle=k not in tasked):
            if not _LABEL.match(text, unit.body):
                out.append(" ".join(text[unit.start : unit.end].split()).rstrip(" :"))
        elif unit.marker and unit.marker[:1] not in _BULLET and not _LABEL.match(text, unit.body):
            plain = unit.kind == "article" or "." in unit.marker[:-1]
            out.append(unit.marker.rstrip(".") if plain else unit.marker)
    return tuple(out)


def own_title(unit: Unit, segmentation: Segmentation, start: int) -> tuple[str, ...]:
    """Return the title of an item before the task in it: "2) Phát triển nguồn nhân lực: Nghiên cứu …"."""
    before = segmentation.flow.text[unit.body : start].rstrip()
    if not before.endswith(":") or len(before) < 12 or _LABEL.match(before):
        return ()
    return (" ".join(f"{unit.marker or ''} {before}".split()).rstrip(" :"),)


def title_path(first: int, last: int, segmentation: Segmentation) -> tuple[str, ...]:
    """Return the subject line or title among the units `first`..`last`, as the path of a text without headings."""
    text = segmentation.flow.text
    titles: Sequence[Unit] = [u for u in segmentation.units[first : min(last, first + 40)] if u.kind == "title"]
    return (" ".join(text[titles[0].start : titles[0].end].split()),) if titles else ()
