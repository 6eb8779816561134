"""Lists of agencies as tables and headings have them: "Bộ KH&CN, Bộ Tài chính; UBND các tỉnh"."""

from __future__ import annotations

from vnlegal.agencies.model import AgencyFound
from vnlegal.knowledge.agencies import AgencyKnowledge, complete, lower
from vnlegal.agencies.scan import scan


def parse_agencies(text: str, knowledge: AgencyKnowledge, *, province: str | None = None) -> list[AgencyFound]:
    """Read the agencies in a phrase or a table cell; offsets count from its beginning.

    `province`: the issuer's, in full ("tỉnh Đồng Tháp"), for names that leave their place out.
    """
    low = lower(text)
    return [
        AgencyFound(sight.start, sight.end, complete(sight.hit, province), sight.hit.kind)
        for sight in scan(text, low, knowledge)
        if sight.hit is not None
    ]
