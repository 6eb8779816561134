"""The articles of a document with their headings, and the provisions of other documents each says it details."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from vnlegal.citations import Mention
from vnlegal.segment import Segmentation
from vnlegal.segment.model import Unit
from vnlegal.works.model import Article, Detailed, Pin

_ARTICLE = re.compile(r"Điều (\d+)([a-zđ]?)\.?$")
_LAW = re.compile(r"/QH\d+$|UBTVQH\d+(?:@\d{4})?$|^luat:|^phap_lenh:|NĐ-CP|NQ-CP")
_LONGEST = 200  # of a heading, code points
_REACH = 400  # how far into an article its first sentence may go


def find_articles(segmentation: Segmentation, mentions: Sequence[Mention]) -> list[Article]:
    """Return the articles of the document itself, in order: those of forms and rules in its annexes are left out."""
    flow, units = segmentation.flow.text, segmentation.units
    last = segmentation.parts[0].last if segmentation.parts else len(units)
    starts = [m.start for m in mentions]
    numbered = [(unit, match) for unit in units[:last] if unit.kind == "article" and (match := _label(unit))]
    out: list[Article] = []
    for k in _in_order([int(match[1]) for _, match in numbered]):
        unit, match = numbered[k]
        heading = flow[unit.body : min(unit.end, unit.body + _LONGEST)].split("\n")[0]
        near = mentions[bisect_left(starts, unit.start) : bisect_left(starts, unit.start + _REACH)]
        out.append(
            Article(
                dieu=match[1] + match[2],
                heading=" ".join(heading.split()),
                above=_above(units, unit, flow),
                details=_details(near, flow, unit),
            )
        )
    return out


def _label(unit: Unit) -> re.Match[str] | None:
    return _ARTICLE.match(unit.marker or "")


def _in_order(numbers: Sequence[int]) -> list[int]:
    """Return the places of the longest run of numbers that never goes down: a wrapped "Điều 19" is no article 19."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(numbers)
    for k, number in enumerate(numbers):
        n = bisect_right(tails, number)
        before[k] = ends[n - 1] if n else -1
        tails[n:] = [number, *tails[n + 1 :]]
        ends[n:] = [k, *ends[n + 1 :]]
    out: list[int] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        out.append(k)
        k = before[k]
    return out[::-1]


def _above(units: Sequence[Unit], unit: Unit, flow: str) -> str:
    """Return the headings a unit stands under, the nearest first."""
    out: list[str] = []
    n = unit.parent
    while n >= 0 and len(out) < 3:
        if units[n].kind == "heading":
            out.append(" ".join(flow[units[n].body : units[n].end][:_LONGEST].split()))
        n = units[n].parent
    return " / ".join(out)


def _details(near: Sequence[Mention], flow: str, unit: Unit) -> tuple[Detailed, ...]:
    """Return the provisions of laws that the heading, or the first sentence below it, names."""
    stop = flow.find(". ", unit.end, unit.start + _REACH)
    stop = unit.start + _REACH if stop < 0 else stop
    following = flow.find("\nĐiều ", unit.start + 1, stop)
    stop = following if following >= 0 else stop
    found = [
        Detailed(law=m.target, pin=Pin(dieu=p.dieu, khoan=p.khoan, diem=p.diem))
        for m in near
        if m.target and not m.quoted and m.kind != "internal" and m.start < stop and _LAW.search(m.target)
        for p in m.provisions
        if p.dieu
    ]
    return tuple(dict.fromkeys(found))
