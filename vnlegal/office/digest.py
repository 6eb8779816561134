"""A document in brief, as tables and slips show it: what it cites, each document once, and words made safe to print."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from vnlegal.records import Analysis, Citation

_LONGEST = 420


@dataclass(frozen=True, slots=True)
class Cited:
    """One document that is cited: its mentions in text order, the clearest one first to show."""

    shown: Citation
    mentions: tuple[Citation, ...]


def group_by_target(analysis: Analysis) -> list[Cited]:
    """Gather the mentions of each document cited, in the order of first mention; the document itself is left out."""
    own = {c.target for c in analysis.citations if c.kind == "self"} | {analysis.document.number}
    groups: dict[str, list[Citation]] = {}
    for citation in analysis.citations:
        if citation.kind in ("self", "internal") or (citation.target is not None and citation.target in own):
            continue
        groups.setdefault(citation.target or f"? {plain(citation.text)}", []).append(citation)
    return [Cited(max(rows, key=_clearness), tuple(rows)) for rows in groups.values()]


def _clearness(citation: Citation) -> tuple[int, int]:
    """Order mentions by how much they tell: a number, a name, an alias, a bare pointer; then the longer one."""
    order = ("anaphora", "short", "alias", "planned", "named", "numbered")
    return order.index(citation.kind) if citation.kind in order else -1, len(citation.text)


def plain(words: str, most: int = _LONGEST) -> str:
    """Return words of a document on one line: no control or direction characters, no bold marks, not endless."""
    safe = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", words[: most * 4]))
    line = " ".join(safe.replace("**", "").split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
