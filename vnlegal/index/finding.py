"""How a question becomes a page: names to marks, candidates from the text index, their order, their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text

from vnlegal.index.dialects import Dialect
from vnlegal.index.marks import day_number, value_mark
from vnlegal.index.model import BadQuery, Facet, Filters, Hit, Kind, Page
from vnlegal.index.names import Bodies, Lore, works_named
from vnlegal.index.query import Clause, Mark, Near, Query, Words, parse
from vnlegal.index.ranking import READ, Candidate, exact_words, first_order, highlights, likeness, score
from vnlegal.index.rows import KIND_NUMBER, RECORDS, Work, line_of, unpacked
from vnlegal.index.schema import BLOCK, agencies, payloads, works, years
from vnlegal.index.words import folded
from vnlegal.knowledge import Knowledge

_CANDIDATES = 120  # rows of one closeness that are looked at for the best
_FACETS = {"a": "agency", "s": "status", "m": "modality", "u": "due"}
_VALUES = {
    "sdone": "done", "sinprogress": "in_progress", "soverdue": "overdue", "snotstarted": "not_started",
    "massigned": "assigned", "mrequested": "requested", "mproposed": "proposed", "mreported": "reported",
}  # fmt: skip
_MOST_VALUES = 20
_SAME = 0.6  # the share of words two statements of one task have in common


@dataclass(slots=True)
class Wanted:
    """The filters as clauses of marks, and as conditions on columns where a mark is too coarse."""

    clauses: list[Clause] = field(default_factory=list)
    without: list[Clause] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    of_document: bool = False


class Finder:
    """Answers questions over one connection; keeps the names of the index at hand."""

    def __init__(self, dialect: Dialect, knowledge: Knowledge) -> None:
        self._dialect = dialect
        self._lore = Lore(knowledge)
        self._bodies = Bodies({}, self._lore)
        self._bodies_top = 0
        self._works: list[tuple[int, Work]] = []
        self._laws: dict[str, tuple[int, ...]] = {}

    def page(
        self,
        connection: Connection,
        query: str,
        filters: Filters,
        kind: Kind,
        limit: int,
        offset: int,
        *,
        ranked: bool,
        facets: bool,
    ) -> Page:
        """Return one page of answers."""
        bodies = self._names(connection)
        asked = parse(query, bodies.named)
        wanted = self._wanted(connection, filters, bodies)
        number = KIND_NUMBER[kind]
        clauses = [*asked.clauses, *wanted.clauses]
        without = [*asked.without, *wanted.without]
        if without and not clauses:
            raise BadQuery("chỉ có từ cần loại ra", next_step="viết thêm ít nhất một từ cần tìm")
        if ranked and asked.clauses:
            found = self._ranked(connection, asked, wanted, number, offset + limit)
            first = found[offset : offset + limit]
        else:
            ids = self._ids(connection, number, clauses, without, wanted, limit, offset)
            first = [(one, 0.0) for one in ids]
        total, counts = (None, {}) if not facets else self._counts(connection, number, clauses, without, wanted)
        return Page(total=total, facets=counts, rows=tuple(self._hits(connection, first, kind, asked.words)))

    def same(self, connection: Connection, hit: Hit, most: int) -> tuple[Hit, ...]:
        """Return rows of other places that state the task of `hit`, in the order of their documents' dates."""
        words = sorted(set(folded(hit.row.text)), key=lambda word: (-len(word), word))[:24]
        groups = [words[at : at + 3] for at in range(0, min(len(words), 12), 3)]
        number = KIND_NUMBER[hit.kind]
        ids: dict[int, None] = {}
        for group in groups:
            clauses: list[Clause] = [(Words((word,)),) for word in group]
            ids.update(dict.fromkeys(self._ids(connection, number, clauses, [], Wanted(), _CANDIDATES, 0)))
        ids.pop(hit.entry, None)
        others = self._hits(connection, [(one, 0.0) for one in ids], hit.kind, frozenset())
        alike = [(likeness(hit.row.text, other.row.text), other) for other in others]
        kept = [other.model_copy(update={"score": round(share, 3)}) for share, other in alike if share >= _SAME]
        kept.sort(key=lambda other: (other.date or "9999", other.entry))
        return tuple(kept[:most])

    def _names(self, connection: Connection) -> Bodies:
        """Return the bodies of the index, read again where new ones came in."""
        top = connection.execute(select(func.coalesce(func.max(agencies.c.id), 0))).scalar_one()
        if top != self._bodies_top:
            rows = connection.execute(select(agencies.c.name, agencies.c.id))
            self._bodies, self._bodies_top = Bodies({row[0]: row[1] for row in rows}, self._lore), top
        return self._bodies

    def _law(self, connection: Connection, written: str) -> tuple[int, ...]:
        top = connection.execute(select(func.coalesce(func.max(works.c.id), 0))).scalar_one()
        if not self._works or self._works[-1][0] != top:
            rows = connection.execute(select(works).order_by(works.c.id)).all()
            self._works = [(row.id, Work(row.key, row.type, row.number, row.title)) for row in rows]
            self._laws.clear()
        if written not in self._laws:
            self._laws[written] = works_named(written, self._works, self._lore.knowledge)
        return self._laws[written]

    def _wanted(self, connection: Connection, filters: Filters, bodies: Bodies) -> Wanted:
        wanted = Wanted()
        add = wanted.clauses.append
        if filters.role and not filters.agency:
            raise BadQuery("role cần có agency", next_step="viết thêm --agency, ví dụ --agency BTC --role lead")
        if filters.agency is not None:
            letter = {"lead": "l", "coordinator": "c"}.get(filters.role or "", "a")
            add(tuple(Mark(f"{letter}{n}") for n in bodies.like(filters.agency)))
        if filters.issuer is not None:
            add(tuple(Mark(f"i{n}") for n in bodies.like(filters.issuer)))
        if filters.law is not None:
            add(tuple(Mark(f"w{n}") for n in self._law(connection, filters.law)))
        for mark, value in (("s", filters.status), ("m", filters.modality), ("k", filters.doc_kind)):
            if value is not None:
                add((Mark(value_mark(mark, value)),))
        if filters.no_deadline:
            add((Mark("n"),))
        before = day_number(filters.due_before)
        if filters.overdue_on is not None:
            last = _day_before(filters.overdue_on)
            before = last if before is None else min(before, last)
            wanted.without.append((Mark("sdone"),))
        self._range(connection, wanted, "uy", "e.due", day_number(filters.due_after, last=False), before)
        first, last_ = day_number(filters.dated_after, last=False), day_number(filters.dated_before)
        self._range(connection, wanted, "de", "d.day", first, last_)
        return wanted

    def _range(
        self, connection: Connection, wanted: Wanted, letters: str, column: str, first: int | None, last: int | None
    ) -> None:
        """Add a range of days: the marks of its months and years, and the days themselves where a month is cut."""
        if first is None and last is None:
            return
        month, year = letters[0], letters[1]
        known = connection.execute(select(years.c.mark).where(years.c.mark.like(f"{year}%"))).scalars()
        clause: list[Mark] = []
        cut = False
        for number in sorted(int(mark[1:]) for mark in known):
            low, high = number * 10000 + 101, number * 10000 + 1231
            if (first is not None and high < first) or (last is not None and low > last):
                continue
            if (first is None or first <= low) and (last is None or last >= high):
                clause.append(Mark(f"{year}{number}"))
                continue
            begin = first // 100 if first is not None and first > low else low // 100
            end = last // 100 if last is not None and last < high else high // 100
            clause += [Mark(f"{month}{m}") for m in range(begin, end + 1)]
            cut = cut or (first is not None and begin == first // 100 and first % 100 > 1)
            cut = cut or (last is not None and end == last // 100 and last % 100 < 31)
        wanted.clauses.append(tuple(clause) or (Mark(f"{year}0"),))
        if cut:
            wanted.of_document = wanted.of_document or column.startswith("d.")
            wanted.conditions.append(f"{column} BETWEEN :{month}_first AND :{month}_last")
            wanted.values |= {f"{month}_first": first or 0, f"{month}_last": last or 99999999}

    def _from(
        self, kind: int, clauses: Sequence[Clause], without: Sequence[Clause], wanted: Wanted, *, with_entries: bool
    ) -> tuple[str, dict[str, Any]]:
        """Return FROM and WHERE of a statement over the rows that fulfil all clauses."""
        joins, conditions = "", list(wanted.conditions)
        values = dict(wanted.values)
        if clauses:
            table, condition = self._dialect.source(kind)
            values["match"] = self._dialect.match(clauses, without)
            conditions += [condition] if condition else []
            if with_entries or wanted.conditions:
                joins = " JOIN entries e ON e.id = w.id"
        else:
            table = "entries w JOIN entries e ON e.id = w.id"
            conditions.append(f"e.kind = {kind}")
        if wanted.of_document:
            joins += " JOIN documents d ON d.id = e.doc"
        return f"FROM {table}{joins}" + (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values

    def _ids(
        self,
        connection: Connection,
        kind: int,
        clauses: Sequence[Clause],
        without: Sequence[Clause],
        wanted: Wanted,
        limit: int,
        offset: int,
    ) -> list[int]:
        where, values = self._from(kind, clauses, without, wanted, with_entries=False)
        statement = text(f"SELECT w.id {where} ORDER BY w.id LIMIT :limit OFFSET :offset")
        return list(connection.execute(statement, {**values, "limit": limit, "offset": offset}).scalars())

    def _ranked(
        self, connection: Connection, asked: Query, wanted: Wanted, kind: int, enough: int
    ) -> list[tuple[int, float]]:
        """Return the best rows with their scores: candidates by closeness first, then the rest in their order."""
        without = [*asked.without, *wanted.without]
        most = max(_CANDIDATES, enough)
        tiers: dict[int, tuple[int, int]] = {}
        for tier, clauses in self._tiers(asked):
            where, values = self._from(kind, [*clauses, *wanted.clauses], without, wanted, with_entries=True)
            rows = connection.execute(
                text(f"SELECT w.id, e.size {where} ORDER BY w.id LIMIT :limit"), {**values, "limit": most}
            ).all()
            for row in rows:
                if tiers.get(row[0], (0, 0))[0] < tier:
                    tiers[row[0]] = tier, row[1]
            if (tier > 1 and len(tiers) >= max(enough, READ)) or (tier == 1 and len(rows) < most):
                break  # enough of the closest, or no more rows than those already known
        order = first_order([Candidate(one, tier, size) for one, (tier, size) in tiers.items()])
        exact = exact_words(asked.written.replace("-", " ") if not asked.without else " ".join(asked.plain))
        texts = self._texts(connection, [c.entry for c in order[:READ]]) if exact else {}
        scored = [(c.entry, score(c, texts.get(c.entry), exact)) for c in order]
        scored.sort(key=lambda pair: (-pair[1], pair[0]))
        return scored

    def _tiers(self, asked: Query) -> Iterable[tuple[int, Sequence[Clause]]]:
        """Yield the clauses of the question: the tightest, the loosest, then what lies between."""
        others = [c for c in asked.clauses if len(c) == 1 and isinstance(c[0], Words) and _is_set(c[0], asked.plain)]
        if len(asked.plain) > 1:
            yield 3, [(Words(asked.plain),), *others]
            if asked.tight:
                yield 3, [*asked.tight, *others]
        yield 1, asked.clauses
        if len(asked.plain) > 1 and not asked.tight and self._dialect.name == "sqlite":
            yield 2, [(Near(asked.plain),), *others]

    def _texts(self, connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
        return {n: fields["text"] for n, fields in self._fields(connection, numbers).items()}

    def _fields(self, connection: Connection, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return the stored fields of rows by number."""
        out: dict[int, dict[str, Any]] = {}
        wanted = sorted({n // BLOCK for n in numbers})
        blocks: dict[int, list[str]] = {}
        for at in range(0, len(wanted), 200):
            query = select(payloads).where(payloads.c.id.in_(wanted[at : at + 200]))
            blocks.update((row.id, unpacked(row.data)) for row in connection.execute(query))
        for n in numbers:
            if n // BLOCK in blocks:
                out[n] = line_of(blocks[n // BLOCK], n)
        return out

    def _hits(
        self, connection: Connection, scored: Sequence[tuple[int, float]], kind: Kind, words: frozenset[str]
    ) -> list[Hit]:
        numbers = [n for n, _ in scored]
        fields = self._fields(connection, numbers)
        heads = self._heads(connection, numbers)
        record = RECORDS[KIND_NUMBER[kind]]
        hits = []
        for n, points in scored:
            if n not in fields or n not in heads:
                continue
            row = record.model_validate(fields[n], strict=False)
            source, number, day, issuer = heads[n]
            marked = highlights(row.text, row.start, words) if words else ()
            hits.append(
                Hit(
                    kind=kind,
                    source=source,
                    number=number,
                    date=day,
                    issuer=issuer,
                    score=points,
                    highlights=marked,
                    entry=n,
                    row=row,
                )
            )
        return hits

    def _heads(self, connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
        """Return source, number, date and issuer of the documents of rows."""
        if not numbers:
            return {}
        out: dict[int, tuple[str, str, str, str]] = {}
        for at in range(0, len(numbers), 200):
            part = ", ".join(str(int(n)) for n in numbers[at : at + 200])
            query = text(
                "SELECT e.id, d.source, d.number, d.date, d.issuer FROM entries e JOIN documents d ON d.id = e.doc "
                f"WHERE e.id IN ({part})"
            )
            out.update((row[0], (row[1], row[2], row[3], row[4])) for row in connection.execute(query))
        return out

    def _counts(
        self,
        connection: Connection,
        kind: int,
        clauses: Sequence[Clause],
        without: Sequence[Clause],
        wanted: Wanted,
    ) -> tuple[int, dict[str, tuple[Facet, ...]]]:
        """Return how many rows there are, and how many of each body, status, modality and month."""
        where, values = self._from(kind, clauses, without, wanted, with_entries=True)
        rows = connection.execute(text(f"SELECT e.marks, count(*) {where} GROUP BY e.marks"), values).all()
        counts: dict[str, Counter[str]] = {name: Counter() for name in _FACETS.values()}
        total = 0
        for marks, times in rows:
            total += times
            for mark in marks.split():
                name = _FACETS.get(mark[0])
                if name is not None:
                    counts[name][mark] += times
        names = self._bodies.names
        return total, {
            name: tuple(
                Facet(value=_shown(mark, names), count=times)
                for mark, times in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_VALUES]
            )
            for name, counter in counts.items()
            if counter
        }


def _shown(mark: str, names: dict[int, str]) -> str:
    if mark[0] == "a":
        return names.get(int(mark[1:]), "?")
    if mark[0] == "u":
        return f"{mark[1:5]}-{mark[5:]}"
    return _VALUES.get(mark, mark[1:])


def _is_set(atom: Words, plain: Sequence[str]) -> bool:
    """Whether an atom was written as a phrase or a beginning, so that it must hold at every closeness."""
    return atom.prefix or len(atom.words) > 1 or atom.words[0] not in plain


def _day_before(day: str) -> int:
    try:
        before = date.fromisoformat(day[:10]) - timedelta(days=1)
    except ValueError as error:
        raise BadQuery(f"{day!r} không phải ngày", next_step="viết dạng 2025-06-30") from error
    return before.year * 10000 + before.month * 100 + before.day
