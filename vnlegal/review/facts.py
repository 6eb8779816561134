"""What the audits and the graph take of each document: read once, in a process beside the server, and kept.

The analyses are always those the reviewers left; clauses, scopes, counts and structure are read from the text.
"""

from __future__ import annotations

import json
import logging
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import func, insert, select

from vnlegal.audit import AuditRow, Reading
from vnlegal.audit.rows import line_ends
from vnlegal.records import Document, Outline, Record
from vnlegal.review.log import now
from vnlegal.review.model import ReviewProblem
from vnlegal.review.naming import source_of
from vnlegal.review.reading import Job, Worker
from vnlegal.review.result import reviewed
from vnlegal.review.schema import analyses, documents, events, extracts
from vnlegal.review.store import Store
from vnlegal.works import WorkFacts

_log = logging.getLogger("vnlegal.review")


class Extract(Record):
    """What one document's text tells the audits. `source` in its rows is the document's number under review."""

    facts: WorkFacts
    counts: tuple[AuditRow, ...]
    outline: Outline


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents as the audits take them; `waiting`: how many have no extract yet, `failed`: how many get none.

    `mark` changes whenever a document comes, goes, is changed, or gets its extract.
    """

    extracts: dict[int, Extract]
    readings: dict[int, Reading]
    waiting: int
    mark: int
    failed: int = 0


def extract_of(stored: bytes, source: str, knowledge: Path | None) -> bytes:
    """Return the JSON of an `Extract` made of a stored analysis (compressed JSON of text, layout, analysis)."""
    from vnlegal.audit.counts import audit_counts
    from vnlegal.knowledge import load_knowledge
    from vnlegal.knowledge.counts import load_counts
    from vnlegal.knowledge.delegations import load_delegations
    from vnlegal.pipeline import outline
    from vnlegal.records import Task
    from vnlegal.segment import segment
    from vnlegal.works import read_facts

    fields = json.loads(zlib.decompress(stored))
    head = fields["analysis"]["document"]
    document = Document.model_validate(
        {"text": fields["text"], "source": source, "layout": fields["layout"], "format": head["format"],
         "sha256": head["sha256"]}, strict=False,
    )  # fmt: skip
    known = load_knowledge(knowledge)
    tasks = tuple(Task.model_validate(task, strict=False) for task in fields["analysis"]["tasks"])
    made = Extract(
        facts=read_facts(document, known, load_delegations(knowledge)),
        counts=audit_counts(source, segment(document, known), tasks, load_counts(knowledge)),
        outline=outline(document, knowledge=known),
    )
    return made.model_dump_json().encode()


class Facts:
    """The extracts of all documents, made in the background from the first time somebody asks for them."""

    def __init__(self, store: Store, knowledge: Path | None) -> None:
        self._store = store
        self._knowledge = knowledge
        self._program = version("vnlegal")
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None
        self._ended = False
        self._extracts: dict[int, Extract] = {}
        self._readings: dict[int, tuple[int, Reading]] = {}
        self._failed: set[int] = set()

    def gather(self) -> Gathered:
        """Return what is known of the documents now, and have the rest read."""
        last = self._last_events()
        missing = [doc for doc in last if doc not in self._extracts and doc not in self._failed]
        with self._store.reading() as connection:
            query = select(extracts.c.doc, extracts.c.data).where(extracts.c.program == self._program)
            known = {row.doc: row.data for row in connection.execute(query.where(extracts.c.doc.in_(missing)))}
        for doc, data in known.items():
            self._extracts[doc] = Extract.model_validate_json(zlib.decompress(data))
        waiting = [doc for doc in missing if doc not in known]
        if waiting:
            self._begin()
        readings, told = {}, {doc: self._extracts[doc] for doc in last if doc in self._extracts}
        for doc, event in last.items():
            readings[doc] = self._reading(doc, event)
            if doc in told:
                own = told[doc]
                more = {"effective": own.facts.effective, "ends": own.facts.ends, "outline": own.outline}
                readings[doc] = readings[doc].model_copy(update=more)
        mark = hash((tuple(last.items()), tuple(told)))
        return Gathered(told, readings, len(waiting), mark, len(self._failed & last.keys()))

    def readings(self) -> tuple[dict[int, Reading], int]:
        """Return the analyses of all documents as their reviewers left them, and a mark that changes with them."""
        last = self._last_events()
        return {doc: self._reading(doc, last[doc]) for doc in last}, hash(tuple(last.items()))

    def close(self) -> None:
        """End the process."""
        self._ended = True
        if self._worker is not None:
            self._worker.close()

    def _last_events(self) -> dict[int, int]:
        """Return the last event of each document that is there."""
        last = select(func.coalesce(func.max(events.c.id), 0)).where(events.c.doc == documents.c.id).scalar_subquery()
        query = select(documents.c.id, last).where(documents.c.status == "ready").order_by(documents.c.id)
        with self._store.reading() as connection:
            return {int(row[0]): int(row[1]) for row in connection.execute(query)}

    def _reading(self, doc: int, last: int) -> Reading:
        known = self._readings.get(doc)
        if known is not None and known[0] == last:
            return known[1]
        content = self._store.content(doc)
        final = reviewed(content, self._store.standing(doc).items)
        head = final.document.model_copy(update={"source": source_of(doc, final.document.source)})
        made = Reading(analysis=final.model_copy(update={"document": head}), line_ends=line_ends(content.text))
        self._readings[doc] = last, made
        return made

    def _begin(self) -> None:
        with self._lock:
            if self._ended or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._read_waiting, daemon=True)
            self._thread.start()

    def _waiting(self) -> Iterable[tuple[int, str, bytes]]:
        """Yield documents without an extract until there is none: number, source, stored analysis."""
        while not self._ended:
            done = select(extracts.c.doc).where(extracts.c.program == self._program)
            query = (
                select(documents.c.id, documents.c.name, analyses.c.data)
                .join(analyses, analyses.c.doc == documents.c.id)
                .where(documents.c.status == "ready", documents.c.id.not_in(done))
                .where(documents.c.id.not_in(self._failed))
                .order_by(documents.c.id)
                .limit(1)
            )
            with self._store.reading() as connection:
                row = connection.execute(query).first()
            if row is None:
                return
            yield int(row.id), source_of(row.id, row.name), row.data

    def _read_waiting(self) -> None:
        for doc, source, stored in self._waiting():
            try:
                if self._worker is None:
                    self._worker = Worker(self._knowledge)
                data = self._worker.run(Job(self._store.folder, source, stored=stored))
            except ReviewProblem:
                self._failed.add(doc)
                _log.warning("document %d could not be read for the audits", doc)
                continue
            row = {"doc": doc, "at": now(), "program": self._program, "data": zlib.compress(data, 3)}
            with self._store.writing() as connection:
                connection.execute(insert(extracts).prefix_with("OR REPLACE").values(row))
