"""What a store holds after a run, so that two runs can be compared: without ids, times and owners."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from service.reader import KIND
from service.tables import Base, Document, Job, Refused, Source
from service.tables.documents import DocumentIssue, DocumentUnit, StoredFile, Task, TaskUnit

_TABLES: tuple[type[Base], ...] = (Document, StoredFile, Task, DocumentUnit, TaskUnit, DocumentIssue, Refused)
_CHANCE = {"read_at", "refused_at"}
Kept = Counter[str]


def kept(engine: Engine) -> Kept:
    """Each row as a line of JSON with how often it is there; a document is told by its key."""
    lines = Counter(json.dumps(["source", *row]) for row in _sources(engine))
    with engine.connect() as connection:
        keys = dict(iter(connection.execute(select(Document.id, Document.key)).tuples()))
        for model in _TABLES:
            for row in connection.execute(select(model.__table__)).mappings():
                lines[_line(model.__tablename__, dict(row), keys)] += 1
        jobs = select(Job.key, Job.state, Job.outcome, Job.reason, Job.message).where(Job.kind == KIND)
        lines.update(json.dumps(["job", *row]) for row in connection.execute(jobs))
    return lines


def outcomes(engine: Engine, files: Iterable[Path]) -> tuple[int, int]:
    """How many of the files are (lost, doubled): without an end in the store, or with more than one."""
    with engine.connect() as connection:
        ends = Counter(connection.scalars(select(Document.key)))
        ends.update(connection.scalars(select(Refused.sha256)))
        ends.update(connection.scalars(select(Job.key).where(Job.kind == KIND, Job.outcome == "failed")))
        paths = Counter(connection.scalars(select(Source.path)))
    found = [ends[sha256(path.read_bytes()).hexdigest()] for path in files]
    lost = sum(count == 0 for count in found)
    return lost, sum(count > 1 for count in found) + sum(count - 1 for count in paths.values())


def differing(one: Kept, other: Kept) -> dict[str, int]:
    """Rows that only one of the two has, how often: above 0 the first, below 0 the second."""
    return {line: one[line] - other[line] for line in one | other if one[line] != other[line]}


def _sources(engine: Engine) -> list[tuple[str, str]]:
    """What was found where: by key, since which of two copies counts as the first is left to chance."""
    with engine.connect() as connection:
        rows = connection.execute(select(Source.path, Source.key, Source.outcome)).tuples().all()
    return [(path, key) for path, key, _ in rows] + [(key, outcome) for _, key, outcome in rows]


def _line(table: str, row: dict[str, Any], keys: dict[int, str]) -> str:
    if isinstance(row.get("id"), int):
        del row["id"]
    told = {name: value for name, value in row.items() if name not in _CHANCE}
    if "document_id" in told:
        told["document_id"] = keys[told["document_id"]]
    return json.dumps([table, told], default=str, sort_keys=True)
