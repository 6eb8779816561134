"""What a document says of itself, for names that lean on it: the issuer, its province, its date."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from vnlegal.agencies.model import AgencyFound
from vnlegal.agencies.scan import Sight
from vnlegal.knowledge.agencies import AgencyKnowledge, by_code, canonical_name, complete, province_of, successors
from vnlegal.segment import Segmentation


@dataclass(frozen=True, slots=True)
class Context:
    """The document (or the part of a file) that begins at `start` of the flow."""

    start: int
    issuer: str | None = None
    province: str | None = None
    date: str | None = None


_CODE = re.compile(r"(?:Số|số)[ ]?:?[^\n/]{0,20}/(?:[A-ZĐa-z]{1,6}[-–])?([A-ZĐ][A-ZĐa-z]*)")


def contexts(segmentation: Segmentation, knowledge: AgencyKnowledge) -> list[Context]:
    """Return the context of each part of the file, in order."""
    out: list[Context] = []
    text = segmentation.flow.text
    for part in segmentation.parts:
        if part.first >= len(segmentation.units):
            continue
        start = segmentation.units[part.first].start
        header = part.header
        issuer = header.issuer
        if issuer is None and header.number:
            code = re.split(r"[/-]", header.number)[-1]
            row = by_code(code, knowledge, header.date)
            issuer = row.name if row else None
        if issuer is None:
            end = segmentation.units[part.last - 1].end
            for match in _CODE.finditer(text, start, end):
                row = by_code(match[1], knowledge) or by_code(match[1].replace("DĐ", "Đ"), knowledge)
                if row is not None:
                    issuer = row.name
                    break
        province = province_of(issuer, knowledge) if issuer else None
        if issuer is None and out and part.is_annex:
            out.append(Context(start, out[-1].issuer, out[-1].province, out[-1].date))
            continue
        out.append(Context(start, issuer, province, header.date))
    return out or [Context(0)]


class Reader:
    """Takes the scan's sights in order and keeps what later ones lean on."""

    def __init__(self, text: str, low: str, knowledge: AgencyKnowledge, parts: list[Context]) -> None:
        """Read `text` (and its lower-case twin) as the documents `parts`."""
        self._text, self._low, self._knowledge = text, low, knowledge
        self._parts = parts
        self._starts = [part.start for part in parts]
        self._found: list[AgencyFound] = []
        self._today: dict[tuple[str, str | None], str | None] = {}

    def take(self, sight: Sight) -> None:
        """Turn one sight into a mention, or leave it."""
        if sight.hit is None:
            return
        context = self._parts[max(0, bisect_right(self._starts, sight.start) - 1)]
        name = complete(sight.hit, context.province)
        self._add(sight.start, sight.end, name, sight.hit.kind, context)

    def _add(self, start: int, end: int, name: str, kind: str, context: Context) -> None:
        self._found.append(AgencyFound(start, end, name, kind, self._today_of(name, context)))

    def _today_of(self, name: str, context: Context) -> str | None:
        if name.startswith("nhóm"):
            return None
        asked = (name, context.date)
        if asked not in self._today:
            self._today[asked] = "; ".join(successors(name, self._knowledge, context.date)) or None
        return self._today[asked]

    def mentions(self) -> list[AgencyFound]:
        """Return the mentions taken, in order."""
        return self._found


__all__ = ["Context", "Reader", "canonical_name", "contexts"]
