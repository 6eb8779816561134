"""Pinpoints without a document word: to this document, or to the one that an amending text works on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vnlegal.citations.mentions import Mention, RefBase
from vnlegal.citations.own import Own
from vnlegal.citations.pinpoints import Pinpoint, provisions
from vnlegal.citations.places import Places
from vnlegal.citations.quotes import Region, is_quoted

# Kinds whose texts are not made of articles: an "Điều 3" in them is another document's, or no reference at all.
_NO_ARTICLES = frozenset({
    "cong_van", "ke_hoach", "bao_cao", "to_trinh", "thong_bao", "cong_dien", "chuong_trinh", "ket_luan", "chi_thi", "bien_ban",
    "huong_dan", "giay_moi", "de_an", "phuong_an", "phieu_chuyen", "thong_cao", "thong_tri",
})  # fmt: skip
_LAW_UNIT = re.compile(
    r"(?:[Đđ]iều|ĐIỀU|[Kk]hoản) (?:\d|này|từ)|[Đđ]iểm (?:[a-zđ]\d?(?!\w)|này)|Chương (?:[IVX]+|này)|Phụ lục [\dIVXA-Z]"
)
_INSTRUCTS = re.compile(
    r"(?P<repeals>[bB]ãi bỏ|BÃI BỎ|[hH]ủy bỏ|[bB]ỏ (?:cụm )?từ|[bB]ỏ (?:khoản|điểm|Điều|đoạn))"
    r"|(?P<corrects>[đĐ]ính chính)"
    r"|(?P<amends>[sS]ửa đổi|[bB]ổ sung|[tT]hay thế|[tT]hay (?:cụm )?từ|SỬA ĐỔI|BỔ SUNG|THAY THẾ|[tT]hay đổi)"
)
_BESIDE = re.compile(r"(?:sau|trước|vào sau|vào trước|tiếp theo|liền sau|liền trước) (?:các |nội dung )?$")
_HOSTING = frozenset({"amends", "corrects", "repeals", "replaces", "consolidates"})


def internal_mentions(
    pins: Sequence[Pinpoint],
    mentions: Sequence[Mention],
    text: str,
    owns: Sequence[Own],
    places: Places,
    quotes: Sequence[Region],
) -> Iterator[Mention]:
    """Yield the pinpoints that name no document, each with the document it leans on (`ref_base`, `head`)."""
    spans = [(m.start, m.end) for m in mentions]
    starts = [span[0] for span in spans]
    hosts = [m for m in mentions if m.relation in _HOSTING and m.kind in ("numbered", "named", "alias", "short")]
    host_starts = [m.start for m in hosts]
    kinds = [(own.start, own.kind) for own in owns] or [(0, None)]
    for pin in pins:
        n = bisect_right(starts, pin.start) - 1
        if n >= 0 and spans[n][1] > pin.start:
            continue
        kind = next((k for start, k in reversed(kinds) if start <= pin.start), kinds[0][1])
        words = text[pin.start : pin.end]
        if kind in _NO_ARTICLES or not places.has_articles or not _counts(words, text, pin):
            continue
        place = places.at(pin.start)
        if words == "điều này" or (words == "Điều này" and place.dieu is None):
            continue
        base, relation = _base(pin, text, kind, bool(hosts), is_quoted(quotes, pin.start))
        host = bisect_right(host_starts, pin.start) - 1
        head = hosts[max(host, 0)] if base in ("inherited", "quoted_host") and hosts else None
        yield Mention(
            pin.start,
            pin.end,
            "internal",
            "pinpoint.internal",
            doc_type=head.doc_type if head is not None else kind,
            provisions=provisions(words, place),
            pin_start=pin.start,
            pin_end=pin.end,
            quoted=base == "quoted_host",
            relation=relation,
            ref_base=base,
            head=head.start if head is not None else -1,
        )


def _counts(words: str, text: str, pin: Pinpoint) -> bool:
    """Whether a pinpoint without a document is a reference: not "Như Điều 3" of the recipients, not a bare "mục 2"."""
    if _LAW_UNIT.search(words) is None:
        return False
    if text[pin.start - 4 : pin.start].lower() == "như " and text.rfind("\n", 0, pin.start) >= pin.start - 8:
        return "hoản" in words
    return True


def _base(pin: Pinpoint, text: str, kind: str | None, amending: bool, quoted: Region | None) -> tuple[RefBase, str]:
    """Tell whose provision a pinpoint means, and what happens to it there."""
    if quoted is not None and amending:
        return "quoted_host", "cites"
    if amending and pin.this_end < 0:
        begin = text.rfind("\n", 0, pin.start) + 1
        done = None
        for verb in _INSTRUCTS.finditer(text, begin, pin.start):
            done = verb.lastgroup
        if done is None:
            stop = text.find("\n", pin.end)
            verb_after = _INSTRUCTS.search(text, pin.end, min(stop if stop >= 0 else len(text), pin.end + 60))
            done = verb_after.lastgroup if verb_after is not None else None
        if done is None and pin.start - begin < 12 and text[begin - 2 : begin - 1] == ":":
            above = _INSTRUCTS.search(text, text.rfind("\n", 0, begin - 2) + 1, begin)
            done = above.lastgroup if above is not None else None
        if done is not None:
            return "inherited", "cites" if _BESIDE.search(text, max(begin, pin.start - 40), pin.start) else done
    return ("consolidated" if kind == "van_ban_hop_nhat" else "own"), "cites"


def aim(mentions: Sequence[Mention]) -> list[Mention]:
    """Give the pinpoints of `internal_mentions` the target of the document they lean on."""
    own = next((m.target for m in mentions if m.kind == "self" and m.target), None)
    targets = {m.start: m.target for m in reversed(mentions) if m.kind != "internal"}
    return [
        m._replace(target=targets.get(m.head) if m.head >= 0 else own) if m.kind == "internal" else m for m in mentions
    ]
