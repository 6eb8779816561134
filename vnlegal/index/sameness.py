"""Whether two texts state the same task: by the words they share, or by a long run of words that is their own."""

from __future__ import annotations

from difflib import SequenceMatcher

from vnlegal.index.words import folded
from vnlegal.records import Task

ALIKE = 0.6  # the share of their words that two statements of one task have in common
_LEAST = ALIKE / 4  # below this share no run is looked for
_HEAD = 5  # words at the beginning that say what is done
_RUN = 14  # words in a row that no two tasks have in common by chance
_FEW = 8  # words; of fewer, many tasks are alike
_WHOLE = 7  # words of a text that is told in short where another begins with all of it


def may_be_one(one: Task, other: Task, *, one_document: bool) -> bool:
    """Whether two tasks alike may be one.

    A few words alone ("báo cáo Thủ tướng Chính phủ") are what many must do: so few must be the same words, and of one
    body. Rows of the tables of one document are each a task of its own ("… công nghệ chiến lược", "… công nghiệp
    chiến lược").
    """
    first, second = folded(one.text), folded(other.text)
    if one_document and one.rule.startswith("table") and other.rule.startswith("table"):
        return first == second
    if min(len(first), len(second)) >= _FEW:
        return True
    bodies = [{actor.canonical for actor in task.leads} for task in (one, other)]
    return first == second and (bodies[0] == bodies[1] or bool(bodies[0] & bodies[1]))


def likeness(one: str, other: str) -> float:
    """Return how far two texts state the same, 0 to 1: the share of their words they have in common.

    Half of it where they share hardly a word of their beginning, which says what is done: set phrases at the end are
    many tasks' own.
    """
    first, second = sorted((folded(one), folded(other)), key=len)
    a, b = set(first), set(second)
    share = len(a & b) / len(a | b) if a | b else 0.0
    return share / 2 if len(b.intersection(first[:_HEAD])) < min(2, len(a)) else share


def shared_run(one: str, other: str) -> tuple[str, ...]:
    """Return the words in a row that make two texts statements of one task, none where there are none.

    A long run that is half of the shorter text: one says beside it who may do it, the other what for. Or all of the
    shorter text, where the other begins with it. Unless the words are a set phrase, which the texts alone do not tell.
    """
    first, second = sorted((folded(one), folded(other)), key=len)
    if len(first) >= _WHOLE and second[: len(first)] == first:
        return tuple(first)
    a, b = set(first), set(second)
    if len(first) < _RUN or len(a & b) < _LEAST * len(a | b):
        return ()
    run = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return tuple(first[run.a : run.a + run.size]) if run.size >= _RUN and 2 * run.size >= len(first) else ()


def parts_of_run(run: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the parts of `_WHOLE` words each that cover a run; the last one ends where it ends."""
    last = max(len(run) - _WHOLE, 0)
    return [run[at : at + _WHOLE] for at in dict.fromkeys((*range(0, last, _WHOLE), last))]
