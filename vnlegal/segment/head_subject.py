"""What kind of document it is, what it is about, and the degrees of urgency and secrecy stamped on it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment.head import NUMBER, Found, Head
from vnlegal.segment.head_number import PLACE, SUBJECT
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import PLACE_DATE, find_place_date, is_headline
from vnlegal.text import UPPER, fold

_AMENDED_BY = re.compile(r"được sửa đổi, bổ sung(?: một số điều)? (?:bởi|theo) ?:?$")
_BY = re.compile(r"^(?:CỦA|của) .{3,90}? (?=(?:VỀ|Về|về) )")
# What a broken line adds to a title in small letters: the first base, the issuer in capitals above the bases.
_RUNS_ON = re.compile(rf" Căn cứ(?!\w)| [{UPPER}]{{2,}}(?: [{UPPER}]{{2,}}){{3,}}$")
# What a page's headline says between the number and the subject, and behind it.
_ABOUT = re.compile(r"[^\n]{0,160}?\b(?:[Vv]ề việc|V/v:?|[Vv]ề) ")
_UNDATED = re.compile(r"(?:,? (?:năm \d{4}|ngày [\d/]{8,10}))? ?[-–:]? ")
_PUBLISHED = re.compile(r",? do [^,]{4,90} ban hành$")
_OPENS_ABOUT = re.compile(r"Về (?:việc )?")
_PARTY_LETTER = re.compile(r"[Ss]ố ?:?[ .…_]*\d{0,6}[ .…_]*- ?CV/")
# What a headline says between the number and the subject ("của Thủ tướng Chính phủ về …").
_ISSUED_BY = re.compile(
    r" ?,?(?: ?ngày [\d/]{8,10})? ?của [^\n]{3,90}? (?=[Vv]ề )|,? ?ngày [\d/]{8,10},? (?=[Vv]ề |V/v )"
)
_PARTY = "ĐẢNG CỘNG SẢN"
_RULES = frozenset(("quy_dinh", "quy_che"))
LABEL = re.compile(r"^[^:]{2,40}: *")
_LONGEST_HEAD = 600
_SHORTEST_TITLE = 16
_HEADLINES = 6
_STAMP_REACH = 14
# Numbers of the years before 1997 have the body before the kind: "18-BYT/TT".
_KIND_LAST = re.compile(r"\d+[a-zđ]?[-/][A-ZĐ]{2,}(?:-[A-ZĐ]{2,})*/([A-ZĐ]{2,4})")


def kind_of(head: Head, number: str | None) -> str | None:
    """Return the key of the document's kind: of its title, else of its number's symbol; a letter has neither."""
    by_symbol = _kind_of_symbol(head, number) if number else None
    if by_symbol == "van_ban_hop_nhat" or _is_consolidated(head):
        return "van_ban_hop_nhat"
    by_title = kind_of_title(head, head.words(head.title[0])) if head.title else None
    if by_title and by_symbol and by_symbol.startswith(f"{by_title}_"):
        return by_symbol  # "THÔNG TƯ" over 01/2004/TTLT/BVHTT-BYT is a joint one
    if by_symbol == "quyet_dinh" and _titled_rules(head):
        return by_symbol
    if by_title or by_symbol:
        return by_title or by_symbol
    if number and re.search(r"/QH\d+$", number):
        return "luat"
    if head.headline:
        return kind_of_title(head, head.headline)
    if number or any(p.role == "subject" for p in head.letterhead) or head.zone("kinh_gui"):
        return "cong_van"
    return None


def _titled_rules(head: Head) -> bool:
    """Whether a title names the rules that a decision lays down, the line "QUYẾT ĐỊNH" above it lost."""
    if not head.title or kind_of_title(head, head.words(head.title[0])) not in _RULES:
        return False
    of_party = any(_PARTY in head.words(p) for p in head.letterhead)
    return not of_party and any(p.role == "resolves" for p in head.own)


def _is_consolidated(head: Head) -> bool:
    """Whether the text says below its title what its own document was amended by, as consolidated texts do."""
    after = [z.last for z in head.part.zones if z.kind == "title"]
    first = after[0] if after else head.part.first
    return bool(head.title) and any(
        _AMENDED_BY.search(head.words(p)[-60:]) for p in head.paragraphs[first : first + 3] if p.source == "text"
    )


def kind_of_title(head: Head, words: str) -> str | None:
    """Return the key of the kind of document whose name `words` begin with, the longest name first."""
    folded = fold(words)
    for plain, key in _kinds_by_opening(head.knowledge.documents).get(folded[:2], ()):
        if not folded.startswith(plain):
            continue
        glued = words[: len(plain) + 1].isupper() or words[: len(plain)].isupper()
        if glued or not folded[len(plain) : len(plain) + 1].isalpha():
            return key
    return None


@lru_cache(maxsize=4)
def _kinds_by_opening(documents: DocumentKnowledge) -> dict[str, list[tuple[str, str]]]:
    """Return the folded names of kinds with their keys by their first two letters, the longest name first."""
    names = [(fold(name), row.key) for row in documents.types for name in (row.name, *row.words)]
    out: dict[str, list[tuple[str, str]]] = {}
    for plain, key in sorted(names, key=lambda name: -len(name[0])):
        out.setdefault(plain[:2], []).append((plain, key))
    return out


def _kind_of_symbol(head: Head, number: str) -> str | None:
    symbol = next((p for p in re.split(r"[/-]", number)[1:] if not p.isdigit()), "")
    party = re.match(r"\d+[a-zđ]?-", number) is not None
    for row in head.knowledge.documents.types:
        if symbol in (row.party_symbols if party else row.state_symbols):
            return row.key
    old = _KIND_LAST.fullmatch(number)
    return next((row.key for row in head.knowledge.documents.types if old and old[1] in row.state_symbols), None)


def subject_of(head: Head) -> Found | None:
    """Return what the document is about: the words after V/v, or the title below its kind."""
    found = _title_subject(head) or _letter_subject(head) or _unmarked_subject(head) or _bare_title(head)
    if found is None and "trich yeu" in head.panel:
        return Found(head.panel["trich yeu"], 0, 0)
    if found is None and (told := _headline_subject(head)):
        return Found(told, 0, 0)
    at = head.headline_at if found is None else None
    headline = head.words(at) if at is not None else ""
    number = NUMBER.search(headline)
    if at is not None and number and len(headline) - number.end() > 12:
        start = at.start
        by = _ISSUED_BY.match(headline, number.end())
        end = by.end() if by else number.end()
        return Found(headline[end:].strip(" .,:;-"), start + end, start + len(headline))
    return found


def _headline_subject(head: Head) -> str | None:
    """Return what a page's headline above the document says it is about ("Công văn số … của … về việc …")."""
    for line in head.front.split("\n")[:_HEADLINES]:
        if (named := SUBJECT.search(line, 0, _LONGEST_HEAD)) and len(line) - named.end() >= _SHORTEST_TITLE:
            return line[named.end() :].strip(' .,:;-–“”"')
        if not is_headline(line, head.knowledge.structure) or len(line) > _LONGEST_HEAD:
            continue
        number = NUMBER.search(line)
        words = line[number.end() :] if number else ""
        about = _ABOUT.match(words) or _UNDATED.match(words)
        if about and len(words) - about.end() >= _SHORTEST_TITLE:
            return _PUBLISHED.sub("", words[about.end() :]).strip(" .,:;-–")
    return None


def _title_subject(head: Head) -> Found | None:
    if not head.title:
        return None
    first = head.title[0]
    rest = [p for p in head.title[1:] if p.role != "attached"]
    start = first.start + (0 if _titled_rules(head) else _type_length(head, head.words(first)))
    if start < first.end and not (rest and fold(head.text[start : first.end]).strip().startswith("cua ")):
        rest = [first._replace(start=start), *rest]
    if not rest:
        return None
    words = _BY.sub("", " ".join(head.words(p).strip() for p in rest))
    ended = _RUNS_ON.search(words) if not words.isupper() else None
    words = words[: ended.start()] if ended else words
    return Found(words.strip(" :-–.*"), rest[0].start, rest[-1].end) if words.strip() else None


def _unmarked_subject(head: Head) -> Found | None:
    """Return the subject of a letter that stands below its number without "V/v".

    Party letters say it in plain words, those of some provinces with "Về" or "Về việc" before it.
    """
    for n, paragraph in enumerate(head.letterhead):
        words = head.words(paragraph)
        if _PARTY_LETTER.match(words):
            lines = list(takewhile(lambda p: _says_subject(head, p), head.letterhead[n + 1 :]))
            said = 0
        elif paragraph.role == "number" or NUMBER.search(words):
            below = head.letterhead[n + 1 : n + 2]
            about = _OPENS_ABOUT.match(head.words(below[0])) if below else None
            if about is None:
                continue
            lines = [*below, *takewhile(lambda p: _goes_on(head, p), head.letterhead[n + 2 :])]
            said = about.end()
        else:
            continue
        words = " ".join(head.words(p).strip() for p in lines)[said:]
        whole = len(words) >= _SHORTEST_TITLE
        return Found(words.strip(" ;,.*"), lines[0].start + said, lines[-1].end) if whole else None
    return None


def _says_subject(head: Head, paragraph: Paragraph) -> bool:
    words = head.words(paragraph)
    return not paragraph.role and not words.isupper() and words[0].isupper() and not find_place_date(words)


def _goes_on(head: Head, paragraph: Paragraph) -> bool:
    words = head.words(paragraph)
    return not paragraph.role and words[0].islower() and not find_place_date(words)


def _bare_title(head: Head) -> Found | None:
    """Return the title in capitals below a letterhead that has lost the line with the kind of document."""
    if head.title or not head.letterhead:
        return None
    below = head.paragraphs.index(head.letterhead[-1], head.part.first) + 1
    if below >= head.part.last:
        return None
    paragraph = head.paragraphs[below]
    words = head.words(paragraph)
    if paragraph.role or paragraph.marker or paragraph.source != "text" or not (words.isupper() and words[0].isalpha()):
        return None
    if not _SHORTEST_TITLE <= len(words) < _LONGEST_HEAD or head.knowledge.structure.issuer.match(fold(words)):
        return None
    return Found(words.strip(" :-–.*"), paragraph.start, paragraph.end)


def _type_length(head: Head, words: str) -> int:
    size = head.knowledge.structure.type_length(words)
    if words[size : size + 1] == ",":  # "LUẬT SỬA ĐỔI, BỔ SUNG …": the title begins behind the first word
        size = words.find(" ")
    return size + len(words[size:]) - len(words[size:].lstrip(" :-–.*0123456789"))


def _letter_subject(head: Head) -> Found | None:
    for n, paragraph in enumerate(head.letterhead):
        found = SUBJECT.search(head.words(paragraph))
        if not found:
            continue
        start, end = paragraph.start + found.end(), paragraph.end
        date = PLACE_DATE.search(head.text, start, min(end, start + _LONGEST_HEAD))
        if date:
            place = PLACE.search(date["place"]) if date["place"] else None
            end = date.start() + (place.start() if place else 0)
        words = [head.text[start:end].strip()]
        for following in _after_subject(head, n):
            words.append(head.words(following).strip())
            end = following.end
        return Found(" ".join(words).lstrip(" :").strip(" ;,.*"), start, end)
    return None


def _after_subject(head: Head, n: int) -> list[Paragraph]:
    """Return the paragraphs that go on a subject set in a narrow column, one line each."""
    follow: list[Paragraph] = []
    here = head.part.first + head.own.index(head.letterhead[n])
    for paragraph in head.paragraphs[here + 1 : min(here + 8, head.part.last)]:
        words = head.words(paragraph)
        short = len(words) < 60 and (words[0].islower() or words[0] == ":" or paragraph not in head.letterhead)
        dangling = head.text[paragraph.start - 3 : paragraph.start - 1] == "số"
        if paragraph.role or paragraph.marker or not short or find_place_date(words):
            break
        if NUMBER.search(words) and not dangling:
            break
        if LABEL.match(words) or (words.isupper() and len(words) > 12):
            break
        follow.append(paragraph)
        if words.endswith("."):
            break
    return follow


def grade_of(head: Head, pattern: re.Pattern[str]) -> str | None:
    """Return the degree of urgency or secrecy stamped on the head; `pattern` matches its folded words."""
    for paragraph in head.paragraphs[head.part.first : head.part.first + _STAMP_REACH]:
        words = head.words(paragraph)
        if len(words) < 30 and (found := pattern.match(fold(words.strip(" .*")))):
            return words.strip(" .*")[found.start(1) : found.end(1)].upper()
    return None
