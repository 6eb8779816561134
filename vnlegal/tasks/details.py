"""What a task brings forth, whom its result goes to, how urgent it is, and on what documents it rests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound

# What ends the name of a product: the next verb, a purpose, a comma outside a list of products.
_PRODUCT_END = re.compile(
    r"[ \n]*(?:[;:.(]|,(?![ \n](?:kịch bản|phương án|chính sách|chương trình|kế hoạch|đề án|quy chế|phần mềm|danh sách"
    r"|bài phát biểu)(?![\w]))|(?:để|nhằm|trình|gửi|theo|trong|trước|báo cáo|bảo đảm|đảm bảo|phù hợp|thay thế|chậm nhất"
    r"|hoàn thành|tại|trên cơ sở)(?![\w]))"
)
_QUOTED = re.compile(r"“[^”]{1,200}”|\([^()]{1,40}\)")
_ARTICLE = re.compile(r"(?:các|một số|những|một|bộ|dự thảo)[ \n]", re.IGNORECASE)
_GOVERNING = frozenset({"executes", "assigned_by", "issued_under"})
_GOVERNED_BY = re.compile(
    r"(?:theo|căn cứ|thực hiện|triển khai|quy định tại|được giao tại|giao tại|tại|theo tinh thần"
    r"|theo chỉ đạo[^.;]{0,60})[ \n][^.;]{0,40}$",
    re.IGNORECASE,
)


def deliverable(words: Passage, cues: TaskKnowledge, start: int, end: int) -> tuple[int, int] | None:
    """Return the document, system or list that the action `start`..`end` must produce, None where none is named."""
    text = words.text
    for verb in cues.finders["product_verb"].finditer(words.low, start - words.start, end - words.start):
        at = verb.end() + words.start
        gap = re.compile(r"[ \n,]*(?:và[ \n])?").match(text, at, end)
        place = gap.end() if gap else at
        article = _ARTICLE.match(text, place, end)
        head = article.end() if article else place
        found = cues.patterns["product"].match(words.low, head - words.start)
        if found is None:
            found = cues.patterns["product"].match(words.low, place - words.start)
        if found is None or found.end() + words.start > end:
            continue
        return place, _product_end(text, found.end() + words.start, end)
    return None


def _product_end(text: str, start: int, end: int) -> int:
    at = start
    while at < end:
        quoted = _QUOTED.match(text, at, end)
        if quoted and quoted[0][0] == "“":
            at = quoted.end()
            continue
        if _PRODUCT_END.match(text, at, end):
            break
        at += 1
    return at


def urgency(words: Passage, cues: TaskKnowledge, start: int, end: int) -> str | None:
    """Return the word that says how urgent the action is, as written."""
    for found in cues.finders["urgency"].finditer(words.low, start - words.start, min(end, start + 160) - words.start):
        at, to = found.start() + words.start, found.end() + words.start
        said = words.text[at:to]
        if " " in said or said.lower() in cues.exact["urgency"]:
            return " ".join(said.split()).lower()
    return None


def legal_basis(text: str, citations: Sequence[Mention], clause: tuple[int, int], end: int) -> tuple[int, ...]:
    """Return the indexes of the documents that assign or govern a task, cited in its clause."""
    out = []
    for n, mention in enumerate(citations):
        if not clause[0] <= mention.start < end or mention.kind in ("internal", "planned", "self"):
            continue
        left = text[max(clause[0], mention.start - 80) : mention.start]
        if mention.relation in _GOVERNING or _GOVERNED_BY.search(left):
            out.append(n)
    return tuple(out)


def without_lead(coordinators: Sequence[ActorFound], leads: Sequence[ActorFound]) -> tuple[ActorFound, ...]:
    """Return the coordinators once each, without the bodies that lead."""
    names = {actor.canonical for actor in leads}
    out: dict[str, ActorFound] = {}
    for actor in coordinators:
        if actor.canonical not in names:
            out.setdefault(actor.canonical, actor)
    return tuple(replace(actor) for actor in out.values())
