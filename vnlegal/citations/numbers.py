"""Documents cited by number: every written form of both families, damaged ones included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vnlegal.agencies import AgencyFound
from vnlegal.citations.dates import Beside, beside
from vnlegal.citations.grammar import CONFUSABLE, JOINT, Grammar, compile_grammar
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own, own_documents
from vnlegal.knowledge import Knowledge
from vnlegal.records import CitationKind
from vnlegal.segment import Segmentation
from vnlegal.text import fold

_LEFT = re.compile(
    r"(?<![\d/.,\-–A-ZĐ])(?<!\d:)(?:\d{1,6}(?:\.\d{1,3})?(?:[a-zA-ZđĐ]|bis)?)?"
    r"(?P<party>[ \n]?[-‐-―−][ \n]?[A-ZĐÐА-Я][A-Za-zĐđÐА-Я0-9&]*(?:[-‐-―−][A-ZĐÐА-Я][A-Za-zĐđÐА-Я0-9&]*)*)?[ \n]?\Z"
)
_YEAR_FOLLOWS = re.compile(r"/[ \n]?(?:(?:19|20)\d\d|\d\d)[ \n]?[/-][ \n]?[A-ZĐÐА-Я]")
_JOINT = re.compile(rf"({JOINT})")
_ASSEMBLY = re.compile(r"(UBTV)?[QO0]H(K?)([0-9IlO|]{0,2})")
_GLUED_DIGIT = re.compile(r"(.*[A-Za-zĐ&])\d{1,2}")
_TERM_DIGITS = str.maketrans("IlO|", "1101")
_BLANK_SERIAL = re.compile(r"[sS][ốỐ][ \n]?:?[ \n.…_]*\Z")
_LAW_HEAD = re.compile(
    r"(?<![\w])(?:(?<!Pháp )(?<!PHÁP )(?:Bộ [Ll]uật|BỘ LUẬT|Luật|LUẬT)|Pháp lệnh|PHÁP LỆNH|Hiến pháp)(?= )"
)
_NO_NAME = re.compile(r"[;:()“”\"\n]| ngày | (?:này|đó|số) |\. ")
_AMENDING = re.compile(
    r"(?:Luật|LUẬT|Pháp lệnh) (?:sửa đổi|Sửa đổi|SỬA ĐỔI)[^;:\n]{0,160}?\b(?:của|CỦA|bổ sung|BỔ SUNG) (?:các )?\Z"
)
_LIST_GAP = re.compile(r"[\s,;&)]*(?:và|hoặc|cùng|VÀ)?[\s,;]*\Z")
_SHARED_TITLE = re.compile(r"[^.\n]{0,160}(?:,|;| và| hoặc)\s*\Z")
_FOLLOWS_SHORT = re.compile(
    r" ?(?:$|[\n.,;:)”\"’»\]?!–-]|/(?!\d)|(?:của|về|và|đã|được|là|có|tại|trên|trong|quy|theo|đến|thì|cũng|như|nêu|này|nói|"
    r"hướng|để|vào|ở|ban|do|sửa|thay|còn|với|sẽ|phải|hiện|nhằm|cho|ngày|khóa|khoá|hoặc|mới|đề|chỉ|yêu|giao|từ|khi|nên|cần|"
    r"đang|chưa|không|bao|gồm|trước|sau|so|qua|bằng|thuộc|ra|vẫn|đặt|xác|nhấn|cụ|thực|triển|năm \d{4})(?!\w))"
)
_GENERIC_WORDS = frozenset({"huong_dan", "quy_dinh", "bao_cao", "thong_bao", "ket_luan", "chuong_trinh", "quyet_dinh"})
_NAMED_ONLY = frozenset({"luat", "phap_lenh", "hien_phap", "nghi_quyet", "lenh", "van_ban", "nghi_quyet_lien_tich"})


class NumberRead(NamedTuple):
    """What a written number says: the number as it should be, the kind and issuer its symbol stands for.

    `known`: the symbol alone shows that this is a document's number. `size`: how many of the written characters
    belong to it. `serial` is None where it is blank.
    """

    number: str
    kind: str | None
    issuer: str | None
    serial: str | None
    year: str | None
    party: bool
    known: bool
    size: int


class Scanned(NamedTuple):
    """A number in the flow."""

    start: int
    end: int
    read: NumberRead


class Head(NamedTuple):
    """What stands before a number: where the mention begins, the kind its words name, whether "số" is there."""

    start: int
    kind: str | None = None
    number_word: bool = False
    lookalike: bool = False
    title: str | None = None


def find_numbered(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the mentions of documents that carry a number."""
    text = segmentation.flow.text
    grammar = compile_grammar(knowledge.documents)
    bodies = {agency.start: agency for agency in agencies}
    out: list[Mention] = []
    tail = -1
    for scanned in scan(text, grammar):
        floor = out[-1].end if out else 0
        mention, after = _judge(text, scanned, grammar, bodies, out[-1] if out else None, tail, floor)
        if mention is not None:
            out.append(mention)
            tail = after
    numbered = sorted([*out, *find_short(text, grammar, bodies, out)])
    return mark_own(numbered, own_documents(segmentation, out, grammar), text)


def mark_own(mentions: Sequence[Mention], owns: Sequence[Own], text: str) -> list[Mention]:
    """Mark the mentions of the file's own documents; add the number of a head too damaged to be found as one."""
    numbers = {_same(own.number): own for own in owns if own.number}
    out: list[Mention] = []
    for mention in mentions:
        own = numbers.get(_same(mention.number)) if mention.number and mention.kind == "numbered" else None
        head = next(
            (o for o in owns if o.number_start < mention.number_end and mention.number_start < o.number_end), None
        )
        if head is not None:
            opened = mention._replace(kind="self", number=head.number, doc_type=head.kind or mention.doc_type)
            out.append(opened if opened.date else opened._replace(date=head.date))
        elif own is not None and _same_date(mention.date, own.date):
            dated = mention.date or (own.date if _at_line_start(text, mention.start) else None)
            out.append(mention._replace(kind="self", date=dated))
        elif (
            mention.number
            and mention.number[0] in "/-"
            and re.search(r"[kK]èm theo ", text[max(0, mention.start - 12) : mention.start])
        ):
            out.append(mention._replace(kind="self"))
        else:
            out.append(mention)
    for own in owns:
        if own.number_start >= 0 and not any(
            m.number_start < own.number_end and own.number_start < m.number_end for m in out
        ):
            begin = text.rfind("\n", 0, own.number_start) + 1
            start = begin if own.number_start - begin <= 8 else own.number_start
            out.append(
                Mention(
                    start,
                    own.number_end,
                    "self",
                    "number.header",
                    own.kind,
                    own.number,
                    own.number_start,
                    own.number_end,
                    own.date,
                )
            )
    return sorted(out)


def _same(number: str | None) -> str:
    return (number or "").casefold().lstrip("0")


def _same_date(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def scan(text: str, grammar: Grammar) -> Iterator[Scanned]:
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
    if after in (" ", "\n"):
        after = text[at + 2 : at + 3]
    if not after.isupper() and (not after.isdigit() or not _YEAR_FOLLOWS.match(text, at)):
        return None
    left = _LEFT.search(text, max(done, at - 28), at)
    if left is None:
        return None
    start = left.start()
    pattern = grammar.party if left["party"] else grammar.state
    match = pattern.match(text, start)
    if match is None or match.end() <= at:
        return None
    while text[start].isspace():
        start += 1
    read = read_number(text[start : match.end()], grammar)
    if read is None:
        return None
    if read.serial is None and not _BLANK_SERIAL.search(text, max(done, start - 60), start):
        return None
    return Scanned(start, start + read.size, read)


@lru_cache(maxsize=1 << 15)
def read_number(written: str, grammar: Grammar) -> NumberRead | None:
    """Read a number as written, mending what writers and OCR do to symbols. None where it is no number."""
    match = grammar.party.fullmatch(written)
    if match is not None:
        return _read_party(match, grammar)
    match = grammar.state.fullmatch(written)
    return _read_state(match, grammar) if match is not None else None


def _parts(symbol: str, grammar: Grammar) -> tuple[list[str], list[str], int]:
    """Split a symbol into its codes, mended, and the signs between them; also the length that belongs to it."""
    pieces = _JOINT.split(symbol)
    codes, joints = [spell(pieces[0], grammar)], []
    size = len(pieces[0])
    for joint, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        code = spell(piece, grammar)
        if joint[0].isspace() and joint[-1].isspace() and code not in grammar.issuers:
            break
        size += len(joint) + len(piece)
        joints.append(joint.strip().translate(CONFUSABLE))
        codes.append(code)
    glued = _GLUED_DIGIT.fullmatch(codes[-1])
    if (
        glued is not None
        and glued[1] in grammar.issuers
        and not glued[1].endswith(("QH", "HĐND"))
        and not glued[1].startswith(("UB", "HĐ"))
    ):
        size -= len(codes[-1]) - len(glued[1])
        codes[-1] = glued[1]
    return codes, joints, size


def spell(code: str, grammar: Grammar) -> str:
    """Return the right spelling of a code: look-alikes, lost bars of Đ, case, OCR of the Assembly's term."""
    code = code.translate(CONFUSABLE).replace("<", "&LT")
    if code in grammar.issuers or code in grammar.state_kinds or code in grammar.party_kinds:
        return code
    assembly = _ASSEMBLY.fullmatch(code)
    if assembly is not None:
        return f"{assembly[1] or ''}QH{assembly[2]}{assembly[3].translate(_TERM_DIGITS)}"
    for candidate in (code, code.replace("DĐ", "Đ").replace("ĐD", "Đ"), "B" + code):
        right = grammar.spellings.get(fold(candidate))
        if right is not None and all(b == "Đ" or a != "Đ" for a, b in zip(candidate, right, strict=False)):
            return right
    return code


def _joined(codes: list[str], joints: list[str]) -> str:
    out = codes[0]
    for joint, code in zip(joints, codes[1:], strict=True):
        out += joint + code
    return out


def _read_state(match: re.Match[str], grammar: Grammar) -> NumberRead:
    codes, joints, used = _parts(match["symbol"], grammar)
    serial, year = match["serial"], match["year"]
    size = match.start("symbol") - match.start() + used
    assembly = next((n for n, code in enumerate(codes[:2]) if _ASSEMBLY.fullmatch(code)), None)
    if assembly == 1 and codes[0] == "NQ" and year and codes[1].startswith("QH"):
        codes, joints, assembly = codes[1:], joints[1:], 0
    kind = None
    if len(codes) > 1:
        kind = grammar.state_kinds.get(f"{codes[0]}-{codes[1]}") or grammar.state_kinds.get(codes[0])
    elif codes[0] in ("TTLT", "VBHN"):
        kind = grammar.state_kinds[codes[0]]
    rest = codes[1:] if kind else codes
    issuer = next((name for code in rest if (name := _issuer(code, grammar))), None)
    known = assembly is not None or (
        len(codes) > 1
        and (kind is not None or codes[0] in grammar.issuers)
        and (issuer is not None or year is not None)
    )
    number = "/".join(x for x in (serial or "", year, _joined(codes, joints)) if x is not None)
    return NumberRead(number, kind, issuer, serial, year, party=False, known=known, size=size)


def _read_party(match: re.Match[str], grammar: Grammar) -> NumberRead:
    kinds, kind_joints, _ = _parts(match["kind"], grammar)
    codes, joints, used = _parts(match["issuer"], grammar)
    size = match.start("issuer") - match.start() + used
    kind = grammar.party_kinds.get(_joined(kinds, kind_joints)) or grammar.party_kinds.get(kinds[0])
    issuer = next((name for code in codes if (name := _issuer(code, grammar))), None)
    number = f"{match['serial'] or ''}-{_joined(kinds, kind_joints)}/{_joined(codes, joints)}"
    known = kind is not None and issuer is not None
    return NumberRead(number, kind, issuer, match["serial"], None, party=True, known=known, size=size)


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


def _ends(folded: str, size: int, table: dict[str, tuple[tuple[str, str], ...]]) -> tuple[str, str] | None:
    """Return the longest row of `table` whose phrase ends `folded[:size]` at a word's beginning."""
    start = size
    while start and folded[start - 1].isalnum():
        start -= 1
    for phrase, value in table.get(folded[start:size], ()):
        start = size - len(phrase)
        if folded.startswith(phrase, start) and (start == 0 or not folded[start - 1].isalnum()):
            return phrase, value
    return None


def head_of(text: str, start: int, floor: int, grammar: Grammar) -> Head:
    """Read what stands before the number at `start`: "số", the kind's word with its tail, or a look-alike."""
    low = max(floor, start - 52)
    window = text[low:start]
    folded = fold(window)
    size = len(folded.rstrip(" .…_"))
    begin, number_word = start, False
    cut = len(folded[:size].rstrip(" :.\n"))
    if (
        cut >= 2
        and folded[cut - 2] == "s"
        and window[cut - 1] in "ốỐôồổỗộóòÔo60"
        and (cut == 2 or not window[cut - 3].isalnum())
    ):
        number_word = True
        begin = low + cut - 2
        size = len(folded[: cut - 2].rstrip(" \n"))
    elif size < len(folded.rstrip()) or folded[:size].endswith(":"):
        return Head(start)
    if size and folded[size - 1] == ")":
        return Head(begin, number_word=number_word)
    kind = None
    for _ in range(2):
        row = _ends(folded, size, grammar.words)
        if row is None:
            tail = _ends(folded, size, grammar.tails)
            if tail is not None:
                size = len(folded[: size - len(tail[0])].rstrip())
                row = _ends(folded, size, grammar.words)
                if row is None or (tail[0], row[1]) not in grammar.tailed:
                    break
        if row is None:
            brief = _brief(window, size, grammar)
            if brief is None:
                break
            row = brief
        place = size - len(row[0])
        if kind not in (None, "van_ban", row[1]) or (row[0] == "luat" and folded[:place].endswith("phap ")):
            break
        begin, kind = low + place, row[1] if kind in (None, "van_ban") else kind
        size = len(folded[:place].rstrip())
    if kind is None:
        return Head(begin, None, number_word, lookalike=_ends(folded, size, grammar.lookalikes) is not None)
    return Head(begin, kind, number_word)


def _brief(window: str, size: int, grammar: Grammar) -> tuple[str, str] | None:
    word = window[max(window.rfind(" ", 0, size), window.rfind("\n", 0, size), window.rfind("(", 0, size)) + 1 : size]
    kind = grammar.brief.get(word.translate(CONFUSABLE))
    return (word, kind) if kind else None


def law_head(text: str, start: int, floor: int) -> Head | None:
    """Find the law whose name stands before the number at `start` ("Luật Đất đai số …"), or None."""
    low = max(floor, start - 220, text.rfind("\n", 0, start) + 1)
    window = text[low:start]
    for match in reversed(list(_LAW_HEAD.finditer(window))):
        name = window[match.end() :]
        if _NO_NAME.search(name.removesuffix("số ").removesuffix("Số ").removesuffix("SỐ ")) or not name.strip():
            return None
        if window[: match.start()].endswith(("Luật ", "LUẬT ")):
            continue
        head = match.start()
        kind = "phap_lenh" if match[0].lower().startswith("pháp") else "luat"
        amending = _AMENDING.search(window, 0, head)
        if amending is not None and not re.search(r" số \d", window[amending.start() : head]):
            follows = re.match(
                r"(?:,| và) (?:Bộ luật|Luật|Pháp lệnh) [^;:\n]{3,90}? số \d", text[start + 12 : start + 140]
            )
            if follows is None:
                head = amending.start()
        title = re.sub(r"\s+(?:số|Số|SỐ)\s*:?\s*$", "", window[head:]).strip()
        return Head(low + head, kind, number_word=True, title=title)
    return None


def _judge(
    text: str,
    scanned: Scanned,
    grammar: Grammar,
    bodies: dict[int, AgencyFound],
    before: Mention | None,
    tail: int,
    floor: int,
) -> tuple[Mention | None, int]:
    """Decide whether a scanned number is a citation; return its mention and where its date and issuer end."""
    read = scanned.read
    head = head_of(text, scanned.start, floor, grammar)
    kind, rule = head.kind, "number.word"
    assembly = read.year is not None and "QH" in read.number.rsplit("/", 1)[-1]
    if kind in _GENERIC_WORDS and read.kind not in (None, kind) and not head.number_word and text[head.start].islower():
        head, kind = Head(scanned.start), None
    if kind not in _NAMED_ONLY and (assembly or read.kind == "phap_lenh"):
        law = law_head(text, scanned.start, floor)
        if law is not None:
            head, kind, rule = law, law.kind, "number.law"
    shared = None
    if kind is None:
        if head.lookalike or (before is not None and before.rule == "number.lookalike"):
            return None, tail
        shared = _shares(text, head.start, before, tail)
        known = read.known or (head.number_word and (shared is not None or _at_line_start(text, head.start)))
        if not known:
            return None, tail
        rule = "number.list" if shared is not None else "number.bare"
    kind = _kind(kind, read, shared, assembly)
    start = head.start
    near = beside(text, scanned.end, bodies)
    number = _dated_number(read, kind, near.date, grammar)
    mention_kind: CitationKind = "numbered"
    return (
        Mention(
            start,
            scanned.end,
            mention_kind,
            rule,
            doc_type=kind,
            number=number,
            number_start=scanned.start,
            number_end=scanned.end,
            date=near.date,
            date_start=near.date_start,
            date_end=near.date_end,
            issuer=near.issuer or read.issuer or ("Quốc hội" if assembly else None),
            issuer_basis="stated" if near.issuer else "suffix" if read.issuer or assembly else None,
            title=head.title,
            confidence=0.99 if rule == "number.word" and read.known else 0.9,
        ),
        near.end,
    )


def _kind(word: str | None, read: NumberRead, shared: Mention | None, assembly: bool) -> str:
    """Return the kind: the word's, else the symbol's, else that of the list's head, else a letter."""
    if word is not None and word != "van_ban":
        return word
    if read.kind is not None:
        return read.kind
    if assembly:
        return shared.doc_type if shared is not None and shared.doc_type else "luat"
    if word is not None:
        return word
    return shared.doc_type if shared is not None and shared.doc_type else "cong_van"


def _shares(text: str, start: int, before: Mention | None, tail: int) -> Mention | None:
    """Return the mention before it in a list, whose kind a bare number at `start` shares."""
    if before is None or start - tail > 160 or text.find("\n", tail, start) >= 0:
        return None
    gap = text[tail:start]
    return before if _LIST_GAP.match(gap) or _SHARED_TITLE.match(gap) else None


def _at_line_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _dated_number(read: NumberRead, kind: str, date: str | None, grammar: Grammar) -> str:
    """Put back the year a State number of a dated kind has lost, where the date beside it tells."""
    if (
        read.year is None
        and date
        and read.serial
        and not read.party
        and kind in grammar.dated_kinds
        and kind == read.kind
    ):
        if date[:4] >= "1997":
            return read.number.replace("/", f"/{date[:4]}/", 1)
    return read.number


def find_short(
    text: str, grammar: Grammar, bodies: dict[int, AgencyFound], numbered: Sequence[Mention]
) -> Iterator[Mention]:
    """Yield the mentions by serial alone: "Nghị quyết 57", "NQ71", "Nghị quyết số 57"."""
    taken = {mention.start for mention in numbered}
    for match in grammar.short.finditer(text):
        if match.start() in taken:
            continue
        if not (match["so"] or match["so2"]) and not _FOLLOWS_SHORT.match(text, match.end()):
            continue
        word = match["word"]
        kind = grammar.brief[match["brief"]] if word is None else grammar.words[fold(word).rsplit(" ", 1)[-1]]
        key = kind if isinstance(kind, str) else next(value for phrase, value in kind if phrase == fold(word))
        near: Beside = beside(text, match.end(), bodies)
        yield Mention(
            match.start(),
            match.end(),
            "short",
            "number.short",
            doc_type=key,
            number=match["serial"],
            number_start=match.start("serial"),
            number_end=match.end("serial"),
            date=near.date,
            date_start=near.date_start,
            date_end=near.date_end,
            issuer=near.issuer,
            issuer_basis="stated" if near.issuer else None,
            confidence=0.8,
        )
