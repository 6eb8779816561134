"""A stated number of things held against the things that are then listed.

The list may stand in brackets, run on with (1), (2) …, follow as items or rows, or stand in a footnote. A list that
does not fit is called wrong only where the sentence leaves no doubt that it is the list of what was counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vnlegal.audit.counts.below import listed_below
from vnlegal.audit.counts.figures import Figure, shown
from vnlegal.audit.counts.model import Checked, Page, Sentence, Span
from vnlegal.audit.counts.names import closing, names_in, outside

_MOST = 60
_STRONG = re.compile(r"(?:gồm|bao gồm|sau|sau đây|dưới đây|như sau|cụ thể|đó là|là|cụ thể là)\s*:?\s*$|:\s*$", re.I)
_LOOSE = re.compile(r"\b(?:các|những|mỗi|từng|một số|nhiều|như|ví dụ|chẳng hạn|trong đó|chủ yếu|nhất là)\b", re.I)
# Copies of one file: what is listed then is what each of them holds.
_COPIES = re.compile(r"(?:bộ|bản|liên|tập|quyển)(?:\s(?:hồ sơ|tài liệu|gồm|bao gồm|sau|như)\b.*)?$")
_OPEN_END = re.compile(r"\.\.\.|…|v\.\s?v|\bkhác\b", re.I)
_FROM_TO = re.compile(r"\btừ\s(?:số\s)?1\s(?:đến|tới)\s(?:số\s)?(\d{1,2})\b(?!\s*[/%.,]\d)", re.I)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_ORDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MARKS = {
    "arabic": tuple(f"({n})" for n in range(1, _MOST)),
    "roman": tuple(f"({n})" for n in _ROMAN),
    "letter": tuple(f"({n})" for n in "abcdđeghiklmnop"),
    "bare": tuple(f"{n})" for n in range(1, _MOST)),
    "ordinal": tuple(f"{n} là" for n in _ORDINALS),
}
_LEADS = re.compile(r"[^\d.,;:()“”]{1,50}?(?:\s(?:tại|gồm|bao gồm|gồm có|là|của)\s|:\s)")
_ENDS = re.compile(r"[.;:]\s|\n|\s(?:được|đã|đang|với|theo|để|nhằm|trong đó|do)\s")
_FEW_WORDS = 12
_ANNOUNCING = 6
_REACH = 6000
_LONGEST_HEADING = 200
_BY_NAME = 3


def check_lists(page: Page) -> Iterator[Checked]:
    """Yield every stated number of things that the document then lists."""
    before: Sentence | None = None
    for sentence in page.sentences:
        counts = [f for f in sentence.figures if _counts_things(f)]
        for figure in counts:
            found = (
                _bracket(page, sentence, figure)
                or _footnote(page, sentence, figure)
                or _running(page, sentence, figure)
            )
            if found is not None:
                yield found
        yield from _inline(page, sentence, counts) or _below(page, before, sentence, counts)
        yield from _numbered_to(page, sentence)
        before = sentence
    yield from _elsewhere(page)


def _counts_things(figure: Figure) -> bool:
    if _COPIES.match(figure.noun):
        return False
    return (
        figure.is_count and not figure.rough and not figure.measure and bool(figure.noun) and 2 <= figure.value < _MOST
    )


def _result(
    page: Page, code: str, figure: Figure, span: Span, listed: tuple[int, int], place: Span, doubt: str | None = None
) -> Checked:
    low, high = listed
    stated = int(figure.value)
    holds = low <= stated <= high
    many = str(low if not holds or low == high else stated)
    noun = " ".join(figure.noun.split()[:_BY_NAME])
    if holds:
        message = f"Nêu {shown(figure.value)} {noun}, liệt kê đủ {many}."
    else:
        message = f"Nêu {shown(figure.value)} {noun} nhưng liệt kê {many if low == high else f'{low}–{high}'}."
    return Checked(
        code=code,
        start=span[0],
        end=span[1],
        holds=holds,
        calculation=f"{shown(figure.value)} {'=' if holds else '≠'} {many}",
        message=message,
        stated={"stated": shown(figure.value), "listed": many, "noun": noun},
        compared=(place,),
        doubt=None if holds else doubt,
    )


def _noun_end(page: Page, figure: Figure) -> int:
    """Return where the words after the figure end."""
    end = figure.end
    for _ in figure.noun.split():
        end = page.text.find(" ", end + 1)
        if end < 0:
            return len(page.text)
    return end


def _bracket(page: Page, sentence: Sentence, figure: Figure) -> Checked | None:
    """Compare "04 luật (Luật Quy hoạch, Luật Đầu tư)" with the names in the brackets."""
    text = page.text
    at = text.find("(", figure.end, min(sentence.end, figure.end + 60))
    if at < 0 or not re.fullmatch(r"[^\d.,;:()“”]+", text[figure.end : at]):
        return None
    close = closing(text, at, sentence.end)
    if close < 0:
        return None
    inside = text[at + 1 : close]
    names = names_in(inside)
    if names is None:
        return None
    low, high = names
    certain = low == high and not _LOOSE.search(inside) and not _OPEN_END.search(inside)
    if not low <= figure.value <= high and not certain:
        return None
    words = text[figure.end : at]
    if not low <= figure.value <= high and len(words.split()) > _BY_NAME + 1:
        return None
    return _result(page, "count-list", figure, (figure.start, close + 1), (low, high), (at, close + 1))


def _footnote(page: Page, sentence: Sentence, figure: Figure) -> Checked | None:
    """Compare "ký 03 văn kiện⁹" with the things footnote 9 lists; one that does not fit says nothing."""
    notes = page.notes
    for n in range(bisect_right(notes, figure.end, key=lambda note: note.anchor), len(notes)):
        note = notes[n]
        if note.anchor > min(sentence.end, figure.end + 60):
            break
        between = (f for f in sentence.figures if figure.start < f.start and f.end <= note.anchor)
        if "(" in page.text[figure.end : note.anchor] or any(between):
            continue
        unit = page.segmentation.units[note.unit]
        parts = outside(page.text[unit.body : unit.end].rstrip("."), ";")
        if len(parts) == figure.value:
            span = (figure.start, note.anchor)
            return _result(page, "count-list", figure, span, (len(parts), len(parts)), (unit.start, unit.end))
    return None


def _inline(page: Page, sentence: Sentence, counts: Sequence[Figure]) -> list[Checked]:
    """Compare "6 loại giấy tờ …: (1) …; (2) …" with the numbers that run on in the paragraph."""
    text = page.text
    line = text.find("\n", sentence.start)
    end = line if line >= 0 else len(text)
    for marks in _MARKS.values():
        first = _find_mark(text, marks[0], sentence.start, sentence.end)
        before = [f for f in counts if f.end <= first]
        if first < 0 or not before or _in_brackets(text, sentence.start, first):
            continue
        size, last = _run(text, marks, first, end)
        longer, further = _run(text, marks, first, min(first + _REACH, len(text)))
        if longer > size and any(f.value == longer for f in before):
            size, last = longer, further
        if size < 2:
            continue
        exact = [f for f in before if f.value == size]
        figure = before[-1]
        gap = text[figure.end : first]
        sure = size == longer and len(before) == 1 and _STRONG.search(gap.rstrip()) and len(gap.split()) <= _FEW_WORDS
        if not exact and sure and not _LOOSE.search(gap) and not _nested(text, sentence.start, first):
            exact = [figure]
        return [_result(page, "count-list", f, (f.start, first), (size, size), (first, last)) for f in exact]
    return []


def _nested(text: str, start: int, at: int) -> bool:
    """Whether the place stands inside quotation marks or brackets opened in the sentence."""
    before = text[start:at]
    return before.count("“") > before.count("”") or before.count("(") > before.count(")")


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Whether a mark closes a bracket of the sentence instead of opening an item: "(chi tiết tại Phụ lục 1)"."""
    return text[at] != "(" and text.count("(", start, at) > text.count(")", start, at)


def _find_mark(text: str, mark: str, start: int, end: int) -> int:
    if mark[0].isalpha():
        at = text.casefold().find(mark, start, end) if len(text.casefold()) == len(text) else -1
    else:
        at = text.find(mark, start, end)
    while at >= 0 and at > 0 and (text[at - 1].isalnum() or text[at - 1] == "("):
        at = text.find(mark, at + 1, end)
    return at


def _run(text: str, marks: Sequence[str], first: int, end: int) -> tuple[int, int]:
    """Return how many marks follow one another from the first, and where the last one's words begin."""
    size, at = 1, first
    for mark in marks[1:]:
        following = _find_mark(text, mark, at + 1, end)
        if following < 0:
            break
        size, at = size + 1, following
    return size, min(at + len(marks[size - 1]), end)


def _below(page: Page, before: Sentence | None, sentence: Sentence, counts: Sequence[Figure]) -> list[Checked]:
    """Compare "gồm 03 nhiệm vụ sau:" with the items or rows below; "Cụ thể:" leads back to the sentence before."""
    words = page.text[sentence.start : sentence.end].strip()
    if not sentence.last or not _STRONG.search(words):
        return []
    announced = not counts and before is not None and before.unit == sentence.unit and words.endswith(":")
    if announced and before is not None and len(words.split()) <= _ANNOUNCING:
        counts = [f for f in before.figures if _counts_things(f)]
    if not counts:
        return []
    listed = listed_below(page, sentence.unit)
    if listed is None:
        return []
    size, place, numbered = listed
    span_end = sentence.end
    exact = [f for f in counts if f.value == size]
    if not announced:
        exact = [f for f in exact if page.text.count(",", f.end, span_end) < 2]
    if exact:
        return [_result(page, "count-list", f, (f.start, span_end), (size, size), place) for f in exact]
    figure = counts[-1]
    gap = page.text[figure.end : sentence.end]
    sure = len(counts) == 1 and numbered and _STRONG.search(gap.rstrip()) and len(gap.split()) <= _FEW_WORDS
    if not sure or _LOOSE.search(gap) or not gap.rstrip().endswith(":"):
        return []
    doubt = "danh mục bên dưới có thể còn thiếu trong bản này"
    return [_result(page, "count-list", figure, (figure.start, span_end), (size, size), place, doubt)]


def _running(page: Page, sentence: Sentence, figure: Figure) -> Checked | None:
    """Compare "8 mạng lưới tại Đức, Nhật Bản, …" with the names that run on; a list that does not fit says nothing."""
    text = page.text
    at = _noun_end(page, figure)
    lead = _LEADS.match(text, figure.end, sentence.end)
    if lead is None or lead.end() < min(at, figure.end):
        return None
    stop = _ENDS.search(text, lead.end(), sentence.end)
    end = stop.start() if stop else sentence.end
    names = names_in(text[lead.end() : end].rstrip(" .;"))
    if names is None or re.search(r"(?<!\w)\d+(?!\w)", text[lead.end() : end]):
        return None
    if (
        names[1] < 2
        or names[1] > figure.value + 1
        or not names[0] <= figure.value <= names[1]
        or _OPEN_END.search(text[lead.end() : end])
    ):
        return None
    return _result(page, "count-list", figure, (figure.start, end), names, (lead.end(), end))


def _elsewhere(page: Page) -> Iterator[Checked]:
    """Compare "7 định hướng chiến lược" with the numbered items under the heading that is about them."""
    units = page.segmentation.units
    headings: defaultdict[int, list[tuple[str, Span]]] = defaultdict(list)
    for n, unit in enumerate(units):
        words = page.text[unit.body : unit.end].casefold()
        if unit.kind == "heading" and len(words) < _LONGEST_HEADING and " các " in f" {words}":
            listed = listed_below(page, n)
            if listed is not None and listed[2]:
                headings[listed[0]].append((f" {words} ", listed[1]))
    for sentence in page.sentences:
        for figure in sentence.figures:
            name = " ".join(figure.noun.split()[:2])
            if (
                not _counts_things(figure)
                or figure.value < 3
                or " " not in name
                or (sentence.last and _below_is_list(page, sentence))
            ):
                continue
            near = headings.get(int(figure.value), [])[:_MOST]
            place = next((p for words, p in near if f" các {name} " in words), None)
            if place is not None and not place[0] <= figure.start < place[1]:
                size = int(figure.value)
                span = (figure.start, _noun_end(page, figure))
                yield _result(page, "count-list", figure, span, (size, size), place)


def _below_is_list(page: Page, sentence: Sentence) -> bool:
    return page.text[sentence.start : sentence.end].rstrip().endswith(":")


def _numbered_to(page: Page, sentence: Sentence) -> Iterator[Checked]:
    """Compare "các nhóm nhiệm vụ từ 1 đến 8" with the numbers of the items below."""
    for found in _FROM_TO.finditer(page.text, sentence.start, sentence.end):
        units = page.segmentation.units
        listed = listed_below(page, sentence.unit) or (
            listed_below(page, units[sentence.unit].parent) if units[sentence.unit].parent >= 0 else None
        )
        if listed is None or not listed[2] or listed[0] != int(found[1]):
            continue
        many = found[1]
        yield Checked(
            code="count-list",
            start=found.start(),
            end=found.end(),
            holds=True,
            calculation=f"{many} = {many}",
            message=f"Nêu từ 1 đến {many}, liệt kê đủ {many} mục.",
            stated={"stated": many, "listed": many},
            compared=(listed[1],),
        )
