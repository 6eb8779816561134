"""The grammar of agency names: reads the longest name, title or local body that begins at a place in a text.

All methods take the text and its lower-case twin of the same length. Group words live in `agency_groups`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vnlegal.knowledge.agency_places import Places
from vnlegal.knowledge.agency_rows import (
    AgencyRow,
    CommitteeRow,
    CountryRow,
    LocalRow,
    OrganRow,
    SectorRow,
    TitleRow,
    UnitRow,
)
from vnlegal.knowledge.spelling import Names, key

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_ACRONYM = re.compile(rf"[ ]\(([{UPPER}][\w&.-]{{1,14}})\)")
_WORD = re.compile(r"[ ](?P<dash>[-–][ ])?(?P<word>[^\W\d_][\w]*)")
_SURNAME = (
    "Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Tô|Đào|Đinh|Mai|Trương|Lương|Hà|Cao|Tạ|"
    "Thái|Châu|Đoàn|Lâm|Quách|Tống|Tăng|Kiều|Vương|Trịnh|Lưu|La|Phùng|Thân|Nông|Triệu|Hầu|Lò|Chu|Văn|Tòng|Giàng|Điểu|"
    "Đàm|Thạch|Sơn|Từ|Ma|Lại|Doãn|Khuất|Nghiêm|Hứa|Cù|Ông|Mạc|Bạch|Âu|Viên|Vi|Lữ|Đồng|Tiêu|Phí|Thiều|Ninh|Quàng"
)
PERSON = re.compile(rf"(?:{_SURNAME})(?:[ ][{UPPER}][^\W\d_{UPPER}]+){{1,3}}(?!\w)")
_FOREIGNER = re.compile(r"[A-Z][a-z]+(?:[ ][A-Z][a-z]+){1,3}(?!\w)")


class Hit(NamedTuple):
    """What the grammar reads at a place. `own`: the level of the issuer's place to be put after the name.

    `own` is "?" where no place is said at all, "" where the name is whole; `group` marks bodies in the plural.
    """

    start: int
    end: int
    name: str
    kind: str
    rule: str
    own: str = ""
    group: bool = False


class Grammar:
    """The compiled names and rules. Built once from the rows of the knowledge files."""

    def __init__(
        self,
        agencies: Sequence[AgencyRow],
        places: Places,
        *,
        sectors: Sequence[SectorRow],
        locals_: Sequence[LocalRow],
        committees: Sequence[CommitteeRow],
        organs: Sequence[OrganRow],
        units: Sequence[UnitRow],
        titles: Sequence[TitleRow],
        countries: Sequence[CountryRow],
        name_words: Sequence[str],
    ) -> None:
        """Compile the rows."""
        self.places = places
        living = sorted(agencies, key=lambda row: row.valid_to or "9999", reverse=True)
        long = [(name, row) for row in living for name in (row.name, *row.aliases) if not is_abbreviation(name)]
        ministries = [row for row in living if row.name.startswith("Bộ ") and row.kind == "ministry"]
        shorts = [("Bộ", row.name[3:], row) for row in ministries]
        self._names = Names([*long, *((f"Bộ {s.name}", r) for s in sectors for r in ministries if r.name == f"Bộ {s.name}")], shorts)
        self.abbreviations = {name: row for row in reversed(living) for name in (row.name, *row.aliases) if is_abbreviation(name)}
        self._sector_names = Names([(row.name[3:], row) for row in ministries], [("", row.name[3:], row) for row in ministries])
        so = [row for row in sectors if row.so]
        departments = {row.name: LocalRow(name=f"Sở {row.name}", kind="department", example=row.example) for row in so}
        local = [(name, row) for row in locals_ for name in (row.name, *row.aliases)]
        local += [(f"Sở {row.name}", departments[row.name]) for row in so]
        self._locals = Names(local, [("Sở", row.name, departments[row.name]) for row in so])
        self._so_names = Names([(row.name, departments[row.name]) for row in so])
        self._committees = Names([(name, row) for row in committees for name in (row.name, *row.aliases) if len(name) > 3])
        self._organs = Names([(name, row) for row in organs for name in (row.name, *row.aliases)])
        self._heads = Names([(name, row) for row in units for name in (row.head, *row.aliases)])
        self._fields = {
            row.head: Names([*((name, name) for name in row.names), *((name, name) for name in row.short)])
            for row in units
        }
        self._titles = Names([(name, row) for row in titles for name in (row.name, *row.aliases)])
        self._countries = Names([(name, row) for row in countries for name in (row.name, *row.aliases)])
        self._lower = frozenset(word for phrase in name_words for word in phrase.split())
        self._lower_phrases = Names([(phrase, phrase) for phrase in name_words])
        parts = (self._names, self._locals, self._committees, self._organs, self._heads, self._titles)
        self.first_words = frozenset(word for names in parts for word in names.first_words)

    # ------------------------------------------------------------ what may begin at a place

    def at(self, text: str, low: str, start: int) -> Hit | None:
        """Return the longest reading that begins at `start`, None if nothing is named there."""
        title = self.title(text, low, start)
        body = self.body(text, low, start)
        if title is None or (body is not None and body.end >= title.end):
            return body
        return title

    def body(self, text: str, low: str, start: int) -> Hit | None:
        """Read a body (no title of a person) at `start`."""
        best: Hit | None = None
        for read in (self._named, self._local, self._committee, self._unit):
            hit = read(text, low, start)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
        return best

    def _named(self, text: str, low: str, start: int) -> Hit | None:
        found = self._names.find(low, start)
        if found is None:
            return None
        end, row = found
        if row.kind == "ministry":
            return self._ministry(text, low, start, end, row)
        return Hit(start, self._acronym(text, end), row.name, row.kind, "agency.name")

    def _ministry(self, text: str, low: str, start: int, end: int, row: AgencyRow) -> Hit:
        """Tell "Bộ Y tế Việt Nam" and "Bộ Y tế Liên bang Nga" from "Bộ Y tế"."""
        for tail in (" việt nam", " vn"):
            if low.startswith(tail, end) and not low[end + len(tail) : end + len(tail) + 1].isalnum():
                return Hit(start, end + len(tail), row.name, row.kind, "agency.name")
        country = self.country(text, low, end)
        if country is not None:
            return Hit(start, country[0], f"{row.name} {country[1].name}", "foreign", "agency.foreign")
        return Hit(start, self._acronym(text, end), row.name, row.kind, "agency.name")

    def country(self, text: str, low: str, end: int) -> tuple[int, CountryRow] | None:
        """Return (end, row) of the country named after the blank at `end`."""
        if text[end : end + 1] != " " or not text[end + 1 : end + 2].isupper():
            return None
        return self._countries.find(low, end + 1)

    def _acronym(self, text: str, end: int) -> int:
        match = _ACRONYM.match(text, end)
        return match.end() if match else end

    def _local(self, text: str, low: str, start: int) -> Hit | None:
        found = self._locals.find(low, start)
        if found is None:
            return None
        end, row = found
        place = self.places.after(text, low, end)
        if place is None:
            if row.needs_place:
                return None
            return Hit(start, end, row.name, row.kind, "agency.local", "?")
        if place.form == "many":
            return Hit(start, place.end, f"nhóm: {row.short or row.name} {place.name}", "group", "agency.local", group=True)
        if place.form == "own":
            return Hit(start, place.end, row.name, row.kind, "agency.local", place.name)
        return Hit(start, place.end, f"{row.name} {place.name}", row.kind, "agency.local")

    def _committee(self, text: str, low: str, start: int) -> Hit | None:
        at, prefix = start, ""
        organ = self._organs.find(low, start)
        if organ is not None and text[organ[0] : organ[0] + 1] in (" ", "\n"):
            at, prefix = organ[0] + 1, f"{organ[1].name} "
        found = self._committees.find(low, at)
        if found is None:
            return None
        end, row = found
        place = self.places.after(text, low, end)
        if place is None or place.form == "many":
            return Hit(start, end, f"{prefix}{row.name}", "party", "agency.committee", row.level)
        if place.form == "own":
            return Hit(start, place.end, f"{prefix}{row.name}", "party", "agency.committee", row.level)
        name = place.name.removeprefix(f"{row.level} ")
        name = name.removeprefix("Thành phố ") if name != "Thành phố Hồ Chí Minh" else name
        return Hit(start, place.end, f"{prefix}{row.name} {name}", "party", "agency.committee")

    # ------------------------------------------------------------ units named by head and field

    def _unit(self, text: str, low: str, start: int) -> Hit | None:
        head = self._heads.find(low, start)
        if head is None:
            return None
        at, row = head
        if text[at : at + 1] not in (" ", "\n"):
            return None
        caps = text[start:at].isupper()
        fields = self._fields[row.head]
        known = fields.find(low, at + 1)
        if known is not None and not (text[at + 1].isupper() or text[at + 1].isdigit() or row.head == "Trung tâm"):
            known = None
        end = known[0] if known is not None else -1
        rule = "agency.unit"
        if row.open and text[at] == " ":
            opened = self._open_end(text, low, at, row)
            if opened > end and (known is None or text[end : end + 1] == " "):
                end, rule, known = opened, "agency.open", None
        if end < 0:
            return None
        if caps and rule == "agency.open":
            return None
        field = known[1] if known is not None else " ".join(text[at:end].split())
        name = f"{row.head if known is not None else ' '.join(text[start:at].split())} {field}"
        end = self._acronym(text, end)
        if row.place:
            place = self.places.after(text, low, end)
            if place is not None and place.form == "named":
                return Hit(start, place.end, f"{name} {place.name}", row.kind, rule)
            if place is not None and place.form == "own":
                return Hit(start, place.end, name, row.kind, rule, place.name)
            if place is not None:
                return Hit(start, place.end, f"nhóm: {name} {place.name}", "group", rule, group=True)
        return Hit(start, end, name, row.kind, rule)

    def _open_end(self, text: str, low: str, at: int, row: UnitRow) -> int:
        """Return where an unknown name ends that begins after the head, -1 if none begins there."""
        end, words, capitals, position = -1, 0, 0, at
        while words < 14:
            match = _WORD.match(text, position)
            link = None
            if match is None:
                link = re.compile(r",[ ]|[ ]&[ ]").match(text, position)
                following = _WORD.match(text, link.end() - 1) if link else None
                if not (capitals and following and self._is_name_link(text, low, position, following)):
                    break
                match = following
            assert match is not None
            word = match["word"]
            begin = match.start("word")
            if word[0].isupper():
                if words and word.isupper() and len(word) > 5 and not text[at + 1 : at + 3].isupper():
                    break
                capitals += 1
                position = end = match.end()
                words += 1
                continue
            if row.capitals_only:
                break
            if word in ("và", "các", "về", "của") and words:
                after = _WORD.match(text, match.end())
                if word == "và" and after is not None and self._and_inside(text, low, match.end(), after, capitals):
                    position = match.end()
                    words += 1
                    continue
                break
            phrase = self._lower_phrases.find(low, begin)
            if phrase is None:
                if words == 0 and word == "các" and not row.needs_capital and row.kind == "association":
                    position, words = match.end(), 1
                    continue
                break
            if words == 0 and row.needs_capital:
                break
            if words == 0 and row.kind not in ("association",):
                break
            position = end = phrase[0]
            words += 1
        return end if capitals else -1

    def _is_name_link(self, text: str, low: str, position: int, following: re.Match[str]) -> bool:
        """Whether a comma stands inside a name: "Mỹ thuật, Nhiếp ảnh và Triển lãm"."""
        if not following["word"][0].isupper():
            return False
        if self._starts_body(text, low, following.start("word")):
            return False
        tail = text[following.end() : following.end() + 60]
        return re.match(r"[^.,;:()\n]{0,40}? và [" + UPPER + r"]", tail) is not None and not self._starts_body(
            text, low, following.end() + (re.search(" và ", tail) or re.search("^", tail)).end()  # type: ignore[union-attr]
        )

    def _and_inside(self, text: str, low: str, end: int, after: re.Match[str], capitals: int) -> bool:
        word = after["word"]
        if word[0].isupper():
            return not self._starts_body(text, low, end + 1)
        return self._lower_phrases.find(low, end + 1) is not None and capitals > 0

    def _starts_body(self, text: str, low: str, start: int) -> bool:
        word = re.match(r"\w+", low[start : start + 12])
        if word is None:
            return False
        return word[0] in {"bộ", "sở", "cục", "vụ", "ubnd", "hđnd", "ủy", "uỷ", "văn", "viện", "trung", "ban", "tổng", "chi", "công", "hội", "hiệp", "đảng", "các", "trường", "đại"} and (
            word[0] not in ("văn", "công", "trung", "tổng") or self.body(text, low, start) is not None
        )

    # ------------------------------------------------------------ titles of persons

    def title(self, text: str, low: str, start: int) -> Hit | None:
        """Read an office and what it belongs to: "Chủ tịch UBND tỉnh", "Bộ trưởng Bộ Công an"."""
        found = self._titles.find(low, start)
        if found is None:
            return None
        end, row = found
        at = end + 1 if text[end : end + 1] in (" ", "\n") else -1
        if at < 0:
            return None
        body = self.body(text, low, at) if text[at : at + 1].isupper() or low.startswith(("ubnd", "ủy ban"), at) else None
        if body is not None and body.kind != "person_title":
            if body.group:
                return Hit(start, body.end, f"nhóm: {row.name.lower()} {body.name.removeprefix('nhóm: ')}", "person_title", "agency.title", group=True)
            name = body.name if not row.office or not body.name.startswith(row.office) else body.name.removeprefix(row.office)
            return Hit(start, body.end, f"{row.name} {name}", "person_title", "agency.title", body.own)
        if row.name in ("Bộ trưởng", "Thứ trưởng"):
            sector = self._sector_names.find(low, at) if text[at].isupper() else None
            if sector is not None:
                country = self.country(text, low, sector[0])
                name = f"{row.name} {sector[1].name}" + (f" {country[1].name}" if country else "")
                return Hit(start, country[0] if country else sector[0], name, "person_title", "agency.title")
        return None

    def bare_title(self, low: str, start: int) -> tuple[int, TitleRow] | None:
        """Return (end, row) of the office named at `start`, whatever follows."""
        return self._titles.find(low, start)

    def sector(self, low: str, start: int) -> tuple[int, AgencyRow] | None:
        """Return (end, ministry) of a ministry named without "Bộ" ("Tài chính" in "các Bộ: Tài chính, Y tế")."""
        return self._sector_names.find(low, start)

    def so_sector(self, low: str, start: int) -> tuple[int, LocalRow] | None:
        """Return (end, department) of a Sở named without "Sở"."""
        return self._so_names.find(low, start)

    def named(self, name: str) -> AgencyRow | None:
        """Return the row of a full name or alias."""
        return self.abbreviations.get(name) or self._names.value(name)


def is_abbreviation(name: str) -> bool:
    """Whether a name is one token that only its capitals tell from a common word (BKHCN, TTgCP, Viettel)."""
    return " " not in name and key(name) != "" and name not in ("Đảng",)


def person(text: str, start: int) -> int:
    """Return where the personal name ends that begins at `start`, `start` if there is none."""
    match = PERSON.match(text, start)
    if match is None:
        match = _FOREIGNER.match(text, start)
    return match.end() if match else start
