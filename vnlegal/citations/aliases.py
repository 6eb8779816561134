"""Names that a text ties to one numbered document: titles of what a decision approves, and defined terms.

A tie is found beside a numbered mention or in a definition ("sau đây gọi là Chiến lược …"); then the name is looked
for in the whole flow.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from vnlegal.agencies import AgencyFound
from vnlegal.citations.grammar import compile_grammar
from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own, own_documents
from vnlegal.citations.programmes import NATIONAL_PROGRAMME, OF_PLACE, find_national, find_programmes, find_unlisted
from vnlegal.citations.ties import DECIDING, SPELLINGS, WORD, WORK, WORKS, Tie, named_ties, own_titles
from vnlegal.knowledge import Knowledge
from vnlegal.knowledge.laws import LawKnowledge, plain
from vnlegal.segment import Segmentation

# Kinds that are defined as a term by the bare word ("sau đây gọi là Luật").
_TERMS = {"Luật": "luat", "Pháp lệnh": "phap_lenh", "Nghị định": "nghi_dinh", "Nghị quyết": "nghi_quyet"}
_TERM = re.compile(rf"(?:{'|'.join(_TERMS)})(?=[\"”’]?[),;])")
_DEFINED = re.compile(r"[\"“‘]?(?P<term>(?:[^;.()\n\"”’]|\.(?=\d)){3,160}?)[\"”’]?(?=[)\n;,]|\.(?!\d)| và )")
_TAIL = re.compile(
    r"(?:,? ?(?:giai đoạn|thời kỳ|kỳ|nhiệm kỳ) \d{4} ?[-–] ?\d{4})?"
    r"(?:,? (?:và )?(?:(?:định hướng|tầm nhìn) )?đến(?: năm)? \d{4})?"
    r"(?:,? (?:và )?(?:định hướng|tầm nhìn) đến(?: năm)? \d{4})?",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",? (?:và )?(?:(?:định hướng |tầm nhìn )?đến (?:năm )?\d{4}|(?:giai đoạn|thời kỳ|kỳ|nhiệm kỳ|năm) \d{4})"
)
_PERIOD = re.compile(r"(?:giai đoạn|thời kỳ|kỳ) (\d{4}) ?[-–] ?(\d{4})")
_HAS_NUMBER = re.compile(r"\d/[A-ZĐ\d]|\d-[A-ZĐ]{2}")
_OF_ISSUER = re.compile(r" của (?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Bộ Chính trị)(?!,)", re.IGNORECASE)
_GENERIC = frozenset({"hành", "động", "công", "tác", "phối", "hợp", "tổng", "thể", "triển", "khai", "thực", "hiện"})
_SMALL = frozenset({"de_an", "chuong_trinh", "chien_luoc"})
_FILLERS = frozenset({"quốc", "gia", "về", "của", "tổng", "thể"})
_PLACE = 30
_NUMBER_GOES_ON = re.compile(r"\d\d| ?[/.,-] ?[\dA-ZĐ]")

Period = tuple[str, str] | None


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
    ties.extend(named_ties(text, numbered))
    ties.extend(_defined_terms(text, found, ties, owns, knowledge.laws.cues["definition"]))
    out = [_mention(text, tie, _rule(tie)) for tie in ties]
    out.extend(_repeats(text, [*titled, *ties]))
    out.extend(_nicknames(text, knowledge.laws))
    taken = frozenset((*(tie.start for tie in titled), *(mention.start for mention in out)))
    out.extend(find_programmes(text, knowledge.laws, taken))
    out.extend(find_national(text, knowledge.laws, out))
    out.extend(find_unlisted(text, knowledge.laws, out))
    return out


def _rule(tie: Tie) -> str:
    return "alias-own" if tie.head < 0 else "alias-defined" if tie.defined else "alias-title"


def _nicknames(text: str, laws: LawKnowledge) -> Iterator[Mention]:
    """Yield the works that everybody calls by a name of their own ("Đề án 06")."""
    for work in laws.named:
        for name, written in ((known, form) for known in work.names for form in (known, known.upper())):
            at = text.find(written)
            while at >= 0:
                end = at + len(written)
                if not text[end : end + 1].isalpha() and not _NUMBER_GOES_ON.match(text, end):
                    yield Mention(at, end, "alias", "alias-known", work.type, title=name, confidence=0.9)
                at = text.find(written, end)


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


def _defined_terms(
    text: str,
    found: Sequence[Mention],
    ties: Sequence[Tie],
    owns: Sequence[Own],
    definitions: Sequence[str],
) -> Iterator[Tie]:
    """Yield the terms that "sau đây gọi là" gives to the document before it."""
    cues = tuple(f"{cue} " for cue in definitions)
    before = Before(found, ties, owns)
    at = text.find(" là ")
    while at >= 0:
        begin = at + 4
        term = begin + (text[begin : begin + 1] in '“"‘')
        work = WORK.match(text, term) or _TERM.match(text, term)
        if work is not None and work[0][0].isupper() and text[max(0, begin - 40) : begin].endswith(cues):
            kind = SPELLINGS.get(work[0]) or _TERMS[work[0]]
            head = _defined_head(text, at, kind, before)
            if head is not None:
                yield Tie(term, _defined_end(text, term), kind, head, defined=True)
        at = text.find(" là ", begin)


class Before:
    """What a term may be given to, by place: mentions, tied names (kept with their rank), the documents themselves."""

    def __init__(self, found: Sequence[Mention], ties: Sequence[Tie], owns: Sequence[Own]) -> None:
        self.found, self.owns = found, owns
        self.ends = [m.end for m in found]
        self.ties = sorted((tie.start, rank, tie.kind, tie.head) for rank, tie in enumerate(ties))
        self._starts = [own.start for own in owns]

    def own(self, at: int) -> Own | None:
        """Return the document that `at` stands in."""
        n = bisect_right(self._starts, at) - 1
        return self.owns[n] if n >= 0 and at < self.owns[n].end else None


def _defined_head(text: str, at: int, kind: str, before: Before) -> int | None:
    """Return the start of the mention a term is given to: the last of its kind or the last decision in the sentence."""
    low = max(line_start(text, at), text.rfind(". ", max(0, at - 2_000), at))
    near = before.ties[bisect_left(before.ties, (low,)) : bisect_left(before.ties, (at,))]
    tied = [(rank, head) for _, rank, its_kind, head in near if its_kind == kind]
    if tied:
        return max(tied)[1]
    n = bisect_left(before.ends, at) - 1
    while n >= 0 and before.found[n].start >= low:
        m = before.found[n]
        if m.doc_type == kind:
            return m.start
        if m.number_start >= 0 and m.doc_type in DECIDING:
            named = text.rfind(NATIONAL_PROGRAMME, m.end, at) if kind == "chuong_trinh" else -1
            return named - 1 if named > 0 else m.start
        n -= 1
    own = before.own(at)
    return -1 if own is not None and own.kind == kind else None


def _defined_end(text: str, start: int) -> int:
    match = _DEFINED.match(text, start)
    return match.end("term") if match is not None else start


def _repeats(text: str, ties: Iterable[Tie]) -> Iterator[Mention]:
    """Yield the other places where a tied name stands, whole or without its tail."""
    cores: dict[tuple[str, str], dict[tuple[tuple[str, ...], Period], Tie]] = {}
    taken: set[int] = set()
    for tie in ties:
        taken.add(tie.start)
        core = core_of(text[tie.start : tie.end])
        numeric = len(core) == 1 and core[0].isdigit()
        if _HAS_NUMBER.search(text, tie.start, tie.end) or not (len(core) >= 2 or numeric):
            continue
        if not (set(core) <= _GENERIC and tie.kind == "ke_hoach"):
            named = core, _period(text[tie.start : tie.end])
            cores.setdefault((tie.kind, core[0]), {}).setdefault(named, tie)
    kinds = {kind for kind, _ in cores}
    for word, kind in SPELLINGS.items():
        if kind not in kinds or plain(word).startswith("điều chỉnh"):
            continue
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if at not in taken and not (at and text[at - 1].isalnum()):
                for (core, period), tie in cores.get((kind, _first_word(text, end)), {}).items():
                    stop = _repeat_end(text, at, word, core, tie)
                    if stop and (period is None or _period(text[at:stop]) in (None, period)):
                        taken.add(at)
                        rule = "alias-own" if tie.head < 0 else "alias-repeat"
                        yield _mention(text, Tie(at, stop, kind, tie.head), rule)
                        break
            at = text.find(word, end)


def _period(name: str) -> Period:
    """Return the years a work is for, as its name tells them: works of other years are other works."""
    years = _PERIOD.search(name)
    return (years[1], years[2]) if years is not None else None


def _first_word(text: str, at: int) -> str:
    """Return the first word after `at` that is no filler."""
    for _ in range(6):
        word = WORD.match(text, at + 1)
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
        and "quốc gia" not in plain(text[at:end])
        and OF_PLACE.match(text, end)
        and not OF_PLACE.search(text, tie.start, tie.end + _PLACE)
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
    parts = WORD.findall(words[: cut.start()] if cut is not None else words)
    while parts and parts[0] in _FILLERS:
        parts.pop(0)
    return tuple(parts)


def _core_end(text: str, at: int, core: tuple[str, ...]) -> int:
    """Return where the words of `core` end that follow at `at` (fillers between), with their tail; 0 if they do not."""
    end, n = at, 0
    while n < len(core):
        word = WORD.match(text, end + 1)
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
