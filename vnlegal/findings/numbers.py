"""Doubts about citations: a number that is malformed, blank, or at odds with its date or its issuer; one unresolved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.misread import is_misread
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.legacy import decode_tcvn3
from vnlegal.records import Citation, DocumentRecord, Finding
from vnlegal.text import fold

_YEAR_INSIDE = re.compile(r"^\d[\w.]*/((?:19|20)\d\d)/")
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_TCVN3 = "§"  # what a Đ of the old fonts became
_NOISE = re.compile(r"[\s*_]+")
_BEGINS_WITH_DIGIT = re.compile(r"[\s*_]*\d")
_CODES = re.compile(r"[-.]")
_LEADING_ZERO = re.compile(r"(?<!\d)0+(?=\d)")
_DIRECTED = frozenset(("numbered", "short", "alias", "anaphora"))
# Kinds that stand for themselves: a strategy, a project or rules may be cited by the number of the decision that issues
# them, a decision or a circular not by that of another kind.
_ITSELF = frozenset(("nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu", "chi_thi", "cong_dien"))
# A date this much later than the document's is no slip of a day or two between signing and sending.
_SLACK_DAYS = 1
# What leads an organisation, before its name.
_ORGAN = re.compile(r"^(?:Ban Chấp hành|Ban Bí thư|Ban Thường vụ) (?=Trung ương (?:Đoàn|Hội))")


def header_doubts(document: DocumentRecord, citations: Iterable[Citation]) -> Iterator[Finding]:
    """Show where the document's own number is still to be filled in."""
    for citation in citations:
        if citation.kind == "self" and _is_blank(citation):
            yield _finding("number-blank", "info", citation, f"Số của văn bản còn để trống: “{_short(citation.text)}”.")


def citation_doubts(
    document: DocumentRecord, citations: tuple[Citation, ...], knowledge: Knowledge
) -> Iterator[Finding]:
    """Show what is wrong or contradictory in the numbers, dates and issuers of the cited documents."""
    for citation in citations:
        if citation.kind == "internal" or (citation.kind == "self" and _is_blank(citation)):
            continue
        checks = (
            _blank(citation),
            _malformed(citation),
            _misread(citation, knowledge.documents),
            _year(citation),
            _later(citation, document),
            _kind(citation, knowledge.documents),
            _issuer(citation, knowledge.documents),
            _unresolved(citation),
        )
        yield from (finding for finding in checks if finding is not None)
    yield from _two_dates(citations)


def _finding(code: str, severity: str, citation: Citation, message: str, refs: tuple[str, ...] = ()) -> Finding:
    return Finding.model_validate(
        {
            "code": code,
            "severity": severity,
            "start": citation.start,
            "end": citation.end,
            "message": message,
            "refs": (citation.id, *refs),
        }
    )


def _short(words: str, size: int = 80) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= size else flat[: size - 1].rstrip() + "…"


def _is_blank(citation: Citation) -> bool:
    number = citation.number_as_written or citation.number
    return number is not None and not _BEGINS_WITH_DIGIT.match(number)


def _blank(citation: Citation) -> Finding | None:
    if citation.kind != "numbered" or not _is_blank(citation):
        return None
    return _finding("number-blank", "warning", citation, f"Số văn bản còn để trống: “{_short(citation.text)}”.")


def _plain(number: str) -> str:
    """Return a number as it counts for comparison: no blanks and marks, one hyphen, no leading zeros."""
    if not number.isascii():
        number = decode_tcvn3(number) if _TCVN3 in number else number.translate(_HYPHENS)
    return _LEADING_ZERO.sub("", _NOISE.sub("", number)).casefold()


def _malformed(citation: Citation) -> Finding | None:
    written, right = citation.number_as_written, citation.number
    if citation.kind not in ("numbered", "self") or not written or not right or written == right:
        return None
    if _plain(written) == _plain(right):
        return None
    return _finding(
        "citation-number-malformed",
        "warning",
        citation,
        f"Số, ký hiệu viết là “{_short(written)}”, đúng ra là {right}.",
    )


def _misread(citation: Citation, knowledge: DocumentKnowledge) -> Finding | None:
    if citation.kind not in ("numbered", "self") or not citation.number:
        return None
    if not is_misread(citation.number, compile_grammar(knowledge)):
        return None
    return _finding(
        "citation-number-unsure",
        "warning",
        citation,
        f"Số, ký hiệu {citation.number} không thể đúng như đọc được: cần đối chiếu với bản gốc.",
    )


def _year(citation: Citation) -> Finding | None:
    inside = _YEAR_INSIDE.match(citation.number or "")
    if inside is None or not citation.date or citation.date[:4] == inside[1] or not citation.date[:4].isdigit():
        return None
    return _finding(
        "citation-date-contradiction",
        "warning",
        citation,
        f"Số {citation.number} mang năm {inside[1]} nhưng ghi ngày {_day(citation.date)}.",
    )


def _later(citation: Citation, document: DocumentRecord) -> Finding | None:
    """A document cannot cite one of a later day; laws in drafting and planned documents have no day yet."""
    if citation.is_draft or citation.kind in ("planned", "self") or not citation.date or not document.date:
        return None
    cited, own = _exact(citation.date), _exact(document.date)
    if cited is None or own is None or (cited - own).days <= _SLACK_DAYS or _in_letter(citation, document):
        return None
    return _finding(
        "citation-later-than-document",
        "warning",
        citation,
        f"Văn bản được dẫn ghi ngày {_day(citation.date)}, sau ngày của văn bản này ({_day(document.date)}).",
    )


def _in_letter(citation: Citation, document: DocumentRecord) -> bool:
    """Whether a citation stands in a further document of the file, which may be of a later day."""
    n = bisect_right(document.letters, citation.start, key=lambda letter: letter.start) - 1
    return n >= 0 and citation.start < document.letters[n].end and document.letters[n].date is not None


def _exact(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _day(day: str) -> str:
    """Return an ISO date as Vietnamese write it."""
    first = day.split("/", maxsplit=1)[0]
    return "/".join(reversed(first.split("-")))


@lru_cache(maxsize=4)
def _issuer_names(knowledge: DocumentKnowledge) -> Mapping[str, frozenset[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in knowledge.issuers:
        names[row.code].add(row.name)
    return {code: frozenset(known) for code, known in names.items()}


@lru_cache(maxsize=4)
def _kind_symbols(knowledge: DocumentKnowledge) -> frozenset[str]:
    return frozenset(symbol for row in knowledge.types for symbol in row.state_symbols)


def _symbol(number: str) -> str:
    """Return the part of a number behind its last slash: "NĐ-CP"."""
    return number.rpartition("/")[2]


@lru_cache(maxsize=1 << 10)
def _symbol_issuers(symbol: str, knowledge: DocumentKnowledge) -> frozenset[str]:
    """Return the bodies that the symbol of a State number may stand for; empty where the symbol is unknown."""
    issuers = _issuer_names(knowledge)
    codes = _CODES.split(symbol)
    places = codes[1:] if len(codes) > 1 and codes[0] in _kind_symbols(knowledge) else codes[:1]
    named = (issuers.get(code, issuers.get(code.rstrip("0123456789"), ())) for code in places)  # "UBTVQH15"
    return frozenset(name for names in named for name in names)


@lru_cache(maxsize=4)
def _symbol_kinds(knowledge: DocumentKnowledge) -> Mapping[str, str]:
    return {symbol: row.key for row in knowledge.types for symbol in row.state_symbols}


def _kind(citation: Citation, knowledge: DocumentKnowledge) -> Finding | None:
    """Show a kind that the symbol of a State number contradicts: "Nghị quyết số 66.7/2025/NĐ-CP"."""
    if citation.kind != "numbered" or not citation.number or citation.doc_type not in _ITSELF:
        return None
    symbol = _CODES.split(_symbol(citation.number))[0]
    kinds = _symbol_kinds(knowledge)
    meant = kinds.get(symbol)
    if "-" in citation.number.split("/")[0] or meant not in _ITSELF or meant == citation.doc_type:
        return None
    names = {row.key: row.name for row in knowledge.types}
    return _finding(
        "citation-kind-contradiction",
        "warning",
        citation,
        f"Câu văn ghi {names[citation.doc_type]}, nhưng ký hiệu của số {citation.number} là của {names[meant]}.",
    )


# Numbers of the years before 2002 name the body before the kind, a unit of it behind: "305/TC/QĐ/TCT".
_BODY_FIRST = re.compile(r"\d+[a-z]?[/ ]?[A-ZĐ]+/[A-ZĐ]+/")


def _issuer(citation: Citation, knowledge: DocumentKnowledge) -> Finding | None:
    if (
        citation.kind != "numbered"
        or not citation.issuer
        or not citation.number
        or "-" in citation.number.split("/")[0]
    ):
        return None
    meant = _symbol_issuers(_symbol(citation.number), knowledge)
    if not meant or _BODY_FIRST.match(citation.number) or any(_same_body(citation.issuer, name) for name in meant):
        return None
    shown = " hoặc ".join(sorted(meant))
    return _finding(
        "citation-issuer-contradiction",
        "warning",
        citation,
        f"Ký hiệu của số {citation.number} là của {shown}, nhưng câu văn ghi {citation.issuer}.",
    )


@lru_cache(maxsize=1 << 10)
def _same_body(stated: str, meant: str) -> bool:
    """Whether two names mean one body or one speaks for the other: "Bộ trưởng Bộ Y tế", "UBND tỉnh X" for UBND.

    The committees of one organisation ("Ban Bí thư Trung ương Đoàn …", "Ban Chấp hành …") share its symbol.
    """
    a, b = fold(_ORGAN.sub("", stated)), fold(_ORGAN.sub("", meant))
    return a in b or b in a


def _unresolved(citation: Citation) -> Finding | None:
    if citation.target is not None or citation.kind not in _DIRECTED:
        return None
    return _finding(
        "citation-unresolved",
        "info",
        citation,
        f"Chưa rõ “{_short(citation.text)}” là văn bản nào: cần người đọc xác định.",
    )


def _two_dates(citations: tuple[Citation, ...]) -> Iterator[Finding]:
    """Show a document that is given two different days; the first mention is taken for the right one."""
    first: dict[str, Citation] = {}
    for citation in citations:
        if not citation.target or not citation.date or _exact(citation.date) is None or citation.is_draft:
            continue
        before = first.setdefault(citation.target, citation)
        if before.date and before.date != citation.date and (citation.number or "") == (before.number or ""):
            yield _finding(
                "citation-dates-differ",
                "warning",
                citation,
                f"{citation.number or _short(citation.text)} ở đây ghi ngày {_day(citation.date)}, "
                f"ở chỗ khác ghi ngày {_day(before.date)}.",
                (before.id,),
            )
