"""A document's number, date and place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnlegal.segment.front import mend_month, mend_serial
from vnlegal.segment.head import NUMBER, Found, Head, as_number
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.segment.sheet import PLACE_DATE, find_place_date, is_place_date
from vnlegal.text import LOWER, UPPER, fold

_LOST_SLASH = re.compile(r"(?<!\d)(?P<serial>\d{1,6}) (?P<symbol>[A-ZĐ]{2,10}-[A-ZĐ]{2,10})(?![\w-])")
_MISREAD = re.compile(
    r"[Ss]ố ?[:;]? ?(?P<serial>[^\s/]{1,6}) ?(?P<sep>/) ?(?P<symbol>[A-ZĐ]{2,10}-[A-ZĐ]{2,10})(?![\w-])"
)
SUBJECT = re.compile(r"\bV[/W]v:? ?|\b[Vv][Vv]: |^Về(?: việc)? ?: ", re.IGNORECASE)
# Numbers of the years before 2002, the code of the body behind the serial: "Số: 1425 TC/TCT", "Số: 255TCT/QĐ/KH".
_OLD = re.compile(
    r"[Ss]ố ?:? ?(?P<number>(?P<serial>\d{1,5}[a-z]?) ?[A-ZĐ]{2,7}(?:-[A-ZĐ]{2,7})?(?:/[A-ZĐ&.-]{1,10}){1,2})(?![\w/])"
)
# The line of a number whose serial is still to be filled in.
BLANK_NUMBER = re.compile(r"[Ss]ố ?:?[ .…_]*[-/] ?(?:(?:19|20)\d\d ?[-/] ?)?[A-ZĐ]")
_YEAR = re.compile(r"n[ăa]m ?((?:19|20)\d{2})")
_BEFORE_DATE = re.compile(r"([^,]{3,60}), ?ng")
_PASSED = re.compile(r"thông qua (?:ngày|vào ngày) (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
PLACE = re.compile(
    rf"(?<!\w)(?:(?:TP|Tp|T\.P)[. ]+|[Tt]hành phố |[Tt]ỉnh )?(?:[{UPPER}][{LOWER}]+[ -]?(?:- )?){{1,5}}$"
)
_IN_TITLE = re.compile(
    r"(?:^|KỲ HỌP THỨ \w+(?: \w+)? |CỦA [^\d]{3,90}? )"
    r"SỐ:? (?P<serial>\d{1,4})/(?P<year>\d{4})/(?P<symbol>[A-ZĐ]{2}[A-ZĐ0-9-]*)"
    r"(?: NGÀY (?P<day>\d{1,2}) THÁNG (?P<month>\d{1,2}) NĂM (?P<dated>\d{4}))?"
)
BESIDE = re.compile(
    r",? ?ngày (?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?:/| năm )(?P<year>(?:19|20)\d{2})(?!\d)", re.IGNORECASE
)
_NUMBER_WORD = re.compile(r",? số:? ?$")
_WORD = re.compile(r"\w+")
_LONGEST_HEAD = 600
_OPENING = 6
_FOOT_REACH = 40
_FOOT_WIDTH = 300


def number_of(head: Head) -> Found | None:
    """Return the number in the letterhead, else a consolidated text's at its foot; None where it is still blank."""
    return _head_number(head) or _title_number(head) or _caption_number(head) or foot_number(head)


def _caption_number(head: Head) -> Found | None:
    """Return the number in a line above the title that says the title again ("Luật Dữ liệu số 60/2024/QH15").

    Portals put such a line over texts that have lost their letterhead.
    """
    if not head.title:
        return None
    title = _plain(" ".join(head.words(p) for p in head.title))
    first = head.paragraphs.index(head.title[0])
    for paragraph in head.paragraphs[max(head.part.first, first - _OPENING) : first]:
        words = head.words(paragraph)
        found = NUMBER.search(words)
        lead = _NUMBER_WORD.search(words, 0, found.start()) if found else None
        if found and lead and found.end() == len(words.rstrip(" .;")) and _plain(words[: lead.start()]) == title:
            return as_number(found, paragraph.start, head.knowledge.documents)
    return None


def _plain(words: str) -> str:
    """Return words as two writings of one title share them."""
    return " ".join(_WORD.findall(fold(words)))


def _title_number(head: Head) -> Found | None:
    """Return the number that an old law's title carries ("KỲ HỌP THỨ TƯ SỐ 25/2008/QH12 NGÀY 14 THÁNG 11 …")."""
    for paragraph in head.title:
        found = _IN_TITLE.search(head.words(paragraph))
        if found:
            return as_number(found, paragraph.start, head.knowledge.documents)
    return None


def _head_number(head: Head) -> Found | None:
    for found, paragraph in _written(head):
        if found.re is _OLD:
            return Found(found["number"], paragraph.start + found.start("number"), paragraph.start + found.end())
        number = as_number(found, paragraph.start, head.knowledge.documents)
        mended = _mended(head, number, found["serial"])
        return None if found.re is _MISREAD and mended is number else mended
    return None


def _written(head: Head) -> Iterator[tuple[re.Match[str], Paragraph]]:
    """Yield the number of the letterhead as it is written; a serial that is none only where a title may mend it."""
    for paragraph in head.letterhead:
        if paragraph.role == "subject":
            continue
        words = head.words(paragraph)
        if BLANK_NUMBER.match(words):
            return  # what follows is the subject's, not the document's own
        if not (head.facts or "/" in words or "-" in words):
            continue
        subject = SUBJECT.search(words)
        limit = subject.start() if subject else len(words)
        patterns = (NUMBER, _LOST_SLASH, _MISREAD) if head.facts else (NUMBER, _LOST_SLASH, _OLD)
        for pattern in patterns:
            if found := pattern.search(words, 0, limit):
                yield found, paragraph
                break


def _written_serial(head: Head) -> str | None:
    return next((found["serial"] for found, _ in _written(head)), None)


def _mended(head: Head, number: Found, serial: str) -> Found:
    """Return `number` with the serial that the title above a scanned text gives it."""
    if not head.facts:
        return number
    year = next((m[1] for p in head.letterhead if (m := _YEAR.search(head.words(p)))), None)
    date, _ = date_of(head)
    better = mend_serial(serial, year, date.value if date else None, head.facts)
    if better is None or better == serial:
        return number
    return number._replace(value=better + number.value[len(serial) :])


def foot_number(head: Head) -> Found | None:
    """Return the number that a consolidated text carries at its foot, be it behind its annexes."""
    for paragraph in _to_the_foot(head):
        words = head.words(paragraph) if paragraph.role == "number" else ""
        found = NUMBER.search(words) if "VBHN" in words else None
        if found:
            return as_number(found, paragraph.start, head.knowledge.documents)
    return None


def _to_the_foot(head: Head) -> list[Paragraph]:
    """Return the document's paragraphs; of the file's first one also those behind it, where its foot may stand."""
    return head.paragraphs[head.part.first :] if head.part.first < _OPENING else head.own


def date_of(head: Head) -> tuple[Found | None, str | None]:
    """Return the date of the letterhead as precise as it is written, and the place before it."""
    for n, paragraph in enumerate(head.letterhead):
        found = find_place_date(head.words(paragraph)[:_LONGEST_HEAD])
        if found:
            month = found["month"]
            if head.facts and re.fullmatch(r" ?\d+ ?", month) and int(month) > 12:
                month = str(mend_month(found["day"], found["year"], _written_serial(head), head.facts) or month)
            here, place = _dated(found, month, paragraph.start)
            return here, _whole(place, head.words(head.letterhead[n - 1]) if n else "")
    for paragraph in head.letterhead:
        words = head.words(paragraph)
        found = _YEAR.search(words)
        if found and paragraph.role != "subject" and re.search(r"th[aá]ng", words):
            before = _BEFORE_DATE.search(words)
            place = _place(before[1]) if before else None
            return Found(found[1], paragraph.start + found.start(1), paragraph.start + found.end(1)), place
    for paragraph in head.title:
        found = _IN_TITLE.search(head.words(paragraph))
        if found and found["dated"]:
            value = iso_date(found["day"], found["month"], found["dated"])
            return Found(value, paragraph.start + found.start("day"), paragraph.start + found.end("dated")), None
    for paragraph in () if head.letterhead else head.own[:_OPENING]:
        words = head.words(paragraph)
        found = find_place_date(words) if is_place_date(words) else None
        if found:
            return _dated(found, found["month"], paragraph.start)
    date, place = _foot_date(head)
    return (date, place) if date else (_beside_number(head), None)


def _whole(place: str | None, above: str) -> str | None:
    """Return a place with the first word that a narrow column left on the line above ("Hà⏎Nội, ngày …")."""
    cut = place is not None and " " not in place and above.istitle() and above.isalpha()
    return f"{above} {place}" if cut else place


def _beside_number(head: Head) -> Found | None:
    """Return the date that the headline of a copy puts beside the document's own number."""
    if not head.headline:
        return None
    own = NUMBER.search(head.headline)
    for paragraph in head.own[:_OPENING] if own else ():
        words = head.words(paragraph)
        at = words.find(own[0]) if own else -1
        found = BESIDE.match(words, at + len(own[0])) if own and at >= 0 else None
        if found:
            value = iso_date(found["day"], found["month"], found["year"])
            return Found(value, paragraph.start + found.start("day"), paragraph.start + found.end())
    return None


def _dated(found: re.Match[str], month: str, offset: int) -> tuple[Found, str | None]:
    value = iso_date(found["day"], month, found["year"])
    return Found(value, offset + found.start("date"), offset + found.end()), _place(found["place"] or found["bare"])


def _foot_date(head: Head) -> tuple[Found | None, str | None]:
    """Return the date a law says it was passed on, or the one beside a consolidated text's signature."""
    own = head.own
    for paragraph in reversed(own[-_FOOT_REACH:]):
        passed = _PASSED.search(head.words(paragraph))
        if passed:
            value = iso_date(passed[1], passed[2], passed[3])
            return Found(value, paragraph.start + passed.start(1), paragraph.start + passed.end()), None
    return beside_foot_number(head)


def beside_foot_number(head: Head) -> tuple[Found | None, str | None]:
    """Return date and place that stand beside the number at a consolidated text's foot."""
    number = foot_number(head)
    for paragraph in _to_the_foot(head) if number else ():
        if number is None or abs(paragraph.start - number.start) > _FOOT_WIDTH:
            continue
        found = PLACE_DATE.match(head.words(paragraph))
        if found:
            return _dated(found, found["month"], paragraph.start)
    return None, None


def iso_date(day: str, month: str, year: str) -> str:
    """Return a date as precise as its readable parts: "2025-05-14", "2025-05", "2025"."""
    d, m = re.sub(r"\D", "", day), re.sub(r"\D", "", month)
    if not m or not 1 <= int(m) <= 12:
        return year
    if not d or re.search(r"[^\d .…_]", day) or not 1 <= int(d) <= 31:
        return f"{year}-{int(m):02d}"
    return f"{year}-{int(m):02d}-{int(d):02d}"


def _place(words: str | None) -> str | None:
    if not words:
        return None
    numbers = list(NUMBER.finditer(words))
    if numbers:
        words = words[numbers[-1].end() :]
    words = words.strip(" ,.*_-|")
    found = PLACE.search(words) or (PLACE.search(words.title()) if words[:1].isupper() else None)  # "Hà nội"
    if found is None:
        return None
    return re.sub(r"^(?:(?:TP|Tp|T\.P)[. ]+|thành phố (?=Hồ Chí Minh|Huế))", "Thành phố ", found[0].strip())
