"""Works named with their years in one place and without them in another: one document, one key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vnlegal.citations.aliases import core_of
from vnlegal.citations.mentions import Mention
from vnlegal.citations.programmes import NATIONAL


def share_years(mentions: Sequence[Mention], targets: list[str | None]) -> None:
    """Give a national programme named without its years the key of the only one of that name in the text."""
    bare = [n for n, m in enumerate(mentions) if m.rule == NATIONAL and not (m.title or "")[-4:].isdigit()]
    dated: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for m, target in zip(mentions, targets, strict=True) if bare else ():
        if m.doc_type == "chuong_trinh" and m.title and (m.title[-4:].isdigit() or m.kind == "alias"):
            dated[core_of(m.title)].add(target)
    for n in bare:
        same = dated.get(core_of(mentions[n].title or ""), set())
        if len(same) == 1:
            targets[n] = next(iter(same))


def planned_titles(mentions: Sequence[Mention]) -> dict[tuple[str, str], str]:
    """Return the title that stands for each planned document: "Đề án X" is "Đề án X đến năm 2030" named shortly.

    Where the text has it with several years, each is a document of its own.
    """
    titles: dict[tuple[str, str], str] = {}
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for m in mentions:
        if m.kind == "planned" and m.doc_type and m.title and (m.doc_type, m.title) not in titles:
            titles[m.doc_type, m.title] = m.title
            alike[m.doc_type, core_of(m.title)].append(m.title)
    for (kind, core), same in alike.items():
        if core and len(same) == 2 and any(long.startswith(f"{short} ") for short, long in (same, same[::-1])):
            titles[kind, same[1]] = same[0]
    return titles
