"""Known tasks, asked for by some of their words: where does the index put them?

A question is drawn from the tasks of DATA/texts, unreplicated, each in its documents: three to six words of one task,
in the order they stand in. Three ways of drawing: its most telling words (those that fewest tasks have), any of its
words, a run of its words. Every second question is without diacritics, every fourth has the short name of the leading
body where it has one. The right row has the words of the task, whatever its capitals and signs: what several documents
state comes once before it repeats. A draw is a number of such questions from one seed; the first is looked at closer.
"""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from index_bench import SEED, fresh, line

if TYPE_CHECKING:
    from vnlegal.index import Index
    from vnlegal.records import Task


class Question(NamedTuple):
    """What is asked, for which task, with which words of it, for which leading body; whether marks are written."""

    query: str
    task: Task
    words: str
    lead: str | None
    written: bool


class Known:
    """The tasks of an index, and what is needed to draw questions for them and to say how well they can be answered."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        from vnlegal.index.words import exact, folded
        from vnlegal.knowledge import load_knowledge

        self.tasks = tasks
        self.folded = [folded(task.text) for task in tasks]
        self.exact = [exact(task.text) for task in tasks]
        self.having: dict[str, set[int]] = {}
        for number, words in enumerate(self.folded):
            for word in words:
                self.having.setdefault(word, set()).add(number)
        self.shorts = {a.name: a.aliases[0] for a in load_knowledge().agencies.agencies if a.aliases}

    def frequency(self, word: str) -> int:
        """Return how many tasks have a folded word."""
        return len(self.having.get(word, ()))

    def lead(self, task: Task) -> str | None:
        """Return the first leading body that has a short name."""
        return next((actor.canonical for actor in task.leads if actor.canonical in self.shorts), None)

    def best(self, words: str, lead: str | None, *, written: bool, in_a_row: bool) -> tuple[float, float, bool]:
        """Return how likely the best of all orders has the text meant first, in the first five; and if others fit too.

        Many texts hold the words; each is meant as often as its own words are drawn so: as one of its runs, or as some
        of them in order.
        """
        from vnlegal.index.ranking import runs_and_choices
        from vnlegal.index.words import exact, folded

        asked = exact(words) if written else folded(words)
        chances: dict[tuple[str, ...], float] = {}
        for number in set.intersection(*(self.having[word] for word in folded(words))):
            if lead and lead not in {actor.canonical for actor in self.tasks[number].leads}:
                continue
            own = self.exact[number] if written else self.folded[number]
            runs, choices = runs_and_choices(own, asked)
            if len(own) < len(asked):
                continue
            chance = runs / (len(own) - len(asked) + 1) if in_a_row else choices / math.comb(len(own), len(asked))
            if chance:
                key = tuple(self.folded[number])
                chances[key] = chances.get(key, 0.0) + chance
        likely = sorted(chances.values(), reverse=True)
        whole = sum(likely)
        return (likely[0] / whole, sum(likely[:5]) / whole, len(likely) > 1) if whole else (1.0, 1.0, False)

    def questions(self, seed: int, count: int, drawn: Draw) -> list[Question]:
        """Return the questions of one draw."""
        from vnlegal.index.words import folded

        chance = random.Random(seed)
        out = []
        for number in range(count):
            task, chosen = drawn(chance, self)
            words, written = " ".join(chosen), bool(number % 2)
            lead = self.lead(task) if number % 4 == 0 else None
            query = words if written else " ".join(folded(words))
            out.append(Question(f"{query} {self.shorts[lead]}" if lead else query, task, words, lead, written))
        return out


def _long_enough(chance: random.Random, known: Known) -> tuple[Task, list[str], int]:
    """Draw how many words are asked for, and a task that has as many."""
    while True:
        task = chance.choice(known.tasks)
        words = task.text.split()
        size = chance.randint(3, 6)
        if len(words) >= size:
            return task, words, size


def _some(chance: random.Random, known: Known) -> tuple[Task, list[str]]:
    task, words, size = _long_enough(chance, known)
    return task, [words[n] for n in sorted(chance.sample(range(len(words)), size))]


def _run(chance: random.Random, known: Known) -> tuple[Task, list[str]]:
    task, words, size = _long_enough(chance, known)
    at = chance.randint(0, len(words) - size)
    return task, words[at : at + size]


def _telling(chance: random.Random, known: Known) -> tuple[Task, list[str]]:
    from vnlegal.index.words import folded

    task, words, size = _long_enough(chance, known)
    # no one types a word twice, so each counts once, where it stands first
    once = list({" ".join(folded(word)): n for n, word in reversed(list(enumerate(words)))}.values())
    rare = sorted(once, key=lambda n: min(map(known.frequency, folded(words[n])), default=10**9))
    return task, [words[n] for n in sorted(rare[:size])]


Draw = Callable[[random.Random, Known], tuple["Task", list[str]]]
DRAWS: dict[str, Draw] = {"most telling words": _telling, "any words": _some, "a run of words": _run}


def known(pool: Path, work: Path, count: int, draws: int) -> None:
    """Ask for known tasks and print how often they come first and in the first five."""
    from vnlegal.index import open_index
    from vnlegal.records import Analysis

    tasks: list[Task] = []
    with open_index(fresh(work / "known.db")) as index:
        for row in pool.open():
            analysis = Analysis.model_validate_json(row)
            index.add(analysis)
            tasks += analysis.tasks
        index.tidy()
        all_of = Known(tasks)
        texts = len(set(map(tuple, all_of.folded)))
        told = f"{index.stats().documents:,}  {len(tasks):,}  {texts:,}"
        line("known items: documents, tasks, different texts", told)
        for name, drawn in DRAWS.items():
            _figures(index, all_of, name, [all_of.questions(SEED + n, count, drawn) for n in range(draws)])


def _figures(index: Index, all_of: Known, name: str, draws: Sequence[Sequence[Question]]) -> None:
    """Print the figures of one way of drawing."""
    found = [[_places(index, question) for question in draw] for draw in draws]
    shares = [(fmean(place == 1 for place in draw), fmean(place > 0 for place in draw)) for draw in found]
    first, fifth = zip(*shares, strict=True)
    line(f"known items, {name}: first / in five (0.90 / 0.98)", f"{first[0]:.3f} / {fifth[0]:.3f}")
    spread = f"{min(first):.3f} to {max(first):.3f} / {min(fifth):.3f} to {max(fifth):.3f}"
    line(f"    the mean of {len(draws)} draws", f"{fmean(first):.3f} / {fmean(fifth):.3f}   ({spread})")
    questions = draws[0]
    alike = [_alike(index, question, place) for question, place in zip(questions, found[0], strict=True)]
    shares_ = f"{fmean(one for one, _ in alike):.3f} / {fmean(five for _, five in alike):.3f}"
    line("    a row that states the same task counted (search --places)", shares_)
    best = [all_of.best(q.words, q.lead, written=q.written, in_a_row="run" in name) for q in questions]
    line("    share of questions that other texts answer as well", f"{fmean(b[2] for b in best):.3f}")
    if "telling" not in name:  # telling words are not drawn by chance
        line("    the best of all orders", f"{fmean(b[0] for b in best):.3f} / {fmean(b[1] for b in best):.3f}")
    if os.environ.get("MISSES"):
        print("\n".join(f"    {q.query}" for q, place in zip(questions, found[0], strict=True) if place == 0))


def _places(index: Index, question: Question) -> int:
    """Return where the text meant comes among the first five, 0 for not."""
    from vnlegal.index.words import folded

    wanted = folded(question.task.text)
    rows = [folded(hit.row.text) for hit in index.search(question.query, limit=5, facets=False)]
    return rows.index(wanted) + 1 if wanted in rows else 0


def _alike(index: Index, question: Question, place: int) -> tuple[bool, bool]:
    """Return whether the task meant comes first, and in the first five, told in these words or in others."""
    from vnlegal.index.words import folded

    if place == 1:
        return True, True
    wanted = folded(question.task.text)
    found = []
    for hit in index.search(question.query, limit=1 if place else 5, facets=False):
        found.append(any(folded(other.row.text) == wanted for other in index.places_of(hit)))
        if found[-1]:
            break
    return found[:1] == [True], place > 0 or any(found)
