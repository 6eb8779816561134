"""The language of queries: words, "phrases", prefix*, -without. Any string is a query or a `BadQuery`.

A query becomes clauses that must all hold, each a choice of atoms; a dialect writes them in its server's syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vnlegal.index.model import BadQuery
from vnlegal.index.words import exact, folded, safe

_PART = re.compile(r'(-?)"([^"]*)"|(\S+)')
_MOST_WORDS = 64
_LONGEST_NAME = 9  # words of an agency's name that are tried

Agencies = Callable[[str], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that follow one another; the last may be only a beginning."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand close together in any order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the row: a body, a month, a status (see `vnlegal.index.marks`)."""

    name: str


Atom = Words | Near | Mark
Clause = tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a question that belong together: folded, as written, and the numbers of the body they name."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    bodies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: `clauses` must hold, `without` must not.

    `plain`: the loose words, folded, in order; `tight`: each run of loose words between bodies as one clause;
    `parts`: all words that rows are ranked by.
    """

    clauses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    plain: tuple[str, ...] = ()
    tight: tuple[Clause, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """All folded words looked for, for highlights; beginnings end in *."""
        found = set(self.plain)
        for clause in self.clauses:
            for atom in clause:
                if isinstance(atom, Words):
                    found.update(atom.words[:-1] if atom.prefix else atom.words)
                    if atom.prefix:
                        found.add(atom.words[-1] + "*")
        return frozenset(found)


def parse(query: str, agencies: Agencies = lambda name: ()) -> Query:
    """Read a query. `agencies` gives the marks' numbers of a body written as in the query, none if it is none.

    Raises `BadQuery` where only words to leave out are given, or too many words.
    """
    query = safe(query)
    clauses: list[Clause] = []
    without: list[Clause] = []
    loose: list[str] = []
    phrases: list[Part] = []
    for match in _PART.finditer(query.replace("“", '"').replace("”", '"')):
        minus, phrase, part = match[1] == "-", match[2], match[3]
        if part is not None:
            minus = part.startswith("-") and len(part) > 1
            part = part.lstrip("-") if minus else part
        words = tuple(folded(phrase if part is None else part))
        if not words:
            continue
        prefix = part is not None and part.endswith("*")
        if minus:
            without.append((Words(words, prefix),))
        elif part is None or prefix:
            clauses.append((Words(words, prefix),))
            if not prefix:
                phrases.append(Part(words, tuple(exact(phrase))))
        else:
            loose.append(part)
    named, plain, tight, parts = _loose(loose, agencies)
    clauses = [*named, *clauses]
    if sum(len(clause) for clause in (*clauses, *without)) > _MOST_WORDS:
        raise BadQuery(f"câu hỏi có hơn {_MOST_WORDS} từ", next_step="chỉ viết vài từ của việc cần tìm")
    return Query(tuple(clauses), tuple(without), plain, tight, (*parts, *phrases))


def _loose(
    written: Sequence[str], agencies: Agencies
) -> tuple[list[Clause], tuple[str, ...], tuple[Clause, ...], list[Part]]:
    """Return the clauses of loose words, the words themselves, the clauses with all words of a run together, the parts.

    A body named among them may stand in the text or be the one the row is marked with.
    """
    parts: list[Part] = []
    clauses: list[Clause] = []
    tight: list[Clause] = []
    at = 0
    while at < len(written):
        size, numbers = _body_at(written, at, agencies)
        name = " ".join(written[at : at + size])
        part = Part(tuple(folded(name)), tuple(exact(name)), numbers)
        at += size
        if numbers:
            clauses.append((Words(part.words), *(Mark(f"a{number}") for number in numbers)))
            tight.append(clauses[-1])
        elif part.words:
            clauses += [(Words((word,)),) for word in part.words]
            if parts and not parts[-1].bodies:
                part = Part(parts[-1].words + part.words, parts[-1].written + part.written)
                del parts[-1], tight[-1]
            tight.append((Words(part.words),))
        if part.words:
            parts.append(part)
    plain = tuple(word for part in parts for word in part.words)
    return clauses, plain, tuple(tight) if any(part.bodies for part in parts) else (), parts


def _body_at(written: Sequence[str], at: int, agencies: Agencies) -> tuple[int, tuple[int, ...]]:
    """Return how many words from a place on name a body, and its numbers; one word and none where they do not."""
    for size in range(min(_LONGEST_NAME, len(written) - at), 0, -1):
        name = " ".join(written[at : at + size])
        numbers = agencies(name) if size > 1 or len(name) > 1 else ()
        if numbers and folded(name):
            return size, numbers
    return 1, ()
