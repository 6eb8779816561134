"""The language of queries: words, "phrases", prefix*, -without. Any string is a query or a `BadQuery`.

A query becomes clauses that must all hold, each a choice of atoms; a dialect writes them in its server's syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from vnlegal.index.model import BadQuery
from vnlegal.index.words import folded, safe

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
class Query:
    """What was asked: `clauses` must hold, `without` must not. `plain`: the loose words, in order, as written."""

    clauses: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    plain: tuple[str, ...] = ()
    tight: tuple[Clause, ...] = ()
    written: str = ""

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
        else:
            loose.append(part)
    named, plain, tight = _loose(loose, agencies)
    clauses = [*named, *clauses]
    if sum(len(clause) for clause in (*clauses, *without)) > _MOST_WORDS:
        raise BadQuery(f"câu hỏi có hơn {_MOST_WORDS} từ", next_step="chỉ viết vài từ của việc cần tìm")
    return Query(tuple(clauses), tuple(without), plain, tight, query)


def _loose(parts: list[str], agencies: Agencies) -> tuple[list[Clause], tuple[str, ...], tuple[Clause, ...]]:
    """Return the clauses of loose words, the words themselves, and the clauses with all words of a run together.

    A body named among them may stand in the text or be the one the row is marked with.
    """
    clauses: list[Clause] = []
    tight: list[Clause] = []
    plain: list[str] = []
    run: list[str] = []
    bodies = False
    at = 0
    while at < len(parts):
        for size in range(min(_LONGEST_NAME, len(parts) - at), 0, -1):
            name = " ".join(parts[at : at + size])
            numbers = agencies(name) if size > 1 or len(name) > 1 else ()
            words = tuple(folded(name))
            if numbers and words:
                bodies = True
                clause: Clause = (Words(words), *(Mark(f"a{number}") for number in numbers))
                clauses.append(clause)
                if run:
                    tight.append((Words(tuple(run)),))
                    run = []
                tight.append(clause)
                plain += words
                break
        else:
            size = 1
            for word in folded(parts[at]):
                clauses.append((Words((word,)),))
                run.append(word)
                plain.append(word)
        at += size
    if run:
        tight.append((Words(tuple(run)),))
    return clauses, tuple(plain), tuple(tight) if bodies else ()
