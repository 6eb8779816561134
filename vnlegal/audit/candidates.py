"""The documents that may answer the clauses of a law, and the works that later ones have ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vnlegal.works import Pin, Scope, WorkFacts
from vnlegal.works.resolve import Resolver

_AMENDING = ("sửa đổi", "bãi bỏ", "đính chính")
_DETAILS = ("implements", "guides", "executes")


@dataclass(frozen=True, slots=True)
class Named:
    """A provision of the law that the scope of a document names, with the words that say what is regulated there."""

    pin: Pin
    subject: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may answer clauses of one law.

    `details`: a statement that it details the law, without provisions; `basis`: its Căn cứ. `bound`: its Điều 1
    names provisions, be it of another law. `why`: how the law it names was made out.
    """

    facts: WorkFacts
    pins: tuple[Named, ...]
    details: Scope | None
    basis: Scope | None
    bound: bool
    why: str


def candidates_by_law(works: Sequence[WorkFacts], resolver: Resolver | None) -> dict[str, list[Candidate]]:
    """Return for each law the documents whose scope statements name it; consolidated and amending ones are none."""
    out: dict[str, list[Candidate]] = defaultdict(list)
    for work in works:
        title = (work.title or "").casefold()
        if work.is_consolidated or title.startswith(_AMENDING):
            continue
        by_law: dict[str, list[Scope]] = defaultdict(list)
        whys: dict[str, str] = {}
        for scope in work.scopes:
            law, why = resolver.resolve(scope.law, work.day) if resolver is not None else (scope.law, "number")
            by_law[law].append(scope)
            whys.setdefault(law, why)
        bound = any(s.where == "dieu_1" and s.provisions for s in work.scopes)
        for law, scopes in by_law.items():
            if law == work.key:
                continue
            details = (s for s in scopes if s.where != "can_cu" and s.relation in _DETAILS and not s.provisions)
            basis = next((s for s in scopes if s.where == "can_cu"), None)
            named = tuple(_named(scopes))
            out[law].append(Candidate(work, named, next(details, None), basis, bound, whys[law]))
    return out


def _named(scopes: Iterable[Scope]) -> Iterable[Named]:
    for scope in scopes:
        if scope.where != "can_cu":
            subjects = scope.subjects or ("",) * len(scope.provisions)
            for pin, subject in zip(scope.provisions, subjects, strict=False):
                yield Named(pin, subject, scope)


def ended_works(works: Sequence[WorkFacts], as_of: str, resolver: Resolver | None) -> dict[str, str]:
    """Return the works that documents in effect on `as_of` have replaced or repealed as a whole, and by which one.

    So say the documents themselves, then the registry. A law is also ended by a later law of the same title. A
    document without the year in its number is no normative one and ends none: it lists what others have ended.
    """
    out: dict[str, str] = {}
    for work in works:
        if work.is_consolidated or (work.effective or work.date or "9999") > as_of:
            continue
        for target in work.ends:
            key = resolver.resolve(target, work.day).key if resolver is not None else target
            if key != work.key and ("@" in key or "@" not in work.key):
                out.setdefault(key, work.key)
    if resolver is not None:
        for key, by in resolver.ended(as_of):
            out.setdefault(key, by)
        for work in works:
            later = resolver.successor(work, as_of)
            if later is not None:
                out.setdefault(work.key, later)
    return out


def amended_works(works: Sequence[WorkFacts], as_of: str) -> dict[str, tuple[str, ...]]:
    """Return for each work the documents in effect on `as_of` that change it, oldest first."""
    out: dict[str, list[str]] = defaultdict(list)
    for work in sorted(works, key=lambda w: (w.date or "9999", w.key)):
        if not work.is_consolidated and (work.effective or work.date or "9999") <= as_of:
            for target in work.amends:
                if target != work.key:
                    out[target].append(work.key)
    return {key: tuple(dict.fromkeys(found)) for key, found in out.items()}


def headings_of(works: Sequence[WorkFacts]) -> Mapping[str, Mapping[str, str]]:
    """Return the headings of the articles of each work, by article."""
    return {work.key: {article.dieu: article.heading for article in work.articles} for work in works}


def chapters_of(works: Sequence[WorkFacts]) -> Mapping[str, Mapping[str, str]]:
    """Return for each article of the works that leave rules to bodies its heading with those above it."""
    delegating = (work for work in works if work.delegations)
    return {w.key: {a.dieu: f"{a.heading} / {a.above}" for a in w.articles} for w in delegating}
