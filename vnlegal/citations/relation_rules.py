"""The wording of relations, compiled from knowledge, and the scene that the rules look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vnlegal.citations.own import Own
from vnlegal.knowledge.documents import DocumentKnowledge
from vnlegal.knowledge.patterns import one_of
from vnlegal.text import fold


class Cue(NamedTuple):
    """Words before a mention and the relation they state."""

    words: str
    relation: str
    own: bool


@dataclass(frozen=True, slots=True, eq=False)
class RelationRules:
    """What the relation rules look up.

    `before`: cues by their last word, longest first. `open_verb`: a verb with other words up to "của" or "tại".
    `verb`: any such verb; `verbs`: their relations. `loses`: what a document that loses force "does". `intro`:
    folded, what a line above a list says of the documents in it. `names`: kinds' names in small letters.
    `speaking`: kinds whose texts amend, repeal and implement.
    """

    before: dict[str, tuple[Cue, ...]]
    open_verb: re.Pattern[str]
    verb: re.Pattern[str]
    verbs: dict[str, str]
    loses: re.Pattern[str]
    intro: re.Pattern[str]
    intros: dict[str, str]
    names: dict[str, str]
    speaking: frozenset[str]


class Scene(NamedTuple):
    """One document of the file as the rules see it: the flow, its kind's name in small letters, its title's place.

    `cells`: where table cells begin; a cell tells of other documents, it does not speak for this one.
    """

    text: str
    rules: RelationRules
    own: Own
    word: str
    title: tuple[int, int]
    cells: frozenset[int]


@lru_cache(maxsize=8)
def compile_relations(knowledge: DocumentKnowledge) -> RelationRules:
    """Arrange the relation cues of `knowledge` for lookup."""
    cues: dict[str, list[Cue]] = {}
    verbs: dict[str, str] = {}
    losing: list[str] = []
    intros: dict[str, str] = {}
    for row in knowledge.relations:
        verbs |= dict.fromkeys(row.verbs, row.relation)
        if row.place == "after":
            losing += row.words
        for words in (*row.verbs, *(row.words if row.place != "before" else ())):
            intros[fold(words)] = row.relation
        if row.place == "before":
            for words in row.words:
                cue = Cue(words.lower(), row.relation, row.speaker == "own")
                cues.setdefault(cue.words.rsplit(" ", 1)[-1], []).append(cue)
    unfinished = "".join(rf"(?<!{word} )" for word in ("khi", "chưa", "ngày", "đến", "trước", "còn", "sẽ"))
    return RelationRules(
        before={last: tuple(sorted(rows, key=lambda c: -len(c.words))) for last, rows in cues.items()},
        open_verb=re.compile(
            rf"(?<!\w)(?P<verb>{one_of(verbs)})(?!\w)[^;:]{{0,240}}?(?:của|tại|vào|thi hành)(?: các)? $", re.IGNORECASE
        ),
        verb=re.compile(rf"(?:{one_of(verbs)})(?!\w)", re.IGNORECASE),
        verbs=verbs,
        loses=re.compile(rf"{unfinished}(?:{one_of(losing)})"),
        intro=re.compile(one_of(intros)),
        intros=intros,
        names={kind.key: kind.name.lower() for kind in knowledge.types},
        speaking=frozenset(kind.key for kind in knowledge.types if kind.articles and kind.key != "van_ban"),
    )
