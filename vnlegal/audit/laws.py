"""Which delegating clauses still lack their rules: every clause held against every document that may answer it.

An answer is a document of the delegate (or of its successor) whose scope names the delegating or a covered
provision of the law (`answered`), or which details the law as a whole or the clause's own subject (`general`). A
document bound by its Điều 1 to other provisions is no answer to this one; consolidated texts and documents that
only amend never are. An answer that a later document has ended makes the clause `lapsed`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vnlegal.audit.model import Answer, Coverage, LawAudit, LawRow
from vnlegal.audit.topics import Topics
from vnlegal.knowledge.delegations import DelegationKnowledge, load_delegations
from vnlegal.works import Delegation, Pin, Scope, WorkFacts

_AMENDING = ("sửa đổi", "bãi bỏ", "đính chính")
_DETAILS = ("implements", "guides", "executes")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document that may answer clauses of one law."""

    facts: WorkFacts
    pins: tuple[tuple[Pin, Scope], ...]
    details: Scope | None
    basis: Scope | None
    bound: bool


def audit_laws(
    works: Sequence[WorkFacts],
    as_of: str,
    *,
    successors: Mapping[str, Iterable[str]] | None = None,
    cues: DelegationKnowledge | None = None,
) -> LawAudit:
    """Return the coverage of every delegating clause of the documents given, on the ISO day `as_of`.

    `successors`: for a body that no longer exists, the bodies that may issue its rules today.
    """
    seen: dict[str, WorkFacts] = {}
    for work in works:
        seen.setdefault(work.source, work)
    unique = list(seen.values())
    candidates = _candidates(unique)
    ended = _ended(unique, as_of)
    topics = Topics(unique, (cues or load_delegations()).themes)
    rows = []
    for work in unique:
        for clause in work.delegations:
            rows.append(_row(work, clause, candidates.get(work.key, ()), ended, successors or {}, topics, as_of))
    return LawAudit(as_of=as_of, summary=_summary(unique, rows), rows=tuple(rows))


def _candidates(works: Sequence[WorkFacts]) -> dict[str, list[_Candidate]]:
    """Return for each law the documents whose scope statements name it."""
    out: dict[str, list[_Candidate]] = defaultdict(list)
    for work in works:
        title = (work.title or "").casefold()
        if work.is_consolidated or title.startswith(_AMENDING):
            continue
        by_law: dict[str, list[Scope]] = defaultdict(list)
        for scope in work.scopes:
            by_law[scope.law].append(scope)
        bound = any(s.where == "dieu_1" and s.provisions for s in work.scopes)
        for law, scopes in by_law.items():
            if law == work.key:
                continue
            pins = tuple((pin, s) for s in scopes if s.where != "can_cu" for pin in s.provisions)
            details = next(
                (s for s in scopes if s.where != "can_cu" and s.relation in _DETAILS and not s.provisions), None
            )
            basis = next((s for s in scopes if s.where == "can_cu"), None)
            out[law].append(_Candidate(work, pins, details, basis, bound))
    return out


def _ended(works: Sequence[WorkFacts], as_of: str) -> set[str]:
    """Return the works that documents in effect on `as_of` have replaced or repealed as a whole."""
    return {
        target
        for work in works
        if not work.is_consolidated and (work.effective or work.date or "9999") <= as_of
        for target in work.ends
        if target != work.key
    }


def _row(
    work: WorkFacts,
    clause: Delegation,
    candidates: Sequence[_Candidate],
    ended: set[str],
    successors: Mapping[str, Iterable[str]],
    topics: Topics,
    as_of: str,
) -> LawRow:
    bodies = {clause.delegate, *successors.get(clause.delegate, ())}
    answers = []
    for candidate in candidates:
        if not _issued_by(candidate.facts, bodies, clause.delegate):
            continue
        answer = _answer(clause, candidate, topics)
        if answer is not None:
            answers.append(answer)
    if any(a.basis != "general" for a in answers):
        answers = [a for a in answers if a.basis != "general"]
    living = [a for a in answers if a.number not in ended]
    status: Coverage = "unanswered"
    if living:
        status = "general" if all(a.basis == "general" for a in living) else "answered"
    elif answers:
        status = "lapsed"
    in_force = work.effective is not None and work.effective <= as_of and work.key not in ended
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
        instrument=clause.instrument,
        strength=clause.strength,
        covers=clause.covers,
        status=status,
        answered_by=tuple(answers),
        effective=work.effective,
        overdue=status in ("unanswered", "lapsed") and in_force,
    )


def _issued_by(work: WorkFacts, bodies: set[str], delegate: str) -> bool:
    issuer = work.issuer or ""
    if issuer in bodies:
        return True
    if delegate.startswith("Hội đồng nhân dân"):
        return issuer.startswith("Hội đồng nhân dân")
    if delegate.startswith("Ủy ban nhân dân"):
        return issuer.startswith("Ủy ban nhân dân")
    return False


def _answer(clause: Delegation, candidate: _Candidate, topics: Topics) -> Answer | None:
    """Return how the document answers the clause, None where it does not."""
    own = Pin(dieu=clause.dieu, khoan=clause.khoan, diem=clause.diem)
    wanted = (own, *clause.covers)
    for pin, scope in candidate.pins:
        if any(_same(pin, other) for other in wanted):
            return _as_answer(candidate.facts, scope, "scope")
    if candidate.pins or candidate.bound:
        return None
    details = candidate.details
    if details is not None and topics.whole_law(candidate.facts, details):
        return _as_answer(candidate.facts, details, "general")
    basis = details or candidate.basis
    if basis is not None and topics.on_subject(clause, candidate.facts):
        return _as_answer(candidate.facts, basis, "general")
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


def _as_answer(work: WorkFacts, scope: Scope, basis: str) -> Answer:
    return Answer(
        number=work.key,
        provisions=scope.provisions,
        source=work.source,
        basis=basis,
        start=scope.start,
        end=scope.end,
        text=scope.text,
        effective=work.effective,
    )


def _summary(works: Sequence[WorkFacts], rows: Sequence[LawRow]) -> dict[str, object]:
    """Return the counts: all, by law and by delegate, those with most unanswered clauses first."""
    status = Counter(row.status for row in rows)
    return {
        "documents": len(works),
        "clauses": len(rows),
        "explicit": sum(row.strength == "explicit" for row in rows),
        "implicit": sum(row.strength == "implicit" for row in rows),
        "status": dict(sorted(status.items())),
        "overdue": sum(row.overdue for row in rows),
        "by_law": _roll_up(rows, "law", {work.key: work.title for work in works}),
        "by_delegate": _roll_up(rows, "delegate", {}),
    }


def _roll_up(rows: Sequence[LawRow], field: str, titles: Mapping[str, str | None]) -> list[dict[str, object]]:
    groups: dict[str, list[LawRow]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, field)].append(row)
    out: list[tuple[int, str, dict[str, object]]] = []
    for name, members in groups.items():
        lacking = sum(row.status in ("unanswered", "lapsed") for row in members)
        entry: dict[str, object] = {field: name, "clauses": len(members), "unanswered": lacking}
        entry["overdue"] = sum(row.overdue for row in members)
        if name in titles:
            entry["title"] = titles[name]
        out.append((-lacking, name, entry))
    return [entry for _, _, entry in sorted(out, key=lambda item: item[:2])]
