"""What a document says of itself, for names that lean on it: the issuer, its province, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnlegal.knowledge.agencies import AgencyKnowledge, by_code, issuer_name, province_of
from vnlegal.segment import Segmentation
from vnlegal.segment.model import Part


@dataclass(frozen=True, slots=True)
class Context:
    """The document (or the part of a file) that begins at `start` of the flow."""

    start: int
    issuer: str | None = None
    province: str | None = None
    date: str | None = None


# "Số: 7260/BKHĐT-QLKTTW", "(Kèm theo Công văn số  /BCT-ĐCK": the code that names the issuer.
_CODE = re.compile(
    r"(?:^|\n|èm theo [^\n/]{0,40})[Ss]ố[ ]?:?[ ]?[\d ]{0,24}(?:-[ ]?[A-ZĐa-z]{1,4})?"
    r"/([A-ZĐ][A-ZĐa-z]+)(?:[-–]([A-ZĐ][A-ZĐa-z]+))?"
)
_NUMBER = re.compile(r"(?:Số|SỐ)[ :]")
_SLASHES = re.compile(r"[/-]")


def contexts(segmentation: Segmentation, knowledge: AgencyKnowledge) -> list[Context]:
    """Return the context of each part of the file, in order; an annex has its document's."""
    out: list[Context] = []
    last_annex = max((n for n, part in enumerate(segmentation.parts) if part.is_annex), default=-1)
    for number, part in enumerate(segmentation.parts):
        if part.first >= min(part.last, len(segmentation.units)):
            continue
        start = segmentation.units[part.first].start
        last = segmentation.parts[max(last_annex, number)]
        issuer = _issuer(segmentation, part, last, knowledge)
        before = out[-1] if out else Context(0)
        if issuer is None and out:
            out.append(Context(start, before.issuer, before.province, part.header.date or before.date))
            continue
        province = province_of(issuer, knowledge) if issuer else None
        out.append(Context(start, issuer, province, part.header.date))
    return out or [Context(0)]


def _letterhead(segmentation: Segmentation, part: Part, knowledge: AgencyKnowledge) -> str | None:
    """Read the issuer from the capitals at the head, where segmentation did not."""
    start = segmentation.units[part.first].start
    lines: list[str] = []
    for raw in segmentation.flow.text[start : start + 1500].split("\n"):
        line = raw.strip()
        if _NUMBER.match(line) or len(lines) > 3:
            break
        if line.isupper() and 4 < len(line) < 90 and not line.startswith(("CỘNG H", "ĐẢNG CỘNG")):
            lines.append(line)
        elif lines and line[:1].isalpha() and not line.startswith(("CỘNG H", "ĐẢNG CỘNG", "Độc lập")):
            break
    named = issuer_name(lines, knowledge)
    return named[0] if named else None


def _issuer(segmentation: Segmentation, part: Part, last: Part, knowledge: AgencyKnowledge) -> str | None:
    header = part.header
    joint = (header.kind or "").endswith("_lien_tich")  # of several bodies the first speaks
    if header.issuer is not None and not joint:
        return header.issuer
    if header.number is not None:
        for code in _SLASHES.split(header.number)[1:]:
            row = by_code(code, knowledge, header.date)
            if row is not None:
                return row.name
    if part.is_annex:
        return None
    if (named := _letterhead(segmentation, part, knowledge)) is not None:
        return named
    text = segmentation.flow.text
    end = segmentation.units[min(last.last, len(segmentation.units)) - 1].end
    start = segmentation.units[part.first].start
    for match in _CODE.finditer(text, start, min(end, start + 6000)):
        for code in match.groups(default=""):
            row = by_code(code, knowledge)
            if row is not None:
                return row.name
    return None
