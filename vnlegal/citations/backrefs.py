"""Words that point back to a document named before: "Luật này", "Nghị định nêu trên", "Kế hoạch" as a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from vnlegal.agencies import AgencyFound
from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment import Segmentation

_POINTS = (" này", " nêu trên", " nói trên", " đó", " NÀY", " nay")
# "nay" is what OCR leaves of "này": only at the end of a sentence is it no adverb.
_POINT_ENDS = {" nay": re.compile(r" ?[.;,]"), " đó": re.compile(r" ?[.;,:)]| (?:và|được|có|là|thì|hết|đã|bị|mà)\b")}
# Before a word that points back: several documents are meant, not one.
_SEVERAL = re.compile(r"(?<!\w)(?:[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a) \Z")
# Kinds that a text uses as terms for one document ("thực hiện Kế hoạch, …"). Reports, letters and notices are not.
_TERMS = frozenset({
    "luat", "phap_lenh", "nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu", "chi_thi", "chien_luoc", "chuong_trinh",
    "de_an", "ke_hoach", "quy_hoach", "quy_che", "ket_luan",
})  # fmt: skip
# Kinds whose word is an ordinary noun too, capital or not at the head of a sentence.
_COMMON = frozenset({
    "quy_dinh", "huong_dan", "ket_luan", "thong_bao", "bao_cao", "phuong_an", "chuong_trinh", "bien_ban", "du_an",
    "de_an", "ke_hoach", "quyet_dinh", "quy_hoach", "dieu_le", "to_trinh",
})  # fmt: skip
_LEADS = re.compile(
    r"(?:(?:thực hiện|triển khai|thuộc|trong|tại|của|theo|căn cứ|nội dung|nhiệm vụ|cụ thể hóa|chờ|thời điểm|kết quả"
    r"|[Dd]ự thảo|quán triệt|thi hành|với|ban hành) ?|(?:THỰC HIỆN|TRIỂN KHAI) )[“\"]?\Z"
)
_FOLLOWS = re.compile(
    r" ?(?:[.;:)\n]|$)|,|(?: ?\()| (?:và|để|theo|bằng|đúng|có hiệu lực|được|đã|phải|sẽ|cho|lập|năm giai đoạn|nhằm|trên"
    r"|tại|này)\b|(?P<issuer> của (?:Chính phủ|Thủ tướng(?: Chính phủ)?|Quốc hội|Bộ Chính trị|Trung ương)"
    r"(?= ?[.,;:)\n]| và | đã))"
)
_BILLS = frozenset({"luat", "phap_lenh"})
# Kinds that a document writes in small letters of itself ("công văn này"); of other documents the words are common.
_PLAIN_OWN = frozenset({
    "luat", "phap_lenh", "nghi_quyet", "nghi_dinh", "quyet_dinh", "thong_tu", "thong_tu_lien_tich", "chi_thi",
    "cong_van", "cong_dien", "quy_che", "ke_hoach",
})  # fmt: skip
_OTHER_NOUN = ("bộ ", "pháp ", "kỷ ", "quy ", "định ")
_LISTED = re.compile(r"(?:,| và) (?=[A-ZĐ])")


def find_backrefs(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the anaphoric mentions of documents in the flow."""
    text = segmentation.flow.text
    words = type_words(knowledge.documents)
    own = {part.header.kind for part in segmentation.parts} | {m.doc_type for m in found if m.kind == "self"}
    named = {m.doc_type for m in found if m.kind in ("alias", "planned", "named", "numbered", "short")}
    spoken_of = own | named
    plain = {word.lower(): kind for word, kind in words.items() if kind in own & _PLAIN_OWN}
    out = [m for m in _pointing(text, words | plain) if not _is_common(text, m, spoken_of)]
    kinds = {kind for kind in _TERMS & spoken_of if kind != "quyet_dinh" or _is_one(found, kind)}
    capitals = any(lead in text for lead in ("THỰC HIỆN ", "TRIỂN KHAI "))
    terms = {word: kind for word, kind in words.items() if kind in kinds and (capitals or not word.isupper())}
    out.extend(_terms(text, terms, {m.start for m in (*found, *out)}))
    return out


def _is_one(found: Sequence[Mention], kind: str) -> bool:
    """Whether the text numbers one document of that kind at most, so that the bare word can mean it."""
    return len({m.number for m in found if m.doc_type == kind and m.number}) < 2


@lru_cache(maxsize=8)
def type_words(documents: DocumentKnowledge) -> dict[str, str]:
    """Map the capitalised words for kinds of documents, in both cases, to the kind."""
    out: dict[str, str] = {}
    for kind in documents.types:
        for word in (kind.name, *kind.words):
            out[word] = kind.key
            out[word.upper()] = kind.key
        out |= {word: kind.key for word in kind.short if len(word) > 1 and kind.key == "van_ban"}
    return out


def _is_other_noun(text: str, start: int) -> bool:
    """Whether the word before makes "luật" in small letters a part of another noun ("Bộ luật", "pháp luật")."""
    return text[max(0, start - 5) : start].lower().endswith(_OTHER_NOUN)


def _pointing(text: str, words: dict[str, str]) -> Iterator[Mention]:
    """Find "X này", "X nêu trên", "X đó" with one of `words` for a kind; those in small letters only in "X này"."""
    endings = _by_last_word(tuple(words))
    for point in _POINTS:
        ends = _POINT_ENDS.get(point)
        at = text.find(point)
        while at >= 0:
            end = at + len(point)
            word = _word_before(text, at, endings)
            if word and not text[end : end + 1].isalnum() and (ends is None or ends.match(text, end)):
                start = at - len(word)
                if word[0].islower() and (point != " này" or _is_other_noun(text, start)):
                    at = text.find(point, end)
                    continue
                rule = "backref-this" if point in (" này", " NÀY", " nay") else "backref-above"
                if _SEVERAL.search(text, max(0, start - 7), start) is None:
                    yield Mention(start, end, "anaphora", rule, words[word], confidence=0.95)
            at = text.find(point, end)


@lru_cache(maxsize=8)
def _by_last_word(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Map the last syllable of a word for a kind to the words that end so, longest first."""
    out: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        out.setdefault(word.rsplit(" ", 1)[-1], []).append(word)
    return {last: tuple(found) for last, found in out.items()}


def _word_before(text: str, at: int, endings: dict[str, tuple[str, ...]]) -> str | None:
    """Return the longest capitalised word for a kind of document that ends at `at`."""
    last = text[text.rfind(" ", max(0, at - 14), at) + 1 : at].rpartition("\n")[2].lstrip('“"(«')
    for word in endings.get(last, ()):
        start = at - len(word)
        glued = word[0].isupper() and text[start - 1 : start].islower()  # "theoQuyết định này"
        if text.startswith(word, start) and (start == 0 or glued or not text[start - 1].isalnum()):
            return word
    return None


def _is_common(text: str, m: Mention, spoken_of: set[str | None]) -> bool:
    """Whether "Quy định này", "Thông báo này" is an ordinary noun: no document of that kind is spoken of."""
    if m.doc_type in spoken_of or m.doc_type not in _COMMON:
        return False
    return m.doc_type == "quy_dinh" or m.start == 0 or text[m.start - 1] == "\n" or text[m.start - 2] in ".;:!?"


def _terms(text: str, words: dict[str, str], taken: set[int]) -> Iterator[Mention]:
    """Find kinds of documents written with a capital and no name, as terms ("thực hiện Nghị quyết, Chiến lược")."""
    places: dict[int, tuple[int, str]] = {}
    for word, kind in words.items():
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if at and not text[at - 1].isalnum() and not text[end : end + 1].isalnum():
                known = places.get(at)
                if known is None or known[0] < end:
                    places[at] = (end, kind)
            at = text.find(word, end)
    accepted: set[int] = set()
    for at in sorted(places):
        end, kind = places[at]
        follows = None if at in taken else _FOLLOWS.match(text, end)
        if follows is None or not (_led(text, at) or _continues_list(text, at, accepted)):
            continue
        listed = _LISTED.match(text, end)
        if listed is not None and listed.end() in places and listed.end() not in taken:
            other, _ = places[listed.end()]
            if _FOLLOWS.match(text, other) is None:
                continue
        drafted = text.startswith(("ự thảo ", "dự án "), at - 7)
        if drafted and (kind in _BILLS or follows["issuer"]):
            continue
        accepted.add(follows.end() if follows["issuer"] else end)
        yield Mention(at, end, "anaphora", "backref-term", kind, confidence=0.7)


def _led(text: str, at: int) -> bool:
    low = line_start(text, at, 24)
    return low < at and _LEADS.search(text, low, at) is not None


def _continues_list(text: str, at: int, accepted: set[int]) -> bool:
    """Whether the word at `at` follows another term in a list."""
    return (text.startswith(", ", at - 2) and at - 2 in accepted) or (
        text.startswith(" và ", at - 4) and at - 4 in accepted
    )
