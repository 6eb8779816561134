"""Which delegating clauses still lack their rules: every clause held against every document that may answer it.

An answer is a document of the delegate (or of its successor) whose scope names the delegating or a covered
provision of the law (`answered`; `partly` where the scope names only some of the covered ones), or which details the
law as a whole or the clause's own subject (`general`). A document bound by its Điều 1 to other provisions is no
answer to this one; consolidated texts and documents that only amend never are. An answer that a later document has
ended makes the clause `lapsed`. A clause that an amending document quotes belongs to the amended one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vnlegal.audit.candidates import Candidate, amended_works, candidates_by_law, chapters_of, ended_works, headings_of
from vnlegal.audit.elsewhere import known_elsewhere
from vnlegal.audit.law_summary import summarize
from vnlegal.audit.model import Answer, Coverage, LawAudit, LawRow
from vnlegal.audit.planned import compare_planned
from vnlegal.audit.provisions import Wanted, answering_articles
from vnlegal.audit.topics import Topics
from vnlegal.knowledge.delegations import DelegationKnowledge, load_delegations
from vnlegal.works import Delegation, Pin, PlannedClause, Scope, WorkFacts
from vnlegal.works.resolve import Resolver


@dataclass(frozen=True, slots=True)
class _World:
    """All documents of one audit, as the clauses are held against them."""

    as_of: str
    candidates: Mapping[str, Sequence[Candidate]]
    ended: Mapping[str, str]
    amended: Mapping[str, Sequence[str]]
    headings: Mapping[str, Mapping[str, str]]
    chapters: Mapping[str, Mapping[str, str]]
    successors: Mapping[str, tuple[str, ...]]
    topics: Topics
    resolver: Resolver | None


@dataclass(slots=True)
class _Found:
    """A clause with the documents that answer it."""

    work: WorkFacts
    clause: Delegation
    home: str
    wanted: tuple[Pin, ...]  # the provisions by which an answer may name it: its own and those it covers
    answers: list[tuple[Candidate, Scope, str, str]] = field(default_factory=list)  # + basis, subject
    provisions: dict[str, tuple[Pin, ...]] = field(default_factory=dict)


def audit_laws(
    works: Sequence[WorkFacts],
    as_of: str,
    *,
    successors: Mapping[str, Iterable[str]] | None = None,
    cues: DelegationKnowledge | None = None,
    resolver: Resolver | None = None,
    planned: Sequence[PlannedClause] = (),
) -> LawAudit:
    """Return the coverage of every delegating clause of the documents given, on the ISO day `as_of`.

    `successors`: for a body that no longer exists, the bodies that may issue its rules today. `resolver` makes out
    laws that are only named; without it they stay open. `planned`: an official list to hold the clauses against.
    What reports among the documents say is owed is added as rows of strength `reported`.
    """
    seen: dict[str, WorkFacts] = {}
    for work in works:
        seen.setdefault(work.source, work)
    unique = list(seen.values())
    world = _World(
        as_of,
        candidates_by_law(unique, resolver),
        ended_works(unique, as_of, resolver),
        amended_works(unique, as_of),
        headings_of(unique),
        chapters_of(unique),
        {body: tuple(later) for body, later in (successors or {}).items()},
        Topics(unique, (cues or load_delegations()).themes),
        resolver,
    )
    found = [_find(work, clause, world) for work in unique for clause in work.delegations]
    _locate(found, world)
    changed = _changed(found, as_of)
    rows = [*(_row(item, changed, world) for item in found), *_reported(unique, world)]
    compared = compare_planned(planned, rows, resolver)
    elsewhere = known_elsewhere(unique, resolver, as_of) if resolver is not None else None
    return LawAudit(
        as_of=as_of,
        summary=summarize(unique, rows, compared, resolver.titles if resolver else None, elsewhere),
        rows=tuple(rows),
        planned=compared,
    )


def _find(work: WorkFacts, clause: Delegation, world: _World) -> _Found:
    """Hold one clause against the documents that may answer it; those that name it go before general ones."""
    of = clause.of
    if of is not None and world.resolver is not None:
        of = world.resolver.resolve(of, work.day).key
    own = Pin(dieu=clause.dieu, khoan=clause.khoan, diem=clause.diem)
    found = _Found(work, clause, of or work.key, (own, *clause.covers))
    bodies = {clause.delegate, *world.successors.get(clause.delegate, ())}
    for candidate in world.candidates.get(found.home, ()):
        if candidate.facts.key != work.key and _issued_by(candidate.facts, bodies, clause.delegate):
            answer = _answer(found, candidate, world)
            if answer is not None:
                found.answers.append((candidate, *answer))
    if any(basis != "general" for _, _, basis, _ in found.answers):
        found.answers = [answer for answer in found.answers if answer[2] != "general"]
    return found


def _issued_by(work: WorkFacts, bodies: set[str], delegate: str) -> bool:
    issuer = work.issuer or ""
    if issuer in bodies:
        return True
    if delegate.startswith("Hội đồng nhân dân"):
        return issuer.startswith("Hội đồng nhân dân")
    if delegate.startswith("Ủy ban nhân dân"):
        return issuer.startswith("Ủy ban nhân dân")
    return False


def _answer(found: _Found, candidate: Candidate, world: _World) -> tuple[Scope, str, str] | None:
    """Return the scope by which the document answers the clause, on what basis, and the subject, or None."""
    clause, topics = found.clause, world.topics
    met = [named for named in candidate.pins if any(_same(named.pin, other) for other in found.wanted)]
    if met:
        return met[0].scope, "scope", " ".join(dict.fromkeys(named.subject for named in met))
    if candidate.pins or candidate.bound:
        return None
    details = candidate.details
    if details is not None and topics.whole_law(candidate.facts, details):
        return details, "general", ""
    above = world.chapters.get(found.home, {}).get(clause.dieu or "", "")
    if details is not None and topics.on_part(clause, candidate.facts, details, above):
        return details, "general", ""
    basis = details or candidate.basis
    if basis is not None and topics.on_subject(clause, candidate.facts):
        return basis, "general", ""
    return None


def _same(pin: Pin, wanted: Pin) -> bool:
    """Whether a scope that names `pin` speaks of the provision `wanted`: the same, or one inside the other."""
    if pin.dieu != wanted.dieu:
        return False
    if pin.khoan is None or wanted.khoan is None:
        return True
    if pin.khoan != wanted.khoan:
        return False
    return pin.diem is None or wanted.diem is None or pin.diem == wanted.diem


def _locate(found: Sequence[_Found], world: _World) -> None:
    """Find the articles of every answering document that speak of the clauses it answers."""
    asked: dict[tuple[str, str], dict[int, Wanted]] = defaultdict(dict)
    by_source: dict[str, WorkFacts] = {}
    for n, item in enumerate(found):
        headings = world.headings.get(item.home, {})
        context = " ".join(headings.get(pin.dieu or "", "") for pin in dict.fromkeys(item.wanted))
        for candidate, _, _, subject in item.answers:
            by_source[candidate.facts.source] = candidate.facts
            alone = len({named.pin for named in candidate.pins}) == 1
            wanted = Wanted(item.wanted, subject, f"{context} {item.clause.text}", alone)
            asked[candidate.facts.source, item.home][n] = wanted
    for (source, law), clauses in asked.items():
        for n, pins in answering_articles(by_source[source].articles, law, clauses).items():
            found[n].provisions[source] = pins


def _reported(works: Sequence[WorkFacts], world: _World) -> Iterator[LawRow]:
    """Yield a row for each law under which a report says that rules are owed."""
    for work in works:
        for gap in work.reported:
            for law in gap.laws:
                key = world.resolver.resolve(law, work.day).key if world.resolver is not None else law
                yield LawRow(
                    law=key,
                    source=work.source,
                    start=gap.start,
                    end=gap.end,
                    text=gap.text,
                    dieu=None,
                    khoan=None,
                    diem=None,
                    delegate=gap.delegate,
                    instrument=gap.instrument,
                    strength="reported",
                    covers=(),
                    status="unanswered",
                    count=gap.count,
                )


def _changed(found: Sequence[_Found], as_of: str) -> dict[tuple[str, str | None, str | None, str], str]:
    """Return the clauses that amendments in effect put a new clause in the place of."""
    out: dict[tuple[str, str | None, str | None, str], str] = {}
    for item in found:
        work, clause = item.work, item.clause
        if item.home != work.key and (work.effective or work.date or "9999") <= as_of:
            out[item.home, clause.dieu, clause.khoan, clause.delegate] = work.key
    return out


def _row(item: _Found, changed: Mapping[tuple[str, str | None, str | None, str], str], world: _World) -> LawRow:
    work, clause = item.work, item.clause
    answers = tuple(_as_answer(item, *answer, world) for answer in item.answers)
    living = [answer for answer in answers if answer.ended_by is None]
    missing = _missing(item, {answer.source for answer in living})
    status: Coverage = "unanswered"
    if living:
        general = all(answer.basis == "general" for answer in living)
        status = "general" if general else "partly" if missing else "answered"
    elif answers:
        status = "lapsed"
    ended = world.ended.get(item.home) or world.ended.get(work.key)
    superseded = changed.get((item.home, clause.dieu, clause.khoan, clause.delegate)) if item.home == work.key else None
    in_force = work.effective is not None and work.effective <= world.as_of and not ended and not superseded
    return LawRow(
        law=work.key,
        source=work.source,
        start=clause.start,
        end=clause.end,
        text=clause.text,
        dieu=clause.dieu,
        khoan=clause.khoan,
        diem=clause.diem,
        delegate=clause.delegate,
        today=world.successors.get(clause.delegate, ()),
        instrument=clause.instrument,
        strength=clause.strength,
        covers=clause.covers,
        status=status,
        answered_by=answers,
        missing=missing if status == "partly" else (),
        effective=work.effective,
        overdue=status in ("unanswered", "lapsed") and in_force,
        of=item.home if item.home != work.key else None,
        superseded_by=superseded,
        ended_by=ended,
    )


def _missing(item: _Found, living: set[str]) -> tuple[Pin, ...]:
    """Return the covered provisions that no living answer names, where some other covered one is named.

    Scopes mostly cite the delegating clause itself: that answers all it covers.
    """
    covers = item.clause.covers
    named = [
        n.pin
        for candidate, _, basis, _ in item.answers
        if basis == "scope" and candidate.facts.source in living
        for n in candidate.pins
    ]
    own = item.wanted[0]
    if len(covers) < 2 or any(_same(pin, own) for pin in named):
        return ()
    return tuple(pin for pin in covers if not any(_same(other, pin) for other in named))


def _as_answer(item: _Found, candidate: Candidate, scope: Scope, basis: str, subject: str, world: _World) -> Answer:
    del subject
    work = candidate.facts
    return Answer(
        number=work.key,
        provisions=item.provisions.get(work.source, ()),
        scope=scope.provisions,
        source=work.source,
        basis=basis,
        why=candidate.why,
        start=scope.start,
        end=scope.end,
        text=scope.text,
        effective=work.effective,
        amended_by=tuple(world.amended.get(work.key, ())),
        ended_by=world.ended.get(work.key),
    )
