"""Who issues a document: by its letterhead, its title, its number's symbol or its own words."""

from __future__ import annotations

import re
from functools import lru_cache

from vnlegal.knowledge.agencies import AgencyKnowledge, by_code, canonical_name, issuer_name
from vnlegal.knowledge.agency_places import full_name
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment.head import NUMBER, Found, Head
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import find_place_date
from vnlegal.text import fold

_MOTTO = re.compile(
    r"c[oộ]ng\s*h\W*[oòóôa]\W*[aà]?\s*x|doc lap|dang cong san|cong hoa xa hoi|chu nghia viet nam", re.IGNORECASE
)
_PROMULGATES = re.compile(
    r"(?P<who>.{4,90}?) ban hành (?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định)[ .]"
)
_HEADS_OF = re.compile(
    r"^(?:Bộ trưởng|Thống đốc|Chủ nhiệm|Tổng Kiểm toán|Tổng Thanh tra|Giám đốc|(?:Tổng cục|Cục|Viện|Vụ) trưởng"
    r"|Chánh án) "
)
# What the Party's Central Committee signs through one of its bodies: the title says which.
_SIGNED = re.compile(r"BỘ CHÍNH TRỊ(?:, BAN BÍ THƯ)?|BAN BÍ THƯ")
_SIGNERS = {"BỘ CHÍNH TRỊ": "Bộ Chính trị", "BAN BÍ THƯ": "Ban Bí thư"}
PLACELESS = frozenset({"Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân", "Hội đồng nhân dân"})
# The rest of a number that a copy broke before its slash: "/UBND-VX".
_SYMBOL = re.compile(r" ?/ ?[A-ZĐ][A-ZĐa-z]*-")
_GROUP = re.compile(r"(BAN CHỈ ĐẠO|TỔ CÔNG TÁC)(?=\s)")
_GROUPS = {"BAN CHỈ ĐẠO": "Ban Chỉ đạo", "TỔ CÔNG TÁC": "Tổ công tác"}
_PROVINCE = re.compile(r"(?:Tỉnh ủy|Thành ủy|Ủy ban nhân dân) (?P<kind>tỉnh |thành phố )?(?P<name>.+)$")


def issuer_of(head: Head, number: str | None, date: str | None) -> Found | None:
    """Return who issues the document: by the letterhead, by its title, else by its number's symbol."""
    lines: list[str] = []
    start = end = 0
    for paragraph in head.letterhead:
        words = _before_motto(head, paragraph)
        if words:
            if not lines:
                start = paragraph.start
            end = paragraph.start + len(words)
            lines.append(words)
    found = issuer_name(lines, head.knowledge.agencies, date) if lines else None
    named = found[0] if found else None
    coded = _issuer_of_symbol(head, number, date) if number else None
    group = _group(head, lines, named)
    if group:
        return Found(group, start, end)
    if named and named.startswith("Ban Chấp hành Trung ương"):
        signed = _SIGNED.search(" ".join(head.words(p) for p in head.title[:3]))
        if signed and not (coded and _is_superior(named, coded)):
            return Found(_SIGNERS.get(signed[0], "Bộ Chính trị, Ban Bí thư"), start, end)
    joint = _joint(head, number, date) if number else None
    if joint:
        return Found(joint, start, end)
    if named and not (coded and (_is_superior(named, coded) or _is_fuller(coded, named))):
        return Found(named, start, end)
    return Found(coded, 0, 0) if coded else _below_title(head, date) or _promulgator(head, date)


def in_place(issuer: Found | None, place: str | None, agencies: AgencyKnowledge) -> Found | None:
    """Return `issuer` with the province of the letterhead's place where its lines name none ("ỦY BAN NHÂN DÂN")."""
    if issuer is None or not place or issuer.value not in PLACELESS:
        return issuer
    row = agencies.places.value(place.removeprefix("Thành phố ").removeprefix("Tỉnh ").removeprefix("tỉnh "))
    return issuer._replace(value=f"{issuer.value} {full_name(row)}") if row is not None else issuer


def _joint(head: Head, number: str, date: str | None) -> str | None:
    """Return all who issue a joint document, by the codes of its number; None where one of them is unknown."""
    pieces = re.split(r"[/-]", number)
    at = next((n for n, piece in enumerate(pieces) if piece in ("TTLT", "NQLT")), None)
    rows = [by_code(piece, head.knowledge.agencies, date) for piece in pieces[at + 1 :]] if at is not None else []
    return ", ".join(row.name for row in rows if row) if len(rows) > 1 and all(rows) else None


def _is_fuller(coded: str, named: str) -> bool:
    """Whether the number's symbol gives the name of which the letterhead shows a part ("Viện kiểm sát nhân dân")."""
    return coded.endswith(f" {named}") or coded.startswith(f"{named} ")


def _group(head: Head, lines: list[str], named: str | None) -> str | None:
    """Return the steering committee or working group that a letterhead names, written as the text writes it."""
    whole = "\n".join(lines)
    opening = _GROUP.search(whole)
    if opening is None or (named and named.upper().startswith(tuple(_GROUPS))):
        return None
    before = whole[: opening.start()].rpartition("\n")[2].strip()
    if before and fold(before) != fold(named or ""):
        return None
    name = " ".join(whole[opening.start() :].split())
    written = _as_written(head.text, name) or _GROUPS[opening[1]] + name[len(opening[1]) :].lower()
    superior = _PROVINCE.match(named or "")
    if superior is None or superior["name"].lower() in written.lower():
        return written
    kind = superior["kind"] or ("thành phố " if (named or "").startswith("Thành") else "tỉnh ")
    return f"{written} {kind}{superior['name']}"


def _as_written(text: str, words: str) -> str | None:
    """Return `words`, set in capitals, as the text writes them in small letters elsewhere."""
    places = re.finditer(re.escape(words), text, re.IGNORECASE)
    return next((place[0] for place in places if not place[0].isupper()), None)


def _below_title(head: Head, date: str | None) -> Found | None:
    """Return who issues a document whose copy has no letterhead, by the line in capitals between title and bases."""
    last = next((zone.last for zone in head.part.zones if zone.kind == "title"), None)
    paragraph = head.paragraphs[last] if last is not None and last < head.part.last else None
    words = head.words(paragraph) if paragraph is not None else ""
    if paragraph is None or not words.isupper() or not head.knowledge.structure.issuer.match(fold(words)):
        return None
    found = issuer_name([words], head.knowledge.agencies, date)
    return Found(_HEADS_OF.sub("", found[0]), paragraph.start, paragraph.end) if found else None


def _promulgator(head: Head, date: str | None) -> Found | None:
    """Return who says that he issues the document, below its bases: "Bộ trưởng Bộ Y tế ban hành Thông tư …"."""
    for zone in (z for z in head.part.zones if z.kind in ("bases", "title")):
        for paragraph in head.paragraphs[zone.last : zone.last + 3]:
            found = _PROMULGATES.match(head.words(paragraph))
            if found:
                named = canonical_name(_HEADS_OF.sub("", found["who"]), head.knowledge.agencies, date)
                return Found(named[0], paragraph.start, paragraph.start + found.end("who")) if named else None
    return None


def _before_motto(head: Head, paragraph: Paragraph) -> str:
    """Return the part of a letterhead paragraph that can name the issuer, "" where there is none."""
    words = head.words(paragraph)
    if paragraph.role in ("number", "subject", "basis"):
        return ""
    cut = _MOTTO.search(fold(words))
    if cut:
        words = words[: cut.start()]
    for find in (find_place_date, NUMBER.search):
        found = find(words)
        if found:
            words = words[: found.start()]
    words = "" if _SYMBOL.match(words) else words.strip(" _-–*|.:/")
    words = _places(head.knowledge.agencies).get(fold(words), words)
    if words.lower().startswith("số") or not (len(words) > 3 or (words.isalpha() and words.isupper())):
        return ""
    return words


@lru_cache(maxsize=4)
def _places(agencies: AgencyKnowledge) -> dict[str, str]:
    """Return the provinces by their names without diacritics, as a bad scan writes them."""
    return {fold(full_name(row)): full_name(row).upper() for row in agencies.provinces}


def _issuer_of_symbol(head: Head, number: str, date: str | None) -> str | None:
    """Return the body whose code the number carries: after the type in decisions, first in letters."""
    documents = head.knowledge.documents
    pieces = [p for p in re.split(r"[/-]", number)[1:] if not p.isdigit()]
    types = _kind_symbols(documents)
    code = next((re.sub(r"\d+$", "", p) for p in pieces if p not in types), None)
    if code is None:
        return None
    if code == "QH":
        return "Quốc hội"
    row = by_code(code, head.knowledge.agencies, date)
    return row.name if row else next((i.name for i in documents.issuers if i.code.upper() == code.upper()), None)


@lru_cache(maxsize=4)
def _kind_symbols(documents: DocumentKnowledge) -> frozenset[str]:
    """Return the symbols that stand for kinds of documents in numbers."""
    return frozenset(s for row in documents.types for s in (*row.state_symbols, *row.party_symbols))


def _is_superior(named: str, coded: str) -> bool:
    """Whether the letterhead's name is only the superior body, the issuer's own line being unreadable."""
    if named.startswith("Ban Chấp hành Trung ương"):
        return coded.startswith("Đảng đoàn")
    if named == "Chính phủ" and coded.startswith("Bộ "):
        return True
    return (
        fold(named) != fold(coded)
        and named.startswith(("Bộ ", "Chính phủ"))
        and coded.startswith(("Tổng cục", "Cục ", "Văn phòng", "Thủ tướng"))
    )
