"""How the citing document stands to the cited one: the typed relation that the wording and the place state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vnlegal.citations.mentions import Mention
from vnlegal.citations.own import Own
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.segment import Segmentation
from vnlegal.text import fold

_MARKER = re.compile(
    r"[“\"*•+\- –]*(?:(?:Điều|ĐIỀU) \d+[a-z]?[.:]? ?|(?:\d{1,3}|[IVXLC]+)(?:\.\d+)*[.)] ?-? ?|[a-zđ]\d?\) ?|\(\w{1,4}\) ?)?[-–+•*] ?|"
    r"[“\"*•+\- –]*(?:(?:Điều|ĐIỀU) \d+[a-z]?[.:]? ?|(?:\d{1,3}|[IVXLC]+)(?:\.\d+)*[.)] ?|[a-zđ]\d?\) ?|\(\w{1,4}\) ?)?"
)
_BASIS = re.compile(
    r"(?:\A|(?<=\n)|(?<=[;,.] )|(?<=;)|(?<=/ ))[*“\"(-]{0,3} ?(?:Căn cứ|CĂN CỨ|Can cứ|Căn cử)(?: vào)? "
)
_AMENDED_BY = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|đính chính|hợp nhất|cập nhật)[^;]{0,60}(?:bởi|theo|tại|bằng)(?: các)? ?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:[,;&]|[,;]? (?:và|hoặc|cùng|VÀ))(?: các| tại| của)? $")
_SENTENCE = re.compile(r"[.:;] (?=[A-ZĐÂĂÊÔƠƯ])")
_SUBJECT = re.compile(r"(?P<word>[Ll]uật|LUẬT|[Nn]ghị (?:định|quyết)|[Tt]hông tư(?: liên tịch)?|[Qq]uyết định|[Pp]háp lệnh|[Cc]hỉ thị|"
                      r"[Vv]ăn bản|[Kk]ế hoạch|[Qq]uy (?:chế|định)|[Cc]ông văn|[Hh]ướng dẫn) này")  # fmt: skip
_OPEN_VERB = re.compile(
    r"(?P<verb>quy định chi tiết|hướng dẫn|sửa đổi|bổ sung|thay thế|bãi bỏ|huỷ bỏ|hủy bỏ|đính chính|hợp nhất|ngưng hiệu lực)"
    r"(?P<rest>[^;:]{0,200}?)(?:của|tại)(?: các)? $",
    re.IGNORECASE,
)
_ENDS_FORCE = re.compile(
    r"(?<!khi )(?<!chưa )(?<!ngày )(?<!đến )(?<!trước )(?<!còn )(?:hết hiệu lực|chấm dứt hiệu lực|(?:được|bị) bãi bỏ)"
)
_ISSUES = re.compile(
    r"ban hành (?:(?:kèm theo )?(?:các )?)?(?P<word>[A-ZĐ][^\W\d_]+(?: [^\W\d_]+){0,3}?) $", re.IGNORECASE
)
_INTRO = re.compile(
    r"(?P<repeals>bãi bỏ|hết hiệu lực|chấm dứt hiệu lực|ngưng hiệu lực)|(?P<replaces>thay thế)|(?P<amends>sửa đổi, bổ sung)|"
    r"(?P<corrects>đính chính)|(?P<consolidates>hợp nhất)|(?P<issued_under>căn cứ pháp lý|căn cứ xây dựng|cơ sở pháp lý|căn cứ ban hành)",
    re.IGNORECASE,
)
_VERBS = {
    "quy định chi tiết": "implements", "hướng dẫn": "guides", "sửa đổi": "amends", "bổ sung": "amends", "thay thế": "replaces",
    "bãi bỏ": "repeals", "hủy bỏ": "repeals", "huỷ bỏ": "repeals", "đính chính": "corrects", "hợp nhất": "consolidates",
    "ngưng hiệu lực": "repeals",
}  # fmt: skip
_OWN_ONLY = frozenset({"implements", "guides", "amends", "replaces", "repeals", "corrects", "consolidates"})


class Cue(NamedTuple):
    """Words before a mention and the relation they state."""

    words: str
    relation: str
    own: bool


@dataclass(frozen=True, slots=True, eq=False)
class RelationRules:
    """The cues before a mention, by their last word, longest first."""

    before: dict[str, tuple[Cue, ...]]


@lru_cache(maxsize=8)
def compile_relations(knowledge: DocumentKnowledge) -> RelationRules:
    """Arrange the relation cues of `knowledge` for lookup."""
    cues: dict[str, list[Cue]] = {}
    for row in knowledge.relations:
        if row.place == "before":
            for words in row.words:
                cues.setdefault(words.rsplit(" ", 1)[-1].lower(), []).append(
                    Cue(words.lower(), row.relation, row.speaker == "own")
                )
    return RelationRules({last: tuple(sorted(rows, key=lambda c: -len(c.words))) for last, rows in cues.items()})


class Scene(NamedTuple):
    """What the rules look at while they walk through one document of the file."""

    text: str
    rules: RelationRules
    own: Own
    word: str
    title: tuple[int, int]


def relate(
    mentions: Sequence[Mention], segmentation: Segmentation, knowledge: DocumentKnowledge, owns: Sequence[Own]
) -> list[Mention]:
    """Give every mention of a document its relation to the document it stands in."""
    rules = compile_relations(knowledge)
    text = segmentation.flow.text
    names = {kind.key: kind.name for kind in knowledge.types}
    scenes = [Scene(text, rules, own, names.get(own.kind or "", "").lower(), _title(segmentation, own)) for own in owns]
    scenes = scenes or [Scene(text, rules, Own(0, len(text)), "", (-1, -1))]
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
            relation = _attached(text, mention)
        elif mention.kind not in ("internal", "self"):
            relation = _relation(mention, scenes[k], line, nested)
        mention = mention._replace(relation=relation)
        out.append(mention)
        if not nested:
            outer_end = mention.end
            if mention.kind != "internal":
                line.append(mention)
    return out


def _attached(text: str, mention: Mention) -> str:
    anchor = mention.start
    return (
        "attaches"
        if text[anchor - 9 : anchor].lower() == "kèm theo " or text[anchor - 4 : anchor] == "kèm "
        else "cites"
    )


def _relation(mention: Mention, scene: Scene, line: Sequence[Mention], nested: bool) -> str:
    text = scene.text
    anchor = mention.pin_start if 0 <= mention.pin_start < mention.start else mention.start
    begin = text.rfind("\n", 0, anchor) + 1
    before = text[max(begin, anchor - 260) : anchor]
    if before.endswith(("“", '"', "(")):
        before = before[:-1]
    cue = _cue(before, scene.rules)
    if nested:
        return cue.relation if cue is not None and not cue.own and cue.relation != "issued_under" else "cites"
    basis = None
    for basis in _BASIS.finditer(text, begin, anchor):
        pass
    if basis is not None and not _SENTENCE.search(text, basis.end(), anchor):
        return _in_basis(mention, before, text, basis.end(), cue, line)
    if cue is not None and not cue.own:
        return cue.relation
    marker = _MARKER.match(text, begin)
    body = marker.end() if marker is not None else begin
    if anchor <= body:
        return _from_intro(scene, begin, mention) or _loses_force(scene, mention) or "cites"
    if _LISTED.search(before) and line:
        return _as_in_list(mention, line)
    spoken = _spoken(scene, before, anchor, begin, body, cue)
    return spoken or _loses_force(scene, mention) or ("cites" if cue is None or cue.own else cue.relation)


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


def _in_basis(mention: Mention, before: str, text: str, begin: int, cue: Cue | None, line: Sequence[Mention]) -> str:
    """Relation of a mention in a `Căn cứ` clause: the basis itself, what amends it, or part of its title."""
    here = [m for m in line if m.start >= begin]
    if not here:
        return cue.relation if cue is not None and cue.relation == "assigned_by" else "issued_under"
    if _AMENDED_BY.search(before):
        return "issued_under"
    if cue is not None and cue.relation in ("executes", "assigned_by", "attaches"):
        return cue.relation
    if _LISTED.search(before):
        return _as_in_list(mention, here)
    return "cites"


def _as_in_list(mention: Mention, line: Sequence[Mention]) -> str:
    """A mention that goes on a list stands as its head does: the nearest one of its kind, else the one before it."""
    if line[-1].relation != "cites":
        return line[-1].relation or "cites"
    for other in reversed(line):
        if other.doc_type == mention.doc_type and other.relation and other.kind == mention.kind:
            return other.relation
    return "cites"


def _spoken(scene: Scene, before: str, anchor: int, begin: int, body: int, cue: Cue | None) -> str | None:
    """The relation that the document states of itself: in its title, by "… này", or by an instruction."""
    clause_start = begin
    for stop in _SENTENCE.finditer(scene.text, begin, anchor):
        clause_start = stop.end()
    clause = scene.text[max(clause_start, anchor - 260) : anchor]
    relation = cue.relation if cue is not None and cue.relation in _OWN_ONLY else None
    open_verb = None
    if relation is None:
        for open_verb in _OPEN_VERB.finditer(clause):
            pass
        relation = _VERBS[open_verb["verb"].lower()] if open_verb is not None else None
    if relation is None:
        return None
    start = (
        len(clause) - len(cue.words) - 1
        if open_verb is None and cue is not None
        else open_verb.start()
        if open_verb
        else 0
    )
    lead = clause[: max(start, 0)]
    if scene.title[0] <= anchor < scene.title[1]:
        return relation
    subject = None
    for subject in _SUBJECT.finditer(lead):
        pass
    if subject is not None:
        return (
            relation
            if subject["word"].lower() == scene.word or (not scene.word and subject["word"].lower() != "luật")
            else None
        )
    if scene.own.kind in (
        None,
        "cong_van",
        "bao_cao",
        "ke_hoach",
        "to_trinh",
        "thong_bao",
        "chuong_trinh",
        "cong_dien",
        "de_an",
    ):
        return relation if relation == "guides" and re.search(r"V/v|về việc", lead) else None
    issues = _ISSUES.search(lead.rstrip() + " ")
    if issues is not None:
        return relation if issues["word"].lower() == scene.word else None
    opening = scene.text[max(body, clause_start) : anchor].lower()
    first = lead.strip(' -–+*“"').lower()
    return relation if not first or opening.startswith(tuple(_VERBS)) else None


def _from_intro(scene: Scene, begin: int, mention: Mention) -> str | None:
    """Relation of an item's first words, from the paragraph with a colon above it: "bãi bỏ các văn bản sau:"."""
    text, at = scene.text, begin - 1
    for _ in range(40):
        if at <= 0:
            return None
        start = text.rfind("\n", 0, at) + 1
        if text[at - 1] == ":" or fold(text[start:at]).rstrip(" .").endswith(
            ("phap ly", "can cu", "xay dung ke hoach")
        ):
            words = fold(text[max(start, at - 220) : at])
            break
        marker = _MARKER.match(text, start)
        if (
            at - start > 600
            or (marker is None or marker.end() == start)
            and not text[start:at].startswith(("Căn", "Nghị", "Thông", "Quyết", "Luật", "Công"))
        ):
            return None
        at = start - 1
    else:
        return None
    match = re.search(
        r"(?P<repeals>bai bo|het hieu luc|cham dut hieu luc|ngung hieu luc)|(?P<replaces>thay the)|(?P<corrects>dinh chinh)|"
        r"(?P<consolidates>hop nhat)|(?P<issued_under>c[ae]n c[uw]+ phap ly|can cu xay dung|co so phap ly)|(?P<amends>sua doi, bo sung)",
        words,
    )
    if match is None:
        return None
    if match.lastgroup != "issued_under" and scene.own.kind in (None, "cong_van", "bao_cao", "ke_hoach", "to_trinh"):
        return None
    return match.lastgroup


def _loses_force(scene: Scene, mention: Mention) -> str | None:
    """`repeals` where the sentence goes on to say that the cited document loses force because of this one."""
    text = scene.text
    close = mention.date_end if mention.date_end > mention.end else mention.end
    stop = text.find("\n", close)
    stop = len(text) if stop < 0 else stop
    stop = min(stop, close + 330)
    cut = _SENTENCE.search(text, close, stop)
    match = _ENDS_FORCE.search(text, close, cut.start() if cut is not None else stop)
    if match is None:
        return None
    start = text.rfind("\n", 0, mention.start) + 1
    whole = text[max(start, mention.start - 260) : min(stop, match.end() + 120)]
    for subject in _SUBJECT.finditer(whole):
        if not scene.word or subject["word"].lower() == scene.word:
            return "repeals"
    return None


def _title(segmentation: Segmentation, own: Own) -> tuple[int, int]:
    """Return the stretch of the document's title: its title units, else what stands between number and bases."""
    spans = [
        (unit.start, unit.end)
        for unit in segmentation.units
        if unit.kind == "title" and own.start <= unit.start < min(own.end, own.start + 6000)
    ]
    if spans:
        return spans[0][0], spans[-1][1]
    text = segmentation.flow.text
    closes = re.compile(r"\n(?:Căn cứ|Kính gửi|Điều 1|CĂN CỨ|Theo đề nghị|Thực hiện)").search(
        text, own.start, min(own.end, own.start + 5000)
    )
    return (max(own.start, own.number_end), closes.start()) if closes is not None else (-1, -1)
