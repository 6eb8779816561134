"""Where the works of a picture stand: rings round the middle, every work in the sector of the one it hangs on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

_FIRST = 230.0  # radius of the first ring
_NEXT = 290.0  # from ring to ring: room for a name written outwards
_GAP = 19.0  # between two names on a ring
_LARGEST = 700.0  # radius of the first ring at most


class Place(NamedTuple):
    """A place in the picture and the angle, in degrees, at which the name is written outwards."""

    x: float
    y: float
    angle: float


def radial(rings: Sequence[Sequence[tuple[str, str]]]) -> dict[str, Place]:
    """Return the place of each work; `rings` are (work, the one it hangs on), the middle alone in the first.

    A sector is as wide as the works in it need, so that no two names on a ring touch.
    """
    if not rings or not rings[0]:
        return {}
    below: dict[str, list[str]] = defaultdict(list)
    for ring in rings[1:]:
        for name, host in ring:
            below[host].append(name)
    middle = rings[0][0][0]
    first = below[middle]
    widths = {name: max(1, len(below[name])) for name in first}
    total = max(1, sum(widths.values()))
    narrowest = 2 * math.pi * min(widths.values(), default=total) / total
    inner = max(_FIRST, min(_GAP / narrowest, _LARGEST))
    outer = max(inner + _NEXT, _GAP * total / (2 * math.pi))
    places = {middle: Place(0.0, 0.0, 0.0)}
    turn = -math.pi / 2
    for name in first:
        share = 2 * math.pi * widths[name] / total
        places[name] = _at(inner, turn + share / 2)
        kids = below[name]
        for k, kid in enumerate(kids):
            places[kid] = _at(outer, turn + share * (k + 0.5) / len(kids))
        turn += share
    return places


def _at(radius: float, angle: float) -> Place:
    degrees = (math.degrees(angle) + 180) % 360 - 180
    return Place(round(radius * math.cos(angle), 1), round(radius * math.sin(angle), 1), round(degrees, 2))
