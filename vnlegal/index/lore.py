"""What the knowledge says of bodies' names, folded, as people type them into a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vnlegal.index.words import folded
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import canonical_name
from vnlegal.knowledge.agency_places import full_name

_LEVELS = (("tinh",), ("thanh", "pho"), ("tp",))
_LONGEST_PLACE = 5  # words of a province's name


class Lore:
    """The names of bodies laid out for the index: made once an index is opened."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.before = _before(knowledge)
        self.titles = sorted({title.name for title in knowledge.agencies.titles}, key=len, reverse=True)
        self._aliases = _aliases(knowledge)
        self._places = _places(knowledge)
        self._heads = _heads(knowledge)

    def canonical(self, written: str) -> str | None:
        """Return the canonical name of a body written in any form, None for what is no body known."""
        known = canonical_name(written, self.knowledge.agencies)
        return known[0] if known is not None else self._aliases.get(_joined(folded(written)))

    def local(self, written: str) -> str | None:
        """Return the canonical name of a province's body written without diacritics: "ubnd tp hcm", "so y te ha noi".

        The longest name of a province at the end counts: "thua thien hue" before "hue". Not for words inside a
        question: "thong ke ha noi" may be words of a task.
        """
        words = folded(written)
        for size in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
            place = self._places.get(" ".join(words[-size:]))
            if place is None:
                continue
            head = words[:-size]
            level = next((one for one in _LEVELS if tuple(head[-len(one) :]) == one), ())
            name = self._heads.get(_joined(head[: len(head) - len(level)]))
            known = canonical_name(f"{name} {place}", self.knowledge.agencies) if name else None
            if known is not None:
                return known[0]
        return None


def _aliases(knowledge: Knowledge) -> dict[str, str]:
    """Map the folded names, short names and codes of the state's bodies to their canonical names."""
    known = knowledge.agencies
    out: dict[str, str] = {}
    for row in known.agencies:
        for name in (*row.aliases, row.name):
            out.setdefault(_joined(folded(name)), row.name)
    for code, expansion in known.grammar.abbreviations.items():
        short = "".join(folded(code))
        out.setdefault(short, expansion.name)
        if short.startswith("b") and expansion.kind == "ministry":
            out.setdefault(f"bo {short[1:]}", expansion.name)
    for row in known.agencies:
        for code in row.codes:  # of numbers: "BNN" of 15/2020/TT-BNN
            out.setdefault("".join(folded(code)), row.name)
        if row.kind == "ministry":
            for short in _letters(row.name.removeprefix("Bộ ")):
                out.setdefault(f"bo {short}", row.name)
    return out


def _letters(name: str) -> tuple[str, str]:
    """Return the first letters of a name's words, together and in two halves: "khcn", "kh cn"."""
    halves = ["".join(word[0] for word in folded(half)) for half in name.split(" và ")]
    return "".join(halves), " ".join(halves)


def _places(knowledge: Knowledge) -> dict[str, str]:
    """Map the folded names of provinces, past and present, to their names with their level; today's come first."""
    rows = sorted(knowledge.agencies.provinces, key=lambda row: row.valid_to or "9999", reverse=True)
    out: dict[str, str] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            out.setdefault(" ".join(folded(name)), full_name(row))
    return out


def _heads(knowledge: Knowledge) -> dict[str, str]:
    """Map the folded names of the bodies that every province has to these names as written."""
    known = knowledge.agencies
    names = [name for row in known.locals for name in (row.name, *row.aliases)]
    out = {_joined(folded(name)): name for name in reversed(names)}
    for row in known.sectors:
        if row.so:
            for short in (row.name, *_letters(row.name)):
                out.setdefault(_joined(folded(f"Sở {short}")), f"Sở {row.name}")
    return out


def _joined(words: Sequence[str]) -> str:
    """Return the words of a name with blanks; "và" may be left out ("Bộ Kế hoạch Đầu tư", "Bộ TT và TT")."""
    return " ".join(word for word in words if word != "va")


def _before(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Map a body to those whose work it took over, under names that no other body bears today."""
    out: dict[str, list[str]] = {}
    alive = {row.name for row in knowledge.agencies.agencies if not row.valid_to}
    for row in knowledge.agencies.agencies:
        if row.name in alive:  # the Bộ Nội vụ that became Bộ Công an in 1998 is not today's
            continue
        for successor in whole(row.successors):
            out.setdefault(successor, []).append(row.name)
    return {name: tuple(dict.fromkeys(rows)) for name, rows in out.items()}


def whole(names: Iterable[str]) -> list[str]:
    """Return the successors that took over a body, not those that took one field: "Bộ Công an (sát hạch lái xe)"."""
    return [name for name in names if " (" not in name]
