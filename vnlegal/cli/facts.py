"""The facts of many documents, read in as many processes as asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from vnlegal.cli.base import say
from vnlegal.cli.inputs import Input, gather
from vnlegal.cli.work import run
from vnlegal.knowledge import load_knowledge
from vnlegal.knowledge.delegations import load_delegations
from vnlegal.works import WorkFacts, read_facts


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the facts of one document; travels to the worker processes."""

    knowledge: Path | None = None

    def __call__(self, item: Input) -> str:
        """Return the facts as JSON."""
        facts = read_facts(item.read(), load_knowledge(self.knowledge), load_delegations(self.knowledge))
        return facts.model_dump_json()


def facts_of(paths: Sequence[str], knowledge: Path | None, jobs: int) -> tuple[list[WorkFacts], int]:
    """Return the facts of all documents under `paths`, in order, and how many could not be read."""
    inputs = gather(paths)
    for failure in inputs.failures:
        say(str(failure))
    failed = len(inputs.failures)
    facts: list[WorkFacts] = []
    outcomes = run(inputs.items, Reading(knowledge), jobs=jobs or os.cpu_count() or 1)
    if len(inputs.items) > 1 and sys.stderr.isatty():
        with click.progressbar(outcomes, length=len(inputs.items), label="Đang đọc", file=sys.stderr) as bar:
            outcomes = iter(list(bar))
    for outcome in outcomes:
        if outcome.result is None:
            failed += 1
            say(outcome.failure or outcome.item.source)
        else:
            facts.append(WorkFacts.model_validate_json(outcome.result))
    return facts, failed
