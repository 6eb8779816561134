"""From the names people write to the numbers of bodies and works in an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from vnlegal.citations.keys import number_identity, slug
from vnlegal.index.model import BadQuery
from vnlegal.index.rows import Work
from vnlegal.index.words import folded
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import canonical_name, successors
from vnlegal.knowledge.documents import DocumentType
from vnlegal.pipeline import analyze

_SERIAL = re.compile(r"(\d+[a-z]?)(?:[/-].*)?$", re.IGNORECASE)


class Lore:
    """What the knowledge says of names, laid out for the index: made once an index is opened."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.aliases = _aliases(knowledge)
        self.before = _before(knowledge)
        self.titles = sorted({title.name for title in knowledge.agencies.titles}, key=len, reverse=True)


def _aliases(knowledge: Knowledge) -> dict[str, str]:
    """Map the folded names and short names of the state's bodies to their canonical names."""
    known = knowledge.agencies
    out: dict[str, str] = {}
    for row in known.agencies:
        for name in (*row.aliases, row.name):
            out.setdefault(" ".join(folded(name)), row.name)
    for code, row in known.grammar.abbreviations.items():
        short = "".join(folded(code))
        out.setdefault(short, row.name)
        if short.startswith("b") and row.kind == "ministry":
            out.setdefault(f"bo {short[1:]}", row.name)
    return out


def _before(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Map a body to those whose work it took over, under names that no other body bears today."""
    out: dict[str, list[str]] = {}
    alive = {row.name for row in knowledge.agencies.agencies if not row.valid_to}
    for row in knowledge.agencies.agencies:
        if row.name in alive:  # the Bộ Nội vụ that became Bộ Công an in 1998 is not today's
            continue
        for successor in _whole(row.successors):
            out.setdefault(successor, []).append(row.name)
    return {name: tuple(dict.fromkeys(rows)) for name, rows in out.items()}


def _whole(names: Iterable[str]) -> list[str]:
    """Return the successors that took over a body, not those that took one field: "Bộ Công an (sát hạch lái xe)"."""
    return [name for name in names if " (" not in name]


class Bodies:
    """The bodies an index knows: number by name, and who answers for whom."""

    def __init__(self, numbers: Mapping[str, int], lore: Lore) -> None:
        self.names = {number: name for name, number in numbers.items()}
        self._lore = lore
        self._knowledge = lore.knowledge
        self._folded: dict[str, list[int]] = {}
        for name, number in numbers.items():
            self._folded.setdefault(" ".join(folded(name)), []).append(number)
        self._after: dict[str, list[int]] | None = None
        self._found: dict[str, tuple[int, ...]] = {}
        self._titled: dict[str, list[int]] = {}
        for name, number in numbers.items():
            title = next((t for t in lore.titles if name.startswith(t + " ")), None)
            if title:
                self._titled.setdefault(name[len(title) + 1 :], []).append(number)

    def named(self, written: str) -> tuple[int, ...]:
        """Return the numbers of a body by any of its names, with those before and after it; none if it is none."""
        if written not in self._found:
            if len(self._found) > 4096:
                self._found.clear()
            self._found[written] = self._named(written)
        return self._found[written]

    def like(self, written: str) -> tuple[int, ...]:
        """Return the numbers of a body, or of all bodies in whose names the words stand. Raises `BadQuery`."""
        found = self.named(written)
        if found:
            return found
        canonical = self._canonical(written)
        words = " ".join(folded(canonical or written))
        part = [number for name, numbers in self._folded.items() if words and words in name for number in numbers]
        if canonical is None and not part:
            raise BadQuery(
                f"không có cơ quan nào tên {written!r} trong chỉ mục",
                next_step="viết tên đầy đủ hoặc tên tắt, ví dụ Bộ Tài chính, BTC",
            )
        return tuple(sorted(set(part))) or (0,)

    def _canonical(self, written: str) -> str | None:
        known = canonical_name(written, self._knowledge.agencies)
        return known[0] if known else self._lore.aliases.get(" ".join(folded(written)))

    def _named(self, written: str) -> tuple[int, ...]:
        words = " ".join(folded(written))
        canonical = self._canonical(written)
        if canonical is None:
            return tuple(self._folded.get(words, ())) if " " in words else ()
        names = [canonical]
        names += _whole(successors(canonical, self._knowledge.agencies))
        for name in names:  # grows as those before those before are found
            names += [n for n in self._lore.before.get(name, ()) if n not in names]
        found: dict[int, None] = {}
        for name in names:
            found.update(dict.fromkeys(self._folded.get(" ".join(folded(name)), ())))
            found.update(dict.fromkeys(self._titled.get(name, ())))
        found.update(dict.fromkeys(self._merged().get(canonical, ())))
        return tuple(found)

    def _merged(self) -> dict[str, list[int]]:
        """Map a body to the local ones in the index whose work it has today."""
        if self._after is None:
            self._after = {}
            for number, name in self.names.items():
                for successor in _whole(successors(name, self._knowledge.agencies)):
                    self._after.setdefault(successor, []).append(number)
        return self._after


def works_named(written: str, works: Sequence[tuple[int, Work]], knowledge: Knowledge) -> tuple[int, ...]:
    """Return the numbers of the works meant by "NĐ 88", "88/2025/NĐ-CP", "luat dau tu". Raises `BadQuery`."""
    written = " ".join(written.split())
    keys: set[str] = set()
    for citation in analyze(written, knowledge=knowledge).citations:
        if citation.target:
            keys |= {citation.target, citation.target.partition("@")[0]}
    keys.add(written)
    found = [number for number, work in works if work.key in keys or work.key.partition("@")[0] in keys]
    identity = number_identity(written.split()[-1]) if written else ""
    if "/" in identity or "-" in identity:
        found += [number for number, work in works if work.number == identity]
    if not any(char in "/-" for char in identity):  # a short form: "NĐ 88" means every decree of that serial
        found += _by_serial(written, works, knowledge)
    found = found or _by_title(written, works, knowledge)
    if not found:
        raise BadQuery(
            f"không văn bản nào trong chỉ mục viện dẫn {written!r}",
            next_step="viết số đầy đủ, ví dụ 88/2025/NĐ-CP, hoặc tên luật, ví dụ Luật Đầu tư",
        )
    return tuple(dict.fromkeys(found))


def _by_serial(written: str, works: Sequence[tuple[int, Work]], knowledge: Knowledge) -> list[int]:
    head, _, last = written.rpartition(" ")
    serial = _SERIAL.match(last)
    if serial is None:
        return []
    kind = " ".join(folded(head)).removesuffix(" so").strip()
    types = {row.key for row in knowledge.documents.types if kind in _type_names(row)} if kind else None
    wanted = re.compile(rf"0*{re.escape(serial[1].lower().lstrip('0'))}(?!\d)")
    return [n for n, work in works if wanted.match(work.number) and (types is None or work.type in types)]


def _type_names(row: DocumentType) -> set[str]:
    return {
        " ".join(folded(name)) for name in (row.name, *row.words, *row.short, *row.state_symbols, *row.party_symbols)
    }


def _by_title(written: str, works: Sequence[tuple[int, Work]], knowledge: Knowledge) -> list[int]:
    words = slug(written)
    bare = re.sub(r"^(?:bo-luat|luat|phap-lenh|hien-phap)-", "", words)
    numbers = {number_identity(work.number) for work in knowledge.laws.works_titled(written) if work.number}
    return [n for n, work in works if work.title in (words, bare) or (work.number and work.number in numbers)]
