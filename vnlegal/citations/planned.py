"""Documents still to be issued: "xây dựng, trình Chính phủ ban hành Nghị định …", "dự thảo Thông tư …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from vnlegal.agencies import AgencyFound
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.lines import line_start, trimmed
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import own_documents
from vnlegal.citations.ties import own_titles
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge
from vnlegal.segment import Segmentation

_KINDS = {
    "Nghị định": "nghi_dinh",
    "Thông tư": "thong_tu",
    "Thông tư liên tịch": "thong_tu_lien_tich",
    "Nghị quyết": "nghi_quyet",
    "Quyết định": "quyet_dinh",
    "Chỉ thị": "chi_thi",
    "Chiến lược": "chien_luoc",
    "Chương trình": "chuong_trinh",
    "Đề án": "de_an",
    "Kế hoạch": "ke_hoach",
    "Quy chế": "quy_che",
    "Quy hoạch": "quy_hoach",
}
# Written small, these are documents too where an order to issue them comes just before; "kế hoạch" is anybody's.
_SMALL = {
    "nghị định": "nghi_dinh",
    "thông tư": "thong_tu",
    "nghị quyết": "nghi_quyet",
    "đề án": "de_an",
    "chương trình": "chuong_trinh",
    "quy chế": "quy_che",
    "chiến lược": "chien_luoc",
}
# Documents of these kinds speak of documents to come by rule ("Chính phủ quy định …"), not as plans.
_NORMATIVE = frozenset({"luat", "phap_lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich", "van_ban_hop_nhat", "lenh"})

_ISSUER = re.compile(
    r" của (?:Chính phủ|Thủ tướng(?: Chính phủ)?|TTCP|TTg|Quốc hội|Bộ Chính trị|Ban Bí thư|Ủy ban Thường vụ Quốc hội"
    r"|(?:UBND|Bộ trưởng Bộ|Hội đồng nhân dân|Bộ) [^,.;\n]{2,40}?)(?P<coming> đang được (?:xây dựng|soạn thảo))?"
    r"(?= (?:về|quy định|hướng dẫn|sửa đổi|ban hành|Ban hành|phê duyệt|thay thế|triển khai))"
)
_PAST = re.compile(r"(?<!\w)(?:đã|được|vừa|Đã)(?: [^\W\d]+){0,6}?,? \Z")
_PENDING = re.compile(r"[Tt]rình|[Dd]ự thảo|[Hh]oàn thiện|[Ss]ớm|[Cc]hờ|[Gg]óp ý")
# A bracket ends a title unless the title goes on behind it.
_BRACKET = r" ?\((?![^()\n]{2,60}\) (?:của|trong|cho|và|tại|đối với|theo) )"
# Who asks or orders next: the sentence's own subject, no part of the title.
_SUBJECT = (
    r"(?:Bộ|Sở|UBND|Ủy ban|Văn phòng|Ban|Cục|(?:Phó )?Thủ tướng|Chính phủ|(?:Phó )?Chủ tịch)(?: [^\s,.;]+){0,9}? "
    r"(?:đề nghị|kính đề nghị|yêu cầu|giao|xin|có ý kiến)\b"
)
_STOP = re.compile(rf"\n|[.;|](?!\d)|(?<!như):(?!\d)|{_BRACKET}|[”»]| ?…|,\s?(?=\.\.\.|…)|, (?={_SUBJECT})")
_CELL_STOP = re.compile(rf"\n|\.(?:\n|$)|\.(?= [A-ZĐ])|{_BRACKET}")
_AFTER = re.compile(r",? (?:hiện )?đang (?:xin|lấy|được|trong quá trình|hoàn thiện|trình|xây dựng)")
_BARE_END = re.compile(r" ?(?:[.,;)\n]|$)| (?:trình|và gửi|đúng hạn|theo trình tự)\b")
_ENACTS = re.compile(r"[^\n]{0,300}\n(?:Điều \d|ĐIỀU \d|Chương I|CHƯƠNG I|Phần)\b")
_OPENS = re.compile(r"\W*(?:(?:\d+|[a-zđ]|[ivx]+|Nhiệm vụ)(?:\.\d+)*\W+)*")
_SENTENCE = re.compile(r"[.;:\n](?!\d)")
_FOUNDED = re.compile(r"(?:[Tt]hành|[Đđ]ộc|[Tt]hiết|[Xx]ác) $")
_DRAFTED = re.compile(r"ự thảo|oàn thiện")
_PREFIX = 28
_LONGEST = 600
_QUOTES = {" “": "”", ' "': '"', " «": "»"}


class Heading(NamedTuple):
    """A word for a kind of document at a place of the flow."""

    start: int
    end: int
    kind: str


class PlannedGrammar(NamedTuple):
    """The cues of planned documents, compiled."""

    left: re.Pattern[str]
    title: re.Pattern[str]
    end: re.Pattern[str]
    cell_end: re.Pattern[str]
    anybody: re.Pattern[str]
    own_plan: re.Pattern[str]
    hollow: frozenset[str]


class Around(NamedTuple):
    """What a planned document is read against: where the next numbered document and the next bill end, the cells."""

    limit: int
    cells: Sequence[tuple[int, int]]
    sibling: bool
    bill_end: int


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _either_case(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        yield word
        yield word[0].upper() + word[1:]


@lru_cache(maxsize=8)
def compile_planned(laws: LawKnowledge) -> PlannedGrammar:
    """Compile the cues of planned documents."""
    cues = laws.cues
    verb = rf"(?<!Bộ )(?:{_any(_either_case(cues['drafting']))})"
    submit = rf"(?<!ương )[Tt]rình (?:{_any(cues['submitted-to'])})"
    more = rf"(?:,? (?:và )?(?:{_any(cues['drafting-more'])}|trình (?:{_any(cues['submitted-to'])})))*"
    return PlannedGrammar(
        left=re.compile(rf"(?<!\w)(?P<verb>{verb}|{submit})(?P<more>{more})(?: (?:các )?[Dd]ự thảo)? ?[“\"]?\Z"),
        title=re.compile(rf" (?:[“\"«]|(?:{_any(_either_case(cues['title-first']))})\b)"),
        end=re.compile(rf"{_STOP.pattern}|,? (?=(?:{_any(cues['title-end'])})\b)"),
        cell_end=re.compile(rf"{_CELL_STOP.pattern}|,? (?=(?:{_any(cues['cell-end'])})\b)"),
        anybody=re.compile(rf"(?<!\w)(?:{_any(cues['anybody'])})\b"),
        own_plan=re.compile(rf"(?<!\w)(?:{_any(cues['own-plan'])})\b"),
        hollow=frozenset(" ".join(cues["hollow"]).split()),
    )


def find_planned(
    segmentation: Segmentation,
    agencies: Sequence[AgencyFound],
    knowledge: Knowledge,
    found: Sequence[Mention],
) -> list[Mention]:
    """Find the documents that the flow says are to be issued."""
    text = segmentation.flow.text
    owns = own_documents(segmentation, found, compile_grammar(knowledge.documents))
    if {own.kind for own in owns} & _NORMATIVE:
        return []
    grammar = compile_planned(knowledge.laws)
    numbered = [m for m in found if m.number_start >= 0]
    starts = [m.start for m in numbered]
    taken = {m.start for m in found} | {tie.start for tie in own_titles(text, owns, numbered)}
    cells = sorted({(c.start, c.end) for t in segmentation.tables for row in t.rows for c in row if c.end > c.start})
    bills = [m for m in found if m.kind == "named" and m.is_draft]
    bill_starts = [bill.start for bill in bills]
    heads = list(_headings(text))
    out: list[Mention] = []
    for head in heads:
        if head.start in taken:
            continue
        first = bisect_left(starts, head.start)
        limit = numbered[first].end if first < len(numbered) else len(text)
        next_bill = bisect_left(bill_starts, head.end)
        bill_end = bills[next_bill].end if next_bill < len(bills) else len(text) + 1
        around = Around(limit, cells, bool(out) and _is_sibling(text, out[-1], head), bill_end)
        mention = _planned(text, head, around, grammar)
        if mention is not None:
            out.append(mention)
    out.extend(_repeats(text, heads, out, taken))
    return out


def _headings(text: str) -> Iterator[Heading]:
    """Yield the words for kinds of documents in text order, the longest at each place."""
    places: dict[int, Heading] = {}
    for word, kind in (*_KINDS.items(), *_SMALL.items()):
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if (
                (at == 0 or not text[at - 1].isalnum())
                and not text[end : end + 1].isalnum()
                and (at not in places or places[at].end < end)
            ):
                places[at] = Heading(at, end, kind)
            at = text.find(word, end)
    return (places[at] for at in sorted(places))


def _is_sibling(text: str, before: Mention, head: Heading) -> bool:
    """Whether a document stands in one list with the planned one before it ("Nghị định … và Nghị định …")."""
    gap = text[before.end : head.start]
    listed = before.rule == "planned-title" and len(gap) < 200 and gap.endswith((" và ", ", "))
    return listed and not _SENTENCE.search(gap)


def _planned(text: str, head: Heading, around: Around, grammar: PlannedGrammar) -> Mention | None:
    """Read the planned document whose kind stands at `head`."""
    line = line_start(text, head.start)
    if text.startswith(("các ", "ững "), head.start - 4):
        return None
    issuer = _ISSUER.match(text, head.end)
    body = issuer.end() if issuer is not None else head.end
    small = text[head.start].islower()
    left = drawn_up(text, line, head.start, head.kind, grammar)
    if small and not _ordered(text, line, left):
        return None
    if grammar.title.match(text, body) is None:
        return None if small or left is None else _bare(text, head, left)
    pending = left is not None and _is_pending(text, line, left, head.kind, grammar)
    coming = pending or around.sibling or (issuer is not None and issuer["coming"] is not None)
    cell = _cell_end(head, around.cells)
    reach = max(cell, body + _LONGEST)
    if not coming and around.bill_end > reach and text.find("đang", body, reach + _PREFIX) < 0:
        return None
    end = _title_end(text, cell, body, around, grammar)
    if not _is_title(text, head, body, end, grammar):
        return None
    if not coming and around.bill_end > end and _AFTER.match(text, end) is None:
        return None
    if text.startswith("an hành", head.start - 8) and _ENACTS.match(text, end):
        return None
    title = _unquoted(text[body:end].strip())
    return Mention(head.start, end, "planned", "planned-title", head.kind, title=title, is_draft=True, confidence=0.8)


def _unquoted(title: str) -> str:
    """Return a title without the quotation marks around it; those of a name inside it stay."""
    inside = title[:1] not in ('"', "“") and title.count('"') % 2 == 0 and title.count("“") == title.count("”")
    return title if inside else title.strip(' “”"')


def drawn_up(text: str, line: int, start: int, kind: str, grammar: PlannedGrammar) -> re.Match[str] | None:
    """Return the words before a document at `start` that say it is to be drawn up, none of them before `line`.

    Only schemes are planned by a bare "lập": "lập Quy hoạch tỉnh" speaks of what everybody knows.
    """
    left = grammar.left.search(text, max(line, start - 130), start)
    if left is None or left["verb"].lower() != "lập":
        return left
    return left if kind == "de_an" and _FOUNDED.search(text, line, left.start()) is None else None


def _bare(text: str, head: Heading, left: re.Match[str]) -> Mention | None:
    """Read a draft without a title: "trình Thủ tướng Chính phủ dự thảo Quyết định"."""
    if head.kind in ("ke_hoach", "quy_hoach", "quy_che") or not _DRAFTED.search(text, left.start(), head.start):
        return None
    if _BARE_END.match(text, head.end) is None:
        return None
    return Mention(head.start, head.end, "planned", "planned-bare", head.kind, is_draft=True, confidence=0.6)


def _is_title(text: str, head: Heading, body: int, end: int, grammar: PlannedGrammar) -> bool:
    """Whether the words of a title name one document, not a kind of documents or everybody's own."""
    words = text[body:end].split()
    if len(words) < (5 if text[head.start].islower() else 3):
        return False
    if set(words) <= grammar.hollow:
        return False
    return head.kind != "ke_hoach" or grammar.own_plan.search(text, body, end + 40) is None


def _is_pending(text: str, line: int, left: re.Match[str], kind: str, grammar: PlannedGrammar) -> bool:
    """Whether the verb before a document speaks of what is to be done, not of what was."""
    if kind == "ke_hoach" and (
        grammar.anybody.search(text, line, left.start()) or text.startswith("việc ", left.start() - 5)
    ):
        return False
    if left["verb"][0].isupper():
        return True
    past = _PAST.search(text, max(line, left.start() - 60), left.start())
    return past is None or (_PENDING.search(left[0]) is not None and "ban hành" not in left["more"])


def _ordered(text: str, line: int, left: re.Match[str] | None) -> bool:
    """Whether a document written small is ordered: the verb opens its paragraph or follows "sớm", "trình"."""
    if left is None:
        return False
    before = text[line : left.start()]
    if _OPENS.fullmatch(before):
        return True
    return before.rstrip().endswith(("ớm", "ần", "ũng như", "tiếp tục")) or "rình" in left[0]


def _cell_end(head: Heading, cells: Sequence[tuple[int, int]]) -> int:
    """Return where the table cell of `head` ends, 0 outside tables."""
    n = bisect_left(cells, (head.start + 1,)) - 1
    return cells[n][1] if n >= 0 and cells[n][0] <= head.start < cells[n][1] else 0


def _title_end(text: str, cell: int, body: int, around: Around, grammar: PlannedGrammar) -> int:
    """Return where the title ends that begins at `body`, in a table in the cell that ends at `cell` (0: in none)."""
    quote = text[body : body + 2]
    if quote in _QUOTES:
        close = text.find(_QUOTES[quote], body + 2, body + _LONGEST)
        if close >= 0:
            return close + 1
    if cell:
        stop = grammar.cell_end.search(text, body, cell)
        end = trimmed(text, stop.start() if stop is not None else cell, " .")
    else:
        stop = grammar.end.search(text, body + 1, body + _LONGEST)
        end = stop.start() if stop is not None else min(len(text), body + _LONGEST)
    end = trimmed(text, end, " ,")
    return min(end, around.limit) if around.limit > body else end


def _repeats(text: str, heads: Sequence[Heading], planned: Sequence[Mention], taken: set[int]) -> Iterator[Mention]:
    """Yield the other places where the title of a planned document stands word for word."""
    titles: dict[str, dict[str, Mention]] = {}
    for m in planned:
        if m.rule == "planned-title" and text.count(" ", m.start, m.end) >= 5:
            titles.setdefault(text[m.start : m.start + _PREFIX], {}).setdefault(text[m.start : m.end], m)
    seen = taken | {m.start for m in planned}
    for head in heads:
        if head.start in seen:
            continue
        for title, m in titles.get(text[head.start : head.start + _PREFIX], {}).items():
            if text.startswith(title, head.start):
                yield m._replace(start=head.start, end=head.start + m.end - m.start, rule="planned-repeat")
                break
