"""Reading the name of a law at a place of the flow: titles of the registry first, then names read by grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import LawKnowledge, initials, plain, title_key
from vnlegal.text import fold

# Where a name can begin. Each is looked for as it stands, so that the scan costs no more than str.find.
ANCHORS = ("Luật ", "LUẬT ", "Bộ luật ", "Pháp lệnh ", "PHÁP LỆNH ", "Hiến pháp", "HIẾN PHÁP")
# What follows the type word where no name does.
_NO_NAME = ("này", "số ", "Số ", "đó", "trên", "nêu", "nói", "Luật Luật ")
_TYPES = {"luật": "luat", "pháp": "phap_lenh", "hiến": "hien_phap", "bộ": "luat"}

_LONGEST = 190
_FIRST = re.compile(r"\w+")
_WORD = re.compile(r"\w+(?:[-–&]\w+)*")
_SHORT = re.compile(r"[A-ZĐ]{2,}\d?(?:(?:, | và |&|-| )[A-ZĐ]{2,})*(?![\w])")
_YEAR = re.compile(r" (?:năm )?((?:19|20)\d\d)(?![\d/]|[.,]\d| ?[-–] ?\d)| \((?:năm )?((?:19|20)\d\d)\)")
_REVISED = re.compile(
    r" ?\((?:[Ss]ửa đổi|SỬA ĐỔI)(?:,? (?:và )?(?:bổ sung|BỔ SUNG))?(?: (?:năm )?(\d{4}))?\)"
    r"| sửa đổi(?:, bổ sung)?(?= ?[.,;:()\]\"”|\n]| năm \d{4}| và [A-ZĐ]| trình | được |$)"
)
_NUMBER_GAP = re.compile(r",? (?:[Ss]ố ?:? ?)?")
_LAW_NUMBER = re.compile(r"QH\d+$|/L-CTN$")
_CLOSED = re.compile(r"([^.;:()\n\"“”]{2,140}?)(?:,? [Ss]ố:? ?(?=\d+/\d{4}/(?:QH|UBTVQH|PL-))| \((?=sửa đổi))")
_INSIDE = re.compile(r"[Ll]uật |Pháp lệnh |Nghị |\bngày\b|Điều |\d")

_AMENDING = re.compile(
    r"(?:[Ss]ửa đổi,? (?:và )?[Bb]ổ sung|SỬA ĐỔI,? BỔ SUNG|[Ss]ửa đổi|SỬA ĐỔI|SĐ, ?BS|SĐBS|[Bb]ổ sung)"
    r"(?: (?:một số|1 số|MỘT SỐ|các|những) (?:điều|Điều|ĐIỀU|nội dung|quy định)| (?:khoản|Điều|điểm) \w+)?"
    r"(?:(?:,| và| khoản| Điều| điểm| Phụ lục| Danh mục| có liên quan)[^.;:()\n\"“”]{0,110}?)?"
    r"(?: (?:của|CỦA|tại|trong))?"
    r" (?=(?:Bộ |BỘ )?(?:Luật|LUẬT) |Bộ luật |Pháp lệnh "
    r"|(?:các|một số|CÁC|\d\d?|một|hai|ba|bốn|năm) (?:bộ )?(?:[Ll]uật|LUẬT|pháp lệnh)\b)"
)
_GROUP = re.compile(r"(?:các|một số|CÁC|\d\d?|một|hai|ba|bốn|năm) (?:[Ll]uật|LUẬT|pháp lệnh)\b")
_GROUP_TAIL = re.compile(r" (?:có )?(?:liên quan đến|liên quan tới|về|trong lĩnh vực) ")
_LAW_FOLLOWS = r"(?:(?:khoản \w+ )?Điều \w+ (?:của )?)?(?=(?:Bộ )?Luật [^\Wsn]|Bộ luật |Pháp lệnh )"
_JOIN = re.compile(rf"(?:,| và|, và) {_LAW_FOLLOWS}|(?:,|,? VÀ) (?=(?:BỘ )?LUẬT )")
_JOIN_IN_BRACKETS = re.compile(rf"(?:,| và|, và|;|; và) {_LAW_FOLLOWS}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a law read at a place of the flow. `inner`: the laws that the name itself names."""

    start: int
    end: int
    doc_type: str
    title: str
    rule: str
    confidence: float
    name_end: int
    year: str | None = None
    revised: bool = False
    number: Mention | None = None
    inner: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the readers of names look at: the flow, the registry, the numbered mentions by their first character."""

    text: str
    laws: LawKnowledge
    numbers: Mapping[int, Mention]


def read_names(reading: Reading) -> Iterator[Name]:
    """Yield the outermost names of laws in text order."""
    done = 0
    for start in anchors(reading.text):
        if start >= done and (name := read_name(reading, start)) is not None:
            if _is_own_title(reading.text, name):
                yield from name.inner
            else:
                yield name
            done = name.end


def _is_own_title(text: str, name: Name) -> bool:
    """Whether a name is the title of the law itself: "LUẬT" opens the paragraph, the name fills it."""
    opens = name.start == 0 or text[name.start - 1] == "\n"
    return opens and text.startswith("LUẬT", name.start) and text[name.end : name.end + 1] in ("", "\n")


def anchors(text: str) -> list[int]:
    """Return the places where a law's name may begin, in order, the type word's own beginning first."""
    places: set[int] = set()
    for word in ANCHORS:
        at = text.find(word)
        while at >= 0:
            places.add(at)
            at = text.find(word, at + len(word))
    return sorted(places)


def read_name(reading: Reading, start: int, depth: int = 0) -> Name | None:
    """Read the name of a law whose type word begins at `start`; None where the words name no law.

    `depth` counts the amending laws around it: a law that amends an amending law is read, no deeper.
    """
    text = reading.text
    if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        return None
    if text[start] in "Hh":
        return _constitution(reading, start)
    body = text.index(" ", start) + 1
    if text[start] in "BP":
        body = text.index(" ", body) + 1
    elif start > 3 and text[start - 3 : start] in ("Bộ ", "BỘ "):
        start -= 3
    if text.startswith(_NO_NAME, body) or _left_blocked(reading, start):
        return None
    doc_type = "phap_lenh" if text[start] == "P" else "luat"
    if (amending := _AMENDING.match(text, body)) is not None:
        return _amending(reading, start, body, amending.end(), doc_type, depth) if depth < 2 else None
    return _plain_name(reading, start, body, doc_type)


def _left_blocked(reading: Reading, start: int) -> bool:
    """Whether the words before make "Luật" a part of another noun ("Đại học Luật", "PHÁP LUẬT")."""
    before = reading.text[max(0, start - 14) : start]
    if not before.endswith(" "):
        return False
    return before[:-1].endswith(reading.laws.cues["before"]) and not before.endswith(" Quy ")


def _plain_name(reading: Reading, start: int, body: int, doc_type: str) -> Name | None:
    """Read the name of one law, its year or "(sửa đổi)", and the number that follows."""
    read = _registered(reading, body) or _abbreviated(reading, body) or _by_grammar(reading, body)
    if read is None:
        return None
    name_end, title, rule, confidence = read
    end, year, revised = _tail(reading, name_end, title)
    number, end = _number_after(reading, end)
    return Name(start, end, doc_type, title, rule, confidence, name_end, year, revised, number)


def _tail(reading: Reading, end: int, title: str) -> tuple[int, str | None, bool]:
    """Read what stands after a name and belongs to it: a year, "(sửa đổi)", either first."""
    text, year, revised = reading.text, None, False
    for _ in range(2):
        if not revised and (match := _REVISED.match(text, end)) is not None:
            end, revised = match.end(), match[1] is None
            year = year or match[1]
        elif year is None and (match := _YEAR.match(text, end)) is not None:
            found = match[1] or match[2]
            if not reading.laws.may_be_of(title, found):
                break
            end, year = match.end(), found
    return end, year, revised


def _number_after(reading: Reading, end: int) -> tuple[Mention | None, int]:
    """Return the number of a law that follows a name, and where the mention then ends."""
    gap = _NUMBER_GAP.match(reading.text, end)
    number = reading.numbers.get(gap.end()) if gap is not None and gap.end() > end else None
    if number is None or number.number is None or not _LAW_NUMBER.search(number.number):
        return None, end
    return number, number.number_end


def _registered(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Match the longest title of the registry at `body`; a damaged spelling only where no right one fits."""
    text = reading.text
    first = _FIRST.match(text, body, body + _LONGEST)
    if first is None:
        return None
    opening = plain(first[0])
    raw = text[body : body + _LONGEST]
    titles = reading.laws.titles.get(opening, ())
    damaged = reading.laws.folded_titles.get(fold(opening), ()) if raw[0].isupper() else ()
    if not (titles or damaged or "\n" in raw):
        return None
    words = plain(raw)
    for form, title in titles:
        if words.startswith(form) and _bounded(reading, body, len(form)):
            end = body + len(form)
            longer = _longer(reading, body, end)
            return (longer, text[body:longer], "law-grammar", 0.8) if longer else (end, title, "law-title", 0.97)
    if "\n" in raw:
        broken = _registered_over_line(reading, body, words)
        if broken is not None:
            return broken
    folded = fold(words) if damaged else ""
    for form, title in damaged:
        if folded.startswith(form) and _bounded(reading, body, len(form)):
            return body + len(form), title, "law-title-damaged", 0.85
    return None


def _registered_over_line(reading: Reading, body: int, words: str) -> tuple[int, str, str, float] | None:
    """Match a title whose words a line break cuts, where the words before the break are no title themselves."""
    joined = words.replace("\n", " ")
    cut = words.index("\n")
    for form, title in reading.laws.titles.get(joined.split(" ", 1)[0], ()):
        if joined.startswith(form):
            if len(form) > cut and _bounded(reading, body, len(form)):
                return body + len(form), title, "law-title", 0.85
            return None
    return None


def _bounded(reading: Reading, body: int, size: int) -> bool:
    """Whether a title of `size` characters at `body` ends where a word ends (a footnote's digit may be glued to it)."""
    text, end = reading.text, body + size
    after = text[end : end + 1]
    if after.isalpha() or (after == "-" and text[end + 1 : end + 2].isalnum()):
        return False
    if " " in text[body:end] or after != " ":
        return True
    return not text.startswith(reading.laws.cues["one-word"], end + 1)


def _longer(reading: Reading, body: int, end: int) -> int:
    """Return where a title longer than the known one at `body` ends, as the number after it shows; else 0."""
    closed = _CLOSED.match(reading.text, end)
    if closed is None or len(closed[1]) >= 60 or not closed[1].startswith((" ", ", ")):
        return 0
    more = closed[1]
    if _INSIDE.search(more) or _YEAR.search(more) or "sửa đổi" in more or not _continues(more):
        return 0
    return closed.end(1)


def _continues(more: str) -> bool:
    """Whether words between a known title and a number can only be the rest of a longer title."""
    return not re.match(r",? (?:và|được|đã|có|theo|tại|khoản|điều|năm|ban hành|quy định|của)\b", more)


def _ends_here(reading: Reading, end: int) -> bool:
    """Whether a name may end at `end`: no word follows that could belong to it."""
    text = reading.text
    if end >= len(text) or text[end] != " ":
        return True
    if text[end + 1 : end + 2].isdigit() or text[end + 1 : end + 2] in '([“"-–':
        return True
    return _stops(reading, end + 1)


def _stops(reading: Reading, at: int) -> bool:
    """Whether the word at `at` is one that ends a name."""
    text = reading.text
    word = _WORD.match(text, at)
    if word is None:
        return True
    stops = reading.laws.cues["stop"]
    if word[0] in stops:
        return True
    second = _WORD.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
    return second is not None and f"{word[0]} {second[0]}" in stops


def _abbreviated(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Read a name of capitals ("Luật CLSPHH", "Luật KH, CN và ĐMST")."""
    match = _SHORT.match(reading.text, body)
    if match is None or match[0] in reading.laws.cues["compound"]:
        return None
    if reading.text[match.start() - 2 : match.start()] == "T " or not _ends_here(reading, match.end()):
        return None
    full = reading.laws.by_initials.get(initials(match[0]))
    return match.end(), full or match[0], "law-initials" if full else "law-grammar", 0.85 if full else 0.6


def _by_grammar(reading: Reading, body: int) -> tuple[int, str, str, float] | None:
    """Read a name that the registry lacks: from a capital to the first word that cannot belong to a name."""
    text = reading.text
    if not text[body : body + 1].isupper():
        return None
    compounds = reading.laws.cues["compound"]
    if text.startswith(compounds, body) and any(
        text.startswith(word, body) and not text[body + len(word) : body + len(word) + 1].isalnum()
        for word in compounds
    ):
        return None
    if text[body : body + 2].isupper() and text[body + 1 : body + 2].isalpha():
        return None
    closed = _CLOSED.match(text, body)
    if closed is not None and not _INSIDE.search(closed[1]) and not _YEAR.search(closed[1]):
        return closed.end(1), text[body : closed.end(1)], "law-grammar", 0.85
    end, count = body, 0
    while count < 12:
        at = end if count == 0 else end + 1
        word = _WORD.match(text, at)
        if word is None or (count and (text[end] != " " or _stops(reading, at))) or word[0][0].isdigit():
            break
        end, count = word.end(), count + 1
    if count < 2:
        return None
    name = text[body:end]
    # "Ban hành văn bản QPPL": words cut to their initials inside a title that is known.
    full = reading.laws.by_initials.get(initials(name)) if name.rsplit(" ", 1)[-1].isupper() else None
    return end, full or name, "law-initials" if full else "law-grammar", 0.85 if full else 0.7


def _amending(reading: Reading, start: int, body: int, at: int, doc_type: str, depth: int) -> Name | None:
    """Read "Luật sửa đổi, bổ sung một số điều của …": the whole name, and the laws inside it."""
    text = reading.text
    group = _GROUP.match(text, at)
    if group is not None:
        end, inner = _group_end(reading, group.end(), depth + 1)
        title = text[body:end]
        return _with_tail(reading, Name(start, end, doc_type, title, "law-amending", 0.9, end, inner=inner))
    laws: list[Name] = []
    number: Mention | None = None
    year = None
    while (law := read_name(reading, at, depth + 1)) is not None and not (laws and law.inner):
        if law.number is not None and _is_amending_number(reading, law.number, law):
            number = law.number
            law = _cut(law, law.name_end)
        elif law.year and reading.laws.amending([*(part.title for part in laws), law.title], law.year):
            year = law.year
            law = _cut(law, law.name_end)
        laws.append(law)
        join = None if number or year else _JOIN.match(text, law.end)
        if join is None:
            break
        at = join.end()
    if not laws:
        return None
    end = number.number_end if number is not None else laws[-1].end
    if year:
        end, _, _ = _tail(reading, end, laws[-1].title)
    title = _amending_title(text, body, laws)
    name = Name(start, end, doc_type, title, "law-amending", 0.93, end, year)
    name = replace(name, inner=tuple(laws), number=number)
    return name if number is not None or year else _with_tail(reading, name)


def _amending_title(text: str, body: int, laws: Sequence[Name]) -> str:
    """Return the title of an amending law with the amended laws under their full titles."""
    out, done = [], body
    for law in laws:
        word = text[law.start : law.name_end].split(" ", 1)[0]
        kind = "Pháp lệnh" if law.doc_type == "phap_lenh" else "Bộ luật" if word == "Bộ" else "Luật"
        out += [text[done : law.start], law.title if law.inner else f"{kind} {law.title}"]
        done = law.end
    return "".join(out)


def _with_tail(reading: Reading, name: Name) -> Name:
    """Add the year and the number that follow a name."""
    end, year, revised = _tail(reading, name.end, name.title)
    number, end = _number_after(reading, end)
    return replace(name, end=end, year=year, revised=revised, number=number)


def _cut(law: Name, end: int) -> Name:
    """Return a name without the number and the year after it."""
    return replace(law, end=end, number=None, year=None)


def _is_amending_number(reading: Reading, number: Mention, law: Name) -> bool:
    """Whether a number after the last amended law is that of the amending law."""
    known = reading.laws.by_number.get(number.number or "")
    if known is not None:
        return title_key(known.title) != title_key(law.title)
    year = (number.number or "").split("/")[1:2]
    mine = reading.laws.works_titled(law.title)
    return bool(mine) and not any(work.year in year for work in mine)


def _group_end(reading: Reading, end: int, depth: int) -> tuple[int, tuple[Name, ...]]:
    """Return where "07 luật" ends with its bracketed list or its field, and the laws of the list."""
    text = reading.text
    if text.startswith(" (", end):
        close, depth = end + 1, 0
        for close in range(end + 1, min(len(text), end + 1500)):
            depth += {"(": 1, ")": -1}.get(text[close], 0)
            if depth == 0 or text[close] == "\n":
                break
        if depth == 0 and (first := read_name(reading, end + 2, depth)) is not None:
            laws = [first]
            while (join := _JOIN_IN_BRACKETS.match(text, laws[-1].end)) is not None and join.end() < close:
                law = read_name(reading, join.end(), depth)
                if law is None:
                    break
                laws.append(law)
            return close + 1, tuple(laws)
    field = _GROUP_TAIL.match(text, end)
    if field is not None:
        known = reading.laws.group_title_end(plain(text[end : end + _LONGEST]))
        if known:
            return end + known, ()
        stop = re.compile(r"[.;:()\n\"“”]|,? (?:ngày|số|năm|được|đã|có hiệu lực|do|tại|và Luật|Luật)\b").search(
            text, field.end()
        )
        last = stop.start() if stop is not None else len(text)
        if last - end <= 110:
            return last, ()
    return end, ()


def _constitution(reading: Reading, start: int) -> Name | None:
    """Read "Hiến pháp" with the name of the state and the year."""
    text = reading.text
    end = start + len("Hiến pháp")
    if text[end : end + 1].isalnum():
        return None
    full = re.compile(
        r" nước Cộng h(?:òa|oà) [Xx]ã hội [Cc]hủ nghĩa Việt Nam| nước Việt Nam Dân chủ Cộng h(?:òa|oà)", re.I
    ).match(text, end)
    title = "nước Cộng hòa xã hội chủ nghĩa Việt Nam" if full is None else full[0][1:]
    end = full.end() if full is not None else end
    match = _YEAR.match(text, end)
    year = (match[1] or match[2]) if match is not None else None
    end = match.end() if match is not None else end
    return Name(start, end, "hien_phap", title, "constitution", 0.95, end, year)
