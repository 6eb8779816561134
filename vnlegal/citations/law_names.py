"""Reading the name of a law at a place of the flow: its type word, its title, and what belongs to it behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vnlegal.citations.law_titles import LONGEST, YEAR, Reading, read_title, registered
from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.laws import plain, title_key
from vnlegal.text import LOWER, UPPER

# Where a name can begin. Each is looked for as it stands, so that the scan costs no more than str.find.
ANCHORS = ("LUẬT ", "Bộ luật ", "Pháp lệnh ", "PHÁP LỆNH ", "pháp lệnh ", "Hiến pháp", "HIẾN PHÁP")
# The type word with a title behind it, which copies that lose blanks glue to it ("LuậtKý kết …").
_LAW = re.compile(rf"Luật(?: |(?=[{UPPER}][{LOWER}]))")
# What follows the type word where no name does.
_NO_NAME = ("này", "số ", "Số ", "đó", "trên", "nêu", "nói", "Luật Luật ")
_TYPES = {"luật": "luat", "pháp": "phap_lenh", "hiến": "hien_phap", "bộ": "luat"}

_REVISED = re.compile(
    r" ?\((?:[Ss]ửa đổi|SỬA ĐỔI)(?:,? (?:và )?(?:bổ sung|BỔ SUNG))?(?: (?:năm )?(\d{4}))?\)"
    r"| sửa đổi(?:, bổ sung)?(?= ?[.,;:()\]\"”|\n]| năm \d{4}| và [A-ZĐ]| trình | được |$)"
)
_NUMBER_GAP = re.compile(r",? (?:[Ss]ố ?:? ?)?")
_LAW_NUMBER = re.compile(r"QH\d+$|/L-CTN$")
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
    places.update([law.start() for law in _LAW.finditer(text)])
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
    if (law := _LAW.match(text, start)) and law[0] == "Luật":
        return _plain_name(reading, start, law.end(), "luat") if registered(reading, law.end()) else None
    body = text.index(" ", start) + 1
    if text[start] == "p":  # in small letters only what the register knows is a name
        body = text.index(" ", body) + 1
        return _plain_name(reading, start, body, "phap_lenh") if registered(reading, body) else None
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
    read = read_title(reading, body)
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
        elif year is None and (match := YEAR.match(text, end)) is not None:
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
        known = reading.laws.group_title_end(plain(text[end : end + LONGEST]))
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
    match = YEAR.match(text, end)
    year = (match[1] or match[2]) if match is not None else None
    end = match.end() if match is not None else end
    return Name(start, end, "hien_phap", title, "constitution", 0.95, end, year)
