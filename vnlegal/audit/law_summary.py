"""The figures of the law audit: over all, by law, by delegate, those that owe most first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from vnlegal.audit.model import LawRow, PlannedRow
from vnlegal.works import WorkFacts


def summarize(
    works: Sequence[WorkFacts],
    rows: Sequence[LawRow],
    planned: Sequence[PlannedRow] = (),
    known: Mapping[str, tuple[str | None, str | None]] | None = None,
    elsewhere: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, object]:
    """Return the counts. A clause that was superseded, or whose law has ended, is owed by nobody and counted apart.

    `known`: kinds and titles of laws by number, for those whose own text shows none. `elsewhere`: documents known to
    detail a law that are not among those given.
    """
    titles = {**(known or {}), **{work.key: (work.kind, work.title) for work in works if work.title}}
    compared = {"planned": dict(sorted(Counter(row.verdict for row in planned).items()))} if planned else {}
    return {
        "documents": len(works),
        "clauses": len(rows),
        "explicit": sum(row.strength == "explicit" for row in rows),
        "implicit": sum(row.strength == "implicit" for row in rows),
        "reported": sum(row.strength == "reported" for row in rows),
        "status": dict(sorted(Counter(row.status for row in rows).items())),
        "owed": sum(row.owed for row in rows),
        "overdue": sum(row.overdue for row in rows),
        "ended": sum(row.ended_by is not None for row in rows),
        "superseded": sum(row.superseded_by is not None for row in rows),
        **compared,
        "by_law": _roll_up(rows, "law", lambda row: row.of or row.law, titles, elsewhere or {}),
        "by_delegate": _roll_up(rows, "delegate", lambda row: row.delegate, {}, {}),
    }


def _roll_up(
    rows: Sequence[LawRow],
    field: str,
    key: Callable[[LawRow], str],
    titles: Mapping[str, tuple[str | None, str | None]],
    elsewhere: Mapping[str, Sequence[str]],
) -> list[dict[str, object]]:
    groups: dict[str, list[LawRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    out: list[tuple[tuple[int, int, str], dict[str, object]]] = []
    for name, members in groups.items():
        owed = sum(row.owed for row in members)
        lacking = sum(row.status in ("unanswered", "lapsed") for row in members)
        entry: dict[str, object] = {field: name, "clauses": len(members), "unanswered": lacking, "owed": owed}
        entry["overdue"] = sum(row.overdue for row in members)
        entry["answered"] = sum(row.status in ("answered", "partly", "general") for row in members)
        if name in titles:
            entry["kind"], entry["title"] = titles[name]
        if elsewhere.get(name):
            entry["not_given"] = list(elsewhere[name])
        if field == "delegate" and members[0].today:
            entry["today"] = list(members[0].today)
        if field == "law" and members[0].ended_by:
            entry["ended_by"] = members[0].ended_by
        out.append(((-owed, -lacking, name), entry))
    return [entry for _, entry in sorted(out, key=lambda item: item[0])]
