"""Names that a text ties to one numbered document: titles of what a decision approves, and defined terms.

A tie is found beside a numbered mention ("Quyết định số 2289/QĐ-TTg … ban hành Chiến lược …", "Chiến lược … tại
Quyết định số 2289/QĐ-TTg", "(sau đây gọi là Chiến lược …)"); then the name is looked for in the whole flow.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vnlegal.agencies import AgencyFound
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own, own_documents
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge, plain
from vnlegal.segment import Segmentation

# Kinds of works that a decision approves or issues and that are then called by their own name.
WORKS = {
    "Chiến lược": "chien_luoc",
    "Chương trình": "chuong_trinh",
    "Đề án": "de_an",
    "Kế hoạch": "ke_hoach",
    "Quy hoạch": "quy_hoach",
    "Quy chế": "quy_che",
    "Quy định": "quy_dinh",
    "Hướng dẫn": "huong_dan",
    "Phương án": "phuong_an",
    "Điều lệ": "dieu_le",
    "Điều chỉnh Quy hoạch": "quy_hoach",
}
_SPELLINGS = {form: key for word, key in WORKS.items() for form in (word, word.upper(), word[0].lower() + word[1:])}
_KINDS = "|".join(sorted(_SPELLINGS, key=len, reverse=True))
_WORK = re.compile(rf"(?<!\w)(?:{_KINDS})(?!\w)")
# Kinds that are defined as a term by the bare word ("sau đây gọi là Luật").
_TERMS = {"Luật": "luat", "Pháp lệnh": "phap_lenh", "Nghị định": "nghi_dinh", "Nghị quyết": "nghi_quyet"}
_TERM = re.compile(rf"(?:{'|'.join(_TERMS)})(?=[\"”’]?[),;])")

_APPROVES = re.compile(
    r"(?:,? ?(?:ngày|NGÀY) [^;.()\n]{4,40}?| ?\([^()\n]{2,60}\))?(?: ?,? ?(?:của|CỦA|do) [^;.()\n]{3,110}?)?"
    r"(?:,? (?:ngày|NGÀY) [^;.()\n]{4,40}?)?"
    r",? (?:(?:về việc|về|Về việc|VỀ VIỆC|VỀ|V/v) )?"
    r"(?:(?:đã )?(?:phê duyệt|ban hành|công bố|Phê duyệt|Ban hành|PHÊ DUYỆT|BAN HÀNH)"
    rf"(?: (?:kèm theo|việc))?(?: bổ sung)?|(?<=về)|(?<=VỀ)) ?[“\"«]?(?=(?P<work>{_KINDS})(?!\w))"
)
_TIED_BEFORE = re.compile(
    r"[”\"»]?(?: \([^()\n]{1,60}\))?,? (?:(?:đã |được |do |theo )[^.;:()\n]{0,90}?)??"
    r"(?:(?:được )?(?:phê duyệt|ban hành)(?: kèm theo| kèm)?(?: tại| theo| bằng)?|kèm theo|tại|theo) ?\Z"
    r"|[”\"»]? ?\((?:ban hành kèm theo |kèm theo |theo )?\Z"
)
_DEFINED = re.compile(r"[\"“‘]?(?P<term>(?:[^;.()\n\"”’]|\.(?=\d)){3,160}?)[\"”’]?(?=[)\n;,]|\.(?!\d)| và )")
_ISSUED_HERE = re.compile(
    r"(?:ban hành|Ban hành|BAN HÀNH|phê duyệt|Phê duyệt)"
    r"(?P<with> kèm theo (?:Quyết định|Nghị quyết|Thông tư|Nghị định|Công văn) n[àa]y:?)? [“\"]?"
    rf"(?=(?P<work>{_KINDS})(?!\w))"
)
_TITLE_END = re.compile(
    r"[;:\n()”»]|\.(?=\s|$)"
    r"|,(?= (?:với|trong đó|cụ thể|theo đó|bao gồm|gồm|như sau|nhằm|để|các bộ|các cơ quan|đề nghị|yêu cầu|trân))"
    r"|(?<=\d{4}) (?=(?:yêu cầu|đề nghị|giao|chỉ đạo|xác định|các|trên|đã|nêu)\b)"
    r"| (?=(?:do|được|đã|(?<!triển khai )(?<!tổ chức )thực hiện|theo|tại|nhằm|như sau|với các nội dung|trong đó"
    r"|có hiệu lực|kèm theo|ban hành kèm)\b)"
)
_TAIL = re.compile(
    r"(?:,? ?(?:giai đoạn|thời kỳ|kỳ|nhiệm kỳ) \d{4} ?[-–] ?\d{4})?"
    r"(?:,? (?:và )?(?:(?:định hướng|tầm nhìn) )?đến(?: năm)? \d{4})?"
    r"(?:,? (?:và )?(?:định hướng|tầm nhìn) đến(?: năm)? \d{4})?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",? (?:và )?(?:(?:định hướng |tầm nhìn )?đến (?:năm )?\d{4}|(?:giai đoạn|thời kỳ|kỳ|nhiệm kỳ|năm) \d{4})"
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_HAS_NUMBER = re.compile(r"\d/[A-ZĐ\d]|\d-[A-ZĐ]{2}")
_CLAUSE = re.compile(r" (?:được|đã|phải|có trách nhiệm|gửi|trình|báo cáo|để|theo chức năng|này|nêu trên)\b")
_SENTENCE = re.compile(r"[;:]|\.(?!\d)")
# Documents that approve or issue other works; kinds of works whose words also begin a rule of conduct.
_DECIDING = frozenset(
    {"quyet_dinh", "nghi_quyet", "nghi_dinh", "thong_tu", "thong_tu_lien_tich", "ke_hoach", "cong_van", "chi_thi"}
)
_RULES = frozenset({"huong_dan", "quy_dinh", "quy_che"})
_HEAD_OF_DOCUMENT = 12_000
_OWN_LINE = re.compile(
    r"(?:Điều 1[.:]? ?)?(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|THÔNG TƯ|NGHỊ ĐỊNH)?[:.]? ?(?:[Vv]ề việc |VỀ VIỆC |[Vv]ề )?"
)
_ISSUING_BODY = re.compile(
    r"(?:UBND|Ủy ban|Uỷ ban|Bộ|Sở|Tỉnh ủy|Thành ủy|Đảng đoàn|Đảng ủy|Ban|Tổng cục|Cục|Chính phủ)\b"
)
_OF_ISSUER = re.compile(r" của (?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Bộ Chính trị)(?!,)", re.IGNORECASE)
_NOT_OWN = re.compile(r"ngày|trình|xây dựng|tham mưu|đã|được")
_CONTENTS = re.compile(r",? (?:với (?:các |những |một số )?nội dung|như sau|cụ thể như sau)")
_PREAMBLE = 6_000
_GENERIC = frozenset({"hành", "động", "công", "tác", "phối", "hợp", "tổng", "thể", "triển", "khai", "thực", "hiện"})
_SMALL = frozenset({"de_an", "chuong_trinh", "chien_luoc"})
_FILLERS = frozenset({"quốc", "gia", "về", "của", "tổng", "thể"})


_NUMBER_GOES_ON = re.compile(r"\d\d| ?[/.,-] ?[\dA-ZĐ]")


class Tie(NamedTuple):
    """A name tied to the mention that starts at `head` (-1: the document itself): its place, kind and words.

    `title`: the place is the document's own title, which is no mention.
    """

    start: int
    end: int
    kind: str
    head: int
    defined: bool = False
    title: bool = False


def find_aliases(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the aliases of documents in the flow."""
    text = segmentation.flow.text
    numbered = [m for m in found if m.number_start >= 0 and m.kind in ("numbered", "short", "self")]
    owns = own_documents(segmentation, found, compile_grammar(knowledge.documents))
    titled = list(own_titles(text, owns, numbered))
    ties = [tie for tie in titled if not tie.title]
    ties.extend(_ties(text, numbered))
    ties.extend(_defined_terms(text, found, ties, owns, knowledge.laws.cues["definition"]))
    out = [_mention(text, tie, _rule(tie)) for tie in ties]
    out.extend(_repeats(text, [*titled, *ties]))
    out.extend(_nicknames(text, knowledge.laws))
    return out


def _rule(tie: Tie) -> str:
    return "alias-own" if tie.head < 0 else "alias-defined" if tie.defined else "alias-title"


def _nicknames(text: str, laws: LawKnowledge) -> Iterator[Mention]:
    """Yield the works that everybody calls by a name of their own ("Đề án 06")."""
    for work in laws.named:
        for name in work.names:
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if not text[end : end + 1].isalpha() and not _NUMBER_GOES_ON.match(text, end):
                    yield Mention(at, end, "alias", "alias-known", work.type, title=name, confidence=0.9)
                at = text.find(name, end)


def _mention(text: str, tie: Tie, rule: str) -> Mention:
    return Mention(
        tie.start,
        tie.end,
        "alias",
        rule,
        tie.kind,
        title=text[tie.start : tie.end],
        confidence=0.85,
        head=tie.head,
    )


def _ties(text: str, numbered: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the names that stand beside a number and are tied to it."""
    starts = [m.start for m in numbered]
    for n, mention in enumerate(numbered):
        if mention.kind == "self" or mention.doc_type not in _DECIDING:
            continue
        following = starts[n + 1] if n + 1 < len(starts) else len(text)
        approved = _APPROVES.match(text, mention.end)
        if approved is not None and approved.end() < following:
            tie = _title_tie(text, approved.end(), approved["work"], mention, numbered, n)
            if tie is not None:
                yield tie
        named = _named_before(text, mention, numbered[n - 1] if n else None)
        if named is not None:
            yield named


def own_titles(text: str, owns: Sequence[Own], numbered: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the names of what the document itself issues ("Điều 1. Phê duyệt Đề án …"), its own title included."""
    starts = [m.start for m in numbered]
    for own in owns:
        for match in _ISSUED_HERE.finditer(text, own.start, min(own.end, own.start + _HEAD_OF_DOCUMENT)):
            line = text[line_start(text, match.start()) : match.start()]
            kind = _SPELLINGS[match["work"]]
            decides = own.kind in _DECIDING and _OWN_LINE.fullmatch(line) is not None
            end = title_end(text, match.end(), len(match["work"]), numbered, bisect_left(starts, match.end()))
            opens = own.kind == kind or (own.kind in _DECIDING and _CONTENTS.match(text, end) is not None)
            if not decides and not (opens and match.start() - own.start < _PREAMBLE and _is_own_order(line)):
                continue
            title = decides and not line.startswith("Điều") and match["with"] is None
            if len(_WORD.findall(text[match.end() : end])) >= 4:
                yield Tie(match.end(), end, kind, -1, title=title)


def _is_own_order(line: str) -> bool:
    """Whether words before "ban hành" name the body that issues the document ("UBND tỉnh ban hành Kế hoạch …")."""
    clause = re.split(r"[;,.:]", line)[-1]
    return _ISSUING_BODY.search(clause) is not None and not _NOT_OWN.search(clause)


def _title_tie(text: str, start: int, work: str, mention: Mention, numbered: Sequence[Mention], n: int) -> Tie | None:
    """Read the title of what `mention` approves, which begins at `start`."""
    end = title_end(text, start, len(work), numbered, n + 1)
    words = _WORD.findall(text[start + len(work) : end])
    return Tie(start, end, _SPELLINGS[work], mention.start) if len(words) >= 2 else None


def title_end(text: str, start: int, word: int, numbered: Sequence[Mention], n: int) -> int:
    """Return where a title that begins at `start` ends: at its quotation mark, a stop, or the number inside it.

    `word` is the length of the type word, `numbered` the numbered mentions, of which `n` is the first after `start`.
    """
    body = start + word
    if text[start - 1 : start] in '“"«':
        close = _closing(text, start, text[start - 1])
        limit = close if close >= 0 else len(text)
    elif text[body : body + 2] in (" “", ' "', " «"):
        close = _closing(text, body + 2, text[body + 1])
        limit = close + 1 if close >= 0 else len(text)
        if close >= 0 and not (n < len(numbered) and numbered[n].start < close):
            return limit
    else:
        limit = len(text)
    stop = None if limit < len(text) else _TITLE_END.search(text, body, start + 400)
    end = min(limit, stop.start() if stop is not None else len(text), start + 400)
    while n < len(numbered) and numbered[n].end <= start:
        n += 1
    if n < len(numbered) and numbered[n].start < end:
        end = numbered[n].end
    return len(text[:end].rstrip(" ,"))


def _closing(text: str, start: int, mark: str) -> int:
    close = {"“": "”", '"': '"', "«": "»"}[mark]
    at = text.find(close, start, start + 400)
    return at if at >= 0 and "\n" not in text[start:at] else -1


def _named_before(text: str, mention: Mention, before: Mention | None) -> Tie | None:
    """Read the name that stands before a number and is tied to it by "tại", "theo", "ban hành kèm theo", a bracket."""
    floor = before.end if before is not None else 0
    low = max(floor, line_start(text, mention.start, 260))
    window = text[low : mention.start]
    works = list(_WORK.finditer(window))
    if not works or works[-1][0][0].islower() or mention.doc_type in ("cong_van", "chi_thi"):
        return None
    work = works[-1]
    if _SENTENCE.search(window, work.end()) or window[: work.start()].endswith(("các ", "những ")):
        return None
    tied = _TIED_BEFORE.search(window, work.end())
    if tied is None:
        return None
    kind = _SPELLINGS[work[0]]
    weak = tied[0].rstrip().endswith(("theo", "tại")) and "ban hành" not in tied[0] and "phê duyệt" not in tied[0]
    same_again = "(" in tied[0] and before is not None and before.number == mention.number
    if same_again or (weak and (kind in _RULES or mention.doc_type != "quyet_dinh")):
        return None
    name = window[work.end() : tied.start()].rstrip(" ,")
    for mark, opening in (("”", "“"), ('"', '"'), ("»", "«")):
        if mark in name and opening not in name[: name.index(mark)]:
            name = name[: name.index(mark)].rstrip()
    words = _WORD.findall(name)
    if not 2 <= len(words) <= 40 and not (len(words) == 1 and words[0].isdigit()):
        return None
    if _CLAUSE.search(name):
        return None
    start = low + work.start()
    return Tie(start, low + work.end() + len(name), kind, mention.start)


def _defined_terms(
    text: str,
    found: Sequence[Mention],
    ties: Sequence[Tie],
    owns: Sequence[Own],
    definitions: Sequence[str],
) -> Iterator[Tie]:
    """Yield the terms that "sau đây gọi là" gives to the document before it."""
    cues = tuple(f"{cue} " for cue in definitions)
    at = text.find(" là ")
    while at >= 0:
        begin = at + 4
        term = begin + (text[begin : begin + 1] in '“"‘')
        work = _WORK.match(text, term) or _TERM.match(text, term)
        if work is not None and work[0][0].isupper() and text[max(0, begin - 40) : begin].endswith(cues):
            kind = _SPELLINGS.get(work[0]) or _TERMS[work[0]]
            head = _defined_head(text, at, kind, found, ties, owns)
            if head is not None:
                yield Tie(term, _defined_end(text, term), kind, head, defined=True)
        at = text.find(" là ", begin)


def _defined_head(
    text: str, at: int, kind: str, found: Sequence[Mention], ties: Sequence[Tie], owns: Sequence[Own]
) -> int | None:
    """Return the start of the mention a term is given to: the last of its kind or the last decision in the sentence."""
    low = max(line_start(text, at), text.rfind(". ", max(0, at - 2_000), at))
    tied = [tie for tie in ties if tie.kind == kind and low < tie.start < at]
    if tied:
        return tied[-1].head
    n = bisect_left([m.end for m in found], at) - 1
    while n >= 0 and found[n].start > low:
        m = found[n]
        if m.doc_type == kind or (m.number_start >= 0 and m.doc_type in _DECIDING):
            return m.start
        n -= 1
    return -1 if any(own.start <= at < own.end and own.kind == kind for own in owns) else None


def _defined_end(text: str, start: int) -> int:
    match = _DEFINED.match(text, start)
    return match.end("term") if match is not None else start


def _repeats(text: str, ties: Iterable[Tie]) -> Iterator[Mention]:
    """Yield the other places where a tied name stands, whole or without its tail."""
    cores: dict[tuple[str, str], dict[tuple[str, ...], Tie]] = {}
    taken: set[int] = set()
    for tie in ties:
        taken.add(tie.start)
        core = core_of(text[tie.start : tie.end])
        numeric = len(core) == 1 and core[0].isdigit()
        if _HAS_NUMBER.search(text, tie.start, tie.end) or not (len(core) >= 2 or numeric):
            continue
        if not (set(core) <= _GENERIC and tie.kind == "ke_hoach"):
            cores.setdefault((tie.kind, core[0]), {}).setdefault(core, tie)
    kinds = {kind for kind, _ in cores}
    for word, kind in _SPELLINGS.items():
        if kind not in kinds or plain(word).startswith("điều chỉnh"):
            continue
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if at not in taken and not (at and text[at - 1].isalnum()):
                for core, tie in cores.get((kind, _first_word(text, end)), {}).items():
                    stop = _repeat_end(text, at, word, core, tie)
                    if stop:
                        taken.add(at)
                        rule = "alias-own" if tie.head < 0 else "alias-repeat"
                        yield _mention(text, Tie(at, stop, kind, tie.head), rule)
                        break
            at = text.find(word, end)


def _first_word(text: str, at: int) -> str:
    """Return the first word after `at` that is no filler."""
    for _ in range(6):
        word = _WORD.match(text, at + 1)
        if word is None or plain(word[0]) not in _FILLERS:
            return plain(word[0]) if word is not None else ""
        at = word.end()
    return ""


def _repeat_end(text: str, at: int, word: str, core: tuple[str, ...], tie: Tie) -> int:
    """Return where a repeated name ends whose type word stands at `at`; 0 if another document is meant."""
    if word[0].islower() and not (len(core) > 3 and tie.kind in _SMALL):
        return 0
    if text[at + len(word) : at + len(word) + 1] == "\n":
        return 0
    end = _core_end(text, at + len(word), core)
    if end and set(core) <= _GENERIC:
        issuer = _OF_ISSUER.match(text, end)
        return issuer.end() if issuer is not None else 0
    if (
        end
        and plain(text[end : end + 13]).startswith(" trên địa bàn")
        and "trên địa bàn" not in text[tie.start : tie.end + 14]
    ):
        return 0
    return end


@lru_cache(maxsize=256)
def core_of(name: str) -> tuple[str, ...]:
    """Return the words that make a name this one: lower case, without type word, "quốc gia về", years and brackets."""
    words = plain(re.sub(r"\([^()]*\)", " ", name))
    for form in sorted(WORKS, key=len, reverse=True):
        words = words.removeprefix(plain(form))
    cut = _CUT.search(words)
    parts = _WORD.findall(words[: cut.start()] if cut is not None else words)
    while parts and parts[0] in _FILLERS:
        parts.pop(0)
    return tuple(parts)


def _core_end(text: str, at: int, core: tuple[str, ...]) -> int:
    """Return where the words of `core` end that follow at `at` (fillers between), with their tail; 0 if they do not."""
    end, n = at, 0
    while n < len(core):
        word = _WORD.match(text, end + 1)
        if word is None or text[end] not in " \n":
            if end < len(text) and text[end] in ',-–“"' and n:
                end += 1
                continue
            break
        lowered = plain(word[0])
        if lowered == core[n]:
            n += 1
        elif n or lowered not in _FILLERS:
            break
        end = word.end()
    if n < len(core) and not (n >= 6 and n * 10 >= len(core) * 6):
        return 0
    tail = _TAIL.match(text, end)
    return tail.end() if tail is not None else end
