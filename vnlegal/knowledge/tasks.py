"""The words by which documents hand out work: cues, roles, modals, sections, labels, verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vnlegal.knowledge.files import read_toml
from vnlegal.knowledge.patterns import one_of
from vnlegal.text import fold, fold_tone

# assign, request, propose: before the body that is told. entrusted: after it. person: may stand before its name.
# addressee: stands for the addressee of the letter. group: heads of unnamed groups, group_alone: those that need no
# "các" before them; group_named: nor do these before a name ("ngành Thuế"); unit_named:
# one body, in capitals before its name or place ("Trạm Kiểm dịch", "Điện lực tỉnh").
# plural, chief: stand before a body's name. office: with a capital, the name of a body or of a person's office begins
# so. body_tail: after it. describing: after the head of a group, which it describes. attributive: the syllable before
# a verb that only describes a group. centre: what a centre is named after ("Trung tâm huấn luyện"). no_order: the
# syllable before a cue word that orders nothing. frequency: before the action. small: the syllables of headings that
# say nothing. lead, support: the role of a body. modal, past: between the body and the verb (past means that nothing
# is ordered). scope, scope_word, scope_link: "theo chức năng". speaking: what a document says of its own body.
# proposing: the same in a report or a proposal. linker, adverbial: open a sentence before its subject. elaboration:
# open a sentence that explains the one before. generic, tail: end of a sentence that only leads in a list.
# courtesy: what a letter that has asked for something closes with.
# enumerating: end of one whose list holds no tasks. urgency: kept with the task. recipient, report: before the body a
# result goes to. product_verb, product: name what a task brings forth; of these verbs run_verb only a system,
# study_verb only a proposal, gather_verb only a report. field_*: labels before a colon. section_*: what a heading says
# of the text under it. template, comment: kinds of annex. copies: before the list of copies. reported, result: reports.
# adverb, verb: what an action may begin with.
Role = Literal[
    "assign",
    "request",
    "propose",
    "entrusted",
    "person",
    "addressee",
    "group",
    "group_alone",
    "group_named",
    "unit_named",
    "plural",
    "chief",
    "office",
    "body_tail",
    "attributive",
    "centre",
    "describing",
    "no_order",
    "frequency",
    "small",
    "lead",
    "support",
    "modal",
    "past",
    "scope",
    "scope_word",
    "scope_link",
    "speaking",
    "proposing",
    "enumerating",
    "linker",
    "adverbial",
    "elaboration",
    "generic",
    "courtesy",
    "tail",
    "urgency",
    "recipient",
    "report",
    "product_verb",
    "product",
    "run_verb",
    "system",
    "study_verb",
    "proposal",
    "gather_verb",
    "field_task",
    "field_lead",
    "field_support",
    "field_time",
    "field_product",
    "field_other",
    "section_tasks",
    "section_propose",
    "section_report",
    "section_off",
    "section_loose",
    "section_normative",
    "template",
    "copies",
    "comment",
    "reported",
    "result",
    "adverb",
    "verb",
]


# The roles whose words tell somebody something, which together are "cue".
_TELLING = ("assign", "request", "propose", "entrusted")
_BLANK = "[ \n]"
_SIGNS = " \n.,;:()[]/\"'*-–—…“”‘’"


class TaskCue(BaseModel):
    """A row of task_cues.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    words: tuple[str, ...]
    example: str


class Patterns(dict[str, re.Pattern[str]]):
    """One pattern a role, compiled when the role is first asked for: few documents need them all."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, role: str) -> re.Pattern[str]:
        """Compile the pattern of `role`."""
        self[role] = pattern = re.compile(self._sources[role])
        return pattern


class Openings(dict[str, re.Pattern[str]]):
    """The pattern of one role by the two characters its words begin with, each compiled when first asked for.

    Of the five hundred verbs few begin alike; trying only those is three times as fast.
    """

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self._words = tuple(words)

    def __missing__(self, pair: str) -> re.Pattern[str]:
        """Compile the words that begin with `pair`."""
        self[pair] = pattern = re.compile(_whole(word for word in self._words if pair in _first_two(word)))
        return pattern


@dataclass(frozen=True, eq=False)
class TaskKnowledge:
    """The task cues by role, and one pattern a role.

    Patterns are for text folded by `vnlegal.text.fold`; a single syllable must then be looked up in `exact`, for
    a folded "giao" may be "giáo". So must the phrases in `alike`, which two roles spell differently: "cùng cấp" and
    "cung cấp". `exact` holds, per role, all these as they are meant. `finders` are the same patterns for searching:
    they begin where a word begins. `begins` holds, per role, the two characters its patterns may begin with, which
    are looked up before the pattern is tried. Under "cue", `patterns` and `begins` hold what the four roles share
    that tell somebody something. `openings` holds, per role, its pattern by these two. `generic` holds the syllables
    of actions that say nothing.
    """

    words: dict[str, tuple[str, ...]]
    patterns: Patterns
    exact: dict[str, frozenset[str]]
    finders: Patterns
    alike: frozenset[str]
    begins: dict[str, frozenset[str]]
    openings: dict[str, Openings]
    generic: frozenset[str]
    courtesy: frozenset[str]


def _whole(words: Iterable[str], behind: str = "") -> str:
    """Return a regular expression for any of `words` up to its end."""
    return rf"(?:{one_of(words, blank=_BLANK, behind=behind)})(?![^\W_])"


def load_tasks(extra: Path | None) -> TaskKnowledge:
    """Read the task cues."""
    words: dict[str, tuple[str, ...]] = {}
    for row in read_toml("task_cues.toml", "cue", TaskCue, extra):
        words[row.role] = words.get(row.role, ()) + row.words
    folded = {role: tuple(map(fold, group)) for role, group in words.items()}
    sources = {role: _whole(group) for role, group in folded.items()}
    spelled: dict[str, set[str]] = {}
    for group in words.values():
        for word in group:
            spelled.setdefault(fold(word), set()).add(fold_tone(word.lower()))
    alike = frozenset(word for word, spellings in spelled.items() if len(spellings) > 1 and " " in word)
    exact = {
        role: frozenset(
            spelling
            for w in group
            if " " not in w or fold(w) in alike
            for spelling in (w.lower(), fold_tone(w.lower()))
        )
        for role, group in words.items()
    }
    finders = {role: _whole(group, r"(?<![^\W_].)") for role, group in folded.items()}
    sources["cue"] = _whole(word for role in _TELLING for word in folded[role])
    begins = {role: frozenset(pair for w in group for pair in _first_two(w)) for role, group in folded.items()}
    begins["cue"] = frozenset().union(*(begins[role] for role in _TELLING))
    generic = frozenset(syllable for phrase in words["generic"] for syllable in phrase.split())
    openings = {role: Openings(group) for role, group in folded.items()}
    courtesy = frozenset(syllable for phrase in words["courtesy"] for syllable in phrase.split())
    return TaskKnowledge(words, Patterns(sources), exact, Patterns(finders), alike, begins, openings, generic, courtesy)


def _first_two(word: str) -> tuple[str, ...]:
    """Return what the first two characters of `word` may be in a text; a word of one ends there or before a sign."""
    if len(word) == 1:
        return (word, *(word + sign for sign in _SIGNS))
    return word[:2], word[:2].replace(" ", "\n")
