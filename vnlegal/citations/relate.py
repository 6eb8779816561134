"""How the citing document stands to the cited one: the typed relation that the wording and the place state."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from vnlegal.citations.lines import line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own
from vnlegal.citations.relation_rules import Cue, RelationRules, Scene, compile_relations
from vnlegal.citations.speaking import from_intro, loses_force, spoken
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment import Segmentation

_MARKER = re.compile(
    r"[“\"*•+\- –>]*(?:(?:Điều|ĐIỀU) \d+[a-z]?[.:]? ?|(?:\d{1,3}|[IVXLC]+)(?:\.\d+)*[.)] ?-? ?"
    r"|[a-zđ]\d?\) ?|\(\w{1,4}\) ?)?"
)
_BASIS = re.compile(
    r"(?:\A|(?<=\n)|(?<=[;,.] )|(?<=;)|(?<=/ ))[*“\"(-]{0,3} ?(?:Căn cứ|CĂN CỨ|Căn cử|Căn cú|Can cứ)(?: vào)? "
)
_AMENDED_BY = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|đính chính|hợp nhất|cập nhật)[^;]{0,60}(?:bởi|theo|tại|bằng)(?: các)? ?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[,;&]|[,;]? (?:và|hoặc|cùng|VÀ))(?: các| tại| của)? $")
_LONGEST_LINK = 12
# "các Nghị định: ", "các Quyết định của Ủy ban nhân dân tỉnh: " before the numbers of a list.
_COUNTED = re.compile(r"(?:các|những) [^\W\d_]+(?: [^\W\d_]+){0,2}(?: (?:của|sau)[^.;:]{0,70})?: ?$", re.IGNORECASE)
_SENT_KINDS = frozenset({"cong_van", "van_ban", "to_trinh"})
_SENDS = (" có ", " gửi ", " ban hành ")
_ANSWERS = re.compile(
    r"[.;,\n] ?(?:[Vv]ề (?:việc|vấn đề|nội dung)[^,.;\n]{0,40}, )?[A-ZĐÂĂÊÔƠƯỦ][^.;,\n]{2,60}"
    r" (?:có ý kiến|trả lời|phúc đáp|hướng dẫn)(?: [^.;:\n]{0,40})? như sau ?:"
)
_ANSWER_REACH = 1200
_SENTENCE = re.compile(r"[.:;] (?=[A-ZĐÂĂÊÔƠƯ])")
_HEAD_SIZE = 6000
# How many mentions of a paragraph the rules look back on.
_LINE_KEPT = 30
_CLOSES_TITLE = re.compile(r"\n(?:Căn cứ|Kính gửi|Điều 1|CĂN CỨ|Theo đề nghị|Thực hiện)")


def relate(
    mentions: Sequence[Mention], segmentation: Segmentation, knowledge: DocumentKnowledge, owns: Sequence[Own]
) -> list[Mention]:
    """Give every mention of a document its relation to the document it stands in."""
    scenes = _scenes(segmentation, knowledge, owns)
    text = segmentation.flow.text
    out: list[Mention] = []
    line: list[Mention] = []
    line_end = outer_end = -1
    k = 0
    for mention in mentions:
        while k + 1 < len(scenes) and scenes[k + 1].own.start <= mention.start:
            k += 1
        if mention.start >= line_end:
            line = []
            line_end = text.find("\n", mention.start) + 1 or len(text) + 1
        nested = mention.start < outer_end
        relation = "cites"
        if mention.kind == "anaphora":
            relation = _attached(text, mention.start)
        elif mention.kind not in ("internal", "self"):
            relation = _relation(mention, scenes[k], line, nested)
        related = mention if relation == mention.relation else mention._replace(relation=relation)
        out.append(related)
        if not nested:
            outer_end = mention.end
            if mention.kind != "internal":
                line = [*line[-_LINE_KEPT:], related]
    return out


def _scenes(segmentation: Segmentation, knowledge: DocumentKnowledge, owns: Sequence[Own]) -> list[Scene]:
    rules = compile_relations(knowledge)
    text = segmentation.flow.text
    cells = frozenset(unit.start for unit in segmentation.units if unit.kind == "cell")
    titles = sorted((unit.start, unit.end) for unit in segmentation.units if unit.kind == "title")
    return [
        Scene(text, rules, own, rules.names.get(own.kind or "", ""), _title(text, titles, own), cells)
        for own in owns or (Own(0, len(text)),)
    ]


def _title(text: str, titles: Sequence[tuple[int, int]], own: Own) -> tuple[int, int]:
    """Return the stretch of the document's title: its title units, else what stands between number and bases."""
    limit = min(own.end, own.start + _HEAD_SIZE)
    spans = titles[bisect_left(titles, (own.start,)) : bisect_left(titles, (limit,))]
    if spans:
        return spans[0][0], spans[-1][1]
    closes = _CLOSES_TITLE.search(text, own.start, limit)
    return (max(own.start, own.number_end), closes.start()) if closes is not None else (-1, -1)


def _attached(text: str, start: int) -> str:
    return (
        "attaches" if text[start - 9 : start].lower() == "kèm theo " or text[start - 4 : start] == "kèm " else "cites"
    )


def _relation(mention: Mention, scene: Scene, line: Sequence[Mention], nested: bool) -> str:
    text = scene.text
    anchor = mention.pin_start if 0 <= mention.pin_start < mention.start else mention.start
    begin = line_start(text, anchor)
    before = text[max(begin, anchor - 300) : anchor]
    if before.endswith(("“", '"', "(")):
        before = before[:-1]
    if before.endswith((":", ": ")):
        before = _COUNTED.sub("", before)
    cue = _cue(before, scene.rules)
    if nested:
        return cue.relation if cue is not None and not cue.own and cue.relation != "issued_under" else "cites"
    bases = list(_BASIS.finditer(text, begin, anchor)) if _names_basis(text, begin, anchor) else ()
    if bases and not _SENTENCE.search(text, bases[-1].end(), anchor):
        return _in_basis(mention, before, bases[-1].end(), cue, line)
    if cue is not None and cue.relation == "executes" and _AMENDED_BY.search(before):
        return "cites"  # "đã được sửa đổi, bổ sung một số điều theo Luật số …"
    if cue is not None and not cue.own:
        return cue.relation
    marker = _MARKER.match(text, begin)
    body = marker.end() if marker is not None else begin
    if anchor <= body:
        return from_intro(scene, begin) or loses_force(scene, mention, body) or "cites"
    if _goes_on(before) and line:
        return _as_in_list(mention, line)
    if _is_answered(mention, scene, before):
        return "replies_to"
    said = spoken(scene, before, anchor, (begin, body), cue, line)
    return said or loses_force(scene, mention, body) or ("cites" if cue is None or cue.own else cue.relation)


def _is_answered(mention: Mention, scene: Scene, before: str) -> bool:
    """Whether a letter tells of a letter sent to its writer and goes on to answer it.

    "Sở Y tế có Công văn số 12/SYT-VP gửi … đề nghị …. Về việc này, Bộ Y tế có ý kiến như sau:"
    """
    return (
        scene.own.kind in (None, "cong_van")
        and mention.doc_type in _SENT_KINDS
        and before.endswith(_SENDS)
        and _ANSWERS.search(scene.text, mention.end, mention.end + _ANSWER_REACH) is not None
    )


def _names_basis(text: str, begin: int, anchor: int) -> bool:
    return text.find("ăn c", begin, anchor) >= 0 or text.find("CĂN C", begin, anchor) >= 0


def _cue(before: str, rules: RelationRules) -> Cue | None:
    """Return the longest cue that ends `before`."""
    words = before[-110:].lower().rstrip()
    if words.endswith(","):
        return None
    last = words[words.rfind(" ") + 1 :].lstrip('(“"*-')
    for cue in rules.before.get(last, ()):
        if words.endswith(cue.words) and not words[-len(cue.words) - 1 : -len(cue.words)].isalpha():
            return cue
    return None


def _in_basis(mention: Mention, before: str, begin: int, cue: Cue | None, line: Sequence[Mention]) -> str:
    """Relation of a mention in a `Căn cứ` clause: the basis itself, what amends it, or part of its title."""
    here = [m for m in line if m.start >= begin]
    if not here:
        return cue.relation if cue is not None and cue.relation == "assigned_by" else "issued_under"
    if _AMENDED_BY.search(before):
        return "issued_under"
    if cue is not None and cue.relation in ("executes", "assigned_by", "attaches"):
        return cue.relation
    if _goes_on(before):
        return _as_in_list(mention, here)
    return "cites"


def _goes_on(before: str) -> bool:
    """Whether the words before a mention end as those do between two of a list."""
    return _LISTED.search(before, max(0, len(before) - _LONGEST_LINK)) is not None


def _as_in_list(mention: Mention, line: Sequence[Mention]) -> str:
    """A mention that goes on a list stands as the nearest one of its kind does, else as the one before it.

    What a document implements or guides is not passed on to one of another kind: it stood in a title.
    """
    for other in reversed(line):
        if other.doc_type == mention.doc_type and other.relation:
            return other.relation
    last = line[-1].relation or "cites"
    return "cites" if last in ("implements", "guides") else last
