"""The report over all documents of a gold folder, its bars, and what changed against another run."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vnlegal.errors import BadGold
from vnlegal.evaluate.gold import GoldDocument
from vnlegal.evaluate.parts import AgencyScore, CitationScore, HeaderScore, OutlineScore, TaskScore, Verdict


@dataclass(slots=True)
class Report:
    """Scores that grow document by document."""

    citations: CitationScore = field(default_factory=CitationScore)
    tasks: TaskScore = field(default_factory=TaskScore)
    agencies: AgencyScore = field(default_factory=AgencyScore)
    header: HeaderScore = field(default_factory=HeaderScore)
    outline: OutlineScore = field(default_factory=OutlineScore)
    parts: set[str] = field(default_factory=set)

    def add(self, document: GoldDocument, result: Mapping[str, Any]) -> None:
        """Count one document in; `result` is what `vnlegal extract` gives, with `outline` where that is scored."""
        if document.header is not None:
            self.header.add(document.header, result.get("document") or {})
            self.parts.add("header")
        for name in ("citations", "tasks", "agencies", "outline"):
            gold = document.rows[name]
            if gold is not None:
                getattr(self, name).add(document.name, gold, result.get(name) or [])
                self.parts.add(name)

    def figures(self) -> dict[str, Any]:
        """Return all figures of the parts that had gold."""
        order = ("citations", "tasks", "agencies", "header", "outline")
        return {name: getattr(self, name).figures() for name in order if name in self.parts}

    def verdicts(self) -> list[Verdict]:
        """Return what became of every citation and task."""
        return [*self.citations.verdicts, *self.tasks.verdicts]


def figure(figures: Mapping[str, Any], name: str) -> float | None:
    """Return one figure by its dotted name: `citations.exact`, `citations.number`, `tasks.leads.p`, `outline.units`.

    A name that stops at a group of figures means its F1 or its share of right answers.
    """
    value: Any = figures
    for key in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value[key] if key in value else (value.get("fields") or {}).get(key)
    if isinstance(value, Mapping):
        value = value.get("f1", value.get("acc"))
    return None if value is None else float(value)


def read_bars(source: str) -> dict[str, float]:
    """Read bars: `NAME=VALUE,…`, or `FILE#TABLE`, a table of a TOML file with dotted names as keys."""
    if "=" in source:
        pairs = (pair.partition("=") for pair in source.split(","))
        try:
            return {name.strip(): float(value) for name, _, value in pairs}
        except ValueError as error:
            raise BadGold(f"--fail-under {source}: {error}", next_step="viết citations.exact=0.95,…") from error
    path, _, table = source.rpartition("#") if "#" in source else (source, "", "")
    try:
        bars = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadGold(f"{path}: {error}", next_step="xem lại --fail-under") from error
    if table and table not in bars:
        raise BadGold(f"{path}: không có bảng [{table}]", next_step=f"các bảng: {', '.join(bars)}")
    return dict(_flat(bars[table] if table else bars))


def _flat(bars: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, float]]:
    for key, value in bars.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", float(value)


def under(figures: Mapping[str, Any], bars: Mapping[str, float]) -> list[tuple[str, float | None, float]]:
    """Return the figures that lie under their bar, or are missing: name, figure, bar."""
    got = ((name, figure(figures, name), bar) for name, bar in bars.items())
    return [(name, value, bar) for name, value, bar in got if value is None or value < bar]


@dataclass(frozen=True, slots=True)
class Change:
    """A citation or a task that one run had right and the other had not."""

    gained: bool
    before: str
    verdict: Verdict


def changes(before: Sequence[Verdict], after: Sequence[Verdict]) -> list[Change]:
    """Return what was gained and what was lost between two runs on the same gold, in text order."""
    old = {_key(verdict): verdict for verdict in before}
    new = {_key(verdict): verdict for verdict in after}
    found = []
    for key, verdict in new.items():
        was = old[key].state if key in old else "-"
        right_before = key not in old if verdict.state == "invented" else key in old and old[key].right
        if verdict.right != right_before:
            found.append(Change(verdict.right, was, verdict))
    found += [
        Change(True, "invented", Verdict(v.doc, v.part, "-", v.start, v.end, v.text))
        for key, v in old.items()
        if v.state == "invented" and key not in new
    ]
    return sorted(found, key=lambda c: (c.verdict.doc, c.verdict.part, c.verdict.start, c.verdict.end))


def _key(verdict: Verdict) -> tuple[str, str, int, int, bool]:
    return verdict.doc, verdict.part, verdict.start, verdict.end, verdict.state == "invented"
