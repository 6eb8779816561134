"""Answering clauses: where a document says which law, and which of its provisions, it details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from vnlegal.citations import Mention
from vnlegal.segment import Segmentation
from vnlegal.segment.model import Unit
from vnlegal.works.model import Pin, Scope

Where = Literal["title", "can_cu", "dieu_1", "other"]

_ISSUES = re.compile(r"ban hành(?: Nghị định| Thông tư| Quyết định| Nghị quyết|$|\s)")
_LAW = re.compile(r"/QH\d+$|/UBTVQH\d+$|^luat:|^phap_lenh:|UBTVQH\d+(?:@\d{4})?$")


class _Zone(NamedTuple):
    where: Where
    start: int
    end: int


def find_scopes(segmentation: Segmentation, mentions: Sequence[Mention]) -> list[Scope]:
    """Return the scope statements of the document's first part: title, Căn cứ, formula of issue, Điều 1.

    A provision listed in Điều 1 without a document's name belongs to the one law that its lead-in names.
    """
    flow = segmentation.flow
    out: list[Scope] = []
    led: str | None = None
    for zone in _zones(segmentation):
        inside = [m for m in mentions if zone.start <= m.start < zone.end and not m.quoted]
        laws = [m for m in inside if m.target and m.kind in ("numbered", "named", "short", "anaphora", "alias")]
        if zone.where in ("dieu_1", "title", "other"):
            led = _led(flow.text, zone, laws) or led
        rows: dict[str, tuple[list[Pin], Mention]] = {}
        for m in laws:
            if m.kind == "anaphora" and not m.provisions:
                continue
            pins = [Pin(dieu=p.dieu, khoan=p.khoan, diem=p.diem) for p in m.provisions if p.dieu]
            held = rows.setdefault(m.target or "", ([], m))
            held[0].extend(pins)
        if zone.where == "dieu_1" and led is not None:
            loose = [m for m in inside if m.kind == "internal" and "này" not in flow.text[m.start : m.end]]
            for m in loose:
                held = rows.setdefault(led, ([], m))
                held[0].extend(Pin(dieu=p.dieu, khoan=p.khoan, diem=p.diem) for p in m.provisions if p.dieu)
        start, end = flow.span(zone.start, zone.end)
        for target, (pins, m) in rows.items():
            out.append(
                Scope(
                    law=target,
                    where=zone.where,
                    relation=m.relation,
                    provisions=tuple(dict.fromkeys(pins)),
                    start=start,
                    end=end,
                    text=flow.raw[start:end],
                )
            )
    return out


def _led(flow: str, zone: _Zone, laws: Sequence[Mention]) -> str | None:
    """Return the one law a lead-in names as what it details."""
    words = flow[zone.start : zone.end]
    if not re.search(r"quy định chi tiết|hướng dẫn|biện pháp (?:để )?(?:tổ chức|thi hành)", words[:200], re.IGNORECASE):
        return None
    targets = {m.target for m in laws if m.target and _LAW.search(m.target)}
    return targets.pop() if len(targets) == 1 else None


def _zones(segmentation: Segmentation) -> Iterator[_Zone]:
    """Yield the stretches that state a scope, in text order."""
    flow, units = segmentation.flow.text, segmentation.units
    last = segmentation.parts[0].last if segmentation.parts else len(units)
    articles = 0
    for unit in units[:last]:
        if unit.kind == "article":
            articles += 1
            if articles > 1:
                return
        if unit.kind == "title" and articles == 0:
            yield _Zone("title", unit.start, unit.end)
        elif unit.kind == "bases":
            yield from _lines(unit, flow)
        elif articles == 1:
            yield _Zone("dieu_1", unit.start, unit.end)
        elif unit.kind == "body" and _ISSUES.search(flow[unit.start : unit.start + 200]):
            yield _Zone("other", unit.start, unit.end)


def _lines(unit: Unit, flow: str) -> Iterator[_Zone]:
    at = unit.start
    for line in flow[unit.start : unit.end].split("\n"):
        yield _Zone("can_cu", at, at + len(line))
        at += len(line) + 1
