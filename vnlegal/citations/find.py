"""The order of the citation finders, and what becomes of overlapping finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from vnlegal.agencies import AgencyFound
from vnlegal.citations.aliases import find_aliases
from vnlegal.citations.attach import attach_dates, attach_pinpoints
from vnlegal.citations.backrefs import find_backrefs
from vnlegal.citations.between import BY_ARTICLE
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.internal import HOSTING, internal_mentions, into_another
from vnlegal.citations.mentions import Mention
from vnlegal.citations.names import find_named
from vnlegal.citations.numbers import find_numbered
from vnlegal.citations.own import own_documents
from vnlegal.citations.pinpoints import scan_pinpoints
from vnlegal.citations.places import Places
from vnlegal.citations.planned import find_planned
from vnlegal.citations.quotes import Region, is_quoted, quoted_regions
from vnlegal.citations.relate import relate
from vnlegal.citations.resolve import resolve
from vnlegal.knowledge import Knowledge
from vnlegal.segment import Segmentation

Finder = Callable[[Segmentation, Sequence[AgencyFound], Knowledge, Sequence[Mention]], list[Mention]]

# Each finder sees what the ones before it found.
FINDERS: tuple[Finder, ...] = (find_numbered, find_named, find_aliases, find_planned, find_backrefs)

_LOOKALIKES = (("\u2044", "/"), ("\u2215", "/"), ("\uff0f", "/"), ("\u00d0", "Đ"))

# Of two finds of the same words, the one whose kind says more about the document stays.
_ORDER = {"self": 0, "numbered": 1, "alias": 2, "named": 3, "planned": 4, "short": 5, "anaphora": 6, "internal": 7}


def find_citations(segmentation: Segmentation, agencies: Sequence[AgencyFound], knowledge: Knowledge) -> list[Mention]:
    """Find and resolve all mentions of documents in the flow, in order, nested or disjoint."""
    segmentation = plain(segmentation)
    found: list[Mention] = []
    for finder in FINDERS:
        more = finder(segmentation, agencies, knowledge, found)
        if more:
            found = merge((*found, *more))
    text = segmentation.flow.text
    grammar = compile_grammar(knowledge.documents)
    owns = own_documents(segmentation, found, grammar)
    found, pins = attach_pinpoints(found, list(scan_pinpoints(text)), text)
    found = attach_dates(found, text, {agency.start: agency for agency in agencies})
    found = relate(found, segmentation, knowledge.documents, owns)
    quotes = quoted_regions(text)
    places = Places(segmentation, quotes)
    inside = internal_mentions(pins, found, text, owns, places, quotes, grammar.article_kinds)
    found = [m._replace(place=places.at(m.start)) if m.relation in BY_ARTICLE else m for m in merge((*found, *inside))]
    return mark_quoted(resolve(found, segmentation, knowledge, quotes), text, quotes)


def mark_quoted(mentions: list[Mention], text: str, quotes: Sequence[Region]) -> list[Mention]:
    """Mark the mentions in text that an amending document puts into another."""
    if not quotes or not any(m.relation in HOSTING for m in mentions):
        return mentions
    goes = {quote: into_another(text, quote) is not None for quote in quotes}
    return [
        m._replace(quoted=True) if (quote := is_quoted(quotes, m.start)) is not None and goes[quote] else m
        for m in mentions
    ]


def plain(segmentation: Segmentation) -> Segmentation:
    """Return the segmentation with look-alikes of the slash and of Đ in its flow written plainly; offsets stay."""
    text = segmentation.flow.text
    for odd, right in _LOOKALIKES:
        if odd in text:
            text = text.replace(odd, right)
    if text is segmentation.flow.text:
        return segmentation
    return replace(segmentation, flow=replace(segmentation.flow, text=text))


def merge(mentions: Iterable[Mention]) -> list[Mention]:
    """Put mentions in text order, outer before inner; of two that repeat or cross, one stays.

    Of two with the same words the one of the stronger kind stays, of two that cross the longer. A number read
    together with the name of its law is one mention, whatever the number's own finder made of it.
    """
    mentions = list(mentions)
    laws = {m.number_start: m for m in mentions if m.rule == "law-name-number"}
    kept = [m for m in mentions if laws.get(m.number_start, m) is m] if laws else mentions
    out: list[Mention] = []
    reach = -1
    for mention in sorted(kept, key=lambda m: (m.start, -m.end, _ORDER[m.kind])):
        if mention.start < reach and _gives_way(out, mention):
            continue
        out.append(mention)
        reach = max(reach, out[-1].end)
    return out


def _gives_way(out: list[Mention], mention: Mention) -> bool:
    """Whether `mention` repeats or crosses an earlier one and must go.

    A title that breaks off inside the number of another document reaches to that number's end; else the longer
    of the two stays.
    """
    k = len(out) - 1
    if (out[k].start, out[k].end) == (mention.start, mention.end):
        return True
    while k > 0 and out[k].end <= mention.start and k > len(out) - 12:
        k -= 1
    outer = out[k]
    if not outer.start < mention.start < outer.end < mention.end:
        return False
    if outer.kind in ("alias", "planned", "named") and mention.number is not None:
        out[k] = outer._replace(end=mention.end)
        return False
    if outer.end - outer.start >= mention.end - mention.start:
        return True
    del out[k]
    return _gives_way(out, mention) if out else False
