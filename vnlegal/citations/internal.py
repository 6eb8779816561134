"""Pinpoints without a document word: to this document, or to the one that an amending text works on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention, RefBase
from vnlegal.citations.own import Own, own_at
from vnlegal.citations.pinpoints import Pinpoint, Place, provisions, read_pinpoint
from vnlegal.citations.places import Places
from vnlegal.citations.quotes import Region, is_provision, is_quoted

_LAW_UNIT = re.compile(
    r"(?:[Đđ]iều|ĐIỀU|[Kk]hoản) (?:\d|này|từ|I)|[Đđ]iểm (?:[a-zđ]\d?(?!\w)|này)"
    r"|Chương (?:[IVX]+|này)|Phụ lục [\dIVXA-Z]"
)
_VERB = (
    r"(?:(?P<repeals>bãi bỏ|hủy bỏ|huỷ bỏ|bỏ (?:các )?(?:cụm )?từ|bỏ (?:khoản|điểm|điều|đoạn|mục|chương))"
    r"|(?P<corrects>đính chính)|(?P<amends>sửa đổi|bổ sung|thay thế|thay (?:các )?(?:cụm )?từ|thay đổi|chuyển))"
)
# An instruction begins its paragraph, behind the marker: "2. Sửa đổi, bổ sung …", "Điều 1. Bãi bỏ …".
_INSTRUCTION = re.compile(
    r"(?:[“\"\->+*• ]*(?:Điều \d+[a-z]?[.:]? ?|(?:\d{1,3}|[IVXLC]+)(?:\.\d+)*[a-z]?[.)] ?|[a-zđ]\d?\) ?)?){1,2}"
    + _VERB,
    re.IGNORECASE,
)
_VERBS = re.compile(_VERB, re.IGNORECASE)
_PASSIVE = re.compile(
    r" (?:(?:đã )?được|bị) (?:sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính)|[^.;\n]{0,60} được sửa đổi, bổ sung như sau"
)
_BESIDE = re.compile(r"(?:sau|trước|tiếp theo|vào) (?:các |nội dung )?$")
_GOES_ON = re.compile(r"[, ]*(?:(?:và|vào|sau|trước|ngay|liền|bổ sung|các|của|tại|như sau|tiếp theo)[, ]*){1,6}")
# Recipients that a copy ran into one line: "Nơi nhận: - Bộ Tư pháp; - Như | Điều 3; - Lưu VT."
_OF_RECIPIENTS = re.compile(r"(?:[;:] ?[-–+]?|[-–+]) ?Như $")
# Relations of a document that works on the text of another.
HOSTING = frozenset({"amends", "corrects", "repeals", "replaces", "consolidates"})


class Base(NamedTuple):
    """Whose provision a pinpoint means, what happens to it there, and where it stands."""

    ref_base: RefBase
    relation: str
    place: Place | None


def internal_mentions(
    pins: Sequence[Pinpoint],
    mentions: Sequence[Mention],
    text: str,
    owns: Sequence[Own],
    places: Places,
    quotes: Sequence[Region],
    article_kinds: frozenset[str],
) -> Iterator[Mention]:
    """Yield the pinpoints that name no document, each with the document it leans on (`ref_base`, `head`).

    `article_kinds`: the kinds of documents whose texts are made of articles; in the others an "Điều 3" is another
    document's, or no reference at all.
    """
    if not places.has_articles:
        return
    starts = [m.start for m in mentions]
    hosts = [m for m in mentions if m.relation in HOSTING and m.kind in ("numbered", "named", "alias", "short")]
    host_starts = [m.start for m in hosts]
    kinds = [own.kind for own in owns] or [None]
    part_starts = [own.start for own in owns] or [0]
    host, own_article = Place(), None
    for k, pin in enumerate(pins):
        n = bisect_right(starts, pin.start) - 1
        if n >= 0 and mentions[n].end > pin.start:
            continue
        kind = kinds[max(bisect_right(part_starts, pin.start) - 1, 0)]
        words = text[pin.start : pin.end]
        if (kind is not None and kind not in article_kinds) or not _counts(words, text, pin):
            continue
        place = places.at(pin.start)
        quoted = into_another(text, is_quoted(quotes, pin.start)) if hosts else None
        if quoted is None and place.dieu != own_article:
            host, own_article = Place(), place.dieu
        if quoted is not None:
            base = Base("quoted_host", "cites", places.within(pin.start, host if host.dieu else place))
        else:
            base = _base(pin, text, kind, bool(hosts), place)
        if words == "Điều này" and (base.place is None or base.place.dieu is None):
            continue
        if base.ref_base == "inherited":
            here = _host_place(pin, pins, k, text, host.dieu)
            base = base._replace(place=here)
            host = _single(words, here) or host
        leans = base.ref_base in ("inherited", "quoted_host")
        head = hosts[max(bisect_right(host_starts, pin.start) - 1, 0)] if leans else None
        yield Mention(
            pin.start,
            pin.end,
            "internal",
            "pinpoint.internal",
            doc_type=head.doc_type if head is not None else kind,
            provisions=provisions(words, base.place),
            pin_start=pin.start,
            pin_end=pin.end,
            quoted=base.ref_base == "quoted_host",
            relation=base.relation,
            ref_base=base.ref_base,
            head=head.start if head is not None else -1,
        )


def _counts(words: str, text: str, pin: Pinpoint) -> bool:
    """Whether a pinpoint without a document is a reference: no heading, no "Như Điều 3" of the recipients."""
    if _LAW_UNIT.search(words) is None or words == "điều này":
        return False
    if pin.opens and words[:2].lower() not in ("đi", "kh"):
        return False
    if text[pin.start - 4 : pin.start].lower() == "như " and line_start(text, pin.start) >= pin.start - 7:
        return "hoản" in words
    return _OF_RECIPIENTS.search(text, max(0, pin.start - 8), pin.start) is None


def into_another(text: str, region: Region | None) -> Region | None:
    """Return a quoted stretch if it is text that goes into another document, not words in quotation marks."""
    if region is None or is_provision(text, region):
        return region
    begin = line_start(text, region[0])
    above = line_start(text, max(begin - 1, 0))
    goes = _INSTRUCTION.match(text, begin) or text[above:begin].rstrip().endswith("như sau:")
    return region if goes else None


def _base(pin: Pinpoint, text: str, kind: str | None, amending: bool, place: Place) -> Base:
    """Tell whether a pinpoint outside quotations is one of an instruction to amend, or of this document."""
    if amending and pin.this_end < 0:
        relation = _instructed(pin, text)
        if relation is not None:
            return Base("inherited", relation, None)
    return Base("consolidated" if kind == "van_ban_hop_nhat" else "own", "cites", place)


def _instructed(pin: Pinpoint, text: str) -> str | None:
    """Return what the instruction around a pinpoint does to it, None where there is no instruction."""
    begin = line_start(text, pin.start)
    match = _INSTRUCTION.match(text, begin, pin.start)
    done = match.lastgroup if match is not None else None
    if match is not None:
        for verb in _VERBS.finditer(text, match.end(), pin.start):
            done = verb.lastgroup
    elif pin.start - begin < 12:
        passive = _PASSIVE.match(text, pin.end)
        verb_after = _VERBS.search(passive[0]) if passive is not None else None
        done = verb_after.lastgroup if verb_after is not None else None
        if done is None and text[begin - 2 : begin - 1] == ":":
            above = _INSTRUCTION.match(text, line_start(text, begin - 2), begin)
            done = above.lastgroup if above is not None else None
    if done is not None and _BESIDE.search(text, max(begin, pin.start - 40), pin.start):
        return "cites"
    return done


def _host_place(pin: Pinpoint, pins: Sequence[Pinpoint], k: int, text: str, article: str | None) -> Place:
    """Return the place that an instruction's pinpoint leaves unsaid.

    "Bổ sung khoản 3 vào sau khoản 2 Điều 66" says it behind; a point of a list says it in the line above the list.
    """
    clause = None
    end = pin.end
    for other in pins[k + 1 : k + 4]:
        if other.start - end > 40 or not _GOES_ON.fullmatch(text, end, other.start):
            break
        rows = read_pinpoint(text[other.start : other.end]).rows
        got = dict(rows[0]) if rows else {}
        clause = clause or got.get("khoan")
        if "dieu" in got:
            return Place(got["dieu"], clause if "diem" in got or clause != got.get("khoan") else got.get("khoan"))
        end = other.end
    return Place(article, clause)


def _single(words: str, place: Place) -> Place | None:
    """Return the one article (and clause) that an instruction's pinpoint names, None where there are several."""
    rows = read_pinpoint(words).rows
    articles = {dict(row).get("dieu", place.dieu) for row in rows}
    clauses = {dict(row).get("khoan") for row in rows}
    article = articles.pop() if len(articles) == 1 else None
    return Place(article, clauses.pop() if len(clauses) == 1 else None) if article is not None else None


def aim(mentions: Sequence[Mention], targets: list[str | None], owns: Sequence[tuple[Own, str | None]]) -> None:
    """Set the targets of the pinpoints of `internal_mentions`: the document they lean on, else the one they stand in.

    In a consolidated text that is the document whose text it is, which "Thông tư này" means there.
    `targets`: those of the mentions, resolved but for the pinpoints. `owns`: the documents of the file with their keys.
    """
    named: dict[int, str | None] = {}
    for m, target in zip(mentions, targets, strict=True):
        if m.kind != "internal":
            named.setdefault(m.start, target)
    owns = [(own, _whose_text(own, mentions, targets) or key) for own, key in owns]
    for n, m in enumerate(mentions):
        if m.kind == "internal":
            targets[n] = named.get(m.head) if m.head >= 0 else own_at(m.start, owns)[1]


def _whose_text(own: Own, mentions: Sequence[Mention], targets: Sequence[str | None]) -> str | None:
    """Return the document whose text a consolidated one gives: what it calls "this" first; None for any other."""
    if own.kind != "van_ban_hop_nhat":
        return None
    first = bisect_left(mentions, own.start, key=lambda m: m.start)
    spoken = zip(mentions[first:], targets[first:], strict=True)
    return next((target for m, target in spoken if m.rule == "backref-this" and target), None)
