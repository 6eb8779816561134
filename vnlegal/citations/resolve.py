"""Which document each mention means: one target for all mentions of one document.

A key is given only where one document is left; a mention that could mean several stays without (None).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from vnlegal.citations.aliases import core_of
from vnlegal.citations.antecedents import point_back
from vnlegal.citations.drafts import mark_drafts, works_of
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.internal import aim
from vnlegal.citations.issued import issued_plans
from vnlegal.citations.keys import best_spelling, number_identity, number_key, slug, without_year, year_inside
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own, own_documents, registered
from vnlegal.citations.programmes import NATIONAL
from vnlegal.citations.quotes import Region
from vnlegal.citations.same_work import planned_titles, share_years
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge, NamedWork, Programme, amended_titles, base_identity, law_identity
from vnlegal.segment import Segmentation

_YEAR = re.compile(r"(?:^|[ (])((?:19|20)\d\d)\)?$")
_SYMBOL = re.compile(r"[/-]")
_RIGHT_BEHIND = 160
# Rules whose titles begin with the two words of their type ("Chiến lược", "Đề án").
_TYPED = ("work-known", "work-titled", NATIONAL)
_NAMED_LAWS = ("luat", "phap_lenh", "hien_phap")


class Dated(NamedTuple):
    """A number and the date given with it."""

    number: str
    date: str | None


@dataclass
class Numbers:
    """The numbered documents of one flow: spellings and years seen, by identity."""

    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    years: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    full: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def resolve(
    mentions: Sequence[Mention], segmentation: Segmentation, knowledge: Knowledge, quotes: Sequence[Region] = ()
) -> list[Mention]:
    """Give every mention the key of its document, or None where more than one is possible.

    `quotes`: the quoted stretches of the flow, in order; in an amending document they speak of the amended one.
    """
    owns = own_documents(segmentation, mentions, compile_grammar(knowledge.documents))
    dates = (*(own.date for own in owns), *(m.date for m in mentions if m.kind == "self"))
    date = next((date for date in dates if date), None)
    found = mark_drafts(mentions, segmentation, knowledge.laws, date)
    text = segmentation.flow.text
    targets: list[str | None] = [m.target for m in found]
    numbers = _count_numbers(found, owns)
    _count_known(found, numbers, knowledge.laws)
    fills = _fills(found, owns)
    _numbered(found, targets, numbers, owns, fills)
    _short(found, targets)
    _laws(found, targets, text, knowledge.laws, date)
    keys = own_keys(owns, found, targets, numbers, fills, knowledge.laws)
    _names(found, targets, text, keys, numbers, knowledge.laws, date)
    point_back(found, targets, segmentation, keys, quotes)
    aim(found, targets, keys)
    return [m if m.target == target else m._replace(target=target) for m, target in zip(found, targets, strict=True)]


def own_keys(
    owns: Sequence[Own],
    mentions: Sequence[Mention],
    targets: Sequence[str | None],
    numbers: Numbers,
    fills: Mapping[str, Dated],
    laws: LawKnowledge,
) -> list[tuple[Own, str | None]]:
    """Return the documents of the file with their keys: by the header, the first own number in them, or the title."""
    keys: list[tuple[Own, str | None]] = []
    selves = [(m, target) for m, target in zip(mentions, targets, strict=True) if m.kind == "self"]
    starts = [m.start for m, _ in selves]
    for own in owns:
        number, date = _filled(own.number or "", own.date, fills)
        key = _key(number, date, numbers) if number else None
        n = bisect_left(starts, own.start)
        mine = selves[n] if n < len(selves) and starts[n] < own.end else None
        kind = own.kind or (mine[0].doc_type if mine is not None else None)
        key = key or (mine[1] if mine is not None else None) or registered(kind, own.title, own.date, laws)
        key = key or (f"self:{kind}" if kind else None)
        keys.append((own._replace(kind=kind), key))
    return keys


def _count_numbers(mentions: Sequence[Mention], owns: Sequence[Own]) -> Numbers:
    numbers = Numbers()
    seen = [(m.number, m.date) for m in mentions if m.kind in ("numbered", "self") and m.number]
    for number, date in (*seen, *((own.number, own.date) for own in owns if own.number)):
        identity = number_identity(number or "")
        numbers.spellings[identity][number or ""] += 1
        if year_inside(number or ""):
            numbers.full[number_identity(without_year(number or ""))].add(identity)
        elif date:
            numbers.years[identity][date[:4]] += 1
    return numbers


def _count_known(mentions: Sequence[Mention], numbers: Numbers, laws: LawKnowledge) -> None:
    """Give a number without any year the year of the known work that bears the title tied to it."""
    _count_nicknames(mentions, numbers, laws)
    heads = {m.start: m.number for m in mentions if m.kind == "numbered" and m.number in laws.by_decision}
    for m in mentions:
        number = heads.get(m.head) if m.kind == "alias" else None
        if number and m.title and not numbers.years.get(number_identity(number)):
            for work in laws.by_decision[number]:
                if work.type == m.doc_type and core_of(work.title) == core_of(m.title):
                    numbers.years[number_identity(number)][work.date[:4]] += 1


def _count_nicknames(mentions: Sequence[Mention], numbers: Numbers, laws: LawKnowledge) -> None:
    """Give a number without any year that of the work called by its nickname right behind it."""
    dates = {name: work for work in laws.named for name in work.names}
    for before, m in pairwise(mentions):
        work = dates.get(m.title or "") if m.rule == "alias-known" else None
        if work is None or before.number is None or m.start - before.end > _RIGHT_BEHIND:
            continue
        identity = number_identity(before.number)
        if identity == number_identity(work.number) and not numbers.years.get(identity):
            numbers.years[identity][work.date[:4]] += 1


def _key(number: str, date: str | None, numbers: Numbers) -> str | None:
    """Return the key of a number, its year from its own date, else from the other mentions of it."""
    identity = number_identity(number)
    shown = best_spelling(numbers.spellings.get(identity) or Counter((number,)))
    if year_inside(number):
        return number_key(shown, None)
    if date:
        return number_key(shown, date[:4])
    full = numbers.full.get(identity)
    years = numbers.years.get(identity)
    if (
        full
        and not years
        and len(full) == 1
        and number.rsplit("/", 1)[-1].startswith(("NĐ-", "TT-", "TTLT", "QH", "UBTVQH"))
    ):
        return number_key(best_spelling(numbers.spellings[next(iter(full))]), None)
    if years and len(years) > 1:
        return None
    return number_key(shown, next(iter(years)) if years else None)


def _numbered(
    mentions: Sequence[Mention],
    targets: list[str | None],
    numbers: Numbers,
    owns: Sequence[Own],
    fills: Mapping[str, Dated],
) -> None:
    """Set the targets of numbered mentions and of the documents' own numbers."""
    starts = [own.start for own in owns]
    for n, m in enumerate(mentions):
        if m.kind not in ("numbered", "self") or not m.number:
            continue
        number, date = m.number, m.date
        own = owns[max(bisect_right(starts, m.start) - 1, 0)] if owns and m.kind == "self" else None
        if own is not None and own.number and number_identity(number) == number_identity(own.number):
            number, date = own.number, own.date or date
        targets[n] = _key(*_filled(number, date, fills), numbers)


def _fills(mentions: Sequence[Mention], owns: Sequence[Own]) -> dict[str, Dated]:
    """Return the first number a document of the file bears with each symbol ("/UBND-VX"), for those left blank."""
    whole = [Dated(own.number, own.date) for own in owns if own.number]
    whole.extend(Dated(m.number, m.date) for m in mentions if m.kind == "self" and m.number)
    fills: dict[str, Dated] = {}
    for own in whole:
        if own.number[:1].isdigit():
            for sign in _SYMBOL.finditer(own.number):
                fills.setdefault(own.number[sign.start() :], own)
    return fills


def _filled(number: str, date: str | None, fills: Mapping[str, Dated]) -> Dated:
    """Return the own number that a blank one of the same symbol stands for; any other number as it is."""
    return fills.get(number) or Dated(number, date)


def _short(mentions: Sequence[Mention], targets: list[str | None]) -> None:
    """Set the targets of mentions by serial alone: the one document of that kind and serial."""
    by_serial: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for n, m in enumerate(mentions):
        target = targets[n]
        if m.kind in ("numbered", "self") and m.number and m.doc_type and target:
            by_serial[_serial(m.number)][m.doc_type].add(target)
    for n, m in enumerate(mentions):
        if m.kind != "short" or not m.number or not m.doc_type:
            continue
        kinds = by_serial.get(_serial(m.number), {})
        same = kinds.get(m.doc_type, set())
        year = m.number.partition("/")[2] or (m.date or "")[:4]
        if year and (len(same) > 1 or "/" in m.number):
            same = {key for key in same if year in key} or (set() if "/" in m.number else same)
        if len(same) == 1:
            targets[n] = next(iter(same))
        elif not same:
            deciding = kinds.get("quyet_dinh", set()) | kinds.get("nghi_quyet", set())
            if m.doc_type in ("de_an", "chuong_trinh", "chien_luoc", "quy_hoach") and len(deciding) == 1:
                targets[n] = next(iter(deciding))
            else:
                targets[n] = f"{m.doc_type}:{m.number.partition('/')[0]}@{year or '?'}"


def _serial(number: str) -> str:
    match = re.match(r"0*(\d*\w*)", number)
    return match[1].lower() if match is not None else number


def _laws(
    mentions: Sequence[Mention], targets: list[str | None], text: str, laws: LawKnowledge, date: str | None
) -> None:
    """Set the targets of laws cited by name: the number the document gives them, else name and year.

    A name that only one known law has borne up to `date` stands for that law's number.
    """
    numbered: dict[tuple[str, str], set[str]] = defaultdict(set)
    years: dict[tuple[str, str], set[str]] = defaultdict(set)
    for n, m in enumerate(mentions):
        kind = m.doc_type or ""
        if m.kind == "numbered" and m.number and kind in _NAMED_LAWS and targets[n]:
            work = laws.by_number.get(m.number)
            title = m.title or (work.title if work is not None else None)
            if title:
                numbered[kind, law_identity(title)].add(targets[n] or "")
        elif m.kind == "named" and kind in _NAMED_LAWS and not m.is_draft:
            year = _year_of(text, m)
            if year:
                years[kind, law_identity(m.title or "")].add(year)
    outer: list[Mention] = []
    amended: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for n, m in enumerate(mentions):
        while outer and outer[-1].end <= m.start:
            outer.pop()
        kind = m.doc_type or ""
        if m.kind == "named" and kind in _NAMED_LAWS:
            title = law_identity(m.title or "")
            year = _year_of(text, m)
            before = _amending_year(outer[-1]) if outer else None
            seen = numbered.get((kind, title), set())
            targets[n] = _law_target(m, year, before, seen, years[kind, title], laws, date)
            if before and not year:
                amended[kind, title].add(targets[n])
        if kind in _NAMED_LAWS and m.title and amended_titles(m.title):
            outer.append(m)
    for n, m in enumerate(mentions):
        same = amended.get((m.doc_type or "", law_identity(m.title or "")), set()) if m.kind == "named" else set()
        if len(same) == 1 and not m.is_draft and "@" not in (targets[n] or "") and ":" in (targets[n] or ""):
            targets[n] = next(iter(same))


def _year_of(text: str, m: Mention) -> str | None:
    match = _YEAR.search(text, max(m.start, m.end - 8), m.end)
    if match is not None:
        return match[1]
    return m.date[:4] if m.date else None


def _amending_year(m: Mention) -> str | None:
    return (year_inside(m.number) if m.number else None) or (m.date[:4] if m.date else None)


def _law_target(
    m: Mention,
    year: str | None,
    before: str | None,
    numbered: set[str],
    years: set[str],
    laws: LawKnowledge,
    date: str | None,
) -> str | None:
    """Choose the document a law's name means among those of that title in the text."""
    kind = m.doc_type or ""
    if m.is_draft and not year:
        return f"draft:{kind}:{_shown(base_identity(m.title or ''), m.title or '', laws)}"
    candidates = {year_inside(key) or "": key for key in sorted(numbered)}
    for other in years:
        candidates.setdefault(other, "")
    if year is None:
        if before and any(other < before for other in candidates):
            candidates = {other: key for other, key in candidates.items() if other < before}
        year = max(candidates, default=None)
    if year is not None and candidates.get(year):
        return candidates[year]
    works = [w for w in works_of(laws, m) if (w.year == year if year else not date or (w.date or w.year) <= date)]
    if len(works) > 1 and before and not year:  # a law is amended while it is in force: the last one before that
        works = sorted((w for w in works if w.year < before), key=lambda work: work.year)[-1:]
    if len(works) > 1:
        works = [w for w in works if w.date == m.date]
    if len(works) == 1 and works[0].number:
        return works[0].number
    words = _shown(law_identity(m.title or ""), m.title or "", laws)
    return f"{kind}:{words}@{year}" if year else f"{kind}:{words}"


def _shown(identity: str, title: str, laws: LawKnowledge) -> str:
    """Return the slug that stands for a law's title in a key, the registry's spelling where it knows the title."""
    known = laws.by_title.get(identity)
    if known:
        title = known[0].title
    elif identity.startswith("sua doi:") and identity.endswith(" luat"):
        return slug(f"sua doi bo sung {identity.removeprefix('sua doi:')}")
    elif identity != law_identity(title):
        title = identity
    words = re.sub(r"^(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp) ", "", title).removeprefix("nước ")
    return slug(re.sub(r" số \d+/\S+", "", words))


def _names(
    mentions: Sequence[Mention],
    targets: list[str | None],
    text: str,
    owns: Sequence[tuple[Own, str | None]],
    numbers: Numbers,
    laws: LawKnowledge,
    date: str | None,
) -> None:
    """Set the targets of aliases, planned documents and other names."""
    by_start = {m.start: n for n, m in enumerate(mentions) if m.kind in ("numbered", "short", "self", "named")}
    known: dict[str | None, NamedWork | Programme] = {name: work for work in laws.named for name in work.names}
    known.update((w.title, w) for works in laws.by_decision.values() for w in works if not date or w.date <= date)
    issued = issued_plans(mentions, targets, text)
    titles = planned_titles(mentions)
    starts = [own.start for own, _ in owns]
    for n, m in enumerate(mentions):
        if m.kind == "numbered" and m.doc_type == "de_an" and text[m.start : m.end] in known:
            targets[n] = _known_key(known[text[m.start : m.end]], numbers)
        if targets[n] is not None:
            continue
        if m.kind == "alias":
            if m.head >= 0:
                targets[n] = targets[by_start[m.head]] if m.head in by_start else None
            elif m.title in known:
                targets[n] = _known_key(known[m.title], numbers)
            else:
                k = bisect_right(starts, m.start) - 1
                targets[n] = owns[k][1] if k >= 0 else None
        elif m.kind == "planned" and m.doc_type and m.title:
            targets[n] = issued.get(m.title) or f"planned:{m.doc_type}:{slug(titles[m.doc_type, m.title])}"
        elif m.rule == "work-known" and m.title in known:
            targets[n] = _known_key(known[m.title], numbers)
        elif m.kind == "named" and m.doc_type and m.title:
            targets[n] = f"{m.doc_type}:{slug(m.title.split(' ', 2)[2] if m.rule in _TYPED else m.title)}"
    share_years(mentions, targets)


def _known_key(work: NamedWork | Programme, numbers: Numbers) -> str:
    """Return the key of a known work: the text's where the text has its number, but a nickname means one work only."""
    key = _key(work.number, None, numbers) if isinstance(work, Programme) else None
    return f"{work.number}@{work.date[:4]}" if key is None or key.endswith("@?") else key
