"""From what people call a document to the numbers of the works meant: "NĐ 88", "88/NĐ-CP", "luat dat dai 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnlegal.citations.keys import number_identity, slug, without_year, year_inside
from vnlegal.index.model import BadQuery
from vnlegal.index.rows import Work
from vnlegal.index.words import folded
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.documents import DocumentType

_SERIAL = re.compile(r"(\d+[a-z]?)(?:[/-].*)?$", re.IGNORECASE)
_GLUED = re.compile(r"^([^\W\d_]{1,4})(?=\d)")  # NĐ88
_SERIAL_OF_YEAR = re.compile(r"(\d+[a-z]?)/((?:19|20)\d\d)$", re.IGNORECASE)  # Thông tư 09/2024
_YEAR = re.compile(r"(?<=\S) (?:(?:năm|nam) )?((?:19|20)\d\d)$", re.IGNORECASE)
_TYPE_WORD = re.compile(r"^(?:bo-luat|luat|phap-lenh|hien-phap)-")

Numbered = Sequence[tuple[int, Work]]


def works_named(written: str, works: Numbered, knowledge: Knowledge) -> tuple[int, ...]:
    """Return the numbers of the works meant by "NĐ 88", "88/2025/NĐ-CP", "luat dau tu". Raises `BadQuery`.

    A year behind the name leaves out the works of other years.
    """
    name = _SERIAL_OF_YEAR.sub(r"\1 năm \2", _GLUED.sub(r"\1 ", " ".join(written.split())))
    year = None
    found = tuple(dict.fromkeys(_named(name, works, knowledge)))
    if not found and (match := _YEAR.search(name)):
        year = match[1]
        found = tuple(dict.fromkeys(_named(name[: match.start()], works, knowledge)))
    if year is not None:
        known = dict(works)
        found = tuple(n for n in found if _year(known[n]) in (year, None))
    if not found:
        raise BadQuery(
            f"không văn bản nào trong chỉ mục viện dẫn {written!r}",
            next_step="viết số đầy đủ, ví dụ 88/2025/NĐ-CP, hoặc tên luật, ví dụ Luật Đầu tư",
        )
    return found


def _named(name: str, works: Numbered, knowledge: Knowledge) -> list[int]:
    if not name:
        return []
    found = _by_key(name, works, knowledge)
    identity = number_identity(name.rsplit(maxsplit=1)[-1])
    if "/" in identity or "-" in identity:  # a number; one of a decree may have lost its year
        found += [n for n, work in works if work.number and identity in (work.number, without_year(work.number))]
    else:  # a short form: "NĐ 88" means every decree of that serial
        found += _by_serial(name, works, knowledge)
    known = dict(works)
    if not found or all(_year(known[n]) is None for n in found):  # a law by its name alone: every law of that name
        found += _by_title(name, works, knowledge)
    return found or _by_words_of_title(name, works)


def _by_key(name: str, works: Numbered, knowledge: Knowledge) -> list[int]:
    """Return the works that the name cites when it is read as a text, or that bear it as a name of their own."""
    from vnlegal.pipeline import analyze  # slow to load, and few questions name a law

    keys = {name}
    for text in {name, name[:1].upper() + name[1:]}:
        keys |= {citation.target for citation in analyze(text, knowledge=knowledge).citations if citation.target}
    words = folded(name)
    for row in knowledge.laws.named:  # "de an 06"
        if any(folded(one) == words for one in row.names):
            keys.add(f"{row.number}@{row.date[:4]}")
    open_ = {key.removesuffix("@?") for key in keys if "@" not in key or key.endswith("@?")}
    return [n for n, work in works if work.key in keys or work.key.partition("@")[0] in open_]


def _by_serial(written: str, works: Numbered, knowledge: Knowledge) -> list[int]:
    head, _, last = written.rpartition(" ")
    serial = _SERIAL.match(last)
    if serial is None:
        return []
    kind = " ".join(folded(head)).removesuffix(" so").strip()
    types = set(kinds_named(kind, knowledge)) if kind else None
    wanted = re.compile(rf"0*{re.escape(serial[1].lower().lstrip('0'))}(?!\d)")
    return [n for n, work in works if wanted.match(work.number) and (types is None or work.type in types)]


def kinds_named(written: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the keys of the kinds of documents meant by "công văn", "cong_van", "CV", "QĐ"; none if it is none."""
    words = " ".join(folded(written))
    joined = words.replace(" ", "")
    return tuple(
        row.key
        for row in knowledge.documents.types
        if words and (words in _type_names(row) or joined == row.key.replace("_", ""))
    )


def _type_names(row: DocumentType) -> Iterator[str]:
    for name in (row.name, *row.words, *row.short, *row.state_symbols, *row.party_symbols):
        yield " ".join(folded(name))


def _by_title(written: str, works: Numbered, knowledge: Knowledge) -> list[int]:
    words = slug(written)
    bare = _TYPE_WORD.sub("", words)
    if not bare:
        return []
    laws = knowledge.laws
    known = [*laws.works_titled(written)]
    known += [work for work in laws.works if {words, bare} & {_TYPE_WORD.sub("", slug(one)) for one in work.aliases}]
    numbers = {number_identity(work.number) for work in known if work.number}
    titles = {words, bare, *(slug(work.title) for work in known)}
    return [n for n, work in works if work.title in titles or (work.number and work.number in numbers)]


def _by_words_of_title(written: str, works: Numbered) -> list[int]:
    """Return the laws in whose titles all words stand, where the title has not many more: "luat kham chua benh"."""
    words = set(_TYPE_WORD.sub("", slug(written)).split("-"))
    if len(words) < 2 or not slug(written).startswith(("luat-", "bo-luat-", "phap-lenh-")):
        return []
    titles = ((n, work.title.split("-")) for n, work in works if work.type in ("luat", "bo_luat", "phap_lenh"))
    return [n for n, title in titles if words.issubset(title) and len(title) <= 2 * len(words)]


def _year(work: Work) -> str | None:
    """Return the year of a work as far as its key tells."""
    year = work.key.partition("@")[2] or year_inside(work.key)
    return year if year and year != "?" else None
