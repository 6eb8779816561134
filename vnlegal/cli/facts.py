"""The facts of many documents, read in as many processes as asked for; what a graph file knows is not read again."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from vnlegal.cli.base import say
from vnlegal.cli.inputs import Input, Inputs, gather
from vnlegal.cli.work import Outcome, run
from vnlegal.graph.store import Stored, is_graph, read_works
from vnlegal.knowledge import load_knowledge
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.works import WorkFacts, read_facts


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the facts of one document; travels to the worker processes."""

    knowledge: Path | None = None

    def __call__(self, item: Input) -> str:
        """Return the facts as JSON."""
        facts = read_facts(item.read(self.knowledge), load_knowledge(self.knowledge), load_delegations(self.knowledge))
        return facts.model_dump_json()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of all documents in order, how many files could not be read, how many were not read again."""

    stored: tuple[Stored, ...]
    failed: int = 0
    kept: int = 0

    def read(self) -> list[WorkFacts]:
        """Return the facts."""
        return [one.read() for one in self.stored]


def facts_of(paths: Sequence[str], knowledge: Path | None, jobs: int) -> tuple[list[WorkFacts], int]:
    """Return the facts of all documents under `paths`, in order, and how many could not be read.

    A graph file among the paths stands for the documents it was built from.
    """
    graphs = [path for path in paths if path != "-" and is_graph(Path(path))]
    others = [path for path in paths if path not in graphs]
    found = [work for path in graphs for work in read_works(Path(path))]
    if not others:
        return found, 0
    gathered = gather_facts(gather(others), knowledge, jobs)
    return [*found, *gathered.read()], gathered.failed


def gather_facts(
    inputs: Inputs, knowledge: Path | None, jobs: int, known: Mapping[tuple[str, str], Stored] | None = None
) -> Gathered:
    """Read the facts of the documents; those in `known`, by source and hash, are taken from there."""
    for failure in inputs.failures:
        say(str(failure))
    failed = len(inputs.failures)
    marks = [_mark(item, knowledge) for item in inputs.items]
    kept = [(known or {}).get((item.source, mark)) for item, mark in zip(inputs.items, marks, strict=True)]
    new = [n for n, one in enumerate(kept) if one is None]
    outcomes = run([inputs.items[n] for n in new], Reading(knowledge), jobs=jobs or os.cpu_count() or 1)
    for n, outcome in zip(new, _watched(len(new), outcomes), strict=True):  # outcomes come in the order asked
        if outcome.result is None:
            failed += 1
            say(outcome.failure or outcome.item.source)
        else:
            kept[n] = Stored.of(inputs.items[n].source, marks[n], outcome.result)
    return Gathered(tuple(one for one in kept if one is not None), failed, len(inputs.items) - len(new))


def _watched(count: int, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Show how far the work is, where somebody looks on."""
    if count > 1 and sys.stderr.isatty():
        with click.progressbar(outcomes, length=count, label="Đang đọc", file=sys.stderr) as bar:
            yield from bar
    else:
        yield from outcomes


def _mark(item: Input, knowledge: Path | None) -> str:
    """Return the hash of a file's bytes and of the knowledge it is read with; empty where it cannot be opened."""
    try:
        data = item.data if item.path is None else item.path.read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(data + knowledge_mark(knowledge).encode()).hexdigest()


@cache
def knowledge_mark(knowledge: Path | None) -> str:
    """Return what tells one set of rules from another: the package's code and data, and the user's own rows."""
    found = hashlib.sha256()
    package = Path(__file__).resolve().parents[1]
    for file in sorted([*package.rglob("*.py"), *package.rglob("data/*"), *((knowledge or package / "-").glob("*"))]):
        if file.is_file():
            stat = file.stat()
            found.update(f"{file.name} {stat.st_size} {stat.st_mtime_ns}\n".encode("utf-8", "replace"))
    return found.hexdigest()
