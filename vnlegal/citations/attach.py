"""What stands beside a mention becomes part of it: pinpoints, dates; pinpoints left over become mentions themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from vnlegal.agencies import AgencyFound
from vnlegal.citations.dates import Beside, beside, passed
from vnlegal.citations.dates import before as dated_before
from vnlegal.citations.mentions import Mention
from vnlegal.citations.pinpoints import Pinpoint, provisions

# What may stand between a pinpoint and the document it belongs to.
_LINKS = frozenset({
    "", "của", "tại", ",", "thuộc", "trong", "theo", "kèm", "kèm theo", "ban hành kèm theo", "ban hành kèm",
    "ban hành theo", "được ban hành kèm theo", "ban hành tại", "quy định tại", "nêu tại", "đính kèm", "gửi kèm",
    "gửi kèm theo", "kèm theo của", "của dự thảo", "dự thảo", "của dự án", "của các", "(kèm theo", ", kèm theo",
    ", ban hành kèm theo", "-", "–",
})  # fmt: skip
_ANNEX_LINK = re.compile(r"[^.;:\n]{0,200}? (?:ban hành )?kèm theo $")
_AFTER_THIS = re.compile(r"[,;]? ?(?:và|hoặc)? ?(?:tại |quy định tại )?")
_BEHIND = re.compile(r",? ?\(?(?:tại )?\Z")


def attach_pinpoints(
    mentions: Sequence[Mention], pins: Sequence[Pinpoint], text: str
) -> tuple[list[Mention], list[Pinpoint]]:
    """Give each mention the pinpoint before or after it; return the mentions and the pinpoints left over."""
    ends = [pin.end for pin in pins]
    starts = [pin.start for pin in pins]
    used: dict[int, int] = {}
    out: list[Mention] = []
    for mention in mentions:
        n = bisect_right(ends, mention.start) - 1
        if n < 0 or n in used or not _links(text, pins[n].end, mention.start, pins[n]):
            out.append(mention)
            continue
        pin = pins[n]
        start = pin.start
        if pin.this_end >= 0:
            start = _after_this(text, pin)
            if start >= pin.end:
                out.append(mention)
                continue
        used[n] = start
        words = text[start : pin.end]
        out.append(mention._replace(provisions=provisions(words), pin_start=start, pin_end=pin.end))
    for k, mention in enumerate(out):
        if mention.pin_start >= 0 or mention.kind in ("self", "anaphora", "planned"):
            continue
        close = max(mention.end, mention.date_end)
        n = bisect_right(starts, close)
        if n < len(pins) and n not in used and pins[n].this_end < 0 and pins[n].start - close < 12:
            gap = text[close : pins[n].start]
            if gap.strip() and _BEHIND.match(gap) and "\n" not in gap and gap.strip() != ",":
                used[n] = pins[n].start
                words = text[pins[n].start : pins[n].end]
                out[k] = mention._replace(provisions=provisions(words), pin_start=pins[n].start, pin_end=pins[n].end)
    return out, [
        pin if n not in used else _rest(pin, used[n]) for n, pin in enumerate(pins) if used.get(n) != pin.start
    ]


def _rest(pin: Pinpoint, start: int) -> Pinpoint:
    """Return the part of a pinpoint that belongs to this document, the rest having gone to another."""
    return Pinpoint(pin.start, pin.this_end, pin.this_end) if start > pin.this_end else pin


def _after_this(text: str, pin: Pinpoint) -> int:
    rest = _AFTER_THIS.match(text, pin.this_end, pin.end)
    return rest.end() if rest is not None else pin.end


def _links(text: str, end: int, start: int, pin: Pinpoint) -> bool:
    """Whether the words between a pinpoint and a mention tie them together."""
    if start - end > 220 or start < end:
        return False
    gap = text[end:start]
    if gap.strip(' “"').lower() in _LINKS:
        return "\n" not in gap
    return "hụ lục" in text[pin.start : end] and _ANNEX_LINK.fullmatch(gap) is not None


def attach_dates(mentions: Sequence[Mention], text: str, bodies: Mapping[int, AgencyFound]) -> list[Mention]:
    """Give dates to named laws, and to numbered mentions whose date opens the sentence before them."""
    out: list[Mention] = []
    floor = 0
    dated: set[int] = set()
    for mention in mentions:
        near = _near(mention, text, bodies, floor) if mention.date is None and mention.end not in dated else None
        if near is not None and near.date is not None:
            out.append(mention._replace(date=near.date, date_start=near.date_start, date_end=near.date_end))
        else:
            out.append(mention)
        if mention.kind in ("numbered", "short", "self", "anaphora"):
            floor = max(floor, out[-1].end, out[-1].date_end)
        if out[-1].date is not None:
            dated.add(mention.end)
    return out


def _near(mention: Mention, text: str, bodies: Mapping[int, AgencyFound], floor: int) -> Beside | None:
    """Read the date beside a named law, or the one that opens the sentence before a numbered mention."""
    if mention.kind in ("named", "alias") and mention.doc_type in ("luat", "phap_lenh", "hien_phap", "nghi_quyet"):
        near = beside(text, mention.end, bodies)
        bare = text[near.date_start : near.date_start + 1].isdigit() and text[near.date_start - 1] != "("
        # "Luật Đất đai 01/7/2014" of a table's next cell is the day of something else.
        return near if near.date is not None and len(near.date) > 4 and not bare else passed(text, mention.end)
    if mention.kind in ("numbered", "self") and mention.number_start >= 0:
        return dated_before(text, mention.start, floor)
    return None
