"""Delegating clauses: the sentences by which a law, resolution or decree leaves rules to a named body.

A body's mention is the anchor: a verb of rule-making right after it (or after the words of a bridge) makes an
explicit delegation, "theo quy định của" right before it an implicit one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnlegal.agencies import AgencyFound
from vnlegal.citations import Mention
from vnlegal.knowledge.delegations import DelegationKnowledge
from vnlegal.segment import Segmentation
from vnlegal.segment.model import Unit
from vnlegal.works.model import Delegation, Pin, Strength
from vnlegal.works.quoted import Quotations

_TEXT = ("body", "item", "heading", "article")
_ARTICLE = re.compile(r"Điều (\d+[a-zđ]?)")
_CLAUSE = re.compile(r"(\d+[a-zđ]?)\.?$")
_POINT = re.compile(r"([a-zđ]\d?)\)$")
_STOP = re.compile(r"[.;](?= [A-ZĐÀ-Ỹ“\"])|\.(?=$)")
_HEADS = ("Bộ trưởng ", "Thống đốc ", "Viện trưởng ", "Chánh án ", "Chủ nhiệm ", "Tổng Giám đốc ")
_PERSONS = {
    "Tổng Thanh tra Chính phủ": "Thanh tra Chính phủ",
    "Tổng Kiểm toán nhà nước": "Kiểm toán nhà nước",
    "Bộ trưởng, Thủ trưởng cơ quan ngang Bộ": "Bộ, cơ quan ngang Bộ",
}
_UNNAMED = re.compile(r"thẩm quyền|liên quan|cơ quan, tổ chức|người đứng đầu|doanh nghiệp|hữu quan")
_OPEN = ("Quốc hội", "Nhà nước")
_ELSEWHERE = frozenset(("foreign", "party"))  # bodies to which no law of the State leaves rules
_JOIN = re.compile(r", (?:Thủ trưởng )?$|, $| và $|; $")
_OWN_CLAUSE = re.compile(r"(?:nội dung|trường hợp|việc)? ?(?:khác )?(?:quy định )?(?:tại|của) Điều này")
_DONE_BY = re.compile(r"được thực hiện theo (?:quy định|hướng dẫn) của $")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A find in flow coordinates."""

    start: int
    end: int
    unit: int
    delegate: str
    kind: str
    strength: Strength
    form: str
    verb: int


def find_delegations(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    mentions: Sequence[Mention],
    cues: DelegationKnowledge,
) -> list[Delegation]:
    """Find the delegating clauses of the articles of a document, in text order, with raw offsets."""
    places = _Places(segmentation)
    quotations = Quotations(segmentation, mentions)
    flow = segmentation.flow.text
    clauses: dict[tuple[int, str], _Clause] = {}
    for clause in _clauses(flow, agencies, places, cues):
        key = (clause.start, clause.delegate)
        if key not in clauses or (clauses[key].strength == "implicit" and clause.strength == "explicit"):
            clauses[key] = clause
    own = [m for m in mentions if m.provisions and (m.kind == "internal" or (m.kind in ("anaphora", "self")))]
    starts = [m.start for m in own]
    out = []
    for clause in clauses.values():
        near = own[bisect_right(starts, clause.start - 1) : bisect_right(starts, clause.end)]
        out.append(_delegation(segmentation, places, clause, near, cues, quotations))
    out.sort(key=lambda row: (row.start, row.end))
    return out


class _Places:
    """Which unit holds a position, and where a unit stands in the articles."""

    def __init__(self, segmentation: Segmentation) -> None:
        self.units = segmentation.units
        self.order = sorted(
            (n for n, unit in enumerate(self.units) if unit.kind in _TEXT), key=lambda n: self.units[n].start
        )
        self.starts = [self.units[n].start for n in self.order]
        self._previous: dict[int, int] = {}
        last: dict[int, int] = {}
        for n, unit in enumerate(self.units):
            if unit.kind in ("item", "heading") and _CLAUSE.match(unit.marker or ""):
                last[unit.parent] = n
            elif unit.kind == "body" and unit.parent in last:
                self._previous[n] = last[unit.parent]

    def unit_at(self, position: int) -> int:
        """Return the index of the text unit that holds `position`, -1 for none."""
        k = bisect_right(self.starts, position) - 1
        if k < 0:
            return -1
        n = self.order[k]
        return n if position < self.units[n].end else -1

    def pin(self, n: int) -> Pin:
        """Return the article, clause and point a unit stands in."""
        dieu = khoan = diem = None
        n = self._previous.get(n, n)
        while n >= 0:
            unit = self.units[n]
            marker = unit.marker or ""
            if unit.kind == "article" and (match := _ARTICLE.match(marker)):
                dieu = match[1]
                break
            if diem is None and khoan is None and (match := _POINT.match(marker)):
                diem = match[1]
            elif khoan is None and (match := _CLAUSE.match(marker)):
                khoan = match[1]
            n = unit.parent
        return Pin(dieu=dieu, khoan=khoan, diem=diem)

    def children(self, n: int) -> list[Unit]:
        """Return the units right below unit `n`, in text order."""
        out = []
        for k in range(n + 1, min(n + 60, len(self.units))):
            if self.units[k].parent == n:
                out.append(self.units[k])
            elif self.units[k].parent < n:
                break
        return out


def _clauses(
    flow: str, agencies: Sequence[AgencyFound], places: _Places, cues: DelegationKnowledge
) -> Iterator[_Clause]:
    skip = -1
    for k, agency in enumerate(agencies):
        if agency.start < skip:
            continue
        n = places.unit_at(agency.start)
        if n < 0 or places.pin(n).dieu is None:
            continue
        unit = places.units[n]
        start, end = _sentence(flow, unit, agency.start)
        apart = cues.excluded.search(flow[max(start, agency.start - 60) : agency.start]) is not None
        group, last = _group(flow, agencies, k)
        if apart and (k == 0 or agencies[k - 1].start < start):
            group, last = [agency], k  # "Sau khi thống nhất với A, B quy định": B is the subject
        skip = agencies[last].end
        names = _names(flow, group, places)
        if not names:
            continue
        before, after = flow[max(start, agency.start - 60) : agency.start], flow[agencies[last].end : end]
        if (form := _implicit(before, after, cues)) is not None:
            for name in names:
                yield _Clause(start, end, n, name, agency.kind, "implicit", form, agency.start)
            continue
        if cues.excluded.search(before):
            continue
        found = _verb(after, cues, bridged=not before.endswith(" do "))  # "dự án do Thủ tướng quyết định …"
        if found is not None:
            form, at = found
            verb = agencies[last].end + at
            if after.rstrip().endswith(":") and (below := places.children(n)):
                end = below[-1].end
            for name in names:
                yield _Clause(start, end, n, name, agency.kind, "explicit", form, verb)
        elif re.fullmatch(r" (?:có trách nhiệm|có nhiệm vụ, quyền hạn|chịu trách nhiệm)[^.;]{0,60}:", after):
            for name in names:
                yield from _below(flow, start, n, name, agency.kind, places, cues)


def _below(
    flow: str, start: int, n: int, name: str, kind: str, places: _Places, cues: DelegationKnowledge
) -> Iterator[_Clause]:
    """Yield the points below "X có trách nhiệm:" that begin with a verb of rule-making."""
    for k, child in enumerate(places.children(n)):
        words = flow[child.body : child.end]
        lowered = words[:1].lower() + words[1:]
        found = _verb(" " + lowered, cues, bridged=False)
        if found is None:
            continue
        index = next(i for i, unit in enumerate(places.units) if unit is child)
        first = start if k == 0 else child.body
        yield _Clause(first, child.end, index, name, kind, "explicit", found[0], child.body)


def _group(flow: str, agencies: Sequence[AgencyFound], k: int) -> tuple[Sequence[AgencyFound], int]:
    """Return the bodies that stand together as one subject from `k` on, and the index of the last."""
    last = k
    while last + 1 < len(agencies) and _JOIN.fullmatch(flow[agencies[last].end : agencies[last + 1].start]):
        last += 1
    return agencies[k : last + 1], last


def _names(flow: str, group: Sequence[AgencyFound], places: _Places) -> tuple[str, ...]:
    """Return the official names of the delegates, none where no body is named.

    "Bộ trưởng Bộ Quốc phòng, Bộ trưởng Bộ Công an quy định …" leaves rules to each of the two.
    """
    if len(group) == 1:
        name = _name(flow, group[0], places)
        return () if name is None else (name,)
    words = flow[group[0].start : group[-1].end]
    if words.startswith("Bộ trưởng, Thủ trưởng cơ quan ngang"):
        return ("Bộ, cơ quan ngang Bộ",)
    if any(_UNNAMED.search(a.canonical) for a in group):
        return ()
    if all(a.kind in ("ministry", "person_title", "government") for a in group):
        return tuple(dict.fromkeys(_single(a) for a in group))
    return (words,)


def _name(flow: str, agency: AgencyFound, places: _Places) -> str | None:
    """Return a delegate's official name, None where no body is named."""
    words = flow[agency.start : agency.end]
    if agency.kind in _ELSEWHERE or words in _OPEN or _UNNAMED.search(agency.canonical):
        return None
    if words.startswith("Hội đồng nhân dân") or words.startswith("HĐND"):
        if words.endswith("cùng cấp"):
            unit = places.units[places.unit_at(agency.start)]
            above = flow[unit.start : agency.start]
            return "Hội đồng nhân dân cấp tỉnh" if "cấp tỉnh" in above else "Hội đồng nhân dân"
        return words
    if agency.kind == "group":
        return words[:1].upper() + words[1:]
    return _single(agency)


def _single(agency: AgencyFound) -> str:
    name = _PERSONS.get(agency.canonical, agency.canonical)
    for head in _HEADS:
        name = name.removeprefix(head)
    return name.removeprefix("nhóm: ")


def _sentence(flow: str, unit: Unit, position: int) -> tuple[int, int]:
    """Return the sentence of the unit that holds `position`, label excluded, closing mark included."""
    start, end = unit.body, unit.end
    for match in re.finditer(r"\.(?= [A-ZĐÀ-Ỹ“])", flow[unit.body : unit.end]):
        stop = unit.body + match.end()
        if stop <= position:
            start = stop + 1
        else:
            end = stop
            break
    return start, end


def _implicit(before: str, after: str, cues: DelegationKnowledge) -> str | None:
    for form, pattern in cues.implicit:
        if pattern.search(before) and (form != "do_quy_dinh" or re.match(r" (?:quy định|hướng dẫn)\b(?! tại)", after)):
            return form
    return None


def _verb(after: str, cues: DelegationKnowledge, *, bridged: bool = True) -> tuple[str, int] | None:
    """Return the form and the offset of the verb of rule-making in the words after a subject."""
    best: tuple[str, int] | None = None
    for form, pattern in cues.verbs:
        if pattern.match(after, 1):
            best = (form, 1)
            break
    if best is None and bridged and (gap := cues.bridge.match(after)) is not None:
        del gap
        hits = [(m.start(), form) for form, pattern in cues.verbs if (m := _after_break(pattern, after)) is not None]
        if hits:
            at, form = min(hits)
            best = (form, at)
    if best is not None and best[0] == "chu_dong" and re.search(r"; (?:quy định chi tiết|hướng dẫn)", after):
        best = ("chi_tiet", best[1])
    return best


def _after_break(pattern: re.Pattern[str], after: str) -> re.Match[str] | None:
    """Find the pattern where a new predicate may begin: after a comma, a semicolon, "và", or a body's name."""
    for match in pattern.finditer(after[:400]):
        left = after[: match.start()]
        if re.search(
            r"(?:[,;]| và| trách nhiệm| thẩm quyền| hoặc|[A-ZĐÀ-Ỹ]\w+(?: \w+){0,7}) $", left
        ) and not re.search(r"(?:theo|các|những|đúng|có|pháp luật) $", left):
            return match
    return None


def _delegation(
    segmentation: Segmentation,
    places: _Places,
    clause: _Clause,
    near: Sequence[Mention],
    cues: DelegationKnowledge,
    quotations: Quotations,
) -> Delegation:
    flow = segmentation.flow
    goes = quotations.goes(clause.start)
    place = goes.pin if goes is not None and goes.pin.dieu else places.pin(clause.unit)
    start, end = flow.span(clause.start, clause.end)
    return Delegation(
        start=start,
        end=end,
        text=flow.raw[start:end],
        dieu=place.dieu,
        khoan=place.khoan,
        diem=place.diem,
        delegate=clause.delegate,
        instrument=_instrument(clause.delegate),
        strength=clause.strength,
        form=clause.form,
        covers=_covers(flow.text, clause, place, near, cues),
        of=goes.law if goes is not None else None,
    )


def _instrument(delegate: str) -> str:
    if delegate == "Chính phủ":
        return "nghi_dinh"
    if delegate == "Thủ tướng Chính phủ":
        return "quyet_dinh"
    if delegate.startswith("Hội đồng nhân dân") or delegate.startswith("Ủy ban Thường vụ Quốc hội"):
        return "nghi_quyet"
    if delegate.startswith("Bộ ") or delegate in ("Ngân hàng Nhà nước Việt Nam", "Thanh tra Chính phủ"):
        return "thong_tu" if "," not in delegate else "any"
    return "any"


def _covers(
    flow: str, clause: _Clause, place: Pin, near: Sequence[Mention], cues: DelegationKnowledge
) -> tuple[Pin, ...]:
    """Return the provisions that the rules to be made concern; without any named, the clause's own."""
    named: list[Pin] = []
    spans: list[tuple[int, int]] = []
    done_by = _DONE_BY.search(flow[clause.start : clause.verb]) is not None
    for m in near:
        begin = m.pin_start if m.pin_start >= 0 else m.start
        if m.end > clause.end or cues.yardstick.search(flow[max(clause.start, begin - 60) : begin]):
            continue
        if (clause.strength == "implicit" and not (done_by and m.end <= clause.verb)) or (
            clause.strength == "explicit" and begin < clause.verb
        ):
            continue
        named += [Pin(dieu=p.dieu, khoan=p.khoan, diem=p.diem) for p in m.provisions if p.dieu]
        spans.append((begin, m.end))
    own = Pin(dieu=place.dieu, khoan=place.khoan, diem=place.diem)
    whole = Pin(dieu=place.dieu)
    if whole in named:
        return (whole,)
    if not named:
        return (own,)
    if clause.strength == "explicit":
        bare = [piece for piece in _pieces(flow, clause) if not any(piece[0] <= s < piece[1] for s, _ in spans)]
        if bare and clause.end - clause.verb < 1200 and "\n" not in flow[clause.verb : clause.end]:
            named.append(own)
    return tuple(dict.fromkeys(named))


def _pieces(flow: str, clause: _Clause) -> list[tuple[int, int]]:
    """Return the objects of the verb: the words between semicolons."""
    out, at = [], clause.verb
    for match in re.finditer(r";(?= \w)", flow[clause.verb : clause.end]):
        out.append((at, clause.verb + match.start()))
        at = clause.verb + match.end()
    out.append((at, clause.end))
    return out
