"""Outline coverage: a report held against the outline (đề cương) that its request prescribed.

The sections of the outline are its numbered headings and items; each is looked for among those of the report by its
words, those that few sections share counting most. A section of which the report has the heading and no words is empty.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vnlegal.audit.rows import Audit, AuditRow, Place, Reading, shorten
from vnlegal.records import OutlineUnit
from vnlegal.text import fold

_MARKER = re.compile(r"\(?(?:[IVXL]+|\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđA-ZĐ])[.)/:-]{0,2}")
_SECTIONS = frozenset(("heading", "item", "article"))
_TITLES = frozenset(("document", "title", "annex", "heading", "letterhead"))
_TITLE = re.compile(r"\W*(?:mau )?de cuong\b")
_CUT = re.compile(r"[;:(]|, bao gồm|, cụ thể| \(nêu| \(nếu")
_SILENT = frozenset(
    ("ve", "cua", "va", "cac", "trong", "cho", "theo", "tai", "mot", "so", "nhung", "viec", "tu", "den", "voi", "do",
     "la", "duoc", "neu", "co", "phan", "muc")
)  # fmt: skip
_MOST_WORDS = 30
_MOST_LETTERS = 400
_COVERED = 0.6
_ALIKE = 0.45
_WITHIN = 0.9
_SAME_OPENING = 0.5
_BELONGS = 0.4
_EMPTY = 25
_COMMON = 200  # sections that have a word, from which on it tells none of them
_ORDER = ("section-missing", "section-empty", "section-there")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an outline or a report.

    `n`: its unit's index; `parent`: that of the unit above, -1 for none; `depth`: how many sections stand above it.
    `title`: its telling words in order, up to the first colon or bracket; `words`: all of its first words;
    `bullet`: an item without a number, which no row is about.
    """

    n: int
    unit: OutlineUnit
    title: tuple[str, ...]
    words: frozenset[str]
    parent: int
    depth: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Prescribed:
    """An outline, and the document that prescribes it."""

    reading: Reading
    sections: tuple[Section, ...]


def audit_coverage(readings: Sequence[Reading], as_of: str, *, prescribed: Reading | None = None) -> Audit:
    """Return for every section of the outline whether the report has it.

    `prescribed`: the document with the outline; without it every document with a part called đề cương is one, and
    each other document is held against the one it follows most, if it follows any.
    """
    outlines = [read_outline(prescribed, whole=True)] if prescribed else [read_outline(r) for r in readings]
    known = [outline for outline in outlines if outline is not None]
    rows: list[AuditRow] = []
    held = 0
    for reading in readings:
        if any(outline.reading is reading for outline in known):
            continue
        report = [section for section in sections_of(reading) if not section.bullet]
        found = [(outline, _match(outline, report)) for outline in known]
        if not found:
            continue
        outline, matches = max(found, key=lambda pair: _share(*pair))
        if prescribed is None and _share(outline, matches) < _BELONGS:
            continue
        held += 1
        own = list(_rows(outline, reading, matches))
        rows += sorted(own, key=lambda row: _ORDER.index(row.code))
    counts = Counter(row.code for row in rows)
    summary = {"documents": len(readings), "outlines": len(known), "reports": held}
    return Audit(as_of=as_of, summary={**summary, **{code: counts[code] for code in _ORDER}}, rows=tuple(rows))


def _share(outline: Prescribed, matches: Mapping[int, Section]) -> float:
    asked = [section.n for section in outline.sections if not section.bullet]
    return sum(n in matches for n in asked) / len(asked)


def read_outline(reading: Reading, *, whole: bool = False) -> Prescribed | None:
    """Return the outline a document prescribes; with `whole`, all its sections where no part is called đề cương."""
    units = reading.outline.units if reading.outline is not None else ()
    first = next((n for n, u in enumerate(units) if u.kind in _TITLES and _TITLE.match(fold(u.text[:60]))), None)
    if first is None and not whole:
        return None
    begin = units[first].end if first is not None else 0
    sections = [s for s in sections_of(reading) if s.unit.start >= begin and (s.bullet or s.unit.marker)]
    if sections:
        ends = (u.start for u in units if u.kind in ("document", "annex") and u.start > sections[0].unit.start)
        end = next(ends, None)
        sections = [s for s in sections if end is None or s.unit.start < end]
    numbered = sum(not section.bullet for section in sections)
    return Prescribed(reading, tuple(sections)) if numbered > 1 else None


def sections_of(reading: Reading) -> list[Section]:
    """Return the headings and items of a document that make its structure, the ones without a number as bullets."""
    units = reading.outline.units if reading.outline is not None else ()
    index = {unit.id: n for n, unit in enumerate(units)}
    depth: dict[int, int] = {}
    out = []
    for n, unit in enumerate(units):
        if unit.kind not in _SECTIONS:
            continue
        parent = index.get(unit.parent or "", -1)
        depth[n] = depth.get(parent, -1) + 1
        numbered = bool(unit.marker and _MARKER.fullmatch(unit.marker))
        title, words = _words(unit)
        bullet = not numbered and unit.kind != "heading"
        out.append(Section(n, unit, title, words, parent, depth[n], bullet))
    return out


def _words(unit: OutlineUnit) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the telling words of a section's title in order, and those of its beginning, all folded."""
    words = unit.text[:_MOST_LETTERS].strip("*# \n")
    if unit.marker and words.startswith(unit.marker):
        words = words[len(unit.marker) :]
    words = words.split("\n\n" if unit.kind == "heading" else "\n")[0]
    cut = _CUT.search(words, 12)
    title = _telling(words[: cut.start()] if cut else words)
    return title, frozenset(_telling(words))


def _telling(words: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"\w+", fold(words))[:_MOST_WORDS] if word not in _SILENT)


def _match(outline: Prescribed, report: Sequence[Section]) -> dict[int, Section]:
    """Return for the sections of the outline that the report has the report's section, by unit index; one for one."""
    shared = Counter(word for section in outline.sections for word in section.words | set(section.title))
    many = len(outline.sections)
    weight = {word: math.log(1 + many / count) for word, count in shared.items()}
    holders: dict[str, list[int]] = {}
    for k, section in enumerate(report):
        for word in section.words:
            holders.setdefault(word, []).append(k)
    scored = []
    for asked in outline.sections:
        telling = (holders.get(word, ()) for word in asked.words)
        near = Counter(k for held in telling if len(held) < _COMMON for k in held)
        for k, _ in near.most_common(12):
            score = _alike(asked, report[k], weight)
            if score >= _ALIKE:
                scored.append((-score, asked.n, k))
    matches: dict[int, Section] = {}
    taken: set[int] = set()
    for _, n, k in sorted(scored):
        if n not in matches and k not in taken:
            matches[n] = report[k]
            taken.add(k)
    return matches


def _alike(asked: Section, there: Section, weight: Mapping[str, float]) -> float:
    """Return how alike two sections are, 0 to about 1, by their titles or by their first words."""
    opens = len(there.title) > 1 and asked.title[: len(there.title)] == there.title and not asked.bullet
    same_marker = 0.1 * (asked.unit.marker == there.unit.marker and not asked.bullet)
    best = _SAME_OPENING if opens else 0.0
    for mine, theirs in ((frozenset(asked.title), frozenset(there.title)), (asked.words, there.words)):
        common, all_mine, all_theirs = (
            sum(weight.get(word, 1.0) for word in words) for words in (mine & theirs, mine, theirs)
        )
        if common and common / all_mine >= _COVERED:
            covered, within = common / all_mine, common / all_theirs
            score = 2 * covered * within / (covered + within) + same_marker
            best = max(best, score, _ALIKE if covered >= _WITHIN else 0.0)
    return best


def _rows(outline: Prescribed, report: Reading, matches: Mapping[int, Section]) -> Iterator[AuditRow]:
    """Yield a row for every numbered section of the outline."""
    below: defaultdict[int, list[bool]] = defaultdict(list)
    for section in outline.sections:
        below[section.parent].append(section.n in matches)
    behind = 0  # where in the report a missing section would stand: after the one before it
    for asked in outline.sections:
        found = matches.get(asked.n)
        if not asked.bullet and found is None:
            yield _missing(outline, asked, report, matches, below[asked.n], behind)
        elif not asked.bullet and found is not None:
            yield _there(outline, asked, report, found)
        behind = found.unit.end if found is not None else behind


def _missing(
    outline: Prescribed,
    asked: Section,
    report: Reading,
    matches: Mapping[int, Section],
    below: Sequence[bool],
    behind: int,
) -> AuditRow:
    """Return the row of a section that the report has not; `below`: which of its own sections it has."""
    place, name = _asked(outline, asked)
    there = report.place(behind, behind, "")
    if below and 2 * sum(below) >= len(below):
        return _made(there, "section-there", f"Mục “{name}” có ở các mục con của nó.", place, None)
    above = asked.parent < 0 or asked.parent in matches
    doubt = "nội dung có thể nằm trong mục khác" if above else "mục trên cũng thiếu"
    row = _made(there, "section-missing", f"Đề cương có mục “{name}”, báo cáo không có.", place, doubt)
    # what stands so deep is often written into the section above it
    return row.model_copy(update={"verdict": "open"}) if asked.depth > 1 else row


def _there(outline: Prescribed, asked: Section, report: Reading, found: Section) -> AuditRow:
    place, name = _asked(outline, asked)
    here = report.place(found.unit.start, found.unit.end, found.unit.text)
    if _is_empty(asked, found, report):
        return _made(here, "section-empty", f"Mục “{name}” chỉ có tên, không có nội dung.", place, None)
    return _made(here, "section-there", f"Có mục “{name}”.", place, None)


def _asked(outline: Prescribed, asked: Section) -> tuple[Place, str]:
    """Return where the outline asks for a section, and its name."""
    place = outline.reading.place(asked.unit.start, asked.unit.end, asked.unit.text)
    return place, shorten(asked.unit.text.replace("*", ""), 90)


def _made(here: Place, code: str, message: str, place: Place, doubt: str | None) -> AuditRow:
    return AuditRow(
        **here.model_dump(),
        code=code,
        verdict="holds" if code == "section-there" else "fails",
        severity="info" if code == "section-there" else "warning",
        message=message,
        compared=(place,),
        doubt=doubt,
    )


def _is_empty(asked: Section, found: Section, report: Reading) -> bool:
    units = report.outline.units if report.outline is not None else ()
    lines = found.unit.text.strip().partition("\n")
    if len(found.unit.text) > len(asked.unit.text) + 2 * _EMPTY or len(lines[2].strip()) > _EMPTY:
        return False
    following = next((u for u in _after(units, found.n) if u.kind != "furniture"), None)
    if following is None:
        return report.analysis.document.chars - found.unit.end < _EMPTY
    if following.parent == found.unit.id or (following.kind not in _SECTIONS and following.kind not in _TITLES):
        return False
    if _depth(following.marker) > _depth(found.unit.marker) > 0:
        return False
    return following.start - found.unit.end < _EMPTY


def _after(units: Sequence[OutlineUnit], n: int) -> Iterator[OutlineUnit]:
    return (units[k] for k in range(n + 1, len(units)))


def _depth(marker: str | None) -> int:
    """Return how deep a path of numbers goes: 2.1.3 is 3; 0 where it is no such path."""
    plain = (marker or "").strip("().:/- ")
    return plain.count(".") + 1 if re.fullmatch(r"\d+(?:\.\d+)*", plain) else 0
