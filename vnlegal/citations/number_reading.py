"""Numbers in the flow: where they stand, and what each should read whatever writers and OCR did to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnlegal.citations.grammar import CONFUSABLE, DASH, JOINT, PART, SERIAL, Grammar
from vnlegal.text import fold

_LEFT = re.compile(
    rf"(?<![\d/.,\-–A-ZĐ%=_])(?<![^sS]\d:)(?:{SERIAL})?"
    rf"(?P<party>[ \n]?{DASH}(?:[ \n]?{DASH})?[ \n]?{PART}(?:{DASH}{PART}){{0,4}})?[ \n]?\Z"
)
_YEAR_FOLLOWS = re.compile(
    r"//?[ \n]?(?:20\d \d|\d{2,4})[ \n]?(?:[/-]{1,2}[ \n]?[A-ZĐÐА-Я]|(?:N[ĐDQ]|TT-|Q[ĐDH]|UBTVQH))"
)
_JOINT = re.compile(rf"({JOINT})")
_ASSEMBLY = re.compile(r"(UBTV)?[QO0]H ?(K?)([0-9IlO|]{0,2})")
_GLUED_DIGIT = re.compile(r"(.*[A-Za-zĐ&])\d{1,2}")
_TERM_DIGITS = str.maketrans("IlO|", "1101")
_SMALL = re.compile(r"(?:nđ-cp|nq-(?:cp|hđnd)|qđ-(?:ttg|ubnd|b[a-zđ]{1,8})|tt-b[a-zđ]{1,8}|qh1\d)(?!\w)")
_BLANK_SERIAL = re.compile(r"[sS][ốỐ][ \n]?:?[ \n.…_]*\Z")
_SPLIT_SERIAL = re.compile(r"[sS][ốỐ]:? ?(?P<serial>\d{1,3}) \Z")
# Numbers of the years before 2002 put the body before the slash ("số 1425 TC/TCT", "số 5518 BKH/KTĐN").
_OLD = re.compile(
    r"(?:[sS](?:ố|Ố):? ?|(?:ông văn|hông tư|uyết định|hỉ thị|ghị định) )"
    r"(?P<number>(?P<serial>\d{1,5}[a-z]?) ?(?P<code>[A-ZĐ]{2,7}(?:-[A-ZĐ]{2,7})?))\Z"
)
_OLD_UNIT = re.compile(r"/(?P<unit>[A-ZĐ]{1,10}(?:[-/.&][A-ZĐ0-9]{1,10}){0,3})(?![\w/])")
# A code behind a kind that has lost the B of its ministry has at least so many letters.
_WHOLE_CODE = 4
JOINT_KINDS = frozenset({"thong_tu_lien_tich", "nghi_quyet_lien_tich"})
_LINKED = ("NĐ", "QĐ", "NQ", "TT", "CT")
_OF_MINISTRIES = frozenset({"thong_tu", "thong_tu_lien_tich", "quyet_dinh", "chi_thi"})
_LATEST_YEAR = 2099
_CENTRAL = ("TW", "TƯ")


class NumberRead(NamedTuple):
    """What a written number says: the number as it should be, the kind and issuer its symbol stands for.

    `known`: the symbol alone shows that this is a document's number. `size`: how many of the written characters
    belong to it. `serial` is None where it is blank. `year_read`: whether the year can be one.
    """

    number: str
    kind: str | None
    issuer: str | None
    serial: str | None
    year: str | None
    party: bool
    known: bool
    size: int
    year_read: bool = True


class Scanned(NamedTuple):
    """A number in the flow."""

    start: int
    end: int
    read: NumberRead


def scan_numbers(text: str, grammar: Grammar) -> Iterator[Scanned]:
    """Yield every number of either family in `text`, in order. Every number has a slash: that is the anchor."""
    find = text.find
    at = find("/")
    done = 0
    while at >= 0:
        scanned = _at_slash(text, at, done, grammar)
        if scanned is None:
            at = find("/", at + 1)
        else:
            done = scanned.end
            yield scanned
            at = find("/", done)


def _at_slash(text: str, at: int, done: int, grammar: Grammar) -> Scanned | None:
    after = text[at + 1 : at + 2]
    if after in (" ", "\n", "/"):
        after = text[at + 2 : at + 3]
    if not after.isupper() and (not after.isdigit() or not _YEAR_FOLLOWS.match(text, at)):
        return _small_number(text, at, done, grammar)
    left = _LEFT.search(text, max(done, at - 28), at)
    if left is None:
        return _old_number(text, at, done, grammar) if text[at - 1 : at].isupper() else None
    start = left.start()
    pattern = grammar.party if left["party"] else grammar.state
    match = pattern.match(text, start)
    if match is None or match.end() <= at:
        return None
    while text[start].isspace():
        start += 1
    read = read_number(text[start : match.end()], grammar, whole=text.startswith((" ngày ", " của "), match.end()))
    if read is None or (read.year is None and text[start - 2 : start] == "/ "):  # "…/ 2015/NĐ-CP": no serial but a year
        return None
    end = start + read.size
    if read.serial is None:
        return Scanned(start, end, read) if _BLANK_SERIAL.search(text, max(done, start - 60), start) else None
    if start > 1 and text[start - 1] == " " and text[start - 2].isdigit():
        split = _SPLIT_SERIAL.search(text, max(done, start - 9), start)
        if split is not None:
            start = split.start("serial")
            read = read._replace(number=split["serial"] + read.number, serial=split["serial"] + read.serial)
    return Scanned(start, end, read)


def _small_number(text: str, at: int, done: int, grammar: Grammar) -> Scanned | None:
    """Read a number whose symbol is in small letters ("nghị định số 63/2010/nđ-cp")."""
    symbol = at + 6 if text[at + 5 : at + 6] == "/" else at + 1
    small = _SMALL.match(text, symbol) if text[symbol : symbol + 1] in ("n", "q", "t") else None
    left = _LEFT.search(text, max(done, at - 28), at) if small is not None else None
    read = read_number(text[left.start() : small.end()].upper(), grammar) if left and small else None
    if left is None or small is None or read is None or read.serial is None or not read.known:
        return None
    return Scanned(left.start(), small.end(), read)


def _old_number(text: str, at: int, done: int, grammar: Grammar) -> Scanned | None:
    """Read a number whose code of the body stands before the slash, a blank behind the serial."""
    left = _OLD.search(text, max(done, at - 28), at)
    unit = _OLD_UNIT.match(text, at) if left is not None else None
    if left is None or unit is None:
        return None
    number = f"{left['number']}/{unit['unit']}"
    issuer = _issuer(left["code"].split("-")[0], grammar) or _issuer("B" + left["code"], grammar)
    read = NumberRead(number, None, issuer, left["serial"], None, False, False, len(number))
    return Scanned(left.start("number"), unit.end(), read)


@lru_cache(maxsize=1 << 15)
def read_number(written: str, grammar: Grammar, *, whole: bool = False) -> NumberRead | None:
    """Read a number as written, mending what writers and OCR do to symbols. None where it is no number.

    `whole`: what stands behind it shows that all of it is the number, whatever blanks stand round its hyphens.
    """
    match = grammar.party.fullmatch(written)
    if match is not None:
        return _read_party(match, grammar, whole=whole)
    match = grammar.state.fullmatch(written)
    return _read_state(match, grammar, whole=whole) if match is not None else None


def spell(code: str, grammar: Grammar) -> str:
    """Return the right spelling of a code: look-alikes, lost bars of Đ, case, OCR of the Assembly's term."""
    code = code.translate(CONFUSABLE).replace("<", "&LT")
    if code in grammar.issuers or code in grammar.state_kinds or code in grammar.party_kinds:
        return code
    assembly = _ASSEMBLY.fullmatch(code)
    if assembly is not None:
        return f"{assembly[1] or ''}QH{assembly[2]}{assembly[3].translate(_TERM_DIGITS)}"
    for candidate in (code, code.replace("DĐ", "Đ").replace("ĐD", "Đ")):
        right = grammar.spellings.get(fold(candidate))
        if right is not None and all(b == "Đ" or a != "Đ" for a, b in zip(candidate, right, strict=False)):
            return right
    return code


def _parts(symbol: str, grammar: Grammar, *, whole: bool = False) -> tuple[list[str], list[str], int]:
    """Split a symbol into its codes, mended, and the signs between them; also the length that belongs to it."""
    pieces = _JOINT.split(symbol)
    codes, joints = [spell(pieces[0], grammar)], []
    size = len(pieces[0])
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        code = spell(piece, grammar)
        if code in grammar.state_kinds and code.upper() == piece and codes[0] not in grammar.state_kinds:
            code = piece  # "NHNN-TTR": a unit of the bank, no "Tờ trình"
        apart = joint.strip() and joint[0].isspace() and joint[-1].isspace()
        if apart and not whole and code not in grammar.issuers:
            break
        size += len(joint) + len(piece)
        joints.append(joint.strip()[:1].translate(CONFUSABLE))
        codes.append(code)
    glued = _GLUED_DIGIT.fullmatch(codes[-1])
    of_unit = whole and len(codes) > 1 and codes[0] in grammar.issuers  # a letter's: "2250/UBND-CN2 ngày …"
    if glued is not None and glued[1] in grammar.issuers and not _counts_terms(glued[1]) and not of_unit:
        size -= len(codes[-1]) - len(glued[1])
        codes[-1] = glued[1]
    if len(codes) == 1 and codes[0] not in grammar.issuers:
        codes, joints = _unlinked(codes[0], grammar)
    return codes, joints, size


def _unlinked(code: str, grammar: Grammar) -> tuple[list[str], list[str]]:
    """Part a symbol that lost its hyphen ("63/2010/NĐCP"), where kind and issuer are both known."""
    for kind in _LINKED:
        if code.startswith(kind) and code[len(kind) :] in grammar.issuers:
            return [kind, code[len(kind) :]], ["-"]
    return [code], []


def _counts_terms(code: str) -> bool:
    """Whether the body of `code` writes its term of office behind it ("QH15", "UBPL13"), so that digits are its own."""
    return code.endswith(("QH", "HĐND")) or code.startswith(("UB", "HĐ"))


def _joined(codes: list[str], joints: list[str]) -> str:
    out = codes[0]
    for joint, code in zip(joints, codes[1:], strict=True):
        out += joint + code
    return out


def _year(written: str | None) -> tuple[str | None, bool]:
    """Return the year as it should be and whether it can be one: "201 7" is 2017, "3021" is 2021 misread."""
    if written is None:
        return None, True
    year = written.replace(" ", "")
    if len(year) == 2 or (len(year) == 4 and 1945 <= int(year) <= _LATEST_YEAR):
        return year, True
    return year, False


def _read_state(match: re.Match[str], grammar: Grammar, *, whole: bool) -> NumberRead | None:
    codes, joints, used = _parts(match["symbol"], grammar, whole=whole)
    serial = match["serial"]
    year, year_read = _year(match["year"])
    size = match.start("symbol") - match.start() + used
    if codes[0] == "SY":  # the number of a certified copy ("sao y")
        return None
    assembly = next((n for n, code in enumerate(codes[:2]) if _ASSEMBLY.fullmatch(code)), None)
    if assembly == 1 and codes[0] == "NQ" and year and codes[1].startswith("QH"):
        codes, joints, assembly = codes[1:], joints[1:], 0
    kind = None
    if len(codes) > 1:
        kind = grammar.state_kinds.get(f"{codes[0]}-{codes[1]}") or grammar.state_kinds.get(codes[0])
    elif codes[0] in ("TTLT", "VBHN"):
        kind = grammar.state_kinds[codes[0]]
    if kind in _OF_MINISTRIES and len(codes) > 1 and codes[1] not in grammar.issuers and len(codes[1]) >= _WHOLE_CODE:
        codes[1] = grammar.spellings.get(fold("B" + codes[1]), codes[1])  # "QĐ-TTTT" of the Bộ TTTT
    if year is None and serial and len(codes) == 2 and codes[1] in _CENTRAL and codes[0] in grammar.party_kinds:
        # The stroke and the hyphen have changed places: "53/NQ-TW" is 53-NQ/TW.
        number = f"{serial}-{codes[0]}/{codes[1]}"
        kind = grammar.party_kinds[codes[0]]
        return NumberRead(number, kind, _issuer(codes[1], grammar), serial, None, True, True, size)
    rest = codes[1:] if kind else codes
    names = [name for code in rest if (name := _issuer(code, grammar))]
    issuer = (", ".join(names) if kind in JOINT_KINDS else names[0]) if names else None
    known = assembly is not None or (
        len(codes) > 1
        and (kind is not None or codes[0] in grammar.issuers)
        and (issuer is not None or year is not None)
    )
    if not year_read and not known:
        return None
    number = "/".join(x for x in (serial or "", year, _joined(codes, joints)) if x is not None)
    return NumberRead(number, kind, issuer, serial, year, False, known, size, year_read)


def _read_party(match: re.Match[str], grammar: Grammar, *, whole: bool) -> NumberRead:
    kinds, kind_joints, _ = _parts(match["kind"], grammar)
    codes, joints, used = _parts(match["issuer"], grammar, whole=whole)
    size = match.start("issuer") - match.start() + used
    kind = grammar.party_kinds.get(_joined(kinds, kind_joints)) or grammar.party_kinds.get(kinds[0])
    issuer = next((name for code in codes if (name := _issuer(code, grammar))), None)
    number = f"{match['serial'] or ''}-{_joined(kinds, kind_joints)}/{_joined(codes, joints)}"
    return NumberRead(number, kind, issuer, match["serial"], None, True, kind is not None and issuer is not None, size)


def _issuer(code: str, grammar: Grammar) -> str | None:
    name = grammar.issuers.get(code)
    if name is not None:
        return name
    bare = code.rstrip("0123456789")
    if bare in grammar.issuers:
        return grammar.issuers[bare]
    for stem in ("UBND", "HĐND", "BCĐ"):
        if code.startswith(stem):
            return grammar.issuers[stem]
    return None


def with_kind(read: NumberRead, kind: str, grammar: Grammar) -> NumberRead:
    """Mend the code of the kind where one letter was misread and the kind's word tells ("Nghị quyết số 50-NO/TW")."""
    codes = grammar.party_codes if read.party else grammar.state_codes
    start = len(read.serial or "") + 1 + (len(read.year) + 1 if read.year else 0)
    first = re.match(r"[^-/.]+", read.number[start:])
    if first is None or first[0] in grammar.issuers or (not read.party and first.end() == len(read.number) - start):
        return read
    for code in codes.get(kind, ()):
        if (
            len(code) == len(first[0])
            and len(code) > 1
            and sum(a != b and (a, b) != ("Đ", "D") for a, b in zip(code, first[0], strict=True)) == 1
        ):
            return read._replace(number=read.number[:start] + code + read.number[start + len(code) :], kind=kind)
    return read


def dated_number(read: NumberRead, kind: str, date: str | None, grammar: Grammar) -> str:
    """Put back the year that a State number of a dated kind has lost or that was misread, where the date tells it."""
    if read.party or not date:
        return _mended(read)
    if read.year is not None and not read.year_read:
        return read.number.replace(f"/{read.year}/", f"/{date[:4]}/", 1)
    # Before the law of 1996 on legal documents numbers carried no year.
    if read.year is None and read.serial and kind == read.kind and kind in grammar.dated_kinds and date[:4] >= "1997":
        return read.number.replace("/", f"/{date[:4]}/", 1)
    return read.number


def _mended(read: NumberRead) -> str:
    """Mend the first digit of a year that cannot be one ("85/3021/NĐ-CP")."""
    if read.year is not None and not read.year_read and len(read.year) == 4 and read.year[1] == "0":
        return read.number.replace(f"/{read.year}/", f"/2{read.year[1:]}/", 1)
    return read.number
