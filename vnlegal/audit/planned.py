"""An official list of rules to be made, held against the clauses of the laws themselves."""

from __future__ import annotations

from collections.abc import Sequence

from vnlegal.audit.model import LawRow, PlannedRow
from vnlegal.works import Pin, PlannedClause
from vnlegal.works.resolve import Resolver


def compare_planned(
    planned: Sequence[PlannedClause], rows: Sequence[LawRow], resolver: Resolver | None = None
) -> tuple[PlannedRow, ...]:
    """Return every clause of either side once: in both, only in the list, only in the law (of the laws listed).

    A clause of the list whose law is not among the documents given is `law_not_given`: nothing can be said of it.
    """
    out: list[PlannedRow] = []
    clauses = [(n, row) for n, row in enumerate(rows) if row.strength != "reported"]
    given = {row.of or row.law for row in rows}
    met: set[int] = set()
    named: dict[str, None] = {}
    for item in planned:
        law = resolver.resolve(item.law, item.date).key if resolver is not None else item.law
        named[law] = None
        found = [n for n, row in clauses if (row.of or row.law) == law and _meets(item.pin, row)]
        met.update(found)
        verdict = "both" if found else "only_planned" if law in given else "law_not_given"
        out.append(_row(law, item.pin, verdict, item, rows[found[0]] if found else None))
    for n, row in clauses:
        law = row.of or row.law
        if law in named and n not in met:
            out.append(_row(law, Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem), "only_law", None, row))
    order = list(named)
    return tuple(sorted(out, key=lambda row: (order.index(row.law), _by_number(row.pin))))


def _meets(pin: Pin, row: LawRow) -> bool:
    """Whether the list's provision is the clause itself, or one it covers to the letter."""
    own = Pin(dieu=row.dieu, khoan=row.khoan, diem=row.diem)
    if pin in (own, *row.covers):
        return True
    return pin.dieu == own.dieu and pin.khoan == own.khoan and (pin.diem is None or own.diem is None)


def _by_number(pin: Pin) -> tuple[int, str, int, str, str]:
    def split(label: str | None) -> tuple[int, str]:
        digits = "".join(c for c in label or "" if c.isdigit())
        return int(digits or 0), (label or "").lstrip("0123456789")

    return (*split(pin.dieu), *split(pin.khoan), pin.diem or "")


def _row(law: str, pin: Pin, verdict: str, item: PlannedClause | None, row: LawRow | None) -> PlannedRow:
    return PlannedRow(
        law=law,
        pin=pin,
        verdict=verdict,
        planned=item,
        source=row.source if row is not None else None,
        start=row.start if row is not None else None,
        end=row.end if row is not None else None,
        text=row.text if row is not None else None,
        delegate=row.delegate if row is not None else None,
        status=row.status if row is not None else None,
    )
