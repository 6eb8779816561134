"""A number that no work has, or another one, beside the number of the work that bears the title cited.

A number that no registry has is unknown, which says nothing; what says something is the title, of a work whose own
number differs in a letter or two.
"""

from __future__ import annotations

from typing import NamedTuple

from vnlegal.audit.rows import Verdict
from vnlegal.knowledge.laws import LawKnowledge, title_key
from vnlegal.knowledge.registry import KnownDocument, Registry, number_form, title_form
from vnlegal.records import Citation

_NEAR_NUMBER = 2  # letters


class Beside(NamedTuple):
    """What is wrong with a number, whether that is sure, and if not, why."""

    message: str
    verdict: Verdict
    doubt: str | None = None


def beside(citation: Citation, title: str | None, laws: LawKnowledge, registry: Registry) -> Beside | None:
    """Return what contradicts the number of a citation, None where nothing does.

    `title`: the words behind the number that name the document, where its kind has no titles of its own.
    """
    if citation.kind != "numbered" or not citation.number or citation.is_draft:
        return None
    if "/QH" in citation.number:
        return _law(citation.number, citation.title, laws) if citation.title else None
    return _other(citation, title, registry) if title else None


def _law(number: str, title: str, laws: LawKnowledge) -> Beside | None:
    titled = [work for work in laws.works_titled(title) if work.number]
    if not titled or any(work.number == number for work in titled):
        return None
    near = [work for work in titled if _distance(work.number, number) <= _NEAR_NUMBER]
    other = laws.by_number.get(number)
    if other is not None and title_key(other.title) != title_key(title):
        right = ", ".join(work.number for work in near or titled[-2:])
        return Beside(f"Số {number} là của {other.title}; {title} mang số {right}.", "fails")
    if other is None and near:
        return Beside(f"Không thấy số {number}; {title} mang số {near[0].number}.", "fails")
    return None


def _other(citation: Citation, title: str, registry: Registry) -> Beside | None:
    """Hold a decree, a circular or a decision against the registry, by the title behind its number.

    Sure only where the day cited is that of the document so titled, too: titles come again with every new version.
    """
    number = citation.number or ""
    titled = registry.titled(title)
    own = registry.by_form.get(number_form(citation.target or number), ())
    if not titled or any(row in titled for row in own):
        return None
    near = [row for row in titled if _alike(row.number, number)]
    if not near:
        return None
    right = near[0]
    sure = len(near) == 1 and citation.date is not None and citation.date == right.date
    words = f"“{right.title}” mang số {' hoặc '.join(row.number for row in near)}"
    doubt = None if sure else "có thể là một văn bản khác cùng tên"
    if own and own[0].title and title_form(own[0].title) != title_form(title):
        verdict: Verdict = "fails" if sure else "open"
        return Beside(f"Số {number} là của văn bản “{own[0].title}”; {words}.", verdict, doubt)
    return Beside(f"Chưa thấy số {number} ở đâu; {words}{_of(right)}.", "fails", None) if sure else None


def _of(row: KnownDocument) -> str:
    year, month, day = row.date.split("-")
    return f", cũng ban hành ngày {int(day)}/{int(month)}/{year}"


def _alike(a: str, b: str) -> bool:
    """Whether two numbers are of one kind and issuer, and differ in a letter or two."""
    return a.rpartition("/")[2] == b.rpartition("/")[2] and _distance(a, b) <= _NEAR_NUMBER


def _distance(a: str, b: str) -> int:
    """Return how many letters must change to make one number of another."""
    last = list(range(len(b) + 1))
    for n, x in enumerate(a, 1):
        row = [n]
        for k, y in enumerate(b, 1):
            row.append(min(last[k] + 1, row[k - 1] + 1, last[k - 1] + (x != y)))
        last = row
    return last[-1]
