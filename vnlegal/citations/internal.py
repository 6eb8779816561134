"""Pinpoints without a document word: to this document, or to the one that an amending text works on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnlegal.citations.mentions import Mention, RefBase
from vnlegal.citations.own import Own
from vnlegal.citations.pinpoints import Pinpoint, Place, provisions, read_pinpoint
from vnlegal.citations.places import Places
from vnlegal.citations.quotes import Region, is_quoted

# Kinds whose texts are not made of articles: an "Điều 3" in them is another document's, or no reference at all.
_NO_ARTICLES = frozenset({
    "cong_van", "ke_hoach", "bao_cao", "to_trinh", "thong_bao", "cong_dien", "chuong_trinh", "ket_luan", "chi_thi", "bien_ban",
    "huong_dan", "giay_moi", "de_an", "phuong_an", "phieu_chuyen", "thong_cao", "thong_tri",
})  # fmt: skip
_LAW_UNIT = re.compile(
    r"(?:[Đđ]iều|ĐIỀU|[Kk]hoản) (?:\d|này|từ|I)|[Đđ]iểm (?:[a-zđ]\d?(?!\w)|này)|Chương (?:[IVX]+|này)|Phụ lục [\dIVXA-Z]"
)
_INSTRUCTS = re.compile(
    r"(?P<repeals>[bB]ãi bỏ|BÃI BỎ|[hH]ủy bỏ|[bB]ỏ (?:các )?(?:cụm )?từ|[bB]ỏ (?:khoản|điểm|Điều|đoạn))"
    r"|(?P<corrects>[đĐ]ính chính)"
    r"|(?P<amends>[sS]ửa đổi|[bB]ổ sung|[tT]hay thế|[tT]hay (?:các )?(?:cụm )?từ|SỬA ĐỔI|BỔ SUNG|THAY THẾ|[tT]hay đổi)"
)
_BESIDE = re.compile(r"(?:sau|trước|tiếp theo|vào) (?:các |nội dung )?$")
_THEN_BESIDE = re.compile(r"(?: và[^.;\n]{1,30})? (?:vào )?(?:ngay |liền |tiếp )?(?:sau|trước) (?:các )?")
_HOSTING = frozenset({"amends", "corrects", "repeals", "replaces", "consolidates"})


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
) -> Iterator[Mention]:
    """Yield the pinpoints that name no document, each with the document it leans on (`ref_base`, `head`)."""
    if not places.has_articles:
        return
    starts = [m.start for m in mentions]
    hosts = [m for m in mentions if m.relation in _HOSTING and m.kind in ("numbered", "named", "alias", "short")]
    host_starts = [m.start for m in hosts]
    kinds = [(own.start, own.kind) for own in owns] or [(0, None)]
    article, own_article = None, None
    for k, pin in enumerate(pins):
        n = bisect_right(starts, pin.start) - 1
        if n >= 0 and mentions[n].end > pin.start:
            continue
        kind = next((kind for start, kind in reversed(kinds) if start <= pin.start), kinds[0][1])
        words = text[pin.start : pin.end]
        if kind in _NO_ARTICLES or not _counts(words, text, pin):
            continue
        quoted = is_quoted(quotes, pin.start) if hosts else None
        place = places.at(pin.start)
        if quoted is None and place.dieu != own_article:
            article, own_article = None, place.dieu
        if quoted is not None:
            base = Base("quoted_host", "cites", places.within(quoted, pin.start, Place(article or place.dieu)))
        else:
            base = _base(pin, text, kind, bool(hosts), place)
        if words == "Điều này" and (base.place is None or base.place.dieu is None):
            continue
        if base.ref_base == "inherited":
            base = base._replace(place=_host_place(pin, pins, k, text, article))
            article = _only_article(words) or article
        head = (
            hosts[max(bisect_right(host_starts, pin.start) - 1, 0)]
            if base.ref_base in ("inherited", "quoted_host")
            else None
        )
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
    if text[pin.start - 4 : pin.start].lower() == "như " and text.rfind("\n", 0, pin.start) >= pin.start - 8:
        return "hoản" in words
    return True


def _base(pin: Pinpoint, text: str, kind: str | None, amending: bool, place: Place) -> Base:
    """Tell whether a pinpoint outside quotations is one of an instruction to amend, or of this document."""
    if amending and pin.this_end < 0:
        begin = text.rfind("\n", 0, pin.start) + 1
        done = None
        for verb in _INSTRUCTS.finditer(text, begin, pin.start):
            done = verb.lastgroup
        if done is None:
            stop = text.find("\n", pin.end)
            after = _INSTRUCTS.search(text, pin.end, min(stop if stop >= 0 else len(text), pin.end + 60))
            done = after.lastgroup if after is not None else None
        if done is None and pin.start - begin < 12 and text[begin - 2 : begin - 1] == ":":
            above = _INSTRUCTS.search(text, text.rfind("\n", 0, begin - 2) + 1, begin)
            done = above.lastgroup if above is not None else None
        if done is not None:
            relation = "cites" if _BESIDE.search(text, max(begin, pin.start - 40), pin.start) else done
            return Base("inherited", relation, None)
    return Base("consolidated" if kind == "van_ban_hop_nhat" else "own", "cites", place)


def _host_place(pin: Pinpoint, pins: Sequence[Pinpoint], k: int, text: str, article: str | None) -> Place | None:
    """Return the article that an instruction's pinpoint without one means.

    "Bổ sung khoản 3 vào sau khoản 2 Điều 66" says it behind; a point of a list says it in the line above the list.
    """
    if k + 1 < len(pins) and _THEN_BESIDE.fullmatch(text, pin.end, pins[k + 1].start):
        rows = read_pinpoint(text[pins[k + 1].start : pins[k + 1].end]).rows
        got = dict(rows[0]) if rows else {}
        if "dieu" in got:
            return Place(got["dieu"], got.get("khoan") if "diem" in got else None)
    return Place(article) if article is not None else None


def _only_article(words: str) -> str | None:
    """Return the one article that a pinpoint names, None where it names several or none."""
    articles = {dict(row).get("dieu") for row in read_pinpoint(words).rows}
    return articles.pop() if len(articles) == 1 else None


def aim(mentions: Sequence[Mention]) -> list[Mention]:
    """Give the pinpoints of `internal_mentions` the target of the document they lean on."""
    own = next((m.target for m in mentions if m.kind == "self" and m.target), None)
    targets = {m.start: m.target for m in reversed(mentions) if m.kind != "internal"}
    return [
        m._replace(target=targets.get(m.head) if m.head >= 0 else own) if m.kind == "internal" else m for m in mentions
    ]
