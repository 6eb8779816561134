"""From the names people write to the numbers of bodies in an index."""

from __future__ import annotations

from collections.abc import Mapping

from vnlegal.index.lore import Lore, whole
from vnlegal.index.model import BadQuery
from vnlegal.index.words import folded
from vnlegal.knowledge.agencies import successors


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
        canonical = self._lore.canonical(written) or self._lore.local(written)
        found = self.named(canonical or written)
        if found:
            return found
        words = " ".join(folded(canonical or written))
        part = [number for name, numbers in self._folded.items() if words and words in name for number in numbers]
        if canonical is None and not part:
            raise BadQuery(
                f"không có cơ quan nào tên {written!r} trong chỉ mục",
                next_step="viết tên đầy đủ hoặc tên tắt, ví dụ Bộ Tài chính, BTC",
            )
        return tuple(sorted(set(part))) or (0,)

    def _named(self, written: str) -> tuple[int, ...]:
        words = " ".join(folded(written))
        canonical = self._lore.canonical(written)
        if canonical is None:
            return tuple(self._folded.get(words, ())) if " " in words else ()
        names = [canonical]
        for name in names:  # grows as those before those before are found
            names += [n for n in self._lore.before.get(name, ()) if n not in names]
        names += whole(successors(canonical, self._knowledge.agencies))  # but not what else these took over
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
                for successor in whole(successors(name, self._knowledge.agencies)):
                    self._after.setdefault(successor, []).append(number)
        return self._after
