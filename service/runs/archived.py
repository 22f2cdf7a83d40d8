"""Kept documents with what the machine once read of them and what reviewers accepted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from service.learning.labelled import Labelled
from service.mapping import task_record
from service.tables import Document, StoredFile, Task, TaskUnit, TaskVersion

HEADER = ("number", "issued_on", "issuer", "type", "subject", "signer")


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept: `record` is its header and tasks as the machine read them, `label` what was
    accepted where it was reviewed; `files` are the hash and name of each, the directive first."""

    id: int
    key: str
    name: str
    version: str
    record: Mapping[str, Any] = field(repr=False)
    label: Mapping[str, Any] | None = field(repr=False)
    files: tuple[tuple[str, str], ...]


class Archived:
    """Documents that are kept with their files and need no clearance."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ids(self, *, sample: int | None = None, since: float | None = None) -> list[int]:
        """Those that were read since then; of these a sample, which is the same whenever it is asked for: the
        hashes of files are as good as drawn by lot."""
        kept = exists().where(StoredFile.document_id == Document.id)
        query = select(Document.id).where(Document.clearance == 0, kept).order_by(Document.key)
        if since is not None:
            query = query.where(Document.read_at >= since)
        return list(self._session.scalars(query.limit(sample)))

    def documents(self, ids: Sequence[int]) -> list[Kept]:
        """These, in the order given; what was purged meanwhile is left out."""
        rows = {one.id: one for one in self._session.scalars(select(Document).where(Document.id.in_(ids)))}
        labels = Labelled(self._session).labels(list(rows.values()))
        tasks, files = self._read_by_machine(ids), self._files(ids)
        return [
            Kept(
                one.id,
                one.key,
                one.number or one.name,
                one.version,
                {"document": _header(one), "tasks": tasks[one.id]},
                labels.get(one.id),
                tuple(files[one.id]),
            )
            for one in (rows[number] for number in ids if number in rows)
        ]

    def _files(self, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        query = select(StoredFile).where(StoredFile.document_id.in_(ids)).order_by(StoredFile.part)
        for one in self._session.scalars(query):
            found[one.document_id].append((one.sha256, one.name))
        return found

    def _read_by_machine(self, ids: Sequence[int]) -> dict[int, list[Mapping[str, Any]]]:
        """A task that was changed is written down as it was first; what a person added is no reading."""
        first = {
            (one.document_id, one.task_id): one.values
            for one in self._session.scalars(
                select(TaskVersion).where(TaskVersion.document_id.in_(ids), TaskVersion.version == 1)
            )
        }
        units: dict[tuple[int, str], list[TaskUnit]] = defaultdict(list)
        of_units = select(TaskUnit).where(TaskUnit.document_id.in_(ids)).order_by(TaskUnit.position)
        for unit in self._session.scalars(of_units):
            units[unit.document_id, unit.task_id].append(unit)
        found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        query = select(Task).where(Task.document_id.in_(ids), Task.origin == "machine")
        for task in self._session.scalars(query.order_by(Task.document_id, Task.position, Task.id)):
            place = (task.document_id, task.id)
            found[task.document_id].append(task_record(task, units[place]) | first.get(place, {}))
        return found


def _header(one: Document) -> dict[str, Any]:
    header = {name: getattr(one, name) for name in HEADER if name not in ("issued_on", "signer")}
    issued = one.issued_on.isoformat() if one.issued_on else None
    return header | {"issued_on": issued, "signer": one.signer_name}
