"""The header record: what a document's head and foot say of it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.agencies import AgencyKnowledge, by_code, canonical_name, issuer_name
from vnlegal.knowledge.agency_places import full_name
from vnlegal.segment.front import Facts, mend_month, mend_serial, title_facts
from vnlegal.segment.letter import PLACE_DATE, PartDraft, is_headline, is_name
from vnlegal.segment.model import HeaderDraft
from vnlegal.segment.paragraphs import Paragraph
from vnlegal.text import LOWER, UPPER, fold

_NUMBER = re.compile(
    r"(?:^|(?<=[\s:;,(|]))(?P<serial>\d{1,6}[a-zđ]?(?:\.\d{1,3})?) ?(?:/ ?(?P<year>(?:19|20)\d{2}) ?)?(?P<sep>[/-]) ?"
    r"(?P<symbol>[A-ZĐ]{2}[A-ZĐa-zđ0-9&]*(?: ?[-/–] ?[A-ZĐ]{2}[A-ZĐa-zđ0-9&]*)*)"
)
_LOST_SLASH = re.compile(r"(?<!\d)(?P<serial>\d{1,6}) (?P<symbol>[A-ZĐ]{2,10}-[A-ZĐ]{2,10})(?![\w-])")
_PANEL = re.compile(r"^(Số hiệu|Loại văn bản|Nơi ban hành|Ngày ban hành): *\n(.+)$", re.MULTILINE)
_MISREAD = re.compile(
    r"[Ss]ố ?[:;]? ?(?P<serial>[^\s/]{1,6}) ?(?P<sep>/) ?(?P<symbol>[A-ZĐ]{2,10}-[A-ZĐ]{2,10})(?![\w-])"
)
_SUBJECT = re.compile(r"\bV[/W]v:? ?|\b[Vv][Vv]: ", re.IGNORECASE)
_MOTTO = re.compile(r"c[oộ]ng\s*h\W*[oòóôa]\W*[aà]?\s*x|doc lap|dang cong san|cong hoa xa hoi", re.IGNORECASE)
_AMENDED_BY = re.compile(r"được sửa đổi, bổ sung(?: một số điều)? (?:bởi|theo) ?:?$")
_KEYS = {
    "so hieu": "so hieu", "so ky hieu": "so hieu", "loai van ban": "loai van ban", "ngay ban hanh": "ngay ban hanh",
    "co quan ban hanh": "noi ban hanh", "noi ban hanh": "noi ban hanh", "trich yeu": "trich yeu",
}  # fmt: skip
_PROMULGATES = re.compile(
    r"(?P<who>.{4,90}?) ban hành (?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định)[ .]"
)
_YEAR = re.compile(r"n[ăa]m ?((?:19|20)\d{2})")
_BEFORE_DATE = re.compile(r"([^,]{3,60}), ?ng")
_PASSED = re.compile(r"thông qua (?:ngày|vào ngày) (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_TITLE_LEAD = re.compile(r"(?:[Vv]ề việc|VỀ VIỆC|[Vv]/v)\W+")
_BY = re.compile(r"^(?:CỦA|của) .{3,90}? (?=(?:VỀ|Về|về) )")
_ITEM = re.compile(r"^[-+*•–\d.)]{1,3} *")
_LABEL = re.compile(r"^[^:]{2,40}: *")
_STAMP = re.compile(r"\(?(?:đã ký|ký, ghi rõ|dấu của)", re.IGNORECASE)
_PLACE = re.compile(
    rf"(?<!\w)(?:(?:TP|Tp|T\.P)[. ]+|[Tt]hành phố |[Tt]ỉnh )?(?:[{UPPER}][{LOWER}]+[ -]?(?:- )?){{1,5}}$"
)
_LONGEST_HEAD = 600
_FOOT_REACH = 40
_FOOT_WIDTH = 300


class Found(NamedTuple):
    """A field's value and where its words stand in the flow."""

    value: str
    start: int
    end: int


class HeaderReader:
    """Reads the header of one document from its paragraphs."""

    def __init__(
        self, text: str, paragraphs: list[Paragraph], part: PartDraft, knowledge: Knowledge, front: str
    ) -> None:
        self.text = text
        self.facts: list[Facts] = title_facts(front)
        self.panel = {fold(m[1]): m[2] for m in _PANEL.finditer(front)}
        self.paragraphs = paragraphs
        self.part = part
        self.knowledge = knowledge
        self.head = self._zone("letterhead")
        self.title = self._titles()

    def _zone(self, kind: str) -> list[Paragraph]:
        zone = next((z for z in self.part.zones if z.kind == kind), None)
        return self.paragraphs[zone.first : zone.last] if zone else []

    def _titles(self) -> list[Paragraph]:
        inside = next((z for z in self.part.zones if z.kind == "letterhead"), None)
        for zone in self.part.zones:
            if zone.kind == "title" and not (inside and inside.first <= zone.first < inside.last):
                return self.paragraphs[zone.first : zone.last]
        return []

    def words(self, paragraph: Paragraph) -> str:
        """Return a paragraph's words."""
        return self.text[paragraph.start : paragraph.end]

    def read(self) -> HeaderDraft:
        """Return the header."""
        self.panel = {**self._facts(), **self.panel} if not self.head else self.panel
        number = self.number() or self._foot_number()
        date, place = self.date()
        kind = self.kind(number)
        subject = self.subject(kind)
        issuer = self.issuer(number, date.value if date else None)
        number = self._from_headline(number)
        if self.panel and not (self.head and number):
            number, date, kind, issuer = self._from_panel(number, date, kind, issuer)
        addressed = self.recipients()
        title, name = self.signer()
        return HeaderDraft(
            kind=kind,
            number=number.value if number else None,
            number_span=(number.start, number.end) if number and number.end > number.start else None,
            date=date.value if date else None,
            date_span=(date.start, date.end) if date and date.end > date.start else None,
            place=place,
            issuer=issuer.value if issuer else None,
            issuer_span=(issuer.start, issuer.end) if issuer and issuer.end > issuer.start else None,
            subject=subject.value if subject else None,
            subject_span=(subject.start, subject.end) if subject and subject.end > subject.start else None,
            urgency=self.grade("urgency"),
            secrecy=self.grade("secrecy"),
            recipients=tuple(f.value for f in addressed),
            recipient_spans=tuple((f.start, f.end) for f in addressed),
            copies=tuple(f.value for f in self.items(self._zone("recipients"))),
            signer_name=name,
            signer_title=title,
        )

    def _facts(self) -> dict[str, str]:
        """Return the table of facts that some copies put above the text: heading cell → the cell beside it."""
        cells = [p for p in self.paragraphs[self.part.first : self.part.first + 60] if p.source == "cell"]
        facts: dict[str, str] = {}
        for left, right in pairwise(cells):
            key = _KEYS.get(fold(self.words(left)).strip(" :"))
            if key and left.row == right.row and left.owner == right.owner:
                facts.setdefault(key, self.words(right))
        return facts

    def _headline(self) -> str:
        """Return a first line that is kind and number of the document ("Kết luận số 69-KL/TW"), "" without."""
        first = self.words(self.paragraphs[self.part.first]) if self.part.first < len(self.paragraphs) else ""
        return first if not self.head and len(first) < 300 and is_headline(first, self.knowledge.structure) else ""

    def _from_headline(self, number: Found | None) -> Found | None:
        headline = self._headline()
        found = _NUMBER.search(headline) if number is None and headline else None
        return self._as_number(found, self.paragraphs[self.part.first].start) if found else number

    def _from_panel(
        self, number: Found | None, date: Found | None, kind: str | None, issuer: Found | None
    ) -> tuple[Found | None, Found | None, str | None, Found | None]:
        """Fill what a text without letterhead lacks from the table of facts that the web page puts above it."""
        panel = self.panel
        if number is None and (found := _NUMBER.match(panel.get("so hieu", ""))):
            number = self._as_number(found, 0)._replace(start=0, end=0)
        if date is None and (day := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", panel.get("ngay ban hanh", ""))):
            date = Found(iso_date(*day.groups()), 0, 0)
        named = canonical_name(panel.get("noi ban hanh", ""), self.knowledge.agencies)
        kind = self._kind_of_title(panel.get("loai van ban", "")) or kind
        return number, date, kind, issuer or (Found(named[0], 0, 0) if named else None)

    # Number, date, place ---------------------------------------------------------------------------------------

    def number(self) -> Found | None:
        """Return the number in the letterhead; None where it is missing or its serial is still blank."""
        for paragraph in self.head:
            if paragraph.role == "subject":
                continue
            words = self.words(paragraph)
            subject = _SUBJECT.search(words)
            limit = subject.start() if subject else len(words)
            found = _NUMBER.search(words, 0, limit) or _LOST_SLASH.search(words, 0, limit)
            if found:
                return self._mended(self._as_number(found, paragraph.start), found["serial"])
            found = _MISREAD.search(words, 0, limit) if self.facts else None
            if found:
                number = self._as_number(found, paragraph.start)
                mended = self._mended(number, found["serial"])
                return None if mended is number else mended
        return None

    def _mended(self, number: Found, serial: str) -> Found:
        """Return `number` with the serial that the title above a scanned text gives it."""
        if not self.facts:
            return number
        year = next((m[1] for p in self.head if (m := _YEAR.search(self.words(p)))), None)
        date, _ = self.date()
        better = mend_serial(serial, year, date.value if date else None, self.facts)
        return (
            number
            if better is None or better == serial
            else number._replace(value=better + number.value[len(serial) :])
        )

    def _foot_number(self) -> Found | None:
        """Return the number that a consolidated text carries at its foot."""
        for paragraph in self.paragraphs[self.part.first : self.part.last]:
            words = self.words(paragraph) if paragraph.role == "number" else ""
            if "VBHN" in words:
                found = _NUMBER.search(words)
                if found:
                    return self._as_number(found, paragraph.start)
        return None

    def _as_number(self, found: re.Match[str], offset: int) -> Found:
        symbol = re.sub(r" ?([-/–]) ?", lambda m: m[1].replace("–", "-"), found["symbol"])
        kind, dash, rest = symbol.partition("-")
        symbols = {s for row in self.knowledge.documents.types for s in row.state_symbols}
        if dash and kind not in symbols:
            kind = next((s for s in symbols if fold(s) == fold(kind) and "Đ" in s), kind)
            symbol = kind + dash + rest
        fields = found.groupdict()
        year = f"/{fields['year']}" if fields.get("year") else ""
        value = f"{found['serial']}{year}{fields.get('sep') or '/'}{symbol}"
        return Found(value, offset + found.start(), offset + found.end())

    def date(self) -> tuple[Found | None, str | None]:
        """Return the date of the letterhead as precise as it is written, and the place before it."""
        for paragraph in self.head:
            found = PLACE_DATE.search(self.words(paragraph)[:_LONGEST_HEAD])
            if found:
                month = found["month"]
                if self.facts and re.fullmatch(r" ?\d+ ?", month) and int(month) > 12:
                    month = str(mend_month(found["day"], found["year"], self.facts) or month)
                value = iso_date(found["day"], month, found["year"])
                place = _place(found["place"] or found["bare"])
                return Found(value, paragraph.start + found.start("date"), paragraph.start + found.end()), place
        for paragraph in self.head:
            words = self.words(paragraph)
            found = _YEAR.search(words)
            if found and paragraph.role not in ("subject",) and re.search(r"th[aá]ng", words):
                before = _BEFORE_DATE.search(words)
                place = _place(before[1]) if before else None
                return Found(found[1], paragraph.start + found.start(1), paragraph.start + found.end(1)), place
        return self._foot_date()

    def _foot_date(self) -> tuple[Found | None, str | None]:
        """Return the date a law says it was passed on, or the one beside a consolidated text's signature."""
        for paragraph in reversed(self.paragraphs[max(self.part.first, self.part.last - _FOOT_REACH) : self.part.last]):
            words = self.words(paragraph)
            passed = _PASSED.search(words)
            if passed:
                value = iso_date(passed[1], passed[2], passed[3])
                return Found(value, paragraph.start + passed.start(1), paragraph.start + passed.end()), None
        number = self._foot_number()
        for paragraph in self.paragraphs[self.part.first : self.part.last] if number else ():
            if abs(paragraph.start - number.start) > _FOOT_WIDTH:  # type: ignore[union-attr]
                continue
            found = PLACE_DATE.match(self.words(paragraph))
            if found:
                value = iso_date(found["day"], found["month"], found["year"])
                place = _place(found["place"] or found["bare"])
                return Found(value, paragraph.start + found.start("date"), paragraph.start + found.end()), place
        return None, None

    # Kind and subject ------------------------------------------------------------------------------------------

    def kind(self, number: Found | None) -> str | None:
        """Return the key of the document's kind: of its title, else of its number's symbol; a letter has neither."""
        by_symbol = self._kind_of_symbol(number.value) if number else None
        if by_symbol == "van_ban_hop_nhat" or self._is_consolidated():
            return "van_ban_hop_nhat"
        for paragraph in self.title[:1]:
            by_title = self._kind_of_title(self.words(paragraph))
            if by_title:
                return by_title
        if by_symbol:
            return by_symbol
        if number and re.search(r"/QH\d+$", number.value):
            return "luat"
        headline = self._headline()
        if headline:
            return self._kind_of_title(headline)
        if number or any(p.role == "subject" for p in self.head) or self._zone("kinh_gui"):
            return "cong_van"
        return None

    def _is_consolidated(self) -> bool:
        """Whether the text says below its title what its own document was amended by, as consolidated texts do."""
        after = [z.last for z in self.part.zones if z.kind == "title"]
        first = after[0] if after else self.part.first
        return bool(self.title) and any(
            _AMENDED_BY.search(self.words(p)[-60:]) for p in self.paragraphs[first : first + 3] if p.source == "text"
        )

    def _kind_of_title(self, words: str) -> str | None:
        folded = fold(words)
        best = ("", "")
        for row in self.knowledge.documents.types:
            for name in (row.name, *row.words):
                plain = fold(name)
                glued = words[: len(plain) + 1].isupper() or words[: len(plain)].isupper()
                if (
                    len(plain) > len(best[0])
                    and folded.startswith(plain)
                    and (glued or not folded[len(plain) : len(plain) + 1].isalpha())
                ):
                    best = (plain, row.key)
        return best[1] or None

    def _kind_of_symbol(self, number: str) -> str | None:
        symbol = next((p for p in re.split(r"[/-]", number)[1:] if not p.isdigit()), "")
        party = re.match(r"\d+[a-zđ]?-", number) is not None
        for row in self.knowledge.documents.types:
            if symbol in (row.party_symbols if party else row.state_symbols):
                return row.key
        return None

    def subject(self, kind: str | None) -> Found | None:
        """Return what the document is about: the words after V/v, or the title below its kind."""
        found = self._title_subject() or self._letter_subject()
        if found is None and "trich yeu" in self.panel:
            return Found(self.panel["trich yeu"], 0, 0)
        headline = self._headline() if found is None else ""
        number = _NUMBER.search(headline)
        if number and len(headline) - number.end() > 12:
            start = self.paragraphs[self.part.first].start
            return Found(headline[number.end() :].strip(" .,:;-"), start + number.end(), start + len(headline))
        return found

    def _title_subject(self) -> Found | None:
        if not self.title:
            return None
        first = self.title[0]
        rest = [p for p in self.title[1:] if p.role != "attached"]
        start = first.start + self._type_length(self.words(first))
        if start < first.end and not (rest and fold(self.text[start : first.end]).strip().startswith("cua ")):
            rest = [first._replace(start=start), *rest]
        if not rest:
            return None
        words = " ".join(self.words(p).strip() for p in rest)
        words = _BY.sub("", words)
        return Found(words.strip(" :-–.*"), rest[0].start, rest[-1].end) if words.strip() else None

    def _type_length(self, words: str) -> int:
        size = self.knowledge.structure.type_length(words)
        return size + len(words[size:]) - len(words[size:].lstrip(" :-–.*0123456789"))

    def _letter_subject(self) -> Found | None:
        for n, paragraph in enumerate(self.head):
            found = _SUBJECT.search(self.words(paragraph))
            if not found:
                continue
            start = paragraph.start + found.end()
            end = paragraph.end
            date = PLACE_DATE.search(self.text, start, min(end, start + _LONGEST_HEAD))
            if date and date["place"]:
                end = date.start("place")
            elif date:
                end = date.start()
            words = [self.text[start:end].strip()]
            for following in self._after_subject(n):
                words.append(self.words(following).strip())
                end = following.end
            return Found(" ".join(words).strip(" ;,.*"), start, end)
        return None

    def _after_subject(self, n: int) -> list[Paragraph]:
        """Return the paragraphs that go on a subject set in a narrow column, one line each."""
        follow: list[Paragraph] = []
        here = self.paragraphs.index(self.head[n])
        for paragraph in self.paragraphs[here + 1 : min(here + 8, self.part.last)]:
            words = self.words(paragraph)
            short = len(words) < 60 and (words[0].islower() or paragraph not in self.head)
            dangling = self.text[paragraph.start - 3 : paragraph.start - 1] == "số"
            if paragraph.role or paragraph.marker or not short or PLACE_DATE.search(words):
                break
            if _NUMBER.search(words) and not dangling:
                break
            if _LABEL.match(words) or (words.isupper() and len(words) > 12):
                break
            follow.append(paragraph)
            if words.endswith("."):
                break
        return follow

    def grade(self, kind: str) -> str | None:
        """Return the degree of urgency or secrecy stamped on the head."""
        pattern = getattr(self.knowledge.structure, kind)
        for paragraph in self.paragraphs[self.part.first : self.part.first + 14]:
            words = self.words(paragraph)
            if len(words) < 30 and (found := pattern.match(fold(words.strip(" .*")))):
                return words.strip(" .*")[found.start(1) : found.end(1)].upper()
        return None

    # Issuer ----------------------------------------------------------------------------------------------------

    def issuer(self, number: Found | None, date: str | None) -> Found | None:
        """Return who issues the document: by the letterhead, by its title, else by its number's symbol."""
        lines: list[str] = []
        start = end = 0
        for paragraph in self.head:
            words = self._before_motto(paragraph)
            if words:
                if not lines:
                    start = paragraph.start
                end = paragraph.start + len(words)
                lines.append(words)
        agencies = self.knowledge.agencies
        named = issuer_name(lines, agencies, date) if lines else None
        coded = self._issuer_of_symbol(number.value, date) if number else None
        if named and named[0].startswith("Ban Chấp hành Trung ương"):
            title = " ".join(self.words(p) for p in self.title[:3])
            signed = re.search(r"BỘ CHÍNH TRỊ(?:, BAN BÍ THƯ)?|BAN BÍ THƯ", title)
            if signed:
                value = {"BỘ CHÍNH TRỊ": "Bộ Chính trị", "BAN BÍ THƯ": "Ban Bí thư"}.get(
                    signed[0], "Bộ Chính trị, Ban Bí thư"
                )
                return Found(value, start, end)
        if named and not (coded and self._is_superior(named[0], number, coded)):
            return Found(named[0], start, end)
        if coded:
            return Found(coded, 0, 0)
        return Found(named[0], start, end) if named else self._promulgator(date)

    def _promulgator(self, date: str | None) -> Found | None:
        """Return who says that he issues the document, below its bases: "Bộ trưởng Bộ Y tế ban hành Thông tư …"."""
        zones = [z for z in self.part.zones if z.kind in ("bases", "title")]
        for zone in zones:
            for paragraph in self.paragraphs[zone.last : zone.last + 3]:
                found = _PROMULGATES.match(self.words(paragraph))
                if found:
                    who = re.sub(r"^(?:Bộ trưởng|Thống đốc|Chủ nhiệm|Tổng Kiểm toán|Tổng Thanh tra) ", "", found["who"])
                    named = canonical_name(who, self.knowledge.agencies, date)
                    return Found(named[0], paragraph.start, paragraph.start + found.end("who")) if named else None
        return None

    def _before_motto(self, paragraph: Paragraph) -> str:
        """Return the part of a letterhead paragraph that can name the issuer, "" where there is none."""
        words = self.words(paragraph)
        if paragraph.role in ("number", "subject", "basis"):
            return ""
        cut = _MOTTO.search(fold(words))
        if cut:
            words = words[: cut.start()]
        date = PLACE_DATE.search(words)
        if date:
            words = words[: date.start()]
        number = _NUMBER.search(words)
        if number:
            words = words[: number.start()]
        words = words.strip(" _-–*|.:")
        words = _places(self.knowledge.agencies).get(fold(words), words)
        return words if len(words) > 3 and not words.lower().startswith("số") else ""

    def _issuer_of_symbol(self, number: str, date: str | None) -> str | None:
        """Return the body whose code the number carries: after the type in decisions, first in letters."""
        pieces = [p for p in re.split(r"[/-]", number)[1:] if not p.isdigit()]
        types = {s for row in self.knowledge.documents.types for s in (*row.state_symbols, *row.party_symbols)}
        codes = [re.sub(r"\d+$", "", p) for p in pieces if p not in types]
        for code in codes[:1]:
            if code == "QH":
                return "Quốc hội"
            row = by_code(code, self.knowledge.agencies, date)
            if row is not None:
                return row.name
            issuer = next((i.name for i in self.knowledge.documents.issuers if i.code == code), None)
            if issuer:
                return issuer
        return None

    def _is_superior(self, named: str, number: Found | None, coded: str) -> bool:
        """Whether the letterhead's name is only the superior body, the issuer's own line being unreadable."""
        return (
            fold(named) != fold(coded)
            and named.startswith(("Bộ ", "Chính phủ"))
            and coded.startswith(("Tổng cục", "Cục ", "Văn phòng", "Thủ tướng"))
        )

    # Addressees and signature ----------------------------------------------------------------------------------

    def recipients(self) -> list[Found]:
        """Return the addressees, one a row."""
        return self.items(self._zone("kinh_gui"))

    def items(self, paragraphs: list[Paragraph]) -> list[Found]:
        """Return the entries of a list of addressees or recipients with their places."""
        found: list[Found] = []
        for n, paragraph in enumerate(paragraphs):
            words = self.words(paragraph)
            lead = _LABEL.match(words) if paragraph.role in ("addressees", "recipients") or n == 0 else None
            if n == 0 and lead is None:
                lead = re.match(r"[^:]*:?$|(?:Kính gửi|Nơi nhận):? *", words)
            at = lead.end() if lead else 0
            for piece in re.finditer(r"[^;]+", words[at:]):
                entry = piece[0]
                bare = entry.strip()
                bare = bare[_ITEM.match(bare).end() :] if _ITEM.match(bare) else bare  # type: ignore[union-attr]
                bare = bare.strip(" .,;*")
                if bare:
                    start = paragraph.start + at + piece.start() + entry.index(bare)
                    found.append(Found(bare, start, start + len(bare)))
        return found

    def signer(self) -> tuple[str | None, str | None]:
        """Return the signer's title with its capacity, and name."""
        zones = [z for z in self.part.zones if z.kind == "signature"]
        if not zones:
            return None, None
        zone = zones[0]
        titles: list[str] = []
        name = None
        for paragraph in self.paragraphs[zone.first : zone.last]:
            words = self.words(paragraph).strip(" *.,")
            if _STAMP.match(words):
                continue
            if is_name(words) and not words.isupper():
                name = words
            elif name is None and words:
                titles.extend(
                    re.split(r"(?<=[^ ,-]) (?=PHÓ |THỨ TRƯỞNG)", words) if words.startswith("KT") else [words]
                )
        if name is None and titles:
            name = _name_at_end(titles)
        return " - ".join(titles) or None, name


@lru_cache(maxsize=4)
def _places(agencies: AgencyKnowledge) -> dict[str, str]:
    """Return the provinces by their names without diacritics, as a bad scan writes them."""
    return {fold(full_name(row)): full_name(row).upper() for row in agencies.provinces}


def _name_at_end(titles: list[str]) -> str | None:
    """Take the name off the end of the last line where title and name stand on one line."""
    found = re.match(rf"(?P<title>.*[{UPPER}]{{2,}}) (?P<name>(?:[{UPPER}][{LOWER}]+ ?){{2,5}})$", titles[-1])
    if found is None:
        return None
    titles[-1] = found["title"]
    return found["name"].strip()


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
    numbers = list(_NUMBER.finditer(words))
    if numbers:
        words = words[numbers[-1].end() :]
    found = _PLACE.search(words.strip(" ,.*_-|"))
    if found is None:
        return None
    return re.sub(r"^(?:(?:TP|Tp|T\.P)[. ]+|thành phố (?=Hồ Chí Minh|Huế))", "Thành phố ", found[0].strip())


def read_header(
    text: str, paragraphs: list[Paragraph], part: PartDraft, knowledge: Knowledge, *, front: str = ""
) -> HeaderDraft:
    """Return the header of one document. An annex has none of its own.

    `front`: what stands above the document and is no part of it: a converter's front matter, a web page's facts.
    """
    if part.annex:
        return HeaderDraft()
    return HeaderReader(text, paragraphs, part, knowledge, front).read()
