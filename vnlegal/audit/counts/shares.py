"""Percentages held against the figures they are of: "25/40, đạt 62,5%", shares that make up a whole, common bases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from vnlegal.audit.counts.figures import Figure, readings, shown
from vnlegal.audit.counts.model import Checked, Page, Sentence, Span
from vnlegal.audit.counts.sums import share_row

_SAYS = re.compile(
    r"[^\d.;:()]{0,50}?[,(]?\s?(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|=)"
    r"(?:\s(?:đạt|tỷ lệ|tỉ lệ|khoảng|là|với))*\s*:?\s*$"
    r"|[^\d.,;:()]{0,50}\(\s*$",
    re.I,
)
_IN_BRACKETS = re.compile(r"\s?\(\s*(?:\w+\s){0,2}")
_CHANGE = re.compile(r"\b(?:tăng|giảm|so với|vượt|cao hơn|thấp hơn|kế hoạch|cùng kỳ)\b", re.I)
_PART_OF = re.compile(r"^[^\d.;:()%]{0,60}\(\s*chiếm\s*$", re.I)
_ENUMERATED = re.compile(r"^(?:\)?\s*[,;]|\)|\s+và\b)")
_MAKE_UP = re.compile(r"\b(?:thị phần|cơ cấu|tỷ trọng|tỉ trọng|phân bố|phân loại|mức|chiếm|xếp loại|lần lượt)\b", re.I)
_BASE = re.compile(r"\s(?:tổng\s)?(số (?:[^\d.,;:()]|\d(?=[^\W\d])){3,50}|tổng [^\d.,;:()]{3,50})", re.I)
_OF_BASE = re.compile(r"(?:[^\d.;:()%]|\d(?=[^\W\d])){0,50}(?:\(|,)\s*(?:bằng|chiếm|đạt|khoảng|tương đương|\s)*$", re.I)
_FULL = re.compile(r"\b(?:đã|hoàn thành|ban hành|thực hiện)\b", re.I)
_PENDING = re.compile(r"^(?:[\w,]+\s){1,5}?(?:đang|chưa|còn)\s", re.I)
_FROM_TO = re.compile(
    r"\b(?P<way>tăng|giảm)?\s?(?:từ)\s(?P<a>\d[\d.,]*)\s?(?P<unit>[^\d.,;()]{0,30}?)(?:\s(?:năm|tháng|quý)[^;.()]{0,24}?)?\s"
    r"(?:lên|xuống|đến|còn|xuống còn)\s(?:còn\s)?(?P<b>\d[\d.,]*\d|\d)\s?(?P<unit2>[^\d.;()]{0,40}?)"
    r"(?:,\s|\s?\()(?:tức\s|tương ứng\s)?(?P<how>tăng|giảm)\s(?:khoảng\s)?(?P<p>\d+(?:,\d+)?)\s?%",
    re.I,
)
_WHOLE = Decimal(100)


def check_shares(page: Page) -> Iterator[Checked]:
    """Yield the percentages that figures of the same sentence, or a base named twice, let one work out."""
    for sentence in page.sentences:
        yield from _ratios(page, sentence)
        yield from _make_up(page, sentence)
        yield from _parts_of_one(page, sentence)
        yield from _full_but_pending(page, sentence)
        yield from _grown(page, sentence)
    yield from _common_base(page)


def _ratios(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Check "25/40 nhiệm vụ, đạt 62,5%" and "62,5% (25/40)"."""
    for first, second in pairwise(sentence.figures):
        between = page.text[first.end : second.start]
        span = (first.start, second.end)
        if first.of and second.percent and second.of is None:
            if _SAYS.fullmatch(between) and not _CHANGE.search(between):
                yield _share(page, first, second, span)
        elif (
            first.percent and first.of is None and second.of and not second.percent and _IN_BRACKETS.fullmatch(between)
        ):
            yield _share(page, second, first, span)


def _share(page: Page, ratio: Figure, percent: Figure, span: Span) -> Checked:
    words = page.text[percent.start : percent.end].rstrip("% ")
    return share_row(ratio, None, _plain(words), span, (), ratio.of)


def _plain(words: str) -> str:
    value = readings(words)[0]
    return str(value[0]) if value else "0"


def _make_up(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Check that the shares of one enumeration make up the whole: "A (66,7%), B (26,9%), C (6,4%)"."""
    run: list[Figure] = []
    for figure in (*sentence.figures, None):
        joined = (
            figure is not None
            and figure.percent
            and figure.of is None
            and (not run or _next_in_list(page.text[run[-1].end : figure.start]))
        )
        if joined and figure is not None:
            run.append(figure)
            continue
        yield from _whole(page, sentence, run)
        run = [figure] if figure is not None and figure.percent and figure.of is None else []


def _next_in_list(between: str) -> bool:
    return (
        bool(_ENUMERATED.match(between))
        and len(between.split()) <= 10
        and not _CHANGE.search(between)
        and not re.search(r"\.\s", between)
    )


def _whole(page: Page, sentence: Sentence, run: Sequence[Figure]) -> Iterator[Checked]:
    if len(run) < 3 or any(f.rough for f in run):
        return
    added = sum((f.value for f in run), Decimal(0))
    slack = max(f.step for f in run) * len(run) / 2
    start = run[0].start
    begin = _label_start(page.text, sentence.start, start)
    end = run[-1].end + page.text.startswith(")", run[-1].end)
    holds = abs(added - _WHOLE) <= slack
    if not holds and not (abs(added - _WHOLE) <= 3 and _MAKE_UP.search(page.text[sentence.start : start])):
        return
    sign = "=" if added == _WHOLE else "≈" if holds else "≠"
    words = f"{' + '.join(shown(f.value) for f in run)} = {shown(added)}"
    yield Checked(
        code="shares-of-whole",
        start=begin,
        end=end,
        holds=holds,
        calculation=words if sign == "=" else f"{words} {sign} 100",
        message=f"Các tỷ lệ cộng lại được {shown(added)}%.",
        stated={"parts": "; ".join(f"{shown(f.value)}%" for f in run), "sum": shown(added)},
        doubt=None if holds else "các tỷ lệ có thể không phải của cùng một tổng thể",
    )


def _label_start(text: str, least: int, start: int) -> int:
    """Return where the words that name the first share begin: "Shopee (66,7%)", "mức C: 62%"."""
    before = text[max(least, start - 60) : start]
    if before.endswith("("):
        cut = max(before.rfind(mark, 0, len(before) - 1) for mark in ":;,(")
    else:
        cut = before.rfind("(") if "(" in before else max(before.rfind(";"), before.rfind(","))
    begin = start - len(before) + cut + 1
    return begin + len(text[begin:start]) - len(text[begin:start].lstrip())


def _parts_of_one(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Check that "7,42% (chiếm 60,19%), … 4,91% (chiếm 39,81%)" are shares of one whole."""
    pairs = []
    for first, second in pairwise(sentence.figures):
        if second.percent and first.of is None and _PART_OF.match(page.text[first.end : second.start]):
            pairs.append((first, second))
    if len(pairs) < 2 or len({(a.percent, a.unit) for a, _ in pairs}) > 1:
        return
    parts = sum((a.value for a, _ in pairs), Decimal(0))
    shares = sum((b.value for _, b in pairs), Decimal(0))
    if abs(shares - _WHOLE) > pairs[0][1].step * len(pairs):
        return
    worst = max(pairs, key=lambda pair: abs(pair[0].value / parts * 100 - pair[1].value))
    holds = all(_within(a, b, parts) for a, b in pairs)
    true = (worst[0].value / parts * 100).quantize(worst[1].step)
    yield Checked(
        code="share",
        start=pairs[0][0].start,
        end=pairs[-1][1].end,
        holds=holds,
        calculation=(
            f"{' + '.join(shown(a.value) for a, _ in pairs)} = {shown(parts)}; "
            f"{shown(worst[0].value)} / {shown(parts)} = {shown(true)}%"
            + ("" if true == worst[1].value else f" {'≈' if holds else '≠'} {shown(worst[1].value)}%")
        ),
        message=f"Các phần cộng lại {shown(parts)}, tỷ lệ {'khớp' if holds else 'không khớp'}.",
        stated={
            "parts": "; ".join(shown(a.value) for a, _ in pairs),
            "shares": "; ".join(shown(b.value) for _, b in pairs),
        },
    )


def _within(part: Figure, share: Figure, whole: Decimal) -> bool:
    slack = share.step + part.step / whole * 100
    return abs(part.value / whole * 100 - share.value) <= slack


def _full_but_pending(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Find "22/22 bộ đã ban hành, 02 cơ quan đang trình": all have done it, yet some still have to."""
    full = [f for f in sentence.figures if f.of is not None and f.of == f.value]
    if not full or any(f.of is not None and f.of != f.value for f in sentence.figures):
        return
    for figure in sentence.figures:
        if figure.start < full[-1].end or not figure.is_count or figure.value < 1:
            continue
        between = page.text[full[-1].end : figure.start]
        if not _FULL.search(between) or re.search(r"trong đó|[.;:(]", between):
            continue
        if not _PENDING.match(page.text[figure.end : sentence.end].lstrip()):
            continue
        all_of = ", ".join(f"{shown(f.value)}/{shown(f.of or f.value)}" for f in full)
        yield Checked(
            code="full-but-pending",
            start=full[0].start,
            end=_clause(page.text, figure.end, sentence.end),
            holds=False,
            calculation=f"{all_of} là đủ; còn {shown(figure.value)}",
            message=f"Đã đủ {all_of} nhưng vẫn còn {shown(figure.value)} chưa xong.",
            stated={"full": all_of, "pending": shown(figure.value)},
            doubt="số còn lại có thể ngoài các cơ quan đã tính",
        )
        return


def _clause(text: str, at: int, end: int) -> int:
    stop = re.search(r"[.,;]", text[at:end])
    return at + stop.start() if stop else end


def _grown(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Check "tăng từ 120 lên 150, tăng 25%"."""
    for found in _FROM_TO.finditer(page.text, sentence.start, sentence.end):
        first, second = readings(found["a"].rstrip(".,"))[0], readings(found["b"].rstrip(".,"))[0]
        if len(first) != 1 or len(second) != 1 or first[0] == 0 or "%" in found["unit"] + found["unit2"]:
            continue
        stated = Decimal(found["p"].replace(",", "."))
        step = Decimal(1).scaleb(-len(found["p"].partition(",")[2]))
        change = (second[0] - first[0]) / first[0] * 100
        grown = abs(change)
        holds = abs(grown - stated) < step
        rounded = grown.quantize(min(step, Decimal("0.01"))).normalize()
        exact = shown(change.quantize(min(step, Decimal("0.01"))).normalize())
        words = f"({shown(second[0])} - {shown(first[0])}) / {shown(first[0])} = {exact}%"
        yield Checked(
            code="growth",
            start=found.start(),
            end=found.end(),
            holds=holds,
            calculation=words if holds else f"{words} ≠ {shown(stated)}%",
            message=f"Nêu {found['how']} {shown(stated)}%, tính lại được {shown(rounded)}%.",
            stated={"from": shown(first[0]), "to": shown(second[0]), "percent": shown(stated)},
        )


def _common_base(page: Page) -> Iterator[Checked]:
    """Compare the wholes that several "11.591 trạm (7,72% số trạm 4G)" imply for one and the same base."""
    bases: defaultdict[str, list[tuple[Figure, Figure, Span]]] = defaultdict(list)
    for sentence in page.sentences:
        for first, second in pairwise(sentence.figures):
            if not second.percent or second.rough or first.rough or first.percent or first.of or second.value == 0:
                continue
            base = _BASE.match(page.text, second.end)
            if base is None or not _OF_BASE.fullmatch(page.text[first.end : second.start]):
                continue
            name = " ".join(base[1].casefold().split()[:6])
            bases[name].append((first, second, (first.start, base.end())))
    for name, entries in bases.items():
        yield from _one_base(name, entries)


def _implied(part: Figure, share: Figure) -> list[tuple[Decimal, Decimal]]:
    """Return for each reading of the part between which bounds the whole lies."""
    out = []
    for value in part.values:
        slack = (part.step if value == part.value else Decimal(1)) / 2
        low = (value - slack) / (share.value + share.step) * 100
        high = (value + slack) / max(share.value - share.step, share.step / 2) * 100
        out.append((low, high))
    return out


def _one_base(name: str, entries: Sequence[tuple[Figure, Figure, Span]]) -> Iterator[Checked]:
    if len(entries) < 2:
        return
    first = entries[0]
    for entry in entries[1:]:
        meets = any(
            low <= high2 and low2 <= high
            for low, high in _implied(first[0], first[1])
            for low2, high2 in _implied(entry[0], entry[1])
        )
        whole = [(e[0].values[-1] / e[1].value * 100).quantize(Decimal(1)) for e in (first, entry)]
        odd, other = (first, entry) if not meets else (entry, first)
        yield Checked(
            code="common-base",
            start=odd[2][0],
            end=odd[2][1],
            holds=meets,
            calculation=" ; ".join(
                f"{shown(e[0].values[-1])} / {shown(e[1].value)}% = {shown(w)}"
                for e, w in zip((first, entry), whole, strict=True)
            ),
            message=(
                f"Hai tỷ lệ cho cùng một “{name}”."
                if meets
                else f"Hai tỷ lệ tính ra hai con số “{name}” khác nhau: {shown(whole[0])} và {shown(whole[1])}."
            ),
            stated={"base": name, "first": shown(whole[0]), "second": shown(whole[1])},
            compared=(other[2],),
            doubt=None if meets else "hai số có thể ở hai thời điểm",
        )
        if not meets:
            return
