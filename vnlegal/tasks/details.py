"""What a task brings forth, whom its result goes to, how urgent it is, and on what documents it rests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vnlegal.citations.mentions import Mention
from vnlegal.knowledge.tasks import TaskKnowledge
from vnlegal.tasks.bodies import BLANK, BodyReader, skip
from vnlegal.tasks.clauses import Passage
from vnlegal.tasks.model import ActorFound

# What ends the name of a product: the next verb, a purpose, a comma outside a list of products.
_PRODUCT_END = re.compile(
    r"[ \n]*(?:[;:(]|\.(?!\d)|,(?![ \n](?:kịch bản|phương án|chính sách|chương trình|kế hoạch|đề án|quy chế"
    r"|phần mềm|danh sách|bài phát biểu|lộ trình|quy chuẩn)(?!\w)))"
    r"|[ \n](?:để|nhằm|(?<!chương )(?<!lộ )(?<!quy )(?<!công )(?<!tiến )(?<!hành )trình|gửi|theo|trong|trước|báo cáo"
    r"|bảo đảm|đảm bảo|phù hợp|thay thế|chậm nhất|hoàn thành|tại|trên cơ sở|(?:và|hoặc)[ \n](?:triển khai|tổ chức"
    r"|thực hiện|chủ động|tích cực|báo cáo|gửi|trình|có|hướng dẫn|đẩy mạnh|tiếp tục|bố trí|chỉ đạo|lồng ghép))(?!\w)",
    re.IGNORECASE,
)
# Words before a verb that is said of what stands before them: "công tác xây dựng chính sách".
_FREE = re.compile(r"(?:^|[,;:.()–-]|(?<!\w)(?:và|hoặc|để|liên quan|địa phương|đơn vị|cơ quan|ngành))[ \n]*$")
_QUOTED = re.compile(r"“[^”]{1,200}”|\([^()]{1,40}\)")
# Verbs whose product may stand behind further verbs: "xây dựng và triển khai Chương trình …"
_MAKES = re.compile(
    r"xây[ \n]dựng|nâng[ \n]cấp|ban[ \n]hành|hoàn[ \n]thiện|lập|biên[ \n]soạn|soạn[ \n]thảo", re.IGNORECASE
)
_JOINT = re.compile(r"(?:,[ \n](?:và[ \n])?|[ \n]và[ \n])")
_SYLLABLE = re.compile(r"\w+")
# No name of a body is longer than this many characters.
_LONGEST_NAME = 160
_ARTICLE = re.compile(r"(?:các|một số|những|một|bộ|dự thảo)[ \n]", re.IGNORECASE)
_GOVERNING = frozenset({"executes", "assigned_by", "issued_under"})
_GOVERNED_BY = re.compile(
    r"(?:theo|căn cứ|thực hiện|triển khai|quy định tại|được giao tại|giao tại|tại|theo tinh thần"
    r"|theo chỉ đạo[^.;]{0,60})[ \n][^.;]{0,40}$",
    re.IGNORECASE,
)


def deliverable(words: Passage, cues: TaskKnowledge, start: int, end: int) -> tuple[int, int] | None:
    """Return the document, system or list that the action `start`..`end` must produce, None where none is named."""
    text, reader = words.text, BodyReader(words, cues)
    for verb in cues.finders["product_verb"].finditer(words.low, start - words.start, end - words.start):
        at = verb.start() + words.start
        after = reader.match("product_verb", at)
        if after < 0 or not _orders(reader, start, at):
            continue
        makes = _MAKES.match(text, at, end)
        for place in (skip(BLANK, text, after, end), *([_past_verbs(reader, after, end)] if makes else [])):
            article = _ARTICLE.match(text, place, end)
            named = max(reader.match("product", place), reader.match("product", article.end()) if article else -1)
            if 0 < named <= end:
                return place, _product_end(text, named, end)
    return None


def _past_verbs(reader: BodyReader, at: int, end: int) -> int:
    """Return the place after the verbs that go on from one at `at`: "xây dựng | và triển khai"."""
    joint = _JOINT.match(reader.words.text, at, end)
    place = joint.end() if joint else end
    while (after := reader.match("verb", place)) > 0:
        place = skip(BLANK, reader.words.text, after, end)
    return place


def _orders(reader: BodyReader, start: int, at: int) -> bool:
    """Whether the verb at `at` says what is to be done: it begins the action or a part of it, or another verb leads."""
    words = reader.words
    if at == start or _FREE.search(words.text, max(start, at - 16), at):
        return True
    if words.text.startswith("có", at):
        return False
    left = words.text[max(start, at - 40) : at].rstrip()
    edge = max(start, at - 40) + len(left)
    if any(agency.end == edge for agency in words.within(max(words.start, edge - _LONGEST_NAME), edge)):
        return True
    before = [edge - len(left) + found.start() for found in _SYLLABLE.finditer(left)][-4:]
    return any(reader.match(role, place) == edge for place in before for role in ("adverb", "verb"))


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
