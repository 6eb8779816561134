"""Dates and issuers that stand beside a mention: "ngày 13/4/2025 của Chính phủ", before it or after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from vnlegal.agencies import AgencyFound
from vnlegal.citations.lines import line_start

_DAY = (
    r"[nN](?:gày|GÀY) ?(?:"
    r"(?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>(?:19|20)\d\d)"
    r"|(?P<d2>\d{1,2}) ?(?:tháng|THÁNG) ?(?P<m2>\d{1,2}) ?,? ?(?:năm|NĂM|tháng) ?(?P<y2>(?:19|20)\d\d)"
    r"|[ .…_/]*(?:tháng|THÁNG) ?(?P<m3>\d{1,2}) (?:năm|NĂM) (?P<y3>(?:19|20)\d\d)"
    r"|[ .…_/]*(?:tháng|THÁNG)[ .…_/]*(?:năm|NĂM) (?P<y4>(?:19|20)\d\d)"
    r")(?!\d)"
)
_DATE = re.compile(_DAY)
_AFTER = re.compile(
    rf",? ?\(?(?:đề )?(?:đã )?(?:được )?(?:ban hành |ký |ký ban hành |BAN HÀNH )?(?:vào )?(?P<date>{_DAY})"
)
_YEAR = re.compile(r" (?P<date>(?:năm|NĂM) (?P<y>(?:19|20)\d\d))(?![-–/\d])(?! ?- ?\d)")
_BARE = re.compile(r" ?\(?(?P<date>(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d))(?![\d/])\)?")
_MONTH = re.compile(r",? (?P<date>tháng (?P<m>\d{1,2})(?:/| năm )(?P<y>(?:19|20)\d\d))(?!\d)")
_YEAR_AND_MONTH = len("2025-05")
_WORK = re.compile(r"(?:thực hiện|triển khai|thi hành|quán triệt|tổng kết|sơ kết)(?: các)? \Z", re.IGNORECASE)
_GOES_ON = re.compile(r" (?:của|về|quy định|phê duyệt|ban hành|hướng dẫn|sửa đổi)(?!\w)")
_OF = re.compile(r",? ?(?:của|CỦA|do) ")
_AND = re.compile(r",? và |, | [-–] ")
_GLUED = ("ngà", "của")
# "công văn số 12 ngày …, của Sở Y tế tại công văn số 86": the body of the next letter.
_ITS_OWN = (" tại công văn", " tại Công văn", " tại văn bản", " tại Văn bản", " tại tờ trình", " tại Tờ trình")
_NAME = re.compile(r"[^,;.()“”\"\n]{3,90}?(?=,? (?:ngày|NGÀY) \d)")
_PASSED = re.compile(rf" (?:đã )?được [^;.\n]{{5,140}}? (?:thông qua|ban hành)(?: vào)? (?P<date>{_DAY})")
_BEFORE = re.compile(
    rf"(?P<date>{_DAY}),? (?:[^.;:\n]{{0,170}}? )?"
    r"(?:ban hành|ký|có|gửi|tại|thông qua|phê duyệt|nhận được)[^.;:\n]{0,130}\Z"
)


# "từ ngày 01/7/2025 theo quy định tại Nghị định …": a day that bounds something else.
_BOUND = re.compile(r"(?:từ|đến|trước|sau|hết|quá|trong) (?:ngày )?\Z", re.IGNORECASE)
_OF_ANOTHER = re.compile(r" (?:theo|thì|phải|được thực hiện) ")


class Beside(NamedTuple):
    """The date and issuer beside a mention and where they end (the mention's own end where there are none)."""

    end: int
    date: str | None = None
    date_start: int = -1
    date_end: int = -1
    issuer: str | None = None


def of_number(text: str, span: tuple[int, int], bodies: Mapping[int, AgencyFound], year: str | None) -> Beside:
    """Read the date and issuer after a mention by number; `year` is the year inside the number, if it has one.

    A bare year or month is the document's where the number says so, where the mention opens its paragraph, or where
    the issuer or the title goes on from it; in "thực hiện Nghị quyết 57-NQ/TW năm 2025" it is the year of the work.
    """
    start, end = span
    near = beside(text, end, bodies)
    if near.date and year and near.date[:4] != year and text[end] == "," == text[near.date_end : near.date_end + 1]:
        return Beside(end)  # "theo Luật … số 38/2019/QH14, ngày 19/10/2020, Chính phủ ban hành …"
    if (
        near.date is None
        or len(near.date) > _YEAR_AND_MONTH
        or text.startswith(("ngày", "Ngày", "NGÀY"), near.date_start)
    ):
        return near
    if near.date[:4] == year:
        return near
    if year is None and not _WORK.search(text, max(0, start - 24), start):
        opens = start == 0 or text[start - 1] == "\n"
        if opens or near.end > near.date_end or _GOES_ON.match(text, near.date_end):
            return near
    return Beside(end)


def all_issuers(text: str, near: Beside, bodies: Mapping[int, AgencyFound]) -> Beside:
    """Return what stands beside a joint document with all the bodies named ("của Bộ A, Bộ B và Bộ C")."""
    while near.issuer is not None and (more := _AND.match(text, near.end)) is not None:
        body = bodies.get(more.end())
        if body is None or body.kind == "group":
            break
        near = near._replace(end=body.end, issuer=f"{near.issuer}, {body.canonical}")
    return near


def beside(text: str, end: int, bodies: Mapping[int, AgencyFound]) -> Beside:
    """Read the date and issuer after a mention that ends at `end`, in either order."""
    after = text[end : end + 3]
    if not after or (after[0] not in " ," and after not in _GLUED):
        return Beside(end)
    found = _dated(text, end)
    of = _OF.match(text, found.end)
    if of is None:
        return found
    body = bodies.get(of.end())
    if body is not None and of[0][0] == "," and text.startswith(_ITS_OWN, body.end):
        return found
    if body is not None:
        issuer: str | None = body.canonical
        close = body.end
    else:
        name = _NAME.match(text, of.end()) if found.date is None else None
        if name is None:
            return found
        issuer, close = None, name.end()
    if found.date is None:
        late = _dated(text, close)
        if late.date is not None:
            return late._replace(issuer=issuer)
        if body is None:
            return found
    return found._replace(end=close, issuer=issuer)


def _dated(text: str, end: int) -> Beside:
    match = _AFTER.match(text, end) or _MONTH.match(text, end) or _YEAR.match(text, end) or _BARE.match(text, end)
    if match is None:
        return Beside(end)
    date = iso(match)
    if date is None:
        return Beside(end)
    return Beside(match.end(), date, match.start("date"), match.end("date"))


def iso(match: re.Match[str]) -> str | None:
    """Return the ISO date of a match of the date pattern, as precise as the text; None for an impossible one."""
    got = match.groupdict()
    year = got.get("y") or got.get("y2") or got.get("y3") or got.get("y4")
    month = got.get("m") or got.get("m2") or got.get("m3")
    day = got.get("d") or got.get("d2")
    if (
        year is None
        or (month is not None and not 1 <= int(month) <= 12)
        or (day is not None and not 1 <= int(day) <= 31)
    ):
        return None
    return "-".join(x for x in (year, month and f"{int(month):02}", day and f"{int(day):02}") if x)


def passed(text: str, end: int) -> Beside:
    """Read when a law was passed: "Luật … được Quốc hội … thông qua ngày 25 tháng 12 năm 2001"."""
    if not text.startswith((" được ", " đã được "), end):
        return Beside(end)
    match = _PASSED.match(text, end)
    date = iso(match) if match is not None else None
    if match is None or date is None:
        return Beside(end)
    return Beside(match.end(), date, match.start("date"), match.end("date"))


def before(text: str, start: int, floor: int) -> Beside:
    """Read the date that opens the sentence before a mention: "Ngày 31/8/2020, Bộ Y tế ban hành …"."""
    low = max(floor, start - 260, line_start(text, start))
    window = text[low:start]
    if "gày " not in window:
        return Beside(start)
    dates = list(_DATE.finditer(window))
    if not dates:
        return Beside(start)
    match = dates[-1]
    whole = _BEFORE.match(window, match.start())
    date = iso(match)
    if whole is None or date is None or _BOUND.search(window, 0, match.start()) or _OF_ANOTHER.search(whole[0]):
        return Beside(start)
    return Beside(start, date, low + match.start(), low + match.end())
