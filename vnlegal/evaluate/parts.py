"""How each part of a result is held against its gold rows.

Rows marked `borderline` are neither asked for nor punished. Gold of other makers uses a few other names
(`recipients_or_approvers`, `parent_path`, `doc_type` and `title` in headers …); both are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vnlegal.evaluate.measures import Found, Pairs, Right, Row, link_f1, overlap, overlap_share, pair_rows, plain, share

DETECTED = frozenset({"numbered", "short", "named", "self", "alias", "planned"})
POINTERS = ("anaphora", "internal")
TYPED_RELATIONS = frozenset(
    {
        "issued_under", "implements", "guides", "amends", "replaces", "repeals", "corrects", "consolidates",
        "replies_to",
    }
)  # fmt: skip
_TOUCHING = 1e-9
_SAME_TASK = 0.5
_TIGHT = 0.8
# A department of the province that issued the document may be written with or without the province.
_SEAT = re.compile(
    r"^((?:giám đốc |thủ trưởng )?(?:sở|ban|chi cục|cục|chi nhánh|trung tâm|văn phòng) .+?)"
    r" (?:tỉnh|thành phố|tp\.?) .+$"
)
_HEADING_MARKER = re.compile(r"^[\W_]*(?:[ivxlc]+|\d+(?:\.\d+)*|[a-zđ])?[\W_]+")
_SUBJECT_LEAD = re.compile(r"^(?:v/v|về việc|về)\W+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one gold row (exact, found, missed), or of a prediction nobody asked for (invented)."""

    doc: str
    part: str
    state: str
    start: int
    end: int
    text: str

    @property
    def right(self) -> bool:
        """Whether there is nothing to complain of."""
        return self.state in ("exact", "whole")


def _verdict(doc: str, part: str, state: str, row: Row) -> Verdict:
    return Verdict(doc, part, state, row["start"], row["end"], row.get("text") or "")


@dataclass(slots=True)
class CitationScore:
    """Citations of any number of documents."""

    exact: Found = field(default_factory=Found)
    overlap: Found = field(default_factory=Found)
    pointers: dict[str, Found] = field(default_factory=lambda: {kind: Found() for kind in POINTERS})
    fields: Right = field(default_factory=Right)
    links: list[tuple[float, int]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, doc: str, gold: Sequence[Row], given: Sequence[Row]) -> None:
        """Count one document in."""
        asked = [row for row in gold if row["kind"] in DETECTED and not row.get("borderline")]
        free = [row for row in gold if row["kind"] not in DETECTED or row.get("borderline")]
        detected = [row for row in given if row.get("kind") not in POINTERS]
        spans = {_place(row) for row in asked} & {_place(row) for row in detected}
        pairs = pair_rows(asked, detected, _TOUCHING)
        paired = {j for _, j in pairs}
        # a prediction that touches only an anaphora or a borderline row was not asked for, and is no fault
        idle = {j for j, row in enumerate(detected) if j not in paired and any(overlap(row, other) for other in free)}
        self.exact.add(len(spans), len(detected) - len(idle), len(asked))
        self.overlap.add(len(pairs), len(detected) - len(idle), len(asked))
        named_as: dict[str | None, set[str | None]] = defaultdict(set)
        for i, j in pairs:
            named_as[asked[i].get("target")].add(detected[j].get("target"))
            self._ask(asked[i], detected[j])
        link = link_f1(
            [asked[i].get("target") or f"?{i}" for i, _ in pairs],
            [detected[j].get("target") or f"?{j}" for _, j in pairs],
        )
        self.links.append((link or 0.0, len(pairs)))
        self._judge(doc, asked, detected, pairs, idle)
        borderline = [row for row in gold if row.get("borderline")]
        for kind in POINTERS:
            self._add_pointers(
                kind,
                [row for row in gold if row["kind"] == kind and not row.get("borderline")],
                [row for row in given if row.get("kind") == kind and not any(overlap(row, b) for b in borderline)],
                named_as,
            )

    def _ask(self, gold: Row, given: Row) -> None:
        """Ask for the fields of a pair that the gold row has."""
        ask = self.fields.ask
        if gold.get("number"):
            ask("number", plain(gold["number"]) == plain(given.get("number")))
        ask("doc_type", gold.get("doc_type") == given.get("doc_type"))
        if gold.get("date"):
            ask("date", gold["date"] == given.get("date"))
        if gold.get("provisions"):
            ask("provisions", _pinpoints(gold) == _pinpoints(given))
        if gold.get("relation") in TYPED_RELATIONS:
            ask("relation", gold["relation"] == given.get("relation"))
        if gold["kind"] != "planned":
            ask("is_draft", bool(gold.get("is_draft")) == bool(given.get("is_draft")))

    def _judge(self, doc: str, asked: Sequence[Row], given: Sequence[Row], pairs: Pairs, idle: set[int]) -> None:
        partner = dict(pairs)
        for i, row in enumerate(asked):
            state = "missed" if i not in partner else "found"
            if i in partner and _place(row) == _place(given[partner[i]]):
                state = "exact"
            self.verdicts.append(_verdict(doc, "citation", state, row))
        used = idle | set(partner.values())
        self.verdicts += [_verdict(doc, "citation", "invented", r) for j, r in enumerate(given) if j not in used]

    def _add_pointers(
        self, kind: str, gold: Sequence[Row], given: Sequence[Row], named_as: dict[str | None, set[str | None]]
    ) -> None:
        """Count the anaphora or the internal pinpoints of one document in."""
        pairs = pair_rows(gold, given, _TOUCHING)
        self.pointers[kind].add(len(pairs), len(given), len(gold))
        for i, j in pairs:
            if gold[i].get("provisions"):
                self.fields.ask(f"provisions of {kind}", _pinpoints(gold[i]) == _pinpoints(given[j]))
            asked, target = gold[i].get("target"), given[j].get("target")
            same = (asked or "?").split("@")[0] == (target or "").split("@")[0]
            self.fields.ask(f"target of {kind}", target in named_as[asked] or same)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        mentions = sum(weight for _, weight in self.links)
        link = round(sum(f1 * weight for f1, weight in self.links) / mentions, 4) if mentions else None
        spans = {"exact": self.exact.figures(), "overlap": self.overlap.figures()}
        pointers = {kind: found.figures() for kind, found in self.pointers.items()}
        return {**spans, **pointers, "link_b3_f1": link, "fields": self.fields.figures()}


@dataclass(slots=True)
class TaskScore:
    """Tasks of any number of documents. A task is found where at least half of the two spans is shared."""

    match: Found = field(default_factory=Found)
    tight: Found = field(default_factory=Found)
    roles: dict[str, Found] = field(default_factory=lambda: {"leads": Found(), "coordinators": Found()})
    fields: Right = field(default_factory=Right)
    verdicts: list[Verdict] = field(default_factory=list)

    def add(self, doc: str, gold: Sequence[Row], given: Sequence[Row]) -> None:
        """Count one document in."""
        free = [row for row in gold if row.get("borderline")]
        asked = [row for row in gold if not row.get("borderline")]
        pairs = pair_rows(asked, given, _SAME_TASK)
        paired = {j for _, j in pairs}
        idle = {
            j
            for j, row in enumerate(given)
            if j not in paired and any(overlap_share(row, other) >= _SAME_TASK for other in free)
        }
        tight = sum(overlap_share(asked[i], given[j]) >= _TIGHT for i, j in pairs)
        self.match.add(len(pairs), len(given) - len(idle), len(asked))
        self.tight.add(tight, len(given) - len(idle), len(asked))
        partner = {}
        for i, j in pairs:
            partner[i] = self._ask(asked[i], given[j])
        for i, row in enumerate(asked):
            state = "missed" if i not in partner else "whole" if partner[i] else "found"
            self.verdicts.append(_verdict(doc, "task", state, row))
        used = idle | paired
        self.verdicts += [_verdict(doc, "task", "invented", row) for j, row in enumerate(given) if j not in used]

    def _ask(self, gold: Row, given: Row) -> bool:
        """Ask for the fields of a pair; return whether leads, due day and modality are all right."""
        ask = self.fields.ask
        path, got_path = _path(gold), _path(given)
        if path:
            ask("path", bool(got_path) and _heading(path[-1])[:30] == _heading(got_path[-1])[:30])
        for role, found in self.roles.items():
            found.add(*same_actors(gold.get(role), given.get(role)))
        deadline, got_deadline = gold.get("deadline") or {}, given.get("deadline") or {}
        due, got_due = deadline.get("due"), got_deadline.get("due")
        if deadline.get("scope") == "report" and got_due is None:
            due = None  # the deadline of a trailing report may stand on a row of its own
        elif due:
            ask("due", got_due is not None and got_due[:10] == due[:10])
        else:
            ask("no_due", got_due is None)
        if deadline.get("kind"):
            ask("deadline_kind", deadline["kind"] == got_deadline.get("kind"))
        same_modality = gold.get("modality") == given.get("modality")
        ask("modality", same_modality)
        ask("status" if gold.get("status") else "no_status", gold.get("status") == given.get("status"))
        for name in ("deliverable", "result"):
            if gold.get(name):
                got = given.get(name) or {}
                ask(name, got.get("start") is not None and overlap_share(gold[name], got) >= _SAME_TASK)
        same_leads = len(set(same_actors(gold.get("leads"), given.get("leads")))) == 1
        whole = same_leads and (due or "")[:10] == (got_due or "")[:10] and same_modality
        ask("whole", whole)
        return whole

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        roles = {role: found.figures() for role, found in self.roles.items()}
        return {
            "match": self.match.figures(),
            "tight": self.tight.figures(),
            **roles,
            "fields": self.fields.figures(),
        }


@dataclass(slots=True)
class AgencyScore:
    """Agencies of any number of documents."""

    exact: Found = field(default_factory=Found)
    overlap: Found = field(default_factory=Found)
    fields: Right = field(default_factory=Right)

    def add(self, doc: str, gold: Sequence[Row], given: Sequence[Row]) -> None:
        """Count one document in."""
        self.exact.add(len({_place(row) for row in gold} & {_place(row) for row in given}), len(given), len(gold))
        pairs = pair_rows(gold, given, _TOUCHING)
        self.overlap.add(len(pairs), len(given), len(gold))
        for i, j in pairs:
            self.fields.ask("canonical", actor_name(gold[i]) == actor_name(given[j]))

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {"exact": self.exact.figures(), "overlap": self.overlap.figures(), "fields": self.fields.figures()}


_UNIT_KINDS = frozenset({"heading", "article", "item", "clause", "point", "part"})
_OUTLINE_KINDS = frozenset(
    {"unit", "letterhead", "bases", "kinh_gui", "recipients", "signature", "annex", "table", "footnote"}
)
_NEAR = (0, -1, 1, -2, 2, -3, 3, -4, 4)  # blanks and markdown before the first word may or may not be counted in


@dataclass(slots=True)
class OutlineScore:
    """Outlines of any number of documents. A unit is found where one of its class begins on the same character."""

    units: Found = field(default_factory=Found)
    marker: list[bool] = field(default_factory=list)
    parent: list[bool] = field(default_factory=list)

    def add(self, doc: str, gold: Sequence[Row], given: Sequence[Row]) -> None:
        """Count one document in."""
        gold = [row for row in gold if _outline_kind(row) in _OUTLINE_KINDS]
        given = [row for row in given if _outline_kind(row) in _OUTLINE_KINDS]
        by_start: dict[tuple[str, int], Row] = {}
        for row in given:
            by_start.setdefault((_outline_kind(row), row["start"]), row)
        pairs: list[tuple[Row, Row]] = []
        for row in gold:
            near = (by_start.pop((_outline_kind(row), row["start"] + step), None) for step in _NEAR)
            found = next((other for other in near if other), None)
            if found:
                pairs.append((row, found))
        self.units.add(len(pairs), len(given), len(gold))
        twin = {found["id"]: row["id"] for row, found in pairs}
        for row, found in pairs:
            if row.get("marker"):
                self.marker.append(_marker(row["marker"]) == _marker(found.get("marker")))
            if _outline_kind(row) == "unit":
                parent = found.get("parent")
                self.parent.append((twin.get(parent) if parent else None) == row.get("parent"))

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {
            "units": self.units.figures(),
            "marker": share(sum(self.marker), len(self.marker)),
            "parent": share(sum(self.parent), len(self.parent)),
        }


@dataclass(slots=True)
class HeaderScore:
    """The header fields of any number of documents. `no number` asks that nothing be said where there is none."""

    fields: Right = field(default_factory=Right)

    def add(self, gold: Row, given: Row) -> None:
        """Count one document in."""
        signer, got_signer = gold.get("signer") or {}, given.get("signer") or {}
        pairs = (
            ("number", gold.get("number"), given.get("number")),
            ("kind", gold.get("doc_type") or gold.get("kind"), given.get("kind")),
            ("date", gold.get("date"), given.get("date")),
            ("issuer", gold.get("issuer"), given.get("issuer")),
            ("subject", gold.get("title") or gold.get("subject"), given.get("subject")),
            ("place", gold.get("place"), given.get("place")),
            ("signer", gold.get("signer_name") or signer.get("name"), got_signer.get("name")),
        )
        for name, gold_value, given_value in pairs:
            asked, got = plain(str(gold_value or "")), plain(str(given_value or ""))
            if name == "subject":
                right = _SUBJECT_LEAD.sub("", asked)[:40] == _SUBJECT_LEAD.sub("", got)[:40]
            elif name == "issuer":
                right = asked == got or (bool(got) and (asked.endswith(got) or got.endswith(asked)))
            else:
                right = asked == got
            self.fields.ask(name if asked else f"no {name}", right)

    def figures(self) -> dict[str, Any]:
        """Return all figures by name."""
        return {"fields": self.fields.figures()}


def actor_name(actor: Row) -> str:
    """Return the name by which two actors are held the same."""
    name = actor.get("canonical") or actor.get("agency") or actor.get("text") or ""
    name = _SEAT.sub(r"\1", plain(re.sub(r"\s*\([^)]*\)", "", name)))
    return name.replace("uỷ ban", "ủy ban").replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")


def same_actors(gold: Iterable[Row] | None, given: Iterable[Row] | None) -> tuple[int, int, int]:
    """Return how many actors agree, are given, are asked: by name; a group ("nhóm: …") also by its place."""
    asked = {actor_name(row): row for row in gold or ()}
    got = {actor_name(row): row for row in given or ()}
    left, hits = dict(got), 0
    for name, row in asked.items():
        for other_name, other in left.items():
            group = name.startswith("nhóm") and None not in (row.get("start"), other.get("start"))
            if name == other_name or (group and overlap_share(row, other) >= _SAME_TASK):
                del left[other_name]
                hits += 1
                break
    return hits, len(got), len(asked)


def _place(row: Row) -> tuple[int, int]:
    return row["start"], row["end"]


def _pinpoints(row: Row) -> list[tuple[str, ...]]:
    names = ("dieu", "khoan", "diem", "phu_luc")
    return sorted(tuple(str(pinpoint.get(name) or "") for name in names) for pinpoint in row.get("provisions") or ())


def _path(row: Row) -> Sequence[str]:
    return row.get("path") or row.get("parent_path") or ()


def _heading(words: str) -> str:
    """Return a heading without its marker and markdown."""
    return _HEADING_MARKER.sub("", re.sub(r"[*#_|]", "", plain(words)))


def _outline_kind(row: Row) -> str:
    kind: str = row["kind"]
    return "unit" if kind in _UNIT_KINDS else kind


def _marker(marker: object) -> str:
    return "".join(str(marker or "").casefold().split()).strip(".:)(")
