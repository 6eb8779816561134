"""A stated total held against the parts that follow it: "45 nhiệm vụ (trong đó 23 hoàn thành; 22 đang thực hiện)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vnlegal.audit.counts.figures import Figure, shown
from vnlegal.audit.counts.model import Checked, Page, Sentence, Span
from vnlegal.audit.counts.states import state_of

_CUE = re.compile(r"\b(?:trong đó|bao gồm|gồm|chia ra|cụ thể|chia theo)\b", re.I)
_WHOLE = re.compile(r"\b(?:bao gồm|gồm|chia ra|chia theo|còn lại)\b", re.I)
_SUBSET = re.compile(
    r"\b(?:nhất là|đặc biệt|chủ yếu|ít nhất|tối thiểu|riêng|ngoài ra|trong số|tăng|giảm|so với|hơn|bằng|phấn đấu|khoảng"
    r"|từ|đến|vượt|tổng|bình quân|mỗi)\b|…|\.\.\.",
    re.I,
)
_PIECE = re.compile(r"(?:^|;|\bvà|,)\s*$")
_WITH_SHARE = re.compile(r"[^\d.;:]{0,40}?,\s(?:đạt|chiếm|bằng|tỷ lệ)\s\d+(?:,\d+)?\s?%\s?")
_GAP_WORDS = 14
TASK = "nhiệm vụ"


@dataclass(frozen=True, slots=True)
class Division:
    """A total and the parts it is divided into.

    `whole`: the words leave no room for others; `same`:
    every part names the thing that the total counts.
    """

    total: Figure
    parts: tuple[Figure, ...]
    span: Span
    whole: bool
    alike: bool
    same: bool = False


def divisions(page: Page) -> Iterator[Division]:
    """Yield every total with parts in one sentence, or in the sentence before its parts."""
    previous: Sentence | None = None
    for sentence in page.sentences:
        found = [d for f in sentence.figures if (d := _division(page, sentence, f)) is not None]
        yield from found
        if not found and previous is not None:
            later = _split_by_state(page, previous, sentence)
            if later is not None:
                yield later
        if sentence.figures:
            previous = sentence


def check_sums(page: Page, found: Sequence[Division]) -> Iterator[Checked]:
    """Yield the totals whose parts should add up."""
    for division in found:
        checked = _sum(division)
        if checked is not None:
            yield checked
        yield from _shares(page, division)


def _division(page: Page, sentence: Sentence, total: Figure) -> Division | None:
    if total.percent or total.rough or total.value < 2:
        return None
    text = page.text
    region = _region(text, sentence, total)
    if region is None:
        return None
    start, end, cue, bracketed = region
    inside = [f for f in sentence.figures if start <= f.start < end and not f.percent]
    leading = _leading(text, start, end, inside) if bracketed else []
    parts = tuple(leading) or _first_parts(inside, text)
    between = [f for f in sentence.figures if total.end <= f.start < start and not f.percent]
    if between or len(parts) < 2 or not _comparable(text, total, parts if leading else inside, bool(leading)):
        return None
    kinds = {f.kind for f in inside if f.kind and state_of(f.noun) is None}
    labelled = bool(leading) or all(_labelled(text, f) for f in inside)
    alike = labelled or kinds <= {total.kind} or all(state_of(f.noun) for f in inside)
    states = {state_of(f.noun) or state_of(_label(text, f)) or state_of(_words_before(text, f, start)) for f in parts}
    whole = bool(_WHOLE.search(cue)) or (bracketed and labelled) or (None not in states and len(states) > 1)
    if _SUBSET.search(text[start:end]) and not leading:
        whole = False
    finish = end + 1 if bracketed else _clause_end(text, parts[-1], sentence.end)
    same = (labelled and bracketed) or all(f.kind == total.kind for f in parts)
    return Division(total, parts, (total.start, min(finish, sentence.end)), whole, alike, same)


def _comparable(text: str, total: Figure, parts: Sequence[Figure], leading: bool) -> bool:
    """Whether the parts are figures of the total's sort, each of them said to be of something."""
    if any(f.measure and not f.unit for f in (total, *parts)) or any(f.of is not None for f in parts):
        return False
    if any(f.unit != total.unit or (f.step != total.step and not total.unit) for f in parts):
        return False
    return leading or all(f.noun or f.unit or _label(text, f) for f in parts)


def _leading(text: str, start: int, end: int, inside: Sequence[Figure]) -> list[Figure]:
    """Return the figures that begin the pieces of "30 luật (7 luật về A; 8 luật về B và 15 luật chung)".

    None where a piece begins with something else.
    """
    if ";" not in text[start:end]:
        return []
    first = [f for f in inside if _PIECE.search(text[start : f.start])]
    begun = [piece for piece in text[start:end].split(";") if piece.strip()[:1].isdigit()]
    return first if len(begun) == text.count(";", start, end) + 1 and len(first) >= len(begun) else []


def _words_before(text: str, figure: Figure, start: int) -> str:
    """Return the words of the figure's own piece that stand before it: "hoàn thành 779 nhiệm vụ"."""
    return re.split(r"[;,(]", text[max(figure.start - 60, start) : figure.start])[-1]


def _region(text: str, sentence: Sentence, total: Figure) -> tuple[int, int, str, bool] | None:
    """Return where the parts of a total stand: its brackets, or the words after "trong đó"; and the cue."""
    near = text[total.end : sentence.end]
    open_at = near.find("(")
    cue = _CUE.search(near)
    plain = len(near[:open_at].split()) <= 4 and not re.search(r"[.,;:]\s|\d", near[:open_at])
    if open_at >= 0 and (plain or _WITH_SHARE.fullmatch(near[:open_at])):
        close = near.find(")", open_at)
        if close > 0:
            inner = _CUE.match(near, open_at + 1)
            at = total.end + open_at + 1
            return at, total.end + close, inner[0] if inner else "", True
    if cue is None or len(near[: cue.start()].split()) > _GAP_WORDS or ";" in near[: cue.start()].rstrip(" ;"):
        return None
    return total.end + cue.end(), sentence.end, cue[0], False


def _label(text: str, figure: Figure) -> str:
    """Return the words before "label: 12", back to the last mark."""
    before = text[max(figure.start - 60, 0) : figure.start].rstrip()
    if not before.endswith(":"):
        return ""
    return re.split(r"[;,(:\n]", before[:-1])[-1].strip().casefold()


def _labelled(text: str, figure: Figure) -> bool:
    return bool(_label(text, figure))


def _first_parts(inside: Sequence[Figure], text: str) -> tuple[Figure, ...]:
    """Return the parts on the first floor: what stands in brackets of their own is a part of a part."""
    if not inside:
        return ()
    floor, parts, at = 0, [], inside[0].start
    for figure in inside:
        between = text[at : figure.start]
        floor += between.count("(") - between.count(")")
        at = figure.start
        if floor <= 0 and "trong đó" not in between.casefold():
            parts.append(figure)
        elif floor <= 0:
            break
    return tuple(parts)


def _split_by_state(page: Page, previous: Sentence, sentence: Sentence) -> Division | None:
    """Take "22 nhiệm vụ hoàn thành; 13 đang thực hiện; 02 quá hạn" for the parts of the total just before it."""
    parts = [f for f in sentence.figures if f.is_count and state_of(f.noun) and f.kind == TASK]
    if len(parts) < 2 or len({state_of(f.noun) for f in parts}) != len(parts):
        return None
    units = page.segmentation.units
    near = previous.unit == sentence.unit or units[previous.unit].parent == units[sentence.unit].parent
    totals = [f for f in previous.figures if f.is_count and f.kind == TASK and state_of(f.noun) is None]
    if not near or len(totals) != 1 or any(f.value > totals[0].value for f in parts):
        return None
    return Division(
        totals[0], tuple(parts), (parts[0].start, _clause_end(page.text, parts[-1], sentence.end)), True, True
    )


def _clause_end(text: str, figure: Figure, end: int) -> int:
    stop = re.search(r"[.;,(]", text[figure.end : end])
    return figure.end + stop.start() if stop else end


def _sum(division: Division) -> Checked | None:
    total, parts = division.total, division.parts
    added = sum((f.value for f in parts), Decimal(0))
    slack = (total.step + sum((f.step for f in parts), Decimal(0))) / 2 if total.unit or total.step < 1 else Decimal(0)
    close = abs(added - total.value) <= slack or added == total.of
    if not close and not (division.alike and (division.whole or (division.same and added > total.value))):
        return None
    if not close and any(f.rough for f in parts):
        return None
    sign = "=" if added == total.value else "≈" if close else "≠"
    calculation = f"{' + '.join(shown(f.value) for f in parts)} = {shown(added)}"
    if sign != "=":
        calculation += f" {sign} {shown(total.value)}"
    told = "khớp" if close else "không khớp"
    return Checked(
        code="sum",
        start=division.span[0],
        end=division.span[1],
        holds=close,
        calculation=calculation,
        message=f"Tổng {shown(total.value)} {told} với các phần cộng lại ({shown(added)}).",
        stated={"total": shown(total.value), "parts": "; ".join(shown(f.value) for f in parts)},
        compared=((total.start, total.end),) if division.span[0] > total.start else (),
        doubt=None if close or division.whole else "các phần có thể trùng nhau",
    )


def _shares(page: Page, division: Division) -> Iterator[Checked]:
    """Check the share written after each part: "80 nhiệm vụ (66,7%)"."""
    for part in division.parts:
        share = re.compile(r"[^\d();]{0,40}\((?:chiếm |đạt |tỷ lệ |bằng )*(\d+(?:[.,]\d+)?)\s?%\)").match(
            page.text, part.end
        )
        if share is None or share.end() > division.span[1] + 20:
            continue
        yield share_row(
            part, division.total, share[1], (part.start, share.end()), ((division.total.start, division.total.end),)
        )


def share_row(
    part: Figure,
    total: Figure | None,
    percent: str,
    span: Span,
    compared: tuple[Span, ...],
    base: Decimal | None = None,
) -> Checked:
    """Return the check of "part of total is percent"; a last place cut off instead of rounded holds too."""
    whole = base if base is not None else total.value if total else Decimal(1)
    stated = Decimal(percent.replace(",", "."))
    step = Decimal(1).scaleb(-len(percent.replace(",", ".").partition(".")[2]))
    true = part.value / whole * 100
    holds = abs(true - stated) < step
    rounded = true.quantize(min(step, Decimal("0.01"))).normalize()
    sign = "=" if rounded == stated else "≈" if holds else "≠"
    calculation = f"{shown(part.value)} / {shown(whole)} = {shown(rounded)}%"
    if sign != "=":
        calculation += f" {sign} {shown(stated)}%"
    return Checked(
        code="share",
        start=span[0],
        end=span[1],
        holds=holds,
        calculation=calculation,
        message=f"Nêu {shown(stated)}%, tính lại được {shown(rounded)}%.",
        stated={"part": shown(part.value), "whole": shown(whole), "percent": shown(stated)},
        compared=compared,
    )
