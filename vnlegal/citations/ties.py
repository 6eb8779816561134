"""Names that stand beside the number of the document they belong to, and the titles of what a document issues.

"Quyết định số 2289/QĐ-TTg … ban hành Chiến lược …", "Chiến lược … tại Quyết định số 2289/QĐ-TTg",
"Điều 1. Phê duyệt Đề án …".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnlegal.citations.lines import line_end, line_start, trimmed
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own
from vnlegal.text import UPPER

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
SPELLINGS = {form: key for word, key in WORKS.items() for form in (word, word.upper(), word[0].lower() + word[1:])}
_KINDS = "|".join(sorted(SPELLINGS, key=len, reverse=True))
WORK = re.compile(rf"(?<!\w)(?:{_KINDS})(?!\w)(?! (?:và Đầu tư|- Kiến trúc))")
_APPROVES = re.compile(
    r"(?:,? ?(?:ngày|NGÀY) [^;.()\n]{4,40}?| ?\([^()\n]{2,60}\))?(?: ?,? ?(?:của|CỦA|do) [^;.()\n]{3,110}?)?"
    r"(?:,? (?:ngày|NGÀY) [^;.()\n]{4,40}?)?"
    r",? (?:(?:về việc|về|Về việc|VỀ VIỆC|VỀ|V/v) )?"
    r"(?:(?:đã )?(?:phê duyệt|ban hành|công bố|Phê duyệt|Ban hành|PHÊ DUYỆT|BAN HÀNH)"
    rf"(?: (?:kèm theo|việc))?(?: bổ sung)?|(?<=về )|(?<=VỀ )) ?[“\"«]?(?=(?P<work>{_KINDS})(?!\w))"
)
# What `_APPROVES` ends with: searched for first, for that pattern has many ways to fail, and the farthest it reaches.
_APPROVED = re.compile(
    r"(?:duyệt|hành|bố|DUYỆT|HÀNH|[vV]ề|VỀ)(?: (?:kèm theo|việc))?(?: bổ sung)? ?[“\"«]?(?=(?:"
    rf"{_KINDS})(?!\w))"
)
_APPROVES_WITHIN = 400
_TIED_BEFORE = re.compile(
    r"[”\"»]?(?: \([^()\n]{1,60}\))?,? (?:(?:đã |được |do |theo )[^.;:()\n]{0,90}?)??"
    r"(?:(?:được )?(?:phê duyệt|ban hành)(?: kèm theo| kèm)?(?: tại| theo| bằng)?|kèm theo|tại|theo) ?\Z"
    r"|[”\"»]? ?\((?:ban hành kèm theo |kèm theo |theo )?\Z"
)
_ISSUED_HERE = re.compile(
    r"(?:ban hành|Ban hành|BAN HÀNH|phê duyệt|Phê duyệt|x(?P<drawn>ây dựng))"
    r"(?P<with> kèm theo (?:Quyết định|Nghị quyết|Thông tư|Nghị định|Công văn) n[àa]y:?)? [“\"]?"
    rf"(?=(?P<work>{_KINDS})(?!\w))"
)
_TITLE_END = re.compile(
    r"[;:\n()”»]|\.(?=\s|$)"
    r"|,(?= (?:với|trong đó|cụ thể|theo đó|bao gồm|gồm|như sau|nhằm|để|các bộ|các sở|các địa phương|các cơ quan"
    r"|đề nghị|yêu cầu|trân))"
    r"|(?<=\d{4}) (?=(?:yêu cầu|đề nghị|giao|chỉ đạo|xác định|các|trên|đã|nêu)\b)"
    r"| (?=(?:do|được|đã|(?<!triển khai )(?<!tổ chức )thực hiện|(?<!tiếp )theo|tại|nhằm|như sau|với các nội dung"
    r"|trong đó|có hiệu lực|hết hiệu lực|kèm theo|ban hành kèm)\b)"
)
_NEXT_DOCUMENT = re.compile(r" và (?:Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị) số")
_EXECUTING = re.compile(rf" thực hiện(?= [{UPPER}])")  # the title's own: "Kế hoạch thực hiện Kết luận số 80-KL/TW"
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_CLAUSE = re.compile(r" (?:được|đã|phải|có trách nhiệm|gửi|trình|báo cáo|để|theo chức năng|này|nêu trên)\b")
_SENTENCE = re.compile(r"[;:]|\.(?!\d)")
# Documents that approve or issue other works; kinds of works whose words also begin a rule of conduct.
DECIDING = frozenset(
    {"quyet_dinh", "nghi_quyet", "nghi_dinh", "thong_tu", "thong_tu_lien_tich", "ke_hoach", "cong_van", "chi_thi"}
)
_RULES = frozenset({"huong_dan", "quy_dinh", "quy_che"})
# A sentence that goes on behind the years of a title ("… đến năm 2030 tiếp tục đề ra").
_YEARS_END = re.compile(r"(?:đến|giai đoạn|năm|[-–]) ?(?:năm )?(?:19|20)\d\d(?= (?:tiếp tục|phấn đấu|có|cũng|là|với) )")
_RULES_ALSO = frozenset({"huong_dan", "quy_dinh"})
_APPROVING = frozenset({"quyet_dinh", "nghi_quyet", "nghi_dinh", "thong_tu", "thong_tu_lien_tich"})
_HEAD_OF_DOCUMENT = 12_000
_OWN_LINE = re.compile(
    r"(?:Điều 1[.:]? ?)?(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|THÔNG TƯ|NGHỊ ĐỊNH)?[:.]? ?(?:[Vv]ề việc |VỀ VIỆC |[Vv]ề )?"
)
_ISSUING_BODY = re.compile(
    r"(?:UBND|Ủy ban|Uỷ ban|Bộ|Sở|Tỉnh ủy|Thành ủy|Đảng đoàn|Đảng ủy|Ban|Tổng cục|Cục|Chính phủ)\b"
)
_NOT_OWN = re.compile(r"ngày|trình|xây dựng|tham mưu|đã|được")
_CONTENTS = re.compile(r",? (?:với (?:các |những |một số )?nội dung|như sau|cụ thể như sau)")
_PREAMBLE = 6_000


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


def named_ties(text: str, numbered: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the names that stand beside a number and are tied to it."""
    starts = [m.start for m in numbered]
    for n, mention in enumerate(numbered):
        if mention.kind == "self" or mention.doc_type not in DECIDING:
            continue
        following = starts[n + 1] if n + 1 < len(starts) else len(text)
        approved = None
        if _APPROVED.search(text, mention.end - 2, min(following + 40, mention.end + _APPROVES_WITHIN)):
            approved = _APPROVES.match(text, mention.end)
        if approved is not None and approved.end() < following and not _only_about(text, mention, approved):
            tie = _title_tie(text, approved.end(), approved["work"], mention, numbered, n)
            if tie is not None:
                yield tie
        named = _named_before(text, mention, numbered[n - 1] if n else None)
        if named is not None:
            yield named


def _only_about(text: str, mention: Mention, approved: re.Match[str]) -> bool:
    """Whether a document only speaks about a work: "Công văn số 12 về Đề án …", "Nghị định số 7 về quy định …".

    So do two together ("Quyết định số 06 và Quyết định số 3103 về Đề án …").
    """
    if not approved[0].rstrip(' “"«').endswith((" về", " VỀ")):
        return False
    small, work = approved["work"][0].islower(), SPELLINGS[approved["work"]]
    several = text.startswith((" và ", " VÀ "), mention.start - 4)
    return small or several or work in _RULES_ALSO or mention.doc_type not in _APPROVING


def own_titles(text: str, owns: Sequence[Own], numbered: Sequence[Mention]) -> Iterator[Tie]:
    """Yield the names of what the document itself issues ("Điều 1. Phê duyệt Đề án …"), its own title included."""
    starts = [m.start for m in numbered]
    for own in owns:
        for match in _ISSUED_HERE.finditer(text, own.start, min(own.end, own.start + _HEAD_OF_DOCUMENT)):
            line = text[line_start(text, match.start()) : match.start()]
            kind = SPELLINGS[match["work"]]
            decides = own.kind in DECIDING and _OWN_LINE.fullmatch(line) is not None
            end = title_end(text, match.end(), len(match["work"]), numbered, bisect_left(starts, match.end()))
            opens = own.kind == kind or (own.kind in DECIDING and _CONTENTS.match(text, end) is not None)
            if match["drawn"] and not (opens and " như sau" in text[end : line_end(text, end)]):
                continue  # "UBND tỉnh xây dựng Kế hoạch … như sau:" speaks of the plan it opens
            if not decides and not (opens and match.start() - own.start < _PREAMBLE and _is_own_order(line)):
                continue
            title = decides and not line.startswith("Điều") and match["with"] is None
            if len(WORD.findall(text[match.end() : end])) >= 4:
                yield Tie(match.end(), end, kind, -1, title=title)


def _is_own_order(line: str) -> bool:
    """Whether words before "ban hành" name the body that issues the document ("UBND tỉnh ban hành Kế hoạch …")."""
    clause = re.split(r"[;,.:]", line)[-1]
    return _ISSUING_BODY.search(clause) is not None and not _NOT_OWN.search(clause)


def _title_tie(text: str, start: int, work: str, mention: Mention, numbered: Sequence[Mention], n: int) -> Tie | None:
    """Read the title of what `mention` approves, which begins at `start`."""
    end = title_end(text, start, len(work), numbered, n + 1)
    years = _YEARS_END.search(text, start, end)
    end = years.end() if years is not None else end
    words = WORD.findall(text[start + len(work) : end])
    return Tie(start, end, SPELLINGS[work], mention.start) if len(words) >= 2 else None


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
    executing = _EXECUTING.match(text, body)
    opening = executing.end() if executing is not None else body
    stop = None if limit < len(text) else _TITLE_END.search(text, opening, start + 400)
    end = min(limit, stop.start() if stop is not None else len(text), start + 400)
    further = _NEXT_DOCUMENT.search(text, opening, end)  # but "Kế hoạch thực hiện Luật X và Chỉ thị số 29-CT/TU"
    if further is not None and " thực hiện " not in text[start : further.start()]:
        end = further.start()
    while n < len(numbered) and numbered[n].end <= start:
        n += 1
    if n < len(numbered) and numbered[n].start < end:
        end = numbered[n].end
    return trimmed(text, end, " ,")


def _closing(text: str, start: int, mark: str) -> int:
    close = {"“": "”", '"': '"', "«": "»"}[mark]
    at = text.find(close, start, start + 400)
    return at if at >= 0 and "\n" not in text[start:at] else -1


def _named_before(text: str, mention: Mention, before: Mention | None) -> Tie | None:
    """Read the name that stands before a number and is tied to it by "tại", "theo", "ban hành kèm theo", a bracket."""
    floor = before.end if before is not None else 0
    low = max(floor, line_start(text, mention.start, 260))
    window = text[low : mention.start]
    works = list(WORK.finditer(window))
    if not works or works[-1][0][0].islower() or mention.doc_type in ("cong_van", "chi_thi"):
        return None
    work = works[-1]
    if _SENTENCE.search(window, work.end()) or window[: work.start()].endswith(("các ", "những ")):
        return None
    tied = _TIED_BEFORE.search(window, work.end())
    if tied is None:
        return None
    kind = SPELLINGS[work[0]]
    weak = tied[0].rstrip().endswith(("theo", "tại")) and "ban hành" not in tied[0] and "phê duyệt" not in tied[0]
    same_again = "(" in tied[0] and before is not None and before.number == mention.number
    if same_again or (weak and (kind in _RULES or mention.doc_type != "quyet_dinh")):
        return None
    name = window[work.end() : tied.start()].rstrip(" ,")
    for mark, opening in (("”", "“"), ('"', '"'), ("»", "«")):
        if mark in name and opening not in name[: name.index(mark)]:
            name = name[: name.index(mark)].rstrip()
    words = WORD.findall(name)
    if not 2 <= len(words) <= 40 and not (len(words) == 1 and words[0].isdigit()):
        return None
    if _CLAUSE.search(name):
        return None
    start = low + work.start()
    return Tie(start, low + work.end() + len(name), kind, mention.start)
