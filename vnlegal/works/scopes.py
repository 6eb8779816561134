"""Answering clauses: where a document says which law, and which of its provisions, it details."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from vnlegal.citations import Mention
from vnlegal.citations.pinpoints import read_pinpoint, scan_pinpoints
from vnlegal.segment import Segmentation
from vnlegal.segment.model import Unit
from vnlegal.works.model import Pin, Scope

Where = Literal["title", "can_cu", "dieu_1", "other"]

_ISSUES = re.compile(r"ban hành(?: Nghị định| Thông tư| Quyết định| Nghị quyết|$|\s)")
_LAW = re.compile(r"/QH\d+$|UBTVQH\d+(?:@\d{4})?$|^luat:|^phap_lenh:")
_DETAILS = re.compile(r"quy định chi tiết|hướng dẫn|biện pháp (?:để )?(?:tổ chức|thi hành)", re.IGNORECASE)
_WRAPPED = re.compile(r"\n(?=(?:Điều|[Kk]hoản|[Đđ]iểm) \w)")
_GOES_ON = re.compile(r"[,;]? ?(?:và )?(?:của|giữa|đối với|cho) ")
# "Thông tư này quy định chi tiết một số điều về" in front of the subject.
_SAYS = re.compile(r"^.{0,40}\bnày (?:quy định|hướng dẫn)(?: chi tiết)?(?: một số (?:điều|nội dung))?(?: về)?|^\d+\. ?")
_TO_DOCUMENT = ("", "của")
_SUBJECT = 400  # code points before a provision in which its subject stands
_FEW = 5  # "theo quy định tại", "và" are no subject
_FRONT = 60  # units before the first article that may be bases or the formula of issue


class _Zone(NamedTuple):
    where: Where
    start: int
    end: int


def find_scopes(segmentation: Segmentation, mentions: Sequence[Mention]) -> list[Scope]:
    """Return the scope statements of the document's first part: title, Căn cứ, formula of issue, Điều 1.

    A provision listed in Điều 1 without a document's name belongs to the one law that the title or the lead-in names.
    """
    flow = segmentation.flow
    out: list[Scope] = []
    led: str | None = None
    for zone in _zones(segmentation):
        laws = [
            m
            for m in _between(mentions, zone)
            if m.target and not m.quoted and m.kind in ("numbered", "named", "short", "alias", "anaphora")
        ]
        if zone.where != "can_cu":
            led = _led(flow.text, zone, laws) or led
        rows: dict[tuple[str, int], tuple[list[tuple[Pin, str]], str | None]] = {}
        for m in laws:
            if m.kind != "anaphora":
                rows.setdefault((m.target or "", _line(flow.text, zone, m.start)), ([], m.relation))
        if zone.where == "dieu_1":
            for law, at, pins, subject in _pins(flow.text, zone, laws, led):
                row = rows.setdefault((law, _line(flow.text, zone, at)), ([], "implements"))
                row[0].extend((pin, subject) for pin in pins)
        else:
            for m in laws:
                if m.kind != "anaphora":
                    found = [(Pin(dieu=p.dieu, khoan=p.khoan, diem=p.diem), "") for p in m.provisions if p.dieu]
                    rows[m.target or "", _line(flow.text, zone, m.start)][0].extend(found)
        for (target, line), (stated, relation) in rows.items():
            named = dict(reversed(stated))  # a provision named twice: its first subject
            provisions = tuple(dict.fromkeys(pin for pin, _ in stated))
            stop = flow.text.find("\n", line, zone.end)
            start, end = flow.span(line, zone.end if zone.where == "title" or stop < 0 else stop)
            out.append(
                Scope(
                    law=target,
                    where=zone.where,
                    relation=relation,
                    provisions=provisions,
                    subjects=tuple(named[pin] for pin in provisions) if any(named.values()) else (),
                    start=start,
                    end=end,
                    text=flow.raw[start:end],
                )
            )
    return out


def _between(mentions: Sequence[Mention], zone: _Zone) -> Sequence[Mention]:
    first = bisect_left(mentions, zone.start, key=lambda m: m.start)
    return mentions[first : bisect_left(mentions, zone.end, key=lambda m: m.start)]


def _line(flow: str, zone: _Zone, at: int) -> int:
    """Return where the line of `at` begins; a title is one line."""
    return zone.start if zone.where == "title" else max(flow.rfind("\n", zone.start, at) + 1, zone.start)


def _pins(
    flow: str, zone: _Zone, laws: Sequence[Mention], led: str | None
) -> Iterator[tuple[str, int, list[Pin], str]]:
    """Yield the provisions that Điều 1 lists, each with its law: the one named right after, else the one led to.

    With them come the words between the last provision and these, which say what is regulated; where there are
    none ("khoản 2 Điều 10; khoản 4 Điều 12") those before the first of the row.
    """
    words = _WRAPPED.sub(" ", flow[zone.start : zone.end])
    subject, behind = "", 0
    for pin in scan_pinpoints(words):
        if pin.this_end >= 0:
            continue
        start, end = zone.start + pin.start, zone.start + pin.end
        between = words[max(behind, words.rfind("\n", 0, pin.start) + 1, pin.start - _SUBJECT) : pin.start]
        if len(between.split()) > _FEW:
            goes_on = subject and _GOES_ON.match(between)  # "…, của đơn vị sự nghiệp theo quy định tại"
            said = _SAYS.sub("", " ".join(between.split()))
            subject = f"{subject[-_SUBJECT:]} {said}" if goes_on else said
        behind = pin.end
        named = next((m for m in laws if m.start >= end), None)
        if named is not None and flow[end : named.start].strip(" ,\n") in _TO_DOCUMENT:
            target = named.target
        else:
            held = next((m for m in laws if m.start <= start < m.end), None)
            target = held.target if held is not None else led
        if target is None:
            continue
        rows = [dict(row) for row in read_pinpoint(words[pin.start : pin.end]).rows]
        pins = [Pin(dieu=r["dieu"], khoan=r.get("khoan"), diem=r.get("diem")) for r in rows if "dieu" in r]
        if pins:
            yield target, start, pins, subject


def _led(flow: str, zone: _Zone, laws: Sequence[Mention]) -> str | None:
    """Return the one law a lead-in names as what it details."""
    if not _DETAILS.search(flow, zone.start, min(zone.end, zone.start + 300)):
        return None
    targets = {m.target for m in laws if m.target and _LAW.search(m.target)}
    return targets.pop() if len(targets) == 1 else None


def _zones(segmentation: Segmentation) -> Iterator[_Zone]:
    """Yield the stretches that state a scope, in text order; Điều 1 reaches to the heading of Điều 2."""
    flow, units = segmentation.flow.text, segmentation.units
    last = segmentation.parts[0].last if segmentation.parts else len(units)
    first = next((n for n, unit in enumerate(units[:last]) if _is_article(unit, "1")), -1)
    front = units[:first] if first >= 0 else units[: min(last, _FRONT)]
    for unit in front:
        if unit.kind == "title":
            yield _Zone("title", unit.start, unit.end)
        elif unit.kind == "bases" or flow.startswith("Căn cứ", unit.start):
            yield from _lines(unit, flow)
        elif unit.kind == "body" and _ISSUES.search(flow[unit.start : unit.start + 200]):
            yield _Zone("other", unit.start, unit.end)
    if first >= 0:
        rest = units[first + 1 : last]
        after = next((unit for unit in rest if _is_article(unit, "2")), None)
        end = after.start if after is not None else rest[-1].end if rest else units[first].end
        yield _Zone("dieu_1", units[first].start, min(end, units[first].start + 20_000))


def _is_article(unit: Unit, label: str) -> bool:
    return unit.kind == "article" and (unit.marker or "").rstrip(".") == f"Điều {label}"


def _lines(unit: Unit, flow: str) -> Iterator[_Zone]:
    at = unit.start
    for line in flow[unit.start : unit.end].split("\n"):
        yield _Zone("can_cu", at, at + len(line))
        at += len(line) + 1
