"""From a document to its facts: one pass of segmentation, bodies and citations, then the clauses that matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnlegal.agencies import find_agencies
from vnlegal.citations import Mention, find_citations
from vnlegal.citations.between import find_relations, speakers
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.delegations import DelegationKnowledge, load_delegations
from vnlegal.records import Analysis, Document
from vnlegal.segment import Segmentation, segment
from vnlegal.works.articles import find_articles
from vnlegal.works.delegations import find_delegations
from vnlegal.works.model import Cited, Delegation, WorkFacts
from vnlegal.works.reported import find_reported
from vnlegal.works.scopes import find_scopes

_NORMATIVE = frozenset({"luat", "bo_luat", "phap_lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich"})
_LAWS = frozenset({"luat", "bo_luat", "phap_lenh"})
_LAW_KEY = re.compile(r"/QH\d|UBTVQH|^luat:|^phap_lenh:")
_DELEGATING = frozenset({"luat", "bo_luat", "phap_lenh", "nghi_quyet", "nghi_dinh", "quyet_dinh"})
_EFFECT = re.compile(
    r"này (?:có|bắt đầu có) hiệu lực(?: thi hành)?(?: kể)?(?: từ)? "
    r"(?P<day>ngày (?:ký|\d\d?(?: tháng |/|-)\d\d?(?: năm |/|-)\d{4}))"
)
_DAY = re.compile(r"(\d\d?)\D+(\d\d?)\D+(\d{4})")
_ENDING = ("replaces", "repeals")
_SUSPENDS = re.compile(r"(?:ngưng|ngừng) hiệu lực", re.IGNORECASE)
_PART = re.compile(r"(?:Điều|khoản|điểm|Phụ lục|cụm từ|một số (?:điều|nội dung)|tại|của) [^;.]*\Z")
_APART = re.compile(r"[;\n]|\. (?=[A-ZĐ])|thay thế|bãi bỏ|hết hiệu lực")
_LISTED = re.compile(r"(?:,| và|:) (?:[a-zđ]\) |- )?(?:[\w ]{0,24} số )?\Z")
_TITLE_MOST = 600
_EVIDENCE = 400
_NAME = 160  # of a document's name, code points


def read_facts(document: Document, knowledge: Knowledge, cues: DelegationKnowledge | None = None) -> WorkFacts:
    """Return the facts of the first document in the file."""
    segmentation = segment(document, knowledge)
    agencies = find_agencies(segmentation, knowledge)
    mentions = find_citations(segmentation, agencies, knowledge)
    header = segmentation.parts[0].header if segmentation.parts else None
    number = header.number if header else None
    kind = header.kind if header else None
    title = " ".join((header.subject or "").split()) or None if header else None
    date = header.date if header else None
    speaking = speakers(segmentation, mentions, knowledge)
    own = (speaking[0].key if speaking else None) or _titled(kind, title, knowledge)
    key = own or f"?{document.source}"  # a part without a number speaks for the document it is in
    speaking = [speaker if speaker.key else speaker._replace(key=key) for speaker in speaking]
    relations = find_relations(segmentation, mentions, speaking)
    issuer = header.issuer if header else None
    delegating = kind in _DELEGATING and not _consolidated(kind, number)
    clauses = find_delegations(segmentation, agencies, mentions, cues or load_delegations()) if delegating else ()
    return WorkFacts(
        source=document.source,
        key=key,
        number=number,
        kind=kind,
        issuer=issuer,
        title=title,
        date=date,
        effective=_effective(segmentation.flow.text, date) or _known_effective(own, knowledge),
        is_consolidated=_consolidated(kind, number),
        delegations=tuple(clause for clause in clauses if not _to_itself(clause, issuer)),
        scopes=tuple(find_scopes(segmentation, mentions)),
        relations=tuple(relations),
        evidence=tuple(_evidence(document.text, r.start, r.end) for r in relations),
        ends=_ended(segmentation, mentions),
        articles=tuple(find_articles(segmentation, mentions)),
        cited=tuple(_cited(mentions, segmentation.flow.text)),
        latest=max((m.date for m in mentions if m.date and len(m.date) == 10), default=None),
        reported=tuple(find_reported(segmentation, mentions) if kind not in _NORMATIVE else ()),
        amends=tuple(dict.fromkeys(r.target for r in relations if r.relation == "amends" and r.source == own)),
    )


def _to_itself(clause: Delegation, issuer: str | None) -> bool:
    """Whether a body's own document speaks of its own rules: a decree's "theo quy định của Chính phủ" leaves none."""
    return clause.delegate == issuer and (clause.of is None or _LAW_KEY.search(clause.of) is None)


def _titled(kind: str | None, title: str | None, knowledge: Knowledge) -> str | None:
    """Return the number of the one law that ever bore the title of a law whose text has lost its number."""
    if kind not in _LAWS or not title:
        return None
    found = [law for law in knowledge.laws.works_titled(title) if law.number]
    return found[0].number if len(found) == 1 else None


def facts_of_analysis(analysis: Analysis) -> WorkFacts:
    """Return the facts that an analysis tells: its relations, without clauses and scopes.

    The evidence is the line of the text where the analysis carries it, else the citation's own words.
    """
    head, citations = analysis.document, analysis.citations
    own = next((c.target for c in citations if c.kind == "self" and c.target), None) or head.number
    own = own or next((r.source for r in analysis.relations), None) or f"?{head.source}"
    words = {c.start: c.text for c in citations}
    shown = (
        _evidence(analysis.text, r.start, r.end) if analysis.text else words.get(r.start, "")
        for r in analysis.relations
    )
    named = (c for c in citations if c.target and c.kind not in ("self", "internal", "anaphora"))
    return WorkFacts(
        source=head.source,
        key=own,
        number=head.number,
        kind=head.kind,
        issuer=head.issuer,
        title=head.subject,
        date=head.date,
        effective=None,
        relations=analysis.relations,
        evidence=tuple(shown),
        amends=tuple(r.target for r in analysis.relations if r.relation == "amends" and r.source == own),
        cited=tuple({c.target: Cited(key=c.target, kind=c.doc_type) for c in named if c.target}.values()),
    )


def _cited(mentions: Sequence[Mention], flow: str) -> Iterator[Cited]:
    """Yield the kind and the name of every document cited, once each."""
    kinds: dict[str, str | None] = {}
    names: dict[str, str] = {}
    for m in mentions:
        if m.target and m.kind not in ("self", "internal", "anaphora"):
            kinds[m.target] = kinds.get(m.target) or m.doc_type
            if ":" in m.target and m.kind in ("named", "planned", "alias"):
                names.setdefault(m.target, " ".join(flow[m.start : m.end].split())[:_NAME])
    for key, kind in kinds.items():
        yield Cited(key=key, kind=kind, name=names.get(key))


def _evidence(text: str, start: int, end: int) -> str:
    """Return the line that holds a relation's words, cut to a stretch around them where it is long."""
    first = max(text.rfind("\n", 0, start) + 1, start - _EVIDENCE // 2)
    line = text.find("\n", end)
    return text[first : min(len(text) if line < 0 else line, max(first + _EVIDENCE, end))][: 2 * _EVIDENCE]


def _consolidated(kind: str | None, number: str | None) -> bool:
    return kind in ("vbhn", "van_ban_hop_nhat") or "VBHN" in (number or "")


def _effective(flow: str, issued: str | None) -> str | None:
    """Return the day a document takes effect, as its own text says it."""
    match = _EFFECT.search(flow)
    if match is None:
        return None
    if "ký" in match["day"]:
        return issued
    day = _DAY.search(match["day"])
    return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else None


def _known_effective(own: str | None, knowledge: Knowledge) -> str | None:
    known = knowledge.laws.by_number.get(own or "")
    return known.valid_from or None if known is not None else None


def _ended(segmentation: Segmentation, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the works that the document replaces or repeals as a whole; what it only suspends goes on."""
    flow = segmentation.flow.text
    header = segmentation.parts[0].header if segmentation.parts else None
    suspends = header is not None and _SUSPENDS.search(header.subject or "") is not None
    ending = _ENDING[:1] if suspends else _ENDING
    out = []
    inside = False  # a title: "thay thế Nghị định A sửa đổi Nghị định B và Nghị định C" ends A alone
    before = 0
    for m in mentions:
        if m.relation not in ending or not m.target or m.quoted or m.kind == "internal":
            continue
        left = flow[max(before, m.start - _TITLE_MOST) : m.start]
        apart = _APART.search(left) is not None
        inside = not apart and (inside or (0 < before <= m.start and not _LISTED.search(left)))
        before = m.end
        part = _PART.search(flow, max(0, m.start - 60), m.start)
        if not m.provisions and not inside and part is None:
            out.append(m.target)
    return tuple(dict.fromkeys(out))
