"""Places as they follow a body's name: "tỉnh Đồng Tháp", "TP.HCM", "các xã, phường", a bare "Tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vnlegal.knowledge.agency_rows import ProvinceRow
from vnlegal.knowledge.spelling import Names

_LEVEL_NAMES = {
    "tp": "thành phố",
    "tx": "thị xã",
    "thị": "thị xã",
    "tt": "thị trấn",
}
# "các huyện, thị, thành phố": a bare "thị" only before a further level, so that "thị trường" is none.
_TOWN = r"thị(?=[ \n]?[,/–-][ \n]?(?:và[ \n])?(?:thành|tp)|[ \n](?:và[ \n])?thành[ \n]phố)"
_LEVEL = rf"(?:tỉnh|thành[ \n]phố|tp\.?|quận|huyện|thị[ \n]xã|tx\.|xã|phường|thị[ \n]trấn|đặc[ \n]khu|{_TOWN})"
_LINK = r"(?:(?:[ \n]?[,/–-][ \n]?(?:và[ \n])?|[ \n](?:và|hoặc)[ \n])(?:các[ \n])?|[ \n](?=thành[ \n]phố|huyện))"
_CENTRAL = r"(?:[ \n](?:trực[ \n])?thuộc[ \n](?:trung[ \n](?:ương|ưong)|t[wư]\b))"
_LEVEL_BEFORE = re.compile(r"(?:tỉnh|thành[ \n]phố)[ ]|tp\.?[ ]?")
_LEVELS = re.compile(
    rf"[ \n](?P<many>các[ \n]cấp\b|(?:của[ \n]|tại[ \n]|ở[ \n])?(?:các|mỗi|từng|\d+(?:/\d+)?)[ \n]|cấp[ \n])?"
    rf"(?P<levels>{_LEVEL}(?:{_LINK}{_LEVEL})*)(?:(?<=\.)|(?!\w))(?P<central>{_CENTRAL})?"
)
_ALL_LEVELS = re.compile(r"[ \n](?P<many>các|hai|2|02)[ \n]cấp(?!\w)")
_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠ-Ỹ"
_SEVERAL = re.compile(r"[,/–-]|và|hoặc|\w (?:thành phố|huyện)")
_BETWEEN = re.compile(r"[,/–-]|\bvà\b|\bhoặc\b|\bcác\b|(?<=\w) (?=thành phố|huyện)")
_CAPITALS = re.compile(
    rf"(?:[ ]|(?<=\.))((?![IVX]+\b)[{_UPPER}][^\W\d_]*"
    rf"(?:(?:[ ]|[ ]?-[ ]?)(?!NHIỆM KỲ|GIAI ĐOẠN|NĂM\b)[{_UPPER}][^\W\d_]*){{1,3}})"
)
# A court, tax or customs office of an area: "khu vực I", "khu vực 1 - Hà Nội"; behind "khu vực" the number alone.
_AREA = re.compile(r"[ ]khu[ ]vực[ ](?:[IVX]+|\d{1,2})(?!\w)")
_AREA_NUMBER = re.compile(r"(?<=khu[ ]vực)[ ](?:[IVX]+|\d{1,2})(?!\w)")
_OF_PROVINCE = re.compile(r"[ ]?[-–][ ]?")
_NUMBER = re.compile(r"[ \n]\d{1,2}(?![\w/.,]\d|\w)")


class Place(NamedTuple):
    """What follows a body's name. `form`: named, own (the issuer's place, only its level is said), many (a group)."""

    end: int
    form: str
    name: str


def full_name(row: ProvinceRow) -> str:
    """Return a province with its level, as official names have it ("tỉnh Đồng Tháp", "Thành phố Hà Nội")."""
    level = "Thành phố" if row.name in ("Hà Nội", "Hồ Chí Minh") else row.level
    return f"{level} {row.name}"


class Places:
    """The provinces and the grammar of lower places."""

    def __init__(self, provinces: Sequence[ProvinceRow], regions: Sequence[str] = ()) -> None:
        """Compile the names of `provinces` and `regions`; where two share a name the one of today comes first."""
        names_of_regions = "|".join(sorted((region.lower() for region in regions), key=len, reverse=True))
        self._region = re.compile(rf"[ \n](?:thuộc )?(?:(?:vùng|khu vực) )?(?:{names_of_regions or '(?!)'})(?!\w)")
        rows = sorted(provinces, key=lambda row: row.valid_to or "9999", reverse=True)
        self._rows: dict[str, list[ProvinceRow]] = {}
        for row in rows:
            self._rows.setdefault(row.name, []).append(row)
        names: list[tuple[str, ProvinceRow]] = [(row.name, row) for row in rows]
        names += [(alias, row) for row in rows for alias in row.aliases]
        self._names = Names(names)

    def province(self, low: str, start: int) -> tuple[int, ProvinceRow] | None:
        """Return (end, row) of the province named in the lower-case text at `start`."""
        return self._names.find(low, start)

    def rows(self, name: str) -> list[ProvinceRow]:
        """Return the provinces of this name, the one of today first."""
        return self._rows.get(name, [])

    def value(self, name: str) -> ProvinceRow | None:
        """Return the province written so."""
        return self._names.value(name)

    def located(self, text: str, low: str, start: int) -> tuple[int, ProvinceRow] | None:
        """Return (end, row) of the province at `start`, with or without its level before the name."""
        level = _LEVEL_BEFORE.match(low, start)
        at = level.end() if level else start
        if not text[at : at + 1].isupper():
            return None
        found = self._names.find(low, at)
        if found is None or level is None:
            return found
        wanted = "tỉnh" if level[0].startswith("tỉnh") else "thành phố"
        row = next((r for r in self.rows(found[1].name) if r.level == wanted), found[1])
        return found[0], row

    def after(self, text: str, low: str, start: int) -> Place | None:
        """Read the place that follows at `start`, the blank before it included."""
        if start + 2 >= len(text) or text[start] not in " \n":
            return None
        if text[start] == "\n" and not (text[start - 1] + text[start + 1 : start + 3]).isupper():
            return None  # a new paragraph; only a letterhead breaks its lines here
        area = _AREA.match(text, start) or _AREA_NUMBER.match(text, start)
        if area is not None:
            return self._area(text, low, area)
        match = _LEVELS.match(low, start)
        if match is None:
            match = _ALL_LEVELS.match(low, start)
            if match is not None:
                return Place(match.end(), "many", match[0].strip())
            found = self._names.find(low, start + 1)
            if found is not None and text[start + 1].isupper():
                return Place(found[0], "named", full_name(found[1]))
            return None
        levels = match["levels"]
        if match["many"] is None and match["central"] is None and _SEVERAL.search(levels) is None:
            return self._single(text, low, match.end("levels"), levels)
        return self._several(text, low, match)

    def _area(self, text: str, low: str, area: re.Match[str]) -> Place:
        """Read the number of an area, and the province behind a dash that it lies in."""
        link = _OF_PROVINCE.match(text, area.end())
        found = self._names.find(low, link.end()) if link and text[link.end() : link.end() + 1].isupper() else None
        if found is None:
            return Place(area.end(), "named", area[0].strip())
        return Place(found[0], "named", f"{area[0].strip()} - {found[1].name}")

    def _several(self, text: str, low: str, match: re.Match[str]) -> Place:
        """Read places in the plural, with the region they lie in or the name of the special zone that ends the list."""
        levels, quantifier = match["levels"], match["many"] or ""
        region = self._region.match(low, match.end())
        if region is not None:
            words = " ".join(text[region.start() : region.end()].split())
            return Place(region.end(), "many", f"{_many(quantifier, levels, central=None)} {words}")
        zone = _CAPITALS.match(text, match.end()) if levels.endswith("đặc khu") else None
        many = _many(quantifier, levels, central=bool(match["central"]))
        return Place(zone.end(), "many", f"{many} {zone[1]}") if zone else Place(match.end(), "many", many)

    def _single(self, text: str, low: str, end: int, level: str) -> Place:
        level = level.rstrip(".").replace("\n", " ")
        level = _LEVEL_NAMES.get(level, level)
        at = end + 1 if text[end : end + 1] == " " else end
        found = self._names.find(low, at) if at < len(text) and text[at].isupper() else None
        if found is not None:
            row = next((r for r in self.rows(found[1].name) if r.level == level), found[1])
            if level in ("tỉnh", "thành phố"):
                return Place(found[0], "named", full_name(row))
        capitals = _CAPITALS.match(text, end)
        if capitals and level in ("tỉnh", "thành phố") and capitals[1].count(" ") > 1 and "-" not in capitals[1]:
            capitals = None  # "PCT UBND TP Vũ Thu Hà": a person
        if capitals and not text[end - len(level) : end].isupper():
            return Place(capitals.end(), "named", f"{level} {capitals[1]}")
        if capitals and text[end - 1].isupper():
            return Place(capitals.end(), "named", f"{level} {capitals[1].title()}")
        if level in ("quận", "phường") and (number := _NUMBER.match(text, end)):
            return Place(number.end(), "named", f"{level} {number[0].strip()}")
        return Place(end, "own", level)


def _many(quantifier: str, levels: str, *, central: bool | None) -> str:
    """Return how a group of places is called. `central`: under the central government; None: not to be said."""
    parts = [p.strip(" .\n") for p in _BETWEEN.split(levels)]
    parts = [_LEVEL_NAMES.get(p, p).replace("\n", " ") for p in parts if p]
    if parts == ["tỉnh", "thành phố"] and central is not None:
        central = central or not quantifier.startswith("cấp")
    words = ", ".join(parts) + (" trực thuộc Trung ương" if central else "")
    quantifier = quantifier.strip()
    if quantifier == "cấp":
        return f"cấp {words}"
    return f"các {words}" if quantifier or len(parts) > 1 else words
