"""What the reading of tasks needs of one document, in one place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from vnlegal.agencies import AgencyFound
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation, Unit
from vnlegal.tasks.clauses import Passage, passage
from vnlegal.tasks.drafts import Setting
from vnlegal.tasks.fields import bare_label, label_at
from vnlegal.tasks.frames import Frame
from vnlegal.tasks.model import ActorFound, DeadlineFound
from vnlegal.tasks.regimes import Regime
from vnlegal.text import fold

# No paragraph of a document is longer; what is, is a broken file, and is read this far for tasks.
_LONGEST_PASSAGE = 20_000
_LONGEST_LABELLED = 4000
_LONGEST_LABEL = 60
# How the labels of bodies begin, in folded letters: "Các cơ quan", "Cơ quan", "Đơn vị", "Chủ trì", "Phối hợp".
_OFFICES = ("ca", "co", "do", "ch", "ph")


@dataclass(slots=True)
class Document:
    """What the reading of tasks needs of one document, in one place.

    `since`: the last day of a document it cites; it is not older, where its own date is unknown.
    """

    segmentation: Segmentation
    agencies: Sequence[AgencyFound]
    starts: list[int]
    citations: Sequence[Mention]
    cited: list[int]
    regimes: list[Regime]
    issuers: list[frozenset[str]]
    knowledge: Knowledge
    parents: frozenset[int]
    since: str | None = None
    passages: dict[tuple[int, int], Passage] = field(default_factory=dict)

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage `start`..`end` of the flow; of an endless paragraph, its beginning."""
        end = min(end, start + _LONGEST_PASSAGE)
        if (start, end) in self.passages:
            return self.passages[start, end]
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        inside = [a for a in self.agencies[first:last] if a.end <= end]
        made = passage(self.segmentation.flow.text, start, end, inside)
        return self.passages.setdefault((start, end), made)

    def quoted(self, unit: Unit) -> bool:
        """Whether `unit` begins with a quotation mark: text that becomes part of another document."""
        return self.segmentation.flow.text[unit.start : unit.start + 1] in '“"‘'

    def names_body(self, unit: Unit) -> bool:
        """Whether a body is named in `unit`."""
        first = bisect_left(self.starts, unit.body)
        return first < len(self.starts) and self.starts[first] < unit.end

    def ends(self, unit: Unit) -> bool:
        """Whether `unit` begins the list of copies at the end of a letter, where the outline does not say so."""
        text, cues = self.segmentation.flow.text, self.knowledge.tasks
        if fold(text[unit.body : unit.body + 2]) not in cues.begins["copies"]:
            return False
        low = fold(text[unit.body : min(unit.end, unit.body + 24)])
        found = cues.patterns["copies"].match(low)
        return found is not None and low[found.end() :].lstrip().startswith((":", "-"))

    def is_label(self, n: int) -> bool:
        """Whether unit `n` begins with a label ("a) Nhiệm vụ: …", "b) Cơ quan thực hiện:")."""
        unit = self.segmentation.units[n]
        if unit.end - unit.body > _LONGEST_LABELLED:
            return False
        words = self.passage(unit.body, min(unit.end, unit.body + 80))
        return label_at(words, self.knowledge.tasks, unit.body) is not None or self.is_bare_label(n)

    def is_bare_label(self, n: int) -> bool:
        """Whether unit `n` is a label above a list of its values ("b) Cơ quan thực hiện")."""
        unit = self.segmentation.units[n]
        marked = unit.marker is not None and (unit.marker[0].islower() or unit.marker[0] in "-–+*•")
        if unit.kind not in ("item", "heading") or unit.end - unit.body > _LONGEST_LABEL or not marked:
            return False
        return bare_label(self.passage(unit.body, unit.end), self.knowledge.tasks, unit.body) is not None

    def office(self, n: int) -> str:
        """Return the role of the bodies that unit `n` announces ("2. Cơ quan chủ trì"), "" where it announces none."""
        if n < 0 or self.segmentation.units[n].kind not in ("item", "heading"):
            return ""
        unit = self.segmentation.units[n]
        if (
            unit.end - unit.body > _LONGEST_LABEL
            or fold(self.segmentation.flow.text[unit.body : unit.body + 2]) not in _OFFICES
        ):
            return ""
        role = bare_label(self.passage(unit.body, unit.end), self.knowledge.tasks, unit.body)
        return role if role in ("field_lead", "field_support") else ""

    def addressees(self, part: int) -> tuple[ActorFound, ...]:
        """Return the bodies a letter is addressed to."""
        out = []
        for start, end in self.segmentation.parts[part].header.recipient_spans:
            out += [ActorFound(a.start, a.end, a.canonical) for a in self.passage(start, end).agencies[:1]]
        return tuple(out)

    def setting(self, n: int, frame: Frame, deadlines: Sequence[DeadlineFound] = ()) -> Setting:
        """Return the setting of unit `n` in `frame`."""
        unit = self.segmentation.units[n]
        regime = self.regimes[unit.part]
        in_order = frame.sister or (regime.family == "order" and (unit.parent >= 0 or unit.marker is not None))
        return Setting(
            n,
            frame,
            self.issuers[unit.part],
            regime.request,
            marked=unit.marker is not None or unit.kind == "item",
            deadlines=tuple(deadlines),
            placed=in_order and frame.mode == "told",
            report=regime.family == "report",
        )
