"""What a document says of itself: that it amends, replaces, repeals, implements, guides another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnlegal.citations.lines import line_end, line_start
from vnlegal.citations.mentions import Mention
from vnlegal.citations.relation_rules import Cue, Scene
from vnlegal.text import fold

_OF_ITSELF = frozenset({"implements", "guides", "amends", "replaces", "repeals", "corrects", "consolidates"})
_SENTENCE = re.compile(r"[.:;] (?=[A-ZĐÂĂÊÔƠƯ])")
_SUBJECT = re.compile(
    r"(?P<word>luật|nghị định|nghị quyết|thông tư liên tịch|thông tư|quyết định|pháp lệnh|chỉ thị|văn bản|kế hoạch|"
    r"quy chế|quy định|công văn|hướng dẫn) này",
    re.IGNORECASE,
)
# "… quy định tại Nghị định này và …": the document is named, but it is not the one that speaks.
_NO_SUBJECT = re.compile(r"(?:tại|của|theo|trong|giữa|với|ngày|bởi|khi|từ|như|hành|và) $")
_ISSUES = re.compile(r"ban hành (?:kèm theo )?(?P<word>[^\W\d_]+(?: [^\W\d_]+){0,3}?) $", re.IGNORECASE)
_ABOUT = re.compile(r"V/v|về việc", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[;,]|\A| và| đồng thời) ?$")
_ITEM = re.compile(r"[“\"*•+\- –>]*(?:(?:\d{1,3}|[IVXLC]+)(?:\.\d+)*[.)]|[a-zđ]\d?\)|\(\w{1,4}\)|[-+•*–])")
_OPENS_LOSS = re.compile(
    r"(?:(?:Các |Những )?(?:quy định|nội dung|văn bản|thông tư|nghị định|quyết định|nghị quyết)"
    r"[^;:]{0,110}(?:tại|của|theo|là)"
    r"|(?:Kể )?[tT]ừ ngày[^;:]{0,80}(?:hiệu lực|thi hành)[^;:]{0,20},(?: các)?|Các)? ?$",
    re.IGNORECASE,
)
_AMENDED_BY = re.compile(r"sua doi, bo sung(?: mot so dieu)? (?:boi|theo|tai)(?: cac [^:]{0,60})?:$")
_IN_FORCE = re.compile(r"[^\n]{0,600}có hiệu lực")
_CONSOLIDATED = "van_ban_hop_nhat"
_ITEMS_ABOVE = 40
_LONGEST_ITEM = 600


def spoken(
    scene: Scene, before: str, anchor: int, line_start: tuple[int, int], cue: Cue | None, line: Sequence[Mention]
) -> str | None:
    """Return the relation that the document states of itself: in its title, by "… này", or by an instruction.

    `line_start`: where the paragraph begins, and its words behind the marker.
    """
    begin, body = line_start
    clause_start = body if body < anchor else begin
    for stop in _SENTENCE.finditer(scene.text, begin, anchor):
        clause_start = stop.end()
    clause = scene.text[max(clause_start, anchor - 300) : anchor]
    clause = (
        clause[: len(clause) - (anchor - begin - len(before))] if len(before) < min(anchor - begin, 300) else clause
    )
    verb = _verb(scene, clause, cue)
    if verb is None:
        return None
    relation, start = verb
    lead = clause[:start]
    if begin in scene.cells or _in_title_of(line, clause_start, lead, relation):
        return None
    if scene.title[0] <= anchor < scene.title[1]:
        return relation
    subjects = [s for s in _SUBJECT.finditer(lead) if not _NO_SUBJECT.search(lead, 0, s.start())]
    if subjects:
        word = subjects[-1]["word"].lower()
        return relation if word == scene.word or (not scene.word and word != "luật") else None
    if scene.own.kind is not None and scene.own.kind not in scene.rules.speaking:
        return relation if relation == "guides" and _ABOUT.search(lead) else None
    issues = _ISSUES.search(lead.rstrip() + " ")
    if issues is not None:
        return relation if issues["word"].lower() == scene.word else None
    instructs = clause[:1].isupper() and scene.rules.verb.match(clause)
    return relation if not lead.strip(' -–+*“"') or instructs else None


def _verb(scene: Scene, clause: str, cue: Cue | None) -> tuple[str, int] | None:
    """Return the relation a clause ends in and where its verb begins."""
    stated = cue if cue is not None and cue.relation in _OF_ITSELF else None
    if stated is not None and stated.relation != "guides":
        return stated.relation, max(clause.lower().rfind(stated.words), 0)
    found = list(scene.rules.open_verb.finditer(clause))
    relation = scene.rules.verbs[found[-1]["verb"].lower()] if found else None
    if stated is not None and relation != "implements":
        return stated.relation, max(clause.lower().rfind(stated.words), 0)
    return (relation, found[-1].start()) if relation is not None else None


def _in_title_of(line: Sequence[Mention], clause_start: int, lead: str, relation: str) -> bool:
    """Whether the verb belongs to the title of a document named before it in the clause."""
    named = [m for m in line if m.start >= clause_start and m.kind in ("numbered", "named", "short")]
    return bool(named) and (relation in ("implements", "guides") or not _GOES_ON.search(lead))


def from_intro(scene: Scene, begin: int) -> str | None:
    """Return the relation of an item's first words, from the line above the list: "bãi bỏ các văn bản sau:"."""
    text, at = scene.text, begin - 1
    if (
        scene.own.kind == _CONSOLIDATED
        and text.find("\nCăn cứ", scene.own.start, begin) < 0
        and _IN_FORCE.match(text, begin)
    ):
        return "consolidates"
    for _ in range(_ITEMS_ABOVE):
        if at <= 0:
            return None
        start = line_start(text, at)
        folded = fold(text[max(start, at - 240) : at]).rstrip(" .")
        if folded.endswith(":") or (at - start < 60 and scene.rules.intros.get(_without_marker(folded)) is not None):
            return _said_above(scene, folded)
        if at - start > _LONGEST_ITEM or (_ITEM.match(text, start) is None and at - start > 300):
            return None
        if text.startswith("Điều ", start):
            return None
        at = start - 1
    return None


def _without_marker(folded: str) -> str:
    return re.sub(r"^[\W_]*(?:[ivxlc\d]+[.)])?[\W_]*", "", folded)


def _said_above(scene: Scene, folded: str) -> str | None:
    sentence = folded[folded.rfind(". ") + 1 :]
    if _AMENDED_BY.search(sentence):
        return "consolidates" if scene.own.kind == _CONSOLIDATED else None
    matches = list(scene.rules.intro.finditer(sentence))
    if not matches:
        return None
    relation = scene.rules.intros[matches[0][0]]
    if relation != "issued_under" and scene.own.kind is not None and scene.own.kind not in scene.rules.speaking:
        return None
    return relation


def loses_force(scene: Scene, mention: Mention, body: int) -> str | None:
    """Return `repeals` where the sentence goes on to say that the cited document loses force because of this one."""
    text = scene.text
    start = mention.pin_start if 0 <= mention.pin_start < mention.start else mention.start
    clause_start = body
    for stop in _SENTENCE.finditer(text, body, start):
        clause_start = stop.end()
    if start > clause_start and _OPENS_LOSS.fullmatch(text, clause_start, start) is None:
        return None
    close = max(mention.date_end, mention.end)
    stop_at = min(line_end(text, close), close + 400)
    match = scene.rules.loses.search(text, close, stop_at)
    if match is None or _SENTENCE.search(text, close, match.start()):
        return None
    for subject in _SUBJECT.finditer(text, clause_start, min(len(text), match.end() + 130)):
        if not scene.word or subject["word"].lower() == scene.word:
            return "repeals"
    return None
