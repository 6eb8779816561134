"""The same quantity stated in two places: counts side by side, laws of one session, ranks of one year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from vnlegal.audit.counts.figures import Figure, shown
from vnlegal.audit.counts.model import Checked, Page, Sentence, Span

_NEAR = 60
_AROUND = 70
_WORD = re.compile(r"[^\W\d_]{2,}")
_SESSION = re.compile(r"\bkỳ họp (?:lần )?(?:thứ )?(\d{1,2})\b", re.I)
_LAWS = re.compile(r"^(?:dự án luật|dự thảo luật|dự luật|luật|dự án)\b")
_RANK = re.compile(
    r"(?:xếp (?:hạng|vị trí|thứ)|thứ hạng|vị trí(?: thứ)?|hạng)(?: thứ)?\s(?:là\s)?(\d{1,3})(?:/\d{1,3})?"
    r"(?![\d%.,]\d|\s?%|\s?tỷ)",
    re.I,
)
# Words of quotas and scales: each line of them is another case.
_RULE = re.compile(r"\b(?:trở lên|trở xuống|đối với|mỗi|từ|dưới|tối đa|tối thiểu|ít nhất|không quá)\b")
_YEAR = re.compile(r"\bnăm (\d{4})\b", re.I)
_AS_IN = re.compile(
    r"\s(?:như|bằng|ngang|ngang bằng|tương đương)(?: với)?(?: thời điểm| mức| của)?\snăm (\d{4})\b", re.I
)
_BREAK = re.compile(r"[.;]\s|, (?:trong khi|sau|tiếp|xếp ngay)")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two counts side by side: "16 bộ, ngành và 37 địa phương"."""

    first: Figure
    second: Figure
    words: frozenset[str]
    sentence: Sentence

    @property
    def span(self) -> Span:
        return self.first.start, self.second.end


def check_repeats(page: Page) -> Iterator[Checked]:
    """Yield the quantities that stand in two places, equal or not."""
    yield from _pairs(page)
    yield from _sessions(page)
    yield from _ranks(page)


def _key(figure: Figure) -> str:
    return " ".join(figure.noun.split()[:2]) or figure.kind


def _pairs(page: Page) -> Iterator[Checked]:
    known: defaultdict[str, list[_Pair]] = defaultdict(list)
    for sentence in page.sentences:
        for first, second in pairwise(sentence.figures):
            gap = page.text[first.end : second.start]
            if first.percent or second.percent or first.unit or second.unit or not (first.noun and second.noun):
                continue
            if not re.search(r",|;|&|\bvà\b|\bcùng\b", gap):
                continue
            if len(gap) > _NEAR or re.search(r"[.:]\s|\(", gap) or (first.of is None) != (second.of is None):
                continue
            around = page.text[max(sentence.start, first.start - _AROUND) : min(sentence.end, second.end + _AROUND)]
            pair = _Pair(first, second, frozenset(_WORD.findall(around.casefold())), sentence)
            key = second.kind
            yield from _held(page, pair, known[key])
            known[key].append(pair)


def _held(page: Page, pair: _Pair, earlier: list[_Pair]) -> Iterator[Checked]:
    for other in earlier[-8:]:
        same = (pair.first.value == other.first.value, pair.second.value == other.second.value)
        if pair.first.of is not None and (pair.first.of, pair.second.of) != (other.first.of, other.second.of):
            continue
        alike = len(pair.words & other.words) / max(min(len(pair.words), len(other.words)), 1)
        small = max(pair.first.value, pair.second.value) < 10
        same_things = pair.first.kind == other.first.kind
        if not same_things and not (min(pair.first.value, pair.second.value) >= 10 and alike >= 0.4):
            continue
        if all(same) and not (small and alike < 0.6):
            yield _pair_row(page, pair, other, True)
            return
        closer = len(pair.words & other.words) / max(len(pair.words | other.words), 1)
        sure = _tight(page, pair) and _tight(page, other) and pair.first.kind != pair.second.kind
        if (
            same_things
            and sure
            and any(same)
            and closer >= 0.6
            and not (small or pair.first.rough or pair.second.rough)
            and _times(page, pair) == _times(page, other)
            and _others(pair) == _others(other)
        ):
            yield _pair_row(page, pair, other, False)
            return


def _tight(page: Page, pair: _Pair) -> bool:
    """Whether nothing but what is counted stands between the two: "16 bộ, ngành và 37 địa phương"."""
    around = page.text[max(pair.first.start - 40, pair.sentence.start) : min(pair.second.end + 40, pair.sentence.end)]
    if _RULE.search(around.casefold()):
        return False
    return len(page.text[pair.first.end : pair.second.start].split()) <= 6


def _others(pair: _Pair) -> frozenset[Decimal]:
    """Return the further figures of the sentence: where they differ too, the sentence says another thing."""
    return frozenset(f.value for f in pair.sentence.figures if f not in (pair.first, pair.second))


def _times(page: Page, pair: _Pair) -> tuple[str, ...]:
    """Return the days, months and years a pair's sentence names: figures of two times are two quantities."""
    words = page.text[pair.sentence.start : pair.sentence.end]
    return tuple(
        re.findall(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|năm \d{4}|tháng \d+|quý [\dIV]+|khóa [XVI]+", words, re.I)
    )


def _pair_row(page: Page, pair: _Pair, other: _Pair, holds: bool) -> Checked:
    here, there = (_both(p) for p in (pair, other))
    end = _noun_stop(page.text, pair.second, pair.sentence.end)
    return Checked(
        code="repeated",
        start=pair.first.start,
        end=end,
        holds=holds,
        calculation=f"{here} {'=' if holds else '≠'} {there}",
        message=f"Ở đây nêu {here}, ở chỗ khác nêu {there}." if not holds else f"Nêu hai lần, cùng là {here}.",
        stated={"here": here, "there": there},
        compared=((other.first.start, _noun_stop(page.text, other.second, other.sentence.end)),),
        doubt=None if holds else "hai chỗ có thể nói về hai thời điểm hoặc hai việc",
    )


def _noun_stop(text: str, figure: Figure, end: int) -> int:
    stop = re.search(r"[.,;:()\n]|\s(?:và|đã|đang|gửi|có)\s", text[figure.end : end])
    return figure.end + stop.start() if stop else end


def _one(figure: Figure) -> str:
    number = shown(figure.value) + (f"/{shown(figure.of)}" if figure.of is not None else "")
    return f"{number} {_key(figure)}".strip()


def _both(pair: _Pair) -> str:
    return f"{_one(pair.first)}, {_one(pair.second)}"


def _sessions(page: Page) -> Iterator[Checked]:
    """Compare how many laws the text says went to one session of the Quốc hội, all of them being meant."""
    seen: dict[str, tuple[Figure, Span]] = {}
    for sentence in page.sentences:
        words = page.text[sentence.start : sentence.end]
        sessions = set(_SESSION.findall(words))
        if len(sessions) != 1 or not re.search(r"\btrình\b", words, re.I):
            continue
        counts = [f for f in sentence.figures if f.is_count and _LAWS.match(f.noun) and not f.rough]
        if not counts or re.search(r"trong đó", words, re.I):
            continue
        session, figure = sessions.pop(), counts[0]
        before = page.text[max(sentence.start, figure.start - 30) : figure.start].casefold()
        if re.search(r"(?:trình quốc hội|trình qh|trình)(?: khóa \w+)?\s*$", before) is None:
            continue
        end = figure.end + len(" " + figure.noun)
        place = (figure.start, min(end, sentence.end))
        if session not in seen:
            seen[session] = (figure, place)
            continue
        other, there = seen[session]
        holds = other.value == figure.value
        yield Checked(
            code="repeated",
            start=place[0],
            end=place[1],
            holds=holds,
            calculation=f"{shown(figure.value)} {'=' if holds else '≠'} {shown(other.value)}",
            message=(
                f"Số luật trình kỳ họp thứ {session}: ở đây {shown(figure.value)}, ở chỗ khác {shown(other.value)}."
            ),
            stated={"here": _one(figure), "there": _one(other)},
            compared=(there,),
            doubt=None if holds else "một trong hai số có thể tính rộng hơn",
        )


def _ranks(page: Page) -> Iterator[Checked]:
    """Check "đạt vị trí 44 như năm 2020" against the ranks by year that the same paragraph states."""
    units: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in page.sentences:
        units[sentence.unit].append(sentence)
    for sentences in units.values():
        start, end = sentences[0].start, sentences[-1].end
        by_year = _ranks_by_year(page.text, start, end)
        for found in _RANK.finditer(page.text, start, end):
            said = _AS_IN.match(page.text, found.end(), end)
            if said is None or said[1] not in by_year:
                continue
            known, place = by_year[said[1]]
            if place[0] == found.start():
                continue
            here = Decimal(found[1])
            holds = here == known
            yield Checked(
                code="rank",
                start=found.start(),
                end=said.end(),
                holds=holds,
                calculation=f"{shown(here)} {'=' if holds else '≠'} {shown(known)} (năm {said[1]})",
                message=f"Nêu vị trí {shown(here)} như năm {said[1]}; cùng đoạn nêu năm {said[1]} là {shown(known)}.",
                stated={"here": shown(here), "there": shown(known), "year": said[1]},
                compared=(place,),
            )


def _ranks_by_year(text: str, start: int, end: int) -> dict[str, tuple[Decimal, Span]]:
    """Return the rank the paragraph states first for each year: the first one after the year, in its clause."""
    out: dict[str, tuple[Decimal, Span]] = {}
    years = list(_YEAR.finditer(text, start, end))
    for n, year in enumerate(years):
        limit = years[n + 1].start() if n + 1 < len(years) else end
        stop = re.compile(r"[.;]\s").search(text, year.end(), limit)
        rank = _RANK.search(text, year.end(), stop.start() if stop else limit)
        if (
            rank is not None
            and year[1] not in out
            and not _AS_IN.match(text[year.start() - 40 : year.start()][-1:] or "")
        ):
            out[year[1]] = (Decimal(rank[1]), rank.span())
    return out
