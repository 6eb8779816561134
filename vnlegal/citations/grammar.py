"""The named parts of the number grammar, and what is compiled from the knowledge of documents.

State numbers: `serial[/year]/TYPE-ISSUER`; Party numbers: `serial-TYPE/ISSUER`. The parts allow what writers and
OCR do to them: blanks round the separators, a hyphen at a line end, en dashes, doubled or lost slashes, a year
broken by a blank, Cyrillic look-alikes, `Ð` for `Đ`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.knowledge.patterns import one_of
from vnlegal.text import fold

GAP = r"[ \n]?"
DASH = r"[-\u2010-\u2015\u2212]"
SERIAL = r"\d{1,6}(?:\.\d{1,3})?(?:[a-zA-ZđĐ](?![a-zA-ZđĐ])|bis)?"
YEAR = r"(?:20\d \d|\d{2,4})"
# A part of a symbol begins with a capital; "<" is what is left of "&LT" in text that came through HTML.
PART = r"[A-ZĐÐƯА-Я][A-Za-zĐđÐƯА-Я0-9&<]{0,30}"
JOINT = (
    rf"(?:{GAP}{DASH}{GAP}(?:{DASH}{GAP})?|/|\.(?=[A-ZĐ]{{2}})|[ ]?\.(?=[IVX]{{1,4}}(?!\w))"
    r"|(?<=&)[ \n]|[ ]&(?=[A-ZĐ]{1,6}(?!\w)))"
)
SYMBOL = rf"{PART}(?:{JOINT}{PART}){{0,9}}"
# Where a symbol ends: before the end of the word, or before a word that lost its blank ("NQ-CPngày 27/12/2013").
SYMBOL_ENDS = r"(?:(?!\w)|(?=ngày|của|về|và))"
STATE = (
    rf"(?P<serial>{SERIAL})?{GAP}/{{1,2}}{GAP}"
    rf"(?:(?P<year>{YEAR})(?:{GAP}[/-]{{1,2}}{GAP}|{GAP}(?=(?:N[ĐDQ]|TT-|Q[ĐDH]|UBTVQH))))?"
    rf"(?P<symbol>QH \d\d(?!\d)|{SYMBOL}){SYMBOL_ENDS}"
)
PARTY = (
    rf"(?P<serial>{SERIAL})?{GAP}{DASH}(?:{GAP}{DASH})?{GAP}(?P<kind>{PART}(?:{DASH}{PART}){{0,4}}){GAP}/{GAP}"
    rf"(?P<issuer>{SYMBOL}){SYMBOL_ENDS}"
)

# Characters that look like the Latin capitals of symbols, and other signs for the hyphen and the slash.
CONFUSABLE = str.maketrans("АВЕКМНОРСТХУІЅЈÐ‐‑‒–—―−", "ABEKMHOPCTXYISJĐ-------")


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """What the number finder looks up: compiled once for one set of knowledge."""

    state: re.Pattern[str]
    party: re.Pattern[str]
    short: tuple[re.Pattern[str], ...]
    words: dict[str, tuple[tuple[str, str], ...]]
    tails: dict[str, tuple[tuple[str, str], ...]]
    tailed: frozenset[tuple[str, str]]
    brief: dict[str, str]
    lookalikes: dict[str, tuple[tuple[str, str], ...]]
    state_kinds: dict[str, str]
    party_kinds: dict[str, str]
    state_codes: dict[str, tuple[str, ...]]
    party_codes: dict[str, tuple[str, ...]]
    dated_kinds: frozenset[str]
    article_kinds: frozenset[str]
    issuers: dict[str, str]
    spellings: dict[str, str]


def _by_last_word(pairs: list[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Group (folded phrase, value) pairs by the phrase's last word, longest phrase first."""
    out: dict[str, list[tuple[str, str]]] = {}
    for phrase, value in sorted(set(pairs), key=lambda p: (-len(p[0]), p)):
        out.setdefault(phrase.rsplit(" ", 1)[-1], []).append((phrase, value))
    return {word: tuple(rows) for word, rows in out.items()}


def _short_patterns(knowledge: DocumentKnowledge) -> tuple[re.Pattern[str], ...]:
    """Compile "Nghị quyết 57", "NGHỊ QUYẾT SỐ 57", "NQ57": kinds whose documents are called by the serial alone.

    What tells a kind apart may stand between ("Công văn hướng dẫn số 12"); an urgent paper may begin with a small
    letter ("công văn hỏa tốc số 12"). Two patterns, for the search runs on the letters that all words begin with: the
    capitals are rare, and the small words all begin alike.
    """
    words: set[str] = set()
    tails: set[str] = set()
    small: set[str] = set()
    for kind in knowledge.types:
        if kind.serial_alone:
            words |= {kind.name, kind.name.upper(), kind.name.title(), *kind.short_alone}
            tails |= set(kind.tails)
            small |= {kind.name.lower()} if "khẩn" in kind.tails else set()
    tail = rf" (?:{one_of(tails)})(?= [sS]ố:? ?\d)"
    kinds = [one_of(words), *([rf"(?:{one_of(small)})(?={tail})"] if small else [])]
    old = rf"(?P<old>\d{{1,4}}[a-zđ]?{DASH}(?P<code>{PART})(?:{DASH}{PART})*)(?![\w/])"
    serial = (
        r"(?P<serial>\d{1,4}(?:[a-zđ]|/(?:19|20)\d\d)?)(?![\w%])(?![.,]\d)(?! ?/ ?[/\dA-ZĐ])"
        r"(?! ?[-–] ?(?:[-A-ZĐ]|\d))(?! ?[…⁄%])(?!\.\.)"
    )
    number = rf"(?:{tail})? ?(?P<so>[sS]ố:? ?|SỐ:? ?)?(?:{old}|{serial})"
    return tuple(re.compile(rf"(?P<word>{kind}){number}") for kind in kinds)


@lru_cache(maxsize=8)
def compile_grammar(knowledge: DocumentKnowledge) -> Grammar:
    """Compile the number grammar for `knowledge`."""
    words: list[tuple[str, str]] = []
    tails: list[tuple[str, str]] = []
    brief: dict[str, str] = {}
    state_kinds: dict[str, str] = {}
    party_kinds: dict[str, str] = {}
    for kind in knowledge.types:
        words += [(fold(word), kind.key) for word in (kind.name, *kind.words)]
        tails += [(fold(tail), kind.key) for tail in kind.tails]
        brief |= dict.fromkeys(kind.short, kind.key)
        for symbol in kind.state_symbols:
            state_kinds.setdefault(symbol, kind.key)
        for symbol in kind.party_symbols:
            party_kinds.setdefault(symbol, kind.key)
    issuers = {row.code: row.name for row in knowledge.issuers}
    spellings: dict[str, str] = {}
    for code in (*state_kinds, *party_kinds, *issuers):
        spellings.setdefault(fold(code), code)
    lookalikes = [(fold(word), row.words[0]) for row in knowledge.lookalikes for word in row.words]
    return Grammar(
        state=re.compile(STATE),
        party=re.compile(PARTY),
        short=_short_patterns(knowledge),
        words=_by_last_word(words),
        tails=_by_last_word(tails),
        tailed=frozenset(tails),
        brief=brief,
        lookalikes=_by_last_word(lookalikes),
        state_kinds=state_kinds,
        party_kinds=party_kinds,
        state_codes={kind.key: kind.state_symbols for kind in knowledge.types},
        party_codes={kind.key: kind.party_symbols for kind in knowledge.types},
        dated_kinds=frozenset(kind.key for kind in knowledge.types if kind.year == "always"),
        article_kinds=frozenset(kind.key for kind in knowledge.types if kind.articles),
        issuers=issuers,
        spellings=spellings,
    )
